"""The plan of an admission set: which major a student's number means."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from desktop.interchange.admission_tables import PlanWords, SetTable, plain_code

_NAME = "ZYMC"


class Plan:
    """One table of majors; a number may stand in it once for every batch, subject and college."""

    def __init__(self, table: SetTable, words: PlanWords) -> None:
        self.name = table.name
        self._columns = {name: table.column(name) for name in table.names}
        self._words = words
        self._has_names = _NAME in self._columns
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, number in enumerate(self._columns[words.number]):
            if number:
                self._rows[plain_code(number)].append(row)

    @property
    def given(self) -> list[str]:
        """The columns that it can say something in."""
        return [name for name in self._columns if name in self._words.gives]

    def rows(self, number: str, student: Mapping[str, str]) -> list[int]:
        """Return the rows that a number can mean, narrowed by what else the student's row says."""
        found = self._rows.get(plain_code(number), []) if number else []
        for name, columns in self._words.told_by.items():
            if len(found) <= 1:
                break
            own = next((student[column] for column in columns if student.get(column)), "")
            values = self._columns.get(name)
            if values is not None and own:
                narrower = [row for row in found if plain_code(values[row]) == plain_code(own)]
                found = narrower or found
        return found

    def is_one(self, rows: Sequence[int]) -> bool:
        """Return whether these rows are of one major."""
        return len({self._columns[_NAME][row] for row in rows}) == 1 if self._has_names else True

    def says(self, name: str, rows: Sequence[int]) -> str:
        """Return what these rows say in a column, "" where they differ."""
        said = {self._columns[name][row] for row in rows}
        return said.pop() if len(said) == 1 else ""


def plans_of(tables: Sequence[SetTable], words: PlanWords) -> list[Plan]:
    """Return the plans of a set, the likeliest first."""
    found = [t for t in tables if t.stem in words.tables and words.number in t.names]
    return [Plan(table, words) for table in sorted(found, key=lambda t: words.tables.index(t.stem))]
