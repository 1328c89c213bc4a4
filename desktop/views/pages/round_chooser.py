"""Choosing the round that a page is about; all pages remember the same one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.overview.overview import known_rounds
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.widgets.texts import label

_LARGE = 1.5


def of_procedure(*procedures: Procedure) -> Callable[[Round], bool]:
    """Return the wish for rounds of some procedures."""
    return lambda round_: round_.procedure in procedures


def led_by(kind: OfficeKind) -> Callable[[Round], bool]:
    """Return the wish for rounds that an office leads."""
    return lambda round_: round_.leader is kind


def likely_round(rounds: Sequence[Round], remembered: str) -> Round | None:
    """Return the round that somebody means who has not said: the remembered one, else the first.

    Rounds come with the one that is in hand before the others.
    """
    known = {round_.id: round_ for round_ in rounds if round_.id}
    return known.get(remembered) or next(iter(known.values()), None)


def every(_round: Round) -> bool:
    """Wish for every round."""
    return True


class RoundChooser(QWidget):
    """A list of rounds; ``chosen`` hands on the round, or None where there is none yet.

    ``wanted`` tells which rounds a page can do anything with: all, unless told otherwise.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, wanted: Callable[[Round], bool] = every) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = wanted
        self._rounds: tuple[Round, ...] = ()
        self._box = QComboBox()
        self._box.setAccessibleName(tr("批次"))
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._title = label(tr("批次"), "quiet")
        self._title.setBuddy(self._box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(self._title)
        layout.addWidget(self._box)
        self._box.activated.connect(self._choose)
        current_appearance().changed.connect(self._make_room)
        self._make_room()

    @property
    def current(self) -> Round | None:
        """The chosen round."""
        place = self._box.currentIndex()
        return self._rounds[place] if 0 <= place < len(self._rounds) else None

    def refresh(self) -> None:
        """Read the rounds; then ``chosen`` is told."""
        self._desk.read(
            lambda session, _progress: known_rounds(session),
            self._show,
            owner=self,
            title=tr("正在读取批次"),
        )

    def remember(self, round_id: str) -> None:
        """Let every page begin with a round, such as one that was just opened."""
        self._desk.memory.keep(REMEMBERED_ROUND, round_id)

    def _make_room(self) -> None:
        """Leave the word out where the text is large: names of rounds explain themselves."""
        self._title.setVisible(current_look().factor < _LARGE)

    def _show(self, rounds: tuple[Round, ...]) -> None:
        self._rounds = rounds = tuple(filter(self._wanted, rounds))
        self._box.clear()
        for round_ in rounds:
            self._box.addItem(
                round_.name if round_.open else tr("{name}（已结束）", name=round_.name)
            )
        if chosen := likely_round(rounds, self._desk.memory.text(REMEMBERED_ROUND)):
            self._box.setCurrentIndex(rounds.index(chosen))
        self.setVisible(bool(rounds))
        self.chosen.emit(self.current)

    def _choose(self) -> None:
        if self.current:
            self._desk.memory.keep(REMEMBERED_ROUND, self.current.id)
        self.chosen.emit(self.current)
