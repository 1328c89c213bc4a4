"""Which sheets of a file are lists, of which kind, and what is wrong with their headers."""

from collections.abc import Iterator

from desktop.domain.list_shapes import ColumnMapping
from desktop.errors import HeaderMissing
from desktop.interchange.cells import cell_text
from desktop.interchange.columns import (
    NO_MAPPING,
    Header,
    find_header,
    has_marks_of,
    marked_kind,
)
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
    for sheet in source.sheets:
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
    headed: list[tuple[Sheet, Header]] = []
    unheaded: list[Sheet] = []
    foreign = False
    for sheet in source.sheets:
        header = find_header(sheet, wanted, mapping)
        other = None if header and _is_mapped(header, mapping) else _other_kind(sheet, wanted)
        if other:
            foreign = True
            _add_wrong_kind(problems, sheet, wanted, *other)
        elif header:
            headed.append((sheet, header))
            _check_header(sheet, header, problems)
        elif any(cell_text(cell).strip() for row in sheet.rows for cell in row):
            unheaded.append(sheet)
    if not headed and not foreign:
        raise HeaderMissing(
            f"在“{source.file_name}”里没有找到表头。",
            "请确认选对了文件，并且名单上方有一行写着“考生号、姓名、身份证号”等栏目名称。",
        )
    for sheet in unheaded:
        _add_unheaded(problems, sheet)
    return headed


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
    problems.add_header(
        (sheet.name, number),
        "",
        kind.kind,
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
    place = sheet.name, header.number
    for field, message in _missing_columns(header):
        problems.add_header(place, "", field.title, "header-missing", message)
    for name, rivals in header.rivals.items():
        field = header.kind.fields[name]
        for rival in rivals:
            title = header.titles[rival]
            problems.add_header(
                place,
                title,
                title,
                "header-ambiguous",
                f"“{header.title(name)}”和“{title}”两列都可能是{field.title}，"
                f"暂按“{header.title(name)}”读取，请确认或删去另一列。",
            )


def _missing_columns(header: Header) -> Iterator[tuple[ListField, str]]:
    for field in header.kind.fields.values():
        if field.needs_column and field.name not in header.columns:
            yield field, f"表头里没有“{field.title}”这一栏，请补上这一栏后再导入。"
