"""Values of a student that people type or accept, checked as the import checks a list.

An error refuses. A question (两样材料对不上, 不在国家标准里的名称) is answered by the person who
has the papers in hand: by naming its code as confirmed.
"""

from collections.abc import Collection, Iterator, Mapping

from desktop.domain.import_problems import Severity
from desktop.domain.key_claims import KEY_FIELDS
from desktop.domain.students import FIELD_TITLES, Identity
from desktop.errors import CorrectionRefused, Unconfirmed, ValueRefused
from desktop.interchange.field_checks import Finding, read_cell
from desktop.interchange.problems import SEVERITIES
from desktop.interchange.row_checks import check_row
from desktop.interchange.tables import roster_fields
from desktop.procedures.typed_texts import typed_name, typed_text
from desktop.store import registration
from desktop.store.store import UnitOfWork
from desktop.store.students import find_by_number

_NEVER_TOGETHER = frozenset({"name", "id_number"})
_MEND = "没有保存，改正以后再保存一次。"
_COMPARE = "请核对两人的材料，查明这个号码是谁的。"


def checked_values(
    known: Identity,
    values: Mapping[str, str],
    confirmed: Collection[str] = (),
    *,
    todo: str = "",
) -> tuple[dict[str, str], str]:
    """Return values of a student set right, and in sentences what was confirmed about them.

    Args:
        known: the student's data as they stand; what was wrong with them before asks nothing.
        values: field to the value that shall stand there.
        confirmed: codes of the questions that a person has answered.
        todo: what to do about a value that is refused, where that is not to type it again.

    Raises:
        TextRefused, ValueRefused: a value can not be right.
        Unconfirmed: a value may be wrong, and nobody has confirmed it.
    """
    typed: dict[str, str] = {}
    questions: list[Finding] = []
    for field, text in values.items():
        typed[field], found = _read(field, text, todo)
        questions += found
    before = known._asdict()
    old = set(_between(before))
    questions += [finding for finding in _between(before | typed) if finding not in old]
    left: dict[str, str] = {}
    for question in questions:
        if question.code not in confirmed:  # two fields may raise the same one
            left[question.code] = left.get(question.code, "") + question.message
    if left:
        raise Unconfirmed(
            "".join(left.values()), "请对照材料核对；确实无误的，逐条确认后再保存。", left
        )
    return typed, "".join(question.message for question in questions)


def checked_newcomer(
    said: Mapping[str, str], confirmed: Collection[str] = (), *, todo: str = ""
) -> tuple[dict[str, str], str]:
    """Return what is said of a student of whom nothing else is known; see ``checked_values``."""
    values = {field: value for field, value in said.items() if value}
    return checked_values(Identity(), values, confirmed, todo=todo)


def checked_number(field: str, text: str) -> str:
    """Return a number, or a sex, that was written by hand on a sheet, "" for none.

    Raises:
        TextRefused, ValueRefused: it can not be right.
    """
    if not text.strip():
        return ""
    value, questions = _read(field, text)
    if questions:
        title = FIELD_TITLES[field]
        raise ValueRefused(f"没有“{value}”这样的{title}，可能抄错了。", "请核对后改正再保存。")
    return value


def refuse_taken(
    unit: UnitOfWork, student: str, values: Mapping[str, str], *, todo: str = _COMPARE
) -> None:
    """Raise when a number belongs to another student.

    Raises:
        CorrectionRefused: it does.
    """
    for field in KEY_FIELDS:
        number = values.get(field, "")
        for other in find_by_number(unit.connection, [number]):
            if other.subject != student and getattr(other.identity, field) == number:
                name = other.identity.name or "另一名学生"
                raise CorrectionRefused(
                    f"{FIELD_TITLES[field]} {number} 已属于{name}，一个号码只能是一个人的。", todo
                )


def refuse_pair(unit: UnitOfWork, round_id: str, student: str, field: str) -> None:
    """Raise when name and ID number of one student would both change in one round.

    Raises:
        CorrectionRefused: the other one is proposed or accepted already.
    """
    if field not in _NEVER_TOGETHER:
        return
    others = {
        c.field
        for c in registration.corrections(unit.connection, round_id)
        if c.student == student and c.decision != "rejected"
    }
    if others & (_NEVER_TOGETHER - {field}):
        raise CorrectionRefused(
            "同一名学生的姓名和身份证号不能在一个批次里都更正，以防冒名顶替。",
            "请先处理完其中一项；确需都改的，请带材料到教务处学籍科专门核查。",
        )


def refuse_accepted_pair(
    unit: UnitOfWork, round_id: str, correction: registration.Correction
) -> None:
    """Raise when the other one of name and ID number was corrected in this round already.

    Two seats may each have proposed one of them without knowing of the other.

    Raises:
        CorrectionRefused: it was.
    """
    others = [
        c
        for c in registration.corrections(unit.connection, round_id)
        if c.student == correction.student and c.decision == "accepted"
    ]
    if {correction.field, *(c.field for c in others)} >= {"name", "id_number"}:
        refuse_pair(unit, round_id, correction.student, correction.field)


def with_confirmed(reason: str, confirmed: str) -> str:
    """Return a reason, or none, that also keeps what was confirmed."""
    kept = f"已确认：{confirmed}" if confirmed else ""
    return f"{reason}（{kept}）" if reason and kept else reason or kept


def _read(field: str, text: str, todo: str = "") -> tuple[str, list[Finding]]:
    """Return a value set right and the questions about it.

    Raises:
        TextRefused, ValueRefused: it can not be right.
    """
    title = FIELD_TITLES[field]
    plain = (typed_name if field == "name" else typed_text)(title, text, todo)
    value, findings = read_cell(roster_fields()[field], plain)
    if not value:
        raise ValueRefused(f"{title}没有填写。", todo or _MEND)
    for finding in findings:
        if SEVERITIES[finding.code] is Severity.ERROR:
            raise ValueRefused(finding.message, todo or _MEND)
    return value, [f for f in findings if SEVERITIES[f.code] is Severity.QUESTION]


def _between(values: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what does not fit together in a student's values."""
    fields = roster_fields()
    sound = {
        field
        for field, value in values.items()
        if value
        and all(
            SEVERITIES[f.code] is not Severity.ERROR for f in read_cell(fields[field], value)[1]
        )
    }
    for _, finding in check_row(values, sound):
        yield finding
