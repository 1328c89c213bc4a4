"""All students of a round: found by name, class or any number, or by the tail of one."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.procedures.overview.overview import StudentLine, known_rounds
from desktop.procedures.search import StudentIndex, student_index
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import STUDENTS
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser
from desktop.views.pages.student_lists import ALL, student_list
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.read_photos.draft import ReadPhotos, fresh_draft
from desktop.views.wizards.read_photos.flow import read_photos_wizard

_READERS = frozenset({OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS})
_SEARCH_WIDTH = 280


def searched_text(student: StudentLine) -> str:
    """Return everything by which a student is found."""
    return student.searched


class StudentsPage(Page):
    """The list of students."""

    CARD = STUDENTS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._index: StudentIndex | None = None
        self._found: frozenset[str] | None = None
        self._list = student_list(desk.kind)
        self._chooser = RoundChooser(desk)
        self._chooser.chosen.connect(self._read)
        self.tools.addWidget(self._chooser)
        self._chooser.setVisible(self._list.by_round)
        if desk.kind in _READERS:
            self.tools.addWidget(button(tr("读入照片…"), self.read_photos, drawing="import"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("姓名、拼音首字母、学号、考生号、身份证号末几位、班级"))
        self.search.setAccessibleName(tr("查找学生"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        self.chips = Chips([(ALL, tr("全部")), *self._list.filters])
        self.table = RecordTable(
            tr("学生名单"), self._list.columns, desk.memory, searched=searched_text
        )
        self.table.say_when_empty(*self._list.nobody)
        self.table.activated.connect(self._open_student)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.table.begin)
        self.chips.chosen.connect(self._filter)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.chips, 2)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.search

    def open_at(self, argument: str) -> None:
        """Show the students that a word finds: a class, a name, a number."""
        if argument:
            self.search.setText(argument)
            self.chips.choose(ALL)
        self.refresh()

    def refresh(self) -> None:
        """Read the students of the chosen round, or all where there is nothing to choose."""
        if self._list.by_round:
            self._chooser.refresh()
        else:
            self._read_of("")

    def read_photos(self) -> None:
        """Open the wizard that reads photos in."""
        self.desk.run(
            lambda session, _progress: fresh_draft(known_rounds(session)),
            self._open_wizard,
            self.tell_failure,
            owner=self,
            title=tr("正在准备"),
        )

    def _open_wizard(self, draft: ReadPhotos) -> None:
        wizard = read_photos_wizard(self.desk, draft, self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _open_student(self, student: object) -> None:
        if isinstance(student, StudentLine):
            self.desk.open("student", student.subject)

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self._show([])
        else:
            self._read_of(round_.id)

    def _read_of(self, round_id: str) -> None:
        self.desk.run(
            lambda session, _progress: self._list.read(session, round_id),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取学生名单"),
        )

    def _show(self, students: Sequence[StudentLine]) -> None:
        counts = Counter(map(self._list.filter_of, students))
        self.chips.count(
            {ALL: len(students), **{id_: counts[id_] for id_, _ in self._list.filters}}
        )
        self.table.set_records(students)
        if self._found is not None:  # initials are typed: they may mean somebody who is new
            self._search(self.search.text())
        self.tell_state(self._list.sentence(students))

    def _search(self, words: str) -> None:
        """Search the texts in sight; letters may be initials, which the index alone knows."""
        letters, known = words.strip(), self._index
        if letters.isascii() and letters.isalpha():
            self.desk.run(
                lambda session, _progress: student_index(session, known),
                partial(self._find, letters),
                self.tell_failure,
                owner=self,
                title="",
            )
            return
        self.table.search(words)
        if self._found is not None:
            self._found = None
            self._filter(self.chips.current)

    def _find(self, letters: str, index: StudentIndex) -> None:
        self._index = index
        if letters == self.search.text().strip():  # else more was typed meanwhile
            found = index.search(letters, most=len(index.students))
            self._found = frozenset(one.subject for one in found)
            self.table.search("")
            self._filter(self.chips.current)

    def _filter(self, chip: str) -> None:
        found = self._found
        if chip == ALL and found is None:
            self.table.want(None)
            return
        self.table.want(
            lambda student: (
                (chip == ALL or self._list.filter_of(student) == chip)
                and (found is None or student.subject in found)
            )
        )
