"""The rules of an open round: its deadline, who must sign, whether others may sign for one."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from desktop.domain.authority import SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.rounds import LEADERS, Round
from desktop.procedures.settings import change_round
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.round_chooser import RoundChooser, led_by
from desktop.views.pages.settings.topic import FormCard, Topic
from desktop.views.widgets.texts import label
from desktop.views.wizards.step_pages import Field, Kind

_PROXY = (("no", tr("不允许")), ("yes", tr("允许，要写明原因")))


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What is filled in to change a round."""

    deadline: str = ""
    proxy: str = "no"
    reason: str = ""


class RoundTopic(Topic):
    """A form on the chosen round."""

    ID, TITLE = "round", tr("批次规定")
    KINDS = frozenset(LEADERS.values())

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chooser = RoundChooser(desk, led_by(desk.kind))
        self.chooser.chosen.connect(self._show)
        self.card = FormCard(
            tr("这个批次的规定"),
            tr("改动会随下一份报送包告诉各院部，已经打印的签字表不受影响。"),
            (
                Field("deadline", tr("截止日期"), tr("写成年-月-日，例如 2026-10-31。")),
                Field(
                    "proxy",
                    tr("代签"),
                    kind=Kind.CHOICE,
                    options=_PROXY,
                ),
                Field("reason", tr("改动的原因")),
            ),
            tr("保存批次规定"),
            self._save,
            RoundChange(),
        )
        self.sign_offs = {name: QCheckBox(SIGN_OFF_TITLES[name]) for name in SIGN_OFFS}
        self.card.extra.addWidget(label(tr("需要哪几级签字"), "strong"))
        for box in self.sign_offs.values():
            self.card.extra.addWidget(box)
        self.why_not = label(role="lead", wraps=True)
        self.column.addWidget(self.chooser, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.why_not)
        self.column.addWidget(self.card)
        self.column.addStretch()

    def refresh(self) -> None:
        """Read the rounds."""
        self.chooser.refresh()

    def _show(self, round_: Round | None) -> None:
        self.why_not.setText(_why_not(round_))
        self.why_not.setVisible(bool(self.why_not.text()))
        self.card.setVisible(round_ is not None)
        if round_:
            proxy = "yes" if round_.proxy_allowed else "no"
            self.card.form.show_draft(RoundChange(round_.deadline, proxy))
            for name, box in self.sign_offs.items():
                box.setChecked(name in round_.required_sign_offs)
            self.card.setEnabled(round_.open)

    def _save(self, change: RoundChange) -> None:
        round_ = self.chooser.current
        if round_ is None:
            return
        wanted = [name for name, box in self.sign_offs.items() if box.isChecked()]
        self.desk.change(
            lambda session, _progress: change_round(
                session,
                round_.id,
                deadline=change.deadline,
                required_sign_offs=wanted,
                proxy_allowed=change.proxy == "yes",
                reason=change.reason,
            ),
            lambda changed: self.said.emit(
                tr(
                    "“{name}”的规定已保存，截止日期 {deadline}。",
                    name=changed.name,
                    deadline=changed.deadline,
                )
            ),
            self.failed.emit,
            owner=self,
            title=tr("正在保存批次规定"),
        )


def _why_not(round_: Round | None) -> str:
    """Say why nothing can be changed; "" where it can."""
    if round_ is None:
        return tr("还没有批次。请先建立批次。")
    if round_.open:
        return ""
    return tr(
        "“{name}”已经结束，规定不能再改。需要改时，先在“学籍注册”里重新开启。", name=round_.name
    )
