"""The fields beside the checklist: title, who must bring it, what else is to be known."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.checklists import EVERYBODY
from desktop.procedures.entry_review.year_checklist import TypedLine
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.texts import label, set_role

ALL, SOME, NOBODY = "all", "some", "nobody"
_WHO = {
    ALL: tr("所有学生都要交"),
    SOME: tr("下面勾选的录取类型要交"),
    NOBODY: tr("只有涉及的学生交，不交不影响审查"),
}


class LineEditor(QFrame):
    """Edits one line; ``edited`` hands on the line as it is now, at every stroke."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._line: TypedLine | None = None
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("材料名称"))
        self.note = QLineEdit()
        self.note.setAccessibleName(tr("给登记人员的说明"))
        self.who = QComboBox()
        self.who.setAccessibleName(tr("谁要交"))
        for key, words in _WHO.items():
            self.who.addItem(words, key)
        self.types: dict[str, QCheckBox] = {}
        self._types = QWidget()
        self._boxes = QVBoxLayout(self._types)
        self._boxes.setContentsMargins(t.MEDIUM, 0, 0, 0)
        self._boxes.setSpacing(t.TIGHT)
        self.title.textEdited.connect(self._edit)
        self.note.textEdited.connect(self._edit)
        self.who.activated.connect(self._choose_who)
        column = QVBoxLayout(self)
        column.setContentsMargins(t.LARGE, t.LARGE, t.LARGE, t.LARGE)
        column.setSpacing(t.SMALL)
        for words, field in (
            (tr("材料名称"), self.title),
            (tr("谁要交"), self.who),
            ("", self._types),
            (tr("给登记人员的说明"), self.note),
        ):
            if words:
                above = label(words, "strong")
                above.setBuddy(field)
                column.addWidget(above)
            column.addWidget(field)
        column.addStretch()

    def offer_types(self, types: Sequence[str]) -> None:
        """Offer these admission types."""
        if list(self.types) == list(types):
            return
        for box in self.types.values():
            box.hide()
            box.deleteLater()
        self.types = {}
        for name in types:
            box = QCheckBox(name)
            box.toggled.connect(self._edit)
            self._boxes.addWidget(box)
            self.types[name] = box

    def show_line(self, line: TypedLine | None) -> None:
        """Show a line, or nothing to edit; what comes back as it was edited here stays."""
        if line is not None and line == self._line:
            return
        self._line = None  # so that nothing that is set now counts as typed
        shown = line or TypedLine("")
        self.title.setText(shown.title)
        self.note.setText(shown.note)
        self.who.setCurrentIndex(self.who.findData(_who(shown)))
        for name, box in self.types.items():
            box.setChecked(name in shown.required_types)
        self._types.setVisible(_who(shown) == SOME)
        self._line = line
        self.setEnabled(line is not None)

    def _choose_who(self) -> None:
        """Let others bring it; of types at least the first one."""
        some = self.who.currentData() == SOME
        if some and self.types and not any(box.isChecked() for box in self.types.values()):
            next(iter(self.types.values())).setChecked(True)
        self._types.setVisible(some)
        self._edit()

    def _edit(self) -> None:
        if self._line is None:
            return
        chosen = tuple(name for name, box in self.types.items() if box.isChecked())
        required = {ALL: (EVERYBODY,), SOME: chosen, NOBODY: ()}[self.who.currentData()]
        self._line = replace(
            self._line,
            title=self.title.text(),
            required_types=required,
            note=self.note.text(),
        )
        self.edited.emit(self._line)


def _who(line: TypedLine) -> str:
    if EVERYBODY in line.required_types:
        return ALL
    return SOME if line.required_types else NOBODY
