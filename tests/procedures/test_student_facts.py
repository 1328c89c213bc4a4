"""What lists said is read typed, with the import from which it came."""

from decimal import Decimal

from desktop.domain.imports import Target
from desktop.domain.statements import Key
from desktop.procedures.imports.imports import write_import
from desktop.procedures.imports.student_facts import (
    chsi_states,
    credit_audits,
    face_checks,
    fees,
    source_of,
)
from desktop.procedures.overview.histories import student_page
from tests.conftest import School, identity

from .acts import members, say
from .test_imports import listed


def row(**values: str) -> dict[str, str]:
    one = identity(1)
    return {"student_number": one.student_number, "name": one.name, **values}


def test_each_fact_is_read_with_its_numbers_and_its_source(school: School) -> None:
    registrar = school.registrar
    student = members(registrar, "软件2601班")[0].subject
    paid = listed(
        "fees", [row(fee_state="部分缴费", amount_due="5000", amount_paid="2500")], "缴费.xlsx"
    )
    write_import(registrar, paid, Target("fees", year="2026-2027"))
    audit = listed(
        "credit-audit", [row(credits_due="140", credits_earned="99.5", conduct="良好", fitness="?")]
    )
    write_import(registrar, audit, Target("credit-audit", year="2029"))
    face = listed("face-check", [row(face_result="成功", face_likeness="0.93", face_attempts="2")])
    write_import(registrar, face, Target("face-check"))
    enrolled = listed("continuing-students", [row(registration_state="注册学籍", has_photo="有")])
    write_import(registrar, enrolled, Target("continuing-students"))
    with registrar.unit_of_work() as unit:
        fee = fees(unit, "2026-2027")[student]
        assert (fee.state, fee.due, fee.paid, fee.owed) == (
            "部分缴费",
            Decimal(5000),
            Decimal(2500),
            None,
        )
        assert fees(unit, "2025-2026", [student]) == {}
        credit = credit_audits(unit, "2029", [student])[student]
        assert (credit.earned, credit.conduct, credit.fitness) == (Decimal("99.5"), "良好", None)
        assert face_checks(unit)[student].likeness == Decimal("0.93")
        state = chsi_states(unit)[student]
        assert (state.registration_state, state.has_photo, state.identity_check) == (
            "注册学籍",
            True,
            "",
        )
        source = source_of(unit, student, "fee", "2026-2027")
        assert source
        assert (source.file_name, source.operator) == ("缴费.xlsx", registrar.operator)
        assert source_of(unit, student, "fee", "2027-2028") is None
    told = {entry.title: entry for entry in student_page(registrar, student).history}
    assert told["缴费情况"].round == "2026-2027学年"
    assert dict(told["缴费情况"].told)["缴费状态"] == "部分缴费"
    assert "缴费.xlsx" in told["缴费情况"].reason
    assert told["毕业资格（学分）审核"].round == "2029年"
    assert dict(told["学信网学籍状态"].told)["注册状态"] == "注册学籍"


def test_what_a_person_has_said_has_no_file(school: School) -> None:
    registrar = school.registrar
    student = members(registrar, "软件2601班")[0].subject
    say(registrar, Key(student, "fee", "2026-2027"), fee_state="缓缴")
    with registrar.unit_of_work() as unit:
        source = source_of(unit, student, "fee", "2026-2027")
    assert source
    assert (source.import_subject, source.file_name) == ("", "")
