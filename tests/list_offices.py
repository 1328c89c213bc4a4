"""Offices that read lists about other offices' students: they join, and read files in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop.bundles.enrolment import Applicant
from desktop.domain.import_problems import ListFile, ListRow, ListSheet
from desktop.domain.imports import Target
from desktop.domain.mended_lists import Mended
from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.domain.students import Identity
from desktop.interchange.list_reading import read_list
from desktop.interchange.lists import ListColumn, write_list
from desktop.procedures.imports.import_kinds import AskedFor, year_of_day
from desktop.procedures.imports.imports import Imported, write_import
from desktop.procedures.imports.list_opening import open_list, read_opened
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.session import Session
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, SCHOOL_CODE, School, identity

SAMPLES = Path(__file__).parent / "data" / "samples"
FEES = "2026-2027学年缴费情况-计划财务处.xlsx"
AUDIT = "2027届毕业资格审核-教务科.xlsx"
_TODAY = datetime.now(UTC).date()
FEE_YEAR = year_of_day(AskedFor.SCHOOL_YEAR, _TODAY)  # so that the tests hold in any year
AUDIT_YEAR = year_of_day(AskedFor.YEAR, _TODAY)
_FEE_COLUMNS = ("学号", "姓名", "应缴金额", "实缴金额", "欠费金额", "缴费状态")


def join(school: School, kind: OfficeKind) -> Session:
    """Let an office that is no college join the school; the seat is called like the office."""
    applicant = Applicant(
        school_code=SCHOOL_CODE,
        office_kind=kind,
        office_name=OFFICE_KIND_TITLES[kind],
        seat_name=f"{OFFICE_KIND_TITLES[kind]}的电脑",
        training=False,
    )
    at = school.store_folder(kind)
    request, digits = ask_to_join(at, applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    answer = enrol(school.registrar, request, digits, str(kind))
    accept_enrolment(at, answer, school_fingerprint(school.registrar))
    return school.reopen(kind)


def students_of(sample: str) -> list[Identity]:
    """Return whom a sample is about."""
    return [
        Identity(student_number=row.values["student_number"], name=row.values["name"])
        for row in read_list(SAMPLES / sample).rows
    ]


def let_know(registrar: Session, students: Sequence[Identity]) -> None:
    """Let the registrar take in students who study already, with what is nobody else's business."""
    rows = [
        ListRow(
            "Sheet1",
            at,
            {
                "student_number": one.student_number,
                "name": one.name,
                "phone": "13900000000",
                "college": "医学院",
                "class_name": "护理2401班",
                "grade": "2024",
            },
            held_back=False,
        )
        for at, one in enumerate(students, 2)
    ]
    sheet = ListSheet("Sheet1", 1, len(rows))
    file = ListFile("在校生.xlsx", "ef" * 32, "continuing-students", (sheet,), tuple(rows), ())
    write_import(registrar, Mended(file, {}, frozenset()), Target("continuing-students"))


def fee_file(path: Path, states: Sequence[str], students: Sequence[Identity] = ()) -> Path:
    """Write what a cashier's system gives out: one student a row, with one state each."""
    everybody = students or [identity(place) for place in range(1, len(states) + 1)]
    cells = [
        [one.student_number, one.name, "5000", *_amounts(state), state]
        for one, state in zip(everybody, states, strict=True)
    ]
    path.write_bytes(write_list("缴费情况", [ListColumn(t, 14) for t in _FEE_COLUMNS], cells))
    return path


def audit_file(path: Path, earned: Sequence[str]) -> Path:
    """Write what the academic affairs office knows of the first students' credits."""
    titles = ("学号", "姓名", "应修总学分", "已修总学分", "操行评定", "体质测试成绩", "处分")
    cells = [
        [one.student_number, one.name, "140", credits_, "良好", "75", "无"]
        for credits_, one in ((c, identity(place)) for place, c in enumerate(earned, 1))
    ]
    path.write_bytes(write_list("审核", [ListColumn(title, 14) for title in titles], cells))
    return path


def read_in(session: Session, path: Path, target: Target) -> Imported:
    """Read a file in as the wizard does: look, read, write; nobody mends anything."""
    mending = read_opened(session, open_list(session, path))
    return write_import(session, mending.mended, target)


def _amounts(state: str) -> tuple[str, str]:
    return ("5000", "0") if state == "已缴费" else ("0", "5000")
