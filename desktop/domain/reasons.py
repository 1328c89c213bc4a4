"""Why something is so: what every rule gives beside its outcome (design §7)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code, a sentence for people, the article on which it rests."""

    code: str
    sentence: str
    article: str
