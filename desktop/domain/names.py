"""Names of people as files bring them: what is set right by itself, what a person must decide.

The separator of names is the middle dot U+00B7 (民委发〔2016〕33号). A sign that stands for a
missing character is never dropped or guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SEPARATOR = "\u00b7"
_CLEAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u00b7]*")
_DOTS = re.compile(r"\s*[\u2022\u30fb\u2027\uff0e.\u2219\u22c5\u00b7\uff65]\s*")
_SPACES = re.compile(r"\s+")
_STRAY_SPACE = re.compile(r"(?<![A-Za-z.,]) | (?![A-Za-z])")
_PLACEHOLDERS = re.compile(r"[?？□*＊〓\u25a0\ufffd]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_REFUSED_CATEGORIES = {"Co", "Cn", "Cc", "Cs", "Cf"}
_SUPPLEMENTARY_IDEOGRAPHS = (0x20000, 0x3FFFD)  # planes 2 and 3 hold nothing but ideographs


class NameFault(StrEnum):
    """What was found in a name; the values are the codes of the import desk."""

    PLACEHOLDER = "name-placeholder"
    CHARACTER = "name-character"
    MAPPED = "name-mapped"
    SEPARATOR = "name-separator"
    SPACE = "name-space"
    INVISIBLE = "normalised"


@dataclass(frozen=True, slots=True)
class NameFinding:
    """One finding; ``detail`` holds the characters it is about, as they stood in the file."""

    fault: NameFault
    detail: str


def normalise_name(value: str, mapping: Mapping[str, str]) -> tuple[str, tuple[NameFinding, ...]]:
    """Return ``value`` set right, and what was found in it.

    ``mapping`` gives the real character for a known private-use one. A space between two Latin
    words belongs to the name and stays; so does the full stop of a Latin initial.
    """
    if is_plain_name(value):
        return value, ()
    findings: list[NameFinding] = []
    value = _drop_invisible(value, findings)
    value = _map_private_use(value, mapping, findings)
    value = _set_separators(value, findings)
    value = _drop_spaces(value, findings)
    if signs := "".join(_PLACEHOLDERS.findall(value)):
        findings.append(NameFinding(NameFault.PLACEHOLDER, signs))
    if strange := "".join(c for c in value if c != "\ufffd" and is_refused(c)):
        findings.append(NameFinding(NameFault.CHARACTER, strange))
    return value, tuple(findings)


def is_plain_name(value: str) -> bool:
    """Tell whether a name has nothing but common ideographs and the right separator."""
    return _CLEAN.fullmatch(value) is not None


def is_refused(character: str) -> bool:
    """Return whether ``character`` can not be part of a name: private use, unassigned, control.

    Ideographs that are newer than this Python's tables are not unassigned: the supplementary
    planes for ideographs hold nothing else.
    """
    code = ord(character)
    if _SUPPLEMENTARY_IDEOGRAPHS[0] <= code <= _SUPPLEMENTARY_IDEOGRAPHS[1]:
        return code & 0xFFFE == 0xFFFE  # noqa: PLR2004 - the last two of a plane are no characters
    return unicodedata.category(character) in _REFUSED_CATEGORIES


def rare_characters(name: str) -> str:
    """Return the characters of a name that are hard to type and easily mistaken for others.

    Those are the ones beyond GB 2312, with which keyboards and old programs began.
    """
    return "".join(c for c in name if c != SEPARATOR and not _is_common(c))


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _drop_invisible(value: str, findings: list[NameFinding]) -> str:
    if found := "".join(_INVISIBLE.findall(value)):
        findings.append(NameFinding(NameFault.INVISIBLE, found))
        return _INVISIBLE.sub("", value)
    return value


def _map_private_use(value: str, mapping: Mapping[str, str], findings: list[NameFinding]) -> str:
    if mapped := "".join(c for c in value if c in mapping):
        findings.append(NameFinding(NameFault.MAPPED, mapped))
        return "".join(mapping.get(c, c) for c in value)
    return value


def _set_separators(value: str, findings: list[NameFinding]) -> str:
    """Replace the wrong dots between Chinese characters; a Latin initial keeps its full stop."""
    result: list[str] = []
    replaced: list[str] = []
    position = 0
    for match in _DOTS.finditer(value):
        if match.group() == SEPARATOR or _is_latin_stop(value, match):
            continue
        result += value[position : match.start()], SEPARATOR
        position = match.end()
        replaced.append(match.group())
    if replaced:
        wrong = "".join(replaced)
        if any(c != SEPARATOR and not c.isspace() for c in wrong):
            findings.append(NameFinding(NameFault.SEPARATOR, wrong.strip()))
        if any(c.isspace() for c in wrong):
            findings.append(NameFinding(NameFault.SPACE, " "))
    return "".join([*result, value[position:]])


def _is_latin_stop(value: str, match: re.Match[str]) -> bool:
    before = value[: match.start()][-1:]
    after = value[match.end() :][:1]
    return "." in match.group() and before.isascii() and after.isascii()


def _drop_spaces(value: str, findings: list[NameFinding]) -> str:
    single = _SPACES.sub(" ", value.strip())
    kept = _STRAY_SPACE.sub("", single)
    if kept != value and not any(f.fault is NameFault.SPACE for f in findings):
        findings.append(NameFinding(NameFault.SPACE, " "))
    return kept
