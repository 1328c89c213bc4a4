"""The 移交清单 with which a round's papers go to the archive."""

from typing import Final

from desktop.domain.papers import HandOverList
from desktop.printing import marks
from desktop.printing.fitting import fit_line
from desktop.printing.fonts import Face, Style, check_glyphs
from desktop.printing.paper import RenderedPaper
from desktop.printing.pen import MM, Pen
from desktop.printing.tables import TableColumn, TableDesign, TableRow

_LEFT: Final = 25.0
_WIDTH: Final = 170.0
_TABLE_TOP: Final = 52.0
_BOTTOM: Final = 278.0
_SIGNATURES: Final = 62.0
_TEXT: Final = Style(Face.SERIF, 10.5)
_NUMBER: Final = Style(Face.SANS, 10)
_SMALL: Final = Style(Face.SANS, 8)
_ABOUT: Final = Style(Face.SERIF, 12)

_ITEMS: Final = TableDesign(
    (
        TableColumn("序号", 12, _NUMBER),
        TableColumn("名称", 66, _TEXT, align=0),
        TableColumn("页数", 14, _NUMBER),
        TableColumn("份数", 14, _NUMBER),
        TableColumn("校验码", 34, _SMALL),
        TableColumn("备注", 30, _TEXT),
    ),
    row_height=8.5,
    header_height=8.5,
)


def render_hand_over(hand_over: HandOverList) -> RenderedPaper:
    """Return the hand-over list as a PDF; both sides sign it and each keeps one.

    Raises:
        GlyphMissing: a character can not be printed; nothing was drawn.
    """
    about = (hand_over.school, hand_over.title, hand_over.round_name)
    check_glyphs(
        [
            ("表头", "".join((*about, hand_over.from_office, hand_over.to_office))),
            *((item.title, item.title + item.remark + item.digest) for item in hand_over.items),
        ]
    )
    pen = Pen(hand_over.title, hand_over.school)
    pages = _ITEMS.split(_rows(hand_over), _BOTTOM - _TABLE_TOP - _SIGNATURES)
    for number, rows in enumerate(pages, start=1):
        _draw_head(pen, hand_over)
        bottom = _ITEMS.draw(pen, _LEFT, _TABLE_TOP, rows)
        if number == len(pages):
            _draw_signatures(pen, hand_over, bottom + 8)
        _draw_foot(pen, hand_over, number, len(pages))
        if hand_over.training:
            marks.draw_training(pen)
        pen.end_page()
    return RenderedPaper(pen.finish(), pen.pages)


def _rows(hand_over: HandOverList) -> list[TableRow]:
    rows = [
        TableRow(
            (
                str(number),
                item.title,
                str(item.pages),
                str(item.copies),
                marks.short_digest(item.digest),
                item.remark,
            )
        )
        for number, item in enumerate(hand_over.items, start=1)
    ]
    if not rows:
        return [TableRow(("无",), summary=True)]
    pages = sum(item.pages * item.copies for item in hand_over.items)
    copies = sum(item.copies for item in hand_over.items)
    total = f"合计：{len(rows)} 项，{copies} 份，共 {pages} 页"
    return [*rows, TableRow((total,), summary=True)]


def _draw_head(pen: Pen, hand_over: HandOverList) -> None:
    middle = _LEFT + _WIDTH / 2
    room = _WIDTH * MM
    pen.block(middle, 20, fit_line(hand_over.school, Style(Face.SERIF, 18), room))
    pen.block(middle, 30, fit_line(hand_over.title, Style(Face.SANS_BOLD, 18), room))
    pen.block(middle, 39, fit_line(hand_over.round_name, _ABOUT, room))
    pen.block(_LEFT, 47, fit_line(f"移交部门：{hand_over.from_office}", _ABOUT, room * 0.48), 0)
    to = fit_line(f"接收部门：{hand_over.to_office}", _ABOUT, room * 0.48)
    pen.block(_LEFT + _WIDTH, 47, to, 1)


def _draw_signatures(pen: Pen, hand_over: HandOverList, top: float) -> None:
    """Draw a box for each side, with the place of its seal over the date."""
    wide = _WIDTH / 2
    sides = (("移交", hand_over.from_office), ("接收", hand_over.to_office))
    for index, (verb, office) in enumerate(sides):
        left = _LEFT + index * wide
        pen.frame(left, top, wide, 46)
        title = fit_line(
            f"{verb}部门：{office}（盖章）", Style(Face.SANS_BOLD, 10.5), (wide - 6) * MM
        )
        pen.block(left + 3, top + 6, title, 0)
        pen.text(left + 3, top + 18, f"{verb}人：", _ABOUT)
        pen.lines([(left + 20, top + 18.8, left + wide - 6, top + 18.8)])
        pen.right(left + wide - 8, top + 33, "年　　月　　日", _ABOUT)
        pen.dashed_circle(left + wide - 25, top + 31, marks.SEAL_SIZE)


def _draw_foot(pen: Pen, hand_over: HandOverList, number: int, count: int) -> None:
    pen.text(_LEFT, 287, f"制表日期 {hand_over.date}　打印于 {hand_over.printed_at}", _SMALL)
    pen.centred(_LEFT + _WIDTH / 2, 287, f"共 {count} 页　第 {number} 页", _SMALL)
    pen.right(_LEFT + _WIDTH, 287, "一式两份，双方各存一份", _SMALL)
