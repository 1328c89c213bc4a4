"""Taking back at the college what was recorded by mistake.

A retraction is a statement like any other: it sets what was said back to nothing, and keeps why.
Nothing is left of it then in any list, and all of it in the journal. What the registrar has
decided upon, or issued an outcome from, a college can not take back alone.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from desktop.domain.authority import ASPECTS, SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key
from desktop.errors import AlreadyDecided, AlreadyIssued, NothingToChange
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason
from desktop.store import histories, registration
from desktop.store.store import UnitOfWork

_ASK = "请联系教务处学籍科说明情况。"
_TITLES = {"signature": "签字情况", "place_report": "放弃或保留入学资格的报告"}


def retract_mark(session: Session, round_id: str, student: str, reason: str) -> None:
    """Take back what was recorded of a student's signature: nobody has said anything then.

    Raises:
        Incomplete: no reason is given.
        NothingToChange: nothing is recorded.
        AlreadyDecided: another office, such as the registrar in deciding, has had its word.
        AlreadyIssued: the student has an outcome.
        NotAllowed, RoundNotOpen: nothing was taken back.
    """
    _retract_of_student(session, Key(student, "signature", round_id), reason)


def retract_place(session: Session, round_id: str, student: str, reason: str) -> None:
    """Take back that a student gave the place up or has it kept.

    Raises:
        Incomplete, NothingToChange, AlreadyDecided, AlreadyIssued: see ``retract_mark``.
        NotAllowed, RoundNotOpen: nothing was taken back.
    """
    _retract_of_student(session, Key(student, "place_report", round_id), reason)


def retract_sign_off(session: Session, round_id: str, number: str, who: str, reason: str) -> None:
    """Take back a sign-off of a sheet, or with ``who`` "seal" the seal.

    Raises:
        Incomplete, NothingToChange, AlreadyDecided: see ``retract_mark``.
        AlreadyIssued: somebody who signed on this sheet has an outcome.
        NotAllowed, RoundNotOpen: nothing was taken back.
    """
    if who not in (*SIGN_OFFS, "seal"):
        raise ValueError(f"no such sign-off: {who}")
    key = Key(f"sheet:{number}", "sign_off", round_id)
    fields = (who, f"{who}_date")
    with _retracting(session, round_id, reason) as (unit, why):
        said = registration.texts_of_round(unit.connection, "sign_off", round_id)
        texts = said.get(key.subject, {})
        if not any(texts.get(field) or field in texts.get("conflicts", "") for field in fields):
            title = SIGN_OFF_TITLES.get(who, "院部印章")
            raise _nothing(f"签字表 {number} 没有登记过{title}，没有什么可撤回的。")
        _require_own_word(session, unit, key)
        _require_unissued(unit, round_id, _signed_on(unit, round_id, number))
        unit.journal.state(key, dict.fromkeys(fields), reason=why)
        unit.commit()


def retract_addition(session: Session, round_id: str, subject: str, reason: str) -> None:
    """Take back that a student was added by hand; the registrar has nothing to decide then.

    Raises:
        Incomplete: no reason is given.
        NothingToChange: there is no such addition, or it was taken back already.
        AlreadyDecided: the registrar has accepted or rejected it.
        NotAllowed, RoundNotOpen: nothing was taken back.
    """
    with _retracting(session, round_id, reason) as (unit, why):
        found = registration.additions(unit.connection, round_id)
        addition = next((one for one in found if one.subject == subject), None)
        if addition is None:
            raise _nothing("没有这条增补，或者已经撤回。")
        key = Key(subject, "addition", round_id)
        _require_open_proposal(unit, key, f"增补的“{addition.name}”")
        _take_back(unit, key, {"class_id": addition.class_id}, why)
        unit.commit()


def retract_correction(session: Session, round_id: str, subject: str, reason: str) -> None:
    """Take back a proposed correction; the registrar has nothing to decide then.

    Raises:
        Incomplete: no reason is given.
        NothingToChange: there is no such correction, or it was taken back already.
        AlreadyDecided: the registrar has accepted or rejected it.
        NotAllowed, RoundNotOpen: nothing was taken back.
    """
    with _retracting(session, round_id, reason) as (unit, why):
        found = registration.corrections(unit.connection, round_id)
        correction = next((one for one in found if one.subject == subject), None)
        if correction is None:
            raise _nothing("没有这条更正，或者已经撤回。")
        key = Key(subject, "correction", round_id)
        _require_open_proposal(unit, key, f"改为“{correction.new}”的更正")
        _take_back(unit, key, {"student": correction.student}, why)
        unit.commit()


@contextmanager
def _retracting(session: Session, round_id: str, reason: str) -> Iterator[tuple[UnitOfWork, str]]:
    """Open a transaction in which a college takes something back, with its reason."""
    session.require(OfficeKind.COLLEGE)
    why = stated_reason(reason, "撤回登记要写明原因。", "请填写原因后再保存。")
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        yield unit, why


def _retract_of_student(session: Session, key: Key, reason: str) -> None:
    """Take back everything that an aspect says of a student."""
    with _retracting(session, key.round, reason) as (unit, why):
        said = registration.subjects_of_round(unit.connection, key.aspect, key.round)
        if key.subject not in said:
            raise _nothing(f"这名学生没有登记过{_TITLES[key.aspect]}，没有什么可撤回的。")
        _require_own_word(session, unit, key)
        _require_unissued(unit, key.round, [key.subject])
        _take_back(unit, key, {}, why)
        unit.commit()


def _take_back(unit: UnitOfWork, key: Key, kept: dict[str, str], reason: str) -> None:
    """Set every field back to nothing but those by which a statement finds its college.

    Every field: a row with anything left in it still counts as something said.
    """
    nothing = dict.fromkeys(sorted(ASPECTS[key.aspect].fields))
    unit.journal.state(key, {**nothing, **kept}, reason=reason)


def _nothing(what: str) -> NothingToChange:
    return NothingToChange(what, "请刷新后核对。")


def _require_own_word(session: Session, unit: UnitOfWork, key: Key) -> None:
    """Raise when another office than this college has had a word in it."""
    if histories.said_by_others(unit.connection, key, session.home.seat.office.id):
        raise AlreadyDecided("这一项学籍科已经裁定过，院部不能撤回。", _ASK)


def _require_unissued(unit: UnitOfWork, round_id: str, students: Collection[str]) -> None:
    """Raise when an outcome rests on what would be taken back."""
    issued = registration.subjects_of_round(unit.connection, "registration", round_id)
    if hit := issued & set(students):
        raise AlreadyIssued(
            f"有{len(hit)}名学生已经据此办理了注册结论，院部不能撤回。",
            "请带上材料，请教务处学籍科更改或收回结论。",
        )


def _require_open_proposal(unit: UnitOfWork, key: Key, title: str) -> None:
    """Raise when the registrar has decided upon an addition or a correction."""
    aspect = f"{key.aspect}_decision"
    if key.subject in registration.subjects_of_round(unit.connection, aspect, key.round):
        raise AlreadyDecided(f"{title}学籍科已经处理过，院部不能撤回。", _ASK)


def _signed_on(unit: UnitOfWork, round_id: str, number: str) -> list[str]:
    """Return who signed on a sheet: in a printed row, or in one added by hand."""
    connection = unit.connection
    marks = registration.texts_of_round(connection, "signature", round_id)
    return [
        *(student for student, texts in marks.items() if texts["sheet"] == number),
        *(a.student for a in registration.additions(connection, round_id) if a.sheet == number),
    ]
