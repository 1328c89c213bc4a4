"""Procedure two as rules: everybody stands in one place, and the numbers agree."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.answers import Agreement
from desktop.domain.recheck import (
    CaseFacts,
    RecheckFile,
    RecheckVerdict,
    ReviewFinding,
    Standing,
    asked_of,
    assess,
    count,
)
from desktop.domain.review_fields import ANSWER_FIELDS, FIVE_THINGS

NAMES = st.sampled_from(["", "张老师", "李老师"])
FINDINGS = st.sampled_from([None, *ReviewFinding])
CASES = st.builds(
    CaseFacts,
    number=st.sampled_from(["1", "2"]),
    concluded=st.booleans(),
    outcome=st.sampled_from(["passed", "failed", "kept"]),
)
FILES = st.builds(
    RecheckFile,
    student=st.just("student:1"),
    admission_type=st.sampled_from(["普通", "艺术类"]),
    form=st.sampled_from(["", "f"]),
    form_usable=st.booleans(),
    agreements=st.dictionaries(st.sampled_from(ANSWER_FIELDS), st.sampled_from(Agreement)),
    five=st.dictionaries(
        st.sampled_from(FIVE_THINGS), st.sampled_from(["yes", "no", "not_applicable"])
    ),
    first=FINDINGS,
    first_reviewer=NAMES,
    second=FINDINGS,
    second_reviewer=NAMES,
    cases=st.lists(CASES, max_size=2).map(tuple),
    watched=st.booleans(),
    conflicts=st.sampled_from([(), ("复查表",)]),
)


def sound(admission_type: str = "普通") -> RecheckFile:
    """Return a student about whom there is nothing left to ask."""
    return RecheckFile(
        student="student:1",
        admission_type=admission_type,
        form="f",
        agreements={"name": Agreement.SAME, "height": Agreement.UNKNOWN},
        five=dict.fromkeys(asked_of(admission_type), "yes"),
        first=ReviewFinding.SOUND,
        first_reviewer="张老师",
        second=ReviewFinding.SOUND,
        second_reviewer="李老师",
    )


@given(st.lists(FILES, max_size=12))
def test_everybody_stands_in_one_place_and_the_numbers_agree(files: list[RecheckFile]) -> None:
    pairs = [(file, assess(file)) for file in files]
    numbers = count(pairs)
    assert numbers.students == len(files) == numbers.forms + numbers.missing_forms
    assert numbers.students == sum(
        found.standing is standing for _, found in pairs for standing in Standing
    )
    assert all(found.reasons for _, found in pairs)
    assert numbers.open_cases <= numbers.cases
    assert numbers.approved + numbers.failed + numbers.kept <= numbers.students


@given(FILES)
def test_nobody_is_approved_about_whom_there_is_anything_left(file: RecheckFile) -> None:
    found = assess(file)
    if found.standing is Standing.APPROVED and not file.cases:
        assert file.form
        assert file.form_usable
        assert not file.conflicts
        assert file.agreements
        assert not set(file.agreements.values()) - {
            Agreement.SAME,
            Agreement.VARIANT,
            Agreement.UNKNOWN,
        }
        assert all(
            file.five.get(f) in ("yes", "not_applicable") for f in asked_of(file.admission_type)
        )
        assert file.first is ReviewFinding.SOUND is file.second
        assert file.first_reviewer != file.second_reviewer
    if any(not case.concluded for case in file.cases):
        assert found.standing is Standing.UNDER_CASE


@given(FILES, st.sampled_from(ANSWER_FIELDS))
def test_a_doubt_never_lets_a_student_through(file: RecheckFile, field: str) -> None:
    doubted = replace(file, agreements={**file.agreements, field: Agreement.DOUBT})
    if not file.cases:
        assert assess(doubted).standing in (Standing.DOUBTFUL, Standing.NO_FORM)


def test_who_is_sound_is_approved_and_the_fifth_thing_concerns_special_types_alone() -> None:
    assert assess(sound()).standing is Standing.APPROVED
    assert assess(sound("艺术类")).standing is Standing.APPROVED
    assert "talent_sound" not in asked_of("普通")
    assert "talent_sound" in asked_of("艺术类")


def test_a_case_that_has_passed_settles_the_doubts() -> None:
    case = CaseFacts("1", concluded=True, outcome=RecheckVerdict.PASSED)
    doubted = replace(sound(), agreements={"name": Agreement.DOUBT}, cases=(case,))
    assert assess(doubted).standing is Standing.APPROVED
    assert assess(doubted).doubts == ("name",)
    worse = replace(case, number="2", outcome=RecheckVerdict.FAILED)
    assert assess(replace(doubted, cases=(case, worse))).standing is Standing.FAILED
