"""The checklist of a round: added to, worded anew, put in order, and lines dropped for good."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.checklists import DEFAULT_CHECKLIST, EVERYBODY, SLOTS, ChecklistItem
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.errors import (
    ChecklistFull,
    Incomplete,
    NothingToChange,
    TextRefused,
    TextTooLong,
    ValueRefused,
)
from desktop.procedures.entry_review.year_checklist import (
    COMMON_TYPES,
    TypedLine,
    checklist_on_desk,
    save_checklist,
)
from desktop.procedures.rounds import NewRound, state_round
from desktop.procedures.session import Session
from tests.conftest import School
from tests.list_offices import join
from tests.reviews import (
    REVIEW,
    begin_review,
)


@pytest.fixture
def office(founded: School) -> Session:
    """An office that prepares the review."""
    session = join(founded, OfficeKind.ADMISSIONS)
    begin_review(session)
    return session


def as_lines(items: Sequence[ChecklistItem]) -> list[TypedLine]:
    return [TypedLine(i.title, i.required_types, i.note, i.slot) for i in items]


def titles(session: Session) -> list[str]:
    return [item.title for item in checklist_on_desk(session, REVIEW).items]


def slots(session: Session) -> dict[str, str]:
    return {item.title: item.slot for item in checklist_on_desk(session, REVIEW).items}


def test_custom_is_shown_with_the_types_that_the_roster_has(office: Session) -> None:
    found = checklist_on_desk(office, REVIEW)
    assert (found.items, found.said, found.free) == (DEFAULT_CHECKLIST, False, 11)
    assert set(COMMON_TYPES) <= set(found.types)
    assert EVERYBODY not in found.types
    assert "" not in found.types


def test_lines_are_added_worded_anew_moved_and_dropped(office: Session) -> None:
    lines = as_lines(DEFAULT_CHECKLIST)
    lines.insert(0, TypedLine(" 入学承诺书 ", (EVERYBODY, "专升本"), "本人签名"))
    lines[1] = TypedLine("录取通知书原件", (EVERYBODY,), "", SLOTS[0])
    del lines[4]  # 纸质档案
    saved = save_checklist(office, REVIEW, lines)
    assert checklist_on_desk(office, REVIEW).items == saved
    assert titles(office)[:3] == ["入学承诺书", "录取通知书原件", "身份证"]
    assert saved[0] == ChecklistItem(SLOTS[9], "入学承诺书", (EVERYBODY,), "本人签名")
    assert saved[1].slot == SLOTS[0]
    assert "纸质档案" not in titles(office)
    with pytest.raises(NothingToChange):
        save_checklist(office, REVIEW, as_lines(saved))
    save_checklist(office, REVIEW, as_lines(saved[::-1]))
    assert checklist_on_desk(office, REVIEW).items == saved[::-1]


def test_a_dropped_slot_never_means_anything_else(office: Session) -> None:
    save_checklist(office, REVIEW, as_lines(DEFAULT_CHECKLIST[1:]))
    items = checklist_on_desk(office, REVIEW).items
    save_checklist(office, REVIEW, [*as_lines(items), TypedLine("录取通知书")])
    assert slots(office)["录取通知书"] == SLOTS[9]
    assert checklist_on_desk(office, REVIEW).free == 10


def test_twenty_lines_are_all_that_a_round_can_ask_for(office: Session) -> None:
    more = [TypedLine(f"材料{place}") for place in range(11)]
    saved = save_checklist(office, REVIEW, [*as_lines(DEFAULT_CHECKLIST), *more])
    assert checklist_on_desk(office, REVIEW).free == 0
    with pytest.raises(ChecklistFull) as full:
        save_checklist(office, REVIEW, [*as_lines(saved[:-1]), TypedLine("还有一项")])
    assert "还有一项" in full.value.what
    assert checklist_on_desk(office, REVIEW).items == saved


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ([], Incomplete),
        ([TypedLine("  ")], Incomplete),
        ([TypedLine("字" * 61)], TextTooLong),
        ([TypedLine("身份证\x07")], TextRefused),
        ([TypedLine("身份证"), TypedLine("身份证 ")], ValueRefused),
    ],
)
def test_a_list_that_nobody_could_use_is_refused(
    office: Session, lines: list[TypedLine], error: type[Exception]
) -> None:
    with pytest.raises(error):
        save_checklist(office, REVIEW, lines)
    assert not checklist_on_desk(office, REVIEW).said


def test_a_slot_that_no_line_has_is_a_mistake_of_the_program(office: Session) -> None:
    with pytest.raises(ValueError, match="no such lines"):
        save_checklist(office, REVIEW, [TypedLine("身份证", slot=SLOTS[15])])


def another_round(session: Session) -> str:
    """Open one more round, whose checklist nobody has touched."""
    new = NewRound(Procedure.ENTRY_REVIEW, "再一个批次", "2026", "2026-09-30")
    with session.unit_of_work() as unit:
        round_ = state_round(session, unit, new)
        unit.commit()
    return round_.id


edits = st.lists(
    st.tuples(st.sampled_from(["drop", "add", "move", "word"]), st.integers(0, 30)),
    min_size=1,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(edits=edits)
def test_whatever_is_done_a_slot_keeps_its_line(
    office: Session, edits: list[tuple[str, int]]
) -> None:
    """Saved after each edit: no slot is ever given to another line, and what is saved is shown."""
    round_id = another_round(office)
    used: set[str] = set()
    for number, (deed, place) in enumerate(edits):
        before = checklist_on_desk(office, round_id)
        lines = as_lines(before.items)
        at = place % len(lines)
        if deed == "drop" and len(lines) > 1:
            del lines[at]
        elif deed == "add" and before.free:
            lines.insert(at, TypedLine(f"新材料{number}-{place}-{before.free}"))
        elif deed == "move":
            lines.append(lines.pop(at))
        else:
            lines[at] = TypedLine(f"改名{number}-{place}", (), "", lines[at].slot)
        known = {item.slot for item in before.items}
        try:
            saved = save_checklist(office, round_id, lines)
        except NothingToChange:
            continue
        assert checklist_on_desk(office, round_id).items == saved
        fresh = {item.slot for item in saved} - known
        assert not fresh & used
        used |= known | fresh
