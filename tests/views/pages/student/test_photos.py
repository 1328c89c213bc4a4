"""The four photos on the student's page: calm where there is none, made ready in the background."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.photos import PhotoKind
from desktop.domain.statements import Key
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.photos.photo_taking import chosen_at_first, take_in
from desktop.procedures.session import Progress, Session
from desktop.store.students import find_by_number
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.pages.student.page import StudentDetailPage
from desktop.views.runner import Runner
from desktop.views.widgets.photo_box import NONE, UNREADABLE, PhotoBox
from tests.conftest import identity
from tests.portraits import jpeg
from tests.views.conftest import idle

OpenStudent = Callable[[Callable[[Session, str], None]], StudentDetailPage]


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, runner: Runner, tmp_path: Path) -> OpenStudent:
    """Open the page of the first student, who has an entrance photo, after something happened."""
    shell = window.shell
    assert shell
    photos = tmp_path / "照片"
    photos.mkdir()
    (photos / f"{identity(1).student_number}.jpg").write_bytes(jpeg(1))

    def prepare(session: Session, happens: Callable[[Session, str], None]) -> str:
        found = look(session, PhotoKind.ENTRANCE, photos)
        take_in(session, found, chosen_at_first(found))
        with session.store.unit_of_work() as unit:
            (student,) = find_by_number(unit.connection, [identity(1).student_number])
        happens(session, student.subject)
        return student.subject

    def open_student(happens: Callable[[Session, str], None]) -> StudentDetailPage:
        def act(session: Session, _progress: Progress) -> str:
            return prepare(session, happens)

        shell.desk.change(
            act, lambda subject: shell.open("student", subject), owner=shell, title="准备"
        )
        qtbot.waitUntil(lambda: shell.page.CARD.id == "student")
        idle(qtbot, runner)
        assert isinstance(shell.page, StudentDetailPage)
        return shell.page

    return open_student


def boxes(page: StudentDetailPage) -> list[str]:
    """Return what stands in each box, "" for a picture."""
    return [box.words for box in page.facts.findChildren(PhotoBox)]


def test_there_is_a_box_for_each_kind_and_the_picture_is_in_its_own(opened: OpenStudent) -> None:
    page = opened(lambda _session, _student: None)
    assert boxes(page) == [NONE, NONE, "", NONE]
    ((_sha256, box),) = page.facts.photos
    pixmap = box.picture.icon().pixmap(box.picture.iconSize())
    assert not pixmap.isNull()
    assert pixmap.height() > pixmap.width()


def test_a_photo_is_opened_as_a_copy(
    opened: OpenStudent, qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(asking, "show_in_viewer", shown.append)
    page = opened(lambda _session, _student: None)
    page.facts.photos[0][1].picture.click()
    idle(qtbot, runner)
    assert [path.name for path in shown] == ["入学照片.jpg"]
    assert shown[0].read_bytes() == jpeg(1)


def test_a_photo_that_nobody_can_open_is_said_to_be_so(opened: OpenStudent) -> None:
    def spoil(session: Session, _student: str) -> None:
        for path in (session.store.folder / "attachments").rglob("*"):
            if path.is_file():
                path.write_bytes(b"spoilt")

    page = opened(spoil)
    assert boxes(page) == [NONE, NONE, UNREADABLE, NONE]


def test_what_a_bundle_brought_as_a_photo_and_is_none_does_no_harm(opened: OpenStudent) -> None:
    def bring(session: Session, student: str) -> None:
        with session.unit_of_work() as unit:
            sha256 = session.store.attachments.put(b"<script>no picture</script>")
            key = Key(student, "photo", "")
            unit.journal.state(key, {"id_card_photo": sha256}, evidence=[sha256])
            unit.commit()

    assert boxes(opened(bring)) == [NONE, NONE, "", UNREADABLE]


def test_the_timeline_tells_of_photos(opened: OpenStudent) -> None:
    page = opened(lambda _session, _student: None)
    page.chips.choose("photo")
    (card,) = page.timeline.cards
    assert card.entry.title == "照片"
    assert card.entry.told[0][0] == "入学照片"
    assert card.entry.evidence[0].name.endswith("-入学照片.jpg")
