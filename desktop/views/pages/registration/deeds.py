"""What can be done with one student of the page: one function each, listed in one table."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.rounds import Procedure, Round
from desktop.domain.student_registration import TAKEN_BACK, Outcome
from desktop.procedures.registration.registration_desk import RegistrationLine
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.widgets.details import Deed
from desktop.views.wizards.registration.changing import TAKEN_BACK as CHANGE_BY_DEFAULT
from desktop.views.wizards.registration.changing import ChangedOutcome, changing_wizard
from desktop.views.wizards.registration.completing import Completing, completing_wizard
from desktop.views.wizards.registration.verdict import PaperVerdict, verdict_wizard

MakeDeed = Callable[[Desk, Round, RegistrationLine, QWidget], Deed | None]


def deeds_of(desk: Desk, round_: Round, line: RegistrationLine, page: QWidget) -> list[Deed]:
    """Return what can be done with a student now, as buttons."""
    made = (deed(desk, round_, line, page) for deed in DEEDS)
    return [deed for deed in made if deed]


def _look(desk: Desk, _round: Round, line: RegistrationLine, _page: QWidget) -> Deed | None:
    number = line.identity.student_number or line.identity.exam_number
    return Deed(tr("在“学生”里查看"), lambda: desk.open("students", number), drawing="students")


def _complete(desk: Desk, _round: Round, line: RegistrationLine, page: QWidget) -> Deed | None:
    if line.issued or not line.missing_fields or "conflict" in line.codes:
        return None
    draft = Completing(line.subject, line.identity.name or tr("这名学生"), line.missing_fields)

    def act() -> None:
        wizard = completing_wizard(desk, draft, page)
        wizard.finished.connect(desk.data_changed)
        wizard.open()

    return Deed(tr("补全信息…"), act, drawing="edit")


def _verdict(desk: Desk, round_: Round, line: RegistrationLine, page: QWidget) -> Deed | None:
    if line.issued or not round_.open:
        return None
    lacks_review = "no-entry-review" in line.codes and "no-recheck" not in line.codes
    draft = PaperVerdict(
        round_.id,
        line.subject,
        line.identity.name or tr("这名学生"),
        Procedure.ENTRY_REVIEW if lacks_review else Procedure.RECHECK,
    )

    def act() -> None:
        wizard = verdict_wizard(desk, draft, page)
        wizard.finished.connect(desk.data_changed)
        wizard.open()

    return Deed(tr("登记审查复查结论…"), act, drawing="edit")


def _change(desk: Desk, round_: Round, line: RegistrationLine, page: QWidget) -> Deed | None:
    taken_back = TAKEN_BACK in line.codes
    if not round_.open or not (line.issued or taken_back):
        return None
    draft = ChangedOutcome(
        round_.id,
        line.subject,
        line.identity.name or tr("这名学生"),
        issued=line.title,
        outcome=str(Outcome.REGISTERED) if taken_back else CHANGE_BY_DEFAULT,
    )

    def act() -> None:
        wizard = changing_wizard(desk, draft, page)
        wizard.finished.connect(desk.data_changed)
        wizard.open()

    return Deed(tr("重新办理…") if taken_back else tr("更改结论…"), act, drawing="edit")


DEEDS: Sequence[MakeDeed] = (_complete, _verdict, _change, _look)
