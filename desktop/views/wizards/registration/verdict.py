"""The wizard 登记审查复查结论: which of the two, passed or failed, why, and on what paper."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.rounds import Procedure
from desktop.procedures.registration.recorded_verdicts import record_verdict
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

PASSED, FAILED = "passed", "failed"
_TITLES = {FAILED: tr("不合格"), PASSED: tr("合格")}
_OF = {Procedure.RECHECK: tr("入学资格复查"), Procedure.ENTRY_REVIEW: tr("入学资格审查")}


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """The verdict on one student, of the re-check or of the entry review."""

    round_id: str
    student: str
    name: str
    procedure: str = Procedure.RECHECK
    verdict: str = FAILED
    reason: str = ""
    document: str = ""


def words(draft: PaperVerdict) -> str:
    """Return the verdict as people say it: 入学资格复查不合格."""
    return _OF[Procedure(draft.procedure)] + _TITLES[draft.verdict]


def problems(draft: PaperVerdict) -> dict[str, str]:
    """Return what is missing, per field."""
    found = {}
    if not draft.reason:
        found["reason"] = tr("请写明原因，例如“本人与录取照片不符”。")
    if not draft.document:
        found["document"] = tr("请写明招生工作处的文件名称或编号。")
    return found


def confirm_sentences(draft: PaperVerdict) -> tuple[str, ...]:
    """Say what it means."""
    means = (
        tr("{name}将按“取消入学资格”办理（细则 三(三)2）。", name=draft.name)
        if draft.verdict == FAILED
        else tr("{name}的{words}，其他手续齐全后可以注册。", name=draft.name, words=words(draft))
    )
    return (
        tr("登记{name}：{title}。", name=draft.name, title=words(draft)),
        tr("原因：{reason}。依据：{document}。", reason=draft.reason, document=draft.document),
        means,
    )


def verdict_wizard(desk: Desk, draft: PaperVerdict, parent: QWidget) -> Wizard[PaperVerdict]:
    """Return the wizard."""
    form = OneForm(
        title=tr("登记审查复查结论"),
        guide="学籍科的三个页面#学籍注册",
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("登记"),
        done=lambda d: (
            tr("已登记{name}{title}。", name=d.name, title=words(d)),
            tr("接下来：在页面上办理注册结论。"),
        ),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: PaperVerdict, _progress: Progress) -> PaperVerdict:
    """Record it."""
    record_verdict(
        session,
        draft.round_id,
        draft.student,
        passed=draft.verdict == PASSED,
        reason=draft.reason,
        document=draft.document,
        procedure=Procedure(draft.procedure),
    )
    return draft


def _form(draft: PaperVerdict) -> StepPage[PaperVerdict]:
    which = tuple((str(procedure), title) for procedure, title in _OF.items())
    fields = (
        Field("procedure", tr("哪一项"), kind=Kind.CHOICE, options=which),
        Field("verdict", tr("结论"), kind=Kind.CHOICE, options=tuple(_TITLES.items())),
        Field("reason", tr("原因")),
        Field("document", tr("依据的文件"), tr("例如“招生工作处〔2026〕12号复查小结”。")),
    )
    return FormStep(
        tr("{name}的审查或复查结论是什么？", name=draft.name),
        tr("没有收到招生工作处的报送包、只有书面材料的，照材料登记（细则 一(三)6、二(三)5）。"),
        fields,
    )
