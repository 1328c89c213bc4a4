"""Answers keyed in, compared with the admission file, ruled upon: here, and everywhere."""

from pathlib import Path

import pytest

from desktop.domain.answers import Agreement
from desktop.domain.recheck import Standing
from desktop.domain.statements import Key
from desktop.errors import (
    AlreadyDecided,
    BundleContent,
    Incomplete,
    NotAllowed,
    NothingToChange,
    RulingRefused,
    TextRefused,
)
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.overview.histories import student_page
from desktop.procedures.recheck.recheck_answers import key_in, retract_answers, rule
from desktop.procedures.recheck.recheck_spellings import (
    retract_spelling,
    rule_everywhere,
    spelling_rulings,
)
from desktop.procedures.recheck.spelling_desk import SpellingLine, spelling_desk
from desktop.procedures.session import Session
from desktop.procedures.standing.recheck_files import Rechecked
from tests.conftest import School

from .acts import say
from .rechecks import RECHECK, begin_recheck, file_archive, hand_in, stand, students, truth

HOME = "湖北省襄阳市樊城区长虹路1号"
OLD_HOME = "湖北省襄樊市樊城区长虹路1号"


@pytest.fixture(autouse=True)
def _filed(school: School, tmp_path: Path) -> None:
    """Let the first class hand its forms in, with files to compare them to."""
    begin_recheck(school)
    for student in students(school.registrar):
        file_archive(school.registrar, student, home_address=HOME, family="父亲张三、母亲李四")
    school.carry(school.registrar, school.first, RECHECK)
    hand_in(school.first, tmp_path / "表", students(school.first))


def lines(session: Session) -> tuple[SpellingLine, ...]:
    """Return the spellings on a seat's desk."""
    return spelling_desk(session, RECHECK).lines


def first(session: Session) -> Rechecked:
    """Return where the first student stands."""
    return stand(session)[0]


def key(session: Session, place: int = 0, **changes: str) -> tuple[str, ...]:
    """Key in what a student wrote who knows everything, but for some."""
    one = stand(session)[place]
    return key_in(session, RECHECK, one.student.subject, truth(one, **changes))


def test_what_agrees_needs_nobody_and_what_differs_waits_for_a_person(school: School) -> None:
    key(school.first, sex="男性" if first(school.first).archive["sex"] == "男" else "女性")
    found = first(school.first).file.agreements
    assert found["sex"] is Agreement.VARIANT
    assert found["name"] is found["home_address"] is Agreement.SAME
    assert found["exam_card_number"] is Agreement.UNKNOWN
    assert set(found) == set(first(school.first).file.agreements)
    key(school.first, name="王大丙", family="")
    found = first(school.first).file.agreements
    assert (found["name"], found["family"]) == (Agreement.DIFFERENT, Agreement.BLANK)
    reasons = {reason.code for reason in first(school.first).assessment.reasons}
    assert "answers-unruled" in reasons
    assert diagnose(school.first.store).findings == ()


def test_a_form_left_blank_is_keyed_in_as_blank(school: School) -> None:
    key_in(school.first, RECHECK, first(school.first).student.subject, {})
    found = first(school.first).file.agreements
    assert found["name"] is found["home_address"] is Agreement.BLANK
    rule(school.first, RECHECK, first(school.first).student.subject, {"name": "doubt"})
    assert first(school.first).assessment.standing is Standing.DOUBTFUL


def test_one_field_is_changed_and_the_others_stay(school: School) -> None:
    key(school.first)
    before = first(school.first).answers
    key_in(school.first, RECHECK, first(school.first).student.subject, {"family": "父亲王五"})
    assert first(school.first).answers == {**before, "family": "父亲王五"}
    count = len(student_page(school.first, first(school.first).student.subject).history)
    key_in(school.first, RECHECK, first(school.first).student.subject, {"family": "父亲王五"})
    assert len(student_page(school.first, first(school.first).student.subject).history) == count


def test_a_ruling_keeps_both_spellings_and_another_answer_is_asked_again(school: School) -> None:
    subject = first(school.first).student.subject
    key(school.first, home_address=OLD_HOME, family="父亲张三")
    rule(school.first, RECHECK, subject, {"home_address": "same", "family": "doubt"}, "漏写母亲")
    found = first(school.first)
    assert found.file.agreements["home_address"] is Agreement.VARIANT
    assert found.assessment.doubts == ("family",)
    reason = student_page(school.first, subject).history[0].reason
    assert OLD_HOME in reason
    assert HOME in reason
    assert key(school.first, home_address="北京市", family="父亲张三") == ("home_address",)
    found = first(school.first)
    assert found.file.agreements["home_address"] is Agreement.DIFFERENT
    assert found.assessment.doubts == ("family",)
    rule(school.first, RECHECK, subject, {"family": ""})
    assert first(school.first).assessment.doubts == ()


def test_a_ruling_is_asked_again_when_the_file_changes_and_holds_when_it_changes_back(
    school: School,
) -> None:
    subject = first(school.first).student.subject
    key(school.first, home_address=OLD_HOME)
    rule(school.first, RECHECK, subject, {"home_address": "same"})
    school.carry(school.first, school.registrar, RECHECK)
    file_archive(school.registrar, students(school.registrar)[0], home_address="湖北省宜昌市")
    assert first(school.first).file.agreements["home_address"] is Agreement.VARIANT
    school.carry(school.registrar, school.first, RECHECK)
    for session in (school.registrar, school.first):
        found = first(session)
        assert found.archive["home_address"] == "湖北省宜昌市"
        assert found.file.agreements["home_address"] is Agreement.DIFFERENT
        assert found.assessment.standing is Standing.IN_HAND
        assert found.rulings["home_address"].words == f"一致（填写“{OLD_HOME}”，档案“{HOME}”）"
    file_archive(school.registrar, students(school.registrar)[0], home_address=HOME + " ")
    assert first(school.registrar).file.agreements["home_address"] is Agreement.VARIANT


def test_a_ruling_without_its_spellings_is_heard_and_asked_again(school: School) -> None:
    subject = first(school.first).student.subject
    key(school.first, home_address=OLD_HOME)
    say(school.first, Key(subject, "answer_ruling", RECHECK), home_address="same")
    school.carry(school.first, school.registrar, RECHECK)
    found = first(school.registrar)
    assert found.file.agreements["home_address"] is Agreement.DIFFERENT
    assert student_page(school.registrar, subject).history[0].told == (("家庭住址", "一致"),)


def test_a_ruling_that_can_not_be_read_is_refused_with_its_bundle(school: School) -> None:
    subject = first(school.first).student.subject
    say(school.first, Key(subject, "answer_ruling", RECHECK), home_address='["same", "a", "b"]')
    report = school.carry(school.first, school.registrar, RECHECK)
    assert [refusal.code for refusal in report.refusals] == [BundleContent.code]


def test_only_a_difference_can_be_ruled_upon(school: School) -> None:
    subject = first(school.first).student.subject
    with pytest.raises(RulingRefused, match="还没有录入"):
        rule(school.first, RECHECK, subject, {"name": "same"})
    key(school.first)
    with pytest.raises(RulingRefused, match="没有差异"):
        rule(school.first, RECHECK, subject, {"name": "doubt"})
    with pytest.raises(RulingRefused, match="没有差异"):
        rule(school.first, RECHECK, subject, {"exam_card_number": "same"})
    with pytest.raises(NothingToChange):
        rule(school.first, RECHECK, subject, {"name": ""})


def test_without_a_form_nothing_is_keyed_in_and_nothing_unreadable(school: School) -> None:
    other = students(school.first, "软件2602班")[0]
    with pytest.raises(Incomplete, match="复查表"):
        key_in(school.first, RECHECK, other.subject, {"name": "张三"})
    with pytest.raises(TextRefused):
        key_in(school.first, RECHECK, first(school.first).student.subject, {"name": "张\ue000"})


def test_answers_are_taken_back_by_who_keyed_them_in(school: School) -> None:
    subject = first(school.first).student.subject
    key(school.first)
    school.carry(school.first, school.registrar, RECHECK)
    say(school.registrar, Key(subject, "recheck_answer", RECHECK), family="父亲张三")
    school.carry(school.registrar, school.first, RECHECK)
    with pytest.raises(AlreadyDecided):
        retract_answers(school.first, RECHECK, subject, "录错了人")
    retract_answers(school.registrar, RECHECK, subject, "录错了人")
    assert first(school.registrar).file.agreements == {}
    with pytest.raises(NothingToChange):
        retract_answers(school.registrar, RECHECK, subject, "录错了人")


def test_what_is_the_same_everywhere_is_decided_once_by_who_leads(school: School) -> None:
    for place in range(3):
        key(school.first, place, home_address=OLD_HOME)
        if place < 2:
            subject = stand(school.first)[place].student.subject
            rule(school.first, RECHECK, subject, {"home_address": "same"})
    school.carry(school.first, school.registrar, RECHECK)
    (proposal,) = lines(school.registrar)
    assert (proposal.one, proposal.other, proposal.proposed) == ("襄樊", "襄阳", 2)
    assert [one.answer for one in proposal.touched] == [OLD_HOME] * 3
    assert lines(school.first) == ()  # a college sees what was decided
    with pytest.raises(NotAllowed):
        rule_everywhere(school.first, "home_address", "襄樊市", "襄阳市")
    subject = rule_everywhere(
        school.registrar, "home_address", proposal.one, proposal.other, why="2010年更名"
    )
    (line,) = lines(school.registrar)
    assert (line.ruling and line.ruling.subject, len(line.touched)) == (subject, 3)
    assert (line.office, line.day) == ("教务处学籍科", school.registrar.today().isoformat())
    assert line.operator
    school.carry(school.registrar, school.first, RECHECK)
    assert [one.id for one in lines(school.first)] == [line.id]
    assert stand(school.registrar)[2].file.agreements["home_address"] is Agreement.VARIANT
    (decided,) = spelling_rulings(school.registrar)
    assert (decided.subject, decided.explanation) == (subject, "2010年更名")
    assert rule_everywhere(school.registrar, "home_address", "襄阳", "襄樊", same=False) == subject
    assert stand(school.registrar)[2].file.agreements["home_address"] is Agreement.DIFFERENT
    (line,) = lines(school.registrar)  # decided: nobody proposes it again
    assert (line.ruling and line.ruling.verdict, len(line.touched)) == ("two", 3)
    retract_spelling(school.registrar, subject, "弄错了")
    assert spelling_rulings(school.registrar) == ()
    with pytest.raises(NothingToChange):
        retract_spelling(school.registrar, subject, "弄错了")
    assert diagnose(school.registrar.store).findings == ()


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [("name", "张三", "李四"), ("home_address", "襄阳市", "襄阳"), ("home_address", "", "襄阳")],
)
def test_nobodys_name_is_anothers_and_one_spelling_is_no_two(
    school: School, field: str, one: str, other: str
) -> None:
    with pytest.raises(RulingRefused):
        rule_everywhere(school.registrar, field, one, other)
