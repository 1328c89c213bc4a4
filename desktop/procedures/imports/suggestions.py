"""What to write instead of a wrong value, where there is exactly one right answer.

A suggestion is only shown: a person takes it. An ID number is never guessed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.id_numbers import birth_date, id_fault, sex
from desktop.domain.import_problems import ImportProblem, ListFile, ListRow, ListsByPlace, Severity
from desktop.domain.mends import Place
from desktop.domain.slips import only_class_like, only_college_like, only_like
from desktop.interchange.tables import code_table, list_kinds

SIMILAR: Final = "name-similar"
"""The code of the note that a college's or class's name is nearly one that is known."""
_KEYS = ("exam_number", "id_number", "student_number")
_LOST_SIGNS = re.compile(r"[?？□*＊〓■\ufffd\ue000-\uf8ff]+")
_FEW_ROWS = 2
_MANY_ROWS = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do about a problem: write ``value`` into ``field``, or leave the row out.

    ``sentence`` says why it is right.
    """

    field: str
    value: str
    sentence: str
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the store knows: its colleges, the classes of each, the names of numbers."""

    colleges: tuple[str, ...] = ()
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)


class Suggesting:
    """Finds suggestions for the problems of a list as it stands now."""

    def __init__(self, file: ListFile, known: KnownNames) -> None:
        self._file, self._known = file, known
        self._fields = list_kinds()[file.kind].fields
        self._lists = ListsByPlace(file.sheets)
        self._by_title = {
            one.header: {one.columns.title(name): name for name in one.columns.places}
            for one in file.sheets
        }
        self._wrong: dict[Place, set[str]] = defaultdict(set)
        self._doubled: dict[Place, bool] = {}
        for problem in file.problems:
            if problem.severity is not Severity.NOTE:
                place = problem.sheet, problem.row
                self._wrong[place].add(self.field_of(problem))
        self._lengths: dict[tuple[str, str], int] = {}
        self._first_alike: dict[tuple[str, ...], Place] = {}

    def field_of(self, problem: ImportProblem) -> str:
        """Return the field that a problem names, "" for a whole row."""
        its_list = self._lists.at((problem.sheet, problem.row))
        return self._by_title[its_list.header].get(problem.column, "") if its_list else ""

    def suggest(self, problem: ImportProblem, row: ListRow) -> Suggestion | None:
        """Return what to do about a problem of a row, None where more than one answer is right."""
        name = self.field_of(problem)
        for rule in _RULES.get(problem.code, ()):
            if name and (found := rule(self, name, row)):
                return found
        return None

    def similar_names(self) -> Iterator[tuple[ListRow, str, Suggestion]]:
        """Yield the rows whose college or class is nearly a known one, and not known itself."""
        if "college" in self._fields:
            yield from self._similar_colleges()
        if "class_name" in self._fields:
            yield from self._similar_classes()

    def _similar_colleges(self) -> Iterator[tuple[ListRow, str, Suggestion]]:
        meant = {
            name: only_college_like(name, self._known.colleges)
            for name in self._values("college")
            if name not in self._known.colleges
        }
        if not any(meant.values()):
            return
        yield from self._written_otherwise("college", lambda row: meant.get(_college(row), ""))

    def _similar_classes(self) -> Iterator[tuple[ListRow, str, Suggestion]]:
        """Compare classes of a few rows with the known and the large ones of their college."""
        sizes = Counter(
            [(_college(row), row.values.get("class_name", "")) for row in self._file.rows]
        )
        large: dict[str, set[str]] = defaultdict(set)
        for (college, name), size in sizes.items():
            if size >= _MANY_ROWS:
                large[college].add(name)
        meant: dict[tuple[str, str], str] = {}
        for (college, name), size in sizes.items():
            known = self._known.classes.get(college, ())
            if size <= _FEW_ROWS and name not in known:
                like = only_class_like(name, large[college].union(known))
                meant |= {(college, name): like} if like else {}
        if not meant:
            return
        yield from self._written_otherwise(
            "class_name",
            lambda row: meant.get((_college(row), row.values.get("class_name", "")), ""),
        )

    def _written_otherwise(
        self, name: str, meant: Callable[[ListRow], str]
    ) -> Iterator[tuple[ListRow, str, Suggestion]]:
        title = self._fields[name].title
        for row in self._file.rows:
            if right := meant(row):
                sentence = f"已有的{title}里只有“{right}”和它相近。"
                yield row, name, Suggestion(name, right, sentence)

    def _values(self, name: str) -> set[str]:
        return {value for row in self._file.rows if (value := row.values.get(name, ""))}

    def from_id(self, name: str, row: ListRow) -> Suggestion | None:
        """Return a birth date or sex as the ID number says it, where the number can be right."""
        number = row.values.get("id_number", "")
        if not number or "id_number" in self._wrong.get(row.place, ()) or id_fault(number):
            return None
        says = {"birth_date": birth_date, "sex": sex}.get(name)
        value = says(number) if says else ""
        sentence = f"身份证号“{number}”校验正确，它表示的{self._fields[name].title}是“{value}”。"
        return Suggestion(name, value, sentence) if value else None

    def from_table(self, name: str, row: ListRow) -> Suggestion | None:
        """Return the one name of the standard that is nearly what was written."""
        if self._fields[name].rule != "code":
            return None
        table = code_table(name)
        value = only_like(row.values.get(name, ""), table.values)
        sentence = f"{table.standard}里只有“{value}”和它相近。"
        return Suggestion(name, value, sentence) if value else None

    def with_zeros(self, name: str, row: ListRow) -> Suggestion | None:
        """Return a code with its zeros, where all others of the sheet have one length."""
        value = row.values.get(name, "")
        length = self._length(row.sheet, name)
        digits = value.rstrip("K")
        if not digits.isdigit() or len(digits) >= length:
            return None
        right = digits.zfill(length) + value[len(digits) :]
        sentence = f"本栏其余的都是{length}位，补上开头的0是“{right}”。"
        return Suggestion(name, right, sentence)

    def from_store(self, name: str, row: ListRow) -> Suggestion | None:
        """Return the name that is known under the row's number, if only the lost signs differ."""
        form = _form_of(row.values.get(name, ""))
        known = {
            found
            for key in _KEYS
            if (found := self._known.names.get((key, row.values.get(key, "")), ""))
        }
        if len(known) != 1 or not form.fullmatch(right := known.pop()):
            return None
        return Suggestion(name, right, f"本机已有这名学生，姓名是“{right}”。")

    def if_alike(self, _name: str, row: ListRow) -> Suggestion | None:
        """Return that a row is left out, where one before it says the very same."""
        if not self._first_alike:
            for one in self._file.rows:
                self._first_alike.setdefault(_content(one), one.place)
        sheet, number = self._first_alike.get(_content(row), row.place)
        if (sheet, number) == row.place:
            return None
        first = f"第{number}行" if sheet == row.sheet else f"“{sheet}”第{number}行"
        return Suggestion("", "", f"这一行和{first}完全相同，可以不收入。", leave_out=True)

    def _length(self, sheet: str, name: str) -> int:
        """Return the one length of the codes of a sheet's column that are not wrong, else 0."""
        if (sheet, name) not in self._lengths:
            lengths = {
                len(value.rstrip("K"))
                for row in self._file.rows
                if row.sheet == sheet
                and (value := row.values.get(name, ""))
                and name not in self._wrong.get(row.place, ())
            }
            self._lengths[sheet, name] = lengths.pop() if len(lengths) == 1 else 0
        return self._lengths[sheet, name]


_Rule = Callable[[Suggesting, str, ListRow], Suggestion | None]
_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "id-birth-mismatch": (Suggesting.from_id,),
    "id-sex-mismatch": (Suggesting.from_id,),
    "date-invalid": (Suggesting.from_id,),
    "required-missing": (Suggesting.from_id,),
    "code-unknown": (Suggesting.from_id, Suggesting.from_table),
    "leading-zero-lost": (Suggesting.with_zeros,),
    "name-placeholder": (Suggesting.from_store,),
    "name-character": (Suggesting.from_store,),
    "duplicate-key": (Suggesting.if_alike,),
}


def numbers_of(rows: Iterable[ListRow]) -> list[str]:
    """Return every number of the students of some rows."""
    return [number for row in rows for key in _KEYS if (number := row.values.get(key, ""))]


def _form_of(text: str) -> re.Pattern[str]:
    """Return what a name looks like whose lost characters stand as signs; a sign hides one."""
    parts = (
        f".{{1,{len(part)}}}" if _LOST_SIGNS.fullmatch(part) else re.escape(part)
        for part in re.split(f"({_LOST_SIGNS.pattern})", text)
    )
    return re.compile("".join(parts))


def _college(row: ListRow) -> str:
    return row.values.get("college", "")


def _content(row: ListRow) -> tuple[str, ...]:
    return tuple(row.values.values())
