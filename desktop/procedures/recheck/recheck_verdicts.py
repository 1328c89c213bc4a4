"""The verdicts of procedure two that admissions tells the registrar (细则 二(三)5).

What is told follows from where each student stands, so nobody is told of otherwise. Before the
leading group has approved, only who is under a case is told, so that nothing is registered.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.recheck import STANDING_TITLES, RecheckVerdict, Standing, cancelled_title
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key, Values
from desktop.errors import (
    AlreadyIssued,
    Incomplete,
    NotApproved,
    NotFound,
    NothingToChange,
    VerdictUnfounded,
)
from desktop.procedures.cases.case_files import Case, cases_of
from desktop.procedures.cases.case_saying import require_recheck
from desktop.procedures.recheck.recheck_approval import APPROVERS, Approval, approval_of
from desktop.procedures.registration.undisputed import named
from desktop.procedures.session import Reader, Session
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.procedures.typed_texts import stated_reason
from desktop.store import registration, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork

VERDICT_OF: Final[Mapping[Standing, RecheckVerdict]] = {
    Standing.APPROVED: RecheckVerdict.PASSED,
    Standing.FAILED: RecheckVerdict.FAILED,
    Standing.KEPT: RecheckVerdict.KEPT,
    Standing.UNDER_CASE: RecheckVerdict.CASE,
}
"""What the registrar is told of who stands so; of the others nothing yet."""
_FIELDS: Final = ("verdict", "explanation", "document", "until")
_NAMED_IN_MESSAGE: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A student with the verdict that the registrar is, or would be, told.

    Attributes:
        one: the student.
        verdict: what is told.
        words: the same as people say it; what failing leads to depends on whether the student is
            registered already.
        explanation: why.
        document: the paper on which it rests.
        until: the day until which a place is kept.
    """

    one: Rechecked
    verdict: RecheckVerdict
    words: str
    explanation: str
    document: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Issuing:
    """What issuing does, or would do.

    Attributes:
        approval: of the leading group, None while there is none.
        told: whom the registrar is told of, in class order.
        waiting: who would be told, had the leading group approved.
        already: how many have been told what they stand for.
        left: of whom nothing can be told yet.
        stale: whose verdict is not what they stand for any more, and can not simply be replaced.
    """

    approval: Approval | None
    told: tuple[Told, ...]
    waiting: tuple[Told, ...]
    already: int
    left: tuple[Rechecked, ...]
    stale: tuple[Rechecked, ...]

    def of(self, verdict: RecheckVerdict) -> tuple[Told, ...]:
        """Return who is told of with one verdict."""
        return tuple(one for one in self.told if one.verdict is verdict)

    @property
    def left_by_standing(self) -> Mapping[Standing, int]:
        """How many are left, by where they stand, in the order of standings."""
        found = Counter(one.assessment.standing for one in self.left)
        return {standing: found[standing] for standing in STANDING_TITLES if found[standing]}


def issuing(session: Reader, round_id: str) -> Issuing:
    """Return what ``issue_verdicts`` would do now, without doing it.

    Raises:
        NotAllowed: only admissions and the registrar do.
    """
    session.require(*APPROVERS)
    with session.unit_of_work() as unit:
        return issuing_of(unit, round_id, recheck_of(session, unit, round_id).students)


def issue_verdicts(
    session: Session, round_id: str, verdicts: Collection[RecheckVerdict] = tuple(RecheckVerdict)
) -> Issuing:
    """Tell the registrar of everybody about whom there is a result, and hold back the rest.

    Issuing twice does no harm.

    Args:
        session: of admissions or the registrar.
        round_id: an open round of the re-check.
        verdicts: which ones; all.

    Raises:
        NotApproved: there is something to tell that needs the leading group's approval first.
        NothingToChange: there is nothing new to tell.
        NotAllowed, NotFound, RoundNotOpen: nothing was issued.
    """
    session.require(*APPROVERS)
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        found = issuing_of(unit, round_id, recheck_of(session, unit, round_id).students)
        chosen = [one for one in found.told if one.verdict in verdicts]
        if not chosen:
            _refuse(found, verdicts)
        unit.journal.state_all(
            Draft(
                Key(told.one.student.subject, "recheck", round_id),
                {
                    "verdict": str(told.verdict),
                    "explanation": told.explanation,
                    "document": told.document or None,
                    "until": told.until or None,
                },
            )
            for told in chosen
        )
        unit.commit()
    return found


def take_back_verdicts(
    session: Session, round_id: str, students: Collection[str], reason: str
) -> int:
    """Take verdicts back, as long as the registrar has registered nothing; return how many.

    Raises:
        Incomplete: no reason is given, or nobody was chosen.
        NothingToChange: about one of them there is no verdict.
        AlreadyIssued: the registrar has an outcome for one of them.
        NotFound, NotAllowed, RoundNotOpen: nothing was taken back.
    """
    session.require(*APPROVERS)
    why = stated_reason(reason, "收回复查结论要写明原因。", "请填写原因后再收回。")
    if not students:
        raise Incomplete("没有选择学生。", "请先选择要收回结论的学生。")
    with session.unit_of_work() as unit:
        require_recheck(unit, round_id)
        chosen = _chosen(session, unit, round_id, students)
        registered = _registered(unit)
        if hit := [one for one in chosen if one.student.subject in registered]:
            raise AlreadyIssued(
                f"教务处学籍科已经为{_who(hit)}办理了注册结论，不能收回。",
                "请联系教务处学籍科，先更改或收回注册结论。",
            )
        if bare := [one for one in chosen if one.file.verdict is None]:
            raise NothingToChange(
                f"{_who(bare)}现在没有复查结论，没有什么可收回的。", "请刷新后核对现在的情况。"
            )
        nothing: Values = dict.fromkeys(_FIELDS)
        unit.journal.state_all(
            Draft(Key(one.student.subject, "recheck", round_id), nothing, why) for one in chosen
        )
        unit.commit()
    return len(chosen)


def enrolled_students(session: Reader) -> frozenset[str]:
    """Return who has 学籍 already, as far as this seat knows."""
    with session.unit_of_work() as unit:
        return _enrolled(unit)


def _refuse(found: Issuing, verdicts: Collection[RecheckVerdict]) -> None:
    """Raise: there is nothing that could be told now."""
    if waiting := [one for one in found.waiting if one.verdict in verdicts]:
        raise NotApproved(
            f"有{len(waiting)}名学生的复查结论要等领导小组审定以后才能下达。",
            "请先登记领导小组的审定，再下达结论。",
        )
    if found.stale:
        raise VerdictUnfounded(
            f"{_who(found.stale)}已下达的结论与现在的情况不符，没有新的结论可以下达。",
            "请核对；确需更改的，请先收回原来的结论。",
        )
    raise NothingToChange(
        f"现在没有新的复查结论可以下达，已下达的有{found.already}人。",
        "请看未下达学生各自的原因，办理以后再下达。",
    )


def issuing_of(unit: UnitOfWork, round_id: str, students: Iterable[Rechecked]) -> Issuing:
    """Return what there is to tell of some students, and of whom nothing can be told, and why."""
    approval = approval_of(unit, round_id)
    cases: dict[str, list[Case]] = {}
    for case in cases_of(unit, round_id):
        cases.setdefault(case.student.subject, []).append(case)
    enrolled, registered = _enrolled(unit), _registered(unit)
    told: list[Told] = []
    waiting: list[Told] = []
    left: list[Rechecked] = []
    stale: list[Rechecked] = []
    already = 0
    for one in students:
        subject, now = one.student.subject, one.file.verdict
        verdict = _due(one)
        if verdict is not None and now is verdict:
            already += 1
        elif verdict is None:
            (stale if now else left).append(one)
        elif not _may_follow(now, verdict, registered=subject in registered):
            stale.append(one)
        else:
            new = _told(one, verdict, cases.get(subject, ()), approval, subject in enrolled)
            ready = approval is not None or verdict is RecheckVerdict.CASE
            (told if ready else waiting).append(new)
    return Issuing(approval, tuple(told), tuple(waiting), already, tuple(left), tuple(stale))


def _due(one: Rechecked) -> RecheckVerdict | None:
    """Return what is to be told of a student; while offices contradict, only that there is a case.

    None where nothing can be told.
    """
    verdict = VERDICT_OF.get(one.assessment.standing)
    return None if one.file.conflicts and verdict is not RecheckVerdict.CASE else verdict


def _may_follow(before: RecheckVerdict | None, after: RecheckVerdict, *, registered: bool) -> bool:
    """Tell whether a verdict may be told of somebody of whom another was told before.

    Being under a case comes before the others and may follow one that was told too early, until
    something is registered. Who is registered already may still turn out to have failed.
    """
    if after is RecheckVerdict.CASE:
        return not registered and before in (None, RecheckVerdict.PASSED)
    if before in (None, RecheckVerdict.CASE):
        return True
    return before is RecheckVerdict.PASSED and after is RecheckVerdict.FAILED


def _told(
    one: Rechecked,
    verdict: RecheckVerdict,
    cases: Sequence[Case],
    approval: Approval | None,
    enrolled: bool,
) -> Told:
    """Return what is told of a student, with the paper on which it rests."""
    approved = approval.document if approval else ""
    if verdict is RecheckVerdict.PASSED:
        why = "".join(reason.sentence for reason in one.assessment.reasons)
        return Told(one, verdict, "合格", why, approved)
    if verdict is RecheckVerdict.CASE:
        why = "；".join(f"专项核查 {c.number}：{c.cause}" for c in cases if not c.concluded)
        return Told(one, verdict, "核查中", why)
    case = next(case for case in reversed(cases) if case.outcome == verdict)
    words = f"不合格，{cancelled_title(enrolled=enrolled)}"
    if verdict is RecheckVerdict.KEPT:
        words = f"保留入学资格至 {case.until}"
    why = f"{case.explanation.rstrip('。')}（专项核查 {case.number}，{words}）"
    return Told(one, verdict, words, why, case.document or approved, case.until)


def _chosen(
    session: Session, unit: UnitOfWork, round_id: str, students: Collection[str]
) -> list[Rechecked]:
    wanted = set(students)
    everybody = recheck_of(session, unit, round_id).students
    found = [one for one in everybody if one.student.subject in wanted]
    if len(found) < len(wanted):
        raise NotFound(
            f"选中的学生有{len(wanted) - len(found)}人不在这个批次的名单里。",
            "请刷新列表，重新选择。",
        )
    return found


def _outcomes(unit: UnitOfWork) -> dict[str, str]:
    """Return the outcome of everybody who has one, in any registration of new students."""
    return {
        student: issued.outcome
        for round_ in school.rounds(unit.connection)
        if round_.procedure is Procedure.STUDENT_REGISTRATION
        for student, issued in registration.registrations(unit.connection, round_.id).items()
    }


def _registered(unit: UnitOfWork) -> frozenset[str]:
    return frozenset(_outcomes(unit))


def _enrolled(unit: UnitOfWork) -> frozenset[str]:
    return frozenset(s for s, outcome in _outcomes(unit).items() if outcome == "registered")


def _who(students: Sequence[Rechecked]) -> str:
    """Name the first few students, and say how many there are of more."""
    first = "、".join(named(one.student) for one in students[:_NAMED_IN_MESSAGE])
    return first if len(students) <= _NAMED_IN_MESSAGE else f"{first}等{len(students)}人"
