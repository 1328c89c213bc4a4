"""Whether what a student wrote on the re-check form agrees with the admission file, field by field.

Spelling is no difference: half and full width, spaces, 族 at the end of a people's name, an X in
lower case. An old name of a place is, until a person says that it is the same: then everywhere.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
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
SAID_TITLES: Final = {"same": "一致", "doubt": "疑点"}
"""What a person can say of a difference."""
_PUNCTUATION: Final = re.compile(r"[\s,，.。;；:：、/\\|·•\-—_()（）\[\]【】<>《》\"“”'‘’]+")
_DIVIDED: Final = re.compile(r"[,;、/|\n]+")
_KIN: Final = re.compile(
    r"(外祖父|外祖母|祖父|祖母|继父|继母|父亲|母亲|爷爷|奶奶|外公|外婆|哥哥|姐姐|弟弟|妹妹|监护人)"
)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LONGEST_NUMBER: Final = 12  # characters; what is longer is no amount
_SEX: Final = {"1": "男", "2": "女", "男性": "男", "女性": "女"}
_OLD_PEOPLES: Final = {"毛难": "毛南", "崩龙": "德昂", "其它": "其他"}
_REGION: Final = re.compile(r"(特别行政区|自治区|自治州|自治县|省|市|县|区|镇|乡)")
_METRES: Final = (Decimal("0.3"), Decimal(3))  # a height between is in metres
_IN_WORDS: Final = re.compile(r"([12])\s*(?:米|m)\s*([0-9]{1,2})(?![0-9])", re.IGNORECASE)  # 1米75
_PLACES: Final = frozenset({"secondary_school", "home_address", "wishes"})
"""The fields in which an old name of a place may stand within a longer text."""
SPELLED: Final = _PLACES | {"ethnicity"}
"""The fields of which one spelling may be the same as another for everybody; names are not."""
_SHORTEST_PART: Final = 2  # characters; one alone is part of too many names


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person said of a difference: about these two spellings, and about no others.

    Attributes:
        says: a key of ``SAID_TITLES``.
        answer: what stood on the form.
        archive: what the file said.
    """

    says: str
    answer: str
    archive: str

    def holds(self, field: str, answer: str, archive: str) -> bool:
        """Tell whether both sides still say what they said; another spelling of it is no change."""
        return folded(field, self.answer) == folded(field, answer) and folded(
            field, self.archive
        ) == folded(field, archive)

    @property
    def text(self) -> str:
        """The ruling as one value of the journal; the same ruling is the same text at any seat."""
        said = [self.says, self.answer, self.archive]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @property
    def words(self) -> str:
        """The ruling as people say it."""
        answer, archive = self.answer or "（空白）", self.archive or "（空白）"
        return f"{SAID_TITLES[self.says]}（填写“{answer}”，档案“{archive}”）"


def read_ruling(text: str) -> Ruling | None:
    """Return the ruling that a value of the journal holds, None where it holds none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match said:
        case [str(says), str(answer), str(archive)] if says in SAID_TITLES:
            return Ruling(says, answer, archive)
    return None


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
    if one == other or _said_to_be_alike(field, one, other, same):
        return Agreement.VARIANT
    return Agreement.DIFFERENT


def agree(
    field: str,
    answer: str,
    archive: str,
    ruling: Ruling | None = None,
    same: Collection[tuple[str, str, str]] = (),
) -> Agreement:
    """Return how an answer agrees, with what a person has decided about it.

    A ruling is about a difference; where there is none, it changes nothing. Where the answer or
    the file has changed since, it is asked again.
    """
    found = compare(field, answer, archive, same)
    if found not in (Agreement.DIFFERENT, Agreement.BLANK):
        return found
    if ruling is None or not ruling.holds(field, answer, archive):
        return found
    return Agreement.VARIANT if ruling.says == "same" else Agreement.DOUBT


def folded(field: str, text: str) -> str:
    """Return a text of a field as it is compared: whatever is only spelling is gone.

    What is folded stays as it is when it is folded again.
    """
    fold = _FOLDING.get(field, _plain)
    while (once := fold(text)) != text:  # what was taken out may have parted something
        text = once
    return text


def pair(field: str, one: str, other: str) -> tuple[str, str, str]:
    """Return two folded spellings of a field as a pair that has only one order."""
    first, second = sorted((one, other))
    return field, first, second


def differing_part(field: str, one: str, other: str) -> tuple[str, str]:
    """Return that in which two texts differ, folded: 襄樊 and 襄阳 of two long addresses.

    It is what a person is asked to call the same everywhere.
    """
    first, second = folded(field, one), folded(field, other)
    if field not in _PLACES:
        return first, second
    shorter = min(len(first), len(second))
    begin = 0
    while begin < shorter and first[begin] == second[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and first[-1 - end] == second[-1 - end]:
        end += 1
    begin = max(begin - max(_SHORTEST_PART - (shorter - begin - end), 0), 0)
    return first[begin : len(first) - end], second[begin : len(second) - end]


def _said_to_be_alike(
    field: str, one: str, other: str, same: Collection[tuple[str, str, str]]
) -> bool:
    """Tell whether a person has said that two folded texts mean the same, whole or in a part."""
    if pair(field, one, other) in same:
        return True
    if field not in _PLACES:
        return False
    current = _current_names(field, same)
    return _in_current_names(one, current) == _in_current_names(other, current)


def _current_names(field: str, same: Collection[tuple[str, str, str]]) -> Mapping[str, str]:
    """Return one name for all of those that mean the same, for each of them."""
    named: dict[str, str] = {}
    for about, one, other in sorted(same):
        if about == field and min(len(one), len(other)) >= _SHORTEST_PART:
            chosen, dropped = named.get(one, one), named.get(other, other)
            named |= {one: chosen, other: chosen, dropped: chosen}
            named |= {name: chosen for name, current in named.items() if current == dropped}
    return named


def _in_current_names(text: str, current: Mapping[str, str]) -> str:
    if not current:
        return text
    names = sorted(current, key=lambda name: (-len(name), name))
    return re.sub("|".join(map(re.escape, names)), lambda found: current[found[0]], text)


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
    """Return the members of a family in one order, however they are divided.

    Who is whose name must never be lost: where it is not certain which name goes with father and
    which with mother, nothing is put into another order.
    """
    wide = _KIN.sub(r"|\1", unicodedata.normalize("NFKC", text))
    members: list[str] = []
    for part in filter(None, map(_plain, _DIVIDED.split(wide))):
        if members and _KIN.fullmatch(members[-1]):
            members[-1] += part
        else:
            members.append(part)
    if members and _KIN.fullmatch(members[-1]):
        return _plain(text)
    return "|".join(sorted(members))


def _height(text: str) -> str:
    """Return a height in whole centimetres."""
    wide = unicodedata.normalize("NFKC", text)
    if told := _IN_WORDS.search(wide):
        return f"{told[1]}{told[2]:0<2}"
    value = _only_number(wide)
    if value is None:
        return _plain(text)
    least, most = _METRES
    return str(round(value * 100 if least <= value < most else value))


def _amount(text: str) -> str:
    value = _only_number(unicodedata.normalize("NFKC", text))
    return _plain(text) if value is None else f"{value.normalize():f}"


def _only_number(text: str) -> Decimal | None:
    """Return the number in a text, None where there is none, or more than one to choose from."""
    found = _NUMBER.findall(text)
    return Decimal(found[0]) if len(found) == 1 and len(found[0]) <= _LONGEST_NUMBER else None


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
