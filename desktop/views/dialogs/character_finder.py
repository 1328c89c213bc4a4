"""Finds the character that a name has lost: by reading, radical and strokes, or code point."""

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import CharacterUnknown
from desktop.procedures.imports.character_finding import (
    FoundCharacter,
    FoundCharacters,
    Wanted,
    character_at,
    find_characters,
    radicals,
)
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.look.states import State
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import button, label

_LOST = re.compile("[?？□*＊〓■\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_WIDTH, _HEIGHT, _LARGEST_SHARE = 640, 560, 0.92
_CELL, _LARGE = 40, 24
_PAUSE = 150
_FIELDS_A_LINE = 3
_MOST_FURTHER, _MOST_STROKES = 25, 40
_NOTHING_KNOWN: Final = tr("填上知道的任意一项，下面会列出符合的字；最容易丢的生僻字列在前面。")


class CharacterFinder(QDialog):
    """A name, what is known of the character, and the characters that are so."""

    def __init__(
        self, desk: Desk, name: str, then: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("查找缺的字"))
        self._desk, self._then = desk, then
        self.name = QLineEdit(name)
        self.name.setAccessibleName(tr("姓名"))
        self.reading = QLineEdit()
        self.reading.setAccessibleName(tr("拼音"))
        self.reading.setPlaceholderText(tr("例如 kun 或 kun1"))
        self.radical = QComboBox()
        self.further, self.strokes = _numbers(_MOST_FURTHER, 0), _numbers(_MOST_STROKES, 1)
        self.code = QLineEdit()
        self.code.setAccessibleName(tr("编码"))
        self.code.setPlaceholderText(tr("例如 U+20BB7"))
        self.list = _Characters()
        self._told = label(_NOTHING_KNOWN, "quiet", wraps=True)
        self._facts = label(wraps=True)
        self._printed, self._gbk = StateLabel(State.DONE, " "), StateLabel(State.DONE, " ")
        self._put = button(tr("填进姓名"), self.put, drawing="tick")
        self._done = button(tr("用这个姓名"), self._finish, role="primary")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._find)
        self._fill_radicals()
        self._connect()
        self._build()
        self._select_lost()
        self._tell_current()
        self.reading.setFocus()

    @property
    def words(self) -> str:
        """What is said of what was found."""
        return self._told.text()

    def put(self) -> None:
        """Put the character in hand where the name has lost one, or where the cursor is."""
        found = self.list.current
        if found is None:
            return
        if not self.name.hasSelectedText():
            self._select_lost()
        self.name.insert(found.character)
        self._select_lost()
        self._done.setFocus()

    def _connect(self) -> None:
        self.reading.textEdited.connect(lambda _text: self._soon.start())
        for box in (self.radical, self.further, self.strokes):
            box.currentIndexChanged.connect(lambda _index: self._soon.start())
        self.code.textEdited.connect(lambda _text: self._soon.start())
        self.list.currentItemChanged.connect(lambda *_: self._tell_current())
        self.list.itemActivated.connect(lambda _item: self.put())

    def _build(self) -> None:
        look, room = current_look(), self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDTH), round(room.width() * _LARGEST_SHARE)),
            min(look.px(_HEIGHT), round(room.height() * _LARGEST_SHARE)),
        )
        fields = QGridLayout()
        fields.setHorizontalSpacing(t.MEDIUM)
        fields.setVerticalSpacing(t.SMALL)
        for column in range(_FIELDS_A_LINE):
            fields.setColumnStretch(column, 1)
        for place, (title, widget) in enumerate(
            (
                (tr("拼音"), self.reading),
                (tr("部首"), self.radical),
                (tr("部首外笔画"), self.further),
                (tr("总笔画"), self.strokes),
                (tr("编码"), self.code),
            )
        ):
            made = label(title, "quiet")
            made.setBuddy(widget)
            line, column = divmod(place, _FIELDS_A_LINE)
            fields.addWidget(made, 2 * line, column)
            fields.addWidget(widget, 2 * line + 1, column)
        named = QHBoxLayout()
        named.addWidget(label(tr("姓名"), "strong"))
        named.addWidget(self.name, 1)
        states = QHBoxLayout()
        states.addWidget(self._printed)
        states.addWidget(self._gbk)
        states.addStretch()
        buttons = QHBoxLayout()
        buttons.addWidget(self._put)
        buttons.addStretch()
        buttons.addWidget(button(tr("关闭"), self.reject))
        buttons.addWidget(self._done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(t.HUGE, t.LARGE, t.HUGE, t.LARGE)
        layout.setSpacing(t.SMALL)
        layout.addLayout(named)
        layout.addLayout(fields)
        layout.addWidget(self._told)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._facts)
        layout.addLayout(states)
        layout.addLayout(buttons)

    def _fill_radicals(self) -> None:
        """Offer the radicals; one may be typed, or chosen by its strokes."""
        box = self.radical
        box.setAccessibleName(tr("部首"))
        box.addItem(tr("不知道"), 0)
        for one in radicals():
            box.addItem(tr("{forms}　{count}画", forms=one.forms, count=one.strokes), one.number)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(box.model(), box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        box.setCompleter(completer)

    def _select_lost(self) -> None:
        """Select the first sign that stands for a lost character."""
        if match := _LOST.search(self.name.text()):
            self.name.setSelection(match.start(), 1)

    def _find(self) -> None:
        """Look for what is known now, in the background."""
        if self.code.text().strip():
            self._find_code(self.code.text())
            return
        wanted = Wanted(
            self.reading.text(),
            self.radical.currentData() or 0,
            self.further.currentData(),
            self.strokes.currentData() or 0,
        )
        self._desk.run(
            lambda _session, _progress: find_characters(wanted),
            lambda found: self._show(found, wanted),
            owner=self,
            title=tr("正在查字"),
        )

    def _find_code(self, text: str) -> None:
        try:
            found = FoundCharacters((character_at(text),), 1)
        except CharacterUnknown as error:
            self.list.show_characters(())
            self._told.setText(f"{error.what}{error.todo}")
            return
        self._show(found, Wanted(strokes=1))

    def _show(self, found: FoundCharacters, wanted: Wanted) -> None:
        self.list.show_characters(found.shown)
        if wanted.is_empty:
            self._told.setText(_NOTHING_KNOWN)
        elif not found.total:
            self._told.setText(tr("没有这样的字。请少填一项，或者核对拼音和笔画。"))
        elif found.total > len(found.shown):
            self._told.setText(
                tr(
                    "有 {total:,} 个字，先列出 {shown:,} 个。再填上部首或笔画，就能少一些。",
                    total=found.total,
                    shown=len(found.shown),
                )
            )
        else:
            self._told.setText(tr("有 {total:,} 个字。", total=found.total))

    def _tell_current(self) -> None:
        """Say what is known of the character in hand."""
        found = self.list.current
        self._put.setEnabled(found is not None)
        for one in (self._facts, self._printed, self._gbk):
            one.setVisible(found is not None)
        if found is None:
            return
        self._facts.setText(
            tr(
                "{character}　{code}　{reading}　{strokes}画",
                character=found.character,
                code=found.code,
                reading="、".join(found.readings) or tr("读音没有收录"),
                strokes=found.strokes,
            )
        )
        if found.can_be_printed:
            self._printed.tell(State.DONE, tr("纸面上印得出来"))
        else:
            self._printed.tell(State.ATTENTION, tr("纸面上印不出来，没有字体有这个字"))
        if found.in_gbk:
            self._gbk.tell(State.DONE, tr("GBK 文件里写得进去"))
        else:
            self._gbk.tell(State.ATTENTION, tr("GBK 文件里写不进去，上报时另行列出"))

    def _finish(self) -> None:
        self._then(self.name.text())
        self.accept()


class _Characters(QListWidget):
    """The characters that were found, large, in lines; arrow keys lead through them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("找到的字"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        cell = current_look().px(_CELL)
        self.setGridSize(QSize(cell, cell))
        self._found: tuple[FoundCharacter, ...] = ()

    @property
    def current(self) -> FoundCharacter | None:
        """The character in hand."""
        row = self.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def show_characters(self, found: tuple[FoundCharacter, ...]) -> None:
        """Show other characters; the first is in hand."""
        self._found = ()
        self.clear()
        font = self.font()
        font.setPixelSize(current_look().px(_LARGE))
        for one in found:
            item = QListWidgetItem(one.character)
            item.setFont(font)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setToolTip(one.code)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.character} {one.code}")
            self.addItem(item)
        self._found = found
        self.setCurrentRow(0 if found else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter take the character in hand, and not press the dialog's button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if item := self.currentItem():
                self.itemActivated.emit(item)
        else:
            super().keyPressEvent(event)


def _numbers(most: int, least: int) -> QComboBox:
    """Return a choice of a number of strokes, which need not be known."""
    box = QComboBox()
    box.addItem(tr("不知道"), None)
    for number in range(least, most + 1):
        box.addItem(tr("{count}画", count=number), number)
    return box
