"""Walking a wizard that a page has opened, as a person would."""

from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.views.runner import Runner
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import FormStep, SummaryStep
from tests.views.conftest import idle


class Walk:
    """The wizard that stands open over a page."""

    def __init__(self, page: QWidget, qtbot: QtBot, runner: Runner) -> None:
        idle(qtbot, runner)
        self.qtbot, self.runner = qtbot, runner
        self.wizard: Wizard[Any] = page.findChildren(Wizard)[-1]

    def fill(self, **texts: str) -> None:
        """Fill the form in sight in, and go on."""
        if isinstance(self.wizard.page, PlaceStep):
            (folder,) = texts.values()
            self.wizard.page.fill(folder)
        else:
            assert isinstance(self.wizard.page, FormStep)
            self.wizard.page.fill(**texts)
        self.go_on()

    def go_on(self) -> None:
        """Press the button, and wait until it is done."""
        self.wizard.go_on()
        idle(self.qtbot, self.runner)

    @property
    def step(self) -> str:
        """The step in sight."""
        return self.wizard.step

    @property
    def sentences(self) -> str:
        """What the summary in sight says."""
        assert isinstance(self.wizard.page, SummaryStep)
        return "\n".join(self.wizard.page.sentences_of(self.wizard.draft))
