"""A column read at once says what its cells say one by one."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.id_numbers import check_character
from desktop.domain.import_problems import Severity
from desktop.interchange.cells import Cell
from desktop.interchange.field_checks import (
    Finding,
    formula_error,
    in_doubt,
    read_cell,
)
from desktop.interchange.list_columns import ReadColumn, read_column
from desktop.interchange.problems import SEVERITIES
from desktop.interchange.row_checks import check_row, doubtful_rows
from desktop.interchange.spreadsheets import is_formula_error
from desktop.interchange.tables import ListField, list_kinds, roster_fields

FIELDS = {field for kind in list_kinds().values() for field in kind.fields.values()}
fields = st.sampled_from(sorted(FIELDS, key=lambda field: (field.name, field.needs_value)))


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    """Numbers of identity cards, some with a wrong day or check character."""
    born = draw(st.sampled_from(["20080724", "20080230", "18880101", "20070101"]))
    body = "420602" + born + draw(st.from_regex(r"[0-9]{3}", fullmatch=True))
    return body + draw(st.sampled_from([check_character(body), "0", "X", "x"]))


texts = st.one_of(
    st.text(max_size=12),
    st.text("0123456789AZaz xX#*?.·,，-+/年月日", max_size=12),
    st.text("赵钱孙李䶮𠮷·　 １Ａ\u200b\ue000?", max_size=20),
    card_numbers(),
    st.sampled_from(["", " ", "#N/A", "#REF!", "汉族", "汉", "男", "女 ", "3", "2026-09-01"]),
    st.sampled_from(["20260901", "2026.9.1", "4.2E+17", "专科(高职)", "专科（高职）", "a" * 300]),
)
cells = st.one_of(
    texts,
    st.integers(-1, 10**18),
    st.floats(0, 1e18),
    st.booleans(),
    st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)),
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1)),  # noqa: DTZ001
)


def one_by_one(
    field: ListField, cell: Cell, error: str, *, typed: bool
) -> tuple[str, bool, bool, list[Finding]]:
    """Return what one cell says: the plain path, which nothing shortens."""
    shown = error or (cell if isinstance(cell, str) and is_formula_error(cell) else "")
    if shown and (error or str(cell).startswith("#")):
        value, findings = "", [formula_error(field, shown)]
    else:
        value, findings = read_cell(field, cell)
    wrong = any(SEVERITIES[one.code] is Severity.ERROR for one in findings)
    number = not isinstance(cell, str) or (not typed and cell.strip().isdigit())
    return value, bool(value) and not wrong, number, findings


@given(
    fields,
    st.lists(texts, max_size=8) | st.lists(cells, max_size=8),
    st.booleans(),
    st.sets(st.integers(0, 7), max_size=2),
)
def test_a_column_says_what_its_cells_say(
    field: ListField, column: list[Cell], typed: bool, failed: set[int]
) -> None:
    column = column * 2  # texts stand there more than once
    errors = {place: "#N/A" for place in failed if place < len(column)}
    column = ["" if place in errors else cell for place, cell in enumerate(column)]
    read = read_column(field, column, errors, typed=typed)
    for place, cell in enumerate(column):
        expected = one_by_one(field, cell, errors.get(place, ""), typed=typed)
        said = (read.values[place], bool(read.sound[place]), bool(read.numbers[place]))
        assert (*said, list(read.findings.get(place, ()))) == expected


@given(fields, st.lists(texts, max_size=8))
def test_what_is_right_as_it_stands_is_left_alone_and_nothing_is_found(
    field: ListField, column: list[str]
) -> None:
    for text in set(column).difference(in_doubt(field, column)):
        assert read_cell(field, text) == (text, [])
        assert not is_formula_error(text)


def test_nearly_everything_in_a_good_list_is_right_as_it_stands() -> None:
    known = roster_fields()
    body = "42060220080724001"
    for name, text in {
        "exam_number": "26420600000001",
        "id_number": body + check_character(body),
        "name": "阿依古丽·买买提",
        "phone": "13800000000",
        "major_code": "520101K",
        "secondary_school": "襄阳市第五中学",
    }.items():
        assert in_doubt(known[name], ["", text]) == [""]


STUDY = ("entry_date", "schooling_length", "expected_graduation_date")
NAMES = ("id_number", "birth_date", "sex", *STUDY)
dates = st.sampled_from(["20260901", "20290630", "20270630", "2026年", ""])
rows = st.tuples(
    card_numbers() | st.sampled_from(["", "H12345678", "420602"]),
    st.sampled_from(["20080724", "20070101", "18880101", "2008", ""]),
    st.sampled_from(["男", "女", "未说明的性别", "M", ""]),
    dates,
    st.sampled_from(["3", "2.5", "三年", ""]),
    dates,
)


@given(st.lists(rows, min_size=1, max_size=8), st.sets(st.sampled_from(NAMES)))
def test_only_doubtful_rows_have_anything_between_their_cells(
    students: list[tuple[str, ...]], left_out: set[str]
) -> None:
    known = roster_fields()
    columns: dict[str, ReadColumn] = {
        name: read_column(known[name], list(cells), {}, typed=True)
        for name, cells in zip(NAMES, zip(*students, strict=True), strict=True)
        if name not in left_out
    }
    doubtful = doubtful_rows(columns)
    for place in range(len(students)):
        values = {name: column.values[place] for name, column in columns.items()}
        sound = {name for name, column in columns.items() if column.sound[place]}
        if list(check_row(values, sound)):
            assert place in doubtful
