"""Which sheets of a file are lists, of which kind, and what is wrong with their headers."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.list_shapes import ColumnMapping
from desktop.errors import HeaderMissing
from desktop.interchange.cells import cell_text
from desktop.interchange.columns import (
    NO_MAPPING,
    Header,
    has_marks_of,
    marked_kind,
)
from desktop.interchange.list_blocks import first_header, lists_on
from desktop.interchange.problems import ProblemList
from desktop.interchange.spreadsheets import Sheet, SourceFile
from desktop.interchange.tables import NEW_STUDENTS, ListField, ListKind, list_kinds

_KEY_LENGTH = 12


def wanted_kind(source: SourceFile, kind: str = "") -> ListKind:
    """Return the kind of list, where ``kind`` is "" the one that a file's headers tell.

    Without a mark it is of new students.
    """
    if kind:
        return list_kinds()[kind]
    for sheet in sorted(source.sheets, key=lambda sheet: sheet.hidden):
        if marked := marked_kind(sheet):
            return marked[1]
    return list_kinds()[NEW_STUDENTS]


def headed_sheets(
    source: SourceFile,
    wanted: ListKind,
    problems: ProblemList,
    mapping: ColumnMapping = NO_MAPPING,
) -> list[tuple[Sheet, Header]]:
    """Return the sheets that are lists of the wanted kind; others are noted, unless empty.

    Raises:
        HeaderMissing: not one sheet has a header of any list that is known.
    """
    shown = [sheet for sheet in source.sheets if not sheet.hidden]
    found = _Found([], [], foreign=False)
    for sheet in shown:
        _look_at(sheet, wanted, problems, mapping, found)
    hidden = [sheet for sheet in source.sheets if sheet.hidden]
    for sheet in hidden:
        if found.headed or found.foreign:
            _add_hidden(problems, sheet, first_header(sheet, wanted, mapping))
        else:
            _look_at(sheet, wanted, problems, mapping, found)
    if not found.headed and not found.foreign:
        raise HeaderMissing(
            f"在“{source.file_name}”里没有找到表头。",
            "请确认选对了文件，并且名单上方有一行写着“考生号、姓名、身份证号”等栏目名称。",
        )
    for sheet in found.unheaded:
        _add_unheaded(problems, sheet)
    return found.headed


@dataclass(slots=True)
class _Found:
    """What the sheets turned out to be."""

    headed: list[tuple[Sheet, Header]]
    unheaded: list[Sheet]
    foreign: bool


def _look_at(
    sheet: Sheet, wanted: ListKind, problems: ProblemList, mapping: ColumnMapping, found: _Found
) -> None:
    """Find out what a sheet is."""
    header = first_header(sheet, wanted, mapping)
    other = None if header and _is_mapped(header, mapping) else _other_kind(sheet, wanted)
    if other:
        found.foreign = True
        _add_wrong_kind(problems, sheet, wanted, *other)
    elif header:
        for part, head in lists_on(sheet, header, mapping):
            for note in part.notes:
                place = note.sheet or sheet.name, note.row
                problems.add(place, note.column, note.value, note.code, note.message)
            found.headed.append((part, head))
            _check_header(part, head, problems)
    elif not _is_empty(sheet):
        found.unheaded.append(sheet)


def _is_empty(sheet: Sheet) -> bool:
    return not any(cell_text(cell).strip() for row in sheet.rows for cell in row)


def _add_hidden(problems: ProblemList, sheet: Sheet, header: Header | None) -> None:
    """Say that a hidden sheet was left out, where it could be a list."""
    if header is not None:
        problems.add(
            (sheet.name, 0),
            "",
            "",
            "note-row",
            f"工作表“{sheet.name}”是隐藏的，看上去是一份名单，没有读取。"
            "要读取的，请在表格里取消隐藏，保存后再导入。",
        )


def _is_mapped(header: Header, mapping: ColumnMapping) -> bool:
    """Return whether a person has said what the columns are, and so of what kind the list is."""
    return bool(mapping.fields) and mapping.fields <= set(header.columns)


def _other_kind(sheet: Sheet, wanted: ListKind) -> tuple[int, ListKind] | None:
    """Return where a sheet says that it is a list of another kind, and of which."""
    marked = marked_kind(sheet)
    if marked is None or marked[1] is wanted:
        return None
    return None if wanted.markers and has_marks_of(sheet, wanted) else marked


def _add_wrong_kind(
    problems: ProblemList, sheet: Sheet, wanted: ListKind, number: int, kind: ListKind
) -> None:
    problems.add(
        (sheet.name, number),
        "",
        kind.title,
        "wrong-kind",
        f"从栏目看，“{sheet.name}”是{kind.title}，不是{wanted.title}，没有读取。"
        f"请选择{wanted.title}的文件。",
    )


def _add_unheaded(problems: ProblemList, sheet: Sheet) -> None:
    """Say that a sheet without a header was left out: an error when students may stand on it."""
    texts = [cell_text(cell).strip() for row in sheet.rows for cell in row]
    if any(len(text) >= _KEY_LENGTH and text[:-1].isdigit() for text in texts):
        code, message = "header-missing", "里有号码，但没有表头，没有读取。请补上栏目名称。"
    else:
        code, message = "note-row", "里没有名单，已跳过。"
    problems.add((sheet.name, 0), "", "", code, f"工作表“{sheet.name}”{message}")


def _check_header(sheet: Sheet, header: Header, problems: ProblemList) -> None:
    place, last = (sheet.name, header.number), max(sheet.numbers, default=0)
    for field, message in _missing_columns(header):
        problems.add_header(place, last, "", field.title, "header-missing", message)
    for name, rivals in header.rivals.items():
        field = header.kind.fields[name]
        for rival in rivals:
            title = header.titles[rival]
            problems.add_header(
                place,
                last,
                title,
                title,
                "header-ambiguous",
                f"“{header.title(name)}”和“{title}”两栏都可能是{field.title}，"
                f"暂按“{header.title(name)}”读取，请确认或删去另一栏。",
            )


def _missing_columns(header: Header) -> Iterator[tuple[ListField, str]]:
    for field in header.kind.fields.values():
        if field.needs_column and field.name not in header.columns:
            yield field, f"表头里没有“{field.title}”这一栏，请补上这一栏后再导入。"
