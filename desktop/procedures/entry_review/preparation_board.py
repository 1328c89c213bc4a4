"""Student affairs' board: what is prepared, and which classes may begin (细则 一(三)1)."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.review_rules import ReviewRules
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.entry_review.class_training import ClassTraining, trainings_of
from desktop.procedures.entry_review.preparation import days_set
from desktop.procedures.entry_review.year_checklist import PREPARERS
from desktop.procedures.session import Reader
from desktop.procedures.standing.review_files import rules_of_round
from desktop.store import registration, school


class PreparingStep(StrEnum):
    """What is to be done next."""

    RULES = "rules"  # the days of check-in are not set
    ISSUE = "issue"  # rules or checklist are custom only, so colleges do not have them
    TRAIN = "train"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PreparationBoard:
    """How far the preparation of a round is.

    Attributes:
        round: the round.
        rules: what it asks for.
        lines: how many lines of the checklist were said.
        classes: every class and how it stands, by college and name.
        next: what is to be done next.
    """

    round: Round
    rules: ReviewRules
    lines: int
    classes: tuple[ClassTraining, ...]
    next: PreparingStep

    @property
    def ready(self) -> int:
        """How many classes may begin."""
        return sum(one.file.may_begin for one in self.classes)


def preparation_board(session: Reader, round_id: str) -> PreparationBoard:
    """Return how far the preparation of a round is.

    Raises:
        NotAllowed: the office does not prepare the review.
        NotFound: this store does not know the round.
    """
    session.require(*PREPARERS)
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        rules = rules_of_round(unit, round_id)
        lines = len(registration.subjects_of_round(unit.connection, "checklist_item", round_id))
        classes = trainings_of(unit, round_id)
    return PreparationBoard(round_, rules, lines, classes, _next(round_, rules, lines, classes))


def _next(
    round_: Round, rules: ReviewRules, lines: int, classes: tuple[ClassTraining, ...]
) -> PreparingStep:
    if not days_set(round_.procedure, rules):
        return PreparingStep.RULES
    if round_.procedure is Procedure.RECHECK:  # which has neither checklist nor training
        return PreparingStep.NOTHING
    if not lines:
        return PreparingStep.ISSUE
    if not classes or not all(one.file.may_begin for one in classes):
        return PreparingStep.TRAIN
    return PreparingStep.NOTHING
