"""Where a file goes: the sticks that are plugged in by name and room, or any folder."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.sticks import Stick, sticks
from desktop.views.widgets.texts import button, label, renew_style
from desktop.views.wizards.frame import Problems, StepPage

_NO_STICK = tr("没有找到U盘。请插好U盘，再点“重新查看”；也可以选择一个文件夹。")
_STICKS = tr("点一下要用的U盘，或者选择一个文件夹：")


class PlaceStep(StepPage[Any]):
    """Takes the draft's ``folder``. A single stick is chosen by itself.

    Attributes:
        found: returns the sticks that are plugged in.
    """

    def __init__(
        self,
        desk: Desk,
        question: str,
        hint: Callable[[Any], str],
        found: Callable[[], Sequence[Stick]] = sticks,
    ) -> None:
        super().__init__()
        self._desk, self._hint_of, self.found = desk, hint, found
        self._buttons: list[QPushButton] = []
        self._hint = label(role="quiet", wraps=True)
        self._sentence = label(wraps=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(t.SMALL)
        self._line = QLineEdit()
        self._line.setAccessibleName(tr("写到哪里"))
        self._line.textEdited.connect(self.changed)
        self._problem = label(role="problem", wraps=True)
        self._problem.hide()
        self._build(question)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self._line

    @property
    def offered(self) -> tuple[str, ...]:
        """The sticks in sight, in words."""
        return tuple(made.text() for made in self._buttons)

    @property
    def sentence(self) -> str:
        """The sentence above the sticks."""
        return self._sentence.text()

    def fill(self, folder: str) -> None:
        """Take a folder, as a person would choose it."""
        self._line.setText(folder)
        self._mark()
        self.changed.emit()

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any frozen draft
        """Show where it goes so far, and look for sticks."""
        self._hint.setText(self._hint_of(draft))
        self._hint.setVisible(bool(self._hint.text()))
        self._line.setText(str(draft.folder))
        self.look()

    def take(self, draft: Any) -> Any:  # noqa: ANN401 - any frozen draft
        """Return the draft with the folder."""
        return replace(draft, folder=self._line.text().strip())

    def show_problems(self, problems: Problems) -> None:
        """Say below the line what is wrong with it."""
        text = problems.get("folder", "")
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._line.setProperty("wrong", bool(text))
        self._line.setAccessibleDescription(text)
        renew_style(self._line)

    def look(self) -> None:
        """Look which sticks are plugged in."""
        self._desk.run(
            lambda _session, _progress: tuple(self.found()),
            self._show,
            owner=self,
            title=tr("正在查看U盘"),
        )

    def _show(self, found: Sequence[Stick]) -> None:
        for made in self._buttons:
            self._list.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._buttons = []
        self._sentence.setText(_STICKS if found else _NO_STICK)
        for stick in found:
            made = button(stick.words, role="choice")
            made.setCheckable(True)
            made.setProperty("folder", str(stick.folder))
            made.setEnabled(not stick.read_only)
            made.clicked.connect(lambda _checked=False, at=str(stick.folder): self.fill(at))
            self._list.addWidget(made)
            self._buttons.append(made)
        usable = [stick for stick in found if not stick.read_only]
        if len(usable) == 1 and not self._line.text():
            self.fill(str(usable[0].folder))
        self._mark()

    def _mark(self) -> None:
        for made in self._buttons:
            made.setChecked(made.property("folder") == self._line.text())

    def _choose(self) -> None:
        asking.ask_for_folder(self, tr("写到哪里"), lambda path: self.fill(str(path)))

    def _build(self, question: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(question, "heading", wraps=True))
        layout.addWidget(self._hint)
        layout.addSpacing(t.SMALL)
        top = QHBoxLayout()
        top.addWidget(self._sentence, 1)
        top.addWidget(button(tr("重新查看"), self.look, drawing="refresh"))
        layout.addLayout(top)
        holder = QWidget()
        holder.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(holder)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(button(tr("选择文件夹…"), self._choose, drawing="folder"))
        layout.addSpacing(t.SMALL)
        layout.addWidget(label(tr("写到哪里"), "strong"))
        layout.addLayout(row)
        layout.addWidget(self._problem)
        layout.addStretch()


def place_problems(folder: str) -> dict[str, str]:
    """Return what is wrong with a place; whether it can be written shows when it is written."""
    if not folder:
        return {"folder": tr("请选择U盘或文件夹。")}
    return {} if Path(folder).is_absolute() else {"folder": tr("请选择一个完整的位置，例如 E:/。")}
