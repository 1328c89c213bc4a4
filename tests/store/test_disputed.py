"""What is in conflict is found by indexes, however many agree."""

from sqlalchemy import text, update

from desktop.domain.statements import Key
from desktop.models import READING_TABLES
from desktop.store import registration
from desktop.store.store import Store, UnitOfWork

from .conftest import AUTHOR

ROUND = "2026-student_registration-1"


def plan(unit: UnitOfWork) -> list[str]:
    """Return how the database answers what is in conflict, step by step."""
    question = registration._disputed().compile()
    asked = {**question.params, "round": ROUND}
    rows = unit.connection.execute(text(f"EXPLAIN QUERY PLAN {question}"), asked)
    return [str(row[-1]) for row in rows]


def test_no_table_is_read_through(store: Store) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        steps = [step for step in plan(unit) if step.startswith(("SCAN", "SEARCH"))]
    assert len(steps) == len(READING_TABLES)
    for name in READING_TABLES:
        assert any(f"INDEX ix_{name}_disputed" in step for step in steps), name


def test_conflicts_of_the_round_and_of_what_lasts_are_found(store: Store) -> None:
    lasting = Key("student:1", "identity", "")
    ours = Key("student:1", "roster", ROUND)
    elsewhere = Key("student:1", "roster", "2025-student_registration-1")
    with store.unit_of_work(AUTHOR) as unit:
        for key in (lasting, ours, elsewhere):
            field = "name" if key.aspect == "identity" else "listed"
            unit.journal.state(key, {field: "yes"})
            row = READING_TABLES[key.aspect]
            columns = row.__table__.c
            unit.connection.execute(
                update(row)
                .where(columns.subject == key.subject, columns.round == key.round)
                .values(conflicts=f'{{"{field}":["no","yes"]}}')
            )
        assert set(registration.conflicting_keys(unit.connection, ROUND)) == {lasting, ours}
