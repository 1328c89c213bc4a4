"""Reading whatever table an office brings into sheets of raw cells.

Whatever the reading library does with a broken file, even the death of its process, ends as a
sentence for the user.
"""

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from desktop.errors import FileUnreadable
from desktop.interchange.cells import Cell, Merge
from desktop.interchange.dbase_reading import read_dbf
from desktop.interchange.delimited import read_delimited
from desktop.interchange.file_types import (
    FileKind,
    detect_kind,
    encrypted,
    ending_fits,
    no_table,
    unreadable,
)
from desktop.interchange.html_tables import NoTables, read_html
from desktop.interchange.old_xls import as_single_bytes, put_together
from desktop.interchange.shared_reading import Hands
from desktop.interchange.sheet_extras import sheet_extras
from desktop.interchange.sheet_facts import SheetFacts
from desktop.interchange.workbooks import (
    Table,
    WorkbookDamaged,
    WorkbookProtected,
    read_workbook,
    read_workbook_apart,
)
from desktop.interchange.xlsx_parts import LARGE, SheetPart, read_parts
from desktop.interchange.xlsx_rows import column_letters
from desktop.interchange.xml_workbooks import NotAWorkbook, read_xml_workbook
from desktop.turns import short_turns

_LARGEST_FILE = 200 << 20
_NAMED_ROWS = 5
_FORMULA_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, NotImplementedError, KeyError),
)
_DAMAGED_TABLE = (ValueError, IndexError, RuntimeError, ArithmeticError, struct.error)
MEMO_ENDINGS = (".fpt", ".dbt")


@dataclass(frozen=True, slots=True)
class SheetNote:
    """Something that only the format tells: which row (0 for the sheet) and column, what of it."""

    row: int
    column: str
    value: str
    code: str
    message: str
    sheet: str = ""  # the sheet's own where nothing else is said


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of raw cells.

    ``numbers[i]`` is the number of ``rows[i]`` as people count it (a DBF's field names have 0).
    ``errors`` holds the formula errors that the reader hands over as empty cells, by index of row
    and column. ``typed`` says whether the format tells numbers from text; a CSV does not.
    ``merges`` are the merged cells as far as the format tells them, ``notes`` what is to be said
    of the rows when the sheet is read.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    typed: bool = True
    merges: Sequence[Merge] = ()
    hidden: bool = False
    notes: Sequence[SheetNote] = ()


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
        sheets=_read_sheets(path, kind, data),
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


def _read_sheets(path: Path, kind: FileKind, data: bytes) -> tuple[Sheet, ...]:
    name = path.name
    if kind is FileKind.CSV:
        rows, lines = read_delimited(name, data)
        return (Sheet(name, rows, lines, typed=False),)
    if kind is FileKind.DBF:
        return (read_table(name, data, _memo_beside(path)),)
    if kind is FileKind.HTML:
        return _read_page(name, data)
    if kind is FileKind.XML:
        return _read_xml(name, data)
    with short_turns(), Hands(data) as hands:
        parts = _xlsx_parts(name, data, hands) if kind is FileKind.XLSX else ()
        return _read_workbook(name, kind, data, parts, hands)


def _read_page(name: str, data: bytes) -> tuple[Sheet, ...]:
    try:
        tables = read_html(data)
    except NoTables as error:
        raise no_table(name) from error
    names = [name] if len(tables) == 1 else [f"{name}（表{n}）" for n in range(1, len(tables) + 1)]
    return tuple(
        Sheet(
            called,
            table.rows,
            range(1, len(table.rows) + 1),
            typed=False,
            merges=table.merges,
        )
        for called, table in zip(names, tables, strict=True)
    )


def _read_xml(name: str, data: bytes) -> tuple[Sheet, ...]:
    try:
        sheets = read_xml_workbook(data)
    except NotAWorkbook as error:
        raise unreadable(name) from error
    _require_distinct(name, [sheet.name for sheet in sheets])
    return tuple(
        Sheet(
            sheet.name,
            sheet.rows,
            range(1, len(sheet.rows) + 1),
            sheet.facts.errors,
            merges=sheet.facts.merges,
            hidden=sheet.hidden,
            notes=_hidden_note(sheet.rows, sheet.facts),
        )
        for sheet in sheets
    )


def _memo_beside(path: Path) -> bytes | None:
    """Return the file that holds a table's long texts, as it lies beside it."""
    for ending in MEMO_ENDINGS:
        for spelling in (ending, ending.upper()):
            memo = path.with_suffix(spelling)
            if memo.is_file():
                return _read_bytes(memo)
    return None


def read_table(name: str, data: bytes, memo: bytes | None = None) -> Sheet:
    """Return a DBF table as a sheet, its field names in the row with the number 0.

    Raises:
        FileUnreadable: it is damaged.
    """
    try:
        table = read_dbf(data, memo)
    except _DAMAGED_TABLE as error:
        raise unreadable(name) from error
    # a C field is text whatever it holds, but its digits may come from a number all the same
    return Sheet(
        name,
        [table.names, *table.rows],
        [0, *table.numbers],
        typed=False,
        notes=(*_deleted_note(table.deleted), *_lost_notes(name, table.lost)),
    )


def _deleted_note(numbers: Sequence[int]) -> tuple[SheetNote, ...]:
    if not numbers:
        return ()
    message = f"{_named(numbers, '条记录')}在原系统里已经删除，已跳过。"
    return (SheetNote(0, "", "", "note-row", message),)


def _lost_notes(name: str, fields: Sequence[str]) -> Iterator[SheetNote]:
    stem = PurePath(name).stem
    for lost in fields:
        message = (
            f"“{lost}”这一栏的内容另存在备注文件（{stem}.FPT 或 {stem}.DBT）里，这个文件不在一起，"
            "这一栏没有读到。需要这一栏的，请把两个文件放在同一个文件夹里再导入。"
        )
        yield SheetNote(0, lost, "", "note-row", message)


def _xlsx_parts(name: str, data: bytes, hands: Hands) -> tuple[SheetPart, ...]:
    try:
        parts = read_parts(data, hands.see)
    except (*_DAMAGED, *_DAMAGED_TABLE) as error:
        raise unreadable(name) from error
    _require_distinct(name, [part.name for part in parts])
    for part in parts:
        if part.height * part.width > LARGE:
            raise FileUnreadable(
                f"“{name}”的工作表“{part.name}”一直用到第{part.height}行、第{part.width}栏，"
                "范围大得不正常。",
                "请把名单复制到一个新工作簿（不要整栏整行复制），保存后再导入。",
            )
    return parts


def _read_workbook(
    name: str, kind: FileKind, data: bytes, parts: Sequence[SheetPart], hands: Hands
) -> tuple[Sheet, ...]:
    try:
        if kind is FileKind.XLSX:
            tables = read_workbook(data, hands)
        elif kind is FileKind.XLS:
            tables = _read_xls(data)
        else:
            tables = read_workbook_apart(data)
        extras = sheet_extras(kind, data, parts)
    except WorkbookProtected as error:
        raise encrypted(name) from error
    except (WorkbookDamaged, *_DAMAGED) as error:
        raise unreadable(name) from error
    _require_distinct(name, [table.name for table in tables])
    return tuple(_as_sheet(table, extras.get(table.name, SheetFacts())) for table in tables)


def _require_distinct(name: str, sheets: Sequence[str]) -> None:
    """Raise where two sheets have one name, by which the library would find the first alone."""
    for sheet, count in Counter(sheets).items():
        if count > 1:
            raise FileUnreadable(
                f"“{name}”里有{count}个工作表都叫“{sheet}”，分不清是哪一个，没有读取。",
                "请用表格软件打开，给它们起不同的名字，保存后再导入。",
            )


def _read_xls(data: bytes) -> list[Table]:
    legible, texts = as_single_bytes(data)
    tables = read_workbook_apart(legible)
    return put_together(tables, texts) if texts else tables


def _as_sheet(table: Table, facts: SheetFacts) -> Sheet:
    return Sheet(
        table.name,
        table.rows,
        range(1, len(table.rows) + 1),
        facts.errors,
        merges=[*table.merges, *facts.merges],
        hidden=table.hidden,
        notes=_hidden_note(table.rows, facts),
    )


def _hidden_note(rows: Sequence[Sequence[Cell]], facts: SheetFacts) -> tuple[SheetNote, ...]:
    """Return what is to be said of hidden rows and columns; they are read like all others.

    Of empty ones there is nothing to say.
    """
    hidden_rows = [row + 1 for row in facts.hidden_rows if row < len(rows) and _says(rows[row])]
    hidden_columns = [
        column_letters(column)
        for column in facts.hidden_columns
        if any(column < len(row) and row[column] != "" for row in rows)
    ]
    named = "，".join(filter(None, (_named(hidden_rows, "行"), _named(hidden_columns, "栏"))))
    if not named:
        return ()
    message = f"{named}是隐藏的，已照常读取；不要的，请在表格里取消隐藏后删去。"
    return (SheetNote(0, "", "", "note-row", message),)


def _says(row: Sequence[Cell]) -> bool:
    return any(cell != "" for cell in row)


def _named(numbers: Sequence[int | str], unit: str) -> str:
    """Return the first few numbers of rows, records or columns, and how many there are."""
    named = "、".join(f"第{number}{unit}" for number in numbers[:_NAMED_ROWS])
    return named + (f"等{len(numbers)}{unit}" if len(numbers) > _NAMED_ROWS else "")


def is_formula_error(text: str) -> bool:
    """Return whether ``text`` is what a spreadsheet shows for a formula that failed."""
    return text.strip().upper() in _FORMULA_ERRORS
