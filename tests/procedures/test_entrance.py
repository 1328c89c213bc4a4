"""The way in: the store is opened once, read ahead, and handed to whoever signs in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import StoreLocked, WrongPassphrase
from desktop.procedures.overview.entrance import Entrance
from desktop.procedures.registration import boards
from desktop.procedures.registration.boards import arrival_board, class_progress, outcome_counts
from desktop.procedures.seat_facts import who_may_sign_in
from desktop.procedures.session import Reader
from desktop.store.store import Store
from tests.conftest import OPERATOR, PASSPHRASE, ROUND, School


@pytest.fixture
def folder(school: School) -> Path:
    """The registrar's folder, closed, with a round."""
    school.close()
    return school.store_folder("registrar")


@pytest.fixture
def entrance(folder: Path) -> Iterator[Entrance]:
    """The way into it."""
    made = Entrance(folder)
    yield made
    made.close()


def test_it_tells_the_same_as_a_glance(folder: Path, entrance: Entrance) -> None:
    facts = entrance.look()
    assert facts.home
    assert facts == who_may_sign_in(folder)


def test_an_empty_folder_is_nobodys(tmp_path: Path) -> None:
    assert Entrance(tmp_path).look().home is None
    assert who_may_sign_in(tmp_path) is None


def test_the_store_is_held_until_somebody_gives_it_back(folder: Path, entrance: Entrance) -> None:
    entrance.look()
    with pytest.raises(StoreLocked):
        Store.open(folder)
    entrance.close()
    Store.open(folder).close()
    entrance.look()  # and again


def test_a_wrong_passphrase_leaves_the_door_as_it_was(folder: Path, entrance: Entrance) -> None:
    entrance.look()
    with pytest.raises(WrongPassphrase):
        entrance.sign_in(OPERATOR, "wrong")
    with pytest.raises(StoreLocked):
        Store.open(folder)
    session = entrance.sign_in(OPERATOR, PASSPHRASE)
    entrance.close()  # the store is the session's now
    with session.unit_of_work() as unit:
        assert unit.author
    session.store.close()


def test_what_was_counted_ahead_is_not_counted_again(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    entrance.look()
    reader = entrance.read_ahead("")
    assert reader
    session = entrance.sign_in(OPERATOR, PASSPHRASE)
    for name in ("steps_of_round", "outcomes_by_number"):
        monkeypatch.delattr(boards, name)
    lines = arrival_board(session, ROUND, judged=False)
    assert sum(group.students for line in lines for group in line.classes) > 0
    assert sum(outcome_counts(session, ROUND).values()) > 0
    assert entrance.read_ahead("") is None  # somebody has signed in: it is theirs to read
    session.store.close()


def test_it_counts_for_a_college_as_well(school: School) -> None:
    school.close()
    entrance = Entrance(school.store_folder("first"))
    entrance.look()
    reader = entrance.read_ahead("no such round")
    assert reader
    assert sum(group.students for group in class_progress(reader, ROUND, judged=False)) > 0
    entrance.close()


def test_a_reader_can_say_nothing(entrance: Entrance) -> None:
    entrance.look()
    reader = entrance.read_ahead("")
    assert isinstance(reader, Reader)
    with reader.unit_of_work() as unit:
        assert unit.author is None
