"""Filling in a wizard's page by the names of its draft's fields, whatever the page is made of."""

from typing import Any

from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import ChoiceStep, FormStep


def fill(wizard: Wizard[Any], **values: str) -> None:
    """Fill in the page in sight."""
    page = wizard.page
    if isinstance(page, ChoiceStep):
        (value,) = values.values()
        page.choose(value)
    elif isinstance(page, PlaceStep):
        (folder,) = values.values()
        page.fill(folder)
    elif isinstance(page, FormStep):
        page.fill(**values)
        page.changed.emit()
    else:
        raise TypeError(f"{type(page).__name__} has no fields")
