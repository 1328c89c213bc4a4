"""The year's checklist: what is asked of whom, and what a statement says of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checklists import (
    DEFAULT_CHECKLIST,
    SLOTS,
    Brought,
    ChecklistItem,
    DocumentState,
    lacking,
    read_document,
    read_types,
)
from tests.domain.reviews import TODAY


@given(st.sampled_from(Brought), st.none() | st.dates())
def test_what_is_said_of_a_document_is_read_back(brought: Brought, day: object) -> None:
    state = DocumentState(Brought.MISSING, str(day)) if day else DocumentState(brought)
    assert read_document(state.to_text()) == state


@given(st.text(max_size=12))
def test_nothing_else_is_taken_for_a_document(text: str) -> None:
    try:
        state = read_document(text)
    except ValueError:
        return
    assert state is None or state.to_text() == text or text.startswith("due ")


def test_no_word_is_no_document() -> None:
    assert read_document("") is None
    with pytest.raises(ValueError, match="day"):
        read_document("due 2026-02-30")


def test_the_admission_type_decides_what_must_be_brought() -> None:
    asked = {
        kind: {item.title for item in DEFAULT_CHECKLIST if item.required_of(kind)}
        for kind in ("普通高考", "专升本", "")
    }
    everybody = {"录取通知书", "身份证", "纸质档案", "体检材料"}
    assert asked[""] == everybody
    assert asked["普通高考"] == everybody | {"准考证"}
    assert asked["专升本"] == everybody | {"专科毕业证书、成绩表和学历备案表"}


def test_what_is_lacking_and_until_when() -> None:
    items = (ChecklistItem(SLOTS[0], "通知书", ("*",)), ChecklistItem(SLOTS[1], "迁移证"))
    assert [(one.item.title, one.looked) for one in lacking(items, "", {})] == [("通知书", False)]
    said = {SLOTS[0]: "seen", SLOTS[1]: "due 2026-09-19"}
    (migration,) = lacking(items, "", said)  # nobody must bring it, but this one said so
    assert migration.overdue(TODAY)
    assert not lacking(items, "", {SLOTS[0]: "not_needed"})
    assert lacking(items, "", {SLOTS[0]: "missing"})[0].due == ""


def test_types_are_read_from_a_statement() -> None:
    assert read_types("普通高考,,专升本") == ("普通高考", "专升本")
    assert read_types("") == ()
