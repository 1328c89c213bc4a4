"""Offices at work in any order: they speak, carry sticks about, merge, decide and withdraw.

Whatever happens, nothing is lost, every table says what the journal says, and the same bundles
merged in another order give the same state.
"""

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from desktop.bundles.enrolment import Applicant
from desktop.domain.authority import SIGN_OFFS
from desktop.domain.import_problems import RosterRow
from desktop.domain.offices import OfficeKind
from desktop.domain.sheets import Mark, Sheet
from desktop.errors import NothingToExport, ProcedureError, TrustError
from desktop.models.journal import StatementRow
from desktop.procedures.deciding.decisions import (
    decide_conflict,
    decide_correction,
    open_conflicts,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.keeping.doctor import diagnose, state_digest
from desktop.procedures.rounds import assign_classes
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.session import Session, open_and_sign_in
from desktop.procedures.signing.recording import (
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
    record_sign_off,
    report_place,
)
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import exchange, health, registration
from tests.conftest import (
    CHEAPEST,
    COLLEGES,
    OPERATOR,
    PASSPHRASE,
    ROUND,
    SCHOOL_CODE,
    School,
    roster_rows,
)

OFFICE_OF: Final = {
    "registrar": "registrar",
    "registrar_again": "registrar",
    "first": "college-01",
    "first_again": "college-01",
    "second": "college-02",
}
SPEAKERS: Final = tuple(OFFICE_OF)
# Seats that say nothing all the while, and hear everything at the end.
WITNESSES: Final = {"witness": "registrar", "first_witness": "college-01"}
REGISTRARS: Final = st.sampled_from(["registrar", "registrar_again"])
COLLEGE_SEATS: Final = st.sampled_from(["first", "first_again", "second"])
PLACES: Final = st.integers(0, 20)
SIGNED_ON: Final = "2026-09-20"


@dataclass(frozen=True)
class Stick:
    """A bundle on a stick: who wrote it, for which office, and where it lies."""

    sender: str
    office: str
    path: Path


def lines_of(session: Session) -> dict[tuple[str, int], bytes]:
    """Return every statement that a seat has, by who said it and its number."""
    with session.unit_of_work() as unit:
        query = select(StatementRow.seat, StatementRow.number, StatementRow.line)
        return {(row.seat, row.number): row.line for row in unit.connection.execute(query)}


def enrol_another(school: School, seat: str, office: str) -> None:
    """Let one more seat of an office join."""
    kind = OfficeKind.REGISTRAR if office == "registrar" else OfficeKind.COLLEGE
    applicant = Applicant(
        school_code=SCHOOL_CODE,
        office_kind=kind,
        office_name=COLLEGES.get(office, "教务处学籍科"),
        seat_name=f"{seat}的电脑",
        training=False,
    )
    at = school.store_folder(seat)
    request, digits = ask_to_join(at, applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    accept_enrolment(
        at, enrol(school.registrar, request, digits, office), school_fingerprint(school.registrar)
    )
    school.reopen(seat)


def prepare(template: Path, folder: Path) -> None:
    """Make the school ready: more seats have joined, and every sheet is printed."""
    shutil.copytree(template, folder)
    school = School.open(folder)
    enrol_another(school, "registrar_again", "registrar")
    for seat, office in WITNESSES.items():
        enrol_another(school, seat, office)
    everywhere = {**OFFICE_OF, **WITNESSES}
    for office in ("registrar", *COLLEGES):
        stick = export(school.registrar, office, ROUND, made(folder / "sticks"), again=True).path
        for seat, its_office in everywhere.items():
            if its_office == office and seat != "registrar":
                merge(school.sessions[seat], [stick])
    for college in (school.first, school.second):
        make_sheets(college, ROUND, [group.id for group in school.classes(college)])
    stick = school.send(school.first, "college-01")
    for seat in ("first_again", "first_witness"):
        merge(school.sessions[seat], [stick])
    school.close()


def made(folder: Path) -> Path:
    """Return a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Offices(RuleBasedStateMachine):
    """A registrar with two seats, a college with two and a college with one."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._temporary = TemporaryDirectory()
        self._folder = Path(self._temporary.name)
        shutil.copytree(self.template, self._folder / "school")
        self._school = School.open(self._folder / "school", SPEAKERS)
        self._sticks: list[Stick] = []
        self._kept = {seat: lines_of(self._session(seat)) for seat in SPEAKERS}
        self._touched = set(SPEAKERS)

    # --- what colleges say ------------------------------------------------------------------------

    @rule(seat=COLLEGE_SEATS, place=PLACES, mark=st.sampled_from(Mark))
    def record_a_mark(self, seat: str, place: int, mark: Mark) -> None:
        """Record what a sheet says about a student."""
        sheet, student = self._row(seat, place)
        why = "" if mark is Mark.SIGNED else "有原因"
        proxy = "家长" if mark is Mark.BY_PROXY else ""
        marks = [StudentMark(student, mark, why, proxy)]
        self._try(seat, lambda s: record_marks(s, ROUND, sheet.number, marks))

    @rule(seat=COLLEGE_SEATS, place=PLACES, who=st.sampled_from([*SIGN_OFFS, "seal"]))
    def sign_off(self, seat: str, place: int, who: str) -> None:
        """Record a sign-off of a sheet, under a name that differs from seat to seat."""
        sheet, _ = self._row(seat, place)
        name = f"{seat}的负责人"
        self._try(seat, lambda s: record_sign_off(s, ROUND, sheet.number, who, name, SIGNED_ON))

    @rule(seat=COLLEGE_SEATS, place=PLACES, kind=st.sampled_from(["given_up", "kept"]))
    def report_a_place(self, seat: str, place: int, kind: str) -> None:
        """Report that a student gives the place up or has it kept."""
        _, student = self._row(seat, place)
        report = PlaceReport(student, kind, "参军", "申请表", "2098-12-31")
        evidence = [Evidence("申请表.pdf", f"scan {place}".encode())]
        self._try(seat, lambda s: report_place(s, ROUND, report, evidence))

    @rule(seat=COLLEGE_SEATS, place=PLACES, field=st.sampled_from(["name", "ethnicity"]))
    def propose_a_correction(self, seat: str, place: int, field: str) -> None:
        """Propose a correction, some of them as written on the sheet."""
        sheet, student = self._row(seat, place)
        number = sheet.number if place % 2 else ""
        proposed = ProposedCorrection(student, field, f"更正{place}", "户口簿为准", number)
        evidence = [Evidence("户口簿.pdf", b"scan")]
        doubts = ["code-unknown"]  # no 民族 is called so: somebody has confirmed it
        self._try(
            seat, lambda s: propose_correction(s, ROUND, proposed, evidence, confirmed=doubts)
        )

    # --- what the registrar says ------------------------------------------------------------------

    @rule(place=PLACES, seat=REGISTRARS)
    def change_the_roster(self, place: int, seat: str) -> None:
        """Take in a row that the admissions office has changed."""
        rows = roster_rows()
        row = rows[place % len(rows)]
        changed = row.identity._replace(phone=f"138{place:08d}", ethnicity=f"{place % 3}族")
        new = RosterRow("", 0, changed, row.college, row.class_name)
        self._try(seat, lambda s: admit_rows(s, ROUND, [new], "招生工作处更正"))

    @rule(name=st.sampled_from(sorted(COLLEGES.values())), office=st.sampled_from(sorted(COLLEGES)))
    def reassign_a_college(self, name: str, office: str) -> None:
        """Assign the classes of a college to an office, perhaps to another one."""
        self._try("registrar", lambda s: assign_classes(s, name, office))

    @rule(accept=st.booleans())
    def decide_a_correction(self, accept: bool) -> None:
        """Accept or reject the first correction that waits."""

        def decide(session: Session) -> None:
            with session.unit_of_work() as unit:
                found = registration.corrections(unit.connection, ROUND)
            for correction in [c for c in found if not c.decision][:1]:
                decide_correction(
                    session,
                    ROUND,
                    correction.subject,
                    accept=accept,
                    reason="核对",
                    confirmed=["code-unknown"],
                )

        self._try("registrar", decide)

    @rule(side=st.integers(0, 3), seat=REGISTRARS)
    def decide_a_conflict(self, side: int, seat: str) -> None:
        """Decide the first conflict for one of its sides."""

        def decide(session: Session) -> None:
            for conflict in open_conflicts(session, ROUND)[:1]:
                value = conflict.alternatives[side % len(conflict.alternatives)].value
                decide_conflict(session, conflict.key, conflict.field, value, "看了原件")
                assert (conflict.key, conflict.field) not in [
                    (c.key, c.field) for c in open_conflicts(session, ROUND)
                ]

        self._try(seat, decide)

    @rule(place=PLACES, seat=REGISTRARS)
    def withdraw_a_bundle(self, place: int, seat: str) -> None:
        """Withdraw one of the bundles that colleges sent."""

        def withdraw(session: Session) -> None:
            with session.unit_of_work() as unit:
                merged = exchange.incoming(unit.connection)
            from_colleges = [b for b in merged if b.from_office in COLLEGES]
            if from_colleges:
                chosen = from_colleges[place % len(from_colleges)]
                withdraw_bundle(session, chosen.bundle_id, "发错了")

        self._try(seat, withdraw)

    # --- what goes between them -------------------------------------------------------------------

    @rule(seat=st.sampled_from(SPEAKERS), office=st.sampled_from(["registrar", *sorted(COLLEGES)]))
    def send(self, seat: str, office: str) -> None:
        """Let a seat export: the registrar for anybody, a college for the registrar or itself."""
        own = OFFICE_OF[seat]
        self._send(seat, own if own in COLLEGES and office in COLLEGES else office)

    @rule(seat=REGISTRARS, office=st.sampled_from(["registrar", *sorted(COLLEGES)]))
    def send_everything_again(self, seat: str, office: str) -> None:
        """Let the registrar export all once more, and hand on what came before."""
        self._send(seat, office, again=True)

    @precondition(lambda self: self._sticks)
    @rule(seat=st.sampled_from(SPEAKERS), data=st.data())
    def deliver(self, seat: str, data: st.DataObject) -> None:
        """Let a seat merge some sticks in any order, perhaps twice or once more."""
        if theirs := self._for(seat):
            self._merge(seat, data.draw(st.lists(st.sampled_from(theirs), min_size=1, max_size=5)))

    # --- what must always be so -------------------------------------------------------------------

    @invariant()
    def nothing_is_lost_and_tables_are_what_the_journal_reads(self) -> None:
        """Look at every seat at which something happened."""
        for seat in sorted(self._touched):
            session = self._session(seat)
            lines = lines_of(session)
            assert lines.items() >= self._kept[seat].items()
            self._kept[seat] = lines
            with session.unit_of_work() as unit:
                assert list(health.table_findings(unit.connection)) == []
        self._touched.clear()

    def teardown(self) -> None:
        """Bring everything everywhere, and compare it with what other orders give."""
        try:
            self._finish()
        finally:
            self._school.close()
            self._temporary.cleanup()

    def _finish(self) -> None:
        for seat, office in OFFICE_OF.items():
            others = COLLEGES if office == "registrar" else ()
            for receiver in dict.fromkeys(("registrar", office, *others)):
                self._send(seat, receiver)
        for seat in SPEAKERS:
            self._merge(seat, self._for(seat))
        self.nothing_is_lost_and_tables_are_what_the_journal_reads()
        for session in self._school.sessions.values():
            assert diagnose(session.store).findings == ()
        digests = {seat: state_digest(self._session(seat).store) for seat in SPEAKERS}
        assert digests["registrar"] == digests["registrar_again"]
        assert digests["first"] == digests["first_again"]
        for witness, office in WITNESSES.items():
            sticks = [stick for stick in self._sticks if stick.office == office]
            (speaker, *_) = (seat for seat in SPEAKERS if OFFICE_OF[seat] == office)
            for place, order in enumerate((sticks, sticks[::-1], sticks[1::2] + sticks)):
                assert self._heard_by(witness, place, order) == digests[speaker]

    # --- inside -----------------------------------------------------------------------------------

    def _session(self, seat: str) -> Session:
        return self._school.sessions[seat]

    def _row(self, seat: str, place: int) -> tuple[Sheet, str]:
        """Return one of the printed rows that a seat knows of."""
        with self._session(seat).unit_of_work() as unit:
            sheets = registration.sheets_of_round(unit.connection, ROUND)
        rows = [
            (sheets[number], row.student)
            for number in sorted(sheets)
            for row in sheets[number].rows
        ]
        return rows[place % len(rows)]

    def _try(self, seat: str, deed: Callable[[Session], object]) -> None:
        """Let a seat do something; what is refused has changed nothing."""
        session = self._session(seat)
        before = state_digest(session.store)
        try:
            deed(session)
        except (ProcedureError, TrustError):
            assert state_digest(session.store) == before
        self._touched.add(seat)

    def _send(self, seat: str, office: str, *, again: bool = False) -> None:
        folder = made(self._folder / "sticks" / f"{seat}-{office}")
        with suppress(NothingToExport):
            path = export(self._session(seat), office, ROUND, folder, again=again).path
            self._sticks.append(Stick(seat, office, path))
        self._touched.add(seat)

    def _for(self, seat: str) -> list[Stick]:
        """Return the sticks that a seat can take."""
        return [s for s in self._sticks if s.office == OFFICE_OF[seat] and s.sender != seat]

    def _merge(self, seat: str, sticks: list[Stick]) -> None:
        assert merge(self._session(seat), [stick.path for stick in sticks]).refusals == ()
        self._touched.add(seat)

    def _heard_by(self, witness: str, place: int, sticks: list[Stick]) -> str:
        """Return the digest of a copy of a witness after these sticks."""
        folder = self._folder / f"{witness}-{place}"
        shutil.copytree(self.template / witness, folder)
        session = open_and_sign_in(folder, OPERATOR, PASSPHRASE)
        with closing(session.store):
            assert merge(session, [stick.path for stick in sticks]).refusals == ()
            assert diagnose(session.store).findings == ()
            return state_digest(session.store)


@pytest.fixture(scope="module")
def machine(school_template: Path, tmp_path_factory: pytest.TempPathFactory) -> type[Offices]:
    """The machine, whose every run begins with the same school."""
    folder = tmp_path_factory.mktemp("offices") / "school"
    prepare(school_template, folder)
    return type("OfficesHere", (Offices,), {"template": folder})


def work(machine: type[Offices], *, runs: int, steps: int) -> None:
    """Let offices work in so many ways, so many steps each."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_offices_that_work_in_any_order_agree_in_the_end(machine: type[Offices]) -> None:
    work(machine, runs=8, steps=14)


@pytest.mark.slow
def test_offices_that_work_for_long_in_any_order_agree_in_the_end(
    machine: type[Offices],
) -> None:
    work(machine, runs=50, steps=40)
