"""Draws the 《入学资格复查表》, one page a student, to be filled in by hand (细则 二(三)2)."""

from collections.abc import Sequence
from typing import Final

from desktop.domain.recheck import ANSWER_TITLES
from desktop.domain.recheck_forms import (
    HANDWRITING,
    LONG_ANSWERS,
    RecheckForm,
    asked_fields,
    form_text,
)
from desktop.printing import marks
from desktop.printing.fitting import fit_line, wrap
from desktop.printing.fonts import Face, Style, check_glyphs
from desktop.printing.paper import RenderedPaper
from desktop.printing.pen import MM, Pen, Progress

_LEFT: Final = 25.0
_RIGHT: Final = 200.0
_WIDTH: Final = _RIGHT - _LEFT
_MIDDLE: Final = (_LEFT + _RIGHT) / 2
_QR_LEFT: Final = 175.0
_TABLE_TOP: Final = 47.0
_TABLE_BOTTOM: Final = 215.0
_TITLE_WIDTH: Final = 32.0
_LOWEST_ROW: Final = 9.0
_TALLEST_ROW: Final = 15.0
_TALL: Final = 2.2
"""A long answer takes so many times the height of a short one."""
_SAMPLE_TOP: Final = 218.0
_SAMPLE_HEIGHT: Final = 44.0
_SIGN_TOP: Final = 265.0
_FOOT: Final = 289.0

_SCHOOL: Final = Style(Face.SERIF, 18)
_TITLE: Final = Style(Face.SANS_BOLD, 16)
_ABOUT: Final = Style(Face.SERIF, 11)
_HINT: Final = Style(Face.SERIF, 9)
_QUESTION: Final = Style(Face.SERIF, 11)
_CODE: Final = Style(Face.SANS, 8)
_LABEL: Final = Style(Face.SANS_BOLD, 10.5)
_OF_ONE_LINE: Final = 99.0


def render_forms(forms: Sequence[RecheckForm], progress: Progress | None = None) -> RenderedPaper:
    """Return the forms as one PDF, a page for each.

    Raises:
        GlyphMissing: a character can not be printed; nothing was drawn.
        ValueError: there is no form.
    """
    if not forms:
        raise ValueError("no forms to print")
    heads = {form.head for form in forms}
    check_glyphs(
        (f"{head.class_name}的复查表", "".join(map(str, _head_texts(head)))) for head in heads
    )
    pen = Pen("入学资格复查表", forms[0].head.school)
    for form in forms:
        _draw_head(pen, form)
        _draw_questions(pen, asked_fields(form.fields))
        _draw_below(pen)
        if form.head.training:
            marks.draw_training(pen)
        pen.end_page()
        if progress is not None:
            progress(pen.pages, len(forms))
    return RenderedPaper(pen.finish(), pen.pages)


def _head_texts(head: object) -> tuple[object, ...]:
    return tuple(getattr(head, name) for name in head.__slots__)  # type: ignore[attr-defined]


def _draw_head(pen: Pen, form: RecheckForm) -> None:
    head = form.head
    marks.draw_corner_marks(pen)
    clear = 2 * (_QR_LEFT - 3 - _MIDDLE) * MM
    pen.block(_MIDDLE, 13, fit_line(head.school, _SCHOOL, clear))
    pen.block(_MIDDLE, 22.4, fit_line("入学资格复查表", _TITLE, clear))
    about = " · ".join(filter(None, (head.round_name, head.college)))
    pen.block(_MIDDLE, 30.6, fit_line(about, _ABOUT, clear))
    if form.code:
        marks.draw_qr(pen, _QR_LEFT, 8, form_text(form.code, training=head.training))
        number = fit_line(marks.grouped(form.code), _CODE, 34 * MM)
        pen.block(_QR_LEFT + marks.QR_SIZE / 2, 27.7, number)
        whose = f"序号：{form.number}　　班级：{head.class_name}　　学号：{form.student_number}"
    else:
        whose = f"班级：{head.class_name or '＿' * 14}　　学号：{'＿' * 14}"
    pen.block(_LEFT, 38, fit_line(whose, _ABOUT, _WIDTH * MM), 0)
    hint = "由本人当场亲笔填写；不查证件、不询问他人，记不清的凭记忆填写；没有的写“无”，不留空白。"
    pen.block(_LEFT, 43.6, fit_line(hint, _HINT, _WIDTH * MM), 0)


def _draw_questions(pen: Pen, fields: Sequence[str]) -> None:
    pen.stamp(("questions", tuple(fields)), lambda: _draw_table(pen, fields))


def _draw_table(pen: Pen, fields: Sequence[str]) -> None:
    rows = _rows_of(fields)
    low, tall = _heights(rows)
    top = _TABLE_TOP
    half = _WIDTH / 2
    for row in rows:
        high = tall if row[0] in LONG_ANSWERS else low
        for index, field in enumerate(row):
            left = _LEFT + index * half
            title = fit_line(ANSWER_TITLES[field], _QUESTION, (_TITLE_WIDTH - 2) * MM)
            pen.block(left + _TITLE_WIDTH / 2, top + high / 2, title)
            pen.lines([(left + _TITLE_WIDTH, top, left + _TITLE_WIDTH, top + high)])
            if index:
                pen.lines([(left, top, left, top + high)])
        top += high
        pen.lines([(_LEFT, top, _RIGHT, top)])
    pen.frame(_LEFT, _TABLE_TOP, _WIDTH, top - _TABLE_TOP)


def _heights(rows: Sequence[tuple[str, ...]]) -> tuple[float, float]:
    """Return the heights of rows with short and with long answers, so that they fill the page."""
    long = sum(row[0] in LONG_ANSWERS for row in rows)
    short = len(rows) - long
    room = _TABLE_BOTTOM - _TABLE_TOP
    low = min(max(room / (short + _TALL * long), _LOWEST_ROW), _TALLEST_ROW)
    return low, (room - low * short) / long if long else low


def _rows_of(fields: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the questions row by row: two short ones side by side, a long one alone."""
    rows: list[tuple[str, ...]] = []
    waiting: list[str] = []
    for field in fields:
        if field in LONG_ANSWERS:
            rows += [tuple(waiting)] if waiting else []
            rows.append((field,))
            waiting = []
        elif waiting:
            rows.append((waiting.pop(), field))
        else:
            waiting = [field]
    return rows + ([tuple(waiting)] if waiting else [])


def _draw_below(pen: Pen) -> None:
    pen.stamp("below", lambda: _draw_sample(pen))


def _draw_sample(pen: Pen) -> None:
    """Draw the place for the sample of the handwriting, and that for the signatures."""
    label = "笔迹样本：请在下面的横线上抄写这段话"
    pen.text(_LEFT, _SAMPLE_TOP + 3.4, label, _LABEL)
    line = _SAMPLE_TOP + 8.6
    for words in wrap(HANDWRITING, _HINT, _WIDTH * MM, prose=True):
        pen.text(_LEFT, line, words, _HINT)
        line += 4.4
    bottom = _SAMPLE_TOP + _SAMPLE_HEIGHT
    levels = [line + 7 + step * 9.4 for step in range(3)]
    pen.lines([(_LEFT, y, _RIGHT, y) for y in levels if y <= bottom + 2])
    date = "年　　月　　日"
    pen.text(_LEFT, _SIGN_TOP + 7, "本人签字：", _LABEL)
    pen.lines([(_LEFT + 20, _SIGN_TOP + 7.6, _LEFT + 76, _SIGN_TOP + 7.6)])
    pen.text(_LEFT + 100, _SIGN_TOP + 7, f"填写日期：　　　　{date}", _ABOUT)
    pen.text(_LEFT, _SIGN_TOP + 16, "收表人签字：", _LABEL)
    pen.lines([(_LEFT + 24, _SIGN_TOP + 16.6, _LEFT + 76, _SIGN_TOP + 16.6)])
    pen.text(_LEFT + 100, _SIGN_TOP + 16, "交表时当场核对：本人　是 □　否 □", _ABOUT)
    foot = "填写后由班主任收齐，拍照存为电子表，以“学号+姓名”命名；纸质表由院部存档。"
    pen.block(_MIDDLE, _FOOT - 1, fit_line(foot, _CODE, 150 * MM))
