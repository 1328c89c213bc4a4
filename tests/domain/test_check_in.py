"""What is next for a class at check-in, in the order of the work."""

from collections import Counter
from dataclasses import replace

import pytest

from desktop.domain.check_in import (
    Action,
    ClassStanding,
    agreed_by_itself,
    may_arrive,
    may_bring,
    next_action,
    passes_by_itself,
    unlooked,
)
from desktop.domain.checklists import DEFAULT_CHECKLIST, SLOTS
from desktop.domain.entry_review import ArrivalState, Finding, ReviewVerdict
from desktop.domain.review_count import ReviewCount
from desktop.domain.review_rules import ReviewRules
from tests.domain.test_entry_review import READY, SEEN

ALL_CAME = ReviewCount(admitted=40, expected=40, arrived=40)


@pytest.mark.parametrize(
    ("standing", "action", "words"),
    [
        (
            ClassStanding(ReviewCount(admitted=40, expected=40, unheard=40)),
            Action.ARRIVALS,
            "登记 40 人的报到情况",
        ),
        (
            ClassStanding(replace(ALL_CAME, arrived=38, unheard=2)),
            Action.ARRIVALS,
            "登记其余 2 人的报到情况",
        ),
        (
            ClassStanding(replace(ALL_CAME, arrived=39, leave=1), Counter({"leave-over": 1})),
            Action.ARRIVALS,
            "登记 1 人假满后的报到情况",
        ),
        (
            ClassStanding(ALL_CAME, Counter({"document-unseen": 40}), may_begin=False),
            Action.TRAINING,
            "班主任未经培训，暂不能核验",
        ),
        (
            ClassStanding(ALL_CAME, Counter({"document-unseen": 3, "no-finding": 4})),
            Action.DOCUMENTS,
            "核验 3 人的材料",
        ),
        (
            ClassStanding(ALL_CAME, Counter({"document-undated": 1, "no-finding": 4})),
            Action.DATES,
            "约定 1 人的补交日期",
        ),
        (
            ClassStanding(ALL_CAME, Counter({"no-finding": 4, "face-by-hand": 1})),
            Action.VERDICTS,
            "核对 4 人并填写结论",
        ),
        (ClassStanding(ALL_CAME, Counter({"no-second": 1})), Action.SECOND, "复核 1 人"),
        (ClassStanding(ALL_CAME, unsent=True), Action.EXPORT, "导出报送包"),
        (
            ClassStanding(ALL_CAME, Counter({"document-late": 2})),
            Action.LATE,
            "催交 2 人逾期的材料",
        ),
        (ClassStanding(ALL_CAME), Action.WAIT, "等待招生工作处汇总"),
        (ClassStanding(ALL_CAME, issued=40), Action.NOTHING, "招生工作处已全部认定"),
        (ClassStanding(ALL_CAME, closed=True), Action.NOTHING, "本批次已结束"),
    ],
)
def test_the_first_thing_that_is_not_done_is_next(
    standing: ClassStanding, action: Action, words: str
) -> None:
    found = next_action(standing)
    assert (found.action, found.words) == (action, words)


def test_of_whom_all_the_others_speaks() -> None:
    rules = ReviewRules(second_check="all")
    fresh = replace(READY, finding=None)
    assert passes_by_itself(fresh, rules)
    for changes in (
        {"likeness": 0.5},
        {"face": ""},
        {"compared": {"person": "different"}},
        {"finding": Finding.DOUBTFUL},
        {"arrival": ArrivalState.LEAVE},
        {"verdict": ReviewVerdict.PASSED},
    ):
        assert not passes_by_itself(replace(fresh, **changes), rules)
    assert agreed_by_itself(READY, rules)
    assert not agreed_by_itself(READY, ReviewRules())
    assert not agreed_by_itself(replace(READY, second=Finding.NORMAL), rules)
    assert may_arrive(replace(READY, arrival=None))
    assert not may_arrive(replace(READY, arrival=None, place="kept"))
    assert may_bring(replace(READY, verdict=ReviewVerdict.PASSED))
    assert not may_bring(replace(READY, verdict=ReviewVerdict.FAILED))
    assert unlooked(DEFAULT_CHECKLIST, replace(READY, documents={})) == tuple(SEEN)
    assert unlooked(DEFAULT_CHECKLIST, replace(READY, documents={SLOTS[0]: "missing"})) == (
        SLOTS[1],
        SLOTS[3],
        SLOTS[4],
    )
