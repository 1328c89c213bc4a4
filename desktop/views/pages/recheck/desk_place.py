"""What stands on the page 录入比对: the form, the answers, the reviews and the buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.procedures.recheck.comparison_desk import form_picture
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.recheck.answer_rows import AnswerRows
from desktop.views.pages.recheck.review_box import ReviewBox
from desktop.views.runner import Failure
from desktop.views.widgets.picture_view import PictureView
from desktop.views.widgets.texts import button, label

_LONGER = 2400
"""Pixels of the longer side of the picture: A4 at 205 dpi, more than any screen shows."""


class FormOnDesk(PictureView):
    """The picture of the form of the student on the desk, read when another one comes."""

    def __init__(self, desk: Desk, failed: Callable[[Failure], None]) -> None:
        super().__init__(
            tr("复查表的照片"), tr("还没有复查表的照片。"), tr("请在“入学复查”里收复查表。")
        )
        self._desk, self._failed = desk, failed
        self._shown = ""

    def show_form(self, sha256: str) -> None:
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
