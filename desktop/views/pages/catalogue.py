"""The one table of pages, in the order of the rail. A new page is a file and a line here."""

from typing import Final

from desktop.domain.offices import OfficeKind
from desktop.views.pages.decisions.page import DecisionsPage
from desktop.views.pages.documents.page import DocumentsPage
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.pages.help.page import HelpPage
from desktop.views.pages.page import Page
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.pages.registration.page import RegistrationPage
from desktop.views.pages.roster.page import RosterPage
from desktop.views.pages.seats.page import SeatsPage
from desktop.views.pages.settings.page import SettingsPage
from desktop.views.pages.signing.class_list import ClassListPage
from desktop.views.pages.signing.page import SigningPage
from desktop.views.pages.student.page import StudentDetailPage
from desktop.views.pages.students import StudentsPage
from desktop.views.pages.workbench.page import WorkbenchPage

PAGES: Final[tuple[type[Page], ...]] = (
    WorkbenchPage,
    RosterPage,
    SigningPage,
    RecordingPage,
    ClassListPage,
    RegistrationPage,
    StudentsPage,
    StudentDetailPage,
    ExchangePage,
    DecisionsPage,
    DocumentsPage,
    SeatsPage,
    SettingsPage,
    HelpPage,
)


def pages_for(kind: OfficeKind) -> tuple[type[Page], ...]:
    """Return the pages that an office of a kind sees."""
    return tuple(page for page in PAGES if kind in page.KINDS)
