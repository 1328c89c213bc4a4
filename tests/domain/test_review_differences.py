"""Where the face-comparison report, or a verdict, does not agree with what colleges say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checklists import DEFAULT_CHECKLIST, SLOTS
from desktop.domain.entry_review import (
    ArrivalState,
    Finding,
    ReviewFile,
    ReviewVerdict,
    Standing,
    assess,
    face_passes,
)
from desktop.domain.review_differences import FaceDifference, face_difference, verdict_difference
from desktop.domain.review_fields import SIX_THINGS
from desktop.domain.review_rules import ReviewRules

RULES = ReviewRules(check_in_from="2026-09-05", check_in_until="2026-09-07")
TODAY = date(2026, 9, 10)
GOOD = ReviewFile(
    "student:1",
    admission_type="普通高考",
    arrival=ArrivalState.ARRIVED,
    documents=dict.fromkeys(SLOTS, "seen"),
    face="成功",
    likeness=0.95,
    compared=dict.fromkeys(SIX_THINGS, "same"),
    finding=Finding.NORMAL,
)
AWAY = replace(GOOD, arrival=ArrivalState.ABSENT, face="", finding=None)

files = st.builds(
    ReviewFile,
    student=st.just("student:1"),
    arrival=st.none() | st.sampled_from(ArrivalState),
    documents=st.just(dict.fromkeys(SLOTS, "seen")),
    face=st.sampled_from(["", "成功", "失败", "未进行", "看不懂的结果"]),
    likeness=st.none() | st.floats(0, 1),
    compared=st.dictionaries(
        st.sampled_from(SIX_THINGS), st.sampled_from(["same", "different", "absent"])
    ),
    finding=st.none() | st.sampled_from(Finding),
    second=st.none() | st.sampled_from(Finding),
    verdict=st.none() | st.sampled_from(ReviewVerdict),
)


@pytest.mark.parametrize(
    ("file", "kind", "words"),
    [
        (GOOD, None, ""),
        (
            replace(GOOD, finding=Finding.DOUBTFUL),
            FaceDifference.PASSED_BUT_DOUBTED,
            "人像比对通过，但班主任核对为存疑。",
        ),
        (
            replace(GOOD, second=Finding.ABNORMAL, compared={"id_card": "different"}),
            FaceDifference.PASSED_BUT_DOUBTED,
            "人像比对通过，但复核人核对为异常，身份证不一致。",
        ),
        (
            replace(GOOD, likeness=0.5),
            FaceDifference.FAILED_BUT_NORMAL,
            "人像比对相似度 50.0% 低于合格线，班主任核对为正常，已人工对照照片、身份证和本人。",
        ),
        (
            replace(GOOD, face="失败", compared={}),
            FaceDifference.FAILED_BUT_NORMAL,
            "人像比对失败，班主任核对为正常，没有登记人工对照照片、身份证和本人的结果。",
        ),
        (replace(GOOD, face="失败", finding=Finding.DOUBTFUL), None, ""),
        (replace(GOOD, face=""), FaceDifference.NOT_IN_REPORT, "报告里没有这名学生"),
        (
            replace(AWAY, face="成功"),
            FaceDifference.COMPARED_BUT_AWAY,
            "人像比对结果是成功，院部登记为未报到。",
        ),
        (replace(AWAY, face="未进行"), None, ""),
        (replace(AWAY, arrival=None, face="成功"), None, ""),  # the college has yet to say
    ],
)
def test_what_differs_is_said_in_a_sentence(
    file: ReviewFile, kind: FaceDifference | None, words: str
) -> None:
    found = face_difference(file, RULES)
    assert (found.kind if found else None) == kind
    assert words in (found.sentence if found else "")


@given(files)
def test_agreement_is_never_told_as_a_difference(file: ReviewFile) -> None:
    found = face_difference(file, RULES)
    passes = face_passes(file, RULES)
    came = file.arrival is ArrivalState.ARRIVED
    if found is None:
        assert not (came and not file.face)
        assert not (came and passes and file.finding in (Finding.DOUBTFUL, Finding.ABNORMAL))
        assert not (came and file.face and not passes and file.finding is Finding.NORMAL)
    else:
        assert found.sentence.endswith("。")
        assert came is (found.kind is not FaceDifference.COMPARED_BUT_AWAY)


def test_a_verdict_that_stands_is_held_beside_what_is_known_now() -> None:
    def told(file: ReviewFile) -> str:
        found = verdict_difference(file, RULES, DEFAULT_CHECKLIST, TODAY)
        return found.sentence if found else ""

    passed = replace(GOOD, verdict=ReviewVerdict.PASSED)
    assert told(passed) == ""
    doubted = told(replace(passed, finding=Finding.ABNORMAL, finding_explanation="冒名"))
    assert "不再合格" in doubted
    assert "冒名" in doubted
    assert told(replace(AWAY, verdict=ReviewVerdict.GIVEN_UP)) == ""
    assert "又登记为已报到" in told(replace(GOOD, verdict=ReviewVerdict.GIVEN_UP))
    assert "保留入学资格" in told(replace(GOOD, verdict=ReviewVerdict.KEPT))
    assert told(replace(GOOD, verdict=ReviewVerdict.FAILED)) == ""
    assert told(GOOD) == ""


@given(files)
def test_a_passed_student_is_questioned_exactly_when_nobody_would_pass_now(
    file: ReviewFile,
) -> None:
    passed = replace(file, verdict=ReviewVerdict.PASSED)
    now = assess(replace(file, verdict=None), RULES, DEFAULT_CHECKLIST, TODAY)
    found = verdict_difference(passed, RULES, DEFAULT_CHECKLIST, TODAY)
    assert (found is None) is (now.standing is Standing.QUALIFIED)
