"""Procedure one, student by student: everything that was said, and where each stands (细则 一).

Pages, papers and the verdicts that go to the registrar all begin here, so that they show the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.checklists import DEFAULT_CHECKLIST, SLOTS, ChecklistItem, read_types
from desktop.domain.entry_review import (
    ArrivalState,
    Assessment,
    Finding,
    ReviewFile,
    ReviewVerdict,
    assess,
)
from desktop.domain.review_count import ReviewCount, count
from desktop.domain.review_fields import SIX_THINGS
from desktop.domain.review_rules import ReviewRules, read_rules
from desktop.domain.wording import full_title
from desktop.procedures.session import Reader
from desktop.store import registration
from desktop.store.registration import Texts
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_among, listed_students

OF_STUDENT: Final = (
    "identity",
    "placement",
    "roster",
    "arrival",
    "document_check",
    "face_check",
    "class_verdict",
    "second_verdict",
    "place_report",
    "entry_review",
)
"""The aspects on whose contradictions a student waits."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A new student, all that was said in the round, and where that leads."""

    student: Student
    file: ReviewFile
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Review:
    """A round of procedure one as this seat knows it, in class order."""

    rules: ReviewRules
    items: tuple[ChecklistItem, ...]
    students: Sequence[Reviewed]

    def of_class(self, class_id: str) -> tuple[Reviewed, ...]:
        """Return the students of a class."""
        return tuple(one for one in self.students if one.student.class_id == class_id)

    def of_classes(self, class_ids: Collection[str]) -> tuple[Reviewed, ...]:
        """Return the students of some classes."""
        return tuple(one for one in self.students if one.student.class_id in class_ids)


def counted(students: Collection[Reviewed]) -> ReviewCount:
    """Return the numbers of some students."""
    return count((one.file, one.assessment) for one in students)


def review_once(session: Reader, unit: UnitOfWork, round_id: str) -> Review:
    """Return what ``review_of`` does, worked out once until something is saved.

    Only for transactions that write nothing.
    """
    return session.store.worked_out(
        ("review", round_id, session.today().isoformat()),
        lambda: review_of(session, unit, round_id),
    )


def review_of(
    session: Reader, unit: UnitOfWork, round_id: str, class_ids: Collection[str] | None = None
) -> Review:
    """Return a round of procedure one, or some of its classes."""
    students = listed_students(unit.connection, round_id, class_ids)
    return _review(session, unit, round_id, students, some=class_ids is not None)


def review_among(
    session: Reader, unit: UnitOfWork, round_id: str, subjects: Collection[str]
) -> Review:
    """Return those of some students who are listed in a round of procedure one."""
    students = listed_among(unit.connection, round_id, subjects)
    return _review(session, unit, round_id, students, some=True)


def _review(
    session: Reader, unit: UnitOfWork, round_id: str, students: Sequence[Student], *, some: bool
) -> Review:
    rules, items = rules_of_round(unit, round_id), checklist_of(unit, round_id)
    files = _Files(unit, round_id, [one.subject for one in students] if some else None)
    today = session.today()
    reviewed = []
    for student in students:
        file = files.of(student)
        reviewed.append(Reviewed(student, file, assess(file, rules, items, today)))
    return Review(rules, items, tuple(reviewed))


def rules_of_round(unit: UnitOfWork, round_id: str) -> ReviewRules:
    """Return what a round of procedures one or two asks for."""
    said = registration.texts_of_round(unit.connection, "review_rules", round_id)
    return read_rules(said.get(f"round:{round_id}", {}))


def checklist_of(unit: UnitOfWork, round_id: str) -> tuple[ChecklistItem, ...]:
    """Return the checklist of a round: what was said of it, else this college's custom."""
    said = registration.texts_of_round(unit.connection, "checklist_item", round_id)
    if not said:
        return DEFAULT_CHECKLIST
    found = []
    for slot in SLOTS:
        texts = said.get(f"item:{slot}", {})
        if texts.get("title") and texts.get("dropped") != "yes":
            types = read_types(texts.get("required_types", ""))
            item = ChecklistItem(slot, texts["title"], types, texts.get("note", ""))
            found.append((texts.get("place", ""), item))
    return tuple(item for _, item in sorted(found, key=lambda pair: (pair[0], pair[1].slot)))


class _Files:
    """Everything that was said in a round, arranged so that one student's file is quick."""

    def __init__(self, unit: UnitOfWork, round_id: str, subjects: Collection[str] | None) -> None:
        connection = unit.connection
        self._said: Mapping[str, Mapping[str, Texts]] = {
            aspect: registration.texts_of_round(
                connection, aspect, "" if aspect == "face_check" else round_id, subjects
            )
            for aspect in OF_STUDENT
            if aspect not in ("identity", "placement", "roster")
        }
        self._conflicts = registration.conflicting_fields(connection, round_id)

    def of(self, student: Student) -> ReviewFile:
        """Return all that was said about one student."""
        subject = student.subject
        arrival, documents, checked, verdict, second, place, issued = (
            self._said[aspect].get(subject, {}) for aspect in OF_STUDENT[3:]
        )
        return ReviewFile(
            student=subject,
            admission_type=student.identity.admission_type,
            arrival=ArrivalState(arrival["state"]) if arrival.get("state") else None,
            arrived_on=arrival.get("arrived_on", ""),
            leave_until=arrival.get("until", ""),
            cause=arrival.get("cause", ""),
            arrival_explanation=arrival.get("explanation", ""),
            documents={slot: text for slot in SLOTS if (text := documents.get(slot))},
            face=checked.get("face_result", ""),
            likeness=_likeness(checked.get("face_likeness", "")),
            compared={thing: text for thing in SIX_THINGS if (text := verdict.get(thing))},
            finding=Finding(verdict["verdict"]) if verdict.get("verdict") else None,
            finding_explanation=verdict.get("explanation", ""),
            checker=verdict.get("checker", ""),
            second=Finding(second["verdict"]) if second.get("verdict") else None,
            second_explanation=second.get("explanation", ""),
            second_checker=second.get("checker", ""),
            place=place.get("kind", ""),
            place_explanation=place.get("explanation", ""),
            place_document=place.get("document", ""),
            place_until=place.get("until", ""),
            verdict=ReviewVerdict(issued["verdict"]) if issued.get("verdict") else None,
            conflicts=self._conflicts_of(subject),
        )

    def _conflicts_of(self, subject: str) -> tuple[str, ...]:
        """Return the titles of the fields on which offices contradict one another."""
        return tuple(
            full_title(aspect, field)
            for aspect in OF_STUDENT
            for field in self._conflicts.get((subject, aspect), ())
        )


def _likeness(text: str) -> float | None:
    """Return a likeness from 0 to 1; a file may give it in hundredths. None: no number."""
    try:
        value = float(text.rstrip("%％"))
    except ValueError:
        return None
    return value / 100 if value > 1 or text.endswith(("%", "％")) else value
