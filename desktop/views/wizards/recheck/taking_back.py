"""The wizards 收回结论, 撤回审定 and 补入晚到学生 of the re-check."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.domain.recheck import RECHECK_VERDICT_TITLES
from desktop.procedures.recheck.recheck_approval import Approval, retract_approval
from desktop.procedures.recheck.recheck_desk import DeskStudent
from desktop.procedures.recheck.recheck_verdicts import take_back_verdicts
from desktop.procedures.registration.undisputed import named
from desktop.procedures.session import Progress, Session
from desktop.procedures.standing.following_rounds import take_followers
from desktop.procedures.standing.following_starts import FollowingStart
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.table_models.columns import Column
from desktop.views.widgets.pick_table import PickTable
from desktop.views.wizards.frame import Problems, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

_ROWS, _NAMED = 8, 10


@dataclass(frozen=True, slots=True)
class VerdictRecall:
    """Everybody of whom the registrar was told, who is chosen, and why."""

    round_id: str
    students: tuple[DeskStudent, ...]
    chosen: tuple[str, ...] = ()
    reason: str = ""


def subject_of(one: DeskStudent) -> str:
    """Return the student."""
    return one.one.student.subject


def verdict_text(one: DeskStudent) -> str:
    """Return what the registrar was told, "" for nothing."""
    verdict = one.one.file.verdict
    return RECHECK_VERDICT_TITLES[verdict] if verdict else ""


COLUMNS: tuple[Column[DeskStudent], ...] = (
    Column(tr("姓名"), lambda s: s.one.student.identity.name, width=7),
    Column(tr("学号"), lambda s: s.one.student.identity.student_number, width=8),
    Column(tr("班级"), lambda s: s.group.name, width=8),
    Column(tr("已下达"), verdict_text, width=6),
)


def problems(draft: VerdictRecall) -> dict[str, str]:
    """Return what is missing."""
    if not draft.students:
        return {"": tr("现在没有可以收回的复查结论。")}
    found = {} if draft.chosen else {"": tr("请勾选学生。")}
    if not draft.reason:
        found["reason"] = tr("请写明原因，例如“接到举报，需要再查”。")
    return found


def confirm_sentences(draft: VerdictRecall) -> tuple[str, ...]:
    """Say of whom, and why."""
    names = [named(one.one.student) for one in draft.students if subject_of(one) in draft.chosen]
    shown = "、".join(names[:_NAMED]) + (tr("等") if len(names) > _NAMED else "")
    return (
        tr("收回 {n:,} 名学生的复查结论：{shown}。", n=len(names), shown=shown),
        tr("原因：{reason}。", reason=draft.reason),
        tr("学籍科已经办理注册结论的不能收回。原来的结论留在记录里。"),
    )


def carry_out(session: Session, draft: VerdictRecall, _progress: Progress) -> VerdictRecall:
    """Take them back."""
    take_back_verdicts(session, draft.round_id, draft.chosen, draft.reason)
    return draft


class _Form(FormStep):
    """Ticks go into the draft's ``chosen``, as subjects."""

    def __init__(self, students: tuple[DeskStudent, ...]) -> None:
        self.table = PickTable[DeskStudent](tr("学生"), COLUMNS, subject_of, unit=tr("人"))
        rows = min(max(len(students), 2), _ROWS) + 1
        self.table.view.setMinimumHeight(rows * current_look().row_height + t.SMALL)
        self._students = students
        super().__init__(
            tr("收回哪些学生的复查结论？"),
            tr("收回以后按现有登记重新汇总。"),
            (Field("reason", tr("原因"), tr("例如“接到举报，需要再查”。")),),
            above=self.table,
        )
        self.table.picked_changed.connect(self.changed)

    def show_draft(self, draft: VerdictRecall) -> None:
        """Show the reason and who is ticked."""
        super().show_draft(draft)
        self.table.show_records(self._students, draft.chosen)

    def take(self, draft: VerdictRecall) -> VerdictRecall:
        """Return the draft with the reason and the ticks."""
        taken: VerdictRecall = super().take(draft)
        return replace(taken, chosen=self.table.picked)

    def show_problems(self, problems: Problems) -> None:
        """Go to the table where nobody is chosen."""
        super().show_problems(problems)
        if "" in problems:
            self.table.setFocus()


def taking_back_wizard(desk: Desk, draft: VerdictRecall, parent: QWidget) -> Wizard[VerdictRecall]:
    """Return the wizard that takes verdicts back."""
    form = OneForm(
        title=tr("收回复查结论"),
        guide="复查汇总（招生工作处）#下达结论",
        form=lambda: _Form(draft.students),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("收回"),
        done=lambda d: (
            tr("已收回 {n:,} 名学生的复查结论。", n=len(d.chosen)),
            tr("接下来：查清楚以后重新下达，再到“收发”里导出给教务处学籍科。"),
        ),
        roomy=True,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


@dataclass(frozen=True, slots=True)
class Unapproving:
    """The approval that is taken back, and why."""

    round_id: str
    approval: Approval
    reason: str = ""


def unapprove(session: Session, draft: Unapproving, _progress: Progress) -> Unapproving:
    """Take it back."""
    retract_approval(session, draft.round_id, draft.reason)
    return draft


def unapproving_wizard(desk: Desk, draft: Unapproving, parent: QWidget) -> Wizard[Unapproving]:
    """Return the wizard that takes the approval back."""
    form = OneForm(
        title=tr("撤回审定"),
        guide="复查汇总（招生工作处）#领导小组审定",
        form=lambda: FormStep(
            tr("为什么撤回审定的登记？"),
            tr("已经据此下达结论的不能撤回；只是填错了的，直接重新登记审定即可。"),
            (Field("reason", tr("原因"), tr("例如“登记错了批次”。")),),
        ),
        problems=lambda d: {} if d.reason else {"reason": tr("请写明原因。")},
        confirm=lambda d: (
            tr("撤回审定“{document}”的登记。", document=d.approval.document),
            tr("原因：{reason}。", reason=d.reason),
        ),
        act=desk.act(unapprove),
        verb=tr("撤回"),
        done=lambda _d: (tr("已撤回审定的登记。"), tr("接下来：审定以后重新登记。")),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


@dataclass(frozen=True, slots=True)
class TakingIn:
    """Who came since, by the round that they come from.

    ``after`` says in words since when; ``guide`` is the section of the guide about it.
    """

    round_id: str
    round_name: str
    starts: tuple[FollowingStart, ...]
    source: str
    after: str = tr("新建复查批次以后才报到的学生，从这里补入。")
    guide: str = "复查汇总（招生工作处）#新建复查批次"
    taken: int = 0

    @property
    def new(self) -> int:
        """How many would come in."""
        return next((one.new for one in self.starts if one.source.id == self.source), 0)


def take_in(session: Session, draft: TakingIn, _progress: Progress) -> TakingIn:
    """Take them in."""
    return replace(draft, taken=len(take_followers(session, draft.round_id, draft.source).new))


def taking_in_wizard(desk: Desk, draft: TakingIn, parent: QWidget) -> Wizard[TakingIn]:
    """Return the wizard that takes latecomers in."""
    form = OneForm(
        title=tr("补入晚到学生"),
        guide=draft.guide,
        form=lambda: FormStep(
            tr("从哪个审查批次补入？"),
            draft.after,
            (
                Field(
                    "source",
                    tr("审查批次"),
                    kind=Kind.CHOICE,
                    options=tuple(
                        (
                            one.source.id,
                            tr("{name}，可补入 {n:,} 人", name=one.source.name, n=one.new),
                        )
                        for one in draft.starts
                    ),
                ),
            ),
        ),
        problems=lambda d: {} if d.new else {"source": tr("现在没有晚到的学生可以补入。")},
        confirm=lambda d: (tr("把 {n:,} 名晚到的学生补入“{name}”。", n=d.new, name=d.round_name),),
        act=desk.act(take_in),
        verb=tr("补入"),
        done=lambda d: (
            tr("已补入 {n:,} 名学生。", n=d.taken),
            tr("接下来：到“收发”里导出给有关院部。"),
        ),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)
