"""The registrar reads photos in: some good, some doubtful, one that nobody can name."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.procedures.overview.overview import StudentLine
from desktop.views.pages.students import StudentsPage
from desktop.views.wizards.found_pictures.step import FoundStep
from scripts.screens.seat import Seat
from scripts.screens.waiting import until
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way

_WIDTH, _HEIGHT = 480, 640
_DOTS = 11_811  # per metre, 300 per inch
_PHOTOS = 42
_HAIR = ("#2b2320", "#3a2a22", "#1e1b1a", "#4a3728")
_COATS = ("#37506b", "#7a3b3b", "#4d6b50", "#6a5a86", "#8a6d3b", "#40444c", "#2f6f73")
_SKIN = ("#f0cfae", "#e6bd98", "#f4d8bd", "#d9ac85")


def read_photos(seat: Seat, way: Way) -> Sights:
    """Go through the wizard to its end; afterwards the students of the list have photos."""
    page = seat.open(StudentsPage)
    folder = way.stick() / "入学照片"
    _fill_folder(folder, page.table.records[:_PHOTOS])
    page.read_photos()
    yield "photos-place", seat.wizard
    fill(seat.wizard, source=str(folder))
    seat.go_on()
    found = seat.wizard.page
    if not isinstance(found, FoundStep):
        raise TypeError("nothing was found")
    until(lambda: not found.photo.words)
    yield "photos-found", seat.wizard
    found.table.view.selectAll()
    found.decide_all(come_in=True)
    seat.go_on()
    fill(seat.wizard, reason="已与本人核对")
    yield "photos-reason", seat.wizard
    yield "photos-confirm", seat.go_on()
    yield "photos-done", seat.go_on()
    seat.go_on()


def _fill_folder(folder: Path, students: Sequence[StudentLine]) -> None:
    """Draw a photo for each student; some are small, one lies, two show the same person."""
    folder.mkdir(exist_ok=True)
    for place, student in enumerate(students):
        portrait = _portrait(place - 1 if place == _PHOTOS - 1 else place)
        if place % 9 == 4:  # noqa: PLR2004 - now and then
            portrait = portrait.scaled(_WIDTH // 2, _HEIGHT // 2)
        name = f"{student.student_number}+{student.name}.jpg"
        portrait.save(str(folder / name), quality=90)
    _portrait(_PHOTOS).save(str(folder / "微信图片_20260918.jpg"), quality=90)


def _portrait(place: int) -> QImage:
    """Draw a head and shoulders on the blue that the rule asks for."""
    picture = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(_DOTS)
    picture.setDotsPerMeterY(_DOTS)
    picture.fill(QColor(100, 197, 255))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    move, tall = place * 7 % 31 - 15, place * 11 % 41
    for colours, box in (
        (_COATS, QRect(60 + move, 440 - tall // 2, 360, 420)),
        (_HAIR, QRect(130 + move, 110 - tall, 220, 320 + tall)),
        (_SKIN, QRect(152 + move, 165 - tall // 2, 176, 245 + tall // 2)),
    ):
        painter.setBrush(QColor(colours[place % len(colours)]))
        painter.drawEllipse(box)
    painter.end()
    return picture
