"""What an export would be, said before it is written; and one bundle each for many offices."""

from pathlib import Path

import pytest

from desktop.errors import Cancelled, TargetMissing
from desktop.procedures.exchange.dispatching import Outbox, Wish, dispatch
from desktop.procedures.exchange.exchange_desk import exchange_desk
from desktop.procedures.exchange.export_plans import (
    ExportPlan,
    plan_export,
    plan_exports,
    receiving_offices,
)
from desktop.procedures.exchange.exporting import cargo_for, export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.session import Session, cancel
from desktop.procedures.signing.recording import set_class_teacher
from desktop.store import school as school_queries
from tests.conftest import ROUND, School

from .acts import class_id, complete_class, members, print_class, sign, snapshot

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


def test_nothing_new_and_nobody_there_are_told_before(school: School, tmp_path: Path) -> None:
    export(school.first, "registrar", ROUND, tmp_path)  # the answer to the roster
    assert "没有新的内容" in plan_to_registrar(school.first).hindrance
    again = plan_export(school.registrar, "college-01", ROUND, again=True)
    assert again.statements > 0
    assert again.hindrance == ""


def test_the_registrar_plans_for_every_college_at_once(school: School) -> None:
    offices = [office.id for office in receiving_offices(school.registrar, ROUND)]
    assert offices == ["college-01", "college-02"]
    assert [office.id for office in receiving_offices(school.first, ROUND)] == ["registrar"]
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
    assert [s.bundle.to_office for s in exchange_desk(school.registrar).sent].count(
        "college-01"
    ) == 2


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


def test_what_is_about_no_class_goes_with_whichever_class(school: School) -> None:
    """The registrar's second PC is one office with the first: nothing may stay behind for good."""
    registrar = school.registrar
    chosen = class_id(registrar, CLASS)
    whole = plan_export(registrar, "registrar", ROUND, again=True)
    part = plan_export(registrar, "registrar", ROUND, [chosen], again=True)
    with registrar.unit_of_work() as unit:
        cargo = cargo_for(
            registrar,
            unit,
            "registrar",
            school_queries.round_by_id(unit.connection, ROUND),
            [chosen],
            again=True,
        )
    aspects = {statement.aspect for _number, _line, statement in cargo.statements}
    assert {"school", "round", "office", "class_group", "identity"} <= aspects
    subjects = {statement.subject for _number, _line, statement in cargo.statements}
    for name in (OTHER, "护理2601班"):
        assert class_id(registrar, name) not in subjects
        assert not subjects & {one.subject for one in members(registrar, name)}
    assert 0 < part.statements < whole.statements
