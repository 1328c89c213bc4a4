"""The step 认栏目: every column with some of its values, and what it is."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from desktop.domain.list_shapes import FieldChoice, SeenSheet
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.states import State
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.read_file.mending.acts import with_mend
from desktop.views.wizards.read_file.mending.draft import (
    Chosen,
    MendDraft,
    chosen_at_first,
    key_of,
    listed_sheets,
    with_choice,
)

_TITLE_SHARE, _SAMPLES_SHARE, _FIELD_SHARE, _SIGN_SHARE = 2, 4, 3, 1


class ColumnsStep(StepPage[Any]):
    """What each column is; what was found out by itself is chosen already."""

    def __init__(self) -> None:
        super().__init__()
        self._mend = MendDraft()
        self._boxes: dict[tuple[str, int], QComboBox] = {}
        self._signs: dict[tuple[str, int], StateLabel] = {}
        self._unclear: set[tuple[str, int]] = set()
        self.remembers = QCheckBox(tr("记住这样的选择，以后栏目相同的文件照样读取"))
        self.remembers.toggled.connect(self._remember)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(t.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("各栏是什么？"), "heading", wraps=True))
        layout.addWidget(
            label(
                tr("左边是文件里的栏目和几个例子，右边选它是什么。用不着的选“不读这一栏”。"),
                "quiet",
                wraps=True,
            )
        )
        layout.addWidget(self._body)
        layout.addWidget(self.remembers)
        layout.addStretch()

    @property
    def begins_at(self) -> QWidget | None:
        """The first column that a person must say, else the first."""
        unclear = (self._boxes[key] for key in self._boxes if key in self._unclear)
        return next(unclear, next(iter(self._boxes.values()), None))

    def box(self, place: int, sheet: str = "") -> QComboBox:
        """Return where it is chosen what a column is, of the first sheet unless told."""
        return self._boxes[sheet or next(iter(self._boxes))[0], place]

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any draft with a mend
        """Show the columns of the file, and what they are taken for."""
        fresh = draft.mend.opened is not self._mend.opened
        self._mend = draft.mend
        if fresh:
            self._list_columns()
        with QSignalBlocker(self.remembers):
            self.remembers.setChecked(self._mend.remembers)
        self._show_choices()

    def take(self, draft: Any) -> Any:  # noqa: ANN401
        """Return the draft with what was chosen; what is in sight counts as said."""
        if self._mend.opened and not self._mend.chosen:
            chosen = tuple(sorted(chosen_at_first(self._mend.opened).items()))
            self._mend = replace(self._mend, chosen=chosen, mending=None)
        return with_mend(draft, self._mend)

    def _list_columns(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._boxes, self._signs, self._unclear = {}, {}, set()
        if self._mend.opened is None:
            return
        sheets = listed_sheets(self._mend.opened)
        for sheet in sheets:
            if len(sheets) > 1:
                self._rows.addWidget(label(tr("工作表“{name}”", name=sheet.name), "strong"))
            self._rows.addWidget(self._sheet(sheet, self._mend.opened.shape.fields))

    def _sheet(self, sheet: SeenSheet, fields: tuple[FieldChoice, ...]) -> QWidget:
        """Return the columns of a sheet, one below the other."""
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(t.MEDIUM)
        grid.setVerticalSpacing(t.TIGHT)
        shares = (_TITLE_SHARE, _SAMPLES_SHARE, _FIELD_SHARE, _SIGN_SHARE)
        for place, share in enumerate(shares):
            grid.setColumnStretch(place, share)
        for row, column in enumerate(sheet.columns):
            key = key_of(sheet), column.place
            title = f"{column.group} {column.title}".strip()
            box, sign = QComboBox(), StateLabel(State.ATTENTION, tr("请选"))
            box.setAccessibleName(tr("“{title}”这一栏是", title=title))
            box.addItem(tr("不读这一栏"), "")
            for field in fields:
                box.addItem(
                    tr("{title}（必须有）", title=field.title) if field.needed else field.title,
                    field.name,
                )
            box.activated.connect(partial(self._choose, key))
            grid.addWidget(ElidedLabel(title, "strong"), row, 0)
            grid.addWidget(ElidedLabel("、".join(column.samples), "quiet"), row, 1)
            grid.addWidget(box, row, 2)
            grid.addWidget(sign, row, 3)
            self._boxes[key], self._signs[key] = box, sign
        return whole

    def _choose(self, key: tuple[str, int], _index: int) -> None:
        mend = with_choice(self._mend, *key, str(self._boxes[key].currentData()))
        self._mend = replace(mend, mending=None)
        self._show_choices()
        self.changed.emit()

    def _remember(self) -> None:
        self._mend = replace(self._mend, remembers=self.remembers.isChecked())

    def _show_choices(self) -> None:
        """Show what each column is, and where nobody has said it yet."""
        opened = self._mend.opened
        if opened is None:
            return
        chosen: Chosen = dict(self._mend.chosen) or chosen_at_first(opened)
        for sheet in listed_sheets(opened):
            said = {chosen.get((key_of(sheet), column.place), "") for column in sheet.columns}
            for column in sheet.columns:
                key = key_of(sheet), column.place
                box = self._boxes[key]
                with QSignalBlocker(box):
                    box.setCurrentIndex(max(box.findData(chosen.get(key, "")), 0))
                is_unclear = column.ambiguous and column.field not in said
                self._signs[key].setVisible(is_unclear)
                (self._unclear.add if is_unclear else self._unclear.discard)(key)
