"""A step that collects scans and photos, each shown small."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.look.icons import icon
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import Problems, StepPage

_KINDS = tr("图片和扫描件 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf)")
_THUMBNAIL = 96


class EvidenceStep(StepPage[Any]):
    """The draft's ``files``: paths as texts."""

    def __init__(self, question: str, hint: str) -> None:
        super().__init__()
        self._files: tuple[str, ...] = ()
        size = current_look().px(_THUMBNAIL)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("证明材料"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setIconSize(QSize(size, size))
        self.list.setSpacing(t.SMALL)
        self.list.setWordWrap(True)
        self._count, self._problem = label(role="note"), label(role="problem", wraps=True)
        self._add = button(tr("添加图片或扫描件…"), self._browse, drawing="add")
        self._remove = button(tr("移除选中的"), self._drop, drawing="remove")
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._remove)
        row.addStretch()
        row.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(question, "heading", wraps=True))
        layout.addWidget(label(hint, "quiet", wraps=True))
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._problem)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins: where Enter goes on, for not everything needs evidence."""
        return self.list

    def attach(self, paths: Sequence[Path]) -> None:
        """Take files, as a person would; the same file twice counts once."""
        names = (*self._files, *(str(path) for path in paths))
        self._show(tuple(dict.fromkeys(names)))
        self.list.setFocus()
        self.changed.emit()

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any frozen draft
        """Show what is attached."""
        self._show(draft.files)

    def take(self, draft: Any) -> Any:  # noqa: ANN401 - any frozen draft
        """Return the draft with the files."""
        return replace(draft, files=self._files)

    def show_problems(self, problems: Problems) -> None:
        """Say what is missing."""
        self._problem.setText(problems.get("files", ""))
        self._problem.setVisible("files" in problems)

    def _show(self, files: tuple[str, ...]) -> None:
        self._files = files
        self.list.clear()
        for name in files:
            item = QListWidgetItem(_thumbnail(name), Path(name).name)
            item.setToolTip(name)
            self.list.addItem(item)
        self._count.setText(
            tr("共 {count} 个文件", count=len(files)) if files else tr("还没有附上文件")
        )
        self._remove.setEnabled(bool(files))

    def _browse(self) -> None:
        asking.ask_for_files(self, tr("选择证明材料"), _KINDS, self.attach)

    def _drop(self) -> None:
        gone = {self.list.row(item) for item in self.list.selectedItems()} or {len(self._files) - 1}
        self._show(tuple(name for n, name in enumerate(self._files) if n not in gone))
        self.changed.emit()


def _thumbnail(name: str) -> QIcon:
    """Return a file as a small picture; one that is none gets the drawing of a document."""
    reader = QImageReader(name)
    size = reader.size()
    if size.isValid():
        room = current_look().px(_THUMBNAIL)
        reader.setScaledSize(size.scaled(room, room, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if not image.isNull():
            return QIcon(QPixmap.fromImage(image))
    return icon("documents")
