"""Upload files for the national platform (学信网): one flat table per action, as xlsx and as DBF.

The DBF is GBK with fields of fixed width. What GBK or a field can not hold is left out of the DBF
and listed, so that a person enters it by hand; it is never replaced, cut or guessed. The xlsx
holds every row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.chsi import ChsiAction, ChsiField, ChsiProblem, ChsiTable
from desktop.interchange.cells import gbk_width
from desktop.interchange.dbase import write_dbf
from desktop.interchange.lists import ListColumn, write_list
from desktop.interchange.tables import load_table

_SHEET_TITLES = {
    ChsiAction.REGISTER: "学籍注册",
    ChsiAction.KEEP_PLACE: "保留入学资格",
    ChsiAction.GIVE_UP_PLACE: "放弃入学资格",
}
_NARROWEST, _WIDEST = 8, 40


@dataclass(frozen=True, slots=True)
class ChsiDbf:
    """A DBF file, and what kept rows out of it (every problem of every row left out)."""

    data: bytes
    left_out: tuple[ChsiProblem, ...]


def chsi_fields(action: ChsiAction) -> tuple[ChsiField, ...]:
    """Return the fields of an action's upload table, in the platform's order."""
    table = load_table("chsi_layouts")
    return tuple(
        ChsiField(code, table["fields"][code]["title"], table["fields"][code]["width"])
        for code in table["layouts"][action.value]
    )


def chsi_table(action: ChsiAction, records: Sequence[Mapping[str, str]]) -> ChsiTable:
    """Return the upload table of an action; a record's keys are field codes (KSH, XM …).

    A field that a record does not have stays empty.

    Raises:
        ValueError: a record has a field that the action's table does not have.
    """
    fields = chsi_fields(action)
    codes = [field.code for field in fields]
    for record in records:
        if strange := sorted(set(record) - set(codes)):
            raise ValueError(f"{action} has no field {', '.join(strange)}")
    rows = tuple(tuple(record.get(code, "") for code in codes) for record in records)
    return ChsiTable(action, fields, rows)


def check_chsi(table: ChsiTable) -> tuple[ChsiProblem, ...]:
    """Return every value of the table that a GBK file of fixed widths can not hold as it is."""
    return tuple(
        problem
        for index, row in enumerate(table.rows)
        for field, value in zip(table.fields, row, strict=True)
        for problem in _check_value(index, field, value)
    )


def chsi_xlsx(table: ChsiTable) -> bytes:
    """Return the table as a workbook: all rows, all text, the field codes as header."""
    columns = [
        ListColumn(field.code, min(max(field.width, _NARROWEST), _WIDEST)) for field in table.fields
    ]
    return write_list(_SHEET_TITLES[table.action], columns, table.rows)


def chsi_dbf(table: ChsiTable, day: date) -> ChsiDbf:
    """Return the table as a dBase III file in GBK without the rows that it can not hold.

    Args:
        table: the upload table.
        day: the date for the file's header; the same table and day give the same bytes.
    """
    problems = check_chsi(table)
    left_out = {problem.row for problem in problems}
    fields = [(field.code, field.width) for field in table.fields]
    rows = [row for index, row in enumerate(table.rows) if index not in left_out]
    return ChsiDbf(write_dbf(fields, rows, day), problems)


def _check_value(index: int, field: ChsiField, value: str) -> Iterator[ChsiProblem]:
    width, strange = gbk_width(value)
    if strange:
        yield ChsiProblem(
            index,
            field,
            value,
            "gbk-unencodable",
            f"{field.title}“{value}”里的“{strange}”是DBF文件的字库里没有的字，"
            "这一行没有写入，请在学信网上手工录入。",
        )
    if width > field.width:
        yield ChsiProblem(
            index,
            field,
            value,
            "width-exceeded",
            f"{field.title}“{value}”长{width}字节，超过学信网规定的{field.width}字节，"
            "这一行没有写入DBF文件，请核对写法或在学信网上手工录入。",
        )
