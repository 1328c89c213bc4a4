"""The photos of one student beside one another, read in the background and remembered."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.photos import PHOTO_TITLES
from desktop.procedures.check_in.check_in_desk import SHOWN_PHOTOS, CheckInRow
from desktop.procedures.photos.photo_views import kept_photo
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look.appearance import current_look
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.photo_box import NONE, UNREADABLE, WAITING, PhotoBox

_SOON = 120  # milliseconds: whoever holds an arrow key down asks for no photo
_REMEMBERED = 300
_WIDTH, _HEIGHT = 90, 120


class PhotoRow(QWidget):
    """Admission, entrance and ID-card photo; ``wanted`` asks to see one (SHA-256, title)."""

    wanted = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: CheckInRow | None = None
        self._pictures: dict[str, bytes] = {}
        size = tuple(side // (1 + current_look().large) for side in (_WIDTH, _HEIGHT))
        self.boxes = {kind: PhotoBox(PHOTO_TITLES[kind], *size) for kind in SHOWN_PHOTOS}
        layout = FlowLayout()
        self.setLayout(layout)
        for kind, box in self.boxes.items():
            box.wanted.connect(partial(self._open, kind))
            layout.addWidget(box)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._read)

    def show_row(self, row: CheckInRow) -> None:
        """Show the photos of a student, as far as they are remembered; the others soon."""
        self._row = row
        for kind, box in self.boxes.items():
            sha256 = row.photos.get(kind, "")
            if sha256 in self._pictures:
                box.show_picture(self._pictures[sha256])
            else:
                box.say(WAITING if sha256 else NONE)
        self._soon.start()

    def _read(self) -> None:
        for kind, box in self.boxes.items():
            sha256 = self._row.photos.get(kind, "") if self._row else ""
            if sha256 and sha256 not in self._pictures:
                self._read_one(sha256, box)

    def _read_one(self, sha256: str, box: PhotoBox) -> None:
        size = box.size_wanted
        self._desk.run(
            lambda session, _progress: kept_photo(session, sha256, size.width(), size.height()),
            partial(self._shown, sha256),
            lambda _failure: self._say(sha256),
            owner=self,
            title=tr("正在打开照片"),
        )

    def _shown(self, sha256: str, png: bytes) -> None:
        if len(self._pictures) >= _REMEMBERED:
            self._pictures.clear()
        self._pictures[sha256] = png
        for box in self._boxes_of(sha256):
            box.show_picture(png)

    def _say(self, sha256: str) -> None:
        for box in self._boxes_of(sha256):
            box.say(UNREADABLE)

    def _boxes_of(self, sha256: str) -> list[PhotoBox]:
        """Return where a photo belongs now: perhaps nowhere any more."""
        shown = self._row.photos if self._row else {}
        return [box for kind, box in self.boxes.items() if shown.get(kind) == sha256]

    def _open(self, kind: str) -> None:
        for one in SHOWN_PHOTOS:
            if self._row and one == kind and (sha256 := self._row.photos.get(one)):
                self.wanted.emit(sha256, PHOTO_TITLES[one])
