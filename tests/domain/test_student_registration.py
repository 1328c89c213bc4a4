"""Procedure three as rules: every reason, every outcome, and what comes before what."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.authority import SIGN_OFFS
from desktop.domain.sheets import Mark
from desktop.domain.student_registration import (
    ART_DUTIES,
    ART_GIVE_UP,
    ART_KEEP,
    ART_REGISTER,
    ART_REVIEW,
    ART_SHEET,
    OUTCOME_TITLES,
    Outcome,
    Rules,
    SheetState,
    StudentFile,
    judge,
)

NUMBER = "002-00001-03"
WHOLE = SheetState(NUMBER, "", frozenset())
SIGNED = StudentFile("student:1", listed=True, complete=True, mark=Mark.SIGNED, sheet=WHOLE)
SILENT = replace(SIGNED, mark=None, sheet=None)
TWO = Rules()
FOUR = Rules(required_sign_offs=SIGN_OFFS)
PROXY = Rules(proxy_allowed=True)
ALL_SIGN_OFFS = frozenset({*SIGN_OFFS, "seal"})
Changes = dict[str, Any]

GIVEN_UP: Changes = {"place": "given_up", "place_explanation": "复读", "place_document": "声明"}
KEPT: Changes = {
    "place": "kept",
    "place_explanation": "参军",
    "place_document": "申请表",
    "place_until": "2028-12-31",
}
BY_PROXY: Changes = {"mark": Mark.BY_PROXY, "mark_explanation": "住院"}

# what is said of a student who has signed otherwise, the rules → the codes and their articles
HELD_BACK: list[tuple[str, Changes, Rules, list[tuple[str, str]]]] = [
    ("offices disagree", {"conflicts": ("姓名", "签字情况")}, TWO, [("conflict", ART_REGISTER)]),
    ("not on the roster", {"listed": False}, TWO, [("not-listed", ART_SHEET)]),
    ("data are missing", {"complete": False}, TWO, [("incomplete", ART_REGISTER)]),
    ("a correction waits", {"open_corrections": 1}, TWO, [("correction-open", ART_REGISTER)]),
    (
        "all of these",
        {"conflicts": ("姓名",), "listed": False, "complete": False, "open_corrections": 2},
        TWO,
        [
            ("conflict", ART_REGISTER),
            ("not-listed", ART_SHEET),
            ("incomplete", ART_REGISTER),
            ("correction-open", ART_REGISTER),
        ],
    ),
    ("nobody said anything", {"mark": None, "sheet": None}, TWO, [("no-word", ART_SHEET)]),
    ("not even with a sheet", {"mark": None}, TWO, [("no-word", ART_SHEET)]),
    ("did not sign", {"mark": Mark.UNSIGNED}, TWO, [("unsigned", ART_SHEET)]),
    ("was struck out", {"mark": Mark.STRUCK_OUT}, TWO, [("struck-out", ART_SHEET)]),
    ("proxy is not allowed", BY_PROXY, TWO, [("proxy-not-allowed", ART_SHEET)]),
    ("proxy without a reason", {"mark": Mark.BY_PROXY}, PROXY, [("proxy-unexplained", ART_SHEET)]),
    ("the sheet never came", {"sheet": None}, TWO, [("sheet-unknown", ART_SHEET)]),
    (
        "the page is void",
        {"sheet": replace(WHOLE, void="信息有变动")},
        TWO,
        [("sheet-void", ART_SHEET)],
    ),
    (
        "the class teacher is missing",
        {"sheet": replace(WHOLE, missing=frozenset({"class_teacher"}))},
        TWO,
        [("class-teacher-missing", ART_DUTIES)],
    ),
    (
        "the head is missing",
        {"sheet": replace(WHOLE, missing=frozenset({"head"}))},
        TWO,
        [("head-missing", ART_DUTIES)],
    ),
    (
        "the student section is missing",
        {"sheet": replace(WHOLE, missing=frozenset({"student_section"}))},
        FOUR,
        [("student-section-missing", ART_DUTIES)],
    ),
    (
        "the teaching section is missing",
        {"sheet": replace(WHOLE, missing=frozenset({"teaching_section"}))},
        FOUR,
        [("teaching-section-missing", ART_DUTIES)],
    ),
    (
        "the seal is missing, whatever the rules ask",
        {"sheet": replace(WHOLE, missing=frozenset({"seal"}))},
        Rules(required_sign_offs=()),
        [("seal-missing", ART_SHEET)],
    ),
    (
        "everything about the sheet is wrong",
        {"sheet": SheetState(NUMBER, "信息有变动", ALL_SIGN_OFFS)},
        FOUR,
        [
            ("sheet-void", ART_SHEET),
            ("class-teacher-missing", ART_DUTIES),
            ("student-section-missing", ART_DUTIES),
            ("teaching-section-missing", ART_DUTIES),
            ("head-missing", ART_DUTIES),
            ("seal-missing", ART_SHEET),
        ],
    ),
    (
        "signature and sheet are wrong",
        {**BY_PROXY, "sheet": replace(WHOLE, void="信息有变动")},
        TWO,
        [("proxy-not-allowed", ART_SHEET), ("sheet-void", ART_SHEET)],
    ),
    (
        "given up without a paper",
        {**GIVEN_UP, "place_document": ""},
        TWO,
        [("place-document-missing", ART_REGISTER)],
    ),
    (
        "kept without a paper",
        {**KEPT, "place_document": ""},
        TWO,
        [("place-document-missing", ART_REGISTER)],
    ),
    ("kept without an end", {**KEPT, "place_until": ""}, TWO, [("place-until-missing", ART_KEEP)]),
]

DECIDED: list[tuple[str, Changes, Rules, Outcome, str, str]] = [
    ("has signed", {}, TWO, Outcome.REGISTERED, "signed", ART_SHEET),
    (
        "lacks only what the rules do not ask",
        {"sheet": replace(WHOLE, missing=frozenset({"student_section", "teaching_section"}))},
        TWO,
        Outcome.REGISTERED,
        "signed",
        ART_SHEET,
    ),
    ("by proxy", BY_PROXY, PROXY, Outcome.REGISTERED, "signed-by-proxy", ART_SHEET),
    ("gave up", GIVEN_UP, TWO, Outcome.PLACE_GIVEN_UP, "place-given-up", ART_GIVE_UP),
    ("is kept", KEPT, TWO, Outcome.PLACE_KEPT, "place-kept", ART_KEEP),
    (
        "failed the review",
        {"entry_review": "failed"},
        TWO,
        Outcome.PLACE_CANCELLED,
        "entry-review-failed",
        ART_REVIEW,
    ),
    (
        "failed the re-check",
        {"entry_review": "passed", "recheck": "failed"},
        TWO,
        Outcome.PLACE_CANCELLED,
        "recheck-failed",
        ART_REGISTER,
    ),
    (
        "failed both",
        {"entry_review": "failed", "recheck": "failed"},
        TWO,
        Outcome.PLACE_CANCELLED,
        "recheck-failed",
        ART_REGISTER,
    ),
    (
        "passed both",
        {"entry_review": "passed", "recheck": "passed"},
        TWO,
        Outcome.REGISTERED,
        "signed",
        ART_SHEET,
    ),
]
HOLDING = {code for *_, reasons in HELD_BACK for code, _ in reasons}
FINAL = {code for *_, code, _ in DECIDED}


@pytest.mark.parametrize(
    ("changes", "rules", "reasons"),
    [case[1:] for case in HELD_BACK],
    ids=[case[0] for case in HELD_BACK],
)
def test_a_student_is_held_back_when(
    changes: Changes, rules: Rules, reasons: list[tuple[str, str]]
) -> None:
    verdict = judge(replace(SIGNED, **changes), rules)
    assert verdict.outcome is None
    assert [(reason.code, reason.article) for reason in verdict.reasons] == reasons


@pytest.mark.parametrize(
    ("changes", "rules", "outcome", "code", "article"),
    [case[1:] for case in DECIDED],
    ids=[case[0] for case in DECIDED],
)
def test_a_student_s_outcome_is_decided_when_he_or_she(
    changes: Changes, rules: Rules, outcome: Outcome, code: str, article: str
) -> None:
    verdict = judge(replace(SIGNED, **changes), rules)
    assert verdict.outcome is outcome
    assert [(reason.code, reason.article) for reason in verdict.reasons] == [(code, article)]


# --- what comes before what ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "blocker",
    [{"conflicts": ("姓名",)}, {"listed": False}, {"complete": False}, {"open_corrections": 1}],
)
@pytest.mark.parametrize("ready", [{}, GIVEN_UP, KEPT, {"recheck": "failed"}])
def test_nothing_at_all_is_issued_before_what_blocks_is_settled(
    blocker: Changes, ready: Changes
) -> None:
    assert judge(replace(SIGNED, **{**ready, **blocker}), TWO).outcome is None


@pytest.mark.parametrize("place", [{}, GIVEN_UP, KEPT, {**KEPT, "place_document": ""}])
@pytest.mark.parametrize("mark", [None, *Mark])
def test_a_failed_review_outweighs_signature_and_place(place: Changes, mark: Mark | None) -> None:
    file = replace(SIGNED, **place, mark=mark, recheck="failed")
    assert judge(file, TWO).outcome is Outcome.PLACE_CANCELLED


@pytest.mark.parametrize("mark", [None, *Mark])
def test_a_place_given_up_or_kept_needs_no_signature(mark: Mark | None) -> None:
    for place, outcome in ((GIVEN_UP, Outcome.PLACE_GIVEN_UP), (KEPT, Outcome.PLACE_KEPT)):
        assert judge(replace(SILENT, **place, mark=mark), TWO).outcome is outcome


def test_who_did_not_sign_is_not_asked_about_the_sheet() -> None:
    file = replace(SIGNED, mark=Mark.UNSIGNED, sheet=SheetState(NUMBER, "x", ALL_SIGN_OFFS))
    assert [reason.code for reason in judge(file, FOUR).reasons] == ["unsigned"]


# --- what people read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rules", "words"),
    [
        ({"conflicts": ("姓名", "性别")}, TWO, "姓名、性别"),
        ({"open_corrections": 3}, TWO, "3 条"),
        ({"mark": Mark.UNSIGNED, "mark_explanation": "请病假"}, TWO, "请病假"),
        ({"mark": Mark.STRUCK_OUT, "mark_explanation": "转班"}, TWO, "转班"),
        (BY_PROXY, TWO, "住院"),
        (BY_PROXY, PROXY, "住院"),
        ({"recheck": "failed", "verdict_explanation": "冒名"}, TWO, "冒名"),
        (GIVEN_UP, TWO, "复读"),
        (KEPT, TWO, "2028-12-31"),
        ({"sheet": replace(WHOLE, void="王小明的信息有变动")}, TWO, "王小明的信息有变动"),
        ({"sheet": replace(WHOLE, missing=frozenset({"head"}))}, TWO, NUMBER),
    ],
)
def test_the_sentence_says_what_was_said(changes: Changes, rules: Rules, words: str) -> None:
    (reason,) = judge(replace(SIGNED, **changes), rules).reasons
    assert words in reason.sentence


def test_every_outcome_has_a_title_and_is_reached() -> None:
    assert OUTCOME_TITLES.keys() == set(Outcome) == {case[3] for case in DECIDED}


# --- whatever was said ---------------------------------------------------------------------------


VERDICTS = st.sampled_from(["", "passed", "failed"])
SOME_TEXT = st.sampled_from(["", "说明"])
FILES = st.builds(
    StudentFile,
    student=st.just("student:1"),
    listed=st.booleans(),
    complete=st.booleans(),
    conflicts=st.lists(st.just("姓名"), max_size=1).map(tuple),
    entry_review=VERDICTS,
    recheck=VERDICTS,
    verdict_explanation=SOME_TEXT,
    mark=st.none() | st.sampled_from(Mark),
    mark_explanation=SOME_TEXT,
    sheet=st.none()
    | st.builds(
        SheetState,
        st.just(NUMBER),
        SOME_TEXT,
        st.frozensets(st.sampled_from(sorted(ALL_SIGN_OFFS))),
    ),
    place=st.sampled_from(["", "given_up", "kept"]),
    place_explanation=SOME_TEXT,
    place_document=SOME_TEXT,
    place_until=SOME_TEXT,
    open_corrections=st.integers(0, 2),
)
RULES = st.builds(
    Rules, st.lists(st.sampled_from(SIGN_OFFS), unique=True).map(tuple), st.booleans()
)


@given(FILES, RULES)
def test_there_is_always_a_reason_and_it_fits_the_outcome(file: StudentFile, rules: Rules) -> None:
    verdict = judge(file, rules)
    codes = {reason.code for reason in verdict.reasons}
    assert codes
    if verdict.outcome is None:
        assert codes <= HOLDING
    else:
        assert len(verdict.reasons) == 1
        assert codes <= FINAL
    assert all(reason.sentence.endswith("。") and reason.article for reason in verdict.reasons)


@given(FILES, RULES)
def test_who_is_registered_stands_on_the_list_and_on_a_good_sheet(
    file: StudentFile, rules: Rules
) -> None:
    if judge(file, rules).outcome is Outcome.REGISTERED:
        assert file.listed
        assert file.complete
        assert not file.conflicts
        assert not file.open_corrections
        assert "failed" not in (file.entry_review, file.recheck)
        assert not file.place
        assert file.mark is Mark.SIGNED or (file.mark is Mark.BY_PROXY and rules.proxy_allowed)
        assert file.sheet is not None
        assert not file.sheet.void
        assert not file.sheet.missing & {*rules.required_sign_offs, "seal"}


@given(FILES, RULES, st.permutations(SIGN_OFFS))
def test_the_order_in_which_the_rules_name_sign_offs_does_not_matter(
    file: StudentFile, rules: Rules, order: list[str]
) -> None:
    reordered = tuple(name for name in order if name in rules.required_sign_offs)
    assert judge(file, replace(rules, required_sign_offs=reordered)) == judge(file, rules)


def test_no_code_both_holds_back_and_decides() -> None:
    assert not HOLDING & FINAL
