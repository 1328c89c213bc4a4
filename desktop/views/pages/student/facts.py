"""The left side of the student's page: identity with the masked number, and how things stand."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.histories import Attached
from desktop.procedures.imports.list_facts import ListFact
from desktop.procedures.overview.histories import ShownPhoto, Standing, StudentPage
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.states import State
from desktop.views.pages.student.telling import (
    identity_rows,
    source_words,
    standing_state,
    standing_title,
)
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.masked_number import MaskedNumber
from desktop.views.widgets.photo_box import WAITING, PhotoBox
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import label, set_role

_DISPUTED = 2


class Facts(QScrollArea):
    """Photos, standings and identity, one card each.

    ``revealed`` says whether the number is shown; ``paper_wanted`` asks to open a photo.
    """

    revealed = Signal(bool)
    paper_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.photos: list[tuple[str, PhotoBox]] = []

    @property
    def number(self) -> MaskedNumber:
        """The number in sight."""
        return self.findChildren(MaskedNumber)[0]

    def show_facts(self, page: StudentPage) -> None:
        """Show a student, the number masked."""
        body = QWidget()
        set_role(body, "ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 2, t.SMALL, 2)
        column.setSpacing(t.MEDIUM)
        self.photos = []
        if page.photos:
            column.addWidget(self._photo_card(page.photos))
        for standing in page.standings:
            column.addWidget(_standing_card(standing))
        for fact in page.facts:
            column.addWidget(_fact_card(fact))
        number = MaskedNumber(page.student.identity.id_number)
        number.turned.connect(self.revealed)
        column.addWidget(_identity_card(identity_rows(page), number))
        column.addStretch()
        self.setWidget(body)
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(body.minimumSizeHint().width() + bar)

    def _photo_card(self, shown: Sequence[ShownPhoto]) -> QFrame:
        """Return the card of the four photos; ``photos`` are the boxes that wait for theirs."""
        card = QFrame()
        set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
        column.setSpacing(t.SMALL)
        column.addWidget(label(tr("照片"), "heading"))
        row = FlowLayout()
        column.addLayout(row)
        self.photos = []
        for photo in shown:
            title = (
                photo.title
                if len(photo.sides) < _DISPUTED
                else tr("{title}（有分歧）", title=photo.title)
            )
            for sha256 in photo.sides:
                box = PhotoBox(title)
                box.say(WAITING)
                paper = Attached(sha256, photo.title)
                box.wanted.connect(partial(self.paper_wanted.emit, paper))
                self.photos.append((sha256, box))
                row.addWidget(box)
            if not photo.sides:
                row.addWidget(PhotoBox(title))
        return card


def _identity_card(rows: Sequence[tuple[str, str]], number: MaskedNumber) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    form = QFormLayout(card)
    form.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
    form.setSpacing(t.SMALL)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    form.addRow(label(tr("学籍信息"), "heading"))
    for place, (title, text) in enumerate(rows):
        if place == 1:
            form.addRow(label(tr("身份证号"), "quiet"), number)
        value = label(text, wraps=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(label(title, "quiet"), value)
    return card


def _fact_card(fact: ListFact) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    form = QFormLayout(card)
    form.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
    form.setSpacing(t.SMALL)
    form.addRow(label(fact.title, "strong", wraps=True))
    for title in fact.disputed:
        words = tr("{title}：说法不一致，等学籍科裁定", title=title)
        form.addRow(StateLabel(State.ATTENTION, words))
    for title, text in fact.rows:
        form.addRow(label(title, "quiet"), label(text, wraps=True))
    form.addRow(label(source_words(fact), "note", wraps=True))
    return card


def _standing_card(standing: Standing) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(t.LARGE, t.MEDIUM, t.LARGE, t.MEDIUM)
    column.setSpacing(t.TIGHT)
    column.addWidget(label(standing.round.name, "strong", wraps=True))
    column.addWidget(StateLabel(standing_state(standing), standing_title(standing)))
    for reason in standing.judged.verdict.reasons:
        column.addWidget(label(reason.sentence, wraps=True))
        column.addWidget(label(reason.article, "note"))
    return card
