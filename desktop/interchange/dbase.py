"""dBase III tables in GBK, written for the national platform.

The writer is our own because the file must be the same for the same rows: the header's date is
handed in. It refuses what a field can not hold; nothing is ever replaced or cut.
"""

import struct
from collections.abc import Sequence
from datetime import date

ENCODING = "gbk"
_VERSION = 0x03
_GBK_DRIVER = 0x4D
_HEADER = 32
_DESCRIPTOR = 32
_END_OF_HEADER = b"\r"
_END_OF_FILE = b"\x1a"
_FIRST_YEAR = 1900


def write_dbf(fields: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], day: date) -> bytes:
    """Return a dBase III file of text fields.

    Args:
        fields: name (at most ten ASCII characters) and width in bytes (at most 254), in order.
        rows: one text per field.
        day: the date that stands in the header.

    Raises:
        ValueError: a value that GBK or its field can not hold (UnicodeEncodeError is one).
    """
    record_length = 1 + sum(width for _, width in fields)
    header_length = _HEADER + _DESCRIPTOR * len(fields) + 1
    header = struct.pack(
        "<4BIHH17xB2x",
        _VERSION,
        day.year - _FIRST_YEAR,
        day.month,
        day.day,
        len(rows),
        header_length,
        record_length,
        _GBK_DRIVER,
    )
    parts = [header]
    offset = 1
    for name, width in fields:
        parts.append(struct.pack("<11scIBB14x", name.encode("ascii"), b"C", offset, width, 0))
        offset += width
    parts.append(_END_OF_HEADER)
    widths = [width for _, width in fields]
    parts.extend(_record(row, widths) for row in rows)
    parts.append(_END_OF_FILE)
    return b"".join(parts)


def _record(row: Sequence[str], widths: Sequence[int]) -> bytes:
    parts = [b" "]
    for value, width in zip(row, widths, strict=True):
        encoded = value.encode(ENCODING)
        if len(encoded) > width:
            raise ValueError(f"{value!r} is longer than {width} bytes")
        parts.append(encoded.ljust(width))
    return b"".join(parts)
