"""What is asked of a photo, and which pictures are the same."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.colours import difference, hexadecimal, lab, named
from desktop.domain.photos import (
    DEFAULT_RULES,
    PHOTO_TITLES,
    RULE_TITLES,
    SAME_WITHIN,
    PhotoKind,
    PhotoRules,
    Picture,
    check,
    look_alike,
    rule_problems,
    rules_of,
    said_of,
    same_pictures,
)

BLUE = (100, 197, 255)
GOOD = Picture(480, 640, 300, 30 * 1024, 85, "JPEG", False, 1, (BLUE,) * 12, bytes(64))
RULES = DEFAULT_RULES[PhotoKind.CREDENTIAL]


def codes(picture: Picture, rules: PhotoRules = RULES) -> list[str]:
    """Return the codes of what a picture is not."""
    return [finding.code for finding in check(picture, rules)]


def test_every_kind_and_every_rule_has_a_title_and_a_default() -> None:
    assert PHOTO_TITLES.keys() == set(PhotoKind) == DEFAULT_RULES.keys()
    assert RULE_TITLES.keys() == {field.name for field in fields(PhotoRules)}


def test_a_photo_as_the_rule_asks_has_nothing_to_say() -> None:
    assert check(GOOD, RULES) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"width": 640, "height": 480}, "sideways"),
        ({"width": 480, "height": 480}, "wrong-ratio"),
        ({"width": 240, "height": 320}, "wrong-size"),
        ({"dpi": 72}, "wrong-dpi"),
        ({"dpi": 0}, "wrong-dpi"),
        ({"size": 20 * 1024 - 1}, "file-too-small"),
        ({"size": 40 * 1024 + 1}, "file-too-large"),
        ({"quality": 59}, "low-quality"),
        ({"format": "PNG", "quality": 0}, "not-jpeg"),
        ({"edge": ((255, 255, 255),) * 12}, "wrong-background"),
        ({"frames": 3}, "moving"),
    ],
)
def test_each_thing_is_found_and_alone(change: dict[str, object], code: str) -> None:
    wrong = replace(GOOD, **change)  # type: ignore[arg-type]
    assert codes(wrong) == [code]
    assert check(wrong, RULES)[0].sentence.endswith("。")
    assert check(wrong, RULES)[0].title


def test_rules_that_ask_nothing_find_nothing() -> None:
    assert codes(replace(GOOD, width=1, height=3, dpi=0, size=9, quality=1), PhotoRules()) == []


def test_a_photo_that_lies_on_its_side_is_seen_even_where_no_size_is_asked() -> None:
    assert codes(replace(GOOD, width=441, height=358), PhotoRules()) == ["sideways"]


def test_hair_and_shoulders_may_reach_into_the_edge() -> None:
    hair = (30, 25, 20)
    assert codes(replace(GOOD, edge=(hair,) * 3 + (BLUE,) * 9)) == []
    assert codes(replace(GOOD, edge=(hair,) * 4 + (BLUE,) * 8)) == ["wrong-background"]


def test_shade_on_the_background_is_within_the_tolerance_and_other_blues_are_not() -> None:
    for shade in ((110, 200, 250), (90, 185, 240), (120, 205, 255)):
        assert difference(shade, BLUE) <= RULES.tolerance
    for other in ((0, 0, 255), (255, 0, 0), (255, 255, 255), (128, 128, 128), (67, 142, 219)):
        assert difference(other, BLUE) > RULES.tolerance


def test_colours_are_those_of_the_textbooks() -> None:
    assert lab((255, 255, 255)) == pytest.approx((100, 0, 0), abs=0.02)
    assert lab((255, 0, 0)) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert lab((0, 0, 255)) == pytest.approx((32.30, 79.19, -107.86), abs=0.02)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_is_read_back_from_its_digits(colour: tuple[int, int, int]) -> None:
    assert named(hexadecimal(colour)) == colour
    assert named(hexadecimal(colour).lower()) == colour


def test_what_is_no_colour_is_refused() -> None:
    for text in ("", "64C5F", "64C5FG", "#64C5FF", "６４Ｃ５ＦＦ"):
        with pytest.raises(ValueError, match=text or "^$"):
            named(text)


# --- rules as they are said ----------------------------------------------------------------------

rules = st.builds(
    PhotoRules,
    *[st.integers(0, 100)] * 6,
    background=st.sampled_from(("", "64C5FF", "ffffff")),
    tolerance=st.integers(0, 100),
)


@given(rules, rules)
def test_rules_are_read_back_from_what_was_said(some: PhotoRules, others: PhotoRules) -> None:
    assert rules_of(said_of(some), others) == some
    assert rules_of({}, some) == some
    assert rules_of({"width": "7"}, some) == replace(some, width=7)


def test_rules_are_checked_field_by_field() -> None:
    good = said_of(RULES)
    assert rule_problems(good) == {}
    for field, text in (
        ("width", "-1"),
        ("width", "四百"),
        ("width", "４８０"),
        ("dpi", ""),
        ("quality", "101"),
        ("background", "blue"),
        ("height", "0"),
        ("largest_kb", "19"),
    ):
        assert list(rule_problems({**good, field: text})) == [field]


# --- the same picture twice ----------------------------------------------------------------------

greys = st.binary(min_size=64, max_size=64)
batches = st.lists(greys, max_size=12)


@st.composite
def with_copies(draw: st.DrawFn) -> list[bytes]:
    """Draw pictures, some of them again as if compressed once more."""
    batch = draw(batches)
    again = draw(st.lists(st.sampled_from(batch), max_size=6)) if batch else []
    for one in again:
        noise = draw(st.lists(st.integers(-2, 2), min_size=64, max_size=64))
        batch.append(bytes(max(0, min(255, a + b)) for a, b in zip(one, noise, strict=True)))
    return draw(st.permutations(batch))


@given(with_copies())
def test_the_quick_way_finds_exactly_the_pairs_that_comparing_all_would(
    batch: list[bytes],
) -> None:
    slowly = [(a, b) for b in range(len(batch)) for a in range(b) if look_alike(batch[a], batch[b])]
    assert same_pictures(batch) == sorted(slowly)


@given(with_copies(), st.integers(0, 12))
def test_pairs_of_known_pictures_alone_are_left_out(batch: list[bytes], known: int) -> None:
    first, rest = batch[:known], batch[known:]
    expected = [pair for pair in same_pictures(batch) if pair[1] >= len(first)]
    assert same_pictures(rest, first) == expected


@given(greys)
def test_a_copy_looks_alike_and_a_grey_that_is_further_off_does_not(one: bytes) -> None:
    assert look_alike(one, one)
    off = one[0] + SAME_WITHIN + 1 if one[0] < 128 else one[0] - SAME_WITHIN - 1
    assert not look_alike(one, bytes([off]) + one[1:])
