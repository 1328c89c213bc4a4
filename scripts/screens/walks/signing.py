"""A secretary takes in the roster, prints the sheets, and records what was signed."""

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from desktop.domain.sheets import Mark
from desktop.domain.students import Identity
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.pages.signing.class_list import ClassListPage
from desktop.views.pages.signing.page import SigningPage
from desktop.views.wizards.merge_desk.steps import FilesStep
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from scripts.screens.seat import Seat, press
from scripts.screens.shots import COLLEGE_PAGES
from scripts.screens.stages import ISSUED, SIGNED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, every_page, photograph

_COLLEGE = "college-01"


def print_sheets(way: Way) -> Sights:
    """Take in the roster, and walk to the printer."""
    demo = way.demo(ISSUED)
    seat = way.seat(demo, _COLLEGE)
    yield from every_page(seat, "college-empty", COLLEGE_PAGES)
    seat.open(ExchangePage).merge()
    files = seat.wizard.page
    if isinstance(files, FilesStep):
        files.add([demo / "bundles" / "下发" / _COLLEGE])
    seat.go_on()
    yield "take-in-done", seat.go_on()
    seat.go_on()
    page = seat.open(SigningPage)
    yield "signing-fresh", seat.window
    first = page.table.model.record(0).group.id
    seat.open(ClassListPage, first)
    yield "college-class_list", seat.window
    page = seat.open(SigningPage)
    page.print_sheets()
    yield "print-classes", seat.wizard
    yield "print-preview", seat.go_on()
    wizard = seat.go_on()
    yield "print-output", wizard
    wizard.go_on()
    question = seat.dialog(QMessageBox)
    yield "print-leaving", question
    press(question, "仍然离开")
    seat.settle()
    page.print_sheets(first)
    yield "print-scope", seat.go_on()
    seat.close()


def record(way: Way) -> Sights:
    """Record a sheet, and what stands on it besides signatures."""
    demo = way.demo(SIGNED)
    seat = way.seat(demo, _COLLEGE)
    classes = seat.open(SigningPage)
    yield "college-signing", seat.window
    group = classes.table.model.record(0).group.id
    seat.shell.open(RecordingPage.CARD.id)
    yield "recording-entrance", seat.window
    page = seat.open(RecordingPage, group)
    table, reasons = page.place.table, page.place.reasons
    table.go_to(1)
    table.noted.emit(1, Mark.UNSIGNED)
    yield "recording-unsigned", seat.window
    reasons.reason.setText("请病假，尚未返校")
    reasons.reason.returnPressed.emit()
    table.go_to(3)
    table.noted.emit(3, Mark.BY_PROXY)
    yield "recording-proxy", seat.window
    reasons.give_up()
    table.go_to(1)
    yield "college-recording", seat.window
    photo = photograph(way.stick() / "身份证正面.png")
    yield from _correction(seat, page, photo)
    yield from _place(seat, page, photo)
    yield from _addition_and_retraction(seat, page)
    seat.close()


def _correction(seat: Seat, page: RecordingPage, photo: Path) -> Sights:
    page.propose_correction()
    yield "correction-missing", seat.go_on()
    fill(seat.wizard, new="王大明", explanation="以身份证为准")
    yield "correction-field", seat.wizard
    seat.go_on()
    _attach(seat, photo)
    yield "correction-evidence", seat.wizard
    yield "correction-done", seat.go_on()
    seat.go_on()
    page.propose_correction()
    identity: Identity = seat.wizard.draft.identity
    other = "女" if identity.sex == "男" else "男"
    fill(seat.wizard, field="sex", new=other, explanation="以身份证为准")
    seat.go_on()
    _attach(seat, photo)
    seat.go_on()
    yield "correction-doubt", seat.dialog(QMessageBox)
    seat.put_away()


def _place(seat: Seat, page: RecordingPage, photo: Path) -> Sights:
    page.report_place()
    fill(seat.wizard, kind="kept")
    yield "place-kind", seat.wizard
    seat.go_on()
    fill(seat.wizard, explanation="应征入伍", document="入伍通知书", until="2028-09-01")
    yield "place-paper", seat.wizard
    seat.go_on()
    _attach(seat, photo)
    yield "place-evidence", seat.wizard
    yield "place-done", seat.go_on()
    seat.go_on()


def _addition_and_retraction(seat: Seat, page: RecordingPage) -> Sights:
    page.add_student()
    fill(
        seat.wizard,
        name="陈晓",
        sex="女",
        student_number="202615010199",
        explanation="从软件2602班转来",
    )
    yield "addition-student", seat.wizard
    yield "addition-done", seat.go_on()
    seat.go_on()
    page.retract()
    fill(seat.wizard, reason="看错了行，登记到了别人名下")
    yield "retraction-what", seat.wizard
    yield "retraction-done", seat.go_on()
    seat.go_on()


def _attach(seat: Seat, photo: Path) -> None:
    page = seat.wizard.page
    if isinstance(page, EvidenceStep):
        page.attach([photo])
