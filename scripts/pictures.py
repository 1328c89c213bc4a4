"""Renders every page and every step of the first start to pictures, to be looked at.

Usage: ``QT_QPA_PLATFORM=offscreen python scripts/pictures.py DEMO_FOLDER OUT [SEAT …]``, where
DEMO_FOLDER is what ``jice demo --out`` made. The demo's stores are opened but not changed. With
``guide`` for SEAT, what the user guide shows: ``pictures.py DEMO_FOLDER docs/screens guide``.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop.app import speak_chinese
from desktop.paths import guide_dir
from desktop.procedures.document_shelf import document_lines
from desktop.procedures.search import student_index
from desktop.procedures.seats import look_at
from desktop.procedures.session import Progress, Session, open_and_sign_in
from desktop.views.desk import Desk
from desktop.views.frame.jump import Jump
from desktop.views.frame.window import MainWindow
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.opening_sign import OpeningSign
from desktop.views.pages.cards import cards_for
from desktop.views.runner import Failure, Runner
from desktop.views.wizards.first_start.draft import CREATE, JOIN, TRY, FirstStart
from desktop.views.wizards.first_start.flow import first_start_flow
from desktop.views.wizards.frame import Wizard

SIZES = ((1366, 768), (1920, 1080))
SCHEMES = (Scheme.LIGHT, Scheme.DARK)
FACTORS = (1.0, 2.0)
GUIDE = "guide"
PASSPHRASE = "demo"  # noqa: S105 - the demo's people are not real
_OPENERS = (  # pages, and their methods that open a wizard
    ("roster", "begin_round"),
    ("roster", "read_again"),
    ("registration", "issue_outcomes"),
    ("registration", "make_papers"),
    ("seats", "answer_request"),
)
_FAILURE = Failure(
    "正在导出",
    "U盘“KINGSTON”已经写满，报送包没有写完整。",
    "请删除U盘上不用的文件，或换一个U盘，再导出一次。",
    "JC-112",
    "details",
)


def main(demo: Path, out: Path, seats: list[str]) -> None:
    """Render everything in every size, scheme and text size."""
    application = QApplication(["pictures"])
    speak_chinese(application)
    out.mkdir(parents=True, exist_ok=True)
    if seats == [GUIDE]:
        current_appearance().choose(Scheme.LIGHT, 1.0)
        _guide_pictures(demo, out)
        return
    for size, scheme, factor in product(SIZES, SCHEMES, FACTORS):
        current_appearance().choose(scheme, factor)
        suffix = f"{size[0]}-{scheme}-{round(factor * 100)}"
        for seat in seats:
            for name, widget in _window_pictures(demo / "seats" / seat, size):
                save(widget, out / f"{seat}-{name}-{suffix}.png")
        if size == SIZES[0]:
            sign = OpeningSign(application)
            sign.show()
            save(sign, out / f"opening-{suffix}.png")
            sign.close()
            for name, widget in _wizard_pictures():
                save(widget, out / f"first-start-{name}-{suffix}.png")


def _window_pictures(folder: Path, size: tuple[int, int]) -> Iterator[tuple[str, QWidget]]:
    """Yield the sign-in page and every page of a seat's window."""
    with tempfile.TemporaryDirectory() as kept:
        runner = Runner()
        window = MainWindow(runner, Memory(Path(kept)))
        window.resize(*size)
        window.ask_who(look_at(folder))
        window.show()
        yield "sign-in", window
        sessions = []
        runner.run(
            lambda _progress: open_and_sign_in(folder, "", PASSPHRASE),
            sessions.append,
            owner=window,
            title="登录",
        )
        until(lambda: not runner.running)
        window.enter(Desk(sessions[0], runner, Memory(Path(kept))))
        assert window.shell  # noqa: S101
        for page in cards_for(sessions[0].home.seat.office.kind):
            window.shell.open(page.id, _opened_at(page.id, sessions[0], runner))
            until(lambda: not runner.running)
            yield page.id, window
        yield from _wizards_of_pages(window)
        window.shell.errors.tell(_FAILURE)
        yield "error", window
        window.shell.errors.dismiss()
        jump = Jump(cards_for(sessions[0].home.seat.office.kind), window)
        jump.line.setText("王")
        jump.open()
        yield "jump", jump
        jump.close()
        runner.shut_down(sessions[0].store.close)
        window.close()
        window.deleteLater()


def _wizards_of_pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Yield the first step of every wizard that a page opens."""
    shell = window.shell
    assert shell  # noqa: S101
    known = {page.id for page in cards_for(shell.desk.kind)}
    for page, method in _OPENERS:
        if page not in known:
            continue
        shell.open(page)
        until(lambda: not shell.desk.runner.running)
        getattr(shell.page, method)()
        until(lambda: not shell.desk.runner.running)
        wizard = shell.page.findChildren(Wizard)[-1]
        yield f"{page}-{method}", wizard
        wizard.reject()


def _opened_at(page: str, session: Session, runner: Runner) -> str:
    """Return at what a page is opened, for those that show nothing by themselves."""
    if page not in ("student", "documents"):
        return ""
    found: list[str] = []

    def first(_progress: Progress) -> str:
        if page == "student":
            return student_index(session).students[0].subject
        papers = [line for line in document_lines(session) if line.is_pdf]
        return papers[0].document.sha256 if papers else ""

    runner.run(first, found.append, owner=None, title="")
    until(lambda: not runner.running)
    return found[0]


def _guide_pictures(demo: Path, screens: Path) -> None:
    """Render what the guide shows into its folder, which is shipped with it."""
    for seat in ("registrar", "college-01"):
        for name, widget in _window_pictures(demo / "seats" / seat, SIZES[0]):
            if f"../screens/{seat}-{name}.png" in _guide_text():
                save(widget, screens / f"{seat}-{name}.png")


def _guide_text() -> str:
    return (guide_dir() / "index.md").read_text(encoding="utf-8")


def _wizard_pictures() -> Iterator[tuple[str, QWidget]]:
    """Yield every step of the first start, each with its problems where it has some."""
    flow = first_start_flow()
    runner = Runner()
    nowhere = Path("C:/Users/zhang/AppData/Local/Jice")
    seen = set()
    for choice in (CREATE, JOIN, TRY):
        filled = FirstStart(
            folder=nowhere,
            practice_folder=Path(f"{nowhere}-Training"),
            choice=choice,
            school_code="12354",
            school_name="襄阳职业技术学院",
            office_name="医学院",
            seat_name="张老师的电脑",
            operator="张老师",
            request_folder="E:/",
            digits="1234 5678 9012 3456 7890",
            joined="襄阳职业技术学院（医学院，席位 004）",
        )
        for step in flow.path(filled):
            if step in seen:
                continue
            seen.add(step)
            wizard = Wizard(flow, filled, runner, at=step)
            wizard.open()
            if flow.problems(step, filled):
                wizard.go_on()
            yield step, wizard
            wizard.close()
    runner.shut_down()


def save(widget: QWidget, path: Path) -> None:
    """Write what a widget looks like, once its layout has settled."""
    until(lambda: True)
    widget.grab().save(str(path))


def until(reached: Callable[[], bool]) -> None:
    """Let Qt work until something is so, and a moment longer, for layouts."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if reached() else None)
    timer.start(30)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or ["registrar", "college-01"])
