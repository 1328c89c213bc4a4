"""What is made up for practice is as good as what people bring."""

from desktop.domain.form_pictures import form_findings
from desktop.domain.recheck_forms import FormHead, RecheckForm, form_code, form_text
from desktop.pictures.codes import codes_on
from desktop.pictures.measuring import measure
from desktop.pictures.practice import practice_form, practice_portrait, practice_scan
from desktop.pictures.scans import opened_scan
from desktop.pictures.sharpness import sharpness
from desktop.printing.recheck_forms import render_forms


def test_printed_forms_come_back_filled_in_as_one_scan() -> None:
    head = FormHead("学校", "复查", "学院", "软件2601班", "王老师")
    codes = [form_code("2026-recheck-1", f"student:{place}") for place in range(12)]
    printed = render_forms([RecheckForm(head, ("name", "sex"), 1, "", code) for code in codes])
    scanned = opened_scan(practice_scan(printed.data, 5))
    assert scanned
    pages = [scanned.page(number) for number in range(1, scanned.pages + 1)]
    scanned.close()
    found = [code for page in pages for code in codes_on(page)]
    assert [code.text for code in found] == [form_text(code) for code in codes]
    assert {code.turn for code in found} == {0, 2}  # some lie on their head
    for page in (*pages, practice_form(1)):
        assert form_findings(measure(page), sharpness(page)) == ()
    assert practice_form(1) == practice_form(1) != practice_form(2)


def test_portraits_are_small_and_always_the_same() -> None:
    drawn = [practice_portrait(seed) for seed in range(30)]
    assert drawn == [practice_portrait(seed) for seed in range(30)]
    assert len(set(drawn)) == 30
    assert all(len(data) < 10_000 for data in drawn)
    sizes = {(measured.width, measured.height) for measured in map(measure, drawn)}
    assert sizes == {(180, 240)}
