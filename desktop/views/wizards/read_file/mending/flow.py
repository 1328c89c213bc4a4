"""The steps up to a mended list as data, for the wizard that has them."""

from collections.abc import Mapping
from typing import Any

from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Step
from desktop.views.wizards.read_file.mending.acts import open_file, read_columns
from desktop.views.wizards.read_file.mending.columns_step import ColumnsStep
from desktop.views.wizards.read_file.mending.draft import COLUMNS, FILE, MEND
from desktop.views.wizards.read_file.mending.file_step import FileStep
from desktop.views.wizards.read_file.mending.mend_step import MendStep


def mending_steps(desk: Desk) -> Mapping[str, Step[Any]]:
    """Return the steps; the draft of their wizard has a field ``mend``."""
    return {
        FILE: Step(tr("选文件"), lambda: FileStep(desk), desk.act(open_file), reads=True),
        COLUMNS: Step(tr("认栏目"), ColumnsStep, desk.act(read_columns), reads=True),
        MEND: Step(tr("改问题"), lambda: MendStep(desk)),
    }
