"""Everything that was printed or written before: list at the left, preview beside."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.procedures.document_shelf import (
    DocumentLine,
    document_bytes,
    document_lines,
    would_replace,
)
from desktop.procedures.registration.papers import save_document
from desktop.procedures.viewing import copy_to_view
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.dialogs.printing import Printout, print_pdf
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import DOCUMENTS
from desktop.views.pages.documents.listing import (
    ALL,
    COLUMNS,
    FILTERS,
    counts,
    replacing_question,
    rounds_of,
    saved_sentence,
    state_sentence,
)
from desktop.views.pages.page import Page
from desktop.views.printer_choice import paper_of
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.pdf_preview import PdfPreview
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label

_SHARES = (6, 6)


class DocumentsPage(Page):
    """The shelf of documents; opened at a document's SHA-256 it shows that one."""

    CARD = DOCUMENTS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: tuple[DocumentLine, ...] = ()
        self._wanted_sha = ""
        self._shown: DocumentLine | None = None
        self._data = b""
        self.chips = Chips(FILTERS)
        self.chips.chosen.connect(lambda _kind: self._filter())
        self.rounds = QComboBox()
        self.rounds.setAccessibleName(tr("批次"))
        self.rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rounds.addItem(tr("全部批次"), ALL)
        self.rounds.activated.connect(lambda _place: self._filter())
        self.tools.addWidget(self.rounds)
        self.table = RecordTable(tr("文档"), COLUMNS, desk.memory, unit=tr("份"))
        self.table.leave_columns_out()
        self.table.say_when_empty(
            tr("还没有打印过材料，也没有导出过文件。"),
            tr("签字表、名册打印以后，都可以在这里再取出来。"),
        )
        self.table.current_changed.connect(self._look_at)
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._tell_selection())
        self.preview = PdfPreview(tr("文档预览"))
        self._instead = EmptyState(tr("请在左边选一份文档。"), "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._instead)
        self._stack.addWidget(self.preview)
        self._name = label(role="strong", wraps=True)
        self.print_button = button(tr("打印"), self._print, role="primary", drawing="print")
        self.save_button = button(tr("保存到文件夹"), self._save, drawing="export")
        self.open_button = button(tr("打开副本"), self._open)
        self._build()
        self._tell_document()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def open_at(self, argument: str) -> None:
        """Show one document at once, by its SHA-256."""
        self._wanted_sha = argument
        if argument:
            self.chips.choose(ALL)
            self.rounds.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.desk.run(
            lambda session, _progress: document_lines(session),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取文档"),
        )

    def _show(self, lines: tuple[DocumentLine, ...]) -> None:
        self._lines = lines
        numbers = counts(lines)
        self.chips.count(numbers)
        self.chips.offer([ALL, *(kind for kind, number in numbers.items() if number)])
        present = self.rounds.currentData()
        self.rounds.clear()
        self.rounds.addItem(tr("全部批次"), ALL)
        for id_, name in rounds_of(lines):
            self.rounds.addItem(name or id_, id_)
        self.rounds.setCurrentIndex(max(self.rounds.findData(present), 0))
        self.table.set_records(lines)
        self._filter()
        self.tell_state(state_sentence(lines))
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        for line in self._lines:
            if line.document.sha256 == self._wanted_sha:
                row = self.table.model.row_of(line)
                self.table.view.setCurrentIndex(self.table.model.index(row, 0))
                self._wanted_sha = ""
                return

    def _filter(self) -> None:
        kind, round_id = self.chips.current, self.rounds.currentData()
        self.table.want(
            lambda line: kind in (ALL, line.kind_title) and round_id in (ALL, line.document.round)
        )

    def _look_at(self, line: object) -> None:
        if not isinstance(line, DocumentLine) or line == self._shown:
            return
        self._shown, self._data = line, b""
        self.preview.clear()
        self._tell_document()
        sha256 = line.document.sha256
        self.desk.run(
            lambda session, _progress: document_bytes(session, sha256),
            partial(self._take, line),
            self.tell_failure,
            owner=self,
            title=tr("正在读取文档"),
        )

    def _take(self, line: DocumentLine, data: bytes) -> None:
        if line != self._shown:
            return  # another was chosen meanwhile
        self._data = data
        if line.is_pdf:
            self.preview.show_pdf(data)
        self._tell_document()

    def _tell_document(self) -> None:
        line = self._shown
        is_pdf = bool(line and line.is_pdf)
        self._name.setText(line.document.name if line else "")
        self._stack.setCurrentWidget(self.preview if is_pdf else self._instead)
        if line and not is_pdf:
            self._instead.say(
                tr("这是电子文件，不能在这里预览。"), tr("可以保存到文件夹，或者打开一份副本来看。")
            )
        self.print_button.setEnabled(is_pdf and bool(self._data))
        self.save_button.setEnabled(line is not None)
        self._tell_selection()
        self.open_button.setEnabled(line is not None)

    def _tell_selection(self) -> None:
        """Say on the button how many are saved."""
        count = len(self._chosen())
        self.save_button.setText(
            tr("保存这 {count} 份到文件夹", count=count) if count > 1 else tr("保存到文件夹")
        )

    def _print(self) -> None:
        if self._shown and self._data:
            document = self._shown.document
            print_pdf(
                self.desk,
                self,
                self._data,
                document.name,
                paper_of(document.kind),
                partial(self._printed, document.name),
                self.tell_failure,
            )

    def _printed(self, name: str, printout: Printout) -> None:
        copies = tr("，{copies} 份", copies=printout.copies) if printout.copies > 1 else ""
        self.tell_state(
            tr(
                "“{name}”的 {pages} 页已送到打印机“{printer}”{copies}。",
                name=name,
                pages=printout.pages,
                printer=printout.printer,
                copies=copies,
            )
        )

    def _chosen(self) -> list[DocumentLine]:
        """Return what is saved: what is selected, of one name the latest; else what is shown."""
        selected = self.table.selected
        if len(selected) > 1:
            latest: dict[str, DocumentLine] = {}
            for line in sorted(selected, key=lambda one: one.document.made_at, reverse=True):
                latest.setdefault(line.document.name, line)
            return list(latest.values())
        return [self._shown] if self._shown else []

    def _save(self) -> None:
        if chosen := self._chosen():
            asking.ask_for_folder(self, tr("保存到哪个文件夹"), partial(self._save_to, chosen))

    def _save_to(self, lines: Sequence[DocumentLine], folder: Path) -> None:
        self.desk.run(
            lambda session, _progress: [
                line for line in lines if would_replace(session, line.document, folder)
            ],
            partial(self._ask_and_write, lines, folder),
            self.tell_failure,
            owner=self,
            title=tr("正在保存文档"),
        )

    def _ask_and_write(
        self, lines: Sequence[DocumentLine], folder: Path, replaced: Sequence[DocumentLine]
    ) -> None:
        if replaced:
            question = replacing_question(replaced, folder)
            asking.ask_yes(self, question, tr("替换"), partial(self._write, lines, folder))
        else:
            self._write(lines, folder)

    def _write(self, lines: Sequence[DocumentLine], folder: Path) -> None:
        self.desk.run(
            lambda session, _progress: [
                save_document(session, line.document, folder) for line in lines
            ],
            lambda paths: self.tell_state(saved_sentence(paths, folder)),
            self.tell_failure,
            owner=self,
            title=tr("正在保存文档"),
        )

    def _open(self) -> None:
        if self._shown:
            document = self._shown.document
            self.desk.run(
                lambda session, _progress: copy_to_view(session, document.sha256, document.name),
                lambda path: asking.show_in_viewer(path),  # noqa: PLW0108 - tests replace it
                self.tell_failure,
                owner=self,
                title=tr("正在打开文档"),
            )

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        listed = QVBoxLayout(left)
        listed.setContentsMargins(0, 0, t.SMALL, 0)
        listed.setSpacing(t.SMALL)
        listed.addWidget(self.chips)
        listed.addWidget(self.table, 1)
        actions = QHBoxLayout()
        actions.setSpacing(t.SMALL)
        for one in (self.print_button, self.save_button, self.open_button):
            actions.addWidget(one)
        actions.addStretch()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(t.SMALL, 0, 0, 0)
        beside.setSpacing(t.SMALL)
        beside.addWidget(self._name)
        beside.addLayout(actions)
        beside.addWidget(self._stack, 1)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        for place, (side, share) in enumerate(zip((left, right), _SHARES, strict=True)):
            sides.addWidget(side)
            sides.setStretchFactor(place, share)
        self.body.addWidget(sides, 1)
