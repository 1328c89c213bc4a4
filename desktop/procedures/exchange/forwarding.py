"""Handing back what an office's lost seat had sent: the original bundles, proven as they were.

A bundle is sealed for the registrar alone, and its seat is gone. But the registrar has kept the
signed manifest, and the journal has the lines: put together again bit by bit, they fit the digests
that the lost seat has signed, so nobody needs to believe the registrar (ADR 2).
"""

import hashlib

from desktop.bundles.archive import ATTACHMENTS, STATEMENTS
from desktop.bundles.certificates import Trust
from desktop.bundles.envelope import Forwarded
from desktop.bundles.manifest import read_manifest
from desktop.domain.exchange import IncomingBundle, numbers_in
from desktop.domain.offices import OfficeKind
from desktop.errors import StoreDamaged
from desktop.procedures.session import Session
from desktop.store import exchange
from desktop.store.store import UnitOfWork


def to_forward(
    session: Session, unit: UnitOfWork, to_office: str, round_id: str, trust: Trust
) -> list[Forwarded]:
    """Return the bundles of a round that a new seat of an office needs to know what came before.

    Of another office, those that its own seats have sent here; of our own, all that came. Only the
    registrar hands bundles on, and none that a revocation cuts off.

    Raises:
        StoreDamaged: one can not be put together as it was signed.
    """
    me = session.home.seat.office
    if me.kind is not OfficeKind.REGISTRAR:
        return []
    return [
        _put_together(unit, bundle)
        for bundle in exchange.incoming(unit.connection)
        if (bundle.to_office, bundle.round) == (me.id, round_id)
        and to_office in (bundle.from_office, me.id)
        and bundle.statements
        and trust.counts(bundle.from_seat, me.id, bundle.number, bundle.created[:10])
    ]


def _put_together(unit: UnitOfWork, bundle: IncomingBundle) -> Forwarded:
    """Return a merged bundle's proof, and its lines as they were when it was signed."""
    manifest, signature = exchange.proof_of(unit.connection, bundle.bundle_id)
    lines = exchange.lines_of(unit.connection, bundle.from_seat, numbers_in(bundle.numbers))
    members = {member.name: member.sha256 for member in read_manifest(manifest).members}
    content = b"".join(line + b"\n" for line in lines)
    if hashlib.sha256(content).hexdigest() != members[STATEMENTS]:
        raise StoreDamaged(
            f"席位 {bundle.from_seat} 第{bundle.number}号报送包收入以后，"
            "其中的记载被改动过，没有导出。",
            "请用最近的备份恢复，或请技术人员检查数据。",
        )
    attachments = tuple(
        name.removeprefix(ATTACHMENTS) for name in members if name.startswith(ATTACHMENTS)
    )
    return Forwarded(bundle.bundle_id, manifest, signature, lines, attachments)
