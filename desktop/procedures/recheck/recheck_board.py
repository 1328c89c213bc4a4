"""The board of procedure two: how far every college is, and each of its classes (细则 二(三))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.answers import Agreement
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import WAITS, RecheckCount, Standing
from desktop.domain.review_rules import last_recheck_day
from desktop.domain.rounds import ClassGroup
from desktop.domain.written_papers import PaperKind
from desktop.procedures.cases.case_files import CASE_OFFICES
from desktop.procedures.registration.boards import NO_CLASS, CameFrom, bundles_from
from desktop.procedures.review_papers.paper_sources import Sources
from desktop.procedures.review_papers.paper_standing import PaperLine, PaperState, PaperStates
from desktop.procedures.session import Reader
from desktop.procedures.standing.recheck_files import Rechecked, counted, recheck_once
from desktop.procedures.standing.review_files import rules_of_round
from desktop.store import exchange, school
from desktop.store.store import UnitOfWork

_UNRULED: Final = frozenset({Agreement.DIFFERENT, Agreement.BLANK})


@dataclass(frozen=True, slots=True)
class RecheckSteps:
    """How far some students are.

    Attributes:
        count: the numbers of papers and reports.
        compared: whose answers were compared, with nothing left to be ruled upon.
        reviewed: whom two people have reviewed.
        settled: of whom there is nothing left to be found out.
        issued: of whom the registrar was told.
        standings: how many stand where, every standing in its order.
    """

    count: RecheckCount
    compared: int
    reviewed: int
    settled: int
    issued: int
    standings: Mapping[Standing, int]

    @property
    def doubtful(self) -> int:
        """How many have a doubt that no case has taken up."""
        return self.standings[Standing.DOUBTFUL]


@dataclass(frozen=True, slots=True)
class RecheckClass:
    """One class on the board; ``paper`` is its summary, and how far that is (细则 二(三)3)."""

    group: ClassGroup
    steps: RecheckSteps
    paper: PaperLine

    @property
    def signed(self) -> bool:
        """Whether its summary counts, signed by the class teacher and the student section."""
        return self.paper.state is PaperState.SIGNED


@dataclass(frozen=True, slots=True)
class RecheckCollege:
    """One college on the board; ``office`` is "" for classes that no college has yet.

    Attributes:
        office: its id.
        name: what it is called.
        classes: its classes of the round.
        steps: how far all of its students are.
        sent_down: when the last bundle of the round was written for it, "" where none was.
        came: its bundles of the round.
        paper: its own summary, and how far that is; None for classes that no college has.
    """

    office: str
    name: str
    classes: tuple[RecheckClass, ...]
    steps: RecheckSteps
    sent_down: str
    came: CameFrom
    paper: PaperLine | None

    @property
    def sealed(self) -> bool:
        """Whether its own summary counts, signed by all who must, and sealed."""
        return self.paper is not None and self.paper.state is PaperState.SIGNED


def recheck_board(session: Reader, round_id: str) -> tuple[RecheckCollege, ...]:
    """Return every college that this seat hears of, and how far it is.

    Classes and students without a college stand last.

    Raises:
        NotAllowed: the office has no part in the re-check.
        NotFound: this store does not know the round.
    """
    session.require(*CASE_OFFICES)
    with session.unit_of_work() as unit:
        papers = PaperStates(session, unit, Sources(session, unit, round_id))
        classes, members = _classes(session, unit, round_id, papers)
        colleges = [o for o in school.offices(unit.connection) if o.kind is OfficeKind.COLLEGE]
        if session.home.seat.office.kind is OfficeKind.COLLEGE:
            colleges = [one for one in colleges if one.id == session.home.seat.office.id]
        arrived, sent = exchange.incoming(unit.connection), exchange.outgoing(unit.connection)
        summaries = {
            one.id: papers.line(PaperKind.RECHECK_COLLEGE, one.id, one.name) for one in colleges
        }
    board = []
    for college in colleges:
        own = tuple(one for one in classes if one.group.office == college.id)
        down = [b.created for b in sent if (b.to_office, b.round) == (college.id, round_id)]
        board.append(
            RecheckCollege(
                college.id,
                college.name,
                own,
                _steps(one for group in own for one in members[group.group.id]),
                max(down, default=""),
                bundles_from(arrived, college.id, round_id),
                summaries[college.id],
            )
        )
    known = {college.id for college in colleges}
    if rest := tuple(one for one in classes if one.group.office not in known):
        steps = _steps(one for group in rest for one in members[group.group.id])
        nobody = CameFrom((), (), "")
        board.append(RecheckCollege("", NO_CLASS.college_name, rest, steps, "", nobody, paper=None))
    return tuple(board)


def _classes(
    session: Reader, unit: UnitOfWork, round_id: str, papers: PaperStates
) -> tuple[list[RecheckClass], Mapping[str, list[Rechecked]]]:
    """Return every class that holds somebody on the list; who is in none comes last."""
    groups = [*school.classes(unit.connection), NO_CLASS]
    known = {group.id for group in groups}
    members: dict[str, list[Rechecked]] = {}
    for one in recheck_once(session, unit, round_id).students:
        place = one.student.class_id if one.student.class_id in known else NO_CLASS.id
        members.setdefault(place, []).append(one)
    return [
        RecheckClass(
            group,
            _steps(members[group.id]),
            papers.line(PaperKind.RECHECK_CLASS, group.id, group.name),
        )
        for group in groups
        if group.id in members
    ], members


def _steps(students: Iterable[Rechecked]) -> RecheckSteps:
    everybody = list(students)
    standings = dict.fromkeys(Standing, 0)
    for one in everybody:
        standings[one.assessment.standing] += 1
    return RecheckSteps(
        count=counted(everybody),
        compared=sum(_compared(one) for one in everybody),
        reviewed=sum(
            one.file.first is not None and one.file.second is not None for one in everybody
        ),
        settled=sum(one.assessment.standing not in WAITS for one in everybody),
        issued=sum(one.file.verdict is not None for one in everybody),
        standings=standings,
    )


def _compared(one: Rechecked) -> bool:
    """Tell whether a student's answers were compared, and each difference ruled upon."""
    agreements = one.file.agreements.values()
    return bool(agreements) and not _UNRULED.intersection(agreements)


def recheck_until(session: Reader, round_id: str) -> str:
    """Return the last day of a re-check.

    Raises:
        NotFound: this store does not know the round.
    """
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        return last_recheck_day(rules_of_round(unit, round_id), round_.deadline)
