"""The small school with its admissions and student affairs offices, and a round of procedure one.

Every office has joined and knows the others; the freshmen, their classes and the checklist are
where they belong. ``begin_review`` builds it on a founded school.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.rounds import NewRound, assign_classes, open_round
from desktop.procedures.session import Session
from desktop.store.journal import Draft
from desktop.store.students import listed_students
from tests.conftest import COLLEGES, School, roster_rows
from tests.list_offices import join

SEATED: Final = {OfficeKind.ADMISSIONS: "admissions", OfficeKind.STUDENT_AFFAIRS: "student_affairs"}


@dataclass(frozen=True)
class Reviewing:
    """A school in the days of check-in."""

    school: School
    round: str

    @property
    def admissions(self) -> Session:
        """The admissions office's seat."""
        return self.school.sessions[OfficeKind.ADMISSIONS]

    @property
    def affairs(self) -> Session:
        """The student affairs office's seat."""
        return self.school.sessions[OfficeKind.STUDENT_AFFAIRS]

    @property
    def college(self) -> Session:
        """The first college's seat."""
        return self.school.first

    def subjects(self, class_name: str = "软件2601班") -> list[str]:
        """Return the students of a class of the first college, as it knows them."""
        wanted = {c.id for c in self.school.classes(self.college) if c.name == class_name}
        with self.college.store.unit_of_work() as unit:
            return [s.subject for s in listed_students(unit.connection, self.round, wanted)]


def say(
    session: Session, round_id: str, said: Mapping[tuple[str, str], Mapping[str, str | None]]
) -> None:
    """Let a seat say something without a use case: per subject and aspect its values."""
    with session.unit_of_work() as unit:
        unit.journal.state_all(
            Draft(Key(subject, aspect, round_id), dict(values))
            for (subject, aspect), values in said.items()
        )
        unit.commit()


def begin_review(school: School, kinds: Sequence[OfficeKind] = tuple(SEATED)) -> Reviewing:
    """Let the offices join, open the round at admissions and send the freshmen down."""
    for kind in kinds:
        join(school, kind)
    registrar = school.registrar
    offices = [*COLLEGES, *(SEATED[kind] for kind in kinds)]
    seats = {"college-01": ("first", "first_again"), "college-02": ("second",)}
    for office in offices:
        bundle = school.send(registrar, office, "")  # who belongs to the school, before any round
        for seat in seats.get(office, (office,)):
            merge(school.sessions[seat], [bundle])
    admissions = school.sessions[OfficeKind.ADMISSIONS]
    name = "2026级新生入学资格审查"
    round_ = open_round(admissions, NewRound(Procedure.ENTRY_REVIEW, name, "2026", "2026-09-30")).id
    admit_rows(admissions, round_, roster_rows(), "录取名单")
    for office, college in COLLEGES.items():
        assign_classes(admissions, college, office)
        bundle = school.send(admissions, office, round_)
        for seat in seats[office]:
            merge(school.sessions[seat], [bundle])
    if OfficeKind.STUDENT_AFFAIRS in kinds:
        school.carry(admissions, school.sessions[OfficeKind.STUDENT_AFFAIRS], round_)
    return Reviewing(school, round_)
