"""The 核对签字表 that students, class teachers and heads sign (细则 三(三)1, 四(三)2, 五(三)3)."""

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.domain.papers import SheetPage, SheetRow, SignatureSheet
from desktop.printing import marks
from desktop.printing.fitting import Fitted, fit, fit_line
from desktop.printing.fonts import Face, Style, check_glyphs, widths
from desktop.printing.pen import BASELINE, FRAME, HAIRLINE, MM, Pen, Progress
from desktop.printing.sheet_layout import (
    BOXES_HEIGHT,
    COLUMNS,
    COLUMNS_WITH_MAJOR,
    FOOT,
    HEADER_HEIGHT,
    HEADER_TOP,
    LEFT,
    QR_LEFT,
    QR_TOP,
    RIGHT,
    ROW_HEIGHT,
    ROWS_TOP,
    Column,
    boxes_top,
    rows_bottom,
    seal_place,
    sign_off_box,
)

_MIDDLE: Final = (LEFT + RIGHT) / 2
_WIDTH: Final = RIGHT - LEFT
_PADDING: Final = 1.0
_HOW_TO_WIDTH: Final = 166.0  # clear of the corner mark at the right
_HEAD_WIDTH: Final = 2 * (QR_LEFT - 3 - _MIDDLE)  # centred, and clear of the QR code

_SCHOOL: Final = Style(Face.SERIF, 18)  # 小二
_TITLE: Final = Style(Face.SANS_BOLD, 16)  # 三号
_ABOUT: Final = Style(Face.SERIF, 12)  # 小四
_COLUMN_TITLE: Final = Style(Face.SANS_BOLD, 10)
_BLANK_NUMBER: Final = Style(Face.SERIF, 8)
_COUNTS: Final = Style(Face.SERIF, 10.5)
_HOW_TO: Final = Style(Face.SERIF, 8)
_SHEET_NUMBER: Final = Style(Face.SANS, 8)
_FOOT: Final = Style(Face.SANS, 8)
_BOX_TITLE: Final = Style(Face.SANS_BOLD, 10)
_BOX_TEXT: Final = Style(Face.SERIF, 9)
_BOX_LINE: Final = Style(Face.SERIF, 10)


def render_signature_sheets(
    sheets: Sequence[SignatureSheet], progress: Progress | None = None
) -> bytes:
    """Return one PDF with the pages of all sheets, in order.

    Raises:
        GlyphMissing: a character can not be printed; nothing was drawn.
        ValueError: there is no sheet to print.
    """
    if not sheets:
        raise ValueError("no sheets to print")
    check_glyphs(pair for sheet in sheets for pair in _texts(sheet))
    pen = Pen(_document_title(sheets), sheets[0].school)
    draw_signature_sheets(pen, sheets, progress)
    return pen.finish()


def render_signature_sheet(sheet: SignatureSheet) -> bytes:
    """Return the PDF of one sheet; see :func:`render_signature_sheets`."""
    return render_signature_sheets([sheet])


def draw_signature_sheets(
    pen: Pen, sheets: Sequence[SignatureSheet], progress: Progress | None = None
) -> None:
    """Draw the pages of all sheets, whose characters have been checked."""
    total = sum(len(sheet.pages) for sheet in sheets)
    for sheet in sheets:
        for page in sheet.pages:
            _draw_page(pen, sheet, page)
            pen.end_page()
            if progress is not None:
                progress(pen.pages, total)


def _document_title(sheets: Sequence[SignatureSheet]) -> str:
    first = sheets[0]
    return f"{first.title} {first.class_name if len(sheets) == 1 else first.round_name}"


def _texts(sheet: SignatureSheet) -> Iterator[tuple[str, str]]:
    """Yield every text of a sheet that a user has typed, with whose it is."""
    about = (sheet.school, sheet.title, sheet.round_name, sheet.office_name, sheet.class_name)
    yield f"{sheet.class_name}的表头", "".join((*about, sheet.class_teacher, sheet.sheet_number))
    yield f"{sheet.class_name}的签字栏", "".join(sheet.sign_off_titles)
    for page in sheet.pages:
        for row in page.rows:
            who = f"{sheet.class_name} {row.name} {row.student_number}"
            yield who, row.name + row.student_number + row.sex + row.id_number + row.major


def _draw_page(pen: Pen, sheet: SignatureSheet, page: SheetPage) -> None:
    columns = COLUMNS_WITH_MAJOR if sheet.show_major else COLUMNS
    rows = len(page.rows) + page.blank_rows
    pen.stamp(("grid", rows, columns), lambda: _draw_grid(pen, columns, rows))
    _draw_head(pen, sheet, page)
    middle = ROWS_TOP + ROW_HEIGHT / 2
    for row in page.rows:
        _draw_row(pen, columns, row, middle)
        middle += ROW_HEIGHT
    for blank in range(page.blank_rows):
        pen.block(columns[0].middle, middle, fit_line(f"增{blank + 1}", _BLANK_NUMBER, 99))
        middle += ROW_HEIGHT
    _draw_below(pen, sheet, page, rows_bottom(rows))
    if page.sign_offs:
        key = ("boxes", rows, sheet.sign_off_titles, sheet.optional)
        pen.stamp(key, lambda: _draw_boxes(pen, sheet, rows))
    if sheet.training:
        marks.draw_training(pen)


def _draw_grid(pen: Pen, columns: tuple[Column, ...], rows: int) -> None:
    """Draw what all pages of ``rows`` rows have in common: marks, lines and column titles."""
    marks.draw_corner_marks(pen)
    bottom = rows_bottom(rows)
    levels = [ROWS_TOP + row * ROW_HEIGHT for row in range(rows)]
    pen.lines([(LEFT, level, RIGHT, level) for level in levels], HAIRLINE)
    pen.lines([(c.left, HEADER_TOP, c.left, bottom) for c in columns[1:]], HAIRLINE)
    pen.frame(LEFT, HEADER_TOP, _WIDTH, bottom - HEADER_TOP, FRAME)
    for column in columns:
        title = fit_line(column.title, _COLUMN_TITLE, (column.width - _PADDING) * MM)
        pen.block(column.middle, HEADER_TOP + HEADER_HEIGHT / 2, title)


def _draw_head(pen: Pen, sheet: SignatureSheet, page: SheetPage) -> None:
    room = _HEAD_WIDTH * MM
    pen.block(_MIDDLE, 12.6, fit_line(sheet.school, _SCHOOL, room))
    pen.block(_MIDDLE, 21.8, fit_line(sheet.title, _TITLE, room))
    parts = (
        sheet.round_name,
        sheet.office_name,
        sheet.class_name,
        f"班主任：{sheet.class_teacher or '　　　　'}",
        f"{sheet.student_count}人",
    )
    pen.block(_MIDDLE, 32.4, fit_line(" · ".join(parts), _ABOUT, _WIDTH * MM))
    content = marks.qr_text(sheet.sheet_number, page.page, page.digest)
    marks.draw_qr(pen, QR_LEFT, QR_TOP, content)
    number = fit_line(marks.grouped(sheet.sheet_number), _SHEET_NUMBER, 34 * MM)
    pen.block(QR_LEFT + marks.QR_SIZE / 2, 27.7, number)


def _draw_row(pen: Pen, columns: tuple[Column, ...], row: SheetRow, middle: float) -> None:
    texts = [str(row.number), row.student_number, row.name, row.sex, row.id_number, row.major]
    for column, text in zip(columns[:-2], texts, strict=False):  # 专业 only where it is shown
        style = column.style
        room = column.width - 2 * _PADDING
        wide = widths(style.face).of(text) * style.size / MM
        if wide <= room:
            baseline = middle + style.size * BASELINE / MM
            pen.text(column.middle - wide / 2, baseline, text, style)
        else:
            pen.block(column.middle, middle, _squeezed(text, style, room))


def _squeezed(text: str, style: Style, room: float) -> Fitted:
    """Return a long text for a cell: numbers stay on one line, names and majors may have more."""
    if style.face is Face.SANS:
        return fit_line(text, style, room * MM)
    return fit(text, style, room * MM, (ROW_HEIGHT - 1.2) * MM)


def _draw_below(pen: Pen, sheet: SignatureSheet, page: SheetPage, bottom: float) -> None:
    counts = f"本页 {len(page.rows)} 人，全班 {sheet.student_count} 人"
    pen.text(LEFT, bottom + 4.4, counts, _COUNTS)
    pen.right(RIGHT, bottom + 4.4, "签字请用黑色或蓝黑色钢笔、签字笔，不得涂改", _HOW_TO)
    pen.stamp(
        ("how to", bottom, sheet.proxy_allowed),
        lambda: _draw_how_to(pen, bottom, proxy_allowed=sheet.proxy_allowed),
    )
    digest = f"校验码 {marks.short_digest(page.digest)}"
    pen.text(LEFT, FOOT, f"打印于 {sheet.printed_at}", _FOOT)
    pen.centred(_MIDDLE, FOOT, f"共 {sheet.page_count} 页　第 {page.page} 页", _FOOT)
    pen.right(RIGHT - 8, FOOT, digest, _FOOT)


def _draw_how_to(pen: Pen, bottom: float, *, proxy_allowed: bool) -> None:
    proxy = (
        "代签：由本人委托的，代签人签自己姓名并加“（代）”，备注栏写明原因"
        if proxy_allowed
        else "代签：本批次不得代签，一律由学生本人签字"
    )
    first = f"{proxy}。未签：签字栏留空，备注栏写明原因。"
    second = (
        "划去：不是本班的，用直线划去整行，班主任在备注栏签名。"
        "增补：本班漏列的，填入末尾“增”行并签字。更正：写在备注栏。"
    )
    pen.block(LEFT, bottom + 7.4, fit_line(first, _HOW_TO, _HOW_TO_WIDTH * MM), 0)
    pen.block(LEFT, bottom + 10.6, fit_line(second, _HOW_TO, _HOW_TO_WIDTH * MM), 0)


def _draw_boxes(pen: Pen, sheet: SignatureSheet, rows: int) -> None:
    """Draw the sign-off boxes and, over the date of the last, the place of the seal."""
    titles = sheet.sign_off_titles
    if not titles:
        return
    top = boxes_top(rows)
    count = len(titles)
    pen.frame(LEFT, top, _WIDTH, BOXES_HEIGHT, FRAME)
    for index, title in enumerate(titles):
        box = sign_off_box(rows, index, count)
        if index:
            pen.lines([(box.left, top, box.left, top + BOXES_HEIGHT)])
        mark = "（选签）" if title in sheet.optional else ""
        _draw_box(pen, (box.left, top, box.width), title + mark, is_last=index == count - 1)
    x, y = seal_place(rows, count)
    pen.dashed_circle(x, y, marks.SEAL_SIZE)


def _draw_box(pen: Pen, place: tuple[float, float, float], title: str, *, is_last: bool) -> None:
    left, top, wide = place
    middle = left + wide / 2
    room = (wide - 2 * _PADDING) * MM
    pen.block(middle, top + 4.2, fit_line(title, _BOX_TITLE, room))
    statement = "名单核对无误，签字属实。" if not is_last else "经审核，情况属实。（盖章）"
    pen.block(middle, top + 9.2, fit_line(statement, _BOX_TEXT, room))
    pen.text(left + 3, top + 18.2, "签字：", _BOX_LINE)
    pen.lines([(left + 13.5, top + 18.8, left + wide - 3, top + 18.8)])
    date = "年　　月　　日"
    pen.right(left + wide - 5, top + 28.4, date, _BOX_LINE)
