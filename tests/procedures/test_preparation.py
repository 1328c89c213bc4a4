"""Student affairs sets the round's rules, and issues them with the checklist."""

from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checklists import DEFAULT_CHECKLIST
from desktop.domain.offices import OfficeKind
from desktop.domain.review_fields import ANSWER_FIELDS
from desktop.domain.review_rules import SECOND_CHECKS, ReviewRules
from desktop.domain.statements import Key
from desktop.errors import (
    Incomplete,
    NotAllowed,
    NothingToChange,
    RoundNotOpen,
    TextRefused,
    ValueRefused,
)
from desktop.procedures.entry_review.preparation import (
    Prepared,
    TypedRules,
    as_typed,
    change_rules,
    issue_preparation,
    read_typed,
    rules_on_desk,
)
from desktop.procedures.entry_review.year_checklist import (
    TypedLine,
    checklist_on_desk,
    save_checklist,
)
from desktop.procedures.session import Session
from desktop.store import registration
from desktop.store.journal import Draft
from tests.conftest import School
from tests.list_offices import join
from tests.reviews import (
    REVIEW,
    begin_review,
)

GOOD = TypedRules(
    face_link="https://face.example.edu.cn/2026",
    face_threshold="85%",
    second_check="all",
    check_in_from="2026-09-05",
    check_in_until="2026-09-07",
    no_show_days="14天",
    report_days="20",
    recheck_until="2026-12-05",
)


@pytest.fixture
def admissions(founded: School) -> Session:
    """Admissions, which leads the round."""
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session)
    return session


def said(session: Session) -> dict[str, str]:
    with session.unit_of_work() as unit:
        texts = registration.texts_of_round(unit.connection, "review_rules", REVIEW)
    return {k: v for k, v in texts.get(f"round:{REVIEW}", {}).items() if v}


# --- rules ---------------------------------------------------------------------------------------


def test_customs_are_shown_until_somebody_says_otherwise(admissions: Session) -> None:
    found = rules_on_desk(admissions, REVIEW)
    assert (found.rules, found.said, found.proposed_recheck) == (ReviewRules(), False, "")
    changed = change_rules(admissions, REVIEW, GOOD)
    assert changed == ReviewRules(
        face_link="https://face.example.edu.cn/2026",
        face_threshold=0.85,
        second_check="all",
        check_in_from="2026-09-05",
        check_in_until="2026-09-07",
        recheck_until="2026-12-05",
    )
    found = rules_on_desk(admissions, REVIEW)
    assert (found.rules, found.said, found.proposed_recheck) == (changed, True, "2026-12-05")
    # customs are said with the first word, so that they stay what they are
    assert said(admissions)["no_show_days"] == "14"


def test_only_what_is_new_is_said(admissions: Session) -> None:
    change_rules(admissions, REVIEW, GOOD)
    with pytest.raises(NothingToChange):
        change_rules(admissions, REVIEW, GOOD)
    change_rules(admissions, REVIEW, replace(GOOD, face_link="", no_show_days="10"))
    assert "face_link" not in said(admissions)
    assert rules_on_desk(admissions, REVIEW).rules.no_show_days == 10


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("face_link", "face.example.edu.cn", "学生扫码后打不开"),
        ("face_link", "https://", "不完整"),
        ("face_link", "https://face.example.edu.cn/ 2026", "不完整"),
        ("face_link", "https://" + "x" * 600, "不完整"),
        ("face_threshold", "八成", "不在 0 到 1"),
        ("face_threshold", "120%", "不在 0 到 1"),
        ("face_threshold", "nan", "不在 0 到 1"),
        ("face_threshold", "-0.5", "不在 0 到 1"),
        ("check_in_from", "2026-09-31", "没有这一天"),
        ("check_in_until", "9月7日", "不是日期"),
        ("check_in_until", "2026-09-01", "早于报到开始"),
        ("no_show_days", "两周", "不是天数"),
        ("report_days", "400", "不是天数"),
        ("report_days", "-1", "不是天数"),
        ("recheck_until", "2026-12-06", "不在入学后三个月内"),
        ("recheck_until", "2026-09-05", "不在入学后三个月内"),
    ],
)
def test_what_can_not_be_right_is_refused_with_its_name(
    admissions: Session, field: str, text: str, told: str
) -> None:
    with pytest.raises(ValueRefused) as refused:
        change_rules(admissions, REVIEW, TypedRules(**{**asdict(GOOD), field: text}))
    assert told in refused.value.what
    assert said(admissions) == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.8", 0.8), ("80", 0.8), ("80%", 0.8), (" 80 ％ ", 0.8), ("1", 1), ("0", 0), ("", 0.8)],
)
def test_a_likeness_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_typed(replace(GOOD, face_threshold=text)).face_threshold == pytest.approx(value)


def test_a_character_that_nobody_can_read_is_refused(admissions: Session) -> None:
    with pytest.raises(TextRefused):
        change_rules(admissions, REVIEW, replace(GOOD, face_link="https://a\x00b.cn"))


@given(
    st.builds(
        ReviewRules,
        face_link=st.sampled_from(["", "http://a.cn/x?y=1"]),
        face_threshold=st.integers(0, 1000).map(lambda n: n / 1000),
        second_check=st.sampled_from(sorted(SECOND_CHECKS)),
        check_in_from=st.just("2026-09-05"),
        check_in_until=st.dates(date(2026, 9, 5), date(2026, 10, 31)).map(str),
        no_show_days=st.integers(0, 366),
        report_days=st.integers(0, 366),
        recheck_until=st.sampled_from(["", "2026-11-30"]),
        form_fields=st.lists(st.sampled_from(ANSWER_FIELDS), min_size=1, unique=True).map(tuple),
    )
)
def test_what_a_form_shows_is_read_back_as_the_same(rules: ReviewRules) -> None:
    assert read_typed(as_typed(rules)) == rules


def test_colleges_read_the_rules_and_set_none(founded: School, admissions: Session) -> None:
    for act in (
        lambda s: rules_on_desk(s, REVIEW),
        lambda s: change_rules(s, REVIEW, GOOD),
        lambda s: checklist_on_desk(s, REVIEW),
        lambda s: save_checklist(s, REVIEW, []),
        lambda s: issue_preparation(s, REVIEW),
    ):
        with pytest.raises(NotAllowed):
            act(founded.first)
    del admissions


def test_a_closed_round_keeps_its_rules(admissions: Session) -> None:
    with admissions.unit_of_work() as unit:
        unit.journal.state(Key(f"round:{REVIEW}", "round", ""), {"state": "closed"})
        unit.commit()
    with pytest.raises(RoundNotOpen):
        change_rules(admissions, REVIEW, GOOD)
    with pytest.raises(RoundNotOpen):
        issue_preparation(admissions, REVIEW)


# --- issuing -------------------------------------------------------------------------------------


def test_issuing_says_everything_once(admissions: Session) -> None:
    with pytest.raises(Incomplete) as lacking:
        issue_preparation(admissions, REVIEW)
    assert "报到开始和截止" in lacking.value.what
    change_rules(admissions, REVIEW, GOOD)
    assert issue_preparation(admissions, REVIEW) == Prepared(rules=False, lines=9)
    assert issue_preparation(admissions, REVIEW) == Prepared(rules=False, lines=0)
    with admissions.unit_of_work() as unit:
        lines = registration.texts_of_round(unit.connection, "checklist_item", REVIEW)
    assert [lines[f"item:{item.slot}"]["title"] for item in DEFAULT_CHECKLIST] == [
        item.title for item in DEFAULT_CHECKLIST
    ]
    found = checklist_on_desk(admissions, REVIEW)
    assert (found.items, found.said) == (DEFAULT_CHECKLIST, True)


def test_issuing_after_a_line_was_saved_says_the_rules_alone(admissions: Session) -> None:
    rules = {"check_in_from": "2026-09-05", "check_in_until": "2026-09-07"}
    with admissions.unit_of_work() as unit:
        unit.journal.state_all([Draft(Key(f"round:{REVIEW}", "review_rules", REVIEW), rules)])
        unit.commit()
    save_checklist(admissions, REVIEW, [TypedLine("录取通知书", slot="item_01")])
    assert issue_preparation(admissions, REVIEW) == Prepared(rules=True, lines=0)
    assert said(admissions)["second_check"] == "doubtful"
