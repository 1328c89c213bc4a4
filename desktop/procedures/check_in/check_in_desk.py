"""What a college sees at check-in: its classes, and of one class everything about each student."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.check_in import ClassStanding, NextAction, class_standing, next_action
from desktop.domain.checklists import ChecklistItem
from desktop.domain.entry_review import Assessment, ReviewFile, face_passes, needs_second
from desktop.domain.offices import OfficeKind
from desktop.domain.photos import PhotoKind
from desktop.domain.review_rules import ReviewRules
from desktop.domain.rounds import ClassGroup, Round
from desktop.domain.students import Identity
from desktop.procedures.check_in.check_in_drafts import has_draft
from desktop.procedures.check_in.check_in_gate import Gate, Gates
from desktop.procedures.check_in.exceptions import has_exceptions
from desktop.procedures.session import Reader
from desktop.procedures.standing.review_files import Reviewed, review_of
from desktop.procedures.unsent_classes import unsent_classes
from desktop.store import photos, school
from desktop.store.store import UnitOfWork

SHOWN_PHOTOS = (PhotoKind.ADMISSION, PhotoKind.ENTRANCE, PhotoKind.ID_CARD)
"""The photos that are held beside one another, in this order."""


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """One class on the board.

    Attributes:
        group: the class.
        gate: whether it may look at documents and people, and why.
        standing: its counts.
        next: the one thing to do next.
        draft: whether something was filled in here and not saved.
    """

    group: ClassGroup
    gate: Gate
    standing: ClassStanding
    next: NextAction
    draft: bool


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One student of a class.

    Attributes:
        number: the place in the class, from 1.
        identity: who it is.
        file: all that was said.
        assessment: where that leads.
        face_passes: whether the comparison of faces counts as passed.
        needs_second: whether a second person has to look.
        photos: the SHA-256 of each photo that is there.
    """

    number: int
    identity: Identity
    file: ReviewFile
    assessment: Assessment
    face_passes: bool
    needs_second: bool
    photos: Mapping[PhotoKind, str]

    @property
    def student(self) -> str:
        """The subject."""
        return self.file.student


@dataclass(frozen=True, slots=True)
class CheckInClass:
    """One class on the desk, with all its students in class order."""

    round: Round
    line: CheckInLine
    rules: ReviewRules
    items: tuple[ChecklistItem, ...]
    rows: tuple[CheckInRow, ...]


def check_in_board(session: Reader, round_id: str) -> list[CheckInLine]:
    """Return every class of a college that has students in a round of procedure one, by name.

    Raises:
        NotFound: this store does not know the round.
        NotAllowed: only a college has classes of its own.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        own = school.classes(unit.connection, office=session.home.seat.office.id)
        desk = _Classes(session, unit, round_id, [group.id for group in own])
        lines = [desk.line(group) for group in own if group.id in desk.members]
    return sorted(lines, key=lambda line: line.group.name)


def class_on_desk(session: Reader, round_id: str, class_id: str) -> CheckInClass:
    """Return one class with its students.

    Raises:
        NotFound: this store does not know the round or the class.
        NotAllowed: only a college has classes of its own.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        group = school.class_by_id(unit.connection, class_id)
        desk = _Classes(session, unit, round_id, [class_id])
        members = desk.members.get(class_id, [])
        shown = photos.photos_of(unit.connection, {one.student.subject for one in members})
        rows = [
            CheckInRow(
                number,
                one.student.identity,
                one.file,
                one.assessment,
                face_passes(one.file, desk.rules),
                needs_second(one.file, desk.rules),
                shown[one.student.subject].agreed if one.student.subject in shown else {},
            )
            for number, one in enumerate(members, start=1)
        ]
        return CheckInClass(desk.round, desk.line(group), desk.rules, desk.items, tuple(rows))


class _Classes:
    """What all classes need to know, asked once."""

    def __init__(
        self, session: Reader, unit: UnitOfWork, round_id: str, class_ids: Collection[str]
    ) -> None:
        self._session = session
        self.round = school.round_by_id(unit.connection, round_id)
        review = review_of(session, unit, round_id, class_ids)
        self.rules, self.items = review.rules, review.items
        self.members = _by_class(review.students)
        self._gates = Gates(unit, round_id)
        self._unsent = unsent_classes(session, unit, self.round)

    def line(self, group: ClassGroup) -> CheckInLine:
        """Return one class of the board."""
        gate = self._gates.of(group)
        standing = class_standing(
            [(one.file, one.assessment) for one in self.members.get(group.id, ())],
            may_begin=gate.open,
            unsent=group.id in self._unsent,
            closed=not self.round.open,
        )
        asked = (self._session, self.round.id, group.id)
        draft = has_draft(*asked) or has_exceptions(*asked)
        return CheckInLine(group, gate, standing, next_action(standing), draft)


def _by_class(students: Sequence[Reviewed]) -> dict[str, list[Reviewed]]:
    found: dict[str, list[Reviewed]] = {}
    for one in students:
        found.setdefault(one.student.class_id, []).append(one)
    return found
