"""Lists of every kind with planted faults, and exactly the problems that they must be told of.

A list begins without a fault. Each fault then spoils the cell of a row of its own, and says which
problem that is; so whatever else is found is a false alarm, and whatever is not found was missed.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from desktop.domain.id_numbers import check_character
from desktop.interchange.cells import gbk_width
from desktop.interchange.tables import ListField, code_table, list_kinds, private_use_map

from .workbook_makers import Failed

Value = str | int | float | dt.date | Failed
Draw = Callable[..., Any]
KEYS = ("exam_number", "student_number", "id_number")
HEADER = -1
BIRTH = "20080724"
_MARKERS: Mapping[str, tuple[str, ...]] = {
    "new-students": (),
    "fees": ("amount_due", "amount_paid", "fee_state"),
    "face-check": ("face_result", "face_likeness"),
    "archive": ("family", "height", "resume"),
    "credit-audit": ("credits_due", "credits_earned"),
    "expected-graduates": ("grade", "registration_state"),
    "continuing-students": ("enrolment_state", "change"),
}
_NOT_HERE = {"continuing-students": {"grade", "registration_state"}}
_DECORATIONS = ("{}", "{}", "{}", " {} ", "{}：", "＊{}", "{}（必填）")
_NAMES = ("张三", "欧阳若兰", "阿卜杜拉·买买提", "李四", "Maria da Silva", "诸葛亮")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is, "" for one that only numbers the rows, and how it is headed."""

    field: str
    title: str


@dataclass(slots=True)
class Planted:
    """A list on its way: its columns, its students, and the problems planted so far.

    ``rows`` holds a value for every column. ``between`` holds rows that are no students, before
    the student at that index. ``expected`` holds the student's index (``HEADER`` for the header),
    the column's title and the code. ``typed`` says whether the file tells numbers from texts,
    ``as_numbers`` which fields are written as numbers and dates where it does.
    """

    kind: str
    columns: list[Column]
    rows: list[list[Value]]
    typed: bool
    given: bool = False
    as_numbers: frozenset[str] = frozenset()
    free: list[int] = field(default_factory=list)
    between: dict[int, list[tuple[list[Value], str]]] = field(default_factory=dict)
    expected: list[tuple[int, str, str]] = field(default_factory=list)
    spent: set[str] = field(default_factory=set)

    @property
    def fields(self) -> Mapping[str, ListField]:
        """The fields of the kind that have a column."""
        known = list_kinds()[self.kind].fields
        return {c.field: known[c.field] for c in self.columns if c.field}

    def place(self, name: str) -> int:
        """Return the first column of a field."""
        return next(n for n, column in enumerate(self.columns) if column.field == name)

    def spoil(self, row: int, name: str, value: Value, code: str) -> None:
        """Put a value into a cell, and expect this problem of it."""
        self.rows[row][self.place(name)] = value
        self.expect(row, name, code)

    def expect(self, row: int, name: str, code: str) -> None:
        """Expect a problem of a field in a row."""
        self.expected.append((row, self.columns[self.place(name)].title, code))


def identity(number: int, sex: str, birth: str = BIRTH, wanted: str = "") -> str:
    """Return a number of the identity card, with a certain check character if one is wanted."""
    for area in itertools.count(420100 + number * 7):
        first = f"{area}{birth}{number % 100:02d}{7 if sex == '男' else 8}"
        check = check_character(first)
        if wanted in ("", check):
            return first + check
    raise AssertionError


def clean(name: str, rule: ListField, number: int) -> str:
    """Return a value without a fault."""
    sex = "男" if number % 3 else "女"
    values = {
        "exam_number": f"264206011100{number:02d}",
        "student_number": f"2026010100{number:02d}",
        "id_number": identity(number, sex),
        "name": _NAMES[number % len(_NAMES)],
        "sex": sex,
        "birth_date": BIRTH,
        "schooling_length": "3",
        "entry_date": "20260901",
        "expected_graduation_date": "20290630",
        "major_code": "510201",
        "phone": f"138000000{number:02d}",
    }
    if name in values:
        return values[name]
    if rule.rule == "code":
        fitting = [v for v in sorted(code_table(name).values) if _fits(v, rule)]
        return fitting[number % len(fitting)]
    return f"{number * 10}" if rule.rule == "amount" else "无"


def _fits(value: str, rule: ListField) -> bool:
    return not rule.width or gbk_width(value)[0] <= rule.width


@st.composite
def lists(draw: Draw, kind: str, *, typed: bool = False, codes: bool = False) -> Planted:
    """Draw a list of a kind; its columns are headed by field codes or by any word for them."""
    known = list_kinds()[kind]
    faults: list[str] = draw(st.lists(st.sampled_from(sorted(PLANTERS)), max_size=10))
    together = {name for code in faults for name in _TOGETHER[code]}
    wanted = {*_MARKERS[kind], *together}
    needed = [n for n, f in known.fields.items() if f.needs_column or n in wanted]
    others = [n for n in known.fields if n not in (*needed, *_NOT_HERE.get(kind, ()))]
    if codes:
        others = [n for n in others if known.fields[n].synonyms[1]]
    chosen: list[str] = draw(st.permutations([*needed, *draw(st.sets(st.sampled_from(others)))]))
    columns = [Column(n, _title(draw, known.fields[n], kind, codes=codes)) for n in chosen]
    if not codes and draw(st.booleans()):
        columns.insert(0, Column("", "序号"))
    count = draw(st.integers(12, 16))
    rows: list[list[Value]] = [
        [clean(c.field, known.fields[c.field], n) if c.field else str(n + 1) for c in columns]
        for n in range(count)
    ]
    planted = Planted(kind, columns, rows, typed, given=draw(st.booleans()))
    planted.free = list(draw(st.permutations(range(count))))
    if typed:
        plain = _of_rule(planted, "date", "amount")
        planted.as_numbers = frozenset(name for name in plain if draw(st.booleans()))
    for code in sorted(faults, key=_headers_first):
        PLANTERS[code](planted, draw)
    return planted


def _headers_first(code: str) -> bool:
    return not code.startswith("header")


def _title(draw: Draw, rule: ListField, kind: str, *, codes: bool) -> str:
    if codes:
        return rule.synonyms[1]
    if rule.name in _MARKERS[kind]:
        return rule.title
    word = draw(st.sampled_from([word for word in rule.synonyms if word]))
    return str(draw(st.sampled_from(_DECORATIONS))).format(word)


def _cells(planted: Planted, draw: Draw, names: Sequence[str]) -> tuple[int, str] | None:
    """Draw a row without a fault and one of these fields, None where there is neither."""
    there = [name for name in names if name in planted.fields]
    if not planted.free or not there:
        return None
    return planted.free.pop(), draw(st.sampled_from(there))


Planter = Callable[[Planted, Draw], None]
PLANTERS: dict[str, Planter] = {}
_TOGETHER: dict[str, tuple[str, ...]] = {}


def _plants(code: str, *fields: str) -> Callable[[Planter], Planter]:
    """Enter what plants a code, and the fields that all must have a column for it."""

    def enter(planter: Planter) -> Planter:
        PLANTERS[code], _TOGETHER[code] = planter, fields
        return planter

    return enter


def _of_rule(planted: Planted, *rules: str) -> list[str]:
    return [name for name, rule in planted.fields.items() if rule.rule in rules]


@_plants("required-missing")
def _required_missing(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, [n for n, f in planted.fields.items() if f.needs_value]):
        planted.spoil(*cell, "", "required-missing")


@_plants("id-digits-lost")
def _digits_lost(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, (*KEYS, "phone")):
        lost: Value = "4.20624E+17"
        if planted.typed and cell[1] == "id_number" and draw(st.booleans()):
            lost = 420624200807245171
        planted.spoil(*cell, lost, "id-digits-lost")


@_plants("id-length")
def _id_length(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, ["id_number"]):
        cut = draw(st.integers(1, 2))
        planted.spoil(*cell, identity(90, "男")[:-cut], "id-length")


@_plants("id-checksum")
def _id_checksum(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, ["id_number"]):
        right = identity(91, "男")
        wrong = draw(st.sampled_from([c for c in "0123456789X" if c != right[-1]]))
        planted.spoil(*cell, right[:-1] + wrong, "id-checksum")


@_plants("id-birth-mismatch", "id_number", "birth_date")
def _birth_mismatch(planted: Planted, draw: Draw) -> None:
    if "id_number" in planted.fields and (cell := _cells(planted, draw, ["birth_date"])):
        planted.spoil(*cell, "20080725", "id-birth-mismatch")


@_plants("id-sex-mismatch", "id_number", "sex")
def _sex_mismatch(planted: Planted, draw: Draw) -> None:
    if "id_number" in planted.fields and (cell := _cells(planted, draw, ["sex"])):
        other = "女" if planted.rows[cell[0]][planted.place("sex")] == "男" else "男"
        planted.spoil(*cell, other, "id-sex-mismatch")


@_plants("leading-zero-lost", "major_code")
def _zero_lost(planted: Planted, draw: Draw) -> None:
    names = {"exam_number", "student_number", "major_code"} - planted.spent
    if cell := _cells(planted, draw, sorted(names)):
        planted.spent.add(cell[1])
        number = 42060111009 if cell[1] == "exam_number" else 26010109
        short = 10201 if cell[1] == "major_code" else number
        planted.spoil(*cell, short if planted.typed else str(short), "leading-zero-lost")


@_plants("date-invalid")
def _date_invalid(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, [*_of_rule(planted, "date"), "id_number"]):
        bad = draw(st.sampled_from(["20260231", "2026-13-01", "待定"]))
        impossible = identity(92, "男", "20080230")
        value = impossible if cell[1] == "id_number" else bad
        planted.spoil(*cell, value, "date-invalid")


@_plants("study-dates", "entry_date", "schooling_length", "expected_graduation_date")
def _study_dates(planted: Planted, draw: Draw) -> None:
    if {"entry_date", "schooling_length"} <= set(planted.fields) and (
        cell := _cells(planted, draw, ["expected_graduation_date"])
    ):
        planted.spoil(*cell, "20300630", "study-dates")


@_plants("code-unknown")
def _code_unknown(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, _of_rule(planted, "code", "amount")):
        planted.spoil(*cell, "不详", "code-unknown")


def _name_fault(code: str, spellings: Sequence[str]) -> None:
    @_plants(code)
    def planter(planted: Planted, draw: Draw) -> None:
        if cell := _cells(planted, draw, ["name"]):
            planted.spoil(*cell, draw(st.sampled_from(spellings)), code)


_name_fault("name-placeholder", ["张？", "张?", "□三", "张*丰", "〓小明"])
_name_fault("name-character", ["张\ue5e6", "张\uf8f0三"])
_name_fault("name-mapped", [f"张{old}" for old in list(private_use_map())[:5]])
_name_fault("name-separator", ["阿里•买买提", "阿里．买买提", "阿里・买买提"])
_name_fault("name-space", ["张 三", "李\u3000四"])
_name_fault("gbk-unencodable", ["林平䶮", "\U00020089三"])


@_plants("normalised")
def _normalised(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, KEYS):
        row, name = cell
        value = str(planted.rows[row][planted.place(name)])
        if name == "id_number":
            sex = "男" if int(value[16]) % 2 else "女"
            spelt = identity(row, sex, wanted="X").lower()
        else:
            spelt = "".join(chr(ord(digit) + 0xFEE0) for digit in value)
        planted.spoil(row, name, spelt, "normalised")


@_plants("duplicate-key")
def _duplicate(planted: Planted, draw: Draw) -> None:
    if len(planted.free) > 1 and (cell := _cells(planted, draw, KEYS)):
        row, name = cell
        other = planted.free.pop()
        together = {"id_number": ("id_number", "sex", "birth_date")}.get(name, (name,))
        for shared in filter(planted.fields.__contains__, together):
            place = planted.place(shared)
            planted.rows[other][place] = planted.rows[row][place]
        planted.expect(row, name, "duplicate-key")
        planted.expect(other, name, "duplicate-key")


@_plants("width-exceeded")
def _width(planted: Planted, draw: Draw) -> None:
    wide = [n for n in _of_rule(planted, "text", "name") if planted.fields[n].width]
    if cell := _cells(planted, draw, wide):
        planted.spoil(*cell, "长" * (planted.fields[cell[1]].width // 2 + 1), "width-exceeded")


@_plants("formula-error")
def _formula(planted: Planted, draw: Draw) -> None:
    if cell := _cells(planted, draw, sorted(planted.fields)):
        shown = draw(st.sampled_from(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"]))
        planted.spoil(*cell, Failed(shown), "formula-error")


def _between(planted: Planted, draw: Draw, texts: list[Value], code: str) -> None:
    before = draw(st.integers(0, len(planted.rows) - 1))
    cells = [*texts, *[""] * (len(planted.columns) - len(texts))]
    planted.between.setdefault(before, []).append((cells, code))


@_plants("blank-row")
def _blank_row(planted: Planted, draw: Draw) -> None:
    _between(planted, draw, [], "blank-row")


@_plants("total-row")
def _total_row(planted: Planted, draw: Draw) -> None:
    texts = draw(st.sampled_from([["合计", "12人"], ["小计：5人"], ["共12人"], ["总计", "", "12"]]))
    _between(planted, draw, [*texts], "total-row")


@_plants("note-row")
def _note_row(planted: Planted, draw: Draw) -> None:
    note = draw(st.sampled_from(["制表人：李四", "说明：以录取通知书为准", "第2页 共3页"]))
    texts = draw(st.sampled_from([[note], [c.title for c in planted.columns]]))
    _between(planted, draw, [*texts], "note-row")


@_plants("header-missing")
def _header_missing(planted: Planted, draw: Draw) -> None:
    needed = [n for n, f in planted.fields.items() if f.needs_column]
    if "header" in planted.spent or len(planted.fields) <= 4:
        return
    planted.spent.add("header")
    planted.given = True
    place = planted.place(draw(st.sampled_from(needed)))
    del planted.columns[place]
    for row in planted.rows:
        del row[place]
    planted.expected.append((HEADER, "", "header-missing"))


@_plants("header-ambiguous")
def _header_ambiguous(planted: Planted, draw: Draw) -> None:
    shown = {column.title.strip("＊ ：").removesuffix("（必填）") for column in planted.columns}
    coded = all(column.title.isascii() for column in planted.columns)
    rivals = [
        (name, word)
        for name, rule in planted.fields.items()
        for word in rule.synonyms[2:]
        if word not in shown and name not in _MARKERS[planted.kind]
        if word.isascii() or not coded
    ]
    if "header" in planted.spent or not rivals:
        return
    planted.spent.add("header")
    name, word = draw(st.sampled_from(rivals))
    place = planted.place(name)
    planted.columns.append(Column(name, word))
    for row in planted.rows:
        row.append(row[place])
    planted.expected.append((HEADER, word, "header-ambiguous"))
