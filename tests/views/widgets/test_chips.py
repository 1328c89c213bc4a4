"""Filters that show nothing stand aside and leave no gap."""

from pytestqt.qtbot import QtBot

from desktop.views.widgets.chips import Chips


def test_filters_that_are_not_wanted_leave_no_gap(qtbot: QtBot) -> None:
    chips = Chips([("a", "甲"), ("b", "乙"), ("c", "丙")])
    qtbot.addWidget(chips)
    chips.resize(600, 40)
    chips.show()
    qtbot.waitExposed(chips)
    first, second, third = (chips.chip(id_) for id_ in "abc")
    before = third.x()
    chips.show_only(["a", "c"])
    qtbot.waitUntil(lambda: third.x() < before)
    assert third.x() == second.x()
    assert first.isVisible()
    assert not second.isVisible()


def test_the_chosen_filter_stays_in_sight(qtbot: QtBot) -> None:
    chips = Chips([("a", "甲"), ("b", "乙")])
    qtbot.addWidget(chips)
    chips.show()
    chips.show_only(["b"])
    assert chips.chip("a").isVisible()
    chips.choose("b")
    chips.show_only(["b"])
    assert not chips.chip("a").isVisible()
