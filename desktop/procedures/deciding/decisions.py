"""What a person at the registrar decides: conflicts, corrections, additions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.authority import YEARLY, may_state
from desktop.domain.offices import OfficeKind
from desktop.domain.readings import read, standing
from desktop.domain.rounds import LEADERS, leads
from desktop.domain.statements import Key, Statement
from desktop.domain.students import Identity, student_subject
from desktop.errors import (
    AlreadyIssued,
    CorrectionRefused,
    DecisionStale,
    NotAllowed,
    NotFound,
)
from desktop.procedures.deciding.consequences import consequences
from desktop.procedures.deciding.going_together import decision_values
from desktop.procedures.identity_checks import (
    checked_newcomer,
    checked_values,
    refuse_accepted_pair,
    refuse_taken,
    with_confirmed,
)
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason
from desktop.store import registration, seats
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, find_by_number, key_owners, students_by_subject
from desktop.store.tables import statements_of


@dataclass(frozen=True, slots=True)
class Alternative:
    """One side of a conflict: the value, and who said it, where, when and why."""

    value: str | None
    office: str
    seat: str
    operator: str
    at: str
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A field on which statements contradict one another."""

    key: Key
    field: str
    alternatives: tuple[Alternative, ...]


def open_conflicts(session: Session, round_id: str) -> list[OpenConflict]:
    """Return everything that waits for a decision, side by side, by subject."""
    with session.unit_of_work() as unit:
        keys = registration.conflicting_keys(unit.connection, round_id)
        said = statements_of(unit.connection, keys)
        offices = seats.offices_by_seat(unit.connection)
    conflicts = []
    for key in sorted(said):
        standers = standing(said[key])
        for field in sorted(read(said[key]).conflicts):
            saying = sorted(standers[field], key=lambda s: (s.seat, s.number))
            sides = tuple(alternative(s, field, offices.get(s.seat, "")) for s in saying)
            conflicts.append(OpenConflict(key, field, sides))
    return conflicts


def alternative(said: Statement, field: str, office: str) -> Alternative:
    """Return what a statement says of a field, with who said it."""
    return Alternative(
        said.values[field], office, said.seat, said.operator, said.at, said.reason, said.evidence
    )


def decide_conflict(session: Session, key: Key, field: str, value: str | None, reason: str) -> None:
    """Decide a conflict with one more statement, which has seen all that stood.

    Where a correction or an addition was both accepted and rejected, the student's data follow;
    the reason of a mark is decided with the mark.

    Raises:
        Incomplete: no reason is given.
        ReasonOfAnotherMark: the reason belongs to a mark that was decided against.
        DecisionStale: there is no such conflict any more, or the value is none of the sides.
        CorrectionRefused: name and ID number of one student would both change.
        NotAllowed: only the office that leads the round decides, and only what it may say itself.
    """
    require_deciding(session, key)
    reason = stated_reason(reason, "裁定要写明理由。")
    with session.unit_of_work() as unit:
        said = statements_of(unit.connection, [key]).get(key, [])
        reading = read(said)
        if value not in reading.conflicts.get(field, ()):
            raise DecisionStale(
                "这一处分歧已经变化或已有人裁定。", "请重新打开待裁定列表，查看最新情况。"
            )
        values = decision_values(key, field, value, standing(said)[field], reading)
        # asked before the decision is said: what stood until now tells what follows from it
        follows = consequences(unit, key, field, value, reason)
        # a photo travels with whoever names it, and the office may never have heard of the other
        photo = (value,) if key.aspect == "photo" and value else ()
        unit.journal.state_all([*follows, Draft(key, values, reason, photo)])
        unit.commit()


def require_deciding(session: Session, key: Key) -> None:
    """Raise unless this office decides about a key: the registrar, or who leads its round.

    Raises:
        NotAllowed: it does not.
    """
    session.require(OfficeKind.REGISTRAR, *LEADERS.values())
    kind = session.home.seat.office.kind
    led = not key.round or key.aspect in YEARLY or leads(kind, key.round)
    if not (led and may_state(kind, key.aspect)):
        raise NotAllowed(
            "这一处分歧不归本部门裁定。",
            "请把材料交给牵头的部门：审查、复查由招生工作处裁定，其余由教务处学籍科裁定。",
        )


def decide_correction(
    session: Session,
    round_id: str,
    subject: str,
    *,
    accept: bool,
    reason: str,
    confirmed: Collection[str] = (),
) -> None:
    """Accept a correction, which changes the student's data, or reject it.

    What is accepted is checked anew: the registrar may know more students than the college, and
    ``confirmed`` are the codes of the questions that the registrar has answered.

    Raises:
        NotFound: no such correction. DecisionStale: it is decided, or the old value has changed.
        CorrectionRefused: name and ID number of one student would both change, the number is
            another student's, or the value is not spelt as it must be.
        TextRefused, ValueRefused: the value can not be right.
        Unconfirmed: it may be wrong, and nobody has confirmed it.
        Incomplete: no reason is given.
    """
    session.require(OfficeKind.REGISTRAR)
    reason = stated_reason(reason, "处理更正要写明理由。")
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        found = [
            c for c in registration.corrections(unit.connection, round_id) if c.subject == subject
        ]
        if not found:
            raise NotFound("没有这条更正。", "请在更正列表中选择。")
        correction = found[0]
        if correction.decision:
            raise DecisionStale("这条更正已经处理过。", "请刷新列表。")
        drafts = []
        if accept:
            refuse_accepted_pair(unit, round_id, correction)
            drafts.append(_accepted(unit, correction, reason, confirmed))
        drafts.append(
            Draft(
                Key(subject, "correction_decision", round_id),
                {"decision": "accepted" if accept else "rejected", "explanation": reason},
            )
        )
        unit.journal.state_all(drafts)
        unit.commit()


_WHY_ADDED = "处理增补要写明理由。"
_REJECT = "请驳回，并请院部核对后重新提出。"


def _accepted(
    unit: UnitOfWork,
    correction: registration.Correction,
    reason: str,
    confirmed: Collection[str],
) -> Draft:
    """Return what an accepted correction says of the student, if it can be right."""
    known = students_by_subject(unit.connection, [correction.student])[correction.student].identity
    if getattr(known, correction.field) != correction.old:
        raise DecisionStale(
            "这一项在提出更正以后又变了，不能直接采纳。", "请驳回，并请院部重新提出。"
        )
    change = {correction.field: correction.new}
    values, answers = checked_values(known, change, confirmed, todo=_REJECT)
    if values != change:  # a college with another version sent it
        raise CorrectionRefused(
            f"更正后的内容“{correction.new}”应当写成“{values[correction.field]}”。", _REJECT
        )
    refuse_taken(unit, correction.student, values, todo=_REJECT)
    return Draft(
        Key(correction.student, "identity", ""), dict(values), with_confirmed(reason, answers)
    )


def accept_addition(
    session: Session,
    round_id: str,
    subject: str,
    reason: str,
    *,
    confirmed: Collection[str] = (),
) -> str:
    """Accept a student who was added by hand, and return the student.

    A student who is known by one of the numbers moves to this class; a new one is put on record
    with what the sheet says, and the rest is filled in later. What a new one says of himself is
    checked anew, and ``confirmed`` are the codes of the questions that the registrar has answered.

    Raises:
        NotFound, DecisionStale: no such addition, or it is decided.
        DecisionStale: the numbers belong to two different students, or to one of another name or
            with other numbers.
        AlreadyIssued: the student has an outcome in this round.
        CorrectionRefused, TextRefused, ValueRefused: what is said of a new one can not be right.
        Unconfirmed: it may be wrong, and nobody has confirmed it.
        Incomplete: no reason is given.
    """
    session.require(OfficeKind.REGISTRAR)
    reason = stated_reason(reason, _WHY_ADDED)
    with session.unit_of_work() as unit:
        addition = _open_addition(unit, round_id, subject)
        known = _known_student(unit, round_id, addition)
        drafts = []
        if known:
            student = known.subject
        else:
            said = {f: getattr(addition, f) for f in ("name", "sex", *_NUMBERS)}
            taken = set(key_owners(unit.connection).values())
            student = student_subject(session.home.school_code, Identity(**said), taken)
            drafts.append(_newcomer(student, said, reason, confirmed))
        drafts += [
            Draft(Key(student, "placement", ""), {"class_id": addition.class_id}, reason),
            Draft(Key(student, "roster", round_id), {"listed": "yes"}, reason),
            Draft(
                Key(subject, "addition_decision", round_id),
                {"decision": "accepted", "student": student, "explanation": reason},
            ),
        ]
        unit.journal.state_all(drafts)
        unit.commit()
    return student


def _newcomer(
    student: str, said: Mapping[str, str], reason: str, confirmed: Collection[str]
) -> Draft:
    """Return what is put on record of a new student, if it can be right."""
    values, answers = checked_newcomer(said, confirmed, todo=_REJECT)
    if any(values.get(f, "") != said[f] for f in said):  # a college with another version sent it
        raise CorrectionRefused(f"增补登记的“{said['name']}”写法不对。", _REJECT)
    return Draft(Key(student, "identity", ""), dict(values), with_confirmed(reason, answers))


def reject_addition(session: Session, round_id: str, subject: str, reason: str) -> None:
    """Reject a student who was added by hand.

    Raises:
        NotFound, DecisionStale, Incomplete: nothing was decided.
    """
    session.require(OfficeKind.REGISTRAR)
    reason = stated_reason(reason, _WHY_ADDED)
    with session.unit_of_work() as unit:
        _open_addition(unit, round_id, subject)
        unit.journal.state(
            Key(subject, "addition_decision", round_id),
            {"decision": "rejected", "explanation": reason},
        )
        unit.commit()


def complete_identity(
    session: Session,
    student: str,
    values: Mapping[str, str],
    reason: str,
    *,
    confirmed: Collection[str] = (),
) -> None:
    """Fill in what is missing of a student's data, from admission papers.

    Args:
        session: of the registrar.
        student: whose data.
        values: field to what the papers say.
        reason: on which papers it rests.
        confirmed: codes of the questions about the values that a person has answered.

    Raises:
        CorrectionRefused: a value would be overwritten, which only a correction may do, or a
            number is another student's.
        TextRefused, ValueRefused: a value can not be right.
        Unconfirmed: a value may be wrong, and nobody has confirmed it.
        Incomplete: no reason is given.
    """
    session.require(OfficeKind.REGISTRAR)
    reason = stated_reason(reason, "补全信息要写明依据。", "请填写依据后再保存。")
    with session.unit_of_work() as unit:
        known = students_by_subject(unit.connection, [student]).get(student)
        if known is None:
            raise NotFound("没有这名学生。", "请在名单中选择。")
        if any(getattr(known.identity, field) for field in values):
            raise CorrectionRefused("其中有的项已经有内容。", "改动已有的内容请走更正。")
        checked, answers = checked_values(known.identity, values, confirmed)
        refuse_taken(unit, student, checked)
        unit.journal.state(
            Key(student, "identity", ""), dict(checked), reason=with_confirmed(reason, answers)
        )
        unit.commit()


_NUMBERS: Sequence[str] = ("exam_number", "student_number", "id_number")


def _known_student(
    unit: UnitOfWork, round_id: str, addition: registration.Addition
) -> Student | None:
    """Return the student whom an addition means, None for one who was never heard of.

    A single number may be mistyped and somebody else's: name and every number must agree.
    """
    numbers = {field: getattr(addition, field) for field in _NUMBERS}
    known = find_by_number(unit.connection, numbers.values())
    if not known:
        return None
    (student, *others) = known
    agrees = student.identity.name == addition.name and all(
        getattr(student.identity, field) == number for field, number in numbers.items() if number
    )
    if others or not agrees:
        names = "、".join(sorted(one.identity.name or "（无名）" for one in known))
        raise DecisionStale(
            f"增补登记的“{addition.name}”用到了{names}的号码，姓名或其他号码对不上。",
            "请驳回，并请院部核对姓名和号码后重新登记。",
        )
    if student.subject in registration.registrations(unit.connection, round_id):
        raise AlreadyIssued(
            f"{addition.name}在本批次已经办理了注册结论，不能再转入另一个班。",
            "请先核实该生应在哪个班。",
        )
    return student


def _open_addition(unit: UnitOfWork, round_id: str, subject: str) -> registration.Addition:
    """Return an addition that waits for a decision."""
    require_open(unit, round_id)
    for addition in registration.additions(unit.connection, round_id):
        if addition.subject == subject:
            if addition.decision:
                raise DecisionStale("这名增补的学生已经处理过。", "请刷新列表。")
            return addition
    raise NotFound("没有这条增补。", "请在增补列表中选择。")
