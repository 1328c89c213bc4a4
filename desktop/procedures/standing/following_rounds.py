"""A round that begins with the students whom another round has left: no list is read again.

The re-check begins with everybody who came (细则 二(二)), the registration with everybody about
whom admissions has said a verdict (细则 三(三)1), the places kept, given up and cancelled included:
the register marks them. Who comes later is taken in later, by the same way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.entry_review import ArrivalState, Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NotAllowed
from desktop.procedures.rounds import NewRound, require_leading, require_open, state_round
from desktop.procedures.session import Session
from desktop.procedures.standing.review_files import review_of
from desktop.store import registration, school, seats
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import listed_places, students_by_subject
from desktop.store.tables import statements_of

_GONE: Final = frozenset({Standing.FAILED, Standing.GIVEN_UP, Standing.KEPT})


@dataclass(frozen=True, slots=True)
class Following:
    """Who would come into a round from another one.

    Attributes:
        source: the round that they come from.
        students: everybody who is to come in.
        new: those who are not on the roster yet.
        left: how many of the other round do not come.
    """

    source: Round
    students: tuple[str, ...]
    new: tuple[str, ...]
    left: int


def sources(session: Session, procedure: Procedure, entry_year: str = "") -> tuple[Round, ...]:
    """Return the rounds from which a round of a procedure can begin, the latest first."""
    wanted = _BEGINS_WITH[procedure][0] if procedure in _BEGINS_WITH else None
    with session.unit_of_work() as unit:
        found = [
            round_
            for round_ in school.rounds(unit.connection)
            if round_.procedure is wanted and entry_year in ("", round_.entry_year)
        ]
    return tuple(sorted(found, key=lambda round_: (round_.entry_year, round_.id), reverse=True))


def plan_following(
    session: Session, procedure: Procedure, source_id: str, round_id: str = ""
) -> Following:
    """Return who would come into a round, "" for one that is not open yet; nothing is written.

    Raises:
        NotAllowed: this office does not lead the procedure, or it can not begin so.
        NotFound: this store does not know one of the rounds.
    """
    require_leading(session, procedure)
    with session.unit_of_work() as unit:
        return _following(session, unit, procedure, source_id, round_id)


def begin_following(session: Session, new: NewRound, source_id: str) -> tuple[Round, Following]:
    """Open a round with the students whom another one has left: all of it, or nothing.

    Raises:
        NotAllowed, Incomplete, NotFound: nothing was written.
    """
    require_leading(session, new.procedure)
    with session.unit_of_work() as unit:
        following = _following(session, unit, new.procedure, source_id, "")
        if not following.students:
            raise Incomplete(
                f"“{following.source.name}”里还没有可以列入的学生，没有新建批次。",
                "请先办理那个批次，再来新建。",
            )
        if new.entry_year != following.source.entry_year:
            raise Incomplete(
                f"“{following.source.name}”是{following.source.entry_year}级的，与填写的年级不同。",
                "请核对年级后再新建。",
            )
        round_ = state_round(session, unit, new)
        _list(session, unit, round_.id, following)
        unit.commit()
    return round_, following


def take_followers(session: Session, round_id: str, source_id: str) -> Following:
    """Take those into an open round who have come to be ready in the other one since.

    Raises:
        NotAllowed, NotFound, RoundNotOpen: nothing was written.
        Incomplete: the other round is of another year.
    """
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        require_leading(session, round_.procedure)
        following = _following(session, unit, round_.procedure, source_id, round_id)
        if round_.entry_year != following.source.entry_year:
            raise Incomplete(
                f"“{following.source.name}”是{following.source.entry_year}级的，"
                f"不能补入{round_.entry_year}级的批次。",
                "请选择同一年级的批次。",
            )
        _list(session, unit, round_id, following)
        unit.commit()
    return following


def _list(session: Session, unit: UnitOfWork, round_id: str, following: Following) -> None:
    reason = f"由“{following.source.name}”转入"
    drafts = [
        Draft(Key(student, "roster", round_id), {"listed": "yes"}, reason)
        for student in following.new
    ]
    kind = session.home.seat.office.kind
    if following.source.leader is not kind:
        drafts += _taken_over(unit, kind, following.new, reason)
    unit.journal.state_many(drafts)


def _taken_over(
    unit: UnitOfWork, kind: OfficeKind, students: Sequence[str], reason: str
) -> Iterator[Draft]:
    """Yield what is known of students, in this office's own words, unless it has said so already.

    Who leads a procedure answers for its list: it sends it to colleges, and tells finance who
    studies. What another office changes later is a question then, and no silent change.
    """
    people = students_by_subject(unit.connection, students)
    groups = {group.id: group for group in school.classes(unit.connection)}
    held = sorted({one.class_id for one in people.values()} & groups.keys())
    wishes: dict[Key, dict[str, str | None]] = {
        Key(class_id, "class_group", ""): _of_class(groups[class_id]) for class_id in held
    }
    for student, one in people.items():
        wishes[Key(student, "identity", "")] = {
            f: v for f, v in one.identity._asdict().items() if v
        }
        if one.class_id:
            wishes[Key(student, "placement", "")] = {"class_id": one.class_id}
    said = statements_of(unit.connection, wishes)
    offices = seats.offices_by_seat(unit.connection)
    for key, values in wishes.items():
        ours = any(offices.get(s.seat, "") == kind for s in said.get(key, ()))
        if values and not ours:
            yield Draft(key, values, reason)


def _of_class(group: ClassGroup) -> dict[str, str | None]:
    fields = ("name", "college_name", "office", "major_code", "major_name", "entry_year")
    return {field: text for field in fields if (text := getattr(group, field))}


def _following(
    session: Session, unit: UnitOfWork, procedure: Procedure, source_id: str, round_id: str
) -> Following:
    source = school.round_by_id(unit.connection, source_id)
    wanted, chosen = _BEGINS_WITH.get(procedure, (None, _with_verdict))
    if source.procedure is not wanted:
        raise NotAllowed(
            f"“{source.name}”的学生不能转入这种批次。", "请选择前一道手续的批次，或者读入名单。"
        )
    students = chosen(session, unit, source_id)
    listed = {student for student, _ in listed_places(unit.connection, round_id)}
    everybody = listed_places(unit.connection, source_id)
    return Following(
        source,
        students,
        tuple(student for student in students if student not in listed),
        len(everybody) - len(students),
    )


def _who_came(session: Session, unit: UnitOfWork, round_id: str) -> tuple[str, ...]:
    return tuple(
        one.student.subject
        for one in review_of(session, unit, round_id).students
        if one.file.arrival is ArrivalState.ARRIVED and one.assessment.standing not in _GONE
    )


def _with_verdict(_session: Session, unit: UnitOfWork, round_id: str) -> tuple[str, ...]:
    said = registration.texts_of_round(unit.connection, "entry_review", round_id)
    return tuple(sorted(student for student, texts in said.items() if texts.get("verdict")))


_BEGINS_WITH: Final[
    Mapping[Procedure, tuple[Procedure, Callable[[Session, UnitOfWork, str], tuple[str, ...]]]]
] = {
    Procedure.RECHECK: (Procedure.ENTRY_REVIEW, _who_came),
    Procedure.STUDENT_REGISTRATION: (Procedure.ENTRY_REVIEW, _with_verdict),
}
"""The procedure whose students go on to another, and which of them."""
