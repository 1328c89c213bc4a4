"""Papers of procedure one: the college's, of which one is signed; admissions' own."""

from desktop.domain.rounds import Procedure
from desktop.domain.written_papers import PaperKind
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.review_papers.paper_standing import PaperState
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.review_papers.page import ReviewPapersPage
from scripts.screens.seat import Seat
from scripts.screens.stages import ISSUED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way

_COUNTING = (PaperState.PRINTED, PaperState.SIGNED)


def sign_papers(way: Way) -> Sights:
    """Look at the papers of the entry review at a college and at admissions."""
    demo = way.demo(ISSUED)
    seat = way.seat(demo, "college-01")
    page = _opened(seat, PaperKind.CLASS_REPORT)
    yield "college-review_papers", seat.window
    page.table.choose(next(line for line in page.table.records if line.state in _COUNTING))
    seat.settle()
    page.record_signatures()
    yield "paper-sign-off-form", seat.wizard
    fill(seat.wizard, class_teacher="周敏", class_teacher_date="2026-09-20")
    yield "paper-sign-off-done", seat.go_on()
    seat.go_on()
    seat.close()
    seat = way.seat(demo, "admissions")
    _opened(seat, PaperKind.SCHOOL_REPORT)
    yield "admissions-review_papers", seat.window
    seat.close()


def _opened(seat: Seat, kind: PaperKind) -> ReviewPapersPage:
    """Open the page in the round of the entry review, at a kind of paper."""
    reviews = [
        round_
        for round_ in known_rounds(seat.session)
        if round_.procedure is Procedure.ENTRY_REVIEW
    ]
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, reviews[0].id)
    return seat.open(ReviewPapersPage, str(kind))
