"""The finished round: every page of both offices, and what is done afterwards."""

from unittest import mock

from PySide6.QtWidgets import QMessageBox

from desktop.views.dialogs import asking, printing
from desktop.views.pages.documents.page import DocumentsPage
from desktop.views.pages.exchange.page import SENT, ExchangePage
from desktop.views.pages.registration.page import RegistrationPage
from desktop.views.pages.settings.page import SettingsPage
from desktop.views.pages.signing.page import SigningPage
from desktop.views.pages.students import StudentsPage
from desktop.views.printer_choice import PrinterChoice, keep_choice, paper_of
from scripts.screens.seat import Seat, press
from scripts.screens.shots import COLLEGE_PAGES, RECHECK_PAGES, REGISTRAR_PAGES, SETTINGS_TOPICS
from scripts.screens.stages import REGISTERED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.lists import read_lists
from scripts.screens.walks.mending import mend_a_list
from scripts.screens.walks.photos import read_photos
from scripts.screens.walks.way import Sights, Way, every_page

_SHOWN_ELSEWHERE = (
    "signing",
    "recording",
    "class_list",
    "check_in",
    "check_in_class",
    "review_papers",
    *RECHECK_PAGES,
)


def registrar_at_the_end(way: Way) -> Sights:
    """Look at every page of the registrar; papers, and an outcome that is changed."""
    seat = way.seat(way.demo(REGISTERED), "registrar")
    yield from read_photos(seat, way)
    yield from read_lists(seat, way)
    yield from mend_a_list(seat, way)
    yield from every_page(seat, "registrar", REGISTRAR_PAGES, _opened_at(seat))
    settings = seat.open(SettingsPage)
    for topic in SETTINGS_TOPICS:
        settings.chips.choose(topic)
        yield f"settings-{topic}", seat.window
    yield from _replaced(seat, way)
    yield from _without_printer(seat)
    yield from _papers(seat)
    yield from _again(seat, way)
    yield from _changed(seat)
    seat.close()


def college_at_the_end(way: Way) -> Sights:
    """Look at the pages of a college that has nothing left to do."""
    seat = way.seat(way.demo(REGISTERED), "college-01")
    pages = {id_: title for id_, title in COLLEGE_PAGES.items() if id_ not in _SHOWN_ELSEWHERE}
    yield from every_page(seat, "college", pages, _opened_at(seat))
    seat.open(SigningPage)
    yield "signing-finished", seat.window
    seat.close()


def _opened_at(seat: Seat) -> dict[str, str]:
    """Return at what the pages are opened that show nothing by themselves."""
    students = seat.open(StudentsPage).table.records
    student = max(students[:40], key=lambda one: len(one.name))
    papers = [one.document.sha256 for one in seat.open(DocumentsPage).table.records if one.is_pdf]
    return {"student": student.subject, "documents": papers[0]}


def _replaced(seat: Seat, way: Way) -> Sights:
    """Yield what is asked before a file is replaced, the folder being chosen already."""
    page = seat.open(DocumentsPage)
    page.table.choose(page.table.records[0])
    seat.settle()
    (way.stick() / page.table.records[0].document.name).write_bytes(b"something else")
    with mock.patch.object(
        asking, "ask_for_folder", lambda _parent, _title, then: then(way.stick())
    ):
        page.save_button.click()
    yield "replace-document", seat.dialog(QMessageBox)
    seat.put_away()


def _without_printer(seat: Seat) -> Sights:
    """Yield what is asked when the printer of the settings has gone."""
    page = seat.open(DocumentsPage)
    line = next(one for one in page.table.records if one.is_pdf)
    page.table.choose(line)
    seat.settle()
    memory, paper = page.desk.memory, paper_of(line.document.kind)
    keep_choice(memory, paper, PrinterChoice("三楼办公室的打印机"))
    with mock.patch.object(printing, "printer_names", return_value=["一楼的打印机"]):
        page.print_button.click()
    yield "printer-gone", seat.dialog(QMessageBox)
    seat.put_away()
    keep_choice(memory, paper, PrinterChoice())


def _papers(seat: Seat) -> Sights:
    page = seat.open(RegistrationPage)
    page.make_papers()
    fill(seat.wizard, what="chsi")
    yield "papers-what", seat.wizard
    yield "papers-check", seat.go_on()
    yield "papers-done", seat.go_on()
    seat.put_away()


def _again(seat: Seat, way: Way) -> Sights:
    page = seat.open(ExchangePage, SENT)
    yield "exchange-sent", seat.window
    page.write_again(page.sent.table.model.record(0))
    fill(seat.wizard, folder=str(way.stick()))
    yield "again-place", seat.wizard
    yield "again-done", seat.go_on()
    seat.go_on()
    page.export()
    yield "dispatch-content", seat.go_on()
    seat.put_away()


def _changed(seat: Seat) -> Sights:
    page = seat.open(RegistrationPage)
    page.close_or_reopen()
    fill(seat.wizard, reason="补充注册3名学生")
    yield "reopen-form", seat.wizard
    yield "reopen-confirm", seat.go_on()
    yield "reopen-done", seat.go_on()
    seat.go_on()
    page.table.choose(next(n for n in page.table.records if n.issued))
    press(page.details, "更改结论")
    yield "change-missing", seat.go_on()
    fill(seat.wizard, reason="误登记为放弃，本人持证明报到", document="教务处〔2026〕31号")
    yield "change-form", seat.wizard
    yield "change-confirm", seat.go_on()
    yield "change-done", seat.go_on()
    seat.go_on()
