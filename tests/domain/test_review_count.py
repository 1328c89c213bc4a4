"""The numbers of procedure one add up, whatever offices have said."""

from collections import Counter
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.check_in import class_standing
from desktop.domain.checklists import DEFAULT_CHECKLIST
from desktop.domain.entry_review import ArrivalState, ReviewFile, Standing, assess
from desktop.domain.review_count import count
from desktop.domain.review_rules import ReviewRules
from tests.domain.reviews import TODAY, files, rules


@given(st.lists(files(), max_size=30), rules())
def test_the_numbers_add_up(everybody: list[ReviewFile], asked: ReviewRules) -> None:
    pairs = [(file, assess(file, asked, DEFAULT_CHECKLIST, TODAY)) for file in everybody]
    n = count(pairs)
    assert n.admitted == len(everybody)
    assert n.expected == n.admitted - n.kept
    assert n.expected == n.arrived + n.no_show + n.leave + n.unheard
    assert max(n.face_passed, n.documents_missing, n.qualified, n.doubtful) <= n.arrived
    assert n.given_up <= n.no_show
    standings = Counter(found.standing for _, found in pairs)
    for standing, number in (
        (Standing.KEPT, n.kept),
        (Standing.LEAVE, n.leave),
        (Standing.UNHEARD, n.unheard),
        (Standing.GIVEN_UP, n.given_up),
        (Standing.DOUBTFUL, n.doubtful),
        (Standing.FAILED, n.failed),
        (Standing.QUALIFIED, n.qualified),
    ):
        assert standings[standing] == number


@given(st.lists(files(), max_size=12), st.lists(files(), max_size=12), rules())
def test_classes_add_up_to_the_college(
    one: list[ReviewFile], other: list[ReviewFile], asked: ReviewRules
) -> None:
    def counted(everybody: list[ReviewFile]) -> Counter[str]:
        pairs = [(file, assess(file, asked, DEFAULT_CHECKLIST, TODAY)) for file in everybody]
        return Counter(asdict(count(pairs)))

    assert counted(one) + counted(other) == +counted([*one, *other])


@given(st.lists(files(), max_size=20), rules())
def test_a_class_is_done_when_nobody_is_unheard_and_nothing_is_open(
    everybody: list[ReviewFile], asked: ReviewRules
) -> None:
    pairs = [(file, assess(file, asked, DEFAULT_CHECKLIST, TODAY)) for file in everybody]
    found = class_standing(pairs)
    in_hand = sum(one.standing is Standing.IN_HAND for _, one in pairs)
    assert found.waiting["in hand"] >= in_hand
    assert 0 <= found.done <= found.students - found.count.unheard
    came = sum(file.arrival is ArrivalState.ARRIVED for file, _ in pairs)
    assert found.waiting["no-finding"] <= came


def test_nobody_at_all() -> None:
    assert set(asdict(count([])).values()) == {0}
