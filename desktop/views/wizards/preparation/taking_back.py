"""The wizard 收回培训登记: why."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.entry_review.class_training import take_back_training
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.preparation.trained import ChosenClass
from desktop.views.wizards.step_pages import Field, FormStep


@dataclass(frozen=True, slots=True)
class Untrained:
    """The classes of which it is taken back, and why."""

    round_id: str
    classes: tuple[ChosenClass, ...]
    reason: str = ""

    @property
    def names(self) -> str:
        """The classes, by name."""
        return "、".join(one.name for one in self.classes)


def problems(draft: Untrained) -> dict[str, str]:
    """A reason is asked for."""
    return {} if draft.reason else {"reason": tr("请写明原因，例如“签到表登记错了班级”。")}


def taking_back_wizard(desk: Desk, draft: Untrained, parent: QWidget) -> Wizard[Untrained]:
    """Return the wizard."""
    form = OneForm(
        title=tr("收回培训登记"),
        guide="报到准备#班主任培训",
        form=lambda: FormStep(
            tr("为什么收回 {count} 个班的培训登记？", count=len(draft.classes)),
            tr("收回以后，这些班要重新登记才能开始核对；原来的登记留在记录里。"),
            (Field("reason", tr("原因")),),
        ),
        problems=problems,
        confirm=lambda d: (
            tr("收回 {count} 个班的培训登记：{names}。", count=len(d.classes), names=d.names),
            tr("原因：{reason}。", reason=d.reason),
        ),
        act=desk.act(carry_out),
        verb=tr("收回"),
        done=lambda d: (tr("已收回 {count} 个班的培训登记。", count=len(d.classes)),),
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: Untrained, _progress: Progress) -> Untrained:
    """Take it back."""
    take_back_training(session, draft.round_id, [one.id for one in draft.classes], draft.reason)
    return draft
