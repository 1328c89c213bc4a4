"""选文件 and 认栏目: what a file is, is said at once; its columns are asked for where unclear."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.procedures.imports.list_opening import kinds_to_choose
from desktop.views.wizards.read_file.mending.columns_step import ColumnsStep
from desktop.views.wizards.read_file.mending.draft import (
    COLUMNS,
    FILE,
    MEND,
    MendDraft,
    mapping_of,
    mending_problems,
    next_mending_step,
    with_choice,
)
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.mending.mend_step import MendStep
from tests.interchange.conftest import student
from tests.lists import faulty_list
from tests.views.conftest import idle
from tests.views.wizards.read_file.conftest import Reading

Open = Callable[[], Reading]
STRANGE = "报名号,姓名,曾用名,性别,身份证件\n"


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A list whose columns for 考生号 and 身份证号 have words that nobody knows."""
    path = tmp_path / "报名.csv"
    rows = (student(number) for number in range(1, 4))
    lines = (",".join((row[0], row[2], row[2], row[3], row[5])) for row in rows)
    path.write_text(STRANGE + "\n".join(lines), "utf-8")
    return path


def test_the_way_leads_over_what_is_unclear_to_what_is_wrong() -> None:
    draft = MendDraft()
    assert next_mending_step(FILE, draft) == MEND
    assert next_mending_step(MEND, draft) == ""
    assert mapping_of(draft).columns == ()
    assert with_choice(draft, "x", 0, "name") is draft


def test_without_a_file_it_does_not_go_on(tmp_path: Path) -> None:
    assert "source" in mending_problems(FILE, MendDraft())
    assert "source" in mending_problems(FILE, MendDraft(source=str(tmp_path / "none.xlsx")))
    assert mending_problems(FILE, MendDraft(source=str(tmp_path))) == {}


def test_a_clear_list_without_problems_is_ready_at_once(reading: Open, tmp_path: Path) -> None:
    desk = reading()
    page = desk.choose(faulty_list(tmp_path / "名单.xlsx", {}))
    assert page.words == "从栏目看，这是新生名单。"
    desk.go_on()
    assert desk.mend.mended is not None
    assert len(desk.mend.mended.file.rows) == 12


def test_a_damaged_file_is_told_below_it(reading: Open, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    desk = reading()
    page = desk.choose(path)
    assert "坏.xlsx" in page.words
    assert page.path.property("wrong") is True
    assert desk.go_on() == FILE
    assert desk.wizard.failure is not None


def test_a_file_may_be_dropped_anywhere_on_the_page(reading: Open, tmp_path: Path) -> None:
    path = faulty_list(tmp_path / "名单.xlsx", {})
    desk = reading()
    page = desk.wizard.page
    assert isinstance(page, FileStep)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    idle(desk.qtbot, desk.runner)
    assert "新生名单" in page.words


def test_the_kind_may_be_changed(reading: Open, tmp_path: Path) -> None:
    kind, title = kinds_to_choose(OfficeKind.REGISTRAR)[1]
    desk = reading()
    page = desk.choose(faulty_list(tmp_path / "名单.xlsx", {}), kind)
    assert title in page.words
    assert "不能确定" in page.words
    assert desk.go_on() == COLUMNS


def test_what_a_person_says_of_columns_is_read_and_remembered(
    reading: Open, strange: Path, tmp_path: Path
) -> None:
    desk = reading()
    page = desk.choose(strange)
    assert "下一步请指明" in page.words
    assert desk.go_on() == COLUMNS
    columns = desk.wizard.page
    assert isinstance(columns, ColumnsStep)
    assert desk.go_on() == COLUMNS  # 考生号 and 身份证号 are not said yet
    for place, field in ((0, "exam_number"), (4, "id_number"), (2, "name")):
        box = columns.box(place)
        box.setCurrentIndex(box.findData(field))
        box.activated.emit(box.currentIndex())
    assert columns.box(1).currentData() == ""  # 姓名 is one column only
    desk.go_on()
    assert desk.mend.mended is not None
    assert desk.mend.mended.file.rows[0].values["exam_number"] == "26420601110001"
    other = tmp_path / "再报.csv"
    other.write_text(strange.read_text("utf-8").replace("张三", "李四"), "utf-8")
    desk.again()
    page = desk.choose(other)
    assert "为“报名.csv”选过各栏是什么" in page.words
    assert page.forget.isVisibleTo(page)
    page.forget.click()
    idle(desk.qtbot, desk.runner)
    assert "下一步请指明" in page.words


def test_what_is_not_to_be_remembered_is_not(reading: Open, strange: Path) -> None:
    desk = reading()
    desk.choose(strange)
    desk.go_on()
    columns = desk.wizard.page
    assert isinstance(columns, ColumnsStep)
    columns.remembers.setChecked(False)
    for place, field in ((0, "exam_number"), (4, "id_number")):
        box = columns.box(place)
        box.setCurrentIndex(box.findData(field))
        box.activated.emit(box.currentIndex())
    desk.go_on()
    assert desk.mend.mended is not None
    desk.again()
    assert "下一步请指明" in desk.choose(strange).words


def test_clear_columns_are_asked_for_on_request(reading: Open, tmp_path: Path) -> None:
    desk = reading()
    page = desk.choose(faulty_list(tmp_path / "名单.xlsx", {(3, "姓名"): ""}))
    page.asks_columns.setChecked(True)
    assert desk.go_on() == COLUMNS
    assert desk.go_on() == MEND
    desk.wizard.go_back()
    assert desk.wizard.step == COLUMNS
    assert desk.go_on() == MEND


def test_of_two_columns_that_could_be_the_same_one_is_chosen(
    reading: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    row = student(1)
    path = tmp_path / "两列.csv"
    path.write_text(
        f"考生号,姓名,学生姓名,性别,身份证号\n{row[0]},张三,李四,男,{row[5]}\n", "utf-8"
    )
    desk = reading()
    desk.choose(path)
    assert desk.go_on() == COLUMNS
    columns = desk.wizard.page
    assert isinstance(columns, ColumnsStep)
    assert [columns.box(place).currentData() for place in (1, 2)] == ["", ""]
    assert columns.begins_at is columns.box(1)
    box = columns.box(2)
    box.setCurrentIndex(box.findData("name"))
    box.activated.emit(box.currentIndex())
    desk.go_on()
    qtbot.waitUntil(lambda: desk.mend.mended is not None)
    assert desk.mend.mended is not None
    assert desk.mend.mended.file.rows[0].values["name"] == "李四"
    assert not desk.mend.mended.file.rows[0].held_back


def test_what_was_done_before_is_offered_and_may_be_left(reading: Open, tmp_path: Path) -> None:
    path = faulty_list(tmp_path / "名单.xlsx", {(3, "姓名"): "", (4, "姓名"): ""})
    desk = reading()
    desk.choose(path)
    assert desk.go_on() == MEND
    page = desk.wizard.page
    assert isinstance(page, MendStep)
    page.model.typed.emit(page.model.row(0).place, "name", "李四")
    idle(desk.qtbot, desk.runner)
    desk.again()
    first = desk.choose(path)
    assert "办理过 1 行" in first.goes_on.text()
    assert not first.asks_columns.isEnabled()
    assert desk.go_on() == MEND
    assert desk.mend.mending is not None
    assert desk.mend.mending.counts.mended == 1
    desk.wizard.go_back()
    first.goes_on.setChecked(False)
    assert desk.go_on() == MEND
    assert desk.mend.mending is not None
    assert desk.mend.mending.counts.mended == 0
