"""What stands beside the classes: the chosen one, its next step, its class teacher, its changes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.procedures.signing.signing_desk import ClassLine
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.signing import words
from desktop.views.widgets.texts import button, label, set_role

_WIDTH = 244


class ClassBeside(QScrollArea):
    """One class in detail; hidden while none is chosen."""

    next_wanted = Signal()
    list_wanted = Signal()
    print_wanted = Signal()
    record_wanted = Signal()
    teacher_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        card = QFrame()
        set_role(card, "card")
        self._line: ClassLine | None = None
        self._name = label(role="heading", wraps=True)
        self._about = label(role="quiet", wraps=True)
        self._changes = label(wraps=True)
        self.next = button("", self.next_wanted.emit, role="primary")
        self.state = label(role="strong", wraps=True)
        self.teacher = QLineEdit()
        self.teacher.setAccessibleName(tr("班主任姓名"))
        self.teacher.setPlaceholderText(tr("班主任姓名"))
        self.teacher.returnPressed.connect(self._give)
        self._save = button(tr("保存"), self._give)
        title = label(tr("班主任（印在签字表上）"), "strong")
        title.setBuddy(self.teacher)
        line = QHBoxLayout()
        line.setSpacing(t.SMALL)
        line.addWidget(self.teacher, 1)
        line.addWidget(self._save)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(t.MEDIUM, t.MEDIUM, t.MEDIUM, t.MEDIUM)
        layout.setSpacing(t.SMALL)
        for part in (self._name, self._about, self.next, self.state, self._changes, title):
            layout.addWidget(part)
        layout.addLayout(line)
        self.print = button(tr("打印这个班的签字表…"), self.print_wanted.emit)
        self.record = button(tr("登记签字…"), self.record_wanted.emit)
        self.check = button(tr("核对班级名单…"), self.list_wanted.emit)
        for other in (self.check, self.print, self.record):
            layout.addWidget(other)
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch()
        self.setWidget(around)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        current_appearance().changed.connect(self._measure)
        self._measure()
        self.hide()

    @property
    def changes_text(self) -> str:
        """What changed since the last print, as it is shown."""
        return self._changes.text()

    def show_class(self, line: ClassLine | None) -> None:
        """Show a class; a teacher's name that is being typed is not overwritten."""
        same = line is not None and self._line is not None and line.group == self._line.group
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self._name.setText(line.group.name)
        self._about.setText(
            tr(
                "{students} 人；上次打印：{printed_at}",
                students=line.standing.students,
                printed_at=words.printed_at(line),
            )
        )
        self.next.setText(line.next.words)
        self.state.setText(line.next.words)
        self.next.setVisible(words.can_be_done(line))
        self.state.setVisible(not words.can_be_done(line))
        self.print.setVisible(line.next.action not in words.TO_PRINT)
        self.record.setVisible(line.next.action not in words.TO_RECORD)
        told = words.changes(line)
        self._changes.setText("\n".join((tr("打印以后有变动："), *told)) if told else "")
        self._changes.setVisible(bool(told))
        if not (same and self.teacher.hasFocus()):
            self.teacher.setText(line.group.class_teacher)

    def _give(self) -> None:
        name = self.teacher.text().strip()
        if self._line and name and name != self._line.group.class_teacher:
            self.teacher_given.emit(name)

    def _measure(self) -> None:
        self.setFixedWidth(round(_WIDTH * (1 + (current_look().factor - 1) * 0.5)))
