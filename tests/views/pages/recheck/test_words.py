"""The words of the re-check's pages and the draft of its desk, without a window."""

from dataclasses import replace

import pytest

from desktop.domain.answers import Agreement
from desktop.domain.recheck import RecheckCount, ReviewFinding
from desktop.domain.review_rules import ReviewRules
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.recheck.comparison_desk import (
    ClassInRecheck,
    RecheckBoard,
    StudentOnDesk,
    recheck_board,
    student_on_desk,
)
from desktop.procedures.recheck.recheck_drafts import RecheckDraft
from desktop.views.pages.recheck import words
from desktop.views.pages.recheck.desk_draft import (
    DeskDraft,
    progress_sentence,
    resume,
    why_not_saved,
    with_answer,
    with_ruling,
)
from desktop.views.recheck_words import time_left
from desktop.views.wizards.collect_forms.draft import (
    CONFIRM,
    DONE,
    FOUND,
    PLACE,
    REASON,
    CollectForms,
    next_step,
    problems,
)
from tests.conftest import School
from tests.procedures.rechecks import RECHECK, begin_recheck, hand_in, students

ROUND = Round("2026-recheck-1", Procedure.RECHECK, "复查", "2026", "2026-12-01", (), False, True)


def board(left: int | None, *, students: int = 4, approved: int = 0) -> RecheckBoard:
    """Return a board with so many days left."""
    count = RecheckCount(students=students, forms=3, missing_forms=1, approved=approved)
    return RecheckBoard(ROUND, ReviewRules(), "2026-12-01", left, (), count)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (None, "还没有定"),
        (30, "还有 30 天"),
        (0, "最后一天"),
        (-2, "超过 2 天"),
    ],
)
def test_the_days_left_are_always_said(left: int | None, said: str) -> None:
    assert said in words.state_sentence(board(left))


def test_what_presses_is_said_first() -> None:
    assert words.state_sentence(board(5)).startswith("离复查截止")
    assert words.state_sentence(board(50)).startswith("4 人")
    assert words.state_sentence(board(5, approved=4)).startswith("4 人")
    assert words.state_sentence(board(5, students=0)) == "这个批次还没有学生。"


@pytest.fixture
def on_desk(school: School, tmp_path_factory: pytest.TempPathFactory) -> StudentOnDesk:
    """The first student, whose form is in and not keyed in yet."""
    begin_recheck(school)
    mine = students(school.first)
    hand_in(school.first, tmp_path_factory.mktemp("forms"), mine[:1])
    return student_on_desk(school.first, RECHECK, mine[0].subject)


def test_a_ruling_goes_with_its_answer(on_desk: StudentOnDesk) -> None:
    draft = with_answer(DeskDraft(on_desk), "name", "王大丙")
    assert draft.agreement("name") is Agreement.DIFFERENT
    ruled = with_ruling(draft, "name", "doubt")
    assert ruled.agreement("name") is Agreement.DOUBT
    assert with_answer(ruled, "name", "王大丙 ").agreement("name") is Agreement.DOUBT
    assert with_answer(ruled, "name", "王大丁").rulings == {}
    assert with_ruling(ruled, "name", "").rulings == {}
    assert draft.agreement("sex") is None
    assert not draft.rulable("sex")


def test_a_blank_field_is_keyed_in_by_enter_alone(on_desk: StudentOnDesk) -> None:
    draft = with_answer(DeskDraft(on_desk), "name", "")
    assert draft.agreement("name") is Agreement.BLANK
    assert "name" not in draft.unkeyed
    assert "已录入 1 栏，共 10 栏" in progress_sentence(draft)
    assert "还有 9 栏" in why_not_saved(draft)


def test_a_draft_is_resumed_as_far_as_it_still_can_be_saved(on_desk: StudentOnDesk) -> None:
    kept = RecheckDraft(
        {"name": "王大丙", "height": "170"},
        {"name": "same", "sex": "doubt"},
        {"health_sound": "yes", "talent_sound": "yes"},
        "字迹",
    )
    draft = resume(replace(on_desk, draft=kept))
    assert draft.answers == {"name": "王大丙"}  # the form does not ask the height
    assert draft.rulings == {"name": "same"}
    assert draft.five == {"health_sound": "yes"}  # the fifth thing is not this student's
    assert draft.kept.explanation == "字迹"


def test_a_closed_round_and_a_missing_form_are_said(on_desk: StudentOnDesk) -> None:
    closed = replace(on_desk, round=replace(on_desk.round, open=False))
    assert "已经结束" in why_not_saved(DeskDraft(closed))
    without = replace(on_desk.one, file=replace(on_desk.one.file, form=""))
    assert "还没有可用的复查表" in why_not_saved(DeskDraft(replace(on_desk, one=without)))


def test_the_next_to_compare_is_one_with_a_form(school: School, on_desk: StudentOnDesk) -> None:
    (group, _) = recheck_board(school.first, RECHECK).classes
    assert isinstance(group, ClassInRecheck)
    found = words.next_to_compare(tuple(reversed(group.students)))
    assert found
    assert found.student.subject == on_desk.one.student.subject
    assert words.next_to_compare(()) is None


def test_the_way_of_the_wizard_and_what_is_missing() -> None:
    draft = CollectForms()
    assert [next_step(step, draft) for step in (PLACE, FOUND, REASON, CONFIRM, DONE)] == [
        FOUND,
        CONFIRM,
        CONFIRM,
        DONE,
        "",
    ]
    assert "source" in problems(PLACE, draft)
    assert "source" in problems(PLACE, replace(draft, source="/nowhere/at/all"))
    assert problems(FOUND, draft)
    assert "reason" in problems(REASON, draft)
    assert problems(CONFIRM, draft) == {}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, ""),
        (3, "离复查截止还有 3 天。"),
        (0, "今天是复查的最后一天。"),
        (-4, "复查截止已过 4 天。"),
    ],
)
def test_a_page_without_a_board_says_the_days_in_a_few_words(days: int | None, said: str) -> None:
    assert time_left(days) == said


def test_a_reviewer_stands_in_the_table_without_the_office_and_is_copied_whole(
    school: School,
) -> None:
    begin_recheck(school)
    one = recheck_board(school.first, RECHECK).classes[0].students[0]
    file = replace(one.file, second=ReviewFinding.SOUND, second_reviewer="黄英翔（学工科）")
    column = next(c for c in words.student_columns(lambda _: False) if c.title == "复核")
    told = replace(one, file=file)
    assert column.text(told) == "黄英翔"
    assert column.copied
    assert column.copied(told) == "黄英翔（学工科）"
