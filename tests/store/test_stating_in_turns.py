"""While one batch is written down, the next is made: nothing of that shows in what is said."""

import threading
from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.bundles.lines import decode
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key, Values
from desktop.errors import Cancelled, Incomplete, NotAllowed
from desktop.models.journal import LinkRow, StatementRow
from desktop.store import engine, health, journal, stating
from desktop.store.journal import Author, Draft
from desktop.store.stating import Made
from desktop.store.store import Store, UnitOfWork
from desktop.store.undoings import STAYING

from .conftest import AUTHOR, KEYS, ROLLED_BACK
from .hearsay import ROUND, Bundle, bundle_lists, hear
from .test_journal import drafts, said
from .test_stating import NOW

COLLEGE = Author("001", "college-01", OfficeKind.COLLEGE, "某人", KEYS.sign)
NAMED = [Draft(Key(f"student:{n}", "identity", ""), {"name": "王"}) for n in range(9)]


def outcome(
    store: Store, heard: Sequence[Bundle], say: Callable[[UnitOfWork], object]
) -> dict[str, object]:
    """Return everything that the store holds once something was said; nothing is saved."""
    numbers = iter(range(1, 1_000))
    store.now = lambda: NOW
    with pytest.MonkeyPatch.context() as patch, store.unit_of_work(AUTHOR) as unit:
        patch.setattr(stating, "uuid7", lambda: UUID(int=next(numbers)))
        for bundle in heard:
            hear(unit, bundle)
        say(unit)
        assert list(health.table_findings(unit.connection)) == []
        assert list(health.counting_findings(unit.connection, frozenset())) == []
        rows = unit.connection.execute(select(StatementRow.__table__).order_by("arrival"))
        return {
            "said": list(map(tuple, rows)),
            "links": sorted(map(tuple, unit.connection.execute(select(LinkRow)))),
            "readings": health.state_digest(unit.connection),
            "clock": unit.journal.clock,
        }


def one_after_another(sayings: Sequence[Draft], at_once: int) -> Callable[[UnitOfWork], object]:
    def say(unit: UnitOfWork) -> None:
        for start in range(0, len(sayings), at_once):
            unit.journal.state_all(sayings[start : start + at_once])

    return say


@ROLLED_BACK
@given(bundle_lists(), st.lists(drafts(), min_size=1, max_size=12), st.integers(1, 4))
def test_whatever_was_heard_it_is_the_same_as_one_batch_after_another(
    store: Store, heard: list[Bundle], sayings: list[Draft], at_once: int
) -> None:
    plainly = outcome(store, heard, one_after_another(sayings, at_once))
    in_turns = outcome(store, heard, lambda unit: unit.journal.state_many(sayings, at_once))
    assert in_turns == plainly


REVIVED = said("b1", "002", [("student:1", "signature", ROUND, {"mark": "unsigned"})])
REVIVING = [
    Draft(Key("class:1", "class_group", ""), {"office": "college-01"}),
    Draft(Key("student:1", "placement", ""), {"class_id": "class:1"}),
    Draft(Key("student:1", "signature", ROUND), {"mark": "signed"}),
]
WITHDRAWN = said("b1", "009", [("student:1", "identity", "", {"name": "李", "sex": "男"})])
WITHDRAWING = [
    Draft(Key("bundle:b1", "withdrawal", ""), {"withdrawn": "yes"}),
    Draft(Key("student:1", "identity", ""), {"name": "王"}),
]


@pytest.mark.parametrize(
    ("heard", "sayings"), [(REVIVED, REVIVING), (WITHDRAWN, WITHDRAWING)], ids=["more", "less"]
)
def test_what_counts_because_of_the_batch_before_is_seen_and_nothing_else(
    store: Store, heard: Bundle, sayings: list[Draft]
) -> None:
    plainly = outcome(store, [heard], one_after_another(sayings, 1))
    in_turns = outcome(store, [heard], lambda unit: unit.journal.state_many(sayings, 1))
    assert in_turns == plainly


def entails_nothing(draft: Draft) -> bool:
    """Tell whether a statement lets nothing else no longer count: all at once, that comes last."""
    return draft.key.aspect not in STAYING


@ROLLED_BACK
@given(st.lists(drafts().filter(entails_nothing), min_size=1, max_size=12), st.integers(1, 4))
def test_where_nothing_was_heard_it_is_the_same_as_all_at_once(
    store: Store, sayings: list[Draft], at_once: int
) -> None:
    plainly = outcome(store, [], lambda unit: unit.journal.state_all(sayings))
    in_turns = outcome(store, [], lambda unit: unit.journal.state_many(sayings, at_once))
    assert in_turns == plainly


def test_the_next_is_made_on_another_thread_before_the_last_is_written_down(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_here: list[bool] = []
    second_begun = threading.Event()
    insert = engine.insert_values

    def watched(*args: object) -> Made:
        made_here.append(threading.current_thread() is threading.main_thread())
        if len(made_here) == 2:
            second_begun.set()
        return stating.make(*args)  # type: ignore[arg-type]

    def waiting(*args: object, **others: object) -> int:
        assert second_begun.wait(30)  # what is made first is not written down before
        return insert(*args, **others)  # type: ignore[arg-type]

    with store.unit_of_work(AUTHOR) as unit, monkeypatch.context() as patch:
        patch.setattr(journal, "make", watched)
        patch.setattr(journal, "insert_values", waiting)
        unit.journal.state_many(iter(NAMED), 3)
        assert made_here == [False] * 3
        made_here.clear()
        unit.journal.state_many(iter(NAMED[:2]), 3)  # not worth a thread
        assert made_here == [True]


def test_the_same_key_in_every_batch_sees_all_before_it(store: Store) -> None:
    key = Key("student:1", "identity", "")
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_many((Draft(key, {"name": f"名{n}"}) for n in range(7)), 1)
        rows = unit.connection.execute(select(StatementRow.line).order_by(StatementRow.number))
        said = [decode(line) for line in rows.scalars()]
        assert [len(one.seen) for one in said] == list(range(7))
        assert said[-1].seen == tuple(one.id for one in said[:-1])
        names = unit.connection.exec_driver_sql("SELECT name, conflicts FROM identity").all()
        assert [tuple(row) for row in names] == [("名6", "")]


def test_a_college_is_asked_about_what_it_said_in_the_batch_before(store: Store) -> None:
    own: list[tuple[str, str, Values]] = [
        ("class:1", "class_group", {"office": "college-01"}),
    ]
    sheet: list[tuple[str, str, Values]] = [
        ("sheet:1", "sheet", {"class_id": "class:1"}),
        ("sheet:1", "sign_off", {"head": "signed"}),
    ]

    def drafted(sayings: Sequence[tuple[str, str, Values]], round_: str) -> list[Draft]:
        return [Draft(Key(subject, aspect, round_), values) for subject, aspect, values in sayings]

    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_all(drafted(own, ""))
        unit.commit()
    with store.unit_of_work(COLLEGE) as unit:
        unit.journal.state_many(drafted(sheet, ROUND), 1)
        assert unit.journal.length == 3
    foreign = Draft(Key("sheet:2", "sheet", ROUND), {"class_id": "class:2"})
    with pytest.raises(NotAllowed), store.unit_of_work(COLLEGE) as unit:
        unit.journal.state_many([*drafted(sheet, ROUND), foreign], 1)
    with store.unit_of_work() as unit:
        assert unit.journal.length == 1


def cancelled() -> Iterator[Draft]:
    """Drafts of which the making is cancelled."""
    yield from NAMED
    raise Cancelled


@pytest.mark.parametrize("at_once", [1, 2, 4])
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (Draft(Key("student:x", "identity", ""), {"name": "\ud800"}), Incomplete),
        (Draft(Key("student:x", "identity", ""), {"name": "长" * 200_001}), Incomplete),
        (Draft(Key("student:x", "identity", ""), {"no_field": "?"}), ValueError),
        (None, Cancelled),
    ],
)
def test_what_goes_wrong_late_comes_out_and_leaves_nothing_behind(
    store: Store, wrong: Draft | None, error: type[Exception], at_once: int
) -> None:
    before = set(threading.enumerate())
    sayings = iter([*NAMED, wrong]) if wrong else cancelled()
    with pytest.raises(error), store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_many(sayings, at_once)
    assert set(threading.enumerate()) == before
    with store.unit_of_work() as unit:
        assert unit.journal.length == 0
        assert list(health.table_findings(unit.connection)) == []
