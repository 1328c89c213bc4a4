"""Who works at this seat: adding somebody, and changing one's own passphrase."""

from dataclasses import dataclass

from desktop.procedures.school.schools import add_operator, change_passphrase
from desktop.procedures.seats import SeatState, seat_state
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.settings.topic import FormCard, Topic
from desktop.views.passphrase_words import ADVICE, passphrase_problems, strength
from desktop.views.widgets.texts import label
from desktop.views.wizards.frame import Problems
from desktop.views.wizards.step_pages import Field, Kind

_NOBODY_FINDS = tr("忘了口令没有人能找回，备份也要用它才能打开；同一席位的另一位经办人仍能登录。")


@dataclass(frozen=True, slots=True)
class NewOperator:
    """What is filled in for a new operator."""

    name: str = ""
    passphrase: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """What is filled in for a new passphrase."""

    old: str = ""
    passphrase: str = ""
    again: str = ""


def operator_problems(draft: NewOperator) -> Problems:
    """Return what is wrong with a new operator, by field."""
    found = passphrase_problems(draft.passphrase, draft.again, draft.name)
    return found if draft.name else {"name": tr("请填写姓名。"), **found}


class OperatorsTopic(Topic):
    """The names, and two forms."""

    ID, TITLE = "operators", tr("经办人")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.names = label(role="lead", wraps=True)
        self.add = FormCard(
            tr("添加经办人"),
            tr(
                "每人用自己的口令登录，记载上写明是谁办的。{nobody_finds}",
                nobody_finds=_NOBODY_FINDS,
            ),
            (
                Field("name", tr("姓名")),
                Field(
                    "passphrase",
                    tr("口令"),
                    ADVICE,
                    Kind.SECRET,
                    remark=lambda texts: strength(texts["passphrase"], texts["name"]),
                ),
                Field("again", tr("再输入一次"), kind=Kind.SECRET),
            ),
            tr("添加"),
            self._add,
            NewOperator(),
        )
        self.change = FormCard(
            tr("改自己的口令"),
            tr("以前的备份仍用以前的口令。{nobody_finds}", nobody_finds=_NOBODY_FINDS),
            (
                Field("old", tr("现在的口令"), kind=Kind.SECRET),
                Field(
                    "passphrase",
                    tr("新的口令"),
                    ADVICE,
                    Kind.SECRET,
                    remark=lambda texts: strength(texts["passphrase"], desk.operator),
                ),
                Field("again", tr("再输入一次"), kind=Kind.SECRET),
            ),
            tr("改口令"),
            self._change,
            NewPassphrase(),
        )
        for part in (self.names, self.add, self.change):
            self.column.addWidget(part)
        self.column.addStretch()

    def refresh(self) -> None:
        """Read the names."""
        self.desk.run(
            lambda session, _progress: seat_state(session),
            self._show,
            self.failed.emit,
            owner=self,
            title=tr("正在读取经办人"),
        )

    def _show(self, state: SeatState) -> None:
        names = "、".join(state.operators)
        self.names.setText(
            tr("这个席位有 {count} 位经办人：{names}。", count=len(state.operators), names=names)
        )

    def _add(self, draft: NewOperator) -> None:
        problems = operator_problems(draft)
        self.add.form.show_problems(problems)
        if problems:
            return
        self.desk.change(
            lambda session, _progress: add_operator(session, draft.name, draft.passphrase),
            lambda _none: self._added(draft.name),
            self.failed.emit,
            owner=self,
            title=tr("正在添加经办人"),
        )

    def _added(self, name: str) -> None:
        self.add.clear()
        self.said.emit(tr("已添加经办人“{name}”，下次可以用自己的口令登录。", name=name))

    def _change(self, draft: NewPassphrase) -> None:
        problems = passphrase_problems(draft.passphrase, draft.again, self.desk.operator)
        self.change.form.show_problems(problems)
        if problems:
            return
        self.desk.run(
            lambda session, _progress: change_passphrase(session, draft.old, draft.passphrase),
            lambda _none: self._changed(),
            self.failed.emit,
            owner=self,
            title=tr("正在改口令"),
        )

    def _changed(self) -> None:
        self.change.clear()
        self.said.emit(tr("口令已改，下次登录用新的口令。"))
