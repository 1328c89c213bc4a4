"""Certificates run out and are renewed, and the seats need not do anything for it."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.bundles.certificates import Certificate
from desktop.domain.offices import OfficeKind
from desktop.errors import CertificateExpired, NotFound, NotRoot
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.school.renewal import WARNING_DAYS, certificates_running_out, renew
from desktop.procedures.school.revocation import revoke
from desktop.procedures.session import Session
from desktop.store import exchange
from tests.conftest import ROUND, School

from .acts import complete_class, print_class, require_healthy, sign

THREE_YEARS = 3 * 366


def at(school: School, days: int) -> None:
    """Let every PC show the date of some days from now."""
    shown = datetime.now(UTC).astimezone() + timedelta(days=days)
    for session in school.sessions.values():
        session.store.now = lambda: shown


def signs_under(session: Session) -> Certificate:
    with session.unit_of_work() as unit:
        return session.certificate(unit).certificate


def warned(session: Session) -> dict[str, int]:
    return {w.seat.id: w.days_left for w in certificates_running_out(session)}


def test_sixty_days_before_a_certificate_runs_out_a_warning_begins(school: School) -> None:
    at(school, THREE_YEARS - WARNING_DAYS - 1)
    assert warned(school.first) == warned(school.registrar) == {}
    at(school, THREE_YEARS - WARNING_DAYS)
    assert warned(school.first) == {"002": 60}
    assert warned(school.registrar) == {"002": 60, "003": 60, "004": 60}
    at(school, THREE_YEARS + 1)
    (mine,) = certificates_running_out(school.first)
    assert (mine.days_left, mine.own, mine.seat.name) == (-1, True, "信息技术学院的电脑")
    assert mine.seat.office.kind is OfficeKind.COLLEGE
    assert mine.valid_until == school.first.today() - timedelta(days=1)


def test_who_was_sent_away_is_not_warned_about(school: School) -> None:
    revoke(school.registrar, "002", "电脑丢失")
    at(school, THREE_YEARS)
    assert set(warned(school.registrar)) == {"003", "004"}


def test_a_renewed_certificate_travels_and_the_seat_signs_under_it(school: School) -> None:
    at(school, THREE_YEARS + 10)
    print_class(school.first, "软件2601班")
    with pytest.raises(CertificateExpired):
        school.send(school.first, "registrar")
    old = school.first.home.certificate
    until = renew(school.registrar, "002")
    assert until == school.first.today() + timedelta(days=THREE_YEARS)
    assert "002" not in warned(school.registrar)
    assert school.carry(school.registrar, school.first).refusals == ()
    mine = signs_under(school.first)
    assert (mine.seat_id, mine.valid_until) == ("002", until.isoformat())
    assert warned(school.first) == {}
    report = school.carry(school.first, school.registrar)
    assert (report.refusals, report.bundles[0].number) == ((), 1)
    with school.registrar.unit_of_work() as unit:
        (bundle,) = exchange.incoming(unit.connection, "002")
    assert bundle.certificate_serial == mine.serial
    assert school.first.home.certificate == old  # it is what it was enrolled with
    for session in (school.registrar, school.first):
        require_healthy(session)
    school.reopen("first")
    at(school, THREE_YEARS + 10)
    assert signs_under(school.first) == mine


def test_what_was_signed_before_and_after_the_renewal_is_taken_in_any_order(
    school: School,
) -> None:
    sheet = print_class(school.first, "软件2601班")
    before = school.send(school.first, "registrar")
    renew(school.registrar, "002")
    school.carry(school.registrar, school.first)
    sign(school.first, sheet)
    after = school.send(school.first, "registrar")
    report = merge(school.registrar, [after, before])
    assert (report.refusals, [b.number for b in report.bundles]) == ((), [2, 1])
    with school.registrar.unit_of_work() as unit:
        serials = {b.certificate_serial for b in exchange.incoming(unit.connection, "002")}
    assert len(serials) == 2
    require_healthy(school.registrar)


def test_a_seat_keeps_its_certificate_until_the_renewed_one_has_come(school: School) -> None:
    before = signs_under(school.first)
    renew(school.registrar, "002")
    assert signs_under(school.first) == before
    complete_class(school.first, "软件2601班")
    assert school.carry(school.first, school.registrar).refusals == ()


def test_another_seats_renewal_changes_nothing_here(school: School) -> None:
    before = signs_under(school.first)
    renew(school.registrar, "003")
    school.carry(school.registrar, school.first)
    assert signs_under(school.first) == before


def test_the_root_renews_its_own(school: School) -> None:
    at(school, 10 * 366 - 5)
    assert warned(school.registrar)["001"] == 5
    before = signs_under(school.registrar)
    renew(school.registrar, "001")
    renew(school.registrar, "002")
    mine = signs_under(school.registrar)
    assert mine.serial != before.serial
    assert mine.signing_key == before.signing_key
    assert "001" not in warned(school.registrar)
    at(school, 10 * 366 + 5)
    assert school.carry(school.registrar, school.first).refusals == ()
    require_healthy(school.registrar)


def test_a_root_that_let_its_own_run_out_renews_it_all_the_same(school: School) -> None:
    at(school, 10 * 366 + 5)
    renew(school.registrar, "002")
    with pytest.raises(CertificateExpired):
        export(school.registrar, "college-01", ROUND, school.folder)
    renew(school.registrar, "001")
    assert school.carry(school.registrar, school.first).refusals == ()


@pytest.mark.parametrize("seat", ["002", "099"])
def test_who_was_sent_away_or_never_was_is_not_renewed(school: School, seat: str) -> None:
    revoke(school.registrar, "002", "电脑丢失")
    with pytest.raises(NotFound):
        renew(school.registrar, seat)


def test_only_the_root_renews(school: School) -> None:
    with pytest.raises(NotRoot):
        renew(school.first, "002")


def test_a_revoked_seat_stays_revoked_whatever_it_was_renewed_to(school: School) -> None:
    """It was renewed, the renewal is under way, and then the PC is lost."""
    renew(school.registrar, "002")
    school.carry(school.registrar, school.first)
    revocation = revoke(school.registrar, "002", "电脑丢失")
    assert revocation.serial == signs_under(school.first).serial
    complete_class(school.first, "软件2601班")
    assert [r.code for r in school.carry(school.first, school.registrar).refusals] == ["JC-309"]
