"""Workbooks with the peculiarities of WPS and of systems that imitate it, crafted by us.

Nothing here was saved by WPS: each file has, as small as can be, what such files are known to have.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from desktop.domain.import_problems import ListFile, Severity
from desktop.interchange.list_reading import read_list
from desktop.interchange.xlsx_rows import column_letters

from .conftest import TITLES, student

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATED: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{RELATED}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAME, SEX, BIRTH, IDENTITY = (TITLES.index(title) for title in TITLES[2:6])
REMARK = len(TITLES) - 1
Put = Callable[[str, str], str]
"""Makes a cell of its place and its text."""


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" s="0" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def computed(place: str, text: str) -> str:
    """Return a text that a formula came to; WPS writes digits so, too."""
    return f'<c r="{place}" t="str"><f>T({place})</f><v>{escape(text)}</v></c>'


def unplaced(_place: str, text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def in_pieces(place: str, text: str) -> str:
    """Return a text whose characters are formatted one by one, with their reading above them."""
    runs = "".join(
        f'<r><rPr><sz val="{size}"/><rFont val="宋体"/></rPr><t>{escape(character)}</t></r>'
        for size, character in enumerate(text, start=9)
    )
    reading = '<rPh sb="0" eb="1"><t>zhāng</t></rPh><phoneticPr fontId="1" type="noConversion"/>'
    return f'<c r="{place}" t="inlineStr"><is>{runs}{reading}</is></c>'


def dated(place: str, text: str) -> str:
    return f'<c r="{place}" s="1"><v>{text}</v></c>'


def unknown(place: str, text: str) -> str:
    """Return a formula of which nobody has worked out the value."""
    return f'<c r="{place}"><f>{escape(text)}</f><v></v></c>'


def workbook(
    rows: Sequence[Sequence[str]],
    put: Put = inline,
    others: dict[tuple[int, int], str] | None = None,
    *,
    before: str = "",
    format_id: int = 14,
) -> bytes:
    """Return a workbook.

    Args:
        rows: the texts of its sheet.
        put: makes their cells.
        others: cells as XML, by row and column from 0.
        before: what stands before the rows.
        format_id: the number format of dates.
    """
    lines = "".join(
        f'<row r="{at}" spans="1:{len(row)}" ht="14.25" x14ac:dyDescent="0.2">'
        + "".join(
            (others or {}).get((at - 1, column), put(f"{column_letters(column)}{at}", text))
            for column, text in enumerate(row)
        )
        + "</row>"
        for at, row in enumerate(rows, start=1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "docProps/custom.xml": "<KSOProductBuildVer>2052-12.1.0.16929</KSOProductBuildVer>",
        "xl/workbook.xml": f'<workbook {SPACES}><workbookPr codeName="ThisWorkbook"/>'
        '<sheets><sheet name="新生" sheetId="1" r:id="rId0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(
            *("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml")
        ),
        "xl/styles.xml": f'<styleSheet {SPACES}><cellXfs count="2"><xf numFmtId="0"/>'
        f'<xf numFmtId="{format_id}" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"<worksheet {SPACES}>{before}"
        f"<sheetData>{lines}</sheetData></worksheet>",
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def related(*pairs: str) -> str:
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATED}/{pairs[at]}" Target="{pairs[at + 1]}"/>'
        for at in range(0, len(pairs), 2)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


ROWS = [list(TITLES), *(student(number) for number in range(1, 4))]


def read(tmp_path: Path, data: bytes) -> ListFile:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(data)
    return read_list(path)


def values(file: ListFile) -> list[dict[str, str]]:
    return [dict(row.values) for row in file.rows]


@pytest.fixture
def plain(tmp_path: Path) -> list[dict[str, str]]:
    """The rows as they are read of a plain workbook."""
    file = read(tmp_path, workbook(ROWS))
    assert (len(file.rows), file.problems) == (3, ())
    assert file.rows[0].values["name"] == "张三"
    return values(file)


@pytest.mark.parametrize("put", [computed, unplaced, in_pieces])
def test_however_texts_are_written_they_are_the_same(
    tmp_path: Path, plain: list[dict[str, str]], put: Put
) -> None:
    file = read(tmp_path, workbook(ROWS, put))
    assert values(file) == plain
    assert file.problems == ()  # digits in a text are a text, also where a formula made it


@pytest.mark.parametrize("before", ['<dimension ref="A1"/>', '<dimension ref="A1:C2"/>', ""])
def test_what_a_sheet_says_of_its_size_is_not_believed(
    tmp_path: Path, plain: list[dict[str, str]], before: str
) -> None:
    assert values(read(tmp_path, workbook(ROWS, before=before))) == plain


def test_the_strict_form_is_read_too(tmp_path: Path, plain: list[dict[str, str]]) -> None:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as source,
        zipfile.ZipFile(written, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name).decode()
            for usual, strict in STRICT.items():
                content = content.replace(usual, strict)
            target.writestr(name, content)
    assert values(read(tmp_path, written.getvalue())) == plain


@pytest.mark.parametrize("format_id", [14, 27, 30, 31, 36, 50, 57, 58])
def test_dates_in_formats_that_only_chinese_programs_number_are_dates(
    tmp_path: Path, plain: list[dict[str, str]], format_id: int
) -> None:
    serial = {(1, BIRTH): dated(f"{column_letters(BIRTH)}2", "39653")}
    file = read(tmp_path, workbook(ROWS, others=serial, format_id=format_id))
    assert values(file) == plain


def test_a_picture_in_a_cell_is_no_error(tmp_path: Path) -> None:
    text = '=DISPIMG("ID_0A1B2C3D",1)'
    picture = f'<c r="V2" t="str"><f>_xlfn.{escape(text[1:])}</f><v>{escape(text)}</v></c>'
    rows = [[*ROWS[0], "照片"], [*ROWS[1], "x"]]
    file = read(tmp_path, workbook(rows, others={(1, len(TITLES)): picture}))
    assert [p.code for p in file.problems if p.severity is not Severity.NOTE] == []


def test_a_number_with_too_many_digits_is_told_however_it_is_written(tmp_path: Path) -> None:
    place = f"{column_letters(IDENTITY)}2"
    for cell in (
        f'<c r="{place}"><v>420624200807240040</v></c>',
        f'<c r="{place}" t="n"><v>4.2062420080724E17</v></c>',
        f'<c r="{place}" t="str"><v>4.20624E+17</v></c>',
    ):
        file = read(tmp_path, workbook(ROWS, others={(1, IDENTITY): cell}))
        assert [(p.row, p.column, p.code) for p in file.problems] == [
            (2, "身份证号", "id-digits-lost")
        ]


@pytest.mark.parametrize("empty", ["<v></v>", "<v/>", "<v />", ""])
def test_a_formula_that_nobody_has_worked_out_is_told(tmp_path: Path, empty: str) -> None:
    sex, remark = f"{column_letters(SEX)}3", f"{column_letters(REMARK)}2"
    others = {
        (2, SEX): unknown(sex, 'IF(A3="","男","女")').replace("<v></v>", empty),
        (1, REMARK): f'<c r="{remark}"><f t="shared" si="0"/>{empty}</c>',
    }
    file = read(tmp_path, workbook(ROWS, others=others))
    assert [(p.row, p.column, p.value, p.code) for p in file.problems] == [
        (2, "备注", "=", "formula-error"),
        (3, "性别", '=IF(A3="","男","女")', "formula-error"),
    ]
    assert [row.row for row in file.rows if row.held_back] == [2, 3]


def test_an_empty_text_that_a_formula_came_to_is_only_empty(
    tmp_path: Path, plain: list[dict[str, str]]
) -> None:
    place = f"{column_letters(REMARK)}2"
    others = {(1, REMARK): f'<c r="{place}" t="str"><f>IF(1,"",0)</f><v></v></c>'}
    file = read(tmp_path, workbook(ROWS, others=others))
    assert (values(file), file.problems) == (plain, ())


def test_a_formula_that_came_to_a_number_is_that_number(tmp_path: Path) -> None:
    place = f"{column_letters(TITLES.index('学制'))}2"
    others = {(1, TITLES.index("学制")): f'<c r="{place}"><f>1+2</f><v>3</v></c>'}
    file = read(tmp_path, workbook(ROWS, others=others))
    assert (file.rows[0].values["schooling_length"], file.problems) == ("3", ())
