"""The papers of the whole school in procedure one, from what was said (细则 一(三)6)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Final

from desktop.domain.entry_review import (
    CAUSE_TITLES,
    Standing,
)
from desktop.domain.provinces import OTHER_PROVINCE, source_province
from desktop.domain.review_count import ReviewCount
from desktop.domain.rounds import ClassGroup
from desktop.domain.written_papers import (
    KIND_TITLES,
    Heading,
    PaperColumn,
    PaperKind,
    PaperTable,
    Part,
    Prose,
    WrittenPaper,
    number_column,
    sign_offs_for,
)
from desktop.interchange.tables import province_names
from desktop.procedures.review_papers.paper_words import (
    COUNT_TITLES,
    EXAM_NUMBER,
    ID_NUMBER,
    NAME,
    NUMBER,
    SEX,
    STUDENT_NUMBER,
    VOUCHED,
    Frame,
    count_texts,
    day,
    numbered,
    remark_words,
    told_table,
)
from desktop.procedures.standing.review_files import Review, Reviewed, counted

Colleges = Mapping[str, Sequence[Reviewed]]
"""The students of each college, by its name, in the order of the colleges."""
_TOLD_OF_SCHOOL: Final = (Standing.DOUBTFUL, Standing.FAILED, Standing.KEPT)
_CAUSES: Final = {**CAUSE_TITLES, "": "未说明原因"}


def school_report(frame: Frame, office: str, review: Review, colleges: Colleges) -> WrittenPaper:
    """Return the 新生入学审查核验报告 with its statistics (细则 一(三)6).

    Args:
        frame: what stands at its head.
        office: the id of the admissions office.
        review: the round.
        colleges: the students of each college, by its name.
    """
    title = KIND_TITLES[PaperKind.SCHOOL_REPORT]
    return WrittenPaper(
        PaperKind.SCHOOL_REPORT,
        office,
        frame.school,
        f"{frame.entry_year}级{title}",
        (frame.round_name, "招生工作处", f"{len(review.students)} 人"),
        (
            Heading("一、总体情况"),
            *(Prose(text) for text in _report_sentences(frame, review)),
            Heading("二、各院部核验结果"),
            _statistics(colleges, review.students),
            Heading("三、未报到情况"),
            _causes(colleges, review.students),
            Heading("四、存疑、不合格和保留入学资格的学生"),
            told_table(
                {one.student.class_id: name for name, them in colleges.items() for one in them},
                [one for one in review.students if one.assessment.standing in _TOLD_OF_SCHOOL],
                "院部",
            ),
        ),
        sign_offs_for(PaperKind.SCHOOL_REPORT, VOUCHED),
        sealed=True,
        landscape=True,
    )


def no_shows(frame: Frame, office: str, review: Review, colleges: Colleges) -> WrittenPaper:
    """Return who did not come, by the province that they come from, with the day to report by."""
    college_of = {one.student.subject: name for name, them in colleges.items() for one in them}
    absent = [one for one in review.students if counted([one]).no_show]
    names = province_names()
    by_province: dict[str, list[Reviewed]] = {}
    for one in absent:
        province = source_province(one.student.identity.exam_number, names)
        by_province.setdefault(province, []).append(one)
    for them in by_province.values():
        them.sort(key=lambda one: one.student.identity.exam_number)
    order = [*names.values(), OTHER_PROVINCE]
    columns = (
        NUMBER,
        EXAM_NUMBER,
        NAME,
        SEX,
        ID_NUMBER,
        PaperColumn("录取专业", 30),
        PaperColumn("未报到原因", 34),
    )
    tables: list[Part] = [
        PaperTable(
            columns,
            numbered(
                (
                    one.student.identity.exam_number,
                    one.student.identity.name,
                    one.student.identity.sex,
                    one.student.identity.id_number,
                    one.student.identity.major_name or college_of.get(one.student.subject, ""),
                    remark_words(one) or "未说明原因",
                )
                for one in by_province[province]
            ),
            title=f"{province}（{len(by_province[province])} 人）",
            label=2,
        )
        for province in sorted(by_province, key=order.index)
    ]
    rules = review.rules
    sentence = (
        f"{frame.entry_year}级新生报到截止日期为{day(rules.check_in_until)}，"
        f"未报到 {counted(absent).no_show} 人，来自 {len(by_province.keys() - {OTHER_PROVINCE})} "
        "个生源省份。"
        f"按规定，未报到学生名单须在报到截止后 {rules.report_days} 天内（{day(rules.report_by)}"
        "以前）按生源省份报送各省级招生考试机构。"
    )
    return WrittenPaper(
        PaperKind.NO_SHOWS,
        office,
        frame.school,
        KIND_TITLES[PaperKind.NO_SHOWS],
        (frame.round_name, "招生工作处", f"{len(absent)} 人"),
        (Prose(sentence), *(tables or [PaperTable(columns, (), empty="没有未报到的学生")])),
        sign_offs_for(PaperKind.NO_SHOWS, VOUCHED),
        sealed=True,
    )


def qualified(
    frame: Frame, office: str, groups: Sequence[ClassGroup], review: Review
) -> WrittenPaper:
    """Return the 合格名单 that goes to the registrar (细则 一(三)6)."""
    passed = [one for one in review.students if counted([one]).qualified]
    return WrittenPaper(
        PaperKind.QUALIFIED,
        office,
        frame.school,
        f"{frame.entry_year}级{KIND_TITLES[PaperKind.QUALIFIED]}",
        (frame.round_name, "招生工作处", f"{len(passed)} 人"),
        name_list(groups, [(one.student.class_id, _named(one)) for one in passed]),
        sign_offs_for(PaperKind.QUALIFIED, VOUCHED),
        sealed=True,
    )


def name_list(
    groups: Iterable[ClassGroup], students: Collection[tuple[str, tuple[str, ...]]]
) -> tuple[Part, ...]:
    """Return lists of students by college and class, each with how many they are.

    Args:
        groups: the classes in order.
        students: pairs of class and 学号, 考生号, 姓名, 性别, 身份证号, 专业.
    """
    columns = (
        NUMBER,
        STUDENT_NUMBER,
        EXAM_NUMBER,
        NAME,
        SEX,
        ID_NUMBER,
        PaperColumn("专业", 32),
    )
    by_class: dict[str, list[tuple[str, ...]]] = {}
    for class_id, texts in students:
        by_class.setdefault(class_id, []).append(texts)
    known = {group.id: f"{group.college_name}　{group.name}" for group in groups}
    titles = {**known, **{place: "没有班级" for place in by_class if place not in known}}
    return tuple(
        PaperTable(
            columns,
            numbered(by_class[class_id]),
            title=f"{title}（{len(by_class[class_id])} 人）",
            label=3,
        )
        for class_id, title in titles.items()
        if class_id in by_class
    ) or (PaperTable(columns, (), empty="名单里还没有学生"),)


def _named(one: Reviewed) -> tuple[str, ...]:
    identity = one.student.identity
    return (
        identity.student_number,
        identity.exam_number,
        identity.name,
        identity.sex,
        identity.id_number,
        identity.major_name,
    )


def _statistics(colleges: Colleges, everybody: Collection[Reviewed]) -> PaperTable:
    names = tuple(field.name for field in fields(ReviewCount))
    columns = (
        PaperColumn("院部", 40),
        *(number_column(COUNT_TITLES[name]) for name in names),
    )
    rows = tuple((college, *count_texts(them, names)) for college, them in colleges.items())
    return PaperTable(columns, rows, ("全校", *count_texts(everybody, names)))


def _causes(colleges: Colleges, everybody: Collection[Reviewed]) -> PaperTable:
    """Return how many did not come, by why; each number is that of a count of these students."""

    def row(place: str, them: Collection[Reviewed]) -> tuple[str, ...]:
        by_cause = (
            counted([one for one in them if one.file.cause == cause]).no_show for cause in _CAUSES
        )
        return (place, *map(str, by_cause), str(counted(them).no_show))

    columns = (
        PaperColumn("院部", 40),
        *(PaperColumn(title, 20, numbers=True) for title in _CAUSES.values()),
        PaperColumn("未报到合计", 20, numbers=True),
    )
    rows = tuple(row(college, them) for college, them in colleges.items())
    return PaperTable(columns, rows, row("全校", everybody))


def _report_sentences(frame: Frame, review: Review) -> tuple[str, ...]:
    """Draft the report's paragraphs from the numbers."""
    count = counted(review.students)
    rules = review.rules
    first = (
        f"{frame.school}{frame.entry_year}级新生共录取 {count.admitted} 人，其中保留入学资格 "
        f"{count.kept} 人，应报到 {count.expected} 人。报到时间为{day(rules.check_in_from)}至"
        f"{day(rules.check_in_until)}，实际报到 {count.arrived} 人，请假 {count.leave} 人，未报到 "
        f"{count.no_show} 人（其中放弃入学资格 {count.given_up} 人），尚未登记 {count.unheard} 人。"
    )
    second = (
        "报到期间，各院部以班级为单位核验录取通知书、准考证、身份证等证件，组织新生通过人像比对核查"
        "系统采集人像并与录取档案、公安部门信息比对，由班主任逐一核查、填写核验报告单，院部学工科和主要"
        f"负责人逐级审核。实际报到的新生中，人像比对通过 {count.face_passed} 人，没有通过的由班主任"
        "对照照片、身份证和本人人工核对；"
        f"材料不全 {count.documents_missing} 人，列为复查的重点对象。"
    )
    third = (
        f"经审查，合格 {count.qualified} 人，存疑（含核对为异常的）{count.doubtful} 人，"
        f"不合格 {count.failed} 人。"
        "合格的新生名单提供给教务处，存疑的新生继续核查，核查结果在入学资格复查时一并上报。"
    )
    return first, second, third
