"""The verdicts of procedure one: admissions gives them, and takes them back (细则 一(三)6).

A person gives up, keeps or fails a place by name, with a reason and a paper; who is qualified is
told to the registrar all at once. About nobody on whom offices contradict one another.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.entry_review import STANDING_TITLES, ReviewVerdict, Standing
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key, Values
from desktop.errors import (
    AlreadyIssued,
    Contradicted,
    Incomplete,
    NotFound,
    NothingToChange,
    NotOverdue,
    ValueRefused,
    VerdictGiven,
)
from desktop.procedures.entry_review.review_desk import REVIEWERS, may_give_up
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.registration.undisputed import named
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.standing.review_files import Reviewed, review_of
from desktop.procedures.standing.waiting_words import WAITING, is_news, waiting_told, waiting_word
from desktop.procedures.typed_texts import stated_reason, typed_day, typed_text
from desktop.store import registration, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork

_NAMED_IN_MESSAGE = 5
_FIELDS = ("verdict", "explanation", "document", "until")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a verdict rests on.

    ``document`` is the name of the paper, ``evidence`` its scan.
    """

    reason: str
    document: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualifying:
    """What issuing does, or would do: who passes, who has passed, and who is left.

    ``disputed`` are among those left, and ``untold`` too: the registrar is told with the list
    where they stand, which is not what was told before.
    """

    passed: tuple[Reviewed, ...]
    already: int
    left: tuple[Reviewed, ...]
    untold: tuple[Reviewed, ...] = ()

    @property
    def left_by_standing(self) -> Mapping[Standing, int]:
        """How many are left, by where they stand, in the order of standings."""
        counted = Counter(one.assessment.standing for one in self.left)
        return {standing: counted[standing] for standing in STANDING_TITLES if counted[standing]}

    @property
    def disputed(self) -> tuple[Reviewed, ...]:
        """Who is left because offices contradict one another."""
        return tuple(one for one in self.left if one.file.conflicts)


def confirm_given_up(
    session: Session, round_id: str, students: Collection[str], ground: Ground
) -> int:
    """Confirm that students have given the place up (41号令 第八条); return how many.

    Raises:
        NotOverdue: somebody's time is not over, who has not given it up in writing either; or came.
        Incomplete, TextRefused: reason or paper is missing, or can not be read.
        Contradicted, VerdictGiven, AlreadyIssued, NotFound: about one of them.
        NotAllowed, RoundNotOpen: nothing was confirmed.
    """
    session.require(*REVIEWERS)
    ground = _typed(ground, "确认放弃入学资格")
    with session.unit_of_work() as unit:
        chosen = _chosen(session, unit, round_id, students)
        if early := [one for one in chosen if not may_give_up(one)]:
            raise NotOverdue(
                f"{_who(early)}还不能确认放弃入学资格：没有超过规定的期限，或者已经报到。",
                "请等期限过后再确认；本人书面放弃的，请院部先登记放弃再确认。",
            )
        _give(session, unit, round_id, chosen, ReviewVerdict.GIVEN_UP, ground)
        unit.commit()
    return len(chosen)


def confirm_kept(
    session: Session, round_id: str, students: Collection[str], ground: Ground, until: str = ""
) -> int:
    """Confirm that students have the place kept (41号令 第十条); return how many.

    What is left empty is, for each of them, as the college has reported it.

    Args:
        session: of admissions or the registrar.
        round_id: an open round.
        students: whose place is kept.
        ground: the reason and the paper.
        until: the day until which it is kept, as typed.

    Raises:
        Incomplete: reason, paper or day is missing, here and in the college's report.
        ValueRefused: the day is none, or not to come.
        Contradicted, VerdictGiven, AlreadyIssued, NotFound: about one of them.
        TextRefused, NotAllowed, RoundNotOpen: nothing was confirmed.
    """
    session.require(*REVIEWERS)
    reason = typed_text("原因", ground.reason)
    document = typed_text("证明材料", ground.document)
    until = _coming_day(session, until)
    with session.unit_of_work() as unit:
        chosen = _chosen(session, unit, round_id, students)
        texts = {
            one.student.subject: {
                "verdict": str(ReviewVerdict.KEPT),
                "explanation": reason or one.file.place_explanation,
                "document": document or one.file.place_document,
                "until": until or one.file.place_until,
            }
            for one in chosen
        }
        if bare := [one for one in chosen if not all(texts[one.student.subject].values())]:
            raise Incomplete(
                f"{_who(bare)}保留入学资格的原因、证明材料或保留期限没有填写，院部也没有登记。",
                "请补全后再确认。",
            )
        evidence = keep_evidence(session, unit, ground.evidence)
        unit.journal.state_all(
            Draft(Key(subject, "entry_review", round_id), values, evidence=evidence)
            for subject, values in texts.items()
        )
        unit.commit()
    return len(chosen)


def confirm_failed(
    session: Session, round_id: str, students: Collection[str], ground: Ground
) -> int:
    """Say that students have failed, and lose the place (41号令 第九条); return how many.

    Raises:
        Incomplete, TextRefused: reason or paper is missing, or can not be read.
        Contradicted, VerdictGiven, AlreadyIssued, NotFound: about one of them.
        NotAllowed, RoundNotOpen: nothing was said.
    """
    session.require(*REVIEWERS)
    ground = _typed(ground, "审查不合格")
    with session.unit_of_work() as unit:
        chosen = _chosen(session, unit, round_id, students)
        _give(session, unit, round_id, chosen, ReviewVerdict.FAILED, ground)
        unit.commit()
    return len(chosen)


def qualifying(
    session: Session, round_id: str, class_ids: Collection[str] | None = None
) -> Qualifying:
    """Return what ``issue_qualified`` would do now, without doing it.

    Raises:
        NotAllowed: only admissions and the registrar do.
    """
    session.require(*REVIEWERS)
    with session.unit_of_work() as unit:
        return _qualifying(session, unit, round_id, class_ids)


def issue_qualified(
    session: Session,
    round_id: str,
    class_ids: Collection[str] | None = None,
    document: str = "",
) -> Qualifying:
    """Tell the registrar of everybody who is qualified, and of the rest where they stand.

    Issuing twice does no harm. Who failed, gave up or has the place kept is told by name before.

    Args:
        session: of admissions or the registrar.
        round_id: an open round.
        class_ids: some classes, None for all.
        document: the paper on which the list goes, such as the report, if there is one.

    Raises:
        NothingToChange: nobody is qualified who was not told before, and of nobody else there is
            anything new to tell.
        TextRefused, NotAllowed, RoundNotOpen: nothing was issued.
    """
    session.require(*REVIEWERS)
    document = typed_text("文件名称", document)
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        found = _qualifying(session, unit, round_id, class_ids)
        if not (found.passed or found.untold):
            raise NothingToChange(
                f"现在没有新的审查合格学生可以下达，已下达的有{found.already}人。",
                "请看未下达学生各自的原因，补齐以后再下达。",
            )
        unit.journal.state_all(
            Draft(
                Key(one.student.subject, "entry_review", round_id),
                {
                    "verdict": str(ReviewVerdict.PASSED),
                    "explanation": "".join(reason.sentence for reason in one.assessment.reasons),
                    "document": document or None,
                    "until": None,
                },
            )
            for one in found.passed
        )
        unit.journal.state_all(
            Draft(Key(one.student.subject, WAITING, round_id), waiting_word(one))
            for one in found.untold
        )
        unit.commit()
    return found


def take_back_verdicts(
    session: Session, round_id: str, students: Collection[str], reason: str
) -> int:
    """Take verdicts back, as long as the registrar has registered nothing; return how many.

    Raises:
        Incomplete: no reason is given.
        NothingToChange: about one of them there is no verdict.
        AlreadyIssued: the registrar has an outcome for one of them.
        NotFound, NotAllowed, RoundNotOpen: nothing was taken back.
    """
    session.require(*REVIEWERS)
    reason = stated_reason(reason, "收回审查结论要写明原因。", "请填写原因后再收回。")
    with session.unit_of_work() as unit:
        chosen = _on_roster(session, unit, round_id, students)
        _require_unregistered(unit, chosen)
        if bare := [one for one in chosen if one.file.verdict is None]:
            raise NothingToChange(
                f"{_who(bare)}现在没有审查结论，没有什么可收回的。", "请刷新后核对现在的情况。"
            )
        nothing: Values = dict.fromkeys(_FIELDS)
        unit.journal.state_all(
            Draft(Key(one.student.subject, "entry_review", round_id), nothing, reason)
            for one in chosen
        )
        # until the next list says more, the registrar knows at least that it was taken back
        word = {"standing": str(Standing.IN_HAND), "explanation": f"审查结论已收回：{reason}"}
        unit.journal.state_all(
            Draft(Key(one.student.subject, WAITING, round_id), word) for one in chosen
        )
        unit.commit()
    return len(chosen)


def _give(
    session: Session,
    unit: UnitOfWork,
    round_id: str,
    chosen: Sequence[Reviewed],
    verdict: ReviewVerdict,
    ground: Ground,
) -> None:
    """Say one verdict about several students, on one paper."""
    evidence = keep_evidence(session, unit, ground.evidence)
    values = {
        "verdict": str(verdict),
        "explanation": ground.reason,
        "document": ground.document,
        "until": None,
    }
    unit.journal.state_all(
        Draft(Key(one.student.subject, "entry_review", round_id), values, evidence=evidence)
        for one in chosen
    )


def _qualifying(
    session: Session, unit: UnitOfWork, round_id: str, class_ids: Collection[str] | None
) -> Qualifying:
    passed, left, already = [], [], 0
    registered = _registered(unit)
    for one in review_of(session, unit, round_id, class_ids).students:
        if one.file.verdict is not None:
            already += one.file.verdict is ReviewVerdict.PASSED
        elif one.assessment.standing is Standing.QUALIFIED and not (
            one.file.conflicts or one.student.subject in registered
        ):
            passed.append(one)
        else:
            left.append(one)
    told = waiting_told(unit, round_id)
    untold = tuple(one for one in left if is_news(one, told))
    return Qualifying(tuple(passed), already, tuple(left), untold)


def _on_roster(
    session: Session, unit: UnitOfWork, round_id: str, students: Collection[str]
) -> list[Reviewed]:
    """Return the chosen students of an open round, in class order."""
    require_open(unit, round_id)
    if not students:
        raise Incomplete("没有选择学生。", "请先选择要办理的学生。")
    wanted = set(students)
    found = [
        one for one in review_of(session, unit, round_id).students if one.student.subject in wanted
    ]
    if len(found) < len(wanted):
        raise NotFound(
            f"选中的学生有{len(wanted) - len(found)}人不在这个批次的名单里。",
            "请刷新列表，重新选择。",
        )
    return found


def _chosen(
    session: Session, unit: UnitOfWork, round_id: str, students: Collection[str]
) -> list[Reviewed]:
    """Return the chosen students, about each of whom a verdict can be given."""
    found = _on_roster(session, unit, round_id, students)
    if disputed := [one for one in found if one.file.conflicts]:
        fields = "、".join(dict.fromkeys(title for one in disputed for title in one.file.conflicts))
        raise Contradicted(
            f"各方对{_who(disputed)}的说法不一致：{fields}。",
            "请先裁定，再办理；这次没有下达结论。",
        )
    if decided := [one for one in found if one.file.verdict is not None]:
        raise VerdictGiven(
            f"{_who(decided)}已经有审查结论。", "结论有误的，请先写明原因收回，再重新办理。"
        )
    _require_unregistered(unit, found)
    return found


def _require_unregistered(unit: UnitOfWork, chosen: Sequence[Reviewed]) -> None:
    """Raise when the registrar has an outcome for somebody, as far as this seat knows."""
    registered = _registered(unit)
    if hit := [one for one in chosen if one.student.subject in registered]:
        raise AlreadyIssued(
            f"教务处学籍科已经为{_who(hit)}办理了注册结论。",
            "请联系教务处学籍科，先更改或收回注册结论。",
        )


def _registered(unit: UnitOfWork) -> frozenset[str]:
    """Return everybody who has an outcome now, in any registration of new students."""
    return frozenset(
        student
        for round_ in school.rounds(unit.connection)
        if round_.procedure is Procedure.STUDENT_REGISTRATION
        for student in registration.registrations(unit.connection, round_.id)
    )


def _typed(ground: Ground, what: str) -> Ground:
    """Return a ground whose texts are set right.

    Raises:
        Incomplete: the reason or the paper is missing.
        TextRefused: a text can not be read.
    """
    reason = typed_text("原因", ground.reason)
    document = typed_text("证明材料", ground.document)
    if not (reason and document):
        raise Incomplete(f"{what}要写明原因和证明材料名称。", "请补全后再确认。")
    return Ground(reason, document, ground.evidence)


def _coming_day(session: Session, text: str) -> str:
    day = typed_day("保留期限", text)
    today = session.today().isoformat()
    if day and day <= today:
        raise ValueRefused(
            f"保留期限“{day}”不在今天（{today}）以后。", "请核对申请表上的期限后再确认。"
        )
    return day


def _who(students: Sequence[Reviewed]) -> str:
    """Name the first few students, and say how many there are of more."""
    first = "、".join(named(one.student) for one in students[:_NAMED_IN_MESSAGE])
    if len(students) <= _NAMED_IN_MESSAGE:
        return first
    return f"{first}等{len(students)}人"
