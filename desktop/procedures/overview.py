"""What pages show at first sight: the rounds of a seat, and every student of a round in a line."""

from dataclasses import dataclass

from desktop.domain.rounds import Round
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.domain.students import Identity
from desktop.procedures.boards import NO_CLASS
from desktop.procedures.search import initials_in_words
from desktop.procedures.session import Session
from desktop.procedures.student_registration import judged_once
from desktop.store import school


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student of a round as a list shows it.

    ``outcome`` is what was issued, None while held back; ``waiting_for`` says in a sentence why;
    ``initials`` are those of the name in pinyin.
    """

    subject: str
    identity: Identity
    class_name: str
    college_name: str
    outcome: Outcome | None
    waiting_for: str
    initials: str = ""

    @property
    def outcome_title(self) -> str:
        """The outcome in words."""
        return OUTCOME_TITLES[self.outcome] if self.outcome else HELD_BACK_TITLE


def known_rounds(session: Session) -> tuple[Round, ...]:
    """Return the rounds that this seat knows, open ones first, the latest before the others."""
    with session.unit_of_work() as unit:
        found = school.rounds(unit.connection)
    return tuple(sorted(found, key=lambda r: (r.open, r.entry_year, r.deadline), reverse=True))


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
            StudentLine(
                subject=one.student.subject,
                identity=one.student.identity,
                class_name=group.name,
                college_name=group.college_name,
                outcome=one.issued.outcome if one.issued else None,
                waiting_for=open_reasons[0].sentence if open_reasons else "",
                initials=initials_in_words(one.student.identity.name),
            )
        )
    return lines
