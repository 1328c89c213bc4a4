"""Drafts beside the store: they outlive the program, and what can not be read is no draft."""

import pytest

from desktop.domain.sheets import Mark
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.signing.recording import StudentMark
from desktop.procedures.signing.recording_drafts import (
    BoxDraft,
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
BOXES = (BoxDraft("head", "刘院长", "9月20日"),)


def test_a_draft_outlives_the_program_until_it_is_saved(school: School) -> None:
    number = print_class(school.first, "软件2601班").number
    assert kept_draft(school.first, number) == KeptDraft()
    keep_draft(school.first, number, MARKS, BOXES)
    school.reopen("first")
    assert kept_draft(school.first, number) == KeptDraft(MARKS, BOXES)
    assert sheets_with_drafts(school.first) == (number,)
    keep_draft(school.first, number, ())
    assert sheets_with_drafts(school.first) == ()
    assert kept_draft(school.first, number) == KeptDraft()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[[1]]",
        b"5",
        b"\xff",
        b'{"marks": [["s", "perhaps", "", ""]], "boxes": []}',
        b'{"marks": [], "boxes": [["head"]]}',
        b'{"marks": []}',
    ],
)
def test_what_can_not_be_read_is_no_draft(school: School, content: bytes) -> None:
    number = print_class(school.first, "软件2601班").number
    keep_draft(school.first, number, MARKS)
    (path,) = (school.first.store.folder / "drafts").iterdir()
    path.write_bytes(content)
    assert kept_draft(school.first, number) == KeptDraft()


def test_a_draft_is_no_damage_to_the_store(school: School) -> None:
    number = print_class(school.first, "软件2601班").number
    keep_draft(school.first, number, MARKS)
    assert diagnose(school.first.store).healthy


def test_only_a_number_names_a_draft(school: School) -> None:
    with pytest.raises(ValueError, match="not a sheet's number"):
        keep_draft(school.first, "../store", MARKS)
