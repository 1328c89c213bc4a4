"""The shipped fonts: loaded once, measured quickly, and asked before anything is drawn.

A glyph that is missing prints as an empty box, on a paper that somebody signs. So every character
of a paper is looked up first; what the main font lacks is drawn in the fallback, and what no font
has stops the paper with the character and the student named.
"""

import functools
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.errors import GlyphMissing
from desktop.paths import resources_dir

_SHOWN_IN_MESSAGE: Final = 8
_BASIC_PLANE: Final = 0xFFFF
_REPLACEMENT: Final = "\ufffd"  # has a glyph, but stands for a character that was lost on the way
_lock = threading.Lock()


class Face(StrEnum):
    """A shipped typeface; the value is its file's stem and its name inside of reportlab."""

    SERIF = "NotoSerifSC-Regular"
    SERIF_BOLD = "NotoSerifSC-Bold"
    SANS = "NotoSansSC-Regular"
    SANS_BOLD = "NotoSansSC-Bold"
    FALLBACK = "HanaMinB"


@dataclass(frozen=True, slots=True)
class Style:
    """A typeface at a size in points."""

    face: Face
    size: float


class _Font(TTFont):
    """A TrueType font whose rare characters can be searched and copied in the PDF.

    reportlab writes code points above U+FFFF as five digits into the map that readers use to get
    text back; the format wants UTF-16. So the maps are corrected after reportlab made them.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802, ANN401 - reportlab's name and object
        """Add the font's objects to the document, with maps that readers understand."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        known = set(doc.idToObject)
        super().addObjects(doc)
        maps = [
            name for name in doc.idToObject if name not in known and name[:13] == "toUnicodeCMap"
        ]
        for name, subset in zip(maps, subsets, strict=True):
            stream = doc.idToObject[name]
            for code in subset:
                if code > _BASIC_PLANE:
                    utf16 = chr(code).encode("utf-16-be").hex().upper()
                    stream.content = stream.content.replace(f"<{code:04X}>", f"<{utf16}>")


class Widths(dict[str, float]):
    """Widths in em, by character, of a typeface with its fallback; filled as it is asked."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        drawn_in = font(_face_for(character, self._face) or self._face)
        width = float(drawn_in.face.getCharWidth(ord(character))) / 1000
        self[character] = width
        return width

    def of(self, text: str) -> float:
        """Return the width of ``text`` in em."""
        return sum(map(self.__getitem__, text))


def font(face: Face) -> Any:  # noqa: ANN401 - reportlab's fonts have no types
    """Return reportlab's font, loaded from the resources at the first call.

    Raises:
        FileNotFoundError: the installation is damaged: the font is not among the resources.
    """
    with _lock:
        return _load(face)


@functools.cache
def _load(face: Face) -> Any:  # noqa: ANN401
    path = resources_dir() / "fonts" / f"{face}.ttf"
    if not path.is_file():
        raise FileNotFoundError(path)
    loaded = _Font(str(face), str(path))
    pdfmetrics.registerFont(loaded)
    return loaded


@functools.cache
def widths(face: Face) -> Widths:
    """Return the widths of a typeface; one table for the whole process."""
    return Widths(face)


@functools.cache
def characters(face: Face) -> frozenset[str]:
    """Return every character that the typeface itself can print."""
    codes = font(face).face.charToGlyph
    return frozenset(character for character in map(chr, codes) if _is_visible(character))


def missing_characters(text: str) -> tuple[str, ...]:
    """Return the characters of ``text`` that no shipped font has, each once, in order."""
    if characters(Face.SERIF).issuperset(text):
        return ()
    distinct = dict.fromkeys(text)
    return tuple(character for character in distinct if _face_for(character, Face.SERIF) is None)


def runs(text: str, face: Face) -> tuple[tuple[Face, str], ...]:
    """Return ``text`` in pieces, each with the typeface that has its characters."""
    if characters(face).issuperset(text):
        return ((face, text),)
    pieces = groupby(text, key=lambda character: _face_for(character, face) or face)
    return tuple((drawn_in, "".join(piece)) for drawn_in, piece in pieces)


def check_glyphs(texts: Iterable[tuple[str, str]]) -> None:
    """Make sure that every character can be printed; ask this before drawing.

    Args:
        texts: pairs of whose text it is, as a user names it, and the text.

    Raises:
        GlyphMissing: names the characters and where they stand.
    """
    pairs = list(texts)
    used = "".join(sorted(set().union(*(text for _, text in pairs))))
    missing = missing_characters(used)
    if not missing:
        return
    places: dict[str, list[str]] = {character: [] for character in missing}
    for who, text in pairs:
        for character in missing:
            if character in text and who not in places[character]:
                places[character].append(who)
    raise GlyphMissing(
        f"有{len(missing)}个字没有字体可以印出："
        + "；".join(_describe(*entry) for entry in list(places.items())[:_SHOWN_IN_MESSAGE])
        + ("等。" if len(missing) > _SHOWN_IN_MESSAGE else "。"),
        "请核对这些字，把造字或乱码改为身份证上的正式用字，再打印；纸张没有生成。",
    )


def _describe(character: str, owners: list[str]) -> str:
    shown = character if _is_visible(character) else ""
    more = f"等{len(owners)}处" if len(owners) > _SHOWN_IN_MESSAGE else ""
    return f"“{shown}”U+{ord(character):04X}（{'、'.join(owners[:_SHOWN_IN_MESSAGE])}{more}）"


@functools.cache
def _face_for(character: str, face: Face) -> Face | None:
    """Return the typeface that draws the character where ``face`` is asked for, or none."""
    candidates = (face, Face.FALLBACK, Face.SERIF, Face.SANS)
    return next((known for known in candidates if character in characters(known)), None)


def _is_visible(character: str) -> bool:
    """Say whether the character is one that paper can show: no control, private or lost one."""
    return unicodedata.category(character)[0] != "C" and character != _REPLACEMENT
