"""Cases as their written material and the closing report need them, from what was said."""

from collections.abc import Mapping

from desktop.domain.case_papers import CaseDossier, CaseNote
from desktop.domain.recheck import NOTE_TITLES
from desktop.domain.rounds import Procedure
from desktop.procedures.recheck_files import case_stands
from desktop.store import registration, school
from desktop.store.registration import Texts
from desktop.store.store import UnitOfWork
from desktop.store.students import students_by_subject


def dossiers_of_round(unit: UnitOfWork, round_id: str) -> tuple[CaseDossier, ...]:
    """Return the cases of a round by their number."""
    connection = unit.connection
    said = {
        subject: texts
        for subject, texts in registration.texts_of_round(connection, "case_file", round_id).items()
        if case_stands(texts)
    }
    notes = _notes_of(registration.texts_of_round(connection, "case_note", round_id))
    students = students_by_subject(connection, {texts["student"] for texts in said.values()})
    groups = {group.id: group for group in school.classes(connection)}
    enrolled = enrolled_students(unit, school.round_by_id(connection, round_id).entry_year)
    found = []
    for subject, texts in sorted(said.items()):
        student = students.get(texts["student"])
        identity = student.identity if student else None
        group = groups.get(student.class_id) if student else None
        number = subject.removeprefix("case:")
        found.append(
            CaseDossier(
                number=number,
                student_number=identity.student_number if identity else "",
                name=identity.name if identity else "",
                sex=identity.sex if identity else "",
                id_number=identity.id_number if identity else "",
                exam_number=identity.exam_number if identity else "",
                college=group.college_name if group else "",
                class_name=group.name if group else "",
                major=identity.major_name if identity else "",
                cause=texts["cause"],
                important=texts["important"] == "yes",
                opened_on=texts["opened_on"],
                findings=texts["findings"],
                notes=notes.get(number, ()),
                outcome=texts["outcome"],
                enrolled=texts["student"] in enrolled,
                until=texts["until"],
                decided_by=texts["decided_by"],
                decided_on=texts["decided_on"],
                document=texts["document"],
                explanation=texts["explanation"],
            )
        )
    return tuple(found)


def enrolled_students(unit: UnitOfWork, entry_year: str) -> frozenset[str]:
    """Return whom this seat knows to be registered already, of one year of entry."""
    return frozenset(
        student
        for round_ in school.rounds(unit.connection)
        if round_.procedure is Procedure.STUDENT_REGISTRATION and round_.entry_year == entry_year
        for student, texts in registration.texts_of_round(
            unit.connection, "registration", round_.id
        ).items()
        if texts["outcome"] == "registered"
    )


def _notes_of(said: Mapping[str, Texts]) -> dict[str, tuple[CaseNote, ...]]:
    """Return the notes of each case by their day."""
    found: dict[str, list[CaseNote]] = {}
    for texts in sorted(said.values(), key=lambda t: (t["noted_on"], t["kind"], t["text"])):
        if texts["kind"] in NOTE_TITLES:
            note = CaseNote(texts["kind"], texts["noted_on"], texts["people"], texts["text"])
            found.setdefault(texts["case_file"].removeprefix("case:"), []).append(note)
    return {number: tuple(notes) for number, notes in found.items()}
