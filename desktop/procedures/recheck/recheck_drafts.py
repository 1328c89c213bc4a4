"""What was filled in at the desk of the re-check and not saved: no power cut loses it.

A draft is this PC's own note, not a statement: nothing travels, nothing counts.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from desktop.files import write_durably
from desktop.procedures.session import Reader, Session

_FOLDER: Final = ("drafts", "recheck")


@dataclass(frozen=True, slots=True)
class RecheckDraft:
    """What was keyed in of one student's form, ruled, ticked and found, all of it unsaved."""

    answers: Mapping[str, str] = field(default_factory=dict)
    rulings: Mapping[str, str] = field(default_factory=dict)
    five: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not (self.answers or self.rulings or self.five or self.explanation)


def keep_draft(session: Session, round_id: str, student: str, draft: RecheckDraft) -> None:
    """Keep what was filled in of a student; nothing at all removes the draft.

    Raises:
        FileNotWritten: the draft before this one is still there.
    """
    path = _path(session, round_id, student)
    if draft.empty:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"round": round_id, "student": student, **asdict(draft)}
    write_durably(path, json.dumps(content, ensure_ascii=False).encode())


def kept_draft(session: Session, round_id: str, student: str) -> RecheckDraft:
    """Return the draft of a student, empty where there is none that can be read."""
    try:
        content = json.loads(_path(session, round_id, student).read_bytes())
        answers, rulings, five = (
            {str(f): str(text) for f, text in content[name].items()}
            for name in ("answers", "rulings", "five")
        )
        return RecheckDraft(answers, rulings, five, str(content["explanation"]))
    except (FileNotFoundError, ValueError, TypeError, LookupError, AttributeError):
        return RecheckDraft()


def students_with_drafts(session: Reader, round_id: str) -> frozenset[str]:
    """Return the students of a re-check of whom something was filled in but not saved."""
    found = set()
    for path in session.store.folder.joinpath(*_FOLDER).glob("*.json"):
        try:
            content = json.loads(path.read_bytes())
            if content["round"] == round_id:
                found.add(str(content["student"]))
        except (OSError, ValueError, TypeError, LookupError):
            continue
    return frozenset(found)


def _path(session: Session, round_id: str, student: str) -> Path:
    digest = hashlib.sha256(f"{round_id}\n{student}".encode()).hexdigest()[:32]
    return session.store.folder.joinpath(*_FOLDER, f"{digest}.json")
