"""The list of students as data, by what an office has to do with them: columns, filters, words."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.duties import DUTIES
from desktop.domain.offices import OfficeKind
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES
from desktop.procedures.overview.list_progress import told_students
from desktop.procedures.overview.overview import StudentLine, ToldStudent, student_lines
from desktop.procedures.session import Session
from desktop.views.language import tr
from desktop.views.table_models.columns import Column
from desktop.views.widgets.masked_number import masked

ALL: Final = "all"
_HELD_BACK, _TOLD, _LACKING = "held_back", "told", "lacking"
_NUMBER: Final = Column[StudentLine](tr("学号"), lambda s: s.student_number, width=9)
_NAME: Final = Column[StudentLine](tr("姓名"), lambda s: s.name, width=8)
_DOCUMENT: Final = Column[StudentLine](
    tr("身份证号"),
    lambda s: masked(s.id_number),
    sort_key=lambda s: s.id_number,
    width=13,
    copied=lambda s: s.id_number,
)
_PLACE: Final = (
    Column[StudentLine](tr("院部"), lambda s: s.college_name, width=10),
    Column[StudentLine](tr("班级"), lambda s: s.class_name, width=12),
)
COLUMNS: Final[tuple[Column[StudentLine], ...]] = (
    _NUMBER,
    _NAME,
    Column(tr("性别"), lambda s: s.sex, width=4),
    _DOCUMENT,
    *_PLACE,
    Column(tr("注册结论"), lambda s: s.outcome_title, width=7),
    Column(tr("还缺什么"), lambda s: s.waiting_for, width=10, may_be_cut=True),
)


@dataclass(frozen=True, slots=True)
class StudentList:
    """What a list of students shows.

    Attributes:
        columns: of the table.
        filters: each with its title, besides all.
        filter_of: under which of them a student stands.
        read: the students of a round; of no round where ``by_round`` is false.
        sentence: how things stand.
        by_round: whether a round is chosen.
        nobody: what to do where there is nobody.
    """

    columns: tuple[Column[StudentLine], ...]
    filters: tuple[tuple[str, str], ...]
    filter_of: Callable[[StudentLine], str]
    read: Callable[[Session, str], Sequence[StudentLine]]
    sentence: Callable[[Sequence[StudentLine]], str]
    by_round: bool
    nobody: tuple[str, str]


def student_list(kind: OfficeKind) -> StudentList:
    """Return what the list of students is at an office."""
    return BY_ROUND if DUTIES[kind].judges else BY_LISTS


def _outcome(student: StudentLine) -> str:
    """Return under which outcome a student stands."""
    return str(student.outcome) if student.outcome else _HELD_BACK


def _said(student: StudentLine) -> str:
    return student.said if isinstance(student, ToldStudent) else ""


def _outcomes_sentence(students: Sequence[StudentLine]) -> str:
    held_back = sum(student.outcome is None for student in students)
    rest = tr("{held_back:,} 人暂未注册", held_back=held_back) if held_back else tr("没有遗漏")
    return tr(
        "共 {count:,} 人，{issued:,} 人已有注册结论，{rest}。",
        count=len(students),
        issued=len(students) - held_back,
        rest=rest,
    )


def _told_sentence(students: Sequence[StudentLine]) -> str:
    told = Counter(map(bool, map(_said, students)))[True]
    return tr("共 {count:,} 人，{told:,} 人已登记。", count=len(students), told=told)


BY_ROUND: Final = StudentList(
    columns=COLUMNS,
    filters=(
        *((str(outcome), title) for outcome, title in OUTCOME_TITLES.items()),
        (_HELD_BACK, HELD_BACK_TITLE),
    ),
    filter_of=_outcome,
    read=student_lines,
    sentence=_outcomes_sentence,
    by_round=True,
    nobody=(
        tr("这个批次还没有学生。"),
        tr("请先读入录取名单，或者收入学籍科下发的报送包。"),
    ),
)
BY_LISTS: Final = StudentList(
    columns=(
        _NUMBER,
        _NAME,
        _DOCUMENT,
        *_PLACE,
        Column(tr("登记的情况"), _said, width=12, may_be_cut=True),
    ),
    filters=((_TOLD, tr("已登记")), (_LACKING, tr("还没有登记"))),
    filter_of=lambda student: _TOLD if _said(student) else _LACKING,
    read=lambda session, _round: told_students(session),
    sentence=_told_sentence,
    by_round=False,
    nobody=(tr("还没有学生。"), tr("请在“收发”里收入教务处学籍科给本部门的报送包。")),
)
