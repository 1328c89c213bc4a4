"""A clerk's September: one college and the registrar, from the roster to the archive.

Read from top to bottom; every step is what a person does at a screen, and nothing else.
"""

from collections.abc import Sequence
from pathlib import Path

from desktop.bundles.enrolment import Applicant
from desktop.domain.import_problems import RosterRow
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.domain.sheets import Mark
from desktop.domain.student_registration import Outcome
from desktop.domain.students import Identity
from desktop.procedures.deciding.decisions import decide_correction
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge, plan_merge
from desktop.procedures.imports.held_rows import open_rows
from desktop.procedures.imports.rosters import admit_rows, import_roster
from desktop.procedures.registration.boards import arrival_board, class_progress, outcome_counts
from desktop.procedures.registration.papers import (
    make_chsi_files,
    make_hand_over,
    make_register,
    save_document,
)
from desktop.procedures.registration.recorded_verdicts import record_verdict
from desktop.procedures.registration.student_registration import Judged, eligibility, issue
from desktop.procedures.rounds import NewRound, assign_classes, close_round, open_round
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
    show_enrolment,
    show_request,
)
from desktop.procedures.school.schools import NewSchool, create_school
from desktop.procedures.session import open_and_sign_in
from desktop.procedures.signing.recording import (
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
    record_sign_off,
    report_place,
    set_class_teacher,
)
from desktop.procedures.signing.sheets import make_sheets
from desktop.store.students import Student
from tests.conftest import identity
from tests.procedures.acts import require_healthy, roster_file

COLLEGE, CLASS = "医学院", "护理2601班"


def test_a_round_from_the_roster_to_the_archive(tmp_path: Path) -> None:
    stick, cabinet = tmp_path / "U盘", tmp_path / "档案柜"
    stick.mkdir()
    cabinet.mkdir()

    # August. The registrar's clerk sets the program up, and a college's secretary asks to join.
    registrar = create_school(
        tmp_path / "registrar",
        NewSchool("12354", "襄阳职业技术学院"),
        "学籍科小赵",
        "口令一",
        cost=4,
    )
    applicant = Applicant("12354", OfficeKind.COLLEGE, COLLEGE, "教学秘书的电脑", training=False)
    request, read_out = ask_to_join(tmp_path / "college", applicant, "张秘书", "口令二", cost=4)
    assert show_request(registrar, request).fingerprint == read_out  # over the telephone
    answer = enrol(registrar, request, read_out, "college-01")
    shown = show_enrolment(tmp_path / "college", answer)
    assert (shown.school_name, shown.seat.office.name) == ("襄阳职业技术学院", COLLEGE)
    read_back = school_fingerprint(registrar)  # over the telephone, too
    assert shown.fingerprint == read_back
    accept_enrolment(tmp_path / "college", answer, read_back)
    college = open_and_sign_in(tmp_path / "college", "张秘书", "口令二")

    # 1 September. Admissions brings the list of five; one row has an ID number that can not be.
    round_ = open_round(
        registrar,
        NewRound(
            Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2099-12-31",
            proxy_allowed=True,
        ),
    )  # fmt: skip
    rows = [RosterRow("", 0, identity(place), COLLEGE, CLASS) for place in range(1, 6)]
    right = rows[4].identity.id_number
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    spoilt = RosterRow("", 0, _with_id(rows[4], wrong), COLLEGE, CLASS)
    path = roster_file(tmp_path / "录取名单.xlsx", [*rows[:4], spoilt])
    looked_at = import_roster(registrar, round_.id, path, dry_run=True)
    assert (len(looked_at.new), len(looked_at.held_back)) == (4, 1)
    imported = import_roster(registrar, round_.id, path)
    (held,) = open_rows(registrar, round_.id)
    mended = RosterRow(held.sheet, held.row, _with_id(held, right), COLLEGE, CLASS)
    admit_rows(registrar, round_.id, [mended], "招生工作处核对了档案", source=imported.file.sha256)
    assert open_rows(registrar, round_.id) == []
    assign_classes(registrar, COLLEGE, "college-01")

    # 2 September. The roster goes to the college on a stick.
    roster = export(registrar, "college-01", round_.id, stick)
    assert merge(college, [roster.path]).refusals == ()
    (group,) = [progress.group for progress in class_progress(college, round_.id)]
    students = [judged.student for judged in eligibility(college, round_.id)]
    assert len(students) == 5

    # 10 September. The sheet is printed, goes round in class, and comes back.
    set_class_teacher(college, group.id, "孙老师")
    made = make_sheets(college, round_.id, [group.id])
    save_document(college, made.document, cabinet)
    (sheet,) = made.sheets
    signed, by_proxy, gone, unsigned, misspelt = students
    record_marks(
        college,
        round_.id,
        sheet.number,
        [
            StudentMark(signed.subject, Mark.SIGNED),
            StudentMark(by_proxy.subject, Mark.BY_PROXY, "住院", proxy="其父"),
            StudentMark(unsigned.subject, Mark.UNSIGNED, "请假，周五返校"),
            StudentMark(misspelt.subject, Mark.SIGNED),
        ],
    )
    report_place(
        college,
        round_.id,
        PlaceReport(gone.subject, "given_up", "复读", "放弃入学资格声明"),
        [Evidence("声明.pdf", b"%PDF scan")],
    )
    correction = propose_correction(
        college,
        round_.id,
        ProposedCorrection(misspelt.subject, "name", "王小喆", "身份证为准", sheet.number),
        [Evidence("身份证.jpg", b"\xff\xd8 scan")],
    )
    for who in ("class_teacher", "student_section", "teaching_section", "head", "seal"):
        record_sign_off(college, round_.id, sheet.number, who, "李主任", "2026-09-12")
    (progress,) = class_progress(college, round_.id)
    assert progress.recorded == 5
    assert any("请假，周五返校" in sentence for sentence in progress.missing)

    # 12 September. The college reports; the registrar looks first and takes it then.
    report = export(college, "registrar", round_.id, stick)
    planned = plan_merge(registrar, [report.path])
    assert merge(registrar, [report.path]) == planned
    (line,) = arrival_board(registrar, round_.id)
    assert (line.bundles, line.late) == ((1,), False)
    decide_correction(registrar, round_.id, correction, accept=True, reason="身份证清楚")
    record_verdict(
        registrar, round_.id, by_proxy.subject,
        passed=False, reason="档案照片与本人不符", document="复查小结〔2026〕1号",
    )  # fmt: skip
    first = issue(registrar, round_.id)
    assert first.outcomes == {
        Outcome.REGISTERED: 2,
        Outcome.PLACE_GIVEN_UP: 1,
        Outcome.PLACE_CANCELLED: 1,
    }
    (waiting,) = first.held_back
    assert [reason.code for reason in waiting.verdict.reasons] == ["unsigned"]

    # 15 September. The last one is back and signs; the supplement is a second, small bundle.
    record_marks(college, round_.id, sheet.number, [StudentMark(unsigned.subject, Mark.SIGNED)])
    supplement = export(college, "registrar", round_.id, stick)
    assert supplement.bundle.number == 2
    assert merge(registrar, [report.path, supplement.path]).new_statements == 1
    assert issue(registrar, round_.id).outcomes == {Outcome.REGISTERED: 1}
    close_round(registrar, round_.id)

    # 20 September. The book is bound, the platform's files are written, all goes to the archive.
    papers = [*make_register(registrar, round_.id)]
    platform = make_chsi_files(registrar, round_.id)
    assert platform.problems == ()
    papers += [*platform.documents, make_hand_over(registrar, round_.id)]
    for document in papers:
        save_document(registrar, document, cabinet)
    assert len(list(cabinet.iterdir())) == 1 + 2 + 6 + 1

    # The results go back, and the college sees what became of its five students.
    results = export(registrar, "college-01", round_.id, stick)
    assert results.receipts == 2
    assert merge(college, [results.path]).refusals == ()
    expected = {
        "registered": 3,
        "place_kept": 0,
        "place_given_up": 1,
        "place_cancelled": 1,
        "held_back": 0,
    }
    for session in (registrar, college):
        assert outcome_counts(session, round_.id) == expected
        assert _name_of(eligibility(session, round_.id), misspelt) == "王小喆"
        require_healthy(session)
        session.store.close()


def _with_id(row: RosterRow, number: str) -> Identity:
    return row.identity._replace(id_number=number)


def _name_of(judged: Sequence[Judged], student: Student) -> str:
    return next(j.student.identity.name for j in judged if j.student.subject == student.subject)
