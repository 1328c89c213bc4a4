"""Joining the tables of an admission set: what is added to those admitted, what does not meet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from desktop.interchange.admission_plans import plans_of
from desktop.interchange.admission_tables import (
    Dictionary,
    Gathering,
    SetTable,
    dictionaries,
    field_of,
    gathering,
    plan_words,
    stands_once,
    tables_beside,
)
from desktop.interchange.spreadsheets import Sheet, SheetNote
from desktop.interchange.tables import roster_fields

_MAJOR = "ZYMC"
_COMPARED = ("name", "id_number")
_WIDEST = 8  # digits of a day


def joined(main: SetTable, tables: Sequence[SetTable]) -> Sheet:
    """Return those admitted with all that the other tables of a set say of them."""
    join = _Join(main)
    lists = list(dictionaries(tables))
    for table in tables_beside(tables, main):
        join.add_beside(table)
        if how := gathering(table):
            join.gather(table, how, lists)
    join.add_plan([table for table in tables if not table.key])
    for dictionary in lists:
        for column in join.columns:
            if column in dictionary.columns:
                join.translate(column, dictionary)
    rows = zip(*join.columns.values(), strict=True)
    return Sheet(
        main.name,
        [list(join.columns), *(list(row) for row in rows)],
        [0, *main.numbers],
        typed=False,
        notes=(*main.notes, *join.notes),
    )


def _in_words(table: SetTable, name: str, lists: Sequence[Dictionary]) -> list[str]:
    """Return a column of a table with what its codes mean; one without a meaning stays."""
    known = [one for one in lists if name in one.columns]
    return [
        next(filter(None, (one.meaning(text) for one in known)), text)
        for text in table.column(name)
    ]


def _in_order(text: str) -> str:
    """Return a number or a day such that texts sort as people count: 2 before 10."""
    return text.zfill(_WIDEST) if text.isdigit() else text


class _Join:
    """The list as it grows: its columns by name, and what is to be said."""

    def __init__(self, main: SetTable) -> None:
        self._main = main
        self._keys = main.column(main.key)
        self.columns = {name: main.column(name) for name in main.names}
        self.notes: list[SheetNote] = []

    def add_beside(self, table: SetTable) -> None:
        """Add what another table says of the students, where each stands in it once."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(table.column(table.key)):
            places[key].append(place)
        self.notes.extend(replace(note, sheet=table.name) for note in table.notes)
        self._tell_left_over(table, places)
        if not stands_once(table):
            return
        self._tell_twice(table, places)
        self._tell_missing(table, places)
        found = [places.get(key, []) if key else [] for key in self._keys]
        for name in table.names:
            values = table.column(name)
            added = [values[place[0]] if len(place) == 1 else "" for place in found]
            if name in self.columns and field_of(name) in _COMPARED:
                self._compare(name, added, table)
            self._add(name, added)

    def gather(self, table: SetTable, how: Gathering, lists: Sequence[Dictionary]) -> None:
        """Add what a table says of each student in several rows, as one text in their order."""
        columns = {name: _in_words(table, name, lists) for name in (*how.told, how.until) if name}
        order = table.column(how.order) if how.order else []
        texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for place, key in enumerate(table.column(table.key)):
            until = columns[how.until][place] if how.until else ""
            said = [
                f"{columns[name][place]}至{until}" if name == how.since and until else text
                for name in how.told
                if (text := columns[name][place])
            ]
            if key and said:
                texts[key].append((_in_order(order[place]) if order else "", " ".join(said)))
        found = {
            key: "；".join(text for _, text in sorted(rows, key=lambda row: row[0]))
            for key, rows in texts.items()
        }
        self._add(how.column, [found.get(key, "") for key in self._keys])

    def add_plan(self, tables: Sequence[SetTable]) -> None:
        """Add what the plans say of the major that was chosen by its number."""
        words = plan_words()
        chosen = next((name for name in words.chosen if name in self.columns), "")
        plans = plans_of(tables, words) if chosen else []
        if not plans:
            return
        students = [
            dict(zip(self.columns, row, strict=True))
            for row in zip(*self.columns.values(), strict=True)
        ]
        known: set[int] = set()
        several: set[int] = set()
        for plan in plans:
            rows = [plan.rows(student[chosen], student) for student in students]
            clear = {place for place, found in enumerate(rows) if found and plan.is_one(found)}
            known |= clear
            several |= {place for place, found in enumerate(rows) if found} - clear
            for name in plan.given:
                self._add(name, [plan.says(name, found) if found else "" for found in rows])
        mended_in = _MAJOR if _MAJOR in self.columns else chosen
        for place, student in enumerate(students):
            number = student[chosen]
            if number and place not in known:
                what = "有几个不同的专业" if place in several else "没有"
                message = (
                    f"录取专业代号“{number}”在招生计划“{plans[0].name}”里{what}，请查明是哪个专业。"
                )
                self._say(place, mended_in, number, "code-unknown", message)

    def translate(self, column: str, dictionary: Dictionary) -> None:
        """Replace a column's codes by what they mean; one without a meaning stays as it is.

        What is read by a table of the program's own is judged by that, the others here.
        """
        field = field_of(column)
        judged_later = field is None or roster_fields()[field].rule == "code"
        for place, code in enumerate(self.columns[column]):
            if name := dictionary.meaning(code):
                self.columns[column][place] = name
            elif code and not judged_later:
                message = f"代码“{code}”在“{dictionary.table}”里没有对应的名称，请核对后改正。"
                self._say(place, column, code, "code-unknown", message)

    def _add(self, name: str, values: list[str]) -> None:
        """Add a column, or what it says where the one of that name is empty."""
        own = self.columns.get(name, values)
        self.columns[name] = [mine or other for mine, other in zip(own, values, strict=True)]

    def _compare(self, name: str, values: list[str], table: SetTable) -> None:
        """Tell where another table says otherwise who somebody is."""
        for place, (mine, other) in enumerate(zip(self.columns[name], values, strict=True)):
            if mine and other and mine != other:
                message = (
                    f"“{name}”在“{table.name}”里是“{other}”，在“{self._main.name}”里是“{mine}”，"
                    f"已按“{mine}”读取，请核对。"
                )
                self._say(place, name, mine, "note-row", message)

    def _tell_left_over(self, table: SetTable, places: dict[str, list[int]]) -> None:
        """Tell who stands in another table and not among those admitted."""
        admitted = set(self._keys)
        for key, found in places.items():
            for place in found if key and key not in admitted else ():
                message = (
                    f"考生号“{key}”在“{table.name}”里有，在“{self._main.name}”里没有，没有读入，"
                    "请查明这名考生是否已被录取。"
                )
                note = SheetNote(
                    table.numbers[place], table.key, key, "code-unknown", message, table.name
                )
                self.notes.append(note)

    def _tell_twice(self, table: SetTable, places: dict[str, list[int]]) -> None:
        for key, found in places.items():
            for place in found if key and len(found) > 1 else ():
                message = (
                    f"考生号“{key}”在“{table.name}”里有{len(found)}条记录，分不清以哪条为准，"
                    "都没有读取，请只留下正确的一条。"
                )
                note = SheetNote(
                    table.numbers[place], table.key, key, "duplicate-key", message, table.name
                )
                self.notes.append(note)

    def _tell_missing(self, table: SetTable, places: dict[str, list[int]]) -> None:
        """Tell who is admitted and does not stand in another table."""
        for place, key in enumerate(self._keys):
            if key and key not in places:
                message = f"考生号“{key}”在“{table.name}”里没有记录，那里的各栏没有内容。"
                self._say(place, self._main.key, key, "note-row", message)

    def _say(self, place: int, column: str, value: str, code: str, message: str) -> None:
        row = self._main.numbers[place]
        self.notes.append(SheetNote(row, column, value, code, message))
