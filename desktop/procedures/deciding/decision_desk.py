"""The registrar's desk of decisions: what waits, with names, papers and who said what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.histories import Attached, evidence_name
from desktop.domain.readings import standing
from desktop.domain.statements import Key, Statement
from desktop.domain.students import FIELD_TITLES
from desktop.domain.wording import full_title, value_text
from desktop.procedures.deciding.decisions import (
    Alternative,
    OpenConflict,
    open_conflicts,
)
from desktop.procedures.deciding.going_together import ACTS
from desktop.procedures.deciding.redeciding import DecidedConflict, decided_conflicts
from desktop.procedures.naming import Names, Who
from desktop.procedures.session import Session
from desktop.store import histories, registration
from desktop.store.registration import Addition, Correction
from desktop.store.store import UnitOfWork
from desktop.store.students import find_by_number
from desktop.store.tables import statements_of

_EMPTY = "（空着）"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who said something: office, seat, person, when, why, on which papers."""

    office_name: str
    seat: str
    operator: str
    at: str
    reason: str
    evidence: tuple[Attached, ...]

    @property
    def speaker(self) -> str:
        """Office and seat: two seats of one office are told apart."""
        return f"{self.office_name}（{self.seat}号席位）"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: the value itself, the value in words, and who said it."""

    value: str | None
    text: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided: the value that holds, in words too, and who decided it and why."""

    conflict: DecidedConflict
    side: Side


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which statements contradict one another, with all sides.

    ``decided`` tells how it was decided, None while it waits.
    """

    key: Key
    field: str
    title: str
    who: Who
    sides: tuple[Side, ...]
    decided: Verdict | None = None

    @property
    def likeness(self) -> tuple[str, str, tuple[str, ...]]:
        """What disagreements have in common that can be decided alike: field and speakers."""
        seats = sorted({side.voice.seat for side in self.sides})
        return (self.key.aspect, self.field, tuple(seats))

    def short_name(self, side: Side) -> str:
        """Return who a side is in a few words: the office, or the seat within one office."""
        offices = {one.voice.office_name for one in self.sides}
        return side.voice.office_name if len(offices) > 1 else f"{side.voice.seat}号席位"

    def value_of(self, seat: str) -> str | None:
        """Return what a seat says.

        Raises:
            LookupError: it says nothing here, or two things.
        """
        (value,) = {side.value for side in self.sides if side.voice.seat == seat}
        return value


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """A correction that a college proposed; ``decision`` is "" while it waits."""

    subject: str
    who: Who
    field: str
    title: str
    old: str
    new: str
    sheet: str
    explanation: str
    decision: str
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class ProposedStudent:
    """A student written by hand at the end of a sheet; ``decision`` is "" while it waits.

    ``listed`` is the student who is known by one of the numbers, None for one who is not.
    """

    subject: str
    who: Who
    facts: tuple[tuple[str, str], ...]
    sheet: str
    explanation: str
    decision: str
    voice: Voice | None
    listed: Who | None = None


@dataclass(frozen=True, slots=True)
class DecisionDesk:
    """Everything of a round that was or is to be decided."""

    disagreements: tuple[Disagreement, ...]
    corrections: tuple[ProposedChange, ...]
    additions: tuple[ProposedStudent, ...]
    decided: tuple[Disagreement, ...] = ()

    @property
    def waiting(self) -> tuple[int, int, int]:
        """How many disagreements, corrections and additions wait."""
        return (
            len(self.disagreements),
            sum(not one.decision for one in self.corrections),
            sum(not one.decision for one in self.additions),
        )


def decision_desk(session: Session, round_id: str) -> DecisionDesk:
    """Return what waits for the registrar's decision in a round, and what was decided."""
    conflicts = open_conflicts(session, round_id)
    settled = decided_conflicts(session, round_id)
    both: list[OpenConflict | DecidedConflict] = [*conflicts, *settled]
    with session.unit_of_work() as unit:
        connection = unit.connection
        corrections = registration.corrections(connection, round_id)
        additions = registration.additions(connection, round_id)
        subjects = {one.key.subject for one in both}
        subjects.update(one.subject for one in corrections)
        subjects.update(one.subject for one in additions)
        said = statements_of(
            connection,
            [Key(one.subject, "correction", round_id) for one in corrections]
            + [Key(one.subject, "addition", round_id) for one in additions],
        )
        evidence = {sha for lines in said.values() for one in lines for sha in one.evidence}
        evidence.update(s for c in both for a in c.alternatives for s in a.evidence)
        listed = {
            one.subject: found[0].subject
            for one in additions
            if (found := find_by_number(connection, _numbers(one)))
        }
        desk = _Desk(
            unit,
            subjects | set(listed.values()),
            histories.attachment_names(connection, evidence),
            listed,
        )
    conflicts.sort(key=_leading_first)
    settled.sort(key=_leading_first)
    return DecisionDesk(
        tuple(desk.disagreement(one) for one in conflicts),
        tuple(desk.correction(one, said, round_id) for one in corrections),
        tuple(desk.addition(one, said, round_id) for one in additions),
        tuple(desk.decided(one) for one in settled),
    )


class _Desk:
    """Names and files at hand, to turn what the store says into what people read."""

    def __init__(
        self,
        unit: UnitOfWork,
        subjects: set[str],
        files: Mapping[str, str],
        listed: Mapping[str, str],
    ) -> None:
        self.names = Names(unit, subjects)
        self._files, self._listed = files, listed

    def disagreement(self, one: OpenConflict | DecidedConflict) -> Disagreement:
        """Return a conflict with all its sides."""
        return Disagreement(
            key=one.key,
            field=one.field,
            title=full_title(one.key.aspect, one.field, one.key.round),
            who=self.names.who(one.key.subject),
            sides=tuple(self.side(one.key, one.field, a) for a in one.alternatives),
        )

    def decided(self, one: DecidedConflict) -> Disagreement:
        """Return a conflict with all its sides, and how it was decided."""
        side = self.side(one.key, one.field, one.decision)
        return replace(self.disagreement(one), decided=Verdict(one, side))

    def side(self, key: Key, field: str, one: Alternative) -> Side:
        """Return one side of a disagreement."""
        voice = Voice(
            self.names.office(one.office),
            one.seat,
            one.operator,
            _minute(one.at),
            one.reason,
            self._attached(one.evidence),
        )
        known = self.names.known
        text = value_text(key.aspect, field, one.value, known) if one.value else _EMPTY
        return Side(one.value, text, voice)

    def correction(
        self, one: Correction, said: Mapping[Key, Sequence[Statement]], round_id: str
    ) -> ProposedChange:
        """Return a correction with who proposed it."""
        return ProposedChange(
            subject=one.subject,
            who=self.names.who(one.subject),
            field=one.field,
            title=FIELD_TITLES.get(one.field, one.field),
            old=one.old,
            new=one.new,
            sheet=one.sheet,
            explanation=one.explanation,
            decision=one.decision,
            voice=self._voice(said.get(Key(one.subject, "correction", round_id), ())),
        )

    def addition(
        self, one: Addition, said: Mapping[Key, Sequence[Statement]], round_id: str
    ) -> ProposedStudent:
        """Return a student added by hand with who wrote it down."""
        fields = ("name", "sex", "student_number", "exam_number", "id_number")
        return ProposedStudent(
            subject=one.subject,
            who=self.names.who(one.subject),
            facts=tuple((FIELD_TITLES[f], getattr(one, f)) for f in fields if getattr(one, f)),
            sheet=one.sheet,
            explanation=one.explanation,
            decision=one.decision,
            voice=self._voice(said.get(Key(one.subject, "addition", round_id), ())),
            listed=self.names.who(self._listed[one.subject])
            if one.subject in self._listed
            else None,
        )

    def _voice(self, statements: Sequence[Statement]) -> Voice | None:
        """Return who said the latest of some statements; None where none counts any more."""
        standers = {id(s): s for field in standing(statements).values() for s in field}
        if not standers:
            return None
        last = max(standers.values(), key=lambda s: (s.clock, s.id))
        return Voice(
            self.names.office_of_seat(last.seat),
            last.seat,
            last.operator,
            _minute(last.at),
            last.reason,
            self._attached(last.evidence),
        )

    def _attached(self, evidence: Sequence[str]) -> tuple[Attached, ...]:
        """Return papers with a name to open; a name does not travel with a bundle."""
        return tuple(
            Attached(sha, evidence_name(sha, place, self._files))
            for place, sha in enumerate(evidence, start=1)
        )


def _leading_first(one: OpenConflict | DecidedConflict) -> tuple[Key, bool, str]:
    """Return the order: what a person did comes before what explains it."""
    act = ACTS.get(one.key.aspect)
    return one.key, act is None or act.leading != one.field, one.field


def _numbers(one: Addition) -> tuple[str, ...]:
    return tuple(filter(None, (one.exam_number, one.student_number, one.id_number)))


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
