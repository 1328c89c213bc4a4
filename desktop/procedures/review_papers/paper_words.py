"""The words in which papers of procedures one and two tell what was said of a student.

They say what was said, and nothing that changes by itself with the days: a signed paper does not
become void because time has passed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.dates import day_words
from desktop.domain.entry_review import (
    ARRIVAL_TITLES,
    CAUSE_TITLES,
    FINDING_TITLES,
    STANDING_TITLES,
    VERDICT_TITLES,
    ArrivalState,
    Face,
    Standing,
    by_hand,
    face_passes,
)
from desktop.domain.review_fields import SIX_TITLES
from desktop.domain.review_rules import ReviewRules, percent
from desktop.domain.written_papers import PaperColumn, PaperTable
from desktop.procedures.standing.review_files import Reviewed, counted

NONE: Final = "—"
NUMBER: Final = PaperColumn("序号", 9, numbers=True)
STUDENT_NUMBER: Final = PaperColumn("学号", 25, numbers=True)
EXAM_NUMBER: Final = PaperColumn("考生号", 30, numbers=True)
NAME: Final = PaperColumn("姓名", 24)
SEX: Final = PaperColumn("性别", 9)
ID_NUMBER: Final = PaperColumn("身份证号", 36, numbers=True)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands at the head of every paper of a round."""

    school: str
    round_name: str
    entry_year: str


def arrival_words(one: Reviewed) -> str:
    """Return whether a student came."""
    file = one.file
    if file.arrival is None:
        return "未登记"
    if file.arrival is ArrivalState.LEAVE and file.leave_until:
        return f"请假至 {file.leave_until}"
    return ARRIVAL_TITLES[file.arrival]


def document_words(one: Reviewed) -> str:
    """Return which documents are lacking, of one who came."""
    if one.file.arrival is not ArrivalState.ARRIVED:
        return NONE
    if not one.assessment.lacking:
        return "齐全"
    return "、".join(
        f"缺{lack.item.title}" + (f"（{lack.due} 前补交）" if lack.due else "")
        for lack in one.assessment.lacking
    )


def face_words(one: Reviewed, rules: ReviewRules) -> str:
    """Return how the comparison of faces ended, of one who came."""
    file = one.file
    if file.arrival is not ArrivalState.ARRIVED:
        return NONE
    likeness = "" if file.likeness is None else f" {percent(file.likeness)}"
    if face_passes(file, rules):
        return f"通过{likeness}"
    if file.face == Face.PASSED:
        words = f"低于合格线{likeness}"
    else:
        words = {Face.FAILED: "失败", Face.NOT_DONE: "未进行"}.get(file.face, "无结果")  # type: ignore[call-overload]
    return f"{words}，人工核对一致" if by_hand(file) else str(words)


def six_words(one: Reviewed) -> str:
    """Return how the six things agreed, of one who came."""
    if one.file.arrival is not ArrivalState.ARRIVED:
        return NONE
    compared = one.file.compared
    different = [title for thing, title in SIX_TITLES.items() if compared.get(thing) == "different"]
    absent = [title for thing, title in SIX_TITLES.items() if compared.get(thing) == "absent"]
    unseen = [title for thing, title in SIX_TITLES.items() if not compared.get(thing)]
    if len(unseen) == len(SIX_TITLES):
        return "未对照"
    told = [f"{'、'.join(different)}不一致"] if different else []
    told += [f"没有{'、'.join(absent)}"] if absent else []
    told += [f"{'、'.join(unseen)}未对照"] if unseen else []
    return "；".join(told) or "一致"


def finding_words(one: Reviewed) -> str:
    """Return what the class teacher found, and a second person."""
    file = one.file
    if file.arrival is not ArrivalState.ARRIVED:
        return NONE
    if file.finding is None:
        return "未填写"
    second = f"（复核{FINDING_TITLES[file.second]}）" if file.second else ""
    return f"{FINDING_TITLES[file.finding]}{second}"


def remark_words(one: Reviewed) -> str:
    """Return what else was said of a student."""
    file = one.file
    told = [CAUSE_TITLES.get(file.cause, file.cause), file.arrival_explanation]
    if file.place:
        kept = f"保留入学资格{f'至 {file.place_until}' if file.place_until else ''}"
        told += ["放弃入学资格" if file.place == "given_up" else kept, file.place_explanation]
    told += [file.finding_explanation, file.second_explanation]
    if file.verdict and file.verdict != "passed":
        told.append(f"招生工作处认定：{VERDICT_TITLES[file.verdict]}")
    if file.conflicts:
        told.append(f"说法不一致：{'、'.join(file.conflicts)}")
    return "；".join(dict.fromkeys(filter(None, told)))


def numbered(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return rows with their running number in front."""
    return tuple((str(number), *row) for number, row in enumerate(rows, start=1))


def day(iso: str) -> str:
    """Return a day as papers print it: 2026年9月5日; a line to write on where none is set."""
    return day_words(iso) or "＿＿＿＿年＿＿月＿＿日"


COUNT_TITLES: Final = {
    "admitted": "录取数",
    "expected": "应报到",
    "arrived": "实报到",
    "no_show": "未报到",
    "leave": "请假",
    "unheard": "未登记",
    "kept": "保留入学资格",
    "given_up": "放弃入学资格",
    "face_passed": "人脸通过",
    "documents_missing": "材料不全",
    "doubtful": "存疑",
    "failed": "不合格",
    "qualified": "合格",
}
"""What papers call the numbers of a ``ReviewCount``, in their order."""
VOUCHED: Final = {
    "class_teacher": "已逐一核对本班新生，填写属实。",
    "student_section": "已审核，情况属实。",
    "head": "经审核，情况属实，同意上报。",
    "admissions": "经汇总审核，情况属实。",
}


def count_texts(students: Collection[Reviewed], names: Iterable[str]) -> tuple[str, ...]:
    """Return numbers of some students, named as ``ReviewCount`` names them, as texts."""
    count = counted(students)
    return tuple(str(getattr(count, name)) for name in names)


def told_table(
    places: Mapping[str, str], students: Iterable[Reviewed], place_title: str = "班级"
) -> PaperTable:
    """Return the students of whom there is something to say, each with what it is."""
    columns = (
        NUMBER,
        PaperColumn(place_title, 34),
        STUDENT_NUMBER,
        NAME,
        SEX,
        PaperColumn("情况", 22),
        PaperColumn("说明", 52, left=True),
    )
    rows = numbered(
        (
            places.get(one.student.class_id, ""),
            one.student.identity.student_number,
            one.student.identity.name,
            one.student.identity.sex,
            _standing(one),
            _told(one),
        )
        for one in students
        if one.assessment.standing is not Standing.QUALIFIED or one.assessment.lacking
    )
    return PaperTable(columns, rows, empty="没有需要说明的学生", label=3)


def _standing(one: Reviewed) -> str:
    standing = one.assessment.standing
    return arrival_words(one) if standing is Standing.UNHEARD else STANDING_TITLES[standing]


def _told(one: Reviewed) -> str:
    six, documents = six_words(one), document_words(one)
    said = [
        f"六对照：{six}" if "不一致" in six else "",
        documents if documents.startswith("缺") else "",
        f"班主任核对{finding_words(one)}" if one.file.finding not in (None, "normal") else "",
        remark_words(one),
        arrival_words(one) if one.assessment.standing is Standing.LEAVE else "",
    ]
    return "；".join(filter(None, said))
