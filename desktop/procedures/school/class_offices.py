"""Which office has the classes of a college, as the admission data name it.

Classes are given by name where the names are the same, also when the college joins after its
roster came; where they are not, a person gives them. Whoever had classes before may still speak
about their students (ADR 4): a class changes hands, what was said about it does not.
"""

from collections import defaultdict
from dataclasses import dataclass

from desktop.domain.offices import Office, OfficeKind
from desktop.domain.rounds import ClassGroup
from desktop.domain.statements import Key
from desktop.errors import DecisionStale, NotFound
from desktop.procedures.session import Session
from desktop.store import school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork

_BY_NAME = "院部名称与部门名称一致，自动分配"
_BY_HAND = "手工分配"


@dataclass(frozen=True, slots=True)
class CollegeClasses:
    """The classes of one college name that one office has, or nobody.

    Attributes:
        name: the college as the admission data name it.
        classes: the names of the classes.
        students: how many students are placed in them.
        office: who has them, "" while nobody does.
        office_name: of that office, "" while nobody has them.
    """

    name: str
    classes: tuple[str, ...]
    students: int
    office: str = ""
    office_name: str = ""


@dataclass(frozen=True, slots=True)
class ClassDesk:
    """All classes by college and office, those that nobody has first; who can be given them."""

    colleges: tuple[CollegeClasses, ...]
    offices: tuple[Office, ...]

    @property
    def loose(self) -> tuple[CollegeClasses, ...]:
        """The classes that nobody has."""
        return tuple(college for college in self.colleges if not college.office)


def class_desk(session: Session) -> ClassDesk:
    """Return who has which classes.

    Raises:
        NotAllowed: only the registrar and admissions see all colleges.
    """
    session.require(OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS)
    with session.unit_of_work() as unit:
        return _desk(unit)


def loose_classes(unit: UnitOfWork, college_name: str) -> list[ClassGroup]:
    """Return the classes of a college that nobody has, within a transaction."""
    return [
        group
        for group in school.classes(unit.connection)
        if group.college_name == college_name and not group.office
    ]


def give_namesakes(unit: UnitOfWork, office: Office) -> int:
    """Say, within a transaction, that a college has the classes that are called as it is.

    Classes that somebody has already stay where they are. Returns how many it was given.
    """
    if office.kind is not OfficeKind.COLLEGE:
        return 0
    found = loose_classes(unit, office.name)
    _give(unit, found, office.id, _BY_NAME)
    return len(found)


def give_classes(session: Session, shown: CollegeClasses, office: str) -> int:
    """Give classes to a college by hand, exactly those that were shown; return how many.

    Raises:
        NotAllowed: only the registrar and admissions do.
        NotFound: there is no such college.
        DecisionStale: the classes are no longer those that were shown.
    """
    session.require(OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS)
    with session.unit_of_work() as unit:
        known = {o.id for o in school.offices(unit.connection) if o.kind is OfficeKind.COLLEGE}
        if office not in known:
            raise NotFound(f"没有编号为“{office}”的院部。", "请先批复该院部加入。")
        found = [
            group
            for group in school.classes(unit.connection)
            if (group.college_name, group.office) == (shown.name, shown.office)
        ]
        if tuple(group.name for group in found) != shown.classes:
            raise DecisionStale(
                f"“{shown.name}”的班级已经有变动，没有分配。", "请重新打开，看清楚以后再分配。"
            )
        _give(unit, found, office, _BY_HAND)
        unit.commit()
    return len(found)


def offices_by_college(unit: UnitOfWork) -> dict[str, str]:
    """Return the office of each college name: of the same name, or who was given its classes."""
    named = {
        office.name: office.id
        for office in school.offices(unit.connection)
        if office.kind is OfficeKind.COLLEGE
    }
    given = {g.college_name: g.office for g in school.classes(unit.connection) if g.office}
    return named | given


def _give(unit: UnitOfWork, groups: list[ClassGroup], office: str, reason: str) -> None:
    unit.journal.state_all(
        Draft(Key(group.id, "class_group", ""), {"office": office}, reason=reason)
        for group in groups
    )


def _desk(unit: UnitOfWork) -> ClassDesk:
    offices = tuple(o for o in school.offices(unit.connection) if o.kind is OfficeKind.COLLEGE)
    names = {office.id: office.name for office in offices}
    held: dict[tuple[str, str], list[ClassGroup]] = defaultdict(list)
    for group in school.classes(unit.connection):
        held[group.office, group.college_name].append(group)
    sizes = school.class_sizes(unit.connection, [g.id for found in held.values() for g in found])
    return ClassDesk(
        tuple(
            CollegeClasses(
                name,
                tuple(group.name for group in groups),
                sum(sizes.get(group.id, 0) for group in groups),
                office,
                names.get(office, office),
            )
            for (office, name), groups in sorted(held.items())
        ),
        offices,
    )
