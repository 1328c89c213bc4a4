"""Makes the table from which characters are found: by reading, by radical, by strokes.

``python -m scripts.characters FOLDER`` reads the files of the Unicode Character Database in a
folder, plain or with .bz2 (Debian ships both in ``unicode-data``; the originals are UCD.zip and
Unihan.zip of unicode.org), and writes ``resources/tables/characters.json``.
Its licence stands in ``resources/tables/UNICODE-LICENSE.txt``.
"""

import bz2
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

_TARGET = Path(__file__).parents[1] / "resources" / "tables" / "characters.json"
_ABOUT = (
    "Characters by reading, by radical and further strokes, by all strokes. Made by"
    " scripts/characters.py from Unihan 15.0 of the Unicode Character Database"
    " (kMandarin, kHanyuPinyin, kHanyuPinlu, kXHC1983, kTGHZ2013, kRSUnicode, kTotalStrokes)"
    " and CJKRadicals.txt; see UNICODE-LICENSE.txt. standard: characters of 通用规范汉字表."
)
_READINGS: Final = ("kMandarin", "kHanyuPinyin", "kHanyuPinlu", "kXHC1983", "kTGHZ2013")
_SYLLABLE = re.compile(r"[a-zA-Z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]+")
# how radicals look at the side of a character, which is how people name them
_AT_THE_SIDE: Final = {
    **dict(zip((9, 18, 26, 47, 58, 61, 64, 66, 85, 86), "亻刂㔾巛彐忄扌攵氵灬", strict=True)),
    **dict(zip((87, 93, 94, 96, 109, 113, 118, 122), "爫牜犭王罒礻⺮罒", strict=True)),
    **dict(zip((130, 140, 145, 146, 157, 162, 163, 170), "月艹衤覀⻊辶阝阝", strict=True)),
}


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1])
    table = {"about": _ABOUT, **_by_form(folder), **_by_reading(folder)}
    _TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _by_reading(folder: Path) -> dict[str, object]:
    """Return the characters by syllable with its tone, and those of the standard table."""
    readings = defaultdict[str, list[str]](list)
    standard: list[str] = []
    for character, name, value in _fields(folder, "Unihan_Readings.txt"):
        if name in _READINGS:
            for syllable in _syllables(value):
                readings[syllable].append(character)
        if name == "kTGHZ2013":
            standard.append(character)
    by_reading = {syllable: _joined(readings[syllable]) for syllable in sorted(readings)}
    return {"by_reading": by_reading, "standard": _joined(standard)}


def _by_form(folder: Path) -> dict[str, object]:
    """Return the radicals, and the characters by radical and by strokes."""
    radicals = defaultdict[int, dict[int, list[str]]](lambda: defaultdict(list))
    strokes = defaultdict[int, list[str]](list)
    totals: dict[str, int] = {}
    for character, name, value in _fields(folder, "Unihan_IRGSources.txt"):
        if name == "kRSUnicode":
            for radical, _, more in (one.partition(".") for one in value.split()):
                radicals[int(radical.rstrip("'"))][max(int(more), 0)].append(character)
        elif name == "kTotalStrokes":
            totals[character] = int(value.split()[0])
            strokes[totals[character]].append(character)
    return {
        "radicals": _radicals(folder, totals),
        "by_radical": {number: _all_joined(radicals[number]) for number in sorted(radicals)},
        "by_strokes": _all_joined(strokes),
    }


def _radicals(folder: Path, totals: dict[str, int]) -> list[list[str | int]]:
    """Return for each radical its number, its forms, and its strokes."""
    forms = defaultdict[int, list[str]](list)
    for line in _lines(folder, "CJKRadicals.txt"):
        number, _, ideograph = (part.strip() for part in line.split(";"))
        forms[int(number.rstrip("'"))].append(chr(int(ideograph, 16)))
    return [
        [number, "".join(forms[number]) + _AT_THE_SIDE.get(number, ""), totals[forms[number][0]]]
        for number in sorted(forms)
    ]


def _fields(folder: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the character, the field and the value of every line of a Unihan file.

    Compatibility characters, which stand for others, are passed over.
    """
    for line in _lines(folder, name):
        code, field, value = line.split("\t", 2)
        character = chr(int(code.removeprefix("U+"), 16))
        if unicodedata.is_normalized("NFC", character):
            yield character, field, value


def _lines(folder: Path, name: str) -> Iterator[str]:
    """Yield the lines of a file that are no remarks."""
    packed = folder / f"{name}.bz2"
    data = bz2.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
    for line in data.decode("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _syllables(value: str) -> Iterator[str]:
    """Yield the syllables of a value, which may begin with places in a dictionary."""
    for part in value.split():
        for syllable in part.rpartition(":")[2].split(","):
            if match := _SYLLABLE.match(syllable):
                yield match[0].lower()


def _joined(characters: list[str]) -> str:
    return "".join(sorted(set(characters)))


def _all_joined(groups: Mapping[int, list[str]]) -> dict[int, str]:
    return {number: _joined(groups[number]) for number in sorted(groups)}


if __name__ == "__main__":
    main()
