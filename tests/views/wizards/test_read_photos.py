"""读入照片: the steps as plain functions, and the wizard walked to its end."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.photos import DEFAULT_RULES, Finding, PhotoKind
from desktop.pictures.measuring import measure
from desktop.procedures.named_files import LookedAt, Verdict, Who
from desktop.procedures.photos.photo_looking import PhotoLook
from desktop.procedures.photos.photo_taking import TakenPhotos
from desktop.procedures.session import Session
from desktop.store import photos
from desktop.views.frame.window import MainWindow
from desktop.views.pages.students import StudentsPage
from desktop.views.runner import Runner
from desktop.views.widgets.details import Deed
from desktop.views.widgets.photo_box import NONE, UNREADABLE
from desktop.views.wizards.found_pictures.choosing import (
    WITHOUT,
    found_sentence,
    lines,
    parts,
    with_all,
    with_choice,
)
from desktop.views.wizards.found_pictures.step import FoundStep
from desktop.views.wizards.read_photos.draft import (
    CONFIRM,
    DONE,
    FOUND,
    PLACE,
    REASON,
    ReadPhotos,
    confirm_sentences,
    done_sentences,
    next_step,
    problems,
    with_look,
)
from desktop.views.wizards.step_pages import FormStep
from tests.conftest import identity
from tests.portraits import encoded, jpeg, portrait
from tests.views.conftest import idle
from tests.views.wizards.walking import Walk

PEOPLE = [Who(f"student:{n}", f"王{n}", f"2026{n}", "软件2601班") for n in range(4)]
PICTURE = measure(jpeg(1))


def file(name: str, verdict: Verdict, who: int | None = None, *candidates: int) -> LookedAt:
    """Return a file as if it had been looked at."""
    one = None if who is None else PEOPLE[who]
    maybe = tuple(PEOPLE[n] for n in candidates) or ((one,) if one else ())
    found = () if verdict is Verdict.READY else (Finding("double", f"{name}有疑问。"),)
    picture = None if verdict is Verdict.REFUSED else PICTURE
    return LookedAt((name,), verdict, one, maybe, found, name, picture)


READY = file("a.jpg", Verdict.READY, 0)
DOUBLE = file("b.jpg", Verdict.QUESTION, 1)
OTHER = file("c.jpg", Verdict.QUESTION, 1)
WHOSE = file("d.jpg", Verdict.WHOSE, None, 2, 3)
REFUSED = file("e.jpg", Verdict.REFUSED, 3)
KNOWN = file("f.jpg", Verdict.KNOWN, 0)
LOOK = PhotoLook(
    Path("照片"),
    PhotoKind.ENTRANCE,
    (READY, DOUBLE, OTHER, WHOSE, REFUSED, KNOWN),
    (PEOPLE[1], PEOPLE[2], PEOPLE[3]),
    4,
    DEFAULT_RULES[PhotoKind.ENTRANCE],
)
LOOKED = with_look(ReadPhotos(source="照片"), LOOK)


def test_what_is_ready_is_chosen_and_nothing_else() -> None:
    assert dict(LOOKED.chosen) == {READY.file: "student:0"}
    decisions = {line.file: line.decision for line in lines(LOOKED) if line.one}
    assert decisions == {
        "a.jpg": "收入",
        "b.jpg": "不收",
        "c.jpg": "不收",
        "d.jpg": "不收",
        "e.jpg": "",
        "f.jpg": "",
    }
    assert [line.name for line in lines(LOOKED) if line.group == WITHOUT] == ["王1", "王2", "王3"]
    assert "可以收入的 1 张" in found_sentence(LOOKED)
    assert "现在选了收入 1 张" in found_sentence(LOOKED)


def test_a_student_gets_one_photo_however_it_is_chosen() -> None:
    one = with_choice(LOOKED, DOUBLE, "student:1")
    other = with_choice(one, OTHER, "student:1")
    assert dict(other.chosen) == {READY.file: "student:0", OTHER.file: "student:1"}
    assert with_choice(other, OTHER, "").chosen == LOOKED.chosen
    both = with_all(LOOKED, [DOUBLE, OTHER, WHOSE, REFUSED, KNOWN], come_in=True)
    assert dict(both.chosen) == {READY.file: "student:0", DOUBLE.file: "student:1"}
    assert with_all(both, [READY, DOUBLE], come_in=False).chosen == ()


def test_a_reason_is_asked_for_only_where_there_is_a_question() -> None:
    assert next_step(PLACE, LOOKED) == FOUND
    assert next_step(FOUND, LOOKED) == CONFIRM
    doubtful = with_choice(LOOKED, WHOSE, "student:3")
    assert next_step(FOUND, doubtful) == REASON
    assert next_step(REASON, doubtful) == CONFIRM
    assert next_step(CONFIRM, doubtful) == DONE
    assert next_step(DONE, doubtful) == ""


def test_what_is_missing_is_said_where_it_is_missing(tmp_path: Path) -> None:
    assert list(problems(PLACE, ReadPhotos())) == ["source"]
    assert list(problems(PLACE, ReadPhotos(source=str(tmp_path / "gone")))) == ["source"]
    assert problems(PLACE, ReadPhotos(source=str(tmp_path))) == {}
    assert list(problems(FOUND, with_all(LOOKED, LOOK.files, come_in=False))) == [""]
    assert list(problems(REASON, LOOKED)) == ["reason"]


@pytest.mark.parametrize(
    ("one", "deeds"),
    [
        (READY, ["不收这一张"]),
        (DOUBLE, ["收入这一张"]),
        (WHOSE, ["是王2的（软件2601班）", "是王3的（软件2601班）"]),
        (REFUSED, []),
        (KNOWN, []),
    ],
)
def test_what_can_be_decided_follows_from_what_was_found(one: LookedAt, deeds: list[str]) -> None:
    decided: list[tuple[LookedAt, str]] = []
    (line,) = [line for line in lines(LOOKED) if line.one is one]
    told = parts(line, LOOKED, lambda file_, student: decided.append((file_, student)))
    found = [part for part in told if isinstance(part, Deed)]
    assert [deed.text for deed in found] == deeds
    for deed in found:
        deed.act()
    students = {
        READY.file: [""],
        DOUBLE.file: ["student:1"],
        WHOSE.file: ["student:2", "student:3"],
    }
    assert decided == [(one, student) for student in students.get(one.file, [])]


def test_the_last_pages_say_the_number_and_the_names() -> None:
    draft = replace(with_choice(LOOKED, WHOSE, "student:3"), reason="本人送来")
    said = "\n".join(confirm_sentences(draft))
    assert "收入入学照片 2 张" in said
    assert "王3" in said
    assert "原因：本人送来" in said
    assert "另外 4 个文件不收入" in said
    done = "\n".join(done_sentences(replace(draft, taken=TakenPhotos(2, 1, 0, 0))))
    assert "已收入入学照片 2 张" in done
    assert "1 张换下了原来的" in done
    assert "王1、王2" in done
    assert "王3" not in done


# --- in the window -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good photo, a small one, one without a name, and a document."""
    path = tmp_path / "入学照片"
    path.mkdir()
    (path / f"{identity(1).student_number}.jpg").write_bytes(jpeg(1))
    small = encoded(portrait(2, size=(240, 320)))
    (path / f"{identity(2).student_number}+{identity(2).name}.jpg").write_bytes(small)
    (path / f"{identity(3).student_number}+{identity(4).name}.jpg").write_bytes(jpeg(3))
    (path / f"{identity(5).student_number}.jpg").write_bytes(b"a document")
    return path


@pytest.fixture
def begin(window: MainWindow, qtbot: QtBot, runner: Runner) -> Callable[[], Walk]:
    """Open the wizard from the students' page."""

    def begin() -> Walk:
        assert window.shell
        window.shell.open("students")
        idle(qtbot, runner)
        page = window.shell.page
        assert isinstance(page, StudentsPage)
        (made,) = [b for b in page.findChildren(QPushButton) if b.text() == "读入照片…"]
        made.click()
        return Walk(page, qtbot, runner)

    return begin


def test_photos_are_read_in_to_the_end(
    begin: Callable[[], Walk], folder: Path, window: MainWindow, qtbot: QtBot
) -> None:
    walk = begin()
    walk.fill(kind="entrance_photo", source=str(folder))
    found = walk.wizard.page
    assert isinstance(found, FoundStep)
    assert found.chips.current == str(Verdict.QUESTION)
    qtbot.waitUntil(lambda: found.photo.words == "")
    assert found.table.current
    assert found.table.current.name == identity(2).name
    found.decide_all(come_in=True)
    assert found.table.current.decision == "收入"
    found.chips.choose(str(Verdict.WHOSE))
    (line,) = found.table.records
    assert len(found.details.buttons) == 2
    found.details.buttons[0].click()
    assert line.one
    assert dict(walk.wizard.draft.chosen)[line.one.file] == line.one.candidates[0].subject
    assert found.table.records[0].name in (identity(3).name, identity(4).name)
    found.chips.choose(str(Verdict.REFUSED))
    assert found.photo.words == UNREADABLE
    found.chips.choose(WITHOUT)
    assert found.photo.words == NONE
    walk.go_on()
    assert walk.step == REASON
    walk.go_on()
    assert walk.step == REASON  # nothing was written there
    assert isinstance(walk.wizard.page, FormStep)
    walk.fill(reason="已与本人核对")
    assert "收入入学照片 3 张" in walk.sentences
    walk.go_on()
    assert walk.step == DONE
    assert "已收入入学照片 3 张" in walk.sentences
    walk.go_on()
    assert window.shell
    kept: list[int] = []
    window.shell.desk.run(
        lambda session, _progress: _count(session),
        kept.append,
        owner=window,
        title="",
    )
    idle(qtbot, walk.runner)
    assert kept == [3]


def _count(session: Session) -> int:
    with session.store.unit_of_work() as unit:
        return len(photos.every_photo(unit.connection))


def test_going_back_and_looking_again_begins_anew(
    begin: Callable[[], Walk], folder: Path, qtbot: QtBot
) -> None:
    walk = begin()
    walk.fill(source=str(folder))
    found = walk.wizard.page
    assert isinstance(found, FoundStep)
    found.decide_all(come_in=True)
    walk.wizard.go_back()
    assert walk.step == PLACE
    (folder / f"{identity(6).student_number}.jpg").write_bytes(jpeg(6))
    walk.go_on()
    assert "5 个文件" in found.sentence
    assert len(walk.wizard.draft.chosen) == 2
    qtbot.waitUntil(lambda: found.photo.words == "")
    walk.wizard.reject()


def test_a_folder_that_changed_meanwhile_is_told_in_the_wizard(
    begin: Callable[[], Walk], folder: Path
) -> None:
    walk = begin()
    walk.fill(source=str(folder))
    walk.go_on()
    assert walk.step == CONFIRM
    (folder / f"{identity(1).student_number}.jpg").write_bytes(jpeg(8))
    walk.go_on()
    assert walk.step == CONFIRM
    assert walk.wizard.failure
    assert walk.wizard.failure.code == "JC-652"
    walk.wizard.reject()


def test_a_place_that_is_no_zip_is_told_in_the_wizard(
    begin: Callable[[], Walk], tmp_path: Path
) -> None:
    archive = tmp_path / "照片.rar"
    archive.write_bytes(b"Rar!")
    walk = begin()
    walk.fill(source=str(archive))
    assert walk.step == PLACE
    assert walk.wizard.failure
    assert walk.wizard.failure.code == "JC-651"
    walk.wizard.reject()


def test_a_college_is_not_offered_it(
    college_window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert college_window.shell
    college_window.shell.open("students")
    idle(qtbot, runner)
    texts = [b.text() for b in college_window.shell.page.findChildren(QPushButton)]
    assert "读入照片…" not in texts
