"""Text files with separators (CSV), in the encodings that offices' programs write."""

import codecs
import csv
import io

from desktop.errors import FileUnreadable
from desktop.interchange.file_types import unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_LONGEST_CELL = 32767
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n\v\f\x1a")


def read_delimited(name: str, data: bytes) -> tuple[list[list[str]], list[int]]:
    """Return the records of a text file and the line on which each begins, from 1.

    Raises:
        FileUnreadable: the bytes are no text in any known encoding.
    """
    text = _decode(name, data).rstrip("\x1a")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for record in reader:
            rows.append([_unprotect(cell) for cell in record])
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(name) from error
    return rows, lines


def _decode(name: str, data: bytes) -> str:
    encodings = [encoding for bom, encoding in _BOMS if data.startswith(bom)]
    for encoding in encodings or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.isdisjoint(text):
            return text
    raise FileUnreadable(
        f"“{name}”不是电子表格，也不是能识别的文本。",
        "请用WPS或Excel打开它，另存为xlsx格式后再导入。",
    )


def _delimiter(text: str) -> str:
    sample = text[:_SAMPLE]
    return max(",\t;|", key=sample.count)


def _unprotect(cell: str) -> str:
    """Return the text inside ="…", with which exports keep long numbers from Excel."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) <= _LONGEST_CELL:
        return cell[2:-1]
    return cell
