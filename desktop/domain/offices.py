"""Who takes part: kinds of offices, offices, seats (design: school, office, seat, operator)."""

from dataclasses import dataclass
from enum import StrEnum


class OfficeKind(StrEnum):
    """The kinds of offices that the rule book names under 责任部门."""

    COLLEGE = "college"
    ADMISSIONS = "admissions"
    STUDENT_AFFAIRS = "student_affairs"
    REGISTRAR = "registrar"
    ACADEMIC_AFFAIRS = "academic_affairs"
    FINANCE = "finance"
    ARCHIVE = "archive"


OFFICE_KIND_TITLES = {
    OfficeKind.COLLEGE: "院部",
    OfficeKind.ADMISSIONS: "招生工作处",
    OfficeKind.STUDENT_AFFAIRS: "学生工作处",
    OfficeKind.REGISTRAR: "教务处学籍科",
    OfficeKind.ACADEMIC_AFFAIRS: "教务处教务科",
    OfficeKind.FINANCE: "计划财务处",
    OfficeKind.ARCHIVE: "院长办公室档案室",
}


@dataclass(frozen=True, slots=True)
class Office:
    """One office of the school.

    ``id`` is short and readable: ``registrar``, ``admissions``, ``college-03``.
    """

    id: str
    kind: OfficeKind
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One installed copy of the program on one PC of one office.

    ``id`` is the seat's number in the school, three digits ("001" is the root); it is part of
    every sheet number, so that two seats never print the same one.
    """

    id: str
    name: str
    office: Office


def office_id(kind: OfficeKind, college_number: str = "") -> str:
    """Return the id of an office: its kind, and for a college its number in the school."""
    return f"{kind}-{college_number}" if kind is OfficeKind.COLLEGE else str(kind)


def kind_of_office(office: str) -> OfficeKind:
    """Return the kind of an office by its id; an id always begins with it.

    Raises:
        ValueError: it begins with no kind.
    """
    return OfficeKind(office.partition("-")[0])


@dataclass(frozen=True, slots=True)
class HomeSeat:
    """The seat to which a store belongs.

    ``request`` is the text of the join request while the answer is awaited, and ``certificate``
    the signed text of the answer, empty until it came.
    """

    school_code: str
    school_name: str
    training: bool
    root_key: str
    request: str
    certificate: str
    seat: Seat

    @property
    def enrolled(self) -> bool:
        """Whether the registrar has answered the seat's request."""
        return bool(self.certificate)

    @property
    def is_root(self) -> bool:
        """Whether this is the school's first seat, which enrols all others."""
        return self.enrolled and self.seat.id == ROOT_SEAT


ROOT_SEAT = "001"
