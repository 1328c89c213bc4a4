"""What the page of a class reads and saves, on the worker's thread."""

from dataclasses import dataclass

from desktop.procedures.check_in.check_in import record_check_in
from desktop.procedures.check_in.check_in_desk import (
    CheckInClass,
    CheckInLine,
    check_in_board,
    class_on_desk,
)
from desktop.procedures.check_in.check_in_drafts import keep_notes, kept_notes
from desktop.procedures.check_in.check_in_notes import CheckInNotes
from desktop.procedures.check_in.exceptions import About, kept_exceptions
from desktop.procedures.session import Session
from desktop.views.pages.check_in import words

Kept = tuple[str, str, CheckInNotes]
"""Of which round and class, and what was noted."""


@dataclass(frozen=True)
class Opened:
    """The classes of a round, the one that is wanted, what was noted of it, and today.

    ``left``: about what a dialog was begun for the whole class and never came to an end.
    """

    lines: tuple[CheckInLine, ...]
    desk: CheckInClass | None
    kept: CheckInNotes
    today: str
    left: tuple[About, ...] = ()


def read_class(session: Session, round_id: str, class_id: str) -> Opened:
    """Return a class as it lies on the desk; without an id, the first that wants something."""
    lines = tuple(check_in_board(session, round_id))
    ids = [line.group.id for line in lines]
    if class_id not in ids:
        waiting = [line.group.id for line in lines if line.next.action in words.TO_RECORD]
        class_id = next(iter((*waiting, *ids)), "")
    today = session.today().isoformat()
    if not class_id:
        return Opened(lines, None, CheckInNotes(), today)
    kept = kept_notes(session, round_id, class_id)
    left = tuple(one for one in About if kept_exceptions(session, round_id, class_id, one))
    return Opened(lines, class_on_desk(session, round_id, class_id), kept, today, left)


def save(session: Session, round_id: str, class_id: str, notes: CheckInNotes) -> None:
    """Save what was noted, in one transaction; then drop the draft."""
    record_check_in(session, round_id, notes)
    keep_notes(session, round_id, class_id, CheckInNotes())


def keep(session: Session, kept: Kept) -> None:
    """Keep what was noted and is not saved."""
    keep_notes(session, *kept)
