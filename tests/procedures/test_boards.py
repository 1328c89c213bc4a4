"""What the boards count is what a walk through the readings finds, student by student."""

from collections import Counter

from desktop.domain.sheets import Mark
from desktop.domain.statements import Key
from desktop.procedures.registration.boards import NO_CLASS, class_progress, outcome_counts
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import (
    PlaceReport,
    StudentMark,
    record_marks,
    report_place,
)
from desktop.store import registration
from desktop.store.students import listed_places
from tests.conftest import ROUND, School

from .acts import class_id, complete_class, contradict, members, print_class, second_registrar

CLASS, NEXT, NURSING = "软件2601班", "软件2602班", "护理2601班"


def counted(session: Session) -> dict[str, tuple[int, ...]]:
    """Return what the board says: per class students, printed, recorded, issued."""
    return {
        one.group.id: (one.students, one.printed, one.recorded, one.issued)
        for one in class_progress(session, ROUND, judged=False)
    }


def walked(session: Session) -> dict[str, tuple[int, ...]]:
    """Return the same, found by asking of every student."""
    with session.unit_of_work() as unit:
        connection = unit.connection
        said = registration.subjects_of_round(connection, "signature", ROUND)
        said |= registration.subjects_of_round(connection, "place_report", ROUND)
        texts = registration.texts_of_round(connection, "registration", ROUND)
        issued = {student for student, fields in texts.items() if fields["outcome"]}
        sheets = registration.sheets_of_round(connection, ROUND).values()
        printed = {row.student for sheet in sheets for row in sheet.rows}
        places = listed_places(connection, ROUND)
    found: dict[str, list[str]] = {}
    for student, place in places:
        found.setdefault(place or NO_CLASS.id, []).append(student)
    return {
        place: (
            len(students),
            *(len(known.intersection(students)) for known in (printed, said, issued)),
        )
        for place, students in found.items()
    }


def test_a_board_counts_everybody_once(school: School) -> None:
    complete_class(school.first, CLASS)
    gone, *_ = members(school.first, CLASS)
    report_place(school.first, ROUND, PlaceReport(gone.subject, "given_up", "复读", "放弃声明"))
    sheet = print_class(school.first, NEXT)
    print_class(school.first, NEXT)  # printed twice, and yet the same students
    signer = members(school.first, NEXT)[0].subject
    record_marks(school.first, ROUND, sheet.number, [StudentMark(signer, Mark.SIGNED)])
    assert counted(school.first) == walked(school.first)
    school.carry(school.first, school.registrar)
    issue(school.registrar, ROUND)
    other = second_registrar(school)
    lost = members(school.registrar, NEXT)[1].subject
    places = (class_id(school.registrar, CLASS), class_id(school.registrar, NURSING))
    contradict(school, other, Key(lost, "placement", ""), "class_id", *places)
    board = counted(school.registrar)
    assert board == walked(school.registrar)
    assert board[class_id(school.registrar, CLASS)] == (3, 3, 3, 3)
    assert board[class_id(school.registrar, NEXT)] == (2, 2, 1, 0)
    assert board[NO_CLASS.id] == (1, 1, 0, 0)


def test_the_outcomes_add_up_to_the_roster(school: School) -> None:
    complete_class(school.first, CLASS)
    gone, *_ = members(school.first, CLASS)
    report_place(school.first, ROUND, PlaceReport(gone.subject, "given_up", "复读", "放弃声明"))
    school.carry(school.first, school.registrar)
    issue(school.registrar, ROUND)
    told = Counter(outcome_counts(school.registrar, ROUND))
    assert told == Counter(registered=2, place_given_up=1, held_back=6)
