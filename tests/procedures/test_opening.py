"""A round begins with its roster: shown before anything is written, then whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.lines import decode
from desktop.domain.rounds import Procedure
from desktop.errors import Incomplete, NotAllowed, NotFound
from desktop.procedures.deciding.decisions import complete_identity
from desktop.procedures.imports.held_rows import held_rows
from desktop.procedures.imports.mending import begin_mending
from desktop.procedures.imports.opening import RosterPlan, begin_round, plan_roster
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.rounds import NewRound
from desktop.procedures.school.revocation import revoke
from tests.conftest import COLLEGES, ROUND, School, identity, roster_rows

from .acts import digest, members, mended_roster, require_healthy, roster_file

NEW = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-10-31")


@pytest.fixture
def plan(founded: School, tmp_path: Path) -> RosterPlan:
    """The roster of the school, and a row of a college that nobody knows."""
    rows = [*roster_rows(), roster_rows()[0]._replace(identity=identity(50), college="体育学院")]
    return plan_roster(founded.registrar, mended_roster(tmp_path / "名单.xlsx", rows), "2026")


def test_looking_changes_nothing_and_says_what_comes(founded: School, plan: RosterPlan) -> None:
    assert known_rounds(founded.registrar) == ()
    assert (plan.students, plan.new, plan.changed, plan.kept) == (10, 10, (), ())
    assert [(c.name, c.classes, c.students, c.office) for c in plan.colleges] == [
        ("信息技术学院", ("软件2601班", "软件2602班"), 6, "college-01"),
        ("医学院", ("护理2601班",), 3, "college-02"),
        ("体育学院", ("软件2601班",), 1, ""),
    ]
    assert {(o.office.name, o.seated) for o in plan.offices} == {
        (name, True) for name in COLLEGES.values()
    }


def test_an_office_whose_seats_were_sent_away_has_none(founded: School, tmp_path: Path) -> None:
    revoke(founded.registrar, "004", "电脑丢失")
    plan = plan_roster(founded.registrar, mended_roster(tmp_path / "名单.xlsx"), "2026")
    assert {o.office.id: o.seated for o in plan.offices} == {
        "college-01": True,
        "college-02": False,
    }


def test_what_was_looked_at_is_taken_in(founded: School, plan: RosterPlan, tmp_path: Path) -> None:
    roster_file(tmp_path / "名单.xlsx", roster_rows()[:1])  # the file on the stick is exchanged
    begun = begin_round(founded.registrar, NEW, plan.mended, {"体育学院": "college-02"})
    assert begun.round == known_rounds(founded.registrar)[0]
    assert len(begun.brought.new) == plan.new
    offices = {(g.college_name, g.office) for g in founded.classes(founded.registrar)}
    assert offices == {
        ("信息技术学院", "college-01"),
        ("医学院", "college-02"),
        ("体育学院", "college-02"),
    }
    require_healthy(founded.registrar)


@pytest.mark.parametrize(
    ("new", "offices", "error"),
    [
        (replace(NEW, name=""), {}, Incomplete),
        (NEW, {"医学院": "college-99"}, NotFound),
        (NEW, {"没有的学院": "college-01"}, NotFound),
    ],
)
def test_a_round_begins_whole_or_not_at_all(
    founded: School,
    plan: RosterPlan,
    new: NewRound,
    offices: dict[str, str],
    error: type[Exception],
) -> None:
    before = digest(founded.registrar)
    with pytest.raises(error):
        begin_round(founded.registrar, new, plan.mended, offices)
    assert digest(founded.registrar) == before
    assert known_rounds(founded.registrar) == ()


def test_students_who_are_known_change_but_for_what_a_person_has_decided(
    school: School, tmp_path: Path
) -> None:
    rows = roster_rows()
    moved = rows[0]._replace(class_name="软件2602班")
    named = rows[1]._replace(identity=rows[1].identity._replace(ethnicity="回族"))
    mended = mended_roster(tmp_path / "名单.xlsx", [moved, named, *rows[2:-1]])
    before = digest(school.registrar)
    plan = plan_roster(school.registrar, mended, "2026")
    assert digest(school.registrar) == before
    shown = [(c.name, c.title, c.old, c.new) for c in plan.changed]
    assert shown == [
        (rows[0].identity.name, "班级", "软件2601班", "软件2602班"),
        (rows[1].identity.name, "民族", "汉族", "回族"),
    ]
    begin_round(school.registrar, replace(NEW, name="补录"), plan.mended, {})
    assert len(members(school.registrar, "软件2602班")) == 4


def test_only_the_registrar_begins_rounds(school: School, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        plan_roster(school.first, mended_roster(tmp_path / "名单.xlsx"), "2026")


def test_a_row_held_back_says_why_until_it_was_let_in(founded: School, tmp_path: Path) -> None:
    wrong = roster_rows()[0]._replace(
        identity=identity(60)._replace(sex="男" if identity(60).sex == "女" else "女"),
    )
    mended = mended_roster(tmp_path / "名单.xlsx", [*roster_rows(), wrong])
    plan = plan_roster(founded.registrar, mended, "2026")
    (held,) = plan.held
    assert held.row.identity.name == identity(60).name
    assert {one.column for one in held.problems} == {"性别"}
    assert all(one.code and one.message and one.value for one in held.problems)
    begin_round(founded.registrar, NEW, plan.mended, {})
    assert held_rows(founded.registrar, ROUND) == [held]
    assert held.can_stay
    assert held.place == "新生名单 第11行"
    admit_rows(founded.registrar, ROUND, [held.row], "已核对", source=held.source)
    assert held_rows(founded.registrar, ROUND) == []
    assert len(founded.students(founded.registrar)) == 10


def test_a_row_without_its_name_can_not_come_in_as_it_stands(
    founded: School, tmp_path: Path
) -> None:
    nameless = roster_rows()[0]._replace(identity=identity(60)._replace(name=""))
    mended = mended_roster(tmp_path / "名单.xlsx", [nameless])
    plan = plan_roster(founded.registrar, mended, "2026")
    assert [held.can_stay for held in plan.held] == [False]


def test_what_a_person_has_done_to_the_rows_stands(founded: School, tmp_path: Path) -> None:
    doubts = [
        roster_rows()[0]._replace(identity=identity(60 + n)._replace(ethnicity="火星族"))
        for n in range(3)
    ]
    file = mended_roster(tmp_path / "名单.xlsx", [*roster_rows(), *doubts]).file
    mending = begin_mending(founded.registrar, file)
    let_in, aside, waiting = (row.place for row in mending.rows)
    mending = mending.let_in([let_in], "已与本人核对").set_aside([aside])
    plan = plan_roster(founded.registrar, mending.mended, "2026")
    assert (plan.students, plan.new, len(plan.held)) == (11, 10, 1)
    begin_round(founded.registrar, NEW, plan.mended, {})
    assert [held.row.row for held in held_rows(founded.registrar, ROUND)] == [waiting[1]]
    with founded.registrar.unit_of_work() as unit:
        query = "SELECT line FROM statement WHERE aspect = 'identity'"
        said = [decode(line) for line in unit.connection.exec_driver_sql(query).scalars()]
    reasons = {one.values["name"]: one.reason for one in said}
    assert reasons.pop(identity(60).name or "").endswith("）；已与本人核对")
    assert set(reasons) == {row.identity.name for row in roster_rows()}
    assert {reason[-1] for reason in reasons.values()} == {"）"}


def test_what_was_filled_in_is_not_taken_away_by_a_list_that_has_it_not(
    school: School, tmp_path: Path
) -> None:
    mended = mended_roster(tmp_path / "名单.xlsx")
    student = members(school.registrar, "护理2601班")[0]
    complete_identity(school.registrar, student.subject, {"secondary_school": "一中"}, "补登")
    plan = plan_roster(school.registrar, mended, "2026")
    assert (plan.new, plan.changed, plan.kept) == (9, (), ())
