"""Draws the papers of procedures one and two, whatever stands on them (细则 一, 二).

Where somebody signs, each page bears the number, the QR code, the corner marks and the digest, so
that a scan can be straightened and it is certain of which rows it is one.
"""

from collections.abc import Sequence
from typing import Final

from desktop.domain.written_papers import Bars, Heading, Imprint, SignOff, WrittenPaper
from desktop.printing import marks
from desktop.printing.fitting import fit, fit_line
from desktop.printing.fonts import Face, Style, check_glyphs
from desktop.printing.paper import RenderedPaper
from desktop.printing.paper_pages import (
    BAR_HEIGHT,
    HEADING,
    HEADING_HEIGHT,
    LINE_HEIGHT,
    PROSE,
    TABLE_TITLE,
    TITLE_HEIGHT,
    Group,
    pages_of,
    pieces_of,
)
from desktop.printing.pen import MM, PAGE_HEIGHT, PAGE_WIDTH, Pen
from desktop.printing.tables import TableRow

_LEFT: Final = 25.0
_MARGIN: Final = 10.0
_TOP: Final = 37.0
_BELOW: Final = 15.0  # from the body's end to the page's
_FOOT_ABOVE: Final = 8.0
_QR_FROM_RIGHT: Final = 35.0
_BOX_GAP: Final = 4.0
_BOX_HEIGHT: Final = 35.0
_SEAL_FROM_TOP: Final = 27.2
_WIDEST_BOX: Final = 100.0
_BAR_LABEL: Final = 42.0
_BAR_NUMBER: Final = 16.0

_SCHOOL: Final = Style(Face.SERIF, 18)  # 小二
_TITLE: Final = Style(Face.SANS_BOLD, 16)  # 三号
_ABOUT: Final = Style(Face.SERIF, 12)  # 小四
_SMALL: Final = Style(Face.SANS, 8)
_BAR: Final = Style(Face.SERIF, 10)
_BOX_TITLE: Final = Style(Face.SANS_BOLD, 10.5)
_BOX_TEXT: Final = Style(Face.SERIF, 9.5)
_BOX_LINE: Final = Style(Face.SERIF, 10.5)


def render_papers(papers: Sequence[tuple[WrittenPaper, Imprint]]) -> RenderedPaper:
    """Return several papers of one kind as one PDF, each with its own page numbers.

    Raises:
        GlyphMissing: a character can not be printed; nothing was drawn.
        ValueError: there is none.
    """
    if not papers:
        raise ValueError("no papers to print")
    check_glyphs(pair for paper, _ in papers for pair in paper.texts())
    first = papers[0][0]
    pen = Pen(first.title, first.school, landscape=first.landscape)
    for paper, imprint in papers:
        _draw(pen, paper, imprint)
    return RenderedPaper(pen.finish(), pen.pages)


def render_paper(paper: WrittenPaper, imprint: Imprint) -> RenderedPaper:
    """Return one paper as a PDF; see :func:`render_papers`."""
    return render_papers([(paper, imprint)])


def page_count(paper: WrittenPaper) -> int:
    """Return how many pages a paper takes."""
    return len(_plan(paper))


def _plan(paper: WrittenPaper) -> list[list[Group]]:
    wide, high = (PAGE_HEIGHT, PAGE_WIDTH) if paper.landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    below = _BOX_GAP + (_SEAL_FROM_TOP + marks.SEAL_SIZE / 2 if paper.sealed else _BOX_HEIGHT)
    ending = below if paper.sign_offs else 0.0
    pieces = pieces_of(paper.parts, wide - _LEFT - _MARGIN)
    return pages_of(pieces, high - _TOP - _BELOW, ending)


def _draw(pen: Pen, paper: WrittenPaper, imprint: Imprint) -> None:
    pages = _plan(paper)
    digest = paper.digest
    for number, groups in enumerate(pages, start=1):
        _draw_head(pen, paper, imprint)
        if imprint.number:
            marks.draw_corner_marks(pen)
            text = marks.qr_text(imprint.number, number, digest)
            marks.draw_qr(pen, pen.width - _QR_FROM_RIGHT, 8, text)
        top = _TOP
        for group in groups:
            _draw_group(pen, group, top)
            top += group.height
        if number == len(pages):
            _draw_boxes(pen, paper.sign_offs, top + _BOX_GAP, sealed=paper.sealed)
        _draw_foot(pen, imprint, digest, f"共 {len(pages)} 页　第 {number} 页")
        if imprint.training:
            marks.draw_training(pen)
        pen.end_page()


def _draw_head(pen: Pen, paper: WrittenPaper, imprint: Imprint) -> None:
    right = pen.width - _MARGIN
    middle = (_LEFT + right) / 2
    clear = pen.width - _QR_FROM_RIGHT - 3 if imprint.number else right
    room = 2 * (clear - middle) * MM
    pen.block(middle, 12.6, fit_line(paper.school, _SCHOOL, room))
    pen.block(middle, 21.8, fit_line(paper.title, _TITLE, room))
    about = " · ".join(filter(None, paper.lines))
    pen.block(middle, 32.4, fit_line(about, _ABOUT, (right - _LEFT) * MM))
    if imprint.number:
        number = fit_line(f"编号 {imprint.number}", _SMALL, 34 * MM)
        pen.block(pen.width - _QR_FROM_RIGHT + marks.QR_SIZE / 2, 28.3, number)


def _draw_foot(pen: Pen, imprint: Imprint, digest: str, pages: str) -> None:
    right = pen.width - _MARGIN
    foot = pen.height - _FOOT_ABOVE
    pen.text(_LEFT, foot, f"打印于 {imprint.printed_at}", _SMALL)
    pen.centred((_LEFT + right) / 2, foot, pages, _SMALL)
    pen.right(right - 8, foot, f"校验码 {marks.short_digest(digest)}", _SMALL)


def _draw_group(pen: Pen, group: Group, top: float) -> None:
    wide = pen.width - _LEFT - _MARGIN
    content = group.pieces[0].content
    if group.design:
        rows = [p.content for p in group.pieces if isinstance(p.content, TableRow)]
        group.design.draw(pen, _LEFT, top, rows)
    elif isinstance(content, Heading):
        title = fit_line(content.text, HEADING, wide * MM)
        pen.block(_LEFT, top + HEADING_HEIGHT * 0.55, title, 0)
    elif isinstance(content, Bars):
        _draw_bars(pen, content, top)
    elif group.pieces[0].prose:
        pen.text(_LEFT, top + LINE_HEIGHT * 0.72, str(content), PROSE)
    else:
        title = fit_line(str(content), TABLE_TITLE, wide * MM)
        pen.block(_LEFT, top + TITLE_HEIGHT * 0.55, title, 0)


def _draw_bars(pen: Pen, bars: Bars, top: float) -> None:
    """Draw a chart of black bars, which a copier keeps, each with its number."""
    pen.block(_LEFT, top + TITLE_HEIGHT * 0.55, fit_line(bars.title, TABLE_TITLE, 400), 0)
    top += TITLE_HEIGHT
    most = max((value for _, value in bars.bars), default=0) or 1
    start = _LEFT + _BAR_LABEL
    room = pen.width - _MARGIN - start - _BAR_NUMBER
    for label, value in bars.bars:
        middle = top + BAR_HEIGHT / 2
        pen.block(start - 2, middle, fit_line(label, _BAR, (_BAR_LABEL - 2) * MM), 1)
        long = room * value / most
        if value:
            pen.filled([(start, top + 1.6, long, BAR_HEIGHT - 3.2)])
        pen.block(start + long + 2, middle, fit_line(str(value), _BAR, 99), 0)
        top += BAR_HEIGHT
    pen.lines([(start, top - len(bars.bars) * BAR_HEIGHT, start, top)])


def _draw_boxes(pen: Pen, sign_offs: Sequence[SignOff], top: float, *, sealed: bool) -> None:
    """Draw the boxes for the signatures and, over the date of the last, the place of the seal."""
    if not sign_offs:
        return
    right = pen.width - _MARGIN
    wide = min((right - _LEFT) / len(sign_offs), _WIDEST_BOX)
    left = right - wide * len(sign_offs)
    pen.frame(left, top, wide * len(sign_offs), _BOX_HEIGHT)
    for index, sign_off in enumerate(sign_offs):
        last = sealed and index == len(sign_offs) - 1
        x = left + index * wide
        if index:
            pen.lines([(x, top, x, top + _BOX_HEIGHT)])
        title = sign_off.title + ("（签字、盖章）" if last else "（签字）")
        pen.block(x + wide / 2, top + 4.6, fit_line(title, _BOX_TITLE, (wide - 2) * MM))
        sentence = fit(sign_off.sentence, _BOX_TEXT, (wide - 6) * MM, 9 * MM)
        pen.block(x + wide / 2, top + 11, sentence)
        pen.text(x + 3, top + 21.4, "签字：", _BOX_LINE)
        pen.lines([(x + 15, top + 22, x + wide - 3, top + 22)])
        pen.right(x + wide - 5, top + 30.4, "年　　月　　日", _BOX_LINE)
    if sealed:
        pen.dashed_circle(right - marks.SEAL_SIZE / 2 - 1, top + _SEAL_FROM_TOP, marks.SEAL_SIZE)
