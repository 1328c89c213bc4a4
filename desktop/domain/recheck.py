"""Procedure two as rules: where a student stands in the re-check (细则 二、入学资格复查).

What the re-check looks at are the five things of article 11; what it finds by asking is in
``answers.py``. ``assess`` is a pure function of what the offices have said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.domain.answers import Agreement
from desktop.domain.reasons import Reason
from desktop.domain.review_fields import ANSWER_FIELDS, ARCHIVE_TITLES, FIVE_TITLES
from desktop.domain.students import FIELD_TITLES

ART_FORM: Final = "细则 二(三)2"
ART_CASE: Final = "细则 二(三)4"
ART_APPROVAL: Final = "细则 二(三)5"
ART_RECHECK: Final = "41号令 第十一条"
ANSWER_TITLES: Final = {f: FIELD_TITLES.get(f) or ARCHIVE_TITLES[f] for f in ANSWER_FIELDS}
SPECIAL: Final = ("艺术", "体育", "高水平", "专项")
"""Words in an admission type whose students the fifth thing concerns (41号令 第十一条五)."""


class ReviewFinding(StrEnum):
    """What a reviewer finds."""

    SOUND = "sound"
    DOUBTFUL = "doubtful"


REVIEW_TITLES: Final = {ReviewFinding.SOUND: "符合", ReviewFinding.DOUBTFUL: "有疑点"}


class RecheckVerdict(StrEnum):
    """What admissions tells the registrar about a student."""

    PASSED = "passed"
    FAILED = "failed"
    KEPT = "kept"  # 身心状况不适宜在校学习，经诊断可以保留入学资格
    CASE = "case"  # is being looked into: nothing is registered until it is concluded


RECHECK_VERDICT_TITLES: Final = {
    RecheckVerdict.PASSED: "合格",
    RecheckVerdict.FAILED: "不合格",
    RecheckVerdict.KEPT: "保留入学资格",
    RecheckVerdict.CASE: "核查中",
}
CASE_STATE_TITLES: Final = {"open": "核查中", "concluded": "已有结论"}
NOTE_TITLES: Final = {
    "interview": "谈话记录",
    "finding": "核查情况",
    "evidence": "证据材料",
    "statement": "书面说明",
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as far as the rule needs it."""

    number: str
    concluded: bool
    important: bool = False
    outcome: str = ""  # a RecheckVerdict but CASE
    cause: str = ""


@dataclass(frozen=True, slots=True)
class RecheckFile:
    """All that was said about one student in a round of procedure two.

    Attributes:
        student: the subject.
        admission_type: as the admission data call it.
        form: the SHA-256 of the picture of the filled-in form, "" while there is none.
        form_usable: False where a person has said that the picture is of no use.
        agreements: per field that the form asks, how the answer agrees with the file, with what a
            person has decided; empty while no answer was keyed in.
        five: of ``FIVE_THINGS``, each ``yes``, ``no`` or ``not_applicable``.
        first: what the first reviewer finds, None so far nothing.
        first_reviewer: the name.
        first_explanation: the reason.
        second: what the second reviewer finds.
        second_reviewer: the name.
        second_explanation: the reason.
        cases: the student's cases.
        watched: to be looked at with care, as the entry review left it.
        verdict: what admissions has told the registrar.
        conflicts: the titles of the fields on which offices contradict one another.
    """

    student: str
    admission_type: str = ""
    form: str = ""
    form_usable: bool = True
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    five: Mapping[str, str] = field(default_factory=dict)
    first: ReviewFinding | None = None
    first_reviewer: str = ""
    first_explanation: str = ""
    second: ReviewFinding | None = None
    second_reviewer: str = ""
    second_explanation: str = ""
    cases: tuple[CaseFacts, ...] = ()
    watched: bool = False
    verdict: RecheckVerdict | None = None
    conflicts: tuple[str, ...] = ()


class Standing(StrEnum):
    """Where a student stands; each is exactly one of these."""

    NO_FORM = "no_form"
    IN_HAND = "in_hand"  # the form is there; comparing or reviewing is not finished
    DOUBTFUL = "doubtful"  # a doubt that no case has settled
    UNDER_CASE = "under_case"
    FAILED = "failed"
    KEPT = "kept"
    APPROVED = "approved"


STANDING_TITLES: Final = {
    Standing.NO_FORM: "还没有收到复查表",
    Standing.IN_HAND: "复查中",
    Standing.DOUBTFUL: "有疑点",
    Standing.UNDER_CASE: "专项核查中",
    Standing.FAILED: "复查不合格",
    Standing.KEPT: "保留入学资格",
    Standing.APPROVED: "复查合格",
}


WAITS: Final = frozenset(
    {Standing.NO_FORM, Standing.IN_HAND, Standing.DOUBTFUL, Standing.UNDER_CASE}
)
"""Where somebody stands of whom there is still something to be found out."""


@dataclass(frozen=True, slots=True)
class RecheckAssessment:
    """Where a student stands, why, and the fields about which there are doubts."""

    student: str
    standing: Standing
    reasons: tuple[Reason, ...]
    doubts: tuple[str, ...] = ()


def is_special(admission_type: str) -> bool:
    """Tell whether the fifth thing of article 11 concerns an admission type."""
    return any(word in admission_type for word in SPECIAL)


def asked_of(admission_type: str) -> tuple[str, ...]:
    """Return which of the five things are ticked for an admission type."""
    return tuple(f for f in FIVE_TITLES if f != "talent_sound" or is_special(admission_type))


def cancelled_title(*, enrolled: bool) -> str:
    """Return what failing leads to: it depends on whether the student is registered already.

    The rule book speaks of the place (细则 三(三)2), Order 41 of the registration (第十一条).
    """
    return "取消学籍" if enrolled else "取消入学资格"


def assess(file: RecheckFile) -> RecheckAssessment:
    """Return where a student stands now, and why.

    A concluded case settles every doubt; an open one holds everything back.
    """
    doubts = tuple(f for f, a in file.agreements.items() if a is Agreement.DOUBT)
    if file.cases:
        return _by_case(file, doubts)
    if file.conflicts:
        sentence = f"各方说法不一致，尚未裁定：{'、'.join(file.conflicts)}。"
        return _of(file, Standing.DOUBTFUL, Reason("conflict", sentence, ART_CASE), doubts)
    if not file.form or not file.form_usable:
        sentence = "还没有收到复查表。" if not file.form else "收到的复查表不能用，须重新提交。"
        code = "form-missing" if not file.form else "form-unusable"
        return _of(file, Standing.NO_FORM, Reason(code, sentence, ART_FORM), doubts)
    if found := _doubts(file, doubts):
        return RecheckAssessment(file.student, Standing.DOUBTFUL, found, doubts)
    if todo := _unfinished(file):
        return RecheckAssessment(file.student, Standing.IN_HAND, todo, doubts)
    sentence = "复查表与档案一致，五项复查内容符合，两人复核无疑点。"
    return _of(file, Standing.APPROVED, Reason("approved", sentence, ART_RECHECK), doubts)


def _by_case(file: RecheckFile, doubts: tuple[str, ...]) -> RecheckAssessment:
    """Return where a student stands who has a case."""
    for case in file.cases:
        if not case.concluded:
            sentence = f"专项核查 {case.number} 还没有结论：{case.cause.rstrip('。')}。"
            return _of(file, Standing.UNDER_CASE, Reason("case-open", sentence, ART_CASE), doubts)
    return _concluded(file, doubts)


def _concluded(file: RecheckFile, doubts: tuple[str, ...]) -> RecheckAssessment:
    """Return where a student stands whose cases are all concluded: the gravest counts."""
    outcomes = {case.outcome: case for case in file.cases}
    for outcome, standing, code, words in (
        (RecheckVerdict.FAILED, Standing.FAILED, "case-failed", "结论为不合格"),
        (RecheckVerdict.KEPT, Standing.KEPT, "case-kept", "结论为保留入学资格"),
    ):
        if case := outcomes.get(outcome):
            sentence = f"专项核查 {case.number} {words}。"
            return _of(file, standing, Reason(code, sentence, ART_CASE), doubts)
    numbers = "、".join(case.number for case in file.cases)
    sentence = f"专项核查 {numbers} 已排除疑点，结论为合格。"
    return _of(file, Standing.APPROVED, Reason("case-passed", sentence, ART_CASE), doubts)


def _doubts(file: RecheckFile, doubts: tuple[str, ...]) -> tuple[Reason, ...]:
    found = []
    if doubts:
        named = "、".join(ANSWER_TITLES[f] for f in doubts)
        found.append(Reason("answer-doubt", f"复查表与档案不一致：{named}。", ART_CASE))
    if wrong := [FIVE_TITLES[f] for f in FIVE_TITLES if file.five.get(f) == "no"]:
        found.append(Reason("five-doubt", f"有疑问：{'、'.join(wrong)}。", ART_RECHECK))
    for who, finding, why in (
        ("初核", file.first, file.first_explanation),
        ("复核", file.second, file.second_explanation),
    ):
        if finding is ReviewFinding.DOUBTFUL:
            told = f"：{why}" if why else ""
            found.append(Reason("review-doubt", f"{who}认为有疑点{told}。", ART_RECHECK))
    return tuple(found)


def _unfinished(file: RecheckFile) -> tuple[Reason, ...]:
    found = []
    if not file.agreements:
        found.append(Reason("answers-missing", "复查表的内容还没有与档案比对。", ART_FORM))
    unsure = [
        ANSWER_TITLES[f]
        for f, a in file.agreements.items()
        if a in (Agreement.DIFFERENT, Agreement.BLANK)
    ]
    if unsure:
        sentence = f"与档案不同，还没有人认定：{'、'.join(unsure)}。"
        found.append(Reason("answers-unruled", sentence, ART_FORM))
    if unticked := [FIVE_TITLES[f] for f in asked_of(file.admission_type) if not file.five.get(f)]:
        found.append(Reason("five-unticked", f"还没有核查：{'、'.join(unticked)}。", ART_RECHECK))
    if file.first is None:
        found.append(Reason("no-first", "还没有初核人。", ART_RECHECK))
    elif file.second is None:
        found.append(Reason("no-second", "还没有第二人复核。", ART_RECHECK))
    elif file.first_reviewer == file.second_reviewer:
        found.append(Reason("same-reviewer", "初核和复核须由两个人进行。", ART_RECHECK))
    return tuple(found)


def _of(
    file: RecheckFile, standing: Standing, reason: Reason, doubts: tuple[str, ...]
) -> RecheckAssessment:
    return RecheckAssessment(file.student, standing, (reason,), doubts)


@dataclass(frozen=True, slots=True)
class RecheckCount:
    """The numbers of a report: each is defined here and nowhere else.

    Attributes:
        students: everybody who is to be re-checked.
        forms: 已交复查表, usable ones.
        missing_forms: 未交.
        doubts: students about whom there is, or was, a doubt or a case.
        cases: 专项核查, all of them.
        open_cases: those without a conclusion.
        failed: 复查不合格.
        kept: 保留入学资格.
        approved: 复查合格.
    """

    students: int = 0
    forms: int = 0
    missing_forms: int = 0
    doubts: int = 0
    cases: int = 0
    open_cases: int = 0
    failed: int = 0
    kept: int = 0
    approved: int = 0


def count(pairs: Iterable[tuple[RecheckFile, RecheckAssessment]]) -> RecheckCount:
    """Count students; whatever they are, students = forms + missing_forms."""
    numbers = dict.fromkeys(RecheckCount.__dataclass_fields__, 0)
    for file, found in pairs:
        has_form = bool(file.form) and file.form_usable
        numbers["students"] += 1
        numbers["forms"] += has_form
        numbers["missing_forms"] += not has_form
        numbers["doubts"] += bool(found.doubts or file.cases) or found.standing is Standing.DOUBTFUL
        numbers["cases"] += len(file.cases)
        numbers["open_cases"] += sum(not case.concluded for case in file.cases)
        numbers["failed"] += found.standing is Standing.FAILED
        numbers["kept"] += found.standing is Standing.KEPT
        numbers["approved"] += found.standing is Standing.APPROVED
    return RecheckCount(**numbers)
