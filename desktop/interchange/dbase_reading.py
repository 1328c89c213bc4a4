"""dBase and FoxPro tables of provincial systems: every field as text, whatever its type.

What a table says of itself must fit its size; a text that is neither GBK nor UTF-8 is refused, for
nothing is guessed.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.interchange.dbase_memos import MEMO_TYPES, memo_reader

_HEADER = 32
_DESCRIPTOR = 32
_END_OF_HEADER = b"\r"
_DELETED = b"*"
_GBK_PAGES = frozenset({0x4D, 0x7A})
_SYSTEM_FIELD = b"0"
_JULIAN_DAY_ZERO = 1_721_425  # of 1 January of the year 1
_HALF = "\ufffd"
_Reader = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class DbfTable:
    """A table as read.

    Attributes:
        names: of the fields.
        rows: the records that are not deleted, as texts.
        numbers: of these records, from 1.
        deleted: the numbers of the deleted records.
        lost: fields whose texts stand in a memo file that is not there.
    """

    names: list[str]
    rows: list[list[str]]
    numbers: list[int]
    deleted: list[int]
    lost: list[str]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: bytes
    start: int
    width: int


def read_dbf(data: bytes, memo: bytes | None = None) -> DbfTable:
    """Return the records of a table as text.

    Deleted records are not part of the table and are left out; the others keep their numbers.

    Args:
        data: the table.
        memo: the memo file beside it (.dbt, .fpt), None where there is none.

    Raises:
        ValueError: the header's sizes do not fit the file, or a text is in no known encoding.
    """
    count, header_length, record_length = struct.unpack_from("<IHH", data, 4)
    fields = _fields(data, header_length)
    end = fields[-1].start + fields[-1].width
    if end != record_length or len(data) < header_length + count * record_length:
        raise ValueError("the header does not fit the file")
    records = [
        data[start : start + record_length]
        for start in range(header_length, header_length + count * record_length, record_length)
    ]
    kept = [n for n, record in enumerate(records) if record[:1] != _DELETED]
    shown = [field for field in fields if field.kind != _SYSTEM_FIELD]
    encoding = _encoding(data[29], [records[n] for n in kept], shown)
    columns = [_column([records[n] for n in kept], field, encoding) for field in shown]
    lost: list[str] = []
    for place, field in enumerate(shown):
        if field.kind in MEMO_TYPES:
            columns[place], complete = _memos(columns[place], data[0], memo, encoding)
            lost += [] if complete else [field.name]
    return DbfTable(
        names=[field.name for field in shown],
        rows=[list(row) for row in zip(*columns, strict=True)],
        numbers=[n + 1 for n in kept],
        deleted=[n + 1 for n, record in enumerate(records) if record[:1] == _DELETED],
        lost=lost,
    )


def _fields(data: bytes, header_length: int) -> list[_Field]:
    fields: list[_Field] = []
    position = 1
    for start in range(_HEADER, header_length - _DESCRIPTOR + 1, _DESCRIPTOR):
        descriptor = data[start : start + _DESCRIPTOR]
        if descriptor[:1] in (_END_OF_HEADER, b""):
            break
        name = descriptor[:11].split(b"\0")[0].decode("gb18030").strip()
        width = descriptor[16]
        fields.append(_Field(name, descriptor[11:12], position, width))
        position += width
    if not fields:
        raise ValueError("the table has no fields")
    return fields


def _encoding(page: int, records: Sequence[bytes], fields: Sequence[_Field]) -> str:
    """Return the encoding of the texts: what the table says, else what all of them are.

    gb18030 reads all of GBK, and the private-use places that old systems filled.
    """
    texts = [
        record[field.start : field.start + field.width]
        for field in fields
        if field.kind == b"C"
        for record in records
    ]
    if page in _GBK_PAGES or all(text.isascii() for text in texts):
        return "gb18030"
    try:
        for text in texts:
            text.rstrip(b" \0").decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _column(records: Sequence[bytes], field: _Field, encoding: str) -> list[str]:
    """Return a field of all records as text; that of a memo is still its place in the file."""
    read = _READERS.get(field.kind)
    if field.kind in MEMO_TYPES:
        read = _whole_number if field.width == _BINARY_PLACE else _plain
    elif read is None:
        read = _decoder(encoding, field.width)
    return [read(record[field.start : field.start + field.width]) for record in records]


def _memos(
    places: list[str], version: int, memo: bytes | None, encoding: str
) -> tuple[list[str], bool]:
    """Return the texts at these places of a memo file, and whether they could be had."""
    used = [place not in ("", "0") for place in places]
    if memo is None:
        return [""] * len(places), not any(used)
    read = memo_reader(version, memo)
    texts = [
        read(int(place)).rstrip(b" \0\x1a\r\n").decode(encoding) if is_used else ""
        for place, is_used in zip(places, used, strict=True)
    ]
    return texts, True


def _decoder(encoding: str, width: int) -> _Reader:
    """Return a reader of texts; where one was cut within a character at the field's end, it shows.

    Everything else that can not be decoded is no text.
    """

    def decode(raw: bytes) -> str:
        text = raw.rstrip(b" \0")
        try:
            return text.decode(encoding)
        except UnicodeDecodeError as error:
            if len(text) != width or error.reason not in _CUT or error.end != width:
                raise
            return text[: error.start].decode(encoding) + _HALF

    return decode


_CUT = ("incomplete multibyte sequence", "unexpected end of data")
_BINARY_PLACE = 4


def _plain(raw: bytes) -> str:
    """Read a number or date that is written out."""
    return raw.strip(b" \0").decode("ascii")


def _truth(raw: bytes) -> str:
    return {b"T": "是", b"Y": "是", b"F": "否", b"N": "否"}.get(raw.strip().upper(), "")


def _whole_number(raw: bytes) -> str:
    return str(int.from_bytes(raw, "little", signed=True))


def _double(raw: bytes) -> str:
    value = struct.unpack("<d", raw)[0]
    return str(int(value)) if value == int(value) else repr(value)


def _moment(raw: bytes) -> str:
    """Read a date with a time: days of the Julian calendar, and milliseconds."""
    days, _milliseconds = struct.unpack("<ii", raw)
    if days <= _JULIAN_DAY_ZERO:
        return ""
    return f"{date.fromordinal(days - _JULIAN_DAY_ZERO):%Y%m%d}"


_READERS: dict[bytes, _Reader] = {
    b"N": _plain,
    b"F": _plain,
    b"D": _plain,
    b"L": _truth,
    b"I": _whole_number,
    b"B": _double,
    b"T": _moment,
}
