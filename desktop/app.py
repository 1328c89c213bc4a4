"""The composition root: folder, runner, window, signing in, and what catches bugs."""

import logging
import logging.handlers
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.garbage import keep_for_good
from desktop.paths import default_data_dir, log_dir, resources_dir, training_data_dir
from desktop.procedures.seats import SeatFacts, look_at
from desktop.procedures.session import Session, open_and_sign_in, sign_in
from desktop.procedures.waiting import WaitingPlace
from desktop.views.desk import Desk
from desktop.views.frame.window import MainWindow
from desktop.views.language import language, tr
from desktop.views.memory import Memory
from desktop.views.pages.cards import cards_for
from desktop.views.pages.catalogue import import_pages
from desktop.views.remembered_look import take_look
from desktop.views.runner import Failure, Runner, failure_of
from desktop.views.wizards.first_start.draft import (
    ANSWER,
    BACKUPS,
    RESTORE,
    FirstStart,
    waiting_draft,
)
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
        self._waiting = WaitingPlace()
        self.wizard: Wizard[FirstStart] | None = None
        self._session: Session | None = None
        self.desk: Desk | None = None

    def start(self) -> None:
        """Look at the folder, and show the window or the first start."""
        take_look(self.memory)
        self.runner.run(
            lambda _progress: self._look(),
            self._begin,
            owner=self,
            title=tr("正在打开数据"),
        )
        self.runner.failed.connect(self._tell_early_failure)

    def stop(self) -> None:
        """Close the store on its thread, and end the thread."""
        session = self._session

        def close() -> None:
            self._waiting.release()
            if session:
                session.store.close()

        self.runner.shut_down(close)

    def _look(self) -> SeatFacts:
        """Look at the folder, and keep it while its seat waits: there is one window in each."""
        facts = look_at(self._folder)
        if facts.home and not facts.home.enrolled:
            self._waiting.hold(self._folder)
        return facts

    def _begin(self, facts: SeatFacts) -> None:
        if facts.home and facts.home.enrolled:
            self._show_window(facts)
        else:
            self._begin_first_start(facts)

    def _begin_first_start(self, facts: SeatFacts) -> None:
        """Lead somebody whose seat is none yet, or waits for the registrar's answer."""
        draft = FirstStart(self._folder, self._practice_folder)
        if facts.home:
            draft = waiting_draft(
                self._folder, self._practice_folder, facts.home, facts.request_digits
            )
        self._lead(draft, at=ANSWER if facts.home else "")

    def _lead(self, draft: FirstStart, *, at: str, parent: QWidget | None = None) -> None:
        """Open the wizard; it brings the demo along, so its module is imported only here."""
        from desktop.views.wizards.first_start.flow import first_start_flow  # noqa: PLC0415

        self.wizard = Wizard(
            first_start_flow(self.runner, self._waiting), draft, self.runner, parent, at=at
        )
        self.wizard.completed.connect(self._first_start_done)
        self.wizard.rejected.connect(self._first_start_left)
        self.wizard.open()

    def _go_back_to_backup(self) -> None:
        """Let a backup be chosen in place of data that nobody is signed in to."""
        if self._session is None and self.window:
            draft = FirstStart(self._folder, self._practice_folder, choice=RESTORE)
            self._lead(draft, at=BACKUPS, parent=self.window)

    def _show_window(self, facts: SeatFacts) -> None:
        window = self._make_window()
        window.ask_who(facts)
        window.show()
        if self._sign_in_at_once:
            window.sign_in_wanted.emit(*self._sign_in_at_once)

    def _make_window(self) -> MainWindow:
        if self.window is None:
            self.window = MainWindow(self.runner, self.memory)
            self.window.sign_in_wanted.connect(self._sign_in)
            self.window.unlock_wanted.connect(self._unlock)
            self.window.sign_in.restore_wanted.connect(self._go_back_to_backup)
            self.window.closed.connect(self.over)
        return self.window

    def _first_start_done(self, draft: FirstStart) -> None:
        """Open what the first start has made."""
        self.wizard = None
        self._folder = draft.opened_folder
        self.memory = Memory(self._folder)

        def look() -> SeatFacts:
            self._waiting.release()
            return look_at(draft.opened_folder)

        self.runner.run(
            lambda _progress: look(),
            self._show_window,
            owner=self,
            title=tr("正在打开数据"),
        )

    def _first_start_left(self) -> None:
        """Where nobody can sign in, leaving the wizard leaves the program."""
        self.wizard = None
        if self._waiting.given_up:
            self._waiting.given_up = False
            self._begin_first_start(SeatFacts(None))
            return
        if not (self.window and self.window.isVisible()):
            self.over.emit()

    def _sign_in(self, operator: str, passphrase: str) -> None:
        if not self.window:
            return
        folder = self._folder
        self.runner.run(
            lambda _progress: open_and_sign_in(folder, operator, passphrase),
            self._enter,
            self.window.sign_in.tell_failure,
            owner=self.window,
            title=tr("正在登录"),
        )

    def _enter(self, session: Session) -> None:
        self._session = session
        self.desk = Desk(session, self.runner, self.memory)
        if self.window:
            self.window.enter(self.desk)
            keep_for_good()
            self.runner.idle.connect(self._prepare, Qt.ConnectionType.SingleShotConnection)

    def _prepare(self) -> None:
        """Import the pages that nobody has opened yet, so that opening one does not take longer."""
        if self.desk:
            cards = cards_for(self.desk.kind)
            self.runner.run(
                lambda progress: import_pages(cards, progress), owner=self, title=tr("正在准备页面")
            )

    def _unlock(self, operator: str, passphrase: str) -> None:
        if not (self.window and self._session):
            return
        store = self._session.store
        self.runner.run(
            lambda _progress: sign_in(store, operator, passphrase),
            self._unlocked,
            self.window.sign_in.tell_failure,
            owner=self.window,
            title=tr("正在登录"),
        )

    def _unlocked(self, session: Session) -> None:
        self._session = session
        if self.desk and self.window:
            self.desk.replace_session(session)
            self.window.unlock()

    def _tell_early_failure(self, failure: object) -> None:
        """Show on the sign-in page what went wrong before there is any other."""
        window = self._make_window()
        if not window.shell and isinstance(failure, Failure):
            window.sign_in.tell_failure(failure)
            window.show()


def run_window(folder: Path | None = None, sign_in: SignIn | None = None) -> int:
    """Open the window on a data folder, and return the exit code."""
    application = QApplication.instance() or QApplication(["jice"])
    assert isinstance(application, QApplication)  # noqa: S101 - widgets need this one
    application.setApplicationName("Jice")
    application.setApplicationDisplayName(tr("籍册"))
    speak_chinese(application)
    keep_log(log_dir())
    program = Application(folder or default_data_dir(), training_data_dir(), sign_in)
    sys.excepthook = program_bug
    program.over.connect(application.quit)
    application.aboutToQuit.connect(program.stop)
    program.start()
    return application.exec()


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
    handler = logging.handlers.RotatingFileHandler(
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
