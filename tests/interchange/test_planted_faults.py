"""Exactly the faults that were planted in a list are found: none missed, no false alarm."""

import csv
import datetime as dt
import html
import io
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.domain.import_problems import Severity
from desktop.interchange.list_reading import read_list
from desktop.interchange.problems import SEVERITIES
from desktop.interchange.tables import list_kinds

from .planted import HEADER, PLANTERS, Column, Planted, Value, lists
from .workbook_makers import Failed, Merged, make_dbf, make_ods, make_xls

KINDS = list(list_kinds())
SHEET = "名单"
OF_THE_WHOLE_FILE = {"file-unreadable", "file-encrypted", "file-type-mismatch", "wrong-kind"}
Lines = list[list[Value]]


def test_every_code_that_a_file_can_have_of_itself_is_planted() -> None:
    assert set(PLANTERS) == set(SEVERITIES) - OF_THE_WHOLE_FILE


def laid_out(planted: Planted, first: int) -> tuple[Lines, list[tuple[int, str, str]]]:
    """Return the rows below the header, the first of which has a number, and their problems."""
    lines: Lines = []
    places: dict[int, int] = {HEADER: first - 1}
    told: list[tuple[int, str, str]] = []
    for index, row in enumerate(planted.rows):
        for cells, code in planted.between.get(index, ()):
            told.append((first + len(lines), "", code))
            lines.append(cells)
        places[index] = first + len(lines)
        lines.append([_written(planted, *pair) for pair in zip(planted.columns, row, strict=True)])
    told += [(places[index], title, code) for index, title, code in planted.expected]
    return lines, told


def _written(planted: Planted, column: Column, value: Value) -> Value:
    """Return a value as a number or a date, where the column is written so and it can be one."""
    if column.field not in planted.as_numbers or not isinstance(value, str) or not value.isdigit():
        return value
    if planted.fields[column.field].rule == "amount":
        return int(value)
    try:
        return dt.datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return value


def require_exactly(
    path: Path, planted: Planted, sheet: str, told: list[tuple[int, str, str]]
) -> None:
    """Read a file and compare what is found with what was planted."""
    read = read_list(path, planted.kind if planted.given else "")
    assert read.kind == planted.kind
    found = Counter((p.sheet, p.row, p.column, p.code) for p in read.problems)
    assert found == Counter((sheet, *problem) for problem in told)
    assert len(read.rows) == len(planted.rows)
    header_faulty = any(index == HEADER for index, _, _ in planted.expected)
    held = {row for row, _, code in told if SEVERITIES[code] is not Severity.NOTE}
    for row in read.rows:
        assert row.held_back == (header_faulty or row.row in held)


def header_lines(
    planted: Planted, above: list[str], grouped: tuple[int, int]
) -> tuple[Lines, Merged]:
    """Return titles and the header; some columns stand below a group, the others are merged."""
    titles = [column.title for column in planted.columns]
    top: Lines = [[text, *[""] * (len(titles) - 1)] for text in above]
    start, end = grouped
    if not 0 < start < end <= len(titles):
        return [*top, [*titles]], []
    row = len(top)
    upper: list[Value] = [*titles[:start], "基本信息", *[""] * (end - start - 1), *titles[end:]]
    lower: list[Value] = [*[""] * start, *titles[start:end], *[""] * (len(titles) - end)]
    merges = [(row, start, row, end - 1)] if end - start > 1 else []
    outside = [place for place in range(len(titles)) if not start <= place < end]
    return [*top, upper, lower], [*merges, *((row, place, row + 1, place) for place in outside)]


def without_repeated_header(planted: Planted) -> Planted:
    """Take out rows that repeat a header which in the file has two rows."""
    for rows in planted.between.values():
        rows[:] = [one for one in rows if one[0][0] != planted.columns[0].title]
    return planted


@st.composite
def workbooks(draw: Callable[..., object], kind: str) -> tuple[Planted, Lines, Merged]:
    """Draw a list and the lines of its header."""
    planted = draw(lists(kind, typed=True))
    assert isinstance(planted, Planted)
    above = draw(st.sampled_from([[], ["2026级名单"], ["附件2", "2026级名单", ""]]))
    grouped = draw(st.tuples(st.integers(0, 3), st.integers(0, 9)))
    head, merges = header_lines(planted, above, grouped)  # type: ignore[arg-type]
    return (without_repeated_header(planted) if merges else planted), head, merges


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planted")


def write_xlsx(path: Path, lines: Lines, merges: Merged, *, tell_merges: bool) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for line in lines:
        sheet.append([_openpyxl_value(value) for value in line])
    for top, left, low, right in merges if tell_merges else ():
        sheet.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=low + 1, end_column=right + 1
        )
    book.save(path)


def _openpyxl_value(value: Value) -> str | int | float | dt.date | None:
    if isinstance(value, Failed):
        return value.shown
    return None if value == "" else value


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_an_xlsx_has_exactly_the_planted_faults(
    scratch: Path, kind: str, data: st.DataObject
) -> None:
    planted, head, merges = data.draw(workbooks(kind))
    lines, told = laid_out(planted, len(head) + 1)
    path = scratch / data.draw(st.sampled_from(["名单.xlsx", "名单.xls"]))
    write_xlsx(path, [*head, *lines], merges, tell_merges=data.draw(st.booleans()))
    if path.suffix == ".xls":
        expect_ending(path, planted, told, SHEET)
    else:
        require_exactly(path, planted, SHEET, told)


def expect_ending(
    path: Path, planted: Planted, told: list[tuple[int, str, str]], sheet: str
) -> None:
    """Compare what is found, besides the note on the file's ending."""
    read = read_list(path, planted.kind if planted.given else "")
    found = Counter((p.sheet, p.row, p.column, p.code) for p in read.problems)
    expected = Counter((sheet, *problem) for problem in told)
    expected[path.name, 0, "", "file-type-mismatch"] += 1
    assert found == expected


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_csv_has_exactly_the_planted_faults(
    scratch: Path, kind: str, data: st.DataObject
) -> None:
    planted = data.draw(lists(kind))
    lines, told = laid_out(planted, 2)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=data.draw(st.sampled_from(",\t;")))
    writer.writerow([column.title for column in planted.columns])
    for line in lines:
        writer.writerow(
            [v.shown if isinstance(v, Failed) else v for v in line] if any(line) else []
        )
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    path = scratch / "名单.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    require_exactly(path, planted, path.name, told)


@pytest.mark.parametrize("kind", ["new-students", "expected-graduates"])
@settings(max_examples=25)
@given(data=st.data())
def test_a_dbf_has_exactly_the_planted_faults(
    scratch: Path, kind: str, data: st.DataObject
) -> None:
    planted = data.draw(lists(kind, codes=True))
    lines, told = laid_out(planted, 1)
    texts = [
        [(v.shown if isinstance(v, Failed) else str(v)).encode("gb18030") for v in line]
        for line in lines
    ]
    fields = [
        (column.title, "C", max(1, *(len(line[place]) for line in texts)))
        for place, column in enumerate(planted.columns)
    ]
    path = scratch / "名单.dbf"
    path.write_bytes(make_dbf(fields, texts))
    require_exactly(path, planted, path.name, told)


Make = Callable[[Mapping[str, Lines], Merged], bytes]


@pytest.mark.parametrize(("make", "ending"), [(make_xls, "xls"), (make_ods, "ods")])
@settings(max_examples=4)
@given(data=st.data())
def test_other_workbooks_have_exactly_the_planted_faults(
    scratch: Path, make: Make, ending: str, data: st.DataObject
) -> None:
    planted, head, merges = data.draw(workbooks(data.draw(st.sampled_from(KINDS))))
    planted.as_numbers = frozenset(n for n in planted.as_numbers if "date" not in n)
    lines, told = laid_out(planted, len(head) + 1)
    path = scratch / f"名单.{ending}"
    path.write_bytes(make({SHEET: [*head, *lines]}, merges))
    require_exactly(path, planted, SHEET, told)


@settings(max_examples=25)
@given(data=st.data())
def test_a_page_has_exactly_the_planted_faults(scratch: Path, data: st.DataObject) -> None:
    planted = data.draw(lists(data.draw(st.sampled_from(KINDS))))
    lines, told = laid_out(planted, 2)
    head: Lines = [[column.title for column in planted.columns]]
    rows = "".join(
        "<tr>" + "".join(f"<td>{_shown(value)}</td>" for value in line) + "</tr>\n"
        for line in [*head, *lines]
    )
    path = scratch / "名单.html"
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")
    require_exactly(path, planted, path.name, [(row, col.strip(), code) for row, col, code in told])


def _shown(value: Value) -> str:
    return html.escape(value.shown if isinstance(value, Failed) else str(value))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=5)
@given(data=st.data())
def test_a_list_of_one_kind_is_no_list_of_another(
    scratch: Path, kind: str, data: st.DataObject
) -> None:
    marked = [one for one in KINDS if list_kinds()[one].markers]
    other = data.draw(st.sampled_from([one for one in marked if one != kind]))
    planted = data.draw(lists(other, typed=True).filter(lambda one: "header" not in one.spent))
    path = scratch / "名单.xlsx"
    lines, _ = laid_out(planted, 2)
    head: Lines = [[column.title for column in planted.columns]]
    write_xlsx(path, [*head, *lines], [], tell_merges=False)
    read = read_list(path, kind)
    students = {"expected-graduates", "continuing-students"}
    if {kind, other} == students:
        return  # what the platform gives out may be meant as either
    assert [(p.sheet, p.row, p.code) for p in read.problems] == [(SHEET, 1, "wrong-kind")]
    assert not read.rows
