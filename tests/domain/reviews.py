"""Files of new students for Hypothesis: whatever offices may have said, in any combination."""

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from desktop.domain.checklists import SLOTS, Brought
from desktop.domain.entry_review import (
    CAUSE_TITLES,
    ArrivalState,
    Face,
    Finding,
    ReviewFile,
    ReviewVerdict,
)
from desktop.domain.review_fields import COMPARED_TITLES, SIX_THINGS
from desktop.domain.review_rules import SECOND_CHECKS, ReviewRules

TODAY = date(2026, 9, 20)
_DAYS = st.dates(date(2026, 8, 1), date(2026, 12, 31)).map(date.isoformat)
_NO_OR_DAY = st.just("") | _DAYS


def _documents() -> st.SearchStrategy[Mapping[str, str]]:
    said = st.sampled_from([str(one) for one in Brought]) | _DAYS.map(lambda day: f"due {day}")
    return st.dictionaries(st.sampled_from(SLOTS[:10]), said)


def files() -> st.SearchStrategy[ReviewFile]:
    """Return everything that may stand of one student, also what never should stand together."""
    return st.builds(
        ReviewFile,
        student=st.uuids().map(lambda one: f"student:{one}"),
        admission_type=st.sampled_from(["", "普通高考", "专升本", "单独招生"]),
        arrival=st.none() | st.sampled_from(ArrivalState),
        arrived_on=_NO_OR_DAY,
        leave_until=_NO_OR_DAY,
        cause=st.sampled_from(["", *CAUSE_TITLES]),
        documents=_documents(),
        face=st.sampled_from(["", *map(str, Face)]),
        likeness=st.none() | st.floats(0, 1),
        compared=st.dictionaries(st.sampled_from(SIX_THINGS), st.sampled_from([*COMPARED_TITLES])),
        finding=st.none() | st.sampled_from(Finding),
        second=st.none() | st.sampled_from(Finding),
        place=st.sampled_from(["", "kept", "given_up"]),
        verdict=st.none() | st.sampled_from(ReviewVerdict),
        conflicts=st.sampled_from([(), ("姓名",)]),
    )


def rules() -> st.SearchStrategy[ReviewRules]:
    """Return whatever a round may ask for."""
    return st.builds(
        ReviewRules,
        face_threshold=st.floats(0, 1),
        second_check=st.sampled_from([*SECOND_CHECKS]),
        check_in_until=_NO_OR_DAY,
        no_show_days=st.integers(0, 60),
    )
