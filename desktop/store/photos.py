"""Named queries about the photos of students, and what is asked of them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, select

from desktop.domain.photos import DEFAULT_RULES, RULE_TITLES, PhotoKind, PhotoRules, rules_of
from desktop.domain.photos import rules_subject as subject_of
from desktop.models.document import MiniatureRow
from desktop.models.school import PhotoRulesRow
from desktop.models.student import PhotoRow
from desktop.store.engine import insert_rows
from desktop.store.links import among

_KINDS: Final = tuple(PhotoKind)
_COLUMNS: Final = [getattr(PhotoRow, str(kind)) for kind in _KINDS]
_RULES: Final = [getattr(PhotoRulesRow, name) for name in RULE_TITLES]


@dataclass(frozen=True, slots=True)
class Photos:
    """The photos of one student by kind, as SHA-256; and what is in conflict, side by side."""

    agreed: Mapping[PhotoKind, str]
    disputed: Mapping[PhotoKind, tuple[str, ...]]


NO_PHOTOS: Final = Photos({}, {})


def photos_of(connection: Connection, students: Collection[str]) -> dict[str, Photos]:
    """Return the photos of students; those who have none are not in the result."""
    query = select(PhotoRow.subject, PhotoRow.conflicts, *_COLUMNS)
    rows = connection.execute(query.where(among(PhotoRow.subject, students)))
    return {subject: _photos(conflicts, shas) for subject, conflicts, *shas in rows}


def every_photo(connection: Connection) -> dict[str, Photos]:
    """Return the photos of all students who have any."""
    rows = connection.execute(select(PhotoRow.subject, PhotoRow.conflicts, *_COLUMNS))
    return {subject: _photos(conflicts, shas) for subject, conflicts, *shas in rows}


def _photos(conflicts: str, shas: Collection[str | None]) -> Photos:
    agreed = {kind: sha for kind, sha in zip(_KINDS, shas, strict=True) if sha}
    sides = json.loads(conflicts) if conflicts else {}
    disputed = {PhotoKind(kind): tuple(filter(None, side)) for kind, side in sides.items()}
    return Photos(agreed, disputed)


def rules(connection: Connection) -> dict[PhotoKind, PhotoRules]:
    """Return what is asked of each kind of photo: what the school said, else the usual."""
    rows = connection.execute(select(PhotoRulesRow.subject, *_RULES))
    said = {subject: dict(zip(RULE_TITLES, texts, strict=True)) for subject, *texts in rows}
    return {
        kind: rules_of(said.get(subject_of(kind), {}), usual)
        for kind, usual in DEFAULT_RULES.items()
    }


def miniatures(connection: Connection) -> dict[str, bytes]:
    """Return what kept photos look like from far away, by SHA-256."""
    rows = connection.execute(select(MiniatureRow.sha256, MiniatureRow.greys))
    return {sha256: greys for sha256, greys in rows}  # noqa: C416 - rows are no pairs to mypy


def keep_miniatures(connection: Connection, greys: Mapping[str, bytes]) -> None:
    """Remember what photos look like from far away."""
    connection.execute(delete(MiniatureRow).where(among(MiniatureRow.sha256, set(greys))))
    insert_rows(connection, MiniatureRow, ["sha256", "greys"], list(greys.items()))
