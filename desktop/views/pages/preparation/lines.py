"""The checklist while it is edited, as plain functions on lines."""

from collections.abc import Iterable

from desktop.domain.checklists import EVERYBODY, ChecklistItem
from desktop.procedures.entry_review.year_checklist import TypedLine
from desktop.views.language import tr

Lines = tuple[TypedLine, ...]


def as_lines(items: Iterable[ChecklistItem]) -> Lines:
    """Return a checklist as lines to be edited."""
    return tuple(TypedLine(i.title, i.required_types, i.note, i.slot) for i in items)


def moved(lines: Lines, at: int, by: int) -> Lines:
    """Return the lines with one of them moved up or down; at an end it stays."""
    to = at + by
    if not 0 <= to < len(lines):
        return lines
    rest = [*lines[:at], *lines[at + 1 :]]
    rest.insert(to, lines[at])
    return tuple(rest)


def without(lines: Lines, at: int) -> Lines:
    """Return the lines without one of them."""
    return (*lines[:at], *lines[at + 1 :])


def put(lines: Lines, at: int, line: TypedLine) -> Lines:
    """Return the lines with another one in a place."""
    return (*lines[:at], line, *lines[at + 1 :])


def required_text(line: TypedLine) -> str:
    """Say who must bring it."""
    if EVERYBODY in line.required_types:
        return tr("所有学生")
    return "、".join(line.required_types) or tr("涉及的学生")


def changes_sentence(lines: Lines, saved: Lines) -> str:
    """Say what saving would do, "" where nothing has changed."""
    if lines == saved:
        return ""
    before = {line.slot: line for line in saved}
    new = sum(not line.slot for line in lines)
    kept = [line for line in lines if line.slot]
    changed = sum(line != before[line.slot] for line in kept)
    gone = [line.title for slot, line in before.items() if slot not in {k.slot for k in kept}]
    said = [
        tr("新增 {count} 项", count=new) if new else "",
        tr("修改 {count} 项", count=changed) if changed else "",
        tr("取消{titles}", titles="、".join(gone)) if gone else "",
    ]
    told = "，".join(filter(None, said)) or tr("次序有变动")
    return tr("还没有保存：{told}。", told=told)
