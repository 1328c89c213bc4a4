"""Taking back at the college what was recorded of a new student by mistake.

Whatever rests on what is taken back goes with it: without an arrival nothing was looked at, and
without a verdict nothing was looked at twice.
"""

from collections.abc import Mapping
from typing import Final

from desktop.domain.authority import ASPECTS
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key
from desktop.errors import AlreadyDecided, NothingToChange
from desktop.procedures.check_in.check_in_gate import require_review, require_unjudged
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason
from desktop.store import histories, registration
from desktop.store.journal import Draft
from desktop.store.students import students_by_subject

TAKEN_ALONG: Final[Mapping[str, tuple[str, ...]]] = {
    "arrival": ("arrival", "document_check", "class_verdict", "second_verdict"),
    "document_check": ("document_check",),
    "class_verdict": ("class_verdict", "second_verdict"),
    "second_verdict": ("second_verdict",),
    "place_report": ("place_report",),
}
"""What can be taken back, and everything that goes with it."""
RETRACTED_TITLES: Final[Mapping[str, str]] = {
    "arrival": "报到情况",
    "document_check": "材料核验",
    "class_verdict": "核对结论",
    "second_verdict": "复核结论",
    "place_report": "保留或放弃入学资格的报告",
}


def retract_check_in(
    session: Session, round_id: str, student: str, aspect: str, reason: str
) -> tuple[str, ...]:
    """Take back what was recorded of a student, with what rests on it; return which aspects.

    Args:
        session: of the student's college.
        round_id: of procedure one.
        student: the subject.
        aspect: a key of ``TAKEN_ALONG``.
        reason: why, which stays in the journal.

    Raises:
        Incomplete: no reason is given.
        NothingToChange: nothing is recorded.
        AlreadyDecided: admissions has decided between two who contradicted one another.
        VerdictStands: admissions has told the registrar where the student stands.
        CheckInError, NotAllowed, RoundNotOpen: nothing was taken back.
    """
    session.require(OfficeKind.COLLEGE)
    why = stated_reason(reason, "撤回登记要写明原因。", "请填写原因后再保存。")
    with session.unit_of_work() as unit:
        require_review(unit, round_id)
        known = students_by_subject(unit.connection, [student])
        name = known[student].identity.name if student in known else "该生"
        require_unjudged(unit, round_id, {student: name})
        said = [
            one
            for one in TAKEN_ALONG[aspect]
            if student in registration.subjects_of_round(unit.connection, one, round_id)
        ]
        if aspect not in said:
            raise NothingToChange(
                f"{name}没有登记过{RETRACTED_TITLES[aspect]}，没有什么可撤回的。", "请刷新后核对。"
            )
        keys = [Key(student, one, round_id) for one in said]
        for key in keys:
            if histories.said_by_others(unit.connection, key, session.home.seat.office.id):
                raise AlreadyDecided(
                    f"{name}的{RETRACTED_TITLES[key.aspect]}，其他部门已经裁定过，院部不能撤回。",
                    "请联系招生工作处说明情况。",
                )
        unit.journal.state_all(
            Draft(key, dict.fromkeys(sorted(ASPECTS[key.aspect].fields)), why) for key in keys
        )
        unit.commit()
    return tuple(said)
