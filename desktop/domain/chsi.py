"""The upload tables of the national platform (学信网), as plain rows of text.

Field orders are those of the platform's flat tables: one table per action.
"""

from dataclasses import dataclass
from enum import StrEnum


class ChsiAction(StrEnum):
    """One upload table of procedure three per action."""

    REGISTER = "register"  # 学籍注册
    KEEP_PLACE = "keep_place"  # 保留入学资格
    GIVE_UP_PLACE = "give_up_place"  # 放弃入学资格


@dataclass(frozen=True, slots=True)
class ChsiField:
    """One field: its code in the file, its title for people, its width in GBK bytes."""

    code: str
    title: str
    width: int


@dataclass(frozen=True, slots=True)
class ChsiTable:
    """The rows of one upload file; every row has one text per field, in the fields' order."""

    action: ChsiAction
    fields: tuple[ChsiField, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ChsiProblem:
    """A value that the DBF file can not hold as it is: it is listed, never replaced."""

    row: int  # index into the table's rows, from 0
    field: ChsiField
    value: str
    code: str  # width-exceeded or gbk-unencodable
    message: str
