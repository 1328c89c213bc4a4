"""The journal: numbers, hashes, what was seen, the clock, the signed end; and what counts."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from desktop.bundles.keys import signature_fits
from desktop.bundles.lines import decode, encode
from desktop.domain.authority import ASPECTS
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key, Statement
from desktop.errors import NotAllowed
from desktop.models.journal import ChainHeadRow, StatementRow
from desktop.models.seat import SeatRow
from desktop.store import health
from desktop.store.counting import REVOKED, WITHDRAWN, WITHOUT_AUTHORITY
from desktop.store.journal import Author, Draft, Source, head_text
from desktop.store.store import Store, UnitOfWork
from desktop.store.tables import FIELDS, TABLES, statements_of

from .conftest import AUTHOR, KEYS, ROLLED_BACK
from .hearsay import ROUND, Bundle, Saying, hear

NAME = Key("student:1", "identity", "")
MARK = Key("student:1", "signature", ROUND)
ASSIGNED: list[Saying] = [
    ("class:1", "class_group", "", {"office": "college-01"}),
    ("student:1", "placement", "", {"class_id": "class:1"}),
]


@pytest.fixture
def unit(store: Store) -> Iterator[UnitOfWork]:
    """A transaction in which the registrar's seat speaks; it is rolled back."""
    with store.unit_of_work(AUTHOR) as opened:
        yield opened


def said(
    name: str, seat: str, sayings: Sequence[Saying], *, first: int = 1, clock: int = 1
) -> Bundle:
    """Return a bundle in which a seat says some things, having seen nothing."""
    statements = [
        Statement(
            id=f"{seat}-{number}",
            seat=seat,
            number=number,
            previous="",
            operator="某人",
            clock=clock,
            at="2026-09-20T08:00:00+08:00",
            round=round_,
            subject=subject,
            aspect=aspect,
            values=values,
        )
        for number, (subject, aspect, round_, values) in enumerate(sayings, start=first)
    ]
    return Bundle(name, seat, tuple(statements))


def table_row(unit: UnitOfWork, key: Key) -> dict[str, str | None]:
    """Return what the table of a reading says, empty for nothing."""
    table = TABLES[key.aspect]
    query = select(table).where(table.c.subject == key.subject, table.c.round == key.round)
    row = unit.connection.execute(query).mappings().one_or_none()
    return {field: row[field] for field in (*FIELDS[key.aspect], "conflicts")} if row else {}


def uncounted(unit: UnitOfWork) -> dict[str, str]:
    """Return why each statement of the journal does not count, "" where it does."""
    rows = unit.connection.execute(select(StatementRow.line, StatementRow.uncounted))
    return {decode(line).id: why for line, why in rows}


# --- the chain -----------------------------------------------------------------------------------


def test_statements_are_numbered_and_each_names_the_hash_of_the_one_before(
    unit: UnitOfWork,
) -> None:
    first = unit.journal.state(NAME, {"name": "王小明"})
    second, third = unit.journal.state_all(
        [Draft(NAME, {"sex": "男"}), Draft(MARK, {"mark": "signed"})]
    )
    assert [s.number for s in (first, second, third)] == [1, 2, 3]
    assert first.previous == ""
    assert second.previous == hashlib.sha256(encode(first)).hexdigest()
    assert third.previous == hashlib.sha256(encode(second)).hexdigest()
    lines = unit.connection.execute(select(StatementRow.line).order_by(StatementRow.number))
    assert list(lines.scalars()) == [encode(s) for s in (first, second, third)]


def test_a_statement_says_who_where_when_and_why(store: Store) -> None:
    store.now = lambda: datetime.fromisoformat("2026-09-20T08:00:00.123+08:00")
    with store.unit_of_work(AUTHOR) as unit:
        one = unit.journal.state(NAME, {"name": "王"}, reason="身份证为准", evidence=["ab" * 32])
        (row,) = unit.connection.execute(
            select(StatementRow.office, StatementRow.bundle, StatementRow.uncounted)
        ).all()
    assert (one.seat, one.operator, one.reason) == ("001", "张老师", "身份证为准")
    assert one.evidence == ("ab" * 32,)
    assert one.at == "2026-09-20T08:00:00+08:00"
    assert tuple(row) == ("registrar", None, "")


def test_a_statement_has_seen_what_counted_about_its_key_and_nothing_else(
    unit: UnitOfWork,
) -> None:
    first = unit.journal.state(NAME, {"name": "王小明"})
    unit.journal.state(MARK, {"mark": "signed"})
    second = unit.journal.state(NAME, {"sex": "男"})
    third, fourth = unit.journal.state_all(
        [Draft(NAME, {"sex": "女"}), Draft(NAME, {"name": "王"})]
    )
    assert first.seen == ()
    assert second.seen == (first.id,)
    assert set(third.seen) == {first.id, second.id}
    assert set(fourth.seen) == {first.id, second.id, third.id}
    hear(unit, said("b1", "002", [("student:1", "signature", ROUND, {"mark": "unsigned"})]))
    assert "002-1" not in unit.journal.state(MARK, {"mark": "signed"}).seen


def test_the_clock_runs_on_and_past_everything_that_was_heard(unit: UnitOfWork) -> None:
    assert unit.journal.state(NAME, {"name": "王小明"}).clock == 1
    hear(unit, said("b1", "009", ASSIGNED, clock=40))
    assert unit.journal.state(NAME, {"name": "王小铭"}).clock == 41
    hear(unit, said("b2", "009", [("student:1", "identity", "", {"sex": "女"})], first=3, clock=7))
    assert unit.journal.state(NAME, {"sex": "男"}).clock == 42


def test_the_clock_runs_on_after_what_was_heard_is_saved(store: Store) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        hear(unit, said("b1", "009", ASSIGNED, clock=40))
        unit.commit()
    with store.unit_of_work(AUTHOR) as unit:
        assert unit.journal.state(NAME, {"name": "王小铭"}).clock == 41


def test_the_end_of_the_chain_is_signed_by_the_seat(store: Store) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state(NAME, {"name": "王小明"})
        last = unit.journal.state(NAME, {"sex": "男"})
        unit.commit()
    with store.unit_of_work() as unit:
        (row,) = unit.connection.execute(
            select(ChainHeadRow.number, ChainHeadRow.hash, ChainHeadRow.signature)
        ).all()
    assert (row.number, row.hash) == (2, hashlib.sha256(encode(last)).hexdigest())
    text = head_text("001", row.number, row.hash)
    assert signature_fits(KEYS.public.signing, text, bytes.fromhex(row.signature))
    assert not signature_fits(
        KEYS.public.signing, head_text("001", 1, row.hash), bytes.fromhex(row.signature)
    )


def test_nothing_is_saved_without_a_commit(store: Store) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        unit.journal.state(NAME, {"name": "王小明"})
    with store.unit_of_work(AUTHOR) as unit:
        assert uncounted(unit) == {}
        assert table_row(unit, NAME) == {}
        assert unit.journal.state(NAME, {"name": "王小明"}).number == 1


def test_what_is_said_in_one_transaction_is_seen_in_it(unit: UnitOfWork) -> None:
    unit.journal.state(NAME, {"name": "王小明"})
    assert table_row(unit, NAME)["name"] == "王小明"


# --- who may say what ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (NAME, {"name": "王小明", "nickname": "小明"}),
        (Key("class:1", "identity", ""), {"name": "王小明"}),
        (Key("student:1", "sign_off", ROUND), {"head": "王"}),
    ],
)
def test_what_no_table_can_hold_is_a_mistake_of_the_program(
    unit: UnitOfWork, key: Key, values: dict[str, str | None]
) -> None:
    with pytest.raises(ValueError, match="can not say"):
        unit.journal.state(key, values)


def test_an_unknown_aspect_is_a_mistake_of_the_program(unit: UnitOfWork) -> None:
    with pytest.raises(KeyError):
        unit.journal.state(Key("student:1", "gossip", ""), {"name": "王"})


def test_nobody_speaks_without_being_signed_in(store: Store) -> None:
    with store.unit_of_work() as unit, pytest.raises(NotAllowed):
        unit.journal.state(NAME, {"name": "王小明"})


@pytest.mark.parametrize("kind", [k for k in OfficeKind if k is not OfficeKind.REGISTRAR])
def test_only_the_registrar_states_a_registration(store: Store, kind: OfficeKind) -> None:
    author = Author("001", "college-01", kind, "某人", KEYS.sign)
    with store.unit_of_work(author) as unit, pytest.raises(NotAllowed):
        unit.journal.state(Key("student:1", "registration", ROUND), {"outcome": "registered"})


def test_when_one_of_several_things_is_not_allowed_none_is_said(store: Store) -> None:
    college = Author("001", "college-01", OfficeKind.COLLEGE, "某人", KEYS.sign)
    with store.unit_of_work(AUTHOR) as unit:
        for subject, aspect, round_, values in ASSIGNED:
            unit.journal.state(Key(subject, aspect, round_), values)
        unit.commit()
    with store.unit_of_work(college) as unit:
        before = len(uncounted(unit))
        foreign = Key("student:2", "signature", ROUND)
        with pytest.raises(NotAllowed):
            unit.journal.state_all(
                [Draft(MARK, {"mark": "signed"}), Draft(foreign, {"mark": "signed"})]
            )
        assert len(uncounted(unit)) == before
        assert table_row(unit, MARK) == {}
        assert unit.journal.state(MARK, {"mark": "signed"}).number == before + 1


def test_a_college_speaks_about_a_class_that_was_ever_its_own(store: Store) -> None:
    college = Author("001", "college-01", OfficeKind.COLLEGE, "某人", KEYS.sign)
    with store.unit_of_work(AUTHOR) as unit:
        for subject, aspect, round_, values in ASSIGNED:
            unit.journal.state(Key(subject, aspect, round_), values)
        unit.journal.state(Key("class:1", "class_group", ""), {"office": "college-02"})
        unit.commit()
    with store.unit_of_work(college) as unit:
        unit.journal.state(MARK, {"mark": "signed"})
        assert table_row(unit, MARK)["mark"] == "signed"


def test_what_a_college_says_of_others_students_does_not_count_until_they_are_its_own(
    unit: UnitOfWork,
) -> None:
    hear(unit, said("b1", "002", [("student:1", "signature", ROUND, {"mark": "signed"})]))
    assert uncounted(unit) == {"002-1": WITHOUT_AUTHORITY}
    assert table_row(unit, MARK) == {}
    hear(unit, said("b2", "009", ASSIGNED[:1]))
    assert uncounted(unit)["002-1"] == WITHOUT_AUTHORITY
    hear(unit, said("b3", "009", ASSIGNED[1:], first=2))
    assert uncounted(unit)["002-1"] == ""
    assert table_row(unit, MARK)["mark"] == "signed"


def test_an_assignment_by_this_very_seat_lets_waiting_statements_count(unit: UnitOfWork) -> None:
    hear(unit, said("b1", "002", [("student:1", "signature", ROUND, {"mark": "signed"})]))
    for subject, aspect, round_, values in ASSIGNED:
        unit.journal.state(Key(subject, aspect, round_), values)
    assert uncounted(unit)["002-1"] == ""
    assert table_row(unit, MARK)["mark"] == "signed"


def test_a_sheet_and_its_sign_off_may_come_together_or_in_any_order(store: Store) -> None:
    sheet = said("b1", "002", [("sheet:1", "sheet", ROUND, {"class_id": "class:1"})])
    sign_off = said("b2", "002", [("sheet:1", "sign_off", ROUND, {"head": "王"})], first=2)
    together = Bundle("b1", "002", (*sheet.statements, *sign_off.statements))
    assigned = said("b3", "009", ASSIGNED)
    digests = set()
    for order in (
        [assigned, sheet, sign_off],
        [assigned, sign_off, sheet],
        [sign_off, sheet, assigned],
        [assigned, together],
        [together, assigned],
    ):
        with store.unit_of_work(AUTHOR) as unit:
            for bundle in order:
                hear(unit, bundle)
            assert set(uncounted(unit).values()) == {""}
            digests.add(health.state_digest(unit.connection))
    assert len(digests) == 1


def test_a_sheet_that_claims_two_classes_belongs_to_both(unit: UnitOfWork) -> None:
    hear(unit, said("b1", "009", ASSIGNED))
    hear(
        unit,
        said(
            "b2",
            "002",
            [
                ("sheet:1", "sheet", ROUND, {"class_id": "class:1"}),
                ("sheet:1", "sheet", ROUND, {"class_id": "class:2"}),
                ("sheet:1", "sheet", ROUND, {"class_id": "class:3"}),
                ("sheet:1", "sign_off", ROUND, {"head": "王"}),
            ],
        ),
    )
    whys = uncounted(unit)
    assert [whys[f"002-{n}"] for n in (1, 2, 3, 4)] == ["", *[WITHOUT_AUTHORITY] * 2, ""]


# --- taking back ---------------------------------------------------------------------------------


TOLD: list[Saying] = [("student:1", "signature", ROUND, {"mark": "signed"})]
WITHDRAW: list[Saying] = [("bundle:b1", "withdrawal", "", {"withdrawn": "yes"})]


def test_what_was_withdrawn_no_longer_counts_but_can_be_read(unit: UnitOfWork) -> None:
    hear(unit, said("b0", "009", ASSIGNED))
    hear(unit, said("b1", "002", TOLD))
    unit.journal.state(Key("bundle:b1", "withdrawal", ""), {"withdrawn": "yes"})
    assert table_row(unit, MARK) == {}
    assert uncounted(unit)["002-1"] == WITHDRAWN
    assert statements_of(unit.connection, [MARK]) == {}
    assert [s.id for s in statements_of(unit.connection, [MARK], counted=False)[MARK]] == ["002-1"]


def test_what_a_withdrawn_statement_had_overtaken_stands_again(unit: UnitOfWork) -> None:
    hear(unit, said("b0", "009", ASSIGNED))
    hear(unit, said("b1", "002", TOLD))
    (later,) = said("b2", "002", TOLD, first=2, clock=9).statements
    later = later._replace(values={"mark": "unsigned"}, seen=("002-1",))
    hear(unit, Bundle("b2", "002", (later,)))
    assert table_row(unit, MARK)["mark"] == "unsigned"
    unit.journal.state(Key("bundle:b2", "withdrawal", ""), {"withdrawn": "yes"})
    assert table_row(unit, MARK)["mark"] == "signed"


def test_a_bundle_that_comes_after_its_withdrawal_does_not_count(unit: UnitOfWork) -> None:
    hear(unit, said("b0", "009", [*ASSIGNED, *WITHDRAW]))
    hear(unit, said("b1", "002", TOLD))
    assert uncounted(unit)["002-1"] == WITHDRAWN
    assert table_row(unit, MARK) == {}


def test_a_withdrawal_withdraws_nothing_else(unit: UnitOfWork) -> None:
    hear(unit, said("b0", "009", [*ASSIGNED, *WITHDRAW]))
    hear(unit, said("b10", "002", TOLD))
    assert uncounted(unit)["002-1"] == ""


@pytest.mark.parametrize("home", ["registrar", "admissions"])
def test_an_office_takes_back_what_it_has_taken_in_itself(store: Store, home: str) -> None:
    """What another office says it takes back binds nobody here, whichever comes first (ADR 48)."""
    assigned = said("b0", "009", ASSIGNED)
    told, withdrawing = said("b1", "002", TOLD), said("b2", "006", WITHDRAW)
    expected = WITHDRAWN if home == "admissions" else ""
    for order in ([told, withdrawing], [withdrawing, told]):
        with store.unit_of_work(AUTHOR) as unit:
            unit.connection.execute(update(SeatRow).values(office_id=home))
            for bundle in (assigned, *order):
                hear(unit, bundle)
            assert uncounted(unit)["002-1"] == expected
            assert unit.journal.withdrawn("b1") is bool(expected)
            require_sound(unit)
            unit.journal.cut_off(["b2"])  # had the revocation come first, it would not have come
            assert uncounted(unit)["002-1"] == ""
            require_sound(unit, ["b2"])


def test_a_withdrawal_counts_even_in_a_bundle_that_was_itself_withdrawn(store: Store) -> None:
    told, withdrawing = said("b1", "002", TOLD), said("b2", "009", WITHDRAW)
    assigned = said("b0", "009", ASSIGNED, first=2)
    back: list[Saying] = [("bundle:b2", "withdrawal", "", {"withdrawn": "yes"})]
    withdrawn_too = said("b3", "009", back, first=4)
    digests = set()
    for order in (
        [assigned, told, withdrawing, withdrawn_too],
        [withdrawn_too, withdrawing, assigned, told],
        [withdrawn_too, assigned, told, withdrawing],
    ):
        with store.unit_of_work(AUTHOR) as unit:
            for bundle in order:
                hear(unit, bundle)
            assert uncounted(unit)["002-1"] == WITHDRAWN
            digests.add(health.state_digest(unit.connection))
    assert len(digests) == 1


def test_a_withdrawn_sheet_still_tells_to_which_class_it_belongs(store: Store) -> None:
    assigned = said("b0", "009", [*ASSIGNED, *WITHDRAW])
    sheet = said("b1", "002", [("sheet:1", "sheet", ROUND, {"class_id": "class:1"})])
    sign_off = said("b2", "002", [("sheet:1", "sign_off", ROUND, {"head": "王"})], first=2)
    digests = set()
    for order in (
        [assigned, sheet, sign_off],
        [sheet, sign_off, assigned],
        [sign_off, assigned, sheet],
    ):
        with store.unit_of_work(AUTHOR) as unit:
            for bundle in order:
                hear(unit, bundle)
            assert uncounted(unit)["002-2"] == ""
            digests.add(health.state_digest(unit.connection))
    assert len(digests) == 1


def test_what_a_revoked_seat_said_no_longer_counts_and_takes_nothing_back(
    unit: UnitOfWork,
) -> None:
    """Had it come after the revocation, it would have been refused."""
    hear(unit, said("b0", "009", ASSIGNED))
    hear(unit, said("b1", "002", TOLD))
    hear(unit, said("b3", "009", WITHDRAW, first=3))
    assert uncounted(unit)["002-1"] == WITHDRAWN
    unit.journal.cut_off(["b3"])
    assert uncounted(unit) == {"009-1": "", "009-2": "", "009-3": REVOKED, "002-1": ""}
    assert table_row(unit, MARK)["mark"] == "signed"
    unit.journal.cut_off(["b0"])
    assert uncounted(unit)["002-1"] == WITHOUT_AUTHORITY  # nobody assigned the class any more
    assert table_row(unit, MARK) == {}
    require_sound(unit, {"b0", "b3"})


def test_what_two_bundles_carry_counts_while_one_of_them_does(unit: UnitOfWork) -> None:
    hear(unit, said("b0", "009", ASSIGNED))
    hear(unit, said("b1", "002", TOLD))
    assert [s.id for s in unit.journal.resting_on("b1")] == ["002-1"]
    hear(unit, said("b9", "002", TOLD))
    assert unit.journal.resting_on("b1") == unit.journal.resting_on("b9") == []
    unit.journal.state(Key("bundle:b1", "withdrawal", ""), {"withdrawn": "yes"})
    assert uncounted(unit)["002-1"] == ""
    unit.journal.state(Key("bundle:b9", "withdrawal", ""), {"withdrawn": "yes"})
    assert uncounted(unit)["002-1"] == WITHDRAWN
    require_sound(unit)


def test_a_comparison_shows_what_counts_again(unit: UnitOfWork) -> None:
    hear(unit, said("b0", "009", [*ASSIGNED, *WITHDRAW]))
    hear(unit, said("b1", "002", TOLD))
    comparison = unit.journal.compare([], Source("b9", "002", "college-01"), [1])
    assert {key: after.values for key, (_, after) in comparison.readings.items()} == {
        MARK: {"mark": "signed"}
    }


def require_sound(unit: UnitOfWork, cut_off: Collection[str] = ()) -> None:
    """Fail when tables, or what counts, differ from what the journal says."""
    assert list(health.table_findings(unit.connection)) == []
    assert list(health.counting_findings(unit.connection, cut_off)) == []


def test_a_withdrawal_takes_back_the_same_when_everything_was_sent_again(store: Store) -> None:
    assigned = said("b0", "009", [*ASSIGNED, *WITHDRAW])
    told, told_again = said("b1", "002", TOLD), said("b9", "002", TOLD)
    digests = set()
    for order in ([assigned, told, told_again], [assigned, told_again, told]):
        with store.unit_of_work(AUTHOR) as unit:
            for bundle in order:
                hear(unit, bundle)
            digests.add(health.state_digest(unit.connection))
    assert len(digests) == 1


def test_what_another_seat_says_of_a_revoked_seat_s_sheet_counts_in_any_order(
    store: Store,
) -> None:
    assigned = said("b0", "009", ASSIGNED)
    sheet = said("b1", "002", [("sheet:1", "sheet", ROUND, {"class_id": "class:1"})])
    sign_off = said("b2", "005", [("sheet:1", "sign_off", ROUND, {"head": "王"})])
    with store.unit_of_work(AUTHOR) as unit:
        for bundle in (assigned, sheet, sign_off):
            hear(unit, bundle)
        unit.journal.cut_off(["b1"])
        before = health.state_digest(unit.connection)
    with store.unit_of_work(AUTHOR) as unit:
        for bundle in (assigned, sign_off):  # the revocation was known: b1 was refused
            hear(unit, bundle)
        assert health.state_digest(unit.connection) == before


# --- tables --------------------------------------------------------------------------------------


SAYABLE = sorted(aspect for aspect in ASPECTS if aspect != "withdrawal")


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Anything that the registrar can say of a few subjects."""
    aspect = draw(st.sampled_from(SAYABLE))
    rule = ASPECTS[aspect]
    subject = f"{rule.subject}:{draw(st.integers(1, 2))}"
    fields = st.sampled_from(sorted(rule.fields)[:3])
    text = st.none() | st.text(max_size=4)
    values = draw(st.dictionaries(fields, text, min_size=1, max_size=3))
    return Draft(Key(subject, aspect, "" if rule.lasting else ROUND), values)


@ROLLED_BACK
@given(st.lists(st.lists(drafts(), min_size=1, max_size=6), min_size=1, max_size=4))
def test_tables_are_what_the_journal_reads_and_nothing_said_is_lost(
    store: Store, steps: list[list[Draft]]
) -> None:
    with store.unit_of_work(AUTHOR) as unit:
        spoken = [statement for step in steps for statement in unit.journal.state_all(step)]
        assert list(health.table_findings(unit.connection)) == []
        rows = unit.connection.execute(select(StatementRow.line).order_by(StatementRow.number))
        assert [decode(line) for line in rows.scalars()] == spoken
        last = {(d.key, f): v for step in steps for d in step for f, v in d.values.items()}
        for (key, field), value in last.items():  # who speaks alone is never contradicted
            assert table_row(unit, key).get(field) == value


@ROLLED_BACK
@given(st.lists(drafts(), min_size=1, max_size=8))
def test_saying_things_at_once_or_one_by_one_reads_the_same(
    store: Store, sayings: list[Draft]
) -> None:
    digests = set()
    for steps in ([sayings], [[saying] for saying in sayings]):
        with store.unit_of_work(AUTHOR) as unit:
            for step in steps:
                unit.journal.state_all(step)
            digests.add(health.state_digest(unit.connection))
    assert len(digests) == 1


def test_a_conflict_stands_in_the_table_with_its_sides_and_no_value(unit: UnitOfWork) -> None:
    hear(unit, said("b0", "009", ASSIGNED))
    hear(unit, said("b1", "002", TOLD))
    hear(unit, said("b2", "009", [("student:1", "signature", ROUND, {"mark": None})], first=3))
    row = table_row(unit, MARK)
    assert row["mark"] is None
    assert row["conflicts"] == '{"mark":[null,"signed"]}'
    unit.journal.state(MARK, {"mark": "unsigned"})
    assert table_row(unit, MARK) == dict.fromkeys(FIELDS["signature"]) | {
        "mark": "unsigned",
        "conflicts": "",
    }


def test_a_row_in_which_nothing_is_left_is_gone(unit: UnitOfWork) -> None:
    unit.journal.state(NAME, {"name": "王小明"})
    before = health.state_digest(unit.connection)
    unit.journal.state(NAME, {"name": None})
    assert table_row(unit, NAME) == {}
    assert health.state_digest(unit.connection) != before


def test_hashes_are_known_by_number(unit: UnitOfWork) -> None:
    spoken = [unit.journal.state(NAME, {"name": name}) for name in "甲乙丙"]
    known = unit.journal.known_hashes("001", 2, 9)
    assert known == {s.number: hashlib.sha256(encode(s)).digest() for s in spoken[1:]}
    assert unit.journal.known_hashes("002", 1, 9) == {}
