"""Drafts of a class's check-in: kept beside the store until saved, so no power cut loses them.

A draft is this PC's own note, not a statement: nothing travels, nothing counts.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar

from desktop.domain.entry_review import ArrivalState, Finding
from desktop.files import write_durably
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    CheckInNotes,
    DocumentNote,
    SecondNote,
    VerdictNote,
)
from desktop.procedures.session import Reader, Session

_FOLDER: Final = "check-in-drafts"
_Note = TypeVar("_Note")


def keep_notes(session: Session, round_id: str, class_id: str, notes: CheckInNotes) -> None:
    """Keep what was filled in of a class but not saved yet; nothing at all removes the draft.

    Raises:
        FileNotWritten: the draft before this one is still there.
    """
    path = draft_path(session, round_id, class_id)
    if not notes:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    write_durably(path, json.dumps(asdict(notes), ensure_ascii=False).encode())


def kept_notes(session: Reader, round_id: str, class_id: str) -> CheckInNotes:
    """Return the draft of a class, empty where there is none that can be read."""
    try:
        content = json.loads(draft_path(session, round_id, class_id).read_bytes())
        return CheckInNotes(
            arrivals=_read(content["arrivals"], _arrival),
            documents=_read(content["documents"], _documents),
            verdicts=_read(content["verdicts"], _verdict),
            seconds=_read(content["seconds"], _second),
        )
    except (FileNotFoundError, ValueError, TypeError, LookupError, AttributeError):
        return CheckInNotes()


def has_draft(session: Reader, round_id: str, class_id: str) -> bool:
    """Tell whether something of a class was filled in but not saved."""
    return draft_path(session, round_id, class_id).is_file()


def _read(
    entries: Iterable[Mapping[str, Any]], note: Callable[[Mapping[str, Any]], _Note]
) -> tuple[_Note, ...]:
    return tuple(note(entry) for entry in entries)


def _arrival(entry: Mapping[str, Any]) -> ArrivalNote:
    return ArrivalNote(
        str(entry["student"]),
        ArrivalState(entry["state"]),
        str(entry["day"]),
        str(entry["cause"]),
        str(entry["explanation"]),
    )


def _documents(entry: Mapping[str, Any]) -> DocumentNote:
    return DocumentNote(str(entry["student"]), _texts(entry["items"]))


def _verdict(entry: Mapping[str, Any]) -> VerdictNote:
    return VerdictNote(
        str(entry["student"]),
        Finding(entry["finding"]) if entry["finding"] else None,
        str(entry["checker"]),
        str(entry["explanation"]),
        _texts(entry["compared"]),
        tuple(map(str, entry["evidence"])),
    )


def _second(entry: Mapping[str, Any]) -> SecondNote:
    return SecondNote(
        str(entry["student"]),
        Finding(entry["finding"]),
        str(entry["checker"]),
        str(entry["explanation"]),
    )


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(text) for key, text in entry.items()}


def draft_path(session: Reader, round_id: str, class_id: str, about: str = "") -> Path:
    """Return where a draft of a class lies; a class's id may hold what no file's name may.

    ``about`` tells several drafts of one class apart.
    """
    told = "/".join(filter(None, (round_id, class_id, about)))
    name = hashlib.sha256(told.encode()).hexdigest()[:32]
    return session.store.folder / _FOLDER / f"{name}.json"
