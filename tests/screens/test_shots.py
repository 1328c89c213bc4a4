"""Every page, step, question and dialog has its picture, and every picture lies in docs/screens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.domain.offices import OfficeKind
from desktop.paths import guide_dir
from desktop.views.pages.cards import cards_for
from desktop.views.pages.settings.page import TOPICS
from scripts.screens.camera import small
from scripts.screens.looks import LOOKS, Look
from scripts.screens.shots import SETTINGS_TOPICS, SHOTS
from tests.screens import program

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
ROOT = SCREENS.parents[1]
KINDS = (
    OfficeKind.REGISTRAR,
    OfficeKind.COLLEGE,
    OfficeKind.FINANCE,
    OfficeKind.ADMISSIONS,
    OfficeKind.STUDENT_AFFAIRS,
)
"""One of each sort of window: offices that read lists have one, all the others another."""
BEFORE = {"dialog sign_in.SignInPage", "dialog opening_sign.OpeningSign"}
"""What stands on the screen before anybody is signed in."""


def covered(kind: str) -> set[str]:
    """Return what is covered of a kind."""
    return {shot.covers for shot in SHOTS if shot.covers.startswith(f"{kind} ")}


def test_every_page_of_every_office_has_a_picture() -> None:
    pages = {f"page {kind} {card.id}" for kind in KINDS for card in cards_for(kind)}
    assert covered("page") == pages
    for kind in OfficeKind:
        assert any(cards_for(kind) == cards_for(shown) for shown in KINDS)


def test_every_topic_of_the_settings_has_a_picture() -> None:
    assert {"school", *SETTINGS_TOPICS} == {topic.ID for topic in TOPICS}


def test_every_step_of_every_wizard_has_a_picture() -> None:
    assert program.steps() == covered("step")


def test_every_question_and_dialog_has_a_picture() -> None:
    assert program.questions() == covered("question")
    assert program.dialogs() | BEFORE == covered("dialog")


def test_no_two_pictures_have_one_name() -> None:
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.folder)
def test_every_picture_was_taken(look: Look) -> None:
    assert {path.stem for path in (SCREENS / look.folder).glob("*.png")} == look.of


def test_the_index_and_the_guide_show_pictures_that_are_there() -> None:
    index = (SCREENS / "README.md").read_text(encoding="utf-8")
    for shot in SHOTS:
        assert f'"1366/{shot.name}.png"' in index
    shown = [
        line.partition("](")[2].rstrip(")")
        for line in (guide_dir() / "index.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("![")
    ]
    assert shown
    assert all((guide_dir() / path).is_file() for path in shown)


def test_a_picture_of_few_colours_keeps_them() -> None:
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("#0b6b6b"))
    picture.setPixelColor(3, 5, QColor("#b3261e"))
    kept = small(picture)
    assert kept.format() is QImage.Format.Format_Indexed8
    assert kept.pixelColor(3, 5) == QColor("#b3261e")
    assert kept.pixelColor(0, 0) == QColor("#0b6b6b")


@pytest.mark.slow
def test_all_pictures_can_be_taken(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.screens", str(tmp_path), "1366"]
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=os.environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in (tmp_path / "1366").glob("*.png")} == LOOKS[0].of
