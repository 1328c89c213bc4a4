"""The student's page tells everything that was ever said about a student, and by whom."""

import pytest

from desktop.domain.sheets import Mark
from desktop.errors import NotFound
from desktop.procedures.deciding.decisions import decide_correction
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.overview.histories import read_evidence, student_page
from desktop.procedures.signing.recording import (
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
    record_sign_off,
)
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import exchange, registration
from tests.conftest import ROUND, School


def play(school: School) -> str:
    """Let a student sign and be corrected, and return the student."""
    college = school.first
    (sheet,) = make_sheets(college, ROUND, [school.classes(college)[0].id]).sheets
    student = sheet.rows[0].student
    record_marks(college, ROUND, sheet.number, [StudentMark(student, Mark.SIGNED)])
    record_sign_off(college, ROUND, sheet.number, "head", "刘院长", "2026-09-20")
    proposed = ProposedCorrection(student, "ethnicity", "土家族", "户口簿为准")
    propose_correction(college, ROUND, proposed, [Evidence("户口簿.pdf", b"scan")])
    school.carry(college, school.registrar)
    return student


def test_the_history_says_who_what_when_why_and_by_which_bundle(school: School) -> None:
    student = play(school)
    with school.registrar.unit_of_work() as unit:
        (correction,) = registration.corrections(unit.connection, ROUND)
    decide_correction(school.registrar, ROUND, correction.subject, accept=True, reason="齐全")
    page = student_page(school.registrar, student)
    titles = [entry.title.partition("（")[0] for entry in reversed(page.history)]
    assert sorted(titles[:3]) == ["分班", "名单", "学籍信息"]
    assert titles[3:] == [
        "打印核对签字表",
        "签字情况",
        "签字表确认",
        "提出更正",
        "学籍信息",
        "处理更正",
    ]
    decided, identity, proposed, *_ = page.history
    assert decided.told == (("原因", "齐全"), ("处理结果", "采纳"))
    assert (identity.told, identity.reason) == ((("民族", "土家族"),), "齐全")
    assert (identity.aspect, identity.before) == ("identity", {"民族": "汉族"})
    assert not any(entry.before for entry in page.history if entry is not identity)
    assert (proposed.office, proposed.seat) == ("信息技术学院", "002")
    assert ("更正项目", "民族") in proposed.told
    assert "随报送包“" in proposed.source
    assert decided.source == "在本席位登记"
    (scan,) = proposed.evidence
    assert read_evidence(school.registrar, scan.sha256) == b"scan"
    assert page.group is not None
    assert page.group.name == "软件2601班"


def test_what_takes_back_what_was_never_set_is_not_told(school: School) -> None:
    page = student_page(school.first, play(school))
    (signature,) = (entry for entry in page.history if entry.title == "签字情况")
    assert [title for title, _ in signature.told] == ["签字情况", "签字表"]
    assert not any(text == "（收回）" for entry in page.history for _, text in entry.told)


def test_what_does_not_count_stays_with_its_reason(school: School) -> None:
    student = play(school)
    with school.registrar.unit_of_work() as unit:
        (bundle,) = (b.bundle_id for b in exchange.incoming(unit.connection))
    withdraw_bundle(school.registrar, bundle, "发错了")
    page = student_page(school.registrar, student)
    whys = {entry.title.partition("（")[0]: entry.uncounted for entry in page.history}
    assert whys["签字情况"] == "所在的报送包已被撤回，不计入。"
    assert whys["名单"] == ""


def test_the_page_shows_how_the_student_stands(school: School) -> None:
    page = student_page(school.registrar, play(school))
    (standing,) = page.standings
    assert standing.round.id == ROUND
    assert standing.outcome == ""
    assert "correction-open" in {reason.code for reason in standing.judged.verdict.reasons}


def test_a_student_whom_nobody_knows_has_no_page(school: School) -> None:
    with pytest.raises(NotFound):
        student_page(school.registrar, "student:nobody")
