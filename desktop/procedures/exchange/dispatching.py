"""One bundle each to one or many offices: packed once, written as often as sticks fail."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import NotEnrolled, NothingToExport
from desktop.procedures.exchange.exporting import Packed, pack, write_again
from desktop.procedures.session import Progress, Session, no_progress


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to get what; ``classes`` None: of all classes; ``again``: everything once more."""

    offices: tuple[str, ...]
    round_id: str
    classes: tuple[str, ...] | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Dispatched:
    """How it went for one office: a file, or a sentence why nothing went to it."""

    office: str
    packed: Packed | None
    path: Path | None
    why_not: str = ""


@dataclass(slots=True)
class Outbox:
    """The bundles that were packed for one wish, until they lie on a stick.

    A bundle is packed and numbered once. When the stick fails half-way, the same outbox goes on
    with another stick where it stopped, and no number is lost.
    """

    packed: dict[str, Packed] = field(default_factory=dict)
    written: dict[str, Path] = field(default_factory=dict)
    why_not: dict[str, str] = field(default_factory=dict)

    def results(self, offices: Sequence[str]) -> tuple[Dispatched, ...]:
        """Return how it went, office by office."""
        return tuple(
            Dispatched(
                office,
                self.packed.get(office),
                self.written.get(office),
                self.why_not.get(office, ""),
            )
            for office in offices
        )


def dispatch(
    session: Session, wish: Wish, folder: Path, outbox: Outbox, progress: Progress = no_progress
) -> tuple[Dispatched, ...]:
    """Pack a bundle for each office and write them all to a folder, each in its transaction.

    Args:
        session: of any office.
        wish: who is to get what.
        folder: a stick or a folder.
        outbox: what an earlier try has packed and written already; it is kept up to date, also
            when this one fails.
        progress: told after each office.

    Raises:
        Cancelled, FileNotWritten: what is packed stays in the outbox, and in “收发”.
        StoreOutdated, ClockBehind, CertificateExpired: see ``export``.
    """
    waiting = [office for office in wish.offices if office not in outbox.written]
    for done, office in enumerate(waiting):
        progress(done, len(waiting))
        if office not in outbox.packed:
            _pack(session, wish, office, outbox)
        if office in outbox.packed:
            bundle = outbox.packed[office].bundle
            outbox.written[office] = write_again(session, bundle.bundle_id, folder)
    progress(len(waiting), len(waiting))
    return outbox.results(wish.offices)


def _pack(session: Session, wish: Wish, office: str, outbox: Outbox) -> None:
    classes: Collection[str] | None = wish.classes
    try:
        outbox.packed[office] = pack(session, office, wish.round_id, classes, again=wish.again)
    except (NothingToExport, NotEnrolled) as error:
        outbox.why_not[office] = error.what
