"""dBase III tables in GBK: read from provincial systems, written for the national platform.

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
_DELETED = b"*"
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


def read_dbf(data: bytes) -> tuple[list[str], list[list[str]], list[int]]:
    """Return the field names, the records as text and their numbers, from 1.

    Deleted records are not part of the table and are left out; the others keep their numbers.

    Raises:
        ValueError: the header's sizes do not fit the file, or a text is not GBK.
    """
    count, header_length, record_length = struct.unpack_from("<IHH", data, 4)
    names, widths = _descriptors(data, header_length)
    if sum(widths) + 1 != record_length or len(data) < header_length + count * record_length:
        raise ValueError("the header does not fit the file")
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number in range(count):
        start = header_length + number * record_length
        record = data[start : start + record_length]
        if record[:1] != _DELETED:
            rows.append(_texts(record, widths))
            numbers.append(number + 1)
    return names, rows, numbers


def _record(row: Sequence[str], widths: Sequence[int]) -> bytes:
    parts = [b" "]
    for value, width in zip(row, widths, strict=True):
        encoded = value.encode(ENCODING)
        if len(encoded) > width:
            raise ValueError(f"{value!r} is longer than {width} bytes")
        parts.append(encoded.ljust(width))
    return b"".join(parts)


def _descriptors(data: bytes, header_length: int) -> tuple[list[str], list[int]]:
    names: list[str] = []
    widths: list[int] = []
    for start in range(_HEADER, header_length - _DESCRIPTOR + 1, _DESCRIPTOR):
        descriptor = data[start : start + _DESCRIPTOR]
        if descriptor[:1] in (_END_OF_HEADER, b""):
            break
        names.append(descriptor[:11].split(b"\0")[0].decode("gb18030").strip())
        widths.append(descriptor[16])
    if not names:
        raise ValueError("the table has no fields")
    return names, widths


def _texts(record: bytes, widths: Sequence[int]) -> list[str]:
    texts: list[str] = []
    position = 1
    for width in widths:
        raw = record[position : position + width].rstrip(b" \0")
        # gb18030 reads all of GBK, and the private-use places that old systems filled
        texts.append(raw.decode("gb18030"))
        position += width
    return texts
