"""Procedure two, student by student: everything that was said, and where each stands (细则 二).

Pages, papers and the verdicts that go to the registrar all begin here, so that they show the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.answers import Agreement, Ruling, agree, pair, read_ruling
from desktop.domain.recheck import (
    CaseFacts,
    RecheckAssessment,
    RecheckCount,
    RecheckFile,
    RecheckVerdict,
    ReviewFinding,
    assess,
    count,
)
from desktop.domain.review_fields import ANSWER_FIELDS, ARCHIVE_FIELDS, FIVE_THINGS
from desktop.domain.review_rules import ReviewRules
from desktop.domain.rounds import Procedure
from desktop.domain.wording import full_title
from desktop.procedures.session import Reader
from desktop.procedures.standing.review_files import review_among, review_of, rules_of_round
from desktop.store import registration, school
from desktop.store.registration import Texts
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, in_class_order, listed_students

OF_STUDENT: Final = (
    "identity",
    "placement",
    "roster",
    "archive",
    "recheck_form",
    "recheck_answer",
    "answer_ruling",
    "recheck_review",
    "recheck_second_review",
    "recheck",
)
"""The aspects on whose contradictions a student waits."""
_LASTING: Final = frozenset({"archive"})


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A student, all that was said in the round, and where that leads.

    ``archive`` and ``answers`` are per field of ``ANSWER_FIELDS`` what the file and the form say,
    ``rulings`` what a person said last of a difference, be it of other spellings than these.
    """

    student: Student
    file: RecheckFile
    assessment: RecheckAssessment
    archive: Mapping[str, str]
    answers: Mapping[str, str]
    rulings: Mapping[str, Ruling]


@dataclass(frozen=True, slots=True)
class Recheck:
    """A round of procedure two as this seat knows it, in class order."""

    rules: ReviewRules
    students: Sequence[Rechecked]

    def of_classes(self, class_ids: Collection[str]) -> tuple[Rechecked, ...]:
        """Return the students of some classes."""
        return tuple(one for one in self.students if one.student.class_id in class_ids)


def counted(students: Collection[Rechecked]) -> RecheckCount:
    """Return the numbers of some students."""
    return count((one.file, one.assessment) for one in students)


def recheck_once(session: Reader, unit: UnitOfWork, round_id: str) -> Recheck:
    """Return what ``recheck_of`` does, worked out once until something is saved.

    Only for transactions that write nothing.
    """
    return session.store.worked_out(
        ("recheck", round_id, session.today().isoformat()),
        lambda: recheck_of(session, unit, round_id),
    )


def recheck_of(
    session: Reader, unit: UnitOfWork, round_id: str, class_ids: Collection[str] | None = None
) -> Recheck:
    """Return a round of procedure two, or some of its classes."""
    students = listed_students(unit.connection, round_id, class_ids)
    return _recheck(session, unit, round_id, students, some=class_ids is not None)


def recheck_among(
    session: Reader, unit: UnitOfWork, round_id: str, students: Collection[Student]
) -> Recheck:
    """Return some of the students who are listed in a round of procedure two."""
    ordered = in_class_order(unit.connection, students)
    return _recheck(session, unit, round_id, ordered, some=True)


def _recheck(
    session: Reader, unit: UnitOfWork, round_id: str, students: Sequence[Student], *, some: bool
) -> Recheck:
    rules = rules_of_round(unit, round_id)
    subjects = [one.subject for one in students] if some else None
    files = _Files(session, unit, round_id, rules, subjects)
    return Recheck(rules, tuple(files.of(one) for one in students))


def same_spellings(unit: UnitOfWork) -> frozenset[tuple[str, str, str]]:
    """Return the spellings of which a person has said that they mean the same, both folded."""
    said = registration.texts_of_round(unit.connection, "spelling_ruling", "")
    return frozenset(
        pair(texts["field"], texts["one"], texts["other"])
        for texts in said.values()
        if texts.get("verdict") == "same"
    )


def case_stands(texts: Texts) -> bool:
    """Tell whether a case is one: of what was taken back only the student is left."""
    return bool(texts["state"] or texts["conflicts"])


class _Files:
    """Everything that was said in a round, arranged so that one student's file is quick."""

    def __init__(
        self,
        session: Reader,
        unit: UnitOfWork,
        round_id: str,
        rules: ReviewRules,
        subjects: Collection[str] | None,
    ) -> None:
        connection = unit.connection
        self._rules = rules
        self._said: Mapping[str, Mapping[str, Texts]] = {
            aspect: registration.texts_of_round(
                connection, aspect, "" if aspect in _LASTING else round_id, subjects
            )
            for aspect in OF_STUDENT[3:]
        }
        self._conflicts = registration.conflicting_fields(connection, round_id)
        self._same = same_spellings(unit)
        self._watched = _watched(session, unit, round_id, subjects)
        self._cases: dict[str, list[CaseFacts]] = {}
        for subject, texts in registration.texts_of_round(
            connection, "case_file", round_id
        ).items():
            if not case_stands(texts):
                continue
            number = subject.removeprefix("case:")
            facts = CaseFacts(
                number=number,
                concluded=texts["state"] == "concluded" and not texts["conflicts"],
                important=texts["important"] == "yes",
                outcome=texts["outcome"],
                cause=texts["cause"],
            )
            self._cases.setdefault(texts["student"], []).append(facts)

    def of(self, student: Student) -> Rechecked:
        """Return all that was said about one student, and where that leads."""
        subject = student.subject
        archive, form, answers, ruled, first, second, issued = (
            self._said[aspect].get(subject, {}) for aspect in OF_STUDENT[3:]
        )
        rulings = _rulings(ruled)
        known = _known(student, archive)
        written = {field: answers.get(field, "") for field in ANSWER_FIELDS} if answers else {}
        file = RecheckFile(
            student=subject,
            admission_type=student.identity.admission_type,
            form=form.get("form", ""),
            form_usable=form.get("state") != "unusable",
            agreements=self._agreements(written, known, rulings),
            five={thing: text for thing in FIVE_THINGS if (text := first.get(thing))},
            first=_finding(first),
            first_reviewer=first.get("reviewer", ""),
            first_explanation=first.get("explanation", ""),
            second=_finding(second),
            second_reviewer=second.get("reviewer", ""),
            second_explanation=second.get("explanation", ""),
            cases=tuple(sorted(self._cases.get(subject, ()), key=lambda case: case.number)),
            watched=subject in self._watched,
            verdict=RecheckVerdict(issued["verdict"]) if issued.get("verdict") else None,
            conflicts=self._conflicts_of(subject),
        )
        return Rechecked(student, file, assess(file), known, written, rulings)

    def _agreements(
        self,
        written: Mapping[str, str],
        known: Mapping[str, str],
        rulings: Mapping[str, Ruling],
    ) -> dict[str, Agreement]:
        """Return how each field that the form asks agrees; nothing was keyed in: nothing."""
        if not written:
            return {}
        return {
            field: agree(field, written[field], known[field], rulings.get(field), self._same)
            for field in self._rules.form_fields
        }

    def _conflicts_of(self, subject: str) -> tuple[str, ...]:
        return tuple(
            full_title(aspect, field)
            for aspect in OF_STUDENT
            for field in self._conflicts.get((subject, aspect), ())
        )


def _known(student: Student, archive: Texts) -> dict[str, str]:
    """Return what the admission file says, per field that a form may ask."""
    return {
        field: archive.get(field, "")
        if field in ARCHIVE_FIELDS
        else str(getattr(student.identity, field))
        for field in ANSWER_FIELDS
    }


def _rulings(ruled: Texts) -> dict[str, Ruling]:
    """Return what a person said last of the differences, by field."""
    return {
        field: ruling
        for field in ANSWER_FIELDS
        if (text := ruled.get(field)) and (ruling := read_ruling(text))
    }


def _finding(texts: Texts) -> ReviewFinding | None:
    return ReviewFinding(texts["verdict"]) if texts.get("verdict") else None


def _watched(
    session: Reader, unit: UnitOfWork, round_id: str, subjects: Collection[str] | None
) -> frozenset[str]:
    """Return whom the entry review of the same year left to be looked at with care."""
    year = school.round_by_id(unit.connection, round_id).entry_year
    reviews = [
        review_of(session, unit, round_.id)
        if subjects is None
        else review_among(session, unit, round_.id, subjects)
        for round_ in school.rounds(unit.connection)
        if round_.procedure is Procedure.ENTRY_REVIEW and round_.entry_year == year
    ]
    return frozenset(
        one.student.subject
        for review in reviews
        for one in review.students
        if one.assessment.watched
    )
