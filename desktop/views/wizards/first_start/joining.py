"""The one place where the window takes an enrolment."""

from pathlib import Path

from desktop.procedures.school.enrolment import accept_enrolment, show_enrolment
from desktop.views.language import tr


def accept(folder: Path, text: str, digits_heard: str) -> str:
    """Finish joining with the digits that the registrar read out; return the school's name.

    Raises:
        EnrolmentForAnotherSeat, OtherSchool, RequestUnreadable, FingerprintMismatch: nothing was
            changed.
    """
    shown = show_enrolment(folder, text)
    accept_enrolment(folder, text, digits_heard)
    return tr(
        "{school_name}（{name}，席位 {id}）",
        school_name=shown.school_name,
        name=shown.seat.office.name,
        id=shown.seat.id,
    )
