"""Many things said at once are the same, bit for bit, as each spelled and hashed by itself."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.bundles.lines import (
    ChainHead,
    MalformedStatement,
    Speller,
    encode,
    written,
)
from desktop.domain.readings import Reading, read, standing
from desktop.domain.statements import Key, Statement
from desktop.errors import Incomplete, NotAllowed
from desktop.models.journal import LinkRow, StatementRow
from desktop.store import engine, health, stating
from desktop.store.journal import Draft
from desktop.store.store import Store, UnitOfWork

from .conftest import AUTHOR, ROLLED_BACK
from .test_journal import drafts

NOW = datetime.fromisoformat("2026-09-10T09:00:00+08:00")


@pytest.fixture
def known_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let statements have ids that count from one, so that lines can be foretold."""
    numbers: dict[str, int] = {}

    def next_id() -> UUID:
        numbers["last"] = numbers.get("last", 0) + 1
        return UUID(int=numbers["last"])

    def begin() -> None:
        numbers.clear()

    monkeypatch.setattr(stating, "uuid7", next_id)
    monkeypatch.setattr(stating, "begin_again", begin, raising=False)


def said_plainly(unit: UnitOfWork, sayings: Sequence[Draft]) -> list[bytes]:
    """Return the lines of what is about to be said, each made for itself by the plain path."""
    number, previous = 0, "0" * 64
    rows = unit.connection.exec_driver_sql("SELECT number, hash, clock FROM chain_head").all()
    ((number, previous, clock),) = rows
    seen: dict[Key, tuple[str, ...]] = {}
    lines = []
    for place, draft in enumerate(sayings, start=1):
        statement = Statement(
            *(str(UUID(int=place)), AUTHOR.seat, number + place, previous, AUTHOR.operator),
            *(clock + place, NOW.isoformat(), draft.key.round, draft.key.subject),
            *(draft.key.aspect, dict(draft.values), seen.get(draft.key, ()), draft.reason),
            draft.evidence,
        )
        one = written(encode(statement))
        previous = one.digest.hex()
        seen[draft.key] = (*seen.get(draft.key, ()), statement.id)
        lines.append(one.line)
    return lines


@pytest.mark.usefixtures("known_ids")
@ROLLED_BACK
@given(st.lists(drafts(), min_size=1, max_size=12), st.integers(1, 5), st.booleans())
def test_statements_are_the_same_bit_for_bit_however_many_are_said_at_once(
    store: Store, sayings: list[Draft], at_once: int, many: bool
) -> None:
    store.now = lambda: NOW
    stating.begin_again()  # type: ignore[attr-defined]
    with store.unit_of_work(AUTHOR) as unit:
        expected = said_plainly(unit, sayings)
        if many:
            unit.journal.state_many(iter(sayings), at_once)
        else:
            unit.journal.state_all(sayings)
        query = select(StatementRow.line, StatementRow.hash).order_by(StatementRow.number)
        kept = [(line, digest) for line, digest in unit.connection.execute(query)]
        assert [line for line, _ in kept] == expected
        assert kept == [(line, written(line).digest) for line in expected]
        assert list(health.table_findings(unit.connection)) == []


@ROLLED_BACK
@given(st.lists(drafts(), min_size=1, max_size=12), st.integers(1, 5))
def test_in_batches_everything_reads_the_same(
    store: Store, sayings: list[Draft], at_once: int
) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_all(sayings)
        at_once_digest = health.state_digest(unit.connection)
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_many(iter(sayings), at_once)
        assert health.state_digest(unit.connection) == at_once_digest


@pytest.mark.parametrize("limit", [30, 999, 32_766])
def test_rows_come_in_whole_whatever_the_library_takes_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(engine, "_MOST_PARAMETERS", limit)
    sayings = [
        Draft(Key(f"student:{n}", "identity", ""), {"name": f"学生{n}", "phone": None})
        for n in range(250)
    ]
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_all(sayings)
        names = unit.connection.exec_driver_sql("SELECT name FROM identity").scalars()
        assert set(names) == {f"学生{n}" for n in range(250)}
        assert list(health.table_findings(unit.connection)) == []


@ROLLED_BACK
@given(st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_what_all_rows_have_in_common_is_kept_as_it_is(store: Store, text: str | None) -> None:
    with store.unit_of_work() as unit:
        same = {
            "seat": "005",
            "office": "x",
            "bundle": text,
            "uncounted": text or "",
            "aspect": "a",
        }
        own = ["number", "hash", "subject", "round", "line"]
        rows = [1, b"", "s", "", b"", 2, b"", "s", "", b""]
        engine.insert_values(unit.connection, StatementRow, own, rows, same=same)
        kept = unit.connection.execute(select(StatementRow.bundle, StatementRow.uncounted))
        assert [tuple(row) for row in kept] == [(text, text or "")] * 2


def test_a_text_that_would_end_early_is_refused(store: Store) -> None:
    with store.unit_of_work() as unit, pytest.raises(ValueError, match="ends"):
        engine.insert_values(unit.connection, LinkRow, ["subject"], ["s"], same={"target": "a\0b"})


def test_a_wrong_one_among_many_leaves_nothing_behind(store: Store) -> None:
    good = [Draft(Key(f"student:{n}", "identity", ""), {"name": "王"}) for n in range(5)]
    bad = Draft(Key("student:9", "identity", ""), {"name": "\ud800"})
    with pytest.raises(Incomplete), store.unit_of_work(AUTHOR) as unit:
        unit.journal.state_many([*good, bad], 2)
    with pytest.raises(NotAllowed), store.unit_of_work() as unit:
        unit.journal.state_many(good, 2)
    with store.unit_of_work() as unit:
        assert unit.journal.length == 0


@pytest.mark.parametrize("strange", [{"name": "甲\0乙"}, {"name": None}, {"name": None, "sex": ""}])
def test_a_wide_table_holds_what_is_said_whatever_one_of_many_says(
    store: Store, strange: dict[str, str | None]
) -> None:
    quotes = {"name": "王\"'\\u0000😀", "sex": None, "phone": "", "remark": "%s $.values"}
    sayings = [Draft(Key(f"student:{n}", "identity", ""), dict(quotes)) for n in range(4)]
    odd = Draft(Key("student:9", "identity", ""), strange)
    for said in (sayings, [*sayings[:2], odd, *sayings[2:]], [odd]):
        with store.unit_of_work(AUTHOR) as unit:
            unit.journal.state_all(said)
            assert list(health.table_findings(unit.connection)) == []
            names = unit.connection.exec_driver_sql("SELECT name, phone, sex FROM identity")
            found = [tuple(row) for row in names]
            assert found.count((quotes["name"], "", None)) == len(said) - (odd in said)


texts = st.text(max_size=5)
statements = st.builds(
    Statement,
    *(texts, texts, st.integers(-1, 3), texts, texts, st.integers(-1, 3), texts, texts),
    *(texts, texts),
    values=st.dictionaries(texts, st.none() | texts | st.just("长" * 200_001), max_size=3),
    seen=st.lists(texts, max_size=2).map(tuple),
    reason=texts | st.just("长" * 4_001),
    evidence=st.lists(texts, max_size=2).map(tuple),
)


def spelled(sayings: Sequence[Statement]) -> list[bytes]:
    """Return statements as their seats spell them, if every reader will take them."""
    lines = []
    for one in sayings:
        after = ChainHead(one.number - 1, one.previous, one.clock - 1)
        said = (one.key, one.values, one.reason, one.evidence)
        speller = Speller(one.seat, one.operator, one.at)
        for _ in range(2):  # the second time its common parts were read back already
            ((line, digest),) = speller.spell(after, [one.id], [said], {one.key: one.seen})
            assert digest == written(line).digest
        lines.append(line)
    return lines


@settings(deadline=None)
@given(st.lists(statements, max_size=4))
def test_what_is_written_is_what_would_be_read(sayings: list[Statement]) -> None:
    def outcome(make: Callable[[Sequence[Statement]], list[bytes]]) -> object:
        try:
            return make(sayings)
        except (MalformedStatement, UnicodeEncodeError) as error:
            return type(error)

    plainly = outcome(lambda them: [written(encode(one)).line for one in them])
    found = outcome(spelled)
    if isinstance(plainly, list) or isinstance(found, list):
        assert found == plainly


GOOD = Statement("1", "1", 1, "", "", 1, "", "", "s", "a", {"f": "v"}, ("0",), "", ("e",))


@pytest.mark.parametrize(
    "wrong",
    [
        *({part: 3} for part in Statement._fields if part not in ("number", "clock")),
        *({part: n} for part in ("number", "clock") for n in (0, -1, 2**53)),
        {"values": {}},
        {"values": {"f": 1}},
        {"seen": (1,)},
        {"evidence": (None,)},
    ],
)
def test_one_wrong_part_among_many_good_ones_is_seen(wrong: dict[str, Any]) -> None:
    assert spelled([GOOD] * 3) == [encode(GOOD)] * 3
    with pytest.raises(MalformedStatement):
        spelled([GOOD, GOOD._replace(**wrong), GOOD])


@given(st.dictionaries(st.sampled_from("abc"), st.none() | texts, min_size=1))
def test_what_one_statement_says_is_what_stands(values: dict[str, str | None]) -> None:
    one = Statement("1", "1", 1, "", "", 1, "", "", "s", "a", values)
    stands = {f: who[0].values[f] for f, who in standing([one]).items()}
    assert read([one]) == Reading({f: v for f, v in stands.items() if v is not None}, {})
