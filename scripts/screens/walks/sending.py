"""A secretary sends what was signed; and what every window has: search, jump, errors, lock."""

from desktop.views.frame.closing import ClosingDialog
from desktop.views.frame.jump import Jump
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.pages.help.page import HelpPage
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.runner import Failure
from desktop.views.sticks import Stick
from desktop.views.wizards.place_step import PlaceStep
from scripts.screens.seat import Seat, press
from scripts.screens.stages import SIGNED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way

_GIGA = 1 << 30
_FAILURE = Failure(
    "正在导出",
    "U盘“KINGSTON”已经写满，报送包没有写完整。",
    "请删除U盘上不用的文件，或换一个U盘，再导出一次。",
    "JC-112",
    "正在导出\nStickFull: KINGSTON (E:/)\n需要 4.2 MB，可用 0.3 MB",
)


def send(way: Way) -> Sights:
    """Export with what can go wrong, then the frame."""
    seat = way.seat(way.demo(SIGNED), "college-01")
    seat.open(ExchangePage).export()
    yield "export-round", seat.wizard
    yield "export-content", seat.go_on()
    yield "export-place", seat.go_on()
    _plug_in(seat, way)
    yield "export-stick", seat.wizard
    fill(seat.wizard, folder=str(way.place / "拔掉的U盘"))
    seat.go_on()
    yield "export-failed", seat.go_on()
    seat.wizard.go_back()
    fill(seat.wizard, folder=str(way.stick()))
    yield "export-confirm", seat.go_on()
    yield "export-done", seat.go_on()
    seat.go_on()
    yield from _frame(seat)
    seat.close()


def _plug_in(seat: Seat, way: Way) -> None:
    """Let sticks be found, one of which can not be written."""
    step = seat.wizard.page
    if isinstance(step, PlaceStep):
        step.found = lambda: (
            Stick(way.stick(), "KINGSTON", 3 * _GIGA, read_only=False),
            Stick(way.place / "备份", "教务处", 7 * _GIGA, read_only=True),
        )
        step.box.look()
    seat.settle()


def _frame(seat: Seat) -> Sights:
    window, shell = seat.window, seat.shell
    seat.open(WorkbenchPage)
    window.activateWindow()
    shell.header.search.setFocus()
    shell.header.search.setText("王")
    seat.settle()
    yield "search", window
    shell.header.search.clear()
    shell.jump()
    jump = seat.dialog(Jump)
    jump.line.setText("签")
    yield "jump", jump
    seat.put_away()
    shell.errors.tell(_FAILURE)
    yield "error", window
    press(shell.errors, "详细信息")
    yield "error-details", window
    shell.errors.dismiss()
    seat.open(HelpPage, "JC-112")
    yield "help-code", window
    window.lock()
    yield "locked", window
    window.unlock()
    closing = ClosingDialog(shell.desk.runner, window)
    closing.tell_how_far(40, 100)
    closing.open()
    yield "closing", closing
    closing.finish()
