"""How far a class is with the check-in, and the one thing to do next (细则 一(三)2 to 5)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.checklists import ChecklistItem, lacking
from desktop.domain.entry_review import (
    ArrivalState,
    Assessment,
    Finding,
    ReviewFile,
    ReviewVerdict,
    Standing,
    face_passes,
    needs_second,
)
from desktop.domain.review_count import ReviewCount, count
from desktop.domain.review_rules import ReviewRules


class Action(StrEnum):
    """What is to be done next with a class; in the order of the procedure."""

    ARRIVALS = "arrivals"
    TRAINING = "training"
    SETTLE = "settle"
    DOCUMENTS = "documents"
    DATES = "dates"
    VERDICTS = "verdicts"
    BY_HAND = "by_hand"
    SECOND = "second"
    EXPORT = "export"
    LATE = "late"
    WAIT = "wait"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """How many students of a class have come how far.

    Attributes:
        count: the numbers that papers and boards show, too.
        waiting: for each code of a reason, how many students it keeps waiting.
        issued: of how many admissions has told the registrar where they stand.
        may_begin: whether the class may look at documents and people.
        unsent: whether something about the class has not been exported yet.
        closed: whether the round is over.
    """

    count: ReviewCount
    waiting: Counter[str] = field(default_factory=Counter)
    issued: int = 0
    may_begin: bool = True
    unsent: bool = False
    closed: bool = False

    @property
    def students(self) -> int:
        """How many the class has."""
        return self.count.admitted

    @property
    def heard(self) -> int:
        """Of how many it is said whether they came."""
        return self.count.admitted - self.count.unheard

    @property
    def done(self) -> int:
        """With how many the class has nothing left to do."""
        return self.students - self.count.unheard - self.waiting["in hand"]


@dataclass(frozen=True, slots=True)
class NextAction:
    """The one thing to do next, and in words."""

    action: Action
    words: str


def class_standing(
    pairs: Collection[tuple[ReviewFile, Assessment]],
    *,
    may_begin: bool = True,
    unsent: bool = False,
    closed: bool = False,
) -> ClassStanding:
    """Return how far the students of a class are."""
    waiting: Counter[str] = Counter()
    for _, found in pairs:
        codes = {reason.code for reason in found.reasons}
        waiting.update(codes)
        waiting["in hand"] += found.standing is Standing.IN_HAND or bool(codes & _OF_THE_CLASS)
    return ClassStanding(
        count(pairs),
        waiting,
        sum(file.verdict is not None for file, _ in pairs),
        may_begin=may_begin,
        unsent=unsent,
        closed=closed,
    )


_OF_THE_CLASS = frozenset(
    {
        "document-unseen",
        "document-undated",
        "document-late",
        "no-finding",
        "face-by-hand",
        "no-second",
    }
)


def may_arrive(file: ReviewFile) -> bool:
    """Tell whether "all the others came" speaks of a student: nothing is said so far."""
    return file.arrival is None and not file.place and file.verdict is None


def unlooked(items: Iterable[ChecklistItem], file: ReviewFile) -> tuple[str, ...]:
    """Return the slots of what a student must bring and nobody has looked for."""
    lacks = lacking(items, file.admission_type, file.documents)
    return tuple(one.item.slot for one in lacks if not one.looked)


def may_bring(file: ReviewFile) -> bool:
    """Tell whether something may be recorded of a student's documents."""
    is_open = file.verdict is None or file.verdict is ReviewVerdict.PASSED
    return is_open and file.arrival is ArrivalState.ARRIVED


def passes_by_itself(file: ReviewFile, rules: ReviewRules) -> bool:
    """Tell whether "all the others are normal" speaks of a student.

    The comparison of faces has passed, nothing speaks against it, nothing was found so far.
    """
    return (
        file.arrival is ArrivalState.ARRIVED
        and file.finding is None
        and file.verdict is None
        and face_passes(file, rules)
        and "different" not in file.compared.values()
    )


def agreed_by_itself(file: ReviewFile, rules: ReviewRules) -> bool:
    """Tell whether "the second person agrees to all the others" speaks of a student."""
    return (
        file.arrival is ArrivalState.ARRIVED
        and file.finding is Finding.NORMAL
        and file.second is None
        and file.verdict is None
        and needs_second(file, rules)
    )


def next_action(standing: ClassStanding) -> NextAction:
    """Return what is to be done next; the first thing that is not done, in the order of work."""
    if standing.closed:
        return NextAction(Action.NOTHING, "本批次已结束")
    if standing.issued == standing.students:
        return NextAction(Action.NOTHING, "招生工作处已全部认定")
    waiting, unheard = standing.waiting, standing.count.unheard
    some = "其余 " if standing.heard else " "
    for left, action, words in (
        (unheard, Action.ARRIVALS, f"登记{some}{unheard} 人的报到情况"),
        (
            waiting["leave-over"],
            Action.ARRIVALS,
            f"登记 {waiting['leave-over']} 人假满后的报到情况",
        ),
        (
            standing.count.arrived and not standing.may_begin,
            Action.TRAINING,
            "班主任未经培训，暂不能核验",
        ),
        (waiting["conflict"], Action.SETTLE, f"核对 {waiting['conflict']} 人不一致的登记"),
        (
            waiting["document-unseen"],
            Action.DOCUMENTS,
            f"核验 {waiting['document-unseen']} 人的材料",
        ),
        (
            waiting["document-undated"],
            Action.DATES,
            f"约定 {waiting['document-undated']} 人的补交日期",
        ),
        (waiting["no-finding"], Action.VERDICTS, f"核对 {waiting['no-finding']} 人并填写结论"),
        (waiting["face-by-hand"], Action.BY_HAND, f"人工对照 {waiting['face-by-hand']} 人"),
        (waiting["no-second"], Action.SECOND, f"复核 {waiting['no-second']} 人"),
        (standing.unsent, Action.EXPORT, "导出报送包"),
        (
            waiting["document-late"],
            Action.LATE,
            f"催交 {waiting['document-late']} 人逾期的材料",
        ),
    ):
        if left:
            return NextAction(action, words)
    return NextAction(Action.WAIT, "等待招生工作处汇总")
