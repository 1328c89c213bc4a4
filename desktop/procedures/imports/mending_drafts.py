"""Drafts of lists that are being mended: kept beside the store, so no power cut loses them.

A draft belongs to a file by its SHA-256. It is this PC's own note, not a statement.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.list_shapes import ColumnChoice, ColumnMapping
from desktop.domain.mends import LetIn, Mends
from desktop.files import write_durably
from desktop.procedures.session import Session

_FOLDER = ("drafts", "lists")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class MendingDraft:
    """What was done to a list and not written yet: with which kind and columns, when, by whom."""

    file_name: str
    kind: str
    mapping: ColumnMapping
    mends: Mends
    at: str = ""
    by: str = ""


def keep_mending(session: Session, sha256: str, draft: MendingDraft) -> None:
    """Keep what was done to a list; where nothing was done, the draft is removed.

    Raises:
        FileNotWritten: the draft before this one is still there.
    """
    if not draft.mends.rows:
        forget_mending(session, sha256)
        return
    path = _path(session, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "file_name": draft.file_name,
        "mapping": mapping_as_json(draft.mapping),
        "kind": draft.kind,
        "at": session.now_text(),
        "by": session.operator,
        "typed": [[*place, dict(cells)] for place, cells in draft.mends.typed.items()],
        "let_in": [
            [*place, one.reason, sorted(one.questions)] for place, one in draft.mends.let_in.items()
        ],
        "set_aside": sorted(draft.mends.set_aside),
    }
    write_durably(path, json.dumps(content, ensure_ascii=False).encode())


def kept_mending(session: Session, sha256: str) -> MendingDraft | None:
    """Return what was done to a list before, None where nothing was or nothing can be read."""
    path = _path(session, sha256)
    try:
        content = json.loads(path.read_bytes())
        return MendingDraft(
            file_name=str(content["file_name"]),
            kind=str(content["kind"]),
            mapping=mapping_from_json(content["mapping"]),
            mends=_mends(content),
            at=str(content["at"]),
            by=str(content["by"]),
        )
    except (FileNotFoundError, ValueError, TypeError, LookupError, AttributeError):
        return None


def forget_mending(session: Session, sha256: str) -> None:
    """Remove the draft of a list: it was written, or is not wanted any more."""
    _path(session, sha256).unlink(missing_ok=True)


def mapping_as_json(mapping: ColumnMapping) -> dict[str, Any]:
    """Return what a person says of columns, as JSON keeps it."""
    columns = [[one.place, one.title, one.field] for one in mapping.columns]
    return {"kind": mapping.kind, "columns": columns}


def mapping_from_json(content: Mapping[str, Any]) -> ColumnMapping:
    """Return what a person says of columns, from what JSON has kept."""
    columns = tuple(
        ColumnChoice(int(place), str(title), str(field))
        for place, title, field in content["columns"]
    )
    return ColumnMapping(str(content["kind"]), columns)


def _mends(content: Mapping[str, Any]) -> Mends:
    return Mends(
        typed={
            (str(sheet), int(row)): {str(field): str(text) for field, text in cells.items()}
            for sheet, row, cells in content["typed"]
        },
        let_in={
            (str(sheet), int(row)): LetIn(
                str(reason), frozenset((str(a), str(b), str(c)) for a, b, c in questions)
            )
            for sheet, row, reason, questions in content["let_in"]
        },
        set_aside=frozenset((str(sheet), int(row)) for sheet, row in content["set_aside"]),
    )


def _path(session: Session, sha256: str) -> Path:
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a file's SHA-256: {sha256}")
    return session.store.folder.joinpath(*_FOLDER, f"{sha256}.json")
