"""The papers of a class and of a college in procedure one, from what was said (细则 一(三)4, 5)."""

from collections.abc import Sequence
from typing import Final

from desktop.domain.review_count import ReviewCount
from desktop.domain.rounds import ClassGroup
from desktop.domain.written_papers import (
    KIND_TITLES,
    Heading,
    PaperColumn,
    PaperKind,
    PaperTable,
    Prose,
    WrittenPaper,
    number_column,
    sign_offs_for,
)
from desktop.procedures.review_papers.paper_words import (
    COUNT_TITLES,
    ID_NUMBER,
    NAME,
    NUMBER,
    SEX,
    STUDENT_NUMBER,
    VOUCHED,
    Frame,
    arrival_words,
    count_texts,
    document_words,
    face_words,
    finding_words,
    numbered,
    remark_words,
    six_words,
    told_table,
)
from desktop.procedures.standing.review_files import Review, Reviewed, counted

_OF_CLASSES: Final = (
    "expected",
    "arrived",
    "leave",
    "no_show",
    "unheard",
    "face_passed",
    "documents_missing",
    "doubtful",
    "qualified",
)


def class_report(
    frame: Frame, group: ClassGroup, review: Review, students: Sequence[Reviewed]
) -> WrittenPaper:
    """Return the 核验报告单 of a class: every student (细则 一(三)4)."""
    rows = numbered(
        (
            one.student.identity.student_number,
            one.student.identity.name,
            one.student.identity.sex,
            one.student.identity.id_number,
            arrival_words(one),
            document_words(one),
            face_words(one, review.rules),
            six_words(one),
            finding_words(one),
            remark_words(one),
        )
        for one in students
    )
    columns = (
        NUMBER,
        STUDENT_NUMBER,
        NAME,
        SEX,
        ID_NUMBER,
        PaperColumn("报到", 22),
        PaperColumn("材料", 36),
        PaperColumn("人像比对", 31),
        PaperColumn("六对照", 24),
        PaperColumn("核对结论", 20),
        PaperColumn("备注", 34),
    )
    return WrittenPaper(
        PaperKind.CLASS_REPORT,
        group.id,
        frame.school,
        KIND_TITLES[PaperKind.CLASS_REPORT],
        _class_lines(frame, group, len(students)),
        (
            _count_table("全班", counted(students), _OF_CLASSES),
            PaperTable(columns, rows, empty="本班没有学生", label=2),
        ),
        sign_offs_for(PaperKind.CLASS_REPORT, VOUCHED),
        landscape=True,
    )


def missing_documents(
    frame: Frame, group: ClassGroup, students: Sequence[Reviewed]
) -> WrittenPaper:
    """Return which documents students of a class have still to bring, and until when."""
    rows = numbered(
        (
            one.student.identity.student_number,
            one.student.identity.name,
            lack.item.title,
            lack.due or "未约定",
            "",
            "",
        )
        for one in students
        if counted([one]).documents_missing
        for lack in one.assessment.lacking
    )
    columns = (
        NUMBER,
        STUDENT_NUMBER,
        NAME,
        PaperColumn("缺交材料", 40),
        PaperColumn("补交日期", 24, numbers=True),
        PaperColumn("学生签字", 28),
        PaperColumn("补交情况", 25),
    )
    missing = counted(students).documents_missing
    sentence = (
        f"本班材料不全 {missing} 人，共缺 {len(rows)} 件。材料不全的学生列为复查的重点对象，"
        "请按约定的日期补交；补交以后，由班主任在系统里登记。"
    )
    return WrittenPaper(
        PaperKind.MISSING_DOCUMENTS,
        group.id,
        frame.school,
        KIND_TITLES[PaperKind.MISSING_DOCUMENTS],
        _class_lines(frame, group, len(students)),
        (
            *((Prose(sentence),) if rows else ()),
            PaperTable(columns, rows, empty="本班没有缺交材料的学生", label=2, writing=True),
        ),
    )


def college_return(
    frame: Frame,
    office: tuple[str, str],
    groups: Sequence[ClassGroup],
    review: Review,
) -> WrittenPaper:
    """Return the 入学报到审核单 of a college (细则 一(三)5).

    Args:
        frame: what stands at its head.
        office: the college's id and name.
        groups: its classes.
        review: the round; of the students, those of these classes count.
    """
    mine = review.of_classes({group.id for group in groups})
    rows = tuple(
        (group.name, group.class_teacher, *count_texts(review.of_class(group.id), _OF_CLASSES))
        for group in groups
    )
    columns = (
        PaperColumn("班级", 40),
        PaperColumn("班主任", 22),
        *(number_column(COUNT_TITLES[name]) for name in _OF_CLASSES),
    )
    names = {group.id: group.name for group in groups}
    return WrittenPaper(
        PaperKind.COLLEGE_RETURN,
        office[0],
        frame.school,
        KIND_TITLES[PaperKind.COLLEGE_RETURN],
        (frame.round_name, office[1], f"{len(groups)} 个班", f"{len(mine)} 人"),
        (
            PaperTable(columns, rows, ("合计", "", *count_texts(mine, _OF_CLASSES))),
            Heading("需要说明的学生"),
            told_table(names, mine),
        ),
        sign_offs_for(PaperKind.COLLEGE_RETURN, VOUCHED),
        sealed=True,
    )


def _class_lines(frame: Frame, group: ClassGroup, size: int) -> tuple[str, ...]:
    return (
        frame.round_name,
        group.college_name,
        group.name,
        f"班主任：{group.class_teacher or '　　　　'}",
        f"{size} 人",
    )


def _count_table(whose: str, count: ReviewCount, names: Sequence[str]) -> PaperTable:
    columns = tuple(PaperColumn(COUNT_TITLES[name], 20, numbers=True) for name in names)
    row = (whose, *(str(getattr(count, name)) for name in names))
    return PaperTable((PaperColumn("统计", 20), *columns), (row,))
