"""The checklist of a round: what a new student has to bring, line by line (细则 一(三)2).

What nobody has said is this college's custom; the first time that a line is saved, all of them are
said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.checklists import DEFAULT_CHECKLIST, EVERYBODY, SLOTS, ChecklistItem
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key
from desktop.errors import ChecklistFull, Incomplete, NothingToChange, ValueRefused
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Reader, Session
from desktop.procedures.standing.review_files import checklist_of
from desktop.procedures.typed_texts import thing_called, typed_text
from desktop.store import registration
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import listed_students

PREPARERS: Final = (OfficeKind.STUDENT_AFFAIRS, OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR)
COMMON_TYPES: Final = (
    "普通高考", "技能高考", "单独招生", "扩招", "中高职衔接", "专升本",
)  # fmt: skip
"""Admission types that can be asked for before the roster names any."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of the checklist as a person types it; ``slot`` is "" for a new one."""

    title: str
    required_types: tuple[str, ...] = ()
    note: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistOnDesk:
    """The checklist of a round.

    Attributes:
        items: the lines in their order.
        said: whether it was ever said, or is only this college's custom.
        free: how many lines can still be added.
        types: the admission types of which a line may be asked.
    """

    items: tuple[ChecklistItem, ...]
    said: bool
    free: int
    types: tuple[str, ...]


def checklist_on_desk(session: Reader, round_id: str) -> ChecklistOnDesk:
    """Return the checklist of a round as it stands, and what can be asked.

    Raises:
        NotAllowed: the office does not prepare the review.
    """
    session.require(*PREPARERS)
    with session.unit_of_work() as unit:
        items = checklist_of(unit, round_id)
        said = _said_slots(unit, round_id)
        met = {s.identity.admission_type for s in listed_students(unit.connection, round_id)}
    asked = {kind for item in items for kind in item.required_types}
    others = sorted((met | asked) - set(COMMON_TYPES) - {"", EVERYBODY})
    return ChecklistOnDesk(items, bool(said), len(_free_slots(said)), (*COMMON_TYPES, *others))


def save_checklist(
    session: Session, round_id: str, lines: Sequence[TypedLine]
) -> tuple[ChecklistItem, ...]:
    """Say the whole checklist: its lines in order; who is not among them is dropped.

    A line keeps its slot however it is worded, and a dropped slot never means anything else in
    this round: what was ticked for it stays what it was.

    Raises:
        Incomplete: there is no line, or one without a title.
        ValueRefused: two lines have the same title.
        ChecklistFull: the twenty slots of the round are used up.
        TextRefused, TextTooLong: a text can not be read, or is no title.
        NothingToChange: it was said like this before.
        NotAllowed, RoundNotOpen: nothing was changed.
    """
    session.require(*PREPARERS)
    typed = _typed_lines(lines)
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        before = checklist_of(unit, round_id)
        said = _said_slots(unit, round_id)
        items = _placed(typed, {item.slot for item in before}, said)
        drafts = lines_to_say(unit, round_id, items, before)
        if not drafts:
            raise NothingToChange("清单和已经保存的相同。", "需要修改时，改好以后再保存。")
        unit.journal.state_all(drafts)
        unit.commit()
    return items


def _typed_lines(lines: Sequence[TypedLine]) -> list[TypedLine]:
    """Return lines whose texts are set right."""
    if not lines:
        raise Incomplete("清单里没有材料。", "请至少保留一项；不用改的，不必保存。")
    typed = [
        TypedLine(
            thing_called(f"第{place}项材料的名称", line.title),
            _types(line.required_types),
            typed_text(f"“{line.title.strip()}”的说明", line.note),
            line.slot,
        )
        for place, line in enumerate(lines, 1)
    ]
    titles = [line.title for line in typed]
    if doubled := [title for title in dict.fromkeys(titles) if titles.count(title) > 1]:
        raise ValueRefused(
            f"材料“{doubled[0]}”在清单里有{titles.count(doubled[0])}项。",
            "请合并成一项，或者改成不同的名称。",
        )
    return typed


def _types(types: Sequence[str]) -> tuple[str, ...]:
    """Return admission types as a statement can list them: everybody alone, each once."""
    if EVERYBODY in types:
        return (EVERYBODY,)
    named = [typed_text("录取类型", kind) for kind in types]
    return tuple(kind for kind in dict.fromkeys(named) if kind and "," not in kind)


def _placed(
    typed: Sequence[TypedLine], current: set[str], said: set[str]
) -> tuple[ChecklistItem, ...]:
    """Return lines with their slots, new ones with slots that never meant anything."""
    if strange := [line.slot for line in typed if line.slot and line.slot not in current]:
        raise ValueError(f"no such lines: {strange}")
    free = iter(_free_slots(said))
    items = []
    for line in typed:
        slot = line.slot or next(free, "")
        if not slot:
            raise ChecklistFull(
                f"清单的{len(SLOTS)}项都用过了，放不下“{line.title}”；取消的项不能再用，"
                "因为院部已经登记的材料会跟着变。",
                "请把它并入已有的一项，或者写进一项的说明。",
            )
        items.append(ChecklistItem(slot, line.title, line.required_types, line.note))
    return tuple(items)


def _said_slots(unit: UnitOfWork, round_id: str) -> set[str]:
    said = registration.subjects_of_round(unit.connection, "checklist_item", round_id)
    return {subject.removeprefix("item:") for subject in said}


def _free_slots(said: set[str]) -> list[str]:
    """Return the slots that never meant anything; custom's were shown before anything was said."""
    used = said | {item.slot for item in DEFAULT_CHECKLIST}
    return [slot for slot in SLOTS if slot not in used]


def lines_to_say(
    unit: UnitOfWork,
    round_id: str,
    items: Sequence[ChecklistItem],
    before: Sequence[ChecklistItem],
) -> list[Draft]:
    """Return what has to be said so that the checklist is this one.

    Args:
        unit: a transaction.
        round_id: the round.
        items: how it is to be.
        before: how it was; who is not among ``items`` is dropped.
    """
    texts = registration.texts_of_round(unit.connection, "checklist_item", round_id)
    kept = {item.slot for item in items}
    wanted = {item.slot: _line(item, place, "") for place, item in enumerate(items, 1)}
    for place, item in enumerate(before, 1):
        if item.slot not in kept:
            wanted[item.slot] = _line(item, place, "yes")
    drafts = []
    for slot, values in sorted(wanted.items()):
        said = texts.get(f"item:{slot}", {})
        new = {field: text or None for field, text in values.items() if text != said.get(field, "")}
        if new:
            drafts.append(Draft(Key(f"item:{slot}", "checklist_item", round_id), new))
    return drafts


def _line(item: ChecklistItem, place: int, dropped: str) -> Mapping[str, str]:
    """Return a line as statements say it."""
    return {
        "title": item.title,
        "required_types": ",".join(item.required_types),
        "place": f"{place:02d}",
        "note": item.note,
        "dropped": dropped,
    }
