"""A person at the window: sees what is in sight, types, clicks, presses keys, and waits.

Whatever a test does through ``Person`` a secretary could do: it finds controls by the words that
stand on them (or by their accessible names) among those that are in sight and enabled in the
window in front, and uses them by mouse and keyboard alone.
"""

import re
from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.views.runner import Runner

W = TypeVar("W", bound=QWidget)
_LONGEST = 30_000
_DIGITS = re.compile(r"(\d{4}\s*){5}")
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


def name_of(widget: QWidget) -> str:
    """Return how a widget is called: what a screen reader says, as Qt works it out."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "")
    return widget.title() if isinstance(widget, QGroupBox) else ""


class Person:
    """Works in whatever window of the program is in front."""

    def __init__(self, qtbot: QtBot, runner: Runner) -> None:
        self._qtbot, self._runner = qtbot, runner

    # --- waiting and seeing ----------------------------------------------------------------------

    def waits(self) -> None:
        """Wait until no work runs and the window in front takes keys."""
        for _again in range(2):
            self._qtbot.waitUntil(self._is_quiet, timeout=_LONGEST)
            QApplication.processEvents()
        front = self.front
        front.activateWindow()
        self._qtbot.waitUntil(front.isActiveWindow)

    def _is_quiet(self) -> bool:
        """Tell whether nothing runs, and no button is still down that acts when it comes up."""
        if self._runner.running is not None or not _windows():
            return False
        return not any(one.isDown() for one in self.front.findChildren(QAbstractButton))

    @property
    def front(self) -> QWidget:
        """The window that a person sees in front: a dialog if there is one."""
        if modal := QApplication.activeModalWidget():
            return modal
        shown = _windows()
        dialogs = [w for w in shown if w.parentWidget() is not None]
        return (dialogs or shown)[-1]

    @property
    def focus(self) -> QWidget:
        """What a key goes to."""
        return QApplication.focusWidget() or self.front

    def sees(self, words: str) -> bool:
        """Tell whether some text in sight contains the words."""
        return any(words in label.text() for label in self._in_sight(QLabel))

    def reads(self) -> str:
        """Return all text in sight, for a test that fails."""
        return "\n".join(label.text() for label in self._in_sight(QLabel) if label.text())

    def finds(self, kind: type[W], words: str) -> W:
        """Return the one control in sight and enabled that is called so."""
        called = [one for one in self._in_sight(kind) if one.isEnabled()]
        found = [one for one in called if name_of(one) == words]
        found = found or [one for one in called if words in name_of(one)]
        names = sorted(filter(None, map(name_of, self._in_sight(kind))))
        assert len(found) == 1, f"{words}: {len(found)} of {names}\n{self.reads()}"
        return found[0]

    def _in_sight(self, kind: type[W]) -> Iterator[W]:
        for one in self.front.findChildren(kind):
            if one.isVisible():
                yield one

    def reads_digits(self) -> str:
        """Return the twenty digits in sight that are read out over the telephone."""
        found = [label.text() for label in self._in_sight(QLabel)]
        (digits,) = [text for text in found if _DIGITS.fullmatch(text.strip())]
        return digits

    # --- doing -----------------------------------------------------------------------------------

    def presses(self, words: str) -> None:
        """Click a button, a tick box, a chip."""
        self._click(self.finds(QAbstractButton, words))

    def signs_in(self, passphrase: str) -> None:
        """Type the passphrase where the cursor stands."""
        self.writes(passphrase)
        self.keys("Return")

    def uses(self, words: str) -> None:
        """Click the button that says so, or else the row of a table that begins so."""
        buttons = [one for one in self._in_sight(QAbstractButton) if name_of(one) == words]
        if buttons:
            self.presses(words)
        else:
            (table,) = {name_of(one) for one in self._in_sight(QTableView) if name_of(one)}
            self.chooses_row(table, words)

    def types(self, **fields: str) -> None:
        """Fill in lines by their names, as they are typed; a choice is made by arrow keys."""
        for name, text in fields.items():
            self.fills(name, text)

    def fills(self, name: str, text: str) -> None:
        """Fill in one line, or make one choice."""
        boxes = [one for one in self._in_sight(QComboBox) if name_of(one) == name]
        if boxes:
            self._picks(boxes[0], text)
            return
        line = self.finds(QLineEdit, name)
        self._click(line)
        self._key(line, "Ctrl+A")
        _type(line, text)

    def keys(self, *keys: str) -> None:
        """Press keys such as ``Ctrl+K``, ``Down`` or ``1``, one after the other."""
        for key in keys:
            self._key(self.focus, key)
            self.waits()

    def writes(self, text: str) -> None:
        """Type text to wherever the focus is."""
        _type(self.focus, text)
        self.waits()

    def goes_on(self) -> None:
        """Press Enter, as a person does who has read and agrees."""
        self.keys("Return")

    def chooses_row(self, table: str, *words: str) -> None:
        """Click the first row of a table that has a cell for each of the words."""
        view = self.finds(QAbstractItemView, table)
        model = view.model()
        for row in range(model.rowCount()):
            cells = [model.index(row, column) for column in range(model.columnCount())]
            texts = [str(cell.data() or "") for cell in cells]
            if all(one in texts for one in words):
                index = model.index(row, 0)
                view.scrollTo(index)
                at = view.visualRect(index).center()
                QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
                view.setFocus(Qt.FocusReason.MouseFocusReason)
                self.waits()
                return
        raise AssertionError(f"no row of {table} says {words}")

    def _key(self, widget: QWidget, key: str) -> None:
        *held, name = key.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= _MODIFIERS[one]
        QTest.keyClick(widget, Qt.Key[f"Key_{name}"], modifiers)

    def _picks(self, box: QComboBox, text: str) -> None:
        box.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.count()):
            if text in box.currentText():
                break
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert text in box.currentText(), f"{text}: {box.currentText()}"
        self.waits()

    def _click(self, one: QWidget) -> None:
        parent = one.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(one)
            parent = parent.parentWidget()
        assert not one.visibleRegion().isEmpty(), f"{name_of(one)} is hidden by something"
        where = one.rect().center() if isinstance(one, QLineEdit) else QPoint(8, one.height() // 2)
        QTest.mouseClick(one, Qt.MouseButton.LeftButton, pos=where)
        self.waits()


def _windows() -> list[QWidget]:
    """Return the windows in sight."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]


def _type(widget: QWidget, text: str) -> None:
    """Type by keys what a keyboard has, and let an input method commit what it has not."""
    if text.isascii():
        QTest.keyClicks(widget, text)
    else:
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(widget, committed)
