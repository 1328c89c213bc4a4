"""A secretary's day through the program: check, print, record by keys, correct, send, supplement.

As the registrar's day it is played at the real program, by keyboard and mouse; what came of it is
then asked of the registrar's store, which takes in what the secretary has sent.
"""

import errno
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.procedures.deciding.decision_desk import decision_desk
from desktop.procedures.exchange.merging import merge
from desktop.procedures.registration.student_registration import eligibility
from desktop.views.dialogs import printing
from tests.conftest import PASSPHRASE, ROUND, School, identity
from tests.procedures.acts import members, require_healthy
from tests.views.conftest import Start
from tests.views.dialogs.test_printing import file_printer, opened
from tests.views.person import Person

CLASS, OTHER = "软件2601班", "软件2602班"
PAGES = 2


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the paper comes out: the system's dialog is answered with a printer into a file."""
    path = tmp_path / "printed.pdf"
    printer: QPrinter = file_printer(path)

    def choose(_parent: object, _pages: int, _preferred: str, then: Any) -> None:  # noqa: ANN401
        then(printer)

    monkeypatch.setattr(printing, "ask_for_printer", choose)
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo of an identity card."""
    picture = QImage(320, 200, QImage.Format.Format_RGB32)
    picture.fill(0xCC9966)
    path = tmp_path / "card.png"
    assert picture.save(str(path))
    return path


def test_a_secretary_s_day(
    start: Start,
    school: School,
    qtbot: QtBot,
    printed: Path,
    photo: Path,
    chosen: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    school.close()
    stick = school.folder.parent / "stick"
    secretary = Person(qtbot, start(school.store_folder("first")).runner)
    secretary.waits()
    secretary.signs_in(PASSPHRASE)
    checks_the_class(secretary)
    prints(secretary, printed)
    records_the_first_class(secretary)
    adds_by_hand(secretary)
    proposes_a_correction(secretary, photo, chosen)
    records_the_other_class(secretary)
    sends(secretary, stick, monkeypatch)
    supplements(secretary, stick)
    start.close_all()
    the_registrar_has_it_all(school, stick)


def checks_the_class(secretary: Person) -> None:
    """Name the class teacher, and look at the names before they are printed."""
    secretary.presses("核对签字")
    assert secretary.sees("共 2 个班：要打印 2 个")
    secretary.chooses_row("班级", CLASS)
    secretary.fills("班主任姓名", "谢老师")
    secretary.keys("Return")
    secretary.presses("核对班级名单…")
    assert secretary.sees("共 3 人")
    secretary.presses("返回各班")


def prints(secretary: Person, printed: Path) -> None:
    """Print what needs paper: both classes."""
    secretary.keys("Ctrl+P")
    secretary.goes_on()
    assert secretary.sees(f"第 1 页，共 {PAGES} 页")
    secretary.goes_on()
    secretary.presses("打印…")
    secretary.goes_on()
    assert opened(printed).pageCount() == PAGES
    assert secretary.sees("共 2 个班：要登记 2 个")


def records_the_first_class(secretary: Person) -> None:
    """Read the sheet that came back, one key for each student, then the sign-offs and the seal."""
    secretary.chooses_row("班级", CLASS)
    secretary.keys("Return")  # the next step of this class
    assert secretary.sees("已登记 0/3")
    secretary.keys("1", "1", "3")
    assert secretary.sees(f"{identity(3).name} 未签")
    secretary.keys("1")  # the first of the usual reasons
    assert secretary.sees("3 人还没有保存")
    signs_off(secretary)
    assert secretary.sees("已登记 3/3，签字和印章齐全")


def signs_off(secretary: Person) -> None:
    """Copy the sign-offs and the seal from the paper, and save."""
    secretary.types(班主任姓名="谢老师", 主要负责人姓名="刘院长")
    secretary.presses("已盖院部印章")
    secretary.keys("Ctrl+S")


def adds_by_hand(secretary: Person) -> None:
    """Somebody wrote herself into the blank row at the end."""
    secretary.presses("增补手写的学生…")
    secretary.goes_on()
    assert secretary.sees("请照纸面填写姓名")
    secretary.types(姓名="赵一一", 学号="202600000050", 原因="从软件2603班转来")
    secretary.goes_on()
    assert secretary.sees("增补的赵一一")
    secretary.goes_on()
    assert secretary.sees("增补：赵一一，等学籍科处理")


def proposes_a_correction(secretary: Person, photo: Path, chosen: list[Any]) -> None:
    """A name is misspelt; the photo of the identity card goes with it."""
    secretary.chooses_row("签字表上的学生", identity(2).name)
    secretary.presses("提出更正…")
    secretary.types(正确的内容="王小柄", 依据="以身份证为准")
    secretary.goes_on()
    secretary.presses("提出更正")
    assert secretary.sees("请附上身份证")
    chosen.append([photo])
    secretary.presses("添加图片或扫描件…")
    secretary.presses("提出更正")
    assert secretary.sees("附 1 个证明文件")
    secretary.goes_on()


def records_the_other_class(secretary: Person) -> None:
    """Everybody of the other class has signed: a whole page by one key."""
    secretary.presses("核对签字")
    secretary.chooses_row("班级", OTHER)
    secretary.keys("Return")
    secretary.keys("Ctrl+Return")
    signs_off(secretary)
    assert secretary.sees("已登记 3/3，签字和印章齐全")


def sends(secretary: Person, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Export; whatever is wrong with the stick is said in plain words, until one is good."""
    secretary.presses("收发")
    secretary.keys("Ctrl+E")
    secretary.goes_on()
    secretary.goes_on()
    assert secretary.sees("没有找到U盘")
    secretary.goes_on()
    assert secretary.sees("请选择U盘或文件夹")
    secretary.writes(str(stick))  # the cursor stands there
    secretary.goes_on()
    secretary.presses("导出")
    assert secretary.sees("U盘可能没有插好或已经拔出")
    stick.mkdir()
    for number, words in ((errno.ENOSPC, "空间不够"), (errno.EROFS, "写保护")):
        with monkeypatch.context() as patch:
            patch.setattr("desktop.files.os.fsync", partial(fail, number))
            secretary.presses("导出")
        assert secretary.sees(words), secretary.reads()
        assert list(stick.iterdir()) == []
    secretary.presses("导出")
    secretary.goes_on()
    assert len(list(stick.iterdir())) == 1


def fail(number: int, _handle: int) -> None:
    """Do what a stick does that can not be written."""
    raise OSError(number, "")


def supplements(secretary: Person, stick: Path) -> None:
    """The last one is back and signs: a second, small bundle."""
    secretary.presses("核对签字")
    secretary.chooses_row("班级", CLASS)
    secretary.keys("Return")
    secretary.chooses_row("签字表上的学生", identity(3).name)
    secretary.keys("1", "Ctrl+S")
    secretary.presses("收发")
    secretary.keys("Ctrl+E")
    for _step in ("round", "content", "place", "confirm", "done"):
        if secretary.sees("没有找到U盘"):
            secretary.fills("写到哪里", str(stick))
        secretary.goes_on()
    assert sorted("第2号" in path.name for path in stick.iterdir()) == [False, True]


def the_registrar_has_it_all(school: School, stick: Path) -> None:
    """Take both bundles in: all six can be registered, but for whom a correction waits."""
    registrar = school.reopen("registrar")
    report = merge(registrar, sorted(stick.glob("*.jice")))
    assert report.refusals == ()
    desk = decision_desk(registrar, ROUND)
    (correction,) = desk.corrections
    assert (correction.old, correction.new) == (identity(2).name, "王小柄")
    (addition,) = desk.additions
    assert addition.who.name == "赵一一"
    assert desk.disagreements == ()
    ours = {one.subject for name in (CLASS, OTHER) for one in members(registrar, name)}
    waiting = {
        one.student.identity.name: [reason.code for reason in one.verdict.reasons]
        for one in eligibility(registrar, ROUND)
        if one.verdict.outcome is None and one.student.subject in ours
    }
    assert waiting == {identity(2).name: ["correction-open"]}
    require_healthy(registrar)
