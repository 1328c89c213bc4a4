"""What offices do in these tests: print, sign, and forge; and ways to look at what came of it."""

import hashlib
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from uuid_utils import uuid7

from desktop.bundles.enrolment import Applicant
from desktop.bundles.envelope import BundleDraft, seal_bundle, write_bundle
from desktop.bundles.lines import encode
from desktop.domain.authority import SIGN_OFFS
from desktop.domain.import_problems import RosterFile, RosterRow
from desktop.domain.mended_lists import Mended
from desktop.domain.offices import OfficeKind
from desktop.domain.sheets import Mark, Sheet
from desktop.domain.statements import Key, Statement
from desktop.domain.students import FIELD_TITLES
from desktop.interchange.list_reading import read_list
from desktop.interchange.lists import ListColumn, write_list
from desktop.interchange.tables import NEW_STUDENTS
from desktop.procedures.imports.rosters import admit_rows, take_in
from desktop.procedures.keeping.doctor import diagnose, state_digest
from desktop.procedures.registration.student_registration import Judged, eligibility
from desktop.procedures.rounds import require_open
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.session import Session
from desktop.procedures.sheet_states import page_states
from desktop.procedures.signing.recording import StudentMark, record_marks, record_sign_off
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import exchange
from desktop.store import school as school_queries
from desktop.store.journal import Draft
from desktop.store.students import Student, listed_students
from tests.conftest import (
    CHEAPEST,
    OPERATOR,
    PASSPHRASE,
    ROUND,
    School,
    identity,
    roster_rows,
)

_PASSING = {"store.lock", "holder.json"}
_SERIAL = count(1)
SIGNED_ON = "2026-09-20"


# --- at the college ------------------------------------------------------------------------------


def class_id(session: Session, class_name: str) -> str:
    """Return the id of a class by its name."""
    with session.store.unit_of_work() as unit:
        groups = school_queries.classes(unit.connection)
    return next(group.id for group in groups if group.name == class_name)


def members(session: Session, class_name: str) -> list[Student]:
    """Return the students of a class, in the order of the class."""
    wanted = class_id(session, class_name)
    with session.store.unit_of_work() as unit:
        return listed_students(unit.connection, ROUND, [wanted])


def print_class(session: Session, class_name: str, *, only_needed: bool = False) -> Sheet:
    """Make the sheet of one class."""
    made = make_sheets(session, ROUND, [class_id(session, class_name)], only_needed=only_needed)
    return made.sheets[0]


def sign(session: Session, sheet: Sheet, *, leaving_out: Collection[str] = ()) -> None:
    """Record that everybody on a sheet has signed."""
    marks = [
        StudentMark(row.student, Mark.SIGNED)
        for row in sheet.rows
        if row.student not in leaving_out
    ]
    record_marks(session, ROUND, sheet.number, marks)


def sign_off(session: Session, sheet: Sheet, *, leaving_out: Collection[str] = ()) -> None:
    """Record every sign-off of a sheet and the seal."""
    for who in (*SIGN_OFFS, "seal"):
        if who not in leaving_out:
            record_sign_off(session, ROUND, sheet.number, who, "钱主任", SIGNED_ON)


def complete_class(session: Session, class_name: str) -> Sheet:
    """Print a class's sheet and record it complete: everybody, every sign-off, the seal."""
    sheet = print_class(session, class_name)
    sign(session, sheet)
    sign_off(session, sheet)
    return sheet


def complete_everything(school: School) -> dict[str, Sheet]:
    """Let both colleges complete all of their classes, and return the sheets by class."""
    return {
        "软件2601班": complete_class(school.first, "软件2601班"),
        "软件2602班": complete_class(school.first, "软件2602班"),
        "护理2601班": complete_class(school.second, "护理2601班"),
    }


# --- at the registrar ----------------------------------------------------------------------------


def second_registrar(school: School) -> Session:
    """Let a second seat of the registrar join; the first college hears of it, and seals for it."""
    at = school.store_folder("registrar_again")
    applicant = Applicant(
        school_code=school.registrar.home.school_code,
        office_kind=OfficeKind.REGISTRAR,
        office_name="教务处学籍科",
        seat_name="另一台电脑",
        training=False,
    )
    request, digits = ask_to_join(at, applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    answer = enrol(school.registrar, request, digits, "registrar")
    accept_enrolment(at, answer, school_fingerprint(school.registrar))
    again = school.reopen("registrar_again")
    rename(school.registrar, roster_rows()[5], ethnicity="苗族")
    school.carry(school.registrar, again)
    school.carry(school.registrar, school.first)
    return again


def say(session: Session, key: Key, **values: str) -> None:
    with session.unit_of_work() as unit:
        unit.journal.state_all([Draft(key, values)])
        unit.commit()


def contradict(
    school: School, other: Session, key: Key, field: str, ours: str, others: str
) -> None:
    """Let both seats say something else about a field, and the first hear the second."""
    say(school.registrar, key, **{field: ours})
    say(other, key, **{field: others})
    school.carry(other, school.registrar)


def rename(registrar: Session, row: RosterRow, **changes: str) -> None:
    """Let the registrar take in an answer of admissions that changes a student's data."""
    changed = row._replace(identity=row.identity._replace(**changes))
    admit_rows(registrar, ROUND, [changed], "招生工作处更正")


def everybody_named(session: Session) -> list[str]:
    """Return the names on the roster."""
    with session.unit_of_work() as unit:
        return [one.identity.name for one in listed_students(unit.connection, ROUND)]


def lacking(registrar: Session, row: RosterRow) -> None:
    """Let a student come in who lacks what a list must say, as in a store from before it was so."""
    with registrar.unit_of_work() as unit:
        round_ = require_open(unit, ROUND)
        take_in(registrar, unit, round_, RosterFile("", "", (row,), (), ()), "补录")
        unit.commit()


def fill_class(school: School, class_name: str, size: int) -> None:
    """Let a class of the first college grow to a size, at the registrar and at the college."""
    rows = [
        RosterRow("", 0, identity(100 + place), "信息技术学院", class_name)
        for place in range(size - len(members(school.registrar, class_name)))
    ]
    admit_rows(school.registrar, ROUND, rows, "补录")
    school.carry(school.registrar, school.first)


def verdicts(session: Session) -> dict[str, Judged]:
    """Return everybody's verdict as it stands now, by subject."""
    return {one.student.subject: one for one in eligibility(session, ROUND)}


def reasons(session: Session, student: str) -> dict[str, str]:
    """Return why a student's verdict is what it is: code to article."""
    return {r.code: r.article for r in verdicts(session)[student].verdict.reasons}


# --- looking -------------------------------------------------------------------------------------


def digest(session: Session) -> str:
    """Return the state digest of a session's store."""
    return state_digest(session.store)


def require_healthy(session: Session) -> None:
    """Fail unless the doctor finds nothing."""
    diagnosis = diagnose(session.store)
    assert diagnosis.findings == ()


def snapshot(folder: Path) -> dict[str, str]:
    """Return everything that a data folder holds: every row of its database and every file."""
    content = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in _PASSING and not path.name.startswith("jice.db")
    }
    with closing(sqlite3.connect(folder / "jice.db")) as connection:
        content["jice.db"] = "\n".join(connection.iterdump())
    return content


def void_pages(session: Session, sheet: Sheet) -> set[int]:
    """Return the pages of a sheet that no longer count."""
    with session.store.unit_of_work() as unit:
        states = page_states(unit, [sheet])
    return {state.page for state in states.values() if state.void}


# --- files that others bring ---------------------------------------------------------------------


def roster_file(path: Path, rows: Sequence[RosterRow] | None = None) -> Path:
    """Write a roster as the admissions office would."""
    rows = roster_rows() if rows is None else rows
    fields = [name for name in FIELD_TITLES if name != "remark"]
    columns = [ListColumn(FIELD_TITLES[name], 14) for name in fields]
    columns += [ListColumn("院部", 14), ListColumn("班级", 14)]
    cells = [
        [*(getattr(row.identity, name) for name in fields), row.college, row.class_name]
        for row in rows
    ]
    path.write_bytes(write_list("新生名单", columns, cells))
    return path


def mended_roster(path: Path, rows: Sequence[RosterRow] | None = None) -> Mended:
    """Write a roster, and return it as the steps of reading hand it on when nothing was mended."""
    return Mended(read_list(roster_file(path, rows), NEW_STUDENTS), {}, frozenset())


def statement(session: Session, aspect: str, subject: str, **values: str | None) -> Statement:
    """Return a statement that a seat might have made, far up in its chain."""
    return Statement(
        id=str(uuid7()),
        seat=session.home.seat.id,
        number=100_000 + next(_SERIAL) * 10,
        previous="0" * 64,
        operator=session.operator,
        clock=1_000,
        at="2026-09-20T10:00:00+08:00",
        round="" if aspect in _LASTING else ROUND,
        subject=subject,
        aspect=aspect,
        values=values,
    )


_LASTING = {"school", "office", "round", "class_group", "class_staff", "identity", "placement"}


def forge(
    session: Session,
    folder: Path,
    said: Sequence[Statement | bytes],
    *,
    to_office: str = "registrar",
    number: int | None = None,
    bundle_id: str = "",
    receipts: Sequence[bytes] = (),
    attachments: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a bundle that a seat's keys sign although the program would never have written it."""
    with session.unit_of_work() as unit:
        trust, certificate = session.trust(unit), session.certificate(unit)
        sent = exchange.outgoing(unit.connection, to_office)
    draft = BundleDraft(
        bundle_id=bundle_id or str(uuid7()),
        to_office=to_office,
        round_id=ROUND,
        round_name="2026级新生学籍注册",
        number=number or len(sent) + 1,
        previous=sent[-1].digest if sent else "",
        created=session.now_text(),
        statements=[line if isinstance(line, bytes) else encode(line) for line in said],
        receipts=receipts,
        attachments=attachments or {},
    )
    recipients = trust.recipients_of(to_office, session.today())
    folder.mkdir(parents=True, exist_ok=True)
    return write_bundle(seal_bundle(draft, session.keys, certificate, trust, recipients), folder)
