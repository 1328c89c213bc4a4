"""The table of records: sorts, filters, copies for Excel, remembers its columns, counts below."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.memory import Memory
from desktop.views.table_models.clipboard import rows_as_mime
from desktop.views.table_models.column_widths import fitted, left_out
from desktop.views.table_models.columns import Column
from desktop.views.table_models.records import RecordModel
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.state_delegate import StateDelegate
from desktop.views.widgets.texts import label

R = TypeVar("R")
_NO_MATCH = (tr("没有符合条件的记录。"), tr("请减少筛选条件，或者换一个词查找。"))


class RecordTable(QWidget, Generic[R]):
    """A table over records; ``activated`` and ``current_changed`` hand on a record."""

    activated = Signal(object)
    current_changed = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[R]],
        memory: Memory,
        *,
        unit: str = tr("人"),
        searched: Callable[[R], str] | None = None,
        dense: bool = False,
    ) -> None:
        super().__init__()
        self._name, self._memory, self._unit, self._dense = name, memory, unit, dense
        self.model = RecordModel[R](columns, searched, self)
        self.view = _View(self.copy, self._lay_out)
        self._header = _Header(self.view)
        self._laying_out = self._may_leave_out = False
        self._count = label(role="note")
        self._empty = EmptyState(parent=self)  # or it would come up as a window of its own
        self._empty_words = (tr("这里还没有记录。"), "")
        self._build()
        self._recall()
        current_appearance().changed.connect(self._measure)

    def say_when_empty(self, what: str, todo: str) -> None:
        """Set the sentences for an empty table: why, and what to do next."""
        self._empty_words = (what, todo)
        self._tell()

    def set_records(self, records: Sequence[R]) -> None:
        """Show records; the current one stays current if it is still there."""
        self._keeping(lambda: self.model.set_records(records))
        self._lay_out()

    def leave_columns_out(self) -> None:
        """Let columns give way where there is little room: what they say stands beside, too."""
        self._may_leave_out = True
        self._lay_out()

    def fit_columns(self) -> None:
        """Fit the columns to what is in sight now, unless a person has given them others."""
        self._lay_out()

    def search(self, words: str) -> None:
        """Show only records that contain each of the words."""
        self._keeping(lambda: self.model.search(words))

    def want(self, wanted: Callable[[R], bool] | None) -> None:
        """Show only records that fulfil a condition."""
        self._keeping(lambda: self.model.want(wanted))

    @property
    def current(self) -> R | None:
        """The current record."""
        index = self.view.currentIndex()
        return self.model.record(index.row()) if index.isValid() else None

    def begin(self) -> None:
        """Let the keyboard go on here, from a line that searches: at the first row, if at none."""
        if self.current is None and self.model.rowCount():
            self.view.selectRow(0)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def selected(self) -> list[R]:
        """The selected records, as they stand."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.record(row) for row in rows]

    def choose(self, record: R) -> None:
        """Make a record in sight the current one."""
        if (row := self.model.row_of(record)) >= 0:
            self.view.selectRow(row)

    @property
    def records(self) -> list[R]:
        """The records in sight, as they stand."""
        return [self.model.record(row) for row in range(self.model.rowCount())]

    @property
    def count_text(self) -> str:
        """The sentence below the table."""
        return self._count.text()

    def copy(self) -> None:
        """Copy the selected rows, or all in sight when none is selected."""
        records = self.selected or [self.model.record(n) for n in range(self.model.rowCount())]
        header = self._header
        seen = sorted(range(len(self.model.columns)), key=header.visualIndex)
        columns = [self.model.columns[n] for n in seen if not header.isSectionHidden(n)]
        QGuiApplication.clipboard().setMimeData(rows_as_mime(columns, records))

    def _build(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(_ElidingDelegate(view))
        view.setAccessibleName(self._name)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self._header
        view.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(0)  # widths are measured at the rows in sight alone
        header.setStretchLastSection(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        view.setSortingEnabled(True)
        view.activated.connect(lambda index: self.activated.emit(self.model.record(index.row())))
        view.selectionModel().currentRowChanged.connect(self._tell_current)
        stack = QStackedLayout()
        stack.setStackingMode(QStackedLayout.StackingMode.StackAll)
        stack.addWidget(self._empty)
        stack.addWidget(view)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.TIGHT)
        layout.addLayout(stack, 1)
        layout.addWidget(self._count)
        self.setFocusProxy(view)
        self._measure()
        self._tell()

    def _measure(self) -> None:
        look = current_look()
        dense = self._dense or look.large
        height = look.px(t.DENSE_ROW_HEIGHT) if dense else look.row_height
        self.view.verticalHeader().setDefaultSectionSize(height)
        self._header.setFixedHeight(height if look.large else look.row_height)
        self.view.setIconSize(self.view.iconSize())
        self._lay_out()

    def _lay_out(self) -> None:
        """Give the columns their widths, unless a person has given them others."""
        if self._laying_out:
            return
        self._laying_out = True
        self._fit(widths_too=not self._memory.text(self._given))
        self._laying_out = False

    def _fit(self, *, widths_too: bool) -> None:
        """Leave columns out that do not fit, where that is allowed; give the others widths."""
        columns, character = self.model.columns, current_look().px(t.BODY)
        self._header.setMinimumSectionSize(character)  # Qt's own is more than short titles take
        wishes = [column.width * character + 2 * t.SMALL for column in columns]
        needs = [self._needed(place) for place in range(len(columns))]
        elastic = [column.may_be_cut for column in columns]
        room, kept = self.view.viewport().width(), [c.state is not None for c in columns]
        out = left_out(wishes, needs, room, elastic, kept) if self._may_leave_out else frozenset()
        for place in range(len(columns)):
            self.view.setColumnHidden(place, place in out)
        stay = [place for place in range(len(columns)) if place not in out]
        widths = fitted(
            [wishes[n] for n in stay], [needs[n] for n in stay], room, [elastic[n] for n in stay]
        )
        for place, width in zip(stay, widths, strict=True):
            if widths_too:
                self.view.setColumnWidth(place, width)

    def _needed(self, place: int) -> int:
        """Return what a column takes that shows its title and its texts in sight whole."""
        header = self._header
        bold = header.font()
        bold.setBold(True)
        title = QFontMetrics(bold).horizontalAdvance(self.model.columns[place].title)
        return max(self.view.sizeHintForColumn(place), title + 2 * t.SMALL + 1)

    @property
    def _place(self) -> str:
        """Where widths are kept: those of a table that had more or fewer columns fit no more."""
        return f"columns/{self._name}/{len(self.model.columns)}"

    @property
    def _given(self) -> str:
        """Where it is kept that a person has given widths: who sorts or moves has not."""
        return f"{self._place}/given"

    def _recall(self) -> None:
        header, state = self._header, self._memory.state(self._place)
        if not state.isEmpty():
            header.restoreState(state)
        header.sectionMoved.connect(self._keep)
        header.sectionResized.connect(lambda *_: self._keep_width())
        header.sortIndicatorChanged.connect(self._keep)

    def _keep_width(self) -> None:
        """Keep a width that a person gave, not one that the room gave."""
        if self._header.held and not self._laying_out:
            self._memory.keep(self._given, "given")
            self._keep()

    def _keep(self) -> None:
        if self.isVisible():
            self._memory.keep(self._place, self._header.saveState())

    def _keeping(self, change: Callable[[], None]) -> None:
        """Change what is shown, and make the current record current again."""
        before = self.current
        change()
        self._tell()
        row = self.model.row_of(before) if before is not None else -1
        if row >= 0:
            self.view.selectRow(row)
        elif before is not None:  # a model that is reset does not say so itself
            self.current_changed.emit(None)

    def _tell(self) -> None:
        total, shown = self.model.total, self.model.rowCount()
        text = tr("共 {total:,} {unit}", total=total, unit=self._unit)
        self._count.setText(
            text
            if shown == total
            else tr("{text}，筛选出 {shown:,} {unit}", text=text, shown=shown, unit=self._unit)
        )
        self._empty.say(*(_NO_MATCH if total else self._empty_words))
        self._empty.setVisible(not shown)
        if not shown:
            self._empty.raise_()

    def _tell_current(self, index: QModelIndex) -> None:
        self.current_changed.emit(self.model.record(index.row()) if index.isValid() else None)


class _View(QTableView):
    """A table view that copies rows in the program's own way, and tells when its room changes."""

    def __init__(self, copy: Callable[[], None], lay_out: Callable[[], None]) -> None:
        super().__init__()
        self._copy, self._lay_out = copy, lay_out

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the columns fit the room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy whole rows where Qt would copy one cell."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)


class _Header(QHeaderView):
    """A header that knows whether a person has hold of it; else it is Qt that changes widths."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.held = False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Notice who takes hold."""
        self.held = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Notice who lets a column fit its texts."""
        self.held = True
        super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Notice who lets go."""
        super().mouseReleaseEvent(event)
        self.held = False


class _ElidingDelegate(StateDelegate):
    """Shows the whole text as a tip where it did not fit."""

    def helpEvent(  # noqa: N802 - Qt's name
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show a tip only where the text is elided."""
        text = str(index.data() or "")
        width = option.rect.width() - 2 * t.SMALL
        if view.fontMetrics().horizontalAdvance(text) > width:
            QToolTip.showText(event.globalPos(), text, view)
            return True
        return super().helpEvent(event, view, option, index)
