"""What differs between two short texts, character by character: names and numbers."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that both texts share, or that stands in one alone."""

    text: str
    differs: bool


def differing(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces; joined, the pieces are the texts."""
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        differs = tag != "equal"
        if a < b:
            left.append(Piece(old[a:b], differs))
        if c < d:
            right.append(Piece(new[c:d], differs))
    return tuple(left), tuple(right)


def code_points(text: str) -> str:
    """Return each character with its number: 頔 U+9814; what looks alike is told apart by it."""
    return "、".join(f"{character} U+{ord(character):04X}" for character in text)


def marked(pieces: tuple[Piece, ...]) -> str:
    """Return a text with what differs in brackets: 王【小】甲."""
    return "".join(f"【{piece.text}】" if piece.differs else piece.text for piece in pieces)
