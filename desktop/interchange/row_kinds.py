"""Telling students from titles, totals, remarks and empty rows."""

import re
from collections.abc import Sequence
from enum import StrEnum

from desktop.domain.spelling import compact
from desktop.interchange.cells import Cell, cell_text
from desktop.interchange.columns import Header, plain_texts, recognise
from desktop.interchange.spreadsheets import is_formula_error

KEYS = ("exam_number", "id_number", "student_number")
_DIGITS = re.compile(r"[0-9]{5}|[0-9]\.[0-9]+E\+")
_TOTAL = re.compile(
    r"(本页|本班|全校|全院)?(合计|总计|小计|共计|总人数|人数合计)([:：]?(共)?[0-9]*人?)?"
    r"|(共|计|共计|合计|总计|小计)[:：]?[0-9]+(人|名|条).*"
    r"|.{1,20}(合计|总计|小计)[:：]?[0-9]*人?"
)
_NOTE = re.compile(
    r"(制表|填表|填报|审核|审批|经办|复核|负责|打印|联系|录入|校对|编制|上报)"
    r"(人|日期|时间|单位|电话|部门)?.*[:：].*"
    r"|(注|说明|备注|附注|附件|填表说明|填写说明|注意|单位|日期)[0-9]*[:：].*"
    r"|.*(盖章|签字|签章|签名).*"
    r"|第[0-9]+页.*"
    r"|※.*"
)
_FEW_CELLS = 2
_HINTS = frozenset(
    {
        "必填",
        "选填",
        "必填项",
        "选填项",
        "可选",
        "可不填",
        "文本",
        "文本型",
        "文本格式",
        "字符",
        "日期",
        "数值",
    }
)
_ENOUGH = 5  # digits


class RowKind(StrEnum):
    """What a row below the header is; the values of all but students are problem codes."""

    STUDENT = "student"
    TOTAL = "total-row"
    NOTE = "note-row"
    BLANK = "blank-row"


def classify(row: Sequence[Cell], header: Header) -> RowKind:
    """Return what ``row`` is.

    A row with a number of a student in it is a student whatever else it says, so that nobody is
    taken for a remark; the other rows must look like what they are taken for.
    """
    if _has_key(row, header):
        return RowKind.STUDENT
    filled = plain_texts(row, header)
    if not filled:
        return RowKind.BLANK
    if any(_TOTAL.fullmatch(text) for text in filled[:_FEW_CELLS]):
        return RowKind.TOTAL
    if _NOTE.fullmatch(filled[0]) or _belongs_to_header(filled, header):
        return RowKind.NOTE
    if len(filled) <= _FEW_CELLS and not _has_name(row, header):
        return RowKind.NOTE
    return RowKind.STUDENT


def _has_key(row: Sequence[Cell], header: Header) -> bool:
    for key in KEYS:
        column = header.columns.get(key)
        if column is not None and column < len(row):
            cell = row[column]
            if isinstance(cell, str) and len(cell) >= _ENOUGH and cell.isascii() and cell.isdigit():
                return True  # as nearly all are: what follows would say the same
            text = compact(cell_text(cell))
            if _DIGITS.search(text) and not _TOTAL.fullmatch(text):
                return True
    return False


def _has_name(row: Sequence[Cell], header: Header) -> bool:
    column = header.columns.get("name")
    if column is None or column >= len(row):
        return False
    text = cell_text(row[column]).strip()
    return bool(text) and not is_formula_error(text)


def _belongs_to_header(filled: Sequence[str], header: Header) -> bool:
    """Return whether a row repeats the header, or says below it how to fill in the columns."""
    if len(filled) > _FEW_CELLS and _HINTS.issuperset(filled):
        return True
    if tuple(filled) in header.lines:
        return True
    words = sum(1 for text in filled if recognise(text, header.kind.kind))
    return words >= max(_FEW_CELLS + 1, len(header.columns) // 2)
