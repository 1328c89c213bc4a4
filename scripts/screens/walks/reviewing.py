"""Student affairs prepares procedure one, and admissions gives its verdicts."""

from PySide6.QtWidgets import QMessageBox

from desktop.domain.entry_review import ReviewVerdict
from desktop.domain.rounds import Procedure
from desktop.procedures.entry_review.review_desk import review_desk
from desktop.procedures.entry_review.review_verdicts import take_back_verdicts
from desktop.procedures.overview.overview import known_rounds
from desktop.views.memory import REMEMBERED_ROUND
from desktop.views.pages.entry_review.page import EntryReviewPage
from desktop.views.pages.preparation.page import PreparationPage
from desktop.views.pages.preparation.training import TrainingTopic
from desktop.views.wizards.review_verdicts.deciding import What
from desktop.views.wizards.review_verdicts.students_form import StudentsForm
from scripts.screens.seat import Seat
from scripts.screens.shots import AFFAIRS_PAGES, LEADING_PAGES
from scripts.screens.stages import ISSUED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, every_page

_ANEW = 40  # of those who had passed
_ROW = 2


def prepare(way: Way) -> Sights:
    """Look at what student affairs has prepared, and record one training more."""
    seat = way.seat(way.demo(ISSUED), "student_affairs")
    _remember(seat)
    yield from every_page(seat, "affairs", AFFAIRS_PAGES)
    page = seat.open(PreparationPage)
    page.issue.click()
    yield "preparation-issue", seat.dialog(QMessageBox)
    seat.put_away()
    page.chips.choose("checklist")
    seat.settle()
    yield "preparation-checklist", seat.window
    page.chips.choose("training")
    seat.settle()
    topic = page.topic
    if not isinstance(topic, TrainingTopic):
        raise TypeError("the part on training did not open")
    topic.table.tick(topic.table.records[_ROW].group.id, ticked=True)
    yield "preparation-training", seat.window
    topic.record_chosen()
    fill(seat.wizard, trained_on="2026-08-30", teachers="周敏")
    yield "training-form", seat.wizard
    yield "training-confirm", seat.go_on()
    yield "training-done", seat.go_on()
    seat.go_on()
    topic.table.tick(topic.table.records[_ROW].group.id, ticked=True)
    topic.take_back_chosen()
    fill(seat.wizard, reason="签到表登记错了班级")
    yield "training-back-form", seat.wizard
    yield "training-back-confirm", seat.go_on()
    yield "training-back-done", seat.go_on()
    seat.go_on()
    seat.close()


def give_verdicts(way: Way) -> Sights:
    """Look at admissions' desk; confirm who has given up, and issue who is qualified."""
    seat = way.seat(way.demo(ISSUED), "admissions")
    round_id = _remember(seat)
    _take_some_back(seat, round_id)
    yield from every_page(seat, "admissions", LEADING_PAGES)
    seat.open(PreparationPage)
    yield "preparation-admissions", seat.window
    page = seat.open(EntryReviewPage)
    yield "review-desk", seat.window
    page.chips.choose("different")
    page.table.choose(page.table.records[0])
    yield "review-different", seat.window
    page.chips.choose("all")
    page.decide(What.GIVEN_UP)
    wizard = seat.wizard
    if isinstance(wizard.page, StudentsForm):
        wizard.page.table.tick(wizard.draft.students[0].subject, ticked=True)
    fill(wizard, reason="逾期未报到，多次联系无果", document="未报到学生情况说明1号")
    yield "review-verdict-form", wizard
    yield "review-verdict-confirm", seat.go_on()
    yield "review-verdict-done", seat.go_on()
    seat.go_on()
    page.issue_list()
    fill(seat.wizard, document="2026级新生入学审查核验报告")
    yield "qualified-form", seat.wizard
    yield "qualified-confirm", seat.go_on()
    yield "qualified-done", seat.go_on()
    seat.go_on()
    seat.close()


def _remember(seat: Seat) -> str:
    """Let the pages begin with the round of procedure one, and return it."""
    rounds = known_rounds(seat.session)
    round_id = next(one.id for one in rounds if one.procedure is Procedure.ENTRY_REVIEW)
    seat.shell.desk.memory.keep(REMEMBERED_ROUND, round_id)
    return round_id


def _take_some_back(seat: Seat, round_id: str) -> None:
    """Take verdicts back, so that there is something to decide: of all who gave up, and of some."""
    found: dict[ReviewVerdict | None, list[str]] = {}
    for one in review_desk(seat.session, round_id).students:
        found.setdefault(one.reviewed.file.verdict, []).append(one.subject)
    again = [*found.get(ReviewVerdict.GIVEN_UP, []), *found[ReviewVerdict.PASSED][:_ANEW]]
    take_back_verdicts(seat.session, round_id, again, "重新核对")
