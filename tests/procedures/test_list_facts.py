"""What other offices' lists say of a student, where it is merged and where it is looked at."""

from pathlib import Path

import pytest

from desktop.domain.imports import Target
from desktop.domain.offices import OfficeKind
from desktop.procedures.exchange.export_plans import plan_export
from desktop.procedures.exchange.merge_words import merge_in_words, plan_in_words
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.imports.imports import import_list
from desktop.procedures.overview.histories import StudentPage, student_page
from desktop.procedures.session import Session
from tests.conftest import ROUND, School, identity
from tests.list_offices import AUDIT_YEAR, FEE_YEAR, audit_file, fee_file, join, read_in

from .acts import complete_class

OF_THE_YEAR = Target("fees", year=FEE_YEAR)
TITLE = f"缴费情况（{FEE_YEAR}学年）"


def heard_of(school: School, kind: OfficeKind) -> Session:
    seat = join(school, kind)
    school.carry(school.registrar, seat)
    return seat


def page_of(school: School, session: Session, place: int = 1) -> StudentPage:
    number = identity(place).student_number
    (student,) = [one for one in school.students(session) if one.identity.student_number == number]
    return student_page(session, student.subject)


def test_a_merge_says_whom_a_list_is_about_and_what_it_says(school: School, tmp_path: Path) -> None:
    finance = heard_of(school, OfficeKind.FINANCE)
    read_in(finance, fee_file(tmp_path / "1.xlsx", ["已缴费"] * 8 + ["缓缴"]), OF_THE_YEAR)
    file = school.send(finance, "registrar")
    told = plan_in_words(school.registrar, [file])
    assert told == merge_in_words(school.registrar, [file])
    (bundle,) = told.bundles
    (facts,) = bundle.facts
    assert (facts.title, facts.students) == (TITLE, 9)
    by_name = {who.name: text for who, text in facts.shown}
    assert by_name[identity(9).name] == ("缴费状态 缓缴，应缴金额 5000，实缴金额 0，欠费金额 5000")
    # what changes later is told as a change, with the year
    read_in(finance, fee_file(tmp_path / "2.xlsx", ["缓缴"]), OF_THE_YEAR)
    (bundle,) = plan_in_words(school.registrar, [school.send(finance, "registrar")]).bundles
    assert bundle.facts == ()
    assert {change.title for change in bundle.changes} == {
        f"{FEE_YEAR}学年缴费情况：{field}" for field in ("缴费状态", "实缴金额", "欠费金额")
    }


def test_of_many_the_first_are_named_and_all_are_counted(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.procedures.exchange.merge_words._SHOWN_FACTS", 2)
    finance = heard_of(school, OfficeKind.FINANCE)
    read_in(finance, fee_file(tmp_path / "1.xlsx", ["已缴费"] * 5), OF_THE_YEAR)
    (bundle,) = plan_in_words(school.registrar, [school.send(finance, "registrar")]).bundles
    assert (bundle.facts[0].students, len(bundle.facts[0].shown)) == (5, 2)


def test_a_student_s_page_has_what_every_list_says(school: School, tmp_path: Path) -> None:
    finance = heard_of(school, OfficeKind.FINANCE)
    academic = heard_of(school, OfficeKind.ACADEMIC_AFFAIRS)
    read_in(finance, fee_file(tmp_path / "缴费.xlsx", ["已缴费"]), OF_THE_YEAR)
    audit = Target("credit-audit", year=AUDIT_YEAR)
    read_in(academic, audit_file(tmp_path / "审核.xlsx", ["139"]), audit)
    for seat in (finance, academic):
        school.carry(seat, school.registrar)
    fee, credits_ = page_of(school, school.registrar).facts
    assert fee.title == f"缴费情况 {FEE_YEAR}学年"
    assert dict(fee.rows)["缴费状态"] == "已缴费"
    assert fee.disputed == ()
    assert fee.source
    assert fee.source.file_name == "缴费.xlsx"
    assert dict(credits_.rows)["已修总学分"] == "139"
    # neither office hears of what the other says
    assert [one.title for one in page_of(school, finance).facts] == [fee.title]


def test_what_offices_say_otherwise_is_shown_as_disputed(school: School, tmp_path: Path) -> None:
    finance = heard_of(school, OfficeKind.FINANCE)
    read_in(finance, fee_file(tmp_path / "财务.xlsx", ["已缴费"]), OF_THE_YEAR)
    read_in(school.registrar, fee_file(tmp_path / "代收.xlsx", ["缓缴"]), OF_THE_YEAR)
    school.carry(finance, school.registrar)
    (fee,) = page_of(school, school.registrar).facts
    assert "缴费状态" in fee.disputed
    assert "缴费状态" not in dict(fee.rows)
    assert dict(fee.rows)["应缴金额"] == "5000"


def test_an_office_sees_of_a_student_what_it_needs(school: School) -> None:
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    finance = heard_of(school, OfficeKind.FINANCE)
    page = page_of(school, finance)
    assert (page.judged, page.standings, page.photos) == (False, (), ())
    one = page.student.identity
    assert (one.name, one.id_number) == (identity(1).name, identity(1).id_number)
    assert (one.ethnicity, one.birth_date, one.major_name) == ("", "", "")
    titles = {title for entry in page.history for title, _text in entry.told}
    assert titles == {
        "考生号", "学号", "姓名", "身份证号", "入学日期", "班级", "是否在名单",
    }  # fmt: skip
    assert page_of(school, school.registrar).judged


def test_an_export_says_what_it_is_about(school: School, tmp_path: Path) -> None:
    finance = heard_of(school, OfficeKind.FINANCE)
    read_in(finance, fee_file(tmp_path / "1.xlsx", ["已缴费"] * 5), OF_THE_YEAR)
    plan = plan_export(finance, "registrar", ROUND)
    assert plan.classes == ()
    assert [(one.title, one.subjects, one.of_students) for one in plan.contents] == [
        (TITLE, 5, True),
        ("读入名单", 1, False),
    ]
    seat = join(school, OfficeKind.ACADEMIC_AFFAIRS)
    assert seat.home.enrolled
    plan = plan_export(school.registrar, "academic_affairs", ROUND)
    about = {one.title: one.subjects for one in plan.contents if one.of_students}
    assert about == {"学籍信息": 9, "分班": 9, "名单": 9}


def test_what_a_withdrawn_bundle_said_is_no_fact(school: School, tmp_path: Path) -> None:
    finance = heard_of(school, OfficeKind.FINANCE)
    read_in(finance, fee_file(tmp_path / "1.xlsx", ["已缴费"]), OF_THE_YEAR)
    (bundle,) = school.carry(finance, school.registrar).bundles
    withdraw_bundle(school.registrar, bundle.bundle_id, "盖章的不是这一份")
    assert page_of(school, school.registrar).facts == ()
    assert len(import_list(finance)) == 1
