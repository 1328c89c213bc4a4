"""The main window: asks who is there, then shows the shell; closes only when no work runs."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget
from shiboken6 import isValid

from desktop.procedures.seat_facts import SeatFacts
from desktop.views.backup_choice import backup_folder, wants_backup_at_closing
from desktop.views.desk import Desk
from desktop.views.frame.idle import IdleWatch
from desktop.views.language import tr
from desktop.views.memory import Memory
from desktop.views.runner import Failure, Runner
from desktop.views.sign_in import SignInPage

if TYPE_CHECKING:  # whoever signs in does not wait for what is behind the door
    from desktop.domain.backups import BackupCopy
    from desktop.procedures.session import Progress, Session
    from desktop.views.frame.closing import ClosingDialog
    from desktop.views.frame.shell import Shell

_GEOMETRY = "window/geometry"
_IDLE_MINUTES = "lock/minutes"
_DEFAULT_IDLE_MINUTES = 10
_SMALLEST = (960, 600)
_FIRST_SIZE = (1280, 720)
_PROGRAM = tr("籍册")
_BY_HAND = tr("已手工锁定。打开着的都还在，输入口令就回到刚才的地方。")


class MainWindow(QMainWindow):
    """One window with two floors: signing in, and the shell with its pages.

    ``sign_in_wanted`` and ``unlock_wanted`` hand on operator and passphrase; ``closed`` says that
    the window has gone for good.
    """

    sign_in_wanted = Signal(str, str)
    unlock_wanted = Signal(str, str)
    closed = Signal()

    def __init__(self, runner: Runner, memory: Memory) -> None:
        super().__init__()
        self._runner, self._memory = runner, memory
        self.shell: Shell | None = None
        self._facts = SeatFacts(None)
        self._prepared: Shell | None = None
        self.closing: ClosingDialog | None = None
        self._saw_to_backup = self._leaves = False
        self._covered: list[tuple[QDialog, bool]] = []
        self.sign_in = SignInPage()
        self.sign_in.submitted.connect(self._submit)
        self._floors = QStackedWidget()
        self._floors.addWidget(self.sign_in)
        self.setCentralWidget(self._floors)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST_SIZE)
        self.restoreGeometry(memory.state(_GEOMETRY))
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self._lock_when_idle)
        self.setWindowTitle(_PROGRAM)

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase is needed to see anything."""
        return self._floors.currentWidget() is self.sign_in

    @property
    def _idle_minutes(self) -> float:
        return self._memory.number(_IDLE_MINUTES, _DEFAULT_IDLE_MINUTES)

    def ask_who(self, facts: SeatFacts) -> None:
        """Show the sign-in page of a seat."""
        self._facts = facts
        self.sign_in.ask(facts)
        self._floors.setCurrentWidget(self.sign_in)

    def prepare(self, desk: Desk) -> None:
        """Make the shell behind the sign-in page, so that it is there once somebody has signed in.

        It begins with what can be read before; see ``Desk.read``.
        """
        self._prepared = self._new_shell(desk)
        self._prepared.begin()

    def forget_prepared(self) -> None:
        """Drop a shell that nobody has entered: the data behind it are about to change."""
        if self._prepared:
            self._floors.removeWidget(self._prepared)
            self._prepared.deleteLater()
            self._prepared = None

    def enter(self, desk: Desk) -> None:
        """Show the shell for whoever is signed in."""
        self.shell, self._prepared = self._prepared or self._new_shell(desk), None
        self.shell.tell_operator()
        self._floors.setCurrentWidget(self.shell)
        self.repaint()  # what was read ahead is in sight before more is asked, which takes seconds
        self.shell.begin()
        self.shell.page.setFocus()
        self.setWindowTitle(f"{desk.home.seat.office.name} · {desk.home.school_name} · {_PROGRAM}")
        self._idle.start(self._idle_minutes)

    def _new_shell(self, desk: Desk) -> "Shell":
        from desktop.views.frame.shell import Shell

        shell = Shell(desk)
        shell.locked.connect(lambda: self.lock())  # noqa: PLW0108 - the signal knows no reason
        self._floors.addWidget(shell)
        return shell

    def unlock(self) -> None:
        """Show the shell again, as it was left."""
        if self.shell:
            self.shell.tell_operator()
            self.shell.page.refresh()
            before = self.shell.focusWidget()
            self._floors.setCurrentWidget(self.shell)
            (before or self.shell.page).setFocus()
            self._uncover()
            self._idle.again()

    def lock(self, why: str = _BY_HAND) -> None:
        """Hide everything behind the passphrase, the dialogs that are open, too; say why."""
        self._cover()
        self.sign_in.ask(self._facts, why)
        self._floors.setCurrentWidget(self.sign_in)

    def _cover(self) -> None:
        """Hide dialogs as they are: they show students, and would keep anybody from signing in."""
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():
                self._covered.append((dialog, dialog.isModal()))
                dialog.hide()

    def _uncover(self) -> None:
        """Show the dialogs again as they were left."""
        covered, self._covered = self._covered, []
        for dialog, modal in covered:
            if isValid(dialog):
                dialog.open() if modal else dialog.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Cancel what runs, wait until it has ended, and close then."""
        if self._runner.running:
            self._runner.cancel_all()
            self._runner.idle.connect(self.close)
            event.ignore()
            return
        if self._backs_up_before_closing():
            event.ignore()
            return
        self._idle.stop()
        self._memory.keep(_GEOMETRY, self.saveGeometry())
        self._memory.save()
        super().closeEvent(event)
        self.closed.emit()

    def _backs_up_before_closing(self) -> bool:
        """Begin a backup where one is wanted; once it has ended either way, closing closes."""
        folder = backup_folder(self._memory)
        if self._saw_to_backup or not (
            folder and self.shell and wants_backup_at_closing(self._memory)
        ):
            return False

        def back_up(session: "Session", progress: "Progress") -> "BackupCopy | None":
            from desktop.procedures.keeping.backups import back_up_if_needed

            return back_up_if_needed(session, folder, progress)

        self._saw_to_backup, self._leaves = True, False
        from desktop.views.frame.closing import ClosingDialog

        self.closing = ClosingDialog(self._runner, self)
        self.closing.ended_early.connect(self._end_backup)
        self.shell.desk.run(
            back_up,
            self._close_after_backup,
            self._tell_no_backup,
            owner=self,
            title=tr("正在备份，完成后退出"),
        )
        return True

    def _end_backup(self, leave: bool) -> None:
        self._leaves = leave
        self._runner.cancel_all()

    def _close_after_backup(self, _copy: "BackupCopy | None") -> None:
        self._finish_closing()
        self.close()

    def _finish_closing(self) -> None:
        if self.closing:
            self.closing.finish()
            self.closing = None

    def _tell_no_backup(self, failure: Failure) -> None:
        """Say that there is no backup; whoever closes again closes without."""
        self._finish_closing()
        if self._leaves:
            self.close()
            return
        if failure.cancelled:  # whoever stays is asked again at the next closing
            self._saw_to_backup = False
            return
        todo = tr("{todo}再关闭一次就不备份，直接退出。", todo=failure.todo)
        if self.shell:
            self.shell.errors.tell(replace(failure, todo=todo))

    def _submit(self, operator: str, passphrase: str) -> None:
        asked = self.unlock_wanted if self.shell else self.sign_in_wanted
        asked.emit(operator, passphrase)

    def _lock_when_idle(self) -> None:
        """Lock, but never in the middle of a running job."""
        if self._runner.running:
            self._idle.again()
        elif not self.is_locked:
            self.lock(
                tr(
                    "{minutes:g} 分钟没有人操作，已自动锁定。"
                    "打开着的都还在，输入口令就回到刚才的地方。",
                    minutes=self._idle_minutes,
                )
            )
