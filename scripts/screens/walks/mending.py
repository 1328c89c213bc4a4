"""The registrar mends a list that an office has brought."""

from pathlib import Path

from desktop.domain.id_numbers import check_character
from desktop.views.dialogs.character_finder import CharacterFinder
from desktop.views.pages.imports.page import ImportsPage
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.mending.mend_step import MendStep
from desktop.views.wizards.read_file.mending.reason import ReasonDialog
from scripts.screens.seat import Seat
from scripts.screens.waiting import until
from scripts.screens.walks.way import Sights, Way

_HEADER = ("考生号", "姓名", "性别", "出生日期", "身份证号", "民族", "院部", "班级", "联系电话")
_FAULTS = {  # of the student's place: the column, and what the office wrote there
    0: (1, "陈思?"),
    1: (5, "士家族"),
    2: (2, "男"),
    3: (1, ""),
    4: (3, "20080832"),
    5: (5, "士家族"),
    6: (4, "42060220080924009"),
}
_NAMES = ("陈思", "王浩然", "李雨桐", "孙梦洁", "赵子轩", "周欣怡", "吴俊杰", "郑晓彤", "冯嘉豪")


def mend_a_list(seat: Seat, way: Way) -> Sights:
    """Choose a list, let a row in, find a character."""
    seat.open(ImportsPage).read_file()
    page = seat.wizard.page
    if not isinstance(page, FileStep):
        raise TypeError("it does not begin with the file")
    page.fill(str(_written(way.stick())))
    seat.settle()
    mending = seat.go_on().page
    if not isinstance(mending, MendStep):
        raise TypeError("nothing is to be mended")
    yield "lists-mend", seat.wizard  # of more than the walk before has come by
    _go_to(mending, "id-sex-mismatch")
    mending.let_in()
    asking = seat.dialog(ReasonDialog)
    asking.line.setText("已与招生工作处核对")
    yield "mend-reason", asking
    asking.reject()
    _go_to(mending, "name-placeholder")
    mending.find_character()
    finder = seat.dialog(CharacterFinder)
    finder.reading.setText("han2")
    finder.reading.textEdited.emit("han2")
    until(lambda: finder.list.count() > 0)
    yield "find-character", finder
    finder.reject()
    seat.wizard.reject()
    seat.settle()


def _written(folder: Path) -> Path:
    """Write the list as the office has brought it: a slip in most of its rows."""
    path = folder / "护理2609班补录名单.csv"
    lines: list[tuple[str, ...]] = [_HEADER]
    for place, name in enumerate(_NAMES):
        born = f"2008{place + 1:02d}{3 * place + 2:02d}"
        number = f"420602{born}{2 * place + 40:03d}"  # even: a woman's
        cells = [f"2642060188{place:04d}", name, "女", born, number + check_character(number)]
        cells += ["汉族", "医学院", "护理2609班", f"138000000{place:02d}"]
        if place in _FAULTS:
            column, text = _FAULTS[place]
            cells[column] = text
        lines.append(tuple(cells))
    path.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    return path


def _go_to(page: MendStep, code: str) -> None:
    """Make the first problem of a kind the one in hand."""
    for row in page.mending.rows:
        for one in row.open_problems:
            if one.problem.code == code:
                page.grid.go_to(row.place, one.field)
                return
    raise LookupError(code)
