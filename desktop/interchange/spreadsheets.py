"""Reading whatever table an office brings into sheets of raw cells.

Whatever the reading library does with a broken file, even the death of its process, ends as a
sentence for the user.
"""

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import FileUnreadable
from desktop.interchange.cells import Cell
from desktop.interchange.dbase import read_dbf
from desktop.interchange.delimited import read_delimited
from desktop.interchange.file_types import (
    FileKind,
    detect_kind,
    encrypted,
    ending_fits,
    unreadable,
)
from desktop.interchange.workbooks import (
    WorkbookDamaged,
    WorkbookProtected,
    read_workbook,
    read_workbook_apart,
)
from desktop.interchange.xlsx_parts import LARGE, SheetPart, read_parts

_LARGEST_FILE = 200 << 20
_MANY_CELLS = 1_000_000  # from here on memory matters more than time
_FORMULA_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, NotImplementedError, KeyError),
)
_DAMAGED_TABLE = (ValueError, IndexError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of raw cells.

    ``numbers[i]`` is the number of ``rows[i]`` as people count it (a DBF's field names have 0).
    ``errors`` holds the formula errors that the reader hands over as empty cells, by index of row
    and column. ``typed`` says whether the format
    tells numbers from text; a CSV does not.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    typed: bool = True


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read: what it is and its sheets."""

    file_name: str
    sha256: str
    kind: FileKind
    sheets: tuple[Sheet, ...]

    @property
    def ending_fits(self) -> bool:
        """Whether the file's ending is that of its content."""
        return ending_fits(self.file_name, self.kind)


def read_spreadsheet(path: Path) -> SourceFile:
    """Return the sheets of a workbook, a CSV or a DBF file.

    Raises:
        FileUnreadable: missing, empty, damaged, too large or of no known format.
        FileEncrypted: protected by a password.
    """
    data = _read_bytes(path)
    kind = detect_kind(path.name, data)
    return SourceFile(
        file_name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        sheets=_read_sheets(path.name, kind, data),
    )


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise FileUnreadable(f"“{path.name}”过大，没有读取。", "请确认选的是名单文件。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(
            f"找不到“{path.name}”。", "请确认U盘已插好、文件还在原处，再试一次。"
        ) from error
    except PermissionError as error:
        raise FileUnreadable(
            f"“{path.name}”无法打开，可能正被别的程序占用，或者没有权限。",
            "请关闭打开它的程序（例如WPS、Excel），再试一次。",
        ) from error
    except OSError as error:
        raise FileUnreadable(
            f"“{path.name}”无法打开，U盘可能没有插好，或者文件所在的位置有问题。",
            "请把文件复制到电脑上，再试一次。",
        ) from error


def _read_sheets(name: str, kind: FileKind, data: bytes) -> tuple[Sheet, ...]:
    if kind is FileKind.CSV:
        rows, lines = read_delimited(name, data)
        return (Sheet(name, rows, lines, typed=False),)
    if kind is FileKind.DBF:
        return (_read_table(name, data),)
    parts = _xlsx_parts(name, data) if kind is FileKind.XLSX else ()
    return _read_workbook(name, kind, data, {part.name: part for part in parts})


def _read_table(name: str, data: bytes) -> Sheet:
    try:
        fields, records, numbers = read_dbf(data)
    except _DAMAGED_TABLE as error:
        raise unreadable(name) from error
    # a C field is text whatever it holds, but its digits may come from a number all the same
    return Sheet(name, [fields, *records], [0, *numbers], typed=False)


def _xlsx_parts(name: str, data: bytes) -> tuple[SheetPart, ...]:
    try:
        parts = read_parts(data)
    except (*_DAMAGED, *_DAMAGED_TABLE) as error:
        raise unreadable(name) from error
    for part in parts:
        if part.height * part.width > LARGE:
            raise FileUnreadable(
                f"“{name}”的工作表“{part.name}”一直用到第{part.height}行、第{part.width}列，"
                "范围大得不正常。",
                "请把名单复制到一个新工作簿（不要整列整行复制），保存后再导入。",
            )
    return parts


def _read_workbook(
    name: str, kind: FileKind, data: bytes, parts: Mapping[str, SheetPart]
) -> tuple[Sheet, ...]:
    try:
        if kind is FileKind.XLSX:
            large = {p.name: p.member for p in parts.values() if p.rows * p.width > _MANY_CELLS}
            tables = read_workbook(data, large)
        else:
            tables = read_workbook_apart(data)
    except WorkbookProtected as error:
        raise encrypted(name) from error
    except WorkbookDamaged as error:
        raise unreadable(name) from error
    return tuple(
        Sheet(
            sheet,
            rows,
            range(1, len(rows) + 1),
            parts[sheet].errors if sheet in parts else {},
        )
        for sheet, rows in tables
    )


def is_formula_error(text: str) -> bool:
    """Return whether ``text`` is what a spreadsheet shows for a formula that failed."""
    return text.strip().upper() in _FORMULA_ERRORS
