"""Numbers of identity documents: which document it is, and whether the number can be right.

Only numbers of 18 characters follow GB 11643. Passports, 回乡证, 台胞证 and the identity cards of
Hong Kong and Macao have forms of their own and are never forced to 18 digits.
"""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_RESIDENCE_PREFIXES = ("81", "82", "83")
_LENGTH = 18
_EARLIEST_YEAR = 1900


class DocumentKind(StrEnum):
    """Which document a number belongs to, told apart by its form alone."""

    RESIDENT = "resident"  # 居民身份证
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证, 81/82/83…
    PERMANENT_RESIDENCE = "permanent_residence"  # 外国人永久居留身份证, since 2023-12-01, 9…
    PERMANENT_RESIDENCE_OLD = "permanent_residence_old"  # three letters and twelve digits
    HONG_KONG_CARD = "hong_kong_card"  # A123456(3)
    MACAO_CARD = "macao_card"  # 1234567(8)
    HOME_RETURN_PERMIT = "home_return_permit"  # 回乡证, H or M and 8 or 10 digits
    TAIWAN_PERMIT = "taiwan_permit"  # 台胞证, 8 digits, or 10 digits and a bracket
    TAIWAN_CARD = "taiwan_card"  # a letter and nine digits
    PASSPORT = "passport"  # free text: letters and digits
    UNKNOWN = "unknown"  # no document has a number of this form


class IdFault(StrEnum):
    """What is wrong with a document's number."""

    LENGTH = "length"
    CHECKSUM = "checksum"
    BIRTH_DATE = "birth_date"
    DIGITS_LOST = "digits_lost"


EIGHTEEN_KINDS = frozenset(
    {DocumentKind.RESIDENT, DocumentKind.RESIDENCE_PERMIT, DocumentKind.PERMANENT_RESIDENCE}
)

_FORMS: tuple[tuple[re.Pattern[str], DocumentKind], ...] = (
    (re.compile(r"[A-Z]{3}[0-9]{12}"), DocumentKind.PERMANENT_RESIDENCE_OLD),
    (re.compile(r"[A-Z]{1,2}[0-9]{6}\([0-9A]\)"), DocumentKind.HONG_KONG_CARD),
    (re.compile(r"[157][0-9]{6}\([0-9]\)"), DocumentKind.MACAO_CARD),
    (re.compile(r"[HM]([0-9]{8}|[0-9]{10})"), DocumentKind.HOME_RETURN_PERMIT),
    (re.compile(r"[0-9]{8}|[0-9]{10}\([A-Z]\)"), DocumentKind.TAIWAN_PERMIT),
    (re.compile(r"[A-Z][0-9]{9}"), DocumentKind.TAIWAN_CARD),
    (re.compile(r"[0-9]{9}"), DocumentKind.PASSPORT),
    (re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{6,12}"), DocumentKind.PASSPORT),
)


def document_kind(number: str) -> DocumentKind:
    """Return the kind of document that ``number`` has the form of.

    A number of 18 characters is that of a card with a check character, whatever stands in it: a
    letter O among the digits is a slip of the pen and not another document.
    """
    if len(number) == _LENGTH and "(" not in number:
        if number.startswith(_RESIDENCE_PREFIXES):
            return DocumentKind.RESIDENCE_PERMIT
        if number.startswith("9"):
            return DocumentKind.PERMANENT_RESIDENCE
        return DocumentKind.RESIDENT
    for form, kind in _FORMS:
        if form.fullmatch(number):
            return kind
    return DocumentKind.UNKNOWN


def check_character(first_seventeen: str) -> str:
    """Return the check character of GB 11643 for the first seventeen digits."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True)
    )
    return _CHECK_CHARACTERS[total % 11]


def is_right_card(number: str) -> bool:
    """Tell whether a number is that of a card of eighteen characters and nothing is wrong with it.

    ``id_fault`` says the same of such a number. A list of students asks for thousands whose parts
    repeat themselves: regions, birth dates and the numbers of those born there that day.
    """
    if len(number) != _LENGTH:
        return False
    region, born, order = _region(number[:6]), _born(number[6:14]), _order(number[14:17])
    if region < 0 or born < 0 or order < 0:
        return False
    return _CHECK_CHARACTERS[(region + born + order) % 11] == number[17]


@lru_cache(maxsize=10_000)
def _region(digits: str) -> int:
    """Return what the first six digits weigh, -1 when they are none."""
    return _weight(digits, _WEIGHTS[:6])


@lru_cache(maxsize=40_000)
def _born(digits: str) -> int:
    """Return what the digits of a birth date weigh, -1 when there is no such day."""
    weight = _weight(digits, _WEIGHTS[6:14])
    return weight if weight >= 0 and _is_day(digits) else -1


@lru_cache(maxsize=1_000)
def _order(digits: str) -> int:
    """Return what the three digits after the birth date weigh, -1 when they are none."""
    return _weight(digits, _WEIGHTS[14:])


def _weight(digits: str, weights: Sequence[int]) -> int:
    if not (digits.isascii() and digits.isdigit()):
        return -1
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def id_fault(number: str) -> IdFault | None:
    """Return what is wrong with ``number``, or None where nothing can be told to be wrong.

    Eighteen digits that end with 000 and do not check are the mark that a spreadsheet leaves when
    it takes the number for a quantity: the last three digits are gone, not mistyped.
    """
    kind = document_kind(number)
    if kind is DocumentKind.UNKNOWN:
        return IdFault.LENGTH
    if kind not in EIGHTEEN_KINDS:
        return None
    if not _EIGHTEEN.fullmatch(number):
        return IdFault.CHECKSUM
    if check_character(number[:17]) != number[17]:
        return IdFault.DIGITS_LOST if number.endswith("000") else IdFault.CHECKSUM
    return None if birth_date(number) else IdFault.BIRTH_DATE


def birth_date(number: str) -> str:
    """Return the birth date in ``number`` as YYYYMMDD, empty where it has none or no such day."""
    if not _EIGHTEEN.fullmatch(number):
        return ""
    text = number[6:14]
    return text if _is_day(text) else ""


def sex(number: str) -> str:
    """Return 男 or 女 as the seventeenth digit says (odd: male), empty where there is none."""
    if not _EIGHTEEN.fullmatch(number):
        return ""
    return "男" if int(number[16]) % 2 else "女"


@lru_cache(maxsize=20_000)  # the students of a list are of the same few years
def _is_day(text: str) -> bool:
    """Tell whether eight digits are a day of our time."""
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return day.year >= _EARLIEST_YEAR
