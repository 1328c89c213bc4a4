"""Whether this seat's data is an old backup or a copy: others have heard more of it than it knows.

A restored or copied PC gives numbers out a second time that others have in already, and they
refuse what comes under them. Offline, it can learn of it only from what others send: receipts name
the digest and the signature of the bundle that they answer. Who signed it is proven by that, so
nobody can stop a seat by an invented receipt (ADR 9).
"""

from collections.abc import Iterable

from desktop.bundles.verification import VerifiedBundle, manifest_signed
from desktop.domain.exchange import Receipt
from desktop.errors import StoreOutdated
from desktop.procedures.session import Session
from desktop.store import exchange
from desktop.store.store import UnitOfWork


def unknown_own_bundle(
    session: Session, unit: UnitOfWork, receipts: Iterable[Receipt]
) -> Receipt | None:
    """Return a receipt for a bundle that this seat has signed and does not know; None: none is."""
    known = {bundle.digest for bundle in exchange.outgoing(unit.connection)}
    for receipt in receipts:
        if (
            receipt.seat == session.home.seat.id
            and receipt.digest not in known
            and manifest_signed(session.keys.public.signing, receipt.digest, receipt.signature)
        ):
            return receipt
    return None


def keep_proof(session: Session, unit: UnitOfWork, own: VerifiedBundle) -> None:
    """Keep the proof when a bundle of our own comes back that this seat does not know."""
    manifest = own.manifest
    said = Receipt(
        bundle_id=manifest.bundle_id,
        number=manifest.number,
        taken=manifest.counts.statements,
        already=0,
        waiting=0,
        without_authority=0,
        missing=0,
        seat=manifest.from_seat,
        digest=own.digest,
        signature=own.signature,
    )
    if unknown_own_bundle(session, unit, [said]):
        exchange.keep_receipts(unit.connection, [said], manifest.to_office, session.now_text())


def require_current(session: Session, unit: UnitOfWork) -> None:
    """Raise when others have proof that this seat has said more than its data knows.

    Raises:
        StoreOutdated: with what to do.
    """
    if found := unknown_own_bundle(session, unit, exchange.receipts(unit.connection)):
        raise outdated(found)


def outdated(receipt: Receipt) -> StoreOutdated:
    """Return the sentence for a seat whose data is older than what others have of it."""
    return StoreOutdated(
        f"这台电脑的数据是旧的备份，或者被复制到过另一台电脑：对方已经收到本席位签发的"
        f"第{receipt.number}号报送包，而这里没有这一份的记录。",
        "请不要再用这份数据登记和报送：有更新的备份的，用它恢复；没有的，请另选一个空文件夹"
        "重新申请加入学校，由学籍科吊销本席位并把以前报送过的内容发还。",
    )
