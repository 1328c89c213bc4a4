"""The papers of procedures one and two: what stands on them, on which page, and for Word."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from PIL import Image

from desktop.domain.written_papers import (
    Bars,
    Heading,
    Imprint,
    PaperColumn,
    PaperKind,
    PaperTable,
    Prose,
    WrittenPaper,
    changes,
    sign_offs_for,
)
from desktop.errors import GlyphMissing
from desktop.printing import marks
from desktop.printing.paper_pages import pages_of, pieces_of
from desktop.printing.pen import PAGE_HEIGHT, PAGE_WIDTH
from desktop.printing.tables import KEPT, TableRow
from desktop.printing.word_papers import render_word
from desktop.printing.written_papers import page_count, render_paper, render_papers
from tests.printing.conftest import LONGEST_NAME, RARE_NAME

ReadText = Callable[..., str]
SENTENCES = {
    "class_teacher": "已逐一核对本班新生。",
    "student_section": "已审核。",
    "head": "同意。",
}
IMPRINT = Imprint("2026-09-08 09:30", "002-001")
_DPI = 150
_PDFTOPPM = shutil.which("pdftoppm") or "pdftoppm"


def paper(rows: int, kind: PaperKind = PaperKind.CLASS_REPORT, **more: object) -> WrittenPaper:
    names = {1: LONGEST_NAME, 2: RARE_NAME}
    table = PaperTable(
        (PaperColumn("序号", 9, numbers=True), PaperColumn("姓名", 24), PaperColumn("备注", 60)),
        tuple((str(n), names.get(n, f"学生{n}"), f"说明{n}") for n in range(1, rows + 1)),
        total=("", "合计", str(rows)) if rows else (),
        empty="本班没有学生",
        label=1,
    )
    made = WrittenPaper(
        kind,
        "class:1",
        "襄阳职业技术学院",
        "新生入学资格审查核验报告单",
        ("2026级新生入学资格审查", "信息技术学院", "软件2601班", f"{rows} 人"),
        (Heading("一、名单"), Prose("全班逐一核对。" * 12), table),
        sign_offs_for(kind, SENTENCES),
        sealed=kind is PaperKind.COLLEGE_RETURN,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def picture(data: bytes, folder: Path) -> Image.Image:
    (folder / "p.pdf").write_bytes(data)
    command = [_PDFTOPPM, "-r", str(_DPI), "-gray", "-singlefile", "p.pdf", "p"]
    subprocess.run(command, check=True, cwd=folder)
    with Image.open(folder / "p.pgm") as found:
        return found.copy()


def darkness(of: Image.Image, left: float, top: float, wide: float, high: float) -> float:
    """Return how much of a place in millimetres is black, 0 to 1."""
    scale = _DPI / 25.4
    near, far = round(left * scale), round((left + wide) * scale)
    values = of.crop((near, round(top * scale), far, round((top + high) * scale))).tobytes()
    return 1 - sum(values) / len(values) / 255


def test_all_that_a_paper_says_can_be_read_back(read_text: ReadText) -> None:
    made = paper(5)
    text = read_text(render_paper(made, IMPRINT).data)
    for said in (
        made.school, made.title, *("".join(line.split()) for line in made.lines), "编号002-001",
        "一、名单", "全班逐一核对。", RARE_NAME, "学生5", "说明5", "合计", "班主任（签字）",
        "学工科（签字）", "已逐一核对本班新生。", "共1页第1页", "打印于2026-09-0809:30",
        "校验码" + made.digest[:16],
    ):  # fmt: skip
        assert said in text, said
    assert set(LONGEST_NAME) <= set(text)
    assert "练习" not in text


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("rows", [0, 1, 30, 61, 200])
def test_every_row_stands_once_and_some_go_with_the_signatures(
    rows: int, across: bool, read_text: ReadText
) -> None:
    made = paper(rows, landscape=across)
    rendered = render_paper(made, IMPRINT)
    assert rendered.pages == page_count(made)
    text = read_text(rendered.data)
    assert all(text.count(f"说明{n}") >= 1 for n in range(1, rows + 1))
    assert text.count("班主任（签字）") == 1
    last = read_text(rendered.data, rendered.pages)
    assert "班主任（签字）" in last
    if rows > KEPT:
        assert sum(f"说明{n}" in last for n in range(1, rows + 1)) >= KEPT - 1  # and the total
        assert "合计" in last
    assert rows or "本班没有学生" in text


def test_nothing_is_higher_than_its_page() -> None:
    for rows in range(1, 90, 4):
        made = paper(rows)
        pieces = pieces_of(made.parts, 175)
        for room, ending in ((245.0, 51.0), (158.0, 39.0)):
            pages = pages_of(pieces, room, ending)
            drawn = [piece for page in pages for group in page for piece in group.pieces]
            assert drawn == pieces
            heights = [sum(group.height for group in page) for page in pages]
            assert max(heights) <= room
            assert heights[-1] + ending <= room
            assert all(not page[-1].pieces[-1].sticky for page in pages)


def test_a_table_that_goes_on_says_again_whose_it_is(read_text: ReadText) -> None:
    columns = (PaperColumn("序号", 12), PaperColumn("姓名", 30))
    tables = tuple(
        PaperTable(columns, tuple((str(n), "王小乙") for n in range(1, rows)), title=f"{name}班")
        for name, rows in (("软件", 41), ("护理", 12))
    )
    made = replace(paper(1), parts=tables)
    rendered = render_paper(made, IMPRINT)
    assert rendered.pages == 2
    first, second = (read_text(rendered.data, page) for page in (1, 2))
    assert "软件班" in first
    assert "（续）" not in first
    assert second.index("软件班（续）") < second.index("护理班")
    assert "护理班（续）" not in second


def test_nothing_that_goes_on_is_higher_than_its_page() -> None:
    columns = (PaperColumn("序号", 12), PaperColumn("姓名", 30))
    for rows in range(1, 90, 4):
        table = PaperTable(columns, (("1", "王小乙"),) * rows, title="软件班")
        for page in pages_of(pieces_of((table,), 175), 158.0, 39.0):
            assert sum(group.height for group in page) <= 158.0


def test_a_long_text_makes_its_row_higher_and_is_whole(read_text: ReadText) -> None:
    table = PaperTable(
        (PaperColumn("姓名", 20), PaperColumn("说明", 30)),
        (("王小乙", "身份证与本人不符，" * 20),),
    )
    text = read_text(render_paper(paper(0, parts=(table,)), IMPRINT).data)
    assert text.count("身份证") == 20
    row = TableRow(table.rows[0])
    piece = pieces_of([table], 60)[0]
    assert piece.content == row
    assert piece.height > 20


def test_the_same_paper_is_the_same_bytes_and_its_digest_is_of_its_rows() -> None:
    one = paper(5)
    assert render_paper(one, IMPRINT) == render_paper(paper(5), IMPRINT)
    assert one.digest == replace(one, school="襄阳职业技术大学").digest
    assert one.digest != paper(6).digest
    assert one.digest != replace(one, title="新生入学报到审核单").digest


def test_what_nobody_signs_bears_no_number_and_no_marks(tmp_path: Path) -> None:
    signed = picture(render_paper(paper(3), IMPRINT).data, tmp_path)
    bare = paper(3, sign_offs=())
    unsigned = picture(render_paper(bare, replace(IMPRINT, number="")).data, tmp_path)
    for left, top in marks.corner_positions():
        assert darkness(signed, left, top, marks.MARK_SIZE, marks.MARK_SIZE) > 0.3
        assert darkness(unsigned, left, top, marks.MARK_SIZE, marks.MARK_SIZE) == 0
    qr = (PAGE_WIDTH - 35, 8, marks.QR_SIZE, marks.QR_SIZE)
    assert darkness(signed, *qr) > 0.3
    assert darkness(unsigned, *qr) == 0


def test_marks_lie_in_the_corners_of_a_page_across(tmp_path: Path) -> None:
    across = picture(render_paper(paper(3, landscape=True), IMPRINT).data, tmp_path)
    assert across.width > across.height
    for left, top in marks.corner_positions(PAGE_HEIGHT, PAGE_WIDTH):
        assert darkness(across, left, top, marks.MARK_SIZE, marks.MARK_SIZE) > 0.3


def test_papers_of_a_training_seat_say_so(read_text: ReadText) -> None:
    text = read_text(render_paper(paper(1), replace(IMPRINT, training=True)).data)
    assert "练习·无效" in text


def test_several_papers_count_their_pages_each(read_text: ReadText) -> None:
    both = render_papers([(paper(61), IMPRINT), (paper(1), replace(IMPRINT, number="002-002"))])
    assert both.pages == page_count(paper(61)) + 1
    assert "共1页第1页" in read_text(both.data, both.pages)
    with pytest.raises(ValueError, match="no papers"):
        render_papers([])


def test_a_character_that_no_font_has_is_named_with_its_student() -> None:
    table = PaperTable((PaperColumn("姓名", 20),), (("王\ue863",),))
    with pytest.raises(GlyphMissing, match="王"):
        render_paper(paper(0, parts=(table,)), IMPRINT)


def test_bars_are_as_long_as_their_numbers(tmp_path: Path) -> None:
    bars = Bars("结果", (("合格", 100), ("不合格", 50), ("保留", 0)))
    seen = picture(render_paper(paper(0, parts=(bars,), sign_offs=()), IMPRINT).data, tmp_path)
    first, second, third = (
        darkness(seen, 68, 37 + 8.5 + 7 * at + 2, 110, 3) for at in range(len(bars.bars))
    )
    assert 0.9 < first <= 1
    assert second == pytest.approx(first / 2, abs=0.08)
    assert third < 0.02


def test_changes_name_rows_and_columns() -> None:
    before = paper(3)
    assert changes(before.content, before) == ""
    assert changes(before.content, paper(4)).startswith("增加了“学生4”")
    assert changes(paper(4).content, before).startswith("“学生4”不再在表上")
    table = before.parts[-1]
    assert isinstance(table, PaperTable)
    rows = (*table.rows[:2], ("3", "学生3", "另一说明"))
    after = replace(before, parts=(*before.parts[:-1], replace(table, rows=rows)))
    assert changes(before.content, after) == "“学生3”的备注由“说明3”改为“另一说明”"
    other = replace(before, lines=("2026级新生入学资格审查", "医学院"))
    assert changes(before.content, other) == "文字或表头的内容有变动"


def test_two_rows_of_one_name_are_told_apart() -> None:
    columns = (PaperColumn("姓名", 20), PaperColumn("材料", 20))
    before = paper(0, parts=(PaperTable(columns, (("王小乙", "齐全"), ("王小乙", "齐全"))),))
    after = paper(0, parts=(PaperTable(columns, (("王小乙", "齐全"), ("王小乙", "缺档案"))),))
    assert changes(before.content, after) == "“王小乙”（第 2 处）的材料由“齐全”改为“缺档案”"


def test_a_word_document_holds_the_paper_and_names_chinese_fonts() -> None:
    bars = Bars("结果", (("合格", 100), ("不合格", 50)))
    made = paper(3, parts=(*paper(3).parts, bars))
    data = render_word(made)
    assert data == render_word(made)
    document = docx.Document(BytesIO(data))
    assert [p.text for p in document.paragraphs][:2] == [made.school, made.title]
    names, chart, boxes = document.tables
    assert [cell.text for cell in names.rows[1].cells] == ["1", LONGEST_NAME, "说明1"]
    assert [cell.text for cell in names.rows[-1].cells] == ["", "合计", "3"]
    assert [row.cells[2].text for row in chart.rows] == ["100", "50"]
    assert "班主任（签字）" in boxes.rows[0].cells[0].text
    assert (boxes.rows[0].height or 0) >= Mm(40), "a seal has no room"
    with zipfile.ZipFile(BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
    assert body.count('w:eastAsia="') == body.count("<w:r>")
    assert all(f'w:eastAsia="{name}"' in body for name in ("宋体", "黑体", "仿宋"))


def test_a_table_without_titles_is_drawn_without_them(read_text: ReadText) -> None:
    columns = (PaperColumn("项目", 20, names=True), PaperColumn("内容", 40))
    table = PaperTable(columns, (("姓名", "王小乙"), ("学号", "202600000001")), headed=False)
    made = paper(0, parts=(table,))
    text = read_text(render_paper(made, Imprint("2026-10-09 08:00")).data)
    assert "姓名" in text
    assert "项目" not in text
    drawn = docx.Document(BytesIO(render_word(made))).tables[0]
    assert [[cell.text for cell in row.cells] for row in drawn.rows] == [
        ["姓名", "王小乙"],
        ["学号", "202600000001"],
    ]


def test_three_boxes_of_a_word_document_have_titles_of_two_lines_and_some_text_above() -> None:
    sentences = {**SENTENCES, "admissions": "属实。", "group_leader": "同意。"}
    boxes = sign_offs_for(PaperKind.CASE_STATEMENT, sentences, important=True)
    made = paper(0, parts=(Prose("理由充分。"),), sign_offs=boxes, sealed=True)
    document = docx.Document(BytesIO(render_word(made)))
    titles = [cell.paragraphs[0].text for cell in document.tables[-1].rows[0].cells]
    assert titles == [
        "主要负责人\n（签字）",
        "招生工作处\n（签字）",
        "工作领导小组组长\n（签字、盖章）",
    ]
    assert document.paragraphs[-1].text == "理由充分。"
    assert document.paragraphs[-1].paragraph_format.keep_with_next


def test_a_word_document_lies_as_the_paper_does() -> None:
    section = docx.Document(BytesIO(render_word(paper(2, landscape=True)))).sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)


def test_a_word_document_of_a_training_seat_says_so_on_every_page() -> None:
    practice = docx.Document(BytesIO(render_word(paper(1), training=True)))
    assert practice.sections[0].header.paragraphs[0].text == "练习 · 无效"
    real = docx.Document(BytesIO(render_word(paper(1))))
    assert real.sections[0].header.paragraphs[0].text == ""
