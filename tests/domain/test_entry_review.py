"""Where a new student stands: each case of the rule book, and what holds whatever was said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from desktop.domain.checklists import DEFAULT_CHECKLIST, SLOTS, lacking
from desktop.domain.entry_review import (
    ArrivalState,
    Finding,
    ReviewFile,
    ReviewVerdict,
    Standing,
    assess,
    by_hand,
    face_passes,
    needs_second,
)
from desktop.domain.review_count import count
from desktop.domain.review_rules import ReviewRules
from tests.domain.reviews import TODAY, files, rules

RULES = ReviewRules(check_in_until="2026-09-12")
SEEN = dict.fromkeys([SLOTS[0], SLOTS[1], SLOTS[3], SLOTS[4]], "seen")
ON_LEAVE = ArrivalState.LEAVE
COMPARED = {"photo": "same", "id_card": "same", "person": "same"}
READY = ReviewFile(
    "student:1",
    arrival=ArrivalState.ARRIVED,
    arrived_on="2026-09-10",
    documents=SEEN,
    face="成功",
    likeness=0.93,
    finding=Finding.NORMAL,
    checker="周老师",
)


def standing(file: ReviewFile, rules: ReviewRules = RULES) -> tuple[Standing, list[str]]:
    """Return where somebody stands, and the codes of the reasons."""
    found = assess(file, rules, DEFAULT_CHECKLIST, TODAY)
    return found.standing, [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("changes", "expected", "code"),
    [
        ({}, Standing.QUALIFIED, "qualified"),
        ({"arrival": None}, Standing.UNHEARD, "unheard"),
        ({"arrival": ArrivalState.LEAVE, "leave_until": "2026-09-30"}, Standing.LEAVE, "leave"),
        (
            {"arrival": ArrivalState.LEAVE, "leave_until": "2026-09-13"},
            Standing.LEAVE,
            "leave-over",
        ),
        ({"arrival": ArrivalState.ABSENT}, Standing.ABSENT, "absent"),
        ({"arrival": ArrivalState.ABSENT, "place": "kept"}, Standing.KEPT, "kept"),
        ({"arrival": None, "place": "given_up"}, Standing.GIVEN_UP, "given-up"),
        ({"documents": {}}, Standing.IN_HAND, "document-unseen"),
        ({"documents": SEEN | {SLOTS[3]: "missing"}}, Standing.IN_HAND, "document-undated"),
        ({"documents": SEEN | {SLOTS[3]: "due 2026-09-19"}}, Standing.IN_HAND, "document-late"),
        ({"documents": SEEN | {SLOTS[3]: "due 2026-09-20"}}, Standing.QUALIFIED, "qualified"),
        ({"documents": SEEN | {SLOTS[3]: "not_needed"}}, Standing.QUALIFIED, "qualified"),
        ({"face": "失败"}, Standing.IN_HAND, "face-by-hand"),
        ({"face": "", "likeness": None}, Standing.IN_HAND, "face-by-hand"),
        ({"likeness": 0.79}, Standing.IN_HAND, "face-by-hand"),
        ({"likeness": 0.8}, Standing.QUALIFIED, "qualified"),
        ({"likeness": 0.1, "compared": COMPARED}, Standing.QUALIFIED, "qualified"),
        ({"finding": None}, Standing.IN_HAND, "no-finding"),
        ({"finding": Finding.DOUBTFUL}, Standing.DOUBTFUL, "finding-doubtful"),
        ({"finding": Finding.ABNORMAL}, Standing.DOUBTFUL, "no-second"),
        ({"second": Finding.ABNORMAL}, Standing.DOUBTFUL, "second-abnormal"),
        ({"compared": {"notice": "different"}}, Standing.DOUBTFUL, "six-different"),
        ({"conflicts": ("姓名",)}, Standing.DOUBTFUL, "conflict"),
        ({"verdict": ReviewVerdict.PASSED}, Standing.QUALIFIED, "qualified"),
        ({"verdict": ReviewVerdict.FAILED}, Standing.FAILED, "decided-failed"),
        ({"verdict": ReviewVerdict.GIVEN_UP}, Standing.GIVEN_UP, "decided-given_up"),
        ({"verdict": ReviewVerdict.KEPT}, Standing.KEPT, "decided-kept"),
    ],
)
def test_each_case_has_its_standing_and_its_reason(
    changes: dict[str, object], expected: Standing, code: str
) -> None:
    found, codes = standing(replace(READY, **changes))  # type: ignore[arg-type]
    assert found is expected
    assert code in codes


def test_a_no_show_is_overdue_after_the_days_of_the_round_and_not_on_the_last() -> None:
    absent = replace(READY, arrival=ArrivalState.ABSENT)
    last = TODAY + timedelta(days=6)  # 14 days after the end of check-in
    assert not assess(absent, RULES, DEFAULT_CHECKLIST, last).overdue
    found = assess(absent, RULES, DEFAULT_CHECKLIST, last + timedelta(days=1))
    assert found.overdue
    assert found.reasons[0].code == "absent-overdue"
    nobody_said = replace(RULES, check_in_until="")
    assert not assess(absent, nobody_said, DEFAULT_CHECKLIST, last + timedelta(days=400)).overdue


def test_a_second_person_looks_where_the_round_says_so() -> None:
    for second_check, finding, wanted in (
        ("none", Finding.ABNORMAL, False),
        ("doubtful", Finding.NORMAL, False),
        ("doubtful", Finding.DOUBTFUL, True),
        ("all", Finding.NORMAL, True),
    ):
        asked = replace(RULES, second_check=second_check)
        assert needs_second(replace(READY, finding=finding), asked) is wanted
    assert standing(READY, replace(RULES, second_check="all")) == (Standing.IN_HAND, ["no-second"])


def test_whoever_was_found_doubtful_need_not_be_compared_once_more() -> None:
    doubted = replace(READY, face="失败", finding=Finding.DOUBTFUL, second=Finding.DOUBTFUL)
    assert standing(doubted) == (Standing.DOUBTFUL, ["finding-doubtful", "second-doubtful"])


def test_who_failed_counts_with_what_was_brought_and_compared() -> None:
    """The report's 人脸通过 and 材料不全 are of those who came, whatever was decided later."""
    lacks = {"documents": SEEN | {SLOTS[3]: "due 2026-12-01"}}
    for changes, numbers in (
        ({}, (1, 1, 0, 1)),
        ({"face": "失败"}, (1, 0, 0, 1)),
        (lacks, (1, 1, 1, 1)),
        ({"arrival": ArrivalState.ABSENT, **lacks}, (0, 0, 0, 1)),
    ):
        file = replace(READY, verdict=ReviewVerdict.FAILED, **changes)
        n = count([(file, assess(file, RULES, DEFAULT_CHECKLIST, TODAY))])
        assert (n.arrived, n.face_passed, n.documents_missing, n.failed) == numbers


def test_whoever_lacked_something_is_watched_in_the_recheck() -> None:
    for changes, watched in (
        ({}, False),
        ({"documents": SEEN | {SLOTS[3]: "due 2026-12-01"}}, True),
        ({"face": "失败", "compared": COMPARED}, True),
        ({"finding": Finding.DOUBTFUL}, True),
    ):
        found = assess(replace(READY, **changes), RULES, DEFAULT_CHECKLIST, TODAY)
        assert found.watched is watched


@given(files(), rules())
def test_everybody_stands_in_one_place_with_a_reason(file: ReviewFile, asked: ReviewRules) -> None:
    found = assess(file, asked, DEFAULT_CHECKLIST, TODAY)
    assert found.standing in Standing
    assert found.reasons
    assert all(reason.sentence.endswith("。") and reason.article for reason in found.reasons)
    assert found == assess(file, asked, DEFAULT_CHECKLIST, TODAY)


@given(files(), rules())
def test_nobody_is_qualified_who_did_not_come_or_of_whom_something_is_open(
    file: ReviewFile, asked: ReviewRules
) -> None:
    if assess(file, asked, DEFAULT_CHECKLIST, TODAY).standing is not Standing.QUALIFIED:
        return
    assert file.arrival is ArrivalState.ARRIVED
    assert file.finding is Finding.NORMAL
    assert face_passes(file, asked) or by_hand(file)
    assert "different" not in file.compared.values()
    assert not file.conflicts
    assert file.second in (None, Finding.NORMAL)
    for lack in lacking(DEFAULT_CHECKLIST, file.admission_type, file.documents):
        assert lack.looked
        assert lack.due >= TODAY.isoformat()


@given(files(), rules())
def test_what_admissions_has_decided_is_where_somebody_stands(
    file: ReviewFile, asked: ReviewRules
) -> None:
    decided = {
        ReviewVerdict.FAILED: Standing.FAILED,
        ReviewVerdict.GIVEN_UP: Standing.GIVEN_UP,
        ReviewVerdict.KEPT: Standing.KEPT,
    }
    if file.verdict in decided:
        found = assess(file, asked, DEFAULT_CHECKLIST, TODAY)
        assert found.standing is decided[file.verdict]
