"""Texts of Excel 5 and 95, and of systems that still write as they did, are bytes of a code page.

python-calamine garbles those of two bytes a character. So it is told that every byte is one, and
what it then reads is put together here.
"""

import struct
from typing import Final, NamedTuple

from desktop.interchange.cells import Cell
from desktop.interchange.workbooks import Table
from desktop.interchange.xls_parts import BEGIN, records, workbook_stream

_PAGE: Final = 0x42
_OLD: Final = 0x0500
_LOOKED_AT: Final = 200  # records; the code page is one of the first
_SINGLE_BYTES: Final = 1252
_ENCODINGS: Final = {936: "gb18030", 20936: "gb18030", 54936: "gb18030", 950: "cp950"}
# systems that never thought of it say one of these, or nothing, and write what Windows gives them
_UNTHINKING: Final = (None, 0, 437, 1200, _SINGLE_BYTES, 0x8000, 0x8001)
_USUAL: Final = "gb18030"
_BYTE_OF: Final = {
    ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): chr(byte) for byte in range(256)
}


class OldTexts(NamedTuple):
    """How the texts of a workbook are to be put together.

    ``surely`` says whether the workbook names the encoding; else it is not used where it can not
    be right.
    """

    encoding: str
    surely: bool


def as_single_bytes(data: bytes) -> tuple[bytes, OldTexts | None]:
    """Return a workbook whose texts are read byte by byte, and how they are to be put together.

    A newer workbook is returned as it is, with None.
    """
    try:
        is_old, page = _page_of(data)
    except (ValueError, IndexError, KeyError, struct.error):
        return data, None
    if not is_old or (page not in _ENCODINGS and page not in _UNTHINKING):
        return data, None
    if page is not None:
        single = struct.pack("<HHH", _PAGE, 2, _SINGLE_BYTES)
        data = data.replace(struct.pack("<HHH", _PAGE, 2, page), single)
    return data, OldTexts(_ENCODINGS.get(page or 0, _USUAL), surely=page in _ENCODINGS)


def put_together(tables: list[Table], texts: OldTexts) -> list[Table]:
    """Return tables of which every byte of a text was read as a character, with their texts."""
    errors = "replace" if texts.surely else "strict"
    try:
        return [_put_together(table, texts.encoding, errors) for table in tables]
    except UnicodeError:
        return tables


def _page_of(data: bytes) -> tuple[bool, int | None]:
    """Return whether a workbook is an old one, and the code page that it names."""
    is_old = False
    for place, (kind, content) in enumerate(records(workbook_stream(data), 0)):
        if place == 0:
            is_old = kind == BEGIN and struct.unpack_from("<H", content)[0] == _OLD
        if not is_old or place == _LOOKED_AT:
            break
        if kind == _PAGE:
            return True, struct.unpack_from("<H", content)[0]
    return is_old, None


def _put_together(table: Table, encoding: str, errors: str) -> Table:
    def text(read: str) -> str:
        return read.translate(_BYTE_OF).encode("latin-1").decode(encoding, errors)

    def cell(read: Cell) -> Cell:
        return text(read) if isinstance(read, str) else read

    rows = [[cell(one) for one in row] for row in table.rows]
    return table._replace(name=text(table.name), rows=rows)
