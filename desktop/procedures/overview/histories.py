"""The student's page: who the student is, how things stand, and all that was ever said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.duties import DUTIES, Duty
from desktop.domain.histories import Attached, HistoryEntry, Said, evidence_name
from desktop.domain.offices import Office
from desktop.domain.photos import PHOTO_TITLES, PhotoKind
from desktop.domain.rounds import ClassGroup, Round
from desktop.domain.sheets import sheet_number_valid
from desktop.domain.statements import Key
from desktop.domain.student_registration import OUTCOME_TITLES
from desktop.domain.students import Identity
from desktop.domain.wording import (
    ASPECT_TITLES,
    field_title,
    photo_text,
    told,
    value_text,
    year_text,
)
from desktop.errors import NotFound
from desktop.procedures.imports.list_facts import ListFact, list_facts
from desktop.procedures.registration.student_registration import Judged, judged_students
from desktop.procedures.session import Session
from desktop.store import histories, photos, school
from desktop.store.counting import REVOKED, UNDONE, WITHDRAWN, WITHOUT_AUTHORITY
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, students_by_subject

_UNCOUNTED_SENTENCES = {
    WITHDRAWN: "所在的报送包已被撤回，不计入。",
    UNDONE: "所在的读入已被撤销，不计入。",
    REVOKED: "所在席位已被吊销，不计入。",
    WITHOUT_AUTHORITY: "说的不是本院部的学生，不计入。",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a student stands in one round: what was issued, and the verdict now with its reasons."""

    round: Round
    outcome: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """One of the four photos; none where there is none, several while it is disputed which."""

    kind: PhotoKind
    sides: tuple[str, ...]

    @property
    def title(self) -> str:
        """Which photo it is."""
        return PHOTO_TITLES[self.kind]


@dataclass(frozen=True, slots=True)
class StudentPage:
    """Everything that the page of one student shows; ``history`` is the latest first.

    ``judged`` says whether this office is told what verdicts rest on: where it is not, there are
    no standings and no photos, and of the identity only what it needs.
    """

    student: Student
    group: ClassGroup | None
    standings: tuple[Standing, ...]
    history: tuple[HistoryEntry, ...]
    photos: tuple[ShownPhoto, ...]
    facts: tuple[ListFact, ...] = ()
    judged: bool = True


def student_page(session: Session, student: str) -> StudentPage:
    """Return everything about one student that this store knows.

    Raises:
        NotFound: this store does not know the student.
    """
    duty = DUTIES[session.home.seat.office.kind]
    with session.unit_of_work() as unit:
        found = students_by_subject(unit.connection, [student]).get(student)
        if found is None:
            raise NotFound("这里没有这名学生的信息。", "请用姓名、学号或考生号再查一次。")
        groups = {group.id: group for group in school.classes(unit.connection)}
        offices = {office.id: office for office in school.offices(unit.connection)}
        rounds = {round_.id: round_ for round_ in school.rounds(unit.connection)}
        said = histories.said_about(
            unit.connection, histories.subjects_concerning(unit.connection, student)
        )
        evidence = {sha for one in said for sha in one.statement.evidence}
        names = _Names(
            groups=groups,
            offices=offices,
            rounds=rounds,
            files=histories.attachment_names(unit.connection, evidence),
        )
        standings = _standings(unit, found, rounds) if duty.judges else ()
        shown = _photos(unit, student) if duty.judges else ()
        facts = list_facts(unit, student)
    in_sight = _without_idle_fields(_within_sight(said, duty))
    entries = [names.entry(one) for one in _with_what_was(in_sight)]
    return StudentPage(
        _seen(found, duty),
        groups.get(found.class_id),
        standings,
        tuple(reversed(entries)),
        shown,
        facts,
        duty.judges,
    )


def _seen(student: Student, duty: Duty) -> Student:
    """Return a student with what the office needs of the identity."""
    identity = Identity(**{field: getattr(student.identity, field) for field in duty.sees})
    return replace(student, identity=identity)


def _within_sight(said: Iterable[Said], duty: Duty) -> Iterator[Said]:
    """Leave out what the office does not need: statements travel whole (ADR 40)."""
    for one in said:
        values = one.statement.values
        if one.statement.aspect == "identity":
            values = {field: value for field, value in values.items() if field in duty.sees}
        if values:
            yield one._replace(statement=one.statement._replace(values=values))


def _photos(unit: UnitOfWork, student: str) -> tuple[ShownPhoto, ...]:
    """Return the four photos of a student."""
    own = photos.photos_of(unit.connection, [student]).get(student, photos.NO_PHOTOS)
    return tuple(
        ShownPhoto(kind, own.disputed.get(kind, tuple(filter(None, [own.agreed.get(kind)]))))
        for kind in PhotoKind
    )


def _without_idle_fields(said: Iterable[Said]) -> Iterator[Said]:
    """Leave out fields that a statement takes back though nobody had set them: form, not news."""
    was_set: set[tuple[Key, str]] = set()
    for one in said:
        statement = one.statement
        values = {
            field: value
            for field, value in statement.values.items()
            if value is not None or (statement.key, field) in was_set
        }
        was_set.update((statement.key, field) for field in values)
        yield one._replace(statement=statement._replace(values=values))


def _with_what_was(said: Iterable[Said]) -> Iterator[Said]:
    """Add to each statement what its fields said before; what does not count changes nothing."""
    stood: dict[tuple[Key, str], str] = {}
    for one in said:
        statement = one.statement
        before = {
            field: was
            for field, value in statement.values.items()
            if (was := stood.get((statement.key, field), value)) is not None and was != value
        }
        yield one._replace(before=before)
        if not one.uncounted:
            for field, value in statement.values.items():
                stood.pop((statement.key, field), None)
                if value is not None:
                    stood[statement.key, field] = value


def _standings(
    unit: UnitOfWork, student: Student, rounds: dict[str, Round]
) -> tuple[Standing, ...]:
    """Return how a student stands in every round on whose roster they are."""
    standings = []
    for round_ in rounds.values():
        classes = [student.class_id] if student.class_id else None
        for judged in judged_students(unit, round_.id, classes):
            if judged.student.subject == student.subject:
                outcome = OUTCOME_TITLES[judged.issued.outcome] if judged.issued else ""
                standings.append(Standing(round_, outcome, judged))
    return tuple(standings)


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids are called."""

    groups: dict[str, ClassGroup]
    offices: dict[str, Office]
    rounds: dict[str, Round]
    files: dict[str, str]

    def entry(self, said: Said) -> HistoryEntry:
        """Return one statement as the page tells it."""
        statement = said.statement
        office = self.offices.get(said.office)
        round_ = self.rounds.get(statement.round)
        known = {group.id: group.name for group in self.groups.values()}
        number = statement.subject.removeprefix("sheet:")
        title = ASPECT_TITLES[statement.aspect]
        return HistoryEntry(
            at=statement.at[:16].replace("T", " "),
            office=office.name if office else said.office,
            seat=statement.seat,
            operator=statement.operator,
            title=f"{title}（{number}）" if sheet_number_valid(number) else title,
            told=told(statement.aspect, statement.values, known),
            reason=statement.reason,
            evidence=tuple(
                Attached(sha, _evidence_name(sha, place, self.files, statement.aspect))
                for place, sha in enumerate(statement.evidence, start=1)
            ),
            source=_source(said),
            uncounted=_UNCOUNTED_SENTENCES.get(said.uncounted, ""),
            round=round_.name if round_ else year_text(statement.round),
            aspect=statement.aspect,
            before={
                field_title(statement.aspect, field): value_text(
                    statement.aspect, field, was, known
                )
                for field, was in said.before.items()
            },
        )


def _evidence_name(sha256: str, place: int, files: Mapping[str, str], aspect: str) -> str:
    """Return what a piece of evidence is called; a name does not travel with a bundle."""
    if aspect == "photo" and files.get(sha256, sha256) == sha256:
        return photo_text(sha256)
    return evidence_name(sha256, place, files)


def _source(said: Said) -> str:
    """Say how a statement came here."""
    if not said.file_name:
        return "在本席位登记"
    return f"{said.merged_at[:16].replace('T', ' ')} 随报送包“{said.file_name}”收入"


def read_evidence(session: Session, sha256: str) -> bytes:
    """Return the bytes of a piece of evidence.

    Raises:
        AttachmentDamaged: it is gone or altered.
    """
    return session.store.attachments.get(sha256)
