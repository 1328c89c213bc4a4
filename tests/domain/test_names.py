"""Names are set right where that is certain, and asked about where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.names import NameFault, normalise_name, rare_characters

_MAP = {"\ue863": "\u4dae"}
_HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)


def faults(value: str) -> tuple[str, list[NameFault]]:
    name, findings = normalise_name(value, _MAP)
    return name, [finding.fault for finding in findings]


@given(_HAN)
def test_a_clean_name_stays_and_raises_nothing(name: str) -> None:
    assert normalise_name(name, _MAP) == (name, ())


@given(_HAN, _HAN)
def test_the_middle_dot_is_right(first: str, last: str) -> None:
    assert faults(f"{first}·{last}") == (f"{first}·{last}", [])


@given(_HAN, _HAN, st.sampled_from("•・‧．.∙⋅･"))
def test_every_wrong_dot_becomes_the_middle_dot(first: str, last: str, dot: str) -> None:
    assert faults(f"{first}{dot}{last}") == (f"{first}·{last}", [NameFault.SEPARATOR])


@given(_HAN, _HAN, st.sampled_from(" \u3000\u00a0\t\n"))
def test_spaces_are_removed(first: str, last: str, space: str) -> None:
    assert faults(f"{space}{first}{space}{last}{space}") == (first + last, [NameFault.SPACE])


@given(_HAN, st.sampled_from("?？□*〓"))
def test_a_placeholder_stays_and_asks(name: str, sign: str) -> None:
    assert faults(name + sign) == (name + sign, [NameFault.PLACEHOLDER])


@given(_HAN, st.sampled_from("\ue123\ue000\uf8ff\U000f0000\x07\uffff\u0378\U0002ffff"))
def test_an_unknown_character_stays_and_asks(name: str, strange: str) -> None:
    assert faults(name + strange) == (name + strange, [NameFault.CHARACTER])


@given(_HAN)
def test_a_known_private_use_character_is_mapped(name: str) -> None:
    assert faults(name + "\ue863") == (name + "\u4dae", [NameFault.MAPPED])


@given(_HAN, st.sampled_from("\u200b\ufeff\u200e\u2060"))
def test_invisible_characters_are_removed(name: str, hidden: str) -> None:
    assert faults(name + hidden) == (name, [NameFault.INVISIBLE])


@pytest.mark.parametrize("name", ["𬱖", "㛃", "䶮", "\U0003134a", "\U000323af"])
def test_rare_ideographs_are_characters(name: str) -> None:
    assert faults("张" + name) == ("张" + name, [])


@pytest.mark.parametrize("name", ["JOHN SMITH", "J. SMITH", "MARY ANN"])
def test_latin_names_keep_their_spaces_and_stops(name: str) -> None:
    assert faults(name) == (name, [])


def test_a_separator_with_spaces_is_one_separator() -> None:
    name, found = faults("买买提 • 阿里")
    assert name == "买买提·阿里"
    assert set(found) == {NameFault.SEPARATOR, NameFault.SPACE}


@given(st.text(max_size=20))
def test_setting_right_twice_changes_nothing_more(text: str) -> None:
    once, _ = normalise_name(text, _MAP)
    again, findings = normalise_name(once, _MAP)
    asked = {NameFault.PLACEHOLDER, NameFault.CHARACTER}
    assert again == once
    assert {finding.fault for finding in findings} <= asked


@pytest.mark.parametrize(
    ("name", "rare"), [("王小明", ""), ("买买提·阿里", ""), ("陶喆", "喆"), ("龙𡈽䶮", "𡈽䶮")]
)
def test_rare_characters_are_pointed_out(name: str, rare: str) -> None:
    assert rare_characters(name) == rare
