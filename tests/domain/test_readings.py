"""Readings: the promises of design §3, each as a property."""

from collections.abc import Sequence
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.readings import (
    EMPTY,
    Conflicts,
    Reading,
    decided,
    read,
    standing,
    state_digest,
)
from desktop.domain.statements import Key, Statement

from .histories import FIELDS, VALUES, Talk, forgeries, settings_of_fields, statement, talks

KEY = Key("student:x", "identity", "r")


def by_definition(statements: Sequence[Statement]) -> Reading:
    """Return the reading by the words of the design, without a thought for speed."""
    values: dict[str, str] = {}
    conflicts: dict[str, tuple[str | None, ...]] = {}
    for field in FIELDS:
        said = {
            s.values[field]
            for s in statements
            if field in s.values
            and not any(s.id in later.seen and field in later.values for later in statements)
        }
        if len(said) > 1:
            conflicts[field] = tuple(v for v in (None, *sorted(filter(None, VALUES))) if v in said)
        elif (value := next(iter(said), None)) is not None:
            values[field] = value
    return Reading(values, conflicts)


def digest(reading: Reading) -> str:
    """Return the digest of a state in which there is but this reading."""
    return state_digest([(KEY, reading)])


@given(talks())
def test_a_reading_is_what_the_design_says(talk: Talk) -> None:
    assert read(talk.said) == by_definition(talk.said)


@given(talks(), st.randoms(use_true_random=False))
def test_order_does_not_matter(talk: Talk, dice: Random) -> None:
    shuffled = list(talk.said)
    dice.shuffle(shuffled)
    assert read(shuffled) == read(talk.said)
    assert digest(read(shuffled)) == digest(read(talk.said))


@given(talks(), st.data())
def test_repetition_does_not_matter(talk: Talk, data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(talk.said)))
    assert read([*again, *talk.said]) == read(talk.said)


@given(settings_of_fields, settings_of_fields)
def test_disjoint_fields_combine_and_the_same_field_changed_twice_asks(
    one: dict[str, str | None], other: dict[str, str | None]
) -> None:
    talk = Talk()
    talk.say(0, one)
    talk.say(1, other)
    reading = read(talk.said)
    for field in FIELDS:
        if field in one and field in other and one[field] != other[field]:
            assert set(reading.conflicts[field]) == {one[field], other[field]}
            assert field not in reading.values
        else:  # said by one of them, or the same by both
            assert field not in reading.conflicts
            assert reading.values.get(field) == one.get(field, other.get(field))


@given(talks(), settings_of_fields)
def test_a_later_statement_that_has_seen_all_decides(
    talk: Talk, decision: dict[str, str | None]
) -> None:
    before, after = read(talk.said), read(talk.decide(decision))
    for field in FIELDS:
        if field in decision:
            assert after.values.get(field) == decision[field]
            assert field not in after.conflicts
        else:  # what it does not name stays as it was
            assert after.values.get(field) == before.values.get(field)
            assert after.conflicts.get(field) == before.conflicts.get(field)


@given(talks())
def test_absence_says_nothing(talk: Talk) -> None:
    said = {field for s in talk.said for field in s.values}
    reading = read(talk.said)
    assert reading.values.keys() | reading.conflicts.keys() <= said
    for field in said:
        alone = [s for s in talk.said if field in s.values]
        assert read(alone).values.get(field) == reading.values.get(field)
        assert read(alone).conflicts.get(field) == reading.conflicts.get(field)


@given(talks())
def test_null_takes_everything_back(talk: Talk) -> None:
    assert read(talk.decide(dict.fromkeys(FIELDS, None))) == EMPTY


def test_taking_back_what_another_seat_says_at_the_same_time_asks() -> None:
    talk = Talk()
    talk.say(0, {"a": "1"})
    talk.listen(1, 0)
    talk.say(0, {"a": None})
    talk.say(1, {"a": "2"})
    assert read(talk.said) == Reading({}, {"a": (None, "2")})


@given(forgeries(), st.data())
def test_a_forged_past_reads_the_same_in_any_order(
    statements: list[Statement], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(statements))
    assert read(shuffled) == read(statements)


@given(forgeries())
def test_no_forged_past_makes_a_field_vanish(statements: list[Statement]) -> None:
    standers = standing(statements)
    for field in {field for s in statements for field in s.values}:
        latest = max(s.clock for s in statements if field in s.values)
        assert [s for s in standers[field] if s.clock == latest]


def test_statements_that_claim_to_have_seen_one_another_both_stand() -> None:
    circle = [
        statement("p", {"a": "1"}, clock=5, seen=["q"]),
        statement("q", {"a": "2"}, clock=5, seen=["p"], number=2),
    ]
    assert read(circle) == Reading({}, {"a": ("1", "2")})


def test_a_statement_that_claims_to_have_seen_the_future_or_itself_changes_nothing() -> None:
    early = statement("p", {"a": "1"}, clock=1, seen=["p", "q"])
    late = statement("q", {"a": "2"}, clock=2, number=2)
    assert read([early]) == Reading({"a": "1"}, {})
    assert read([early, late]) == Reading({}, {"a": ("1", "2")})


def test_having_seen_what_is_not_here_changes_nothing() -> None:
    assert read([statement("p", {"a": "1"}, seen=["gone"])]) == Reading({"a": "1"}, {})


# --- the digest ----------------------------------------------------------------------------------


texts = st.text(max_size=3)
conflicts: st.SearchStrategy[Conflicts] = st.dictionaries(
    texts, st.lists(st.none() | texts, min_size=2, max_size=3).map(tuple), max_size=2
)
readings = st.builds(Reading, st.dictionaries(texts, texts, max_size=2), conflicts)
states = st.dictionaries(st.builds(Key, texts, texts, texts), readings, max_size=3)


@given(states, states)
def test_states_have_one_digest_exactly_when_they_read_the_same(
    one: dict[Key, Reading], other: dict[Key, Reading]
) -> None:
    def said(state: dict[Key, Reading]) -> dict[Key, Reading]:
        return {key: reading for key, reading in state.items() if reading != EMPTY}

    same = said(one) == said(other)
    assert (state_digest(sorted(one.items())) == state_digest(sorted(other.items()))) is same


@given(states, st.builds(Key, texts, texts, texts))
def test_an_empty_reading_is_as_if_nothing_had_been_said(
    state: dict[Key, Reading], key: Key
) -> None:
    with_it = {key: EMPTY, **state}
    assert state_digest(sorted(with_it.items())) == state_digest(sorted(state.items()))


def test_the_digest_of_a_state_is_fixed_for_ever() -> None:
    state = [
        (Key("student:1", "identity", ""), Reading({"name": "王小明"}, {})),
        (Key("student:1", "signature", "r"), Reading({}, {"mark": (None, "signed")})),
    ]
    assert state_digest([]) == ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    assert state_digest(state) == (
        "f4bfffc7f9af4654bb1081ed0153e00449df61905d8e974c137fdfe88522d6b6"
    )


@given(talks(), st.data())
def test_a_decision_between_sides_is_found_with_them(talk: Talk, data: st.DataObject) -> None:
    """Whoever has seen all decides; deciding once more keeps the sides of the beginning."""
    conflicts = read(talk.said).conflicts
    assume(conflicts)
    field = data.draw(st.sampled_from(sorted(conflicts)))
    clock = max(s.clock for s in talk.said)
    said = list(talk.said)
    sides = set(conflicts[field])
    for step in range(1, data.draw(st.integers(1, 3)) + 1):
        value = data.draw(st.sampled_from(conflicts[field]))
        decision = Statement(
            f"judge:{step}", "judge", step, "", "", clock + step, "", *_key(), {field: value},
            tuple(s.id for s in said),
        )  # fmt: skip
        said.append(decision)
        found = decided(said, {"judge"})[field]
        assert found.by is decision
        assert {side.values[field] for side in found.sides} == sides
        assert field not in decided(said, {"somebody else"})


@given(talks())
def test_an_open_conflict_is_not_decided(talk: Talk) -> None:
    seats = {s.seat for s in talk.said}
    assert not decided(talk.said, seats).keys() & read(talk.said).conflicts.keys()


def _key() -> tuple[str, str, str]:
    return (KEY.round, KEY.subject, KEY.aspect)
