"""Signature sheets: numbers that show a slip of the pen, digests, and pages that are void."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.papers import SheetRow
from desktop.domain.sheets import (
    MARK_TITLES,
    Mark,
    NotedCorrection,
    PrintedRow,
    Sheet,
    noted_by_row,
    page_digest,
    read_scan,
    row_digest,
    rows_from_text,
    rows_to_text,
    sheet_number,
    sheet_number_valid,
    void_rows,
)
from desktop.printing.marks import qr_text

SEATS = st.integers(0, 999).map("{:03d}".format)
NUMBERS = st.builds(sheet_number, SEATS, st.integers(0, 99_999))
DIGITS = "0123456789"
CLASS = "class:1"
OTHER_CLASS = "class:2"
NUMBER = sheet_number("002", 1)
OTHER_NUMBER = sheet_number("002", 2)
ROW = SheetRow("student:1", 1, "20260001", "王小明", "男", "420602200803010013", "软件技术")
SECOND = SheetRow("student:2", 2, "20260002", "李小红", "女", "420602200803020022", "软件技术")
PRINTED = tuple(
    PrintedRow(page, row.number, row.student, row_digest(CLASS, row))
    for page, row in ((1, ROW), (2, SECOND))
)
SHEET = Sheet(NUMBER, "r", CLASS, 2, page_digest(PRINTED), PRINTED, "2026-09-20T08:00+08:00")
NOW = {row.student: (CLASS, row) for row in (ROW, SECOND)}


# --- numbers -------------------------------------------------------------------------------------


@given(NUMBERS)
def test_a_number_as_printed_is_valid(number: str) -> None:
    assert sheet_number_valid(number)


@given(NUMBERS, st.data())
def test_any_single_digit_that_is_misread_shows(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, c in enumerate(number) if c in DIGITS]))
    digit = data.draw(st.sampled_from([d for d in DIGITS if d != number[place]]))
    assert not sheet_number_valid(number[:place] + digit + number[place + 1 :])


@given(NUMBERS, st.data())
def test_two_neighbouring_digits_that_change_places_show(number: str, data: st.DataObject) -> None:
    digits = number.replace("-", "")
    place = data.draw(st.integers(0, len(digits) - 2))
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits:
        assert not sheet_number_valid(f"{swapped[:3]}-{swapped[3:8]}-{swapped[8:]}")


@given(NUMBERS, st.data())
def test_anything_else_in_a_number_s_place_is_invalid(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    character = data.draw(st.characters(exclude_characters=number[place]))
    assert not sheet_number_valid(number[:place] + character + number[place + 1 :])


@given(st.text(alphabet=DIGITS + "-—１a ", max_size=14))
def test_text_that_is_valid_is_the_number_of_its_seat_and_serial(text: str) -> None:
    if sheet_number_valid(text):
        seat, serial, _ = text.split("-")
        assert text == sheet_number(seat, int(serial))


@pytest.mark.parametrize("text", ["", "-", "--", "002-00001", "002-00001-", "002-00001-x2"])
def test_what_is_no_number_is_invalid(text: str) -> None:
    assert not sheet_number_valid(text)


def test_a_number_typed_in_full_width_digits_is_invalid() -> None:
    seat, serial, check = NUMBER.split("-")
    assert not sheet_number_valid(f"００２-{serial}-{check}")
    assert not sheet_number_valid(f"{seat}-０００１-{check}")


@given(st.lists(st.tuples(SEATS, st.integers(0, 99_999)), unique=True, max_size=20))
def test_no_two_sheets_have_one_number(sheets: list[tuple[str, int]]) -> None:
    assert len({sheet_number(seat, serial) for seat, serial in sheets}) == len(sheets)


def test_numbers_on_paper_are_fixed_for_ever() -> None:
    assert sheet_number("002", 1) == "002-00001-58"
    assert sheet_number("012", 345) == "012-00345-07"


# --- digests -------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["student", "student_number", "name", "sex", "id_number"])
def test_the_digest_of_a_row_changes_with_whatever_names_the_student(field: str) -> None:
    changed: dict[str, str] = {field: "另外的内容"}
    other = replace(ROW, **changed)  # type: ignore[arg-type]  # the fields are texts
    assert row_digest(CLASS, other) != row_digest(CLASS, ROW)


def test_the_digest_of_a_row_changes_with_the_class_but_not_with_its_place_or_major() -> None:
    assert row_digest(OTHER_CLASS, ROW) != row_digest(CLASS, ROW)
    assert row_digest(CLASS, replace(ROW, number=9)) == row_digest(CLASS, ROW)
    assert row_digest(CLASS, replace(ROW, major="护理")) == row_digest(CLASS, ROW)


def test_no_two_rows_share_a_digest_because_their_texts_run_together() -> None:
    one = replace(ROW, student_number="12", name="3")
    other = replace(ROW, student_number="1", name="23")
    assert row_digest(CLASS, one) != row_digest(CLASS, other)


rows_of_pages = st.lists(
    st.builds(PrintedRow, st.integers(1, 3), st.integers(1, 50), st.text(), st.text(max_size=12)),
    max_size=5,
)


@given(rows_of_pages, rows_of_pages)
def test_the_digest_of_a_page_is_that_of_exactly_its_rows_in_order(
    one: list[PrintedRow], other: list[PrintedRow]
) -> None:
    same = [(r.number, r.digest) for r in one] == [(r.number, r.digest) for r in other]
    assert (page_digest(one) == page_digest(other)) is same


def test_digests_on_paper_are_fixed_for_ever() -> None:
    assert [row.digest for row in PRINTED] == ["2a46844e1541", "560995750c20"]
    assert page_digest(PRINTED) == "636ec47620a6"


@given(rows_of_pages)
def test_printed_rows_are_read_back_from_a_statement(rows: list[PrintedRow]) -> None:
    assert rows_from_text(rows_to_text(rows)) == tuple(rows)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "null",
        "1",
        "[1]",
        "[null]",
        "[[1,2,3]]",
        "[[1,2,3,4,5]]",
        '[["x",1,"s","d"]]',
        '[[NaN,1,"s","d"]]',
        '[[1e999,1,"s","d"]]',
        "[" * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_text_that_holds_no_rows_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own
        rows_from_text(text)


# --- pages that no longer count ------------------------------------------------------------------


def voided(
    now: dict[str, tuple[str, SheetRow]],
    *corrections: NotedCorrection,
    struck_out: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the students whose rows are void."""
    return [row.student for row in void_rows(SHEET, now, struck_out, noted_by_row(corrections))]


def name_noted(**changes: str) -> NotedCorrection:
    """Return the correction of the first student's name, as written on the sheet."""
    noted = NotedCorrection("student:1", NUMBER, "name", "王小明", "王小铭")
    return replace(noted, **changes)


RENAMED = {**NOW, "student:1": (CLASS, replace(ROW, name="王小铭"))}


def test_rows_that_say_what_is_so_are_good() -> None:
    assert voided(NOW) == []


def test_a_changed_name_voids_its_row_alone() -> None:
    assert voided(RENAMED) == ["student:1"]


@pytest.mark.parametrize("field", ["student_number", "name", "sex", "id_number"])
def test_whatever_is_printed_voids_its_row_when_it_changes(field: str) -> None:
    changed: dict[str, str] = {field: ""}
    now = {**NOW, "student:2": (CLASS, replace(SECOND, **changed))}  # type: ignore[arg-type]
    assert voided(now) == ["student:2"]


def test_what_is_not_the_student_s_own_voids_nothing() -> None:
    assert voided({**NOW, "student:1": (CLASS, replace(ROW, number=30, major="护理"))}) == []


def test_a_changed_class_voids_the_row() -> None:
    assert voided({**NOW, "student:1": (OTHER_CLASS, ROW)}) == ["student:1"]


def test_a_student_who_is_gone_voids_the_row() -> None:
    assert voided({"student:1": (CLASS, ROW)}) == ["student:2"]


def test_a_new_student_voids_nothing() -> None:
    newcomer = replace(ROW, student="student:3", name="赵小刚")
    assert voided({**NOW, "student:3": (CLASS, newcomer)}) == []


def test_a_student_who_was_struck_out_on_this_sheet_may_change_or_go() -> None:
    struck = frozenset({"student:1"})
    assert voided({**NOW, "student:1": (OTHER_CLASS, ROW)}, struck_out=struck) == []
    assert voided(RENAMED, struck_out=struck) == []
    assert voided({"student:2": (CLASS, SECOND)}, struck_out=struck) == []
    assert voided({"student:1": (CLASS, ROW)}, struck_out=struck) == ["student:2"]


def test_a_correction_that_is_written_on_this_sheet_keeps_its_row_good() -> None:
    assert voided(RENAMED, name_noted()) == []


def test_a_correction_on_another_sheet_does_not() -> None:
    assert voided(RENAMED, name_noted(sheet=OTHER_NUMBER)) == ["student:1"]


def test_a_correction_of_another_student_does_not() -> None:
    assert voided(RENAMED, name_noted(student="student:2")) == ["student:1"]


def test_a_correction_to_another_value_does_not() -> None:
    assert voided(RENAMED, name_noted(new="王晓铭")) == ["student:1"]


def test_a_correction_of_what_was_printed_otherwise_does_not() -> None:
    assert voided(RENAMED, name_noted(old="王大明")) == ["student:1"]


def test_a_correction_does_not_excuse_a_second_change() -> None:
    now = {**NOW, "student:1": (CLASS, replace(ROW, name="王小铭", sex="女"))}
    assert voided(now, name_noted()) == ["student:1"]
    assert voided(now, name_noted(), name_noted(field="sex", old="男", new="女")) == []


def test_corrections_of_one_field_one_after_the_other_keep_their_row_good() -> None:
    now = {**NOW, "student:1": (CLASS, replace(ROW, name="王晓铭"))}
    second = name_noted(old="王小铭", new="王晓铭")
    assert voided(now, name_noted(), second) == []
    assert voided(NOW, name_noted(), name_noted(old="王小铭", new="王小明")) == []
    assert voided(now, second) == ["student:1"]


def test_corrections_are_kept_by_row_oldest_first() -> None:
    first, second = name_noted(), name_noted(old="王小铭", new="王晓铭")
    elsewhere, other = name_noted(sheet=OTHER_NUMBER), name_noted(student="student:2")
    assert noted_by_row([first, elsewhere, second, other]) == {
        ("student:1", NUMBER): [first, second],
        ("student:1", OTHER_NUMBER): [elsewhere],
        ("student:2", NUMBER): [other],
    }


def test_a_correction_does_not_excuse_a_move_to_another_class() -> None:
    now = {"student:1": (OTHER_CLASS, replace(ROW, name="王小铭")), "student:2": (CLASS, SECOND)}
    assert voided(now, name_noted()) == ["student:1"]


def test_a_correction_of_what_is_not_printed_changes_nothing() -> None:
    noted = name_noted(field="ethnicity", old="汉族", new="回族")
    assert voided(NOW, noted) == []
    assert voided(RENAMED, noted) == ["student:1"]


def test_a_sheet_knows_its_pages_and_on_which_a_student_stands() -> None:
    assert SHEET.pages == (1, 2)
    assert SHEET.page_of("student:2") == 2
    assert SHEET.page_of("student:3") is None


def test_every_mark_has_a_title() -> None:
    assert MARK_TITLES.keys() == set(Mark)


@pytest.mark.parametrize("wide", [False, True])
def test_a_scanned_page_is_known_by_number_page_and_digest(wide: bool) -> None:
    text = qr_text(NUMBER, 2, page_digest(PRINTED[1:]))
    if wide:  # what some input methods make of it
        text = "".join(chr(ord(c) + 0xFEE0) for c in text)
    scanned = read_scan(f" {text}\n")
    assert (scanned.number, scanned.page) == (NUMBER, 2)
    assert scanned.fits(SHEET)
    assert not read_scan(qr_text(NUMBER, 1, page_digest(PRINTED[1:]))).fits(SHEET)
    assert not read_scan(qr_text(NUMBER, 7, page_digest(PRINTED))).fits(SHEET)


def test_a_number_that_was_typed_says_nothing_of_a_page() -> None:
    scanned = read_scan(" 002 -00001-09 ")
    assert scanned == ("002-00001-09", 0, "")
    assert scanned.fits(SHEET)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_as_something(text: str) -> None:
    assert read_scan(text).page >= 0
