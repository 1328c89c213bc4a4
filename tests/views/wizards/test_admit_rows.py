"""Letting held-back rows in: what is missing and wrong, what is said, and when."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from desktop.domain.import_problems import ImportProblem, RosterRow, Severity
from desktop.procedures.imports.held_rows import HeldRow
from desktop.views.frame.window import MainWindow
from desktop.views.wizards.admit_rows.draft import (
    confirm_sentences,
    done_sentences,
    draft_of,
    field_order,
    problems,
    question_about,
    rows_of,
)
from desktop.views.wizards.admit_rows.flow import admit_rows_wizard
from desktop.views.wizards.step_pages import FormStep
from tests.conftest import identity

ROW = RosterRow("新生名单", 7, identity(3), "医学院", "护理2601班")
HELD = HeldRow("f" * 64, "名单.xlsx", ROW, ())
LACKING = replace(HELD, row=ROW.with_texts({"exam_number": ""}))
MIXED = replace(HELD, row=ROW.with_texts({"ethnicity": "火星族", "id_number": "42060220080304003"}))


def test_a_single_row_can_be_mended_and_keeps_its_place() -> None:
    draft = replace(draft_of("r", [LACKING]), exam_number="26420600000003", reason="已核对")
    assert problems(draft) == {}
    ((source, row),) = rows_of(draft)
    assert (source, row) == (HELD.source, ROW)
    said = confirm_sentences(draft)
    assert "考生号：文件里是“（空）”，改正为“26420600000003”。" in said


def test_what_is_typed_comes_in_set_right() -> None:
    draft = replace(draft_of("r", [HELD]), birth_date="2008.03.04", reason="已核对")
    ((_, row),) = rows_of(draft)
    assert row == ROW
    assert "各项都按文件里写的原样。" in confirm_sentences(draft)


def test_what_is_wrong_is_asked_first_then_the_reason() -> None:
    order = field_order(draft_of("r", [MIXED]))
    assert order[:4] == ("id_number", "ethnicity", "reason", "name")
    assert len(set(order)) == len(order) == len(ROW.texts) + 1


def test_a_problem_stands_beside_its_field_whatever_the_column_is_called() -> None:
    problem = ImportProblem("新生名单", 7, "KSH", "x", "id-digits-lost", Severity.ERROR, "丢了。")
    draft = draft_of("r", [replace(HELD, problems=(problem,))])
    assert field_order(draft)[0] == "exam_number"
    assert problems(draft)["exam_number"] == "丢了。"


def test_what_is_missing_or_wrong_is_said_beside_its_field() -> None:
    bare = replace(draft_of("r", [LACKING]), name="", class_name="", id_number="", reason="")
    assert set(problems(bare)) == {"name", "class_name", "exam_number", "id_number", "reason"}
    draft = replace(draft_of("r", [MIXED]), reason="已核对")
    assert set(problems(draft)) == {"id_number"}  # the other only asks
    assert question_about(draft, "ethnicity", {}).startswith("有疑问，凭原因收入：民族“火星族”")
    assert question_about(draft, "ethnicity", {"ethnicity": "汉族"}) == ""
    mended = replace(draft, id_number=ROW.identity.id_number)
    assert problems(mended) == {}
    assert any("火星族" in said for said in confirm_sentences(mended))


def test_several_rows_come_as_they_stand_unless_one_is_wrong() -> None:
    other = HeldRow("e" * 64, "名单2.xlsx", ROW._replace(row=8), ())
    draft = replace(draft_of("r", [HELD, other]), reason="已核对")
    assert problems(draft) == {}
    assert rows_of(draft) == [(HELD.source, ROW), (other.source, other.row)]
    assert "收入 2 行" in confirm_sentences(draft)[0]
    assert done_sentences(draft) == ("收入名单 0 人。",)
    (told,) = problems(replace(draft, rows=(HELD, MIXED))).values()
    assert told.startswith("有错误的行要逐行改正：新生名单 第7行")


def test_the_form_tells_while_one_types(window: MainWindow) -> None:
    assert window.shell
    wrong = replace(MIXED, row=MIXED.row.with_texts({"sex": "未知"}))
    wizard = admit_rows_wizard(window.shell.desk, draft_of("r", [wrong]), window)
    wizard.open()
    page = wizard.page
    assert isinstance(page, FormStep)
    told = {one.text() for one in page.findChildren(QLabel) if not one.isHidden()}
    assert any(text.startswith("身份证号“42060220080304003”有17位") for text in told)
    assert "请写明为什么可以收入，例如“已与招生工作处核对”。" not in told  # not asked for yet
    assert any(text.startswith("有疑问，凭原因收入：民族“火星族”") for text in told)
    sex = page.field("sex")
    assert isinstance(sex, QComboBox)
    assert sex.currentText() == "文件里写的“未知”"  # not taken for one of the two
    number = page.field("id_number")
    assert isinstance(number, QLineEdit)
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, ROW.identity.id_number)
    assert number.property("wrong") is False
    assert page.focusWidget() is number  # telling does not take the keyboard away
    assert wizard.draft.id_number == ROW.identity.id_number
    QTest.keyClick(number, Qt.Key.Key_Backspace)
    assert number.property("wrong") is True
    wizard.go_on()
    assert wizard.step == "form"
    wizard.reject()
