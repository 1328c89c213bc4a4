"""When a class may begin with the entry review, and what stands for good (细则 一(三)1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.class_training import TrainingState, read_training
from desktop.domain.entry_review import VERDICT_TITLES, ArrivalState, ReviewVerdict
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.statements import Key
from desktop.errors import (
    ArrivalContradicts,
    CheckInError,
    NothingToChange,
    NotStarted,
    VerdictStands,
)
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import person_called, stated_reason
from desktop.store import registration, school
from desktop.store.store import UnitOfWork
from desktop.store.students import students_by_subject


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a class may look at documents, faces and people, and why.

    Attributes:
        open: whether it may.
        sentence: why, as people say it.
        waived: whether it may only because the head of the college said so.
    """

    open: bool
    sentence: str
    waived: bool = False


class Gates:
    """The gates of all classes of a round, asked once."""

    def __init__(self, unit: UnitOfWork, round_id: str) -> None:
        self._trained = registration.texts_of_round(unit.connection, "training", round_id)
        self._waived = registration.texts_of_round(unit.connection, "training_waiver", round_id)

    def of(self, group: ClassGroup) -> Gate:
        """Return the gate of a class."""
        trained, waived = (said.get(group.id, {}) for said in (self._trained, self._waived))
        file = read_training(group.class_teacher, trained, waived)
        is_waived = file.state is TrainingState.WAIVED
        return Gate(open=file.may_begin, sentence=file.sentence, waived=is_waived)


def waive_training(session: Session, round_id: str, class_id: str, head: str, reason: str) -> None:
    """Let a class begin without a trained class teacher, as the head of the college says.

    Raises:
        Incomplete: the head's name or the reason is missing.
        NothingToChange: the class teacher was trained.
        TextRefused, TextTooLong: a text can not be read.
        CheckInError, NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(OfficeKind.COLLEGE)
    head = person_called("院部主要负责人姓名", head)
    why = stated_reason(reason, "班主任未经培训先行开展，要写明原因。")
    with session.unit_of_work() as unit:
        require_review(unit, round_id)
        gate = Gates(unit, round_id).of(school.class_by_id(unit.connection, class_id))
        if gate.open and not gate.waived:
            raise NothingToChange(f"{gate.sentence}不需要另行同意。", "直接核验即可。")
        values = {"head": head, "waived_on": session.today().isoformat(), "explanation": why}
        unit.journal.state(Key(class_id, "training_waiver", round_id), values)
        unit.commit()


def require_review(unit: UnitOfWork, round_id: str) -> Round:
    """Return a round, if it is an open one of procedure one.

    Raises:
        NotFound, RoundNotOpen: there is none, or it is closed.
        CheckInError: it is of another procedure.
    """
    round_ = require_open(unit, round_id)
    if round_.procedure is not Procedure.ENTRY_REVIEW:
        raise CheckInError(
            f"“{round_.name}”不是入学资格审查的批次，不能登记报到核验。",
            "请选择入学资格审查的批次。",
        )
    return round_


def require_gate(gate: Gate, group: ClassGroup) -> None:
    """Raise unless a class may begin.

    Raises:
        NotStarted: it may not.
    """
    if not gate.open:
        raise NotStarted(
            f"{group.name}还不能核验材料、核对本人：{gate.sentence}",
            "请学生工作处登记培训并下发报送包；确需先开展的，由院部主要负责人写明原因同意。",
        )


def require_not_come(unit: UnitOfWork, round_: Round, student: str) -> None:
    """Raise when nothing may be reported about a place, in a round of procedure one.

    Raises:
        VerdictStands: admissions has told the registrar where the student stands.
        ArrivalContradicts: the student came.
    """
    if round_.procedure is not Procedure.ENTRY_REVIEW:
        return
    known = students_by_subject(unit.connection, [student])
    name = known[student].identity.name if student in known else "该生"
    require_unjudged(unit, round_.id, {student: name})
    arrivals = registration.texts_of_round(unit.connection, "arrival", round_.id)
    if arrivals.get(student, {}).get("state") == ArrivalState.ARRIVED:
        raise ArrivalContradicts(
            f"{name}已经登记报到，不能再报告保留或放弃入学资格。",
            "确属登记错误的，请先撤回该生的报到登记。",
        )


def require_unjudged(unit: UnitOfWork, round_id: str, names: Mapping[str, str]) -> None:
    """Raise when admissions has told the registrar where one of some students stands.

    Args:
        unit: the transaction.
        round_id: of procedure one.
        names: of the students, by subject.

    Raises:
        VerdictStands: it has.
    """
    issued = registration.texts_of_round(unit.connection, "entry_review", round_id)
    for student, name in names.items():
        verdict = issued.get(student, {}).get("verdict", "")
        if verdict:
            raise verdict_stands(name, ReviewVerdict(verdict))


def verdict_stands(name: str, verdict: ReviewVerdict) -> VerdictStands:
    """Return what to say of a student about whom admissions has had its word."""
    return VerdictStands(
        f"招生工作处已经认定{name}“{VERDICT_TITLES[verdict]}”，院部不能再改动。",
        "请带上材料，请招生工作处更改或收回认定。",
    )
