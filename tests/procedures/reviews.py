"""A school whose new students check in: a round of procedure one, and what offices say in it."""

from collections.abc import Sequence

from desktop.domain.entry_review import ArrivalState, Finding
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.procedures.check_in.check_in import record_check_in
from desktop.procedures.check_in.check_in_desk import CheckInClass, CheckInRow, class_on_desk
from desktop.procedures.check_in.check_in_notes import ArrivalNote, CheckInNotes, VerdictNote
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.rounds import NewRound, assign_classes, open_round
from desktop.procedures.session import Session
from tests.conftest import COLLEGES, School, roster_rows
from tests.procedures.acts import class_id, say

REVIEW = "2026-entry_review-1"
TEACHER = "周班主任"
SAME = {"photo": "same", "id_card": "same", "person": "same"}


def begin_review(school: School) -> None:
    """Open a round of procedure one at the leader's, and let the first college hear of it."""
    registrar = school.registrar
    open_round(
        registrar,
        NewRound(Procedure.ENTRY_REVIEW, "2026级新生入学资格审查", "2026", "2026-09-30"),
    )
    admit_rows(registrar, REVIEW, roster_rows(), "录取名单")
    for office, name in COLLEGES.items():
        assign_classes(registrar, name, office)
    for group in school.classes(registrar):
        train(registrar, group.id)
    school.carry(registrar, school.first, REVIEW)


def train(session: Session, class_id_: str, teacher: str = TEACHER) -> None:
    """Say that a class's teacher was trained."""
    key = Key(class_id_, "training", REVIEW)
    say(session, key, teacher=teacher, trained_on="2026-08-30")


def check_face(
    session: Session, student: str, result: str = "成功", likeness: str = "0.93"
) -> None:
    """Say what the face-comparison system found."""
    say(session, Key(student, "face_check", ""), face_result=result, face_likeness=likeness)


def on_desk(session: Session, class_name: str = "软件2601班") -> CheckInClass:
    """Return a class as the college sees it."""
    return class_on_desk(session, REVIEW, class_id(session, class_name))


def rows_of(session: Session, class_name: str = "软件2601班") -> Sequence[CheckInRow]:
    """Return the students of a class as the college sees them."""
    return on_desk(session, class_name).rows


def today_of(session: Session) -> str:
    """Return today as this seat knows it."""
    return session.today().isoformat()


def arrive(session: Session, *students: str) -> None:
    """Record that students came today."""
    day = today_of(session)
    notes = [ArrivalNote(student, ArrivalState.ARRIVED, day) for student in students]
    record_check_in(session, REVIEW, CheckInNotes(arrivals=tuple(notes)))


def find(session: Session, student: str, finding: Finding = Finding.NORMAL, why: str = "") -> None:
    """Record what the class teacher finds after comparing by hand."""
    note = VerdictNote(student, finding, TEACHER, why, SAME)
    record_check_in(session, REVIEW, CheckInNotes(verdicts=(note,)))
