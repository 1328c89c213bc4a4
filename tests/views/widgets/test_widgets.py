"""The table, the board and the small widgets, as hands use them."""

from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.views.look.appearance import current_look
from desktop.views.look.states import State
from desktop.views.memory import Memory
from desktop.views.runner import Failure
from desktop.views.table_models.board import Board, BoardRow, Cell
from desktop.views.table_models.columns import Column
from desktop.views.widgets.board_view import BoardView
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.error_panel import ErrorPanel
from desktop.views.widgets.masked_number import MaskedNumber, grouped, masked
from desktop.views.widgets.proportions import ProportionBar, Share
from desktop.views.widgets.record_table import RecordTable


@dataclass(frozen=True)
class Pupil:
    """A record."""

    name: str
    number: str


COLUMNS = (Column[Pupil]("姓名", lambda p: p.name), Column[Pupil]("号", lambda p: p.number))
PUPILS = [Pupil("王甲", "001"), Pupil("王乙", "002"), Pupil("李丙", "003")]
BOARD = Board(
    "班级",
    ("打印", "登记"),
    (
        BoardRow(
            "a", "甲班", (Cell("3 / 3", State.DONE), Cell("1 / 3", State.IN_HAND, "还差两人"))
        ),
        BoardRow("b", "乙班", (Cell("0 / 3", State.NOT_YET), Cell("", None))),
    ),
)


def table(qtbot: QtBot, memory: Memory) -> RecordTable[Pupil]:
    """Return a table in sight."""
    made = RecordTable("名单", COLUMNS, memory)
    qtbot.addWidget(made)
    made.show()
    return made


def drag(made: RecordTable[Pupil], by: int) -> None:
    """Make the first column wider, as a person does."""
    header = made.view.horizontalHeader()
    edge = QPoint(header.sectionSize(0) - 1, header.height() // 2)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(by, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(by, 0))


def test_the_count_says_how_many_are_filtered_out(qtbot: QtBot, memory: Memory) -> None:
    made = table(qtbot, memory)
    made.set_records(PUPILS)
    assert made.count_text == "共 3 人"
    made.search("王")
    assert made.count_text == "共 3 人，筛选出 2 人"


def test_the_current_record_stays_current_when_the_filter_changes(
    qtbot: QtBot, memory: Memory
) -> None:
    made = table(qtbot, memory)
    made.set_records(PUPILS)
    made.view.selectRow(1)
    made.search("乙")
    assert made.current == PUPILS[1]
    made.search("")
    assert made.current == PUPILS[1]


def test_copying_takes_the_selected_rows_by_keyboard(qtbot: QtBot, memory: Memory) -> None:
    made = table(qtbot, memory)
    made.set_records(PUPILS)
    made.view.selectRow(2)
    made.view.setFocus()
    QTest.keyClick(made.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "姓名\t号\n李丙\t003\n"


def test_moved_columns_are_remembered(qtbot: QtBot, memory: Memory) -> None:
    made = table(qtbot, memory)
    made.view.horizontalHeader().moveSection(0, 1)
    again = table(qtbot, memory)
    assert again.view.horizontalHeader().visualIndex(0) == 1


def test_the_board_leads_on_by_key_and_by_click(qtbot: QtBot) -> None:
    board = BoardView("进度表")
    qtbot.addWidget(board)
    board.resize(600, 300)
    board.show_board(BOARD)
    board.show()
    chosen: list[tuple[str, int]] = []
    board.chosen.connect(lambda row, step: chosen.append((row, step)))
    QTest.keyClick(board, Qt.Key.Key_Down)
    QTest.keyClick(board, Qt.Key.Key_Return)
    where = board.visualRect(board.model().index(0, 1)).center()
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert chosen == [("b", 0), ("a", 1)]


def test_the_board_speaks_its_cells(qtbot: QtBot) -> None:
    board = BoardView("进度表")
    qtbot.addWidget(board)
    board.show_board(BOARD)
    index = board.model().index(0, 1)
    role = Qt.ItemDataRole
    assert board.model().data(index, role.AccessibleTextRole) == "甲班，登记：进行中，1 / 3"
    assert board.model().data(index, role.ToolTipRole) == "还差两人"


def test_the_error_panel_copies_everything(qtbot: QtBot) -> None:
    panel = ErrorPanel()
    qtbot.addWidget(panel)
    panel.tell(Failure("导出", "U盘满了。", "换一个。", "JC-112", "Traceback"))
    copy = next(b for b in panel.findChildren(QPushButton) if b.text() == "复制问题报告")
    copy.click()
    assert QGuiApplication.clipboard().text() == "导出\nU盘满了。\n换一个。\nJC-112\nTraceback"
    panel.dismiss()
    assert panel.isHidden()


def test_a_number_shows_itself_only_when_asked(qtbot: QtBot) -> None:
    number = MaskedNumber("420602200803150012")
    qtbot.addWidget(number)
    assert number.text == "420602 ******** 0012"
    button = number.findChild(QPushButton)
    assert button
    button.click()
    assert number.text == "420602 20080315 0012"
    number.set_number("11010519491231002X")
    assert number.text == "110105 ******** 002X"


def test_short_numbers_are_hidden_whole() -> None:
    assert masked("12345") == "*****"
    assert masked("") == ""
    assert grouped("H1234567") == "H1234567"


def test_chips_hand_on_what_is_chosen_once(qtbot: QtBot) -> None:
    chips = Chips([("all", "全部"), ("late", "迟交")])
    qtbot.addWidget(chips)
    heard: list[str] = []
    chips.chosen.connect(heard.append)
    chips.choose("late")
    chips.choose("late")
    chips.choose("nothing like it")
    assert (heard, chips.current) == (["late"], "late")


def test_a_narrow_legend_has_more_lines(qtbot: QtBot) -> None:
    bar = ProportionBar("结论")
    qtbot.addWidget(bar)
    bar.show_shares([Share("注册学籍", 90, State.DONE), Share("暂未注册", 10, State.NOT_YET)])
    assert bar.heightForWidth(60) > bar.heightForWidth(600)
    assert bar.accessibleName() == "结论：注册学籍 90，暂未注册 10"


def test_a_label_that_is_cut_says_so_and_tells_all_in_its_tip(qtbot: QtBot) -> None:
    text = "张秘书的电脑 · 席位 002 · 张秘书"
    made = ElidedLabel(text)
    qtbot.addWidget(made)
    made.resize(made.sizeHint().width(), 30)
    made.grab()
    assert (made.shown, made.toolTip()) == (text, "")
    made.resize(made.sizeHint().width() // 2, 30)
    made.grab()
    assert made.shown.endswith("…")
    assert made.toolTip() == text


def test_a_state_keeps_its_colour_in_a_chosen_row(qtbot: QtBot, memory: Memory) -> None:
    columns = [Column[str]("做到哪里", lambda text: text, state=lambda _text: State.DONE)]
    table = RecordTable("试一试", columns, memory)
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    table.set_records(["一行"])

    def coloured() -> int:
        picture = table.view.viewport().grab().toImage()
        wanted = QColor(current_look().palette.done)
        size = picture.size()
        places = product(range(size.width()), range(size.height()))
        return sum(picture.pixelColor(x, y) == wanted for x, y in places)

    before = coloured()
    table.choose("一行")
    assert before > 20
    assert coloured() == before


def test_columns_are_measured_at_the_rows_in_sight_alone(qtbot: QtBot, memory: Memory) -> None:
    asked: set[int] = set()

    def text(record: int) -> str:
        asked.add(record)
        return f"第{record}行"

    table = RecordTable("很长", [Column[int]("行", text), Column[int]("空", lambda _n: "")], memory)
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    table.set_records(range(5_000))
    asked.clear()
    table.resize(500, 200)
    table.view.grab()
    assert 0 < len(asked) < 20


def test_widths_that_were_kept_for_other_columns_are_not_taken(
    qtbot: QtBot, memory: Memory
) -> None:
    before = RecordTable("名单", (Column[Pupil]("旧的一列", lambda _p: ""), *COLUMNS), memory)
    qtbot.addWidget(before)
    before.show()
    fresh = before.view.columnWidth(0)
    drag(before, -20)
    made = table(qtbot, memory)
    made.set_records(PUPILS)
    assert made.view.horizontalHeader().count() == len(COLUMNS)
    assert made.view.columnWidth(0) >= fresh


def test_widths_that_the_room_gave_are_not_taken_for_those_of_a_person(
    qtbot: QtBot, memory: Memory
) -> None:
    columns = [Column[Pupil](f"第{place}栏", lambda p: p.name, width=8) for place in range(4)]
    made = RecordTable("名单", columns, memory)
    made.leave_columns_out()
    qtbot.addWidget(made)
    made.show()
    for width in (150, 200, 150):  # the last column in sight takes the rest, others are left out
        made.resize(width, 200)
        assert made.view.isColumnHidden(3)
    made.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    made.set_records([Pupil("买买提·艾买提", "004")])
    assert made.view.columnWidth(0) >= made.view.sizeHintForColumn(0)
    drag(made, 9)
    given = made.view.columnWidth(0)
    made.resize(150, 200)
    assert made.view.columnWidth(0) == given


def test_who_is_chosen_stays_chosen_when_a_header_sorts(qtbot: QtBot, memory: Memory) -> None:
    made = table(qtbot, memory)
    made.set_records(PUPILS)
    made.view.selectRow(0)
    made.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [made.model.record(row) for row in range(3)] == PUPILS[::-1]
    assert made.current == PUPILS[0]
    assert made.selected == [PUPILS[0]]


def test_the_last_column_in_sight_takes_the_rest_and_that_is_no_persons_wish(
    qtbot: QtBot, memory: Memory
) -> None:
    columns = tuple(Column[Pupil](f"栏{n}", lambda p: p.name, width=8) for n in range(5))
    made = RecordTable("宽窄", columns, memory)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    made.view.setColumnHidden(4, True)  # as where there is no room for it
    last = max(n for n in range(5) if not made.view.isColumnHidden(n))
    made.view.setColumnWidth(last, 300)  # as the header does where there is more room
    assert memory.state("columns/宽窄/5").isEmpty()
    drag(made, 9)
    assert not memory.state("columns/宽窄/5").isEmpty()
