"""What an export would take along and what is still missing, said before anything is written."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.domain.authority import ASPECTS, scope_subject
from desktop.domain.duties import DUTIES
from desktop.domain.entry_review import WAITS as REVIEW_WAITS
from desktop.domain.offices import Office
from desktop.domain.reasons import Reason
from desktop.domain.recheck import WAITS as RECHECK_WAITS
from desktop.domain.rounds import ClassGroup, Procedure
from desktop.domain.routes import SENDS_TO_MANY, receivers
from desktop.domain.wording import ASPECT_TITLES, year_text
from desktop.procedures.exchange.exporting import Cargo, cargo_for
from desktop.procedures.registration.student_registration import judged_students
from desktop.procedures.rounds import round_or_general
from desktop.procedures.school.restored import require_current
from desktop.procedures.session import Progress, Session, no_progress
from desktop.procedures.standing.recheck_files import recheck_of
from desktop.procedures.standing.review_files import review_of
from desktop.store import school
from desktop.store.links import Links
from desktop.store.store import UnitOfWork
from desktop.store.students import Student

_NO_SEAT = "这个部门还没有加入学校的电脑，请先完成加入手续。"
_HERE = {
    "no-word": "还没有登记本人签字情况。",
    "correction-open": "有信息更正，等学籍科处理。",
    "conflict": "各方说法不一致，等学籍科裁定。",
}
_NOTHING = "没有新的内容，之前的都已经导出过。"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing in a class, and the names of those in whose way it stands."""

    sentence: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What goes out about one class, and what is not there yet.

    ``news`` counts statements that were not sent yet; ``ready`` students have all they need.
    """

    class_id: str
    name: str
    students: int
    ready: int
    news: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a bundle says of one kind of thing, and of how many students or other subjects."""

    title: str
    subjects: int
    of_students: bool


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What one bundle to one office would be.

    ``general`` counts what is about no class; ``hindrance`` says why nothing can go, "" if it can;
    ``contents`` says what all of it is about.
    """

    office: str
    office_name: str
    round_name: str
    number: int
    statements: int
    general: int
    attachments: int
    receipts: int
    news_of_trust: bool
    forwarded: int
    classes: tuple[ClassPlan, ...]
    hindrance: str = ""
    contents: tuple[Content, ...] = ()


def receiving_offices(session: Session, round_id: str) -> tuple[Office, ...]:
    """Return whom this seat can send something of a round: along ``domain/routes.py``.

    The office that leads the round comes first. One's own other seats come last, under the
    office's name, where the office sends to many.

    Raises:
        NotFound: this store does not know the round.
    """
    me = session.home.seat.office
    with session.unit_of_work() as unit:
        leader = round_or_general(unit, round_id).leader
        offices = school.offices(unit.connection)
        trust = session.trust(unit)
    kinds = receivers(me.kind, leader)
    others = [office for office in offices if office.id != me.id and office.kind in kinds]
    others.sort(key=lambda office: office.kind is not leader)
    if me.kind not in SENDS_TO_MANY:
        return tuple(others)
    seats = {s.certificate.seat_id for s in trust.certificates if s.certificate.office_id == me.id}
    return (*others, me) if len(seats) > 1 else tuple(others)


def plan_export(
    session: Session,
    to_office: str,
    round_id: str,
    classes: Collection[str] | None = None,
    *,
    again: bool = False,
) -> ExportPlan:
    """Return what ``export`` with the same arguments would send, and write nothing.

    Raises:
        NotFound: this seat does not know the round.
        StoreOutdated: this seat's data is an old backup or a copy.
        ClockBehind, CertificateExpired: nobody would believe what this seat signs today.
    """
    with session.unit_of_work() as unit:
        require_current(session, unit)
        session.certificate(unit)
        members = _members_by_class(session, unit, round_id)
        return _plan(session, unit, to_office, round_id, classes, members, again=again)


def plan_exports(
    session: Session,
    offices: Sequence[str],
    round_id: str,
    *,
    again: bool = False,
    progress: Progress = no_progress,
) -> tuple[ExportPlan, ...]:
    """Return the plans for several offices, one bundle each.

    Raises:
        Cancelled, NotFound, StoreOutdated, ClockBehind, CertificateExpired: there are none.
    """
    plans = []
    with session.unit_of_work() as unit:
        require_current(session, unit)
        session.certificate(unit)
        members = _members_by_class(session, unit, round_id)
        for done, office in enumerate(offices):
            progress(done, len(offices))
            plans.append(_plan(session, unit, office, round_id, None, members, again=again))
    return tuple(plans)


class _Member(NamedTuple):
    """A student of a class, and what is still missing of them."""

    name: str
    waits_for: tuple[Reason, ...]


def _members_by_class(
    session: Session, unit: UnitOfWork, round_id: str
) -> Mapping[str, Sequence[_Member]]:
    """Return the students of a round by class, as far as this seat may speak of them."""
    mine = session.home.seat.office
    if not round_id or not DUTIES[mine.kind].judges:
        return {}
    wanted = None
    if DUTIES[mine.kind].own:
        wanted = {group.id for group in school.classes(unit.connection, office=mine.id)}
    by_class: dict[str, list[_Member]] = {}
    procedure = school.round_by_id(unit.connection, round_id).procedure
    for student, reasons in _WAITING.get(procedure, _to_register)(session, unit, round_id, wanted):
        by_class.setdefault(student.class_id, []).append(_Member(student.identity.name, reasons))
    return by_class


def _to_register(
    _session: Session, unit: UnitOfWork, round_id: str, wanted: Collection[str] | None
) -> Iterator[tuple[Student, tuple[Reason, ...]]]:
    for one in judged_students(unit, round_id, wanted):
        waits = not one.issued and one.verdict.outcome is None
        yield one.student, one.verdict.reasons if waits else ()


def _to_review(
    session: Session, unit: UnitOfWork, round_id: str, wanted: Collection[str] | None
) -> Iterator[tuple[Student, tuple[Reason, ...]]]:
    for one in review_of(session, unit, round_id, wanted).students:
        waits = one.assessment.standing in REVIEW_WAITS
        yield one.student, one.assessment.reasons if waits else ()


def _to_recheck(
    session: Session, unit: UnitOfWork, round_id: str, wanted: Collection[str] | None
) -> Iterator[tuple[Student, tuple[Reason, ...]]]:
    for one in recheck_of(session, unit, round_id, wanted).students:
        waits = one.assessment.standing in RECHECK_WAITS
        yield one.student, one.assessment.reasons if waits else ()


_WAITING: Final = {Procedure.ENTRY_REVIEW: _to_review, Procedure.RECHECK: _to_recheck}
"""What is still missing of students, by procedure; in the others, what keeps an outcome back."""


def _plan(
    session: Session,
    unit: UnitOfWork,
    to_office: str,
    round_id: str,
    classes: Collection[str] | None,
    members: Mapping[str, Sequence[_Member]],
    *,
    again: bool,
) -> ExportPlan:
    connection = unit.connection
    round_ = round_or_general(unit, round_id)
    cargo = cargo_for(session, unit, to_office, round_, classes, again=again)
    named = next((o.name for o in school.offices(connection) if o.id == to_office), to_office)
    me = session.home.seat.office
    concerned = me.id if DUTIES[me.kind].own else to_office
    groups = [
        group
        for group in school.classes(connection, office=concerned)
        if (classes is None or group.id in classes) and group.id in members
    ]
    news = _news_by_class(unit, cargo, {group.id for group in groups})
    return ExportPlan(
        office=to_office,
        office_name=named,
        round_name=round_.name,
        number=cargo.number,
        statements=len(cargo.statements),
        general=news[""],
        attachments=len({sha for _, _, said in cargo.statements for sha in said.evidence}),
        receipts=len(cargo.receipts),
        news_of_trust=cargo.news_of_trust,
        forwarded=len(cargo.forwarded),
        classes=tuple(_class_plan(group, members[group.id], news[group.id]) for group in groups),
        hindrance=_hindrance(session, cargo, to_office),
        contents=_contents(cargo),
    )


def _contents(cargo: Cargo) -> tuple[Content, ...]:
    """Return what a bundle is about, in the order of aspects; each year's word by itself."""
    about: dict[tuple[str, str], set[str]] = {}
    for _, _, said in cargo.statements:
        about.setdefault((said.aspect, year_text(said.round)), set()).add(said.subject)
    order = list(ASPECT_TITLES)
    return tuple(
        Content(
            f"{ASPECT_TITLES[aspect]}（{year}）" if year else ASPECT_TITLES[aspect],
            len(met),
            ASPECTS[aspect].subject == "student",
        )
        for (aspect, year), met in sorted(
            about.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])
        )
    )


def _hindrance(session: Session, cargo: Cargo, to_office: str) -> str:
    """Say why nothing can go to an office, "" if something can."""
    if not cargo.trust.recipients_of(to_office, session.today()):
        return _NO_SEAT
    return "" if cargo else _NOTHING


def _news_by_class(unit: UnitOfWork, cargo: Cargo, classes: set[str]) -> Counter[str]:
    """Count the statements of a bundle by the class that they are about, "" for no class."""
    if not classes:
        return Counter({"": len(cargo.statements)})
    abouts = [scope_subject(s.aspect, s.subject, s.values) or "" for _, _, s in cargo.statements]
    belongs = Links(unit.connection).belongs_to(set(abouts))
    return Counter(next(iter(sorted(({a} | belongs[a]) & classes)), "") for a in abouts)


def _class_plan(group: ClassGroup, members: Sequence[_Member], news: int) -> ClassPlan:
    waiting = [one for one in members if one.waits_for]
    sentences: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for one in waiting:
        for reason in one.waits_for:
            sentences.setdefault(reason.code, reason.sentence)
            names.setdefault(reason.code, []).append(one.name)
    return ClassPlan(
        class_id=group.id,
        name=group.name,
        students=len(members),
        ready=len(members) - len(waiting),
        news=news,
        missing=tuple(Missing(_here(c, sentences[c]), tuple(n)) for c, n in names.items()),
    )


def _here(code: str, sentence: str) -> str:
    """Return a reason as who has to mend it reads it: a college knows what it did not record."""
    return _HERE.get(code, sentence)
