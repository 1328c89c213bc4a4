"""Cases as their written material and the closing report need them, from what was said."""

from desktop.domain.case_papers import CaseDossier, CaseNote
from desktop.domain.rounds import Procedure
from desktop.procedures.cases.case_files import Case, cases_of
from desktop.store import registration, school
from desktop.store.store import UnitOfWork


def dossiers_of_round(unit: UnitOfWork, round_id: str) -> tuple[CaseDossier, ...]:
    """Return the cases of a round by their number."""
    enrolled = enrolled_students(unit, school.round_by_id(unit.connection, round_id).entry_year)
    found = sorted(cases_of(unit, round_id), key=lambda case: case.number)
    return tuple(_dossier(case, enrolled) for case in found)


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


def _dossier(case: Case, enrolled: frozenset[str]) -> CaseDossier:
    identity = case.student.identity
    return CaseDossier(
        number=case.number,
        student_number=identity.student_number,
        name=identity.name,
        sex=identity.sex,
        id_number=identity.id_number,
        exam_number=identity.exam_number,
        college=case.group.college_name,
        class_name=case.group.name,
        major=identity.major_name,
        cause=case.cause,
        important=case.important,
        opened_on=case.opened_on,
        findings=case.findings,
        notes=tuple(
            CaseNote(
                note.kind,
                note.noted_on,
                note.people,
                note.text,
                tuple(file.sha256 for file in note.evidence),
            )
            for note in case.notes
        ),
        outcome=case.outcome,
        enrolled=case.student.subject in enrolled,
        until=case.until,
        decided_by=case.decided_by,
        decided_on=case.decided_on,
        document=case.document,
        explanation=case.explanation,
    )
