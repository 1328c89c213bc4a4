"""The wizard 导出报送包 as data: its steps, their pages, what is done between them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.duties import DUTIES
from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.domain.rounds import LEADERS, Round
from desktop.domain.routes import SENDS_TO_MANY, receivers
from desktop.errors import NotFound
from desktop.procedures.exchange.dispatching import dispatch
from desktop.procedures.exchange.export_plans import plan_exports, receiving_offices
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.export.content_step import ContentStep
from desktop.views.wizards.export.draft import (
    AGAIN,
    CONFIRM,
    CONTENT,
    DONE,
    NEWS,
    NO_ROUND,
    PLACE,
    ROUND,
    Export,
    confirm_sentences,
    done_sentences,
    next_step,
    planned,
    problems,
)
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep

_WHAT = (
    (NEWS, tr("只导出新的内容（平时选这一项）")),
    (AGAIN, tr("全部重新导出（对方换了电脑或新增了席位）")),
)


def export_flow(desk: Desk, rounds: tuple[Round, ...]) -> Flow[Export]:
    """Return the flow of an export at this desk."""
    to_many = desk.kind in SENDS_TO_MANY

    def content() -> StepPage[Export]:
        return ContentStep(to_many=to_many)

    def place() -> StepPage[Export]:
        return PlaceStep(desk.runner, tr("写到哪里？"), _place_hint)

    return Flow(
        title=tr("导出报送包"),
        guide="收发#导出报送包",
        first=ROUND,
        next_step=next_step,
        problems=problems,
        roomy=True,
        steps={
            ROUND: Step(tr("批次"), lambda: _round(desk, rounds), desk.act(plan), reads=True),
            CONTENT: Step(_content_title(desk.kind), content),
            PLACE: Step(tr("写到哪里"), place),
            CONFIRM: Step(tr("确认"), _confirm, desk.act(write), tr("导出")),
            DONE: Step(tr("完成"), _done, button=tr("完成")),
        },
    )


def _content_title(kind: OfficeKind) -> str:
    """Return what is asked about the content: whom it is for, which classes, or nothing."""
    if kind in SENDS_TO_MANY:
        return tr("选择部门")
    return tr("选择班级") if DUTIES[kind].own else tr("核对内容")


def export_wizard(
    desk: Desk, rounds: tuple[Round, ...], parent: QWidget, round_id: str = ""
) -> Wizard[Export]:
    """Return the wizard; ``round_id`` is what it begins with."""
    if not round_id and not any(round_.id for round_ in rounds):
        round_id = NO_ROUND
    draft = Export(rounds, desk.kind in SENDS_TO_MANY, round_id)
    return Wizard(export_flow(desk, rounds), draft, desk.runner, parent)


def plan(session: Session, draft: Export, progress: Progress) -> Export:
    """Work out what would go to whom."""
    offices = [office.id for office in receiving_offices(session, draft.of_round)]
    if not draft.to_many:
        offices = [_one_of(offices, draft.office)]
    plans = plan_exports(session, offices, draft.of_round, again=draft.again, progress=progress)
    return planned(draft, plans)


def _one_of(offices: Sequence[str], wanted: str) -> str:
    """Return the office that a bundle goes to: the wanted one, else who leads the round.

    Raises:
        NotFound: the round's word does not go there.
    """
    if not offices or (wanted and wanted not in offices):
        raise NotFound(
            tr("这个批次的内容不报送给选择的部门，或者那个部门还没有加入学校。"),
            tr("请选择牵头的部门；那个部门刚加入的，请先收入教务处学籍科的报送包。"),
        )
    return wanted or offices[0]


def write(session: Session, draft: Export, progress: Progress) -> Export:
    """Pack and write what was picked."""
    results = dispatch(session, draft.wish, Path(draft.folder), draft.outbox, progress)
    return replace(draft, results=results)


def _round(desk: Desk, rounds: tuple[Round, ...]) -> StepPage[Export]:
    named = tuple(
        (r.id or NO_ROUND, r.name if r.open else tr("{name}（已结束）", name=r.name))
        for r in rounds
    )
    fields = [
        Field("round_id", tr("批次"), kind=Kind.CHOICE, options=named),
        Field("what", tr("导出什么"), kind=Kind.CHOICE, options=_WHAT),
    ]
    beside = receivers(desk.kind, OfficeKind.ADMISSIONS) - {*LEADERS.values()}
    if desk.kind not in SENDS_TO_MANY and beside:
        others = tuple((str(kind), OFFICE_KIND_TITLES[kind]) for kind in sorted(beside))
        to = (("", tr("牵头的部门（平时选这一项）")), *others)
        fields.append(Field("office", tr("报送给"), kind=Kind.CHOICE, options=to))
    return FormStep(
        tr("导出哪个批次？"),
        tr("报送包里是对方还没有收到的记载、证明材料和回执。写出以前会先列出来。"),
        tuple(fields),
    )


def _place_hint(draft: Export) -> str:
    count = len(draft.chosen) if draft.to_many else 1
    return tr("共 {count} 份报送包。报送包是加密的，只有对方部门的电脑能打开。", count=count)


def _confirm() -> StepPage[Export]:
    return SummaryStep(tr("将要导出"), confirm_sentences)


def _done() -> StepPage[Export]:
    return SummaryStep(tr("导出的结果"), done_sentences)
