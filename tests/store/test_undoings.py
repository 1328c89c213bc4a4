"""What an import made no longer counts once its seat has undone it, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.statements import Key, Statement
from desktop.store import health
from desktop.store.journal import Draft
from desktop.store.store import Store, UnitOfWork
from desktop.store.tables import TABLES, rows_in_order

from .conftest import AUTHOR, ROLLED_BACK
from .hearsay import Bundle, hear
from .test_journal import drafts

IMPORT = Key("import:1", "list_import", "")


def undo(unit: UnitOfWork, made: list[Statement]) -> None:
    """Say that an import is undone that made these statements."""
    first, last = str(made[0].number), str(made[-1].number)
    unit.journal.state(IMPORT, {"withdrawn": "yes", "seat": "001", "first": first, "last": last})


def everything_else(unit: UnitOfWork) -> dict[str, list[tuple[object, ...]]]:
    """Return every reading but those about imports."""
    return {
        aspect: list(rows_in_order(unit.connection, aspect))
        for aspect in TABLES
        if aspect != "list_import"
    }


@ROLLED_BACK
@given(
    st.lists(drafts(), max_size=8),
    st.lists(drafts(), min_size=1, max_size=8),
)
def test_undoing_an_import_gives_back_what_was_read_before(
    store: Store, before: list[Draft], brought: list[Draft]
) -> None:
    brought = [draft for draft in brought if draft.key.aspect != "list_import"] or [
        Draft(Key("student:1", "fee", "2026-2027"), {"fee_state": "已缴费"})
    ]
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_all(before)
        expected = everything_else(unit)
        length = unit.journal.length
        undo(unit, unit.journal.state_all(brought))
        assert everything_else(unit) == expected
        assert unit.journal.length == length + len(brought) + 1  # nothing said is lost
        assert list(health.table_findings(unit.connection)) == []
        assert list(health.counting_findings(unit.connection, ())) == []


def test_what_was_said_after_the_import_stays(store: Store) -> None:
    name = Key("student:1", "identity", "")
    with store.unit_of_work(AUTHOR) as unit:
        made = unit.journal.state_all([Draft(name, {"name": "王小明", "phone": "1"})])
        unit.journal.state(name, {"phone": "2"})
        undo(unit, made)
        (row,) = unit.connection.execute(TABLES["identity"].select()).mappings().all()
        assert (row["name"], row["phone"]) == (None, "2")


def test_a_seat_undoes_only_what_it_has_said_itself(store: Store) -> None:
    name = Key("student:1", "identity", "")
    with store.unit_of_work(AUTHOR) as unit:
        (mine,) = unit.journal.state_all([Draft(name, {"name": "王小明"})])
        values = {"withdrawn": "yes", "seat": "001", "first": "1", "last": "9"}
        theirs = mine._replace(
            id="another", seat="009", number=3, subject=IMPORT.subject, aspect=IMPORT.aspect,
            values=values, seen=(),
        )  # fmt: skip
        hear(unit, Bundle("b", "009", (theirs,)))
        (row,) = unit.connection.execute(TABLES["identity"].select()).mappings().all()
        assert row["name"] == "王小明"
        assert list(health.counting_findings(unit.connection, ())) == []


def test_an_undoing_that_a_revocation_cuts_off_undoes_nothing(store: Store) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        (mine,) = unit.journal.state_all([Draft(Key("student:9", "identity", ""), {"name": "甲"})])
        said = mine._replace(
            id="said", seat="009", number=1, subject="student:1", values={"name": "王小明"}
        )
        undone = said._replace(
            id="undone", number=2, subject=IMPORT.subject, aspect=IMPORT.aspect,
            values={"withdrawn": "yes", "seat": "009", "first": "1", "last": "1"},
        )  # fmt: skip
        hear(unit, Bundle("b1", "009", (said,)))
        hear(unit, Bundle("b2", "009", (undone,)))
        table = TABLES["identity"]
        of_one = table.select().where(table.c.subject == "student:1")
        assert unit.connection.execute(of_one).all() == []
        unit.journal.cut_off(["b2"])
        assert len(unit.connection.execute(of_one).all()) == 1
        assert list(health.counting_findings(unit.connection, {"b2"})) == []


@pytest.mark.parametrize("spoilt", ["DELETE FROM undone_import", "UPDATE undone_import SET last=9"])
def test_the_doctor_works_out_anew_what_was_undone(store: Store, spoilt: str) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        undo(
            unit, unit.journal.state_all([Draft(Key("student:1", "identity", ""), {"name": "甲"})])
        )
        unit.connection.exec_driver_sql(spoilt)
        found = {one.code for one in health.counting_findings(unit.connection, ())}
        assert found == {"counting-differs"}
