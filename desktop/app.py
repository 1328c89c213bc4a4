"""The composition root: folder, runner, window, signing in, and what catches bugs."""

import logging
import sys
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.garbage import keep_for_good
from desktop.paths import default_data_dir, log_dir, resources_dir, training_data_dir
from desktop.procedures.seat_facts import SeatFacts, who_may_sign_in
from desktop.views.desk import Desk
from desktop.views.door import Door
from desktop.views.frame.window import MainWindow
from desktop.views.language import language, tr
from desktop.views.look.appearance import new_application
from desktop.views.memory import REMEMBERED_ROUND, Memory
from desktop.views.remembered_look import take_look
from desktop.views.runner import Failure, Runner, failure_of

if TYPE_CHECKING:  # a start loads them once the window asks who is there
    from desktop.procedures.session import Reader, Session
    from desktop.views.opening_sign import OpeningSign
    from desktop.views.wizards.first_start.draft import FirstStart
    from desktop.views.wizards.frame import Wizard

_log = logging.getLogger(__name__)
_LOG_SIZE, _LOG_COUNT = 1 << 20, 5


class SignIn(NamedTuple):
    """Who signs in without being asked: in a demo, whose passphrase everybody knows."""

    operator: str
    passphrase: str


class Application(QObject):
    """Everything that lives as long as the program: one folder, one runner, one window.

    ``over`` says that the program has nothing left to show. That is not left to Qt, which would
    end the program as soon as the first start closes, while the window is still being prepared.
    """

    over = Signal()

    def __init__(self, folder: Path, practice_folder: Path, sign_in: SignIn | None = None) -> None:
        super().__init__()
        QApplication.setQuitOnLastWindowClosed(False)
        self._sign_in_at_once = sign_in
        self._folder, self._practice_folder = folder, practice_folder
        self.runner = Runner(self)
        self.memory = Memory(folder)
        self.window: MainWindow | None = None
        self.wizard: Wizard[FirstStart] | None = None
        self.sign: OpeningSign | None = None
        self._door = Door(folder)
        self._asked: SeatFacts | None = None
        self._session: Session | None = None
        self.desk: Desk | None = None

    def start(self) -> None:
        """Show the window, as far as a glance tells whose seat this is, and open the data.

        Where a glance does not tell, a sign is in sight until the data are open.
        """
        take_look(self.memory)
        self.runner.failed.connect(self._tell_early_failure)
        if facts := who_may_sign_in(self._folder):
            self._show_window(facts)
        else:
            self._show_sign()
        self._open_data()

    def stop(self) -> None:
        """Close the store on its thread, and end the thread."""
        session = self._session
        self.runner.shut_down(session.store.close if session else self._door.close)

    def _show_sign(self) -> None:
        from desktop.views.opening_sign import OpeningSign

        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - widgets need this one
        self.sign = OpeningSign(application)
        self.sign.destroyed.connect(self._forget_sign)
        self.sign.show()
        self.sign.repaint()

    def _forget_sign(self) -> None:
        self.sign = None

    def _open_data(self) -> None:
        """Open the store of the folder, and see what it is; then load what comes next."""
        self.runner.run(
            self._door.look, self._opened, self._not_opened, owner=self, title=tr("正在打开数据")
        )

    def _opened(self, facts: SeatFacts) -> None:
        if not (facts.home and facts.home.enrolled):
            self._begin_first_start(facts)
            return
        if self.window and self._asked == replace(facts, warning=""):
            self.window.sign_in.warn(facts.warning)
        else:
            self._show_window(facts)
        round_ = self.memory.text(REMEMBERED_ROUND)
        self.runner.run(
            lambda _progress: self._door.read_ahead(round_),
            self._make_shell,
            owner=self,
            title=tr("正在准备页面"),
        )
        if self._sign_in_at_once and self.window:
            self.window.sign_in_wanted.emit(*self._sign_in_at_once)
            self._sign_in_at_once = None

    def _make_shell(self, reader: "Reader | None") -> None:
        """Make the window's inside while somebody types their passphrase."""
        if reader and self.window and self.desk is None:
            self.desk = Desk(None, self.runner, self.memory, reader=reader)
            self.window.prepare(self.desk)

    def _not_opened(self, failure: Failure) -> None:
        """Show on the sign-in page what went wrong; whoever tries again tries to open, too."""
        window = self._make_window()
        window.sign_in.tell_failure(failure)
        window.show()

    def _begin_first_start(self, facts: SeatFacts) -> None:
        """Lead somebody whose seat is none yet, or waits for the registrar's answer."""
        from desktop.views.wizards.first_start.draft import ANSWER, FirstStart, waiting_draft

        draft = FirstStart(self._folder, self._practice_folder)
        if facts.home:
            draft = waiting_draft(
                self._folder, self._practice_folder, facts.home, facts.request_digits
            )
        self._lead(draft, at=ANSWER if facts.home else "")

    def _lead(self, draft: "FirstStart", *, at: str, parent: QWidget | None = None) -> None:
        """Open the wizard; it opens the folder by itself."""
        from desktop.views.wizards.first_start.flow import first_start_flow
        from desktop.views.wizards.frame import Wizard

        self._close_data()
        flow = first_start_flow(self.runner, self._door.waiting)
        self.wizard = Wizard(flow, draft, self.runner, parent, at=at)
        self.wizard.completed.connect(self._first_start_done)
        self.wizard.rejected.connect(self._first_start_left)
        self.wizard.open()

    def _close_data(self) -> None:
        """Give the store back, and drop what was read from it."""
        self.desk = None
        if self.window:
            self.window.forget_prepared()
        self.runner.run(
            lambda _progress: self._door.close_store(), owner=self, title=tr("正在打开数据")
        )

    def _go_back_to_backup(self) -> None:
        """Let a backup be chosen in place of data that nobody is signed in to."""
        if self._session is None and self.window:
            from desktop.views.wizards.first_start.draft import BACKUPS, RESTORE, FirstStart

            draft = FirstStart(self._folder, self._practice_folder, choice=RESTORE)
            self._lead(draft, at=BACKUPS, parent=self.window)

    def _show_window(self, facts: SeatFacts) -> None:
        window = self._make_window()
        window.ask_who(facts)
        self._asked = replace(facts, warning="")
        window.show()
        window.repaint()  # before libraries are loaded, which would hold it up

    def _make_window(self) -> MainWindow:
        if self.window is None:
            self.window = MainWindow(self.runner, self.memory)
            self.window.sign_in_wanted.connect(self._sign_in)
            self.window.unlock_wanted.connect(self._unlock)
            self.window.sign_in.restore_wanted.connect(self._go_back_to_backup)
            self.window.closed.connect(self.over)
        return self.window

    def _first_start_done(self, draft: "FirstStart") -> None:
        """Open what the first start has made."""
        self.wizard = None
        self._folder = draft.opened_folder
        before, self._door = self._door, Door(self._folder)
        self.runner.run(lambda _progress: before.close(), owner=self, title=tr("正在打开数据"))
        self._asked = None
        self.memory = Memory(self._folder)
        self._open_data()

    def _first_start_left(self) -> None:
        """Where nobody can sign in, leaving the wizard leaves the program."""
        self.wizard = None
        if self._door.waiting.given_up:
            self._door.waiting.given_up = False
            self._begin_first_start(SeatFacts(None))
            return
        if not (self.window and self.window.isVisible()):
            self.over.emit()

    def _sign_in(self, operator: str, passphrase: str) -> None:
        if self.window:
            self.runner.run(
                lambda _progress: self._door.sign_in(operator, passphrase),
                self._enter,
                self.window.sign_in.tell_failure,
                owner=self.window,
                title=tr("正在登录"),
            )

    def _enter(self, session: "Session") -> None:
        self._session = session
        if self.desk is None:
            self.desk = Desk(session, self.runner, self.memory)
        self.desk.replace_session(session)
        if self.window:
            self.window.enter(self.desk)
            keep_for_good()
            self.runner.idle.connect(self._import_pages)

    def _import_pages(self) -> None:
        """Import the pages that nobody has opened yet, so that opening one does not take longer."""
        from desktop.views.pages.cards import cards_for
        from desktop.views.pages.catalogue import import_pages

        self.runner.idle.disconnect(self._import_pages)
        if self.desk:
            cards = cards_for(self.desk.kind)
            self.runner.run(
                lambda progress: import_pages(cards, progress), owner=self, title=tr("正在准备页面")
            )

    def _unlock(self, operator: str, passphrase: str) -> None:
        from desktop.procedures.session import sign_in

        if not (self.window and self._session):
            return
        store = self._session.store
        self.runner.run(
            lambda _progress: sign_in(store, operator, passphrase),
            self._unlocked,
            self.window.sign_in.tell_failure,
            owner=self.window,
            title=tr("正在解锁"),
        )

    def _unlocked(self, session: "Session") -> None:
        self._session = session
        if self.desk and self.window:
            self.desk.replace_session(session)
            self.window.unlock()

    def _tell_early_failure(self, failure: object) -> None:
        """Show on the sign-in page what went wrong before there is any other."""
        if isinstance(failure, Failure) and not self._make_window().shell:
            self._not_opened(failure)


def run_window(folder: Path | None = None, sign_in: SignIn | None = None) -> int:
    """Open the window on a data folder, and return the exit code."""
    application = the_application()
    program = Application(folder or default_data_dir(), training_data_dir(), sign_in)
    program.over.connect(application.quit)
    application.aboutToQuit.connect(program.stop)
    program.start()
    keep_log(log_dir())
    sys.excepthook = program_bug
    return application.exec()


def the_application() -> QApplication:
    """Return the application, named, in its style, and speaking Chinese."""
    application = QApplication.instance() or new_application("jice")
    assert isinstance(application, QApplication)  # noqa: S101 - widgets need this one
    application.setApplicationName("Jice")
    application.setApplicationDisplayName(tr("籍册"))
    speak_chinese(application)
    return application


def speak_chinese(application: QApplication) -> None:
    """Let Qt's own words, such as those of file dialogs, be Chinese, as the window is.

    With a catalogue they are of its language; where Qt has none for it, English.
    """
    QLocale.setDefault(QLocale(language()))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ours = str(resources_dir() / "translations")
    # the last one is asked first: ours holds what Qt's own Chinese lacks
    for name, where in (("qt_missing", ours), ("qtbase", folder)):
        translator = QTranslator(application)
        if translator.load(f"{name}_{language()}", where):
            application.installTranslator(translator)


def keep_log(folder: Path) -> None:
    """Write warnings and bugs to a small set of files."""
    folder.mkdir(parents=True, exist_ok=True)
    from logging.handlers import RotatingFileHandler

    handler = RotatingFileHandler(
        folder / "jice.log", maxBytes=_LOG_SIZE, backupCount=_LOG_COUNT, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def program_bug(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Log a bug whole, and tell the window: nothing that was saved is lost."""
    failure = failure_of(error, tr("窗口"))
    _log.critical("%s", failure.details)
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.shell:
            window.shell.errors.tell(failure)
