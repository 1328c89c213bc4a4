"""The stage of the demo: the seats with their folders, and who works at them."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desktop.bundles.enrolment import Applicant
from desktop.domain.documents import Document
from desktop.domain.offices import OfficeKind, kind_of_office, office_id
from desktop.errors import ProcedureError
from desktop.procedures.demo.wishes import Wishes
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.registration.papers import save_document
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.school.schools import NewSchool, create_school
from desktop.procedures.seat_facts import PRACTICE_PASSPHRASE
from desktop.procedures.session import Session, open_and_sign_in

REGISTRAR = "学籍科经办人"
PASSPHRASE = PRACTICE_PASSPHRASE
SCHOOL_CODE = "12354"
SCHOOL_NAME = "襄阳职业技术学院"
KDF_COST = 12  # made-up keys need not cost an attacker seconds


@dataclass
class Stage:
    """Everything that the play keeps at hand."""

    wishes: Wishes
    dice: random.Random
    round_id: str = ""
    review_id: str = ""
    recheck_id: str = ""
    teachers: dict[str, str] = field(default_factory=dict)  # class → who looks after it
    colleges: dict[str, str] = field(default_factory=dict)  # office id → name
    sessions: dict[str, Session] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    merged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    decided: int = 0
    retracted: int = 0
    outcomes_changed: int = 0
    documents: list[str] = field(default_factory=list)

    @property
    def registrar(self) -> Session:
        """The registrar's session."""
        return self.sessions["registrar"]

    @property
    def bundles(self) -> Path:
        """The folder of bundles on their way to the registrar."""
        return self.wishes.out / "bundles"

    @property
    def papers(self) -> Path:
        """The folder of papers."""
        return self.wishes.out / "papers"

    @property
    def admissions(self) -> Session:
        """The session of the admissions office."""
        return self.sessions[str(OfficeKind.ADMISSIONS)]

    @property
    def affairs(self) -> Session:
        """The session of the student affairs office."""
        return self.sessions[str(OfficeKind.STUDENT_AFFAIRS)]

    def to_college(self, office: str) -> Path:
        """Return the folder of bundles on their way to a college, made if need be."""
        return self.stick("下发", office)

    def stick(self, *names: str) -> Path:
        """Return a folder of bundles on their way somewhere, made if need be."""
        folder = self.bundles.joinpath(*names)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def carry(self, sender: Session, receivers: Sequence[Session], round_id: str) -> None:
        """Let a seat export to an office, whose seats take the bundle in; none is refused.

        Raises:
            ProcedureError: one of them refused it.
        """
        office = receivers[0].home.seat.office.id
        stick = self.stick("审查复查", f"{sender.home.seat.office.id}-{office}")
        bundle = export(sender, office, round_id, stick).path
        for receiver in receivers:
            for refused in merge(receiver, [bundle]).refusals:
                raise ProcedureError(refused.what, refused.todo)

    def seats_of(self, office: str) -> list[Session]:
        """Return the open seats of an office."""
        return [s for s in self.sessions.values() if s.home.seat.office.id == office]

    def keep(self, document: Document, session: Session) -> None:
        """Save a document with the papers, and put it on the list."""
        path = save_document(session, document, self.papers)
        self.documents.append(str(path.relative_to(self.wishes.out)))

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure a stage."""
        start = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - start, 2)

    def open_school(
        self, folder: str, *, training: bool = False, code: str = SCHOOL_CODE
    ) -> Session:
        """Create a school with its registrar's seat."""
        school = NewSchool(code, SCHOOL_NAME, president="陈明远", training=training)
        path = self.wishes.out / "seats" / folder
        session = create_school(path, school, REGISTRAR, PASSPHRASE, cost=KDF_COST)
        self.sessions[folder] = session
        return session

    def join(self, registrar: Session, folder: str, office: str, name: str, clerk: str) -> Session:
        """Let an office's seat join a school: request, telephone, answer."""
        path = self.wishes.out / "seats" / folder
        home = registrar.home
        applicant = Applicant(
            school_code=home.school_code,
            office_kind=kind_of_office(office),
            office_name=name,
            seat_name=f"{clerk}的电脑",
            training=home.training,
        )
        request, digits = ask_to_join(path, applicant, clerk, PASSPHRASE, cost=KDF_COST)
        answer = enrol(registrar, request, digits, office)
        accept_enrolment(path, answer, school_fingerprint(registrar))
        session = open_and_sign_in(path, clerk, PASSPHRASE)
        self.sessions[folder] = session
        return session

    def close(self) -> None:
        """Close every store."""
        for session in self.sessions.values():
            session.store.close()
        self.sessions.clear()


def college_id(place: int) -> str:
    """Return the office id of the n-th college."""
    return office_id(OfficeKind.COLLEGE, f"{place:02d}")
