"""The pages that most wizards need, as data: a form, a choice, a summary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.widgets.path_line import PathLine
from desktop.views.widgets.texts import button, label, renew_style
from desktop.views.wizards.frame import Problems, StepPage

D = TypeVar("D")
Input: TypeAlias = QLineEdit | QComboBox | QPlainTextEdit
_LINES = 4  # of a text of several lines that are in sight at once


class Kind(Enum):
    """How a field is filled in."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - a kind of field
    FILE = "file"
    FOLDER = "folder"
    PLACE = "place"  # a folder, or a file of a kind
    CHOICE = "choice"
    LONG = "long"  # several lines


_BROWSING = {
    Kind.FILE: ((tr("选择…"), Kind.FILE),),
    Kind.FOLDER: ((tr("选择…"), Kind.FOLDER),),
    Kind.PLACE: ((tr("选择文件夹…"), Kind.FOLDER), (tr("选择文件…"), Kind.FILE)),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: the draft's attribute, its title, a hint; what a choice offers.

    ``remark`` says something about it while the form is filled in, from all that it holds. What is
    wrong with a field ``at_once`` is told as it is filled in; with another, when one goes on.
    ``asked`` tells of a draft whether the field is asked at all: where not, it is neither seen nor
    filled in. What it goes by may stand on the same form.
    """

    name: str
    title: str
    hint: str = ""
    kind: Kind = Kind.TEXT
    options: tuple[tuple[str, str], ...] = ()
    file_kinds: str = ""
    remark: Callable[[Mapping[str, str]], str] | None = None
    at_once: bool = False
    asked: Callable[[Any], bool] | None = None


class FormStep(StepPage[Any]):
    """A question, a hint, and a few fields; what is wrong stands beside the field.

    ``shown`` are digits to be read out; ``above`` stands above the fields and helps to fill them.
    """

    def __init__(
        self,
        question: str,
        hint: str,
        fields: Sequence[Field],
        shown: Callable[[Any], str] | None = None,
        above: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._fields = {field.name: field for field in fields}
        self.told_at_once = {field.name for field in fields if field.at_once}
        self._inputs: dict[str, Input] = {}
        self._problems: dict[str, QLabel] = {}
        self._remarks: dict[str, QLabel] = {}
        self._lines: dict[str, QWidget] = {}
        self._draft: Any = None
        self._shown = shown
        self._digits = _large_digits()
        self._digits.setVisible(shown is not None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(question, "heading", wraps=True))
        self._hint = label(hint, "quiet", wraps=True)
        layout.addWidget(self._hint)
        layout.addWidget(self._digits)
        if above:
            layout.addWidget(above)
        for field in fields:
            self._add(layout, field)
        layout.addStretch()

    @property
    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins."""
        return next(iter(self._inputs.values()), None)

    def field(self, name: str) -> Input:
        """Return the input of a field."""
        return self._inputs[name]

    def say(self, hint: str) -> None:
        """Say something else below the question."""
        self._hint.setText(hint)

    def fill(self, **texts: str) -> None:
        """Fill fields in, as a person would."""
        for name, text in texts.items():
            _write(self._inputs[name], text)

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any frozen draft
        """Show the draft's values."""
        if self._shown:
            self._digits.setText(self._shown(draft))
        self._draft = draft
        with QSignalBlocker(self):  # half of a draft is nobody's word
            for name, one in self._inputs.items():
                _write(one, str(getattr(draft, name)))
        self._ask()

    def take(self, draft: Any) -> Any:  # noqa: ANN401 - any frozen draft
        """Return the draft with the fields' values."""
        texts = {
            name: text if self._fields[name].kind is Kind.SECRET else text.strip()
            for name, text in self._texts().items()
        }
        told = replace(draft, **texts)
        return replace(told, **dict.fromkeys(self._not_asked(told), ""))

    def _not_asked(self, draft: Any) -> list[str]:  # noqa: ANN401 - any frozen draft
        """Return the fields that are not asked of a draft."""
        return [name for name, one in self._fields.items() if one.asked and not one.asked(draft)]

    def _ask(self) -> None:
        """Show what is asked of the draft as it is filled in now, and nothing else."""
        if self._draft is None or not any(field.asked for field in self._fields.values()):
            return
        texts = {name: text.strip() for name, text in self._texts().items()}
        hidden = self._not_asked(replace(self._draft, **texts))
        for name, line in self._lines.items():
            line.setVisible(name not in hidden)

    def _texts(self) -> dict[str, str]:
        return {name: _read(one) for name, one in self._inputs.items()}

    def show_problems(self, problems: Problems) -> None:
        """Show what is wrong below each field, and go to the first such field."""
        for name, text in self._problems.items():
            text.setText(problems.get(name, ""))
            text.setVisible(name in problems)
            self._inputs[name].setProperty("wrong", name in problems)
            self._inputs[name].setAccessibleDescription(problems.get(name, ""))
            renew_style(self._inputs[name])
        wrong = [name for name in self._inputs if name in problems]
        if wrong:
            self._inputs[wrong[0]].setFocus()

    def _add(self, form: QVBoxLayout, field: Field) -> None:
        made = self._input(field)
        layout = QVBoxLayout(line := QWidget())
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(form.spacing())
        form.addWidget(line)
        self._lines[field.name] = line
        title = label(field.title, "strong")
        title.setBuddy(made)
        made.setAccessibleName(field.title)
        layout.addSpacing(t.SMALL)
        layout.addWidget(title)
        row = QHBoxLayout()
        row.addWidget(made, 1)
        for words, kind in _BROWSING.get(field.kind, ()):
            row.addWidget(button(words, partial(self._browse, field, kind), drawing="folder"))
        layout.addLayout(row)
        if field.hint:
            layout.addWidget(label(field.hint, "note", wraps=True))
        if field.remark:
            self._remarks[field.name] = label(role="note", wraps=True)
            self._remarks[field.name].hide()
            layout.addWidget(self._remarks[field.name])
        problem = label(role="problem", wraps=True)
        problem.hide()
        layout.addWidget(problem)
        self._inputs[field.name], self._problems[field.name] = made, problem

    def _input(self, field: Field) -> Input:
        if field.kind is Kind.LONG:
            return self._long_input()
        if field.kind is Kind.CHOICE:
            box = QComboBox()
            for value, title in field.options:
                box.addItem(title, value)
            box.currentIndexChanged.connect(self._remark)
            box.currentIndexChanged.connect(self.changed)
            return box
        if field.kind in _BROWSING:
            path = PathLine()
            path.textEdited.connect(self.changed)
            path.dropped.connect(self.changed)
            return path
        line = QLineEdit()
        if field.kind is Kind.SECRET:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textEdited.connect(self.changed)
        line.textChanged.connect(self._remark)
        return line

    def _long_input(self) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setFixedHeight(_LINES * current_look().row_height)
        text.textChanged.connect(self._remark)
        text.textChanged.connect(self.changed)
        return text

    def _remark(self) -> None:
        """Ask what is to be asked, and say what is to be said of it as it is filled in."""
        self._ask()
        texts = self._texts()
        for name, shown in self._remarks.items():
            if remark := self._fields[name].remark:
                shown.setText(remark(texts))
                shown.setVisible(bool(shown.text()))

    def _browse(self, field: Field, kind: Kind) -> None:
        def chosen(path: Path) -> None:
            self.fill(**{field.name: str(path)})
            self.changed.emit()

        if kind is Kind.FILE:
            asking.ask_for_file(self, field.title, field.file_kinds, chosen)
        else:
            asking.ask_for_folder(self, field.title, chosen)


class ChoiceStep(StepPage[Any]):
    """A question with two to five large answers, each with a sentence of its own."""

    def __init__(self, question: str, name: str, options: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._name = name
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(question, "heading", wraps=True))
        for value, title, sentence in options:
            layout.addSpacing(t.SMALL)
            made = button(title, self.changed.emit, role="choice")
            made.setCheckable(True)
            made.setAccessibleDescription(sentence)
            group.addButton(made)
            self._buttons[value] = made
            layout.addWidget(made)
            layout.addWidget(label(sentence, "quiet", wraps=True))
        layout.addStretch()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        buttons = list(self._buttons.values())
        return next((one for one in buttons if one.isChecked()), buttons[0])

    def choose(self, value: str) -> None:
        """Choose an answer, as a person would."""
        self._buttons[value].click()

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any frozen draft
        """Show what is chosen."""
        chosen = self._buttons.get(str(getattr(draft, self._name)))
        if chosen:
            chosen.setChecked(True)

    def take(self, draft: Any) -> Any:  # noqa: ANN401 - any frozen draft
        """Return the draft with the chosen answer."""
        chosen = [value for value, made in self._buttons.items() if made.isChecked()]
        return replace(draft, **{self._name: chosen[0]}) if chosen else draft


class SummaryStep(StepPage[D]):
    """Sentences made from the draft: what will happen, or what was done and what comes next.

    ``digits`` stand below them, large, to be read out on the telephone.
    """

    def __init__(
        self,
        question: str,
        sentences: Callable[[D], Sequence[str]],
        digits: Callable[[D], str] | None = None,
    ) -> None:
        super().__init__()
        self._sentences, self._digits_of = sentences, digits
        self._digits = _large_digits()
        self._digits.setVisible(digits is not None)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(t.MEDIUM)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.MEDIUM)
        layout.addWidget(label(question, "heading", wraps=True))
        layout.addWidget(self._body)
        layout.addWidget(self._digits)
        layout.addStretch()

    def sentences_of(self, draft: D) -> tuple[str, ...]:
        """Return what it says of a draft."""
        return tuple(self._sentences(draft))

    def show_draft(self, draft: D) -> None:
        """Say it."""
        if self._digits_of:
            self._digits.setText(self._digits_of(draft))
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for sentence in self.sentences_of(draft):
            self._rows.addWidget(label(sentence, wraps=True))


def _large_digits() -> QLabel:
    made = label(role="digits", wraps=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _read(one: Input) -> str:
    if isinstance(one, QComboBox):
        return str(one.currentData() or "")
    return one.toPlainText() if isinstance(one, QPlainTextEdit) else one.text()


def _write(one: Input, text: str) -> None:
    if isinstance(one, QComboBox):
        one.setCurrentIndex(max(one.findData(text), 0))
    elif isinstance(one, QPlainTextEdit):
        one.setPlainText(text)
    else:
        one.setText(text)
