"""Procedure three as the registrar's page shows it: every student, verdict, reasons, outcome."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.rounds import ClassGroup, Procedure
from desktop.domain.sheets import MARK_TITLES, Mark
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.domain.students import Identity
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.registration.student_registration import Judged, judged_once
from desktop.procedures.registration.verdicts import verdicts_for
from desktop.procedures.session import Session
from desktop.store import registration, school

READY_TITLE = "可以办理"  # an outcome, which need not be that the student is registered
# what `incomplete` asks for, besides a class
NEEDED_FIELDS = ("name", "id_number", "exam_number", "sex", "birth_date", "major_code")


@dataclass(frozen=True, slots=True)
class RegistrationLine:
    """A student of a round: the rule's verdict, and what was issued.

    ``review`` and ``recheck`` are what admissions says, each in a word and kept apart; "" while it
    says nothing.
    """

    judged: Judged
    group: ClassGroup
    mark: str  # how the student signed, in a word; "" where nobody has said
    sheet: str  # the number of the sheet, "" for none
    review: str = ""
    recheck: str = ""

    @property
    def subject(self) -> str:
        """The student."""
        return self.judged.student.subject

    @property
    def identity(self) -> Identity:
        """The student's data."""
        return self.judged.student.identity

    @property
    def issued(self) -> Outcome | None:
        """The outcome that was issued."""
        return self.judged.issued.outcome if self.judged.issued else None

    @property
    def ready(self) -> bool:
        """Whether an outcome can be issued now."""
        return self.issued is None and self.judged.verdict.outcome is not None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of what holds the student back; none for who is ready or has an outcome."""
        if self.issued or self.ready:
            return ()
        return tuple(dict.fromkeys(reason.code for reason in self.judged.verdict.reasons))

    @property
    def title(self) -> str:
        """How the student stands, in a word."""
        if self.issued:
            return OUTCOME_TITLES[self.issued]
        return READY_TITLE if self.ready else HELD_BACK_TITLE

    @property
    def undecided(self) -> bool:
        """Whether offices contradict one another about somebody who has an outcome."""
        return bool(self.issued) and any(r.code == "conflict" for r in self.judged.verdict.reasons)

    @property
    def why(self) -> str:
        """The first reason in a sentence, and how many there are besides."""
        if self.judged.issued:
            return (
                "各方说法又不一致，请先裁定。" if self.undecided else self.judged.issued.explanation
            )
        first, *others = self.judged.verdict.reasons
        return first.sentence + (f"（另有 {len(others)} 条）" if others else "")

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """The fields without which nothing can be issued and that are empty."""
        return tuple(field for field in NEEDED_FIELDS if not getattr(self.identity, field))


def registration_lines(session: Session, round_id: str) -> list[RegistrationLine]:
    """Return every student of a round in class order.

    Raises:
        NotFound: this seat does not know the round.
    """
    with session.unit_of_work() as unit:
        groups = {group.id: group for group in school.classes(unit.connection)}
        marks = registration.texts_of_round(unit.connection, "signature", round_id)
        round_ = school.round_by_id(unit.connection, round_id)
        review = verdicts_for(unit, Procedure.ENTRY_REVIEW, round_)
        recheck = verdicts_for(unit, Procedure.RECHECK, round_)
        judged = judged_once(session, unit, round_id)
    lines = []
    for one in judged:
        texts = marks.get(one.student.subject, {})
        mark = texts.get("mark", "")
        lines.append(
            RegistrationLine(
                judged=one,
                group=groups.get(one.student.class_id, NO_CLASS),
                mark=MARK_TITLES[Mark(mark)] if mark else "",
                sheet=texts.get("sheet", ""),
                review=review.title(one.student.subject),
                recheck=recheck.title(one.student.subject),
            )
        )
    return lines


def outcomes_ready(lines: Sequence[RegistrationLine]) -> dict[Outcome, int]:
    """Return how many of each outcome an issue would bring, in the order of the rule book."""
    counts = Counter(line.judged.verdict.outcome for line in lines if line.ready)
    return {outcome: counts[outcome] for outcome in OUTCOME_TITLES if counts[outcome]}
