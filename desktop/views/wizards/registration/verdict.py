"""The wizard 登记复查结论: passed or failed, why, and on what paper."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.recorded_verdicts import record_verdict
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

PASSED, FAILED = "passed", "failed"
_TITLES = {FAILED: tr("复查不合格"), PASSED: tr("复查合格")}


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
        found["reason"] = tr("请写明原因，例如“本人与录取照片不符”。")
    if not draft.document:
        found["document"] = tr("请写明招生工作处的文件名称或编号。")
    return found


def confirm_sentences(draft: RecheckVerdict) -> tuple[str, ...]:
    """Say what it means."""
    means = (
        tr("{name}将按“取消入学资格”办理（细则 三(三)2）。", name=draft.name)
        if draft.verdict == FAILED
        else tr("{name}的入学资格复查合格，其他手续齐全后可以注册。", name=draft.name)
    )
    return (
        tr("登记{name}：{title}。", name=draft.name, title=_TITLES[draft.verdict]),
        tr("原因：{reason}。依据：{document}。", reason=draft.reason, document=draft.document),
        means,
    )


def verdict_wizard(desk: Desk, draft: RecheckVerdict, parent: QWidget) -> Wizard[RecheckVerdict]:
    """Return the wizard."""
    form = OneForm(
        title=tr("登记复查结论"),
        guide="学籍科的三个页面#学籍注册",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("登记"),
        done=lambda d: (
            tr("已登记{name}{title}。", name=d.name, title=_TITLES[d.verdict]),
            tr("接下来：在页面上办理注册结论。"),
        ),
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
        Field("verdict", tr("结论"), kind=Kind.CHOICE, options=tuple(_TITLES.items())),
        Field("reason", tr("原因")),
        Field("document", tr("依据的文件"), tr("例如“招生工作处〔2026〕12号复查小结”。")),
    )
    return FormStep(
        tr("{name}的入学资格复查结论是什么？", name=draft.name),
        tr("照招生工作处送来、领导小组审定的书面材料登记（细则 二(三)）。"),
        fields,
    )
