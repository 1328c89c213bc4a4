"""A round: one run of one procedure, with the rules that hold for it."""

from dataclasses import dataclass
from enum import StrEnum


class Procedure(StrEnum):
    """The five procedures of the rule book."""

    ENTRY_REVIEW = "entry_review"
    RECHECK = "recheck"
    STUDENT_REGISTRATION = "student_registration"
    ANNUAL_REGISTRATION = "annual_registration"
    GRADUATION = "graduation"


@dataclass(frozen=True, slots=True)
class Round:
    """One run of one procedure: "2026级新生学籍注册".

    ``required_sign_offs`` are names of ``authority.SIGN_OFFS``; the class teacher and the head are
    what the rule book demands (细则 三(三)1), the two sections what its duties paragraph names.
    """

    id: str
    procedure: Procedure
    name: str
    entry_year: str
    deadline: str  # YYYY-MM-DD
    required_sign_offs: tuple[str, ...]
    proxy_allowed: bool
    open: bool


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
