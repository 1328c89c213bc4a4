"""The board: rows × steps; headers stay in sight; keyboard and click lead on from a cell."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.look.states import paint_state
from desktop.views.table_models.board import CELL_ROLE, Board, BoardModel, Cell

_SHAPE = 14
_STEP_WIDTH = 104
_TITLE_WIDTHS = (120, 280)


class BoardView(QTableView):
    """Shows a board; ``chosen`` hands on the row's id and the step when a cell is activated."""

    chosen = Signal(str, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = BoardModel()
        self.setModel(self._model)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._corner = QLabel(self)
        self._corner.setProperty("role", "strong")
        self._corner.setIndent(t.SMALL)
        self._corner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._choose)
        current_appearance().changed.connect(self._measure)
        self._measure()

    @property
    def board(self) -> Board:
        """The board in sight."""
        return self._model.board

    def show_board(self, board: Board) -> None:
        """Show a board; the current cell stays where it was."""
        place = self.currentIndex()
        row, step = place.row(), place.column()
        self._model.set_board(board)
        self._corner.setText(board.corner)
        self._measure()
        if board.rows:
            self.setCurrentIndex(
                self._model.index(min(max(row, 0), len(board.rows) - 1), max(step, 0))
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter lead where a click leads."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the corner's title in its corner."""
        super().resizeEvent(event)
        self._place_corner()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.board.rows[index.row()].id, index.column())

    def _measure(self) -> None:
        look, metrics = current_look(), self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.horizontalHeader().setFixedHeight(look.px(t.ROW_HEIGHT) + t.TIGHT)
        titles = [row.title for row in self.board.rows] + [self.board.corner]
        widest = max((metrics.horizontalAdvance(title) for title in titles), default=0)
        low, high = (look.px(width) for width in _TITLE_WIDTHS)
        self.verticalHeader().setFixedWidth(min(max(widest + 3 * t.LARGE, low), high))
        for step, title in enumerate(self.board.steps):
            wide = metrics.horizontalAdvance(title) * 5 // 4 + 2 * t.LARGE
            self.setColumnWidth(step, max(look.px(_STEP_WIDTH), wide))
        self._place_corner()

    def _place_corner(self) -> None:
        self._corner.setGeometry(
            1, 1, self.verticalHeader().width(), self.horizontalHeader().height()
        )


class _CellDelegate(QStyledItemDelegate):
    """Paints a cell: the shape of its state, then its text."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        look = current_look()
        palette = look.palette
        box, state = option.rect, option.state
        painter.save()
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if state & QStyle.StateFlag.State_Selected and focused:
            painter.fillRect(box, QColor(palette.chosen))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(palette.raised))
        cell = cast("Cell", index.data(CELL_ROLE))
        left = box.left() + t.SMALL
        if cell.state is not None:
            size = look.px(_SHAPE)
            shape = QRectF(left, box.center().y() - size / 2 + 1, size, size)
            paint_state(painter, shape, cell.state, palette)
            left += size + t.SMALL
        painter.setPen(QColor(palette.text if cell.state else palette.quiet))
        room = box.adjusted(left - box.left(), 0, -t.TIGHT, 0)
        text = painter.fontMetrics().elidedText(
            cell.text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
