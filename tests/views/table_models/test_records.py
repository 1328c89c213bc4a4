"""The model over records: filter, order, and what the clipboard gets."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.views.table_models.clipboard import rows_as_mime
from desktop.views.table_models.columns import Align, Column
from desktop.views.table_models.records import RecordModel


class Pupil(NamedTuple):
    """A record."""

    name: str
    number: int


COLUMNS = (
    Column[Pupil]("姓名", lambda p: p.name),
    Column[Pupil]("号", lambda p: str(p.number), lambda p: p.number, Align.RIGHT),
)
PUPILS = [Pupil("王甲", 10), Pupil("王乙", 9), Pupil("李甲", 100)]
pytestmark = pytest.mark.usefixtures("qapp")


def names(model: RecordModel[Pupil]) -> list[str]:
    """Return the names in sight, in order."""
    return [model.record(row).name for row in range(model.rowCount())]


def test_every_word_must_be_found() -> None:
    model = RecordModel(COLUMNS)
    model.set_records(PUPILS)
    model.search("王 甲")
    assert names(model) == ["王甲"]
    assert model.total == 3
    model.search("")
    assert names(model) == ["王甲", "王乙", "李甲"]


def test_a_condition_and_a_search_hold_together() -> None:
    model = RecordModel(COLUMNS)
    model.set_records(PUPILS)
    model.search("甲")
    model.want(lambda p: p.number > 50)
    assert names(model) == ["李甲"]


def test_numbers_sort_as_numbers_and_back_again() -> None:
    model = RecordModel(COLUMNS)
    model.set_records(PUPILS)
    model.sort(1)
    assert names(model) == ["王乙", "王甲", "李甲"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["李甲", "王甲", "王乙"]
    model.sort(-1)
    assert names(model) == ["王甲", "王乙", "李甲"]


PUPIL_LISTS = st.lists(st.builds(Pupil, st.text("王李张", max_size=3), st.integers(0, 5)))


@given(PUPIL_LISTS, st.text("王李"))
def test_what_is_shown_is_what_a_plain_filter_finds(pupils: list[Pupil], word: str) -> None:
    model = RecordModel(COLUMNS)
    model.set_records(pupils)
    model.sort(1)
    model.search(word)
    wanted = [p for p in sorted(pupils, key=lambda p: p.number) if word in f"{p.name}\n{p.number}"]
    assert [model.record(row) for row in range(model.rowCount())] == wanted


@given(PUPIL_LISTS, PUPIL_LISTS, st.permutations(("records", "search", "want", "sort")))
def test_in_whatever_order_it_is_told_it_shows_the_same(
    before: list[Pupil], pupils: list[Pupil], order: list[str]
) -> None:
    model = RecordModel(COLUMNS)
    model.set_records(before)
    acts = {
        "records": lambda: model.set_records(pupils),
        "search": lambda: model.search("王"),
        "want": lambda: model.want(lambda pupil: pupil.number > 1),
        "sort": lambda: model.sort(1, Qt.SortOrder.DescendingOrder),
    }
    for act in order:
        acts[act]()
    wanted = [pupil for pupil in pupils if "王" in pupil.name and pupil.number > 1]
    wanted.sort(key=lambda pupil: pupil.number, reverse=True)
    assert [model.record(row) for row in range(model.rowCount())] == wanted


def test_capitals_make_no_difference() -> None:
    model = RecordModel(COLUMNS)
    model.set_records([Pupil("Aygul", 1), Pupil("王x", 2)])
    model.search("AYG")
    assert names(model) == ["Aygul"]
    model.search("X")
    assert names(model) == ["王x"]


def test_the_model_keeps_the_rules_of_qt() -> None:
    model = RecordModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_records(PUPILS)
    model.search("王")
    model.sort(0)
    assert tester.model() is model


def test_the_clipboard_gets_text_that_excel_leaves_alone() -> None:
    columns = (Column[Pupil]("号", lambda p: str(p.number), copied=lambda _p: "0012<\n3"),)
    mime = rows_as_mime(columns, PUPILS[:1])
    assert mime.text() == "号\n0012< 3\n"
    assert "mso-number-format:'\\@'" in mime.html()
    assert "0012&lt;\n3</td>" in mime.html()
