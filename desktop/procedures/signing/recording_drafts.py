"""Drafts of what is being recorded: kept beside the store until saved, so no power cut loses them.

A draft is this PC's own note, not a statement: nothing travels, nothing counts.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.sheets import Mark, sheet_number_valid
from desktop.files import write_durably
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import StudentMark

_FOLDER = "drafts"


@dataclass(frozen=True, slots=True)
class BoxDraft:
    """A box at the foot of a sheet as it was filled in, not saved yet; its date may be none."""

    who: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What was read from a sheet and not saved: marks, and boxes at its foot."""

    marks: tuple[StudentMark, ...] = ()
    boxes: tuple[BoxDraft, ...] = ()


def keep_draft(
    session: Session,
    number: str,
    marks: Sequence[StudentMark],
    boxes: Sequence[BoxDraft] = (),
) -> None:
    """Keep what was read from a sheet but not saved yet; nothing at all removes the draft.

    Raises:
        FileNotWritten: the draft before this one is still there.
    """
    path = _path(session, number)
    if not marks and not boxes:
        path.unlink(missing_ok=True)
        return
    content = {
        "marks": [[m.student, str(m.mark), m.explanation, m.proxy] for m in marks],
        "boxes": [[box.who, box.name, box.date] for box in boxes],
    }
    path.parent.mkdir(exist_ok=True)
    write_durably(path, json.dumps(content, ensure_ascii=False).encode())


def kept_draft(session: Session, number: str) -> KeptDraft:
    """Return the draft of a sheet, empty where there is none that can be read."""
    try:
        content = json.loads(_path(session, number).read_bytes())
        marks = tuple(
            StudentMark(str(student), Mark(mark), str(explanation), str(proxy))
            for student, mark, explanation, proxy in content["marks"]
        )
        boxes = tuple(
            BoxDraft(str(who), str(name), str(day)) for who, name, day in content["boxes"]
        )
    except (FileNotFoundError, ValueError, TypeError, LookupError):
        return KeptDraft()
    return KeptDraft(marks, boxes)


def sheets_with_drafts(session: Session) -> tuple[str, ...]:
    """Return the numbers of the sheets of which something was read but not saved."""
    folder = session.store.folder / _FOLDER
    found = (path.stem for path in sorted(folder.glob("*.json")))
    return tuple(number for number in found if sheet_number_valid(number))


def _path(session: Session, number: str) -> Path:
    if not sheet_number_valid(number):
        raise ValueError(f"not a sheet's number: {number}")
    return session.store.folder / _FOLDER / f"{number}.json"
