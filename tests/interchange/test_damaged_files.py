"""Damaged files of every format end in a sentence, or are read as what is left of them."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from desktop.errors import FileUnreadable, UserError
from desktop.interchange.list_reading import read_list
from desktop.interchange.spreadsheets import read_spreadsheet

from .admission_makers import folder, older_set, packed
from .conftest import SAMPLES
from .test_markup_tables import PAGE, XML

XLS = "2026级新生信息汇总表-医学院.xls"
QUICK, MANY = 400, 9_800  # with the 200 old workbooks, which take a child each: ten thousand
XLS_QUICK, XLS_MANY = 5, 200


def damage(chance: random.Random, data: bytes) -> bytes:
    """Cut, flip, remove or insert bytes."""
    spoilt = bytearray(data)
    place = chance.randrange(len(spoilt))
    match chance.randrange(4):
        case 0:
            del spoilt[place:]
        case 1:
            for _ in range(chance.randrange(1, 12)):
                spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        case 2:
            del spoilt[place : place + chance.randrange(1, 200)]
        case _:
            spoilt[place:place] = chance.randbytes(chance.randrange(1, 60))
    return bytes(spoilt)


def damage_inside(chance: random.Random, data: bytes) -> bytes:
    """Damage one part of a workbook and pack it again, so that the archive itself is whole."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        spoilt = chance.choice(source.namelist())
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, damage(chance, content) if name == spoilt else content)
    return written.getvalue()


def try_to_read(file: Path) -> None:
    try:
        read = read_list(file)
    except UserError as error:
        sentences = [error.what, error.todo]
    else:
        assert read.kind
        sentences = [problem.message for problem in read.problems]
    assert all(sentence.endswith("。") for sentence in sentences)


@pytest.fixture
def sources(plain_workbook: bytes, tmp_path: Path) -> dict[str, bytes]:
    """Small files of the formats that are read within the program."""
    admitted = packed(tmp_path / "录取.zip", folder(tmp_path / "录取", older_set()))
    return {
        "录取.zip": admitted.read_bytes(),
        "名单.html": PAGE.encode("gb18030"),
        "名单.xml": XML.encode("gb18030"),
        "名单.xlsx": plain_workbook,
        "名单.csv": (SAMPLES / "新生名单-单招.csv").read_bytes()[:6000],
        "名单.dbf": (SAMPLES / "T_XSXX.DBF").read_bytes()[:20_000],
    }


@pytest.mark.parametrize(
    ("first", "count", "old"),
    [
        (0, QUICK, XLS_QUICK),
        pytest.param(QUICK, MANY, XLS_MANY, marks=pytest.mark.slow),
    ],
)
def test_damaged_files_end_in_a_sentence(
    sources: dict[str, bytes], tmp_path: Path, first: int, count: int, old: int
) -> None:
    for seed in range(first, first + count):
        chance = random.Random(seed)
        name, data = chance.choice(list(sources.items()))
        inside = name.endswith(("xlsx", "zip")) and seed % 2
        (tmp_path / name).write_bytes(
            damage_inside(chance, data) if inside else damage(chance, data)
        )
        try_to_read(tmp_path / name)
    data = (SAMPLES / XLS).read_bytes()
    for seed in range(first, first + old):
        chance = random.Random(seed)
        (tmp_path / "名单.xls").write_bytes(damage(chance, data))
        try_to_read(tmp_path / "名单.xls")


def repacked(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something replaced in one of its parts."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return written.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_entities_within_entities_are_not_expanded(plain_workbook: bytes, tmp_path: Path) -> None:
    declared = "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10 if level else "a" * 10}">'
        for level in range(10)
    )
    data = repacked(
        plain_workbook, SHEET, b"<worksheet", f"<!DOCTYPE x [{declared}]><worksheet".encode()
    )
    data = repacked(
        data,
        SHEET,
        b"</sheetData>",
        b'<row r="99"><c r="A99" t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData>',
    )
    file = tmp_path / "名单.xlsx"
    file.write_bytes(data)
    try_to_read(file)


def test_a_sheet_that_claims_to_be_huge_is_read_as_large_as_it_is(
    plain_workbook: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "名单.xlsx"
    whole = b'<dimension ref="A1:XFD1048576"/><sheetData>'
    file.write_bytes(repacked(plain_workbook, SHEET, b"<sheetData>", whole))
    (sheet,) = read_spreadsheet(file).sheets
    assert len(sheet.rows) < 100


@pytest.mark.parametrize(
    "place",
    [
        'r="xfd1048576"',
        "r='XFD1048576'",
        'r="A99999999"',
        'r="ZZZZ1048576"',
        'r="XFD0001048576"',
        'r\t=\n"XFD1048576"',
        's="0>" r="XFD1048576"',
    ],
)
def test_a_cell_far_away_is_seen_however_its_place_is_written(
    plain_workbook: bytes, tmp_path: Path, place: str
) -> None:
    file = tmp_path / "名单.xlsx"
    cell = f"<row><c {place}><v>1</v></c></row></sheetData>"
    file.write_bytes(repacked(plain_workbook, SHEET, b"</sheetData>", cell.encode()))
    with pytest.raises(FileUnreadable, match="大得不正常"):
        read_spreadsheet(file)


def test_a_sheet_is_looked_at_where_the_library_finds_it(
    plain_workbook: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "名单.xlsx"
    cell = b'<row><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = repacked(plain_workbook, SHEET, b"</sheetData>", cell)
    relations = "xl/_rels/workbook.xml.rels"
    target = b'Target="/xl/worksheets/'
    file.write_bytes(repacked(data, relations, target, b'Target="xl/worksheets/'))
    with pytest.raises(FileUnreadable, match="大得不正常"):
        read_spreadsheet(file)


def test_formulas_and_links_are_read_as_what_they_show(
    plain_workbook: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "名单.xlsx"
    formula = (
        b'<row r="90"><c r="C90" t="str"><f>HYPERLINK("file://x/y.exe","1")</f><v>\xe5\xbc\xa0'
        b"\xe4\xb8\x89</v></c></row></sheetData>"
    )
    file.write_bytes(repacked(plain_workbook, SHEET, b"</sheetData>", formula))
    (sheet,) = read_spreadsheet(file).sheets
    assert sheet.rows[89][2] == "张三"
