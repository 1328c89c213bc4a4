"""All students of a round: found by name, class or any number, or by the tail of one."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES
from desktop.procedures.overview import StudentLine, known_rounds, student_lines
from desktop.views.desk import Desk
from desktop.views.look import tokens as t
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser
from desktop.views.table_models.columns import Column
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.masked_number import masked
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.read_photos.draft import ReadPhotos, fresh_draft
from desktop.views.wizards.read_photos.flow import read_photos_wizard

_ALL = "all"
_READERS = frozenset({OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS})
_HELD_BACK = "held_back"
_SEARCH_WIDTH = 280
COLUMNS: tuple[Column[StudentLine], ...] = (
    Column("学号", lambda s: s.identity.student_number, width=9),
    Column("姓名", lambda s: s.identity.name, width=8),
    Column("性别", lambda s: s.identity.sex, width=4),
    Column(
        "身份证号",
        lambda s: masked(s.identity.id_number),
        sort_key=lambda s: s.identity.id_number,
        width=13,
        copied=lambda s: s.identity.id_number,
    ),
    Column("院部", lambda s: s.college_name, width=10),
    Column("班级", lambda s: s.class_name, width=12),
    Column("注册结论", lambda s: s.outcome_title, width=7),
    Column("还缺什么", lambda s: s.waiting_for, width=10),
)


def searched_text(student: StudentLine) -> str:
    """Return everything by which a student is found."""
    one = student.identity
    return "\n".join(
        (
            one.name,
            one.student_number,
            one.exam_number,
            one.id_number,
            student.class_name,
            student.college_name,
        )
    )


class StudentsPage(Page):
    """The list of students."""

    ID = "students"
    TITLE = "学生"
    ICON = "students"
    GUIDE = "学生"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._chooser = RoundChooser(desk)
        self._chooser.chosen.connect(self._read)
        self.tools.addWidget(self._chooser)
        if desk.kind in _READERS:
            self.tools.addWidget(button("读入照片…", self.read_photos, drawing="import"))
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、学号、考生号、身份证号末几位、班级")
        self.search.setAccessibleName("查找学生")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        self.chips = Chips(
            [
                (_ALL, "全部"),
                *((str(outcome), title) for outcome, title in OUTCOME_TITLES.items()),
                (_HELD_BACK, HELD_BACK_TITLE),
            ]
        )
        self.table = RecordTable("学生名单", COLUMNS, desk.memory, searched=searched_text)
        self.table.say_when_empty(
            "这个批次还没有学生。", "请先读入录取名单，或者收入学籍科下发的报送包。"
        )
        self.table.activated.connect(self._open_student)
        self.search.textChanged.connect(self.table.search)
        self.chips.chosen.connect(self._filter)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.chips, 2)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)

    def open_at(self, argument: str) -> None:
        """Show the students that a word finds: a class, a name, a number."""
        if argument:
            self.search.setText(argument)
            self.chips.choose(_ALL)
        self.refresh()

    def refresh(self) -> None:
        """Read the students of the chosen round."""
        self._chooser.refresh()

    def read_photos(self) -> None:
        """Open the wizard that reads photos in."""
        self.desk.run(
            lambda session, _progress: fresh_draft(known_rounds(session)),
            self._open_wizard,
            self.tell_failure,
            owner=self,
            title="正在准备",
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
            return
        round_id = round_.id
        self.desk.run(
            lambda session, _progress: student_lines(session, round_id),
            self._show,
            self.tell_failure,
            owner=self,
            title="正在读取学生名单",
        )

    def _show(self, students: list[StudentLine]) -> None:
        counts = Counter(_filter_of(student) for student in students)
        self.chips.count(
            {
                _ALL: len(students),
                **{str(outcome): counts[str(outcome)] for outcome in OUTCOME_TITLES},
                _HELD_BACK: counts[_HELD_BACK],
            }
        )
        self.table.set_records(students)
        issued = len(students) - counts[_HELD_BACK]
        rest = f"{counts[_HELD_BACK]:,} 人暂未注册" if counts[_HELD_BACK] else "没有遗漏"
        self.tell_state(f"共 {len(students):,} 人，{issued:,} 人已有注册结论，{rest}。")

    def _filter(self, chip: str) -> None:
        self.table.want(None if chip == _ALL else lambda student: _filter_of(student) == chip)


def _filter_of(student: StudentLine) -> str:
    """Return under which filter a student stands."""
    return str(student.outcome) if student.outcome else _HELD_BACK
