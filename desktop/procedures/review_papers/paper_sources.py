"""Which papers there are in a round, who makes them, and from what each is composed.

Everything comes from the readings of ``review_files`` and ``recheck_files``, so that a paper says
what the boards say.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Final, TypeVar

from desktop.domain.case_papers import CaseDossier, ClosingFacts, case_paper, closing_report
from desktop.domain.checklists import ChecklistItem
from desktop.domain.entry_review import assess as assess_review
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import assess as assess_recheck
from desktop.domain.review_rules import last_recheck_day
from desktop.domain.rounds import ClassGroup, Procedure, Round
from desktop.domain.written_papers import PaperKind, StatedPaper, WrittenPaper
from desktop.errors import NotFound
from desktop.procedures.cases.case_dossiers import dossiers_of_round
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.review_papers.entry_papers import (
    class_report,
    college_return,
    missing_documents,
)
from desktop.procedures.review_papers.guidance_papers import (
    five_nots,
    sign_in_sheet,
    training_material,
)
from desktop.procedures.review_papers.paper_words import Frame
from desktop.procedures.review_papers.recheck_papers import (
    RECHECK_COUNT_TITLES,
    approved,
    class_summary,
    college_summary,
    missing_forms,
)
from desktop.procedures.review_papers.school_papers import no_shows, qualified, school_report
from desktop.procedures.session import Reader
from desktop.procedures.standing.recheck_files import (
    Recheck,
    Rechecked,
    counted,
    recheck_of,
    recheck_once,
)
from desktop.procedures.standing.review_files import (
    Review,
    Reviewed,
    checklist_of,
    review_of,
    review_once,
    rules_of_round,
)
from desktop.store import school
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students

_Looked = TypeVar("_Looked", Reviewed, Rechecked)


class Unit(Enum):
    """What one copy of a paper is about."""

    CLASS = "class"
    COLLEGE = "college"
    SCHOOL = "school"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One kind of paper: in which procedure, by whom, about what.

    ``word``: it can be had for Word; ``awaited``: admissions waits for one from each college.
    """

    procedure: Procedure
    offices: frozenset[OfficeKind]
    unit: Unit
    word: bool = False
    awaited: bool = False


_COLLEGE: Final = frozenset({OfficeKind.COLLEGE})
_ADMISSIONS: Final = frozenset({OfficeKind.ADMISSIONS})
_AFFAIRS: Final = frozenset({OfficeKind.STUDENT_AFFAIRS})
_ONE, _TWO = Procedure.ENTRY_REVIEW, Procedure.RECHECK
RULES: Final[Mapping[PaperKind, PaperRule]] = {
    PaperKind.TRAINING: PaperRule(_ONE, _AFFAIRS, Unit.SCHOOL),
    PaperKind.TRAINING_SIGN_IN: PaperRule(_ONE, _AFFAIRS, Unit.SCHOOL),
    PaperKind.POSTER: PaperRule(_ONE, _AFFAIRS | _ADMISSIONS, Unit.SCHOOL),
    PaperKind.CLASS_REPORT: PaperRule(_ONE, _COLLEGE, Unit.CLASS),
    PaperKind.MISSING_DOCUMENTS: PaperRule(_ONE, _COLLEGE, Unit.CLASS),
    PaperKind.COLLEGE_RETURN: PaperRule(_ONE, _COLLEGE, Unit.COLLEGE, awaited=True),
    PaperKind.SCHOOL_REPORT: PaperRule(_ONE, _ADMISSIONS, Unit.SCHOOL, word=True),
    PaperKind.NO_SHOWS: PaperRule(_ONE, _ADMISSIONS, Unit.SCHOOL),
    PaperKind.QUALIFIED: PaperRule(_ONE, _ADMISSIONS, Unit.SCHOOL),
    PaperKind.FIVE_NOTS: PaperRule(_TWO, _COLLEGE | _AFFAIRS, Unit.SCHOOL),
    PaperKind.RECHECK_FORMS: PaperRule(_TWO, _COLLEGE, Unit.CLASS),
    PaperKind.BLANK_FORM: PaperRule(_TWO, _COLLEGE | _AFFAIRS, Unit.SCHOOL),
    PaperKind.MISSING_FORMS: PaperRule(_TWO, _COLLEGE, Unit.COLLEGE),
    PaperKind.RECHECK_CLASS: PaperRule(_TWO, _COLLEGE, Unit.CLASS),
    PaperKind.RECHECK_COLLEGE: PaperRule(_TWO, _COLLEGE, Unit.COLLEGE, awaited=True),
    PaperKind.CASE_STATEMENT: PaperRule(_TWO, _COLLEGE | _ADMISSIONS, Unit.CASE, word=True),
    PaperKind.APPROVED: PaperRule(_TWO, _ADMISSIONS, Unit.SCHOOL),
    PaperKind.CLOSING_REPORT: PaperRule(_TWO, _ADMISSIONS, Unit.SCHOOL, word=True),
}
"""Every kind of paper, in the order in which a round needs them."""


class Sources:
    """What the papers of one round are composed from, read once and only where it is needed.

    ``classes``: only papers about these are asked for, so that nobody else is looked at.
    """

    def __init__(
        self,
        session: Reader,
        unit: UnitOfWork,
        round_id: str,
        classes: Collection[str] | None = None,
    ) -> None:
        self._session = session
        self._unit = unit
        self._classes = classes
        self.round: Round = school.round_by_id(unit.connection, round_id)
        self.frame = Frame(session.school_name(unit), self.round.name, self.round.entry_year)
        self.rules = rules_of_round(unit, round_id)
        self.home = session.home.seat.office

    @cached_property
    def students(self) -> dict[str, list[Student]]:
        """The students of each class, "" for those without one."""
        found: dict[str, list[Student]] = {}
        for student in listed_students(self._unit.connection, self.round.id):
            found.setdefault(student.class_id or "", []).append(student)
        return found

    @cached_property
    def groups(self) -> dict[str, ClassGroup]:
        """The classes that have students in the round, or are this college's, by id, in order."""
        own = self.home.id if self.home.kind is OfficeKind.COLLEGE else None
        return {
            group.id: group
            for group in school.classes(self._unit.connection)
            if group.entry_year == self.round.entry_year or group.id in self.students
            if own is None or group.office == own
        }

    @cached_property
    def items(self) -> tuple[ChecklistItem, ...]:
        """The checklist."""
        return checklist_of(self._unit, self.round.id)

    @cached_property
    def offices(self) -> dict[str, str]:
        """The names of the offices by id."""
        return {office.id: office.name for office in school.offices(self._unit.connection)}

    @cached_property
    def review(self) -> Review:
        """The round of procedure one, as far as it is asked for."""
        if self._classes is not None:
            return review_of(self._session, self._unit, self.round.id, self._classes)
        return review_once(self._session, self._unit, self.round.id)

    @cached_property
    def heard_review(self) -> Review:
        """The same as the colleges say it, before admissions decides.

        A college's paper is its own word: what is decided afterwards does not make it void.
        """
        review, today = self.review, self._session.today()
        students = []
        for one in review.students:
            file = replace(one.file, verdict=None)
            found = assess_review(file, review.rules, review.items, today)
            students.append(Reviewed(one.student, file, found))
        return Review(review.rules, review.items, tuple(students))

    @cached_property
    def heard_recheck(self) -> Recheck:
        """The same as the two reviewers found it, before any case (细则 二(三)3, 4)."""
        students = []
        for one in self.recheck.students:
            file = replace(one.file, cases=(), verdict=None)
            students.append(replace(one, file=file, assessment=assess_recheck(file)))
        return Recheck(self.recheck.rules, tuple(students))

    @cached_property
    def recheck(self) -> Recheck:
        """The round of procedure two, as far as it is asked for."""
        if self._classes is not None:
            return recheck_of(self._session, self._unit, self.round.id, self._classes)
        return recheck_once(self._session, self._unit, self.round.id)

    def group(self, class_id: str) -> ClassGroup:
        """Return a class.

        Raises:
            NotFound: there is none, or another college's.
        """
        if (found := self.groups.get(class_id)) is None:
            raise NotFound("这个批次里没有这个班级。", "请先收入下发的新生名单。")
        return found

    def groups_of(self, office: str) -> list[ClassGroup]:
        """Return the classes of a college."""
        return [group for group in self.groups.values() if group.office == office]

    def colleges(self) -> dict[str, list[ClassGroup]]:
        """Return the classes of each college, by its name."""
        found: dict[str, list[ClassGroup]] = {}
        for group in self.groups.values():
            found.setdefault(group.college_name, []).append(group)
        return found

    @cached_property
    def cases(self) -> tuple[CaseDossier, ...]:
        """The cases of the round."""
        return dossiers_of_round(self._unit, self.round.id)

    def by_college(self, everybody: Sequence[_Looked]) -> dict[str, list[_Looked]]:
        """Return students by the name of their college."""
        found: dict[str, list[_Looked]] = {name: [] for name in self.colleges()}
        for one in everybody:
            group = self.groups.get(one.student.class_id, NO_CLASS)
            found.setdefault(group.college_name, []).append(one)
        return found

    def abouts(self, kind: PaperKind) -> list[tuple[str, str]]:
        """Return what copies of a paper there are: pairs of what each is about, and its name."""
        unit = RULES[kind].unit
        if unit is Unit.CLASS:
            return [(group.id, group.name) for group in self.groups.values()]
        if unit is Unit.CASE:
            return [(f"case:{case.number}", f"{case.number} {case.name}") for case in self.cases]
        return [(self.home.id, self.home.name)]

    def awaited(self, kind: PaperKind) -> list[tuple[str, str]]:
        """Return the colleges from which admissions waits for a paper: pairs of id and name."""
        if not RULES[kind].awaited or self.home.kind is not OfficeKind.ADMISSIONS:
            return []
        offices = dict.fromkeys(group.office for group in self.groups.values() if group.office)
        return [self.office(office) for office in offices]

    def paper(self, kind: PaperKind, about: str) -> WrittenPaper:
        """Return what stands on a paper now.

        Args:
            kind: one that ``COMPOSED`` names.
            about: the class, office or case.

        Raises:
            NotFound: there is no such class or case here.
        """
        return COMPOSED[kind](self, about)

    def office(self, about: str) -> tuple[str, str]:
        """Return an office's id and name."""
        return about, self.offices.get(about, self.home.name)

    def reviewed(self, class_id: str) -> tuple[Reviewed, ...]:
        """Return the students of a class in procedure one, as its college says it."""
        return self.heard_review.of_class(class_id)

    def rechecked(self, groups: Iterable[ClassGroup]) -> tuple[Rechecked, ...]:
        """Return the students of some classes in procedure two, as the reviewers found it."""
        return self.heard_recheck.of_classes({group.id for group in groups})

    def case(self, about: str) -> CaseDossier:
        """Return a case.

        Raises:
            NotFound: there is none of this number.
        """
        for found in self.cases:
            if about == f"case:{found.number}":
                return found
        raise NotFound("没有这个编号的专项核查。", "请先登记专项核查，再生成书面材料。")


def classes_of(paper: StatedPaper) -> tuple[str, ...] | None:
    """Return the class that a paper is about, None where it is about more than one."""
    return (paper.about,) if RULES[PaperKind(paper.kind)].unit is Unit.CLASS else None


def _class_report(sources: Sources, about: str) -> WrittenPaper:
    group = sources.group(about)
    return class_report(sources.frame, group, sources.heard_review, sources.reviewed(about))


def _missing_documents(sources: Sources, about: str) -> WrittenPaper:
    return missing_documents(sources.frame, sources.group(about), sources.reviewed(about))


def _college_return(sources: Sources, about: str) -> WrittenPaper:
    groups = sources.groups_of(about)
    return college_return(sources.frame, sources.office(about), groups, sources.heard_review)


def _school_report(sources: Sources, about: str) -> WrittenPaper:
    colleges = sources.by_college(sources.review.students)
    return school_report(sources.frame, about, sources.review, colleges)


def _no_shows(sources: Sources, about: str) -> WrittenPaper:
    colleges = sources.by_college(sources.review.students)
    return no_shows(sources.frame, about, sources.review, colleges)


def _qualified(sources: Sources, about: str) -> WrittenPaper:
    return qualified(sources.frame, about, list(sources.groups.values()), sources.review)


def _training(sources: Sources, about: str) -> WrittenPaper:
    return training_material(sources.frame, about, sources.rules, sources.items)


def _sign_in(sources: Sources, about: str) -> WrittenPaper:
    return sign_in_sheet(sources.frame, about, sources.colleges())


def _five_nots(sources: Sources, about: str) -> WrittenPaper:
    return five_nots(sources.frame, about)


def _recheck_class(sources: Sources, about: str) -> WrittenPaper:
    group = sources.group(about)
    return class_summary(sources.frame, group, sources.rechecked([group]))


def _recheck_college(sources: Sources, about: str) -> WrittenPaper:
    groups = sources.groups_of(about)
    return college_summary(sources.frame, sources.office(about), groups, sources.rechecked(groups))


def _missing_forms(sources: Sources, about: str) -> WrittenPaper:
    groups = sources.groups_of(about)
    return missing_forms(sources.frame, sources.office(about), groups, sources.rechecked(groups))


def _approved(sources: Sources, about: str) -> WrittenPaper:
    groups = list(sources.groups.values())
    return approved(sources.frame, about, groups, sources.recheck.students)


def _closing(sources: Sources, about: str) -> WrittenPaper:
    students = sources.recheck.students
    return closing_report(
        ClosingFacts(
            school=sources.frame.school,
            round_name=sources.frame.round_name,
            entry_year=sources.frame.entry_year,
            office=about,
            total=counted(students),
            colleges=tuple((c, counted(them)) for c, them in sources.by_college(students).items()),
            cases=sources.cases,
            titles=tuple(RECHECK_COUNT_TITLES.items()),
            until=last_recheck_day(sources.rules, sources.round.deadline),
        )
    )


def _case(sources: Sources, about: str) -> WrittenPaper:
    frame = sources.frame
    return case_paper(frame.school, frame.round_name, about, sources.case(about))


COMPOSED: Final[Mapping[PaperKind, Callable[[Sources, str], WrittenPaper]]] = {
    PaperKind.CLASS_REPORT: _class_report,
    PaperKind.MISSING_DOCUMENTS: _missing_documents,
    PaperKind.COLLEGE_RETURN: _college_return,
    PaperKind.SCHOOL_REPORT: _school_report,
    PaperKind.NO_SHOWS: _no_shows,
    PaperKind.QUALIFIED: _qualified,
    PaperKind.TRAINING: _training,
    PaperKind.TRAINING_SIGN_IN: _sign_in,
    PaperKind.FIVE_NOTS: _five_nots,
    PaperKind.RECHECK_CLASS: _recheck_class,
    PaperKind.RECHECK_COLLEGE: _recheck_college,
    PaperKind.MISSING_FORMS: _missing_forms,
    PaperKind.APPROVED: _approved,
    PaperKind.CLOSING_REPORT: _closing,
    PaperKind.CASE_STATEMENT: _case,
}
"""How each paper is composed; forms and posters are drawn from records of their own."""
