"""What people type, set right as the import does, or refused where it is recorded.

A character that nobody can read would stand on paper, in the register and in the files of the
national platform for good; the desk at which it is typed is where somebody can still look it up.
"""

import re

from desktop.domain.dates import parse_date
from desktop.domain.names import NameFault, normalise_name
from desktop.domain.spelling import compact, control_characters, describe, normalise_text
from desktop.errors import Incomplete, TextRefused, TextTooLong, ValueRefused
from desktop.interchange.tables import private_use_map

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPE_AGAIN = "请按身份证输入真正的字。"
_LONGEST_NAME = 60  # characters; no person, school or office has a longer one
_DELETE = "请删去它，或者按原始材料输入真正的字。"


def typed_name(title: str, text: str, todo: str = "") -> str:
    """Return the name of a person: wrong dots, stray spaces and old code points set right.

    ``todo`` is what to do about a refused one, where that is not to type it again.

    Raises:
        TextRefused: a character can not be read, or a sign stands for one that is missing.
    """
    _refuse(title, text, control_characters(text), todo)
    value, found = normalise_name(text, private_use_map())
    for finding in found:
        if finding.fault is NameFault.CHARACTER:
            _refuse(title, text, finding.detail, todo)
        if finding.fault is NameFault.PLACEHOLDER:
            raise TextRefused(
                f"{title}“{text}”里的{describe(finding.detail)}代替了缺字。", todo or _TYPE_AGAIN
            )
    return value


def typed_text(title: str, text: str, todo: str = "") -> str:
    """Return a text in one line, without stray spaces, its digits and letters plain.

    ``todo`` is what to do about a refused one, where that is not to type it again.

    Raises:
        TextRefused: a character can not be read.
    """
    value, strange = normalise_text(text, private_use_map())
    _refuse(title, text, strange, todo)
    return value


def person_called(title: str, text: str) -> str:
    """Return the name of a person who must have one, as ``typed_name`` does.

    Raises:
        Incomplete: there is nothing, or only blanks.
        TextRefused, TextTooLong: it is no name.
    """
    return _given(title, typed_name(title, text))


def thing_called(title: str, text: str) -> str:
    """Return the name of something that must have one, as ``typed_text`` does.

    Raises:
        Incomplete: there is nothing, or only blanks.
        TextRefused, TextTooLong: it is no name.
    """
    _refuse(title, text, control_characters(text), "")
    return _given(title, typed_text(title, text))


def _given(title: str, name: str) -> str:
    if not name:
        raise Incomplete(f"{title}没有填写，或者只有空格。", f"请填写{title}，再保存。")
    if len(name) > _LONGEST_NAME:
        raise TextTooLong(
            f"{title}有 {len(name)} 个字，最多 {_LONGEST_NAME} 个：“{name[:10]}……”。",
            "请核对是不是贴错了内容，改短以后再保存。",
        )
    return name


def stated_reason(text: str, missing: str, todo: str = "请填写理由后再保存。") -> str:
    """Return why something is done, which must be said, as ``typed_text`` does.

    Raises:
        Incomplete: nothing is said; with ``missing`` and ``todo``.
        TextRefused: a character can not be read.
    """
    reason = typed_text("理由", text)
    if not reason:
        raise Incomplete(missing, todo)
    return reason


def typed_day(title: str, text: str) -> str:
    """Return a day as YYYY-MM-DD, "" for none.

    Raises:
        ValueRefused: it is no such day.
    """
    value = compact(text)
    if value and not (_DAY.fullmatch(value) and parse_date(value)):
        raise ValueRefused(
            f"{title}“{text.strip()}”不是日期，或者没有这一天。", "请改成“2026-09-20”的写法再保存。"
        )
    return value


def _refuse(title: str, text: str, strange: str, todo: str) -> None:
    """Raise when there are characters that nobody can read."""
    if strange:
        raise TextRefused(
            f"{title}“{_readable(text)}”里有不能识别的字符{describe(strange)}。", todo or _DELETE
        )


def _readable(text: str) -> str:
    """Return a text as it can be shown: what nobody can see stands as a box."""
    return "".join(c if c.isprintable() else "□" for c in text.strip())
