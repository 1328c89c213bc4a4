"""What is typed is set right where that is beyond doubt, and named where it is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.names import is_refused
from desktop.domain.spelling import (
    compact,
    control_characters,
    describe,
    normalise_text,
    tidy,
)

MAPPING = {"\ue816": "\U00020087"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  请病假 ", "请病假"),
        ("\u3000请病假\u3000", "请病假"),
        ("２０２６年９月Ａ班", "2026年9月A班"),
        ("请病假\r\n尚未返校", "请病假 尚未返校"),
        ("请病假 \t 尚未返校\n", "请病假 尚未返校"),
        ("\ufeff请\u200b病假", "请病假"),
        ("姓\ue816", "姓\U00020087"),
        ("请病假（住院）？", "请病假（住院）？"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_a_text_is_set_right(text: str, value: str) -> None:
    assert normalise_text(text, MAPPING) == (value, "")


@pytest.mark.parametrize("strange", ["\x07", "\x1c", "\x85", "\ue000", "\u0378", "\ufffd"])
def test_what_nobody_can_read_is_named(strange: str) -> None:
    assert normalise_text(f"请{strange}假", MAPPING)[1] == strange


@given(st.text())
def test_setting_right_twice_changes_nothing_more(text: str) -> None:
    value, strange = normalise_text(text, MAPPING)
    assert normalise_text(value, MAPPING)[0] == value
    assert strange or not any(is_refused(c) for c in value)


@given(st.text(alphabet="0123456789X（）０１２３Ｘ \u3000\u200b\n"))
def test_a_number_is_plain_after_it_was_set_right(text: str) -> None:
    value = compact(text)
    assert set(value) <= set("0123456789X()")
    assert compact(value) == value


@given(st.text())
def test_only_controls_that_nobody_types_are_controls(text: str) -> None:
    controls = control_characters(text)
    assert all(unicodedata.category(c) == "Cc" for c in controls)
    assert not set(controls) & set("\t\r\n")


def test_a_clean_text_is_not_touched() -> None:
    assert tidy("联系不上，班主任继续联系") == "联系不上，班主任继续联系"


def test_characters_are_named_once_and_shown_where_they_can_be() -> None:
    assert describe("□\x07□") == "“□”（U+25A1）、U+0007"
