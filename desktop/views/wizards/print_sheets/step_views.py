"""The pages of the wizard that are more than a form: classes, preview, print or save."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.procedures.registration.papers import save_document
from desktop.procedures.signing.signing_desk import ClassLine
from desktop.views.desk import Desk
from desktop.views.dialogs import asking, printing
from desktop.views.dialogs.printing import Printout
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.signing import words
from desktop.views.printer_choice import Paper
from desktop.views.runner import Failure
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.error_panel import ErrorPanel
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.pdf_preview import PdfPreview
from desktop.views.widgets.pick_table import PickTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.print_sheets.draft import (
    PrintDraft,
    picked_sentence,
    preview_sentence,
    teachers_missing,
    what_next,
)

_COLUMNS: tuple[Column[ClassLine], ...] = (
    Column(tr("班级"), lambda c: c.group.name, width=13),
    Column(tr("班主任"), lambda c: c.group.class_teacher or tr("没有填"), width=7),
    Column(tr("人数"), lambda c: str(c.standing.students), align=Align.RIGHT, width=4),
    Column(tr("上次打印"), words.printed_at, width=11),
    Column(
        tr("要打印"), lambda c: tr("{count} 人", count=len(c.unprinted)), align=Align.RIGHT, width=5
    ),
    Column(tr("下一步"), lambda c: c.next.words, width=14),
)


class ClassesStep(StepPage[PrintDraft]):
    """Which classes; below, what changed of the current one since its last print."""

    def __init__(self) -> None:
        super().__init__()
        self.table = PickTable(
            tr("要打印的班级"), _COLUMNS, lambda line: line.group.id, unit=tr("个班")
        )
        self.table.picked_changed.connect(self.changed)
        self.table.current_changed.connect(self._tell)
        self._changes = label(wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("打印哪些班的签字表？"), "heading", wraps=True))
        self._picked = label(role="quiet", wraps=True)
        layout.addWidget(self._picked)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._changes)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    @property
    def changes_text(self) -> str:
        """What is said about the current class."""
        return self._changes.text()

    def show_draft(self, draft: PrintDraft) -> None:
        """Show the classes with their ticks."""
        self._picked.setText(picked_sentence(draft))
        self.table.show_records(draft.lines, draft.classes)

    def take(self, draft: PrintDraft) -> PrintDraft:
        """Return the draft with the ticked classes."""
        return replace(draft, classes=self.table.picked)

    def _tell(self, line: ClassLine | None) -> None:
        self._changes.setText(_since_last_print(line) if line else "")


def _since_last_print(line: ClassLine) -> str:
    """Say what changed of a class since its last print."""
    if not line.standing.ever_printed:
        return tr("{name}还没有打印过。", name=line.group.name)
    if told := words.changes(line):
        return tr("{name}，打印以后的变动：\n", name=line.group.name) + "\n".join(told)
    return tr("{name}上次打印以后没有变动。", name=line.group.name)


class PreviewStep(StepPage[PrintDraft]):
    """The exact pages."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = label(role="heading", wraps=True)
        self._teachers = label(role="quiet", wraps=True)
        self.preview = PdfPreview(tr("签字表预览"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(self._sentence)
        layout.addWidget(self._teachers)
        layout.addWidget(self.preview, 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.preview

    def show_draft(self, draft: PrintDraft) -> None:
        """Show what will be printed."""
        self._sentence.setText(preview_sentence(draft))
        self._teachers.setText(teachers_missing(draft))
        self._teachers.setVisible(bool(teachers_missing(draft)))
        if draft.made:
            self.preview.show_pdf(draft.made.pdf)


class OutputStep(StepPage[PrintDraft]):
    """Print, save, as often as wanted; what was done is said below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._draft: PrintDraft | None = None
        self.errors = ErrorPanel()
        self.print = button(tr("打印…"), self._print, role="primary", drawing="print")
        self.save = button(tr("另存为PDF…"), self._save, drawing="folder")
        self._done = label(role="strong", wraps=True)
        self._next = label(wraps=True)
        tools = FlowLayout()
        tools.addWidget(self.print)
        tools.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.MEDIUM)
        layout.addWidget(label(tr("现在打印，或者存到U盘上再打印"), "heading", wraps=True))
        layout.addLayout(tools)
        layout.addWidget(self.errors)
        layout.addWidget(self._done)
        layout.addWidget(self._next)
        layout.addStretch()

    @property
    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins: to print; after that Enter ends the wizard."""
        return None if self._done.text() else self.print

    @property
    def next_text(self) -> str:
        """What was made and what comes next, in words."""
        return self._next.text()

    @property
    def done_text(self) -> str:
        """What was printed or saved, in words."""
        return self._done.text()

    def show_draft(self, draft: PrintDraft) -> None:
        """Say what was made and what comes next."""
        self._draft = draft
        self._next.setText("\n".join(what_next(draft)))

    def take(self, draft: PrintDraft) -> PrintDraft:
        """Return the draft with whether anything was printed or saved."""
        return replace(draft, put_out=bool(self._done.text()))

    def _print(self) -> None:
        if self._draft and self._draft.made:
            made = self._draft.made
            self.errors.dismiss()
            printing.print_pdf(
                self._desk,
                self,
                made.pdf,
                made.document.name,
                Paper.SHEETS,
                self._printed,
                self._failed,
            )

    def _save(self) -> None:
        asking.ask_for_folder(self, tr("存到哪个文件夹"), self._save_in)

    def _save_in(self, folder: Path) -> None:
        if self._draft and self._draft.made:
            document = self._draft.made.document
            self.errors.dismiss()
            self._desk.run(
                lambda session, _progress: save_document(session, document, folder),
                lambda path: self._said(tr("已存为 {path}。", path=path)),
                self._failed,
                owner=self,
                title=tr("正在另存签字表"),
            )

    def _printed(self, out: Printout) -> None:
        copies = tr("，每页 {copies} 份", copies=out.copies) if out.copies > 1 else ""
        self._said(
            tr(
                "已把 {pages} 页交给打印机“{printer}”{copies}。请核对纸张是否打全。",
                pages=out.pages,
                printer=out.printer,
                copies=copies,
            )
        )

    def _said(self, sentence: str) -> None:
        before = self._done.text()
        self._done.setText(f"{before}\n{sentence}" if before else sentence)
        self.setFocus()

    def _failed(self, failure: Failure) -> None:
        if not failure.cancelled:
            self.errors.tell(failure)
