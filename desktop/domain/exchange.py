"""Bundles as an office sees them: what came, what went, what was answered."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields

from desktop.domain.statements import canonical_json

HIGHEST_NUMBER = 100_000
"""No seat writes so many bundles to one office; a higher number is a mistake or worse."""


def missing_numbers(came: Collection[int], up_to: int) -> list[tuple[int, int]]:
    """Return the numbers from 1 that did not come, as ranges ``(first, last)``."""
    missing = []
    expected = 1
    for number in sorted({n for n in came if n <= up_to} | {up_to + 1}):
        if number > expected:
            missing.append((expected, number - 1))
        expected = number + 1
    return missing


def numbers_text(numbers: Collection[int]) -> str:
    """Return numbers as a text: "3-7,9"."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and parts[-1][-1] == number - 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return ",".join("-".join(map(str, part)) for part in parts)


def numbers_in(text: str) -> list[int]:
    """Return the numbers of a text that ``numbers_text`` made, in order."""
    numbers: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


@dataclass(frozen=True, slots=True)
class IncomingBundle:
    """A bundle that was merged here.

    Attributes:
        to_office: whom it was sent to: this office, or another that has handed it on.
        numbers: of its statements, as ``numbers_text`` writes them.
    """

    bundle_id: str
    from_office: str
    from_seat: str
    to_office: str
    certificate_serial: str
    round: str
    number: int
    digest: str
    previous: str
    created: str
    merged_at: str
    operator: str
    file_name: str
    statements: int
    new_statements: int
    numbers: str


@dataclass(frozen=True, slots=True)
class RefusedBundle:
    """A file that was refused, and why. ``from_office`` is a claim unless ``bundle_id`` is set."""

    file_name: str
    sha256: str
    bundle_id: str
    from_office: str
    number: int
    code: str
    cause: str
    todo: str
    refused_at: str
    operator: str


@dataclass(frozen=True, slots=True)
class OutgoingBundle:
    """A bundle that this seat wrote.

    ``trust`` is the digest of the certificates and revocations that travelled in it.
    """

    bundle_id: str
    to_office: str
    round: str
    number: int
    digest: str
    created: str
    operator: str
    file_name: str
    file_sha256: str
    statements: int
    trust: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one bundle: what was taken, what waits for a decision, what was refused.

    ``number`` is the bundle's number in its stream; ``refused`` and ``todo`` are sentences, empty
    for a bundle that was taken. ``seat``, ``digest`` and ``signature`` are those of a bundle that
    was taken: they prove to the seat that it has made this one.
    """

    bundle_id: str
    number: int
    taken: int
    already: int
    waiting: int
    without_authority: int
    missing: int
    refused: str = ""
    todo: str = ""
    seat: str = ""
    digest: str = ""
    signature: str = ""

    def to_text(self) -> str:
        """Return the receipt as one line of canonical JSON."""
        return canonical_json(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Receipt":
        """Return the receipt of a line.

        Raises:
            ValueError: the line is no receipt.
        """
        try:
            receipt = cls(**json.loads(text))
        except (TypeError, RecursionError) as error:
            raise ValueError(str(error)) from error
        if any(type(getattr(receipt, name)) is not kind for name, kind in _RECEIPT_TYPES.items()):
            raise ValueError("a receipt counts in whole numbers and speaks in texts")
        return receipt


_RECEIPT_TYPES = {part.name: int if part.type in (int, "int") else str for part in fields(Receipt)}
