"""Of a character that is found it is told whether papers and GBK files can hold it."""

import pytest

from desktop.errors import CharacterUnknown
from desktop.procedures.imports.character_finding import (
    MOST_FOUND,
    Wanted,
    character_at,
    find_characters,
    radicals,
)


def test_a_character_is_told_with_all_that_can_be_done_with_it() -> None:
    found = find_characters(Wanted(radical=30, further=3))
    assert found.total == len(found.shown)
    by_character = {one.character: one for one in found.shown}
    lost, plain = by_character["𠮷"], by_character["吉"]
    assert (lost.code, lost.strokes, lost.can_be_printed, lost.in_gbk) == (
        "U+20BB7",
        6,
        True,
        False,
    )
    assert (plain.readings, plain.can_be_printed, plain.in_gbk) == (("jí",), True, True)


def test_what_no_shipped_font_draws_is_told() -> None:
    assert not character_at("U+323AF").can_be_printed
    assert character_at("𠮷").can_be_printed


def test_of_many_only_the_first_are_shown() -> None:
    found = find_characters(Wanted(strokes=12))
    assert (len(found.shown), found.total > MOST_FOUND) == (MOST_FOUND, True)


def test_nothing_known_finds_nothing() -> None:
    assert find_characters(Wanted()).total == find_characters(Wanted(" ", 0, 5)).total == 0


def test_a_code_of_no_character_is_refused() -> None:
    with pytest.raises(CharacterUnknown):
        character_at("U+E863")
    assert len(radicals()) == 214
