"""The workbench of a college in a round of procedure one: its classes and what is done next."""

from collections.abc import Mapping, Sequence

import pytest

from desktop.domain.checklists import SLOTS
from desktop.domain.review_fields import SIX_THINGS
from desktop.domain.rounds import Procedure
from desktop.domain.written_papers import PaperKind
from desktop.errors import NotAllowed
from desktop.procedures.entry_review.review_board import college_board
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.review_papers.review_papers import make_papers, record_paper_sign_off
from desktop.procedures.rounds import close_round
from desktop.procedures.signing.recording import set_class_teacher
from desktop.views.look.states import State
from desktop.views.pages.workbench.check_in_board import read_check_in_board
from desktop.views.pages.workbench.places import leads_to
from desktop.views.pages.workbench.view import WorkbenchView
from tests.conftest import School
from tests.reviewing import Reviewing, begin_review, say

CLASSES = ("软件2601班", "软件2602班")
TRAINED = {"teacher": "王老师", "trained_on": "2026-08-28"}
SIGNED = {"class_teacher": ("王老师", "2026-09-08"), "student_section": ("李科长", "2026-09-09")}
SEALED = {
    "student_section": ("李科长", "2026-09-09"),
    "head": ("张院长", "2026-09-09"),
    "seal": ("张院长", "2026-09-09"),
}


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """A school in which the freshmen have just come to the colleges."""
    return begin_review(founded)


def shown(reviewing: Reviewing) -> WorkbenchView:
    """Return what the college's workbench shows."""
    (round_,) = [
        one for one in known_rounds(reviewing.college) if one.procedure is Procedure.ENTRY_REVIEW
    ]
    assert leads_to(reviewing.college.home.seat.office.kind, round_) == "check_in"
    return read_check_in_board(reviewing.college, round_)


def deed(view: WorkbenchView) -> tuple[str, str, str]:
    """Return the words of what is next, and where its button leads."""
    assert view.next
    return view.next.words, view.next.page, view.next.argument


def comes(reviewing: Reviewing, students: Sequence[str], **more: str) -> None:
    """Let students come with everything, and be who they are."""
    said: dict[tuple[str, str], Mapping[str, str]] = {}
    for one in students:
        said[one, "arrival"] = {"state": "arrived", "arrived_on": "2026-09-05"}
        said[one, "document_check"] = dict.fromkeys(SLOTS[:5], "seen")
        said[one, "class_verdict"] = {
            **dict.fromkeys(SIX_THINGS, "same"),
            "verdict": "normal",
            "checker": "王老师",
            **more,
        }
    say(reviewing.college, reviewing.round, said)


def train(reviewing: Reviewing, *names: str) -> None:
    """Let the teachers of classes be trained."""
    college = reviewing.college
    for group in reviewing.school.classes(college):
        if group.name in names:
            set_class_teacher(college, group.id, TRAINED["teacher"])
            say(reviewing.affairs, reviewing.round, {(group.id, "training"): TRAINED})
    reviewing.school.carry(reviewing.affairs, college, reviewing.round)


def test_a_college_sees_the_steps_of_check_in_and_not_those_of_registration(
    reviewing: Reviewing,
) -> None:
    view = shown(reviewing)
    assert [row.title for row in view.board.rows] == list(CLASSES)
    assert view.board.steps[:2] == ("登记报到", "材料核验")
    first = dict(zip(view.board.steps, view.board.rows[0].cells, strict=True))
    assert (first["登记报到"].text, first["登记报到"].state) == ("0 / 3", State.NOT_YET)
    assert first["材料核验"].text == "—"
    assert "登记 3 人的报到情况" in first["下一步"].text
    assert "班主任还没有培训" in view.board.rows[0].tip
    assert view.sentence.startswith("2 个班应报到 6 人，实报到 0 人，审查合格 0 人")
    assert view.sentence.endswith("还有 6 人没有登记报到情况。")
    assert deed(view) == (
        "下一步：2 个班还要登记报到、核验材料或者核对，逐个打开。",
        "check_in",
        "record",
    )


def test_the_next_step_goes_from_recording_to_papers_to_the_bundle(reviewing: Reviewing) -> None:
    college, round_ = reviewing.college, reviewing.round
    train(reviewing, CLASSES[0])
    here, there = (reviewing.subjects(name) for name in CLASSES)
    comes(reviewing, here)
    said, page, argument = deed(shown(reviewing))
    assert said.startswith("下一步：软件2602班，登记")
    assert (page, argument) == ("check_in", shown(reviewing).board.rows[1].id)

    comes(reviewing, there)
    said, page, argument = deed(shown(reviewing))
    assert said.startswith("下一步：1 个班的班主任没有培训")
    assert (page, argument) == ("check_in", "training")

    train(reviewing, CLASSES[1])
    view = shown(reviewing)
    assert (view.done, view.total) == (6, 6)
    assert {share.title: share.number for share in view.shares}["审查合格"] == 6
    assert "还差 2 个班" in deed(view)[0]
    for paper, _ in make_papers(college, round_, PaperKind.CLASS_REPORT).stated:
        record_paper_sign_off(college, round_, paper.number, SIGNED)
    view = shown(reviewing)
    assert all(row.cells[5].state is State.DONE for row in view.board.rows)
    assert "打印入学报到审核单" in deed(view)[0]
    ((paper, _),) = make_papers(college, round_, PaperKind.COLLEGE_RETURN).stated
    record_paper_sign_off(college, round_, paper.number, SEALED)
    assert deed(shown(reviewing))[1:] == ("exchange", "export")

    reviewing.school.send(college, "admissions", round_)
    assert shown(reviewing).next is None


def test_a_round_that_is_over_asks_for_nothing(reviewing: Reviewing) -> None:
    close_round(reviewing.admissions, reviewing.round)
    reviewing.school.carry(reviewing.admissions, reviewing.college, reviewing.round)
    assert shown(reviewing).next is None


def test_only_a_college_has_classes_of_its_own(reviewing: Reviewing) -> None:
    with pytest.raises(NotAllowed):
        college_board(reviewing.admissions, reviewing.round)
