"""The wizard that begins a round with the students of another one: no list is read again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.procedures.rounds import NewRound
from desktop.procedures.session import Progress, Session
from desktop.procedures.standing.following_rounds import begin_following
from desktop.procedures.standing.following_starts import FollowingStart, following_starts
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_REGISTRATION_ENDS = "11-30"
_DAYS = 30
_COMES = {
    Procedure.RECHECK: tr("已经报到、没有放弃和保留入学资格的学生"),
    Procedure.STUDENT_REGISTRATION: tr("招生工作处已下达审查结论的学生"),
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """A new round, and the one that it begins with."""

    procedure: Procedure
    starts: tuple[FollowingStart, ...]
    today: str
    source: str = ""
    name: str = ""
    deadline: str = ""
    begun: Round | None = None
    students: int = 0

    @property
    def start(self) -> FollowingStart | None:
        """What it begins with."""
        return next((one for one in self.starts if one.source.id == self.source), None)


def fresh_draft(session: Session, procedure: Procedure) -> Beginning:
    """Return the draft of a new round, with what is right nine times in ten."""
    today = session.today()
    draft = Beginning(procedure, following_starts(session, procedure), today.isoformat())
    return with_source(draft, draft.starts[0].source.id) if draft.starts else draft


def with_source(draft: Beginning, source: str) -> Beginning:
    """Return the draft with another round to begin with, its name and day as they follow."""
    draft = replace(draft, source=source)
    if (start := draft.start) is None:
        return draft
    year = start.source.entry_year
    today = date.fromisoformat(draft.today)
    deadline = start.deadline or f"{year}-{_REGISTRATION_ENDS}"
    if deadline <= draft.today:
        deadline = (today + timedelta(days=_DAYS)).isoformat()
    name = (
        tr("{year}级新生入学资格复查", year=year)
        if draft.procedure is Procedure.RECHECK
        else tr("{year}级新生学籍注册", year=year)
    )
    return replace(draft, name=name, deadline=deadline)


def problems(draft: Beginning) -> dict[str, str]:
    """Return what is missing or wrong, per field."""
    start = draft.start
    if start is None:
        return {"source": tr("还没有入学资格审查的批次，请先办理入学资格审查。")}
    found = {}
    if not start.students:
        found["source"] = tr("这个批次里还没有可以列入的学生。")
    if not draft.name:
        found["name"] = tr("请填写批次名称。")
    if not _is_day(draft.deadline):
        found["deadline"] = tr("请填写截止日期，例如 2026-12-01。")
    elif draft.deadline < draft.today:
        found["deadline"] = tr("截止日期已经过了，请核对。")
    return found


def confirm_sentences(draft: Beginning) -> tuple[str, ...]:
    """Say what is opened, with whom, and until when."""
    start = draft.start
    if start is None:
        return ()
    return (
        tr("新建“{name}”，截止日期 {day}。", name=draft.name, day=draft.deadline),
        tr(
            "“{source}”里的 {count:,} 名学生直接列入，不用再读名单；{left:,} 名不列入。",
            source=start.source.name,
            count=start.students,
            left=start.left,
        ),
        tr("列入的是{who}。以后补上的，可以再补入。", who=_COMES[draft.procedure]),
    )


def done_sentences(draft: Beginning) -> tuple[str, ...]:
    """Say what was opened, and what comes next."""
    return (
        tr("已新建“{name}”，列入 {count:,} 名学生。", name=draft.name, count=draft.students),
        tr("接下来：到“收发”里把这个批次导出给各院部。"),
    )


def begin(session: Session, draft: Beginning, _progress: Progress) -> Beginning:
    """Open the round."""
    start = draft.start
    if start is None:
        raise ValueError("a round begins with another")
    new = NewRound(
        draft.procedure,
        draft.name,
        start.source.entry_year,
        draft.deadline,
        asks_verdicts=draft.procedure is Procedure.STUDENT_REGISTRATION,
    )
    round_, following = begin_following(session, new, draft.source)
    return replace(draft, begun=round_, students=len(following.students))


class BeginningForm(FormStep):
    """When another round is chosen to begin with, its name and day follow."""

    def __init__(self, draft: Beginning) -> None:
        super().__init__(
            tr("从哪个批次开始？"),
            tr("列入的是{who}。", who=_COMES[draft.procedure]),
            (
                Field("source", tr("审查批次"), kind=Kind.CHOICE, options=options(draft)),
                Field("name", tr("新批次的名称")),
                Field("deadline", tr("截止日期"), _deadline_hint(draft.procedure)),
            ),
        )
        self._draft = draft
        self.field("source").currentIndexChanged.connect(self._follow)  # type: ignore[union-attr]

    def show_draft(self, draft: Beginning) -> None:
        """Show the draft's values."""
        super().show_draft(draft)
        self._draft = draft

    def _follow(self) -> None:
        draft = with_source(self._draft, super().take(self._draft).source)
        if draft.source != self._draft.source:
            self._draft = draft
            self.fill(name=draft.name, deadline=draft.deadline)


def options(draft: Beginning) -> tuple[tuple[str, str], ...]:
    """Return the rounds to begin with, each with how many would come."""
    return tuple(
        (
            one.source.id,
            tr("{name}，可列入 {count:,} 人", name=one.source.name, count=one.students),
        )
        for one in draft.starts
    )


def beginning_wizard(desk: Desk, draft: Beginning, parent: QWidget) -> Wizard[Beginning]:
    """Return the wizard."""
    recheck = draft.procedure is Procedure.RECHECK
    form = OneForm(
        title=tr("新建复查批次") if recheck else tr("由审查名单新建批次"),
        guide="复查汇总（招生工作处）#新建复查批次" if recheck else "学籍科的三个页面#批次名单",
        form=lambda: BeginningForm(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(begin),
        verb=tr("新建批次"),
        done=done_sentences,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def _deadline_hint(procedure: Procedure) -> str:
    if procedure is Procedure.RECHECK:
        return tr("复查要在入学三个月内完成（41号令 第十一条），这里按入学日期推算。")
    return tr("例如 2026-11-30。")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
