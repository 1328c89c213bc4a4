"""Bringing the roster of a round in: what is new, changed, the same, held back, missing.

Importing again is harmless: what is the same says nothing, and what people corrected stays.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Final

from desktop.domain.documents import ImportRecord
from desktop.domain.import_problems import ImportProblem, RosterFile, RosterRow, Severity
from desktop.domain.key_claims import KEY_FIELDS, Claim, Clash, all_free, find_clashes
from desktop.domain.mends import Place
from desktop.domain.rounds import LEADERS, Round
from desktop.domain.statements import Key, Values
from desktop.domain.students import (
    FIELD_TITLES,
    IDENTITY_FIELDS,
    Identity,
    class_subject,
    first_number,
    student_subject,
)
from desktop.garbage import garbage_left_alone
from desktop.interchange.rosters import read_roster
from desktop.procedures.imports.admissible_rows import require_admissible, require_own_numbers
from desktop.procedures.imports.held_rows import held_rows_of_file
from desktop.procedures.rounds import require_leading, require_open
from desktop.procedures.school.class_offices import offices_by_college
from desktop.procedures.session import Progress, Session, no_progress
from desktop.procedures.typed_texts import stated_reason
from desktop.store import documents, registration, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, key_owners, listed_places, students_by_subject

NOBODY: Final[Mapping[Place, str]] = {}
"""No row was let in by a person."""
# as fast as tuples, where the classes' own makers take three times as long
_KEY: Final = partial(tuple.__new__, Key)
_DRAFT: Final = partial(tuple.__new__, Draft)
_VALUES: Final[Callable[[Identity], tuple[str, ...]]] = attrgetter(*IDENTITY_FIELDS)


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


def import_roster(
    session: Session,
    round_id: str,
    path: Path,
    progress: Progress = no_progress,
    *,
    dry_run: bool = False,
) -> RosterImport:
    """Bring a roster file into a round; problem rows are held back and listed.

    Args:
        session: of the office that leads the round.
        round_id: an open round.
        path: the file.
        progress: called while reading.
        dry_run: true to see what would happen, changing nothing.

    Raises:
        InterchangeError: the file can not be read, or is no roster.
        NotAllowed, RoundNotOpen, Cancelled: nothing was changed.
    """
    session.require(*LEADERS.values())
    with garbage_left_alone():
        file = read_roster(path, progress)
        return _bring_in(session, round_id, file, dry_run=dry_run)


def admit_rows(
    session: Session,
    round_id: str,
    rows: Sequence[RosterRow],
    reason: str,
    *,
    source: str = "",
) -> RosterImport:
    """Let rows in that were held back, as they are or as a person has mended them.

    They are checked as a file is: an error keeps all of them out, questions are let in with the
    reason. A row that claims somebody else's number stays out, and is told with the result.

    Args:
        session: of the registrar.
        round_id: an open round.
        rows: the rows; each keeps the sheet and row number that it has in the file.
        reason: why they may come in.
        source: the SHA-256 of the file that they come from, empty for rows typed by hand.

    Raises:
        Incomplete: no reason is given.
        RowNotAdmissible: an error is left in a row, or its number is that of somebody else who
            is on the roster.
    """
    todo = "请填写原因，例如“已与招生工作处核对”。"
    reason = stated_reason(reason, "放行有疑问的行要写明原因。", todo)
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        require_leading(session, round_.procedure)
        held = held_rows_of_file(unit, round_id, source)
        right = require_admissible(rows, held)
        require_own_numbers(unit, round_id, right, held)
        result = take_in(session, unit, round_, RosterFile("", source, right, (), ()), reason)
        unit.commit()
    return result


def compare_roster(
    session: Session, unit: UnitOfWork, round_id: str, entry_year: str, file: RosterFile
) -> RosterImport:
    """Return what a file would do to a round ("" for one that is not open yet); say nothing."""
    comparing = _Comparing(session, unit, round_id, entry_year)
    for _ in comparing.drafts(file):
        pass
    return comparing.result(file)


def take_in(
    session: Session,
    unit: UnitOfWork,
    round_: Round,
    file: RosterFile,
    reason: str = "",
    let_in: Mapping[Place, str] = NOBODY,
) -> RosterImport:
    """Say what a file's good rows add, within a transaction, and remember the import.

    ``let_in`` are the reasons of the rows that a person has let in with their questions.
    """
    reason = reason or f"读入名单“{file.file_name}”（{file.sha256[:12]}）"
    comparing = _Comparing(session, unit, round_.id, round_.entry_year, reason, let_in)
    unit.journal.state_many(comparing.drafts(file))
    result = comparing.result(file)
    documents.keep_import(unit.connection, _record(session, round_.id, result))
    return result


def _bring_in(
    session: Session, round_id: str, file: RosterFile, *, dry_run: bool = False
) -> RosterImport:
    """Compare a file's good rows with the store, and say what is new."""
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        require_leading(session, round_.procedure)
        if dry_run:
            return compare_roster(session, unit, round_id, round_.entry_year, file)
        result = take_in(session, unit, round_, file)
        unit.commit()
    return result


class _Comparing:
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
        self._new: list[str] = []
        self._changed: list[IdentityChange] = []
        self._kept: list[IdentityChange] = []
        self._same = 0
        self._refused: list[RosterRow] = []
        self._problems: list[ImportProblem] = []

    def drafts(self, file: RosterFile) -> Iterator[Draft]:
        """Compare a file's rows, and yield what is to be said about each."""
        subjects = [self._subject(row.identity) for row in file.rows]
        clashes = self._clashes(file.rows, subjects)
        for place, (row, subject) in enumerate(zip(file.rows, subjects, strict=True)):
            if problem := self._problem(row, subject, clashes.get(place)):
                self._problems.append(problem)
                self._refused.append(row)
            else:
                yield from self._take(row, subject)

    def result(self, file: RosterFile) -> RosterImport:
        """Return what comparing found; all drafts must have been taken."""
        return RosterImport(
            file=file,
            new=tuple(self._new),
            changed=tuple(self._changed),
            same=self._same,
            kept=tuple(self._kept),
            missing=tuple(sorted(self._listed - self._seen)) if file.file_name else (),
            problems=(*file.problems, *self._problems),
            held_back=(*file.held_back, *self._refused),
        )

    def _subject(self, identity: Identity) -> str:
        """Return the student of a row: known by its first number, or met for the first time."""
        first = first_number(identity)
        if not first[1]:
            return ""
        return self._owners.get(first) or student_subject(self._school_code, identity, self._known)

    def _clashes(self, rows: Sequence[RosterRow], subjects: Sequence[str]) -> dict[int, Clash]:
        """Return the rows that claim somebody else's number, by their place."""
        numbers = {field: [getattr(row.identity, field) for row in rows] for field in KEY_FIELDS}
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

    def _take(self, row: RosterRow, subject: str) -> Iterator[Draft]:
        """Yield what a good row adds to what is known."""
        self._seen.add(subject)
        why = self._let_in.get((row.sheet, row.row), "")
        self._reason = f"{self._source}；{why}" if why else self._source
        class_id = class_subject(self._school_code, row.college, row.class_name, self._year)
        if class_id not in self._classes:
            yield self._new_class(row, class_id)
        said = False  # about the student
        known = self._known.get(subject)
        if values := self._changes(row.identity, known) if known else _filled(row.identity):
            said = True
            yield self._said(subject, "identity", "", values)
        if self._places(known, class_id):
            said = True
            yield self._said(subject, "placement", "", {"class_id": class_id})
        if subject not in self._listed:
            self._new.append(subject)
            yield self._said(subject, "roster", self._round, {"listed": "yes"})
        elif not said:
            self._same += 1

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
        (self._kept if moved else self._changed).append(change)
        return not moved

    def _changes(self, identity: Identity, known: Student) -> dict[str, str | None]:
        """Return the identity values that are new; those that a person corrected stay."""
        values: dict[str, str | None] = {}
        for field, new, old in zip(
            IDENTITY_FIELDS, _VALUES(identity), _VALUES(known.identity), strict=True
        ):
            if not new or new == old:
                continue
            change = IdentityChange(known.subject, known.identity.name, field, old, new)
            if (known.subject, field) in self._corrected:
                self._kept.append(change)
                continue
            self._changed.append(change)
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
    return {
        field: value
        for field, value in zip(IDENTITY_FIELDS, _VALUES(identity), strict=True)
        if value
    }


def _record(session: Session, round_id: str, result: RosterImport) -> ImportRecord:
    """Return the line of the import history."""
    return ImportRecord(
        round=round_id,
        file_name=result.file.file_name,
        sha256=result.file.sha256,
        imported_at=session.now_text(),
        operator=session.operator,
        students=result.file.students,
        new=len(result.new),
        changed=len({change.student for change in result.changed}),
        same=result.same,
        held_back=len(result.held_back),
        problems=_json([asdict(problem) for problem in result.problems]),
        rows_held_back=_json([asdict(row) for row in result.held_back]),
        rows_admitted=_json(_admitted(result)),
    )


def _admitted(result: RosterImport) -> list[tuple[str, int]]:
    """Return the places in the file of rows that a person has let in."""
    if result.file.file_name:
        return []
    refused = {(row.sheet, row.row) for row in result.held_back}
    places = ((row.sheet, row.row) for row in result.file.rows)
    return [place for place in places if place not in refused]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
