"""Whatever arrives, in whatever order, how often ever: the journal reads the same (design §3)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.models.journal import StatementRow
from desktop.store import health
from desktop.store.store import Store

from .conftest import AUTHOR, ROLLED_BACK
from .hearsay import Bundle, bundle_lists, hear


def state_after(store: Store, bundles: list[Bundle], cut_off: frozenset[str]) -> str:
    """Return the digest after bundles were heard; nothing of it is saved.

    ``None`` of them is heard once a revocation is known that cuts it off: merging refuses it. The
    revocation comes where the bundle ``REVOCATION`` stands.
    """
    revoked = False
    with store.unit_of_work(AUTHOR) as unit:
        for bundle in bundles:
            if bundle is REVOCATION:
                unit.journal.cut_off(cut_off)
                revoked = True
            elif not (revoked and bundle.name in cut_off):
                hear(unit, bundle)
        assert list(health.table_findings(unit.connection)) == []
        assert list(health.counting_findings(unit.connection, cut_off)) == []
        said = {
            (s.seat, s.number)
            for bundle in bundles
            for s in bundle.statements
            if bundle.name not in cut_off
        }
        rows = unit.connection.execute(select(StatementRow.seat, StatementRow.number))
        assert said <= set(map(tuple, rows))
        return health.state_digest(unit.connection)


REVOCATION = Bundle("a revocation", "001", ())


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
    """Hear bundles as they were made, and in another order with some of them again.

    Some bundles are sent once more under another name, and some may be cut off by a revocation.
    """
    resent = [
        Bundle(f"{bundle.name}-again", bundle.seat, bundle.statements)
        for bundle in data.draw(st.lists(st.sampled_from(bundles), unique_by=id, max_size=2))
    ]
    everything = [*bundles, *resent, REVOCATION]
    names = [bundle.name for bundle in everything[1:-1]]
    cut_off = frozenset(data.draw(st.lists(st.sampled_from(names), max_size=2) if names else _NONE))
    expected = state_after(store, everything, cut_off)
    again = data.draw(st.lists(st.sampled_from(everything), max_size=3))
    order = data.draw(st.permutations([*everything, *again]))
    assert state_after(store, order, cut_off) == expected


_NONE: st.SearchStrategy[list[str]] = st.just([])
