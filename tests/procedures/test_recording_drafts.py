"""Drafts beside the store: they outlive the program, and what can not be read is no draft."""

import pytest

from desktop.domain.sheets import Mark
from desktop.procedures.doctor import diagnose
from desktop.procedures.recording import StudentMark
from desktop.procedures.recording_drafts import (
    Box,
    KeptDraft,
    keep_draft,
    kept_draft,
    sheets_with_drafts,
)
from tests.conftest import School
from tests.procedures.acts import print_class

MARKS = (
    StudentMark("student:1", Mark.SIGNED),
    StudentMark("student:2", Mark.BY_PROXY, "住院", "王父"),
)
BOXES = (Box("head", "刘院长", "2026-09-20"), Box("seal", "医学院", "不清楚"))
DRAFT = KeptDraft(MARKS, BOXES)


def test_a_draft_outlives_the_program_until_it_is_saved(school: School) -> None:
    number = print_class(school.first, "软件2601班").number
    assert kept_draft(school.first, number) == KeptDraft()
    keep_draft(school.first, number, DRAFT)
    school.reopen("first")
    assert kept_draft(school.first, number) == DRAFT
    assert sheets_with_drafts(school.first) == (number,)
    keep_draft(school.first, number, KeptDraft())
    assert sheets_with_drafts(school.first) == ()
    assert kept_draft(school.first, number) == KeptDraft()


@pytest.mark.parametrize("draft", [KeptDraft(MARKS), KeptDraft(boxes=BOXES)])
def test_marks_alone_and_boxes_alone_are_a_draft(school: School, draft: KeptDraft) -> None:
    number = print_class(school.first, "软件2601班").number
    keep_draft(school.first, number, draft)
    assert kept_draft(school.first, number) == draft
    assert sheets_with_drafts(school.first) == (number,)


BROKEN = [
    b"",
    b"[[1]]",
    b'{"marks": [["s", "perhaps", "", ""]], "boxes": []}',
    b'{"marks": []}',
    b'{"marks": [], "boxes": [["head"]]}',
    b"5",
    b"\xff",
]


@pytest.mark.parametrize("content", BROKEN)
def test_what_can_not_be_read_is_no_draft(school: School, content: bytes) -> None:
    number = print_class(school.first, "软件2601班").number
    keep_draft(school.first, number, DRAFT)
    (path,) = (school.first.store.folder / "drafts").iterdir()
    path.write_bytes(content)
    assert kept_draft(school.first, number) == KeptDraft()


def test_a_draft_is_no_damage_to_the_store(school: School) -> None:
    number = print_class(school.first, "软件2601班").number
    keep_draft(school.first, number, DRAFT)
    assert diagnose(school.first.store).healthy


def test_only_a_number_names_a_draft(school: School) -> None:
    with pytest.raises(ValueError, match="not a sheet's number"):
        keep_draft(school.first, "../store", DRAFT)
