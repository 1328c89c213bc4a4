"""Procedure one as rules: where a new student stands in the entry review (细则 一、入学资格审查).

``assess`` is a pure function of what the offices have said. Boards, papers and the list that goes
to the registrar all show its result, and ``count`` counts nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.checklists import ChecklistItem, Lacking, lacking
from desktop.domain.reasons import Reason
from desktop.domain.review_fields import SIX_TITLES
from desktop.domain.review_rules import ReviewRules, percent, percent_asked

ART_DOCUMENTS: Final = "细则 一(三)2"
ART_FACE: Final = "细则 一(三)4"
ART_RETURN: Final = "细则 一(三)5"
ART_QUALIFIED: Final = "细则 一(三)6"
ART_GIVE_UP: Final = "41号令 第八条"
ART_CANCEL: Final = "41号令 第九条"
ART_KEEP: Final = "41号令 第十条"


class ArrivalState(StrEnum):
    """Whether a new student came."""

    ARRIVED = "arrived"
    LEAVE = "leave"
    ABSENT = "absent"


ARRIVAL_TITLES: Final = {
    ArrivalState.ARRIVED: "已报到",
    ArrivalState.LEAVE: "请假",
    ArrivalState.ABSENT: "未报到",
}
CAUSE_TITLES: Final = {
    "gave_up": "本人放弃",
    "conscript": "应征入伍",
    "illness": "因病",
    "unreachable": "联系不上",
    "other": "其他原因",
}
"""Why somebody did not come."""


class Finding(StrEnum):
    """What the class teacher, or a second person, finds."""

    NORMAL = "normal"
    DOUBTFUL = "doubtful"
    ABNORMAL = "abnormal"


FINDING_TITLES: Final = {
    Finding.NORMAL: "正常",
    Finding.DOUBTFUL: "存疑",
    Finding.ABNORMAL: "异常",
}


class ReviewVerdict(StrEnum):
    """What admissions tells the registrar about a student."""

    PASSED = "passed"
    FAILED = "failed"
    GIVEN_UP = "given_up"
    KEPT = "kept"


VERDICT_TITLES: Final = {
    ReviewVerdict.PASSED: "合格",
    ReviewVerdict.FAILED: "不合格",
    ReviewVerdict.GIVEN_UP: "放弃入学资格",
    ReviewVerdict.KEPT: "保留入学资格",
}


class Face(StrEnum):
    """How a comparison of faces counts here; its words are those of the system's file."""

    PASSED = "成功"
    FAILED = "失败"
    NOT_DONE = "未进行"


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """All that was said about one new student in a round of procedure one.

    Attributes:
        student: the subject.
        admission_type: as the admission data call it.
        arrival: what the college says of the arrival, None while it says nothing.
        arrived_on: the day of the arrival, ISO.
        leave_until: the last day of a leave, ISO.
        cause: a key of ``CAUSE_TITLES``, of one who did not come.
        arrival_explanation: in the college's words.
        documents: per slot of the checklist what was said.
        face: what the face-comparison system says, "" where its file does not name the student.
        likeness: from 0 to 1, None where the file has none.
        compared: of the six things, each ``same``, ``different`` or ``absent``.
        finding: the class teacher's.
        finding_explanation: the reason.
        checker: the class teacher's name.
        second: what the second person finds.
        second_explanation: the reason.
        second_checker: the name.
        place: ``given_up`` or ``kept``, as the college reports.
        place_explanation: the reason.
        place_document: the paper it rests on.
        place_until: until when it is kept.
        verdict: what admissions has told the registrar, None so far nothing.
        conflicts: the titles of the fields on which offices contradict one another.
    """

    student: str
    admission_type: str = ""
    arrival: ArrivalState | None = None
    arrived_on: str = ""
    leave_until: str = ""
    cause: str = ""
    arrival_explanation: str = ""
    documents: Mapping[str, str] = field(default_factory=dict)
    face: str = ""
    likeness: float | None = None
    compared: Mapping[str, str] = field(default_factory=dict)
    finding: Finding | None = None
    finding_explanation: str = ""
    checker: str = ""
    second: Finding | None = None
    second_explanation: str = ""
    second_checker: str = ""
    place: str = ""
    place_explanation: str = ""
    place_document: str = ""
    place_until: str = ""
    verdict: ReviewVerdict | None = None
    conflicts: tuple[str, ...] = ()


class Standing(StrEnum):
    """Where a student stands; each is exactly one of these."""

    UNHEARD = "unheard"  # the college has said nothing of the arrival
    LEAVE = "leave"
    ABSENT = "absent"
    GIVEN_UP = "given_up"
    KEPT = "kept"
    IN_HAND = "in_hand"  # came; something has still to be done
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    QUALIFIED = "qualified"


STANDING_TITLES: Final = {
    Standing.UNHEARD: "还没有登记报到情况",
    Standing.LEAVE: "请假",
    Standing.ABSENT: "未报到",
    Standing.GIVEN_UP: "放弃入学资格",
    Standing.KEPT: "保留入学资格",
    Standing.IN_HAND: "审查中",
    Standing.DOUBTFUL: "存疑",
    Standing.FAILED: "审查不合格",
    Standing.QUALIFIED: "审查合格",
}


WAITS: Final = frozenset({Standing.UNHEARD, Standing.IN_HAND, Standing.DOUBTFUL})
"""Where somebody stands of whom the college has still something to say or to mend."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Where a student stands, why, what is lacking, and what may be asked now.

    Attributes:
        student: the subject.
        standing: where the student stands.
        reasons: why, at least one.
        lacking: the documents that were not brought.
        face_passed: whether the comparison of faces counts as passed.
        overdue: a no-show, or a leave, that may be taken to have given the place up: a person
            confirms it.
        watched: to be looked at with care in the re-check (重点对象). Where faces are not compared
            by the system at all, nobody is for that reason.
    """

    student: str
    standing: Standing
    reasons: tuple[Reason, ...]
    lacking: tuple[Lacking, ...] = ()
    face_passed: bool = False
    overdue: bool = False
    watched: bool = False


def assess(
    file: ReviewFile, rules: ReviewRules, items: Iterable[ChecklistItem], today: date
) -> Assessment:
    """Return where a student stands now, and why.

    Who came and was found to have failed counts with what was brought and compared, as before.
    """
    if decided := _decided(file):
        if decided.standing is not Standing.FAILED or file.arrival is not ArrivalState.ARRIVED:
            return decided
        lacks = lacking(items, file.admission_type, file.documents)
        return replace(decided, lacking=lacks, face_passed=face_passes(file, rules))
    if file.place and file.arrival is not ArrivalState.ARRIVED:
        return _placed(file)
    if file.arrival is None:
        sentence = "院部还没有登记报到情况。"
        return _of(file, Standing.UNHEARD, "unheard", sentence, ART_DOCUMENTS)
    if file.arrival is not ArrivalState.ARRIVED:
        return _away(file, rules, today)
    return _present(file, rules, tuple(items), today)


def _decided(file: ReviewFile) -> Assessment | None:
    """Return where a student stands about whom admissions has decided otherwise than passed."""
    if file.verdict not in _DECIDED:
        return None
    standing, sentence, article = _DECIDED[file.verdict]
    return _of(file, standing, f"decided-{file.verdict}", sentence, article)


_DECIDED: Final = {
    ReviewVerdict.FAILED: (Standing.FAILED, "审查不合格，取消入学资格。", ART_CANCEL),
    ReviewVerdict.GIVEN_UP: (Standing.GIVEN_UP, "招生工作处已确认放弃入学资格。", ART_GIVE_UP),
    ReviewVerdict.KEPT: (Standing.KEPT, "招生工作处已确认保留入学资格。", ART_KEEP),
}


def needs_second(file: ReviewFile, rules: ReviewRules) -> bool:
    """Tell whether a second person has to look at a student who came."""
    if rules.second_check == "all":
        return True
    return rules.second_check == "doubtful" and file.finding in (
        Finding.DOUBTFUL,
        Finding.ABNORMAL,
    )


def face_passes(file: ReviewFile, rules: ReviewRules) -> bool:
    """Tell whether the comparison of faces counts as passed: done, and alike enough."""
    return file.face == Face.PASSED and (
        file.likeness is None or file.likeness >= rules.face_threshold
    )


def _placed(file: ReviewFile) -> Assessment:
    """Return where somebody stands who did not come and whose place was spoken about."""
    why = f"（{file.place_explanation}）" if file.place_explanation else ""
    if file.place == "kept":
        until = f"至 {file.place_until}" if file.place_until else ""
        sentence = f"院部报告保留入学资格{until}{why}。"
        return _of(file, Standing.KEPT, "kept", sentence, ART_KEEP)
    sentence = f"院部报告放弃入学资格{why}。"
    return _of(file, Standing.GIVEN_UP, "given-up", sentence, ART_GIVE_UP)


def _away(file: ReviewFile, rules: ReviewRules, today: date) -> Assessment:
    """Return where somebody stands who did not come, or not yet."""
    why = "，".join(
        filter(None, [CAUSE_TITLES.get(file.cause, file.cause), file.arrival_explanation])
    )
    told = f"（{why}）" if why else ""
    if file.arrival is ArrivalState.LEAVE:
        over = bool(file.leave_until) and file.leave_until < today.isoformat()
        sentence = f"请假至 {file.leave_until}{told}。" if file.leave_until else f"请假{told}。"
        if over:
            sentence = f"请假至 {file.leave_until}{told}，期限已过，还没有报到。"
        reason = Reason("leave-over" if over else "leave", sentence, ART_GIVE_UP)
        gone = _past(file.leave_until, rules.no_show_days, today)
        return Assessment(file.student, Standing.LEAVE, (reason,), overdue=gone)
    gone = bool(rules.give_up_after) and rules.give_up_after < today.isoformat()
    sentence = f"未报到{told}。"
    if gone:
        sentence = (
            f"未报到{told}，已超过报到截止后 {rules.no_show_days} 天，可以确认视为放弃入学资格。"
        )
    reason = Reason("absent-overdue" if gone else "absent", sentence, ART_GIVE_UP)
    return Assessment(file.student, Standing.ABSENT, (reason,), overdue=gone)


def _present(
    file: ReviewFile, rules: ReviewRules, items: tuple[ChecklistItem, ...], today: date
) -> Assessment:
    """Return where somebody stands who came."""
    lacks = lacking(items, file.admission_type, file.documents)
    face = face_passes(file, rules)
    doubts = (*_conflicts(file), *_doubts(file))
    todo = (*_unlooked(lacks, today), *_unfinished(file, rules))
    watched = bool(lacks) or bool(doubts) or (bool(file.face) and not face)
    if doubts:
        standing, reasons = Standing.DOUBTFUL, (*doubts, *todo)
    elif todo:
        standing, reasons = Standing.IN_HAND, todo
    else:
        standing = Standing.QUALIFIED
        sentence = "证件已核验，人像比对或人工核对通过，班主任核对正常。"
        if lacks:
            named = "、".join(f"{one.item.title}（{one.due} 前补交）" for one in lacks)
            sentence = f"核对正常；{named}。"
        reasons = (Reason("qualified", sentence, ART_QUALIFIED),)
    return Assessment(file.student, standing, reasons, lacks, face, watched=watched)


def _conflicts(file: ReviewFile) -> tuple[Reason, ...]:
    if not file.conflicts:
        return ()
    fields = "、".join(file.conflicts)
    return (Reason("conflict", f"各方说法不一致，尚未裁定：{fields}。", ART_QUALIFIED),)


def _doubts(file: ReviewFile) -> tuple[Reason, ...]:
    """Return what speaks against a student who came."""
    found = []
    if different := [SIX_TITLES[k] for k, v in file.compared.items() if v == "different"]:
        sentence = f"六对照有不一致的：{'、'.join(different)}。"
        found.append(Reason("six-different", sentence, ART_DOCUMENTS))
    if file.finding in (Finding.DOUBTFUL, Finding.ABNORMAL):
        why = f"：{file.finding_explanation}" if file.finding_explanation else ""
        title = FINDING_TITLES[file.finding]
        found.append(Reason(f"finding-{file.finding}", f"班主任核对为{title}{why}。", ART_FACE))
    if file.second in (Finding.DOUBTFUL, Finding.ABNORMAL):
        why = f"：{file.second_explanation}" if file.second_explanation else ""
        title = FINDING_TITLES[file.second]
        found.append(Reason(f"second-{file.second}", f"复核人核对为{title}{why}。", ART_RETURN))
    return tuple(found)


def _unlooked(lacks: Iterable[Lacking], today: date) -> tuple[Reason, ...]:
    """Return what has still to be done about documents."""
    found = []
    unseen = [one.item.title for one in lacks if not one.looked]
    undated = [one.item.title for one in lacks if one.looked and not one.due]
    late = [f"{one.item.title}（{one.due}）" for one in lacks if one.overdue(today)]
    if unseen:
        found.append(Reason("document-unseen", f"还没有核验{'、'.join(unseen)}。", ART_DOCUMENTS))
    if undated:
        sentence = f"缺{'、'.join(undated)}，还没有约定补交日期。"
        found.append(Reason("document-undated", sentence, ART_DOCUMENTS))
    if late:
        found.append(Reason("document-late", f"补交日期已过：{'、'.join(late)}。", ART_DOCUMENTS))
    return tuple(found)


def _unfinished(file: ReviewFile, rules: ReviewRules) -> tuple[Reason, ...]:
    """Return what the class has still to do about a student."""
    found = []
    if file.finding is None:
        found.append(Reason("no-finding", "班主任还没有逐一核对并填写结论。", ART_FACE))
    elif file.finding is Finding.NORMAL and not face_passes(file, rules) and not by_hand(file):
        found.append(Reason("face-by-hand", _face_sentence(file, rules), ART_FACE))
    if file.finding is not None and needs_second(file, rules) and file.second is None:
        found.append(Reason("no-second", "还没有第二人复核。", ART_RETURN))
    return tuple(found)


def by_hand(file: ReviewFile) -> bool:
    """Tell whether a person has compared the person with the photo and the identity card."""
    return all(file.compared.get(thing) == "same" for thing in ("photo", "id_card", "person"))


def _face_sentence(file: ReviewFile, rules: ReviewRules) -> str:
    """Return why a face has to be compared by hand."""
    if file.face == Face.PASSED:
        return (
            f"人像比对相似度 {percent(file.likeness or 0)} 低于合格线 "
            f"{percent_asked(rules.face_threshold)}，须人工对照照片、身份证和本人。"
        )
    said = _NO_FACE.get(file.face, "没有人像比对结果")
    return f"{said}，须人工对照照片、身份证和本人。"


_NO_FACE: Final[Mapping[str, str]] = {
    Face.FAILED: "人像比对失败",
    Face.NOT_DONE: "没有进行人像比对",
}


def _past(day: str, days: int, today: date) -> bool:
    return bool(day) and (today - date.fromisoformat(day)).days > days


def _of(file: ReviewFile, standing: Standing, code: str, sentence: str, article: str) -> Assessment:
    return Assessment(file.student, standing, (Reason(code, sentence, article),))
