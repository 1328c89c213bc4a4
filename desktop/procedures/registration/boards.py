"""Boards of procedure three: how far every class is, and what has arrived from every college."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.exchange import IncomingBundle
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup
from desktop.domain.student_registration import OUTCOME_TITLES
from desktop.procedures.registration.student_registration import Judged, judged_once
from desktop.procedures.session import Reader
from desktop.store import exchange, school
from desktop.store.progress import ClassSteps, outcomes_by_number, printed_students, steps_of_round
from desktop.store.store import UnitOfWork

# Students whom no class holds: without placement, or two offices place them in two classes.
NO_CLASS = ClassGroup("", "未分班", "未分院部", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """How far one class is, and what is still missing, in sentences.

    ``ready`` counts the students whose outcome the rule allows now; None while nobody has worked
    it out, and then ``missing`` is empty, too: counting is quick, judging everybody is not.
    """

    group: ClassGroup
    students: int
    printed: int
    recorded: int
    ready: int | None
    issued: int
    missing: tuple[str, ...]

    @property
    def settled(self) -> int:
        """How many students have an outcome, or could be given one now."""
        return max(self.ready or 0, self.issued)


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


@dataclass(frozen=True, slots=True)
class CameFrom:
    """The bundles of one round that came from an office, and the numbers that did not."""

    numbers: tuple[int, ...]
    not_received: tuple[int, ...]
    last_arrival: str


def bundles_from(arrived: Iterable[IncomingBundle], office: str, round_id: str) -> CameFrom:
    """Return what came from an office, of all the bundles that ever arrived."""
    ever = [bundle for bundle in arrived if bundle.from_office == office]
    mine = [bundle for bundle in ever if bundle.round == round_id]
    by_seat: dict[str, set[int]] = {}
    for bundle in ever:  # a seat counts its bundles through all rounds
        by_seat.setdefault(bundle.from_seat, set()).add(bundle.number)
    gaps = {n for came in by_seat.values() for n in set(range(1, max(came))) - came}
    return CameFrom(
        tuple(sorted(bundle.number for bundle in mine)),
        tuple(sorted(gaps)),
        max((bundle.merged_at for bundle in mine), default=""),
    )


def class_progress(
    session: Reader,
    round_id: str,
    class_ids: Collection[str] | None = None,
    *,
    judged: bool = True,
) -> list[ClassProgress]:
    """Return for each class how far it is and what is still missing.

    Asked for all classes, students who are in none come last, in a class ``NO_CLASS``: so the
    numbers add up to the roster.

    Args:
        session: of any office, or its reader.
        round_id: the round.
        class_ids: the classes; None for all.
        judged: false to count only, which is done at once for any number of students.
    """
    with session.unit_of_work() as unit:
        if class_ids is None:
            return list(_progress_once(session, unit, round_id, judged=judged))
        return _class_progress(session, unit, round_id, class_ids, judged=judged)


def _progress_once(
    session: Reader, unit: UnitOfWork, round_id: str, *, judged: bool
) -> Sequence[ClassProgress]:
    """Return how far all classes are, worked out once until something is saved."""
    return session.store.worked_out(
        ("progress", round_id, judged),
        lambda: tuple(_class_progress(session, unit, round_id, None, judged=judged)),
    )


def _class_progress(
    session: Reader,
    unit: UnitOfWork,
    round_id: str,
    class_ids: Collection[str] | None,
    *,
    judged: bool,
) -> list[ClassProgress]:
    connection = unit.connection
    groups = [
        group for group in school.classes(connection) if class_ids is None or group.id in class_ids
    ]
    known = {group.id for group in groups}
    members: dict[str, ClassSteps] = {}
    for class_id, steps in steps_of_round(connection, round_id).items():
        if class_ids is None or class_id in known:
            place = class_id if class_id in known else NO_CLASS.id
            members[place] = members[place] + steps if place in members else steps
    verdicts = None
    if judged:
        everybody = judged_once(session, unit, round_id, class_ids)
        verdicts = {one.student.subject: one for one in everybody}
    printed = printed_students(connection, round_id)
    return [
        ClassProgress(
            group=group,
            students=len(mine.students),
            printed=sum(student in printed for student in mine.students),
            recorded=mine.recorded,
            ready=_ready(mine.students, verdicts),
            issued=mine.issued,
            missing=_missing_sentences(mine.students, verdicts),
        )
        for group in (*groups, NO_CLASS)
        if (mine := members.get(group.id))
    ]


Verdicts = dict[str, Judged]


def _ready(students: Sequence[str], verdicts: Verdicts | None) -> int | None:
    if verdicts is None:
        return None
    return sum(verdicts[student].verdict.outcome is not None for student in students)


def _missing_sentences(students: Sequence[str], verdicts: Verdicts | None) -> tuple[str, ...]:
    """Return what keeps students of a class waiting, each reason once, with its number."""
    counted: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for judged in [verdicts[student] for student in students] if verdicts else ():
        if judged.issued or judged.verdict.outcome is not None:
            continue
        for reason in judged.verdict.reasons:
            counted[reason.code] += 1
            samples.setdefault(reason.code, reason.sentence)
    return tuple(f"{samples[code]}（{count}人）" for code, count in counted.most_common())


def arrival_board(session: Reader, round_id: str, *, judged: bool = True) -> list[ArrivalLine]:
    """Return for each college what has arrived, what is late and what is incomplete.

    Classes without a college and students without a class stand on a last line of their own.

    Args:
        session: of the registrar.
        round_id: the round.
        judged: false to count only; see ``class_progress``.

    Raises:
        NotAllowed: only the registrar sees all colleges.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        progress = _progress_once(session, unit, round_id, judged=judged)
        arrived = exchange.incoming(unit.connection)
        colleges = [o for o in school.offices(unit.connection) if o.kind is OfficeKind.COLLEGE]
    past = session.today().isoformat() > round_.deadline
    lines = []
    for college in colleges:
        classes = tuple(p for p in progress if p.group.office == college.id)
        came = bundles_from(arrived, college.id, round_id)
        lines.append(
            ArrivalLine(
                office=college.id,
                office_name=college.name,
                classes=classes,
                bundles=came.numbers,
                not_received=came.not_received,
                last_arrival=came.last_arrival,
                late=past and any(p.settled < p.students for p in classes),
            )
        )
    ids = {college.id for college in colleges}
    if rest := tuple(p for p in progress if p.group.office not in ids):
        late = past and any(p.settled < p.students for p in rest)
        lines.append(ArrivalLine("", NO_CLASS.college_name, rest, (), (), "", late))
    return lines


def outcome_counts(session: Reader, round_id: str) -> dict[str, int]:
    """Return how many students have each outcome, and how many are held back."""
    counts = {str(outcome): 0 for outcome in OUTCOME_TITLES}
    counts["held_back"] = 0
    with session.unit_of_work() as unit:
        found = session.store.worked_out(
            ("outcomes", round_id), lambda: outcomes_by_number(unit.connection, round_id)
        )
    for outcome, number in found.items():
        counts[str(outcome) if outcome else "held_back"] = number
    return counts
