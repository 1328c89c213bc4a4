"""Taking back what was recorded of a student at check-in by mistake."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.entry_review import ARRIVAL_TITLES, FINDING_TITLES
from desktop.procedures.check_in.check_in_desk import CheckInRow
from desktop.procedures.check_in.check_in_retracting import RETRACTED_TITLES, retract_check_in
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

WHAT, DONE = "what", "done"


@dataclass(frozen=True, slots=True)
class CheckInRetraction:
    """What can be taken back of whom, as (aspect, title); what is chosen of it, and why."""

    round_id: str
    student: str
    name: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""
    reason: str = ""

    @property
    def title(self) -> str:
        """What is chosen, in words."""
        return dict(self.options).get(self.chosen, "")


def retractable(row: CheckInRow) -> tuple[tuple[str, str], ...]:
    """Return what is saved of a student, as (aspect, title), the last step first."""
    file = row.file
    found: list[tuple[str, str]] = []
    if file.second:
        found.append(("second_verdict", tr("复核结论：{title}", title=FINDING_TITLES[file.second])))
    if file.finding or file.compared:
        title = FINDING_TITLES[file.finding] if file.finding else tr("六对照")
        along = tr("，连同复核") if file.second else ""
        found.append(("class_verdict", tr("核对结论：{title}", title=title) + along))
    if file.documents:
        found.append(("document_check", tr("材料核验：{n} 项", n=len(file.documents))))
    if file.arrival:
        said = ARRIVAL_TITLES[file.arrival]
        found.append(("arrival", tr("报到情况：{said}，连同以后的登记", said=said)))
    if file.place:
        found.append(("place_report", RETRACTED_TITLES["place_report"]))
    return tuple(found)


def next_step(step: str, _draft: CheckInRetraction) -> str:
    """Return the step after a step."""
    return DONE if step == WHAT else ""


def problems(step: str, draft: CheckInRetraction) -> Mapping[str, str]:
    """Return what is wrong on a step."""
    if step != WHAT:
        return {}
    if not draft.options:
        return {"": tr("{name}还没有保存过登记，没有什么可撤回的。", name=draft.name)}
    return {} if draft.reason else {"reason": tr("请写明为什么撤回，例如“看错了行”。")}


def retract(session: Session, draft: CheckInRetraction, _progress: Progress) -> CheckInRetraction:
    """Take it back."""
    retract_check_in(session, draft.round_id, draft.student, draft.chosen, draft.reason)
    return draft


def done_sentences(draft: CheckInRetraction) -> tuple[str, ...]:
    """Say what was taken back, and what comes next."""
    return (
        tr("已撤回{name}的{title}。", name=draft.name, title=draft.title),
        tr("原来的登记和撤回的原因都留在记录里。"),
        tr("接下来：请重新登记；已经报送过的，导出一份新的报送包交招生工作处。"),
    )


def retraction_wizard(
    desk: Desk, round_id: str, row: CheckInRow, parent: QWidget
) -> Wizard[CheckInRetraction]:
    """Return the wizard about a student."""
    options, name = retractable(row), row.identity.name
    flow = Flow(
        title=tr("撤回已保存的登记：{name}", name=name),
        guide="报到核验（院部）#登记错了",
        first=WHAT,
        next_step=next_step,
        problems=problems,
        steps={
            WHAT: Step(tr("撤回什么"), partial(_form, options), desk.act(retract), tr("撤回")),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已撤回"), done_sentences), button=tr("完成")
            ),
        },
    )
    first = options[0][0] if options else ""
    draft = CheckInRetraction(round_id, row.student, name, options, first)
    return Wizard(flow, draft, desk.runner, parent)


def _form(options: tuple[tuple[str, str], ...]) -> StepPage[CheckInRetraction]:
    fields = (
        Field("chosen", tr("撤回哪一项"), kind=Kind.CHOICE, options=options),
        Field("reason", tr("原因"), tr("例如：看错了行，登记到了别人名下。")),
    )
    return FormStep(tr("撤回哪一项登记？"), tr("招生工作处已经认定的，院部不能撤回。"), fields)
