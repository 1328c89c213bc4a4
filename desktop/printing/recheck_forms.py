"""Draws the 《入学资格复查表》, one page a student, to be filled in by hand (细则 二(三)2)."""

from collections.abc import Sequence
from functools import partial
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
_TALLEST_ROW: Final = 18.0
_TALLEST_LONG: Final = 36.0
_TALL: Final = 2.2
"""A long answer takes so many times the height of a short one."""
_SAMPLE_GAP: Final = 3.0
_SAMPLE_BOTTOM: Final = 265.0
_LINES: Final = (3, 6)
"""How many lines there are for the sample of the handwriting: at least, and where there is room."""
_LINE_STEP: Final = (9.4, 13.0)
_FOOT: Final = 289.0

_SCHOOL: Final = Style(Face.SERIF, 18)
_TITLE: Final = Style(Face.SANS_BOLD, 16)
_ABOUT: Final = Style(Face.SERIF, 11)
_HINT: Final = Style(Face.SERIF, 9)
_QUESTION: Final = Style(Face.SERIF, 11)
_CODE: Final = Style(Face.SANS, 8)
_LABEL: Final = Style(Face.SANS_BOLD, 10.5)


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
        fields = asked_fields(form.fields)
        pen.stamp(("questions", fields), partial(_draw_page, pen, fields))
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


def _draw_page(pen: Pen, fields: Sequence[str]) -> None:
    """Draw what is the same on every form that asks the same."""
    _draw_sample(pen, _draw_table(pen, fields) + _SAMPLE_GAP)


def _draw_table(pen: Pen, fields: Sequence[str]) -> float:
    """Draw the questions; return where the table ends."""
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
    return top


def _heights(rows: Sequence[tuple[str, ...]]) -> tuple[float, float]:
    """Return the heights of rows with short and with long answers: tall enough to write in.

    Many questions fill the page; below a few of them there is more room for the handwriting.
    """
    long = sum(row[0] in LONG_ANSWERS for row in rows)
    short = len(rows) - long
    room = _TABLE_BOTTOM - _TABLE_TOP
    low = min(max(room / (short + _TALL * long), _LOWEST_ROW), _TALLEST_ROW)
    return low, min((room - low * short) / long, _TALLEST_LONG) if long else low


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


def _draw_sample(pen: Pen, top: float) -> None:
    """Draw the place for the sample of the handwriting, and below it that for the signatures."""
    pen.text(_LEFT, top + 3.4, "笔迹样本：请在下面的横线上抄写这段话", _LABEL)
    line = top + 8.6
    for words in wrap(HANDWRITING, _HINT, _WIDTH * MM, prose=True):
        pen.text(_LEFT, line, words, _HINT)
        line += 4.4
    room = _SAMPLE_BOTTOM - line
    count = max(min(int(room / _LINE_STEP[1]), _LINES[1]), _LINES[0])
    step = max(min(room / count, _LINE_STEP[1]), _LINE_STEP[0])
    levels = [line + step * (number + 1) - 2.4 for number in range(count)]
    pen.lines([(_LEFT, level, _RIGHT, level) for level in levels])
    _draw_signatures(pen, max(levels[-1] + 4, min(levels[-1] + 12, _SAMPLE_BOTTOM)))
    foot = "填写后由班主任收齐，拍照存为电子表，以“学号+姓名”命名；纸质表由院部存档。"
    pen.block(_MIDDLE, _FOOT - 1, fit_line(foot, _CODE, 150 * MM))


def _draw_signatures(pen: Pen, top: float) -> None:
    pen.text(_LEFT, top + 7, "本人签字：", _LABEL)
    pen.lines([(_LEFT + 20, top + 7.6, _LEFT + 76, top + 7.6)])
    pen.text(_LEFT + 100, top + 7, "填写日期：　　　　年　　月　　日", _ABOUT)
    pen.text(_LEFT, top + 16, "收表人签字：", _LABEL)
    pen.lines([(_LEFT + 24, top + 16.6, _LEFT + 76, top + 16.6)])
    pen.text(_LEFT + 100, top + 16, "交表时当场核对：本人　是 □　否 □", _ABOUT)
