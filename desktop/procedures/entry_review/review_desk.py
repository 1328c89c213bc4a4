"""Procedure one on admissions' desk: everybody, what does not agree, and how long there is time.

(细则 一(三)6.) Nothing here changes anything; verdicts are given in ``review_verdicts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.checklists import ChecklistItem
from desktop.domain.entry_review import ArrivalState, Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.provinces import OTHER_PROVINCE, source_province
from desktop.domain.reasons import Reason
from desktop.domain.review_count import ReviewCount, is_no_show
from desktop.domain.review_differences import Difference, face_difference, verdict_difference
from desktop.domain.review_rules import ReviewRules, days_left
from desktop.domain.rounds import ClassGroup, Round
from desktop.interchange.tables import province_names
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.session import Reader
from desktop.procedures.standing.review_files import Reviewed, counted, review_once
from desktop.procedures.standing.waiting_words import is_news, waiting_told
from desktop.store import school

REVIEWERS: Final = (OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR)


@dataclass(frozen=True, slots=True)
class DeskStudent:
    """A new student on admissions' desk.

    Attributes:
        reviewed: all that was said, and where the student stands.
        group: the class, ``boards.NO_CLASS`` where there is none.
        difference: how the face-comparison report differs from what the college says.
        stale: why a verdict that stands does not agree with what is known now.
        untold: whether the registrar is still to be told where the student stands, who can not
            pass yet; it goes with the list of those who pass.
    """

    reviewed: Reviewed
    group: ClassGroup
    difference: Difference | None
    stale: Reason | None
    untold: bool = False

    @property
    def subject(self) -> str:
        """The student."""
        return self.reviewed.student.subject

    @property
    def standing(self) -> Standing:
        """Where the student stands."""
        return self.reviewed.assessment.standing

    @property
    def ready(self) -> bool:
        """Whether the student can be told to the registrar as qualified, and has not been."""
        return self.standing is Standing.QUALIFIED and self.reviewed.file.verdict is None

    @property
    def may_give_up(self) -> bool:
        """Whether a person may confirm that the place is given up."""
        return may_give_up(self.reviewed)

    @property
    def may_be_kept(self) -> bool:
        """Whether it is worth asking a person to confirm that the place is kept.

        The college says that the student did not come, or not yet, or asks for it.
        """
        file = self.reviewed.file
        away = file.arrival in (ArrivalState.ABSENT, ArrivalState.LEAVE)
        return file.verdict is None and (away or self.asks_to_be_kept)

    @property
    def asks_to_be_kept(self) -> bool:
        """Whether the college has reported that the place is to be kept."""
        return self.reviewed.file.place == "kept"


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """A round of procedure one as admissions sees it.

    Attributes:
        round: the round.
        rules: what it asks for.
        items: its checklist.
        students: everybody, in class order.
        count: the numbers of the report.
        report_read: whether a face-comparison report was read in at all.
        today: ISO, of which everything here holds.
        report_days: how many days are left to report no-shows to the provinces, negative when it
            is too late, None while no end of check-in is set.
        give_up_days: how many are left until no-shows may be taken to have given up.
    """

    round: Round
    rules: ReviewRules
    items: tuple[ChecklistItem, ...]
    students: tuple[DeskStudent, ...]
    count: ReviewCount
    report_read: bool
    today: str
    report_days: int | None
    give_up_days: int | None

    def of(self, subject: str) -> DeskStudent | None:
        """Return one student, None where nobody of this name is on the roster."""
        return next((one for one in self.students if one.subject == subject), None)


def review_desk(session: Reader, round_id: str) -> ReviewDesk:
    """Return the whole desk.

    Raises:
        NotAllowed: only admissions and the registrar see everybody.
        NotFound: this store does not know the round.
    """
    session.require(*REVIEWERS)
    today = session.today()
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        review = review_once(session, unit, round_id)
        groups = {group.id: group for group in school.classes(unit.connection)}
        told = waiting_told(unit, round_id)
    rules, items = review.rules, review.items
    students = tuple(
        DeskStudent(
            one,
            groups.get(one.student.class_id, NO_CLASS),
            face_difference(one.file, rules),
            verdict_difference(one.file, rules, items, today),
            is_news(one, told) and one.assessment.standing is not Standing.QUALIFIED,
        )
        for one in review.students
    )
    return ReviewDesk(
        round=round_,
        rules=rules,
        items=items,
        students=students,
        count=counted(review.students),
        report_read=any(one.file.face for one in review.students),
        today=today.isoformat(),
        report_days=days_left(rules.report_by, today),
        give_up_days=days_left(rules.give_up_after, today),
    )


def may_give_up(one: Reviewed) -> bool:
    """Tell whether a person may confirm that a student has given the place up.

    The time is over (41号令 第八条), or the student has given it up in so many words.
    """
    file = one.file
    if file.verdict is not None or file.arrival is ArrivalState.ARRIVED:
        return False
    return one.assessment.overdue or "given_up" in (file.place, _CAUSES.get(file.cause))


_CAUSES: Final[Mapping[str, str]] = {"gave_up": "given_up"}


@dataclass(frozen=True, slots=True)
class ProvinceNoShows:
    """Who did not come of those whom one province had sent."""

    province: str
    students: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True)
class NoShowReport:
    """The no-shows of a round as provinces are told of them, the province with most first.

    ``report_by`` and ``days`` say until when, "" and None while no end of check-in is set.
    """

    report_by: str
    days: int | None
    provinces: tuple[ProvinceNoShows, ...]

    @property
    def number(self) -> int:
        """How many no-shows there are."""
        return sum(len(one.students) for one in self.provinces)


def no_show_report(session: Reader, round_id: str) -> NoShowReport:
    """Return who did not come, by the province that the exam number names.

    Raises:
        NotAllowed: only admissions and the registrar see everybody.
    """
    session.require(*REVIEWERS)
    with session.unit_of_work() as unit:
        review = review_once(session, unit, round_id)
    names = province_names()
    found: dict[str, list[Reviewed]] = {}
    for one in review.students:
        if is_no_show(one.file, one.assessment):
            province = source_province(one.student.identity.exam_number, names)
            found.setdefault(province, []).append(one)
    order = sorted(found, key=lambda name: (name == OTHER_PROVINCE, -len(found[name]), name))
    return NoShowReport(
        review.rules.report_by,
        days_left(review.rules.report_by, session.today()),
        tuple(ProvinceNoShows(name, tuple(found[name])) for name in order),
    )
