"""The grid of problem rows: typed into, led by Enter, the wrong cells marked."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.mends import Place
from desktop.procedures.imports.mending_rows import MendRow, RowProblem
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.widgets.state_delegate import StateDelegate
from desktop.views.wizards.read_file.mending.grid_model import PROBLEM_ROLE, MendModel, colour_of

Index = QModelIndex | QPersistentModelIndex
_SIGN = 12
_WIDEST = 12  # characters; whoever wants to see more opens the cell or looks beside
_ACROSS = Qt.Orientation.Horizontal


class MendGrid(QTableView):
    """The view: Enter leads to the next problem, typing begins to write."""

    current_changed = Signal()

    def __init__(self, model: MendModel, name: str) -> None:
        super().__init__()
        self._mend = model
        self.setModel(model)
        self.setItemDelegate(_MarkingDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit())
        current_appearance().changed.connect(self.fit)
        self.fit()

    @property
    def current_row(self) -> MendRow | None:
        """The row in hand."""
        index = self.currentIndex()
        return self._mend.row(index.row()) if index.isValid() else None

    @property
    def current_field(self) -> str:
        """The field of the cell in hand."""
        index = self.currentIndex()
        return self._mend.field(index.column()) if index.isValid() else ""

    @property
    def selected_rows(self) -> list[MendRow]:
        """The selected rows, as they stand."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._mend.row(line) for line in lines]

    def fit(self) -> None:
        """Give rows and columns their sizes."""
        look = current_look()
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().setFixedHeight(look.row_height)
        bold = self.font()
        bold.setBold(True)
        texts, titles = QFontMetrics(self.font()), QFontMetrics(bold)
        most = look.px(t.BODY) * _WIDEST
        for column in range(self._mend.columnCount()):
            needed = min(
                max(map(texts.horizontalAdvance, self._mend.texts(column)), default=0), most
            )
            title = titles.horizontalAdvance(str(self._mend.headerData(column, _ACROSS)))
            sign = look.px(_SIGN) + t.SMALL
            self.setColumnWidth(column, max(needed + sign, title) + 3 * t.SMALL)

    def be_at(self, line: int, column: int) -> None:
        """Make a cell the one in hand, and its row the only one that is selected."""
        index = self._mend.index(line, column)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def go_to(self, place: Place, field: str) -> None:
        """Make a cell the one in hand."""
        line = self._mend.line_of(place)
        if line >= 0:
            self.be_at(line, self._mend.column(field))

    def next_problem(self) -> bool:
        """Go to the next cell with an open problem, after the last to the first; false for none."""
        now = self.currentIndex()
        here = (now.row(), now.column()) if now.isValid() else (-1, -1)
        cells = list(self._problem_cells())
        if not cells:
            return False
        line, column = next((cell for cell in cells if cell > here), cells[0])
        self.be_at(line, column)
        return True

    def closeEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """After a cell was typed and Enter pressed, go to the next problem."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.next_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter lead to the next problem, and Delete empty a cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() is not QAbstractItemView.State.EditingState:
                self.next_problem()
            event.accept()  # or the wizard would go on; what is typed goes on by itself
        elif event.key() == Qt.Key.Key_Delete:
            self._empty()
        else:
            super().keyPressEvent(event)

    def _empty(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._mend.setData(index, "")

    def _problem_cells(self) -> Iterable[tuple[int, int]]:
        for line in range(self._mend.rowCount()):
            row = self._mend.row(line)
            for column in sorted({self._mend.column(one.field) for one in row.open_problems}):
                yield line, column


class _MarkingDelegate(StateDelegate):
    """Draws a line around a wrong cell, so that it is seen in a chosen row, too."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Leave out the style's own dotted line around the cell in hand."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell, then its mark; the cell in hand has a thicker line."""
        super().paint(painter, option, index)
        problem = index.data(PROBLEM_ROLE)
        in_hand = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not in_hand and not isinstance(problem, RowProblem):
            return
        painter.save()
        accent = QColor(current_look().palette.accent)
        painter.setPen(QPen(accent, 2) if in_hand else QPen(colour_of(problem), 1))
        box: QRect = option.rect
        painter.drawRect(box.adjusted(1, 1, -1, -1) if in_hand else box.adjusted(0, 0, -1, -1))
        painter.restore()
