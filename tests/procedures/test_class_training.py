"""Which class teacher was trained, recorded from the signed sheet and taken back."""

import hashlib

import pytest

from desktop.domain.class_training import TrainingState
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key
from desktop.errors import (
    Incomplete,
    NotAllowed,
    NotFound,
    NothingToChange,
    RoundNotOpen,
    ValueRefused,
)
from desktop.procedures.entry_review.class_training import (
    TrainedTeacher,
    record_training,
    take_back_training,
    training_list,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.session import Session
from desktop.store import documents
from desktop.store.journal import Draft
from tests.conftest import School
from tests.list_offices import join
from tests.reviews import (
    REVIEW,
    begin_review,
    say_as,
    set_today,
)

DAY = "2026-08-30"


@pytest.fixture
def office(founded: School) -> Session:
    """An office that prepares the review, at the end of August; two classes have a teacher."""
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session)
    set_today(session, "2026-09-01")
    classes = ids(session)[:2]
    with session.unit_of_work() as unit:
        for class_id, teacher in zip(classes, ("赵老师", "钱老师"), strict=True):
            unit.journal.state(Key(class_id, "class_staff", ""), {"class_teacher": teacher})
        unit.commit()
    return session


def ids(session: Session) -> list[str]:
    return [one.group.id for one in training_list(session, REVIEW)]


def states(session: Session) -> list[TrainingState]:
    return [one.file.state for one in training_list(session, REVIEW)]


def test_many_classes_are_recorded_with_one_day(office: Session) -> None:
    one, other, third = ids(office)
    assert states(office) == [TrainingState.UNTRAINED] * 3
    scan = Evidence("签到表.pdf", b"%PDF-1.4 signed")
    trained = [TrainedTeacher(one), TrainedTeacher(other, " 孙老师 ")]
    assert record_training(office, REVIEW, trained, DAY, [scan]) == 2
    first, second, _ = training_list(office, REVIEW)
    assert (first.file.teacher, first.file.trained_on) == ("赵老师", DAY)
    assert first.file.state is TrainingState.TRAINED
    # another than the class teacher came: he is known, and the class still has to wait
    assert (second.file.teacher, second.file.state) == ("孙老师", TrainingState.OTHER_TEACHER)
    waiting = [c.group.id for c in training_list(office, REVIEW) if not c.file.may_begin]
    assert waiting == [other, third]
    with office.unit_of_work() as unit:
        kept = documents.attachments(unit.connection)
    assert hashlib.sha256(scan.data).hexdigest() in kept


def test_a_new_class_teacher_has_to_be_trained_anew(office: Session) -> None:
    one = ids(office)[0]
    record_training(office, REVIEW, [TrainedTeacher(one)], DAY)
    with office.unit_of_work() as unit:
        unit.journal.state(Key(one, "class_staff", ""), {"class_teacher": "李老师"})
        unit.commit()
    found = training_list(office, REVIEW)[0].file
    assert found.state is TrainingState.OTHER_TEACHER
    record_training(office, REVIEW, [TrainedTeacher(one)], DAY)
    assert training_list(office, REVIEW)[0].file.teacher == "李老师"


def test_the_heads_word_lets_a_class_begin(founded: School, office: Session) -> None:
    one = ids(office)[0]
    waived = {"head": "周院长", "waived_on": "2026-09-04", "explanation": "产假，临时接班"}
    say_as(founded.first, office, [Draft(Key(one, "training_waiver", REVIEW), waived)])
    found = training_list(office, REVIEW)[0].file
    assert (found.state, found.may_begin) == (TrainingState.WAIVED, True)


def test_a_training_is_taken_back_with_a_reason(office: Session) -> None:
    one, other, third = ids(office)
    record_training(office, REVIEW, [TrainedTeacher(one), TrainedTeacher(other)], DAY)
    with pytest.raises(Incomplete):
        take_back_training(office, REVIEW, [one], " ")
    assert take_back_training(office, REVIEW, [one, third], "签到表登记错了班级") == 1
    assert states(office)[:2] == [TrainingState.UNTRAINED, TrainingState.TRAINED]
    with pytest.raises(NothingToChange):
        take_back_training(office, REVIEW, [one], "再收回一次")


@pytest.mark.parametrize(
    ("day", "error", "told"),
    [
        ("", Incomplete, "没有填写培训日期"),
        ("8月30日", ValueRefused, "不是日期"),
        ("2026-09-02", ValueRefused, "还没有举行"),
    ],
)
def test_the_day_must_be_one_that_has_been(
    office: Session, day: str, error: type[Incomplete | ValueRefused], told: str
) -> None:
    with pytest.raises(error) as refused:
        record_training(office, REVIEW, [TrainedTeacher(ids(office)[0])], day)
    assert told in refused.value.what


def test_who_was_trained_must_be_known(office: Session) -> None:
    third = ids(office)[2]
    with pytest.raises(Incomplete) as lacking:
        record_training(office, REVIEW, [TrainedTeacher(third)], DAY)
    assert "护理2601班" in lacking.value.what
    with pytest.raises(Incomplete):
        record_training(office, REVIEW, [], DAY)
    with pytest.raises(NotFound):
        record_training(office, REVIEW, [TrainedTeacher("class:nowhere", "某人")], DAY)
    assert states(office) == [TrainingState.UNTRAINED] * 3


def test_colleges_see_the_list_and_record_nothing(founded: School, office: Session) -> None:
    with pytest.raises(NotAllowed):
        record_training(founded.first, REVIEW, [TrainedTeacher(ids(office)[0])], DAY)
    with pytest.raises(NotAllowed):
        take_back_training(founded.first, REVIEW, [ids(office)[0]], "误登记")


def test_nothing_is_recorded_in_a_closed_round(office: Session) -> None:
    with office.unit_of_work() as unit:
        unit.journal.state(Key(f"round:{REVIEW}", "round", ""), {"state": "closed"})
        unit.commit()
    with pytest.raises(RoundNotOpen):
        record_training(office, REVIEW, [TrainedTeacher(ids(office)[0])], DAY)
