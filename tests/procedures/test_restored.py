"""A PC whose data is an old backup, or that was copied, is told before it does damage."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.exchange import Receipt
from desktop.errors import NothingToExport, StoreOutdated
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.school.enrolment import ask_to_join, enrol
from desktop.procedures.session import Session
from desktop.store import exchange
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, ROUND, School

from .acts import complete_class, forge, print_class, require_healthy, sign, snapshot
from .test_enrolment import applicant

CLASS = "软件2601班"


def notices(session: Session, bundle: Path) -> list[str]:
    (report,) = merge(session, [bundle]).bundles
    return [notice.code for notice in report.notices]


def backed_up(school: School, seat: str) -> Path:
    """Close a seat, copy its data away, and open it again."""
    school.sessions.pop(seat).store.close()
    backup = school.folder / f"backup-of-{seat}"
    shutil.copytree(school.store_folder(seat), backup)
    school.reopen(seat)
    return backup


def restore(school: School, seat: str, backup: Path) -> Session:
    """Put a seat's data back to what it was."""
    school.sessions.pop(seat).store.close()
    shutil.rmtree(school.store_folder(seat))
    shutil.copytree(backup, school.store_folder(seat))
    return school.reopen(seat)


def receipts_from(school: School) -> list[Receipt]:
    with school.registrar.unit_of_work() as unit:
        return exchange.latest_receipts(unit.connection, "college-01", "registrar")


def test_a_restored_seat_stops_at_the_first_bundle_that_knows_more(school: School) -> None:
    sheet = print_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    backup = backed_up(school, "first")
    sign(school.first, sheet)
    school.carry(school.first, school.registrar)
    restored = restore(school, "first", backup)
    answer = school.send(school.registrar, "college-01")
    assert notices(restored, answer) == ["data-outdated"]
    sign(restored, sheet)
    before = snapshot(school.store_folder("first"))
    with pytest.raises(StoreOutdated, match=r"旧的备份.*第2号"):
        export(restored, "registrar", ROUND, school.folder)
    assert snapshot(school.store_folder("first")) == before
    require_healthy(restored)


def test_it_learns_so_even_when_the_answer_went_out_before_it_was_restored(
    school: School,
) -> None:
    backup = backed_up(school, "first")
    complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    school.carry(school.registrar, school.first)  # the answer is spent
    restored = restore(school, "first", backup)
    complete_class(school.second, "护理2601班")
    school.carry(school.second, school.registrar)
    news = export(school.registrar, "college-01", ROUND, school.folder, again=True)
    assert news.receipts == 0
    assert "data-outdated" in notices(restored, news.path)
    with pytest.raises(StoreOutdated):
        export(restored, "registrar", ROUND, school.folder)


def test_the_root_is_told_by_a_college_and_enrols_nobody_any_more(
    school: School, tmp_path: Path
) -> None:
    backup = backed_up(school, "registrar")
    complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    school.carry(school.registrar, school.first)
    restored = restore(school, "registrar", backup)
    print_class(school.first, "软件2602班")
    school.carry(school.first, restored)
    request, digits = ask_to_join(tmp_path, applicant(), OPERATOR, PASSPHRASE, cost=CHEAPEST)
    with pytest.raises(StoreOutdated):
        enrol(restored, request, digits, "college-03")


def test_a_seat_that_knows_all_its_bundles_goes_on(school: School) -> None:
    for name in (CLASS, "软件2602班"):
        complete_class(school.first, name)
        school.carry(school.first, school.registrar)
        assert notices(school.first, school.send(school.registrar, "college-01")) == []
    assert [receipt.number for receipt in receipts_from(school)] == [2]
    with pytest.raises(NothingToExport):  # what is repeated is no reason for a bundle
        school.send(school.registrar, "college-01")


def test_the_other_seat_of_the_office_is_not_meant(school: School) -> None:
    complete_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    assert notices(school.first_again, school.send(school.registrar, "college-01")) == []
    complete_class(school.first_again, "软件2602班")
    assert school.carry(school.first_again, school.registrar).refusals == ()


@pytest.mark.parametrize(
    "spoilt",
    [
        {},  # the proof of a bundle that the registrar knows well
        {"digest": "0" * 64},
        {"digest": ""},
        {"digest": "no digest"},
        {"signature": "0" * 128},
        {"signature": ""},
        {"signature": "half"},
        {"seat": "003"},
        {"seat": ""},
    ],
)
def test_an_invented_receipt_stops_nobody(
    school: School, tmp_path: Path, spoilt: dict[str, str]
) -> None:
    """The college answers a bundle that the registrar never made."""
    with school.first.unit_of_work() as unit:
        (roster,) = exchange.incoming(unit.connection, "001")
        (mine,) = exchange.latest_receipts(unit.connection, "registrar", "college-01")
    assert mine.digest == roster.digest
    invented = replace(mine, bundle_id="invented", number=99, **spoilt)  # type: ignore[arg-type]
    path = forge(school.first, tmp_path, [], receipts=[invented.to_text().encode()])
    assert notices(school.registrar, path) == []
    school.carry(school.first_again, school.registrar)
    complete_class(school.first_again, CLASS)
    school.carry(school.first_again, school.registrar)
    assert school.carry(school.registrar, school.first_again).refusals == ()
