"""The finance office's day through the program: take in, read a list, send, undo, send again.

As the secretary's day it is played at the real program, by keyboard and mouse; what came of it is
then asked of the registrar's store.
"""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.domain.offices import OfficeKind
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.student_facts import fees
from desktop.views.pages.cards import cards_for
from tests.conftest import PASSPHRASE, School
from tests.list_offices import FEE_YEAR, audit_file, fee_file, join
from tests.procedures.acts import require_healthy
from tests.views.conftest import Start
from tests.views.days import exports, takes_in
from tests.views.person import Person

LIST = f"{FEE_YEAR}学年缴费情况.xlsx"


@pytest.fixture
def stick(school: School) -> Path:
    """A stick on which the registrar's first bundle for the finance office lies; all is closed."""
    join(school, OfficeKind.FINANCE)
    path = school.send(school.registrar, "finance")
    school.close()
    return path.parent


def states_heard(school: School, sent: Path) -> list[str]:
    """Take in what was sent at the registrar's, and return the fee states that stand then."""
    registrar = school.reopen("registrar")
    assert merge(registrar, sorted(sent.glob("*.jice"))).refusals == ()
    require_healthy(registrar)
    with registrar.unit_of_work() as unit:
        return sorted(fee.state for fee in fees(unit, FEE_YEAR).values())


def test_a_cashier_s_day(
    start: Start, school: School, stick: Path, qtbot: QtBot, chosen: list[Any], tmp_path: Path
) -> None:
    cashier = Person(qtbot, start(school.store_folder("finance")).runner)
    cashier.waits()
    cashier.signs_in(PASSPHRASE)
    sees_only_its_pages(cashier)
    assert cashier.sees("请教务处学籍科给本部门导出一份报送包")
    takes_in(cashier, chosen, sorted(stick.glob("*.jice")))
    cashier.presses("工作台")
    assert cashier.sees("9 名学生，已登记 0 名，还缺 9 名"), cashier.reads()
    assert cashier.sees("下一步：读入缴费情况")
    reads_a_list(cashier, fee_file(tmp_path / LIST, ["已缴费"] * 8 + ["缓缴"]))
    cashier.presses("工作台")
    assert cashier.sees("9 名学生，已登记 9 名，一名不缺"), cashier.reads()
    assert cashier.sees("用U盘交给教务处学籍科")
    sent = tmp_path / "sent"
    sends(cashier, sent)
    cashier.presses("工作台")
    assert cashier.sees("现在没有要办的")
    undoes(cashier)
    cashier.presses("工作台")
    assert cashier.sees("9 名学生，已登记 0 名")
    exports(cashier, tmp_path / "again")
    start.close_all()
    assert states_heard(school, sent) == ["已缴费"] * 8 + ["缓缴"]
    assert states_heard(school, tmp_path / "again") == []


def sees_only_its_pages(cashier: Person) -> None:
    """The rail has the page of imports, and nothing that belongs to others."""
    titles = [card.title for card in cards_for(OfficeKind.FINANCE) if not card.rail]
    assert titles == ["工作台", "读入记录", "学生", "收发", "文档", "设置", "帮助"]
    for title in titles:
        cashier.finds(QAbstractButton, title)
    assert not [
        one for one in cashier.front.findChildren(QAbstractButton) if one.text() == "批次名单"
    ]


def reads_a_list(cashier: Person, path: Path) -> None:
    """From the next step on the workbench to the end of the wizard."""
    audit = audit_file(path.with_name("毕业审核.xlsx"), ["140"])
    cashier.goes_on()  # the keyboard begins on the button that leads on
    cashier.fills("名单文件", str(audit))
    cashier.keys("Tab")
    assert cashier.sees("不归本部门读入"), cashier.reads()
    cashier.fills("名单文件", str(path))
    cashier.keys("Tab")
    assert cashier.sees("从栏目看，这是缴费情况表"), cashier.reads()
    cashier.presses("下一步")
    if cashier.sees("改问题") and not cashier.sees("这份名单用在哪里？"):
        cashier.presses("下一步")
    assert cashier.sees("这份名单用在哪里？"), cashier.reads()
    cashier.presses("下一步")
    cashier.presses("下一步")
    assert cashier.sees("新的 9 行会登记"), cashier.reads()
    cashier.presses("写入")
    assert cashier.sees("新的 9 行已经登记")
    assert cashier.sees("然后到“收发”导出报送包，用U盘交给教务处学籍科。")
    cashier.presses("完成")
    assert cashier.sees("读入过 1 次")


def sends(cashier: Person, folder: Path) -> None:
    """Export from the next step on the workbench."""
    folder.mkdir()
    cashier.presses("导出报送包…")
    cashier.goes_on()
    assert cashier.sees(f"缴费情况（{FEE_YEAR}学年）"), cashier.reads()
    assert cashier.sees("9 名学生")
    cashier.goes_on()
    cashier.fills("写到哪里", str(folder))
    for _step in ("place", "confirm", "done"):
        cashier.goes_on()
    assert len(list(folder.glob("*.jice"))) == 1


def undoes(cashier: Person) -> None:
    """The list was the wrong one."""
    cashier.presses("读入记录")
    cashier.presses("撤销这次读入…")
    cashier.goes_on()
    cashier.writes("文件拿错了")
    cashier.goes_on()
    assert cashier.sees("已撤销"), cashier.reads()
    cashier.goes_on()
    assert cashier.sees("其中 1 次已经撤销")
