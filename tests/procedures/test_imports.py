"""Lists of all kinds come in whole or not at all, again without harm, and go out again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.import_problems import ListFile, ListRow, ListSheet
from desktop.domain.imports import Decisions, Fate, Sameness, Target
from desktop.domain.mended_lists import Mended
from desktop.domain.rounds import Procedure
from desktop.domain.students import IDENTITY_FIELDS, Identity
from desktop.errors import (
    Cancelled,
    ImportBuiltOn,
    ImportRefused,
    ImportUndone,
    Incomplete,
    NotFound,
    RoundNotOpen,
)
from desktop.interchange.list_reading import read_list
from desktop.procedures.imports.held_rows import held_rows
from desktop.procedures.imports.import_kinds import guess_target
from desktop.procedures.imports.import_plans import ImportPlan, plan_import
from desktop.procedures.imports.import_undoing import plan_undo, undo_import
from desktop.procedures.imports.imports import Imported, import_list, import_rows, write_import
from desktop.procedures.imports.opening import begin_round, plan_roster
from desktop.procedures.rounds import NewRound, close_round, open_round
from desktop.procedures.session import Session, cancel
from desktop.store import school as school_queries
from desktop.store.imports import readings
from desktop.store.students import every_student
from desktop.store.tables import TABLES, rows_in_order
from tests.conftest import CLASSES, ROUND, School, identity, roster_rows

from .acts import (
    complete_class,
    digest,
    members,
    mended_roster,
    print_class,
    rename,
    require_healthy,
)

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
ROSTER = "2026级新生录取名单-招生工作处.xlsx"
FEES = "2026-2027学年缴费情况-计划财务处.xlsx"
FACES = "人像比对核查结果.xlsx"
AUDIT = "2027届毕业资格审核-教务科.xlsx"
GRADUATES = "学信网-预计毕业生下载.xlsx"


def listed(kind: str, rows: Sequence[Mapping[str, str]], name: str = "名单.xlsx") -> Mended:
    """Return a list as if it had been read and mended."""
    lines = tuple(
        ListRow("Sheet1", at, dict(row), held_back=False) for at, row in enumerate(rows, 2)
    )
    sheet = ListSheet("Sheet1", 1, len(lines))
    return Mended(ListFile(name, "ab" * 32, kind, (sheet,), lines, ()), {}, frozenset())


def student_row(one: Identity, place: int = 0, **others: str) -> dict[str, str]:
    """Return a student as a row of a list."""
    values = {field: getattr(one, field) for field in IDENTITY_FIELDS}
    college, class_name = CLASSES[place]
    return {**values, "college": college, "class_name": class_name, **others}


def sample(name: str) -> Mended:
    """Return a sample as it is when nobody mends anything."""
    return Mended(read_list(SAMPLES / name), {}, frozenset())


def target_of(session: Session, mended: Mended) -> Target:
    """Return what a list is for, as the program guesses."""
    with session.unit_of_work() as unit:
        rounds = school_queries.rounds(unit.connection)
    return guess_target(mended.file, rounds, session.today())


def take(session: Session, mended: Mended, decisions: Decisions | None = None) -> Imported:
    """Write a list for what the program guesses that it is for."""
    return write_import(session, mended, target_of(session, mended), decisions or Decisions())


def planned(session: Session, mended: Mended, decisions: Decisions | None = None) -> ImportPlan:
    return plan_import(session, mended, target_of(session, mended), decisions or Decisions())


def fates(plan: ImportPlan) -> list[Fate]:
    return [row.fate for row in plan.rows]


def length(session: Session) -> int:
    with session.unit_of_work() as unit:
        return unit.journal.length


def fees_of(session: Session, year: str = "2026-2027") -> dict[str, dict[str, str]]:
    with session.unit_of_work() as unit:
        return readings(unit.connection, "fee", year)


# --- the samples ---------------------------------------------------------------------------------


@pytest.fixture
def registrar(
    founded_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """A registrar who reads one sample after the other."""
    folder = tmp_path_factory.mktemp("samples") / "school"
    (folder / "registrar").mkdir(parents=True)
    data = (founded_template / "registrar" / "jice.db").read_bytes()
    (folder / "registrar" / "jice.db").write_bytes(data)
    school = School.open(folder, ["registrar"])
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-10-31")
    open_round(school.registrar, new)
    yield school.registrar
    school.close()


def every_kind_comes_in_and_again_says_nothing(registrar: Session) -> None:
    empty = digest(registrar)
    before: list[tuple[str, int]] = []
    for name in (ROSTER, GRADUATES, AUDIT, FACES, FEES):
        mended = sample(name)
        before.append((digest(registrar), 0))
        done = take(registrar, mended)
        assert len(done.plan.rows) == len(mended.file.rows)
        assert sum(done.plan.counts.values()) == len(mended.file.rows)
        said, now = length(registrar), digest(registrar)
        again = take(registrar, mended)
        assert again.statements == 0
        assert (length(registrar), digest(registrar)) == (said, now)
        assert {Fate.NEW, Fate.CHANGED}.isdisjoint(again.plan.counts)
    assert digest(registrar) != empty
    require_healthy(registrar)


def what_they_hold_is_told_apart(registrar: Session) -> None:
    counts = {}
    for line in import_list(registrar):
        if line.can_be_undone:
            counts[line.kept.target.kind] = line.kept.counts
    # two of one name and birth date are asked about: by chance, the names are made up
    assert counts["new-students"] == {"new": 1857 - 96 - 2, "held": 96, "likely": 2}
    assert counts["expected-graduates"] == {"new": 1292, "held": 10}
    assert counts["credit-audit"] == {"new": 1292, "unknown": 10}
    # twelve names were mended in the roster and stand in the other list as they were
    assert counts["face-check"] == {"new": 1747, "unknown": 98, "name": 12}


def a_number_of_somebody_of_another_name_is_a_question(registrar: Session) -> None:
    """The sample of fees was made of other names than the sample of 学信网."""
    plan = planned(registrar, sample(FEES))
    assert set(plan.counts) == {Fate.NAME, Fate.UNKNOWN}
    assert all(row.sentence for row in plan.rows)


def one_import_after_the_other_is_undone(registrar: Session) -> None:
    for line in import_list(registrar):
        if line.can_be_undone:
            undo_import(registrar, line.kept.id, "试一试")
    with registrar.unit_of_work() as unit:
        assert every_student(unit.connection) == []
        assert school_queries.classes(unit.connection) == ()
    assert not any(line.can_be_undone for line in import_list(registrar))
    require_healthy(registrar)


def test_the_samples_come_in_one_after_the_other_and_are_undone(registrar: Session) -> None:
    """One test: what is undone at the end came in at the beginning."""
    every_kind_comes_in_and_again_says_nothing(registrar)
    what_they_hold_is_told_apart(registrar)
    a_number_of_somebody_of_another_name_is_a_question(registrar)
    one_import_after_the_other_is_undone(registrar)


@pytest.fixture
def paying(founded: School) -> Session:
    """A registrar who knows the students of the sample of fees, and two of a class besides."""
    file = read_list(SAMPLES / FEES)
    rows = [{**row.values, "college": "某学院", "grade": "2024"} for row in file.rows]
    more = [
        {**rows[0], "student_number": f"20249999000{n}", "name": f"赵没缴{n}"} for n in range(2)
    ]
    write_import(
        founded.registrar,
        listed("continuing-students", [*rows, *more]),
        Target("continuing-students"),
    )
    return founded.registrar


def test_the_sample_of_fees_is_written_and_classmates_are_missed(paying: Session) -> None:
    done = take(paying, sample(FEES))
    assert done.plan.counts == {Fate.NEW: 1388}
    assert [one.name for one in done.plan.missing] == ["赵没缴0", "赵没缴1"]
    states = [one["fee_state"] for one in fees_of(paying).values()]
    assert (len(states), states.count("已缴费"), states.count("缓缴")) == (1388, 1216, 17)
    require_healthy(paying)


# --- what a list says, row by row ----------------------------------------------------------------


def fee_rows(session: Session, **others: str) -> list[dict[str, str]]:
    """Return a list of fees of the first class."""
    return [
        {
            "student_number": one.identity.student_number,
            "name": one.identity.name,
            "fee_state": "已缴费",
            "amount_due": "5000",
            **others,
        }
        for one in members(session, "软件2601班")
    ]


def fees(rows: Sequence[Mapping[str, str]], name: str = "2026-2027学年缴费.xlsx") -> Mended:
    return listed("fees", rows, name)


def test_rows_are_new_changed_the_same_unknown_or_of_another_name(school: School) -> None:
    registrar = school.registrar
    rows = fee_rows(registrar)
    assert fates(take(registrar, fees(rows)).plan) == [Fate.NEW] * 3
    rows[0]["fee_state"] = "缓缴"
    rows[1]["name"] = "李小别"
    rows.append({"student_number": "209900000000", "name": "没有人", "fee_state": "已缴费"})
    plan = planned(registrar, fees(rows))
    assert fates(plan) == [Fate.CHANGED, Fate.NAME, Fate.SAME, Fate.UNKNOWN]
    (change,) = plan.rows[0].changes
    assert (change.title, change.old, change.new) == ("缴费状态", "已缴费", "缓缴")
    assert "王小" in plan.rows[1].sentence
    take(registrar, fees(rows), Decisions(come_in=frozenset({("Sheet1", 3)}), reason="改过名"))
    assert sorted(one["fee_state"] for one in fees_of(registrar).values()) == [
        "已缴费",
        "已缴费",
        "缓缴",
    ]


def test_planning_writes_nothing_and_cancelling_changes_nothing(school: School) -> None:
    registrar = school.registrar
    before = digest(registrar), length(registrar)
    mended = fees(fee_rows(registrar))
    planned(registrar, mended)
    with pytest.raises(Cancelled):
        write_import(registrar, mended, target_of(registrar, mended), Decisions(), cancel)
    assert (digest(registrar), length(registrar)) == before
    assert import_list(registrar) == ()


def test_two_rows_of_one_student_say_one_thing(school: School) -> None:
    rows = fee_rows(school.registrar)
    exam = members(school.registrar, "软件2601班")[0].identity.exam_number
    rows.append({"exam_number": exam, "name": rows[0]["name"], "fee_state": "缓缴"})
    plan = planned(school.registrar, fees(rows))
    assert fates(plan) == [Fate.NEW, Fate.NEW, Fate.NEW, Fate.CLASH]
    assert "第2行" in plan.rows[3].sentence


def test_numbers_that_contradict_one_another_are_a_question(school: School) -> None:
    one, other = (student.identity for student in members(school.registrar, "软件2601班")[:2])
    row = {
        "exam_number": one.exam_number,
        "id_number": other.id_number,
        "name": one.name,
        "face_result": "成功",
    }
    plan = planned(school.registrar, listed("face-check", [row]))
    assert fates(plan) == [Fate.CLASH]
    assert "身份证号" in plan.rows[0].sentence


def test_each_year_has_a_reading_of_its_own(school: School) -> None:
    registrar = school.registrar
    take(registrar, fees(fee_rows(registrar)))
    next_year = fees(fee_rows(registrar, fee_state="未缴费"), "2027-2028学年缴费.xlsx")
    assert fates(take(registrar, next_year).plan) == [Fate.NEW] * 3
    assert {one["fee_state"] for one in fees_of(registrar).values()} == {"已缴费"}
    assert {one["fee_state"] for one in fees_of(registrar, "2027-2028").values()} == {"未缴费"}


def test_who_was_in_the_list_before_is_missed(school: School) -> None:
    registrar = school.registrar
    rows = fee_rows(registrar)
    take(registrar, fees(rows))
    plan = planned(registrar, fees(rows[1:]))
    assert [one.name for one in plan.missing] == [rows[0]["name"]]
    take(registrar, fees(rows[1:]))
    assert len(fees_of(registrar)) == 3  # never a deletion


def test_held_rows_stay_out_and_let_in_rows_keep_their_reason(school: School) -> None:
    registrar = school.registrar
    mended = fees(fee_rows(registrar))
    one, two, three = (row._replace(held_back=True) for row in mended.file.rows)
    file = replace(mended.file, rows=(one, two, three))
    mended = Mended(file, {("Sheet1", 2): "已打电话核对"}, frozenset({("Sheet1", 4)}))
    done = take(registrar, mended)
    assert fates(done.plan) == [Fate.NEW, Fate.HELD, Fate.ASIDE]
    kept = import_rows(registrar, done.id)
    assert kept == done.plan.rows
    assert kept[0].reason == "已打电话核对"


# --- students come in ----------------------------------------------------------------------------


def roster(rows: Sequence[Mapping[str, str]]) -> Mended:
    return listed("new-students", rows, "名单-招生.xlsx")


def known_rows() -> list[dict[str, str]]:
    return [
        {
            **{field: getattr(row.identity, field) for field in IDENTITY_FIELDS},
            "college": row.college,
            "class_name": row.class_name,
        }
        for row in roster_rows()
    ]


def test_the_same_roster_says_nothing_and_a_newcomer_is_listed(school: School) -> None:
    registrar = school.registrar
    plan = planned(registrar, roster(known_rows()))
    assert set(fates(plan)) == {Fate.SAME}
    done = take(registrar, roster([*known_rows(), student_row(identity(77))]))
    assert done.plan.counts == {Fate.NEW: 1, Fate.SAME: 9}
    assert len(school.students(registrar)) == 10
    require_healthy(registrar)


def test_what_a_person_has_changed_stays_until_a_person_says_otherwise(school: School) -> None:
    registrar = school.registrar
    rename(registrar, roster_rows()[0], ethnicity="苗族")
    plan = planned(registrar, roster(known_rows()))
    assert plan.counts == {Fate.KEPT: 1, Fate.SAME: 8}
    (kept,) = plan.rows[0].kept
    assert (kept.title, kept.old, kept.new) == ("民族", "苗族", "汉族")
    after = digest(registrar)
    take(registrar, roster(known_rows()))
    assert digest(registrar) == after
    overruled = Decisions(come_in=frozenset({plan.rows[0].place}), reason="以录取数据为准")
    assert take(registrar, roster(known_rows()), overruled).plan.counts[Fate.CHANGED] == 1


def test_what_a_list_has_said_another_list_may_change(school: School) -> None:
    registrar = school.registrar
    rows = known_rows()
    rows[0]["phone"] = "13900000000"
    assert take(registrar, roster(rows)).plan.counts[Fate.CHANGED] == 1
    rows[0]["phone"] = "13900000001"
    plan = take(registrar, roster(rows)).plan
    assert plan.counts[Fate.CHANGED] == 1
    assert plan.rows[0].changes[0].old == "13900000000"


def test_a_student_of_another_college_or_round_waits_for_a_person(school: School) -> None:
    registrar = school.registrar
    rows = known_rows()
    rows[0] |= {"college": "医学院", "class_name": "护理2601班"}
    plan = planned(registrar, roster(rows))
    assert plan.rows[0].fate is Fate.OTHER
    assert "信息技术学院" in plan.rows[0].sentence
    assert plan.rows[0].changes[0].title == "班级"
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2027级新生学籍注册", "2027", "2027-10-31")
    later = open_round(registrar, new)
    plan = plan_import(registrar, roster(known_rows()), Target("new-students", later.id))
    assert set(fates(plan)) == {Fate.OTHER}
    assert "2026级新生学籍注册" in plan.rows[0].sentence
    everybody = Decisions(come_in=frozenset(row.place for row in plan.rows), reason="核对过")
    write_import(registrar, roster(known_rows()), Target("new-students", later.id), everybody)
    require_healthy(registrar)


def test_a_continuing_student_is_known_by_the_student_number(school: School) -> None:
    registrar = school.registrar
    row = known_rows()[0] | {"exam_number": "", "registration_state": "注册学籍", "remark": ""}
    done = take(registrar, listed("continuing-students", [row]))
    assert done.plan.counts == {Fate.NEW: 1}
    with registrar.unit_of_work() as unit:
        (state,) = readings(unit.connection, "chsi_state").values()
    assert state == {"registration_state": "注册学籍"}
    assert len(school.students(registrar)) == 9


def test_the_result_of_the_identity_check_is_no_remark_of_the_student(school: School) -> None:
    registrar = school.registrar
    row = known_rows()[0] | {"remark": "身份核验未通过", "expected_graduation_date": "20290630"}
    take(registrar, listed("expected-graduates", [row], "预计毕业生.xlsx"))
    with registrar.unit_of_work() as unit:
        (state,) = readings(unit.connection, "chsi_state").values()
        known = {s.subject: s for s in every_student(unit.connection)}
    assert state["identity_check"] == "身份核验未通过"
    assert all(student.identity.remark == "" for student in known.values())


# --- likely the same -----------------------------------------------------------------------------


def twin(phone: str = "") -> dict[str, str]:
    """Return a row that looks like the first student of the roster, with numbers of its own."""
    first = identity(1)
    one = identity(58)._replace(name=first.name, birth_date=first.birth_date)
    return student_row(one, phone=phone)


def test_who_looks_like_somebody_is_asked_about_and_waits(school: School) -> None:
    plan = planned(school.registrar, roster([*known_rows(), twin()]))
    (pair,) = plan.pairs
    assert (pair.left.row, pair.right.row) == (11, 0)
    assert pair.right.class_name == "软件2601班"
    assert plan.rows[-1].fate is Fate.LIKELY
    assert take(school.registrar, roster([*known_rows(), twin()])).statements == 0


def test_two_people_are_asked_about_once(school: School) -> None:
    registrar = school.registrar
    mended = roster([*known_rows(), twin()])
    (pair,) = planned(registrar, mended).pairs
    done = take(registrar, mended, Decisions({pair.id: Sameness.TWO}))
    assert done.plan.counts[Fate.NEW] == 1
    undo_import(registrar, done.id, "再来一次")
    again = planned(registrar, mended)
    assert again.pairs == ()
    assert again.counts[Fate.NEW] == 1


@pytest.mark.parametrize(("decided", "number"), [(Sameness.LEFT, 58), (Sameness.RIGHT, 1)])
def test_one_person_is_updated_with_the_numbers_that_are_right(
    school: School, decided: Sameness, number: int
) -> None:
    registrar = school.registrar
    mended = roster([*known_rows()[1:], twin(phone="13700000000")])
    (pair,) = planned(registrar, mended).pairs
    done = take(registrar, mended, Decisions({pair.id: decided}))
    assert done.plan.counts == {Fate.CHANGED: 1, Fate.SAME: 8}
    first = next(s for s in school.students(registrar) if s.identity.name == identity(1).name)
    assert first.identity.exam_number == identity(number).exam_number
    assert first.identity.phone == "13700000000"
    assert len(school.students(registrar)) == 9
    again = planned(registrar, mended)
    assert again.pairs == ()
    assert again.counts == {Fate.SAME: 9}
    require_healthy(registrar)


def test_a_row_that_is_the_same_as_another_row_gives_way(school: School) -> None:
    registrar = school.registrar
    one = student_row(identity(60)._replace(name="赵双"))
    other = student_row(identity(81)._replace(name="赵双", birth_date=identity(60).birth_date))
    mended = roster([*known_rows(), one, other])
    (pair,) = planned(registrar, mended).pairs
    assert (pair.left.row, pair.right.row) == (11, 12)
    plan = planned(registrar, mended, Decisions({pair.id: Sameness.RIGHT}))
    assert fates(plan)[-2:] == [Fate.ASIDE, Fate.NEW]
    done = take(registrar, mended, Decisions({pair.id: Sameness.LEFT}))
    assert fates(done.plan)[-2:] == [Fate.NEW, Fate.ASIDE]
    assert planned(registrar, mended).counts == {Fate.SAME: 10, Fate.ASIDE: 1}


def test_a_number_of_somebody_of_the_same_name_is_asked_about(school: School) -> None:
    known = identity(1)
    row = student_row(known._replace(exam_number="26420699999999"))
    plan = planned(school.registrar, roster([row]))
    (pair,) = plan.pairs
    assert pair.field == "exam_number"
    assert plan.rows[0].fate is Fate.LIKELY
    two = planned(school.registrar, roster([row]), Decisions({pair.id: Sameness.TWO}))
    assert two.rows[0].fate is Fate.CLASH  # two people can not have one ID number
    assert known.name in two.rows[0].sentence


# --- undoing -------------------------------------------------------------------------------------


def test_undoing_gives_back_what_stood_before(school: School) -> None:
    registrar = school.registrar
    rows = known_rows()
    rows[0]["phone"] = "13900000000"
    before = digest(registrar)
    done = take(registrar, roster([*rows, student_row(identity(77), class_name="软件2699班")]))
    plan = plan_undo(registrar, done.id)
    assert (plan.students, plan.new_students, plan.built_on) == (2, 1, ())
    undo_import(registrar, done.id, "文件拿错了")
    assert len(school.students(registrar)) == 9
    assert "软件2699班" not in {group.name for group in school.classes(registrar)}
    (line,) = import_list(registrar)
    assert (line.kept.undone, line.kept.explanation, line.can_be_undone) == (
        True,
        "文件拿错了",
        False,
    )
    require_healthy(registrar)
    with pytest.raises(ImportUndone):
        undo_import(registrar, done.id, "再一次")
    assert digest(registrar) != before  # what was undone, and why, is a reading of its own


PLACES = st.lists(st.integers(1, 14), min_size=1, max_size=6, unique=True)
STATES = st.sampled_from(["已缴费", "缓缴", "未缴费"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=PLACES,
    college=st.sampled_from([0, 1, 2]),
    phone=st.sampled_from(["", "13900000000"]),
    paying=st.lists(STATES, max_size=6),
)
def test_importing_and_undoing_reads_as_before(
    school: School, people: list[int], college: int, phone: str, paying: list[str]
) -> None:
    registrar = school.registrar
    rows = [student_row(identity(place), college, phone=phone) for place in people]
    fee_list = [
        {
            "student_number": identity(place).student_number,
            "name": identity(place).name,
            "fee_state": state,
        }
        for place, state in zip(people, paying, strict=False)
    ]
    before = everything_read(registrar)
    done = [take(registrar, mended) for mended in (roster(rows), fees(fee_list))]
    for one in reversed(done):
        if one.statements:
            undo_import(registrar, one.id, "试一试")
    assert everything_read(registrar) == before
    require_healthy(registrar)


def everything_read(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return every reading but those about imports themselves."""
    with session.unit_of_work() as unit:
        return {
            aspect: list(rows_in_order(unit.connection, aspect))
            for aspect in TABLES
            if aspect != "list_import"
        }


def test_an_import_that_something_was_built_on_stays(school: School) -> None:
    registrar = school.registrar
    done = take(registrar, roster([*known_rows(), student_row(identity(77))]))
    first_fees = take(registrar, fees(fee_rows(registrar)))
    later = take(registrar, fees(fee_rows(registrar, fee_state="缓缴")))
    assert "缴费情况" in "".join(plan_undo(registrar, first_fees.id).built_on)
    with pytest.raises(ImportBuiltOn, match="缴费情况"):
        undo_import(registrar, first_fees.id, "试试")
    with pytest.raises(ImportBuiltOn, match="缴费情况"):
        undo_import(registrar, done.id, "试试")
    undo_import(registrar, later.id, "后来的不对")
    undo_import(registrar, first_fees.id, "前面的也不对")
    undo_import(registrar, done.id, "都不对")
    assert fees_of(registrar) == {}
    require_healthy(registrar)


def test_a_printed_sheet_keeps_the_import_of_who_stands_on_it(school: School) -> None:
    registrar = school.registrar
    done = take(registrar, roster([*known_rows(), student_row(identity(77))]))
    school.carry(registrar, school.first)
    print_class(school.first, "软件2601班")
    school.carry(school.first, registrar)
    (sentence,) = plan_undo(registrar, done.id).built_on
    assert "核对签字表" in sentence


def test_a_college_hears_of_the_import_and_that_it_was_undone(school: School) -> None:
    registrar = school.registrar
    done = take(registrar, fees(fee_rows(registrar)))
    school.carry(registrar, school.first)
    assert len(fees_of(school.first)) == 3
    undo_import(registrar, done.id, "财务处撤回了")
    school.carry(registrar, school.first)
    assert fees_of(school.first) == {}
    require_healthy(school.first)
    complete_class(school.first, "软件2601班")
    school.carry(school.first, registrar)
    require_healthy(registrar)


def test_an_import_of_nothing_has_nothing_to_undo_and_a_reason_is_asked_for(
    school: School,
) -> None:
    registrar = school.registrar
    done = take(registrar, fees(fee_rows(registrar)))
    with pytest.raises(Incomplete):
        undo_import(registrar, done.id, " ")
    with pytest.raises(NotFound):
        plan_undo(registrar, 999)
    again = take(registrar, fees(fee_rows(registrar)))
    with pytest.raises(ImportUndone):
        plan_undo(registrar, again.id)


def test_rows_that_were_left_out_wait_with_the_round_until_the_import_is_undone(
    school: School,
) -> None:
    registrar = school.registrar
    stranger = {**known_rows()[0], "name": "李小别"}
    held = student_row(identity(78))
    mended = roster([stranger, held, student_row(identity(77))])
    one, two, three = mended.file.rows
    file = replace(mended.file, rows=(one, two._replace(held_back=True), three))
    done = take(registrar, Mended(file, {}, frozenset()))
    assert fates(done.plan) == [Fate.NAME, Fate.HELD, Fate.NEW]
    waiting = held_rows(registrar, ROUND)
    assert [row.row.identity.name for row in waiting] == ["李小别", held["name"]]
    assert "姓名是" in waiting[0].problems[0].message
    assert [row.only_asks for row in waiting] == [True, False]
    undo_import(registrar, done.id, "拿错了")
    assert held_rows(registrar, ROUND) == []


def test_a_round_that_begins_with_a_roster_has_an_import_to_undo(
    founded: School, tmp_path: Path
) -> None:
    registrar = founded.registrar
    plan = plan_roster(registrar, mended_roster(tmp_path / "名单.xlsx"), "2026")
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-10-31")
    offices = {college.name: college.office for college in plan.colleges}
    begin_round(registrar, new, plan.mended, offices)
    (line,) = import_list(registrar)
    assert (line.written, line.target_title) == (9, new.name)
    undo_import(registrar, line.kept.id, "名单拿错了")
    with registrar.unit_of_work() as unit:
        assert every_student(unit.connection) == []
    require_healthy(registrar)


# --- who may, and for what -----------------------------------------------------------------------


def test_a_college_reads_no_list_in(school: School) -> None:
    with pytest.raises(ImportRefused):
        planned(school.first, fees(fee_rows(school.first)))


def test_a_list_needs_its_round_or_year(school: School) -> None:
    registrar = school.registrar
    with pytest.raises(ImportRefused):
        plan_import(registrar, roster(known_rows()), Target("new-students"))
    with pytest.raises(ImportRefused):
        plan_import(registrar, fees(fee_rows(registrar)), Target("fees"))
    close_round(registrar, ROUND)
    with pytest.raises(RoundNotOpen):
        plan_import(registrar, roster(known_rows()), Target("new-students", ROUND))
