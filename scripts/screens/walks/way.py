"""What a walk has in hand: the stages, a place to work in, the look; and steps that many share."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.session import Session, open_and_sign_in
from desktop.views.pages.cards import CARDS
from desktop.views.pages.catalogue import page_class
from desktop.views.pages.student.page import StudentDetailPage
from scripts.screens.looks import Look
from scripts.screens.seat import PASSPHRASE, Seat
from scripts.screens.stages import copy_of

Sights = Iterator[tuple[str, QWidget]]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the stages lie, where a walk may write, and how everything looks."""

    stages: Path
    place: Path
    look: Look

    def demo(self, stage: str) -> Path:
        """Return a fresh copy of a stage."""
        return copy_of(self.stages, stage, self.place / "演示")

    def seat(self, demo: Path, name: str) -> Seat:
        """Open the program at a seat of a demo, and sign in."""
        seat = Seat(demo / "seats" / name, self.look)
        seat.sign_in()
        return seat

    def stick(self) -> Path:
        """Return a folder that stands for a stick."""
        folder = self.place / "U盘"
        folder.mkdir(exist_ok=True)
        return folder


Walk = Callable[[Way], Sights]


def round_of(session: Session, procedure: Procedure) -> Round:
    """Return the demo's round of a procedure."""
    return next(one for one in known_rounds(session) if one.procedure is procedure)


@contextmanager
def signed_in(demo: Path, seat: str) -> Iterator[Session]:
    """Sign in at a seat of a demo without its window, for what others do meanwhile."""
    session = open_and_sign_in(demo / "seats" / seat, "", PASSPHRASE)
    try:
        yield session
    finally:
        session.store.close()


def every_page(
    seat: Seat, start: str, pages: Mapping[str, str], at: Mapping[str, str] = {}
) -> Sights:
    """Yield pages one after the other; ``at`` says at what some are opened."""
    known = {card.id: card for card in CARDS}
    for id_ in pages:
        page = seat.open(page_class(known[id_]), at.get(id_, ""))
        if isinstance(page, StudentDetailPage):
            page.chips.choose("all")
        yield f"{start}-{id_}", seat.window


def photograph(path: Path) -> Path:
    """Draw what stands for a photo of a document, and return its path."""
    picture = QImage(856, 540, QImage.Format.Format_RGB32)
    picture.fill(QColor("#c9d8e8"))
    picture.save(str(path))
    return path
