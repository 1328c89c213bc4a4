"""Books are right or are not made: conflicts, order, originals, unprintable texts, the boards."""

from collections import Counter
from collections.abc import Sequence

import pytest

from desktop.bundles.enrolment import Applicant
from desktop.domain.import_problems import RosterRow
from desktop.domain.offices import OfficeKind
from desktop.domain.papers import HandOverList
from desktop.domain.rounds import Procedure
from desktop.domain.sheets import Mark
from desktop.domain.statements import Key
from desktop.errors import GlyphMissing, Incomplete
from desktop.interchange.lists import ListSheet
from desktop.printing.hand_over import render_hand_over
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.registration import papers
from desktop.procedures.registration.boards import NO_CLASS, arrival_board, class_progress
from desktop.procedures.registration.class_lists import make_class_lists
from desktop.procedures.registration.papers import (
    check_papers,
    make_chsi_files,
    make_hand_over,
    make_register,
)
from desktop.procedures.registration.registers import register_of
from desktop.procedures.registration.student_registration import eligibility, issue
from desktop.procedures.rounds import NewRound, assign_classes, open_round
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import (
    PlaceReport,
    StudentMark,
    record_marks,
    report_place,
    set_class_teacher,
)
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, ROUND, SCHOOL_CODE, School, identity

from .acts import (
    class_id,
    complete_class,
    complete_everything,
    contradict,
    members,
    print_class,
    rename,
    say,
    sign,
    sign_off,
)

SOFTWARE, NURSING = "软件2601班", "护理2601班"


def second_registrar(school: School) -> Session:
    """Let a second PC of the registrar join, and bring it everything."""
    applicant = Applicant(
        SCHOOL_CODE, OfficeKind.REGISTRAR, "教务处学籍科", "二号机", training=False
    )
    at = school.store_folder("registrar2")
    request, digits = ask_to_join(at, applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    accept_enrolment(
        at,
        enrol(school.registrar, request, digits, "registrar"),
        school_fingerprint(school.registrar),
    )
    session = school.reopen("registrar2")
    school.carry(school.registrar, session)
    return session


@pytest.fixture
def complete(school: School) -> School:
    """Everybody has signed and the registrar knows."""
    complete_everything(school)
    school.carry(school.first, school.registrar)
    school.carry(school.second, school.registrar)
    return school


@pytest.fixture
def contradicted(complete: School) -> tuple[School, Session]:
    """Two seats of the registrar, one of which has issued every outcome."""
    other = second_registrar(complete)
    assert sum(issue(complete.registrar, ROUND).outcomes.values()) == 9
    return complete, other


def refusal(session: Session) -> str:
    """Return why neither the register nor the platform's files are made."""
    sentences = set()
    for make in (make_register, make_chsi_files):
        with pytest.raises(Incomplete) as caught:
            make(session, ROUND)
        sentences.add(caught.value.what)
    (sentence,) = sentences
    check = check_papers(session, ROUND)  # says beforehand about how many, and names them all
    assert check.stopped
    assert f"有{len(check.disputed or check.unfinished)}人" in sentence
    return sentence


@pytest.mark.parametrize("field", ["name", "id_number", "student_number"])
def test_no_book_has_an_identity_that_offices_contradict(
    contradicted: tuple[School, Session], field: str
) -> None:
    school, other = contradicted
    student = members(school.registrar, SOFTWARE)[0]
    make_register(school.registrar, ROUND)
    contradict(school, other, Key(student.subject, "identity", ""), field, "1", "2")
    sentence = refusal(school.registrar)
    assert "已办理结论的学生中有1人的信息各方说法不一致" in sentence
    known = student.identity.student_number if field == "name" else student.identity.name
    assert known in sentence


def test_no_book_has_a_placement_that_offices_contradict(
    contradicted: tuple[School, Session],
) -> None:
    school, other = contradicted
    student = members(school.registrar, SOFTWARE)[0]
    ours, others = class_id(school.registrar, "软件2602班"), class_id(school.registrar, NURSING)
    contradict(school, other, Key(student.subject, "placement", ""), "class_id", ours, others)
    assert student.identity.name in refusal(school.registrar)


def test_a_class_in_conflict_stops_the_books_of_its_students(
    contradicted: tuple[School, Session],
) -> None:
    school, other = contradicted
    key = Key(class_id(school.registrar, SOFTWARE), "class_group", "")
    contradict(school, other, key, "name", "甲班", "乙班")
    assert "有3人" in refusal(school.registrar)


def test_whoever_is_disputed_off_the_roster_is_not_dropped_silently(
    contradicted: tuple[School, Session],
) -> None:
    school, other = contradicted
    student = members(school.registrar, SOFTWARE)[0]
    key = Key(student.subject, "roster", ROUND)
    contradict(school, other, key, "listed", "no", "yes")
    assert len(eligibility(school.registrar, ROUND)) == 9
    assert student.identity.name in refusal(school.registrar)


def test_two_outcomes_of_one_student_stop_the_books(contradicted: tuple[School, Session]) -> None:
    school, other = contradicted
    student = members(school.registrar, SOFTWARE)[0]
    key = Key(student.subject, "registration", ROUND)
    contradict(school, other, key, "outcome", "registered", "place_cancelled")
    assert student.identity.name in refusal(school.registrar)


def test_the_sentence_names_five_at_most(contradicted: tuple[School, Session]) -> None:
    school, other = contradicted
    students = [j.student for j in eligibility(school.registrar, ROUND)][:7]
    for student in students:
        say(school.registrar, Key(student.subject, "identity", ""), name="甲")
        say(other, Key(student.subject, "identity", ""), name="乙")
    school.carry(other, school.registrar)
    sentence = refusal(school.registrar)
    assert "有7人" in sentence
    assert sum(student.identity.student_number in sentence for student in students) == 5
    assert sentence.endswith("等。")


def test_who_is_held_back_with_a_conflict_does_not_stop_the_register(school: School) -> None:
    other = second_registrar(school)
    student = members(school.registrar, SOFTWARE)[0]
    ours, others = class_id(school.registrar, "软件2602班"), class_id(school.registrar, NURSING)
    contradict(school, other, Key(student.subject, "placement", ""), "class_id", ours, others)
    register = register_of(school.registrar, ROUND)
    assert register.total.held_back == 9
    (row,) = [r for r in register.annotated[-1].rows if r.class_name == NO_CLASS.name]
    assert (row.name, row.college) == (student.identity.name, NO_CLASS.college_name)
    assert "尚未裁定" in row.reason
    make_register(school.registrar, ROUND)


def test_a_class_list_does_not_hide_a_conflict_after_issue(
    contradicted: tuple[School, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    school, other = contradicted
    student = members(school.registrar, SOFTWARE)[0]
    contradict(school, other, Key(student.subject, "identity", ""), "sex", "男", "女")
    written: list[str] = []

    def watch(sheets: Sequence[ListSheet]) -> bytes:
        written.extend(row[-1] for row in sheets[0].rows)
        return b""

    monkeypatch.setattr("desktop.procedures.registration.class_lists.write_lists", watch)
    make_class_lists(school.registrar, ROUND, [class_id(school.registrar, SOFTWARE)])
    assert sum("尚未裁定" in reason for reason in written) == 1


# --- order and statistics ------------------------------------------------------------------------


def begin_with(school: School, rows: list[RosterRow]) -> None:
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级", "2026", "2026-10-31")
    assert open_round(school.registrar, new).id == ROUND
    admit_rows(school.registrar, ROUND, rows, "名单")


def row_of(place: int, college: str, class_name: str, code: str, major: str) -> RosterRow:
    person = identity(place)._replace(
        major_code=code,
        major_name=major,
        student_number=f"2026{place * 7 % 10:08d}",
    )
    return RosterRow("", 0, person, college, class_name)


def test_what_is_one_stands_together_in_the_register(founded: School) -> None:
    kinds = (
        ("信息技术学院", "甲班", "510203", "软件"),
        ("信息工程学院", "乙班", "510202", "网络"),
        ("信息技术学院", "丙班", "510201", "数据"),
        ("信息工程学院", "甲班", "510203", "软件"),
    )
    rows = [row_of(n + 1, c, k, m, t) for n, (c, k, m, t) in enumerate((*kinds, *kinds))]
    begin_with(founded, rows)
    for college in ("信息技术学院", "信息工程学院"):
        assign_classes(founded.registrar, college, "college-01")
    founded.carry(founded.registrar, founded.first)
    for name in ("乙班", "丙班"):
        complete_class(founded.first, name)
    for group in founded.classes(founded.first):
        if group.name == "甲班":
            made = papers_of(founded.first, group.id)
            assert made
    founded.carry(founded.first, founded.registrar)
    issue(founded.registrar, ROUND)
    register = register_of(founded.registrar, ROUND)
    lines = [(line.college, line.major) for line in register.statistics]
    assert len(lines) == len(set(lines)) == 2 + 4
    assert sorted(c for c, major in lines if not major) == ["信息工程学院", "信息技术学院"]
    listed = [(c.college, c.class_name, len(c.rows)) for c in register.classes]
    assert sorted(listed) == sorted((c, k, 2) for c, k, _, _ in kinds)
    assert [c for c, _, _ in listed] == sorted(c for c, _, _ in listed)


def papers_of(session: Session, group_id: str) -> bool:
    """Complete a class that shares its name with another one."""
    from desktop.procedures.signing.sheets import make_sheets  # noqa: PLC0415

    sheet = make_sheets(session, ROUND, [group_id]).sheets[0]
    sign(session, sheet)
    sign_off(session, sheet)
    return bool(sheet.rows)


def test_the_statistics_count_each_students_own_major(founded: School) -> None:
    majors = (("510203", "软件技术"), ("510202", "网络技术"))
    rows = [row_of(n, "信息技术学院", "扩招班", *majors[n % 2]) for n in range(1, 7)]
    rows.append(row_of(7, "信息技术学院", "扩招班", "510299", "软件技术"))
    rows.append(row_of(8, "没有院部的学院", "扩招班", "", ""))
    begin_with(founded, rows)
    counted = {
        (line.college, line.major): line.total
        for line in register_of(founded.registrar, ROUND).statistics
    }
    assert counted == {
        ("信息技术学院", ""): 7,
        ("信息技术学院", "网络技术"): 3,
        ("信息技术学院", "软件技术（510203）"): 3,
        ("信息技术学院", "软件技术（510299）"): 1,
        ("没有院部的学院", ""): 1,
        ("没有院部的学院", "专业未定"): 1,
    }


def test_a_college_has_one_subtotal_though_two_offices_have_its_classes(school: School) -> None:
    key = Key(class_id(school.registrar, SOFTWARE), "class_group", "")
    say(school.registrar, key, office="college-02")
    register = register_of(school.registrar, ROUND)
    subtotals = Counter(line.college for line in register.statistics if not line.major)
    assert subtotals == {"信息技术学院": 1, "医学院": 1}


# --- originals -----------------------------------------------------------------------------------


def handed_over(session: Session, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Return the lines for signed sheets, and their pages."""
    seen: list[HandOverList] = []

    def watch(hand_over: HandOverList) -> object:
        seen.append(hand_over)
        return render_hand_over(hand_over)

    monkeypatch.setattr(papers, "render_hand_over", watch)
    make_hand_over(session, ROUND)
    return {item.title: item.pages for item in seen[0].items if "签字表" in item.title}


def test_only_sheets_that_came_back_signed_are_handed_over(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_class(school.first, SOFTWARE)  # never went out
    sign_off(school.first, print_class(school.first, SOFTWARE))  # no student's signature
    sign(school.first, print_class(school.first, "软件2602班"))  # nobody signed off
    unsigned = print_class(school.second, NURSING)
    marks = [StudentMark(row.student, Mark.UNSIGNED, "外出") for row in unsigned.rows]
    record_marks(school.second, ROUND, unsigned.number, marks)
    sign_off(school.second, unsigned)
    complete_class(school.first, SOFTWARE)
    school.carry(school.first, school.registrar)
    school.carry(school.second, school.registrar)
    issue(school.registrar, ROUND)
    make_register(school.registrar, ROUND)
    lines = handed_over(school.registrar, monkeypatch)
    assert lines == {"信息技术学院 核对签字表（1张）": 1}


# --- unprintable texts ---------------------------------------------------------------------------


def test_what_no_font_prints_in_a_free_text_does_not_stop_the_register(school: School) -> None:
    first, second = members(school.first, SOFTWARE)[:2]
    sheet = print_class(school.first, SOFTWARE)
    # a character that is refused where it is typed may still come from elsewhere
    key = Key(first.subject, "signature", ROUND)
    strange = "病\U0001f600假\x07\n请假"
    say(school.first, key, mark="unsigned", sheet=sheet.number, explanation=strange)
    report_place(
        school.first,
        ROUND,
        PlaceReport(second.subject, "given_up", "复读\U0001f600", "声明\U0001f600"),
    )
    complete_class(school.first, "软件2602班")
    set_class_teacher(school.first, class_id(school.first, "软件2602班"), "孙\U0001f600")
    school.carry(school.first, school.registrar)
    key = Key(class_id(school.registrar, "软件2602班"), "class_group", "")
    say(school.registrar, key, name="软件\U0001f600班")
    issue(school.registrar, ROUND)
    make_register(school.registrar, ROUND)
    register = register_of(school.registrar, ROUND)
    reasons = [row.reason for annotated in register.annotated for row in annotated.rows]
    assert any("病〓假〓 请假" in reason for reason in reasons)
    assert [row.document for row in register.annotated[1].rows] == ["声明〓"]
    texts = repr((register.classes, register.annotated, register.statistics))
    assert "\U0001f600" not in texts


def test_a_name_that_no_font_prints_still_stops_the_register(school: School) -> None:
    row = RosterRow("", 0, identity(1), "信息技术学院", SOFTWARE)
    rename(school.registrar, row, name="王\U0001f600")
    with pytest.raises(GlyphMissing) as caught:
        make_register(school.registrar, ROUND)
    assert identity(1).student_number in caught.value.what


# --- the boards ----------------------------------------------------------------------------------


def test_every_student_of_the_roster_is_on_one_line_of_the_boards(school: School) -> None:
    other = second_registrar(school)
    student = members(school.registrar, SOFTWARE)[0]
    ours, others = class_id(school.registrar, "软件2602班"), class_id(school.registrar, NURSING)
    contradict(school, other, Key(student.subject, "placement", ""), "class_id", ours, others)
    stray = RosterRow("", 0, identity(50), "没有院部的学院", "无主班")
    admit_rows(school.registrar, ROUND, [stray], "补录")
    lines = arrival_board(school.registrar, ROUND)
    assert sum(p.students for line in lines for p in line.classes) == 10
    assert (lines[-1].office, lines[-1].office_name) == ("", "未分院部")
    assert {p.group.name: p.students for p in lines[-1].classes} == {"无主班": 1, "未分班": 1}
    progress = class_progress(school.registrar, ROUND)
    assert sum(p.students for p in progress) == len(eligibility(school.registrar, ROUND)) == 10
    assert progress[-1].group == NO_CLASS
    assert any("尚未裁定" in sentence for sentence in progress[-1].missing)
    one_class = class_progress(school.registrar, ROUND, [ours])
    assert [p.group.id for p in one_class] == [ours]


def test_the_boards_have_no_further_line_while_everybody_has_a_college(school: School) -> None:
    assert [line.office for line in arrival_board(school.registrar, ROUND)] == [
        "college-01",
        "college-02",
    ]
