"""The 名册 of a round, the book that is signed, sealed and kept for ever (细则 三(三)2)."""

import functools
from collections.abc import Iterator

from desktop.domain.papers import Register
from desktop.printing import marks
from desktop.printing.book import Book, PlannedPage
from desktop.printing.fonts import check_glyphs
from desktop.printing.paper import RenderedPaper
from desktop.printing.pen import Pen, Progress
from desktop.printing.register_lists import plan_annotated, plan_classes, plan_statistics
from desktop.printing.register_text import (
    draw_cover,
    plan_approval,
    plan_archive_note,
    plan_explanation,
)


def render_register(register: Register, progress: Progress | None = None) -> RenderedPaper:
    """Return the book as a PDF for printing on both sides.

    Raises:
        GlyphMissing: a character can not be printed; nothing was drawn.
    """
    check_glyphs(_texts(register))
    pen = Pen(f"{register.year}{register.title}", register.school, duplex=True)
    draw_register(pen, register, progress)
    return RenderedPaper(pen.finish(), pen.pages)


def draw_register(pen: Pen, register: Register, progress: Progress | None = None) -> None:
    """Draw the book, whose characters have been checked."""
    plan_register(register).draw(pen, progress)


def plan_register(register: Register) -> Book:
    """Return which page of the book holds what."""
    body: list[PlannedPage] = [
        plan_explanation(register),
        *plan_statistics(register),
        *plan_classes(register),
        *plan_annotated(register.annotated),
        plan_approval(register),
    ]
    book = functools.partial(
        Book,
        register.title,
        register.school,
        f"校验码 {marks.short_digest(register.digest)}　打印于 {register.printed_at}",
        functools.partial(draw_cover, register=register),
        training=register.training,
    )
    # The 备考表 tells how many pages there are, itself included, so it is planned twice.
    pages = book(body=[*body, plan_archive_note(register, 0)]).numbered_pages
    return book(body=[*body, plan_archive_note(register, pages)])


def _texts(register: Register) -> Iterator[tuple[str, str]]:
    """Yield every text of the book that a user has typed, with whose it is."""
    yield (
        "封面",
        "".join(
            (register.school, register.title, register.year, register.office_name, register.volume)
        ),
    )
    yield "审批页", "".join(register.approvals)
    for line in (*register.statistics, register.total):
        yield f"统计表 {line.college}", line.college + line.major
    for group in register.classes:
        about = (group.college, group.major_code, group.major, group.class_name)
        yield f"{group.class_name}的表头", "".join((*about, group.class_teacher))
        for row in group.rows:
            who = f"{group.class_name} {row.name} {row.student_number}"
            names = row.name + row.ethnicity + row.remark + row.sex + row.schooling_length
            numbers = row.student_number + row.id_number + row.exam_number + row.birth_date
            yield who, names + numbers
    for annotated in register.annotated:
        yield annotated.title, annotated.title + annotated.explanation
        for marked in annotated.rows:
            who = f"{marked.class_name} {marked.name} {marked.student_number}"
            numbers = marked.student_number + marked.exam_number + marked.until
            names = marked.college + marked.class_name + marked.name + marked.sex
            yield who, names + numbers + marked.reason + marked.document
