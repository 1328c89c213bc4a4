"""The registrar mends a list that an office has brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.views.desk import Desk
from desktop.views.dialogs.character_finder import CharacterFinder
from desktop.views.wizards.frame import Flow, Step, Wizard
from desktop.views.wizards.read_file.mending.acts import open_file, read_columns
from desktop.views.wizards.read_file.mending.columns_step import ColumnsStep
from desktop.views.wizards.read_file.mending.draft import (
    COLUMNS,
    FILE,
    MEND,
    MendDraft,
    mending_problems,
    next_mending_step,
)
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.mending.mend_step import MendStep
from desktop.views.wizards.read_file.mending.reason import ReasonDialog
from scripts.screens.seat import Seat
from scripts.screens.waiting import until
from scripts.screens.walks.way import Sights, Way

_HEADER = "考生号,姓名,性别,出生日期,身份证号,民族,院部,专业名称,班级,联系电话"
_ROWS = (
    "26420601880001,陈思?,女,20080214,420602200802140027,汉族,医学院,护理,护理2609班,13800000001",
    "26420601880002,王浩然,男,20080305,420602200803050032,土家,医学院,护理,护理2609班,13800000002",
    "26420601880003,李雨桐,男,20080517,420602200805170041,汉族,医学院,护理,护理2609班,13800000003",
    "26420601880004,,男,20080628,420602200806280059,苗族,医学院,护理,护理2609班,13800000004",
    "26420601880005,赵子轩,男,20080713,420602200807130067,汉族,医学系,护理,护理2609班,13800000005",
    "26420601880006,周欣怡,女,20080832,420602200808190088,士家族,医学院,护理,护理2609班,138",
    "26420601880007,吴俊杰,男,20080924,420602200809240095,汉族,医学院,护理,护理2609班,",
)


@dataclass(frozen=True)
class _Draft:
    mend: MendDraft = field(default_factory=MendDraft)


def mend_a_list(seat: Seat, way: Way) -> Sights:
    """Choose a list, let a row in, find a character."""
    wizard = Wizard(_flow(seat.shell.desk), _Draft(), seat.shell.desk.runner, seat.window)
    wizard.show()
    page = seat.wizard.page
    if not isinstance(page, FileStep):
        raise TypeError("it does not begin with the file")
    page.fill(str(_written(way.stick())))
    seat.settle()
    mending = seat.go_on().page
    if not isinstance(mending, MendStep):
        raise TypeError("nothing is to be mended")
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
    wizard.reject()
    seat.settle()


def _written(folder: Path) -> Path:
    """Write the list as the office has brought it."""
    path = folder / "护理2609班补录名单.csv"
    path.write_text("\n".join((_HEADER, *_ROWS)), encoding="utf-8")
    return path


def _go_to(page: MendStep, code: str) -> None:
    """Make the first problem of a kind the one in hand."""
    for row in page.mending.rows:
        for one in row.open_problems:
            if one.problem.code == code:
                page.grid.go_to(row.place, one.field)
                return
    raise LookupError(code)


def _flow(desk: Desk) -> Flow[_Draft]:
    steps: Mapping[str, Step[Any]] = {
        FILE: Step("选文件", lambda: FileStep(desk), desk.act(open_file), reads=True),
        COLUMNS: Step("认栏目", ColumnsStep, desk.act(read_columns), reads=True),
        MEND: Step("改问题", lambda: MendStep(desk)),
    }
    return Flow(
        title="读入文件",
        guide="读入文件",
        first=FILE,
        next_step=lambda step, draft: next_mending_step(step, draft.mend),
        problems=lambda step, draft: mending_problems(step, draft.mend),
        roomy=True,
        steps=steps,
    )
