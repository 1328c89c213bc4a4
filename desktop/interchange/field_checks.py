"""Reading one cell by the rule of its field: what it says, set right, and what is wrong with it."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.dates import parse_date
from desktop.domain.id_numbers import IdFault, id_fault, is_right_card
from desktop.domain.names import NameFault, NameFinding, is_plain_name, normalise_name
from desktop.domain.spelling import compact, tidy
from desktop.interchange.cells import Cell, cell_text, digits_lost, gbk_width, is_in_gbk
from desktop.interchange.tables import ListField, code_table, private_use_map


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one cell, before it is given its place."""

    code: str
    message: str


Findings = list[Finding]
_Rule = Callable[[ListField, Cell, str, Findings], str]

# a comma stands before three digits: “12,50” is as likely 12.50 as a slip
_AMOUNT = re.compile(r"[¥￥]?(-?(?:[0-9]+|[0-9]{1,3}(?:[,，][0-9]{3})+)(?:\.[0-9]+)?)[元分次%]?")
_THOUSANDS = re.compile(r"[,，]")
_NAME_EXPLAINED = frozenset({NameFault.MAPPED, NameFault.CHARACTER, NameFault.PLACEHOLDER})


def read_cell(field: ListField, raw: Cell) -> tuple[str, Findings]:
    """Return the value of a cell that is no formula error, and what was found in it."""
    findings: Findings = []
    text = cell_text(raw)
    value = _RULES[field.rule](field, raw, text, findings) if text else ""
    if not value:
        if field.needs_value:
            findings.append(Finding("required-missing", f"{field.title}没有填写，请补上。"))
        return "", findings
    if not value.isascii() or (field.width and len(value) > field.width):
        _check_gbk(field, value, findings)
    return value, findings


def in_doubt(field: ListField, texts: Sequence[str]) -> list[str]:
    """Return the texts but those that ``read_cell`` surely leaves as they are, finding nothing.

    Of those returned it may say the same. Asked for a whole column at once, it takes a fraction of
    the time, which is worth it where most texts of a column differ. They are looked at in their
    order: as they stand in the file they lie in memory, too.
    """
    looks_right = _RIGHT.get(field.rule)
    if looks_right is None:
        return list(texts)
    whole = "".join(texts)
    doubtful: list[str] = [text for text in texts if not text]
    if looks_right not in _OF_CHARACTERS or not looks_right(whole):
        doubtful += [text for text in texts if text and not looks_right(text)]
    width = field.width
    if width and max(map(len, texts), default=0) > (width if whole.isascii() else width // 2):
        doubtful += [text for text in texts if not _fits(field, text)]
    if not is_in_gbk(whole):
        doubtful += [text for text in texts if not is_in_gbk(text)]
    return doubtful


def _fits(field: ListField, text: str) -> bool:
    return len(text) <= (field.width if text.isascii() else field.width // 2)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _is_plain_capitals(text: str) -> bool:
    return text.isascii() and text.isalnum() and (text.isdigit() or text.isupper())


def _is_right_document(text: str) -> bool:
    return is_right_card(text) or (_is_plain_capitals(text) and id_fault(text) is None)


def _is_tidy(text: str) -> bool:
    return text[0] != "#" and tidy(text) == text  # "#N/A" is no text


_RIGHT: Mapping[str, Callable[[str], bool]] = {
    "number": _is_plain,
    "major": _is_plain_capitals,
    "phone": _is_plain,
    "document": _is_right_document,
    "name": is_plain_name,
    "text": _is_tidy,
}
# these look at each character by itself, so that many texts can be asked for as one
_OF_CHARACTERS = frozenset({_is_plain, _is_plain_capitals, is_plain_name})


def formula_error(field: ListField, shown: str) -> Finding:
    """Return the finding for a cell that holds a failed formula."""
    return Finding(
        "formula-error",
        f"{field.title}是公式错误“{shown}”，没有内容，请在表格里改成实际的{field.title}。",
    )


def _number(field: ListField, raw: Cell, text: str, findings: Findings) -> str:
    """Read a number that is a name: 考生号, 学号."""
    if digits_lost(raw, text):
        findings.append(_lost(field, text))
        return text.strip()
    return _compacted(field, text, findings)


def _major(field: ListField, _raw: Cell, text: str, findings: Findings) -> str:
    return _compacted(field, text, findings, capitals=True)


def _phone(field: ListField, raw: Cell, text: str, findings: Findings) -> str:
    if digits_lost(raw, text):
        findings.append(_lost(field, text))
        return text.strip()
    return _text(field, raw, text, findings)


def _document(field: ListField, raw: Cell, text: str, findings: Findings) -> str:
    if digits_lost(raw, text):
        findings.append(_lost(field, text))
        return text.strip()
    value = _compacted(field, text, findings, capitals=True)
    fault = id_fault(value) if value else None
    if fault:
        findings.append(_id_finding(field, value, fault))
    return value


def _id_finding(field: ListField, value: str, fault: IdFault) -> Finding:
    if fault is IdFault.DIGITS_LOST:
        return _lost(field, value)
    if fault is IdFault.LENGTH:
        return Finding(
            "id-length",
            f"{field.title}“{value}”有{len(value)}位，不是任何证件号码的位数，请核对证件后改正。",
        )
    if fault is IdFault.CHECKSUM:
        return Finding(
            "id-checksum",
            f"{field.title}“{value}”的校验码不对，其中至少有一位是错的，请核对证件后改正。",
        )
    return Finding(
        "date-invalid",
        f"{field.title}“{value}”里的出生日期“{value[6:14]}”不存在，请核对证件后改正。",
    )


def _name(_field: ListField, _raw: Cell, text: str, findings: Findings) -> str:
    value, found = normalise_name(text, private_use_map())
    findings.extend(_name_finding(text, value, finding) for finding in found)
    return value


def _name_finding(text: str, value: str, finding: NameFinding) -> Finding:
    codes = "、".join(f"U+{ord(c):04X}" for c in finding.detail)
    sentences: Mapping[NameFault, str] = {
        NameFault.PLACEHOLDER: f"姓名“{text}”里的“{finding.detail}”代替了缺字，"
        "请按身份证输入真正的字。",
        NameFault.CHARACTER: f"姓名“{text}”里有不能识别的字符（{codes}），可能是自造字，"
        "请按身份证输入真正的字。",
        NameFault.MAPPED: f"姓名“{text}”里的旧编码字符（{codes}）已改为标准字，现在是“{value}”，"
        f"请与身份证核对。{_gbk_hint(value)}",
        NameFault.SEPARATOR: f"姓名“{text}”里的间隔号“{finding.detail}”已改为标准间隔号“·”。",
        NameFault.SPACE: f"姓名“{text}”里的空格已去掉，现在是“{value}”。",
        NameFault.INVISIBLE: f"姓名“{value}”里看不见的字符（{codes}）已去掉。",
    }
    return Finding(finding.fault.value, sentences[finding.fault])


def _gbk_hint(value: str) -> str:
    strange = gbk_width(value)[1]
    return f"“{strange}”不能写入GBK编码的文件。" if strange else ""


def _code(field: ListField, _raw: Cell, text: str, findings: Findings) -> str:
    table = code_table(field.name)
    if text in table.values:
        return text
    value = compact(text)
    value = value if value in table.values else table.spellings.get(value, value)
    if value and value not in table.values:
        findings.append(
            Finding(
                "code-unknown",
                f"{field.title}“{value}”不在{table.standard}的规定名称之中，请核对后改正。",
            )
        )
    elif value:
        findings.append(_normalised(field, text, value))
    return value


def _date(field: ListField, raw: Cell, text: str, findings: Findings) -> str:
    if isinstance(raw, dt.datetime | dt.date):
        return f"{raw:%Y%m%d}"
    value = parse_date(tidy(text))
    if value is None and text.strip():
        findings.append(
            Finding(
                "date-invalid",
                f"{field.title}“{text.strip()}”不是日期，或者没有这一天，请改成“20260901”的写法。",
            )
        )
        return text.strip()
    return value or ""


def _amount(field: ListField, _raw: Cell, text: str, findings: Findings) -> str:
    """Read a quantity: money, credits, marks; separators of thousands and a unit are left out."""
    value = compact(text)
    if amount := _AMOUNT.fullmatch(value):
        return _THOUSANDS.sub("", amount[1])
    if value:
        findings.append(
            Finding("code-unknown", f"{field.title}“{text.strip()}”不是数，请核对后改正。")
        )
    return text.strip()


def _text(field: ListField, _raw: Cell, text: str, findings: Findings) -> str:
    value = tidy(text)
    if value != text and value:
        findings.append(_normalised(field, text, value))
    return value


_RULES: Mapping[str, _Rule] = {
    "number": _number,
    "major": _major,
    "phone": _phone,
    "document": _document,
    "name": _name,
    "code": _code,
    "date": _date,
    "amount": _amount,
    "text": _text,
}


def _compacted(field: ListField, text: str, findings: Findings, *, capitals: bool = False) -> str:
    value = compact(text)
    if capitals:
        value = value.upper()
    if value != text and value:
        findings.append(_normalised(field, text, value))
    return value


def _normalised(field: ListField, text: str, value: str) -> Finding:
    return Finding("normalised", f"{field.title}“{text}”已改写为“{value}”。")


def _lost(field: ListField, text: str) -> Finding:
    return Finding(
        "id-digits-lost",
        f"{field.title}被当作数值保存成了“{text.strip()}”，末几位已经丢失，无法恢复，"
        "请向原始资料查出完整号码，按文本格式重新填写。",
    )


def _check_gbk(field: ListField, value: str, findings: Findings) -> None:
    """Add what the national platform's GBK files can not take, unless the cell is wrong anyway."""
    codes = {finding.code for finding in findings}
    width, strange = gbk_width(value)
    if strange and codes.isdisjoint(_NAME_EXPLAINED):
        findings.append(
            Finding(
                "gbk-unencodable",
                f"{field.title}“{value}”里的“{strange}”不能写入GBK编码的文件，"
                "上报学信网的DBF文件里将另行列出。",
            )
        )
    if field.width and width > field.width and codes.isdisjoint(_WRONG_ANYWAY):
        findings.append(
            Finding(
                "width-exceeded",
                f"{field.title}“{value}”长{width}字节，学信网只收{field.width}字节，"
                "请确认写法，导出时将单独列出。",
            )
        )


_WRONG_ANYWAY = frozenset(
    {"id-digits-lost", "id-length", "id-checksum", "date-invalid", "code-unknown"}
)


def lost_zero(field: ListField, value: str, usual: int) -> Finding:
    """Return the finding for a code that is a number and shorter than its column's others."""
    return Finding(
        "leading-zero-lost",
        f"{field.title}“{value}”是数值，只有{len(value)}位，而本栏通常是{usual}位，"
        "开头的0可能丢了，请核对。",
    )


def iter_fields(
    columns: Mapping[str, int], fields: Mapping[str, ListField]
) -> Iterator[tuple[ListField, int]]:
    """Yield the fields that have a column, with its index, in the order of the file."""
    for name, column in sorted(columns.items(), key=lambda item: item[1]):
        yield fields[name], column
