"""Who may say what: one table, the same for acting and for merging, and for the store's tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.authority import (
    ASPECTS,
    SIGN_OFF_TITLES,
    SIGN_OFFS,
    Scope,
    may_state,
    names_year,
    needs_scope,
    scope_subject,
)
from desktop.domain.offices import OfficeKind
from desktop.models import READING_TABLES

PLACE = {"subject", "round", "conflicts"}
REGISTRAR_ALONE = {
    "school",
    "office",
    "addition_decision",
    "correction_decision",
    "registration",
    "photo_rules",
    "chsi_state",
}
ADMISSIONS_TOO = {
    "round",
    "archive",
    "approval",
    "spelling_ruling",
    "class_group",
    "identity",
    "placement",
    "photo",
    "roster",
    "entry_review",
    "review_waiting",
    "recheck",
    "likeness",
}
COLLEGE_TOO = {"sheet", "signature", "sign_off", "addition", "correction"}
REVIEWERS = {
    "class_staff",
    "place_report",
    "face_check",
    "training_waiver",
    "arrival",
    "document_check",
    "class_verdict",
    "second_verdict",
    "recheck_form",
    "recheck_answer",
    "answer_ruling",
    "recheck_review",
    "recheck_second_review",
    "case_file",
    "case_note",
}
PREPARERS = {"review_rules", "checklist_item", "training", "withdrawal"}
PAPERS = {"paper", "paper_sign_off"}
LISTS = {"list_import"}
OTHERS = {
    OfficeKind.FINANCE: {"fee", "list_import"},
    OfficeKind.ACADEMIC_AFFAIRS: {"credit_audit", "list_import"},
    OfficeKind.STUDENT_AFFAIRS: PREPARERS | PAPERS,
    OfficeKind.ARCHIVE: set[str](),
}
ALL_OTHERS = set[str]().union(*OTHERS.values())


def test_every_aspect_has_a_table_with_exactly_its_fields() -> None:
    columns = {
        aspect: {column.name for column in model.__table__.columns} - PLACE
        for aspect, model in READING_TABLES.items()
    }
    assert columns == {aspect: set(rule.fields) for aspect, rule in ASPECTS.items()}


def test_every_table_of_readings_is_keyed_by_subject_and_round() -> None:
    for model in READING_TABLES.values():
        table = model.__table__
        keys = {column.name for column in table.columns if column.primary_key}
        assert keys == {"subject", "round"}
        assert all(column.nullable for column in table.columns if column.name not in PLACE)


def test_each_aspect_is_stated_by_exactly_these_kinds_of_offices() -> None:
    both = REVIEWERS | PAPERS | LISTS
    admissions = ADMISSIONS_TOO | both | PREPARERS
    assert ASPECTS.keys() == REGISTRAR_ALONE | admissions | COLLEGE_TOO | ALL_OTHERS
    for aspect in ASPECTS:
        assert may_state(OfficeKind.REGISTRAR, aspect)
        assert may_state(OfficeKind.ADMISSIONS, aspect) is (aspect in admissions)
        assert may_state(OfficeKind.COLLEGE, aspect) is (aspect in COLLEGE_TOO | both)
        for kind, said in OTHERS.items():
            assert may_state(kind, aspect) is (aspect in said)


@given(st.sampled_from(OfficeKind), st.text())
def test_nobody_states_what_is_unknown(kind: OfficeKind, aspect: str) -> None:
    assert may_state(kind, aspect) is (
        kind in ASPECTS[aspect].kinds if aspect in ASPECTS else False
    )


@pytest.mark.parametrize("aspect", ["identity", "registration", "placement", "withdrawal"])
def test_a_college_never_changes_what_others_answer_for(aspect: str) -> None:
    assert not may_state(OfficeKind.COLLEGE, aspect)


@pytest.mark.parametrize("kind", OfficeKind)
def test_only_a_college_is_bound_to_its_own_students(kind: OfficeKind) -> None:
    assert needs_scope(kind) is (kind is OfficeKind.COLLEGE)


@pytest.mark.parametrize(
    ("aspect", "subject", "values", "about"),
    [
        ("signature", "student:1", {"mark": "signed"}, "student:1"),
        ("sign_off", "sheet:1", {"head": "王"}, "sheet:1"),
        ("class_staff", "class:1", {"class_teacher": "王"}, "class:1"),
        ("sheet", "sheet:1", {"class_id": "class:1"}, "class:1"),
        ("paper", "paper:1", {"about": "college-01"}, "college-01"),
        ("paper", "paper:1", {"title": "核验报告单"}, None),
        ("case_file", "case:1", {"student": "student:1"}, "student:1"),
        ("sheet", "sheet:1", {"digest": "x"}, None),
        ("sheet", "sheet:1", {"class_id": None}, None),
        ("addition", "addition:1", {"class_id": "class:1"}, "class:1"),
        ("addition", "addition:1", {"name": "王"}, None),
        ("correction", "correction:1", {"student": "student:1"}, "student:1"),
        ("correction", "correction:1", {"new": "王"}, None),
    ],
)
def test_whom_a_statement_is_about_is_found_from_it(
    aspect: str, subject: str, values: dict[str, str | None], about: str | None
) -> None:
    assert scope_subject(aspect, subject, values) == about


def test_what_names_its_student_or_class_in_its_values_has_a_field_for_it() -> None:
    for rule in ASPECTS.values():
        assert rule.scope is not Scope.CLASS or "class_id" in rule.fields
        assert rule.scope is not Scope.STUDENT or "student" in rule.fields


def test_every_sign_off_has_a_title_a_name_and_a_date() -> None:
    assert tuple(SIGN_OFF_TITLES) == SIGN_OFFS
    for name in (*SIGN_OFFS, "seal"):
        assert {name, f"{name}_date"} <= ASPECTS["sign_off"].fields


@pytest.mark.parametrize(
    ("aspect", "year", "fits"),
    [
        ("fee", "2026-2027", True),
        ("fee", "2026-2028", False),
        ("fee", "2026", False),
        ("fee", "", False),
        ("fee", "２０２６-２０２７", False),
        ("credit_audit", "2027", True),
        ("credit_audit", "2026-2027", False),
    ],
)
def test_a_yearly_aspect_names_its_year(aspect: str, year: str, *, fits: bool) -> None:
    assert names_year(aspect, year) is fits
