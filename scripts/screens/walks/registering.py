"""The registrar merges, decides, withdraws, and issues outcomes."""

from collections.abc import Generator
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.domain.exchange import IncomingBundle
from desktop.domain.histories import Attached
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.views.dialogs.evidence import EvidenceDialog
from desktop.views.pages.decisions.page import ADDITIONS, CORRECTIONS, DISAGREEMENTS, DecisionsPage
from desktop.views.pages.exchange.page import RECEIVED, REFUSED, SENT, ExchangePage
from desktop.views.pages.registration.page import RegistrationPage
from desktop.views.wizards.merge_desk.steps import FilesStep
from scripts.screens.seat import Seat, press
from scripts.screens.stages import EXPORTED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, photograph, signed_in

_OF_TWO_SEATS = "college-01"


def register(way: Way) -> Sights:
    """From the merge desk to the outcomes."""
    demo = way.demo(EXPORTED)
    seat = way.seat(demo, "registrar")
    seat.open(ExchangePage).merge()
    files = seat.wizard.page
    if isinstance(files, FilesStep):
        files.add([demo / "bundles"])
    yield "merge-files", seat.wizard
    yield "merge-plan", seat.go_on()
    yield "merge-disputed", seat.go_on()
    seat.put_away()
    yield from _decisions(seat, way)
    withdrawn = yield from _exchange(seat)
    yield from _outcomes(seat)
    seat.close()
    yield from _hear_of_it(way, demo, withdrawn)


def _decisions(seat: Seat, way: Way) -> Sights:
    page = seat.open(DecisionsPage)
    for tab in (DISAGREEMENTS, CORRECTIONS, ADDITIONS):
        page.tabs.choose(tab)
        yield f"decisions-{tab}", seat.window
    photo = photograph(way.stick() / "户口簿.png")
    EvidenceDialog(Attached("", photo.name), photo.read_bytes(), page).show()
    yield "evidence", seat.dialog(EvidenceDialog)
    seat.put_away()
    page.tabs.choose(DISAGREEMENTS)
    page.disagreements.reason.setText("查看了签字表原件")
    several = [b for b in page.disagreements.details.buttons if "处都以" in b.text()]
    several[0].click()
    yield "decide-alike", seat.dialog(QMessageBox)
    seat.put_away()
    page.tabs.choose(ADDITIONS)
    page.additions.table.choose(page.additions.table.records[-1])  # who is on nobody's list
    page.additions.reason.setText("招生工作处确认已录取")
    press(page.additions, "采纳")
    seat.settle()


def _exchange(seat: Seat) -> Generator[tuple[str, QWidget], None, IncomingBundle]:
    """Withdraw a bundle, and return it."""
    page = seat.open(ExchangePage, RECEIVED)
    yield "exchange-received", seat.window
    seat.open(ExchangePage, REFUSED)
    yield "exchange-refused", seat.window
    received = [one.bundle for one in page.received.table.records]
    first = next(one for one in received if one.from_office != _OF_TWO_SEATS)
    page.withdraw(first.bundle_id)
    yield "withdraw-look", seat.wizard
    seat.go_on()
    fill(seat.wizard, reason="把别的班的签字表登记在这里了")
    yield "withdraw-reason", seat.wizard
    yield "withdraw-done", seat.go_on()
    seat.go_on()
    return first


def _hear_of_it(way: Way, demo: Path, withdrawn: IncomingBundle) -> Sights:
    """Look at what the college that had sent the bundle sees."""
    office = withdrawn.from_office
    with signed_in(demo, "registrar") as registrar, signed_in(demo, office) as college:
        merge(college, [export(registrar, office, withdrawn.round, demo / "bundles").path])
    seat = way.seat(demo, office)
    page = seat.open(ExchangePage, SENT)
    page.sent.table.choose(next(one for one in page.sent.table.records if one.withdrawn))
    yield "exchange-taken-back", seat.window
    seat.close()


def _outcomes(seat: Seat) -> Sights:
    page = seat.open(RegistrationPage)
    page.chips.choose("waiting")
    yield "registration-waiting", seat.window
    page.chips.choose("all")
    incomplete = next(n for n in page.table.records if n.missing_fields and not n.issued)
    page.table.choose(incomplete)
    press(page.details, "补全信息")
    field = seat.wizard.draft.missing[0]
    fill(seat.wizard, reason="招生工作处补送的录取信息", **{field: "20080505"})
    yield "complete-form", seat.wizard
    yield "complete-confirm", seat.go_on()
    yield "complete-done", seat.go_on()
    seat.go_on()
    page.table.choose(page.table.records[0])
    press(page.details, "登记审查复查结论")
    fill(seat.wizard, reason="本人与录取照片不符", document="招生工作处〔2026〕12号复查小结")
    yield "verdict-form", seat.wizard
    yield "verdict-confirm", seat.go_on()
    yield "verdict-done", seat.go_on()
    seat.go_on()
    page.issue_outcomes()
    yield "issue-form", seat.wizard
    yield "issue-confirm", seat.go_on()
    yield "issue-done", seat.go_on()
    seat.go_on()
    page.close_or_reopen()
    yield "close-round", seat.dialog(QMessageBox)
    seat.put_away()
