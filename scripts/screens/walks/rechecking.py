"""A secretary in the days of the re-check: forms, the desk of comparison, two reviews."""

from pathlib import Path

from desktop.domain.recheck_forms import FormHead, RecheckForm, form_code
from desktop.domain.rounds import Procedure
from desktop.pictures.practice import practice_form, practice_scan
from desktop.printing.recheck_forms import render_forms
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.recheck.recheck_reviews import retract_review
from desktop.procedures.recheck.recheck_spellings import rule_everywhere
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.store import school
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.recheck.desk_page import ComparisonPage
from desktop.views.pages.recheck.page import RecheckPage
from desktop.views.pages.spellings.page import SpellingsPage
from desktop.views.wizards.found_pictures.step import FoundStep
from scripts.screens.seat import Seat
from scripts.screens.stages import ISSUED
from scripts.screens.waiting import until
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, signed_in

_COLLEGE, _ADMISSIONS = "college-01", "admissions"
_REVIEWED_AGAIN = 8
_ASKED = ("name", "sex", "ethnicity", "birth_date", "exam_number", "secondary_school")
_RENAMED = (
    ("home_address", "襄樊市", "襄阳市", "襄樊市 2010 年更名为襄阳市"),
    ("secondary_school", "襄樊市第五中学", "襄阳市第五中学", "学校随市更名"),
)


def recheck(way: Way) -> Sights:
    """Look at the classes, collect forms, compare one, call many sound; then admissions."""
    demo = way.demo(ISSUED)
    round_id, students = _begin(demo)
    seat = way.seat(demo, _COLLEGE)
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    page = seat.open(RecheckPage, students[0].student.class_id)
    yield "college-recheck", seat.window
    yield from _collect(seat, page, way, round_id, students)
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
    with signed_in(demo, _ADMISSIONS) as admissions:
        for field, old, new, why in _RENAMED:
            rule_everywhere(admissions, field, old, new, why=why)
    yield from _at_admissions(demo, way, round_id, students[0])
    with signed_in(demo, _ADMISSIONS) as admissions, signed_in(demo, _COLLEGE) as college:
        merge(college, [export(admissions, _COLLEGE, round_id, demo / "bundles").path])
    seat = way.seat(demo, _COLLEGE)  # which hears of verdicts, too, and so could collect no more
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    _choose_first(seat.open(SpellingsPage))
    yield "college-spellings", seat.window
    seat.close()


def _collect(
    seat: Seat, page: RecheckPage, way: Way, round_id: str, students: list[Rechecked]
) -> Sights:
    """Read a folder: a scan of some forms, pictures with and without a name, one file broken."""
    folder = way.stick() / "复查表"
    folder.mkdir(exist_ok=True)
    codes = [form_code(round_id, one.student.subject) for one in students[4:7]]
    head = FormHead("襄阳职业技术学院", "2026级新生入学资格复查", "", "", "")
    forms = [RecheckForm(head, _ASKED, 1, "", code) for code in codes]
    scanned = practice_scan(render_forms(forms).data, 1)
    (folder / "scan0001.pdf").write_bytes(scanned)
    for place, one in enumerate(students[:4]):
        identity = one.student.identity
        name = f"{identity.student_number or identity.exam_number}+{identity.name}.jpg"
        (folder / name).write_bytes(practice_form(place))
    (folder / "IMG_20261012_0931.jpg").write_bytes(practice_form(99))
    (folder / "scan0002.pdf").write_bytes(scanned[: len(scanned) // 2])
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
    yield from _spellings(seat)
    seat.close()


def _spellings(seat: Seat) -> Sights:
    """Decide for everybody that a town was renamed, and take something else back."""
    page = seat.open(SpellingsPage)
    _choose_first(page)
    yield "admissions-spellings", seat.window
    page.decide_new()
    names = {"one": "蒲圻市", "other": "赤壁市"}
    fill(seat.wizard, field="home_address", reason="蒲圻市 1998 年更名为赤壁市", **names)
    yield "spelling-form", seat.wizard
    yield "spelling-confirm", seat.go_on()
    yield "spelling-done", seat.go_on()
    seat.go_on()
    page.take_back(next(one for one in page.table.records if one.ruling))
    yield "spelling-back-look", seat.wizard
    seat.go_on()
    fill(seat.wizard, reason="查明是两个不同的地方")
    yield "spelling-back-reason", seat.wizard
    seat.put_away()


def _choose_first(page: SpellingsPage) -> None:
    page.table.choose(page.table.records[0])


def _begin(demo: Path) -> tuple[str, list[Rechecked]]:
    """Let some students of a class wait for their first review again; return the class."""
    with signed_in(demo, _COLLEGE) as college:
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
