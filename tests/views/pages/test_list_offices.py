"""The windows of offices that read lists: board, students, what no office is offered."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.imports import Target
from desktop.domain.offices import OfficeKind
from desktop.domain.students import Identity
from desktop.procedures.session import Session
from desktop.views.frame.window import MainWindow
from desktop.views.look.states import State
from desktop.views.pages.cards import IMPORTS, cards_for
from desktop.views.pages.imports.page import ImportsPage
from desktop.views.pages.student.page import StudentDetailPage
from desktop.views.pages.students import StudentsPage
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.words import change_lines, change_parts
from tests.conftest import School, identity
from tests.list_offices import AUDIT_YEAR, FEE_YEAR, audit_file, fee_file, join, read_in
from tests.views.conftest import OpenWindow, idle
from tests.views.desks import open_page


def seated(school: School, kind: OfficeKind) -> Session:
    """Let an office join and hear of the students."""
    seat = join(school, kind)
    school.carry(school.registrar, seat)
    return seat


@pytest.fixture
def cashier(school: School, open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    """The window of a finance office that has read a list in which three lack and one owes."""
    finance = seated(school, OfficeKind.FINANCE)
    states = ["已缴费"] * 4 + ["缓缴", "未缴费"]
    read_in(finance, fee_file(tmp_path / "缴费.xlsx", states), Target("fees", year=FEE_YEAR))
    school.close()
    return open_window(OfficeKind.FINANCE)


def test_the_board_counts_classes_and_names_who_lacks(cashier: MainWindow, qtbot: QtBot) -> None:
    page = open_page(cashier, qtbot, WorkbenchPage)
    assert page.state_sentence == (f"{FEE_YEAR}学年缴费情况：9 名学生，已登记 6 名，还缺 3 名。")
    cells = {row.title: row.cells for row in page.board.board.rows}
    assert cells["软件2601班"][1].text == "3 / 3"
    assert cells["软件2601班"][1].state is State.DONE
    assert cells["护理2601班"][1].text == "0 / 3"
    assert identity(7).name in cells["护理2601班"][-1].text
    assert "导出" in page.next.words
    assert page.begins_at is page.next.way


def test_the_list_of_students_tells_what_is_said_and_finds_who_lacks(
    cashier: MainWindow, qtbot: QtBot
) -> None:
    page = open_page(cashier, qtbot, StudentsPage)
    assert page.state_sentence == "共 9 人，6 人已登记。"
    titles = [column.title for column in page.table.model.columns]
    assert titles == ["学号", "姓名", "身份证号", "院部", "班级", "登记的情况"]
    page.chips.choose("lacking")
    shown = {one.name for one in page.table.records}
    assert shown == {identity(place).name for place in (7, 8, 9)}


def test_a_student_s_page_has_the_fee_and_no_more_than_is_needed(
    cashier: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    students = open_page(cashier, qtbot, StudentsPage)
    page = open_page(cashier, qtbot, StudentDetailPage, students.table.records[0].subject)
    idle(qtbot, runner)
    assert page.page
    assert page.facts.photos == []
    assert page.page.facts[0].title == f"缴费情况 {FEE_YEAR}学年"
    assert "批次" not in page.state_sentence


def test_only_the_office_s_own_kind_is_offered(
    school: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    seated(school, OfficeKind.ACADEMIC_AFFAIRS)
    fees = fee_file(tmp_path / "缴费.xlsx", ["已缴费"])
    audit = audit_file(tmp_path / f"{AUDIT_YEAR}届审核.xlsx", ["139"])
    school.close()
    window = open_window(OfficeKind.ACADEMIC_AFFAIRS)
    page = open_page(window, qtbot, ImportsPage, "read")
    (wizard,) = page.findChildren(Wizard)
    step = wizard.page
    assert isinstance(step, FileStep)
    offered = [step.kind.itemText(place) for place in range(step.kind.count())]
    assert offered == ["按栏目自动认", "毕业资格（学分）审核表"]
    step.fill(str(fees))
    idle(qtbot, runner)
    assert "不归本部门读入" in step.words
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == "file"
    step.fill(str(audit))
    idle(qtbot, runner)
    assert "毕业资格（学分）审核表" in step.words
    wizard.reject()


@pytest.mark.parametrize("kind", OfficeKind)
def test_who_sees_the_page_of_imports(kind: OfficeKind) -> None:
    readers = {
        OfficeKind.REGISTRAR,
        OfficeKind.FINANCE,
        OfficeKind.ACADEMIC_AFFAIRS,
        OfficeKind.ADMISSIONS,
        OfficeKind.COLLEGE,  # what the face-comparison system says of its own students
    }
    assert (IMPORTS in cards_for(kind)) is (kind in readers)


def test_what_is_said_anew_is_shown_before_it_is_written(
    school: School, open_window: OpenWindow, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    seated(school, OfficeKind.FINANCE)
    strangers = [identity(1), Identity(student_number="202699990001", name="钱多多")]
    file = fee_file(tmp_path / f"{FEE_YEAR}学年.xlsx", ["缓缴", "已缴费"], strangers)
    school.close()
    page = open_page(open_window(OfficeKind.FINANCE), qtbot, ImportsPage, "read")
    (wizard,) = page.findChildren(Wizard)
    step = wizard.page
    assert isinstance(step, FileStep)
    step.fill(str(file))
    idle(qtbot, runner)
    while wizard.step != "changes":
        wizard.go_on()
        idle(qtbot, runner)
    new, unknown, *_missing = change_lines(wizard.draft)
    assert new.what == "缴费状态：缓缴；应缴金额：5000；实缴金额：0；欠费金额：5000"
    parts = change_parts(unknown, OfficeKind.FINANCE, lambda _line, _come_in: None)
    assert "请与教务处学籍科核对" in str(parts[-1])
    wizard.reject()
