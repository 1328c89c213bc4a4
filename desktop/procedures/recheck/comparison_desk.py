"""The re-check as the window shows it: classes with their numbers, one student at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.photos import PhotoKind
from desktop.domain.recheck import RecheckCount
from desktop.domain.review_rules import ReviewRules, days_left, last_recheck_day
from desktop.domain.rounds import ClassGroup, Round
from desktop.errors import NotFound
from desktop.procedures.check_in.check_in_desk import SHOWN_PHOTOS
from desktop.procedures.recheck.recheck_drafts import (
    RecheckDraft,
    kept_draft,
    students_with_drafts,
)
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.session import Reader, Session
from desktop.procedures.standing.recheck_files import (
    Rechecked,
    counted,
    recheck_once,
    same_spellings,
)
from desktop.store import photos, school

COMPARED_PHOTOS = (*SHOWN_PHOTOS, PhotoKind.CREDENTIAL)
"""The photos by which is asked whether it is the same person, in this order."""


@dataclass(frozen=True, slots=True)
class ClassInRecheck:
    """A class, its students in class order, and their numbers."""

    group: ClassGroup
    students: tuple[Rechecked, ...]
    count: RecheckCount


@dataclass(frozen=True, slots=True)
class RecheckBoard:
    """A re-check as this seat knows it.

    Attributes:
        round: the re-check.
        rules: what it asks for.
        until: its last day, "" where none is set.
        left: how many days are left, negative once they are over, None without a last day.
        classes: those with students in it, by name, last ``boards.NO_CLASS``.
        count: the numbers of all of them.
        drafts: of whom something was filled in at this PC and not saved.
    """

    round: Round
    rules: ReviewRules
    until: str
    left: int | None
    classes: tuple[ClassInRecheck, ...]
    count: RecheckCount
    drafts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StudentOnDesk:
    """A student whose form is compared.

    Attributes:
        round: the re-check.
        group: the class.
        one: all that was said.
        fields: what the form asks, in the order of the form.
        same: the spellings that mean the same.
        before: the student before in the class, "" for none.
        after: the one after.
        draft: what was filled in here and not saved.
        place: of how many in the class, from 1.
        of: how many.
        left: how many days of the re-check are left, negative once they are over.
        photos: the SHA-256 of each photo that is there.
        disputed: whether offices have brought different photos of a kind.
    """

    round: Round
    group: ClassGroup
    one: Rechecked
    fields: tuple[str, ...]
    same: frozenset[tuple[str, str, str]]
    before: str
    after: str
    draft: RecheckDraft
    place: int
    of: int
    left: int | None = None
    photos: Mapping[PhotoKind, str] = field(default_factory=dict)
    disputed: bool = False


def recheck_board(session: Reader, round_id: str) -> RecheckBoard:
    """Return a re-check with its classes.

    Raises:
        NotFound: this store does not know the round.
    """
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        found = recheck_once(session, unit, round_id)
        groups = {group.id: group for group in school.classes(unit.connection)}
    by_class: dict[str, list[Rechecked]] = {}
    for one in found.students:
        by_class.setdefault(one.student.class_id, []).append(one)
    classes = [
        ClassInRecheck(groups.get(class_id, NO_CLASS), tuple(students), counted(students))
        for class_id, students in by_class.items()
    ]
    until = last_recheck_day(found.rules, round_.deadline)
    return RecheckBoard(
        round_,
        found.rules,
        until,
        days_left(until, session.today()),
        tuple(sorted(classes, key=_place)),
        counted(found.students),
        students_with_drafts(session, round_id) & {o.student.subject for o in found.students},
    )


def _place(one: ClassInRecheck) -> tuple[bool, str, str]:
    """Return where a class stands: who is in none comes last."""
    return not one.group.id, one.group.college_name, one.group.name


def student_on_desk(session: Session, round_id: str, student: str) -> StudentOnDesk:
    """Return a student with all that was said, and what was left unsaved here.

    Raises:
        NotFound: this store does not know the round, or the student is not on its list.
    """
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        found = recheck_once(session, unit, round_id)
        one = next((o for o in found.students if o.student.subject == student), None)
        if one is None:
            raise NotFound("这名学生不在这次复查的名单里。", "请刷新后核对名单。")
        groups = {group.id: group for group in school.classes(unit.connection)}
        same = same_spellings(unit)
        brought = photos.photos_of(unit.connection, [student]).get(student, photos.NO_PHOTOS)
    mates = [o.student.subject for o in found.of_classes([one.student.class_id])]
    place = mates.index(student)
    return StudentOnDesk(
        round=round_,
        group=groups.get(one.student.class_id, NO_CLASS),
        one=one,
        fields=found.rules.form_fields,
        same=same,
        before=mates[place - 1] if place else "",
        after=mates[place + 1] if place + 1 < len(mates) else "",
        draft=kept_draft(session, round_id, student),
        place=place + 1,
        of=len(mates),
        left=days_left(last_recheck_day(found.rules, round_.deadline), session.today()),
        photos={kind: brought.agreed[kind] for kind in COMPARED_PHOTOS if kind in brought.agreed},
        disputed=bool(brought.disputed),
    )


def form_picture(session: Reader, sha256: str, longer: int) -> bytes:
    """Return the picture of a form for the window, as PNG, upright.

    Raises:
        AttachmentDamaged: it is gone or altered.
        PictureUnreadable: it is no picture; a bundle brought it.
    """
    from desktop.pictures.converting import thumbnail  # noqa: PLC0415 - costly

    return thumbnail(session.store.attachments.get(sha256), longer, longer)
