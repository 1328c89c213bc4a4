"""The pages of the merge desk: files dropped or chosen; a table of what each brings."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.procedures.exchange.merge_words import ToldFile, ToldMerge
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.sticks import Stick, files_on, sticks
from desktop.views.widgets.details import Details
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label, set_role
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.merge_desk.draft import ENDING, MergeDraft, with_files
from desktop.views.wizards.merge_desk.words import FILE_COLUMNS, file_parts
from desktop.views.wizards.stick_box import Offer, Seen, StickBox

_KINDS = tr("报送包 (*{ending});;所有文件 (*)", ending=ENDING)
_HINT = tr(
    "把报送包或整个文件夹拖到下面，也可以选择文件。可以一次放进很多份，同一份放几次也不要紧；"
    "下一步先核对真假、列出会发生什么，还不会改动任何内容。"
)


class FilesStep(StepPage[MergeDraft]):
    """Takes files and folders, dropped, chosen, or found on a stick."""

    def __init__(self, desk: Desk, found: Callable[[], Sequence[Stick]] = sticks) -> None:
        super().__init__()
        self.found = found
        self.box = StickBox(desk.runner, lambda: _seen(self.found()))
        self.box.looked.connect(self._keep)
        self.box.chosen.connect(self._take_from_stick)
        self._offers: tuple[Offer, ...] = ()
        self._files: tuple[Path, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("要收入的报送包"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._count = label(role="note")
        self._remove = button(tr("移除所选"), self.remove_selected, drawing="remove")
        self.setAcceptDrops(True)
        nothing = EmptyState(tr("把报送包拖到这里"), tr("也可以点“选择文件”，一次选很多份。"))
        set_role(nothing, "card")
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self.list)
        row = QHBoxLayout()
        self._choose_button = button(tr("选择文件…"), self._choose, drawing="folder")
        row.addWidget(self._choose_button)
        row.addWidget(self._remove)
        row.addStretch()
        row.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("收入哪些报送包？"), "heading", wraps=True))
        layout.addWidget(label(_HINT, "quiet", wraps=True))
        layout.addWidget(self.box)
        layout.addWidget(self._stack, 1)
        layout.addLayout(row)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins: to choose files, and once there are some, to go on."""
        return self.list if self._files else self._choose_button

    def add(self, paths: Sequence[Path]) -> None:
        """Take files or folders, as a person would drop them."""
        self._files = with_files(self._files, paths)
        self._show()
        self.begins_at.setFocus()
        self.changed.emit()

    def remove_selected(self) -> None:
        """Leave out the selected files."""
        gone = {item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()}
        self._files = tuple(path for path in self._files if str(path) not in gone)
        self._show()
        self.changed.emit()

    def show_draft(self, draft: MergeDraft) -> None:
        """Show the files so far, and look for sticks with bundles on them."""
        self._files = draft.files
        self._show()
        self.box.look()

    def take(self, draft: MergeDraft) -> MergeDraft:
        """Return the draft with the files; another choice of files has no plan yet."""
        if self._files == draft.files:
            return draft
        return replace(draft, files=self._files, plan=None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Accept files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the dropped files."""
        urls = event.mimeData().urls()
        self.add([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def _keep(self, seen: Seen) -> None:
        self._offers = seen.offers

    def _take_from_stick(self, path: str) -> None:
        self.add([file for offer in self._offers if offer.path == path for file in offer.files])

    def _choose(self) -> None:
        asking.ask_for_files(self, tr("选择报送包"), _KINDS, self.add)

    def _show(self) -> None:
        self.list.clear()
        for path in self._files:
            item = QListWidgetItem(path.name)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self.list.addItem(item)
        self._count.setText(tr("共 {count} 份", count=len(self._files)))
        self._stack.setCurrentIndex(1 if self._files else 0)
        self._remove.setEnabled(bool(self._files))


class BundlesStep(StepPage[MergeDraft]):
    """A table of files with what each brings, the details of the current one beside it."""

    def __init__(
        self,
        desk: Desk,
        question: str,
        shown: Callable[[MergeDraft], ToldMerge | None],
        sentences: Callable[[MergeDraft], Sequence[str]],
    ) -> None:
        super().__init__()
        self._shown, self._sentences = shown, sentences
        self._words = label(wraps=True)
        self.table = RecordTable(tr("报送包一览"), FILE_COLUMNS, desk.memory, unit=tr("份"))
        self.details = Details(tr("报送包的内容"), tr("选一份，这里会列出它带来什么。"))
        self.table.current_changed.connect(self._tell)
        beside = QHBoxLayout()
        beside.setSpacing(t.MEDIUM)
        beside.addWidget(self.table, 2)
        beside.addWidget(self.details, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(question, "heading", wraps=True))
        layout.addWidget(self._words)
        layout.addLayout(beside, 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    @property
    def words(self) -> str:
        """The sentences above the table."""
        return self._words.text()

    def show_draft(self, draft: MergeDraft) -> None:
        """Show what the files bring, what needs a look first."""
        told = self._shown(draft)
        self._words.setText("\n".join(self._sentences(draft)))
        files = sorted(told.files, key=_needs_a_look, reverse=True) if told else []
        self.table.set_records(files)
        if files:
            self.table.view.selectRow(0)

    def _tell(self, file: ToldFile | None) -> None:
        if file is None:
            self.details.say_nothing()
        else:
            self.details.tell(file_parts(file))


def _needs_a_look(file: ToldFile) -> int:
    if file.refusal:
        return 2
    return int(bool(file.bundle and file.bundle.needs_a_look))


def _seen(plugged_in: Sequence[Stick]) -> Seen:
    """Say which sticks have how many bundles; also that there is none."""
    if not plugged_in:
        return Seen(tr("没有找到U盘。请插好U盘，再点“重新查看”；也可以拖入或者选择文件。"))
    on_sticks = [(stick, tuple(files_on(stick, f"*{ENDING}"))) for stick in plugged_in]
    offers = tuple(
        Offer(
            str(stick.folder),
            tr("放进U盘“{name}”上的 {count} 份报送包", name=stick.name, count=len(files)),
            files=files,
        )
        for stick, files in on_sticks
        if files
    )
    names = "、".join(f"“{stick.name}”" for stick, files in on_sticks if not files)
    empty = tr("U盘{names}上没有报送包。", names=names) if names else ""
    return Seen(empty + (tr("点一下就放进来：") if offers else ""), offers)
