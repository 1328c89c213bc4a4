"""Everything that can be said has words that people know."""

import pytest

from desktop.domain.authority import ASPECTS
from desktop.domain.wording import ASPECT_TITLES, field_title, told, value_text, year_text

# what the pages of a student never tell
_FOR_PROGRAMS = {"rows", "digest"}
_ABOUT_OTHERS = {"school", "office", "round", "class_group", "withdrawal", "list_import"}


def test_every_aspect_has_a_title() -> None:
    assert ASPECT_TITLES.keys() == ASPECTS.keys()


@pytest.mark.parametrize("aspect", sorted(ASPECTS.keys() - _ABOUT_OTHERS))
def test_every_field_that_is_told_has_a_title(aspect: str) -> None:
    for field in ASPECTS[aspect].fields - _FOR_PROGRAMS:
        title = field_title(aspect, field)
        assert title != field
        assert not title.isascii()


def test_values_are_told_in_the_order_of_forms_and_in_words() -> None:
    values = {"sheet": "002-00001-58", "mark": "by_proxy", "proxy": None}
    assert told("signature", values, {}) == (
        ("签字情况", "代签"),
        ("签字表", "002-00001-58"),
        ("代签人", "（收回）"),
    )
    assert told(
        "sheet", {"rows": "[]", "digest": "ab", "class_id": "class:1"}, {"class:1": "软件2601班"}
    ) == (("班级", "软件2601班"),)


def test_days_are_told_as_days_and_other_numbers_as_they_are() -> None:
    assert value_text("identity", "birth_date", "20081111", {}) == "2008-11-11"
    assert value_text("identity", "birth_date", "2008", {}) == "2008"
    assert value_text("identity", "exam_number", "20081111", {}) == "20081111"


@pytest.mark.parametrize(
    ("year", "said"),
    [("2026-2027", "2026-2027学年"), ("2027", "2027年"), ("", ""), ("2026-registration-1", "")],
)
def test_a_year_is_said_and_a_round_is_none(year: str, said: str) -> None:
    assert year_text(year) == said


def test_a_file_is_told_by_the_beginning_of_its_digest() -> None:
    digest = "80be6e84" * 8
    assert value_text("recheck_form", "form", digest, {}) == "文件（80be6e84）"
    assert value_text("photo", "entrance", digest, {}) == "照片（80be6e84）"
    assert value_text("identity", "exam_number", "80be6e84", {}) == "80be6e84"
