"""The page of one student, opened at the student's subject."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.domain.histories import Attached
from desktop.procedures.overview.histories import StudentPage, student_page
from desktop.procedures.photos.photo_views import kept_photo
from desktop.procedures.viewing import copy_to_view
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import STUDENT
from desktop.views.pages.page import Page
from desktop.views.pages.student.facts import Facts
from desktop.views.pages.student.telling import (
    ALL,
    COLUMNS,
    FILTERS,
    counts,
    identity_text,
    state_sentence,
    wanted,
)
from desktop.views.pages.student.timeline import Timeline
from desktop.views.table_models.clipboard import rows_as_mime
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.photo_box import UNREADABLE, PhotoBox
from desktop.views.widgets.texts import button

_SHARES = (4, 7)


class StudentDetailPage(Page):
    """Photos, standings and identity at the left, everything that was ever said beside."""

    CARD = STUDENT

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._subject = ""
        self._page: StudentPage | None = None
        self._revealed = False
        self.tools.addWidget(button(tr("复制学籍信息"), self.copy_identity, drawing="copy"))
        self.tools.addWidget(button(tr("复制全部记载"), self.copy_history, drawing="copy"))
        self.facts = Facts()
        self.facts.revealed.connect(self._reveal)
        self.facts.paper_wanted.connect(self._open_paper)
        self.chips = Chips(FILTERS)
        self.chips.chosen.connect(lambda _filter: self._show_history())
        self.timeline = Timeline()
        self.timeline.paper_wanted.connect(self._open_paper)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(t.SMALL, 0, 0, 0)
        column.setSpacing(t.SMALL)
        column.addWidget(self.chips)
        column.addWidget(self.timeline, 1)
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._sides.setChildrenCollapsible(False)
        for place, (side, share) in enumerate(zip((self.facts, right), _SHARES, strict=True)):
            self._sides.addWidget(side)
            self._sides.setStretchFactor(place, share)
        self._sides.hide()
        self.body.addWidget(self._sides, 1)

    @property
    def page(self) -> StudentPage | None:
        """The student in sight."""
        return self._page

    def open_at(self, argument: str) -> None:
        """Show a student by subject."""
        if argument and argument != self._subject:
            self._subject, self._page, self._revealed = argument, None, False
            self._sides.hide()
            self.errors.dismiss()
            self.set_title(self.CARD.title)
            self.tell_state("")
        self.refresh()

    def refresh(self) -> None:
        """Read the student again."""
        if not self._subject:
            self.tell_state(tr("还没有选定学生。请在上方查找，或者在“学生”里打开一名学生。"))
            return
        subject = self._subject
        self.desk.run(
            lambda session, _progress: student_page(session, subject),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取学生的全部记载"),
        )

    def copy_identity(self) -> None:
        """Copy who the student is, the number whole."""
        if self._page:
            QGuiApplication.clipboard().setText(identity_text(self._page))

    def copy_history(self) -> None:
        """Copy the statements in sight as a table."""
        if self._page:
            entries = filter(wanted(self.chips.current), self._page.history)
            QGuiApplication.clipboard().setMimeData(rows_as_mime(COLUMNS, entries))

    def _show(self, page: StudentPage) -> None:
        if page.student.subject != self._subject:
            return  # somebody else was asked for meanwhile
        if page == self._page:
            return
        self._page, self._revealed = page, False
        one = page.student.identity
        self.set_title(one.name or tr("姓名待定的学生"))
        self.tell_state(state_sentence(page))
        self.facts.show_facts(page)
        for sha256, box in self.facts.photos:
            self._read_photo(sha256, box)
        numbers = counts(page.history)
        self.chips.count(numbers)
        self.chips.offer([ALL, *(id_ for id_, number in numbers.items() if number)])
        self._show_history()
        self._sides.show()

    def _read_photo(self, sha256: str, box: PhotoBox) -> None:
        size = box.size_wanted
        self.desk.run(
            lambda session, _progress: kept_photo(session, sha256, size.width(), size.height()),
            box.show_picture,
            lambda _failure: box.say(UNREADABLE),
            owner=box,
            title=tr("正在打开照片"),
        )

    def _show_history(self) -> None:
        if self._page:
            entries = [e for e in self._page.history if wanted(self.chips.current)(e)]
            self.timeline.show_entries(entries, revealed=self._revealed)

    def _reveal(self, revealed: bool) -> None:
        self._revealed = revealed
        self._show_history()

    def _open_paper(self, paper: object) -> None:
        if isinstance(paper, Attached):
            sha256, name = paper.sha256, paper.name
            self.desk.run(
                lambda session, _progress: copy_to_view(session, sha256, name),
                lambda path: asking.show_in_viewer(path),  # noqa: PLW0108 - tests replace it
                self.tell_failure,
                owner=self,
                title=tr("正在打开材料"),
            )
