"""What stands on the page 录入比对: the form, the answers, the reviews and the buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.photos import PHOTO_TITLES
from desktop.procedures.photos.photo_views import kept_photo
from desktop.procedures.recheck.comparison_desk import StudentOnDesk, form_picture
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.recheck.answer_rows import AnswerRows
from desktop.views.pages.recheck.desk_photos import PhotosOnDesk
from desktop.views.pages.recheck.review_box import ReviewBox
from desktop.views.runner import Failure
from desktop.views.widgets.picture_view import PictureView
from desktop.views.widgets.texts import button, label

_LONGER = 2400
"""Pixels of the longer side of the picture: A4 at 205 dpi, more than any screen shows."""


class FormOnDesk(PictureView):
    """The form of the student on the desk, and beside it the photos, each to be seen large."""

    def __init__(self, desk: Desk, failed: Callable[[Failure], None]) -> None:
        photos = PhotosOnDesk(desk)
        super().__init__(
            tr("复查表的照片"),
            tr("还没有复查表的照片。"),
            tr("请在“入学复查”里收复查表。"),
            beside=photos,
        )
        self._desk, self._failed = desk, failed
        self._shown = self._large = ""
        self.photos = photos
        self.photos.row.wanted.connect(self._look_at)
        self.next = button(tr("照片"), self.look_on)
        self.next.setToolTip(tr("看下一张照片，看完回到复查表（F7）"))
        self.next.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.addWidget(self.next)
        self._tell_next()

    def show_student(self, desk: StudentOnDesk) -> None:
        """Show a student's form and photos; what is in sight of the same one stays."""
        if self._large not in desk.photos.values():
            self._back()
        self.photos.show_student(desk)
        self._tell_next()
        self._show_form(desk.one.file.form)

    def look_on(self) -> None:
        """Show the next photo large, behind the last one the form again."""
        shown = list(self.photos.row.shown.items())
        places = [sha256 for _, sha256 in shown]
        place = places.index(self._large) + 1 if self._large in places else 0
        if place < len(shown):
            kind, sha256 = shown[place]
            self._show_large(sha256, PHOTO_TITLES[kind])
        else:
            self._back()

    def _look_at(self, sha256: str, title: str) -> None:
        """Show a photo large that was clicked, or the form again if it is large already."""
        if sha256 == self._large:
            self._back()
        else:
            self._show_large(sha256, title)

    def _show_large(self, sha256: str, title: str) -> None:
        self._large = sha256
        self._tell_next()
        self._desk.run(
            lambda session, _progress: kept_photo(session, sha256, _LONGER, _LONGER),
            lambda png: self._take_large(sha256, title, png),
            lambda failure: self._no_photo(sha256, failure),
            owner=self,
            title=tr("正在打开照片"),
        )

    def _take_large(self, sha256: str, title: str, png: bytes) -> None:
        if sha256 == self._large:
            self.show_over(title, png)

    def _no_photo(self, sha256: str, failure: Failure) -> None:
        if sha256 == self._large:
            self._back()
        self._failed(failure)

    def _back(self) -> None:
        self._large = ""
        if self.shows_over:
            self.show_again()
        self._tell_next()

    def _tell_next(self) -> None:
        """Name on the button what it shows next."""
        shown = [*self.photos.row.shown.values()]
        self.next.setEnabled(bool(shown))
        last = bool(shown) and self._large == shown[-1]
        self.next.setText(tr("表格") if last else tr("照片"))

    def _show_form(self, sha256: str) -> None:
        """Show a form, "" for none; one that is in sight stays as it was turned and zoomed."""
        if sha256 == self._shown and (self.shows_picture or not sha256):
            return
        self._shown = sha256
        if not sha256:
            self.say_nothing()
            return
        self.say(tr("正在打开…"))
        self._desk.run(
            lambda session, _progress: form_picture(session, sha256, _LONGER),
            lambda png: self.show_picture(png) if sha256 == self._shown else None,
            lambda failure: self._not_opened(sha256, failure),
            owner=self,
            title=tr("正在打开复查表"),
        )

    def _not_opened(self, sha256: str, failure: Failure) -> None:
        if sha256 == self._shown:
            self.say(tr("这张照片打不开。"), tr("请重新收入这张照片，或者从备份恢复。"))
        self._failed(failure)


class BesideForm(QWidget):
    """The answers and the two reviews, below them what was said last and the buttons."""

    def __init__(self, save: Callable[[], None], rule_for_everybody: Callable[[], object]) -> None:
        super().__init__()
        self.rows = AnswerRows()
        self.review = ReviewBox()
        self.hides = QCheckBox(tr("录入以前不显示档案内容"))
        self.words = label(role="strong", wraps=True)
        self.save = button(tr("保存比对（Ctrl+S）"), save, role="primary")
        self.save.setToolTip(tr("保存录入的内容和认定"))
        self.everywhere = button(tr("统一认定（F6）…"), rule_for_everybody)
        self.everywhere.setToolTip(tr("这两种写法，所有学生都按同一内容比对"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._card())
        below = QHBoxLayout()
        below.setSpacing(t.SMALL)
        below.addWidget(self.words, 1)
        below.addWidget(self.everywhere)
        below.addWidget(self.save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(t.SMALL)
        outer.addWidget(self.hides)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(below)

    def to_top(self) -> None:
        """Show the first answer, as for a student who has just come."""
        self._scroll.verticalScrollBar().setValue(0)

    def _card(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("role", "card")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        column.setSpacing(t.LARGE)
        column.addWidget(self.rows)
        column.addWidget(self.review)
        column.addStretch()
        return inner
