"""Named queries about the school: offices, rounds, classes. They return records."""

from collections.abc import Collection
from dataclasses import asdict, fields, replace

from sqlalchemy import Connection, func, select

from desktop.domain.offices import Office, OfficeKind
from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.schools import SchoolFacts, SchoolVersion
from desktop.errors import NotFound
from desktop.models.school import ClassGroupRow, ClassStaffRow, OfficeRow, RoundRow, SchoolRow
from desktop.models.student import PlacementRow
from desktop.store.links import chunks


def school_facts(connection: Connection, on: str) -> SchoolFacts:
    """Return what the school is called on a day, and who leads it.

    Each change holds from its day on and says only what changes; what is printed for an earlier
    day keeps the earlier words.

    Args:
        connection: within a transaction.
        on: the day, ``YYYY-MM-DD``.
    """
    found = SchoolFacts()
    for version in school_versions(connection):
        if version.since <= on:
            changed = {name: text for name, text in asdict(version.facts).items() if text}
            found = replace(found, **changed)
    return found


def school_versions(connection: Connection) -> tuple[SchoolVersion, ...]:
    """Return every change of the school's facts, by the day from which it holds."""
    names = [field.name for field in fields(SchoolFacts)]
    columns = [getattr(SchoolRow, name) for name in names]
    rows = connection.execute(select(SchoolRow.subject, *columns).order_by(SchoolRow.subject))
    return tuple(
        SchoolVersion(subject.partition(":")[2], SchoolFacts(*[text or "" for text in texts]))
        for subject, *texts in rows
    )


def offices(connection: Connection) -> tuple[Office, ...]:
    """Return the offices of the school, by id."""
    query = select(OfficeRow.subject, OfficeRow.kind, OfficeRow.name).order_by(OfficeRow.subject)
    return tuple(
        Office(row.subject.removeprefix("office:"), OfficeKind(row.kind), row.name or "")
        for row in connection.execute(query)
        if row.kind
    )


def rounds(connection: Connection) -> tuple[Round, ...]:
    """Return every round, by id."""
    rows = connection.execute(select(RoundRow.__table__).order_by(RoundRow.subject))
    return tuple(
        Round(
            id=row.subject.removeprefix("round:"),
            procedure=Procedure(row.procedure),
            name=row.name or "",
            entry_year=row.entry_year or "",
            deadline=row.deadline or "",
            required_sign_offs=tuple(filter(None, (row.required_sign_offs or "").split(","))),
            proxy_allowed=row.proxy_allowed == "yes",
            open=row.state == "open",
            asks_verdicts=row.asks_verdicts == "yes",
        )
        for row in rows
        if row.procedure
    )


def round_by_id(connection: Connection, round_id: str) -> Round:
    """Return one round.

    Raises:
        NotFound: this store does not know it.
    """
    for found in rounds(connection):
        if found.id == round_id:
            return found
    raise NotFound(f"没有批次“{round_id}”。", "请先收取教务处学籍科下发的名单，或先建立批次。")


def classes(connection: Connection, *, office: str = "") -> tuple[ClassGroup, ...]:
    """Return the classes, of one office or of all, by college and name."""
    query = (
        select(ClassGroupRow.__table__, ClassStaffRow.class_teacher)
        .outerjoin(ClassStaffRow, ClassStaffRow.subject == ClassGroupRow.subject)
        .order_by(ClassGroupRow.office, ClassGroupRow.college_name, ClassGroupRow.name)
    )
    if office:
        query = query.where(ClassGroupRow.office == office)
    return tuple(
        ClassGroup(
            id=row.subject,
            name=row.name or "",
            college_name=row.college_name or "",
            office=row.office or "",
            major_code=row.major_code or "",
            major_name=row.major_name or "",
            entry_year=row.entry_year or "",
            class_teacher=row.class_teacher or "",
        )
        for row in connection.execute(query)
    )


def class_by_id(connection: Connection, class_id: str) -> ClassGroup:
    """Return one class.

    Raises:
        NotFound: this store does not know it.
    """
    for found in classes(connection):
        if found.id == class_id:
            return found
    raise NotFound("没有这个班级。", "请先收取教务处学籍科下发的名单。")


def class_sizes(connection: Connection, class_ids: Collection[str]) -> dict[str, int]:
    """Return how many students are placed in each class."""
    sizes: dict[str, int] = {}
    for chunk in chunks(class_ids):
        query = (
            select(PlacementRow.class_id, func.count())
            .where(PlacementRow.class_id.in_(chunk))
            .group_by(PlacementRow.class_id)
        )
        sizes.update((class_id or "", count) for class_id, count in connection.execute(query))
    return sizes
