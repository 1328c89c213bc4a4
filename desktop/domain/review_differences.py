"""Where what was found differs from the face-comparison report, or from a verdict that stands.

The report is the one that admissions was given; beside it stands what colleges have recorded
(细则 一(三)6). A person looks at every difference: none of them decides anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.checklists import ChecklistItem
from desktop.domain.entry_review import (
    ARRIVAL_TITLES,
    ART_FACE,
    FINDING_TITLES,
    ArrivalState,
    Face,
    Finding,
    ReviewFile,
    ReviewVerdict,
    Standing,
    assess,
    by_hand,
    face_passes,
)
from desktop.domain.reasons import Reason
from desktop.domain.review_fields import SIX_TITLES
from desktop.domain.review_rules import ReviewRules, percent


class FaceDifference(StrEnum):
    """How the report and the college differ about a student."""

    PASSED_BUT_DOUBTED = "passed_but_doubted"
    FAILED_BUT_NORMAL = "failed_but_normal"
    COMPARED_BUT_AWAY = "compared_but_away"
    NOT_IN_REPORT = "not_in_report"


FACE_DIFFERENCE_TITLES: Final = {
    FaceDifference.PASSED_BUT_DOUBTED: "人像比对通过，院部存疑",
    FaceDifference.FAILED_BUT_NORMAL: "人像比对未通过，院部正常",
    FaceDifference.COMPARED_BUT_AWAY: "做过人像比对，院部登记未到",
    FaceDifference.NOT_IN_REPORT: "已报到，人像比对报告里没有",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference about one student, in a sentence."""

    kind: FaceDifference
    sentence: str


def face_difference(file: ReviewFile, rules: ReviewRules) -> Difference | None:
    """Return how the report differs from what the college says, None where it does not."""
    if file.arrival is not ArrivalState.ARRIVED:
        return _compared_but_away(file)
    if not file.face:
        sentence = "学生已报到，人像比对核查报告里没有这名学生。"
        return Difference(FaceDifference.NOT_IN_REPORT, sentence)
    if face_passes(file, rules):
        return _passed_but_doubted(file)
    return _failed_but_normal(file)


def verdict_difference(
    file: ReviewFile, rules: ReviewRules, items: Iterable[ChecklistItem], today: date
) -> Reason | None:
    """Return why a verdict that stands does not agree with what is known now, None if it does."""
    if file.verdict in (ReviewVerdict.GIVEN_UP, ReviewVerdict.KEPT):
        if file.arrival is not ArrivalState.ARRIVED:
            return None
        told = "放弃" if file.verdict is ReviewVerdict.GIVEN_UP else "保留"
        sentence = f"已确认{told}入学资格，院部又登记为已报到，请核对；属实的请收回结论。"
        return Reason(f"came-{file.verdict}", sentence, ART_FACE)
    if file.verdict is not ReviewVerdict.PASSED:
        return None
    now = assess(replace(file, verdict=None), rules, items, today)
    if now.standing is Standing.QUALIFIED:
        return None
    told = "".join(reason.sentence for reason in now.reasons)
    sentence = f"已下达合格结论，现在的情况不再合格：{told}请核对；属实的请收回结论。"
    return Reason("passed-no-more", sentence, now.reasons[0].article)


def _compared_but_away(file: ReviewFile) -> Difference | None:
    """Return the difference about somebody who stood before the camera and yet did not come."""
    if file.arrival is None or file.face not in (Face.PASSED, Face.FAILED):
        return None
    sentence = f"人像比对结果是{file.face}，院部登记为{ARRIVAL_TITLES[file.arrival]}。"
    return Difference(FaceDifference.COMPARED_BUT_AWAY, sentence)


def _passed_but_doubted(file: ReviewFile) -> Difference | None:
    found = [
        f"{who}核对为{FINDING_TITLES[finding]}"
        for who, finding in (("班主任", file.finding), ("复核人", file.second))
        if finding in (Finding.DOUBTFUL, Finding.ABNORMAL)
    ]
    if different := [SIX_TITLES[k] for k, v in file.compared.items() if v == "different"]:
        found.append(f"{'、'.join(different)}不一致")
    if not found:
        return None
    sentence = f"人像比对通过，但{'，'.join(found)}。"
    return Difference(FaceDifference.PASSED_BUT_DOUBTED, sentence)


def _failed_but_normal(file: ReviewFile) -> Difference | None:
    if file.finding is not Finding.NORMAL:
        return None
    told = _NOT_PASSED.get(file.face, f"人像比对相似度 {percent(file.likeness or 0)} 低于合格线")
    how = (
        "已人工对照照片、身份证和本人"
        if by_hand(file)
        else "没有登记人工对照照片、身份证和本人的结果"
    )
    sentence = f"{told}，班主任核对为正常，{how}。"
    return Difference(FaceDifference.FAILED_BUT_NORMAL, sentence)


_NOT_PASSED: Final[Mapping[str, str]] = {
    Face.FAILED: "人像比对失败",
    Face.NOT_DONE: "没有进行人像比对",
}
