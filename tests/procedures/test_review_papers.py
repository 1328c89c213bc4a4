"""The papers of procedures one and two: made, stated, void and why, signed, and their numbers."""

from collections.abc import Sequence
from io import BytesIO

import docx
import pytest

from desktop.domain.checklists import SLOTS
from desktop.domain.offices import OfficeKind
from desktop.domain.review_fields import FIVE_THINGS, SIX_THINGS
from desktop.domain.rounds import Procedure
from desktop.domain.written_papers import PaperKind, Prose
from desktop.errors import DecisionStale, Incomplete, NotAllowed, NotFound, PaperVoid
from desktop.printing.paper_pages import pieces_of
from desktop.procedures.document_shelf import document_bytes
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.review_papers.paper_sources import RULES, Sources
from desktop.procedures.review_papers.paper_standing import PaperLine, PaperState, paper_states
from desktop.procedures.review_papers.review_papers import (
    keep_papers,
    looked_at,
    make_papers,
    make_word,
    preview_papers,
    record_paper_sign_off,
)
from desktop.procedures.rounds import NewRound, close_round, open_round
from desktop.procedures.session import Session
from tests.conftest import School, roster_rows
from tests.reviewing import Reviewing, begin_review, say

SIGNED = {"class_teacher": ("王老师", "2026-09-08"), "student_section": ("李科长", "2026-09-09")}


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    return begin_review(founded)


def arrived(**more: str) -> dict[str, str]:
    return {"state": "arrived", "arrived_on": "2026-09-05", **more}


def reviewed_normally(reviewing: Reviewing, subjects: Sequence[str]) -> None:
    """Let the first college say that students came, with everything, and are who they are."""
    say(
        reviewing.college,
        reviewing.round,
        {
            **{(subject, "arrival"): arrived() for subject in subjects},
            **{
                (subject, "document_check"): dict.fromkeys(SLOTS[:5], "seen")
                for subject in subjects
            },
            **{
                (subject, "class_verdict"): {
                    **dict.fromkeys(SIX_THINGS, "same"),
                    "verdict": "normal",
                    "checker": "王老师",
                }
                for subject in subjects
            },
        },
    )


def line_of(session: Session, round_id: str, kind: PaperKind, name: str = "") -> PaperLine:
    return next(
        line for line in paper_states(session, round_id) if line.kind is kind and name in line.name
    )


def class_of(reviewing: Reviewing, name: str = "软件2601班") -> str:
    return line_of(reviewing.college, reviewing.round, PaperKind.CLASS_REPORT, name).about


def test_each_office_sees_its_own_papers_and_no_others(reviewing: Reviewing) -> None:
    for session in (reviewing.college, reviewing.admissions, reviewing.affairs):
        kinds = {line.kind for line in paper_states(session, reviewing.round) if line.own}
        kind = session.home.seat.office.kind
        expected = {
            k
            for k, rule in RULES.items()
            if kind in rule.offices and rule.procedure is Procedure.ENTRY_REVIEW
        }
        assert kinds == expected
        assert kinds
    with pytest.raises(NotAllowed):
        make_papers(reviewing.college, reviewing.round, PaperKind.SCHOOL_REPORT)
    with pytest.raises(NotAllowed):
        make_papers(reviewing.admissions, reviewing.round, PaperKind.CLASS_REPORT)


def test_a_class_report_is_stated_and_signed(reviewing: Reviewing) -> None:
    college, round_ = reviewing.college, reviewing.round
    reviewed_normally(reviewing, reviewing.subjects())
    about = class_of(reviewing)
    made = make_papers(college, round_, PaperKind.CLASS_REPORT, [about])
    line = line_of(college, round_, PaperKind.CLASS_REPORT, "2601")
    assert line.state is PaperState.PRINTED
    assert line.paper is not None
    assert line.paper.number == "002-001"
    assert line.missing == ("班主任", "学工科")
    assert line.document is not None
    assert document_bytes(college, line.document.sha256) == made.pdf
    paper = record_paper_sign_off(college, round_, "002-001", dict([next(iter(SIGNED.items()))]))
    assert paper.missing == ("学工科",)
    record_paper_sign_off(college, round_, "002-001", SIGNED)
    line = line_of(college, round_, PaperKind.CLASS_REPORT, "2601")
    assert (line.state, line.missing) == (PaperState.SIGNED, ())


def test_a_change_makes_a_paper_void_and_says_what_changed(reviewing: Reviewing) -> None:
    college, round_ = reviewing.college, reviewing.round
    subjects = reviewing.subjects()
    reviewed_normally(reviewing, subjects)
    make_papers(college, round_, PaperKind.CLASS_REPORT, [class_of(reviewing)])
    record_paper_sign_off(college, round_, "002-001", SIGNED)
    say(college, round_, {(subjects[1], "document_check"): {SLOTS[2]: "due 2026-09-20"}})
    line = line_of(college, round_, PaperKind.CLASS_REPORT, "2601")
    assert line.state is PaperState.VOID
    assert line.why.startswith("“王小丙甲”的材料由“齐全”改为“缺准考证（2026-09-20 前补交）”")
    with pytest.raises(PaperVoid, match="王小丙"):
        record_paper_sign_off(college, round_, "002-001", SIGNED)
    say(college, round_, {(subjects[1], "document_check"): {SLOTS[2]: "seen"}})
    assert line_of(college, round_, PaperKind.CLASS_REPORT, "2601").state is PaperState.SIGNED


def test_what_was_signed_stays_when_its_round_is_closed(reviewing: Reviewing) -> None:
    college, admissions, round_ = reviewing.college, reviewing.admissions, reviewing.round
    subject = reviewing.subjects()[0]
    reviewed_normally(reviewing, [subject])
    make_papers(college, round_, PaperKind.CLASS_REPORT, [class_of(reviewing)])
    make_papers(college, round_, PaperKind.COLLEGE_RETURN)
    record_paper_sign_off(college, round_, "002-001", SIGNED)
    say(college, round_, {(subject, "document_check"): {SLOTS[2]: "due 2027-09-20"}})
    assert line_of(college, round_, PaperKind.CLASS_REPORT, "2601").state is PaperState.VOID
    close_round(admissions, round_)
    merge(college, [reviewing.school.send(admissions, "college-01", round_)])
    assert line_of(college, round_, PaperKind.CLASS_REPORT, "2601").state is PaperState.SIGNED
    assert line_of(college, round_, PaperKind.COLLEGE_RETURN).state is PaperState.VOID  # unsigned


def test_a_paper_that_is_right_again_counts_before_a_later_one(reviewing: Reviewing) -> None:
    college, round_ = reviewing.college, reviewing.round
    subject = reviewing.subjects()[0]
    reviewed_normally(reviewing, [subject])
    about = class_of(reviewing)
    make_papers(college, round_, PaperKind.CLASS_REPORT, [about])
    record_paper_sign_off(college, round_, "002-001", SIGNED)
    say(college, round_, {(subject, "document_check"): {SLOTS[2]: "due 2027-09-20"}})
    make_papers(college, round_, PaperKind.CLASS_REPORT, [about])
    line = line_of(college, round_, PaperKind.CLASS_REPORT, "2601")
    assert line.paper
    assert (line.paper.number, line.state) == ("002-002", PaperState.PRINTED)
    say(college, round_, {(subject, "document_check"): {SLOTS[2]: "seen"}})
    line = line_of(college, round_, PaperKind.CLASS_REPORT, "2601")
    assert line.paper
    assert (line.paper.number, line.state) == ("002-001", PaperState.SIGNED)


def test_admissions_sees_how_far_the_colleges_are(reviewing: Reviewing) -> None:
    college, admissions, round_ = reviewing.college, reviewing.admissions, reviewing.round

    def returned(name: str) -> PaperLine:
        return line_of(admissions, round_, PaperKind.COLLEGE_RETURN, name)

    assert {returned(name).state for name in ("信息技术学院", "医学院")} == {PaperState.NOT_PRINTED}
    reviewed_normally(reviewing, reviewing.subjects())
    make_papers(college, round_, PaperKind.COLLEGE_RETURN)
    merge(admissions, [reviewing.school.send(college, "admissions", round_)])
    line = returned("信息技术学院")
    assert (line.own, line.state) == (False, PaperState.PRINTED)
    assert looked_at(admissions, round_, line)[:5] == b"%PDF-"
    assert line.paper
    with pytest.raises(NotAllowed):
        record_paper_sign_off(
            admissions, round_, line.paper.number, {"head": ("赵院长", "2026-09-09")}
        )
    decided = {(reviewing.subjects()[1], "entry_review"): {"verdict": "failed"}}
    say(admissions, round_, decided)  # what is decided afterwards is not the college's word
    assert returned("信息技术学院").state is PaperState.PRINTED
    change = {(reviewing.subjects()[0], "class_verdict"): {"verdict": "doubtful"}}
    say(college, round_, change)
    merge(admissions, [reviewing.school.send(college, "admissions", round_)])
    assert returned("信息技术学院").state is PaperState.VOID
    assert returned("医学院").state is PaperState.NOT_PRINTED


def test_what_was_looked_at_is_what_is_kept_or_nothing(reviewing: Reviewing) -> None:
    college, round_ = reviewing.college, reviewing.round
    about = class_of(reviewing)
    looked_at = preview_papers(college, round_, PaperKind.CLASS_REPORT, [about])
    assert line_of(college, round_, PaperKind.CLASS_REPORT).state is PaperState.NOT_PRINTED
    reviewed_normally(reviewing, reviewing.subjects()[:1])
    with pytest.raises(DecisionStale):
        keep_papers(college, looked_at)
    again = preview_papers(college, round_, PaperKind.CLASS_REPORT, [about])
    keep_papers(college, again)
    with pytest.raises(DecisionStale):  # its number is taken
        keep_papers(college, again)


def test_names_days_and_signers_are_looked_at(reviewing: Reviewing) -> None:
    college, round_ = reviewing.college, reviewing.round
    make_papers(college, round_, PaperKind.COLLEGE_RETURN)
    with pytest.raises(Incomplete):
        record_paper_sign_off(college, round_, "002-001", {})
    with pytest.raises(Incomplete, match="主要负责人"):
        record_paper_sign_off(college, round_, "002-001", {"head": ("赵院长", "")})
    with pytest.raises(ValueError, match="class_teacher"):
        record_paper_sign_off(college, round_, "002-001", {"class_teacher": ("王", "2026-09-08")})
    with pytest.raises(NotFound):
        record_paper_sign_off(college, round_, "002-777", SIGNED)
    paper = record_paper_sign_off(college, round_, "002-001", {"seal": ("院部印章", "2026-09-10")})
    assert paper.missing == ("学工科", "主要负责人")


def test_all_classes_are_one_pdf_with_numbers_of_their_own(reviewing: Reviewing) -> None:
    made = make_papers(reviewing.college, reviewing.round, PaperKind.CLASS_REPORT)
    assert [paper.number for paper, _ in made.stated] == ["002-001", "002-002"]
    assert made.document.pages == sum(paper.page_count for paper, _ in made.stated)


def test_the_numbers_of_all_papers_agree(reviewing: Reviewing) -> None:
    college, admissions, round_ = reviewing.college, reviewing.admissions, reviewing.round
    here = reviewing.subjects()
    reviewed_normally(reviewing, here[:1])
    say(
        college,
        round_,
        {
            (here[1], "arrival"): {"state": "absent", "cause": "gave_up"},
            (here[2], "arrival"): {"state": "leave", "until": "2026-09-20"},
        },
    )
    merge(admissions, [reviewing.school.send(college, "admissions", round_)])
    about = class_of(reviewing)
    with college.unit_of_work() as unit:
        sources = Sources(college, unit, round_)
        report = sources.paper(PaperKind.CLASS_REPORT, about)
        college_return = sources.paper(PaperKind.COLLEGE_RETURN, "college-01")
    with admissions.unit_of_work() as unit:
        sources = Sources(admissions, unit, round_)
        school = sources.paper(PaperKind.SCHOOL_REPORT, "admissions")
        no_shows = sources.paper(PaperKind.NO_SHOWS, "admissions")
        qualified = sources.paper(PaperKind.QUALIFIED, "admissions")
        same = sources.paper(PaperKind.COLLEGE_RETURN, "college-01")
    counts = next(report.tables)
    told = dict(zip((c.title for c in counts.columns), counts.rows[0], strict=True))
    wanted = {"应报到": "3", "实报到": "1", "请假": "1", "未报到": "1", "合格": "1"}
    assert wanted.items() <= told.items()
    returned = next(college_return.tables)
    mine = dict(zip((c.title for c in returned.columns), returned.rows[0], strict=True))
    assert wanted.items() <= mine.items()
    statistics = next(school.tables)
    whole = dict(zip((c.title for c in statistics.columns), statistics.total, strict=True))
    assert whole | {"录取数": "9", "应报到": "9", "实报到": "1", "未登记": "6"} == whole
    assert [row[2] for table in no_shows.tables for row in table.rows] == ["王小丙甲"]
    assert [row[3] for table in qualified.tables for row in table.rows] == ["王小乙甲"]
    assert same.digest == college_return.digest  # admissions sees whether the paper is void


def test_no_shows_of_a_province_stand_by_their_number(reviewing: Reviewing) -> None:
    college, admissions, round_ = reviewing.college, reviewing.admissions, reviewing.round
    gone = {(one, "arrival"): {"state": "absent"} for one in reviewing.subjects()}
    say(college, round_, gone)
    merge(admissions, [reviewing.school.send(college, "admissions", round_)])
    with admissions.unit_of_work() as unit:
        paper = Sources(admissions, unit, round_).paper(PaperKind.NO_SHOWS, "admissions")
    for table in paper.tables:
        numbers = [row[1] for row in table.rows]
        assert numbers == sorted(numbers)
    assert sum(len(table.rows) for table in paper.tables) == len(gone)


def test_student_affairs_prints_what_trains_and_the_posters(reviewing: Reviewing) -> None:
    affairs, round_ = reviewing.affairs, reviewing.round
    with pytest.raises(Incomplete, match="网址"):
        make_papers(affairs, round_, PaperKind.POSTER)
    rules = {"face_link": "https://face.example.edu.cn/12354", "check_in_from": "2026-09-05"}
    say(affairs, round_, {(f"round:{round_}", "review_rules"): rules})
    for kind in (PaperKind.TRAINING, PaperKind.TRAINING_SIGN_IN, PaperKind.POSTER):
        made = make_papers(affairs, round_, kind)
        assert made.stated == ()
        assert line_of(affairs, round_, kind).state is PaperState.TO_READ
    assert made.document.pages == 2


def test_a_class_that_lacks_nothing_is_not_asked_to_bring_it(reviewing: Reviewing) -> None:
    here = reviewing.subjects()
    reviewed_normally(reviewing, here)
    about = class_of(reviewing)

    def asked() -> bool:
        with reviewing.college.unit_of_work() as unit:
            sources = Sources(reviewing.college, unit, reviewing.round)
            paper = sources.paper(PaperKind.MISSING_DOCUMENTS, about)
        return any("补交" in text for _, text in paper.texts() if "一览表" not in text)

    assert not asked()
    lacks = {(here[0], "document_check"): {SLOTS[3]: "due 2026-10-01"}}
    say(reviewing.college, reviewing.round, lacks)
    assert asked()


def test_when_and_where_the_training_was_is_one_line_on_its_sheet(reviewing: Reviewing) -> None:
    affairs = reviewing.affairs
    with affairs.unit_of_work() as unit:
        sources = Sources(affairs, unit, reviewing.round)
        paper = sources.paper(PaperKind.TRAINING_SIGN_IN, "student_affairs")
    lines = [piece.content for piece in pieces_of(paper.parts, 175) if piece.prose]
    assert [str(line).strip()[:5] for line in lines] == ["培训时间："]


@pytest.fixture
def rechecking(reviewing: Reviewing) -> Reviewing:
    """The same school in procedure two."""
    name = "2026级新生入学资格复查"
    admissions, school = reviewing.admissions, reviewing.school
    new = NewRound(Procedure.RECHECK, name, "2026", "2026-12-05")
    round_ = open_round(admissions, new).id
    admit_rows(admissions, round_, roster_rows(), "复查名单")
    merge(reviewing.college, [school.send(admissions, "college-01", round_)])
    return Reviewing(school, round_)


def test_a_college_prints_the_papers_of_procedure_two(rechecking: Reviewing) -> None:
    college, round_ = rechecking.college, rechecking.round
    one, other, third = rechecking.subjects()
    say(
        college,
        round_,
        {
            (one, "recheck_form"): {"form": "ab" * 32, "state": "usable"},
            (one, "recheck_answer"): {"name": "王小乙"},
            (one, "recheck_review"): {
                **dict.fromkeys(FIVE_THINGS[:4], "yes"),
                "verdict": "sound",
                "reviewer": "王老师",
            },
            ("case:002-001", "case_file"): {
                "student": other,
                "cause": "照片与本人不符",
                "state": "open",
                "opened_on": "2026-10-08",
                "important": "yes",
            },
            ("note:002-001", "case_note"): {
                "case_file": "002-001",
                "student": other,
                "kind": "evidence",
                "noted_on": "2026-10-10",
                "people": "襄阳四中",
                "text": "毕业证明原件",
            },
        },
    )
    for kind, rule in RULES.items():
        if rule.procedure is Procedure.RECHECK and OfficeKind.COLLEGE in rule.offices:
            made = make_papers(college, round_, kind)
            assert made.document.pages >= 1
            assert line_of(college, round_, kind).state is not PaperState.VOID
    with college.unit_of_work() as unit:
        sources = Sources(college, unit, round_)
        missing = sources.paper(PaperKind.MISSING_FORMS, "college-01")
        case = sources.paper(PaperKind.CASE_STATEMENT, "case:002-001")
    names = [row[2] for table in missing.tables for row in table.rows]
    assert {"王小丙甲", "王小丁甲"} <= set(names)
    assert "王小乙甲" not in names
    assert any("毕业证明原件" in row[2] for table in case.tables for row in table.rows)
    assert third


def test_a_case_comes_after_the_summary_and_does_not_make_it_void(rechecking: Reviewing) -> None:
    college, round_ = rechecking.college, rechecking.round
    one = rechecking.subjects()[0]
    say(college, round_, {(one, "recheck_form"): {"form": "ab" * 32, "state": "usable"}})
    for kind in (PaperKind.RECHECK_CLASS, PaperKind.RECHECK_COLLEGE):
        make_papers(college, round_, kind)
    opened = {"student": one, "cause": "照片与本人不符", "state": "open"}
    say(college, round_, {("case:002-001", "case_file"): opened})
    for kind in (PaperKind.RECHECK_CLASS, PaperKind.RECHECK_COLLEGE):
        assert line_of(college, round_, kind).state is PaperState.PRINTED
    doubt = {(one, "recheck_review"): {"verdict": "doubtful", "reviewer": "王老师"}}
    say(college, round_, doubt)
    for kind in (PaperKind.RECHECK_CLASS, PaperKind.RECHECK_COLLEGE):
        assert line_of(college, round_, kind).state is PaperState.VOID


def test_the_leading_group_signs_the_paper_of_an_important_case(rechecking: Reviewing) -> None:
    college, admissions, round_ = rechecking.college, rechecking.admissions, rechecking.round
    one, other, _third = rechecking.subjects()
    opened = {"cause": "照片与本人不符", "state": "open"}
    plain, grave = ("case:002-001", "case_file"), ("case:002-002", "case_file")
    said = {
        plain: opened | {"student": one},
        grave: opened | {"student": other, "important": "yes"},
    }
    say(college, round_, said)
    made = make_papers(college, round_, PaperKind.CASE_STATEMENT)
    assert [len(paper.signers) for paper, _ in made.stated] == [2, 3]
    ours = {"head": ("赵院长", "2026-10-20"), "seal": ("信息技术学院", "2026-10-20")}
    everybody = {**ours, "admissions": ("钱处长", "2026-10-21")}
    for paper, _ in made.stated:
        record_paper_sign_off(college, round_, paper.number, everybody)
    merge(admissions, [rechecking.school.send(college, "admissions", round_)])
    for session in (college, admissions):
        line = line_of(session, round_, PaperKind.CASE_STATEMENT, "002-001")
        assert (line.state, line.missing) == (PaperState.SIGNED, ())
        line = line_of(session, round_, PaperKind.CASE_STATEMENT, "002-002")
        assert (line.state, line.missing) == (PaperState.PRINTED, ("工作领导小组组长",))
    (first, _), (second, _) = made.stated
    group = {"group_leader": ("孙校长", "2026-10-22")}
    with pytest.raises(ValueError, match="group_leader"):
        record_paper_sign_off(admissions, round_, first.number, group)
    assert record_paper_sign_off(admissions, round_, second.number, group).missing == ()
    line = line_of(admissions, round_, PaperKind.CASE_STATEMENT, "002-002")
    assert line.state is PaperState.SIGNED
    say(admissions, round_, {grave: {"important": "no"}})
    line = line_of(admissions, round_, PaperKind.CASE_STATEMENT, "002-002")
    assert (line.state, line.missing) == (PaperState.VOID, ())


def test_a_class_summary_says_what_a_numbered_thing_is(rechecking: Reviewing) -> None:
    college, round_ = rechecking.college, rechecking.round
    (group,) = [c.id for c in rechecking.school.classes(college) if c.name == "软件2601班"]
    one = rechecking.subjects()[0]

    def legend() -> list[str]:
        with college.unit_of_work() as unit:
            paper = Sources(college, unit, round_).paper(PaperKind.RECHECK_CLASS, group)
        return [part.text for part in paper.parts if isinstance(part, Prose)]

    assert legend() == []
    doubt = {"identity_sound": "no", "verdict": "doubtful", "reviewer": "王老师"}
    say(college, round_, {(one, "recheck_review"): doubt})
    assert "3 本人及身份证明与录取通知、考生档案一致" in "".join(legend())


def test_the_case_and_the_closing_report_are_written_for_word(rechecking: Reviewing) -> None:
    college, admissions, round_ = rechecking.college, rechecking.admissions, rechecking.round
    other = rechecking.subjects()[1]
    opened = {"student": other, "cause": "照片与本人不符", "state": "open"}
    say(college, round_, {("case:002-001", "case_file"): opened})
    merge(admissions, [rechecking.school.send(college, "admissions", round_)])
    document = make_word(college, round_, PaperKind.CASE_STATEMENT, "case:002-001")
    written = docx.Document(BytesIO(document_bytes(college, document.sha256)))
    assert any("照片与本人不符" in paragraph.text for paragraph in written.paragraphs)
    document = make_word(admissions, round_, PaperKind.CLOSING_REPORT, "admissions")
    assert document.name.endswith(".docx")
    written = docx.Document(BytesIO(document_bytes(admissions, document.sha256)))
    text = "".join(paragraph.text for paragraph in written.paragraphs)
    assert "应复查 9 人" in text
    assert "立案专项核查 1 件" in text
    with pytest.raises(NotFound):
        make_word(college, round_, PaperKind.CASE_STATEMENT, "case:002-777")
