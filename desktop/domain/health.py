"""What a look over a store finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Codes: ``database``, ``chain-broken``, ``chain-cut``, ``statement-altered``,
    ``bundle-altered``, ``attachment``, ``table-differs``, ``counting-differs``.
    """

    code: str
    sentence: str
