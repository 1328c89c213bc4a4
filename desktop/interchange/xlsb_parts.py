"""What python-calamine does not tell of an .xlsb file: error cells, hidden rows and columns.

A part of such a workbook is a row of records. What is damaged was refused by the library before.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from itertools import islice

from desktop.interchange.sheet_facts import SheetFacts
from desktop.interchange.xls_parts import ERROR_TEXTS
from desktop.interchange.xlsx_parts import related_paths

_BOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_ROW, _ERROR, _FORMULA_ERROR, _COLUMNS, _SHEET = 0, 3, 11, 60, 156
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01
_MOST_COLUMNS = 1 << 14
_LARGEST_PART = 256 << 20
_MOST_RECORDS = 10_000_000  # 200,000 students with 21 columns take 5 million


def xlsb_sheets(data: bytes) -> dict[str, SheetFacts]:
    """Return what is known of every sheet, by name; nothing where it can not tell.

    Raises:
        zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, KeyError: the
            archive is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            paths = related_paths(archive.read(_RELATIONS))
            return {
                name: _facts(archive.read(paths[identifier]))
                for name, identifier in _sheets(archive.read(_BOOK))
                if _is_sensible(archive, paths.get(identifier, ""))
            }
        except (IndexError, ValueError, struct.error):
            return {}


def _is_sensible(archive: zipfile.ZipFile, path: str) -> bool:
    """Tell whether a part is there, and no larger than that of any list."""
    return path in archive.NameToInfo and archive.getinfo(path).file_size <= _LARGEST_PART


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part; both their kind and their length take as many bytes as needed.

    Raises:
        IndexError: it ends within one.
    """
    place = 0
    while place < len(part):
        kind, place = _number(part, place, 2)
        length, place = _number(part, place, 4)
        yield kind, part[place : place + length]
        place += length


def _number(part: bytes, place: int, longest: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and where it ends."""
    number = 0
    for index in range(longest):
        byte = part[place + index]
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:  # noqa: PLR2004 - no more of it follows
            break
    return number, place + index + 1


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name of every sheet, and what the workbook calls its part."""
    for kind, content in _records(book):
        if kind == _SHEET:
            identifier, place = _text(content, 8)
            name, _ = _text(content, place)
            yield name, identifier


def _text(content: bytes, place: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", content, place)
    end = place + 4 + 2 * length
    return content[place + 4 : end].decode("utf-16-le", "replace"), end


def _facts(part: bytes) -> SheetFacts:
    facts = SheetFacts()
    row = 0
    for kind, content in islice(_records(part), _MOST_RECORDS):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", content)
            if content[11] & _HIDDEN_ROW:
                facts.hide_rows(row, 1)
        elif kind in (_ERROR, _FORMULA_ERROR):
            (column,) = struct.unpack_from("<I", content)
            facts.errors[row, column] = ERROR_TEXTS.get(content[8], "#N/A")
        elif kind == _COLUMNS:
            first, last = struct.unpack_from("<II", content)
            if content[16] & _HIDDEN_COLUMN:
                facts.hide_columns(first, min(last + 1, _MOST_COLUMNS) - first)
    return facts
