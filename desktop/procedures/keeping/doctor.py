"""Looking a store over for support staff: what it finds it tells; it changes nothing."""

from dataclasses import dataclass

from desktop.domain.health import Finding
from desktop.procedures.school.enrolment import cut_off_bundles
from desktop.procedures.session import Progress, load_trust, no_progress
from desktop.store import health, seats
from desktop.store.store import Store

_PASSES = 4  # the chains, what counts, the tables, the digest


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found; ``state_digest`` is equal for any two stores that read the same."""

    findings: tuple[Finding, ...]
    state_digest: str

    @property
    def healthy(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def diagnose(store: Store, progress: Progress = no_progress) -> Diagnosis:
    """Check the database, the chains, the bundles, what counts, the attachments and every table.

    Args:
        store: an open store; nobody needs to be signed in.
        progress: called while everything is read; the total is never too small.

    Raises:
        StoreDamaged: the database can not even be read.
        Cancelled: the user stopped it.
    """
    with store.unit_of_work() as unit:
        connection = unit.connection
        home = seats.home_seat(connection)
        read = _Tally(unit.journal.length, progress).add
        findings = list(health.database_findings(connection))
        if home.enrolled:
            trust = load_trust(home, unit)
            own = trust.certificates_of(home.seat.id)
            key = next(c.certificate.signing_key for c in own if c.text == home.certificate)
            findings += health.chain_findings(connection, home.seat.id, key, read)
            findings += health.bundle_findings(connection, trust)
            cut_off = cut_off_bundles(unit, trust)
            findings += health.counting_findings(connection, cut_off, read)
        findings += health.attachment_findings(connection, store.attachments, progress)
        findings += health.table_findings(connection, read)
        return Diagnosis(tuple(findings), health.state_digest(connection, read))


class _Tally:
    """How far the doctor is. There are never more readings than statements."""

    def __init__(self, statements: int, progress: Progress) -> None:
        self._done, self._total = 0, statements * _PASSES
        self._progress = progress

    def add(self, count: int) -> None:
        """Count what was read, and say so."""
        self._done += count
        self._progress(min(self._done, self._total), self._total)


def state_digest(store: Store) -> str:
    """Return the digest over all readings of a store."""
    with store.unit_of_work() as unit:
        return health.state_digest(unit.connection)
