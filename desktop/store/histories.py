"""What was ever said about somebody, whether it counts or not."""

from collections.abc import Collection

from sqlalchemy import Connection, exists, select

from desktop.bundles.lines import decode
from desktop.domain.histories import Said
from desktop.domain.statements import Key
from desktop.models.document import AttachmentRow
from desktop.models.exchange import IncomingBundleRow
from desktop.models.journal import StatementRow
from desktop.models.recheck import CaseFileRow, CaseNoteRow
from desktop.models.sheet import AdditionDecisionRow, CorrectionRow, SheetRow, SignatureRow
from desktop.store.links import among, chunks


def said_about(connection: Connection, subjects: Collection[str]) -> list[Said]:
    """Return every statement about these subjects, in the order in which people spoke.

    Lamport clocks order them: whoever had heard of a statement comes after it.
    """
    query = (
        select(
            StatementRow.line,
            StatementRow.office,
            StatementRow.uncounted,
            IncomingBundleRow.file_name,
            IncomingBundleRow.merged_at,
        )
        .outerjoin(IncomingBundleRow, IncomingBundleRow.bundle_id == StatementRow.bundle)
        .where(among(StatementRow.subject, subjects))
    )
    found = [
        Said(decode(line), office, uncounted, file_name or "", merged_at or "")
        for line, office, uncounted, file_name, merged_at in connection.execute(query)
    ]
    return sorted(found, key=lambda s: (s.statement.clock, s.statement.seat, s.statement.number))


def subjects_concerning(connection: Connection, student: str) -> set[str]:
    """Return the subjects that concern a student: corrections, additions, sheets, cases, notes."""
    corrections = select(CorrectionRow.subject).where(CorrectionRow.student == student)
    additions = select(AdditionDecisionRow.subject).where(AdditionDecisionRow.student == student)
    printed = select(SheetRow.subject).where(SheetRow.rows.contains(f'"{student}"'))
    found = {student}
    opened = select(CaseFileRow.subject).where(CaseFileRow.student == student)
    noted = select(CaseNoteRow.subject).where(CaseNoteRow.student == student)
    for query in (corrections, additions, printed, opened, noted):
        found.update(connection.execute(query).scalars())
    signed_on = select(SignatureRow.sheet).where(SignatureRow.subject == student)
    found.update(f"sheet:{sheet}" for sheet in connection.execute(signed_on).scalars() if sheet)
    return found


def said_by_others(connection: Connection, key: Key, office: str) -> bool:
    """Tell whether another office has said something of this that counts."""
    spoken = exists().where(
        StatementRow.subject == key.subject,
        StatementRow.aspect == key.aspect,
        StatementRow.round == key.round,
        StatementRow.uncounted == "",
        StatementRow.office != office,
    )
    return bool(connection.execute(select(spoken)).scalar())


def attachment_names(connection: Connection, sha256s: Collection[str]) -> dict[str, str]:
    """Return the names under which attachments were kept, by SHA-256."""
    names: dict[str, str] = {}
    for chunk in chunks(sha256s):
        query = select(AttachmentRow.sha256, AttachmentRow.name).where(
            AttachmentRow.sha256.in_(chunk)
        )
        names.update((row.sha256, row.name) for row in connection.execute(query))
    return names
