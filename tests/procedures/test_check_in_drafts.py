"""Drafts of a check-in outlive the program, and what can not be read is no draft."""

import pytest

from desktop.domain.checklists import SLOTS
from desktop.domain.entry_review import ArrivalState, Finding
from desktop.procedures.check_in.check_in_drafts import has_draft, keep_notes, kept_notes
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    CheckInNotes,
    DocumentNote,
    SecondNote,
    VerdictNote,
)
from desktop.procedures.check_in.exceptions import (
    About,
    Exceptions,
    drop_exceptions,
    has_exceptions,
    keep_exceptions,
    kept_exceptions,
)
from desktop.procedures.keeping.doctor import diagnose
from tests.conftest import School
from tests.procedures.acts import class_id
from tests.procedures.reviews import REVIEW, SAME

NOTES = CheckInNotes(
    (ArrivalNote("student:1", ArrivalState.LEAVE, "还没填完", "", "家中有事"),),
    (DocumentNote("student:1", {SLOTS[0]: "seen", SLOTS[1]: "due 2026-"}),),
    (VerdictNote("student:2", Finding.DOUBTFUL, "", "不像", SAME, ("照片.jpg",)),),
    (SecondNote("student:2", Finding.NORMAL, "吴老师"),),
)


def test_a_draft_outlives_the_program_until_nothing_is_left_of_it(school: School) -> None:
    one, other = (class_id(school.first, name) for name in ("软件2601班", "软件2602班"))
    assert kept_notes(school.first, REVIEW, one) == CheckInNotes()
    keep_notes(school.first, REVIEW, one, NOTES)
    school.reopen("first")
    assert kept_notes(school.first, REVIEW, one) == NOTES
    assert has_draft(school.first, REVIEW, one)
    assert not has_draft(school.first, REVIEW, other)
    assert not has_draft(school.first, "another-round", one)
    assert diagnose(school.first.store).healthy
    keep_notes(school.first, REVIEW, one, CheckInNotes())
    assert not has_draft(school.first, REVIEW, one)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[[1]]",
        b"\xff",
        b'{"arrivals": []}',
        b'{"arrivals": [{"student": "s", "state": "perhaps", "day": "", "cause": "",'
        b' "explanation": ""}], "documents": [], "verdicts": [], "seconds": []}',
        b'{"arrivals": [], "documents": [{"student": "s", "items": []}], "verdicts": [],'
        b' "seconds": []}',
    ],
)
def test_what_can_not_be_read_is_no_draft(school: School, content: bytes) -> None:
    one = class_id(school.first, "软件2601班")
    keep_notes(school.first, REVIEW, one, NOTES)
    (path,) = (school.first.store.folder / "check-in-drafts").iterdir()
    path.write_bytes(content)
    assert kept_notes(school.first, REVIEW, one) == CheckInNotes()


TOLD = Exceptions(
    About.DOCUMENTS,
    (SLOTS[0], SLOTS[3]),
    {"student:1": (), "student:2": (SLOTS[3],)},
    "2026-10-",
    {"student:2": "2026-10-09"},
    anew=True,
)


def test_exceptions_outlive_the_program_until_they_are_noted(school: School) -> None:
    one, other = (class_id(school.first, name) for name in ("软件2601班", "软件2602班"))
    keep_exceptions(school.first, REVIEW, one, TOLD)
    school.reopen("first")
    assert kept_exceptions(school.first, REVIEW, one, About.DOCUMENTS) == TOLD
    assert kept_exceptions(school.first, REVIEW, one, About.COMPARED) is None
    assert has_exceptions(school.first, REVIEW, one)
    assert not has_exceptions(school.first, REVIEW, other)
    assert kept_notes(school.first, REVIEW, one) == CheckInNotes()
    assert diagnose(school.first.store).healthy
    drop_exceptions(school.first, REVIEW, one, About.DOCUMENTS)
    assert not has_exceptions(school.first, REVIEW, one)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"chosen": []}', b'{"chosen": 1}'])
def test_exceptions_that_can_not_be_read_are_none(school: School, content: bytes) -> None:
    one = class_id(school.first, "软件2601班")
    keep_exceptions(school.first, REVIEW, one, TOLD)
    (path,) = (school.first.store.folder / "check-in-drafts").iterdir()
    path.write_bytes(content)
    assert kept_exceptions(school.first, REVIEW, one, About.DOCUMENTS) is None
