"""The wizard 登记复查结论: passed or failed, why, and on what paper."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.decisions import record_verdict
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

PASSED, FAILED = "passed", "failed"
_TITLES = {FAILED: "复查不合格", PASSED: "复查合格"}


@dataclass(frozen=True, slots=True)
class RecheckVerdict:
    """The verdict on one student."""

    round_id: str
    student: str
    name: str
    verdict: str = FAILED
    reason: str = ""
    document: str = ""


def problems(draft: RecheckVerdict) -> dict[str, str]:
    """Return what is missing, per field."""
    found = {}
    if not draft.reason:
        found["reason"] = "请写明原因，例如“本人与录取照片不符”。"
    if not draft.document:
        found["document"] = "请写明招生工作处的文件名称或编号。"
    return found


def confirm_sentences(draft: RecheckVerdict) -> tuple[str, ...]:
    """Say what it means."""
    means = (
        f"{draft.name}将按“取消入学资格”办理（细则 三(三)2）。"
        if draft.verdict == FAILED
        else f"{draft.name}的入学资格复查合格，其他手续齐全后可以注册。"
    )
    return (
        f"登记{draft.name}：{_TITLES[draft.verdict]}。",
        f"原因：{draft.reason}。依据：{draft.document}。",
        means,
    )


def verdict_wizard(desk: Desk, draft: RecheckVerdict, parent: QWidget) -> Wizard[RecheckVerdict]:
    """Return the wizard."""
    form = OneForm(
        title="登记复查结论",
        guide="学籍科的三个页面#学籍注册",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb="登记",
        done=lambda d: (f"已登记{d.name}{_TITLES[d.verdict]}。", "接下来：在页面上办理注册结论。"),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: RecheckVerdict, _progress: Progress) -> RecheckVerdict:
    """Record it."""
    record_verdict(
        session,
        draft.round_id,
        draft.student,
        passed=draft.verdict == PASSED,
        reason=draft.reason,
        document=draft.document,
    )
    return draft


def _form(draft: RecheckVerdict) -> StepPage[RecheckVerdict]:
    fields = (
        Field("verdict", "结论", kind=Kind.CHOICE, options=tuple(_TITLES.items())),
        Field("reason", "原因"),
        Field("document", "依据的文件", "例如“招生工作处〔2026〕12号复查小结”。"),
    )
    return FormStep(
        f"{draft.name}的入学资格复查结论是什么？",
        "照招生工作处送来、领导小组审定的书面材料登记（细则 二(三)）。",
        fields,
    )
