"""The search over all students: results below the box while typing, Enter opens the student."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.search import Searchable, folded
from desktop.procedures.search import StudentIndex, student_index
from desktop.views.desk import Desk
from desktop.views.frame.history import Place
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look

MOST = 50
_WIDTH, _MOST_IN_SIGHT = 620, 12
_NAME, _NUMBER, _TAIL = 0.20, 0.22, 0.16
_PLAIN = (0, 1)  # name and number; the rest is quieter
_ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of the results: where it leads, and its columns; a lone sentence has one."""

    place: Place
    columns: tuple[str, ...]

    @property
    def text(self) -> str:
        """The row for who can not see its columns."""
        return "，".join(filter(None, self.columns))


def offers(words: str, found: list[Searchable]) -> list[Offer]:
    """Return the rows for what was found; the last leads to the list of students."""
    rows = [
        Offer(
            Place("student", one.subject),
            (
                one.name,
                one.student_number,
                " · ".join(filter(None, (one.class_name, one.college_name))) or tr("还没有分班"),
                tr("证件尾号 {id_tail}", id_tail=one.id_tail) if one.id_tail else "",
            ),
        )
        for one in found
    ]
    if not rows:
        return [
            Offer(Place("students", words), (tr("没有找到“{words}”，到“学生”里看看", words=words),))
        ]
    several = (
        tr("{most} 人以上", most=MOST) if len(rows) >= MOST else tr("{count} 人", count=len(rows))
    )
    return [
        *rows,
        Offer(Place("students", words), (tr("在“学生”里列出：找到 {several}", several=several),)),
    ]


def first_choice(words: str, found: list[Searchable]) -> int:
    """Return the row that Enter takes: the likeliest student; the list for a class's name."""
    wanted = folded(words)
    by_class = found and all(wanted in one.keys[1] and wanted not in one.keys[0] for one in found)
    return len(found) if by_class else 0


class StudentSearch(QLineEdit):
    """The box; ``chosen`` hands on the page and its argument.

    The index is kept; each search asks whether something was said since. It runs in the
    background, one at a time; while other work runs, the index that is there is asked at once.
    """

    chosen = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._index: StudentIndex | None = None
        self._searching = False
        self._answered = self._entered = ""
        self.results = _Results(self)
        self.setPlaceholderText(tr("查找学生"))
        self.setToolTip(tr("姓名、拼音首字母、学号、考生号、证件号末四位、班级（Ctrl+F）"))
        self.setAccessibleName(tr("在全部学生中查找"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._changed)
        self.returnPressed.connect(self._enter)
        self.results.itemClicked.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let arrows move in the results, and Escape put them away."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and self.results.isVisible():
            self.results.setCurrentRow((self.results.currentRow() + step) % self.results.count())
        elif event.key() == Qt.Key.Key_Escape and self.results.isVisible():
            self.results.hide()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Put the results away when the box is left or goes out of sight."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.results.hide()
        return super().event(event)

    def _changed(self) -> None:
        words = self._words
        self._entered = ""
        if not words:
            self._answered = ""
            self.results.hide()
        elif not self._searching:
            self._search(words)

    @property
    def _words(self) -> str:
        return self.text().strip()

    def _search(self, words: str) -> None:
        known = self._index
        if known and self._desk.runner.running:
            self._show(words, known.search(words, MOST))
            return
        self._searching = True

        def find(index: StudentIndex) -> tuple[StudentIndex, list[Searchable]]:
            return index, index.search(words, MOST)

        self._desk.run(
            lambda session, _progress: find(student_index(session, known)),
            lambda answer: self._answer(words, *answer),
            lambda _failure: self._stop_searching(),
            owner=self,
            title="",
        )

    def _answer(self, words: str, index: StudentIndex, found: list[Searchable]) -> None:
        self._index, self._searching = index, False
        if words == self._words:
            self._show(words, found)
        elif self._words:
            self._search(self._words)

    def _stop_searching(self) -> None:
        self._searching = False

    def _show(self, words: str, found: list[Searchable]) -> None:
        self._answered = words
        self.results.offer(offers(words, found), first_choice(words, found))
        if self._entered == words:
            self._take(self.results.currentItem())
        elif self.hasFocus():
            self.results.show_below(self)

    def _enter(self) -> None:
        """Take the current row; when the answer is not there yet, as soon as it is."""
        if self._words and self._answered == self._words:
            self._take(self.results.currentItem())
        else:
            self._entered = self._words

    def _take(self, item: QListWidgetItem) -> None:
        offer = cast("Offer", item.data(_ROW_ROLE))
        self._entered = ""
        self.results.hide()
        self.chosen.emit(*offer.place)


class _Results(QListWidget):
    """The list below the box; it never takes the focus from it."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.setAccessibleName(tr("找到的学生"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_RowDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.hide()

    def offer(self, rows: list[Offer], current: int) -> None:
        """Show rows, one of them current."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.text)
            item.setData(_ROW_ROLE, row)
            self.addItem(item)
        self.setCurrentRow(current)

    def show_below(self, box: QWidget) -> None:
        """Come into sight below the box, within the window."""
        window, look = box.window(), current_look()
        self.setParent(window)
        width = min(look.px(_WIDTH), window.width() - 2 * t.SMALL)
        height = min(self.count(), _MOST_IN_SIGHT) * look.row_height + 2 * t.TIGHT
        corner = box.mapTo(window, QPoint(box.width() - width, box.height() + t.TIGHT))
        room = window.height() - corner.y() - t.SMALL
        self.setGeometry(QRect(QPoint(max(corner.x(), t.SMALL), corner.y()), self.size()))
        self.setFixedSize(width, min(height, room))
        self.show()
        self.raise_()
        self.scrollToItem(self.currentItem())


class _RowDelegate(QStyledItemDelegate):
    """Paints a student in columns: name, number, class, tail of the document's number."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a table's row."""
        hint = super().sizeHint(option, index)
        hint.setHeight(current_look().row_height)
        return hint

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        palette, box = current_look().palette, option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(palette.chosen))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(palette.raised))
        columns = cast("Offer", index.data(_ROW_ROLE)).columns
        for place, (text, room) in enumerate(zip(columns, _rooms(box, len(columns)), strict=True)):
            painter.setPen(QColor(palette.text if place in _PLAIN else palette.quiet))
            elided = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideMiddle, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()


def _rooms(box: QRect, columns: int) -> list[QRect]:
    """Return where the columns of a row stand."""
    inner = box.adjusted(t.MEDIUM, 0, -t.MEDIUM, 0)
    shares = [1.0] if columns == 1 else [_NAME, _NUMBER, 1 - _NAME - _NUMBER - _TAIL, _TAIL]
    rooms, left = [], inner.x()
    for share in shares:
        width = round(inner.width() * share)
        rooms.append(QRect(left, inner.y(), width - t.SMALL, inner.height()))
        left += width
    return rooms
