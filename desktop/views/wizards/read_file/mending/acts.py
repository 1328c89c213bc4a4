"""What is done between the steps up to a mended list: looking at the file, reading it."""

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from desktop.procedures.imports.column_mappings import remember_mapping
from desktop.procedures.imports.list_opening import mapped_otherwise, open_list, read_opened
from desktop.procedures.session import Progress, Session
from desktop.views.wizards.read_file.mending.draft import HasMend, MendDraft, with_opened

D = TypeVar("D", bound=HasMend)


def with_mend(draft: D, mend: MendDraft) -> D:
    """Return a wizard's draft with another draft of these steps."""
    return replace(draft, mend=mend)  # type: ignore[type-var] # a frozen dataclass, as all are


def open_file(session: Session, draft: D, progress: Progress) -> D:
    """Look at the file, and read it unless a person must first say what its columns are."""
    mend = draft.mend
    if mend.opened is None or mend.opened.path != Path(mend.source):
        mend = with_opened(mend, open_list(session, Path(mend.source), mend.kind))
    if not mend.says_columns:
        mend = _read(session, mend, progress)
    return with_mend(draft, mend)


def read_columns(session: Session, draft: D, progress: Progress) -> D:
    """Read the file with what a person says of its columns, and remember that."""
    mend = draft.mend
    if mend.opened and mend.remembers and mend.chosen:
        remember_mapping(session, mend.opened.fingerprint, mend.opened.shape.file_name, mend.said)
    return with_mend(draft, _read(session, mend, progress))


def _read(session: Session, mend: MendDraft, progress: Progress) -> MendDraft:
    """Return the draft with the list as it is mended; one that was read already stays."""
    if mend.opened is None or mend.mending is not None:
        return mend
    opened = mend.opened
    if mend.said.columns or mend.said.kind:
        opened = mapped_otherwise(opened, mend.said)
    kept = opened.draft.mends if mend.continues and opened.draft else None
    return replace(mend, mending=read_opened(session, opened, kept, progress))
