"""What lies on the sticks that are plugged in, each to be taken with one click."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.runner import Runner
from desktop.views.widgets.texts import button, label


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be taken: the path, and what it is in words.

    ``files`` are those that are meant where the path is a stick's.
    """

    path: str
    words: str
    usable: bool = True
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the sticks has brought: a sentence, and what is offered below it."""

    sentence: str
    offers: tuple[Offer, ...] = ()


class StickBox(QWidget):
    """Looks in the background; ``chosen`` hands on a path, ``looked`` all that was seen.

    ``find`` looks at the sticks; it runs on the worker thread.
    """

    chosen = Signal(str)
    looked = Signal(object)

    def __init__(self, runner: Runner, find: Callable[[], Seen]) -> None:
        super().__init__()
        self._runner, self._find = runner, find
        self._buttons: list[QPushButton] = []
        self._current = ""
        self._sentence = label(wraps=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(t.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        top = QHBoxLayout()
        top.addWidget(self._sentence, 1)
        top.addWidget(button(tr("重新查看"), self.look, drawing="refresh"))
        layout.addLayout(top)
        layout.addLayout(self._list)

    @property
    def offered(self) -> tuple[str, ...]:
        """What is offered, in words."""
        return tuple(made.text() for made in self._buttons)

    @property
    def sentence(self) -> str:
        """The sentence above."""
        return self._sentence.text()

    def take(self, words: str) -> None:
        """Take the first offer whose words begin so, as a person would click it."""
        next(made for made in self._buttons if made.text().startswith(words)).click()

    def look(self) -> None:
        """Look at the sticks again."""
        self._runner.run(
            lambda _progress: self._find(), self._show, owner=self, title=tr("正在查看U盘")
        )

    def mark(self, path: str) -> None:
        """Show which offer was taken, if any."""
        self._current = path
        for made in self._buttons:
            made.setChecked(made.property("path") == path)

    def _show(self, seen: Seen) -> None:
        for made in self._buttons:
            self._list.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._sentence.setText(seen.sentence)
        self._buttons = [self._button(offer) for offer in seen.offers]
        for made in self._buttons:
            self._list.addWidget(made)
        self.mark(self._current)
        self.looked.emit(seen)

    def _button(self, offer: Offer) -> QPushButton:
        made = button(offer.words, role="choice")
        made.setCheckable(True)
        made.setProperty("path", offer.path)
        made.setEnabled(offer.usable)
        # a long name is cut rather than the page made wider than the window
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setToolTip(offer.path)
        made.clicked.connect(lambda _checked=False: self._take(offer.path))
        return made

    def _take(self, path: str) -> None:
        self.mark(path)
        self.chosen.emit(path)
