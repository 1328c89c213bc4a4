"""A secretary checks new students in: the board, a class by keys, and what waits for a training."""

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.entry_review import ArrivalState, Finding
from desktop.domain.rounds import ClassGroup, Procedure
from desktop.domain.statements import Key
from desktop.procedures.check_in.check_in import (
    record_check_in,
    record_class_arrived,
    record_class_documents,
    record_rest_normal,
)
from desktop.procedures.check_in.check_in_desk import class_on_desk
from desktop.procedures.check_in.check_in_notes import ArrivalNote, CheckInNotes, VerdictNote
from desktop.procedures.check_in.exceptions import About
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import set_class_teacher
from desktop.store import school
from desktop.store.journal import Draft
from desktop.store.students import every_student
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.check_in.class_page import CheckInClassPage
from desktop.views.pages.check_in.except_dialog import ExceptDialog
from desktop.views.pages.check_in.page import CheckInPage
from desktop.views.pages.workbench.page import WorkbenchPage
from scripts.screens.seat import Seat
from scripts.screens.stages import ISSUED
from scripts.screens.waiting import until
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, signed_in

_COLLEGE, _TEACHER = "college-01", "周敏"
_ON_LEAVE, _ABSENT, _DOUBTFUL, _HEARD = 3, 6, 8, 30
_LACKING = (4, 9)
_COMPARED = {"photo": "different", "id_card": "same", "person": "different"}


def check_in(way: Way) -> Sights:
    """Look at the board, and at a class in the middle of its first day."""
    demo = way.demo(ISSUED)
    round_id = _begin(demo)
    seat = way.seat(demo, _COLLEGE)
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    seat.open(WorkbenchPage)
    yield "check-in-workbench", seat.window
    board = seat.open(CheckInPage)
    yield "college-check_in", seat.window
    first, second = (line.group.id for line in board.table.records[:2])
    page = seat.open(CheckInClassPage, first)
    table = page.place.table
    table.go_to(_DOUBTFUL)
    until(lambda: not page.place.panel.photos.opening)
    yield "college-check_in_class", seat.window
    table.go_to(_HEARD)
    table.noted.emit(_HEARD, ArrivalState.LEAVE)
    yield "check-in-leave", seat.window
    page.place.question.give_up()
    yield from _all_but_some(seat, page)
    table.go_to(_DOUBTFUL)
    page.retract()
    fill(seat.wizard, reason="看错了行")
    yield "check-in-retraction-what", seat.wizard
    yield "check-in-retraction-done", seat.go_on()
    seat.go_on()
    seat.open(CheckInClassPage, second)
    yield "check-in-untrained", seat.window
    yield from _waive(seat)
    seat.close()


def _all_but_some(seat: Seat, page: CheckInClassPage) -> Sights:
    """Fill “the whole class, except …” in, once for documents and once for the six things."""
    seat.settle()
    for about, name in (
        (About.DOCUMENTS, "check-in-except"),
        (About.COMPARED, "check-in-except-six"),
    ):
        page.together.ask_exceptions(about)
        dialog = seat.dialog(ExceptDialog)
        dialog.anew.setChecked(about is About.DOCUMENTS)
        dialog.day.setText("2026-10-09")
        dialog.day.textEdited.emit("2026-10-09")
        dialog.table.ticked.emit(_LACKING[0])
        dialog.table.lacked.emit(_LACKING[1], 4)
        dialog.table.setCurrentCell(_LACKING[1], 0)
        yield name, dialog
        dialog.start_again()
        seat.put_away()
        del dialog


def _waive(seat: Seat) -> Sights:
    board = seat.open(CheckInPage)
    board.waive(board.table.records[1])
    fill(seat.wizard, head="刘建国", reason="班主任临时更换，培训安排在下周一")
    yield "check-in-waiver-form", seat.wizard
    yield "check-in-waiver-confirm", seat.go_on()
    yield "check-in-waiver-done", seat.go_on()
    seat.go_on()


def _begin(demo: Path) -> str:
    """Let admissions open another round of procedure one, and the college begin with it."""
    with signed_in(demo, "admissions") as admissions, signed_in(demo, _COLLEGE) as college:
        new = NewRound(Procedure.ENTRY_REVIEW, "2026级补录新生入学资格审查", "2026", "2026-10-10")
        round_id = open_round(admissions, new).id
        with college.unit_of_work() as unit:
            groups = school.classes(unit.connection, office=_COLLEGE)[:2]
        _list(admissions, round_id, [group.id for group in groups])
        set_class_teacher(college, groups[0].id, _TEACHER)
        bundle = export(admissions, _COLLEGE, round_id, demo / "bundles").path
        merge(college, [bundle])
        _record(college, round_id, groups[0])
    return round_id


def _list(admissions: Session, round_id: str, class_ids: Sequence[str]) -> None:
    """Let admissions list the students of some classes; the first one's teacher was trained."""
    with admissions.unit_of_work() as unit:
        listed = [s.subject for s in every_student(unit.connection) if s.class_id in class_ids]
        unit.journal.state_all(
            [
                *(Draft(Key(one, "roster", round_id), {"listed": "yes"}) for one in listed),
                Draft(
                    Key(class_ids[0], "training", round_id),
                    {"teacher": _TEACHER, "trained_on": "2026-08-28"},
                ),
            ]
        )
        unit.commit()


def _record(college: Session, round_id: str, group: ClassGroup) -> None:
    """Record most of a class's first morning."""
    students = [row.student for row in class_on_desk(college, round_id, group.id).rows]
    today = college.today().isoformat()
    leave = ArrivalNote(
        students[_ON_LEAVE], ArrivalState.LEAVE, "2026-09-28", "", "生病，有医院证明"
    )
    absent = ArrivalNote(students[_ABSENT], ArrivalState.ABSENT, "", "unreachable")
    record_check_in(college, round_id, CheckInNotes(arrivals=(leave, absent)))
    record_class_arrived(college, round_id, group.id, today, students[_HEARD:])
    lacking = {students[_DOUBTFUL + 2]: {"item_04": "2026-10-09", "item_05": ""}}
    record_class_documents(college, round_id, group.id, lacking)
    doubt = VerdictNote(
        students[_DOUBTFUL], Finding.DOUBTFUL, _TEACHER, "照片与本人不像", _COMPARED
    )
    record_check_in(college, round_id, CheckInNotes(verdicts=(doubt,)))
    record_rest_normal(college, round_id, group.id, _TEACHER)
