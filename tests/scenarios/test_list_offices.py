"""Finance and academic affairs at work: they hear of students, say what they know, are heard."""

import shutil
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from desktop.domain.duties import DUTIES
from desktop.domain.imports import Fate, Target
from desktop.domain.offices import OfficeKind
from desktop.errors import ImportRefused
from desktop.procedures.deciding.decision_desk import decision_desk
from desktop.procedures.deciding.decisions import decide_conflict, open_conflicts
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.imports.import_undoing import undo_import
from desktop.procedures.imports.imports import import_list
from desktop.procedures.imports.student_facts import credit_audits, fees
from desktop.procedures.session import Session
from desktop.store import histories
from desktop.store.students import Student, every_student
from tests.conftest import ROUND, School, roster_rows
from tests.list_offices import (
    AUDIT,
    FEE_YEAR,
    FEES,
    SAMPLES,
    audit_file,
    fee_file,
    join,
    let_know,
    read_in,
    students_of,
)
from tests.procedures.acts import complete_class, digest, rename, require_healthy

OF_THE_YEAR = Target("fees", year=FEE_YEAR)
EVERYBODY = 9


@pytest.fixture
def finance(school: School) -> Iterator[Session]:
    """A finance office that has joined and heard of the small school's students."""
    seat = join(school, OfficeKind.FINANCE)
    school.carry(school.registrar, seat)
    yield seat
    for session in (school.registrar, seat):
        require_healthy(session)


def states(session: Session) -> dict[str, str]:
    """Return the fee states by 学号, in order, as a seat reads them."""
    numbers = {one.subject: one.identity.student_number for one in everybody(session)}
    with session.unit_of_work() as unit:
        found = fees(unit, FEE_YEAR)
    return dict(sorted((numbers[subject], fee.state) for subject, fee in found.items()))


def everybody(session: Session) -> list[Student]:
    with session.unit_of_work() as unit:
        return every_student(unit.connection)


def said_about_students(session: Session) -> set[str]:
    """Return the aspects of which a seat has heard anything about students."""
    with session.unit_of_work() as unit:
        return {
            one.statement.aspect
            for student in every_student(unit.connection)
            for one in histories.said_about(unit.connection, [student.subject])
        }


# --- what it hears -------------------------------------------------------------------------------


def test_an_office_hears_what_it_needs_to_match_a_list_and_nothing_else(school: School) -> None:
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    seat = join(school, OfficeKind.FINANCE)
    school.carry(school.registrar, seat)
    ours, theirs = everybody(seat), everybody(school.registrar)
    assert [(one.subject, one.class_id) for one in ours] == [
        (one.subject, one.class_id) for one in theirs
    ]
    for field in DUTIES[OfficeKind.FINANCE].sees:
        assert [getattr(one.identity, field) for one in ours] == [
            getattr(one.identity, field) for one in theirs
        ]
    assert said_about_students(seat) == {"identity", "placement", "roster"}
    assert len(school.classes(seat)) == len(school.classes(school.registrar))


def test_what_changes_only_what_is_none_of_its_business_does_not_travel(
    school: School, finance: Session
) -> None:
    before = everybody(finance)
    rename(school.registrar, roster_rows()[0], phone="13912345678")
    rename(school.registrar, roster_rows()[1], name="王大明", political_status="群众")
    report = school.carry(school.registrar, finance)
    (bundle,) = report.bundles
    assert [change.field for change in bundle.changes] == ["name"]
    assert everybody(finance)[0] == before[0]
    assert everybody(finance)[1].identity.name == "王大明"


def test_who_left_before_the_round_is_not_told(school: School) -> None:
    left = {"expected_graduation_date": "20250630"}
    rename(school.registrar, roster_rows()[0], **left)
    seat = join(school, OfficeKind.ACADEMIC_AFFAIRS)
    school.carry(school.registrar, seat)
    assert len(everybody(seat)) == EVERYBODY - 1


# --- what it says --------------------------------------------------------------------------------


def test_the_sample_of_fees_is_read_at_the_finance_office_and_heard(school: School) -> None:
    students = students_of(FEES)
    let_know(school.registrar, students)
    finance = join(school, OfficeKind.FINANCE)
    school.carry(school.registrar, finance)
    done = read_in(finance, SAMPLES / FEES, OF_THE_YEAR)
    assert done.plan.counts == {Fate.NEW: len(students)}
    (bundle,) = school.carry(finance, school.registrar).bundles
    assert bundle.without_authority == ()
    assert states(school.registrar) == states(finance)
    assert len(states(school.registrar)) == len(students)
    again = read_in(finance, SAMPLES / FEES, OF_THE_YEAR)
    assert again.statements == 0
    for session in (school.registrar, finance):
        require_healthy(session)


def test_the_sample_of_credits_is_read_at_the_academic_affairs_office_and_heard(
    school: School,
) -> None:
    students = students_of(AUDIT)
    let_know(school.registrar, students)
    seat = join(school, OfficeKind.ACADEMIC_AFFAIRS)
    school.carry(school.registrar, seat)
    done = read_in(seat, SAMPLES / AUDIT, Target("credit-audit", year="2027"))
    assert done.plan.counts == {Fate.NEW: len(students)}
    school.carry(seat, school.registrar)
    with school.registrar.unit_of_work() as unit:
        heard = credit_audits(unit, "2027")
    with seat.unit_of_work() as unit:
        assert heard == credit_audits(unit, "2027")
    assert len(heard) == len(students)


def test_a_second_list_changes_what_the_first_has_said(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(finance, fee_file(tmp_path / "九月.xlsx", ["未缴费"] * 3), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    read_in(finance, fee_file(tmp_path / "十月.xlsx", ["已缴费", "未缴费", "缓缴"]), OF_THE_YEAR)
    (bundle,) = school.carry(finance, school.registrar).bundles
    assert bundle.conflicts == ()
    assert {(c.field, c.old, c.new) for c in bundle.changes if c.field == "fee_state"} == {
        ("fee_state", "未缴费", "已缴费"),
        ("fee_state", "未缴费", "缓缴"),
    }
    assert list(states(school.registrar).values()) == ["已缴费", "未缴费", "缓缴"]


def test_what_the_registrar_vouched_for_and_the_office_says_otherwise_is_decided(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(school.registrar, fee_file(tmp_path / "电话里问来.xlsx", ["已缴费"] * 2), OF_THE_YEAR)
    read_in(finance, fee_file(tmp_path / "正式.xlsx", ["缓缴", "已缴费"]), OF_THE_YEAR)
    (bundle,) = school.carry(finance, school.registrar).bundles
    assert {conflict.field for conflict in bundle.conflicts} == {
        "fee_state",
        "amount_paid",
        "amount_owed",
    }
    desk = decision_desk(school.registrar, ROUND)
    leading = desk.disagreements[0]  # what goes with it comes after it
    assert leading.title == f"{FEE_YEAR}学年缴费情况：缴费状态"
    assert {side.voice.office_name for side in leading.sides} == {"计划财务处", "教务处学籍科"}
    theirs = next(s.value for s in leading.sides if s.voice.office_name == "计划财务处")
    decide_conflict(school.registrar, leading.key, leading.field, theirs, "以计划财务处的为准")
    assert open_conflicts(school.registrar, ROUND) == []  # the amounts go with the state
    assert list(states(school.registrar).values()) == ["缓缴", "已缴费"]
    # the office hears what was decided: a list that says otherwise does not overrule it unasked
    school.carry(school.registrar, finance)
    assert states(finance) == states(school.registrar)
    again = read_in(finance, fee_file(tmp_path / "又一份.xlsx", ["未缴费"]), OF_THE_YEAR)
    assert again.plan.counts == {Fate.KEPT: 1}


def test_what_the_office_has_heard_of_the_registrar_it_may_change(
    school: School, tmp_path: Path
) -> None:
    read_in(school.registrar, fee_file(tmp_path / "代收.xlsx", ["未缴费"]), OF_THE_YEAR)
    finance = join(school, OfficeKind.FINANCE)
    school.carry(school.registrar, finance)
    assert list(states(finance).values()) == ["未缴费"]
    read_in(finance, fee_file(tmp_path / "正式.xlsx", ["已缴费"]), OF_THE_YEAR)
    (bundle,) = school.carry(finance, school.registrar).bundles
    assert bundle.conflicts == ()
    assert list(states(school.registrar).values()) == ["已缴费"]


def test_an_undone_list_is_undone_everywhere(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(finance, fee_file(tmp_path / "第一份.xlsx", ["已缴费"] * 3), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    before = states(school.registrar)
    read_in(finance, fee_file(tmp_path / "拿错了.xlsx", ["未缴费"] * 5), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    assert list(states(school.registrar).values()) == ["未缴费"] * 5
    latest = import_list(finance)[0]
    undo_import(finance, latest.kept.id, "文件拿错了")
    school.carry(finance, school.registrar)
    assert states(school.registrar) == before == states(finance)


def test_an_undo_means_the_same_before_what_it_undoes(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(finance, fee_file(tmp_path / "拿错了.xlsx", ["未缴费"] * 5), OF_THE_YEAR)
    first = school.send(finance, "registrar")
    undo_import(finance, import_list(finance)[0].kept.id, "文件拿错了")
    second = school.send(finance, "registrar")
    merge(school.registrar, [second, first])
    assert states(school.registrar) == {}


def test_whatever_comes_first_it_reads_the_same(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(school.registrar, fee_file(tmp_path / "代收.xlsx", ["缓缴"] * 2), OF_THE_YEAR)
    read_in(finance, fee_file(tmp_path / "九月.xlsx", ["已缴费"] * 3), OF_THE_YEAR)
    bundles = [school.send(finance, "registrar")]
    read_in(finance, fee_file(tmp_path / "拿错了.xlsx", ["未缴费"] * 5), OF_THE_YEAR)
    bundles.append(school.send(finance, "registrar"))
    undo_import(finance, import_list(finance)[0].kept.id, "文件拿错了")
    bundles.append(school.send(finance, "registrar"))
    school.sessions.pop("registrar").store.close()
    came: set[str] = set()
    for place, order in enumerate(permutations(bundles)):
        folder = tmp_path / f"registrar-{place}"
        shutil.copytree(school.store_folder("registrar"), folder / "registrar")
        other = School.open(folder, ["registrar"])
        for bundle in (*order, order[0]):  # and one of them twice
            assert merge(other.registrar, [bundle]).refusals == ()
        came.add(digest(other.registrar))
        require_healthy(other.registrar)
        other.close()
    assert len(came) == 1
    school.reopen("registrar")


def test_a_bundle_of_the_office_can_be_withdrawn_and_it_hears_of_it(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(finance, fee_file(tmp_path / "九月.xlsx", ["已缴费"] * 2), OF_THE_YEAR)
    (bundle,) = school.carry(finance, school.registrar).bundles
    withdraw_bundle(school.registrar, bundle.bundle_id, "盖章的不是这一份")
    assert states(school.registrar) == {}
    school.carry(school.registrar, finance)
    require_healthy(finance)


def test_a_new_seat_of_the_office_gets_everything_again(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(finance, fee_file(tmp_path / "九月.xlsx", ["已缴费"] * 2), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    stick = tmp_path / "stick"
    stick.mkdir()
    whole = export(school.registrar, "finance", ROUND, stick, again=True)
    report = merge(finance, [whole.path])
    assert report.new_statements == 0


def test_academic_affairs_says_nothing_of_fees(school: School, tmp_path: Path) -> None:
    seat = join(school, OfficeKind.ACADEMIC_AFFAIRS)
    school.carry(school.registrar, seat)
    with pytest.raises(ImportRefused, match="缴费情况表"):
        read_in(seat, fee_file(tmp_path / "缴费.xlsx", ["已缴费"]), OF_THE_YEAR)
    done = read_in(
        seat,
        audit_file(tmp_path / "审核.xlsx", ["139", "140"]),
        Target("credit-audit", year="2029"),
    )
    assert done.plan.counts == {Fate.NEW: 2}


def test_a_decision_takes_nothing_back_of_which_the_other_list_did_not_speak(
    school: School, finance: Session, tmp_path: Path
) -> None:
    read_in(finance, fee_file(tmp_path / "九月.xlsx", ["未缴费"]), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    # both change the state alone: the amounts stay as they stand
    read_in(finance, fee_file(tmp_path / "十月.xlsx", ["缓缴"]), OF_THE_YEAR)
    read_in(school.registrar, fee_file(tmp_path / "代收.xlsx", ["助学贷款"]), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    (one,) = decision_desk(school.registrar, ROUND).disagreements
    decide_conflict(school.registrar, one.key, one.field, "缓缴", "以计划财务处的为准")
    with school.registrar.unit_of_work() as unit:
        (fee,) = fees(unit, FEE_YEAR).values()
    assert (fee.state, str(fee.due), str(fee.owed)) == ("缓缴", "5000", "5000")
