"""Boards of procedure three: how far every class is, and what has arrived from every college."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup
from desktop.domain.student_registration import OUTCOME_TITLES
from desktop.procedures.session import Session
from desktop.procedures.student_registration import Judged, judged_students
from desktop.store import exchange, registration, school
from desktop.store.store import UnitOfWork

# Students whom no class holds: without placement, or two offices place them in two classes.
NO_CLASS = ClassGroup("", "未分班", "未分院部", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """How far one class is, and what is still missing, in sentences."""

    group: ClassGroup
    students: int
    printed: int
    recorded: int
    ready: int
    issued: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """What has arrived from one office: its classes, its bundles, the numbers not received.

    ``office`` is "" on the line of the classes and students that no college has yet.
    """

    office: str
    office_name: str
    classes: tuple[ClassProgress, ...]
    bundles: tuple[int, ...]
    not_received: tuple[int, ...]
    last_arrival: str
    late: bool


def class_progress(
    session: Session, round_id: str, class_ids: Collection[str] | None = None
) -> list[ClassProgress]:
    """Return for each class how far it is and what is still missing.

    Asked for all classes, students who are in none come last, in a class ``NO_CLASS``: so the
    numbers add up to the roster.
    """
    with session.unit_of_work() as unit:
        return _class_progress(unit, round_id, class_ids)


def _class_progress(
    unit: UnitOfWork, round_id: str, class_ids: Collection[str] | None
) -> list[ClassProgress]:
    groups = [
        group
        for group in school.classes(unit.connection)
        if class_ids is None or group.id in class_ids
    ]
    known = {group.id for group in groups}
    by_class: dict[str, list[Judged]] = {}
    for judged in judged_students(unit, round_id, class_ids):
        class_id = judged.student.class_id
        by_class.setdefault(class_id if class_id in known else NO_CLASS.id, []).append(judged)
    marks = registration.texts_of_round(unit.connection, "signature", round_id)
    places = registration.texts_of_round(unit.connection, "place_report", round_id)
    printed = {
        row.student
        for sheet in registration.sheets_of_round(unit.connection, round_id).values()
        for row in sheet.rows
    }
    progress = []
    for group in (*groups, NO_CLASS):
        members = by_class.get(group.id, [])
        if not members:
            continue
        subjects = [judged.student.subject for judged in members]
        progress.append(
            ClassProgress(
                group=group,
                students=len(members),
                printed=sum(subject in printed for subject in subjects),
                recorded=sum(subject in marks or subject in places for subject in subjects),
                ready=sum(judged.verdict.outcome is not None for judged in members),
                issued=sum(judged.issued is not None for judged in members),
                missing=_missing_sentences(members),
            )
        )
    return progress


def _missing_sentences(members: list[Judged]) -> tuple[str, ...]:
    """Return what keeps students of a class waiting, each reason once, with its number."""
    counted: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for judged in members:
        if judged.issued or judged.verdict.outcome is not None:
            continue
        for reason in judged.verdict.reasons:
            counted[reason.code] += 1
            samples.setdefault(reason.code, reason.sentence)
    return tuple(f"{samples[code]}（{count}人）" for code, count in counted.most_common())


def arrival_board(session: Session, round_id: str) -> list[ArrivalLine]:
    """Return for each college what has arrived, what is late and what is incomplete.

    Classes without a college and students without a class stand on a last line of their own.

    Raises:
        NotAllowed: only the registrar sees all colleges.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        progress = _class_progress(unit, round_id, None)
        arrived = exchange.incoming(unit.connection)
        colleges = [o for o in school.offices(unit.connection) if o.kind is OfficeKind.COLLEGE]
    past = session.today().isoformat() > round_.deadline
    lines = []
    for college in colleges:
        classes = tuple(p for p in progress if p.group.office == college.id)
        ever = [bundle for bundle in arrived if bundle.from_office == college.id]
        mine = [bundle for bundle in ever if bundle.round == round_id]
        by_seat: dict[str, set[int]] = {}
        for bundle in ever:  # a seat counts its bundles through all rounds
            by_seat.setdefault(bundle.from_seat, set()).add(bundle.number)
        gaps = {n for came in by_seat.values() for n in set(range(1, max(came))) - came}
        lines.append(
            ArrivalLine(
                office=college.id,
                office_name=college.name,
                classes=classes,
                bundles=tuple(sorted(bundle.number for bundle in mine)),
                not_received=tuple(sorted(gaps)),
                last_arrival=max((bundle.merged_at for bundle in mine), default=""),
                late=past and any(p.ready < p.students for p in classes),
            )
        )
    ids = {college.id for college in colleges}
    if rest := tuple(p for p in progress if p.group.office not in ids):
        late = past and any(p.ready < p.students for p in rest)
        lines.append(ArrivalLine("", NO_CLASS.college_name, rest, (), (), "", late))
    return lines


def outcome_counts(session: Session, round_id: str) -> dict[str, int]:
    """Return how many students have each outcome, and how many are held back."""
    with session.unit_of_work() as unit:
        judged = judged_students(unit, round_id)
    counts = {str(outcome): 0 for outcome in OUTCOME_TITLES}
    counts["held_back"] = 0
    for one in judged:
        counts[str(one.issued.outcome) if one.issued else "held_back"] += 1
    return counts
