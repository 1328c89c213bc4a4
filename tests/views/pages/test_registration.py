"""The page 学籍注册: who stands where and why; issuing, verdicts, papers, the round's end."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.domain.student_registration import Outcome
from desktop.domain.students import Identity
from desktop.procedures.entry_review.review_verdicts import issue_qualified
from desktop.procedures.registration.papers import PaperCheck
from desktop.procedures.registration.registration_desk import RegistrationLine, registration_lines
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.standing.following_gaps import UNTOLD, Gap, LeftOut
from desktop.procedures.standing.following_rounds import begin_following
from desktop.store.students import Student
from desktop.views.dialogs import asking
from desktop.views.frame.window import MainWindow
from desktop.views.left_out_words import gap_parts
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.look.states import State
from desktop.views.pages.registration import filters
from desktop.views.pages.registration.page import RegistrationPage
from desktop.views.pages.registration.parts import parts_of, state_of_line
from desktop.views.runner import Runner
from desktop.views.widgets.details import Fact, Words
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.papers.draft import Papers, check_sentences, done_sentences, problems
from desktop.views.wizards.registration import changing, completing, verdict
from desktop.views.wizards.registration.issuing import Issuing, confirm_sentences, scopes
from desktop.views.wizards.registration.issuing import problems as issuing_problems
from desktop.views.wizards.step_pages import ChoiceStep
from tests.conftest import FAR_DAY, ROUND, School, roster_rows
from tests.procedures.acts import complete_class, lacking
from tests.rechecks import come
from tests.reviewing import begin_review, say
from tests.views.conftest import OpenWindow, idle
from tests.views.wizards.walking import Walk

OpenPage = Callable[[], RegistrationPage]


@pytest.fixture
def signed(school: School) -> School:
    """A school of which one class has come back complete."""
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    return school


@pytest.fixture
def page(signed: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner) -> RegistrationPage:
    signed.close()
    window = open_window("registrar")
    return shown(window, qtbot, runner)


def shown(window: MainWindow, qtbot: QtBot, runner: Runner) -> RegistrationPage:
    assert window.shell
    window.shell.open("registration")
    idle(qtbot, runner)
    assert isinstance(window.shell.page, RegistrationPage)
    return window.shell.page


def lines(school: School) -> list[RegistrationLine]:
    return registration_lines(school.registrar, ROUND)


# --- without a window ----------------------------------------------------------------------------


def test_everybody_stands_under_all_and_under_one_of_three(signed: School) -> None:
    for line in lines(signed):
        found = filters.filters_of(line)
        assert filters.ALL in found
        assert len(found & {filters.READY, filters.HELD_BACK}) == 1
    numbers = filters.counts(lines(signed))
    assert (numbers[filters.ALL], numbers[filters.READY], numbers["no-word"]) == (9, 3, 6)
    assert filters.shown(numbers) == [filters.ALL, filters.READY, filters.HELD_BACK, "no-word"]


def test_all_reasons_are_told_with_article_and_what_to_do(signed: School) -> None:
    waiting = next(line for line in lines(signed) if not line.ready)
    words = [part.text for part in parts_of(waiting) if isinstance(part, Words)]
    assert words == [
        "院部还没有报来本人签字情况。（细则 三(三)1）",
        "请催院部登记签字表并导出报送包。",
    ]
    assert state_of_line(waiting) is State.NOT_YET
    ready = next(line for line in lines(signed) if line.ready)
    assert state_of_line(ready) is State.IN_HAND
    words = [part.text for part in parts_of(ready) if isinstance(part, Words)]
    assert words[0] == "可以办理：注册学籍。"


def test_the_question_says_the_numbers_of_its_scope(signed: School) -> None:
    draft = Issuing(ROUND, "一", tuple(lines(signed)))
    offered = scopes(draft.lines)
    assert [title for _, title in offered] == [
        "全部院部，可以办理 3 人",
        "信息技术学院，3 人",
        "软件2601班，3 人",
    ]
    said = confirm_sentences(draft)
    assert said[:3] == (
        "“一”将办理 3 人的注册结论。",
        "注册学籍 3 人。",
        "另有 6 人没有办齐，这次不动，以后可以补充办理。",
    )
    college = replace(draft, scope=offered[1][0])
    assert len(college.chosen) == 6
    assert len(college.class_ids or []) == 2
    assert "另有 3 人没有办齐" in "".join(confirm_sentences(college))
    nobody = replace(draft, scope="college:医学院")
    assert set(issuing_problems(nobody)) == {"scope"}
    assert issuing_problems(draft) == {}


def test_what_stops_the_papers_is_said_by_name() -> None:
    check = PaperCheck(("甲（1）", "乙（2）"), ("丙（3）",), 9, 2, (), register_made=False)
    draft = Papers("r", "一", (), "", "register", check)
    said = "".join(check_sentences(draft))
    assert "2 人：甲（1）、乙（2）。" in said
    assert "1 人：丙（3）。" in said
    assert set(problems("check", draft)) == {""}
    assert set(problems("check", replace(draft, what="hand_over"))) == {""}
    assert problems("check", replace(draft, what="class_lists")) == {}
    assert "还没有生成名册" in "".join(check_sentences(replace(draft, what="hand_over")))
    nobody = replace(check, disputed=(), unfinished=(), issued=0)
    assert "请先办理注册" in "".join(check_sentences(replace(draft, check=nobody)))
    assert set(problems("what", replace(draft, what=""))) == {""}


def test_what_the_file_can_not_hold_is_listed_before_and_after() -> None:
    left = tuple(f"第{n}人" for n in range(20))
    check = PaperCheck((), (), 9, 2, left, register_made=True)
    draft = Papers("r", "一", (), "", "chsi", check, left_out=left)
    said = check_sentences(draft)
    assert "DBF文件有 20 处写不下" in "".join(said)
    assert said[-1] == "其余 8 处生成以后全部列出。"
    done = done_sentences(draft)
    assert set(left) <= set(done)
    assert done[1].startswith("接下来")  # not below twenty lines
    assert problems("check", draft) == {}


def test_a_verdict_needs_its_reason_and_paper() -> None:
    draft = verdict.PaperVerdict("r", "student:1", "王小甲")
    assert set(verdict.problems(draft)) == {"reason", "document"}
    assert "取消入学资格" in "".join(verdict.confirm_sentences(draft))
    passed = replace(draft, verdict=verdict.PASSED)
    assert "取消入学资格" not in "".join(verdict.confirm_sentences(passed))


def test_a_changed_outcome_needs_another_one_its_reason_and_paper() -> None:
    draft = changing.ChangedOutcome("r", "student:1", "王小甲", "注册学籍")
    assert set(changing.problems(draft)) == {"reason", "document"}
    same = replace(draft, outcome="registered", reason="误", document="文")
    assert set(changing.problems(same)) == {"outcome"}
    kept = replace(same, outcome="place_kept")
    assert set(changing.problems(kept)) == {"until"}
    assert "保留到 2028-12-31" in changing.confirm_sentences(replace(kept, until="2028-12-31"))[0]
    assert "暂未注册" in changing.confirm_sentences(replace(draft, reason="误", document="文"))[0]


def test_only_what_is_empty_is_filled_in() -> None:
    draft = completing.Completing("student:1", "王小甲", ("id_number", "birth_date"))
    assert set(completing.problems(draft)) == {"id_number", "reason"}
    filled = replace(draft, birth_date="2008-3-1", reason="补送")
    assert set(completing.problems(filled)) == {"birth_date"}
    good = replace(filled, birth_date="20080301", sex="男")
    assert completing.problems(good) == {}
    assert good.values == {"birth_date": "20080301"}
    assert "仍然空缺：身份证号。" in completing.confirm_sentences(good)


# --- through the window --------------------------------------------------------------------------


def test_students_are_filtered_by_chip_college_class_and_word(page: RegistrationPage) -> None:
    assert page.state_sentence == "共 9 人：0 人已有结论，3 人可以办理，6 人没有办齐。"
    page.chips.choose("no-word")
    assert page.table.count_text == "共 9 人，筛选出 6 人"
    page.college.setCurrentIndex(page.college.findData("信息技术学院"))
    page.college.activated.emit(page.college.currentIndex())
    assert page.table.count_text == "共 9 人，筛选出 3 人"
    assert page.group.count() == 3
    page.chips.choose(filters.ALL)
    page.group.setCurrentIndex(1)
    page.group.activated.emit(1)
    assert page.table.count_text == "共 9 人，筛选出 3 人"
    page.search.setText(page.table.records[1].identity.name)
    assert page.table.count_text == "共 9 人，筛选出 1 人"


def test_at_double_text_eight_students_are_in_sight_and_nothing_scrolls_sideways(
    page: RegistrationPage, qtbot: QtBot
) -> None:
    window = page.window()
    window.resize(1366, 768)
    assert page.chips.isVisible()
    assert not page.kind.isVisible()
    current_appearance().choose(Scheme.LIGHT, 2.0)
    view = page.table.view
    qtbot.waitUntil(lambda: view.verticalHeader().defaultSectionSize() == 44)
    qtbot.waitUntil(lambda: view.viewport().height() >= 8 * 44)
    assert view.horizontalScrollBar().maximum() == 0
    assert view.isColumnHidden(page.table.model.columnCount() - 1)
    page.kind.setCurrentIndex(page.kind.findData(filters.READY))
    page.kind.activated.emit(page.kind.currentIndex())
    assert page.chips.current == filters.READY
    assert page.table.count_text == "共 9 人，筛选出 3 人"
    current_appearance().choose(Scheme.LIGHT, 1.0)
    qtbot.waitUntil(lambda: not view.isColumnHidden(page.table.model.columnCount() - 1))
    assert page.chips.isVisible()


def test_details_never_show_a_student_who_is_out_of_sight(page: RegistrationPage) -> None:
    page.table.choose(page.table.records[0])
    name = page.table.records[0].identity.name
    assert name in page.details.texts
    page.chips.choose("no-word")
    assert name not in page.details.texts
    page.table.choose(page.table.records[0])
    page.search.setText("没有这个人")
    assert page.details.texts == ["选择一名学生，这里会列出全部理由和处理办法。"]


def test_outcomes_are_issued_and_papers_made(
    page: RegistrationPage, qtbot: QtBot, runner: Runner
) -> None:
    page.issue.click()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    assert "注册学籍 3 人。" in walk.sentences
    walk.go_on()
    assert walk.step == "done"
    assert "暂未注册 6 人" in walk.sentences
    walk.go_on()
    idle(qtbot, runner)
    assert page.state_sentence == "共 9 人：3 人已有结论，0 人可以办理，6 人没有办齐。"
    wanted: list[tuple[str, str]] = []
    page.desk.wanted.connect(lambda *place: wanted.append(place))
    page.papers.click()
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, ChoiceStep)
    walk.wizard.page.choose("hand_over")
    walk.go_on()
    walk.go_on()
    assert walk.step == "check"  # no register yet: it is said, nothing is made
    walk.wizard.go_back()
    walk.wizard.page.choose("register")
    walk.go_on()
    assert "6 人暂未注册" in walk.sentences
    walk.go_on()
    assert walk.step == "done"
    sha256 = walk.wizard.draft.made[0].sha256
    walk.go_on()
    assert wanted == [("documents", sha256)]


@pytest.mark.parametrize(("what", "made"), [("chsi", 6), ("class_lists", 1)])
def test_other_files_are_made(
    signed: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner, what: str, made: int
) -> None:
    issue(signed.registrar, ROUND)
    signed.close()
    page = shown(open_window("registrar"), qtbot, runner)
    page.papers.click()
    walk = Walk(page, qtbot, runner)
    assert isinstance(walk.wizard.page, ChoiceStep)
    walk.wizard.page.choose(what)
    walk.go_on()
    walk.go_on()
    assert walk.step == "done"
    assert len(walk.wizard.draft.made) == made
    walk.wizard.reject()


def test_nothing_is_made_before_anything_was_issued() -> None:
    check = PaperCheck((), (), 0, 9, (), register_made=False)
    for what in ("register", "chsi"):
        assert set(problems("check", Papers("r", "一", (), "", what, check))) == {""}


def test_a_failed_recheck_cancels_the_place(
    page: RegistrationPage, qtbot: QtBot, runner: Runner
) -> None:
    page.table.choose(page.table.records[0])
    next(b for b in page.details.buttons if b.text() == "登记审查复查结论…").click()
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="本人与录取照片不符", document="招〔2026〕1号")
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    line = page.table.current
    assert line
    assert line.judged.verdict.outcome is Outcome.PLACE_CANCELLED
    assert any("本人与录取照片不符" in text for text in page.details.texts)


def test_an_outcome_is_taken_back_and_issued_anew_by_a_person(
    signed: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    issue(signed.registrar, ROUND)
    signed.close()
    page = shown(open_window("registrar"), qtbot, runner)
    page.chips.choose(str(Outcome.REGISTERED))
    page.table.choose(page.table.records[0])
    who = page.table.records[0].subject
    next(b for b in page.details.buttons if b.text() == "更改结论…").click()
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="误登记", document="教务处〔2026〕31号")
    assert "收回以后列为暂未注册" in walk.sentences
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    page.chips.choose("outcome-taken-back")
    assert page.table.count_text == "共 9 人，筛选出 1 人"
    page.table.choose(next(line for line in page.table.records if line.subject == who))
    next(b for b in page.details.buttons if b.text() == "重新办理…").click()
    again = Walk(page, qtbot, runner)
    again.fill(reason="核实无误", document="教务处〔2026〕32号")
    again.go_on()
    again.go_on()
    idle(qtbot, runner)
    page.chips.choose(filters.ALL)
    line = next(line for line in page.table.records if line.subject == who)
    assert line.issued is Outcome.REGISTERED


def test_empty_fields_are_filled_in(
    signed: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    row = roster_rows()[0]
    bare = row._replace(
        identity=row.identity._replace(
            exam_number="26420699999999",
            id_number="",
            student_number="2026999",
            name="赵缺",
        ),
    )
    lacking(signed.registrar, bare)
    signed.close()
    page = shown(open_window("registrar"), qtbot, runner)
    page.open_at("incomplete")
    idle(qtbot, runner)
    page.table.choose(page.table.records[0])
    next(b for b in page.details.buttons if b.text() == "补全信息…").click()
    walk = Walk(page, qtbot, runner)
    walk.fill(id_number="420602200803020030", reason="招生工作处补送")
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    page.chips.choose(filters.ALL)
    found = [line for line in page.table.records if line.identity.name == "赵缺"]
    assert [line.codes for line in found] == [("no-word",)]


def test_a_doubt_is_confirmed_by_a_person_and_kept(
    signed: School,
    open_window: OpenWindow,
    qtbot: QtBot,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = roster_rows()[0]
    bare = row._replace(
        identity=row.identity._replace(
            exam_number="26420699999999",
            id_number="420602200803010019",
            student_number="2026999",
            name="赵缺",
            sex="",
        ),
    )
    lacking(signed.registrar, bare)
    signed.close()
    asked: list[str] = []

    def yes(_parent: object, question: str, _verb: str, then: Callable[[], None]) -> None:
        asked.append(question)
        then()

    monkeypatch.setattr(asking, "ask_yes", yes)
    page = shown(open_window("registrar"), qtbot, runner)
    page.open_at("incomplete")
    idle(qtbot, runner)
    page.table.choose(page.table.records[0])
    next(b for b in page.details.buttons if b.text() == "补全信息…").click()
    walk = Walk(page, qtbot, runner)
    walk.fill(sex="女", reason="招生工作处补送")
    walk.go_on()
    idle(qtbot, runner)
    assert len(asked) == 1
    assert "性别" in asked[0]
    walk.go_on()
    idle(qtbot, runner)
    page.chips.choose(filters.ALL)
    assert [line.identity.sex for line in page.table.records if line.identity.name == "赵缺"] == [
        "女"
    ]


def test_a_round_is_ended_and_opened_again(
    page: RegistrationPage, qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(_parent: object, question: str, _verb: str, then: Callable[[], None]) -> None:
        asked.append(question)
        then()

    monkeypatch.setattr(asking, "ask_yes", yes)
    page.end.click()
    idle(qtbot, runner)
    assert "还有 9 人没有注册结论" in asked[0]
    assert page.state_sentence.startswith("批次已经结束。")
    assert not page.issue.isEnabled()
    assert page.end.text() == "重新开启批次…"
    page.end.click()
    walk = Walk(page, qtbot, runner)
    walk.fill(reason="补充注册")
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    assert page.issue.isEnabled()
    assert page.end.text() == "结束批次…"


def test_nothing_is_done_with_a_round_before_its_students_are_in_sight(
    page: RegistrationPage, qtbot: QtBot, runner: Runner
) -> None:
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2027级新生学籍注册", "2027", "2027-10-31")
    made: list[Round] = []
    page.desk.run(
        lambda session, _progress: open_round(session, new),
        made.append,
        owner=page,
        title="正在新建批次",
    )
    idle(qtbot, runner)
    page._read(made[0])
    assert len(page.table.records) == 9  # of the round before
    tools = (page.end, page.papers, page.issue)
    assert not any(tool.isEnabled() for tool in tools)
    page.issue_outcomes()
    assert not page.findChildren(Wizard)
    idle(qtbot, runner)
    assert page.table.records == []
    assert all(tool.isEnabled() for tool in tools)


# --- who is not in the round ---------------------------------------------------------------------


def test_who_is_left_out_is_counted_and_taken_in(
    founded: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner
) -> None:
    world = begin_review(founded, [OfficeKind.ADMISSIONS])
    first, second, third = world.subjects()
    come(world.college, world.round, [first, second])
    leave = {"state": "leave", "until": FAR_DAY}
    say(world.college, world.round, {(third, "arrival"): leave})
    founded.carry(world.college, world.admissions, world.round)
    say(world.admissions, world.round, {(first, "entry_review"): {"verdict": "passed"}})
    founded.carry(world.admissions, founded.registrar, world.round)
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", FAR_DAY)
    begin_following(founded.registrar, new, world.round)
    issue_qualified(world.admissions, world.round)
    founded.carry(world.admissions, founded.registrar, world.round)
    founded.close()
    page = shown(open_window("registrar"), qtbot, runner)
    assert page.left_out.text() == (
        "“2026级新生入学资格审查”还有 8 人没有列入本批次："
        "可以补入 1 人、还没有登记报到情况 6 人、请假 1 人。"
    )
    assert page.take_in.isVisibleTo(page)
    assert any(f"请假至 {FAR_DAY}" in text for text in page.details.texts)
    page.take_in.click()
    walk = Walk(page, qtbot, runner)
    walk.go_on()
    assert "把 1 名晚到的学生补入“2026级新生学籍注册”" in walk.sentences
    walk.go_on()
    walk.go_on()
    idle(qtbot, runner)
    assert len(page.table.records) == 2
    assert "还有 7 人没有列入" in page.left_out.text()
    assert not page.take_in.isVisibleTo(page)


def test_nobody_is_said_to_be_left_out_where_nobody_is(page: RegistrationPage) -> None:
    assert not page.left_out.isVisibleTo(page)
    assert not page.take_in.isVisibleTo(page)


def test_names_beyond_what_can_be_read_are_a_number() -> None:
    student = Student("student:1", "", Identity(name="王小甲"))
    many = tuple(LeftOut(student, UNTOLD, "", coming=False) for _ in range(35))
    source = Round(
        "r", Procedure.ENTRY_REVIEW, "审查", "2026", FAR_DAY, (), proxy_allowed=True, open=True
    )
    gap = Gap(source, many)
    texts = [part.text for part in gap_parts([gap]) if isinstance(part, Fact)]
    assert texts[0].count("王小甲") == 30
    assert texts[0].endswith("……另有 5 人")
