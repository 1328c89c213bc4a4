"""The lists of the register: students by class, those annotated, and the numbers."""

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from desktop.domain.papers import (
    AnnotatedList,
    AnnotatedRow,
    Register,
    RegisterClass,
    RegisterRow,
    StatisticRow,
)
from desktop.printing.book import (
    BODY_BOTTOM,
    BODY_TOP,
    BODY_WIDTH,
    PlannedPage,
    draw_paragraph,
    draw_section_title,
    paragraph_height,
)
from desktop.printing.fitting import fit_line
from desktop.printing.fonts import Face, Style
from desktop.printing.pen import MM, Pen
from desktop.printing.tables import TableColumn, TableDesign, TableRow

_TEXT: Final = Style(Face.SERIF, 9)
_NUMBER: Final = Style(Face.SANS, 8)
_CLASS_NAME: Final = Style(Face.SANS_BOLD, 12)
_CLASS_ABOUT: Final = Style(Face.SERIF, 9.5)
_NOTE: Final = Style(Face.SERIF, 10.5)
_NOTHING: Final = "无"
_CLASS_TABLE_TOP: Final = BODY_TOP + 5.5
_CLASS_ROOM: Final = BODY_BOTTOM - _CLASS_TABLE_TOP
_LISTS_TOP: Final = BODY_TOP + 15

_STUDENTS: Final = TableDesign(
    (
        TableColumn("序号", 8, _NUMBER),
        TableColumn("学号", 22, _NUMBER),
        TableColumn("姓名", 23, _TEXT),
        TableColumn("性别", 8, _TEXT),
        TableColumn("出生日期", 18, _NUMBER),
        TableColumn("身份证号", 31, _NUMBER),
        TableColumn("考生号", 25, _NUMBER),
        TableColumn("民族", 13, _TEXT),
        TableColumn("学制", 8, _NUMBER),
        TableColumn("备注", 17, _TEXT, align=0),
    ),
    row_height=5.1,
)
_STUDENTS_LOWER: Final = tuple(
    dataclasses.replace(_STUDENTS, row_height=height) for height in (5.1, 4.9, 4.7)
)
_ANNOTATED: Final = (
    TableColumn("序号", 8, _NUMBER),
    TableColumn("院部", 20, _TEXT),
    TableColumn("班级", 23, _TEXT),
    TableColumn("学号", 20.5, _NUMBER),
    TableColumn("考生号", 23.5, _NUMBER),
    TableColumn("姓名", 17, _TEXT),
    TableColumn("性别", 8, _TEXT),
)


def _annotated_design(last: Sequence[tuple[str, float, Style]]) -> TableDesign:
    """Return the table of an annotated list; its last columns tell why and on what paper."""
    reasons = tuple(TableColumn(title, wide, style, align=0) for title, wide, style in last)
    return TableDesign((*_ANNOTATED, *reasons), row_height=5.2)


_REASON_ONLY: Final = _annotated_design([("原因", 53, _TEXT)])
_WITH_DOCUMENT: Final = _annotated_design([("原因", 28, _TEXT), ("依据", 25, _TEXT)])
_WITH_UNTIL: Final = _annotated_design(
    [("原因", 16, _TEXT), ("依据", 20, _TEXT), ("保留至", 17, _NUMBER)]
)
_COUNT: Final = Style(Face.SANS, 9)
_STATISTICS: Final = TableDesign(
    (
        TableColumn("院部 / 专业", 57, _TEXT, align=0),
        *(
            TableColumn(title, 14.5, _COUNT, align=1)
            for title in (
                "男",
                "女",
                "注册学籍",
                "保留入学资格",
                "放弃入学资格",
                "取消入学资格",
                "暂未注册",
                "合计",
            )
        ),
    ),
    row_height=6.2,
    header_height=9.5,
)


def plan_classes(register: Register) -> list[PlannedPage]:
    """Return the pages of all classes, by 院部, 专业 and 班级, with the sums of each."""
    if not register.classes:
        return [_nothing_page("学生名单")]
    pages: list[PlannedPage] = []
    for index, group in enumerate(register.classes):
        before = register.classes[index - 1] if index else None
        entries = [(1, f"{group.major}　{group.class_name}")]
        if before is None or before.college != group.college:
            entries.insert(0, (0, group.college))
        all_rows = _class_rows(register, index)
        design = _design_for(all_rows)
        for part, rows in enumerate(design.split(all_rows, _CLASS_ROOM)):
            draw = functools.partial(
                _draw_class, group=group, design=design, rows=rows, continued=part > 0
            )
            pages.append(PlannedPage(draw, group.college, () if part else tuple(entries)))
    return pages


def _design_for(rows: list[TableRow]) -> TableDesign:
    """Return the table whose rows are a little lower where that saves a class its second page."""
    fitting = (design for design in _STUDENTS_LOWER if design.height(rows) <= _CLASS_ROOM)
    return next(fitting, _STUDENTS)


def plan_annotated(lists: Sequence[AnnotatedList]) -> list[PlannedPage]:
    """Return the pages of the annotated lists (细则 三(三)2); an empty one says 无."""
    pages: list[PlannedPage] = []
    for annotated in lists:
        design = _WITH_DOCUMENT if annotated.has_document else _REASON_ONLY
        design = _WITH_UNTIL if annotated.has_until else design
        rows = [
            TableRow(_annotated_texts(number, row)[: len(design.columns)])
            for number, row in enumerate(annotated.rows, start=1)
        ]
        rows.append(TableRow((f"共 {len(rows)} 人",), summary=True))
        note = paragraph_height(annotated.explanation, _NOTE, BODY_WIDTH)
        room = BODY_BOTTOM - _LISTS_TOP - note
        parts = design.split(rows, room) if annotated.rows else [[]]
        for part, some in enumerate(parts):
            draw = functools.partial(
                _draw_annotated, annotated=annotated, design=design, rows=some, part=part
            )
            entries = () if part else ((0, annotated.title),)
            pages.append(PlannedPage(draw, annotated.title, entries))
    return pages


def plan_statistics(register: Register) -> list[PlannedPage]:
    """Return the pages of the statistics; the line of the whole school is the last."""
    rows = [_statistic_row(row) for row in register.statistics]
    rows.append(_statistic_row(register.total, "全校合计"))
    pages: list[PlannedPage] = []
    for part, some in enumerate(_STATISTICS.split(rows, BODY_BOTTOM - _LISTS_TOP)):
        draw = functools.partial(_draw_statistics, rows=some, continued=part > 0)
        pages.append(PlannedPage(draw, "统计表", () if part else ((0, "统计表"),)))
    return pages


def _class_rows(register: Register, index: int) -> list[TableRow]:
    """Return a class's rows and the sums that end with it."""
    classes = register.classes
    group = classes[index]
    after = classes[index + 1] if index + 1 < len(classes) else None
    rows = [
        TableRow(
            (
                str(number),
                row.student_number,
                row.name,
                row.sex,
                row.birth_date,
                row.id_number,
                row.exam_number,
                row.ethnicity,
                row.schooling_length,
                row.remark,
            )
        )
        for number, row in enumerate(group.rows, start=1)
    ] or [TableRow((_NOTHING,), summary=True)]
    rows.append(_sum("本班小计", group.rows))
    ends_college = after is None or after.college != group.college
    if ends_college or after is None or after.major != group.major:
        rows.append(_sum(f"{group.major} 专业小计", _rows_of(classes, group, whole_college=False)))
    if ends_college:
        rows.append(_sum(f"{group.college} 合计", _rows_of(classes, group, whole_college=True)))
    return rows


def _rows_of(
    classes: Sequence[RegisterClass], like: RegisterClass, *, whole_college: bool
) -> Iterator[RegisterRow]:
    for group in classes:
        if group.college == like.college and (whole_college or group.major == like.major):
            yield from group.rows


def _sum(title: str, rows: Iterable[RegisterRow]) -> TableRow:
    sexes = [row.sex for row in rows]
    male, female = sexes.count("男"), sexes.count("女")
    return TableRow((f"{title}：男 {male} 人　女 {female} 人　合计 {len(sexes)} 人",), summary=True)


def _draw_class(
    pen: Pen,
    left: float,
    *,
    group: RegisterClass,
    design: TableDesign,
    rows: list[TableRow],
    continued: bool,
) -> None:
    middle = BODY_TOP + 1.8
    name = fit_line(
        group.class_name + ("（续）" if continued else ""), _CLASS_NAME, BODY_WIDTH * 0.4 * MM
    )
    pen.block(left, middle, name, 0)
    code = f"（{group.major_code}）" if group.major_code else ""
    teacher = f"班主任：{group.class_teacher}" if group.class_teacher else ""
    about = "　".join(part for part in (f"专业：{group.major}{code}", teacher) if part)
    pen.block(left + BODY_WIDTH, middle, fit_line(about, _CLASS_ABOUT, BODY_WIDTH * 0.58 * MM), 1)
    design.draw(pen, left, _CLASS_TABLE_TOP, rows)


def _annotated_texts(number: int, row: AnnotatedRow) -> tuple[str, ...]:
    return (
        str(number),
        row.college,
        row.class_name,
        row.student_number,
        row.exam_number,
        row.name,
        row.sex,
        row.reason,
        row.document,
        row.until,
    )


def _draw_annotated(
    pen: Pen,
    left: float,
    *,
    annotated: AnnotatedList,
    design: TableDesign,
    rows: list[TableRow],
    part: int,
) -> None:
    top = draw_section_title(pen, left, annotated.title + ("（续）" if part else ""))
    if not part:
        top = draw_paragraph(pen, (left, top - 3, BODY_WIDTH), annotated.explanation, _NOTE) + 2
    if rows:
        design.draw(pen, left, top, rows)
    else:
        _draw_nothing(pen, left, top)


def _statistic_row(row: StatisticRow, title: str = "") -> TableRow:
    counts = (
        row.male,
        row.female,
        row.registered,
        row.place_kept,
        row.place_given_up,
        row.place_cancelled,
        row.held_back,
        row.total,
    )
    name = title or (f"　{row.major}" if row.major else row.college)
    return TableRow((name, *map(str, counts)), bold=bool(title) or not row.major)


def _draw_statistics(pen: Pen, left: float, *, rows: list[TableRow], continued: bool) -> None:
    top = draw_section_title(pen, left, "统计表" + ("（续）" if continued else ""))
    pen.right(left + BODY_WIDTH, top - 1.5, "单位：人", _TEXT)
    _STATISTICS.draw(pen, left, top, rows)


def _nothing_page(title: str) -> PlannedPage:
    def draw(pen: Pen, left: float) -> None:
        _draw_nothing(pen, left, draw_section_title(pen, left, title))

    return PlannedPage(draw, title, ((0, title),))


def _draw_nothing(pen: Pen, left: float, top: float) -> None:
    pen.frame(left, top, BODY_WIDTH, 14)
    pen.block(left + BODY_WIDTH / 2, top + 7, fit_line(_NOTHING, Style(Face.SERIF, 14), 99))
