"""Check-in at the college: who came, what was brought, what was found (细则 一(三)2, 4, 5)."""

from collections.abc import Callable, Collection, Mapping

from desktop.domain.check_in import (
    may_arrive,
    may_bring,
    passes_by_itself,
    unlooked,
)
from desktop.domain.checklists import Brought, DocumentState
from desktop.domain.entry_review import ArrivalState, Finding, ReviewFile
from desktop.domain.offices import OfficeKind
from desktop.procedures.check_in.check_in_checks import Desk
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    CheckInNotes,
    DocumentNote,
    VerdictNote,
)
from desktop.procedures.evidence_files import keep_evidence, read_evidence
from desktop.procedures.session import Session
from desktop.store.journal import Draft
from desktop.store.students import students_by_subject


def record_check_in(session: Session, round_id: str, notes: CheckInNotes) -> int:
    """Record what was filled in of some students, all of it or nothing.

    What is said already is not said again. Returns how many statements were made.

    Raises:
        Incomplete, TextRefused, TextTooLong, ValueRefused: something is missing or can not be.
        NotStarted: the class may not look at documents and people yet.
        NotArrived, ArrivalContradicts, FindingContradicts, FaceNotPassed, SameChecker,
            NotOnChecklist: it does not fit what else is recorded.
        VerdictStands: admissions has had its word about a student.
        FileUnreadable: a file that is to prove something is gone.
        CheckInError, NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(OfficeKind.COLLEGE)
    evidence = {one.student: read_evidence(one.evidence) for one in notes.verdicts}
    with session.unit_of_work() as unit:
        known = students_by_subject(unit.connection, notes.students)
        desk = Desk(session, unit, round_id, {one.class_id for one in known.values()})
        drafts = _drafts(desk, notes)
        made = unit.journal.state_all(
            draft._replace(evidence=keep_evidence(session, unit, evidence[draft.key.subject]))
            if draft.key.aspect == "class_verdict"
            else draft
            for draft in drafts
        )
        unit.commit()
    return len(made)


def record_class_arrived(
    session: Session,
    round_id: str,
    class_id: str,
    day: str,
    leaving_out: Collection[str] = (),
) -> tuple[str, ...]:
    """Record that a whole class came on a day, except some, and return who that is.

    Those of whom something is recorded already are left as they are.

    Raises:
        Incomplete, ValueRefused: the day is missing, or none, or to come.
        CheckInError, NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """

    def notes(desk: Desk) -> CheckInNotes:
        came = [s for s, file in desk.files.items() if s not in leaving_out and may_arrive(file)]
        return CheckInNotes(
            arrivals=tuple(ArrivalNote(one, ArrivalState.ARRIVED, day) for one in came)
        )

    return _for_class(session, round_id, class_id, notes)


def record_class_documents(
    session: Session,
    round_id: str,
    class_id: str,
    missing: Mapping[str, Mapping[str, str]],
) -> tuple[str, ...]:
    """Record that all who came brought everything that is required, except what some lack.

    What was said of a document before stays. Returns of whom something is now recorded.

    Args:
        session: of a college.
        round_id: of procedure one.
        class_id: a class of the college.
        missing: per student, per slot of what is missing, the day by which it is to be brought,
            ISO, or "" while none is agreed.

    Raises:
        ValueRefused: such a day is none, or over.
        NotStarted: the class may not begin.
        CheckInError, NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """

    def items(desk: Desk, file: ReviewFile) -> dict[str, str]:
        seen = dict.fromkeys(unlooked(desk.items, file), str(Brought.SEEN))
        lacks = missing.get(file.student, {})
        return seen | {
            slot: DocumentState(Brought.MISSING, day.strip()).to_text()
            for slot, day in lacks.items()
        }

    def notes(desk: Desk) -> CheckInNotes:
        told = {s: items(desk, file) for s, file in desk.files.items() if may_bring(file)}
        return CheckInNotes(
            documents=tuple(DocumentNote(student, said) for student, said in told.items() if said)
        )

    return _for_class(session, round_id, class_id, notes)


def record_rest_normal(
    session: Session,
    round_id: str,
    class_id: str,
    checker: str,
    leaving_out: Collection[str] = (),
) -> tuple[str, ...]:
    """Record that the class teacher finds all the others normal, and return who that is.

    The others: whose comparison of faces has passed, of whom nothing speaks against it, and of
    whom nothing was found yet. The rest have to be looked at one by one.

    Raises:
        Incomplete, TextRefused, TextTooLong: the name is missing, or none.
        NotStarted: the class may not begin.
        CheckInError, NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """

    def notes(desk: Desk) -> CheckInNotes:
        return CheckInNotes(
            verdicts=tuple(
                VerdictNote(student, Finding.NORMAL, checker, compared=file.compared)
                for student, file in desk.files.items()
                if student not in leaving_out and passes_by_itself(file, desk.rules)
            )
        )

    return _for_class(session, round_id, class_id, notes)


def _for_class(
    session: Session, round_id: str, class_id: str, notes: Callable[[Desk], CheckInNotes]
) -> tuple[str, ...]:
    """Record of a class what is made of all its students, and return whom it was about."""
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        desk = Desk(session, unit, round_id, [class_id])
        made = unit.journal.state_all(_drafts(desk, notes(desk)))
        unit.commit()
    return tuple(statement.subject for statement in made)


def _drafts(desk: Desk, notes: CheckInNotes) -> list[Draft]:
    """Return what notes say, each checked against what stands and what the ones before it say."""
    said = (
        *(desk.arrival(note) for note in notes.arrivals),
        *(desk.documents(note) for note in notes.documents),
        *(desk.verdict(note) for note in notes.verdicts),
        *(desk.second(note) for note in notes.seconds),
    )
    return [draft for draft in said if draft is not None]
