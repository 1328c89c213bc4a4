"""Recording the signatures and the seal of one paper: names and dates, then what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from desktop.domain.authority import PAPER_SIGNERS
from desktop.domain.written_papers import SIGNER_TITLES, StatedPaper
from desktop.procedures.review_papers.review_papers import SEAL, record_paper_sign_off
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, SummaryStep

FORM, DONE = "form", "done"
_TITLES: Final = {**SIGNER_TITLES, SEAL: tr("盖章")}


@dataclass(frozen=True, slots=True)
class SignOffDraft:
    """The paper, and what is typed for each that may sign it."""

    paper: StatedPaper
    class_teacher: str = ""
    class_teacher_date: str = ""
    student_section: str = ""
    student_section_date: str = ""
    head: str = ""
    head_date: str = ""
    admissions: str = ""
    admissions_date: str = ""
    group_leader: str = ""
    group_leader_date: str = ""
    seal: str = ""
    seal_date: str = ""

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signs this paper, and the seal."""
        signers = tuple(signer for signer in PAPER_SIGNERS if signer in self.paper.signers)
        return (*signers, *((SEAL,) if self.paper.sealed else ()))

    @property
    def news(self) -> dict[str, tuple[str, str]]:
        """What is typed and not recorded so, by who signed: name and date."""
        said = self.paper.sign_offs
        typed = {who: (getattr(self, who), getattr(self, f"{who}_date")) for who in self.signers}
        return {
            who: pair
            for who, pair in typed.items()
            if pair[0] and pair != (said.get(who, ""), said.get(f"{who}_date", ""))
        }


def begin(paper: StatedPaper, today: str) -> SignOffDraft:
    """Return the draft to begin with: what is recorded; today where nothing is."""
    draft = SignOffDraft(paper)
    said = paper.sign_offs
    texts: dict[str, Any] = {who: said.get(who, "") for who in draft.signers}
    texts |= {f"{who}_date": said.get(f"{who}_date", today) for who in draft.signers}
    return replace(draft, **texts)


def next_step(step: str, _draft: SignOffDraft) -> str:
    """Return the step after a step."""
    return DONE if step == FORM else ""


def problems(step: str, draft: SignOffDraft) -> Mapping[str, str]:
    """Return what is wrong in the form, by field."""
    if step != FORM:
        return {}
    found = {
        f"{who}_date": tr("日期请写成 2026-09-20 这样。")
        for who in draft.signers
        if getattr(draft, who) and not _is_day(getattr(draft, f"{who}_date"))
    }
    if not found and not draft.news:
        first = draft.signers[0]
        return {first: tr("还没有填写新的签字。请照纸上填写签字人的姓名。")}
    return found


def sign_off_wizard(desk: Desk, paper: StatedPaper, parent: QWidget) -> Wizard[SignOffDraft]:
    """Return the wizard for one paper."""
    draft = begin(paper, date.today().isoformat())  # noqa: DTZ011 - the day on this desk's wall
    flow = Flow(
        title=tr("登记签字"),
        guide="审查材料#登记签字",
        first=FORM,
        next_step=next_step,
        problems=problems,
        steps={
            FORM: Step(tr("签字和盖章"), partial(_form, draft), desk.act(record), tr("登记")),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已登记"), done_sentences), button=tr("完成")
            ),
        },
    )
    return Wizard(flow, draft, desk.runner, parent)


def record(session: Session, draft: SignOffDraft, _progress: Progress) -> SignOffDraft:
    """Record what is new."""
    paper = draft.paper
    return replace(
        draft, paper=record_paper_sign_off(session, paper.round, paper.number, draft.news)
    )


def done_sentences(draft: SignOffDraft) -> tuple[str, ...]:
    """Say what is recorded now, and what is still missing."""
    paper = draft.paper
    said = "、".join(
        f"{_TITLES[who]} {paper.sign_offs[who]}" for who in draft.signers if who in paper.sign_offs
    )
    told = tr(
        "{title}（编号 {number}）已登记：{said}。",
        title=paper.title,
        number=paper.number,
        said=said,
    )
    if paper.missing:
        return told, tr("还没有登记的：{missing}。", missing="、".join(paper.missing))
    return told, tr("签字盖章已经齐全。接下来：到“收发”里导出，报送给下一个部门。")


def _form(draft: SignOffDraft) -> StepPage[SignOffDraft]:
    fields: list[Field] = []
    for who in draft.signers:
        title = _TITLES[who]
        name = tr("印章名称或经办人") if who == SEAL else tr("{title}签字人", title=title)
        fields += [Field(who, name), Field(f"{who}_date", tr("{title}日期", title=title))]
    return FormStep(
        tr("{title}上有谁签了字？", title=draft.paper.title),
        tr("编号 {number}。照纸上填写；还没有签的留空，以后再登记。", number=draft.paper.number),
        fields,
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
