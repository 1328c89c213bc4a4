"""The page 报到核验: every class of the college, how far it is, and the one thing to do next."""

from typing import Any

from desktop.domain.check_in import Action
from desktop.domain.rounds import Procedure
from desktop.procedures.check_in.check_in_desk import CheckInLine, check_in_board
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look.appearance import current_appearance, current_look
from desktop.views.pages.cards import CHECK_IN
from desktop.views.pages.check_in import words
from desktop.views.pages.classes_page import Classes, ClassesPage
from desktop.views.widgets.details import Details
from desktop.views.widgets.texts import button
from desktop.views.wizards.check_in.waiver import WaiverDraft, waiver_wizard
from desktop.views.wizards.frame import Wizard

_BESIDE, _GROWS = 250, 0.6


CLASSES: Classes[CheckInLine] = Classes(
    Procedure.ENTRY_REVIEW,
    words.COLUMNS,
    words.FILTERS,
    words.filter_of,
    lambda lines, any_round: words.state_sentence(lines, any_round=any_round),
    tr("请先到“收发”收入招生工作处的报送包，班级和新生就会出现在这里。"),
    lambda line: line.group.id,
)


class CheckInPage(ClassesPage[CheckInLine]):
    """All classes. It can be opened at a filter's id, or at a class's id."""

    CARD = CHECK_IN

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, CLASSES)
        self.faces = button(tr("读入人像比对结果…"), self.read_faces, drawing="import")
        self.tools.addWidget(self.faces)
        self.tools.addWidget(self._chooser)
        self.details = Details(tr("这个班"), tr("选择一个班，这里写着它的进度和下一步。"))
        self._put(self.details)
        current_appearance().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.details.setFixedWidth(round(_BESIDE * (1 + (current_look().factor - 1) * _GROWS)))

    def read_faces(self) -> None:
        """Go where the face-comparison system's file is read in."""
        self.desk.open("imports", "read")

    def do_next(self, line: CheckInLine) -> None:
        """Go where the next action of a class is done."""
        if line.next.action is Action.EXPORT:
            self.desk.open("exchange", "export")
        elif line.next.action is Action.TRAINING:
            self.waive(line)
        else:
            self.desk.open("check_in_class", line.group.id)

    def waive(self, line: CheckInLine) -> Wizard[Any] | None:
        """Open the wizard by which the head of the college lets a class begin."""
        if self._round is None:
            return None
        draft = WaiverDraft(self._round.id, line.group.id, line.group.name, line.gate.sentence)
        wizard = waiver_wizard(self.desk, draft, self)
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard

    def _lines_of(self, session: Session, round_id: str) -> list[CheckInLine]:
        return check_in_board(session, round_id)

    def _show_current(self, line: CheckInLine | None) -> None:
        if line is None:
            self.details.say_nothing()
            return
        self.details.tell(
            words.class_parts(
                line,
                lambda: self.do_next(line),
                lambda: self.desk.open("check_in_class", line.group.id),
                lambda: self.waive(line),
            )
        )
