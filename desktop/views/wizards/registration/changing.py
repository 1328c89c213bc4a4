"""The wizard 更改结论: what is right, why, and on what paper; or taken back for now."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.procedures.registration.outcomes import change_outcome
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

TAKEN_BACK = "taken_back"
_TITLES = {
    TAKEN_BACK: tr("先收回，以后再办"),
    **{str(outcome): title for outcome, title in OUTCOME_TITLES.items()},
}


@dataclass(frozen=True, slots=True)
class ChangedOutcome:
    """What becomes of one student's outcome; ``issued`` is the title of what holds now."""

    round_id: str
    student: str
    name: str
    issued: str
    outcome: str = TAKEN_BACK
    until: str = ""
    reason: str = ""
    document: str = ""


def problems(draft: ChangedOutcome) -> dict[str, str]:
    """Return what is missing, per field."""
    found = {}
    if _TITLES[draft.outcome] == draft.issued and not _is_kept(draft):
        found["outcome"] = tr("现在的结论就是{issued}，请选择另一个。", issued=draft.issued)
    if _is_kept(draft) and not draft.until:
        found["until"] = tr("请填写保留到哪一天，例如 2028-12-31。")
    if not draft.reason:
        found["reason"] = tr("请写明为什么更改，例如“误登记为放弃，本人持证明报到”。")
    if not draft.document:
        found["document"] = tr("请写明依据的文件名称或文号。")
    return found


def confirm_sentences(draft: ChangedOutcome) -> tuple[str, ...]:
    """Say what it means."""
    if draft.outcome == TAKEN_BACK:
        now = tr(
            "{name}现在是{issued}，收回以后列为{held_back_title}，直到这里重新办理。",
            name=draft.name,
            issued=draft.issued,
            held_back_title=HELD_BACK_TITLE,
        )
    else:
        until = tr("（保留到 {until}）", until=draft.until) if _is_kept(draft) else ""
        now = f"{draft.name}：{draft.issued} → {_TITLES[draft.outcome]}{until}。"
    return (
        now,
        tr("原因：{reason}。依据：{document}。", reason=draft.reason, document=draft.document),
        tr("原来的结论留在记录里；已经印出的名册和学信网文件，会列入变更清单。"),
    )


def changing_wizard(desk: Desk, draft: ChangedOutcome, parent: QWidget) -> Wizard[ChangedOutcome]:
    """Return the wizard."""
    form = OneForm(
        title=tr("更改结论"),
        guide="登记错了、结论错了#注册结论错了",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("更改"),
        done=lambda d: (
            tr("已更改{name}的结论：{title}。", name=d.name, title=_TITLES[d.outcome]),
            tr("接下来：名册已经印出的，请重新生成名册和移交清单。"),
        ),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: ChangedOutcome, _progress: Progress) -> ChangedOutcome:
    """Change it."""
    change_outcome(
        session,
        draft.round_id,
        draft.student,
        None if draft.outcome == TAKEN_BACK else Outcome(draft.outcome),
        draft.reason,
        draft.document,
        draft.until if _is_kept(draft) else "",
    )
    return draft


def _is_kept(draft: ChangedOutcome) -> bool:
    return draft.outcome == Outcome.PLACE_KEPT


def _form(draft: ChangedOutcome) -> StepPage[ChangedOutcome]:
    fields = (
        Field("outcome", tr("改为"), kind=Kind.CHOICE, options=tuple(_TITLES.items())),
        Field("until", tr("保留到"), tr("例如 2028-12-31。"), asked=_is_kept),
        Field("reason", tr("原因")),
        Field("document", tr("依据的文件"), tr("例如“教务处〔2026〕31号”。")),
    )
    return FormStep(
        tr("{name}的结论要怎样更改？", name=draft.name),
        tr(
            "现在的结论是{issued}。更改要有依据的文件；一人一办，不能批量更改。",
            issued=draft.issued,
        ),
        fields,
    )
