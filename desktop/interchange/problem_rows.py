"""The problem rows of a list as a workbook for the office that made it, and what it gives back.

Every cell is a text. The wrong cells are coloured and carry a comment; the same is said in words
in the last column, since not every program shows comments. A hidden sheet says which list it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openpyxl.cell import Cell as WrittenCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from desktop.domain.list_shapes import plain_title
from desktop.errors import NotAnAnswer
from desktop.interchange.admission_sets import read_source
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.lists import new_workbook, saved, sheet_names, text_cell
from desktop.interchange.spreadsheets import Sheet, SourceFile, read_spreadsheet

ROW_NUMBER: Final = "原表行号"
PROBLEM: Final = "要改的问题"
_HOW = (
    "请改正有颜色的格子，改好后按 xlsx 保存，交回送来这个文件的部门。"
    "请不要改动“原表行号”和栏目名称；行可以排序，也可以删去不用的行。"
)
_HIDDEN = "籍册"
_MARK, _NAME, _SHA256, _KIND, _SHEET = "籍册问题行", "文件", "SHA-256", "名单", "工作表"
_ERROR, _QUESTION = (
    PatternFill("solid", fgColor="FFC7CE"),
    PatternFill("solid", fgColor="FFEB9C"),
)
_WIDTHS: Final = {True: 20.0, False: 12.0}  # of numbers, of other texts
_LONG = 12
_HEADER_ROWS = 20
_LOOK_ABOVE = 2
_COMMENT_WIDTH, _COMMENT_HEIGHT = 320, 120


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row to be mended: its texts by column, and what is wrong in which column.

    ``wrong`` goes by the column's index, -1 for the whole row: whether it is an error, and why.
    """

    number: int
    texts: Sequence[str]
    wrong: Mapping[int, tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class ProblemSheet:
    """The rows of one sheet that are to be mended, under the titles that they have there."""

    name: str
    titles: Sequence[str]
    rows: Sequence[ProblemRow]


@dataclass(frozen=True, slots=True)
class Origin:
    """The list to which problem rows belong; all empty where a file does not say so any more."""

    file_name: str = ""
    sha256: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row that came back: its number in the list as it is written, and its texts.

    ``cells`` are by title, in plain characters, and by how many columns before have the same one.
    """

    sheet: str
    number: str
    cells: Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an office gave back."""

    file_name: str
    origin: Origin
    rows: tuple[AnswerRow, ...]


def write_problem_rows(origin: Origin, sheets: Sequence[ProblemSheet]) -> bytes:
    """Return an xlsx file with problem rows, for the office that made the list."""
    workbook = new_workbook()
    names = list(sheet_names(sheet.name for sheet in sheets))
    for sheet, name in zip(sheets, names, strict=True):
        _write_sheet(workbook.create_sheet(name), sheet)
    hidden = workbook.create_sheet(_HIDDEN if _HIDDEN not in names else f"{_HIDDEN}_")
    hidden.sheet_state = "hidden"
    pairs = [
        (_MARK, "1"),
        (_NAME, origin.file_name),
        (_SHA256, origin.sha256),
        (_KIND, origin.kind),
        *((f"{_SHEET}：{name}", sheet.name) for sheet, name in zip(sheets, names, strict=True)),
    ]
    for pair in pairs:
        hidden.append([text_cell(hidden, text) for text in pair])
    return saved(workbook)


def read_answer(path: Path) -> Answer:
    """Return what an office gave back, however it was sorted, cut, widened or saved.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read.
        NotAnAnswer: no sheet of it numbers its rows as the list does.
    """
    source = read_spreadsheet(path)
    marks = _marks(source)
    rows = [
        row
        for sheet in source.sheets
        if (index := _header_index(sheet)) >= 0
        for row in _rows_of(sheet, index, marks.get(f"{_SHEET}：{sheet.name}", sheet.name))
    ]
    if not any(_header_index(sheet) >= 0 for sheet in source.sheets):
        raise NotAnAnswer(
            f"“{source.file_name}”里没有“{ROW_NUMBER}”这一栏，不是导出去请对方改的表。",
            "请选择对方改好交回的那个文件。",
        )
    origin = Origin(marks.get(_NAME, ""), marks.get(_SHA256, ""), marks.get(_KIND, ""))
    return Answer(source.file_name, origin, tuple(rows))


def raw_texts(path: Path, sha256: str) -> "RawTexts":
    """Return what a list's file says, while it still lies there and is the same.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read.
    """
    source = read_source(path)
    return RawTexts(source.sheets if source.sha256 == sha256 else ())


class RawTexts:
    """The texts of a file's columns, found by sheet, row and column; "" for what is not there."""

    def __init__(self, sheets: Iterable[Sheet] = ()) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._indices = {
            name: {number: index for index, number in enumerate(sheet.numbers)}
            for name, sheet in self._sheets.items()
        }

    def text(self, place: tuple[str, int], column: int, title: str, header: int) -> str:
        """Return the text of a cell, if its title stands in that column in or above the header."""
        name, row = place
        index, top = (self._indices.get(name, {}).get(number) for number in (row, header))
        if index is None or top is None:
            return ""
        rows = self._sheets[name].rows
        titles = (_text(above, column) for above in rows[max(top - _LOOK_ABOVE, 0) : top + 1])
        if not any(text and plain_title(text) in plain_title(title) for text in titles):
            return ""
        return _text(rows[index], column)


def _text(row: Sequence[Cell], column: int) -> str:
    return cell_text(row[column]) if column < len(row) else ""


def _write_sheet(worksheet: WriteOnlyWorksheet, sheet: ProblemSheet) -> None:
    worksheet.freeze_panes = "B3"
    dimensions = worksheet.column_dimensions  # type: ignore[attr-defined] # stubs leave it out
    for column, width in enumerate(_column_widths(sheet), start=1):
        dimensions[get_column_letter(column)].width = width
    how = text_cell(worksheet, _HOW)
    how.font = Font(bold=True)
    worksheet.append([how])
    header = [text_cell(worksheet, text) for text in (ROW_NUMBER, *sheet.titles, PROBLEM)]
    for cell in header:
        cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
    worksheet.append(header)
    for row in sheet.rows:
        worksheet.append(list(_cells(worksheet, row)))


def _column_widths(sheet: ProblemSheet) -> Iterator[float]:
    yield 10.0
    for column in range(len(sheet.titles)):
        yield _WIDTHS[any(len(row.texts[column]) >= _LONG for row in sheet.rows)]
    yield 60.0


def _cells(worksheet: WriteOnlyWorksheet, row: ProblemRow) -> Iterator[WrittenCell]:
    for column, text in enumerate((str(row.number), *row.texts), start=-1):
        cell = text_cell(worksheet, text)
        if wrong := row.wrong.get(column):
            is_error, why = wrong
            cell.fill = _ERROR if is_error else _QUESTION
            cell.comment = Comment(why, "籍册", _COMMENT_HEIGHT, _COMMENT_WIDTH)
        yield cell
    words = text_cell(worksheet, "".join(dict.fromkeys(why for _, why in row.wrong.values())))
    words.alignment = Alignment(wrap_text=True, vertical="top")
    yield words


def _marks(source: SourceFile) -> dict[str, str]:
    """Return what the hidden sheet says, nothing where there is none any more."""
    for sheet in source.sheets:
        if sheet.rows and sheet.rows[0] and cell_text(sheet.rows[0][0]) == _MARK:
            pairs = ([cell_text(cell) for cell in row[:2]] for row in sheet.rows)
            return {pair[0]: pair[1] for pair in pairs if len(pair) > 1}
    return {}


def _header_index(sheet: Sheet) -> int:
    """Return the index of the row with the titles, -1 where none numbers the rows."""
    for index, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        if any(plain_title(cell_text(cell)) == ROW_NUMBER for cell in row):
            return index
    return -1


def _rows_of(sheet: Sheet, header: int, name: str) -> Iterator[AnswerRow]:
    """Yield the rows below a header; empty ones are passed over."""
    keys: list[tuple[str, int]] = []
    for cell in sheet.rows[header]:
        title = plain_title(cell_text(cell))
        keys.append((title, sum(key[0] == title for key in keys)))
    for index in range(header + 1, len(sheet.rows)):
        row = sheet.rows[index]
        texts = {
            key: sheet.errors.get((index, column), "")
            or (cell_text(row[column]) if column < len(row) else "")
            for column, key in enumerate(keys)
            if key[0]
        }
        number = texts.pop((ROW_NUMBER, 0)).strip()
        texts.pop((PROBLEM, 0), None)
        if number or any(text.strip() for text in texts.values()):
            yield AnswerRow(name, number, texts)
