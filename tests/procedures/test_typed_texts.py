"""What people type is set right as the import does, or refused with the character named."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.enrolment import Applicant
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.domain.schools import SchoolFacts
from desktop.domain.statements import Key
from desktop.errors import Incomplete, TextRefused, TextTooLong, TrustError, UserError, ValueRefused
from desktop.procedures.deciding.decisions import (
    accept_addition,
    complete_identity,
    decide_conflict,
    decide_correction,
    reject_addition,
)
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.registration.outcomes import change_outcome
from desktop.procedures.registration.recorded_verdicts import record_verdict
from desktop.procedures.rounds import NewRound, open_round, reopen_round
from desktop.procedures.school.enrolment import ask_to_join
from desktop.procedures.school.revocation import revoke
from desktop.procedures.school.schools import NewSchool, add_operator, create_school
from desktop.procedures.session import Session, operators_of
from desktop.procedures.settings import change_school
from desktop.procedures.signing.retracting import retract_mark
from desktop.procedures.typed_texts import stated_reason, typed_day, typed_name, typed_text
from tests.conftest import CHEAPEST, OPERATOR, ROUND, School

from .acts import digest


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王 小甲 ", "王小甲"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("John A. Smith", "John A. Smith"),
        ("王\ue81e", "王\u9fb4"),
        ("欧阳\n", "欧阳"),
        ("", ""),
    ],
)
def test_a_name_is_set_right(typed: str, name: str) -> None:
    assert typed_name("姓名", typed) == name


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("王?", "“?”（U+003F）"),
        ("王？", "“？”（U+FF1F）"),
        ("王□", "“□”（U+25A1）"),
        ("王〓甲", "“〓”（U+3013）"),
        ("王*", "“*”（U+002A）"),
        ("王\ufffd", "U+FFFD"),
        ("王\x07", "U+0007"),
        ("王\x1c甲", "U+001C"),
        ("王\uf8ff", "U+F8FF"),
        ("王\u0378", "U+0378"),
    ],
)
def test_a_name_that_nobody_can_read_is_refused_and_the_character_named(
    typed: str, named: str
) -> None:
    with pytest.raises(TextRefused) as refused:
        typed_name("代签人姓名", typed)
    assert refused.value.what.startswith("代签人姓名“王")
    assert named in refused.value.what
    assert refused.value.what.endswith("。")
    assert "\x07" not in str(refused.value)


def test_a_question_mark_in_a_reason_is_a_question_mark() -> None:
    assert typed_text("原因", "家长来电？已核实*") == "家长来电？已核实*"


@pytest.mark.parametrize("strange", ["\x07", "\uf8ff", "\u0378", "\ufffd"])
def test_a_reason_that_nobody_can_read_is_refused(strange: str) -> None:
    with pytest.raises(TextRefused, match=f"U\\+{ord(strange):04X}"):
        typed_text("原因", f"请{strange}假")


@pytest.mark.parametrize("typed", ["2026-09-20", " 2026-09-20 ", "２０２６-０９-２０"])
def test_a_day_is_a_day(typed: str) -> None:
    assert typed_day("日期", typed) == "2026-09-20"


@pytest.mark.parametrize(
    "typed",
    ["2026-02-29", "2026-13-01", "2026-9-20", "20260920", "9月20日", "0026-09-20", "2026-09"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueRefused, match="日期"):
        typed_day("签字日期", typed)


def test_a_reason_must_be_said() -> None:
    assert stated_reason(" 看了原件 ", "要写明理由。") == "看了原件"
    for nothing in ("", " ", "\u3000"):
        with pytest.raises(Incomplete, match="要写明理由。"):
            stated_reason(nothing, "要写明理由。")


REGISTRAR_TYPES: dict[str, Callable[[Session, str], object]] = {
    "conflict": lambda s, t: decide_conflict(s, Key("student:1", "identity", ""), "name", "a", t),
    "correction": lambda s, t: decide_correction(s, ROUND, "correction:1", accept=True, reason=t),
    "accept": lambda s, t: accept_addition(s, ROUND, "addition:1", t),
    "reject": lambda s, t: reject_addition(s, ROUND, "addition:1", t),
    "complete": lambda s, t: complete_identity(s, "student:1", {"name": "王"}, t),
    "verdict": lambda s, t: record_verdict(s, ROUND, "x", passed=True, reason=t, document="单"),
    "paper": lambda s, t: record_verdict(s, ROUND, "x", passed=True, reason="合格", document=t),
    "withdraw": lambda s, t: withdraw_bundle(s, "bundle", t),
    "outcome": lambda s, t: change_outcome(s, ROUND, "x", None, t, "单"),
    "its paper": lambda s, t: change_outcome(s, ROUND, "x", None, "有误", t),
    "reopen": lambda s, t: reopen_round(s, ROUND, t),
    "open": lambda s, t: open_round(
        s, NewRound(Procedure.STUDENT_REGISTRATION, t, "2026", s.today().isoformat())
    ),
    "admit": lambda s, t: admit_rows(s, ROUND, [], t),
    "rename": lambda s, t: change_school(s, "2026-09-01", SchoolFacts(name=t), "批复"),
    "president": lambda s, t: change_school(s, "2026-09-01", SchoolFacts(president=t), "批复"),
    "why": lambda s, t: change_school(s, "2026-09-01", SchoolFacts(name="新学院"), t),
    "revoke": lambda s, t: revoke(s, "002", t),
}


@pytest.mark.parametrize("act", REGISTRAR_TYPES.values(), ids=REGISTRAR_TYPES.keys())
def test_what_the_registrar_types_is_refused_where_it_is_typed(
    school: School, act: Callable[[Session, str], object]
) -> None:
    before = digest(school.registrar)
    with pytest.raises(TextRefused, match=r"U\+F8FF"):
        act(school.registrar, "看了\uf8ff原件")
    assert digest(school.registrar) == before


def test_what_a_college_takes_back_has_a_reason_that_can_be_read(school: School) -> None:
    with pytest.raises(TextRefused, match=r"U\+F8FF"):
        retract_mark(school.first, ROUND, "student:1", "看错\uf8ff")


NAMES: list[tuple[str, type[UserError]]] = [
    ("  \u3000 ", Incomplete),
    ("张\x07老师", TextRefused),
    ("张\ue5f3\uf8ff老师", TextRefused),
    ("张\ufffd老师", TextRefused),
    ("长" * 61, TextTooLong),
]


@pytest.mark.parametrize(("text", "error"), NAMES)
def test_no_school_begins_and_nobody_asks_to_join_with_what_is_no_name(
    tmp_path: Path, text: str, error: type[UserError]
) -> None:
    good = NewSchool("12354", "学校", "李校长")
    for school, operator in (
        (replace(good, name=text), "甲"),
        (replace(good, president=text), "甲"),
        (replace(good, seat_name=text), "甲"),
        (good, text),
    ):
        refused = (error, TrustError) if school.name == text else error  # by what reads bundles
        with pytest.raises(refused):
            create_school(tmp_path / "school", school, operator, "p", cost=CHEAPEST)
    who = Applicant("12354", OfficeKind.COLLEGE, "信息技术学院", "一号机", training=False)
    for applicant, operator in (
        (replace(who, office_name=text), "甲"),
        (replace(who, seat_name=text), "甲"),
        (who, text),
    ):
        with pytest.raises(error):
            ask_to_join(tmp_path / "seat", applicant, operator, "p", cost=CHEAPEST)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("text", "error"), NAMES)
def test_nobody_works_here_under_what_is_no_name(
    school: School, text: str, error: type[UserError]
) -> None:
    with pytest.raises(error) as caught:
        add_operator(school.first, text, "p", cost=CHEAPEST)
    assert caught.value.what.startswith("经办人姓名")
    assert operators_of(school.first.store) == (OPERATOR,)
    add_operator(school.first, " 王 小明 ", "p", cost=CHEAPEST)
    assert "王小明" in operators_of(school.first.store)
