"""The papers of procedure two, from what was said: class, college, school (细则 二(三)3 to 5)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from desktop.domain.answers import AGREEMENT_TITLES, Agreement
from desktop.domain.recheck import (
    ANSWER_TITLES,
    REVIEW_TITLES,
    STANDING_TITLES,
    ReviewFinding,
    Standing,
    asked_of,
)
from desktop.domain.review_fields import FIVE_TITLES
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
    NAME,
    NUMBER,
    SEX,
    STUDENT_NUMBER,
    Frame,
    numbered,
)
from desktop.procedures.review_papers.school_papers import name_list
from desktop.procedures.standing.recheck_files import Rechecked, counted

RECHECK_COUNT_TITLES: Final = {
    "students": "应复查",
    "forms": "已交复查表",
    "missing_forms": "未交",
    "doubts": "有疑点",
    "cases": "专项核查",
    "open_cases": "核查中",
    "failed": "不合格",
    "kept": "保留入学资格",
    "approved": "合格",
}
"""What papers call the numbers of a ``RecheckCount``, in their order."""
_OF_CLASSES: Final = ("students", "forms", "missing_forms", "doubts", "approved")
"""What a college's summary counts: cases come after it, and are told in the closing report."""
RECHECK_VOUCHED: Final = {
    "class_teacher": "本班复查已逐人进行，汇总属实。",
    "student_section": "已审核，情况属实。",
    "head": "经审核，情况属实，同意上报。",
    "admissions": "经汇总核查，情况属实，报请审定。",
    "group_leader": "经审定，同意。",
}


def class_summary(frame: Frame, group: ClassGroup, students: Sequence[Rechecked]) -> WrittenPaper:
    """Return the summary of a class (细则 二(三)3)."""
    columns = (
        NUMBER,
        STUDENT_NUMBER,
        NAME,
        SEX,
        PaperColumn("复查表", 18),
        PaperColumn("与档案比对", 42),
        PaperColumn("五项内容", 27),
        PaperColumn("初核人", 26),
        PaperColumn("复核人", 34),
        PaperColumn("结果", 24),
        PaperColumn("说明", 44),
    )
    rows = numbered(
        (
            one.student.identity.student_number,
            one.student.identity.name,
            one.student.identity.sex,
            form_words(one),
            agreement_words(one),
            five_words(one),
            reviewer_words(one, second=False),
            reviewer_words(one, second=True),
            STANDING_TITLES[one.assessment.standing],
            explanation_words(one),
        )
        for one in students
    )
    return WrittenPaper(
        PaperKind.RECHECK_CLASS,
        group.id,
        frame.school,
        KIND_TITLES[PaperKind.RECHECK_CLASS],
        class_lines(frame, group, len(students)),
        (
            _counts("全班", students),
            PaperTable(columns, rows, empty="本班没有学生", label=2),
            *_legend(students),
        ),
        sign_offs_for(PaperKind.RECHECK_CLASS, RECHECK_VOUCHED),
        landscape=True,
    )


def _legend(students: Sequence[Rechecked]) -> tuple[Prose, ...]:
    """Say what the five things are where the table names one by its number."""
    if not any("第" in five_words(one) for one in students):
        return ()
    things = "；".join(f"{number} {title}" for number, title in enumerate(FIVE_TITLES.values(), 1))
    return (Prose(f"五项内容：{things}。"),)


def college_summary(
    frame: Frame,
    office: tuple[str, str],
    groups: Sequence[ClassGroup],
    students: Sequence[Rechecked],
) -> WrittenPaper:
    """Return the summary of a college; ``office`` is its id and its name (细则 二(三)3)."""
    by_class = _by_class(students)
    rows = tuple(
        (group.name, group.class_teacher, *_numbers(by_class.get(group.id, ()))) for group in groups
    )
    columns = (PaperColumn("班级", 40), PaperColumn("班主任", 22), *_count_columns())
    names = {group.id: group.name for group in groups}
    return WrittenPaper(
        PaperKind.RECHECK_COLLEGE,
        office[0],
        frame.school,
        KIND_TITLES[PaperKind.RECHECK_COLLEGE],
        (frame.round_name, office[1], f"{len(groups)} 个班", f"{len(students)} 人"),
        (
            PaperTable(columns, rows, ("合计", "", *_numbers(students))),
            Heading("没有复查合格的学生"),
            told_of_recheck(names, students),
        ),
        sign_offs_for(PaperKind.RECHECK_COLLEGE, RECHECK_VOUCHED),
        sealed=True,
    )


def missing_forms(
    frame: Frame,
    office: tuple[str, str],
    groups: Sequence[ClassGroup],
    students: Sequence[Rechecked],
) -> WrittenPaper:
    """Return who has handed no form in, class by class."""
    columns = (
        NUMBER,
        STUDENT_NUMBER,
        NAME,
        SEX,
        PaperColumn("联系电话", 34, numbers=True),
        PaperColumn("情况", 30),
        PaperColumn("补交日期", 34),
    )
    by_class = _by_class([one for one in students if counted([one]).missing_forms])
    tables = tuple(
        PaperTable(
            columns,
            numbered(
                (
                    one.student.identity.student_number,
                    one.student.identity.name,
                    one.student.identity.sex,
                    one.student.identity.phone,
                    form_words(one),
                    "",
                )
                for one in by_class[group.id]
            ),
            title=f"{group.name}　班主任：{group.class_teacher or '　　　　'}"
            f"（{len(by_class[group.id])} 人）",
            label=2,
        )
        for group in groups
        if group.id in by_class
    )
    count = counted(students)
    return WrittenPaper(
        PaperKind.MISSING_FORMS,
        office[0],
        frame.school,
        KIND_TITLES[PaperKind.MISSING_FORMS],
        (frame.round_name, office[1], f"{count.missing_forms} 人"),
        (
            Prose(
                f"应复查 {count.students} 人，已交复查表 {count.forms} 人，"
                f"未交或须重交 {count.missing_forms} 人。没有交复查表的学生不能列入复查合格名单，"
                "也不能注册学籍。"
            ),
            *(tables or (PaperTable(columns, (), empty="复查表已全部交齐"),)),
        ),
    )


def approved(
    frame: Frame, office: str, groups: Sequence[ClassGroup], students: Sequence[Rechecked]
) -> WrittenPaper:
    """Return the 复查合格名单 that goes to the registrar (细则 二(三)5)."""
    passed = [one for one in students if counted([one]).approved]
    return WrittenPaper(
        PaperKind.APPROVED,
        office,
        frame.school,
        f"{frame.entry_year}级{KIND_TITLES[PaperKind.APPROVED]}",
        (frame.round_name, "招生工作处", f"{len(passed)} 人"),
        name_list(groups, [(one.student.class_id, _named(one)) for one in passed]),
        sign_offs_for(PaperKind.APPROVED, RECHECK_VOUCHED),
        sealed=True,
    )


def form_words(one: Rechecked) -> str:
    """Return whether the form is there."""
    if not one.file.form:
        return "未交"
    return "已交" if one.file.form_usable else "不能用，须重交"


def agreement_words(one: Rechecked) -> str:
    """Return how the answers agree with the file, field by field where they do not."""
    agreements = one.file.agreements
    if not agreements:
        return "未比对"
    told = [
        f"{AGREEMENT_TITLES[kind]}：{'、'.join(named)}"
        for kind in (Agreement.DOUBT, Agreement.DIFFERENT, Agreement.BLANK)
        if (named := [ANSWER_TITLES[f] for f, a in agreements.items() if a is kind])
    ]
    return "；".join(told) or "一致"


def five_words(one: Rechecked) -> str:
    """Return how the five things were ticked, of those that concern the student."""
    five = one.file.five
    asked = asked_of(one.file.admission_type)
    numbers = {thing: str(number) for number, thing in enumerate(FIVE_TITLES, start=1)}
    if wrong := [numbers[thing] for thing in FIVE_TITLES if five.get(thing) == "no"]:
        return f"第 {'、'.join(wrong)} 项有疑问"
    if unticked := [numbers[thing] for thing in asked if not five.get(thing)]:
        return "未核查" if len(unticked) == len(asked) else f"第 {'、'.join(unticked)} 项未核查"
    return "符合"


def reviewer_words(one: Rechecked, *, second: bool) -> str:
    """Return the name of one of the two reviewers, and what was found unless all is sound."""
    file = one.file
    finding = file.second if second else file.first
    name = file.second_reviewer if second else file.first_reviewer
    if finding is None:
        return "—"
    return name if finding is ReviewFinding.SOUND else f"{name}：{REVIEW_TITLES[finding]}"


def explanation_words(one: Rechecked) -> str:
    """Return what reviewers wrote, and the contradictions."""
    file = one.file
    told = [file.first_explanation, file.second_explanation]
    told += [f"说法不一致：{'、'.join(file.conflicts)}"] if file.conflicts else []
    return "；".join(dict.fromkeys(filter(None, told)))


def class_lines(frame: Frame, group: ClassGroup, size: int) -> tuple[str, ...]:
    """Return the line below the title of a class's paper."""
    teacher = f"班主任：{group.class_teacher or '　　　　'}"
    return (frame.round_name, group.college_name, group.name, teacher, f"{size} 人")


def _numbers(students: Collection[Rechecked]) -> tuple[str, ...]:
    count = counted(students)
    return tuple(str(getattr(count, name)) for name in _OF_CLASSES)


def _count_columns() -> tuple[PaperColumn, ...]:
    return tuple(number_column(RECHECK_COUNT_TITLES[name]) for name in _OF_CLASSES)


def told_of_recheck(
    places: Mapping[str, str], students: Iterable[Rechecked], place_title: str = "班级"
) -> PaperTable:
    """Return who is not approved, each with why."""
    columns = (
        NUMBER,
        PaperColumn(place_title, 30),
        STUDENT_NUMBER,
        PaperColumn(NAME.title, 20),
        PaperColumn("结果", 21),
        PaperColumn("说明", 75, left=True),
    )
    rows = numbered(
        (
            places.get(one.student.class_id, ""),
            one.student.identity.student_number,
            one.student.identity.name,
            STANDING_TITLES[one.assessment.standing],
            "".join(reason.sentence for reason in one.assessment.reasons),
        )
        for one in students
        if one.assessment.standing is not Standing.APPROVED
    )
    return PaperTable(columns, rows, empty="全部复查合格", label=3)


def _counts(whose: str, students: Collection[Rechecked]) -> PaperTable:
    row = (whose, *_numbers(students))
    return PaperTable((PaperColumn("统计", 15), *_count_columns()), (row,))


def _by_class(students: Iterable[Rechecked]) -> dict[str, list[Rechecked]]:
    found: dict[str, list[Rechecked]] = {}
    for one in students:
        found.setdefault(one.student.class_id, []).append(one)
    return found


def _named(one: Rechecked) -> tuple[str, ...]:
    identity = one.student.identity
    return (
        identity.student_number,
        identity.exam_number,
        identity.name,
        identity.sex,
        identity.id_number,
        identity.major_name,
    )
