"""A small school for tests: the registrar and two colleges, each with stores of their own.

``school`` is what most tests want: a round is open, the roster is in, and every college has it.
``founded`` is the same school before its first round. Both are copied from templates that are made
once a run, so a test pays for opening four small stores only. Keys are locked at the least cost.

=============  =======================================  ==========================================
seat           office                                   classes and students of the roster
=============  =======================================  ==========================================
registrar      registrar, 教务处学籍科, the root (001)  all
first          college-01, 信息技术学院 (002)            软件2601班: 3, 软件2602班: 3
first_again    college-01, a second PC (003)            the same
second         college-02, 医学院 (004)                  护理2601班: 3
=============  =======================================  ==========================================
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

import pytest
from hypothesis import HealthCheck, settings

from desktop.bundles.enrolment import Applicant
from desktop.domain.id_numbers import check_character
from desktop.domain.import_problems import RosterRow
from desktop.domain.merging import MergeReport
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup, Procedure
from desktop.domain.students import Identity
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.rounds import NewRound, assign_classes, open_round
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.school.schools import NewSchool, create_school
from desktop.procedures.session import Session, open_and_sign_in
from desktop.store import school as school_queries
from desktop.store.students import Student, listed_students

# Speed is measured in benchmarks/, never asserted by a test: a busy PC must not fail one.
settings.register_profile("jice", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The gate of a change asks about that change: it draws the same examples each time. New ones are
# drawn wherever people work, and by the slow tests.
settings.register_profile("gate", settings.get_profile("jice"), derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "jice")

PASSPHRASE: Final = "demo"
CHOSEN_PASSPHRASE: Final = "lajiao qiaoliang yusan heban"  # as people are to choose one
OPERATOR: Final = "张老师"
CHEAPEST: Final = 4
SCHOOL_CODE: Final = "12354"
ROUND: Final = "2026-student_registration-1"
COLLEGES: Final = {"college-01": "信息技术学院", "college-02": "医学院"}
SEATS: Final = ("registrar", "first", "first_again", "second")
CLASSES: Final = (
    ("信息技术学院", "软件2601班"),
    ("信息技术学院", "软件2602班"),
    ("医学院", "护理2601班"),
)
CLASS_SIZE: Final = 3
FAR_DAY: Final = f"{datetime.now(UTC).year + 3}-12-31"  # what must lie ahead still does in any year
_OFFICE_OF: Final = {"first": "college-01", "first_again": "college-01", "second": "college-02"}
_NAMES: Final = "甲乙丙丁戊己庚辛壬癸"


def identity(place: int) -> Identity:
    """Return the data of the n-th made-up student, all numbers valid and its own."""
    body = f"420602200803{place % 28 + 1:02d}{place:03d}"
    return Identity(
        exam_number=f"264206{place:08d}",
        student_number=f"2026{place:08d}",
        name=f"王小{_NAMES[place % 10]}{_NAMES[place // 10 % 10]}",
        sex="男" if place % 2 else "女",
        birth_date=body[6:14],
        id_number=body + check_character(body),
        ethnicity="汉族",
        major_code="510203",
        major_name="软件技术",
        level="专科(高职)",
        schooling_length="3",
        study_form="普通全日制",
        entry_date="20260901",
    )


def roster_rows() -> list[RosterRow]:
    """Return the roster of the school: three students in each class."""
    return [
        RosterRow("", 0, identity(index * CLASS_SIZE + within + 1), college, name)
        for index, (college, name) in enumerate(CLASSES)
        for within in range(CLASS_SIZE)
    ]


@dataclass
class School:
    """The open seats of a school, in one folder, and the sticks that go between them."""

    folder: Path
    sessions: dict[str, Session] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, seats: Sequence[str] = SEATS) -> Self:
        """Open seats of a school that lies in a folder, and sign in."""
        school = cls(folder)
        for name in seats:
            school.reopen(name)
        return school

    @property
    def registrar(self) -> Session:
        """The registrar's seat, the root."""
        return self.sessions["registrar"]

    @property
    def first(self) -> Session:
        """The first college's seat."""
        return self.sessions["first"]

    @property
    def first_again(self) -> Session:
        """The first college's second seat."""
        return self.sessions["first_again"]

    @property
    def second(self) -> Session:
        """The second college's seat."""
        return self.sessions["second"]

    def store_folder(self, seat: str) -> Path:
        """Return the data folder of a seat."""
        return self.folder / seat

    def reopen(self, seat: str) -> Session:
        """Close a seat's store, if it is open, and sign in again."""
        if seat in self.sessions:
            self.sessions.pop(seat).store.close()
        self.sessions[seat] = open_and_sign_in(self.store_folder(seat), OPERATOR, PASSPHRASE)
        return self.sessions[seat]

    def close(self) -> None:
        """Close every store."""
        while self.sessions:
            self.sessions.popitem()[1].store.close()

    def send(self, sender: Session, to_office: str, round_id: str = ROUND) -> Path:
        """Let a seat export what is new for an office, and return the bundle."""
        stick = self.folder / "sticks" / f"{sender.home.seat.id}-to-{to_office}"
        stick.mkdir(parents=True, exist_ok=True)
        return export(sender, to_office, round_id, stick).path

    def carry(self, sender: Session, receiver: Session, round_id: str = ROUND) -> MergeReport:
        """Let a seat export to another's office, and that other one merge it."""
        return merge(receiver, [self.send(sender, receiver.home.seat.office.id, round_id)])

    def students(self, session: Session, class_name: str = "") -> list[Student]:
        """Return the listed students whom a seat knows, of one class or of all."""
        wanted = {c.id for c in self.classes(session) if class_name in ("", c.name)}
        with session.store.unit_of_work() as unit:
            return listed_students(unit.connection, ROUND, wanted)

    def classes(self, session: Session) -> tuple[ClassGroup, ...]:
        """Return the classes that a seat knows."""
        with session.store.unit_of_work() as unit:
            return school_queries.classes(unit.connection)


def found_school(folder: Path) -> School:
    """Make the school: its root and three seats that join it, nothing more."""
    school = School(folder)
    new = NewSchool(SCHOOL_CODE, "襄阳职业技术学院", president="李校长")
    registrar = create_school(
        school.store_folder("registrar"), new, OPERATOR, PASSPHRASE, cost=CHEAPEST
    )
    school.sessions["registrar"] = registrar
    for seat, office in _OFFICE_OF.items():
        applicant = Applicant(
            school_code=SCHOOL_CODE,
            office_kind=OfficeKind.COLLEGE,
            office_name=COLLEGES[office],
            seat_name=f"{COLLEGES[office]}的电脑",
            training=False,
        )
        at = school.store_folder(seat)
        request, digits = ask_to_join(at, applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
        accept_enrolment(
            at, enrol(registrar, request, digits, office), school_fingerprint(registrar)
        )
        school.reopen(seat)
    return school


def begin_round(school: School) -> None:
    """Open the round, take the roster in, and bring it to every college's seats."""
    registrar = school.registrar
    open_round(
        registrar,
        NewRound(
            Procedure.STUDENT_REGISTRATION,
            "2026级新生学籍注册",
            "2026",
            "2026-10-31",
            proxy_allowed=True,
        ),
    )
    admit_rows(registrar, ROUND, roster_rows(), "招生工作处送来的名单")
    for office, name in COLLEGES.items():
        assign_classes(registrar, name, office)
        bundle = school.send(registrar, office)
        for seat, its_office in _OFFICE_OF.items():
            if its_office == office:
                merge(school.sessions[seat], [bundle])


@pytest.fixture(scope="session")
def founded_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed stores of a school before its first round; copy them, do not open them."""
    school = found_school(tmp_path_factory.mktemp("founded"))
    school.close()
    return school.folder


@pytest.fixture(scope="session")
def school_template(founded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed stores of a school whose colleges have the roster; copy, do not open."""
    folder = tmp_path_factory.mktemp("begun") / "school"
    shutil.copytree(founded_template, folder)
    school = School.open(folder)
    begin_round(school)
    school.close()
    return folder


@pytest.fixture
def founded(founded_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school whose seats have joined; nothing else has happened."""
    yield from _copy(founded_template, tmp_path / "school")


@pytest.fixture
def school(school_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school with an open round whose colleges have taken the roster in."""
    yield from _copy(school_template, tmp_path / "school")


def _copy(template: Path, folder: Path) -> Iterator[School]:
    shutil.copytree(template, folder)
    school = School.open(folder)
    yield school
    school.close()
