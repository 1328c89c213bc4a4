"""What a start loads: nobody waits for libraries before what needs them is opened."""

import os
import subprocess
import sys

import pytest

from tests.architecture.test_floors import LIBRARIES

# of those in test_floors.LIBRARIES, the ones that a start can do without
LATER = {
    "alembic",
    "dbf",
    "openpyxl",
    "PIL",
    "pillow_heif",
    "pypdfium2",
    "pypinyin",
    "python_calamine",
    "reportlab",
    "segno",
    "docx",
    "zxingcpp",
}
QT_LATER = {"PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport"}
PAGES = "desktop.views.pages."
_TOLD = "import sys; print(*sys.modules, sep=chr(10))"


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh process has loaded after some code."""
    command = [sys.executable, "-c", f"{code}; {_TOLD}"]
    unseen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=unseen)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def board() -> set[str]:
    """What is loaded once the board is in sight."""
    return loaded_by(
        "import desktop.app, desktop.views.frame.shell, desktop.views.pages.workbench.page"
    )


def test_the_question_who_is_there_waits_for_no_library() -> None:
    loaded = loaded_by("import desktop.app, desktop.views.sign_in")
    libraries = LIBRARIES.keys() - {"PySide6", "shiboken6", "platformdirs"}
    assert not {name.split(".")[0] for name in loaded} & libraries
    assert not loaded & (QT_LATER | {"PySide6.QtSvg", "desktop.procedures.session"})


def test_the_question_who_is_there_does_without_the_constants_of_qt() -> None:
    """Qt's constants are made when a program first names one: a quarter of an empty window."""
    asks = (
        "import desktop.app as app, PySide6.QtCore as core, PySide6.QtWidgets as widgets;"
        "from pathlib import Path; from desktop.procedures.seat_facts import SeatFacts;"
        "application = app.the_application();"
        "program = app.Application(Path('nowhere'), Path('nowhere'));"
        "app.take_look(program.memory); window = program._make_window();"
        "window.ask_who(SeatFacts(None)); window.show(); window.repaint(); program.stop();"
        "named = {'Qt', 'QStyle'} & (vars(core).keys() | vars(widgets).keys());"
        "print(*('named:' + name for name in named))"
    )
    assert not [name for name in loaded_by(asks) if name.startswith("named:")]


def test_the_board_needs_no_library_of_what_is_opened_later(board: set[str]) -> None:
    assert "sqlalchemy" in board  # what is asked is what was loaded
    assert not board & (LATER | QT_LATER)


def test_the_board_needs_no_other_page(board: set[str]) -> None:
    packages = {name.removeprefix(PAGES).split(".")[0] for name in board if name.startswith(PAGES)}
    assert packages == {"cards", "catalogue", "page", "round_chooser", "workbench"}


def test_what_plays_the_demo_is_loaded_when_somebody_tries_it(board: set[str]) -> None:
    assert not [name for name in board if name.startswith("desktop.procedures.demo")]


def test_a_question_for_help_needs_no_library_at_all() -> None:
    loaded = {name.split(".")[0] for name in loaded_by("import desktop.__main__")}
    assert not loaded & (LIBRARIES.keys() - {"platformdirs"})


def test_looking_at_a_bundle_needs_neither_papers_nor_spreadsheets() -> None:
    loaded = loaded_by(
        "import desktop.procedures.exchange.merging, desktop.procedures.school.renewal"
    )
    assert not loaded & (LATER - {"pypinyin"})
