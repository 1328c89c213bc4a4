"""The first start: its decisions as plain functions, and the whole way through the window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.bundles import keys
from desktop.bundles.enrolment import root_fingerprint
from desktop.domain.offices import OfficeKind
from desktop.errors import StoreLocked
from desktop.procedures.keeping.backups import back_up
from desktop.procedures.school.enrolment import ask_to_join, enrol, read_text, write_text
from desktop.procedures.school.waiting import WaitingPlace
from desktop.procedures.seats import applicant
from desktop.procedures.session import Session, open_and_sign_in
from desktop.views.runner import Runner
from desktop.views.sticks import Stick
from desktop.views.widgets.state_label import StateLabel
from desktop.views.wizards.first_start.answer_step import AnswerStep
from desktop.views.wizards.first_start.copy_step import CopyStep, copy_words, school_words
from desktop.views.wizards.first_start.draft import (
    ANSWER,
    CREATE,
    JOIN,
    RESTORE,
    TRY,
    FirstStart,
    next_step,
    problems,
    waiting_draft,
)
from desktop.views.wizards.first_start.flow import first_start_flow
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import ChoiceStep, FormStep, SummaryStep
from tests.conftest import CHEAPEST, CHOSEN_PASSPHRASE, OPERATOR, PASSPHRASE, School
from tests.views.conftest import delete_later, idle, look_at


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FirstStart:
    """A draft at its beginning; keys are locked at the least cost."""
    monkeypatch.setattr(keys, "DEFAULT_COST", CHEAPEST)
    return FirstStart(tmp_path / "data", tmp_path / "practice")


@pytest.fixture
def wizard(draft: FirstStart, runner: Runner) -> Iterator[Wizard[FirstStart]]:
    place = WaitingPlace()
    made = Wizard(first_start_flow(runner, place), draft, runner)
    made.open()
    yield made
    runner.run(lambda _progress: place.release(), owner=None, title="")
    if isValid(made):
        made.close()
    delete_later()


def fill(wizard: Wizard[FirstStart], **texts: str) -> None:
    """Fill in the form in sight, and go on."""
    if isinstance(wizard.page, PlaceStep):
        (folder,) = texts.values()
        wizard.page.fill(folder)
    else:
        assert isinstance(wizard.page, FormStep)
        wizard.page.fill(**texts)
    wizard.go_on()


def choose(wizard: Wizard[FirstStart], value: str) -> None:
    """Choose an answer, and go on."""
    assert isinstance(wizard.page, ChoiceStep)
    wizard.page.choose(value)
    wizard.go_on()


def test_every_choice_has_its_way(draft: FirstStart, runner: Runner) -> None:
    flow = first_start_flow(runner, WaitingPlace())
    assert flow.path(draft) == ("choice",)
    ways = {
        choice: flow.path(replace(draft, choice=choice)) for choice in (CREATE, JOIN, RESTORE, TRY)
    }
    assert [way[-1] for way in ways.values()] == ["created", "joined", "restored", "ready"]
    assert {step for way in ways.values() for step in way} == set(flow.steps)
    assert next_step("joined", replace(draft, choice=JOIN)) == ""


def test_what_is_missing_is_said_beside_its_field(draft: FirstStart) -> None:
    assert set(problems("school", draft)) == {"school_code", "school_name"}
    assert set(problems("operator", draft)) == {"operator", "passphrase"}
    chosen = replace(draft, operator="张", passphrase=CHOSEN_PASSPHRASE)
    assert set(problems("operator", chosen)) == {"again"}
    assert not problems("operator", replace(chosen, again=CHOSEN_PASSPHRASE))
    for guessed in ("   ", "123456", "demo", "张老师张老师张老师"):
        weak = FirstStart(
            draft.folder, draft.folder, operator="张老师", passphrase=guessed, again=guessed
        )
        assert set(problems("operator", weak)) == {"passphrase"}
    assert set(problems("office", replace(draft, school_code="１２３５４"))) == {
        "school_code",
        "office_name",
        "seat_name",
    }
    finance = replace(draft, school_code="12354", office_kind="finance", seat_name="机器")
    assert problems("office", finance) == {}
    assert "" in problems("choice", draft)


def test_nothing_counts_as_done_before_something_is_chosen(wizard: Wizard[FirstStart]) -> None:
    (first,) = wizard.findChildren(StateLabel)
    assert first.accessibleName() == "进行中：开始"
    stop = next(b for b in wizard.findChildren(QPushButton) if b.text() == "关闭")
    assert stop.isVisible()


def test_training_has_a_folder_of_its_own(draft: FirstStart) -> None:
    assert draft.opened_folder == draft.folder
    practice = replace(draft, choice=TRY).opened_folder
    assert draft.practice_folder in practice.parents
    assert draft.folder not in practice.parents


def test_a_school_is_created(
    wizard: Wizard[FirstStart], qtbot: QtBot, runner: Runner, draft: FirstStart
) -> None:
    completed: list[FirstStart] = []
    wizard.completed.connect(completed.append)
    choose(wizard, CREATE)
    wizard.go_on()
    assert wizard.step == "school"
    fill(wizard, school_code="12354", school_name="襄阳职业技术学院")
    fill(wizard, operator="张老师", passphrase=CHOSEN_PASSPHRASE, again=CHOSEN_PASSPHRASE)
    assert wizard.step == "confirm_create"
    assert not draft.folder.exists()
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == "created"
    wizard.go_back()
    assert wizard.step == "created"
    wizard.go_on()
    assert completed
    facts = look_at(draft.folder)
    assert facts.home
    assert facts.home.is_root
    assert facts.operators == ("张老师",)


def test_a_second_school_is_not_created_over_the_first(
    wizard: Wizard[FirstStart], qtbot: QtBot, runner: Runner, draft: FirstStart
) -> None:
    draft.folder.mkdir()
    (draft.folder / "jice.db").write_bytes(b"something")
    choose(wizard, CREATE)
    fill(wizard, school_code="12354", school_name="襄阳职业技术学院")
    fill(wizard, operator="张老师", passphrase=CHOSEN_PASSPHRASE, again=CHOSEN_PASSPHRASE)
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == "confirm_create"
    assert wizard.failure
    assert wizard.failure.code == "JC-107"
    wizard.go_back()
    assert wizard.step == "operator"


def test_a_college_joins_with_the_digits_of_the_telephone(
    wizard: Wizard[FirstStart],
    founded: School,
    qtbot: QtBot,
    runner: Runner,
    draft: FirstStart,
    tmp_path: Path,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(wizard, JOIN)
    fill(wizard, school_code="12354", office_name="医学院", seat_name="二号机")
    fill(wizard, operator="李老师", passphrase=CHOSEN_PASSPHRASE, again=CHOSEN_PASSPHRASE)
    fill(wizard, request_folder=str(stick))
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == ANSWER
    said = [text.text() for text in wizard.page.findChildren(QLabel)]
    assert any(Path(wizard.draft.request_file).name in text for text in said)
    waiting = look_at(draft.folder)
    assert waiting.home
    assert not waiting.home.enrolled
    assert waiting.request_digits == wizard.draft.digits
    registrar = founded.registrar
    text = read_text(Path(wizard.draft.request_file))
    answer = stick / "批复.txt"
    answer.write_text(enrol(registrar, text, wizard.draft.digits, "college-02"), encoding="utf-8")
    fill(wizard, answer_file=str(answer), digits_heard="1111 2222 3333 4444 5555")
    idle(qtbot, runner)
    assert wizard.failure
    assert wizard.failure.code == "JC-205"
    assert look_at(draft.folder).request_digits  # still waiting: nothing was changed
    fill(wizard, digits_heard=school_digits(registrar))
    idle(qtbot, runner)
    assert wizard.failure is None
    assert wizard.step == "joined"
    with open_and_sign_in(draft.folder, "李老师", CHOSEN_PASSPHRASE).store:
        assert look_is_enrolled(registrar, draft)


def look_is_enrolled(registrar: Session, draft: FirstStart) -> bool:
    """Tell whether the certificate of the new seat is known to the registrar."""
    with registrar.unit_of_work() as unit:
        names = {s.certificate.seat_name for s in registrar.trust(unit).certificates}
    return "二号机" in names and draft.folder.exists()


def school_digits(registrar: Session) -> str:
    """Return the digits that the registrar reads out."""
    return root_fingerprint(registrar.home.root_key)


def waiting_wizard(draft: FirstStart, runner: Runner, qtbot: QtBot) -> Wizard[FirstStart]:
    """Return the wizard of a seat that has asked to join, as the next start shows it."""
    asking = applicant("12354", OfficeKind.COLLEGE, "师范学院", "王老师的电脑")
    ask_to_join(draft.folder, asking, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    facts = look_at(draft.folder)
    assert facts.home
    waiting = waiting_draft(draft.folder, draft.practice_folder, facts.home, facts.request_digits)
    wizard = Wizard(first_start_flow(runner, WaitingPlace()), waiting, runner, at=ANSWER)
    qtbot.addWidget(wizard)
    wizard.open()
    idle(qtbot, runner)
    return wizard


def test_the_request_is_written_again_when_its_stick_was_lost(
    draft: FirstStart, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = waiting_wizard(draft, runner, qtbot)
    step = wizard.page
    assert isinstance(step, AnswerStep)
    step.again.click()
    idle(qtbot, runner)
    (again,) = step.findChildren(Wizard)
    fill(again, request_folder=str(tmp_path))
    idle(qtbot, runner)
    assert again.step == "written"
    (written,) = tmp_path.glob("*师范学院*.txt")
    facts = look_at(draft.folder)
    assert facts.home
    assert read_text(written) == facts.home.request
    again.go_on()


def test_a_stick_that_takes_no_request_costs_no_second_seat(
    wizard: Wizard[FirstStart], qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    choose(wizard, JOIN)
    fill(wizard, school_code="12354", office_name="医学院", seat_name="二号机")
    fill(wizard, operator="李老师", passphrase=CHOSEN_PASSPHRASE, again=CHOSEN_PASSPHRASE)
    fill(wizard, request_folder=str(tmp_path / "pulled"))
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == ANSWER  # the seat waits; trying again would find its folder taken
    said = "".join(text.text() for text in wizard.page.findChildren(QLabel))
    assert "加入申请已经做好，但没有写到U盘" in said
    assert isinstance(wizard.page, AnswerStep)
    wizard.page.write_again()
    (again,) = wizard.page.findChildren(Wizard)
    fill(again, request_folder=str(tmp_path))
    idle(qtbot, runner)
    assert list(tmp_path.glob("*医学院*.txt"))
    again.go_on()


def test_the_answer_on_a_stick_is_found(
    draft: FirstStart, founded: School, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = waiting_wizard(draft, runner, qtbot)
    step = wizard.page
    assert isinstance(step, AnswerStep)
    stick = Stick(tmp_path / "stick", "KINGSTON", 1, read_only=False)
    stick.folder.mkdir()
    write_text(stick.folder, "申请.txt", wizard.draft.request_text)
    step.found = lambda: [stick]
    step.box.look()
    idle(qtbot, runner)
    assert "U盘“KINGSTON”上没有给本机的批复文件" in step.box.sentence
    text = enrol(founded.registrar, wizard.draft.request_text, wizard.draft.digits, "college-03")
    answer = write_text(stick.folder, "批复.txt", text)
    step.box.look()
    idle(qtbot, runner)
    assert wizard.draft.answer_file == str(answer)


def test_a_seat_that_waits_begins_where_it_left_off(
    draft: FirstStart, runner: Runner, qtbot: QtBot
) -> None:
    wizard = waiting_wizard(draft, runner, qtbot)
    wizard.go_back()
    assert wizard.step == ANSWER
    wizard.go_on()
    assert isinstance(wizard.page, FormStep)
    assert wizard.page.field("answer_file").property("wrong") is True


def test_a_seat_that_waits_can_go_back_to_a_backup(
    draft: FirstStart, school: School, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    copy = back_up(school.first, shelf)
    asking = applicant("12354", OfficeKind.COLLEGE, "信息工程学院", "换来的电脑")
    ask_to_join(draft.folder, asking, OPERATOR, PASSPHRASE)
    facts = look_at(draft.folder)
    assert facts.home
    waiting = waiting_draft(draft.folder, draft.practice_folder, facts.home, facts.request_digits)
    place = WaitingPlace()
    place.hold(draft.folder)
    wizard = Wizard(first_start_flow(runner, place), waiting, runner, at=ANSWER)
    qtbot.addWidget(wizard)
    wizard.show()
    (offer,) = [b for b in wizard.findChildren(QPushButton) if b.text() == "从备份恢复…"]
    assert offer.isVisible()
    offer.click()
    wizard.go_back()
    assert (wizard.step, wizard.draft.choice) == (ANSWER, JOIN)
    offer.click()
    assert not offer.isVisible()
    fill(wizard, backups_folder=str(shelf))
    idle(qtbot, runner)
    wizard.go_on()
    fill(wizard, passphrase=PASSPHRASE)
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == "restored"
    facts = look_at(draft.folder)
    assert facts.home
    assert (facts.home.enrolled, facts.home.seat.id) == (True, copy.seat)
    assert wizard.draft.kept_aside  # the request that waited lies beside it


def test_a_wizard_that_acts_does_not_close(
    wizard: Wizard[FirstStart], runner: Runner, qtbot: QtBot, draft: FirstStart
) -> None:
    choose(wizard, TRY)
    choose(wizard, "registrar")
    assert wizard.step == "confirm_try"
    wizard.go_on()
    assert not wizard.close()
    idle(qtbot, runner)
    assert wizard.step == "confirm_try"
    assert wizard.failure is None
    assert wizard.close()
    assert not (draft.folder).exists()


def test_a_backup_is_restored_on_a_new_pc(
    wizard: Wizard[FirstStart],
    school: School,
    qtbot: QtBot,
    runner: Runner,
    draft: FirstStart,
    tmp_path: Path,
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    back_up(school.first, shelf)
    other = back_up(school.second, shelf)
    completed: list[FirstStart] = []
    wizard.completed.connect(completed.append)
    choose(wizard, RESTORE)
    fill(wizard, backups_folder=str(tmp_path / "gone"))
    assert wizard.step == "backups"
    fill(wizard, backups_folder=str(draft.practice_folder.parent))
    idle(qtbot, runner)
    assert wizard.failure
    assert wizard.failure.code == "JC-124"
    fill(wizard, backups_folder=str(shelf))
    idle(qtbot, runner)
    assert isinstance(wizard.page, CopyStep)
    assert wizard.page.list.count() == len(wizard.draft.copies)
    places = [copy.folder for copy in wizard.draft.copies]
    wizard.page.list.setCurrentRow(places.index(other.folder))
    wizard.go_on()
    assert wizard.draft.operator == OPERATOR
    fill(wizard, passphrase="wrong")
    assert isinstance(wizard.page, SummaryStep)
    said = "".join(wizard.page.sentences_of(wizard.draft))
    assert f"{school.second.home.school_name}（代码 {other.school_code}）" in said
    assert f"学生 {other.students} 人" in said
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.failure
    assert wizard.failure.code == "JC-201"
    assert not draft.folder.exists()
    wizard.go_back()
    fill(wizard, passphrase=PASSPHRASE)
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == "restored"
    wizard.go_on()
    assert completed
    facts = look_at(draft.folder)
    assert facts.home
    assert facts.home.seat.id == other.seat


def test_a_practice_backup_is_not_taken_for_real_data(
    school: School, tmp_path: Path, draft: FirstStart
) -> None:
    copy = replace(back_up(school.first, tmp_path), training=True)
    real = replace(draft, copies=(copy,), copy=copy.folder)
    assert "练习" in problems("copy", real)[""]
    practising = replace(real, folder=draft.practice_folder / "seats" / "registrar")
    assert not problems("copy", practising)
    no_practice = replace(copy, training=False)
    assert "正式的备份" in problems("copy", replace(practising, copies=(no_practice,)))[""]
    assert not problems("copy", replace(real, copies=(no_practice,)))


def test_an_older_copy_is_called_by_what_it_knows(school: School, tmp_path: Path) -> None:
    copy = replace(back_up(school.first, tmp_path), school_name="", students=None)
    assert school_words(copy) == f"代码 {copy.school_code}"
    assert "学生" not in copy_words(copy)


def test_a_choice_is_needed(school: School, tmp_path: Path, draft: FirstStart) -> None:
    copy = back_up(school.first, tmp_path)
    real = replace(draft, copies=(copy,), copy=copy.folder)
    assert "" in problems("copy", replace(real, copy=""))


@pytest.mark.parametrize(
    ("choice", "lost"), [(CREATE, "学校只能重新建立"), (JOIN, "只能作为新席位重新加入")]
)
def test_what_is_lost_with_a_passphrase_is_said_before_and_how_good_it_is_while_typing(
    draft: FirstStart, runner: Runner, qtbot: QtBot, choice: str, lost: str
) -> None:
    asked = replace(draft, choice=choice)
    wizard = Wizard(first_start_flow(runner, WaitingPlace()), asked, runner, at="operator")
    qtbot.addWidget(wizard)
    wizard.open()

    def said() -> str:
        texts = wizard.page.findChildren(QLabel)
        return "".join(text.text() for text in texts if text.isVisible())

    assert lost in said()
    assert "三四个互不相关的词" in said()
    assert "强度" not in said()
    step = wizard.page
    assert isinstance(step, FormStep)
    step.fill(operator="张老师")
    QTest.keyClicks(step.field("passphrase"), "lajiao")
    assert "强度：不够。口令太短" in said()
    QTest.keyClicks(step.field("passphrase"), " yusan")
    assert "强度：可以" in said()
    QTest.keyClicks(step.field("passphrase"), " qiaoliang")
    assert "强度：很好" in said()


def test_asking_to_join_keeps_the_folder_for_this_window(
    wizard: Wizard[FirstStart], qtbot: QtBot, runner: Runner, draft: FirstStart, tmp_path: Path
) -> None:
    choose(wizard, JOIN)
    fill(wizard, school_code="12354", office_name="医学院", seat_name="二号机")
    fill(wizard, operator="李老师", passphrase=CHOSEN_PASSPHRASE, again=CHOSEN_PASSPHRASE)
    fill(wizard, request_folder=str(tmp_path))
    wizard.go_on()
    idle(qtbot, runner)
    with pytest.raises(StoreLocked):
        WaitingPlace().hold(draft.folder)
