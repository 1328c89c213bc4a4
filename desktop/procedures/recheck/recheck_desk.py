"""Procedure two on admissions' desk: everybody, where each stands, and how long there is time.

(细则 二(三)4, 5.) Nothing here changes anything; verdicts are issued in ``recheck_verdicts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.recheck import RecheckCount, RecheckVerdict, Standing
from desktop.domain.review_rules import ReviewRules, days_left, last_recheck_day
from desktop.domain.rounds import ClassGroup, Round
from desktop.procedures.cases.case_files import Case, cases_of
from desktop.procedures.recheck.recheck_approval import APPROVERS, Approval
from desktop.procedures.recheck.recheck_verdicts import issuing_of
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.session import Reader
from desktop.procedures.standing.recheck_files import Rechecked, counted, recheck_once
from desktop.store import school


@dataclass(frozen=True, slots=True)
class DeskStudent:
    """A student with class and cases.

    ``due`` is the verdict that the registrar is still to be told, None for none; ``stale`` whether
    what was told is not what the student stands for any more.
    """

    one: Rechecked
    group: ClassGroup
    cases: tuple[Case, ...]
    due: RecheckVerdict | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class RecheckDesk:
    """A round of procedure two on admissions' desk.

    Attributes:
        round: the round.
        rules: what it asks for.
        students: everybody, in class order.
        count: their numbers.
        approval: of the leading group, None while there is none.
        until: the last day of the re-check.
        days: how many days are left, negative once they are over; None where no day is set.
    """

    round: Round
    rules: ReviewRules
    students: tuple[DeskStudent, ...]
    count: RecheckCount
    approval: Approval | None
    until: str
    days: int | None

    @property
    def by_standing(self) -> Mapping[Standing, int]:
        """How many stand where, every standing in its order."""
        found = dict.fromkeys(Standing, 0)
        for line in self.students:
            found[line.one.assessment.standing] += 1
        return found

    @property
    def issued(self) -> int:
        """Of how many the registrar was told."""
        return sum(line.one.file.verdict is not None for line in self.students)


def recheck_desk(session: Reader, round_id: str) -> RecheckDesk:
    """Return a round of procedure two as admissions sees it.

    Raises:
        NotAllowed: only admissions and the registrar see everybody.
        NotFound: this store does not know the round.
    """
    session.require(*APPROVERS)
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        recheck = recheck_once(session, unit, round_id)
        cases: dict[str, list[Case]] = {}
        for case in cases_of(unit, round_id):
            cases.setdefault(case.student.subject, []).append(case)
        groups = {group.id: group for group in school.classes(unit.connection)}
        plan = issuing_of(unit, round_id, recheck.students)
    due = {told.one.student.subject: told.verdict for told in (*plan.told, *plan.waiting)}
    stale = {one.student.subject for one in plan.stale}
    until = last_recheck_day(recheck.rules, round_.deadline)
    return RecheckDesk(
        round=round_,
        rules=recheck.rules,
        students=tuple(
            DeskStudent(
                one,
                groups.get(one.student.class_id, NO_CLASS),
                tuple(cases.get(one.student.subject, ())),
                due.get(one.student.subject),
                one.student.subject in stale,
            )
            for one in recheck.students
        ),
        count=counted(recheck.students),
        approval=plan.approval,
        until=until,
        days=days_left(until, session.today()),
    )
