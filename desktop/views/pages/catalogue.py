"""Where the class of each page is; a new page is a file, a card, and its line here.

A page's module, with all that it alone needs, is imported when the page is first opened: nobody
who wants to see the workbench waits for the libraries of the others. The imports stand in
functions, one for each page, so that they are seen by whoever looks for arrows.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from desktop.garbage import loading
from desktop.procedures.session import Progress
from desktop.views.pages import cards
from desktop.views.pages.cards import Card
from desktop.views.pages.page import Page


def _workbench() -> type[Page]:
    from desktop.views.pages.workbench.page import WorkbenchPage

    return WorkbenchPage


def _roster() -> type[Page]:
    from desktop.views.pages.roster.page import RosterPage

    return RosterPage


def _imports() -> type[Page]:
    from desktop.views.pages.imports.page import ImportsPage

    return ImportsPage


def _preparation() -> type[Page]:
    from desktop.views.pages.preparation.page import PreparationPage

    return PreparationPage


def _entry_review() -> type[Page]:
    from desktop.views.pages.entry_review.page import EntryReviewPage

    return EntryReviewPage


def _check_in() -> type[Page]:
    from desktop.views.pages.check_in.page import CheckInPage

    return CheckInPage


def _check_in_class() -> type[Page]:
    from desktop.views.pages.check_in.class_page import CheckInClassPage

    return CheckInClassPage


def _recheck_desk() -> type[Page]:
    from desktop.views.pages.recheck_desk.page import RecheckDeskPage

    return RecheckDeskPage


def _cases() -> type[Page]:
    from desktop.views.pages.cases.page import CasesPage

    return CasesPage


def _signing() -> type[Page]:
    from desktop.views.pages.signing.page import SigningPage

    return SigningPage


def _recording() -> type[Page]:
    from desktop.views.pages.recording.page import RecordingPage

    return RecordingPage


def _class_list() -> type[Page]:
    from desktop.views.pages.signing.class_list import ClassListPage

    return ClassListPage


def _review_papers() -> type[Page]:
    from desktop.views.pages.review_papers.page import ReviewPapersPage

    return ReviewPapersPage


def _registration() -> type[Page]:
    from desktop.views.pages.registration.page import RegistrationPage

    return RegistrationPage


def _recheck() -> type[Page]:
    from desktop.views.pages.recheck.page import RecheckPage

    return RecheckPage


def _comparison() -> type[Page]:
    from desktop.views.pages.recheck.desk_page import ComparisonPage

    return ComparisonPage


def _spellings() -> type[Page]:
    from desktop.views.pages.spellings.page import SpellingsPage

    return SpellingsPage


def _students() -> type[Page]:
    from desktop.views.pages.students import StudentsPage

    return StudentsPage


def _student() -> type[Page]:
    from desktop.views.pages.student.page import StudentDetailPage

    return StudentDetailPage


def _exchange() -> type[Page]:
    from desktop.views.pages.exchange.page import ExchangePage

    return ExchangePage


def _decisions() -> type[Page]:
    from desktop.views.pages.decisions.page import DecisionsPage

    return DecisionsPage


def _documents() -> type[Page]:
    from desktop.views.pages.documents.page import DocumentsPage

    return DocumentsPage


def _seats() -> type[Page]:
    from desktop.views.pages.seats.page import SeatsPage

    return SeatsPage


def _settings() -> type[Page]:
    from desktop.views.pages.settings.page import SettingsPage

    return SettingsPage


def _help() -> type[Page]:
    from desktop.views.pages.help.page import HelpPage

    return HelpPage


PAGES: Final[Mapping[Card, Callable[[], type[Page]]]] = {
    cards.WORKBENCH: _workbench,
    cards.ROSTER: _roster,
    cards.IMPORTS: _imports,
    cards.PREPARATION: _preparation,
    cards.ENTRY_REVIEW: _entry_review,
    cards.CHECK_IN: _check_in,
    cards.CHECK_IN_CLASS: _check_in_class,
    cards.RECHECK: _recheck,
    cards.COMPARISON: _comparison,
    cards.SPELLINGS: _spellings,
    cards.RECHECK_DESK: _recheck_desk,
    cards.CASES: _cases,
    cards.REVIEW_PAPERS: _review_papers,
    cards.SIGNING: _signing,
    cards.RECORDING: _recording,
    cards.CLASS_LIST: _class_list,
    cards.REGISTRATION: _registration,
    cards.STUDENTS: _students,
    cards.STUDENT: _student,
    cards.EXCHANGE: _exchange,
    cards.DECISIONS: _decisions,
    cards.DOCUMENTS: _documents,
    cards.SEATS: _seats,
    cards.SETTINGS: _settings,
    cards.HELP: _help,
}


def page_class(card: Card) -> type[Page]:
    """Return the class of a page, imported now unless it was before."""
    return PAGES[card]()


def import_pages(cards: Sequence[Card], progress: Progress) -> None:
    """Import pages before anybody opens them, in the background, while nothing else is to do."""
    with loading():
        for done, card in enumerate(cards):
            progress(done, len(cards))
            page_class(card)
