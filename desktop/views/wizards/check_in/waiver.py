"""That a class begins without a trained class teacher: the head of the college says so, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.procedures.check_in.check_in_gate import waive_training
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep


@dataclass(frozen=True, slots=True)
class WaiverDraft:
    """Which class, why it may not begin, who lets it, and why."""

    round_id: str
    class_id: str
    class_name: str
    sentence: str
    head: str = ""
    reason: str = ""


def problems(draft: WaiverDraft) -> Mapping[str, str]:
    """Return what is missing."""
    found = {}
    if not draft.head:
        found["head"] = tr("请填写院部主要负责人的姓名。")
    if not draft.reason:
        found["reason"] = tr("请写明为什么先行开展。")
    return found


def will_happen(draft: WaiverDraft) -> Sequence[str]:
    """Say what will be recorded."""
    return (
        tr("{name}：{sentence}", name=draft.class_name, sentence=draft.sentence),
        tr(
            "登记院部主要负责人{head}同意先行开展，原因：{reason}。",
            head=draft.head,
            reason=draft.reason,
        ),
        tr("这件事随报送包告诉招生工作处。"),
    )


def done(draft: WaiverDraft) -> Sequence[str]:
    """Say what was recorded, and what comes next."""
    return (
        tr("{name}可以核验材料、核对本人了。", name=draft.class_name),
        tr("接下来：请班主任尽快补上培训；打开这个班，继续登记。"),
    )


def waive(session: Session, draft: WaiverDraft, _progress: Progress) -> WaiverDraft:
    """Record it."""
    waive_training(session, draft.round_id, draft.class_id, draft.head, draft.reason)
    return draft


def waiver_wizard(desk: Desk, draft: WaiverDraft, parent: QWidget) -> Wizard[WaiverDraft]:
    """Return the wizard for a class."""
    whole: OneForm[WaiverDraft] = OneForm(
        title=tr("先行开展：{name}", name=draft.class_name),
        form=partial(_form, draft.sentence),
        problems=problems,
        confirm=will_happen,
        act=desk.act(waive),
        verb=tr("登记"),
        done=done,
        guide="报到核验（院部）#先行开展",
    )
    return Wizard(whole.flow(), draft, desk.runner, parent)


def _form(sentence: str) -> StepPage[WaiverDraft]:
    fields = (
        Field("head", tr("院部主要负责人姓名")),
        Field("reason", tr("原因"), tr("例如：班主任临时更换，培训安排在下周。")),
    )
    return FormStep(tr("谁同意先行开展，为什么？"), sentence, fields)
