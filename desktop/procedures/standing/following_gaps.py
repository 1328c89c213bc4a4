"""Who of an earlier round is not in the one that follows it, and why: nobody is forgotten silently.

The re-check follows the entry review with everybody who came, the registration with everybody
about whom admissions has said a verdict. The others are counted here, each with the reason.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.entry_review import STANDING_TITLES, Standing
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.rounds import require_leading
from desktop.procedures.session import Session
from desktop.procedures.standing.following_rounds import plan_following, sources
from desktop.procedures.standing.review_files import review_once
from desktop.procedures.standing.waiting_words import waiting_told
from desktop.store import school
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students

UNTOLD: Final = "招生工作处还没有告知情况"
COMING: Final = "可以补入"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A student of an earlier round who is not on the roster of the one that follows.

    Attributes:
        student: who.
        title: why, in a word; of who can be taken in now, that.
        why: why, in a sentence; "" where nothing more is known.
        coming: whether ``take_followers`` brings the student in now.
    """

    student: Student
    title: str
    why: str
    coming: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Everybody of one earlier round who is not in the one that follows, in class order."""

    source: Round
    students: Sequence[LeftOut]

    @property
    def coming(self) -> int:
        """How many can be taken in now."""
        return sum(one.coming for one in self.students)

    @property
    def waiting(self) -> Mapping[str, int]:
        """How many can not, by the reason in a word, in the order of standings."""
        counted = Counter(one.title for one in self.students if not one.coming)
        return {title: counted[title] for title in _TITLES if counted[title]}


_TITLES: Final = (*STANDING_TITLES.values(), UNTOLD)


def following_gaps(session: Session, round_id: str) -> tuple[Gap, ...]:
    """Return who of earlier rounds of the same year is not in a round, the latest round first.

    Whoever is in none of them is named once, under the latest. Rounds from which nobody is left
    out are not named.

    Raises:
        NotAllowed: another office leads the procedure.
        NotFound: this store does not know the round.
    """
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
    require_leading(session, round_.procedure)
    found: list[Gap] = []
    seen: set[str] = set()
    for source in sources(session, round_.procedure, round_.entry_year):
        coming = set(plan_following(session, round_.procedure, source.id, round_id).new)
        with session.unit_of_work() as unit:
            listed = {one.subject for one in listed_students(unit.connection, round_id)}
            people = listed_students(unit.connection, source.id)
            away = [one for one in people if one.subject not in listed | seen]
            words = _words(session, unit, round_.procedure, source.id)
        seen |= {one.subject for one in away}
        left = tuple(_left_out(one, one.subject in coming, words) for one in away)
        if left:
            found.append(Gap(source, left))
    return tuple(found)


Words = Mapping[str, tuple[str, str]]


def _left_out(student: Student, coming: bool, words: Words) -> LeftOut:
    title, why = words.get(student.subject, (UNTOLD, ""))
    return LeftOut(student, COMING if coming else title, "" if coming else why, coming)


def _words(session: Session, unit: UnitOfWork, procedure: Procedure, source_id: str) -> Words:
    """Return where the students of the entry review stand, as this office knows it, and why."""
    if procedure is Procedure.RECHECK:
        return {
            one.student.subject: (
                STANDING_TITLES[one.assessment.standing],
                "".join(reason.sentence for reason in one.assessment.reasons),
            )
            for one in review_once(session, unit, source_id).students
        }
    return {
        student: (STANDING_TITLES[Standing(texts["standing"])], texts["explanation"])
        for student, texts in waiting_told(unit, source_id).items()
        if texts["standing"]
    }
