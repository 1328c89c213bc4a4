"""A form asks what its draft is to be asked, and nothing else."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.views.wizards.step_pages import Field, FormStep, Kind


@dataclass(frozen=True)
class Place:
    """What becomes of a place, and until when."""

    kind: str = "given_up"
    until: str = ""


KIND = Field("kind", "结论", kind=Kind.CHOICE, options=(("given_up", "放弃"), ("kept", "保留")))
UNTIL = Field("until", "保留到", asked=lambda place: bool(place.kind == "kept"))


def form_of(qtbot: QtBot, *fields: Field) -> FormStep:
    form = FormStep("怎样？", "", fields)
    qtbot.addWidget(form)
    form.show()
    return form


def test_a_field_is_asked_where_the_draft_says_so(qtbot: QtBot) -> None:
    form = form_of(qtbot, UNTIL)
    form.show_draft(Place())
    assert not form.field("until").isVisible()
    form.show_draft(Place("kept", "2028-09-01"))
    assert form.field("until").isVisible()
    assert form.take(Place("kept")) == Place("kept", "2028-09-01")
    # what was typed for a place that is kept is not said of one that is given up
    assert form.take(Place("given_up", "2028-09-01")) == Place()


def test_a_choice_on_the_same_form_brings_a_field_in(qtbot: QtBot) -> None:
    form = form_of(qtbot, KIND, UNTIL)
    form.show_draft(Place())
    box = form.field("kind")
    assert isinstance(box, QComboBox)
    assert not form.field("until").isVisible()
    form.fill(kind="kept", until="2028-09-01")
    assert form.field("until").isVisible()
    assert form.take(Place()) == Place("kept", "2028-09-01")
    form.fill(kind="given_up")
    assert not form.field("until").isVisible()
    assert form.take(Place()) == Place()
