"""Beside the form: the photos of the student, by which is asked whether it is the same person."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.photos import PHOTO_TITLES, PhotoKind
from desktop.procedures.recheck.comparison_desk import COMPARED_PHOTOS, StudentOnDesk
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.photo_row import PhotoRow
from desktop.views.widgets.texts import label

_SIZE = (96, 128)
_LINE = tr("没有照片：")  # as long a line as the words need beside a form


class PhotosOnDesk(QScrollArea):
    """The photos that there are, one below the other; in words, which are not there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(t.SMALL)
        self.row = PhotoRow(desk, COMPARED_PHOTOS, below, _SIZE)
        for box in self.row.boxes.values():
            box.picture.setToolTip(tr("放大看，再点一次回到复查表；也可以按 F7"))
            box.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F7 does it; Tab is for the fields
            box.hide()
        self._words = label(role="note", wraps=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.SMALL)
        column.addWidget(self.row)
        column.addWidget(self._words)
        column.addStretch()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = self._words.fontMetrics().horizontalAdvance(_LINE)
        photo = max(box.width() for box in self.row.boxes.values())
        self.setFixedWidth(max(line, photo) + self.verticalScrollBar().sizeHint().width())

    @property
    def words(self) -> str:
        """What is said of photos that are not there."""
        return self._words.text()

    def show_student(self, desk: StudentOnDesk) -> None:
        """Show a student's photos."""
        for kind, box in self.row.boxes.items():
            box.setVisible(kind in desk.photos)
        self.row.show_photos(desk.photos)
        self._words.setText(_words(desk))
        self._words.setVisible(bool(self._words.text()))


def _words(desk: StudentOnDesk) -> str:
    """Say whose photo is not there, and what to do."""
    if desk.disputed:
        return tr("各部门送来的照片不一样，招生工作处认定以后显示在这里。")
    if not desk.photos:
        return tr("还没有这名学生的照片，招生工作处读入、报送以后显示在这里。")
    if PhotoKind.ADMISSION not in desk.photos:
        return tr("没有{title}。", title=PHOTO_TITLES[PhotoKind.ADMISSION])
    return ""
