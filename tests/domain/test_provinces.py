"""From which province a student was admitted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.provinces import OTHER_PROVINCE, source_province
from desktop.interchange.tables import code_table, province_names


@pytest.mark.parametrize(
    ("number", "province"),
    [
        ("26420301110000", "湖北省"),
        ("26410301110000", "河南省"),
        ("26990301110000", OTHER_PROVINCE),  # no such province
        ("2642030111", OTHER_PROVINCE),  # a number that the school has made
        ("ZSB42030111000", OTHER_PROVINCE),
        ("２６４２０３０１１１００００", OTHER_PROVINCE),
        ("", OTHER_PROVINCE),
    ],
)
def test_the_exam_number_names_the_province(number: str, province: str) -> None:
    assert source_province(number, province_names()) == province


@given(st.text(max_size=16))
def test_any_number_names_a_province_or_none(number: str) -> None:
    assert source_province(number, province_names()) in {
        *code_table("province").values,
        OTHER_PROVINCE,
    }


def test_all_provinces_have_a_code() -> None:
    table = code_table("province")
    assert len(table.values) == 34
    assert set(table.spellings.values()) == table.values
