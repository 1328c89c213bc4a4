"""Taking back what was recorded by mistake: of one student, or of the sheet as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.sheets import MARK_TITLES
from desktop.domain.students import FIELD_TITLES
from desktop.procedures.session import Progress, Session
from desktop.procedures.signing.recording_desk import DeskRow, DeskSheet
from desktop.procedures.signing.retracting import (
    retract_addition,
    retract_correction,
    retract_mark,
    retract_place,
    retract_sign_off,
)
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

WHAT, DONE = "what", "done"
MARK, PLACE, CORRECTION, ADDITION, SIGN_OFF = "mark", "place", "correction", "addition", "sign_off"
_PLACES = {"given_up": tr("放弃入学资格"), "kept": tr("保留入学资格")}


@dataclass(frozen=True, slots=True)
class RetractionDraft:
    """What can be taken back, as (kind and id, title), and what is chosen of it."""

    round_id: str
    sheet: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""
    reason: str = ""

    @property
    def title(self) -> str:
        """What is chosen, in words."""
        return dict(self.options).get(self.chosen, "")


def retractable(desk: DeskSheet, row: DeskRow) -> tuple[tuple[str, str], ...]:
    """Return what is saved of a student and of the sheet, as (kind and id, title)."""
    name = row.identity.name
    found = []
    if row.mark or row.disputed:
        title = MARK_TITLES[row.mark] if row.mark else tr("登记不一致")
        found.append(
            (f"{MARK} {row.student}", tr("{name}的签字情况（{title}）", name=name, title=title))
        )
    if row.place:
        found.append(
            (
                f"{PLACE} {row.student}",
                tr("{name}{place}的报告", name=name, place=_PLACES[row.place]),
            )
        )
    found += [
        (
            f"{CORRECTION} {c.subject}",
            tr(
                "{name}的更正：{field}“{new}”",
                name=name,
                field=FIELD_TITLES.get(c.field, c.field),
                new=c.new,
            ),
        )
        for c in row.corrections
        if not c.decision
    ]
    found += [
        (f"{ADDITION} {a.subject}", tr("增补的{name}", name=a.name))
        for a in desk.additions
        if not a.decision
    ]
    found += [
        (f"{SIGN_OFF} {box.who}", f"{box.title}：{box.name} {box.date}")
        for box in desk.sign_offs
        if box.name or box.date
    ]
    return tuple(found)


def next_step(step: str, _draft: RetractionDraft) -> str:
    """Return the step after a step."""
    return DONE if step == WHAT else ""


def problems(step: str, draft: RetractionDraft) -> Mapping[str, str]:
    """Return what is wrong on a step."""
    if step != WHAT:
        return {}
    if not draft.options:
        return {"": tr("这名学生和这张签字表还没有保存过登记，没有什么可撤回的。")}
    return {} if draft.reason else {"reason": tr("请写明为什么撤回，例如“看错了行”。")}


def retract(session: Session, draft: RetractionDraft, _progress: Progress) -> RetractionDraft:
    """Take it back."""
    kind, _, id_ = draft.chosen.partition(" ")
    if kind == SIGN_OFF:
        retract_sign_off(session, draft.round_id, draft.sheet, id_, draft.reason)
    else:
        use_case = {
            MARK: retract_mark,
            PLACE: retract_place,
            CORRECTION: retract_correction,
            ADDITION: retract_addition,
        }[kind]
        use_case(session, draft.round_id, id_, draft.reason)
    return draft


def done_sentences(draft: RetractionDraft) -> tuple[str, ...]:
    """Say what was taken back, and what comes next."""
    return (
        tr("已撤回：{title}。原来的登记和撤回的原因都留在记录里。", title=draft.title),
        tr("接下来：请照纸面重新登记；已经报送过的，导出一份新的报送包交学籍科。"),
    )


def retraction_wizard(
    desk: Desk, sheet: DeskSheet, row: DeskRow, parent: QWidget
) -> Wizard[RetractionDraft]:
    """Return the wizard about a student of a sheet, and the sheet itself."""
    options = retractable(sheet, row)
    flow = Flow(
        title=tr("撤回已保存的登记：{name}", name=row.identity.name),
        guide="登记错了、结论错了#院部登记错了",
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
    draft = RetractionDraft(sheet.sheet.round, sheet.sheet.number, options, first)
    return Wizard(flow, draft, desk.runner, parent)


def _form(options: tuple[tuple[str, str], ...]) -> StepPage[RetractionDraft]:
    fields = (
        Field("chosen", tr("撤回哪一项"), kind=Kind.CHOICE, options=options),
        Field("reason", tr("原因"), tr("例如：看错了行，登记到了别人名下。")),
    )
    return FormStep(
        tr("撤回哪一项登记？"),
        tr("学籍科已经处理过、或者已经办理了注册结论的，院部不能撤回。"),
        fields,
    )
