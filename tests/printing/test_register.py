"""The register: a book that can be read, bound and kept."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.papers import HandOverItem, HandOverList, Register
from desktop.errors import GlyphMissing
from desktop.printing.book import BINDING, OUTER
from desktop.printing.hand_over import render_hand_over
from desktop.printing.register import plan_register, render_register

LONGEST_NAME = "玛尔哈巴·阿卜杜热合曼江·吐尔逊那依·买买提艾力江克孜"

MakeRegister = Callable[..., Register]
ReadText = Callable[..., str]

_PDFTOTEXT = shutil.which("pdftotext") or "pdftotext"


def test_the_book_has_all_its_parts(make_register: MakeRegister, read_text: ReadText) -> None:
    register = make_register()
    paper = render_register(register)
    text = read_text(paper.data)
    for said in (
        "新生学籍注册名册", "2026年11月5日", "第一册", "目录", "编制说明", "统计表", "全校合计",
        "本班小计：男2人女2人合计4人", "专业小计", "第2学院合计：男2人女2人合计4人",
        "保留入学资格学生名单", "应征入伍", "取消入学资格学生名单", "无", "审批页",
        "教务处负责人意见", "分管校长意见", "（学校印章）", "备考表", "立卷人", "检查人",
        "0123456789abcdef",
    ):  # fmt: skip
        assert said in text, said
    assert set(LONGEST_NAME) <= set(text)
    assert "保留至" in text


def test_pages_are_numbered_straight_through_and_counted(
    make_register: MakeRegister, read_text: ReadText
) -> None:
    register = make_register(colleges=3, students=60)
    paper = render_register(register)
    book = plan_register(register)
    assert paper.pages == book.numbered_pages + 2
    assert "第1页" not in read_text(paper.data, 1)
    assert read_text(paper.data, 2) == "", "the cover's back is empty"
    for number in range(1, book.numbered_pages + 1):
        assert f"第{number}页" in read_text(paper.data, number + 2)
    last = read_text(paper.data, paper.pages)
    assert f"第1页至第{book.numbered_pages}页" in last


def test_the_contents_name_the_right_pages(
    make_register: MakeRegister, read_text: ReadText, tmp_path: Path
) -> None:
    register = make_register(colleges=12, students=50)
    paper = render_register(register)
    contents = plan_register(register).contents_pages
    path = tmp_path / "register.pdf"
    path.write_bytes(paper.data)
    listed = subprocess.run(
        [_PDFTOTEXT, "-layout", "-f", "3", "-l", str(2 + contents), str(path), "-"],
        check=True,
        capture_output=True,
    ).stdout.decode()
    found = re.findall(r"(计\d+班|统计表|审批页|备考表)[ .]*(\d+)", listed)
    assert len(found) == 15
    for title, number in found:
        assert title in read_text(paper.data, int(number) + 2)


def test_margins_change_sides_for_the_binding(make_register: MakeRegister, tmp_path: Path) -> None:
    path = tmp_path / "register.pdf"
    path.write_bytes(render_register(make_register(colleges=1)).data)
    boxes = subprocess.run(
        [_PDFTOTEXT, "-bbox", str(path), "-"], check=True, capture_output=True
    ).stdout.decode()
    for index, page in enumerate(boxes.split("<page ")[3:], start=1):
        left = min(map(float, re.findall(r'xMin="([\d.]+)"', page))) / 72 * 25.4
        right = max(map(float, re.findall(r'xMax="([\d.]+)"', page))) / 72 * 25.4
        inner, outer = (BINDING, OUTER) if index % 2 else (OUTER, BINDING)
        assert left >= inner - 0.5
        assert right <= 210 - outer + 0.5


@pytest.mark.parametrize("training", [False, True])
def test_an_empty_book_says_so(
    make_register: MakeRegister, read_text: ReadText, *, training: bool
) -> None:
    register = make_register(colleges=0, marked=0, statistics=(), annotated=(), training=training)
    paper = render_register(register)
    assert "学生名单无" in read_text(paper.data)
    for page in range(1, paper.pages + 1):
        assert ("练习" in read_text(paper.data, page)) == training


def test_a_class_without_registered_students_says_so(
    make_register: MakeRegister, read_text: ReadText
) -> None:
    text = read_text(render_register(make_register(colleges=1, students=0)).data)
    assert "无本班小计：男0人女0人合计0人" in text


def test_two_renders_are_the_same_bytes(make_register: MakeRegister) -> None:
    assert render_register(make_register()) == render_register(make_register())


def test_a_long_annotated_list_keeps_every_row_and_its_sum(
    make_register: MakeRegister, read_text: ReadText
) -> None:
    text = read_text(render_register(make_register(marked=120)).data)
    assert all(text.count(f"标注{number}男") == 1 for number in range(1, 121))
    assert "共120人" in text


def test_a_missing_glyph_is_refused(make_register: MakeRegister) -> None:
    with pytest.raises(GlyphMissing, match=r"U\+E816（封面）"):
        render_register(make_register(volume="第\ue816册"))


@pytest.mark.parametrize("count", [0, 2, 60])
def test_the_hand_over_list_names_what_goes_to_the_archive(read_text: ReadText, count: int) -> None:
    items = tuple(HandOverItem(f"材料{number}", 10, 2, f"{number:064x}") for number in range(count))
    hand_over = HandOverList(
        "襄阳职业技术学院", "移交清单", "2026级新生学籍注册", "教务处学籍科",
        "院长办公室档案室", items, "2026-11-25", "2026-11-25 09:00", training=count == 2,
    )  # fmt: skip
    paper = render_hand_over(hand_over)
    text = read_text(paper.data)
    assert f"共{paper.pages}页第{paper.pages}页" in text
    assert all(f"材料{number}" in text for number in range(count))
    assert (f"合计：{count}项，{2 * count}份，共{20 * count}页" in text) == (count > 0)
    assert "移交人：" in text
    assert "接收部门：院长办公室档案室（盖章）" in text
    assert ("练习" in text) == (count == 2)
