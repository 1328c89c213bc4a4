"""What the student's page says, without a window: filters, changes, masked numbers."""

from dataclasses import replace

import pytest

from desktop.domain.histories import Attached, HistoryEntry
from desktop.views.pages.student.telling import (
    ALL,
    FILTERS,
    UNCOUNTED,
    Line,
    counts,
    entry_text,
    group_of,
    lines_of,
)

ID = "420602200803020021"
ENTRY = HistoryEntry(
    at="2026-09-20 10:00",
    office="信息技术学院",
    seat="002",
    operator="张老师",
    title="学籍信息",
    told=(("姓名", "王小乙"), ("身份证号", ID)),
    reason="户口簿为准",
    evidence=(Attached("0" * 64, "户口簿.pdf"),),
    source="在本席位登记",
    uncounted="",
    round="",
    aspect="identity",
    before={"姓名": "王小已"},
)


def test_what_changed_says_what_it_was() -> None:
    name, _number = lines_of(ENTRY, revealed=True)
    assert name == Line("姓名", "王小乙", "王小已")
    assert name.plain == "姓名：由“王小已”改为“王小乙”"


def test_an_id_number_shows_its_ends_until_asked() -> None:
    assert ID not in entry_text(ENTRY, revealed=False)
    assert "420602 ******** 0021" in entry_text(ENTRY, revealed=False)
    assert ID in entry_text(ENTRY, revealed=True)


@pytest.mark.parametrize("number", [ID, "G12345678"], ids=["resident", "passport"])
def test_a_correction_of_a_number_is_masked_too(number: str) -> None:
    told = (("更正项目", "身份证号"), ("原来的内容", number), ("更正后的内容", number))
    entry = replace(ENTRY, aspect="correction", told=told, before={})
    assert number not in entry_text(entry, revealed=False)
    assert "更正项目：身份证号" in entry_text(entry, revealed=False)
    assert number in entry_text(entry, revealed=True)


def test_a_number_inside_a_sentence_is_masked() -> None:
    entry = replace(ENTRY, told=(("备注", f"原号{ID}，已变更"),), before={})
    assert ID not in entry_text(entry, revealed=False)


def test_every_statement_stands_under_one_filter() -> None:
    aspects = ("identity", "placement", "sheet", "correction", "registration", "office")
    history = [replace(ENTRY, aspect=aspect) for aspect in aspects]
    history[2] = replace(history[2], uncounted="所在的报送包已被撤回，不计入。")
    found = counts(history)
    assert found[ALL] == len(history)
    assert found[UNCOUNTED] == 1
    assert sum(found.values()) == 2 * len(history) + 1
    assert {group_of(entry) for entry in history} <= {id_ for id_, _ in FILTERS}
