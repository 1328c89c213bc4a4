"""The one next action of a class follows the order of work."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.signing import (
    Action,
    ClassStanding,
    next_action,
    progress_sentence,
    sign_off_words,
)

DONE = ClassStanding(students=42, printed=42, ever_printed=True, recorded=42, ready=42)


@pytest.mark.parametrize(
    ("standing", "action", "words"),
    [
        (ClassStanding(42), Action.PRINT, "打印签字表"),
        (replace(DONE, printed=40, recorded=3), Action.PRINT_AGAIN, "重新打印 2 人的签字表"),
        (replace(DONE, disputed=1, recorded=3), Action.SETTLE, "核对 1 人不一致的登记"),
        (replace(DONE, recorded=0, missing=("head",)), Action.RECORD, "登记签字"),
        (replace(DONE, recorded=38), Action.RECORD, "登记其余 4 人的签字"),
        (replace(DONE, missing=("student_section",)), Action.SIGN_OFF, "补学工科签字"),
        (replace(DONE, missing=("head", "seal")), Action.SIGN_OFF, "补主要负责人签字和印章"),
        (replace(DONE, unsent=True, unsigned=2), Action.EXPORT, "导出报送包"),
        (replace(DONE, unsigned=2), Action.SIGN_LATER, "补 2 人的签字"),
        (DONE, Action.WAIT, "等待学籍科办理"),
        (replace(DONE, issued=42, unsent=True), Action.NOTHING, "已全部注册"),
        (replace(DONE, issued=40, closed=True), Action.WAIT, "已结束，2 人未注册"),
        (replace(DONE, issued=42, closed=True), Action.NOTHING, "已全部注册"),
    ],
)
def test_the_first_thing_that_is_not_done(
    standing: ClassStanding, action: Action, words: str
) -> None:
    found = next_action(standing)
    assert (found.action, found.words) == (action, words)


COUNTS = st.integers(0, 3)


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.booleans(), st.booleans())
def test_there_is_always_one_and_none_says_none_at_all(
    printed: int, recorded: int, disputed: int, issued: int, ever: bool, unsent: bool
) -> None:
    standing = ClassStanding(3, printed, ever, recorded, disputed, unsent=unsent, issued=issued)
    found = next_action(standing)
    assert found.words
    assert " 0 " not in found.words
    assert (found.action is Action.NOTHING) == (issued == 3)


@pytest.mark.parametrize(
    ("missing", "words", "sentence"),
    [
        ((), "", "已登记 38/42，签字和印章齐全"),
        (("seal",), "补盖院部印章", "已登记 38/42，缺院部印章"),
        (
            ("class_teacher", "head"),
            "补班主任、主要负责人签字",
            "已登记 38/42，缺班主任、主要负责人签字",
        ),
        (("head", "seal"), "补主要负责人签字和印章", "已登记 38/42，缺主要负责人签字和印章"),
    ],
)
def test_what_is_missing_in_words(missing: tuple[str, ...], words: str, sentence: str) -> None:
    assert sign_off_words(missing) == words
    assert progress_sentence(38, 42, missing) == sentence
