"""Student affairs' board: what is prepared, and what comes next."""

import pytest

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.errors import Incomplete, NotAllowed
from desktop.procedures.entry_review.class_training import (
    TrainedTeacher,
    record_training,
    training_list,
)
from desktop.procedures.entry_review.preparation import (
    Prepared,
    TypedRules,
    change_rules,
    issue_preparation,
)
from desktop.procedures.entry_review.preparation_board import PreparingStep, preparation_board
from desktop.procedures.rounds import NewRound, open_round
from tests.conftest import School
from tests.list_offices import join
from tests.reviews import REVIEW, begin_review


def test_one_step_leads_to_the_next(founded: School) -> None:
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session)

    def step() -> PreparingStep:
        return preparation_board(session, REVIEW).next

    assert step() is PreparingStep.RULES
    change_rules(
        session, REVIEW, TypedRules(check_in_from="2026-09-05", check_in_until="2026-09-07")
    )
    assert step() is PreparingStep.ISSUE
    issue_preparation(session, REVIEW)
    assert step() is PreparingStep.TRAIN
    classes = training_list(session, REVIEW)
    trained = [TrainedTeacher(one.group.id, "赵老师") for one in classes]
    record_training(session, REVIEW, trained[:1], "2026-08-30")
    found = preparation_board(session, REVIEW)
    assert (found.ready, len(found.classes), found.lines) == (1, 3, 9)
    assert step() is PreparingStep.TRAIN
    record_training(session, REVIEW, trained[1:], "2026-08-31")
    assert step() is PreparingStep.NOTHING
    with pytest.raises(NotAllowed):
        preparation_board(founded.first, REVIEW)


def test_a_recheck_is_prepared_once_its_deadline_is_set(founded: School) -> None:
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session)
    new = NewRound(Procedure.RECHECK, "2026级入学资格复查", "2026", "2026-12-05")
    recheck = open_round(session, new).id
    assert preparation_board(session, recheck).next is PreparingStep.RULES
    with pytest.raises(Incomplete) as lacking:
        issue_preparation(session, recheck)
    assert "复查截止" in lacking.value.what
    change_rules(session, recheck, TypedRules(recheck_until="2026-12-05"))
    assert preparation_board(session, recheck).next is PreparingStep.NOTHING
    assert issue_preparation(session, recheck) == Prepared(rules=False, lines=0)
