"""The wizard 吊销席位: why, and what it means, before it happens; it can not be undone."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.revocation import revoke
from desktop.procedures.seat_list import SeatLine
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
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
    return {} if draft.reason else {"reason": "请写明原因，例如“电脑丢失”。"}


def confirm_sentences(draft: Revoking) -> tuple[str, ...]:
    """Say what it means."""
    line = draft.line
    came = f"已经收入的 {line.bundles} 份报送包仍然有效" if line.bundles else "它还没有报送过"
    return (
        f"吊销{line.seat.office.name}的“{line.seat.name}”（席位 {line.seat.id}）。",
        f"{came}；以后它写的报送包，各部门都不再收。吊销以后不能恢复。",
        f"原因：{draft.reason}。",
    )


def done_sentences(draft: Revoking) -> tuple[str, ...]:
    """Say what comes next."""
    return (
        f"席位 {draft.line.seat.id} 已经吊销。",
        "接下来：给各部门导出一份报送包，让它们都知道；没有别的内容也可以导出。",
        "换了电脑的：请对方重新申请加入，批复以后按批次“全部重新导出”。",
    )


def revoking_wizard(desk: Desk, line: SeatLine, parent: QWidget) -> Wizard[Revoking]:
    """Return the wizard."""
    form = OneForm(
        title="吊销席位",
        guide="学籍科的三个页面#吊销席位",
        form=lambda: FormStep(
            f"为什么吊销{line.seat.office.name}的“{line.seat.name}”？",
            "电脑丢失、被盗、换人或者不再使用时吊销。只是证书快到期的，请换发证书。",
            (Field("reason", "原因"),),
        ),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb="吊销席位",
        done=done_sentences,
    )
    return Wizard(form.flow(), Revoking(line), desk.runner, parent)


def carry_out(session: Session, draft: Revoking, _progress: Progress) -> Revoking:
    """Send it away."""
    revoke(session, draft.line.seat.id, draft.reason)
    return draft
