"""Where a file goes: the sticks that are plugged in by name and room, or any folder."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.runner import Runner
from desktop.views.sticks import Stick, sticks
from desktop.views.widgets.texts import button, label, renew_style
from desktop.views.wizards.frame import Problems, StepPage
from desktop.views.wizards.stick_box import Offer, Seen, StickBox

_NO_STICK = tr("没有找到U盘。请插好U盘，再点“重新查看”；也可以选择一个文件夹。")
_STICKS = tr("点一下要用的U盘，或者选择一个文件夹：")


class PlaceStep(StepPage[Any]):
    """Takes a folder into the draft, as its attribute ``name``. A single stick is chosen by itself.

    Attributes:
        found: returns the sticks that are plugged in.
    """

    def __init__(
        self,
        runner: Runner,
        question: str,
        hint: Callable[[Any], str],
        found: Callable[[], Sequence[Stick]] = sticks,
        *,
        name: str = "folder",
    ) -> None:
        super().__init__()
        self._hint_of, self._name, self.found = hint, name, found
        self.box = StickBox(runner, lambda: _seen(self.found()))
        self._hint = label(role="quiet", wraps=True)
        self._line = QLineEdit()
        self._line.setAccessibleName(tr("写到哪里"))
        self._line.textEdited.connect(self.changed)
        self._problem = label(role="problem", wraps=True)
        self._problem.hide()
        self.box.chosen.connect(self.fill)
        self.box.looked.connect(self._take_the_only_one)
        self._build(question)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self._line

    def fill(self, folder: str) -> None:
        """Take a folder, as a person would choose it."""
        self._line.setText(folder)
        self.box.mark(folder)
        self.changed.emit()

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any frozen draft
        """Show where it goes so far, and look for sticks."""
        self._hint.setText(self._hint_of(draft))
        self._hint.setVisible(bool(self._hint.text()))
        self._line.setText(str(getattr(draft, self._name)))
        self.box.mark(self._line.text())
        self.box.look()

    def take(self, draft: Any) -> Any:  # noqa: ANN401 - any frozen draft
        """Return the draft with the folder."""
        return replace(draft, **{self._name: self._line.text().strip()})

    def show_problems(self, problems: Problems) -> None:
        """Say below the line what is wrong with it."""
        text = problems.get(self._name, "")
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._line.setProperty("wrong", bool(text))
        self._line.setAccessibleDescription(text)
        renew_style(self._line)

    def _take_the_only_one(self, seen: Seen) -> None:
        usable = [offer for offer in seen.offers if offer.usable]
        if len(usable) == 1 and not self._line.text():
            self.fill(usable[0].path)

    def _choose(self) -> None:
        asking.ask_for_folder(self, tr("写到哪里"), lambda path: self.fill(str(path)))

    def _build(self, question: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(question, "heading", wraps=True))
        layout.addWidget(self._hint)
        layout.addSpacing(t.SMALL)
        layout.addWidget(self.box)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(button(tr("选择文件夹…"), self._choose, drawing="folder"))
        layout.addSpacing(t.SMALL)
        layout.addWidget(label(tr("写到哪里"), "strong"))
        layout.addLayout(row)
        layout.addWidget(self._problem)
        layout.addStretch()


def _seen(found: Sequence[Stick]) -> Seen:
    offers = tuple(
        Offer(str(stick.folder), stick.words, usable=not stick.read_only) for stick in found
    )
    return Seen(_STICKS if found else _NO_STICK, offers)


def place_problems(folder: str) -> dict[str, str]:
    """Return what is wrong with a place; whether it can be written shows when it is written."""
    if not folder:
        return {"folder": tr("请选择U盘或文件夹。")}
    return {} if Path(folder).is_absolute() else {"folder": tr("请选择一个完整的位置，例如 E:/。")}
