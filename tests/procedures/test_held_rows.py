"""Rows that were held back, by kind: what one answer may let in, and what it may not."""

from dataclasses import replace

from desktop.domain.import_problems import ImportProblem, RosterRow, Severity
from desktop.interchange.problems import SEVERITIES
from desktop.procedures.imports.held_rows import (
    KIND_TITLES,
    OF_THE_SHEET,
    HeldRow,
    admissible_at_once,
    of_kind,
)
from tests.conftest import identity

DIFFERS, ETHNICITY, CHECKSUM = "id-birth-mismatch", "code-unknown", "id-checksum"


def held(row: int, *codes: str) -> HeldRow:
    """Return a row with problems of these kinds."""
    place = RosterRow("新生名单", row, identity(row), "医学院", "护理2601班")
    problems = tuple(
        ImportProblem("新生名单", row, "栏", "值", code, SEVERITIES[code], "说明。")
        for code in codes
    )
    return HeldRow("f" * 64, "名单.xlsx", place, problems)


def test_one_answer_lets_in_what_asks_that_question_alone() -> None:
    alone, noted = held(2, DIFFERS), held(3, DIFFERS, "name-space")
    twice, wrong, other = (
        held(4, DIFFERS, ETHNICITY),
        held(5, DIFFERS, CHECKSUM),
        held(6, ETHNICITY),
    )
    rows = (alone, noted, twice, wrong, other)
    assert of_kind(rows, DIFFERS) == (alone, noted, twice, wrong)
    assert admissible_at_once(rows, DIFFERS) == (alone, noted)
    assert admissible_at_once(rows, ETHNICITY) == (other,)


def test_no_error_is_let_in_at_once() -> None:
    errors = [code for code, severity in SEVERITIES.items() if severity is Severity.ERROR]
    assert errors
    for code in errors:
        assert admissible_at_once([held(2, code)], code) == ()


def test_a_row_that_lacks_something_or_stands_under_an_unclear_header_is_looked_at() -> None:
    lacking = held(2, DIFFERS)
    lacking = replace(lacking, row=lacking.row._replace(class_name=""))
    assert admissible_at_once([lacking], DIFFERS) == ()
    header = held(3)
    assert header.kinds == (OF_THE_SHEET,)
    assert admissible_at_once([header], OF_THE_SHEET) == ()


def test_every_kind_that_holds_a_row_back_has_a_title() -> None:
    of_a_file = {"file-unreadable", "file-encrypted", "wrong-kind", "header-missing"}
    held_back = {code for code, severity in SEVERITIES.items() if severity is not Severity.NOTE}
    assert held_back - of_a_file <= KIND_TITLES.keys()
