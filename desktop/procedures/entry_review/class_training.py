"""Which class teacher was trained for the review, and when (细则 一(三)1).

The sign-in sheet comes back on paper: whoever signed it is recorded, many classes at once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.class_training import TrainingFile, read_training
from desktop.domain.rounds import ClassGroup
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NotFound, NothingToChange, ValueRefused
from desktop.procedures.entry_review.year_checklist import PREPARERS
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Reader, Session
from desktop.procedures.typed_texts import person_called, stated_reason, typed_day
from desktop.store import registration, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import listed_places


@dataclass(frozen=True, slots=True)
class ClassTraining:
    """A class of the round, and whether its teacher was trained."""

    group: ClassGroup
    file: TrainingFile


@dataclass(frozen=True, slots=True)
class TrainedTeacher:
    """Who signed in for a class; ``teacher`` is "" for the class teacher of the records."""

    class_id: str
    teacher: str = ""


def training_list(session: Reader, round_id: str) -> tuple[ClassTraining, ...]:
    """Return every class of the round and how it stands, by college and name."""
    with session.unit_of_work() as unit:
        return trainings_of(unit, round_id)


def trainings_of(unit: UnitOfWork, round_id: str) -> tuple[ClassTraining, ...]:
    """Return every class of the round and how it stands, within a transaction.

    The round's classes are those of its year of entry, whether or not this seat is told who is in
    them, and whichever others hold somebody on its roster.
    """
    round_ = school.round_by_id(unit.connection, round_id)
    holding = {class_id for _, class_id in listed_places(unit.connection, round_id)}
    trained = registration.texts_of_round(unit.connection, "training", round_id)
    waived = registration.texts_of_round(unit.connection, "training_waiver", round_id)
    return tuple(
        ClassTraining(
            group,
            read_training(group.class_teacher, trained.get(group.id, {}), waived.get(group.id, {})),
        )
        for group in school.classes(unit.connection)
        if group.entry_year == round_.entry_year or group.id in holding
    )


def record_training(
    session: Session,
    round_id: str,
    trained: Sequence[TrainedTeacher],
    trained_on: str,
    evidence: Sequence[Evidence] = (),
) -> int:
    """Record from the signed sheet who was trained on a day; return for how many classes.

    Args:
        session: of student affairs, admissions or the registrar.
        round_id: an open round.
        trained: the classes, each with who signed for it.
        trained_on: the day, as typed.
        evidence: the scanned sheet.

    Raises:
        Incomplete: no class is chosen, the day is missing, or who was trained is not known.
        ValueRefused: the day is none, or lies ahead.
        NotFound: this seat does not know a class.
        TextRefused, TextTooLong: a name is no name.
        NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(*PREPARERS)
    day = _day(session, trained_on)
    if not trained:
        raise Incomplete("没有选择班级，没有登记。", "请先选择参加了培训的班级。")
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        groups = {one.group.id: one.group for one in trainings_of(unit, round_id)}
        drafts = _training_drafts(round_id, groups, trained, day)
        kept = keep_evidence(session, unit, evidence)
        unit.journal.state_all(draft._replace(evidence=kept) for draft in drafts)
        unit.commit()
    return len(drafts)


def take_back_training(
    session: Session, round_id: str, class_ids: Collection[str], reason: str
) -> int:
    """Take back that teachers were trained; return for how many classes.

    Raises:
        Incomplete: no reason is given.
        NothingToChange: none of these classes is recorded as trained.
        NotAllowed, RoundNotOpen: nothing was changed.
    """
    session.require(*PREPARERS)
    reason = stated_reason(
        reason, "收回培训登记要写明原因。", "请填写原因，例如“签到表登记错了班级”。"
    )
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        said = registration.texts_of_round(unit.connection, "training", round_id)
        found = sorted(one for one in class_ids if said.get(one, {}).get("trained_on"))
        if not found:
            raise NothingToChange(
                "选中的班级没有登记过培训，没有什么可收回的。", "请刷新后核对现在的情况。"
            )
        nothing = dict.fromkeys(("teacher", "trained_on", "explanation"))
        unit.journal.state_all(
            Draft(Key(one, "training", round_id), nothing, reason) for one in found
        )
        unit.commit()
    return len(found)


def _training_drafts(
    round_id: str,
    groups: Mapping[str, ClassGroup],
    trained: Sequence[TrainedTeacher],
    day: str,
) -> list[Draft]:
    drafts = []
    for one in trained:
        group = groups.get(one.class_id)
        if group is None:
            raise NotFound("没有这个班级。", "请在班级列表中选择。")
        if not (one.teacher.strip() or group.class_teacher):
            raise Incomplete(
                f"{group.name}还没有登记班主任，不知道是谁参加了培训。",
                "请对照签到表填写这个班参加培训的老师，再保存。",
            )
        teacher = person_called(f"{group.name}参加培训的老师", one.teacher or group.class_teacher)
        values = {"teacher": teacher, "trained_on": day}
        drafts.append(Draft(Key(one.class_id, "training", round_id), values))
    return drafts


def _day(session: Session, text: str) -> str:
    day = typed_day("培训日期", text)
    if not day:
        raise Incomplete("没有填写培训日期。", "请填写签到表上的日期后再保存。")
    today = session.today().isoformat()
    if day > today:
        raise ValueRefused(
            f"培训日期“{day}”在今天（{today}）以后，还没有举行。", "请核对签到表上的日期。"
        )
    return day
