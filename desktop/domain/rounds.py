"""A round: one run of one procedure, with the rules that hold for it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.offices import OfficeKind


class Procedure(StrEnum):
    """The five procedures of the rule book."""

    ENTRY_REVIEW = "entry_review"
    RECHECK = "recheck"
    STUDENT_REGISTRATION = "student_registration"
    ANNUAL_REGISTRATION = "annual_registration"
    GRADUATION = "graduation"


LEADERS: Final = {
    Procedure.ENTRY_REVIEW: OfficeKind.ADMISSIONS,
    Procedure.RECHECK: OfficeKind.ADMISSIONS,
    Procedure.STUDENT_REGISTRATION: OfficeKind.REGISTRAR,
    Procedure.ANNUAL_REGISTRATION: OfficeKind.REGISTRAR,
    Procedure.GRADUATION: OfficeKind.REGISTRAR,
}
"""The office that leads a procedure: it opens the round, brings the list in, sends it down, merges
what comes back, decides and closes (细则 一(三), 二(三): 招生工作处; 三 to 五: 教务处学籍科)."""


def leads(kind: OfficeKind, round_id: str, procedure: str | None = None) -> bool:
    """Tell whether offices of a kind lead a round; the registrar may step in everywhere.

    Args:
        kind: of the office.
        round_id: it names the procedure: ``2026-entry_review-005-1``.
        procedure: what is said of the round besides; it must be the same.
    """
    if kind is OfficeKind.REGISTRAR:
        return True
    named = next((p for p in Procedure if f"-{p}-" in round_id), None)
    return named is not None and LEADERS[named] is kind and procedure in (None, named)


@dataclass(frozen=True, slots=True)
class Round:
    """One run of one procedure: "2026级新生学籍注册".

    ``required_sign_offs`` are names of ``authority.SIGN_OFFS``; the class teacher and the head are
    what the rule book demands (细则 三(三)1), the two sections what its duties paragraph names.
    ``asks_verdicts``: nobody is registered of whom the verdicts of procedures one and two are not
    there (细则 三(三)2).
    """

    id: str
    procedure: Procedure
    name: str
    entry_year: str
    deadline: str  # YYYY-MM-DD
    required_sign_offs: tuple[str, ...]
    proxy_allowed: bool
    open: bool
    asks_verdicts: bool = False

    @property
    def leader(self) -> OfficeKind:
        """The kind of office that leads it."""
        return LEADERS[self.procedure]


@dataclass(frozen=True, slots=True)
class ClassGroup:
    """A class: the unit in which sheets are printed and signed."""

    id: str
    name: str
    college_name: str  # as the admission data call it
    office: str  # id of the college's office, "" until assigned
    major_code: str
    major_name: str
    entry_year: str
    class_teacher: str
