"""The step 选文件: choose or drop a file, and what there is to know of it before it is read."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.procedures.imports.column_mappings import forget_mapping
from desktop.procedures.imports.list_opening import OpenedList, kinds_to_choose, open_list
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.runner import Failure
from desktop.views.widgets.path_line import PathLine
from desktop.views.widgets.texts import button, label, renew_style
from desktop.views.wizards.frame import Problems, StepPage
from desktop.views.wizards.read_file.mending.acts import with_mend
from desktop.views.wizards.read_file.mending.draft import (
    MendDraft,
    draft_sentence,
    file_sentences,
    with_opened,
)

_FILES = tr("名单文件 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.tsv *.txt *.dbf *.zip);;所有文件 (*)")


class FileStep(StepPage[Any]):
    """Which file; as soon as it is chosen it is looked at, so that a wrong one is seen at once.

    Where ``asks_kind`` is false, the draft says which kind of list is wanted.
    """

    def __init__(self, desk: Desk, *, asks_kind: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self._mend = MendDraft()
        self._kinds = dict(kinds_to_choose(desk.kind))
        self.setAcceptDrops(True)
        self.path = PathLine()
        self.path.setAccessibleName(tr("名单文件"))
        self.path.setPlaceholderText(tr("把文件拖到这里，或者点“选择文件”"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("是哪种名单"))
        self.kind.addItem(tr("按栏目自动认"), "")
        for kind, title in self._kinds.items():
            self.kind.addItem(title, kind)
        self.goes_on = QCheckBox()
        self.asks_columns = QCheckBox(tr("读入以前，先看一看各栏认得对不对"))
        self.forget = button(tr("忘掉上次选的栏目，重新认"), self._forget, drawing="undo")
        self._problem = label(role="problem", wraps=True)
        self._known = label(wraps=True)
        self.path.editingFinished.connect(self._typed)
        self.path.dropped.connect(self._typed)
        self.kind.activated.connect(lambda _index: self._look())
        self.goes_on.toggled.connect(lambda _checked: self._set(mending=None))
        self.asks_columns.toggled.connect(lambda _checked: self._set(mending=None))
        self._build(asks_kind=asks_kind)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.path

    @property
    def words(self) -> str:
        """What is said of the file, or what is wrong with it."""
        return f"{self._problem.text()}{self._known.text()}"

    def fill(self, source: str, kind: str = "") -> None:
        """Choose a file, and its kind if it is said, as a person would."""
        self.path.setText(source)
        if kind:
            self.kind.setCurrentIndex(self.kind.findData(kind))
        self._look()

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any draft with a mend
        """Show the file, and what is known of it."""
        self._mend = draft.mend
        self.path.setText(self._mend.source)
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(max(self.kind.findData(self._mend.kind), 0))
        self._tell()

    def take(self, draft: Any) -> Any:  # noqa: ANN401
        """Return the draft with the file; one that was typed anew is not looked at yet."""
        source, kind = self.path.text().strip(), self.kind.currentData()
        if (source, kind) != (self._mend.source, self._mend.kind):
            self._mend = MendDraft(source=source, kind=kind)
        return with_mend(draft, self._mend)

    def show_problems(self, problems: Problems) -> None:
        """Show what is wrong below the file."""
        self._problem.setText(problems.get("source", ""))
        self._problem.setVisible("source" in problems)
        self.path.setProperty("wrong", "source" in problems)
        self.path.setAccessibleDescription(problems.get("source", ""))
        renew_style(self.path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files anywhere on the page."""
        self.path.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the first file."""
        self.path.dropEvent(event)

    def _build(self, *, asks_kind: bool) -> None:
        choose = QHBoxLayout()
        choose.addWidget(self.path, 1)
        choose.addWidget(button(tr("选择文件…"), self._browse, drawing="folder"))
        choose.addWidget(button(tr("选择文件夹…"), self._browse_folder, drawing="folder"))
        title, kind_title = label(tr("名单文件"), "strong"), label(tr("是哪种名单"), "strong")
        title.setBuddy(self.path)
        kind_title.setBuddy(self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("要读入哪个文件？"), "heading", wraps=True))
        layout.addWidget(
            label(
                tr(
                    "表格、CSV 和招生系统的 DBF 文件（单个、文件夹或压缩包）都可以，"
                    "原来的文件不作任何改动。"
                ),
                "quiet",
                wraps=True,
            )
        )
        layout.addSpacing(t.SMALL)
        layout.addWidget(title)
        layout.addLayout(choose)
        layout.addWidget(self._problem)
        layout.addWidget(kind_title)
        layout.addWidget(self.kind)
        for made in (kind_title, self.kind):
            made.setVisible(asks_kind)
        layout.addSpacing(t.SMALL)
        layout.addWidget(self._known)
        forget = QHBoxLayout()
        forget.addWidget(self.forget)
        forget.addStretch()
        layout.addLayout(forget)
        layout.addWidget(self.goes_on)
        layout.addWidget(self.asks_columns)
        layout.addStretch()
        self._problem.hide()

    def _browse(self) -> None:
        start = str(Path(self._mend.source).parent) if self._mend.source else ""
        asking.ask_for_file(self, tr("名单文件"), _FILES, self._chosen, start)

    def _browse_folder(self) -> None:
        asking.ask_for_folder(self, tr("放 DBF 文件的文件夹"), self._chosen)

    def _chosen(self, path: Path) -> None:
        self.path.setText(str(path))
        self._look()

    def _typed(self) -> None:
        if self.path.text().strip() != self._mend.source:
            self._look()

    def _look(self) -> None:
        """Look at the file in the background; what is wrong with it is said below it."""
        source, kind = self.path.text().strip(), self.kind.currentData()
        self._mend = MendDraft(source=source, kind=kind)
        self.show_problems({})
        self._tell()
        self.changed.emit()
        if not source or not Path(source).exists():
            return

        def found(opened: OpenedList) -> None:
            if (self._mend.source, self._mend.kind) == (source, kind):
                self._mend = with_opened(self._mend, opened)
                self._tell()
                self.changed.emit()

        def failed(failure: Failure) -> None:
            if not failure.cancelled and self._mend.source == source:
                self.show_problems({"source": f"{failure.what}{failure.todo}"})

        self._desk.run(
            lambda session, _progress: open_list(session, Path(source), kind),
            found,
            failed,
            owner=self,
            title=tr("正在查看文件"),
        )

    def _forget(self) -> None:
        """Forget what was said of the columns of such files, and look again."""
        opened = self._mend.opened
        if opened is None:
            return

        def act(session: Session, _progress: object) -> None:
            forget_mapping(session, opened.fingerprint)

        self._desk.run(act, lambda _none: self._look(), owner=self, title=tr("正在查看文件"))

    def _set(self, *, mending: None) -> None:
        """Take what was ticked; the list is read anew then."""
        self._mend = replace(
            self._mend,
            goes_on=self.goes_on.isChecked(),
            asks_columns=self.asks_columns.isChecked(),
            mending=mending,
        )
        self.asks_columns.setEnabled(not self._mend.continues)
        self.changed.emit()

    def _tell(self) -> None:
        """Say what is known of the file."""
        opened = self._mend.opened
        sentences = list(file_sentences(opened, self._kinds)) if opened else []
        self._known.setText("\n".join(sentences))
        self._known.setVisible(bool(sentences))
        self.forget.setVisible(opened is not None and opened.remembered is not None)
        kept = draft_sentence(opened) if opened else ""
        for box, text, checked in (
            (self.goes_on, kept, self._mend.goes_on),
            (self.asks_columns, self.asks_columns.text(), self._mend.asks_columns),
        ):
            with QSignalBlocker(box):
                box.setText(text)
                box.setChecked(checked)
        self.goes_on.setVisible(bool(kept))
        self.asks_columns.setVisible(opened is not None and not opened.is_unclear)
        self.asks_columns.setEnabled(not self._mend.continues)
