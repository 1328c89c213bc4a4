"""A secretary in the days of the re-check: forms, the desk of comparison, two reviews."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.rounds import Procedure
from desktop.pictures.practice import practice_form
from desktop.procedures.recheck.recheck_reviews import retract_review
from desktop.procedures.session import Session, open_and_sign_in
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.store import school
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.recheck.desk_page import ComparisonPage
from desktop.views.pages.recheck.page import RecheckPage
from desktop.views.wizards.found_pictures.step import FoundStep
from scripts.screens.seat import PASSPHRASE, Seat
from scripts.screens.stages import ISSUED
from scripts.screens.waiting import until
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way

_COLLEGE, _ADMISSIONS = "college-01", "admissions"
_REVIEWED_AGAIN = 8


def recheck(way: Way) -> Sights:
    """Look at the classes, collect forms, compare one, call many sound; then admissions."""
    demo = way.demo(ISSUED)
    round_id, students = _begin(demo)
    seat = way.seat(demo, _COLLEGE)
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    page = seat.open(RecheckPage, students[0].student.class_id)
    yield "college-recheck", seat.window
    yield from _collect(seat, page, way, students)
    desk = seat.open(ComparisonPage, f"{round_id} {students[0].student.subject}")
    until(lambda: desk.picture.shows_picture and not desk.picture.photos.row.opening)
    yield "college-comparison", seat.window
    yield from _take_back(seat, desk)
    page = seat.open(RecheckPage, students[0].student.class_id)
    page.call_all_sound()
    fill(seat.wizard, reviewer="周敏")
    yield "all-sound-form", seat.wizard
    yield "all-sound-confirm", seat.go_on()
    yield "all-sound-done", seat.go_on()
    seat.go_on()
    seat.close()
    yield from _at_admissions(demo, way, round_id, students[0])


def _collect(seat: Seat, page: RecheckPage, way: Way, students: list[Rechecked]) -> Sights:
    """Read a phone's folder: some named, one not, one a document."""
    folder = way.stick() / "复查表"
    folder.mkdir(exist_ok=True)
    for place, one in enumerate(students[:6]):
        identity = one.student.identity
        name = f"{identity.student_number or identity.exam_number}+{identity.name}.jpg"
        (folder / name).write_bytes(practice_form(place))
    (folder / "IMG_20261012_0931.jpg").write_bytes(practice_form(99))
    (folder / "扫描件.pdf").write_bytes(b"%PDF-1.7")
    page.collect()
    yield "collect-place", seat.wizard
    fill(seat.wizard, source=str(folder))
    seat.go_on()
    found = seat.wizard.page
    if not isinstance(found, FoundStep):
        raise TypeError("nothing was found")
    until(lambda: not found.photo.words)
    yield "collect-found", seat.wizard
    found.table.view.selectAll()
    found.decide_all(come_in=True)
    seat.go_on()
    fill(seat.wizard, reason="重新拍过，看得更清楚")
    yield "collect-reason", seat.wizard
    yield "collect-confirm", seat.go_on()
    yield "collect-done", seat.go_on()
    seat.go_on()


def _take_back(seat: Seat, desk: ComparisonPage) -> Sights:
    desk.take_back()
    fill(seat.wizard, what="second", reason="看错了人")
    yield "recheck-take-back-form", seat.wizard
    yield "recheck-take-back-confirm", seat.go_on()
    yield "recheck-take-back-done", seat.go_on()
    seat.go_on()


def _at_admissions(demo: Path, way: Way, round_id: str, one: Rechecked) -> Sights:
    seat = way.seat(demo, _ADMISSIONS)
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    seat.open(RecheckPage, one.student.class_id)
    yield "admissions-recheck", seat.window
    desk = seat.open(ComparisonPage, f"{round_id} {one.student.subject}")
    until(lambda: desk.picture.shows_picture and not desk.picture.photos.row.opening)
    yield "admissions-comparison", seat.window
    seat.close()


def _begin(demo: Path) -> tuple[str, list[Rechecked]]:
    """Let some students of a class wait for their first review again; return the class."""
    with _at(demo, _COLLEGE) as college:
        with college.unit_of_work() as unit:
            rounds = school.rounds(unit.connection)
            round_id = next(r.id for r in rounds if r.procedure is Procedure.RECHECK)
            found = recheck_of(college, unit, round_id).students
        class_id = next(one.student.class_id for one in found if one.file.first)
        mates = [one for one in found if one.student.class_id == class_id]
        again = [one for one in mates if one.file.second][1 : 1 + _REVIEWED_AGAIN]
        for one in again:
            student = one.student.subject
            retract_review(college, round_id, student, "重新核查", second=True)
            retract_review(college, round_id, student, "重新核查")
    first = next(one for one in mates if one.file.second)
    return round_id, [first, *(one for one in mates if one is not first)]


@contextmanager
def _at(demo: Path, name: str) -> Iterator[Session]:
    """Work at a seat for a while."""
    session = open_and_sign_in(demo / "seats" / name, "", PASSPHRASE)
    try:
        yield session
    finally:
        session.store.close()
