"""Whoever says something in the re-check: about listed students, in an open round, in time.

Colleges say it of their own students, admissions of everybody: it leads the procedure (细则 二).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from desktop.domain.authority import ASPECTS
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.domain.statements import Key
from desktop.errors import AlreadyDecided, ConclusionTold, NotFound, NothingToChange
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.standing.recheck_files import Rechecked, recheck_among
from desktop.procedures.typed_texts import stated_reason
from desktop.store import histories, registration
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students, students_by_subject

RECHECKERS: Final = (OfficeKind.COLLEGE, OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR)
_NAMED = 3


@dataclass(frozen=True)
class Saying:
    """A transaction in which something is said about some students of a re-check."""

    session: Session
    unit: UnitOfWork
    round: Round
    students: dict[str, Student]

    def rechecked(self) -> dict[str, Rechecked]:
        """Return all that was said of these students so far, and where each stands."""
        students = self.students.values()
        found = recheck_among(self.session, self.unit, self.round.id, students).students
        return {one.student.subject: one for one in found}


@contextmanager
def saying(session: Session, round_id: str, students: Collection[str]) -> Iterator[Saying]:
    """Open a transaction in which something is said about students of a re-check.

    Raises:
        NotAllowed: the office has no part in it.
        NotFound: no such re-check here, or a student is not on its list.
        RoundNotOpen: it is closed.
        ConclusionTold: admissions has told the registrar about one of them.
    """
    session.require(*RECHECKERS)
    with session.unit_of_work() as unit:
        round_ = require_recheck(unit, round_id)
        listed = _listed(unit, round_id, students)
        _require_untold(unit, round_id, listed)
        yield Saying(session, unit, round_, listed)


def require_recheck(unit: UnitOfWork, round_id: str) -> Round:
    """Return a round, if it is an open re-check.

    Raises:
        NotFound: there is none.
        RoundNotOpen: it is closed.
    """
    round_ = require_open(unit, round_id)
    if round_.procedure is not Procedure.RECHECK:
        raise NotFound(f"“{round_.name}”不是入学资格复查。", "请选择入学资格复查的批次。")
    return round_


def take_back(
    session: Session, round_id: str, student: str, aspect: str, title: str, reason: str
) -> None:
    """Take back everything that was said of a student in an aspect: nobody has said anything then.

    Raises:
        Incomplete: no reason is given.
        NothingToChange: nothing was said.
        AlreadyDecided: another office has had its word in it.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    why = stated_reason(reason, f"撤回{title}要写明原因。", "请填写原因后再保存。")
    key = Key(student, aspect, round_id)
    with saying(session, round_id, [student]) as said:
        unit = said.unit
        if student not in registration.subjects_of_round(unit.connection, aspect, round_id):
            raise NothingToChange(
                f"{called(said.students[student])}没有登记过{title}，没有什么可撤回的。",
                "请刷新后核对。",
            )
        _require_own_word(session, unit, key, title)
        unit.journal.state(key, dict.fromkeys(sorted(ASPECTS[aspect].fields)), reason=why)
        unit.commit()


def called(student: Student) -> str:
    """Return what a student is called in a sentence."""
    return student.identity.name or "（无姓名）"


def _listed(unit: UnitOfWork, round_id: str, students: Collection[str]) -> dict[str, Student]:
    known = students_by_subject(unit.connection, students)
    classes = {student.class_id for student in known.values()}
    listed = {one.subject: one for one in listed_students(unit.connection, round_id, classes)}
    if missing := set(students) - listed.keys():
        raise NotFound(
            f"有 {len(missing)} 名学生不在本批次的名单里。", "请刷新后核对名单，再登记一次。"
        )
    return {subject: listed[subject] for subject in students}


def _require_untold(unit: UnitOfWork, round_id: str, students: dict[str, Student]) -> None:
    """Raise when the conclusion about a student is with the registrar already."""
    issued = registration.texts_of_round(unit.connection, "recheck", round_id, students)
    told = [called(one) for subject, one in students.items() if issued.get(subject)]
    if told:
        names = "、".join(told[:_NAMED]) + (f"等 {len(told)} 人" if len(told) > _NAMED else "")
        raise ConclusionTold(
            f"{names}的复查结论已经报给教务处，没有登记。", "请招生工作处先收回结论，再修改。"
        )


def _require_own_word(session: Session, unit: UnitOfWork, key: Key, title: str) -> None:
    """Raise when another office than a college has had a word in what it would take back."""
    office = session.home.seat.office
    if office.kind is OfficeKind.COLLEGE and histories.said_by_others(
        unit.connection, key, office.id
    ):
        raise AlreadyDecided(
            f"这名学生的{title}招生工作处已经裁定过，院部不能撤回。", "请联系招生工作处说明情况。"
        )
