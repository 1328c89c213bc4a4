"""The boxes at the foot of a sheet: who signed, when; ticked as on paper, saved with the marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.procedures.signing.recording_desk import SignOff
from desktop.procedures.signing.recording_drafts import BoxDraft
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.texts import label, renew_style


@dataclass(frozen=True, slots=True)
class Signed:
    """A box as it was filled in."""

    who: str
    title: str
    name: str
    date: str


def problem_of(box: Signed) -> str:
    """Return what is wrong with a filled box, "" where nothing is."""
    if not box.name:
        return tr("{title}要写姓名。", title=box.title)
    try:
        date.fromisoformat(box.date)
    except ValueError:
        return tr(
            "{title}的日期“{date}”不对，请写成 2026-09-20 这样。", title=box.title, date=box.date
        )
    return ""


class SignOffs(QWidget):
    """One line a box: a tick, a name, a date."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, SignOff] = {}
        self._ticks: dict[str, QCheckBox] = {}
        self._names: dict[str, QLineEdit] = {}
        self._dates: dict[str, QLineEdit] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(t.TIGHT)
        self._problem = label(role="problem", wraps=True)
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.TIGHT)
        layout.addLayout(self._grid)
        layout.addWidget(self._problem)

    def show_boxes(self, boxes: Sequence[SignOff], usual: Mapping[str, str], today: str) -> None:
        """Show the boxes of a sheet; an empty one offers the usual name and today's date."""
        if list(self._ticks) != [box.who for box in boxes]:
            for row, box in enumerate(boxes):
                self._add(row, box)
        for box in boxes:
            self._boxes[box.who] = box
            saved = bool(box.name and box.date)
            self._ticks[box.who].setEnabled(not saved)
            self._tick(box.who, ticked=saved)
            self._names[box.who].setText(box.name or usual.get(box.who, ""))
            self._dates[box.who].setText(box.date or today)
        self._tell({})

    @property
    def drafts(self) -> tuple[BoxDraft, ...]:
        """The filled boxes, as a draft keeps them."""
        return tuple(BoxDraft(box.who, box.name, box.date) for box in self.filled)

    def resume(self, boxes: Sequence[BoxDraft]) -> None:
        """Fill boxes in again as a draft kept them; what is saved meanwhile is no news."""
        for box in boxes:
            saved = self._boxes.get(box.who)
            if saved and (box.name, box.date) != (saved.name, saved.date):
                self._names[box.who].setText(box.name)
                self._dates[box.who].setText(box.date)
                self._tick(box.who, ticked=True)

    def saved(self, boxes: Sequence[Signed]) -> None:
        """Take boxes for saved, before the sheet is read again."""
        for box in boxes:
            self._boxes[box.who] = replace(self._boxes[box.who], name=box.name, date=box.date)

    def discard(self) -> None:
        """Take the ticks away from all that is not saved."""
        for box in self.filled:
            self._tick(box.who, ticked=False)

    @property
    def filled(self) -> tuple[Signed, ...]:
        """The ticked boxes that say something else than what is saved."""
        found = []
        for who, tick in self._ticks.items():
            box, name = self._boxes[who], self._names[who].text().strip()
            day = self._dates[who].text().strip()
            if tick.isChecked() and (name, day) != (box.name, box.date):
                found.append(Signed(who, box.title, name, day))
        return tuple(found)

    def check(self) -> bool:
        """Show what is wrong beside the boxes, and tell whether all is well."""
        problems = {box.who: problem for box in self.filled if (problem := problem_of(box))}
        self._tell(problems)
        return not problems

    def fill(self, who: str, name: str = "", day: str = "") -> None:
        """Tick a box, as a person would, with another name or date where told."""
        if name:
            self._names[who].setText(name)
        if day:
            self._dates[who].setText(day)
        self._ticks[who].setChecked(True)
        self.changed.emit()

    def _tick(self, who: str, *, ticked: bool) -> None:
        """Set a tick without a word."""
        tick = self._ticks[who]
        tick.blockSignals(True)
        tick.setChecked(ticked)
        tick.blockSignals(False)

    def _add(self, row: int, box: SignOff) -> None:
        tick = QCheckBox(box.title if box.required else tr("{title}（可以没有）", title=box.title))
        tick.setAccessibleName(
            tr("{title}已签", title=box.title) if box.who != "seal" else tr("已盖院部印章")
        )
        name, day = QLineEdit(), QLineEdit()
        name.setPlaceholderText(tr("姓名"))
        name.setAccessibleName(tr("{title}姓名", title=box.title))
        day.setPlaceholderText(tr("日期"))
        day.setAccessibleName(tr("{title}日期", title=box.title))
        for one in (name, day):
            one.textEdited.connect(lambda _text, tick=tick: tick.setChecked(True))
            one.textEdited.connect(self.changed)
        tick.toggled.connect(self.changed)
        self._grid.addWidget(tick, 2 * row, 0, 1, 2)
        self._grid.addWidget(name, 2 * row + 1, 0)
        self._grid.addWidget(day, 2 * row + 1, 1)
        self._ticks[box.who], self._names[box.who], self._dates[box.who] = tick, name, day

    def _tell(self, problems: Mapping[str, str]) -> None:
        self._problem.setText("\n".join(problems.values()))
        self._problem.setVisible(bool(problems))
        for who in self._ticks:
            for line in (self._names[who], self._dates[who]):
                line.setProperty("wrong", who in problems)
                renew_style(line)
