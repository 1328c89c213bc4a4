"""What has happened in a round of procedure two before a window is opened."""

from desktop.domain.cases import cause_of
from desktop.procedures.cases.case_notes import NewNote, add_note
from desktop.procedures.cases.cases import NewCase, open_cases
from desktop.procedures.session import Session
from tests.rechecks import Rechecking, doubtful, sound


def after_reviewing(world: Rechecking) -> tuple[str, str, str]:
    """Let a college find one sound and two doubtful of a class, and admissions hear of it."""
    first, second, third = world.subjects()
    sound(world.college, world.round, [first])
    doubtful(world.college, world.round, second)
    doubtful(world.college, world.round, third, "name")
    world.to_admissions(world.college)
    return first, second, third


def open_case(world: Rechecking, session: Session, student: str, *, important: bool = False) -> str:
    """Open a case of a student with a note, and return its number."""
    cause = cause_of(world.found(session, student))
    (number,) = open_cases(session, world.round, [NewCase(student, cause, important)])
    today = session.today().isoformat()
    note = NewNote("interview", today, "李老师、本人", "说明考生号写错，当场核对准考证")
    add_note(session, world.round, number, note)
    return number
