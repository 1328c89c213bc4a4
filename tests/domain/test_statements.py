"""Statements and their keys."""

from desktop.domain.statements import Key, Statement, by_key

SAID = Statement(
    id="1",
    seat="002",
    number=7,
    previous="",
    operator="张秘书",
    clock=12,
    at="2026-09-20T08:00:00+08:00",
    round="2026-student_registration-1",
    subject="student:1",
    aspect="signature",
    values={"mark": "signed"},
)


def test_the_key_of_a_statement_is_its_subject_aspect_and_round() -> None:
    assert SAID.key == Key("student:1", "signature", "2026-student_registration-1")


def test_statements_are_grouped_by_key_in_the_order_in_which_they_are_given() -> None:
    other, later = SAID._replace(subject="student:2"), SAID._replace(number=9)
    groups = by_key([SAID, other, later])
    assert groups == {SAID.key: [SAID, later], other.key: [other]}
    assert {type(key) for key in groups} == {Key}
