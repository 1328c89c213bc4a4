"""The signature sheet: what stands on it, where, and that it is the same each time."""

import dataclasses
import hashlib
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.pagination import ROWS_PER_PAGE, ROWS_WITH_SIGN_OFFS
from desktop.domain.papers import SignatureSheet
from desktop.errors import Cancelled, GlyphMissing
from desktop.printing import marks, sheet_layout
from desktop.printing.pen import PAGE_HEIGHT, PAGE_WIDTH
from desktop.printing.signature_sheets import render_signature_sheet, render_signature_sheets

LONGEST_NAME = "玛尔哈巴·阿卜杜热合曼江·吐尔逊那依·买买提艾力江克孜"
RARE_NAME = "由𬱖䶮㼆𠀀"

MakeSheet = Callable[..., SignatureSheet]
ReadText = Callable[..., str]

_DPI = 150
_PDFTOPPM = shutil.which("pdftoppm") or "pdftoppm"


def _picture(data: bytes, folder: Path, page: int = 1) -> Image.Image:
    path = folder / "sheet.pdf"
    path.write_bytes(data)
    number = str(page)
    subprocess.run(
        [_PDFTOPPM, "-r", str(_DPI), "-gray", "-f", number, "-l", number, "-singlefile",
         str(path), str(folder / "sheet")],
        check=True,
    )  # fmt: skip
    with Image.open(folder / "sheet.pgm") as picture:
        return picture.copy()


def _darkness(picture: Image.Image, place: sheet_layout.Rectangle) -> float:
    """Return how much of a place in millimetres is black, 0 to 1."""
    scale = _DPI / 25.4
    box = (
        round(place.left * scale),
        round(place.top * scale),
        round((place.left + place.width) * scale),
        round((place.top + place.height) * scale),
    )
    values = picture.crop(box).tobytes()
    return 1 - sum(values) / len(values) / 255


def test_all_that_a_sheet_says_can_be_read_back(make_sheet: MakeSheet, read_text: ReadText) -> None:
    sheet = make_sheet(5, show_major=True, optional=("学工科",))
    text = read_text(render_signature_sheet(sheet))
    for said in (
        sheet.school, sheet.title, sheet.round_name, sheet.office_name, sheet.class_name,
        "班主任：王建国", "5人", "2026XJ000123", "本页5人，全班5人", "共1页第1页",
        "202601010005", "420624200807240005", "学工科（选签）", "主要负责人", "增3",
        "打印于2026-10-1209:30", "校验码000000000000", "智能网联", RARE_NAME,
    ):  # fmt: skip
        assert said in text, said
    assert set(LONGEST_NAME) <= set(text)
    assert "练习" not in text


def test_the_wording_follows_whether_proxies_may_sign(
    make_sheet: MakeSheet, read_text: ReadText
) -> None:
    assert "不得代签" in read_text(render_signature_sheet(make_sheet(proxy_allowed=False)))
    assert "（代）" in read_text(render_signature_sheet(make_sheet(proxy_allowed=True)))


@pytest.mark.parametrize(("students", "pages"), [(0, 1), (1, 1), (25, 2), (45, 2), (61, 3)])
def test_a_class_takes_its_pages_and_signs_off_on_the_last(
    make_sheet: MakeSheet, read_text: ReadText, students: int, pages: int
) -> None:
    data = render_signature_sheet(make_sheet(students))
    for page in range(1, pages + 1):
        text = read_text(data, page)
        assert f"共{pages}页第{page}页" in text
        assert ("签字属实" in text) == (page == pages)
        assert "本人签字" in text


def test_a_reprint_holds_only_its_page(make_sheet: MakeSheet, read_text: ReadText) -> None:
    sheet = make_sheet(45)
    text = read_text(render_signature_sheet(dataclasses.replace(sheet, pages=sheet.pages[1:])))
    assert "共2页第2页" in text
    assert "第1页" not in text
    assert "202601010027" not in text


def test_two_renders_are_the_same_bytes_also_in_another_process(make_sheet: MakeSheet) -> None:
    sheet = make_sheet(30, training=True)
    data = render_signature_sheet(sheet)
    assert render_signature_sheet(sheet) == data
    script = (  # the pickle is our own: it hands the record to the other process
        "import sys,pickle,hashlib;"
        "from desktop.printing.signature_sheets import render_signature_sheet as r;"
        "print(hashlib.sha256(r(pickle.load(sys.stdin.buffer))).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    other = subprocess.run(
        [sys.executable, "-c", script],
        input=pickle.dumps(sheet),
        capture_output=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert other.stdout.decode().strip() == hashlib.sha256(data).hexdigest()


def test_fonts_are_embedded_and_nothing_else_is_used(make_sheet: MakeSheet) -> None:
    data = render_signature_sheet(make_sheet(3))
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") == data.count(b"/Type /FontDescriptor") > 0


def test_a_missing_glyph_stops_before_anything_is_drawn(make_sheet: MakeSheet) -> None:
    sheet = make_sheet(3)
    rows = (*sheet.pages[0].rows[:2], dataclasses.replace(sheet.pages[0].rows[2], name="张\ue815"))
    page = dataclasses.replace(sheet.pages[0], rows=rows)
    told: list[int] = []
    with pytest.raises(GlyphMissing, match=r"U\+E815.*202601010003"):
        render_signature_sheets(
            [make_sheet(2), dataclasses.replace(sheet, pages=(page,))],
            lambda done, _total: told.append(done),
        )
    assert not told


def test_progress_is_told_page_by_page_and_can_stop(make_sheet: MakeSheet) -> None:
    told: list[tuple[int, int]] = []
    render_signature_sheets(
        [make_sheet(45), make_sheet(3)], lambda done, total: told.append((done, total))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render_signature_sheets([make_sheet(3)], stop)


def test_no_sheets_are_no_paper() -> None:
    with pytest.raises(ValueError, match="no sheets"):
        render_signature_sheets([])


def test_training_is_written_over_every_page(make_sheet: MakeSheet, read_text: ReadText) -> None:
    data = render_signature_sheet(make_sheet(30, training=True))
    for page in (1, 2):
        assert read_text(data, page).count("练习") >= 2


@pytest.mark.parametrize("show_major", [False, True])
def test_signature_cells_are_empty_boxes_where_the_layout_says(
    make_sheet: MakeSheet, tmp_path: Path, *, show_major: bool
) -> None:
    picture = _picture(render_signature_sheet(make_sheet(45, show_major=show_major)), tmp_path)
    for row in range(ROWS_PER_PAGE):
        for cell in (sheet_layout.signature_cell(row), sheet_layout.remark_cell(row)):
            inside = sheet_layout.Rectangle(
                cell.left + 0.5, cell.top + 0.5, cell.width - 1, cell.height - 1
            )
            edge = sheet_layout.Rectangle(cell.left - 0.4, cell.top + 1, 0.8, cell.height - 2)
            assert _darkness(picture, inside) == 0
            assert _darkness(picture, edge) > 0.1


def test_corner_marks_are_those_of_the_dictionary(make_sheet: MakeSheet, tmp_path: Path) -> None:
    picture = _picture(render_signature_sheet(make_sheet(1)), tmp_path)
    rows_of_first = ["000000", "010110", "001010", "000110", "000100", "000000"]
    for y, row in enumerate(rows_of_first):
        for x, white in enumerate(row):
            cell = sheet_layout.Rectangle(8.3 + x, 8.3 + y, 0.4, 0.4)
            assert (_darkness(picture, cell) < 0.5) == (white == "1")
    for left, top in marks.corner_positions():
        around = sheet_layout.Rectangle(left - 1.5, top - 1.5, 1, marks.MARK_SIZE + 3)
        assert _darkness(picture, around) == 0, "the white border that detection needs"
        assert _darkness(picture, sheet_layout.Rectangle(left, top, 1, 6)) > 0.9


def test_the_layout_keeps_what_was_promised() -> None:
    cell = sheet_layout.signature_cell(0)
    assert cell.width >= 28
    assert cell.height >= 8.5
    assert sheet_layout.LEFT >= 25
    for columns in (sheet_layout.COLUMNS, sheet_layout.COLUMNS_WITH_MAJOR):
        assert columns[-1].left + columns[-1].width == pytest.approx(sheet_layout.RIGHT)
        assert columns[-2].left == cell.left
    assert sheet_layout.rows_bottom(ROWS_PER_PAGE) + 12 < sheet_layout.FOOT - 3
    x, y = sheet_layout.seal_place(ROWS_WITH_SIGN_OFFS, 4)
    assert x + marks.SEAL_SIZE / 2 < PAGE_WIDTH - marks.MARK_INSET
    assert y + marks.SEAL_SIZE / 2 < PAGE_HEIGHT - marks.MARK_INSET - marks.MARK_SIZE
    with pytest.raises(ValueError, match="no row 27"):
        sheet_layout.signature_cell(ROWS_PER_PAGE)


def test_the_qr_code_says_sheet_page_and_digest() -> None:
    assert marks.qr_text("2026XJ000123", 2, "ab" * 32) == "JICE/2026XJ000123/2/ABABABABABABABAB"
    assert marks.grouped("2026XJ000123") == "2026 XJ00 0123"
    assert marks.grouped("2026-XJ-1") == "2026-XJ-1"
