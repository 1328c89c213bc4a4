"""What people have said of the columns of files, remembered for files of the same shape.

It is this PC's own memory, kept beside the store; nothing of it travels, and it can be forgotten.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.list_shapes import ColumnMapping
from desktop.files import write_durably
from desktop.procedures.imports.mending_drafts import mapping_as_json, mapping_from_json
from desktop.procedures.session import Session

_FILE = "column_mappings.json"


@dataclass(frozen=True, slots=True)
class RememberedMapping:
    """What was said of the columns of a file, when, by whom, and of which file."""

    mapping: ColumnMapping
    file_name: str
    at: str
    by: str


def remember_mapping(
    session: Session, fingerprint: str, file_name: str, mapping: ColumnMapping
) -> None:
    """Remember what a person says of the columns of files of a shape; nothing said forgets it.

    Args:
        session: whose PC remembers it.
        fingerprint: of the shape.
        file_name: of the file of which it was said.
        mapping: what was said.

    Raises:
        FileNotWritten: what was remembered before still is.
    """
    kept = _kept(session)
    kept.pop(fingerprint, None)
    if mapping.columns:
        kept[fingerprint] = {
            "mapping": mapping_as_json(mapping),
            "file_name": file_name,
            "at": session.now_text(),
            "by": session.operator,
        }
    write_durably(_path(session), json.dumps(kept, ensure_ascii=False, indent=1).encode())


def remembered_mapping(session: Session, fingerprint: str) -> RememberedMapping | None:
    """Return what was said of the columns of files of a shape, None where nothing was."""
    one = _kept(session).get(fingerprint)
    try:
        return one and RememberedMapping(
            mapping_from_json(one["mapping"]), str(one["file_name"]), str(one["at"]), str(one["by"])
        )
    except (ValueError, TypeError, LookupError):
        return None


def forget_mapping(session: Session, fingerprint: str) -> None:
    """Forget what was said of the columns of files of a shape."""
    if fingerprint in _kept(session):
        remember_mapping(session, fingerprint, "", ColumnMapping(""))


def _kept(session: Session) -> dict[str, Any]:
    try:
        kept = json.loads(_path(session).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _path(session: Session) -> Path:
    return session.store.folder / _FILE
