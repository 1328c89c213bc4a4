"""Identity documents are told apart by form, and a wrong digit is found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.id_numbers import (
    DocumentKind,
    IdFault,
    birth_date,
    check_character,
    document_kind,
    id_fault,
    is_right_card,
    sex,
)

_DAYS = st.dates(date(1950, 1, 1), date(2029, 12, 31))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    day = draw(_DAYS)
    area = draw(st.sampled_from(["420624", "110105", "810000", "820000", "830000", "911156"]))
    first = f"{area}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + check_character(first)


@pytest.mark.parametrize("number", ["11010519491231002X", "34052419800101001X"])
def test_the_standards_own_examples_check(number: str) -> None:
    assert check_character(number[:17]) == "X"
    assert id_fault(number) is None


@given(numbers())
def test_a_number_that_checks_is_fine_and_tells_birth_and_sex(number: str) -> None:
    assert id_fault(number) is None
    assert birth_date(number) == number[6:14]
    assert sex(number) == ("男" if int(number[16]) % 2 else "女")


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, shift: int) -> None:
    digit = str((int(number[place]) + shift) % 10)
    assert id_fault(number[:place] + digit + number[place + 1 :]) is not None


@given(numbers(), st.integers(13, 17))
def test_a_number_that_is_cut_short_has_no_valid_length(number: str, length: int) -> None:
    cut = number[:length].replace("X", "1")
    assert id_fault(cut) is IdFault.LENGTH


@given(numbers(), st.integers(0, 15))
def test_two_neighbours_swapped_are_found(number: str, place: int) -> None:
    a, b = number[place], number[place + 1]
    swapped = number[:place] + b + a + number[place + 2 :]
    assert swapped == number or id_fault(swapped) is not None


def test_a_tail_of_zeros_is_a_lost_number_and_not_a_slip() -> None:
    first = "42062420080724500"
    assert check_character(first) != "0"
    assert id_fault(first + "0") is IdFault.DIGITS_LOST


def test_a_day_that_does_not_exist_is_found() -> None:
    first = "42062420080231517"
    assert id_fault(first + check_character(first)) is IdFault.BIRTH_DATE
    assert birth_date(first + check_character(first)) == ""


def test_a_letter_among_the_digits_is_a_wrong_number() -> None:
    assert id_fault("42O624200807245171") is IdFault.CHECKSUM


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("420624200807245171", DocumentKind.RESIDENT),
        ("810000199408230021", DocumentKind.RESIDENCE_PERMIT),
        ("911156199805123456", DocumentKind.PERMANENT_RESIDENCE),
        ("CAN110085070401", DocumentKind.PERMANENT_RESIDENCE_OLD),
        ("A123456(3)", DocumentKind.HONG_KONG_CARD),
        ("Z683365(A)", DocumentKind.HONG_KONG_CARD),
        ("1234567(8)", DocumentKind.MACAO_CARD),
        ("H10213684", DocumentKind.HOME_RETURN_PERMIT),
        ("M0012345600", DocumentKind.HOME_RETURN_PERMIT),
        ("06543219", DocumentKind.TAIWAN_PERMIT),
        ("0123456701(B)", DocumentKind.TAIWAN_PERMIT),
        ("A123456789", DocumentKind.TAIWAN_CARD),
        ("E12345678", DocumentKind.PASSPORT),
        ("123456789", DocumentKind.PASSPORT),
    ],
)
def test_documents_are_told_apart(number: str, kind: DocumentKind) -> None:
    assert document_kind(number) is kind
    if len(number) != 18:
        assert id_fault(number) is None
        assert birth_date(number) == sex(number) == ""


@pytest.mark.parametrize("number", ["", "1234", "420624080724517", "4206242008072451711", "未知"])
def test_what_no_document_has_is_refused(number: str) -> None:
    assert document_kind(number) is DocumentKind.UNKNOWN
    assert id_fault(number) is IdFault.LENGTH


@given(st.text(max_size=25))
def test_no_text_breaks_the_check(text: str) -> None:
    id_fault(text)
    birth_date(text)
    sex(text)


@given(
    st.from_regex(
        r"[0-9]{6}(19|20|18)[0-9]{2}(0[0-9]|1[0-3])[0-3][0-9][0-9]{3}[0-9X]", fullmatch=True
    )
    | st.text("0123456789Xx٣ (", min_size=17, max_size=19),
    st.booleans(),
)
def test_a_card_is_right_where_nothing_is_wrong_with_its_number(number: str, mended: bool) -> None:
    if mended and number[:17].isascii() and number[:17].isdigit():
        number = number[:17] + check_character(number[:17])
    is_card = len(number) == 18 and "(" not in number
    assert is_right_card(number) == (is_card and id_fault(number) is None)
