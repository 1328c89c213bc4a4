"""For whom a case is suggested, and which ones are for the leading group."""

import pytest

from desktop.domain.answers import Agreement
from desktop.domain.cases import cause_of, is_grave, needs_document, wants_case
from desktop.domain.recheck import CaseFacts, RecheckFile, ReviewFinding, assess


def file(**said: object) -> RecheckFile:
    """Return a file with a form, and what a test says besides."""
    values: dict[str, object] = {"student": "student:1", "form": "a" * 64, **said}
    return RecheckFile(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "grave"),
    [
        ({"agreements": {"exam_number": Agreement.DOUBT}}, True),
        ({"agreements": {"name": Agreement.DOUBT}}, True),
        ({"agreements": {"home_address": Agreement.DOUBT}}, False),
        ({"five": {"identity_sound": "no"}}, True),
        ({"five": {"health_sound": "no"}}, False),
        (
            {"first": ReviewFinding.DOUBTFUL, "first_explanation": "照片与本人不像"},
            True,
        ),
        ({"second": ReviewFinding.DOUBTFUL, "second_explanation": "笔迹潦草"}, False),
    ],
)
def test_doubts_about_number_name_and_photo_are_for_the_leading_group(
    said: dict[str, object], grave: bool
) -> None:
    one = file(**said)
    found = assess(one)
    assert wants_case(found)
    assert is_grave(one, found) is grave
    assert cause_of(found)
    assert not cause_of(found).endswith("。")


def test_a_case_that_is_there_is_not_suggested_again() -> None:
    one = file(
        agreements={"name": Agreement.DOUBT},
        cases=(CaseFacts("005-001", concluded=False, cause="姓名不一致"),),
    )
    assert not wants_case(assess(one))


def test_only_what_is_harmless_needs_no_paper() -> None:
    assert not needs_document("passed", important=False)
    assert needs_document("passed", important=True)
    assert needs_document("failed", important=False)
    assert needs_document("kept", important=False)
