"""A store with nothing in it but a seat, and speakers whom it can hear."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from desktop.bundles.keys import SeatKeys
from desktop.domain.offices import HomeSeat, Office, OfficeKind, Seat
from desktop.store import seats
from desktop.store.journal import Author
from desktop.store.store import Store

REGISTRAR = Office("registrar", OfficeKind.REGISTRAR, "教务处学籍科")
KEYS = SeatKeys.generate()
HOME = HomeSeat(
    school_code="12354",
    school_name="襄阳职业技术学院",
    training=False,
    root_key=KEYS.public.signing,
    request="",
    certificate="no certificate: nobody reads it here",
    seat=Seat("001", "学籍科一号机", REGISTRAR),
)
AUTHOR = Author("001", REGISTRAR.id, REGISTRAR.kind, "张老师", KEYS.sign)

# For a property whose every example rolls back what it did: it may share one store.
ROLLED_BACK = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed store that belongs to the registrar's first seat."""
    folder = tmp_path_factory.mktemp("template") / "store"
    with Store.create(folder) as store, store.unit_of_work() as unit:
        seats.save_home_seat(unit.connection, HOME)
        unit.commit()
    return folder


@pytest.fixture
def folder(store_template: Path, tmp_path: Path) -> Path:
    """A folder with a closed store."""
    return Path(shutil.copytree(store_template, tmp_path / "store"))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """An open store that belongs to the registrar's first seat."""
    with Store.open(folder) as opened:
        yield opened
