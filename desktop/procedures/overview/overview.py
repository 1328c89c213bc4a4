"""What pages show at first sight: the rounds of a seat, and every student of a round in a line."""

import sys
from dataclasses import dataclass
from typing import Self

from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.domain.students import Identity
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.registration.student_registration import judged_once
from desktop.procedures.session import Reader, Session
from desktop.store import school

_BETWEEN = "\x1f"  # stands in no word that is searched for: words are split at it


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student of a round as a list shows it: light, for a list has a hundred thousand.

    Attributes:
        subject: the student.
        searched: all by which a student is found, in one text; its parts are cut out when shown.
        sex: as in the identity.
        outcome: what was issued, None while held back.
        waiting_for: a sentence why, "" where nothing is missing.
    """

    subject: str
    searched: str
    sex: str
    outcome: Outcome | None
    waiting_for: str

    @classmethod
    def of(
        cls,
        subject: str,
        identity: Identity,
        group: ClassGroup,
        outcome: Outcome | None,
        waiting_for: str,
    ) -> Self:
        """Return the line of a student in a class."""
        parts = (
            identity.name,
            identity.student_number,
            identity.exam_number,
            identity.id_number,
            group.name,
            group.college_name,
        )
        searched = _BETWEEN.join(part.replace(_BETWEEN, " ") for part in parts)
        # these are the same for many students: one text serves them all
        sex, waiting_for = sys.intern(identity.sex), sys.intern(waiting_for)
        return cls(subject, searched, sex, outcome, waiting_for)

    @property
    def name(self) -> str:
        """The student's name."""
        return self._part(0)

    @property
    def student_number(self) -> str:
        """The 学号."""
        return self._part(1)

    @property
    def exam_number(self) -> str:
        """The 考生号."""
        return self._part(2)

    @property
    def id_number(self) -> str:
        """The number of the ID document."""
        return self._part(3)

    @property
    def class_name(self) -> str:
        """The class that holds the student."""
        return self._part(4)

    @property
    def college_name(self) -> str:
        """The college of that class."""
        return self._part(5)

    def _part(self, place: int) -> str:
        return self.searched.split(_BETWEEN)[place]

    @property
    def outcome_title(self) -> str:
        """The outcome in words."""
        return OUTCOME_TITLES[self.outcome] if self.outcome else HELD_BACK_TITLE


@dataclass(frozen=True, slots=True)
class ToldStudent(StudentLine):
    """A student with what this office's own lists say, in a few words; "" for nothing yet."""

    said: str = ""


def known_rounds(session: Reader) -> tuple[Round, ...]:
    """Return the rounds that this seat knows, open ones first, the latest before the others.

    In one year the procedures come one after the other: the last of them is in hand.
    """
    with session.unit_of_work() as unit:
        found = school.rounds(unit.connection)
    return tuple(sorted(found, key=_latest, reverse=True))


def _latest(round_: Round) -> tuple[bool, str, int, str]:
    order = list(Procedure).index(round_.procedure)
    return round_.open, round_.entry_year, order, round_.deadline


def student_lines(session: Session, round_id: str) -> list[StudentLine]:
    """Return every student of a round whom this seat knows, in class order.

    Raises:
        NotFound: this seat does not know the round.
    """
    with session.unit_of_work() as unit:
        groups = {group.id: group for group in school.classes(unit.connection)}
        judged = judged_once(session, unit, round_id)
    lines = []
    for one in judged:
        group = groups.get(one.student.class_id, NO_CLASS)
        open_reasons = () if one.issued or one.verdict.outcome else one.verdict.reasons
        lines.append(
            StudentLine.of(
                one.student.subject,
                one.student.identity,
                group,
                one.issued.outcome if one.issued else None,
                open_reasons[0].sentence if open_reasons else "",
            )
        )
    return lines
