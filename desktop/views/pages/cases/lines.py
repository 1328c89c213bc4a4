"""What the table of cases shows, and by what it is filtered, as plain functions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.cases import CONCLUSION_TITLES, IMPORTANT_TITLE, STATE_TITLES
from desktop.domain.recheck import RecheckVerdict
from desktop.domain.rounds import ClassGroup, Round
from desktop.domain.students import Identity
from desktop.procedures.cases.case_files import Case, CaseDesk, Suggestion
from desktop.procedures.registration.boards import NO_CLASS
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.recheck_words import time_left
from desktop.views.table_models.columns import Align, Column

ALL, WAITING, OPEN, IMPORTANT, CONCLUDED, DISPUTED = (
    "all",
    "waiting",
    "open",
    "important",
    "concluded",
    "disputed",
)
FILTERS: Final = (
    (ALL, tr("全部")),
    (WAITING, tr("待立案")),
    (OPEN, STATE_TITLES["open"]),
    (IMPORTANT, IMPORTANT_TITLE),
    (CONCLUDED, STATE_TITLES["concluded"]),
    (DISPUTED, tr("各方不一致")),
)
_ALWAYS: Final = (ALL, WAITING, OPEN)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case, or a doubt that no case has taken up yet."""

    case: Case | None = None
    suggestion: Suggestion | None = None

    @property
    def subject(self) -> str:
        """Who it is about."""
        if self.case:
            return self.case.student.subject
        return self.suggestion.one.student.subject if self.suggestion else ""

    @property
    def identity(self) -> Identity:
        """The student's data."""
        if self.case:
            return self.case.student.identity
        return self.suggestion.one.student.identity if self.suggestion else Identity()

    @property
    def name(self) -> str:
        """What the student is called in a sentence."""
        return self.identity.name or tr("这名学生")

    @property
    def group(self) -> ClassGroup:
        """The class."""
        found = self.case or self.suggestion
        return found.group if found else NO_CLASS

    @property
    def id(self) -> str:
        """By which the line is known again after it was read anew."""
        return self.case.number if self.case else self.subject

    @property
    def important(self) -> bool:
        """Whether it is for the leading group."""
        found = self.case or self.suggestion
        return bool(found and found.important)

    @property
    def cause(self) -> str:
        """Why."""
        found = self.case or self.suggestion
        return found.cause if found else ""

    @property
    def title(self) -> str:
        """How it stands, in words."""
        if self.case is None:
            return tr("待立案")
        if self.case.conflicts:
            return tr("各方不一致")
        if not self.case.concluded:
            return STATE_TITLES["open"]
        return CONCLUSION_TITLES[RecheckVerdict(self.case.outcome)]

    @property
    def state(self) -> State:
        """How it stands, as a shape."""
        if self.case is None or self.case.conflicts:
            return State.ATTENTION
        return State.DONE if self.case.concluded else State.IN_HAND


COLUMNS: tuple[Column[CaseLine], ...] = (
    Column(tr("姓名"), lambda n: n.identity.name, width=6),
    Column(tr("情况"), lambda n: n.title, width=9, state=lambda n: n.state),
    Column(tr("编号"), lambda n: n.case.number if n.case else "—", width=6),
    Column(tr("对象"), lambda n: IMPORTANT_TITLE if n.important else tr("一般"), width=6),
    Column(tr("班级"), lambda n: n.group.name, width=10, may_be_cut=True),
    Column(
        tr("记录"),
        lambda n: str(len(n.case.notes)) if n.case else "",
        sort_key=lambda n: len(n.case.notes) if n.case else -1,
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("学号"), lambda n: n.identity.student_number, width=9),
    Column(tr("疑点"), lambda n: n.cause.replace("\n", " "), width=20, may_be_cut=True),
)


def lines_of(desk: CaseDesk) -> list[CaseLine]:
    """Return what waits for a case first, then the open ones, then the concluded."""
    return [
        *(CaseLine(suggestion=one) for one in desk.suggested),
        *(CaseLine(case=one) for one in desk.cases),
    ]


def filters_of(line: CaseLine) -> set[str]:
    """Return every filter under which a line stands."""
    found = {ALL}
    if line.important:
        found.add(IMPORTANT)
    if line.case is None:
        return found | {WAITING}
    if line.case.conflicts:
        found.add(DISPUTED)
    return found | {CONCLUDED if line.case.concluded else OPEN}


def counts(lines: Sequence[CaseLine]) -> dict[str, int]:
    """Return how many stand under each filter."""
    counted = Counter(name for line in lines for name in filters_of(line))
    return {name: counted[name] for name, _title in FILTERS}


def shown(numbers: dict[str, int]) -> list[str]:
    """Return the filters worth showing."""
    return [name for name, number in numbers.items() if number or name in _ALWAYS]


def searched_text(line: CaseLine) -> str:
    """Return everything by which a line is found."""
    one = line.identity
    return "\n".join(
        (line.id, one.name, one.student_number, one.exam_number, one.id_number, line.group.name)
    )


def state_sentence(desk: CaseDesk, round_: Round) -> str:
    """Say in one sentence how the cases stand."""
    concluded = len(desk.cases) - len(desk.open)
    said = tr(
        "专项核查 {count:,} 件，核查中 {open:,} 件，已有结论 {concluded:,} 件；",
        count=len(desk.cases),
        open=len(desk.open),
        concluded=concluded,
    )
    rest = (
        tr("还有 {n:,} 名学生有疑点没有立案。", n=len(desk.suggested))
        if desk.suggested
        else tr("有疑点的学生都已经立案。")
    )
    if not round_.open:
        return tr("批次已经结束。") + said + rest
    return said + rest + time_left(desk.days)
