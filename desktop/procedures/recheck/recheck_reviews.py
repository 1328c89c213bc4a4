"""The two reviews of the re-check: the five things of article 11, and a second person's word.

Whoever reviews stands by it with a name (两人复核). In bulk only students go through about whom
there is nothing to look at: the form agrees, no special type, not watched, no case.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.answers import Agreement
from desktop.domain.recheck import ANSWER_TITLES, REVIEW_TITLES, ReviewFinding, asked_of, is_special
from desktop.domain.review_fields import FIVE_THINGS, FIVE_TITLES
from desktop.domain.statements import Key
from desktop.errors import NothingToChange, ReviewRefused
from desktop.procedures.recheck.recheck_saying import called, saying, take_back
from desktop.procedures.session import Reader, Session
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.procedures.typed_texts import person_called, stated_reason, typed_text
from desktop.store.journal import Draft

_AGREEING: Final = frozenset({Agreement.SAME, Agreement.VARIANT, Agreement.UNKNOWN})
_ASPECTS: Final = {False: "recheck_review", True: "recheck_second_review"}
_TITLES: Final = {False: "初核意见", True: "复核意见"}
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Review:
    """What the first reviewer says of a student.

    Attributes:
        student: the subject.
        five: of the things that concern the student, each "yes" or "no".
        finding: what follows.
        reviewer: the name of the person.
        explanation: the reason, which a doubt must have.
    """

    student: str
    five: Mapping[str, str]
    finding: ReviewFinding
    reviewer: str
    explanation: str = ""


def review(session: Session, round_id: str, one: Review) -> None:
    """Record the first review of a student; a later one replaces it.

    Raises:
        Incomplete: there is no name, or a doubt without a reason.
        ReviewRefused: the finding does not follow from what is ticked, the form is not compared
            yet, or the same person has reviewed it as the second.
        TextRefused, TextTooLong: the name or the reason can not be read.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    if set(one.five) - set(FIVE_THINGS) or set(one.five.values()) - {"yes", "no"}:
        raise ValueError(f"no such things: {dict(one.five)}")
    reviewer = person_called("初核人", one.reviewer)
    why = _explained(one.finding, one.explanation)
    with saying(session, round_id, [one.student]) as said:
        before = said.rechecked()[one.student]
        _require_another(reviewer, before.file.second_reviewer, "初核人", "复核人")
        five = _of_concern(before, one.five)
        if one.finding is ReviewFinding.SOUND:
            _require_sound(before, five)
        values = {
            **five,
            "verdict": str(one.finding),
            "reviewer": reviewer,
            "explanation": why or None,
        }
        said.unit.journal.state(Key(one.student, "recheck_review", round_id), values)
        said.unit.commit()


def second_review(
    session: Session,
    round_id: str,
    student: str,
    finding: ReviewFinding,
    reviewer: str,
    explanation: str = "",
) -> None:
    """Record the second review of a student, by another person than the first.

    Raises:
        Incomplete: there is no name, or a doubt without a reason.
        ReviewRefused: it is the same person, or nobody has reviewed it first.
        TextRefused, TextTooLong: the name or the reason can not be read.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    reviewer = person_called("复核人", reviewer)
    why = _explained(finding, explanation)
    with saying(session, round_id, [student]) as said:
        before = said.rechecked()[student]
        if before.file.first is None:
            raise ReviewRefused(
                f"{called(before.student)}还没有初核，不能复核。", "请先登记初核意见。"
            )
        _require_another(reviewer, before.file.first_reviewer, "复核人", "初核人")
        values = {"verdict": str(finding), "reviewer": reviewer, "explanation": why or None}
        said.unit.journal.state(Key(student, "recheck_second_review", round_id), values)
        said.unit.commit()


def retract_review(
    session: Session, round_id: str, student: str, reason: str, *, second: bool = False
) -> None:
    """Take back a review: nobody has reviewed the student then.

    Raises:
        Incomplete, NothingToChange, AlreadyDecided: see ``take_back``.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    take_back(session, round_id, student, _ASPECTS[second], _TITLES[second], reason)


def ready_for_all(
    students: Iterable[Rechecked], reviewer: str = "", *, second: bool = False
) -> tuple[Rechecked, ...]:
    """Return those of some students whom one person may call sound in bulk.

    Args:
        students: as they stand.
        reviewer: the name of the person; "" for whoever it will be.
        second: whether as the second reviewer.
    """
    return tuple(
        one
        for one in students
        if _is_plain(one)
        and (
            one.file.first is ReviewFinding.SOUND
            and one.file.second is None
            and not (reviewer and same_person(reviewer, one.file.first_reviewer))
            if second
            else one.file.first is None
            and not (reviewer and same_person(reviewer, one.file.second_reviewer))
        )
    )


def ready_in_class(
    session: Reader, round_id: str, class_id: str, reviewer: str = "", *, second: bool = False
) -> tuple[Rechecked, ...]:
    """Return those of a class whom one person may call sound in bulk, to be shown before."""
    with session.unit_of_work() as unit:
        students = recheck_of(session, unit, round_id, [class_id]).students
    return ready_for_all(students, reviewer, second=second)


def review_all(
    session: Session,
    round_id: str,
    students: Collection[str],
    reviewer: str,
    *,
    second: bool = False,
) -> int:
    """Call several students sound at once, those whose names were shown; return how many.

    Raises:
        Incomplete: there is no name.
        NothingToChange: nobody was named.
        ReviewRefused: one of them is not, or not any more, one about whom there is nothing to ask.
        TextRefused, TextTooLong: the name can not be read.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    reviewer = person_called("复核人" if second else "初核人", reviewer)
    if not students:
        raise NothingToChange("没有可以一起登记的学生。", "请先完成录入和比对，或者逐人登记。")
    with saying(session, round_id, students) as said:
        before = said.rechecked()
        ready = ready_for_all(before.values(), reviewer, second=second)
        if others := before.keys() - {one.student.subject for one in ready}:
            names = [called(before[subject].student) for subject in sorted(others)]
            raise ReviewRefused(
                f"{_listed(names)}不能一起登记为“符合”，没有登记。",
                "名单可能刚刚有变化，请重新打开；这些学生请逐人核对。",
            )
        why = f"与其余 {len(ready)} 人一起登记：复查表与档案一致，没有疑点。"
        said.unit.journal.state_all(
            Draft(
                Key(one.student.subject, _ASPECTS[second], round_id),
                _all_sound(one, reviewer, second=second),
                why,
            )
            for one in ready
        )
        said.unit.commit()
    return len(ready)


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are one person's, however they are spaced."""
    return bool(one) and "".join(one.split()) == "".join(other.split())


def _is_plain(one: Rechecked) -> bool:
    """Tell whether there is nothing about a student that somebody should look at."""
    file = one.file
    return (
        bool(file.form)
        and file.form_usable
        and bool(file.agreements)
        and _AGREEING.issuperset(file.agreements.values())
        and "no" not in file.five.values()
        and not (file.conflicts or file.cases or file.watched)
        and not is_special(file.admission_type)
        and ReviewFinding.DOUBTFUL not in (file.first, file.second)
    )


def _all_sound(one: Rechecked, reviewer: str, *, second: bool) -> dict[str, str | None]:
    five = {} if second else _of_concern(one, dict.fromkeys(FIVE_THINGS, "yes"))
    return {
        **five,
        "verdict": str(ReviewFinding.SOUND),
        "reviewer": reviewer,
        "explanation": None,
    }


def _of_concern(one: Rechecked, five: Mapping[str, str]) -> dict[str, str | None]:
    """Return all five things as they are kept: what does not concern a student says so."""
    asked = asked_of(one.file.admission_type)
    return {f: five.get(f) if f in asked else "not_applicable" for f in FIVE_THINGS}


def _explained(finding: ReviewFinding, explanation: str) -> str:
    if finding is ReviewFinding.SOUND:
        return typed_text("理由", explanation)
    title = REVIEW_TITLES[finding]
    return stated_reason(explanation, f"意见是“{title}”的，要写明是什么疑点。")


def _require_another(reviewer: str, other: str, this: str, that: str) -> None:
    """Raise when both reviews would be one person's."""
    if same_person(reviewer, other):
        raise ReviewRefused(
            f"{reviewer}已经是这名学生的{that}，不能又是{this}。",
            "复查要由两个人分别进行，请换一个人。",
        )


def _require_sound(one: Rechecked, five: Mapping[str, str | None]) -> None:
    """Raise when somebody is to be sound of whom something else is known."""
    name = called(one.student)
    if wrong := [FIVE_TITLES[f] for f in FIVE_THINGS if five[f] == "no"]:
        raise ReviewRefused(
            f"{name}有勾为“有疑问”的内容：{'、'.join(wrong)}，意见不能是“符合”。",
            "请核对勾选的内容，或者把意见改为“有疑点”。",
        )
    if missing := [FIVE_TITLES[f] for f in FIVE_THINGS if not five[f]]:
        raise ReviewRefused(
            f"{name}还没有核查：{'、'.join(missing)}。", "请逐项核查并勾选以后，再登记“符合”。"
        )
    if one.assessment.doubts:
        titles = "、".join(ANSWER_TITLES[field] for field in one.assessment.doubts)
        raise ReviewRefused(
            f"{name}的{titles}已认定为疑点，意见不能是“符合”。",
            "请把意见改为“有疑点”，或者先改正认定。",
        )
    if not one.file.agreements or not one.file.form or not one.file.form_usable:
        raise ReviewRefused(
            f"{name}的复查表还没有录入比对，意见不能是“符合”。", "请先收入复查表、录入内容。"
        )


def _listed(names: Collection[str]) -> str:
    shown = "、".join(list(names)[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}等 {len(names)} 人"
