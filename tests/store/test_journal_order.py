"""Whatever arrives, in whatever order, how often ever: the journal reads the same (design §3)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from desktop.models.journal import StatementRow
from desktop.store import health
from desktop.store.store import Store

from .conftest import AUTHOR, ROLLED_BACK
from .hearsay import Bundle, bundle_lists, hear


def state_after(store: Store, bundles: list[Bundle]) -> str:
    """Return the digest after bundles were heard; nothing of it is saved."""
    with store.unit_of_work(AUTHOR) as unit:
        for bundle in bundles:
            hear(unit, bundle)
        assert list(health.table_findings(unit.connection)) == []
        said = {(s.seat, s.number) for bundle in bundles for s in bundle.statements}
        count = select(func.count()).select_from(StatementRow)
        assert unit.connection.execute(count).scalar_one() == len(said)
        return health.state_digest(unit.connection)


@ROLLED_BACK
@given(bundle_lists(), st.data())
def test_order_and_repetition_of_bundles_do_not_matter(
    store: Store, bundles: list[Bundle], data: st.DataObject
) -> None:
    compare_orders(store, bundles, data)


@pytest.mark.slow
@settings(ROLLED_BACK, max_examples=2000)
@given(bundle_lists(), st.data())
def test_order_and_repetition_of_many_bundles_do_not_matter(
    store: Store, bundles: list[Bundle], data: st.DataObject
) -> None:
    compare_orders(store, bundles, data)


def compare_orders(store: Store, bundles: list[Bundle], data: st.DataObject) -> None:
    """Hear bundles as they were made, and in another order with some of them again."""
    expected = state_after(store, bundles)
    again = data.draw(st.lists(st.sampled_from(bundles), max_size=3))
    order = data.draw(st.permutations([*bundles, *again]))
    assert state_after(store, order) == expected
