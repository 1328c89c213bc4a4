"""The left side of the student's page: identity with the masked number, and how things stand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.procedures.histories import Standing, StudentPage
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.student.telling import identity_rows, standing_state, standing_title
from desktop.views.widgets.masked_number import MaskedNumber
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import label, set_role


class Facts(QScrollArea):
    """Identity and standings, one card each; ``revealed`` says whether the number is shown."""

    revealed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

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
        for standing in page.standings:
            column.addWidget(_standing_card(standing))
        number = MaskedNumber(page.student.identity.id_number)
        number.turned.connect(self.revealed)
        column.addWidget(_identity_card(identity_rows(page), number))
        column.addStretch()
        self.setWidget(body)
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(body.minimumSizeHint().width() + bar)


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
