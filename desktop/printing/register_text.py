"""The pages of the register that are not lists: cover, explanation, approval, 备考表."""

import functools
from collections.abc import Sequence
from typing import Final

from desktop.domain.papers import Register
from desktop.printing import marks
from desktop.printing.book import (
    BODY_WIDTH,
    PlannedPage,
    draw_cover_lines,
    draw_paragraph,
    draw_section_title,
)
from desktop.printing.fitting import fit_line
from desktop.printing.fonts import Face, Style
from desktop.printing.pen import MM, Pen

SCHOOL_SEAL: Final = 42.0
"""The diameter of a school's seal in mm; those of its departments have 40."""

_BODY: Final = Style(Face.SERIF, 12)
_LABEL: Final = Style(Face.SANS_BOLD, 12)
_NUMBERING: Final = (
    "除封面和封面背面外，全册从目录起连续编页，单页码在右、双页码在左，最后一页为备考表。"
    "每页页脚印有本册校验码；页脚校验码与封面不一致的页不属于本册。"
)
_ORDER: Final = (
    "学生名单按院部、专业、班级编排，每班另起一页。每班末尾有本班小计，"
    "每个专业、院部的最后一个班之后另有专业小计和院部合计，均分列男、女、合计人数。"
)
_DATE: Final = "年　　月　　日"


def draw_cover(pen: Pen, register: Register) -> None:
    """Draw the cover: school, title, year, office, volume, date."""
    year, month, day = register.date.split("-")
    date = f"{int(year)}年{int(month)}月{int(day)}日"
    draw_cover_lines(
        pen,
        (
            (62, register.school, Style(Face.SERIF_BOLD, 26)),
            (104, register.title, Style(Face.SANS_BOLD, 34)),
            (134, register.year, Style(Face.SERIF, 20)),
            (160, register.volume, Style(Face.SERIF, 18)),
            (222, register.office_name, Style(Face.SERIF, 18)),
            (236, date, Style(Face.SERIF, 16)),
            (256, f"校验码 {marks.short_digest(register.digest)}", Style(Face.SANS, 9)),
        ),
    )


def plan_explanation(register: Register) -> PlannedPage:
    """Return the page that says what the book holds and what its marks mean."""
    draw = functools.partial(_draw_explanation, paragraphs=_explanation(register))
    return PlannedPage(draw, "编制说明", ((0, "编制说明"),))


def plan_approval(register: Register) -> PlannedPage:
    """Return the page that 教务处 and the 分管校长 sign and the school seals."""
    return PlannedPage(
        functools.partial(_draw_approval, register=register), "审批页", ((0, "审批页"),)
    )


def plan_archive_note(register: Register, numbered_pages: int) -> PlannedPage:
    """Return the last page, the 备考表 that the archive goes on filling."""
    draw = functools.partial(_draw_archive_note, register=register, pages=numbered_pages)
    return PlannedPage(draw, "备考表", ((0, "备考表"),))


def _explanation(register: Register) -> list[tuple[str, Sequence[str]]]:
    """Return the headings and paragraphs of the explanation."""
    colleges = len({group.college for group in register.classes})
    majors = len({(group.college, group.major) for group in register.classes})
    lists = "、".join(f"《{annotated.title}》" for annotated in register.annotated)
    marked = f"不在学生名单内的学生另列{lists}，逐人标注原因和依据。" if lists else ""
    return [
        (
            "一、编制依据",
            (
                "《普通高等学校学生管理规定》（教育部令第41号）、《高等学校学生学籍学历电子注册办法》"
                f"和{register.school}学籍学历注册工作实施细则。",
            ),
        ),
        (
            "二、收录范围",
            (
                f"本册为{register.title}，共收录{register.total.total}人："
                f"{outcome_counts(register)}。涉及{colleges}个院部、{majors}个专业、"
                f"{len(register.classes)}个班级。",
            ),
        ),
        ("三、编排次序", (_ORDER,)),
        (
            "四、标注",
            (
                f"学生名单所列均为予以注册的学生。{marked}名单为空的，注明“无”。",
                "备注栏记载应当随名册留存的说明。姓名按身份证用字排印。",
            ),
        ),
        ("五、页码与校验", (_NUMBERING,)),
    ]


def outcome_counts(register: Register) -> str:
    """Return how many students have each outcome, as one phrase; outcomes of nobody are named."""
    total = register.total
    return (
        f"注册学籍{total.registered}人，保留入学资格{total.place_kept}人，"
        f"放弃入学资格{total.place_given_up}人，取消入学资格{total.place_cancelled}人，"
        f"暂未注册{total.held_back}人"
    )


def _draw_explanation(
    pen: Pen, left: float, *, paragraphs: Sequence[tuple[str, Sequence[str]]]
) -> None:
    top = draw_section_title(pen, left, "编制说明") + 2
    for heading, texts in paragraphs:
        pen.block(left + 2 * _BODY.size / MM, top + 3.5, fit_line(heading, _LABEL, 400), 0)
        top += 7.4
        for text in texts:
            top = draw_paragraph(pen, (left, top, BODY_WIDTH), text, _BODY)
        top += 3


def _draw_approval(pen: Pen, left: float, *, register: Register) -> None:
    top = draw_section_title(pen, left, "审　批　页") + 2
    texts = (
        f"{register.title}由各院部逐班核对、学生本人签字，班主任和院部主要负责人"
        f"签字并盖院部印章后上报，{register.office_name}汇总整理、逐人审核，装订成册。",
        f"全册共{register.total.total}人：{outcome_counts(register)}。"
        f"本册校验码：{marks.short_digest(register.digest)}。",
        "现呈报审批。",
    )
    for text in texts:
        top = draw_paragraph(pen, (left, top, BODY_WIDTH), text, _BODY)
    top += 8
    count = max(1, len(register.approvals))
    high = min(62.0, (268 - top) / count)
    for index, title in enumerate(register.approvals):
        is_last = index == count - 1
        _draw_approval_box(pen, left, (top, high), title)
        if is_last:
            middle = left + BODY_WIDTH - 36
            pen.dashed_circle(middle, top + high - 10, SCHOOL_SEAL)
            pen.centred(middle, top + high - 22, "（学校印章）", Style(Face.SERIF, 9))
        top += high


def _draw_approval_box(pen: Pen, left: float, place: tuple[float, float], title: str) -> None:
    top, high = place
    pen.frame(left, top, BODY_WIDTH, high)
    pen.block(left + 5, top + 8, fit_line(f"{title}意见：", _LABEL, BODY_WIDTH * MM), 0)
    right = left + BODY_WIDTH
    pen.text(right - 82, top + high - 19, "签字：", _BODY)
    pen.lines([(right - 69, top + high - 18.2, right - 22, top + high - 18.2)])
    pen.right(right - 22, top + high - 8, _DATE, _BODY)


def _draw_archive_note(pen: Pen, left: float, *, register: Register, pages: int) -> None:
    top = draw_section_title(pen, left, "备　考　表")
    bottom = 262.0
    pen.frame(left, top, BODY_WIDTH, bottom - top)
    pen.block(left + 6, top + 9, fit_line("本册情况说明：", _LABEL, 400), 0)
    inside = (left + 8, top + 15, BODY_WIDTH - 16)
    kinds = len(register.annotated)
    told = (
        f"本册为{register.school}{register.title}{register.volume}，"
        f"正文连续编页第1页至第{pages}页，共{pages}页；收录{register.total.total}人，"
        f"学生名单{len(register.classes)}个班，标注名单{kinds}份。打印于{register.printed_at}。"
    )
    below = draw_paragraph(pen, inside, told, _BODY)
    draw_paragraph(
        pen,
        (inside[0], below + 2, inside[2]),
        "缺损、修改、补充、移出、销毁等情况：",
        _BODY,
    )
    x = left + BODY_WIDTH - 84
    for index, label in enumerate(("立 卷 人：", "检 查 人：", "立卷时间：")):
        y = bottom - 40 + index * 13
        pen.text(x, y, label, _BODY)
        if index < 2:  # noqa: PLR2004 - the third is a date
            pen.lines([(x + 23, y + 0.8, x + 72, y + 0.8)])
    pen.right(x + 72, bottom - 14, _DATE, _BODY)
