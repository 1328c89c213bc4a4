"""The admissions office joins the school: its request, the registrar's answer, its own window."""

import shutil
from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from desktop.domain.import_problems import RosterRow
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.domain.students import Identity
from desktop.procedures.imports.rosters import admit_rows
from desktop.views.pages.roster.page import RosterPage
from desktop.views.pages.seats.page import SeatsPage
from desktop.views.wizards.answer_request.draft import AnswerRequest
from desktop.views.wizards.first_start.answer_step import AnswerStep
from desktop.views.wizards.first_start.draft import JOIN, FirstStart
from desktop.views.wizards.frame import Wizard
from scripts.screens.seat import CHOSEN, Seat
from scripts.screens.shots import EVERYONES_PAGES
from scripts.screens.stages import ISSUED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, every_page, round_of

_ATHLETES = tuple(
    Identity(
        exam_number=number, name=name, sex=sex, id_number=id_number, birth_date=id_number[6:14]
    )
    for number, name, sex, id_number in (
        ("26420612000001", "周一帆", "男", "420602200807112135"),
        ("26420612000002", "吴子涵", "女", "420602200803021164"),
        ("26420612000003", "郑雨桐", "女", "420602200811232244"),
    )
)


def join(way: Way) -> Sights:
    """Ask, answer, join."""
    folder, stick = way.place / "招生处的籍册", way.stick()
    shutil.rmtree(folder, ignore_errors=True)
    asking = Seat(folder, way.look)
    yield from _ask(asking, stick)
    request: FirstStart = asking.wizard.draft
    asking.close()
    registrar = way.seat(way.demo(ISSUED), "registrar")
    yield from _answer(registrar, request, stick)
    answered: AnswerRequest = registrar.wizard.draft
    registrar.put_away()
    yield from _give(registrar, stick)
    yield from _revoke(registrar)
    registrar.close()
    asking = Seat(folder, way.look)
    yield from _ask_again(asking, stick)
    fill(
        asking.wizard,
        answer_file=str(Path(answered.written)),
        digits_heard=answered.school_digits,
    )
    yield "first-start-answer", asking.wizard
    yield "first-start-joined", asking.go_on()
    asking.go_on()
    asking.sign_in(CHOSEN)
    yield from every_page(asking, "admissions", EVERYONES_PAGES)
    asking.close()


def _ask(seat: Seat, stick: Path) -> Sights:
    fill(seat.wizard, choice=JOIN)
    seat.go_on()
    fill(
        seat.wizard,
        school_code="12354",
        office_kind=str(OfficeKind.ADMISSIONS),
        seat_name="王老师的电脑",
    )
    yield "first-start-office", seat.wizard
    seat.go_on()
    fill(seat.wizard, operator="王老师", passphrase=CHOSEN, again=CHOSEN)
    seat.go_on()
    fill(seat.wizard, request_folder=str(stick))
    yield "first-start-request", seat.wizard
    yield "first-start-confirm_join", seat.go_on()
    seat.go_on()


def _ask_again(seat: Seat, stick: Path) -> Sights:
    """Write the request again, in a wizard over the one that waits."""
    waiting = seat.wizard.page
    if isinstance(waiting, AnswerStep):
        waiting.ask_to_give_up()
        question = seat.dialog(QMessageBox)
        yield "request-give-up", question
        question.reject()
        waiting.write_again()
    (again,) = waiting.findChildren(Wizard)
    seat.settle()
    fill(again, request_folder=str(stick))
    yield "request-again-request", again
    again.go_on()
    seat.settle()
    yield "request-again-written", again
    again.go_on()


def _answer(seat: Seat, request: FirstStart, stick: Path) -> Sights:
    seat.open(SeatsPage).answer_request()
    fill(seat.wizard, file=request.request_file)
    yield "answer-file", seat.wizard
    seat.go_on()
    fill(seat.wizard, digits_heard=request.digits)
    yield "answer-digits", seat.wizard
    yield "answer-office", seat.go_on()
    yield "answer-confirm", seat.go_on()
    seat.go_on()
    fill(seat.wizard, folder=str(stick))
    yield "answer-place", seat.wizard
    yield "answer-done", seat.go_on()


def _give(seat: Seat, stick: Path) -> Sights:
    """Give classes to a college that the roster calls otherwise, and write its answer again."""
    round_ = round_of(seat.session, Procedure.STUDENT_REGISTRATION)
    rows = [
        RosterRow("", 0, identity, "公共体育部", f"社会体育260{1 + n % 2}班")
        for n, identity in enumerate(_ATHLETES)
    ]
    admit_rows(seat.session, round_.id, rows, "招生工作处补来的名单")
    page = seat.open(RosterPage)
    yield "roster-loose", seat.window
    page.give_classes()
    fill(seat.wizard, office="college-03")
    yield "give-form", seat.wizard
    yield "give-confirm", seat.go_on()
    yield "give-done", seat.go_on()
    seat.go_on()
    seats = seat.open(SeatsPage)
    seats.answer_again(next(line for line in seats.table.records if line.answered))
    fill(seat.wizard, folder=str(stick))
    yield "answer-again", seat.wizard
    seat.put_away()


def _revoke(seat: Seat) -> Sights:
    page = seat.open(SeatsPage)
    page.revoke(next(line for line in page.table.records if not line.root))
    fill(seat.wizard, reason="电脑丢失")
    yield "revoke-form", seat.wizard
    yield "revoke-confirm", seat.go_on()
    yield "revoke-done", seat.go_on()
    seat.go_on()
