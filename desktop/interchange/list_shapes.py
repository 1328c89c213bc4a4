"""Looking at a file's columns: what they are taken for, before a row is read."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from desktop.domain.list_shapes import (
    ColumnMapping,
    FieldChoice,
    ListShape,
    SeenColumn,
    SeenSheet,
    plain_title,
    untitled,
)
from desktop.interchange.admission_sets import read_source
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.columns import NO_MAPPING, Header, header_at
from desktop.interchange.file_types import FileKind
from desktop.interchange.list_blocks import first_header, lists_on
from desktop.interchange.list_headers import wanted_kind
from desktop.interchange.spreadsheets import Sheet, SourceFile
from desktop.interchange.tables import NEW_STUDENTS, ListKind, list_kinds

_LOOKED_ROWS = 200
_HEADER_ROWS = 60
_SAMPLES = 3
_FEWEST_TITLES = 2
_ARCHIVE = "archive"
_ONLY_THERE = frozenset({"family", "height", "resume"})
_NUMBER = re.compile(r"[0-9]{5}")


def look_at_columns(path: Path, kind: str = "", mapping: ColumnMapping = NO_MAPPING) -> ListShape:
    """Return what the columns of a list are taken for.

    Args:
        path: a file as ``read_list`` reads it.
        kind: of the list; "" lets its headers tell.
        mapping: what a person says of the columns, and of the kind where ``kind`` does not.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read at all.
    """
    source = read_source(path)
    wanted = wanted_kind(source, kind or mapping.kind)
    shown = [sheet for sheet in source.sheets if not sheet.hidden] or source.sheets
    seen = [
        _seen_sheet(part, header)
        for sheet in shown
        if any(cell_text(cell).strip() for row in sheet.rows for cell in row)
        for part, header in _lists_on(sheet, wanted, mapping)
    ]
    return ListShape(
        file_name=source.file_name,
        sha256=source.sha256,
        kind=wanted.kind,
        fields=tuple(
            FieldChoice(field.name, field.title, field.needs_column)
            for field in wanted.fields.values()
        ),
        sheets=tuple(seen),
        fingerprint=_fingerprint(source.kind.value, seen),
        also=_also(source, shown, wanted.kind),
    )


def _also(source: SourceFile, sheets: Sequence[Sheet], kind: str) -> str:
    """Return the other kind of list that an admission set holds: what files of students say."""
    archive = list_kinds()[_ARCHIVE]
    if source.kind is not FileKind.SET or kind != NEW_STUDENTS:
        return ""
    for sheet in sheets:
        header = first_header(sheet, archive)
        if header and not _ONLY_THERE.isdisjoint(header.columns):
            return _ARCHIVE
    return ""


def _lists_on(
    sheet: Sheet, kind: ListKind, mapping: ColumnMapping
) -> list[tuple[Sheet, Header | None]]:
    """Return the lists of a sheet; where no row has words that are known, the likeliest header."""
    if header := first_header(sheet, kind, mapping):
        return [*lists_on(sheet, header, mapping)]
    best, most = -1, _FEWEST_TITLES - 1
    for index, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        titles = _titles(row)
        if len(titles) > most:
            best, most = index, len(titles)
    return [(sheet, header_at(sheet, best, kind, mapping) if best >= 0 else None)]


def _titles(row: Sequence[Cell]) -> list[str]:
    """Return the texts of a row that could be titles: none where a number stands in it."""
    texts = [cell_text(cell).strip() for cell in row]
    if any(_NUMBER.search(text) for text in texts):
        return []
    return [text for text in texts if text]


def _seen_sheet(sheet: Sheet, header: Header | None) -> SeenSheet:
    below = sheet.rows[(header.index + 1 if header else 0) :][:_LOOKED_ROWS]
    titles = header.titles if header else ()
    fields, rivals = _fields_by_column(header) if header else ({}, frozenset())
    columns: list[SeenColumn] = []
    for place in range(max(len(titles), *(len(row) for row in below), 0)):
        samples = tuple(islice(_samples(below, place), _SAMPLES))
        title = titles[place] if place < len(titles) else ""
        if title.strip() or samples:
            name = title if title.strip() else untitled(place)
            field = fields.get(place, "")
            group = header.groups[place] if header and title.strip() else ""
            columns.append(SeenColumn(place, name, group, samples, field, place in rivals))
    return SeenSheet(sheet.name, _header_rows(sheet, header), tuple(columns))


def _header_rows(sheet: Sheet, header: Header | None) -> tuple[int, ...]:
    if header is None or header.index < 0:
        return ()
    end = header.index + 1
    return tuple(sheet.numbers[end - header.height : end])


def _fields_by_column(header: Header) -> tuple[dict[int, str], frozenset[int]]:
    """Return what each column could be, and the columns that could be the same field."""
    fields = {column: field for field, column in header.columns.items()}
    contested = set[int]()
    for field, others in header.rivals.items():
        fields.update(dict.fromkeys(others, field))
        contested.update(others, [header.columns[field]])
    return fields, frozenset(contested)


def _samples(rows: Sequence[Sequence[Cell]], place: int) -> Iterator[str]:
    """Yield the texts of a column, no two alike."""
    seen = {""}
    for row in rows:
        text = cell_text(row[place]).strip() if place < len(row) else ""
        if text not in seen:
            seen.add(text)
            yield text


def _fingerprint(kind: str, sheets: Sequence[SeenSheet]) -> str:
    """Return what is the same for files of a kind whose sheets are headed alike.

    How many sheets are headed alike does not matter: a list may have one for every class.
    """
    shapes = dict.fromkeys(tuple(_headings(sheet)) for sheet in sheets)
    return hashlib.sha256(json.dumps([kind, *shapes]).encode()).hexdigest()


def _headings(sheet: SeenSheet) -> Iterator[tuple[int, str, str]]:
    """Yield what heads a sheet's columns; a column without a title counts where none has one."""
    for column in sheet.columns:
        title = "" if column.title == untitled(column.place) else column.title
        if title or not sheet.header_rows:
            yield column.place, plain_title(column.group), plain_title(title)
