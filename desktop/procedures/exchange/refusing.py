"""Files that are refused: what is shown of them, and what stays on record."""

import hashlib
from pathlib import Path

from desktop.bundles.verification import VerifiedBundle, peek_bundle
from desktop.domain.exchange import RefusedBundle
from desktop.domain.merging import Refusal
from desktop.errors import BundleError
from desktop.procedures.session import Session
from desktop.store import exchange


def refusal_of(file: Path, error: BundleError) -> Refusal:
    """Return the refusal of a file as it is shown."""
    return Refusal(file.name, error.code, error.what, error.todo)


def remember_refusal(
    session: Session, file: Path, error: BundleError, verified: VerifiedBundle | None
) -> None:
    """Keep a refused file on record; the claims of a file that is not genuine are only claims."""
    manifest = verified.manifest if verified else None
    claimed = ""
    if manifest is None:
        try:
            claimed = peek_bundle(file).from_office
        except BundleError:
            claimed = ""  # it does not even claim to come from somewhere
    try:
        with file.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        sha256 = ""  # it can not be read: that is why it was refused
    with session.unit_of_work() as unit:
        exchange.keep_refused(
            unit.connection,
            RefusedBundle(
                file_name=file.name,
                sha256=sha256,
                bundle_id=manifest.bundle_id if manifest else "",
                from_office=manifest.from_office if manifest else claimed,
                number=manifest.number if manifest else 0,
                code=error.code,
                cause=error.what,
                todo=error.todo,
                refused_at=session.now_text(),
                operator=session.operator,
            ),
        )
        unit.commit()
