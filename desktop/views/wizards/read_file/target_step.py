"""The step 用在哪里: which round or year the list is for, and what reading it does."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.procedures.imports.import_kinds import AskedFor, offered_years
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.texts import label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.read_file.draft import ReadFile, with_guess
from desktop.views.wizards.read_file.sentences import asked_title, target_words


class TargetStep(StepPage[ReadFile]):
    """One choice, with what is likely already chosen; for some kinds there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = AskedFor.NOTHING
        self._does = label(wraps=True)
        self._title = label(role="strong")
        self.choice = QComboBox()
        self._title.setBuddy(self.choice)
        self.choice.currentIndexChanged.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("这份名单用在哪里？"), "heading", wraps=True))
        layout.addWidget(self._does)
        layout.addWidget(
            label(tr("下一步只是比较，列出会改动什么，不写入任何内容。"), "quiet", wraps=True)
        )
        layout.addSpacing(t.SMALL)
        layout.addWidget(self._title)
        layout.addWidget(self.choice)
        layout.addStretch()

    @property
    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self.choice if self._asked is not AskedFor.NOTHING else None

    @property
    def sentence(self) -> str:
        """What reading such a list does."""
        return self._does.text()

    def show_draft(self, draft: ReadFile) -> None:
        """Offer what can be chosen for this kind of list."""
        draft = with_guess(draft)
        self._asked = draft.asked
        self._does.setText(target_words(draft))
        title = asked_title(draft)
        self._title.setText(title)
        self.choice.setAccessibleName(title)
        asks = self._asked is not AskedFor.NOTHING
        self._title.setVisible(asks)
        self.choice.setVisible(asks)
        chosen = draft.target.key
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for id_, words in _options(draft):
                self.choice.addItem(words, id_)
            self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))

    def take(self, draft: ReadFile) -> ReadFile:
        """Return the draft with the choice."""
        chosen = str(self.choice.currentData() or "")
        if self._asked is AskedFor.NOTHING:
            return draft
        if self._asked is AskedFor.ROUND:
            return replace(draft, round_id=chosen)
        return replace(draft, year=chosen)


def _options(draft: ReadFile) -> tuple[tuple[str, str], ...]:
    if draft.asked is AskedFor.ROUND:
        return tuple((round_.id, round_.name) for round_ in draft.rounds)
    if draft.asked is AskedFor.NOTHING:
        return ()
    return offered_years(draft.kind, draft.year, draft.today)
