"""The desk of decisions: sides with names and papers; many decided alike."""

import pytest

from desktop.domain.sheets import Mark
from desktop.errors import Incomplete, NotAllowed, ReasonOfAnotherMark
from desktop.procedures.deciding.deciding_together import (
    DecidedAlike,
    companions,
    decide_alike,
    like,
)
from desktop.procedures.deciding.decision_desk import (
    DecisionDesk,
    Disagreement,
    decision_desk,
)
from desktop.procedures.deciding.decisions import (
    decide_conflict,
    decide_correction,
    reject_addition,
)
from desktop.procedures.deciding.redeciding import decide_anew, decided_conflicts
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.signing.recording import (
    AddedStudent,
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_addition,
    record_marks,
    report_place,
)
from desktop.store.registration import texts_of_round
from tests.conftest import FAR_DAY, ROUND, School

from .acts import complete_class, members, print_class, require_healthy

CLASS = "软件2601班"


def contradict(school: School) -> list[str]:
    """Let two secretaries contradict one another on a whole class; return the names."""
    sheet = complete_class(school.first, CLASS)
    merge(school.first_again, [school.send(school.first, "college-01")])
    everybody = members(school.first, CLASS)
    for seat, mark in ((school.first_again, Mark.UNSIGNED), (school.first, Mark.SIGNED)):
        why = "栏里是空的" if mark is Mark.UNSIGNED else ""
        marks = [StudentMark(one.subject, mark, why) for one in everybody]
        record_marks(seat, ROUND, sheet.number, marks)
    for seat in (school.first, school.first_again):
        school.carry(seat, school.registrar)
    return [one.identity.name for one in everybody]


def about(desk: DecisionDesk, field: str) -> list[Disagreement]:
    return [one for one in desk.disagreements if one.field == field]


def test_sides_stand_with_names(school: School) -> None:
    names = contradict(school)
    desk = decision_desk(school.registrar, ROUND)
    marks = about(desk, "mark")
    assert sorted(one.who.name for one in marks) == sorted(names)
    one = marks[0]
    assert one.title == "签字情况"
    assert (one.who.class_name, one.who.college_name) == (CLASS, "信息技术学院")
    assert [(side.text, side.voice.speaker) for side in one.sides] == [
        ("本人签字", "信息技术学院（002号席位）"),
        ("未签", "信息技术学院（003号席位）"),
    ]
    assert one.short_name(one.sides[0]) == "002号席位"
    assert desk.waiting == (6, 0, 0)
    reasons = about(desk, "explanation")
    assert {side.text for side in reasons[0].sides} == {"（空着）", "栏里是空的"}


def test_many_are_decided_alike(school: School) -> None:
    contradict(school)
    desk = decision_desk(school.registrar, ROUND)
    one = about(desk, "mark")[0]
    alike = like(one, desk.disagreements)
    assert len(alike) == 3
    with pytest.raises(Incomplete):
        decide_alike(school.registrar, alike, "003", "")
    with pytest.raises(NotAllowed):
        decide_alike(school.first, alike, "003", "看了原件")
    assert decide_alike(school.registrar, alike, "003", "看了原件") == DecidedAlike(3, 0)
    assert about(decision_desk(school.registrar, ROUND), "mark") == []
    with school.registrar.unit_of_work() as unit:
        marks = texts_of_round(unit.connection, "signature", ROUND)
    assert {text["mark"] for text in marks.values()} == {"unsigned"}
    require_healthy(school.registrar)


def signatures(school: School) -> set[tuple[str, str]]:
    """Return mark and reason of everybody of whom something is recorded at the registrar."""
    with school.registrar.unit_of_work() as unit:
        found = texts_of_round(unit.connection, "signature", ROUND)
    assert not any(text.get("conflicts") for text in found.values())
    return {(text["mark"], text.get("explanation", "")) for text in found.values()}


@pytest.mark.parametrize("reasons_first", [True, False])
@pytest.mark.parametrize(
    ("seat", "expected"), [("002", ("signed", "")), ("003", ("unsigned", "栏里是空的"))]
)
def test_the_reason_is_decided_with_the_mark(
    school: School, seat: str, expected: tuple[str, str], *, reasons_first: bool
) -> None:
    contradict(school)
    desk = decision_desk(school.registrar, ROUND)
    if reasons_first:  # for the side that is then not believed
        other = {"002": "003", "003": "002"}[seat]
        decide_alike(school.registrar, about(desk, "explanation"), other, "看了原件")
    decide_alike(school.registrar, about(desk, "mark"), seat, "看了原件")
    assert decision_desk(school.registrar, ROUND).waiting == (0, 0, 0)
    assert signatures(school) == {expected}
    require_healthy(school.registrar)


def test_a_mark_that_is_decided_anew_takes_its_reason_along(school: School) -> None:
    contradict(school)
    marks = about(decision_desk(school.registrar, ROUND), "mark")
    decide_alike(school.registrar, marks, "003", "看了原件")
    decided = [c for c in decided_conflicts(school.registrar, ROUND) if c.field == "mark"]
    for one in decided:
        decide_anew(school.registrar, ROUND, one, "signed", "再看了一次原件")
    assert signatures(school) == {("signed", "")}


def test_a_reason_of_another_mark_is_refused(school: School) -> None:
    contradict(school)
    marks = about(decision_desk(school.registrar, ROUND), "mark")
    decide_alike(school.registrar, marks, "002", "看了原件")
    reasons = [c for c in decided_conflicts(school.registrar, ROUND) if c.field == "explanation"]
    for one in reasons:
        with pytest.raises(ReasonOfAnotherMark):
            decide_anew(school.registrar, ROUND, one, "栏里是空的", "再看了一次原件")
    assert signatures(school) == {("signed", "")}


def test_what_somebody_decided_meanwhile_is_left_alone(school: School) -> None:
    contradict(school)
    alike = about(decision_desk(school.registrar, ROUND), "mark")
    decide_conflict(school.registrar, alike[0].key, "mark", "signed", "看了原件")
    assert decide_alike(school.registrar, alike, "003", "都没签") == DecidedAlike(2, 1)


def test_corrections_and_additions_are_there_with_who_and_papers(school: School) -> None:
    student = members(school.first, CLASS)[0]
    correction = propose_correction(
        school.first,
        ROUND,
        ProposedCorrection(student.subject, "ethnicity", "土家族", "户口簿"),
        [Evidence("户口簿.jpg", b"jpeg")],
    )
    sheet = print_class(school.first, CLASS)
    addition = record_addition(
        school.first, ROUND, AddedStudent(sheet.number, "欧阳頔", "漏列", "女", "", "202699990001")
    )
    school.carry(school.first, school.registrar)
    desk = decision_desk(school.registrar, ROUND)
    assert desk.waiting == (0, 1, 1)
    (change,), (new,) = desk.corrections, desk.additions
    assert (change.title, change.old, change.new) == ("民族", "汉族", "土家族")
    assert change.who.name == student.identity.name
    assert change.voice
    assert (change.voice.operator, change.voice.office_name) == ("张老师", "信息技术学院")
    (paper,) = change.voice.evidence
    assert paper.name.startswith("证明材料")
    assert ("姓名", "欧阳頔") in new.facts
    assert new.listed is None  # nobody on the roster has this number
    assert (new.who.class_name, new.sheet) == (CLASS, sheet.number)
    decide_correction(school.registrar, ROUND, correction, accept=True, reason="材料齐全")
    reject_addition(school.registrar, ROUND, addition, "查无此人")
    desk = decision_desk(school.registrar, ROUND)
    assert desk.waiting == (0, 0, 0)
    assert [c.decision for c in desk.corrections] == ["accepted"]
    assert [a.decision for a in desk.additions] == ["rejected"]


def test_why_goes_along_with_what_it_explains(school: School) -> None:
    contradict(school)
    registrar = school.registrar
    desk = decision_desk(registrar, ROUND)
    (first, *_others) = about(desk, "mark")
    (why,) = companions(first, desk.disagreements)
    assert (why.key, why.field) == (first.key, "explanation")
    assert companions(why, desk.disagreements) == ()  # decided by itself, it says nothing of a mark
    assert [one.field for one in desk.disagreements[:2]] == ["mark", "explanation"]
    unsigned = next(side for side in first.sides if side.value == "unsigned")
    decide_conflict(registrar, first.key, first.field, unsigned.value, "看了原件")
    said = texts_of(school, first.key.subject)
    assert (said["mark"], said["explanation"]) == ("unsigned", "栏里是空的")
    desk = decision_desk(registrar, ROUND)
    again = next(one for one in desk.decided if one.field == "mark")
    signed = next(side for side in again.sides if side.value == "signed")
    assert again.decided
    decide_anew(registrar, ROUND, again.decided.conflict, signed.value, "看错了行")
    said = texts_of(school, first.key.subject)
    assert said["mark"] == "signed"
    assert not said.get("explanation")  # nobody who has signed has a reason why not
    require_healthy(school.registrar)


def test_the_papers_of_a_kept_place_go_along_with_it(school: School) -> None:
    student = members(school.first, CLASS)[0].subject
    kept = PlaceReport(student, "kept", "参军入伍", "入伍通知书", FAR_DAY)
    report_place(school.first, ROUND, kept)
    report_place(school.first_again, ROUND, PlaceReport(student, "given_up", "出国", "声明书"))
    for seat in (school.first, school.first_again):
        school.carry(seat, school.registrar)
    desk = decision_desk(school.registrar, ROUND)
    (kind,) = about(desk, "kind")
    along = {one.field for one in companions(kind, desk.disagreements)}
    assert along == {"explanation", "document", "until"}
    side = next(side for side in kind.sides if side.value == "given_up")
    decide_conflict(school.registrar, kind.key, kind.field, side.value, "看了声明书")
    said = texts_of(school, student, "place_report")
    assert (said["kind"], said["explanation"], said["document"]) == ("given_up", "出国", "声明书")
    assert not said.get("until")  # nobody keeps until a day what was given up
    assert decision_desk(school.registrar, ROUND).disagreements == ()
    require_healthy(school.registrar)


def texts_of(school: School, student: str, aspect: str = "signature") -> dict[str, str]:
    with school.registrar.unit_of_work() as unit:
        return dict(texts_of_round(unit.connection, aspect, ROUND)[student])


def test_who_is_listed_already_is_named_with_the_class(school: School) -> None:
    mover = members(school.first, "软件2602班")[0].identity
    sheet = print_class(school.first, CLASS)
    for name in (mover.name, "别的人"):
        added = AddedStudent(sheet.number, name, "分班有误", mover.sex, "", mover.student_number)
        record_addition(school.first, ROUND, added)
    school.carry(school.first, school.registrar)
    for one in decision_desk(school.registrar, ROUND).additions:
        assert one.listed
        assert (one.listed.name, one.listed.class_name) == (mover.name, "软件2602班")
