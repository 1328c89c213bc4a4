"""The year's checklist: what a new student has to bring, and what was brought (细则 一(三)2).

A checklist has up to twenty lines. Each lies in a slot that keeps its meaning for the round: what a
college has ticked is ticked for the slot, however the line is worded later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

SLOTS: Final = tuple(f"item_{number:02d}" for number in range(1, 21))
EVERYBODY: Final = "*"
"""In ``required_types``: asked of everybody, whatever the admission type."""
_DUE: Final = "due "


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of the checklist.

    Attributes:
        slot: one of ``SLOTS``.
        title: what is to be brought: 录取通知书.
        required_types: the admission types of which it is asked; ``EVERYBODY`` alone for all;
            none: it is brought by whom it concerns, and nobody is held back for it.
        note: what else the one at the desk should know.
    """

    slot: str
    title: str
    required_types: tuple[str, ...] = ()
    note: str = ""

    def required_of(self, admission_type: str) -> bool:
        """Tell whether a student of an admission type must bring it."""
        return EVERYBODY in self.required_types or admission_type in self.required_types


class Brought(StrEnum):
    """What became of one document of one student."""

    SEEN = "seen"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


BROUGHT_TITLES: Final = {
    Brought.SEEN: "已核验",
    Brought.MISSING: "缺",
    Brought.NOT_NEEDED: "不需要",
}


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What became of a document, and until when a missing one is to be brought (ISO, or "")."""

    brought: Brought
    due: str = ""

    def to_text(self) -> str:
        """Return it as a statement says it: ``seen``, ``not_needed``, and so on."""
        return f"{_DUE}{self.due}" if self.due else str(self.brought)


def read_document(text: str) -> DocumentState | None:
    """Return what a statement says of one document, None where it says nothing.

    Raises:
        ValueError: it says something that is not known.
    """
    if not text:
        return None
    if text.startswith(_DUE):
        return DocumentState(
            Brought.MISSING, date.fromisoformat(text.removeprefix(_DUE)).isoformat()
        )
    return DocumentState(Brought(text))


@dataclass(frozen=True, slots=True)
class Lacking:
    """A required document that a student has not brought; ``due`` is "" where no day was agreed."""

    item: ChecklistItem
    due: str
    looked: bool  # whether anybody has looked for it

    def overdue(self, today: date) -> bool:
        """Tell whether it should have been brought by now."""
        return bool(self.due) and self.due < today.isoformat()


def lacking(
    items: Iterable[ChecklistItem], admission_type: str, said: Mapping[str, str]
) -> tuple[Lacking, ...]:
    """Return what a student of an admission type has not brought yet.

    Args:
        items: the checklist.
        admission_type: of the student, as the admission data call it.
        said: per slot what was said, as ``DocumentState.to_text`` writes it.
    """
    found = []
    for item in items:
        state = read_document(said.get(item.slot, ""))
        if state is None:
            if item.required_of(admission_type):
                found.append(Lacking(item, "", looked=False))
        elif state.brought is Brought.MISSING:
            found.append(Lacking(item, state.due, looked=True))
    return tuple(found)


def read_types(text: str) -> tuple[str, ...]:
    """Return the admission types that a statement of a line names."""
    return tuple(filter(None, text.split(",")))


DEFAULT_CHECKLIST: Final = (
    ChecklistItem(SLOTS[0], "录取通知书", (EVERYBODY,)),
    ChecklistItem(SLOTS[1], "身份证", (EVERYBODY,), "核对正反两面，收复印件一份"),
    ChecklistItem(SLOTS[2], "准考证", ("普通高考", "技能高考", "单独招生")),
    ChecklistItem(SLOTS[3], "纸质档案", (EVERYBODY,), "密封完好，由学工科当面拆封"),
    ChecklistItem(SLOTS[4], "体检材料", (EVERYBODY,)),
    ChecklistItem(SLOTS[5], "户口迁移证", (), "迁移户口的学生提交"),
    ChecklistItem(SLOTS[6], "团员档案或党组织关系", (), "团员、党员提交"),
    ChecklistItem(SLOTS[7], "加分或专项计划证明", (), "享受加分或专项计划的学生提交"),
    ChecklistItem(
        SLOTS[8], "专科毕业证书、成绩表和学历备案表", ("专升本",), "核对学历备案表上的验证码"
    ),
)
"""What this college asks for, where student affairs says nothing else (rules/domain.md §5)."""
