"""The rows of a roster against what is known: what they would say, and which can not come in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, itemgetter
from typing import Final, TypeVar

from desktop.domain.import_problems import ImportProblem, RosterFile, RosterRow, Severity
from desktop.domain.key_claims import KEY_FIELDS, Claim, Clash, all_free, find_clashes
from desktop.domain.mends import Place
from desktop.domain.statements import Key, Values
from desktop.domain.students import (
    FIELD_TITLES,
    IDENTITY_FIELDS,
    Identity,
    class_subject,
    first_number,
    student_subject,
)
from desktop.procedures.school.class_offices import offices_by_college
from desktop.procedures.session import Session
from desktop.store import registration, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, key_owners, listed_places, students_by_subject

NOBODY: Final[Mapping[Place, str]] = {}
"""No row was let in by a person."""
_T = TypeVar("_T")
# as fast as tuples, where the classes' own makers take three times as long
_KEY: Final = partial(tuple.__new__, Key)
_DRAFT: Final = partial(tuple.__new__, Draft)


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """A value of a known student that the file has otherwise."""

    student: str
    name: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RosterImport:
    """What an import did, or would do.

    ``missing`` are students on the roster who are not in the file: a question, never a deletion.
    ``kept`` are values that the file has otherwise but that a person has corrected: they stay.
    """

    file: RosterFile
    new: tuple[str, ...]
    changed: tuple[IdentityChange, ...]
    same: int
    kept: tuple[IdentityChange, ...]
    missing: tuple[str, ...]
    problems: tuple[ImportProblem, ...]
    held_back: tuple[RosterRow, ...]


class Comparing:
    """Rows of a file against the store, which is looked at in the beginning and not again."""

    def __init__(
        self,
        session: Session,
        unit: UnitOfWork,
        round_id: str,
        year: str,
        reason: str = "",
        let_in: Mapping[Place, str] = NOBODY,
    ) -> None:
        connection = unit.connection
        self._school_code = session.home.school_code
        self._round = round_id
        self._year = year
        self._source = self._reason = reason
        self._let_in = let_in
        self._owners = key_owners(connection)
        self._listed = {subject for subject, _ in listed_places(connection, round_id)}
        self._known = students_by_subject(connection, set(self._owners.values()))
        self._classes = {group.id for group in school.classes(connection)}
        self._offices = offices_by_college(unit)
        self._corrected = {
            (correction.student, correction.field)
            for correction in registration.corrections(connection)
            if correction.decision == "accepted"
        }
        self._moved = {
            addition.student
            for addition in registration.additions(connection)
            if addition.decision == "accepted"
        }
        self._seen: set[str] = set()
        self._at = 0  # the row that is looked at, by its place in the file
        self._new: list[tuple[int, str]] = []
        self._changed: list[tuple[int, IdentityChange]] = []
        self._kept: list[tuple[int, IdentityChange]] = []
        self._same = 0
        self._refused: list[tuple[int, RosterRow]] = []
        self._problems: list[tuple[int, ImportProblem]] = []

    def drafts(self, file: RosterFile) -> Iterator[Draft]:
        """Compare a file's rows, and yield what is to be said about each.

        It is said in the order of the students' ids, in which the store keeps them: in another
        order, a list of two hundred thousand would write to all its pages again and again.
        """
        rows, subjects = file.rows, [self._subject(row.identity) for row in file.rows]
        clashes = self._clashes(rows, subjects)
        # of two rows of one student the upper one still comes first
        for self._at in sorted(range(len(rows)), key=subjects.__getitem__):
            row, subject = rows[self._at], subjects[self._at]
            if problem := self._problem(row, subject, clashes.get(self._at)):
                self._problems.append((self._at, problem))
                self._refused.append((self._at, row))
            else:
                yield from self._taken(row, subject)

    def result(self, file: RosterFile) -> RosterImport:
        """Return what comparing found, row by row; all drafts must have been taken."""
        return RosterImport(
            file=file,
            new=_in_file_order(self._new),
            changed=_in_file_order(self._changed),
            same=self._same,
            kept=_in_file_order(self._kept),
            missing=tuple(sorted(self._listed - self._seen)) if file.file_name else (),
            problems=(*file.problems, *_in_file_order(self._problems)),
            held_back=(*file.held_back, *_in_file_order(self._refused)),
        )

    def _subject(self, identity: Identity) -> str:
        """Return the student of a row: known by its first number, or met for the first time."""
        first = first_number(identity)
        if not first[1]:
            return ""
        return self._owners.get(first) or student_subject(self._school_code, identity, self._known)

    def _clashes(self, rows: Sequence[RosterRow], subjects: Sequence[str]) -> dict[int, Clash]:
        """Return the rows that claim somebody else's number, by their place."""
        identities = [row.identity for row in rows]
        numbers = {field: list(map(attrgetter(field), identities)) for field in KEY_FIELDS}
        if all_free(subjects, numbers, self._owners):
            return {}
        claims = [self._claim(row, subject) for row, subject in zip(rows, subjects, strict=True)]
        return find_clashes(claims, self._owners)

    def _claim(self, row: RosterRow, subject: str) -> Claim:
        """Return the numbers that a row claims; what a person has corrected it does not touch."""
        numbers = {field: getattr(row.identity, field) for field in KEY_FIELDS}
        return Claim(
            subject,
            {f: n for f, n in numbers.items() if n and (subject, f) not in self._corrected},
        )

    def _problem(self, row: RosterRow, subject: str, clash: Clash | None) -> ImportProblem | None:
        """Return why a row can not come in: its student came already, or it claims a number."""
        if not subject:
            message = "这一行没有考生号、身份证号或学号，无法认定是哪名学生，请补全。"
            return ImportProblem(
                row.sheet, row.row, "考生号", "", "required-missing", Severity.ERROR, message
            )
        if clash is None and subject not in self._seen:
            return None
        if clash is None:
            title, number, code = "考生号", row.identity.exam_number, "duplicate-key"
            message = f"考生号 {number} 在这一批里出现了两次，请核对是否为两名学生。"
        elif other := self._known.get(clash.owner):
            title, number, code = FIELD_TITLES[clash.field], clash.number, "duplicate-in-store"
            message = f"{title} {number} 已属于{other.identity.name}，请核对两人的材料。"
        else:
            title, number, code = FIELD_TITLES[clash.field], clash.number, "duplicate-key"
            message = f"{title} {number} 在这一批里属于两名学生，请核对两人的材料。"
        return ImportProblem(row.sheet, row.row, title, number, code, Severity.ERROR, message)

    def _taken(self, row: RosterRow, subject: str) -> list[Draft]:
        """Return what a good row adds to what is known."""
        self._seen.add(subject)
        sheet, number, identity, college, class_name = row
        why = self._let_in.get((sheet, number), "")
        self._reason = f"{self._source}；{why}" if why else self._source
        class_id = class_subject(self._school_code, college, class_name, self._year)
        drafts = [] if class_id in self._classes else [self._new_class(row, class_id)]
        known = self._known.get(subject)
        values = self._changes(identity, known) if known else _filled(identity)
        placed = self._places(known, class_id)
        if values:
            drafts.append(self._said(subject, "identity", "", values))
        if placed:
            drafts.append(self._said(subject, "placement", "", {"class_id": class_id}))
        if subject not in self._listed:
            self._new.append((self._at, subject))
            drafts.append(self._said(subject, "roster", self._round, {"listed": "yes"}))
        elif not (values or placed):
            self._same += 1
        return drafts

    def _places(self, known: Student | None, class_id: str) -> bool:
        """Tell whether the file puts a student into a class; not where a person has done so."""
        if known is None or not known.class_id:
            return True
        if known.class_id == class_id:
            return False
        change = IdentityChange(
            known.subject, known.identity.name, "class_id", known.class_id, class_id
        )
        moved = known.subject in self._moved
        (self._kept if moved else self._changed).append((self._at, change))
        return not moved

    def _changes(self, identity: Identity, known: Student) -> dict[str, str | None]:
        """Return the identity values that are new; those that a person corrected stay."""
        values: dict[str, str | None] = {}
        for field, new, old in zip(IDENTITY_FIELDS, identity, known.identity, strict=True):
            if not new or new == old:
                continue
            change = IdentityChange(known.subject, known.identity.name, field, old, new)
            if (known.subject, field) in self._corrected:
                self._kept.append((self._at, change))
                continue
            self._changed.append((self._at, change))
            values[field] = new
        return values

    def _new_class(self, row: RosterRow, class_id: str) -> Draft:
        """Return what is said about a class that was not known."""
        self._classes.add(class_id)
        values: dict[str, str | None] = {
            "name": row.class_name,
            "college_name": row.college,
            "major_code": row.identity.major_code or None,
            "major_name": row.identity.major_name or None,
            "entry_year": self._year,
        }
        if office := self._offices.get(row.college):
            values["office"] = office
        return self._said(class_id, "class_group", "", values)

    def _said(self, subject: str, aspect: str, round_id: str, values: Values) -> Draft:
        return _DRAFT((_KEY((subject, aspect, round_id)), values, self._reason, ()))


def _filled(identity: Identity) -> dict[str, str | None]:
    """Return the values of a student who is met for the first time."""
    return {field: text for field, text in zip(IDENTITY_FIELDS, identity, strict=True) if text}


def _in_file_order(found: list[tuple[int, _T]]) -> tuple[_T, ...]:
    """Return what was found about rows in their order in the file."""
    return tuple(one for _, one in sorted(found, key=itemgetter(0)))
