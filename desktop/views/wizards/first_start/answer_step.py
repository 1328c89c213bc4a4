"""The step of a seat that waits: digits to read out, the request again, the answer that came."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from desktop.procedures.school.joining_files import answers_among
from desktop.procedures.school.waiting import WaitingPlace
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.runner import Runner
from desktop.views.sticks import Stick, files_on
from desktop.views.widgets.texts import button
from desktop.views.wizards.first_start.draft import FirstStart
from desktop.views.wizards.first_start.request_again import request_again_wizard
from desktop.views.wizards.step_pages import Field, Kind
from desktop.views.wizards.stick_box import Seen
from desktop.views.wizards.stick_files import StickFileStep, files_seen

_GIVE_UP = tr(
    "要作废这份加入申请、重新填写吗？\n学籍科已经批复的，那份批复不能再用，请告诉学籍科吊销那个席位。"
    "原来的数据不删除，改名保留在旁边。"
)
_ALL_FILES = tr("所有文件 (*)")


class AnswerStep(StickFileStep):
    """Which file goes to the registrar, the digits to read out, and what comes back."""

    def __init__(self, runner: Runner, waiting: WaitingPlace) -> None:
        file = Field(
            "answer_file", tr("批复文件"), tr("学籍科用U盘交回的文件。"), Kind.FILE, (), _ALL_FILES
        )
        heard = tr("请学籍科在电话里读出他们屏幕上的学校核对数字，听到什么就输入什么。")
        self._runner, self._waiting = runner, waiting
        self._draft: FirstStart | None = None
        super().__init__(
            runner,
            (tr("给学籍科打电话核对"), ""),
            (file, Field("digits_heard", tr("学籍科读出的数字"), heard)),
            self._seen,
            shown=lambda draft: draft.digits,
        )
        self.again = button(tr("再写一次加入申请…"), self.write_again, drawing="export")
        self.anew = button(tr("填错了，重新申请…"), self.ask_to_give_up, drawing="undo")
        self._add_row()

    def show_draft(self, draft: FirstStart) -> None:
        """Name the file, where it was written just now."""
        self._draft = draft
        super().show_draft(draft)
        self.say(_sentence(draft))

    def write_again(self) -> None:
        """Open the wizard that writes the request once more."""
        if self._draft:
            request_again_wizard(self._runner, self._draft, self).open()

    def ask_to_give_up(self) -> None:
        """Ask before the request is put aside; what was filled in wrongly is filled in again."""
        asking.ask_yes(self, _GIVE_UP, tr("作废并重新申请"), self._give_up)

    def _give_up(self) -> None:
        if draft := self._draft:
            self._runner.run(
                lambda _progress: self._waiting.give_up(draft.folder),
                lambda _aside: self._leave(),
                lambda failure: self.say(f"{failure.what}{failure.todo}"),
                owner=self,
                title=tr("正在作废加入申请"),
            )

    def _leave(self) -> None:
        """Close the wizard; whoever has opened it begins anew."""
        wizard = self.window()
        if isinstance(wizard, QDialog):
            wizard.reject()

    def _add_row(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addWidget(self.anew)
        row.addStretch()
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertSpacing(column.count() - 1, t.SMALL)
            column.insertLayout(column.count() - 1, row)

    def _seen(self, plugged_in: Sequence[Stick]) -> Seen:
        request = self._draft.request_text if self._draft else ""

        def answers(stick: Stick) -> list[tuple[Path, str]]:
            return [(path, path.name) for path in answers_among(files_on(stick, "*.txt"), request)]

        return files_seen(plugged_in, answers, tr("给本机的批复文件"))


def _sentence(draft: FirstStart) -> str:
    """Say what to do now."""
    wait = tr("收到批复后继续；现在可以关闭程序，下次打开会回到这一步。")
    if draft.not_written:
        return tr(
            "加入申请已经做好，但没有写到U盘：{what}请插好U盘，点“再写一次加入申请…”，"
            "交给学籍科，再在电话里逐组读出下面的数字。{wait}",
            what=draft.not_written,
            wait=wait,
        )
    name = f"“{Path(draft.request_file).name}”" if draft.request_file else ""
    return tr(
        "把U盘里的申请文件{name}交给学籍科，在电话里逐组读出下面的数字。{wait}",
        name=name,
        wait=wait,
    )
