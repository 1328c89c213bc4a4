"""What a data folder is, as it is told before anybody has signed in. This loads no library."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.offices import HomeSeat
from desktop.store.glance import glance_at

PRACTICE_PASSPHRASE = "demo"  # noqa: S105 - the people of practice are not real either


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What a folder is: nothing yet (``home`` None), a seat that waits, or one that works.

    ``request_digits`` are what the registrar compares over the phone while the seat waits.
    """

    home: HomeSeat | None
    operators: tuple[str, ...] = ()
    request_digits: str = ""
    warning: str = ""


def who_may_sign_in(folder: Path) -> SeatFacts | None:
    """Return whose seat a folder is and who works there, None where nobody can sign in yet.

    None, too, where it can not be told at once; ``Entrance.look`` has the last word.
    """
    found = glance_at(folder)
    if found is None:
        return None
    home, operators = found
    return SeatFacts(home, operators) if home.enrolled else None
