"""The page of documents: listed, filtered, previewed, printed, saved byte-identical again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.documents import Document
from desktop.procedures.registration.papers import keep_document
from desktop.procedures.session import Progress, Session
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import school as school_queries
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.pages.documents.page import DocumentsPage
from desktop.views.runner import Runner
from tests.conftest import ROUND
from tests.views.conftest import idle


def make(session: Session, _progress: Progress) -> tuple[Document, Document]:
    """Print a class's sheet and write a workbook, and return both."""
    with session.unit_of_work() as unit:
        classes = [group.id for group in school_queries.classes(unit.connection)]
    sheet = make_sheets(session, ROUND, classes[:1]).document
    return sheet, keep_document(session, "register_list", ROUND, "名册.xlsx", b"PK workbook", 0)


@pytest.fixture
def made(college_window: MainWindow, qtbot: QtBot, runner: Runner) -> tuple[Document, Document]:
    """A PDF and a workbook."""
    found: list[tuple[Document, Document]] = []
    assert college_window.shell
    college_window.shell.desk.change(make, found.append, owner=college_window, title="准备")
    idle(qtbot, runner)
    return found[0]


@pytest.fixture
def page(
    college_window: MainWindow, made: tuple[Document, Document], qtbot: QtBot, runner: Runner
) -> DocumentsPage:
    """The page, opened at the PDF."""
    assert college_window.shell
    college_window.shell.open("documents", made[0].sha256)
    idle(qtbot, runner)
    assert isinstance(college_window.shell.page, DocumentsPage)
    return college_window.shell.page


def test_it_opens_at_a_document(page: DocumentsPage, made: tuple[Document, Document]) -> None:
    assert page.table.current
    assert page.table.current.document == made[0]
    assert page.preview.page_count == made[0].pages
    assert page.print_button.isEnabled()
    assert page.state_sentence.startswith(f"共 2 份，{made[0].pages} 页")


def test_kinds_and_rounds_filter(page: DocumentsPage) -> None:
    page.chips.choose("名册电子表格")
    assert page.table.count_text == "共 2 份，筛选出 1 份"
    page.chips.choose("")
    page.rounds.setCurrentIndex(1)
    page.rounds.activated.emit(1)
    assert page.rounds.currentText() == "2026级新生学籍注册"
    assert page.table.count_text == "共 2 份"


def test_a_workbook_has_no_preview_but_can_be_saved(
    page: DocumentsPage, qtbot: QtBot, runner: Runner
) -> None:
    page.chips.choose("名册电子表格")
    page.table.view.setCurrentIndex(page.table.model.index(0, 0))
    idle(qtbot, runner)
    assert not page.print_button.isEnabled()
    assert page.save_button.isEnabled()


def test_saving_gives_the_same_bytes_and_asks_before_it_replaces(
    page: DocumentsPage,
    made: tuple[Document, Document],
    qtbot: QtBot,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    questions: list[str] = []
    monkeypatch.setattr(asking, "ask_for_folder", lambda _parent, _title, then: then(stick))
    monkeypatch.setattr(
        asking, "ask_yes", lambda _parent, question, _verb, _then: questions.append(question)
    )
    page.save_button.click()
    idle(qtbot, runner)
    saved = stick / made[0].name
    kept = page.preview.page_count
    assert saved.read_bytes().startswith(b"%PDF")
    assert kept
    assert str(saved) in page.state_sentence
    page.save_button.click()
    idle(qtbot, runner)
    assert not questions
    saved.write_bytes(b"something else")
    page.save_button.click()
    idle(qtbot, runner)
    assert made[0].name in questions[0]
    assert saved.read_bytes() == b"something else"


def test_several_are_saved_at_once_and_asked_about_once(
    page: DocumentsPage,
    made: tuple[Document, Document],
    qtbot: QtBot,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    asked: list[tuple[str, Callable[[], None]]] = []
    monkeypatch.setattr(asking, "ask_for_folder", lambda _parent, _title, then: then(stick))
    monkeypatch.setattr(asking, "ask_yes", lambda _p, text, _v, then: asked.append((text, then)))
    page.table.view.selectAll()
    assert page.save_button.text() == "保存这 2 份到文件夹"
    page.save_button.click()
    idle(qtbot, runner)
    assert {path.name for path in stick.iterdir()} == {one.name for one in made}
    assert page.state_sentence == f"2 份已保存到“{stick}”，与当时完全一样。"
    for one in made:
        (stick / one.name).write_bytes(b"something else")
    page.save_button.click()
    idle(qtbot, runner)
    ((question, yes),) = asked
    assert "2 份内容不同的文件" in question
    assert all(one.name in question for one in made)
    yes()
    idle(qtbot, runner)
    assert (stick / made[1].name).read_bytes() == b"PK workbook"
    page.table.view.selectRow(0)
    idle(qtbot, runner)
    assert page.save_button.text() == "保存到文件夹"


def test_an_empty_shelf_says_what_will_be_here(
    window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert window.shell
    window.shell.open("documents")
    idle(qtbot, runner)
    assert window.shell.page.state_sentence == "打印过的纸质材料和导出过的文件都会留在这里。"
