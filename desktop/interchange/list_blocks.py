"""Lists that stand one below the other on a sheet, and cells that are merged down over students."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.domain.list_shapes import ColumnMapping
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.columns import NO_MAPPING, Header, find_header, plain_texts, recognise
from desktop.interchange.header_rows import MOST_HEADER_ROWS
from desktop.interchange.row_kinds import KEYS, RowKind, classify
from desktop.interchange.spreadsheets import Sheet, SheetNote
from desktop.interchange.tables import ListKind

_FEWEST_WORDS = 3
_NUMBER_LENGTH = 5
_MOST_LISTS = 1_000  # and repeated headers; a school has some hundred classes
# what is one person's own is never taken from the row above
_OWN_RULES = frozenset({"number", "document", "name", "phone", "amount"})


def lists_on(sheet: Sheet, header: Header, mapping: ColumnMapping) -> list[tuple[Sheet, Header]]:
    """Return the lists of a sheet, each with its own header; cells merged down are filled.

    A header that comes again unchanged, as between pages that were pasted together, begins no
    new list.
    """
    parts: list[tuple[Sheet, Header]] = []
    start, current = 0, header
    for index, found in _later_headers(sheet, header, mapping):
        if _same_columns(found, current):
            # its lines, and the titles above it, are notes of this list
            current = replace(current, lines=current.lines | found.lines)
            continue
        parts.append((_part(sheet, start, index), current))
        start, current = index, found
    parts.append((_part(sheet, start, len(sheet.rows)), current))
    return [(_filled_down(part, head), head) for part, head in parts]


def first_header(
    sheet: Sheet, kind: ListKind, mapping: ColumnMapping = NO_MAPPING
) -> Header | None:
    """Return the header of the first list on a sheet, None where there is none."""
    header = find_header(sheet, kind, mapping)
    while header and (end := header.index - header.height + 1) > 0:
        above = _part(sheet, 0, end)
        earlier = find_header(above, kind, mapping)
        if earlier is None:
            break
        keys = _key_columns(earlier)
        if not any(_has_number(row, keys) for row in above.rows):
            break
        header = earlier
    return header


def _later_headers(
    sheet: Sheet, header: Header, mapping: ColumnMapping
) -> Iterator[tuple[int, Header]]:
    """Yield where the headers below the first begin, and how they are in the part from there."""
    after, tries, current = header.index + 1, 0, header
    keys = _key_columns(current)
    for index in range(after, len(sheet.rows)):
        row = sheet.rows[index]
        if index < after or _has_number(row, keys) or not _is_titles(row, current):
            continue
        tries += 1
        if tries > _MOST_LISTS:
            return
        first = _first_of_header(sheet, index, after, current)
        around = _part(sheet, first, min(index + MOST_HEADER_ROWS, len(sheet.rows)))
        found = find_header(around, current.kind, mapping)
        if found and found.index - found.height < index - first <= found.index:
            after = first + found.index + 1
            start = _titles_above(sheet, after - found.height, current)
            titles = {tuple(plain_texts(one, current)) for one in sheet.rows[start:after]} - {()}
            current = replace(found, index=after - 1 - start, lines=found.lines | titles)
            keys = _key_columns(current)
            yield start, current


def _first_of_header(sheet: Sheet, index: int, after: int, header: Header) -> int:
    """Return the first row that may be of the same header as the row at ``index``."""
    first, keys = index, _key_columns(header)
    while first > max(after, index - MOST_HEADER_ROWS + 1):
        if _has_number(sheet.rows[first - 1], keys):
            break
        first -= 1
    return first


def _titles_above(sheet: Sheet, first: int, header: Header) -> int:
    """Return where the titles and empty rows right above a header begin."""
    keys = _key_columns(header)
    while first > header.index + 1 and len(plain_texts(sheet.rows[first - 1], header)) <= 1:
        if _has_number(sheet.rows[first - 1], keys):
            break
        first -= 1
    return first


def _key_columns(header: Header) -> tuple[int, ...]:
    """Return the columns in which students have their numbers."""
    return tuple(header.columns[key] for key in KEYS if key in header.columns)


def _has_number(row: Sequence[Cell], columns: Sequence[int]) -> bool:
    """Return whether a row has the number of a student in a column, as headers have not."""
    for column in columns:
        cell = row[column] if column < len(row) else ""
        if isinstance(cell, str):
            if len(cell) >= _NUMBER_LENGTH and cell[:_NUMBER_LENGTH].isdigit():
                return True
        elif isinstance(cell, int | float):
            return True
    return False


def _is_titles(row: Sequence[Cell], header: Header) -> bool:
    """Return whether at least three texts of a row, and half of all, are words of headers."""
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    if len(texts) < _FEWEST_WORDS:
        return False
    words = sum(1 for text in texts if recognise(text, header.kind.kind))
    return words >= max(_FEWEST_WORDS, len(texts) // 2)


def _same_columns(found: Header, header: Header) -> bool:
    return found.columns == header.columns and found.rivals == header.rivals


def _part(sheet: Sheet, start: int, end: int) -> Sheet:
    """Return the rows of a sheet from ``start`` to before ``end``."""
    if (start, end) == (0, len(sheet.rows)):
        return sheet
    return replace(
        sheet,
        rows=sheet.rows[start:end],
        numbers=sheet.numbers[start:end],
        errors={
            (row - start, column): error
            for (row, column), error in sheet.errors.items()
            if start <= row < end
        },
        merges=[
            (max(top - start, 0), left, min(low, end - 1) - start, right)
            for top, left, low, right in sheet.merges
            if start <= low and top < end
        ],
        notes=sheet.notes if start == 0 else _title_notes(sheet, start, end),
    )


def _title_notes(sheet: Sheet, start: int, end: int) -> tuple[SheetNote, ...]:
    """Return what is to be said of the title in the first rows of a later list."""
    notes: list[SheetNote] = []
    for row, number in zip(sheet.rows[start:end], sheet.numbers[start:end], strict=True):
        texts = [text for cell in row if (text := cell_text(cell).strip())]
        if len(texts) > 1:
            break
        if texts:
            message = f"下一份名单的标题“{texts[0]}”，已跳过。"
            notes.append(SheetNote(number, "", texts[0], "note-row", message))
    return tuple(notes)


def _filled_down(sheet: Sheet, header: Header) -> Sheet:
    """Return the sheet with the text of a cell merged down in every student's row that it spans."""
    rows: list[Sequence[Cell]] | None = None
    for top, low, column, value in _merged_down(sheet, header):
        rows = list(sheet.rows) if rows is None else rows
        for index in range(top + 1, low + 1):
            if classify(sheet.rows[index], header) is RowKind.STUDENT:
                rows[index] = _with_cell(rows[index], column, value)
    return sheet if rows is None else replace(sheet, rows=rows)


def _merged_down(sheet: Sheet, header: Header) -> Iterator[tuple[int, int, int, Cell]]:
    """Yield the first and last row, the column and the text of what is merged down over students.

    Merged cells do not lie one over the other, so there are no more rows of them than cells.
    """
    fields = {column: header.kind.fields[name] for name, column in header.columns.items()}
    shared = {column for column, field in fields.items() if field.rule not in _OWN_RULES}
    left_to_fill = len(sheet.rows) * len(shared)
    for top, left, last, _right in sheet.merges:
        low = min(last, len(sheet.rows) - 1)
        if not header.index < top < low or left not in shared:
            continue
        left_to_fill -= low - top
        if left_to_fill < 0:
            return
        row = sheet.rows[top]
        if left < len(row) and cell_text(row[left]).strip():
            yield top, low, left, row[left]


def _with_cell(row: Sequence[Cell], column: int, value: Cell) -> Sequence[Cell]:
    filled = [*row, *[""] * (column + 1 - len(row))]
    if not cell_text(filled[column]).strip():
        filled[column] = value
    return filled
