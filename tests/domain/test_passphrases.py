"""A passphrase that everybody would try first is refused; a few unrelated words are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.passphrases import LEAST, Weakness, is_strong, weakness


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("", Weakness.BLANK),
        ("   ", Weakness.BLANK),
        ("-- ..", Weakness.BLANK),
        ("123456", Weakness.DIGITS),
        ("１３８００１３８０００", Weakness.DIGITS),
        ("1990-01-01-1234", Weakness.DIGITS),
        ("demo", Weakness.SHORT),
        ("zhang123", Weakness.SHORT),
        ("aaaaaaaaaaaa", Weakness.MONOTONE),
        ("abcabcabcabc", Weakness.MONOTONE),
        ("qwertyuiop12", Weakness.MONOTONE),
        ("abcdefghijkl", Weakness.MONOTONE),
        ("Password2026", Weakness.TRIED_FIRST),
        ("woaini1314520", Weakness.TRIED_FIRST),
        ("张老师张老师张老师", Weakness.NAME),
        ("张老师王秘书2026", Weakness.NAME),
        ("Zhanglaoshi 2026", Weakness.NAME),
    ],
)
def test_what_everybody_tries_first_is_refused(passphrase: str, why: Weakness) -> None:
    assert weakness(passphrase, ("张老师", "王秘书", "zhanglaoshi")) is why


@pytest.mark.parametrize(
    "passphrase",
    ["lajiao qiaoliang yusan heban", "辣椒桥梁雨伞", "correct horse battery", "hei7ban-mu5tou"],
)
def test_a_few_unrelated_words_are_taken(passphrase: str) -> None:
    assert weakness(passphrase, ("张老师",)) is None


def test_more_words_are_stronger() -> None:
    assert not is_strong("lajiao yusan")
    assert is_strong("lajiao yusan qiaoliang")


@given(st.text(st.characters(codec="ascii"), max_size=LEAST - 1))
def test_nothing_short_is_ever_taken(passphrase: str) -> None:
    assert weakness(passphrase) is not None


@given(st.text(max_size=40), st.text(max_size=6))
def test_whatever_is_typed_is_judged(passphrase: str, name: str) -> None:
    without = weakness(passphrase)
    assert weakness(passphrase, (name,)) in {without, Weakness.NAME}
