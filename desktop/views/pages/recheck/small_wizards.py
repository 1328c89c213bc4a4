"""The small wizards of the desk: taking back, a form of no use."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from desktop.procedures.recheck.comparison_desk import StudentOnDesk
from desktop.procedures.recheck.recheck_answers import retract_answers
from desktop.procedures.recheck.recheck_forms import judge_form, retract_form
from desktop.procedures.recheck.recheck_reviews import retract_review
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

UNUSABLE, FORM, ANSWERS, FIRST, SECOND = "unusable", "form", "answers", "first", "second"
_TITLES: Final = {
    UNUSABLE: tr("把这张复查表标为不能用，请学生重交"),
    SECOND: tr("撤回复核意见"),
    FIRST: tr("撤回初核意见"),
    ANSWERS: tr("撤回录入的内容"),
    FORM: tr("撤回收入的复查表"),
}


@dataclass(frozen=True, slots=True)
class Retraction:
    """What is taken back of a student, and why."""

    round_id: str
    student: str
    name: str
    what: str
    reason: str = ""


def things_to_take_back(desk: StudentOnDesk) -> tuple[tuple[str, str], ...]:
    """Return what there is to take back of a student, the last thing first."""
    file = desk.one.file
    there = {
        UNUSABLE: bool(file.form) and file.form_usable,
        SECOND: file.second is not None,
        FIRST: file.first is not None,
        ANSWERS: bool(file.agreements),
        FORM: bool(file.form),
    }
    return tuple((what, title) for what, title in _TITLES.items() if there[what])


def taking_back_wizard(desk: Desk, one: StudentOnDesk, parent: QWidget) -> Wizard[Any] | None:
    """Return the wizard that takes something back, None where there is nothing."""
    things = things_to_take_back(one)
    if not things:
        return None
    draft = Retraction(
        one.round.id, one.one.student.subject, one.one.student.identity.name, things[0][0]
    )

    def form() -> StepPage[Retraction]:
        return FormStep(
            tr("撤回{name}的哪一项？", name=draft.name),
            tr("撤回的内容仍可在这名学生的记载里看到。"),
            (
                Field("what", tr("哪一项"), kind=Kind.CHOICE, options=things),
                Field("reason", tr("原因"), tr("例如“看不清”“收错了人”。")),
            ),
        )

    return Wizard(
        OneForm(
            title=tr("撤回或标为不能用"),
            form=form,
            problems=_reason_missing,
            confirm=lambda d: (
                tr("{name}：{what}。原因：{why}", name=d.name, what=_TITLES[d.what], why=d.reason),
            ),
            act=desk.act(take_back),
            verb=tr("办理"),
            done=lambda d: (tr("已经办好：{name}，{what}。", name=d.name, what=_TITLES[d.what]),),
            guide="入学复查",
        ).flow(),
        draft,
        desk.runner,
        parent,
    )


def take_back(session: Session, draft: Retraction, _progress: Progress) -> Retraction:
    """Take it back."""
    where, who, why = draft.round_id, draft.student, draft.reason
    match draft.what:
        case "unusable":
            judge_form(session, where, who, usable=False, why=why)
        case "form":
            retract_form(session, where, who, why)
        case "answers":
            retract_answers(session, where, who, why)
        case _:
            retract_review(session, where, who, why, second=draft.what == SECOND)
    return draft


def _reason_missing(draft: Retraction) -> dict[str, str]:
    return {} if draft.reason else {"reason": tr("请写明原因。")}
