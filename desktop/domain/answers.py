"""Whether what a student wrote on the re-check form agrees with the admission file, field by field.

Spelling is no difference: half and full width, spaces, 族 at the end of a people's name, an X in
lower case. An old name of a place is, until a person says that it is the same: then everywhere.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Final

from desktop.domain.dates import parse_date
from desktop.domain.names import normalise_name
from desktop.domain.spelling import compact


class Agreement(StrEnum):
    """How one answer agrees with the file."""

    SAME = "same"
    VARIANT = "variant"  # another spelling of the same, by a rule or as a person has decided
    BLANK = "blank"  # nothing was written where the file knows something
    UNKNOWN = "unknown"  # the file knows nothing to compare with
    DIFFERENT = "different"  # a person has to say whether it matters
    DOUBT = "doubt"  # a person has said that it does


AGREEMENT_TITLES: Final = {
    Agreement.SAME: "一致",
    Agreement.VARIANT: "写法不同，内容一致",
    Agreement.BLANK: "没有填写",
    Agreement.UNKNOWN: "档案里没有",
    Agreement.DIFFERENT: "不一致，待认定",
    Agreement.DOUBT: "疑点",
}
_PUNCTUATION: Final = re.compile(r"[\s,，.。;；:：、/\\|·•\-—_()（）\[\]【】<>《》\"“”'‘’]+")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_SEX: Final = {"1": "男", "2": "女", "男性": "男", "女性": "女"}
_OLD_PEOPLES: Final = {"毛难": "毛南", "崩龙": "德昂", "其它": "其他"}
_REGION: Final = re.compile(r"(特别行政区|自治区|自治州|自治县|省|市|县|区|镇|乡)")
_METRES: Final = 3.0  # a height below is in metres


def compare(
    field: str, answer: str, archive: str, same: Collection[tuple[str, str, str]] = ()
) -> Agreement:
    """Return how an answer agrees with the file, by the rules alone.

    Args:
        field: one of ``ANSWER_FIELDS``.
        answer: as it was keyed in.
        archive: what the file says.
        same: spellings of which a person has said that they mean the same, each with the field and
            both spellings ``folded``, the smaller first.
    """
    if not archive.strip():
        return Agreement.UNKNOWN
    if not answer.strip():
        return Agreement.BLANK
    if answer == archive:
        return Agreement.SAME
    one, other = folded(field, answer), folded(field, archive)
    if one == other or pair(field, one, other) in same:
        return Agreement.VARIANT
    return Agreement.DIFFERENT


def agree(
    field: str,
    answer: str,
    archive: str,
    ruling: str = "",
    same: Collection[tuple[str, str, str]] = (),
) -> Agreement:
    """Return how an answer agrees, with what a person has decided about it: ``same`` or ``doubt``.

    A ruling is about a difference; where there is none, it changes nothing.
    """
    found = compare(field, answer, archive, same)
    if found not in (Agreement.DIFFERENT, Agreement.BLANK):
        return found
    return {"same": Agreement.VARIANT, "doubt": Agreement.DOUBT}.get(ruling, found)


def folded(field: str, text: str) -> str:
    """Return a text of a field as it is compared: whatever is only spelling is gone."""
    return _FOLDING.get(field, _plain)(text)


def pair(field: str, one: str, other: str) -> tuple[str, str, str]:
    """Return two folded spellings of a field as a pair that has only one order."""
    return (field, *sorted((one, other)))  # type: ignore[return-value]


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _name(text: str) -> str:
    return _plain(normalise_name(text.strip(), {})[0])


def _number_text(text: str) -> str:
    return compact(text).upper()


def _day(text: str) -> str:
    return parse_date(text) or compact(text)


def _sex(text: str) -> str:
    return _SEX.get(text.strip(), text.strip())


def _people(text: str) -> str:
    plain = _plain(text).removesuffix("族")
    return _OLD_PEOPLES.get(plain, plain)


def _place(text: str) -> str:
    """Return a place without the words for its rank: 湖北省襄阳市 and 湖北襄阳 are one."""
    return _REGION.sub("", _plain(text))


def _family(text: str) -> str:
    """Return the members of a family in one order, however they are divided."""
    parts = re.split(r"[\s,，;；、/]+", unicodedata.normalize("NFKC", text).strip())
    return "|".join(sorted(filter(None, map(_plain, parts))))


def _height(text: str) -> str:
    """Return a height in whole centimetres."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    if not found:
        return _plain(text)
    value = float(found[0])
    return str(round(value * 100 if value < _METRES else value))


def _amount(text: str) -> str:
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    return f"{float(found[0]):g}" if found else _plain(text)


_FOLDING: Final[Mapping[str, Callable[[str], str]]] = {
    "name": _name,
    "sex": _sex,
    "birth_date": _day,
    "ethnicity": _people,
    "id_number": _number_text,
    "exam_number": _number_text,
    "exam_card_number": _number_text,
    "secondary_school": _place,
    "home_address": _place,
    "family": _family,
    "height": _height,
    "exam_score": _amount,
}
