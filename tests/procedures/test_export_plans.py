"""What an export would be, said before it is written; and one bundle each for many offices."""

from pathlib import Path

import pytest

from desktop.domain.schools import SchoolFacts
from desktop.errors import Cancelled, NothingToExport, TargetMissing
from desktop.procedures.dispatching import Outbox, Wish, dispatch
from desktop.procedures.exchange_desk import exchange_desk
from desktop.procedures.export_plans import (
    ExportPlan,
    exported_before,
    plan_export,
    plan_exports,
    receiving_offices,
)
from desktop.procedures.exporting import export
from desktop.procedures.merging import merge
from desktop.procedures.recording import set_class_teacher
from desktop.procedures.session import Session, cancel
from desktop.procedures.settings import change_school, school_on
from desktop.store import school as school_tables
from tests.conftest import ROUND, School, roster_rows

from .acts import (
    class_id,
    complete_class,
    digest,
    members,
    print_class,
    rename,
    second_registrar,
    sign,
    snapshot,
)

CLASS, OTHER = "软件2601班", "软件2602班"


def plan_to_registrar(session: Session, *names: str) -> ExportPlan:
    classes = [class_id(session, name) for name in names] or None
    return plan_export(session, "registrar", ROUND, classes)


def test_a_plan_says_what_goes_and_writes_nothing(school: School, tmp_path: Path) -> None:
    complete_class(school.first, CLASS)
    before = snapshot(school.store_folder("first"))
    plan = plan_to_registrar(school.first)
    assert snapshot(school.store_folder("first")) == before
    assert (plan.number, plan.office_name, plan.hindrance) == (1, "教务处学籍科", "")
    assert plan.statements == plan.general + sum(group.news for group in plan.classes)
    done = export(school.first, "registrar", ROUND, tmp_path)
    assert (done.bundle.statements, done.receipts) == (plan.statements, plan.receipts)
    assert done.bundle.number == plan.number


def test_a_plan_names_who_is_missing_in_which_class(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    unsigned = members(school.first, CLASS)[1]
    sign(school.first, sheet, leaving_out=[unsigned.subject])
    plan = plan_to_registrar(school.first)
    (here, there) = plan.classes
    assert (here.name, here.students, here.ready) == (CLASS, 3, 0)
    told = {missing.sentence: missing.names for missing in here.missing}
    assert told["还没有登记本人签字情况。"] == (unsigned.identity.name,)
    assert any("印章" in sentence and len(names) == 2 for sentence, names in told.items())
    assert there.news == 0
    assert [len(missing.names) for missing in there.missing] == [3]


def test_of_some_classes_only_what_is_theirs_is_counted(school: School, tmp_path: Path) -> None:
    complete_class(school.first, CLASS)
    complete_class(school.first, OTHER)
    plan = plan_to_registrar(school.first, CLASS)
    assert [group.name for group in plan.classes] == [CLASS]
    classes = [class_id(school.first, CLASS)]
    assert export(school.first, "registrar", ROUND, tmp_path, classes).bundle.statements == (
        plan.statements
    )


def test_class_by_class_nothing_is_left_out_and_nothing_goes_twice(
    school: School, tmp_path: Path
) -> None:
    again = second_registrar(school)
    change_school(school.registrar, "2026-09-01", SchoolFacts(president="李校长"), "任职文件")
    rename(school.registrar, roster_rows()[0], ethnicity="满族")
    whole = plan_export(school.registrar, "registrar", ROUND)
    here = members(school.registrar, CLASS)[0].class_id
    first = plan_export(school.registrar, "registrar", ROUND, [here])
    assert first.general == whole.general > 0  # the school's words are about no class
    sent = 0
    with school.registrar.unit_of_work() as unit:
        everywhere = [group.id for group in school_tables.classes(unit.connection)]
    for one in sorted(everywhere, key=lambda group: group != here):
        if plan_export(school.registrar, "registrar", ROUND, [one]).hindrance:
            continue
        done = export(school.registrar, "registrar", ROUND, tmp_path, [one])
        merge(again, [done.path])
        sent += done.bundle.statements
        if one == here:
            assert done.bundle.statements == first.statements
    assert sent == whole.statements
    assert school_on(again, "2026-09-02").president == "李校长"
    assert digest(again) == digest(school.registrar)
    with pytest.raises(NothingToExport):
        export(school.registrar, "registrar", ROUND, tmp_path)


def test_nothing_new_and_nobody_there_are_told_before(school: School, tmp_path: Path) -> None:
    export(school.first, "registrar", ROUND, tmp_path)  # the answer to the roster
    assert "没有新的内容" in plan_to_registrar(school.first).hindrance
    again = plan_export(school.registrar, "college-01", ROUND, again=True)
    assert again.statements > 0
    assert again.hindrance == ""


def test_the_registrar_plans_for_every_college_at_once(school: School) -> None:
    offices = [office.id for office in receiving_offices(school.registrar)]
    assert offices == ["college-01", "college-02"]
    assert [office.id for office in receiving_offices(school.first)] == ["registrar"]
    plans = plan_exports(school.registrar, offices, ROUND)
    assert [len(plan.classes) for plan in plans] == [2, 1]
    with pytest.raises(Cancelled):
        plan_exports(school.registrar, offices, ROUND, progress=cancel)


def test_each_office_gets_a_bundle_or_a_reason(school: School, tmp_path: Path) -> None:
    set_class_teacher(school.first, class_id(school.first, CLASS), "李老师")
    school.carry(school.first, school.registrar)
    wish = Wish(("college-01", "college-02"), ROUND)
    first, second = dispatch(school.registrar, wish, tmp_path, Outbox())
    assert first.path
    assert second.path is None
    assert "没有新的内容" in second.why_not
    merge(school.first, [first.path])
    assert exchange_desk(school.first).sent[0].receipt
    assert exported_before(school.registrar, ROUND)["college-01"] == 2


def test_a_stick_that_fails_loses_no_number(school: School, tmp_path: Path) -> None:
    wish = Wish(("college-01", "college-02"), ROUND, again=True)
    outbox = Outbox()
    with pytest.raises(TargetMissing):
        dispatch(school.registrar, wish, tmp_path / "gone", outbox)
    assert list(outbox.packed) == ["college-01"]
    results = dispatch(school.registrar, wish, tmp_path, outbox)
    names = [one.path.name for one in results if one.path]
    assert "教务处学籍科送信息技术学院" in names[0]
    assert "教务处学籍科送医学院" in names[1]
    numbers = [one.packed.bundle.number for one in results if one.packed]
    assert numbers == [2, 2]
    assert len(list(tmp_path.glob("*.jice"))) == 2
    sent = exchange_desk(school.registrar).sent
    assert sorted(s.bundle.number for s in sent if s.bundle.to_office == "college-01") == [1, 2]


def test_stopping_between_two_offices_goes_on_later(school: School, tmp_path: Path) -> None:
    def stop_at_second(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    wish = Wish(("college-01", "college-02"), ROUND, again=True)
    outbox = Outbox()
    with pytest.raises(Cancelled):
        dispatch(school.registrar, wish, tmp_path, outbox, stop_at_second)
    assert list(outbox.written) == ["college-01"]
    dispatch(school.registrar, wish, tmp_path, outbox)
    assert list(outbox.written) == ["college-01", "college-02"]
