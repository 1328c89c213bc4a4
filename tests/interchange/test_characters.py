"""Characters are found by what people know of them, the ones that get lost first."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.names import is_refused
from desktop.interchange.characters import (
    character_of_code,
    characters,
    in_gbk,
    plain_syllable,
)


@pytest.mark.parametrize(
    ("reading", "plain", "tone"),
    [
        ("jí", "ji", "2"),
        ("JI2", "ji", "2"),
        (" ji ", "ji", ""),
        ("lǜ", "lv", "4"),
        ("lü", "lv", ""),
        ("lv4", "lv", "4"),
        ("zhuāng", "zhuang", "1"),
    ],
)
def test_a_syllable_may_be_written_in_many_ways(reading: str, plain: str, tone: str) -> None:
    assert plain_syllable(reading) == (plain, tone)


def test_what_is_known_narrows_what_is_found() -> None:
    table = characters()
    by_reading = set(table.find("ji"))
    assert {"吉", "季", "骥"} <= by_reading
    assert set(table.find("ji2")) == set(table.find("jí")) < by_reading
    assert "季" not in table.find("ji2")
    assert {"𠮷", "吉"} <= set(table.find(radical=30, further=3))
    assert table.find("jí", radical=30, further=3, strokes=6)[-2:] == ["吉", "吇"]
    assert set(table.find(radical=30, further=3)) < set(table.find(radical=30))
    assert table.find("吉") == table.find("xyz") == table.find() == []


def test_what_gbk_lacks_comes_first_and_the_standard_ones_before_others() -> None:
    found = characters().find("kun")
    lacking = [not in_gbk(character) for character in found]
    assert lacking == sorted(lacking, reverse=True)
    assert not in_gbk(found[0])


def test_every_radical_has_its_forms_and_is_found_by_them() -> None:
    radicals = characters().radicals
    assert [one.number for one in radicals] == list(range(1, 215))
    forms = "".join(one.forms for one in radicals)
    assert set("亻氵扌讠钅艹辶阝") <= set(forms)
    assert all(characters().find(radical=one.number) for one in radicals)
    assert (radicals[29].strokes, radicals[213].strokes) == (3, 17)


def test_of_a_character_reading_and_strokes_are_told() -> None:
    table = characters()
    assert set(table.readings_of("乐")) >= {"lè", "yuè"}
    assert (table.strokes_of("乐"), table.strokes_of("𠮷"), table.strokes_of("A")) == (5, 6, 0)


@pytest.mark.parametrize(
    "text",
    ["U+20BB7", "u+20bb7", "20BB7", " 0x20BB7 ", "&#x20BB7;", "\\U00020BB7"[:2] + "20BB7", "𠮷"],
)
def test_a_code_may_be_written_in_many_ways(text: str) -> None:
    assert character_of_code(text) == "𠮷"


@pytest.mark.parametrize(
    "text", ["", "U+", "U+E000", "U+0041", "A", "U+110000", "U+D800", "中国", "U+2FFFF"]
)
def test_what_is_no_character_of_a_name_is_none(text: str) -> None:
    assert character_of_code(text) == ""


@given(st.text(max_size=8))
def test_no_code_leads_to_what_a_name_refuses(text: str) -> None:
    found = character_of_code(text)
    assert found == "" or (len(found) == 1 and not is_refused(found))


def test_nothing_that_stands_for_another_character_is_offered() -> None:
    found = {c for one in characters().radicals for c in characters().find(radical=one.number)}
    assert len(found) > 90_000
    assert [c for c in found if not unicodedata.is_normalized("NFC", c)] == []
