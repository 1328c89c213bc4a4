"""The one spelling of a JSON object that is signed, and a strict reader of its fields.

What is signed must have exactly one spelling, or two programs could read one signature
differently: keys sorted, no spaces, UTF-8. Whatever is spelled otherwise is refused.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import category

LONGEST_ID = 64
LONGEST_NAME = 200
LARGEST_NUMBER = 2**53
_HEX = frozenset("0123456789abcdef")
_UNSHOWABLE = {"Cc", "Cs", "Zl", "Zp"}  # control, half a surrogate pair, line and paragraph ends


class Malformed(ValueError):
    """An object does not have the form that its format demands."""


def canonical_bytes(value: object) -> bytes:
    """Return the one spelling of ``value`` as JSON.

    Raises:
        ValueError: it has no spelling (not a number, half a surrogate pair).
    """
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def read_canonical(data: bytes) -> dict[str, object]:
    """Return the JSON object in ``data``, which must be in its one spelling.

    Raises:
        Malformed: it is no JSON, no object, or spelled otherwise (also: with a doubled key).
    """
    try:
        value = json.loads(data.decode("utf-8"))
        same = canonical_bytes(value) == data
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if not same or not isinstance(value, dict):
        raise Malformed("not in the canonical spelling")
    return value


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object whose fields are read with their types and lengths checked.

    Every method raises ``Malformed`` when the field is not what it must be.
    """

    values: Mapping[str, object]

    @classmethod
    def of(cls, value: object, names: Collection[str]) -> "Fields":
        """Return the fields of an object that must have exactly the keys ``names``."""
        if not isinstance(value, dict) or value.keys() != set(names):
            raise Malformed("fields are missing or unknown")
        return cls(value)

    def text(self, name: str, *, shortest: int = 1, longest: int = LONGEST_ID) -> str:
        """Return a text of one line without control characters."""
        value = self.values[name]
        if not isinstance(value, str) or not shortest <= len(value) <= longest:
            raise Malformed(name)
        if not value.isprintable() and not _UNSHOWABLE.isdisjoint(map(category, value)):
            raise Malformed(name)
        return value

    def name(self, name: str) -> str:
        """Return a text that people gave to something."""
        return self.text(name, longest=LONGEST_NAME)

    def number(self, name: str, *, least: int = 0, most: int = LARGEST_NUMBER) -> int:
        """Return a whole number."""
        value = self.values[name]
        if type(value) is not int or not least <= value <= most:
            raise Malformed(name)
        return value

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.values[name]
        if not isinstance(value, bool):
            raise Malformed(name)
        return value

    def day(self, name: str) -> str:
        """Return a date in its ISO spelling, ``YYYY-MM-DD``."""
        value = self.text(name, shortest=10, longest=10)
        try:
            same = date.fromisoformat(value).isoformat() == value
        except ValueError as error:
            raise Malformed(name) from error
        if not same:
            raise Malformed(name)
        return value

    def hexadecimal(self, name: str, *, digits: int = 64) -> str:
        """Return a text of exactly ``digits`` lower-case hexadecimal digits."""
        value = self.text(name, shortest=digits, longest=digits)
        if not _HEX.issuperset(value):
            raise Malformed(name)
        return value

    def objects(self, name: str) -> list[object]:
        """Return a list whose elements are still to be checked."""
        value = self.values[name]
        if not isinstance(value, list):
            raise Malformed(name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts of any length, such as signed texts inside another one."""
        values = self.objects(name)
        if not all(isinstance(value, str) for value in values):
            raise Malformed(name)
        return tuple(str(value) for value in values)
