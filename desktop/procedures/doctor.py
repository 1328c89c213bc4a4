"""Looking a store over for support staff: what it finds it tells; it changes nothing."""

from dataclasses import dataclass

from desktop.domain.health import Finding
from desktop.procedures.enrolment import cut_off_bundles
from desktop.procedures.session import Progress, load_trust, no_progress, part_of
from desktop.store import health, seats
from desktop.store.store import Store


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
        progress: called at each part, and while attachments and tables are read.

    Raises:
        StoreDamaged: the database can not even be read.
        Cancelled: the user stopped it.
    """
    with store.unit_of_work() as unit:
        connection = unit.connection
        home = seats.home_seat(connection)
        told = [part_of(progress, part, _PARTS) for part in range(_PARTS)]
        told[0](0, 1)
        findings = list(health.database_findings(connection))
        if home.enrolled:
            told[1](0, 1)
            trust = load_trust(home, unit)
            own = trust.certificates_of(home.seat.id)
            key = next(c.certificate.signing_key for c in own if c.text == home.certificate)
            findings += health.chain_findings(connection, home.seat.id, key)
            told[2](0, 1)
            findings += health.bundle_findings(connection, trust)
            cut_off = cut_off_bundles(unit, trust)
            told[3](0, 1)
            findings += health.counting_findings(connection, cut_off)
        findings += health.attachment_findings(connection, store.attachments, told[4])
        findings += health.table_findings(connection, told[5])
        told[6](0, 1)
        return Diagnosis(tuple(findings), health.state_digest(connection))


_PARTS = 7


def state_digest(store: Store) -> str:
    """Return the digest over all readings of a store."""
    with store.unit_of_work() as unit:
        return health.state_digest(unit.connection)
