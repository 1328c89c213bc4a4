"""What an office of each kind does with this program, and what the registrar tells it: one table.

What an office may *say* stands in ``authority.py``, and with it the kinds of lists that it may read
in. Here stands what it does here, and what it must hear of students to do it. A statement travels
whole, because its hash does (ADR 40); so what can be chosen is which statements travel, and which
fields the window shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.authority import ASPECTS, may_state
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Statement
from desktop.domain.students import IDENTITY_FIELDS

_MATCHING: Final = frozenset({"exam_number", "student_number", "name", "id_number"})
"""By which the rows of a list are told to be a student's."""
_STUDYING: Final = frozenset({"entry_date", "expected_graduation_date"})
"""From when to when somebody studies, which tells whether a list lacks them."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What an office of one kind does here.

    Attributes:
        own: it has classes of its own, and is told everything about them and their students.
        reads_lists: it reads in the lists that it may state: page, wizard and board go by it.
        told: what it is told about all students and classes: by aspect the fields of which a
            statement must set one to travel.
        sees: the fields of the identity that its window shows.
        outcomes: it is told who was registered, though it leads no registration.
    """

    own: bool = False
    reads_lists: bool = False
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sees: frozenset[str] = frozenset(IDENTITY_FIELDS)
    outcomes: bool = False

    @property
    def judges(self) -> bool:
        """Whether it is told what a verdict on a student rests on: signatures, outcomes."""
        return not self.told

    @property
    def heard(self) -> Mapping[str, frozenset[str]]:
        """What it is told of everybody, outcomes with it where it hears them."""
        outcomes = {"registration": ASPECTS["registration"].fields} if self.outcomes else {}
        return {**self.told, **outcomes}

    def hears(self, statement: Statement) -> bool:
        """Tell whether a statement is one of those that it is told about everybody."""
        return not self.heard.get(statement.aspect, frozenset()).isdisjoint(statement.values)


def _lists_about_all(kind: OfficeKind, aspects: Sequence[str]) -> Duty:
    """Return the duty of an office that states something of students whom others look after."""
    whole = ("placement", "class_group", "roster", *aspects)
    if not all(may_state(kind, aspect) for aspect in aspects):
        raise ValueError(f"{kind} may not state {aspects}")
    return Duty(
        reads_lists=True,
        told={
            "identity": _MATCHING | _STUDYING,
            **{aspect: ASPECTS[aspect].fields for aspect in whole},
        },
        sees=_MATCHING | _STUDYING,
    )


DUTIES: Final[Mapping[OfficeKind, Duty]] = {
    OfficeKind.REGISTRAR: Duty(reads_lists=True),
    OfficeKind.COLLEGE: Duty(own=True, reads_lists=True),
    OfficeKind.FINANCE: _lists_about_all(OfficeKind.FINANCE, ["fee"]),
    OfficeKind.ACADEMIC_AFFAIRS: _lists_about_all(OfficeKind.ACADEMIC_AFFAIRS, ["credit_audit"]),
    # what failing the re-check leads to depends on whether somebody is registered already
    OfficeKind.ADMISSIONS: Duty(reads_lists=True, outcomes=True),
    OfficeKind.STUDENT_AFFAIRS: Duty(),
    OfficeKind.ARCHIVE: Duty(),
}
READERS: Final = frozenset(kind for kind, duty in DUTIES.items() if duty.reads_lists)
"""The kinds of offices that read lists in."""
