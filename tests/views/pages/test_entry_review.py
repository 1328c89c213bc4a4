"""The page 入学审查: who stands where and why, what differs, the verdicts walked to their end."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.entry_review import ReviewVerdict, Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key
from desktop.procedures.entry_review.review_desk import ReviewDesk, no_show_report, review_desk
from desktop.views.frame.window import MainWindow
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.look.states import State
from desktop.views.pages.entry_review import filters
from desktop.views.pages.entry_review.page import EntryReviewPage
from desktop.views.pages.entry_review.parts import overview, parts_of, state_of_student
from desktop.views.runner import Runner
from desktop.views.widgets.details import Fact, Words
from desktop.views.wizards.review_verdicts import deciding, qualified
from desktop.views.wizards.review_verdicts.deciding import Deciding, What
from desktop.views.wizards.review_verdicts.students_form import StudentsForm
from tests.conftest import School
from tests.reviews import REVIEW, arrives, college_says, subjects
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page
from tests.views.reviews import after_check_in
from tests.views.wizards.walking import Walk


@pytest.fixture
def who(reviewing: School) -> dict[str, str]:
    """Admissions after check-in, closed."""
    return after_check_in(reviewing)


@pytest.fixture
def desk(reviewing: School, who: dict[str, str]) -> ReviewDesk:
    """What admissions knows, without a window."""
    del who
    session = reviewing.reopen(OfficeKind.ADMISSIONS)
    return review_desk(session, REVIEW)


@pytest.fixture
def window(who: dict[str, str], open_window: OpenWindow) -> MainWindow:
    """Admissions' window."""
    del who
    return open_window(OfficeKind.ADMISSIONS)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> EntryReviewPage:
    """The page."""
    return open_page(window, qtbot, EntryReviewPage)


def now(window: MainWindow, qtbot: QtBot) -> ReviewDesk:
    return ask(window, qtbot, lambda session: review_desk(session, REVIEW))


# --- without a window ----------------------------------------------------------------------------


def test_each_stands_under_all_and_where_something_is_to_be_done(
    desk: ReviewDesk, who: dict[str, str]
) -> None:
    found = {name: filters.filters_of(one) for name, s in who.items() if (one := desk.of(s))}
    assert found["good"] == {"all", "qualified", "ready"}
    assert found["doubted"] == {"all", "doubtful", "different", "passed_but_doubted"}
    assert found["away"] == {"all", "absent", "may_give_up"}
    assert found["kept"] == {"all", "kept"}
    numbers = filters.counts(desk.students, report_read=True)
    assert (numbers["all"], numbers["unheard"]) == (9, 5)
    assert "passed_but_doubted" not in filters.shown(numbers, "all")
    assert "passed_but_doubted" in filters.shown(numbers, "different")
    numbers = filters.counts(desk.students, report_read=False)
    assert numbers["different"] == 0


def test_the_sentence_counts_and_says_how_many_days_are_left(desk: ReviewDesk) -> None:
    said = filters.state_sentence(replace(desk, report_days=17))
    assert said == (
        "录取 9 人，应报到 8 人，实报到 2 人，未报到 1 人，审查合格 1 人。"
        "未报到名单应在 2026-09-27 前报送生源省份，还有 17 天。"
    )
    assert "已过 3 天" in filters.days_sentence(replace(desk, report_days=-3))
    assert "最后一天" in filters.days_sentence(replace(desk, report_days=0))
    assert "报到准备" in filters.days_sentence(replace(desk, report_days=None))
    closed = replace(desk, round=replace(desk.round, open=False))
    assert filters.days_sentence(closed) == "批次已经结束。"


def test_reasons_stand_with_their_articles(desk: ReviewDesk, who: dict[str, str]) -> None:
    doubted = desk.of(who["doubted"])
    away = desk.of(who["away"])
    assert doubted
    assert away
    words = [p.text for p in parts_of(doubted) if isinstance(p, Words)]
    assert "班主任核对为存疑：发型不同。（细则 一(三)4）" in words
    assert "人像比对通过，但班主任核对为存疑。" in words
    facts = {p.title: p.text for p in parts_of(doubted) if isinstance(p, Fact)}
    assert facts["人像比对"] == "成功，相似度 95.0%"
    assert facts["班主任"] == "存疑（赵老师）"
    assert state_of_student(away) is State.ATTENTION


def test_what_is_missing_is_said_before_anything_happens(
    desk: ReviewDesk, who: dict[str, str]
) -> None:
    students = tuple(one for one in desk.students if deciding.can_be(What.GIVEN_UP, one))
    draft = Deciding(What.GIVEN_UP, REVIEW, students)
    assert [one.subject for one in students] == [who["away"]]
    assert set(deciding.problems(draft)) == {"", "reason", "document"}
    assert set(deciding.problems(replace(draft, students=()))) == {""}
    filled = replace(draft, chosen=(who["away"],), reason="逾期", document="说明")
    assert deciding.problems(filled) == {}
    said = deciding.confirm_sentences(filled)
    assert said[0].startswith("确认放弃入学资格 1 人：")
    assert said[1:3] == ("原因：逾期。", "证明材料：说明。")


def test_a_kept_place_may_rest_on_the_colleges_word_alone(
    desk: ReviewDesk, who: dict[str, str]
) -> None:
    students = tuple(one for one in desk.students if deciding.can_be(What.KEPT, one))
    draft = Deciding(What.KEPT, REVIEW, students, (who["kept"],))
    assert deciding.problems(draft) == {}
    assert "保留到：按院部登记的。" in deciding.confirm_sentences(draft)
    both = replace(draft, chosen=(who["kept"], who["away"]))
    assert set(deciding.problems(both)) == {"reason", "document", "until"}


def test_who_is_disputed_can_not_be_ticked(desk: ReviewDesk, who: dict[str, str]) -> None:
    one = desk.of(who["away"])
    assert one
    file = replace(one.reviewed.file, conflicts=("民族",))
    disputed = replace(one, reviewed=replace(one.reviewed, file=file))
    assert "请先裁定" in deciding.hindrance(What.GIVEN_UP, disputed)
    assert deciding.hindrance(What.TAKEN_BACK, disputed) == ""
    assert filters.DISPUTED in filters.filters_of(disputed)


def test_the_list_is_issued_for_all_or_a_college(desk: ReviewDesk) -> None:
    draft = qualified.Qualified(REVIEW, "一", desk.students)
    assert qualified.scopes(desk.students) == (
        ("", "全部院部，可以下达 1 人"),
        ("信息技术学院", "信息技术学院，1 人"),
    )
    said = "".join(qualified.confirm_sentences(draft))
    assert "“一”将有 1 人下达为审查合格" in said
    assert "还没有登记报到情况 5 人、未报到 1 人、保留入学资格 1 人、存疑 1 人" in said
    unsealed = replace(draft, unsealed=("信息技术学院", "医学院"), college="信息技术学院")
    said = "".join(qualified.confirm_sentences(unsealed))
    assert "入学报到审核单还没有收回登记或者已经作废的院部：信息技术学院。" in said
    college = replace(draft, college="信息技术学院", document="报告")
    assert len(college.class_ids or []) == 2
    assert "依据：报告。" in qualified.confirm_sentences(college)
    # nobody is ready there, but the registrar does not know yet why
    other = replace(draft, college="医学院")
    assert qualified.problems(other) == {}
    assert "随名单一起告诉学籍科" in "".join(qualified.confirm_sentences(other))
    told = tuple(replace(one, untold=False) for one in desk.students)
    assert set(qualified.problems(replace(other, students=told))) == {"college"}


def test_the_round_as_a_whole_is_told_while_nobody_is_chosen(
    reviewing: School, desk: ReviewDesk
) -> None:
    report = no_show_report(reviewing.sessions[OfficeKind.ADMISSIONS], REVIEW)
    parts = overview(desk, report)
    facts = {p.title: p.text for p in parts if isinstance(p, Fact)}
    assert (facts["录取"], facts["保留资格"], facts["湖北省"]) == ("9 人", "1 人", "1 人")
    unread = overview(replace(desk, report_read=False), report)
    assert any("请在“读入记录”里读入" in p.text for p in unread if isinstance(p, Words))


# --- in the window -------------------------------------------------------------------------------


def test_the_page_shows_the_round_and_filters_it(
    page: EntryReviewPage, who: dict[str, str]
) -> None:
    assert page.state_sentence.startswith("录取 9 人，应报到 8 人")
    assert len(page.table.records) == 9
    assert "这一次审查" in page.details.texts
    page.chips.choose("different")
    assert [one.subject for one in page.table.records] == [who["doubted"]]
    assert page.chips.chip("passed_but_doubted").isVisible()
    page.table.choose(page.table.records[0])
    assert "人像比对通过，但班主任核对为存疑。" in page.details.texts
    page.chips.choose("all")
    page.search.setText("护理2601班")
    assert len(page.table.records) == 3


def test_a_no_show_is_given_up_and_taken_back(
    window: MainWindow,
    page: EntryReviewPage,
    who: dict[str, str],
    qtbot: QtBot,
    runner: Runner,
) -> None:
    page.chips.choose("may_give_up")
    page.table.choose(page.table.records[0])
    page.decide(What.GIVEN_UP)
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, StudentsForm)
    assert walk.wizard.page.table.picked == (who["away"],)  # who was selected is ticked
    walk.go_on()
    assert walk.step == "form"  # reason and paper are missing
    walk.fill(reason="逾期未报到", document="情况说明1号")
    assert "确认放弃入学资格 1 人" in walk.sentences
    walk.go_on()
    assert "已办理" in walk.sentences
    walk.go_on()
    found = now(window, qtbot).of(who["away"])
    assert found
    assert found.standing is Standing.GIVEN_UP
    assert page.chips.chip("given_up").text() == "放弃入学资格 1"
    page.decide(What.TAKEN_BACK)
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, StudentsForm)
    walk.wizard.page.table.tick(who["away"], ticked=True)
    walk.fill(reason="本人已到校")
    walk.go_on()
    walk.go_on()
    found = now(window, qtbot).of(who["away"])
    assert found
    assert found.reviewed.file.verdict is None


def test_a_kept_place_and_a_failed_student_are_decided(
    window: MainWindow,
    page: EntryReviewPage,
    who: dict[str, str],
    qtbot: QtBot,
    runner: Runner,
) -> None:
    for what, name, texts in (
        (What.KEPT, "kept", {"reason": ""}),
        (What.FAILED, "doubted", {"reason": "冒名顶替", "document": "认定书1号"}),
    ):
        page.decide(what)
        walk = Walk(page, qtbot, runner)
        assert isinstance(walk.wizard.page, StudentsForm)
        walk.wizard.page.table.tick(who[name], ticked=True)
        walk.fill(**texts)
        walk.go_on()
        walk.go_on()
    desk = now(window, qtbot)
    verdicts = [one.reviewed.file.verdict for n in ("kept", "doubted") if (one := desk.of(who[n]))]
    assert verdicts == [ReviewVerdict.KEPT, ReviewVerdict.FAILED]


def test_the_qualified_are_issued(
    window: MainWindow, page: EntryReviewPage, who: dict[str, str], qtbot: QtBot, runner: Runner
) -> None:
    page.issue_list()
    walk = Walk(page, qtbot, runner)
    walk.fill(document="核验报告")
    assert "将有 1 人下达为审查合格" in walk.sentences
    walk.go_on()
    assert "已下达审查合格 1 人" in walk.sentences
    walk.go_on()
    found = now(window, qtbot).of(who["good"])
    assert found
    assert found.reviewed.file.verdict is ReviewVerdict.PASSED
    page.issue_list()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    assert walk.step == "form"  # nobody is ready any more
    walk.wizard.close()


def test_opened_at_a_filter_or_a_college(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, qtbot, EntryReviewPage, "may_give_up")
    assert page.chips.current == "may_give_up"
    page = open_page(window, qtbot, EntryReviewPage, "医学院")
    assert page.search.text() == "医学院"


def test_large_text_has_a_box_in_place_of_the_chips(
    page: EntryReviewPage, who: dict[str, str], qapp: QApplication
) -> None:
    current_appearance().choose(Scheme.LIGHT, 2.0)
    qapp.processEvents()
    assert not page.chips.isVisible()
    page.kind.setCurrentIndex(page.kind.findData("may_give_up"))
    page.kind.activated.emit(page.kind.currentIndex())
    assert [one.subject for one in page.table.records] == [who["away"]]


def test_a_verdict_that_no_longer_holds_asks_for_attention(
    reviewing: School, open_window: OpenWindow, qtbot: QtBot
) -> None:
    session = reviewing.sessions[OfficeKind.ADMISSIONS]
    student = subjects(session)[0]
    arrives(reviewing, session, student)
    with session.unit_of_work() as unit:
        unit.journal.state(Key(student, "entry_review", REVIEW), {"verdict": "passed"})
        unit.commit()
    college_says(
        reviewing, session, student, class_verdict={"verdict": "abnormal", "explanation": "冒名"}
    )
    reviewing.close()
    window = open_window(OfficeKind.ADMISSIONS)
    page = open_page(window, qtbot, EntryReviewPage, "stale")
    [one] = page.table.records
    assert state_of_student(one) is State.ATTENTION
    page.table.choose(one)
    assert any("不再合格" in text for text in page.details.texts)
