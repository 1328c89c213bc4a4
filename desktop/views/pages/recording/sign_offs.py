"""The boxes at the foot of a sheet: who signed, when; ticked as on paper, saved with the marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.procedures.recording_desk import SignOff
from desktop.procedures.recording_drafts import Box
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
        return f"{box.title}要写姓名。"
    try:
        date.fromisoformat(box.date)
    except ValueError:
        return f"{box.title}的日期“{box.date}”不对，请写成 2026-09-20 这样。"
    return ""


class SignOffs(QWidget):
    """One line a box: a tick, a name, a date."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, SignOff] = {}
        self._usual: Mapping[str, str] = {}
        self._today = ""
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

    def show_boxes(
        self,
        boxes: Sequence[SignOff],
        usual: Mapping[str, str],
        today: str,
        unsaved: Sequence[Box] = (),
    ) -> None:
        """Show the boxes of a sheet, with what was ticked and not saved.

        An empty one offers the usual name and today's date.
        """
        if list(self._ticks) != [box.who for box in boxes]:
            for row, box in enumerate(boxes):
                self._add(row, box)
        self._boxes = {box.who: box for box in boxes}
        self._usual, self._today = usual, today
        self.discard()
        for one in unsaved:
            found = self._boxes.get(one.who)
            if found and (one.name, one.date) != (found.name, found.date):
                self._write(one.who, one.name, one.date, ticked=True)
        self._tell({})

    def discard(self) -> None:
        """Show what is saved, and nothing else."""
        for who, box in self._boxes.items():
            self._write(
                who,
                box.name or self._usual.get(who, ""),
                box.date or self._today,
                ticked=bool(box.name and box.date),
            )
            self._ticks[who].setEnabled(not self._ticks[who].isChecked())

    def take_as_saved(self, saved: Sequence[Signed]) -> None:
        """Remember what was saved; what was typed meanwhile stays unsaved."""
        for one in saved:
            self._boxes[one.who] = replace(self._boxes[one.who], name=one.name, date=one.date)

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

    @property
    def unsaved(self) -> tuple[Box, ...]:
        """The ticked boxes that are not saved, as they are kept in a draft."""
        return tuple(Box(one.who, one.name, one.date) for one in self.filled)

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

    def _write(self, who: str, name: str, day: str, *, ticked: bool) -> None:
        """Fill a box in without telling anybody."""
        self._names[who].setText(name)
        self._dates[who].setText(day)
        tick = self._ticks[who]
        tick.blockSignals(True)
        tick.setChecked(ticked)
        tick.blockSignals(False)

    def _add(self, row: int, box: SignOff) -> None:
        tick = QCheckBox(box.title if box.required else f"{box.title}（可以没有）")
        tick.setAccessibleName(f"{box.title}已签" if box.who != "seal" else "已盖院部印章")
        name, day = QLineEdit(), QLineEdit()
        name.setPlaceholderText("姓名")
        name.setAccessibleName(f"{box.title}姓名")
        day.setPlaceholderText("日期")
        day.setAccessibleName(f"{box.title}日期")
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
