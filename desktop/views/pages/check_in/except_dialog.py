"""The dialog “the whole class, except …”: what, who not, by when; and first what that will say."""

from dataclasses import replace
from functools import cached_property
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.search import Searchable, search
from desktop.procedures.check_in.exceptions import About, Exceptions
from desktop.procedures.search import searchable
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.pages.check_in import excepting
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.check_in.except_table import ExceptTable
from desktop.views.pages.check_in.excepting import Plan
from desktop.views.widgets.texts import button, label

_WIDTH, _HEIGHT, _LARGEST_SHARE = 900, 640, 0.94
_ITEMS, _DAY = 12, 110
_TITLES: Final = {
    About.DOCUMENTS: tr("全班材料都已核验，除了……"),
    About.COMPARED: tr("全班六对照都一致，除了……"),
}
_QUESTIONS: Final = {
    About.DOCUMENTS: tr("谁没有交齐？"),
    About.COMPARED: tr("谁有不一致的？"),
}
_HINTS: Final = {
    About.DOCUMENTS: tr(
        "输入姓名或拼音首字母，回车打勾，就是所选的都缺；在表里按数字只缺那一项，按 F2 另定日期。"
    ),
    About.COMPARED: tr(
        "输入姓名或拼音首字母，回车打勾，就是留下逐个对照；在表里按数字是那一项不一致。"
    ),
}


class ExceptDialog(QDialog):
    """A class; ``told`` hands on what is filled in at each step, ``noted`` what it comes to.

    Closing gives nothing up: what is filled in is kept by whoever listens to ``told``.
    """

    told = Signal(object)
    noted = Signal(object)

    def __init__(self, draft: CheckInDraft, told: Exceptions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{draft.desk.line.group.name}：{_TITLES[told.about]}")
        self._draft, self._told, self._about = draft, told, told.about
        self.items = QListWidget()
        self.line, self.day = QLineEdit(self), QLineEdit(self)
        self.table = ExceptTable(told.about)
        self.anew = QCheckBox(tr("先前逐个登记过的，也照这里改"))
        self._said = label(role="strong", wraps=True)
        self._problem = label(role="problem", wraps=True)
        self._again = button(tr("重新开始"), self.start_again)
        self.go = button(tr("记入（Ctrl+回车）"), self.note, role="primary")
        self._fill()
        self._lay_out()
        self._connect()
        self._show()
        self.line.setFocus()

    @property
    def plan(self) -> Plan:
        """What would be noted now."""
        return Plan(self._draft, self._told)

    @property
    def said(self) -> str:
        """What would be noted, as it is shown."""
        return self._said.text()

    @property
    def problem(self) -> str:
        """What is wrong, as it is shown."""
        return self._problem.text()

    def note(self) -> None:
        """Hand on what was filled in, where it is right and comes to something."""
        plan = self.plan
        if self.go.isEnabled():
            self.noted.emit(plan)
            self.accept()

    def start_again(self) -> None:
        """Begin with nobody as an exception."""
        self._take(excepting.begin(self._draft.desk, self._about))
        self._fill()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrow keys move in the class while the line has the focus; Enter ticks."""
        if watched is not self.line or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if step := {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key):
            self.table.step_on(step)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_enter()
            return True
        return super().eventFilter(watched, event)

    # --- filling in -----------------------------------------------------------------------------

    def _on_enter(self) -> None:
        """Tick who was searched for; from an empty line go on."""
        if self.line.text().strip():
            if self.table.place >= 0:
                self._tick(self.table.place)
                self.line.clear()
        elif self._about is About.DOCUMENTS and self._told.lacking:
            self.day.setFocus()
            self.day.selectAll()
        else:
            self.go.setFocus()

    def _tick(self, place: int) -> None:
        one = self.plan.rows[place]
        if not one.hindrance:
            student = one.row.student
            on = student not in self._told.lacking
            self._take(excepting.with_tick(self._told, student, ticked=on))

    def _lack(self, place: int, number: int) -> None:
        one = self.plan.rows[place]
        if not one.hindrance:
            self._take(excepting.with_lack(self._told, one.row.student, number))

    def _date(self, place: int, day: str) -> None:
        student = self.plan.rows[place].row.student
        self._take(excepting.with_day(self._told, student, day))

    def _choose(self, item: QListWidgetItem) -> None:
        slot = str(item.data(Qt.ItemDataRole.UserRole))
        chosen = item.checkState() is Qt.CheckState.Checked
        order = excepting.items_of(self._draft.desk, self._about)
        self._take(excepting.with_item(self._told, slot, order, chosen=chosen))
        self._number()

    def _on_day(self) -> None:
        if excepting.problem(self.plan):
            self.day.selectAll()
        else:
            self.note()

    def _search(self, words: str) -> None:
        found = search(self._searchables, words, len(self._searchables))
        places = [self._places[one.subject] for one in found]
        self.table.show_only(
            places if words.strip() else None, places[0] if places else self.table.place
        )

    def _write(self, letter: str) -> None:
        """Go on in the line with what was typed into the table."""
        self.line.setFocus()
        self.line.setText(letter)

    def _take(self, told: Exceptions) -> None:
        if told != self._told:
            self._told = told
            self.told.emit(told)
        self._show()

    # --- showing --------------------------------------------------------------------------------

    @cached_property
    def _searchables(self) -> tuple[Searchable, ...]:
        rows = self._draft.desk.rows
        return tuple(searchable(row.student, row.identity) for row in rows)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row.student: place for place, row in enumerate(self._draft.desk.rows)}

    def _fill(self) -> None:
        """Show what was filled in where people fill it in."""
        with QSignalBlocker(self.items):
            self.items.clear()
            for slot, title in excepting.items_of(self._draft.desk, self._about).items():
                item = QListWidgetItem(title)
                item.setData(Qt.ItemDataRole.UserRole, slot)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                on = slot in self._told.chosen
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                self.items.addItem(item)
            self.items.setCurrentRow(0)
        with QSignalBlocker(self.day), QSignalBlocker(self.anew):
            self.day.setText(self._told.day)
            self.anew.setChecked(self._told.anew)
        self._number()

    def _number(self) -> None:
        """Put the digits by which things are named before those that are chosen."""
        titles = excepting.items_of(self._draft.desk, self._about)
        chosen = self._told.chosen
        with QSignalBlocker(self.items):
            for place, (slot, title) in enumerate(titles.items()):
                number = f"{chosen.index(slot) + 1} " if slot in chosen else ""
                self.items.item(place).setText(f"{number}{title}")

    def _show(self) -> None:
        plan = self.plan
        problem = excepting.problem(plan)
        self.table.show_plan(plan)
        self._said.setText("" if problem else " ".join(excepting.sentences(plan)))
        self._problem.setText(
            problem or ("" if plan.changes else tr("没有要记入的：都已经登记过，或者还不能登记。"))
        )
        self._problem.setVisible(bool(self._problem.text()))
        self._said.setVisible(bool(self._said.text()))
        self.go.setEnabled(not problem and plan.changes)

    # --- laying out -----------------------------------------------------------------------------

    def _connect(self) -> None:
        self.items.itemChanged.connect(self._choose)
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.table.ticked.connect(self._tick)
        self.table.lacked.connect(self._lack)
        self.table.dated.connect(self._date)
        self.table.typed.connect(self._write)
        self.day.textEdited.connect(lambda text: self._take(replace(self._told, day=text.strip())))
        self.day.returnPressed.connect(self._on_day)
        self.anew.toggled.connect(lambda on: self._take(replace(self._told, anew=on)))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.note)

    def _lay_out(self) -> None:
        look, room = current_look(), self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDTH), round(room.width() * _LARGEST_SHARE)),
            min(look.px(_HEIGHT), round(room.height() * _LARGEST_SHARE)),
        )
        middle = QHBoxLayout()
        middle.setSpacing(t.MEDIUM)
        middle.addLayout(self._left())
        middle.addLayout(self._right(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        layout.setSpacing(t.SMALL)
        layout.addLayout(middle, 1)
        layout.addWidget(self._said)
        layout.addWidget(self._problem)
        layout.addLayout(self._ends())

    def _left(self) -> QVBoxLayout:
        self.items.setAccessibleName(tr("登记哪几项"))
        self.items.setFixedWidth(current_look().px(_ITEMS * t.BODY))
        self.items.setWordWrap(True)
        self.items.setSpacing(t.TIGHT // 2)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = label(tr("登记哪几项"), "strong")
        title.setBuddy(self.items)
        column = QVBoxLayout()
        column.setSpacing(t.SMALL)
        column.addWidget(title)
        column.addWidget(self.items, 1)
        return column

    def _right(self) -> QVBoxLayout:
        self.line.setAccessibleName(tr("查找学生"))
        self.line.setPlaceholderText(tr("姓名、拼音首字母、考生号末四位"))
        self.line.setClearButtonEnabled(True)
        hint = label(_HINTS[self._about], "note", wraps=True)
        hint.setVisible(not current_look().large)
        self.line.setToolTip(_HINTS[self._about])
        top = QHBoxLayout()
        top.setSpacing(t.SMALL)
        top.addWidget(label(_QUESTIONS[self._about], "strong"))
        top.addWidget(self.line, 1)
        column = QVBoxLayout()
        column.setSpacing(t.SMALL)
        column.addLayout(top)
        column.addWidget(hint)
        column.addWidget(self.table, 1)
        return column

    def _ends(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        if self._about is About.DOCUMENTS:
            title = label(tr("补交日期"), "quiet")
            title.setBuddy(self.day)
            self.day.setAccessibleName(tr("补交日期"))
            self.day.setPlaceholderText(tr("2026-09-20"))
            self.day.setFixedWidth(current_look().px(_DAY))
            row.addWidget(title)
            row.addWidget(self.day)
        self.day.setVisible(self._about is About.DOCUMENTS)
        row.addWidget(self.anew)
        row.addStretch()
        row.addWidget(self._again)
        row.addWidget(button(tr("关闭"), self.reject))
        row.addWidget(self.go)
        return row
