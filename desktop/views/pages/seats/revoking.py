"""The wizard 吊销席位: why, and what it means, before it happens; it can not be undone."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.school.revocation import revoke
from desktop.procedures.school.seat_list import SeatLine
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep


@dataclass(frozen=True, slots=True)
class Revoking:
    """The seat, and why it is sent away."""

    line: SeatLine
    reason: str = ""


def problems(draft: Revoking) -> dict[str, str]:
    """A reason is asked for."""
    return {} if draft.reason else {"reason": tr("请写明原因，例如“电脑丢失”。")}


def confirm_sentences(draft: Revoking) -> tuple[str, ...]:
    """Say what it means."""
    line = draft.line
    came = (
        tr("已经收入的 {bundles} 份报送包仍然有效", bundles=line.bundles)
        if line.bundles
        else tr("它还没有报送过")
    )
    return (
        tr(
            "吊销{office_name}的“{seat_name}”（席位 {id}）。",
            office_name=line.seat.office.name,
            seat_name=line.seat.name,
            id=line.seat.id,
        ),
        tr("{came}；以后它写的报送包，各部门都不再收。吊销以后不能恢复。", came=came),
        tr("原因：{reason}。", reason=draft.reason),
    )


def done_sentences(draft: Revoking) -> tuple[str, ...]:
    """Say what comes next."""
    return (
        tr("席位 {id} 已经吊销。", id=draft.line.seat.id),
        tr("接下来：给各部门导出一份报送包，让它们都知道；没有别的内容也可以导出。"),
        tr("换了电脑的：请对方重新申请加入，批复以后按批次“全部重新导出”。"),
    )


def revoking_wizard(desk: Desk, line: SeatLine, parent: QWidget) -> Wizard[Revoking]:
    """Return the wizard."""
    form = OneForm(
        title=tr("吊销席位"),
        guide="学籍科的三个页面#吊销席位",
        form=lambda: FormStep(
            tr(
                "为什么吊销{office_name}的“{seat_name}”？",
                office_name=line.seat.office.name,
                seat_name=line.seat.name,
            ),
            tr("电脑丢失、被盗、换人或者不再使用时吊销。只是证书快到期的，请换发证书。"),
            (Field("reason", tr("原因")),),
        ),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("吊销席位"),
        done=done_sentences,
    )
    return Wizard(form.flow(), Revoking(line), desk.runner, parent)


def carry_out(session: Session, draft: Revoking, _progress: Progress) -> Revoking:
    """Send it away."""
    revoke(session, draft.line.seat.id, draft.reason)
    return draft
