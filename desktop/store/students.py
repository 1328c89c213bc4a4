"""Named queries about students. They return records."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.key_claims import KEY_FIELDS
from desktop.domain.papers import SheetRow
from desktop.domain.students import IDENTITY_FIELDS, Identity
from desktop.models.school import ClassGroupRow
from desktop.models.student import IdentityRow, PlacementRow, RosterRow
from desktop.store.links import among, chunks

_IDENTITY = [getattr(IdentityRow, name) for name in IDENTITY_FIELDS]
# where it is not agreed upon whether somebody is listed, they are shown, and the conflict with them
LISTED = (RosterRow.listed == "yes") | (RosterRow.conflicts != "")


@dataclass(frozen=True, slots=True)
class Student:
    """A student with class, as listed in one round."""

    subject: str
    class_id: str
    identity: Identity


def listed_students(
    connection: Connection, round_id: str, class_ids: Collection[str] | None = None
) -> list[Student]:
    """Return the students on a round's roster, of some classes or all, in class order."""
    found: list[Student] = []
    if class_ids is None:
        found.extend(_students(connection, _listed(round_id)))
    else:
        query = select(PlacementRow.subject, PlacementRow.class_id, *_IDENTITY).outerjoin(
            IdentityRow, IdentityRow.subject == PlacementRow.subject
        )
        for chunk in chunks(class_ids):
            members = PlacementRow.class_id.in_(chunk)
            listed = on_roster(PlacementRow.subject, round_id)
            found.extend(_students(connection, query.where(members, listed)))
    return in_class_order(connection, found)


def _listed(round_id: str) -> Select[Any]:
    """Return the query from the roster outward: who is on it stays, whatever became of the data."""
    return (
        select(RosterRow.subject, PlacementRow.class_id, *_IDENTITY)
        .outerjoin(IdentityRow, IdentityRow.subject == RosterRow.subject)
        .outerjoin(PlacementRow, PlacementRow.subject == RosterRow.subject)
        .where(RosterRow.round == round_id, LISTED)
    )


def listed_among(connection: Connection, round_id: str, subjects: Collection[str]) -> list[Student]:
    """Return those of some students who are on a round's roster, in class order."""
    query = _listed(round_id).where(among(RosterRow.subject, subjects))
    return in_class_order(connection, _students(connection, query))


def listed_places(connection: Connection, round_id: str) -> list[tuple[str, str]]:
    """Return every student of a round's roster with the class that holds them, "" for none."""
    query = (
        select(RosterRow.subject, PlacementRow.class_id)
        .outerjoin(PlacementRow, PlacementRow.subject == RosterRow.subject)
        .where(RosterRow.round == round_id, LISTED)
    )
    return [(subject, class_id or "") for subject, class_id in connection.execute(query)]


def on_roster(subject: InstrumentedAttribute[str], round_id: str) -> ColumnElement[bool]:
    """Return the condition that a student is listed in a round, for a query that names few.

    As a join, SQLite would begin with everybody on the roster even where one class is asked for.
    """
    return exists().where(RosterRow.subject == subject, RosterRow.round == round_id, LISTED)


def count_students(connection: Connection) -> int:
    """Return how many students are known, whatever their rounds."""
    return connection.execute(select(func.count()).select_from(IdentityRow)).scalar_one()


def every_student(connection: Connection) -> list[Student]:
    """Return every student whom the store knows, on a roster or not, in class order."""
    query = select(IdentityRow.subject, PlacementRow.class_id, *_IDENTITY).outerjoin(
        PlacementRow, PlacementRow.subject == IdentityRow.subject
    )
    return in_class_order(connection, _students(connection, query))


def students_by_subject(connection: Connection, subjects: Collection[str]) -> dict[str, Student]:
    """Return students by their subject, also those on no roster."""
    query = select(IdentityRow.subject, PlacementRow.class_id, *_IDENTITY).outerjoin(
        PlacementRow, PlacementRow.subject == IdentityRow.subject
    )
    query = query.where(among(IdentityRow.subject, subjects))
    return {student.subject: student for student in _students(connection, query)}


def find_by_number(connection: Connection, numbers: Iterable[str]) -> list[Student]:
    """Return the students who have one of these numbers as 考生号, 学号 or ID number."""
    wanted = [number for number in numbers if number]
    found: dict[str, Student] = {}
    query = select(IdentityRow.subject, PlacementRow.class_id, *_IDENTITY).outerjoin(
        PlacementRow, PlacementRow.subject == IdentityRow.subject
    )
    for name in KEY_FIELDS:
        column = getattr(IdentityRow, name)
        for student in _students(connection, query.where(column.in_(wanted))):
            found[student.subject] = student
    return list(found.values())


def key_owners(connection: Connection) -> dict[tuple[str, str], str]:
    """Return who has which 考生号, 学号 and ID number: ``(field, number)`` to subject."""
    query = select(IdentityRow.subject, *[getattr(IdentityRow, name) for name in KEY_FIELDS])
    owners: dict[tuple[str, str], str] = {}
    for subject, *numbers in connection.execute(query):
        for name, number in zip(KEY_FIELDS, numbers, strict=True):
            if number:
                owners[name, number] = subject
    return owners


def sheet_row(student: Student, number: int) -> SheetRow:
    """Return the row that a sheet prints for a student."""
    identity = student.identity
    return SheetRow(
        student=student.subject,
        number=number,
        student_number=identity.student_number,
        name=identity.name,
        sex=identity.sex,
        id_number=identity.id_number,
        major=identity.major_name,
    )


def in_class_order(connection: Connection, students: Iterable[Student]) -> list[Student]:
    """Sort by class as ``school.classes`` lists them, then by 学号, 考生号 and subject.

    Who is in no class, or in one that nothing is known of, stands last.
    """
    found = list(students)
    places: dict[str, int] = {}
    if len({student.class_id for student in found}) > 1:
        group = ClassGroupRow
        order = (group.office, group.college_name, group.name, group.subject)
        listed = connection.execute(select(group.subject).order_by(*order)).scalars()
        places = {class_id: place for place, class_id in enumerate(listed)}

    def key(student: Student) -> tuple[int, str, str, str, str]:
        identity, class_id = student.identity, student.class_id
        place = places.get(class_id, len(places))
        return (place, class_id, identity.student_number, identity.exam_number, student.subject)

    return sorted(found, key=key)


def _students(connection: Connection, query: Select[Any]) -> Iterable[Student]:
    """Yield the students of a query; what many have alike, such as a major, is kept once."""
    known: dict[str, str] = {}
    for subject, class_id, *values in connection.execute(query):
        texts = [known.setdefault(value, value) if value else "" for value in values]
        yield Student(subject, known.setdefault(class_id or "", class_id or ""), Identity(*texts))
