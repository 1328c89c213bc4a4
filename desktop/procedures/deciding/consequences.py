"""What follows for a student when contradicting decisions are decided.

Accepting a correction or an addition also changes the student's data. Where one seat accepted and
another rejected, that change stands already: so who decides between them says in the same
transaction what now holds of the student. What others have said of it since is left alone.
"""

from collections.abc import Iterable

from desktop.domain.readings import read
from desktop.domain.statements import Key, Statement
from desktop.domain.students import IDENTITY_FIELDS
from desktop.procedures.identity_checks import refuse_accepted_pair, refuse_taken
from desktop.store import registration
from desktop.store.journal import Draft
from desktop.store.registration import Addition
from desktop.store.store import UnitOfWork
from desktop.store.tables import statements_of

ACCEPTED = "accepted"
_OTHER_FIRST = "请先查明那名学生的号码是否有误，再裁定这一处。"
_OF_ADDITION = ("name", "sex", "exam_number", "student_number", "id_number")


def consequences(
    unit: UnitOfWork, key: Key, field: str, value: str | None, reason: str
) -> list[Draft]:
    """Return what must be said of students when a conflict of decisions is decided so.

    Raises:
        CorrectionRefused: name and ID number of one student would both change, or the number is
            another student's by now.
    """
    if key.aspect == "correction_decision" and field == "decision":
        return _of_correction(unit, key, value, reason)
    if key.aspect == "addition_decision" and field in ("decision", "student"):
        return _of_addition(unit, key, field, value, reason)
    return []


def _of_correction(unit: UnitOfWork, key: Key, value: str | None, reason: str) -> list[Draft]:
    """Return the student's value that a decided correction calls for, if it is not there."""
    found = registration.corrections(unit.connection, key.round)
    for correction in found:
        if correction.subject == key.subject and correction.student and correction.field:
            break
    else:  # withdrawn meanwhile: what it said of the student went with it
        return []
    wrong, right = correction.new, correction.old
    if value == ACCEPTED:
        refuse_accepted_pair(unit, key.round, correction)
        wrong, right = right, wrong
    identity = Key(correction.student, "identity", "")
    reading = read(_said(unit, identity))
    if correction.field in reading.conflicts:  # waits for a decision of its own
        return []
    if reading.values.get(correction.field, "") != wrong:
        return []
    refuse_taken(unit, correction.student, {correction.field: right}, todo=_OTHER_FIRST)
    return [Draft(identity, {correction.field: right or None}, reason)]


def _of_addition(
    unit: UnitOfWork, key: Key, field: str, value: str | None, reason: str
) -> list[Draft]:
    """Return what a decided addition calls for: who is in the class, who never came into it."""
    # a retracted one, too: whoever accepted it put somebody into its class
    additions = registration.additions(unit.connection, key.round, retracted=True)
    addition = next((one for one in additions if one.subject == key.subject), None)
    if addition is None:
        return []
    said = _said(unit, key)
    after = {**read(said).values, field: value}
    students = {s.values["student"] for s in said if s.values.get("student")}
    # while it is disputed who is meant, what was said of each of them stands
    disputed = {"decision", "student"} & (read(said).conflicts.keys() - {field})
    meant = after.get("student") if after.get("decision") == ACCEPTED else None
    drafts: list[Draft] = []
    for student in sorted(one for one in students if one):
        acceptances = [s for s in said if s.values.get("student") == student]
        if student == meant:
            drafts += _bring_in(unit, addition, student, acceptances, reason)
        elif not disputed or after.get("decision") == "rejected":
            drafts += _put_back(unit, addition, student, acceptances, reason)
    return drafts


def _put_back(
    unit: UnitOfWork,
    addition: Addition,
    student: str,
    acceptances: list[Statement],
    reason: str,
) -> list[Draft]:
    """Return a student to where an acceptance found them, and who was new off the record."""
    drafts = []
    for key, field, there in _places(addition, student, acceptances):
        said = _said(unit, key)
        before = _before(said, acceptances, field, there)
        if before != there and _reads(said, field) == there:
            drafts.append(Draft(key, {field: before}, reason))
    identity = Key(student, "identity", "")
    said = _said(unit, identity)
    origin = [s for s in said if not s.seen]
    if drafts and origin and all(_by_acceptance(s, acceptances) for s in origin):
        known = read(said)
        fields = [f for f in IDENTITY_FIELDS if f in known.values or f in known.conflicts]
        drafts.append(Draft(identity, dict.fromkeys(fields), reason))
    return drafts


def _bring_in(
    unit: UnitOfWork,
    addition: Addition,
    student: str,
    acceptances: list[Statement],
    reason: str,
) -> list[Draft]:
    """Return a student to where the acceptance had put them, if they were put back since."""
    drafts = []
    for key, field, there in _places(addition, student, acceptances):
        said = _said(unit, key)
        now = _reads(said, field)
        if now != there and now == _before(said, acceptances, field, there):
            drafts.append(Draft(key, {field: there}, reason))
    identity = Key(student, "identity", "")
    if drafts and not read(_said(unit, identity)).values:
        values = {f: getattr(addition, f) for f in _OF_ADDITION}
        drafts.append(Draft(identity, {f: v for f, v in values.items() if v}, reason))
    return drafts


def _places(
    addition: Addition, student: str, acceptances: list[Statement]
) -> Iterable[tuple[Key, str, str]]:
    """Yield what an acceptance says of where a student is: key, field and value."""
    yield Key(student, "placement", ""), "class_id", addition.class_id
    yield Key(student, "roster", acceptances[0].round), "listed", "yes"


def _before(
    said: list[Statement], acceptances: list[Statement], field: str, there: str
) -> str | None:
    """Return what a field read when the student was accepted: what that statement had seen."""
    mine = [s for s in said if s.values.get(field) == there and _by_acceptance(s, acceptances)]
    seen = {earlier for statement in mine for earlier in statement.seen}
    return read([s for s in said if s.id in seen and s not in mine]).values.get(field)


def _by_acceptance(statement: Statement, acceptances: list[Statement]) -> bool:
    """Tell whether a statement was made in the transaction of one of the acceptances.

    A seat numbers what it says without a gap, and an acceptance is the last thing that its
    transaction says: at most identity, placement and roster come before it.
    """
    return any(
        statement.seat == one.seat and 0 < one.number - statement.number <= _SAID_BEFORE
        for one in acceptances
    )


_SAID_BEFORE = 3


def _reads(said: list[Statement], field: str) -> str | None:
    """Return what a field reads; a conflict reads like nothing that anybody said."""
    reading = read(said)
    return _DISPUTED if field in reading.conflicts else reading.values.get(field)


_DISPUTED = "\N{NULL}"


def _said(unit: UnitOfWork, key: Key) -> list[Statement]:
    """Return the statements of one key that count."""
    return statements_of(unit.connection, [key]).get(key, [])
