"""Named queries for reading lists: who may be meant, what is decided, which imports there were."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from desktop.bundles.lines import decode
from desktop.domain.documents import ImportRecord
from desktop.domain.imports import Target
from desktop.domain.likeness import Person, person
from desktop.domain.statements import Key, Statement
from desktop.domain.students import Identity
from desktop.models.document import ImportDetailRow, ImportRow
from desktop.models.imported import LikenessRow, ListImportRow
from desktop.models.journal import StatementRow
from desktop.models.sheet import SheetRow
from desktop.models.student import IdentityRow, RosterRow
from desktop.store.links import among
from desktop.store.students import LISTED
from desktop.store.tables import FIELDS, TABLES

ROSTERS = "new-students"


@dataclass(frozen=True, slots=True)
class KeptImport:
    """An import as this seat remembers it, without its rows.

    ``subject`` is what the journal calls it, "" where it said nothing or was made before imports
    had a name; ``withdrawn`` why it was undone, with ``undone`` true.
    """

    id: int
    target: Target
    subject: str
    file_name: str
    sha256: str
    imported_at: str
    operator: str
    students: int
    counts: Mapping[str, int]
    undone: bool
    explanation: str
    first: int
    last: int


def persons_named(connection: Connection, names: Collection[str]) -> Iterator[Person]:
    """Yield, of the students who have one of these names, what is compared of them."""
    row = IdentityRow
    query = select(
        row.subject, row.name, row.birth_date, row.exam_number, row.student_number, row.id_number
    ).where(among(row.name, names))  # type: ignore[arg-type]
    for subject, *texts in connection.execute(query):
        name, birth, exam, student, document = (text or "" for text in texts)
        known = Identity(exam, student, name, birth_date=birth, id_number=document)
        yield person(subject, known)


def likenesses(connection: Connection) -> dict[str, tuple[str, str, str]]:
    """Return what was decided about pairs: by pair, the one, the other and the verdict."""
    row = LikenessRow
    query = select(row.subject, row.one, row.other, row.verdict).where(row.conflicts == "")
    return {
        subject: (one or "", other or "", verdict or "")
        for subject, one, other, verdict in connection.execute(query)
    }


def other_rounds(connection: Connection, round_id: str) -> dict[str, str]:
    """Return the students on the roster of another round, each with the latest such round."""
    query = select(RosterRow.subject, RosterRow.round).where(RosterRow.round != round_id, LISTED)
    return dict(connection.execute(query.order_by(RosterRow.round)).all())


def readings(
    connection: Connection, aspect: str, round_id: str = "", subjects: Collection[str] | None = None
) -> dict[str, dict[str, str]]:
    """Return what is read of an aspect in a round, a year or "" for ever, by student."""
    table = TABLES[aspect]
    columns = [table.c[field] for field in FIELDS[aspect]]
    query = select(table.c.subject, *columns).where(table.c.round == round_id)
    if subjects is not None:
        query = query.where(among(table.c.subject, subjects))
    return {
        subject: {
            field: text
            for field, text in zip(FIELDS[aspect], texts, strict=True)
            if text is not None
        }
        for subject, *texts in connection.execute(query)
    }


def readings_of(
    connection: Connection, aspect: str, subject: str
) -> list[tuple[str, dict[str, str], list[str]]]:
    """Return what is read of one student: year, values, disputed fields; the latest year first."""
    table = TABLES[aspect]
    columns = [table.c[field] for field in FIELDS[aspect]]
    query = select(table.c.round, table.c.conflicts, *columns)
    query = query.where(table.c.subject == subject).order_by(table.c.round.desc())
    return [
        (
            round_,
            {f: text for f, text in zip(FIELDS[aspect], texts, strict=True) if text is not None},
            sorted(json.loads(conflicts)) if conflicts else [],
        )
        for round_, conflicts, *texts in connection.execute(query)
    ]


def spans(connection: Connection, aspect: str) -> list[str]:
    """Return the years, or rounds, for which anything is read of an aspect."""
    query = select(TABLES[aspect].c.round).distinct().order_by(TABLES[aspect].c.round)
    return list(connection.execute(query).scalars())


def members_of(connection: Connection, classes: Collection[str]) -> dict[str, str]:
    """Return the students of classes, each with the class."""
    table = TABLES["placement"]
    query = select(table.c.subject, table.c.class_id).where(among(table.c.class_id, classes))
    return dict(connection.execute(query).all())


# --- which imports there were --------------------------------------------------------------------


def keep_details(
    connection: Connection,
    record: ImportRecord,
    target: Target,
    subject: str,
    counts: Mapping[str, int],
    fates: Iterable[object],
) -> int:
    """Remember a list that was read with every row's fate, and return its number here."""
    done = connection.execute(insert(ImportRow).values(**asdict(record)))
    (id_,) = done.inserted_primary_key or (0,)
    connection.execute(
        insert(ImportDetailRow).values(
            import_id=id_,
            kind=target.kind,
            target=target.key,
            subject=subject,
            counts=json.dumps(dict(counts)),
            fates=json.dumps(list(fates), ensure_ascii=False, separators=(",", ":")),
        )
    )
    return int(id_)


def add_details(connection: Connection, target: Target, subject: str) -> None:
    """Say of the import that was remembered last what it was for, and what the journal calls it.

    Where no fates were kept, the rows that were held back are all that is known.
    """
    row = ImportRow
    query = select(row.id, row.new, row.changed, row.same, row.held_back).order_by(row.id.desc())
    id_, *numbers = connection.execute(query.limit(1)).one()
    counts = dict(zip(("new", "changed", "same", "held"), numbers, strict=True))
    connection.execute(
        insert(ImportDetailRow).values(
            import_id=id_,
            kind=target.kind,
            target=target.key,
            subject=subject,
            counts=json.dumps(counts),
            fates="[]",
        )
    )


def kept_imports(connection: Connection, import_id: int | None = None) -> list[KeptImport]:
    """Return the files that were imported here, the latest first, or the one asked for."""
    query = _kept().order_by(ImportRow.id.desc())
    if import_id is not None:
        query = query.where(ImportRow.id == import_id)
    return [_kept_import(*row) for row in connection.execute(query)]


def students_of_last(connection: Connection, target: Target) -> set[str]:
    """Return the students of the last list of a kind for a year that still counts."""
    for one in kept_imports(connection):
        if one.target == target and not one.undone:
            return {str(row[_SUBJECT]) for row in fates_of(connection, one.id)} - {""}
    return set()


_SUBJECT = 6  # where the student stands in a row as it is kept


def fates_of(connection: Connection, import_id: int) -> list[Any]:
    """Return what became of the rows of an import, as they were kept."""
    query = select(ImportDetailRow.fates).where(ImportDetailRow.import_id == import_id)
    return list(json.loads(connection.execute(query).scalar() or "[]"))


def held_back_in(connection: Connection, import_id: int) -> list[Any]:
    """Return the rows that an import held back, as they were kept."""
    query = select(ImportRow.rows_held_back).where(ImportRow.id == import_id)
    return list(json.loads(connection.execute(query).scalar() or "[]"))


def ranges(connection: Connection) -> list[tuple[str, int, int, str]]:
    """Return which statements lists have made: seat, first and last number, the import."""
    row = ListImportRow
    query = select(row.seat, row.first, row.last, row.subject).where(row.first.is_not(None))
    return [
        (seat or "", int(first or 0), int(last or 0), subject)
        for seat, first, last, subject in connection.execute(query)
    ]


def import_names(connection: Connection) -> dict[str, str]:
    """Return the file names of imports, also of those at other seats, by subject."""
    query = select(ListImportRow.subject, ListImportRow.file_name)
    return {subject: name or "" for subject, name in connection.execute(query)}


# --- what was built on an import -----------------------------------------------------------------


def made_by(connection: Connection, seat: str, first: int, last: int) -> list[Statement]:
    """Return the statements that a seat made under these numbers."""
    query = select(StatementRow.line).where(
        StatementRow.seat == seat, StatementRow.number.between(first, last)
    )
    return [decode(line) for line in connection.execute(query).scalars()]


def said_since(
    connection: Connection, seat: str, last: int, subjects: Collection[str]
) -> list[Statement]:
    """Return what counts and came after a seat's statement, about some subjects."""
    ends = select(StatementRow.arrival).where(
        StatementRow.seat == seat, StatementRow.number == last
    )
    query = select(StatementRow.line).where(
        StatementRow.arrival > ends.scalar_subquery(),
        StatementRow.uncounted == "",
        among(StatementRow.subject, subjects),
    )
    return [decode(line) for line in connection.execute(query).scalars()]


def sheets_since(connection: Connection, seat: str, last: int) -> list[tuple[str, str]]:
    """Return the sheets that were printed after a seat's statement, each with its rows."""
    ends = select(StatementRow.arrival).where(
        StatementRow.seat == seat, StatementRow.number == last
    )
    later = select(StatementRow.subject).where(
        StatementRow.arrival > ends.scalar_subquery(),
        StatementRow.aspect == "sheet",
        StatementRow.uncounted == "",
    )
    query = select(SheetRow.subject, SheetRow.rows).where(SheetRow.subject.in_(later))
    return [(subject, rows or "[]") for subject, rows in connection.execute(query)]


def key_of(subject: str) -> Key:
    """Return the key under which the journal speaks of an import."""
    return Key(subject, "list_import", "")


def _kept() -> Select[*tuple[Any, ...]]:
    detail, said = ImportDetailRow, ListImportRow
    return (
        select(
            ImportRow.id,
            ImportRow.round,
            ImportRow.file_name,
            ImportRow.sha256,
            ImportRow.imported_at,
            ImportRow.operator,
            ImportRow.students,
            ImportRow.new,
            ImportRow.changed,
            ImportRow.same,
            ImportRow.held_back,
            detail.kind,
            detail.target,
            detail.subject,
            detail.counts,
            said.withdrawn,
            said.explanation,
            said.first,
            said.last,
        )
        .outerjoin(detail, detail.import_id == ImportRow.id)
        .outerjoin(said, said.subject == detail.subject)
        .where(ImportRow.file_name != "")
    )


def _kept_import(*row: Any) -> KeptImport:  # noqa: ANN401 - as the query has them
    id_, round_, name, sha256, at, operator, students, *rest = row
    new, changed, same, held, kind, target, subject, counts, withdrawn, why, first, last = rest
    older = {"new": new, "changed": changed, "same": same, "held": held}
    return KeptImport(
        id=id_,
        target=Target(kind or ROSTERS, round_, "" if round_ else target or ""),
        subject=subject or "",
        file_name=name,
        sha256=sha256,
        imported_at=at,
        operator=operator,
        students=students,
        counts=json.loads(counts) if counts else older,
        undone=withdrawn == "yes",
        explanation=why or "",
        first=int(first or 0),
        last=int(last or 0),
    )
