"""“The whole class, except …”: what is being filled in, kept until it is noted (细则 一(三)2, 4).

Like a draft of a class it is this PC's own note, not a statement: nothing travels, nothing counts.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from desktop.files import write_durably
from desktop.procedures.check_in.check_in_drafts import draft_path
from desktop.procedures.session import Reader, Session


class About(StrEnum):
    """What a whole class is recorded about."""

    DOCUMENTS = "documents"
    COMPARED = "compared"


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What holds for a whole class, and for whom it does not.

    Attributes:
        about: documents, or the six things.
        chosen: the slots of documents, or the things, that are recorded.
        lacking: per student who is an exception, in which of them; none named: in all chosen.
        day: ISO, by which the documents are to be brought; "" while none is agreed.
        days: per student with a day of the student's own, that day.
        anew: whether it also holds where something was recorded one by one before.
    """

    about: About
    chosen: tuple[str, ...] = ()
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    day: str = ""
    days: Mapping[str, str] = field(default_factory=dict)
    anew: bool = False


def keep_exceptions(session: Session, round_id: str, class_id: str, told: Exceptions) -> None:
    """Keep what was filled in of a class and not noted yet.

    Raises:
        FileNotWritten: what was kept before this is still there.
    """
    path = draft_path(session, round_id, class_id, told.about)
    path.parent.mkdir(exist_ok=True)
    write_durably(path, json.dumps(asdict(told), ensure_ascii=False).encode())


def drop_exceptions(session: Session, round_id: str, class_id: str, about: About) -> None:
    """Keep nothing any more: it was noted, or given up."""
    draft_path(session, round_id, class_id, about).unlink(missing_ok=True)


def has_exceptions(session: Reader, round_id: str, class_id: str) -> bool:
    """Tell whether something was filled in of a class and not noted."""
    return any(draft_path(session, round_id, class_id, one).is_file() for one in About)


def kept_exceptions(
    session: Reader, round_id: str, class_id: str, about: About
) -> Exceptions | None:
    """Return what was filled in of a class, None where there is nothing that can be read."""
    try:
        content = json.loads(draft_path(session, round_id, class_id, about).read_bytes())
        return Exceptions(
            about,
            tuple(map(str, content["chosen"])),
            {str(one): tuple(map(str, items)) for one, items in content["lacking"].items()},
            str(content["day"]),
            {str(one): str(day) for one, day in content["days"].items()},
            bool(content["anew"]),
        )
    except (FileNotFoundError, ValueError, TypeError, LookupError, AttributeError):
        return None
