"""A wizard of the steps up to a mended list alone, on the registrar's seat of the small school."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.views.frame.window import MainWindow
from desktop.views.runner import Runner
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
from tests.views.conftest import idle


@dataclass(frozen=True)
class Only:
    """A draft of these steps alone."""

    mend: MendDraft = field(default_factory=MendDraft)


class Reading:
    """The wizard, walked as a person would."""

    def __init__(self, window: MainWindow, qtbot: QtBot, runner: Runner) -> None:
        assert window.shell is not None
        self.desk, self.qtbot, self.runner = window.shell.desk, qtbot, runner
        self.parent = window
        self.wizard = self._open()

    def again(self) -> None:
        """Close the wizard and open it anew."""
        if isValid(self.wizard):  # it closes by itself after its last step
            self.wizard.close()
        self.wizard = self._open()

    def choose(self, path: Path, kind: str = "") -> FileStep:
        """Choose a file, and wait until it was looked at."""
        page = self.wizard.page
        assert isinstance(page, FileStep)
        page.fill(str(path), kind)
        idle(self.qtbot, self.runner)
        return page

    def go_on(self) -> str:
        """Press the button, wait until it is done, and return the step in sight."""
        self.wizard.go_on()
        idle(self.qtbot, self.runner)
        return self.wizard.step

    @property
    def mend(self) -> MendDraft:
        """What was collected so far."""
        draft = self.wizard.draft
        assert isinstance(draft, Only)
        return draft.mend

    def _open(self) -> Wizard[Only]:
        desk = self.desk
        flow = Flow[Only](
            title="读入名单",
            steps={
                FILE: Step("选文件", lambda: FileStep(desk), desk.act(open_file), reads=True),
                COLUMNS: Step("认栏目", ColumnsStep, desk.act(read_columns), reads=True),
                MEND: Step("改问题", lambda: MendStep(desk)),
            },
            first=FILE,
            next_step=lambda step, draft: next_mending_step(step, draft.mend),
            problems=lambda step, draft: mending_problems(step, draft.mend),
            guide="读入名单",
            roomy=True,
        )
        wizard = Wizard(flow, Only(), self.runner, self.parent)
        wizard.show()
        return wizard


@pytest.fixture
def reading(window: MainWindow, qtbot: QtBot, runner: Runner) -> Callable[[], Reading]:
    """Open the wizard; what is open at the end closes with the window."""
    return lambda: Reading(window, qtbot, runner)
