"""The wizard 领导小组审定: when, by which paper, who led, which report (细则 二(三)5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.documents import Document
from desktop.domain.recheck import RecheckCount
from desktop.procedures.evidence_files import read_evidence
from desktop.procedures.recheck.recheck_approval import Approval, record_approval
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

FORM, FILES, CONFIRM, DONE = "form", "files", "confirm", "done"
_STEPS = (FORM, FILES, CONFIRM, DONE)
ELSEWHERE = ""
_MINUTE = 16  # characters of a time without its seconds


@dataclass(frozen=True, slots=True)
class Approving:
    """What the leading group has approved; ``report`` is "" where its scan is attached."""

    round_id: str
    round_name: str
    count: RecheckCount
    reports: tuple[Document, ...]
    approved_on: str
    report: str = ELSEWHERE
    document: str = ""
    leader: str = ""
    members: str = ""
    files: tuple[str, ...] = ()

    @property
    def chosen(self) -> Document | None:
        """The report that was chosen."""
        return next((one for one in self.reports if one.sha256 == self.report), None)


def next_step(step: str, _draft: Approving) -> str:
    """Return the step after a step."""
    place = _STEPS.index(step)
    return _STEPS[place + 1] if place + 1 < len(_STEPS) else ""


def problems(step: str, draft: Approving) -> Mapping[str, str]:
    """Return what is missing on a step."""
    if step == FILES:
        bare = draft.report == ELSEWHERE and not draft.files
        return {"files": tr("请附上复查小结，或者返回上一步选择一份。")} if bare else {}
    if step != FORM:
        return {}
    needed = {
        "approved_on": tr("请填写审定日期，例如 2026-11-20。"),
        "document": tr("请写明审定的文件和文号。"),
        "leader": tr("请填写组长姓名。"),
    }
    return {name: words for name, words in needed.items() if not getattr(draft, name)}


def confirm_sentences(draft: Approving) -> tuple[str, ...]:
    """Say what is recorded, and how many it concerns."""
    count = draft.count
    report = draft.chosen.name if draft.chosen else tr("附上的文件")
    waiting = count.students - count.approved - count.failed - count.kept
    said = [
        tr(
            "登记：{leader}等于 {day} 审定“{name}”的复查小结，文件“{document}”。",
            leader=draft.leader,
            day=draft.approved_on,
            name=draft.round_name,
            document=draft.document,
        ),
        tr("审定的小结：{report}。", report=report),
        tr(
            "现在合格 {approved:,} 人，不合格 {failed:,} 人，保留入学资格 {kept:,} 人。",
            approved=count.approved,
            failed=count.failed,
            kept=count.kept,
        ),
    ]
    if waiting:
        said.append(
            tr("还有 {n:,} 人没有复查结果，以后有了结果可以再下达；需要时重新审定。", n=waiting)
        )
    return tuple(said)


def done_sentences(draft: Approving) -> tuple[str, ...]:
    """Say what was recorded, and what comes next."""
    return (
        tr("已登记审定：{document}。", document=draft.document),
        tr("接下来：点“下达结论…”，把复查结论报给教务处学籍科。"),
    )


def approve(session: Session, draft: Approving, _progress: Progress) -> Approving:
    """Record it."""
    said = Approval(draft.approved_on, draft.document, draft.leader, draft.members, draft.report)
    record_approval(session, draft.round_id, said, read_evidence(draft.files))
    return draft


def approving_wizard(desk: Desk, draft: Approving, parent: QWidget) -> Wizard[Approving]:
    """Return the wizard."""
    flow = Flow(
        title=tr("领导小组审定"),
        guide="复查汇总（招生工作处）#领导小组审定",
        first=FORM,
        next_step=next_step,
        problems=problems,
        steps={
            FORM: Step(tr("审定"), partial(_form, draft)),
            FILES: Step(tr("附上文件"), _files),
            CONFIRM: Step(
                tr("确认"),
                partial(SummaryStep, tr("将要登记"), confirm_sentences),
                desk.act(approve),
                tr("登记审定"),
            ),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已登记"), done_sentences), button=tr("完成")
            ),
        },
    )
    return Wizard(flow, draft, desk.runner, parent)


def report_options(reports: tuple[Document, ...]) -> tuple[tuple[str, str], ...]:
    """Return the reports that can be chosen, the latest first."""
    made = tuple(
        (
            one.sha256,
            tr("{name}（{at}）", name=one.name, at=one.made_at[:_MINUTE].replace("T", " ")),
        )
        for one in reports
    )
    return (*made, (ELSEWHERE, tr("在别处写的，下一步附上文件")))


def _form(draft: Approving) -> StepPage[Approving]:
    return FormStep(
        tr("领导小组什么时候、以什么文件审定？"),
        tr("照审定的文件登记（细则 二(三)5）。审定以后才能下达合格、不合格和保留的结论。"),
        (
            Field(
                "report", tr("审定的小结"), kind=Kind.CHOICE, options=report_options(draft.reports)
            ),
            Field("approved_on", tr("审定日期"), tr("例如 2026-11-20。")),
            Field("document", tr("文件名称和文号"), tr("例如“校招〔2026〕18号”。")),
            Field("leader", tr("组长"), tr("领导小组组长姓名。")),
            Field("members", tr("参加审定的人员（可以不填）"), tr("例如“刘处长、陈处长”。")),
        ),
    )


def _files() -> StepPage[Approving]:
    return EvidenceStep(
        tr("有签字盖章的小结或会议纪要吗？"),
        tr("有的请附上扫描件；小结在别处写的，必须附上。"),
    )
