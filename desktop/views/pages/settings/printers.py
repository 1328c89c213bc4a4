"""Printers: for each paper the printer, the tray and the sides with which its dialog begins."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from desktop.views.desk import Desk
from desktop.views.dialogs import printing
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.settings.topic import Topic, card
from desktop.views.printer_choice import (
    PAPER_TITLES,
    SIDES_TITLES,
    TRAY_TITLES,
    Paper,
    PrinterChoice,
    Sides,
    Tray,
    keep_choice,
    remembered_choice,
)
from desktop.views.widgets.texts import label

_LETTERS = 12  # how many a box shows; its list shows all
_NONE = tr("这台电脑没有装打印机。请先在系统里装好打印机，再回到这里选。")
_SYSTEM = tr("默认打印机")
_HINT = tr(
    "打印时的窗口先按这里的选择填好，仍可以改。"
    "纸盒的叫法各种打印机不同，不对时在打印窗口的“属性”里选。"
)


class PrintersTopic(Topic):
    """Two rows for each paper on one card; what is chosen is kept at once."""

    ID, TITLE = "printers", tr("打印")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.none = label(_NONE, "strong", wraps=True)
        self.gone = label("", "strong", wraps=True)
        for sentence in (self.none, self.gone):
            sentence.hide()  # until the system has told its printers
        self.papers = {paper: _Boxes(paper, self._keep) for paper in Paper}
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(t.MEDIUM)
        grid.setVerticalSpacing(t.SMALL)
        for place, (paper, boxes) in enumerate(self.papers.items()):
            boxes.lay_out(grid, 2 * place, PAPER_TITLES[paper])
        grid.setColumnStretch(5, 1)
        hint = label(_HINT, "quiet", wraps=True)
        self.column.addWidget(card(tr("各种材料怎么打印"), hint, self.none, self.gone, rows))
        self.column.addStretch()

    def refresh(self) -> None:
        """Ask the system again which printers it has; those in a network let it wait."""
        self.desk.run(
            lambda _session, _progress: printing.printer_names(),
            self._show,
            self.failed.emit,
            owner=self,
            title=tr("正在查看打印机"),
        )

    def _show(self, names: list[str]) -> None:
        choices = {paper: remembered_choice(self.desk.memory, paper) for paper in Paper}
        for paper, boxes in self.papers.items():
            boxes.show_choice(choices[paper], names)
        gone = sorted({c.printer for c in choices.values()} - {"", *names})
        self.none.setVisible(not names)
        self.gone.setText(_gone_sentence(gone))
        self.gone.setVisible(bool(names and gone))

    def _keep(self, paper: Paper, choice: PrinterChoice) -> None:
        keep_choice(self.desk.memory, paper, choice)
        self.said.emit(tr("打印{title}的选择已改，下次打印就是这样。", title=PAPER_TITLES[paper]))


class _Boxes:
    """The three boxes of one paper."""

    def __init__(self, paper: Paper, keep: Callable[[Paper, PrinterChoice], None]) -> None:
        self._paper, self._keep = paper, keep
        title = PAPER_TITLES[paper]
        self.printer = _box(tr("{title}：打印机", title=title), [("", _SYSTEM)])
        self.tray = _box(tr("{title}：纸盒", title=title), _items(TRAY_TITLES))
        self.sides = _box(tr("{title}：单双面", title=title), _items(SIDES_TITLES))
        for box in (self.printer, self.tray, self.sides):
            box.activated.connect(self._take)

    def lay_out(self, grid: QGridLayout, row: int, title: str) -> None:
        """Place the printer in a row, which takes its long name, and tray and sides below it."""
        grid.addWidget(label(title, "strong"), row, 0)
        grid.addWidget(_called(tr("打印机"), self.printer), row, 1)
        grid.addWidget(self.printer, row, 2, 1, 3)
        grid.addWidget(_called(tr("纸盒"), self.tray), row + 1, 1)
        grid.addWidget(self.tray, row + 1, 2)
        grid.addWidget(_called(tr("单双面"), self.sides), row + 1, 3)
        grid.addWidget(self.sides, row + 1, 4)

    def show_choice(self, choice: PrinterChoice, names: list[str]) -> None:
        """Show what is chosen, and offer the printers that there are."""
        self.printer.clear()
        for name, title in {"": _SYSTEM, **{name: name for name in names}}.items():
            self.printer.addItem(title, name)
        if choice.printer and choice.printer not in names:
            self.printer.addItem(
                tr("{printer}（现在没有）", printer=choice.printer), choice.printer
            )
        for box, chosen in (
            (self.printer, choice.printer),
            (self.tray, choice.tray),
            (self.sides, choice.sides),
        ):
            box.setCurrentIndex(max(box.findData(str(chosen)), 0))

    def _take(self) -> None:
        choice = PrinterChoice(
            self.printer.currentData(),
            Tray(self.tray.currentData()),
            Sides(self.sides.currentData()),
        )
        self._keep(self._paper, choice)


def _gone_sentence(printers: Sequence[str]) -> str:
    named = "、".join(f"“{printer}”" for printer in printers)
    return (
        tr("打印机{named}现在不在这台电脑上，打印时会先问，再改用别的。", named=named)
        if named
        else ""
    )


def _items(titles: Mapping[Tray, str] | Mapping[Sides, str]) -> list[tuple[str, str]]:
    return [(choice.value, title) for choice, title in titles.items()]


def _called(title: str, box: QComboBox) -> QLabel:
    made = label(title, "quiet")
    made.setBuddy(box)
    return made


def _box(name: str, items: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, title in items:
        box.addItem(title, value)
    box.setMinimumContentsLength(_LETTERS)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
