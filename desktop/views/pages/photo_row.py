"""The photos of one student beside one another, read in the background and remembered."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLayout, QWidget

from desktop.domain.photos import PHOTO_TITLES, PhotoKind
from desktop.procedures.photos.photo_views import kept_photo
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look.appearance import current_look
from desktop.views.widgets.photo_box import NONE, UNREADABLE, WAITING, PhotoBox

_SOON = 120  # milliseconds: whoever holds an arrow key down asks for no photo
_REMEMBERED = 300


class PhotoRow(QWidget):
    """The photos of some kinds; ``wanted`` asks to see one large (SHA-256, title).

    ``size`` is the box of each in pixels at 100 %; larger texts leave it as it is.
    """

    wanted = Signal(str, str)

    def __init__(
        self, desk: Desk, kinds: Sequence[PhotoKind], layout: QLayout, size: tuple[int, int]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Mapping[PhotoKind, str] = {}
        self._pictures: dict[str, bytes] = {}
        wide, high = (side // (1 + current_look().large) for side in size)
        self.boxes = {kind: PhotoBox(PHOTO_TITLES[kind], wide, high) for kind in kinds}
        self.setLayout(layout)
        for kind, box in self.boxes.items():
            box.wanted.connect(partial(self._open, kind))
            layout.addWidget(box)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._read)

    @property
    def shown(self) -> Mapping[PhotoKind, str]:
        """The photos of the student in sight, by kind as SHA-256."""
        return self._shown

    @property
    def opening(self) -> bool:
        """Whether a photo is still being opened."""
        return any(box.words == WAITING for box in self.boxes.values())

    def show_photos(self, photos: Mapping[PhotoKind, str]) -> None:
        """Show the photos of a student, as far as they are remembered; the others soon."""
        self._shown = photos
        for kind, box in self.boxes.items():
            sha256 = photos.get(kind, "")
            if sha256 in self._pictures:
                box.show_picture(self._pictures[sha256])
            else:
                box.say(WAITING if sha256 else NONE)
        self._soon.start()

    def _read(self) -> None:
        for kind, box in self.boxes.items():
            sha256 = self._shown.get(kind, "")
            if sha256 and sha256 not in self._pictures:
                self._read_one(sha256, box)

    def _read_one(self, sha256: str, box: PhotoBox) -> None:
        size = box.size_wanted
        self._desk.run(
            lambda session, _progress: kept_photo(session, sha256, size.width(), size.height()),
            partial(self._take, sha256),
            lambda _failure: self._say(sha256),
            owner=self,
            title=tr("正在打开照片"),
        )

    def _take(self, sha256: str, png: bytes) -> None:
        if len(self._pictures) >= _REMEMBERED:
            self._pictures.clear()
        self._pictures[sha256] = png
        for box in self._boxes_of(sha256):
            box.show_picture(png)

    def _say(self, sha256: str) -> None:
        for box in self._boxes_of(sha256):
            box.say(UNREADABLE)

    def _open(self, kind: PhotoKind) -> None:
        if sha256 := self._shown.get(kind):
            self.wanted.emit(sha256, PHOTO_TITLES[kind])

    def _boxes_of(self, sha256: str) -> list[PhotoBox]:
        """Return where a photo belongs now: perhaps nowhere any more."""
        return [box for kind, box in self.boxes.items() if self._shown.get(kind) == sha256]
