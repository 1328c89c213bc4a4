"""Letting held-back rows in: what is missing, and what is said, without a window."""

from dataclasses import replace

from desktop.domain.import_problems import ImportProblem, RosterRow, Severity
from desktop.procedures.held_rows import HeldRow
from desktop.views.wizards.admit_rows.draft import (
    confirm_sentences,
    done_sentences,
    draft_of,
    field_order,
    problems,
    rows_of,
)
from tests.conftest import identity

ROW = RosterRow("新生名单", 7, replace(identity(3), exam_number=""), "医学院", "护理2601班")
HELD = HeldRow("f" * 64, "名单.xlsx", ROW, ())


def test_a_single_row_can_be_mended_and_keeps_its_place() -> None:
    draft = replace(draft_of("r", [HELD]), exam_number="26420600000003", reason="已核对")
    assert problems(draft) == {}
    ((source, row),) = rows_of(draft)
    assert source == HELD.source
    assert (row.sheet, row.row, row.identity) == ("新生名单", 7, identity(3))
    said = confirm_sentences(draft)
    assert "考生号：文件里是“（空）”，改正为“26420600000003”。" in said


def test_what_is_wrong_is_asked_first_then_the_reason() -> None:
    problem = ImportProblem("新生名单", 7, "民族", "火星族", "code", Severity.ERROR, "。")
    order = field_order(draft_of("r", [replace(HELD, problems=(problem,))]))
    assert order[:3] == ("ethnicity", "reason", "name")
    assert len(set(order)) == len(order) == 15


def test_what_is_missing_is_said_beside_its_field() -> None:
    bare = replace(
        draft_of("r", [HELD]), name="", class_name="", id_number="", student_number="", reason=""
    )
    assert set(problems(bare)) == {"name", "class_name", "exam_number", "reason"}


def test_several_rows_come_as_they_stand() -> None:
    other = HeldRow("e" * 64, "名单2.xlsx", replace(ROW, row=8), ())
    draft = replace(draft_of("r", [HELD, other]), reason="已核对")
    assert problems(draft) == {}
    assert rows_of(draft) == [(HELD.source, ROW), (other.source, other.row)]
    assert "收入 2 行" in confirm_sentences(draft)[0]
    assert done_sentences(draft) == ("收入名单 0 人。",)
