"""The board of procedure one: how far every college is, and each of its classes (细则 一(三)).

Admissions sees all colleges, a college its own classes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.domain.entry_review import ArrivalState, Standing, by_hand, needs_second
from desktop.domain.offices import OfficeKind
from desktop.domain.review_rules import ReviewRules
from desktop.domain.rounds import ClassGroup
from desktop.domain.written_papers import PaperKind
from desktop.procedures.entry_review.class_training import ClassTraining, trainings_of
from desktop.procedures.entry_review.review_desk import REVIEWERS
from desktop.procedures.registration.boards import NO_CLASS, CameFrom, bundles_from
from desktop.procedures.review_papers.paper_sources import Sources
from desktop.procedures.review_papers.paper_standing import PaperLine, PaperState, PaperStates
from desktop.procedures.session import Reader
from desktop.procedures.standing.review_files import Reviewed, review_once
from desktop.store import exchange, school
from desktop.store.store import UnitOfWork

_AT_DOCUMENTS = "document-"


@dataclass(frozen=True, slots=True)
class ReviewSteps:
    """How far some students are; who did not come has no documents, face or finding to look at.

    Attributes:
        students: how many there are.
        heard: of how many the college has said whether they came.
        arrived: how many came.
        documents: of these, how many have nothing left to be done about documents.
        face: of these, whose face was compared: by the system, or by a person.
        found: of these, about whom the class teacher, and a second person where needed, has spoken.
        qualified: how many stand qualified.
        issued: how many have a verdict that the registrar is told.
        standings: how many stand where.
    """

    students: int = 0
    heard: int = 0
    arrived: int = 0
    documents: int = 0
    face: int = 0
    found: int = 0
    qualified: int = 0
    issued: int = 0
    standings: Counter[Standing] = field(default_factory=Counter)

    def __add__(self, other: "ReviewSteps") -> "ReviewSteps":
        """Return both taken together."""
        return ReviewSteps(
            *(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__)
        )


@dataclass(frozen=True, slots=True)
class ReviewClass:
    """One class on the board.

    Attributes:
        group: the class, ``boards.NO_CLASS`` for students in none.
        steps: how far its students are.
        may_begin: whether its teacher was trained, or the college's head lets it begin without.
        paper: its report (核验报告单), and how far that is.
    """

    group: ClassGroup
    steps: ReviewSteps
    may_begin: bool
    paper: PaperLine

    @property
    def paper_signed(self) -> bool:
        """Whether its report counts, and has come back with all signatures."""
        return self.paper.state is PaperState.SIGNED


@dataclass(frozen=True, slots=True)
class ReviewCollege:
    """One college on the board; ``office`` is "" for classes that no college has yet.

    Attributes:
        office: its id.
        name: what it is called.
        classes: its classes of the round.
        sent_down: when the last bundle of the round was written for it, "" where none was.
        came: its bundles of the round.
        paper: its return (入学报到审核单), and how far that is; None for classes of no college.
    """

    office: str
    name: str
    classes: tuple[ReviewClass, ...]
    sent_down: str
    came: CameFrom
    paper: PaperLine | None

    @property
    def paper_sealed(self) -> bool:
        """Whether its return counts, and has come back signed and sealed."""
        return self.paper is not None and self.paper.state is PaperState.SIGNED

    @property
    def steps(self) -> ReviewSteps:
        """How far all of its students are."""
        return sum((one.steps for one in self.classes), ReviewSteps())


def review_board(session: Reader, round_id: str) -> tuple[ReviewCollege, ...]:
    """Return every college and how far it is; classes and students without one stand last.

    Raises:
        NotAllowed: only admissions and the registrar see all colleges.
        NotFound: this store does not know the round.
    """
    session.require(*REVIEWERS)
    with session.unit_of_work() as unit:
        papers = PaperStates(session, unit, Sources(session, unit, round_id))
        classes = _classes(session, unit, round_id, papers)
        colleges = [o for o in school.offices(unit.connection) if o.kind is OfficeKind.COLLEGE]
        arrived = exchange.incoming(unit.connection)
        sent = exchange.outgoing(unit.connection)
        returns = {
            one.id: papers.line(PaperKind.COLLEGE_RETURN, one.id, one.name) for one in colleges
        }
    board = [
        ReviewCollege(
            college.id,
            college.name,
            tuple(one for one in classes if one.group.office == college.id),
            max(
                (b.created for b in sent if (b.to_office, b.round) == (college.id, round_id)),
                default="",
            ),
            bundles_from(arrived, college.id, round_id),
            returns[college.id],
        )
        for college in colleges
    ]
    ids = {college.id for college in colleges}
    if rest := tuple(one for one in classes if one.group.office not in ids):
        nothing = CameFrom((), (), "")
        board.append(ReviewCollege("", NO_CLASS.college_name, rest, "", nothing, paper=None))
    return tuple(board)


def college_board(session: Reader, round_id: str) -> ReviewCollege:
    """Return a college's own classes and how far each is, as far as it knows itself.

    Raises:
        NotAllowed: only a college has classes of its own.
        NotFound: this store does not know the round.
    """
    session.require(OfficeKind.COLLEGE)
    office = session.home.seat.office
    with session.unit_of_work() as unit:
        school.round_by_id(unit.connection, round_id)
        papers = PaperStates(session, unit, Sources(session, unit, round_id))
        classes = _classes(session, unit, round_id, papers)
        its_return = papers.line(PaperKind.COLLEGE_RETURN, office.id, office.name)
    own = tuple(one for one in classes if one.group.office == office.id)
    return ReviewCollege(office.id, office.name, own, "", CameFrom((), (), ""), its_return)


def steps_of(students: Iterable[Reviewed], rules: ReviewRules) -> ReviewSteps:
    """Return how far some students are."""
    return sum((_steps(one, rules) for one in students), ReviewSteps())


def _classes(
    session: Reader, unit: UnitOfWork, round_id: str, papers: PaperStates
) -> list[ReviewClass]:
    """Return every class that holds somebody on the roster; who is in none comes last."""
    review = review_once(session, unit, round_id)
    trained: Mapping[str, ClassTraining] = {
        one.group.id: one for one in trainings_of(unit, round_id)
    }
    members: dict[str, list[Reviewed]] = {}
    for one in review.students:
        known = one.student.class_id if one.student.class_id in trained else NO_CLASS.id
        members.setdefault(known, []).append(one)
    groups: Sequence[ClassGroup] = [*(one.group for one in trained.values()), NO_CLASS]
    return [
        ReviewClass(
            group,
            steps_of(members[group.id], review.rules),
            group.id in trained and trained[group.id].file.may_begin,
            papers.line(PaperKind.CLASS_REPORT, group.id, group.name),
        )
        for group in groups
        if group.id in members
    ]


def _steps(one: Reviewed, rules: ReviewRules) -> ReviewSteps:
    file, found = one.file, one.assessment
    came = file.arrival is ArrivalState.ARRIVED
    spoken = file.finding is not None and (not needs_second(file, rules) or file.second is not None)
    waits = any(reason.code.startswith(_AT_DOCUMENTS) for reason in found.reasons)
    return ReviewSteps(
        students=1,
        heard=int(file.arrival is not None or bool(file.place)),
        arrived=int(came),
        documents=int(came and not waits),
        face=int(came and (found.face_passed or by_hand(file))),
        found=int(came and spoken),
        qualified=int(found.standing is Standing.QUALIFIED),
        issued=int(file.verdict is not None),
        standings=Counter((found.standing,)),
    )
