"""The wizard 重新开启批次: why."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.rounds import reopen_round
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep


@dataclass(frozen=True, slots=True)
class Reopening:
    """The round, and why it is opened again."""

    round_id: str
    round_name: str
    reason: str = ""


def problems(draft: Reopening) -> dict[str, str]:
    """A reason is asked for."""
    return {} if draft.reason else {"reason": tr("请写明原因，例如“补充注册3名学生”。")}


def reopening_wizard(desk: Desk, draft: Reopening, parent: QWidget) -> Wizard[Reopening]:
    """Return the wizard."""
    form = OneForm(
        title=tr("重新开启批次"),
        guide="学籍科的三个页面#学籍注册",
        form=lambda: FormStep(
            tr("为什么重新开启“{round_name}”？", round_name=draft.round_name),
            tr("重新开启以后，院部可以继续登记，报送包可以继续收入。"),
            (Field("reason", tr("原因")),),
        ),
        problems=problems,
        confirm=lambda d: (
            tr("重新开启“{round_name}”。", round_name=d.round_name),
            tr("原因：{reason}。", reason=d.reason),
        ),
        act=desk.act(carry_out),
        verb=tr("重新开启"),
        done=lambda d: (
            tr("“{round_name}”已经重新开启。", round_name=d.round_name),
            tr("接下来：导出报送包给各院部，它们才知道可以继续登记。"),
        ),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: Reopening, _progress: Progress) -> Reopening:
    """Open it again."""
    reopen_round(session, draft.round_id, draft.reason)
    return draft
