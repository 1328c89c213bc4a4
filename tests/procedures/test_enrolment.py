"""A school begins, seats join it, sign in, and are sent away again."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.bundles.enrolment import Applicant
from desktop.bundles.lines import decode
from desktop.domain.offices import OfficeKind
from desktop.errors import (
    CertificateExpired,
    ClockBehind,
    EnrolmentForAnotherSeat,
    FingerprintMismatch,
    Incomplete,
    NoSuchOperator,
    NotAllowed,
    NotEnrolled,
    NotFound,
    NothingToExport,
    NotRoot,
    OtherSchool,
    RequestAlreadyUsed,
    RequestUnreadable,
    SignerExpired,
    SignerRevoked,
    StoreExists,
    TextTooLong,
    TrustError,
    WeakPassphrase,
    WrongPassphrase,
)
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    read_text,
    school_fingerprint,
    show_enrolment,
    show_request,
    write_text,
)
from desktop.procedures.school.revocation import revoke
from desktop.procedures.school.schools import (
    NewSchool,
    add_operator,
    change_passphrase,
    create_school,
)
from desktop.procedures.session import Session, open_and_sign_in, operators_of
from desktop.store import school as school_queries
from desktop.store.store import Store
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, ROUND, SCHOOL_CODE, School, begin_round

from .acts import (
    complete_class,
    digest,
    members,
    print_class,
    require_healthy,
    sign,
    sign_off,
    snapshot,
)


def applicant(**changes: object) -> Applicant:
    values: dict[str, object] = {
        "school_code": SCHOOL_CODE,
        "office_kind": OfficeKind.COLLEGE,
        "office_name": "师范学院",
        "seat_name": "师范学院的电脑",
        "training": False,
    }
    return Applicant(**(values | changes))  # type: ignore[arg-type]


def ask(folder: Path, **changes: object) -> tuple[str, str]:
    return ask_to_join(folder, applicant(**changes), OPERATOR, PASSPHRASE, cost=CHEAPEST)


def certificates(session: Session) -> int:
    with session.unit_of_work() as unit:
        return len(session.trust(unit).certificates)


def offices(session: Session) -> dict[str, OfficeKind]:
    with session.unit_of_work() as unit:
        return {office.id: office.kind for office in school_queries.offices(unit.connection)}


# --- a school begins -----------------------------------------------------------------------------


def test_the_first_seat_of_a_school_is_its_root(founded: School) -> None:
    assert founded.registrar.home.is_root
    assert not founded.first.home.is_root
    with founded.registrar.unit_of_work() as unit:
        facts = school_queries.school_facts(unit.connection, "2026-09-01")
    assert (facts.code, facts.president) == (SCHOOL_CODE, "李校长")


def test_a_school_is_not_made_where_there_is_one(founded: School) -> None:
    folder = founded.store_folder("first")
    before = snapshot(folder)
    with pytest.raises(StoreExists):
        create_school(folder, NewSchool(SCHOOL_CODE, "学校"), "甲", "p", cost=CHEAPEST)
    assert snapshot(folder) == before


@pytest.mark.parametrize("passphrase", ["", "   "])
def test_an_empty_passphrase_makes_nothing(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(WeakPassphrase):
        create_school(tmp_path / "a", NewSchool(SCHOOL_CODE, "学校"), "甲", passphrase)
    with pytest.raises(WeakPassphrase):
        ask_to_join(tmp_path / "b", applicant(), "甲", passphrase)
    assert list(tmp_path.iterdir()) == []


def test_a_school_that_can_not_be_named_so_can_be_made_again_rightly(tmp_path: Path) -> None:
    with pytest.raises(TrustError):
        create_school(tmp_path, NewSchool("", "学校"), OPERATOR, PASSPHRASE, cost=CHEAPEST)
    session = create_school(
        tmp_path, NewSchool(SCHOOL_CODE, "学校"), OPERATOR, PASSPHRASE, cost=CHEAPEST
    )
    session.store.close()


@pytest.mark.parametrize("name", ["", "长" * 10_000, "学\n校"])
def test_a_school_whose_name_nobody_could_be_sent_is_not_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(TrustError, match="学校名称"):
        create_school(tmp_path / "a", NewSchool(SCHOOL_CODE, name), "甲", "p", cost=CHEAPEST)
    assert list(tmp_path.iterdir()) == []


def test_a_school_that_could_not_be_begun_can_be_tried_again_at_once(tmp_path: Path) -> None:
    too_long = NewSchool(SCHOOL_CODE, "学校", president="长" * 1_000_000)
    with pytest.raises(TextTooLong):
        create_school(tmp_path, too_long, OPERATOR, PASSPHRASE, cost=CHEAPEST)
    session = create_school(
        tmp_path, NewSchool(SCHOOL_CODE, "学校"), OPERATOR, PASSPHRASE, cost=CHEAPEST
    )
    session.store.close()


def test_a_request_that_can_not_be_made_so_can_be_made_again_rightly(tmp_path: Path) -> None:
    with pytest.raises(Incomplete, match="部门名称"):
        ask(tmp_path, office_name="")
    with pytest.raises(TrustError):
        ask(tmp_path, school_code="")
    ask(tmp_path)


# --- a seat joins --------------------------------------------------------------------------------


def test_request_telephone_and_answer_make_a_seat(founded: School, tmp_path: Path) -> None:
    request, digits = ask(tmp_path / "new")
    shown = show_request(founded.registrar, request)
    assert (shown.fingerprint, shown.answered) == (digits, False)
    assert shown.request.office_name == "师范学院"
    spoken = digits.replace("-", " ")
    answer = enrol(founded.registrar, request, spoken, "college-03")
    before = snapshot(tmp_path / "new")
    seen = show_enrolment(tmp_path / "new", answer)
    assert (seen.school_name, seen.seat.office.id) == ("襄阳职业技术学院", "college-03")
    assert seen.fingerprint == school_fingerprint(founded.registrar)
    assert snapshot(tmp_path / "new") == before
    accept_enrolment(tmp_path / "new", answer, seen.fingerprint.replace(" ", "-"))
    session = open_and_sign_in(tmp_path / "new", OPERATOR, PASSPHRASE)
    with session.store:
        assert session.home.seat.id == "005"
        assert session.home.seat.office.name == "师范学院"
    assert offices(founded.registrar)["college-03"] is OfficeKind.COLLEGE


def test_request_and_answer_travel_as_files(founded: School, tmp_path: Path) -> None:
    request, digits = ask(tmp_path / "new")
    file = write_text(tmp_path, "申请.txt", request)
    answer = enrol(founded.registrar, read_text(file), digits, "college-03")
    received = read_text(write_text(tmp_path, "批复.txt", answer))
    accept_enrolment(tmp_path / "new", received, school_fingerprint(founded.registrar))


@pytest.mark.parametrize("name", ["没有.txt", "乱码.txt"])
def test_a_file_that_is_no_text_is_no_request(tmp_path: Path, name: str) -> None:
    (tmp_path / "乱码.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RequestUnreadable):
        read_text(tmp_path / name)


@pytest.mark.parametrize("heard", ["", "0000-0000-0000-0000-0000", "没有听清"])
def test_wrong_digits_on_the_telephone_enrol_nobody(
    founded: School, tmp_path: Path, heard: str
) -> None:
    request, _ = ask(tmp_path / "new")
    before = certificates(founded.registrar)
    with pytest.raises(FingerprintMismatch):
        enrol(founded.registrar, request, heard, "college-03")
    assert certificates(founded.registrar) == before


def test_the_digits_of_another_request_enrol_nobody(founded: School, tmp_path: Path) -> None:
    request, _ = ask(tmp_path / "one")
    _, digits = ask(tmp_path / "two")
    with pytest.raises(FingerprintMismatch):
        enrol(founded.registrar, request, digits, "college-03")


def test_a_request_shown_twice_is_answered_once(founded: School, tmp_path: Path) -> None:
    request, digits = ask(tmp_path / "new")
    enrol(founded.registrar, request, digits, "college-03")
    before = certificates(founded.registrar)
    assert show_request(founded.registrar, request).answered
    with pytest.raises(RequestAlreadyUsed):
        enrol(founded.registrar, request, digits, "college-03")
    assert certificates(founded.registrar) == before


def test_an_enrolment_for_another_seat_is_not_taken(founded: School, tmp_path: Path) -> None:
    request, digits = ask(tmp_path / "one")
    ask(tmp_path / "two")
    answer = enrol(founded.registrar, request, digits, "college-03")
    with pytest.raises(EnrolmentForAnotherSeat):
        show_enrolment(tmp_path / "two", answer)
    with pytest.raises(EnrolmentForAnotherSeat):
        accept_enrolment(tmp_path / "two", answer, school_fingerprint(founded.registrar))
    with pytest.raises(NotEnrolled):
        open_and_sign_in(tmp_path / "two", OPERATOR, PASSPHRASE)


def test_a_request_to_another_school_is_not_answered(founded: School, tmp_path: Path) -> None:
    request, digits = ask(tmp_path / "new", school_code="10000")
    with pytest.raises(OtherSchool):
        enrol(founded.registrar, request, digits, "college-03")
    assert "college-03" not in offices(founded.registrar)


def test_a_training_request_is_not_answered_by_a_real_school(
    founded: School, tmp_path: Path
) -> None:
    request, digits = ask(tmp_path / "new", training=True)
    with pytest.raises(OtherSchool):
        enrol(founded.registrar, request, digits, "college-03")


def test_another_schools_answer_is_not_taken(founded: School, tmp_path: Path) -> None:
    other = create_school(
        tmp_path / "other", NewSchool("10000", "外校"), OPERATOR, PASSPHRASE, cost=CHEAPEST
    )
    with other.store:
        theirs, digits = ask(tmp_path / "theirs", school_code="10000")
        answer = enrol(other, theirs, digits, "college-01")
        heard = school_fingerprint(other)
    ask(tmp_path / "mine")
    with pytest.raises(OtherSchool):
        accept_enrolment(tmp_path / "mine", answer, heard)
    assert founded.registrar.home.school_code == SCHOOL_CODE


def test_a_college_is_not_enrolled_as_the_registrar(founded: School, tmp_path: Path) -> None:
    request, digits = ask(tmp_path / "new")
    with pytest.raises(NotAllowed):
        enrol(founded.registrar, request, digits, "registrar")
    assert offices(founded.registrar)["registrar"] is OfficeKind.REGISTRAR


@pytest.mark.parametrize("place", [10, -10])
def test_a_damaged_request_or_answer_is_not_read(
    founded: School, tmp_path: Path, place: int
) -> None:
    def spoil(text: str) -> str:
        at = place % len(text)
        return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]

    request, digits = ask(tmp_path / "new")
    with pytest.raises(RequestUnreadable):
        show_request(founded.registrar, spoil(request))
    answer = enrol(founded.registrar, request, digits, "college-03")
    with pytest.raises(RequestUnreadable):
        show_enrolment(tmp_path / "new", spoil(answer))
    with pytest.raises(RequestUnreadable):
        accept_enrolment(tmp_path / "new", spoil(answer), school_fingerprint(founded.registrar))


@pytest.mark.parametrize("heard", ["", "0000-0000-0000-0000-0000", "没有听清"])
def test_an_answer_whose_digits_are_not_those_on_the_telephone_is_not_taken(
    founded: School, tmp_path: Path, heard: str
) -> None:
    """Somebody else can call himself the school: only the telephone tells."""
    request, digits = ask(tmp_path / "new")
    answer = enrol(founded.registrar, request, digits, "college-03")
    before = snapshot(tmp_path / "new")
    with pytest.raises(FingerprintMismatch):
        accept_enrolment(tmp_path / "new", answer, heard)
    assert snapshot(tmp_path / "new") == before
    with pytest.raises(NotEnrolled):
        open_and_sign_in(tmp_path / "new", OPERATOR, PASSPHRASE)


def test_the_answer_of_an_impostor_is_not_taken(founded: School, tmp_path: Path) -> None:
    impostor = create_school(
        tmp_path / "impostor", NewSchool(SCHOOL_CODE, "学校"), OPERATOR, PASSPHRASE, cost=CHEAPEST
    )
    request, digits = ask(tmp_path / "new")
    with impostor.store:
        answer = enrol(impostor, request, digits, "college-03")
    with pytest.raises(FingerprintMismatch):
        accept_enrolment(tmp_path / "new", answer, school_fingerprint(founded.registrar))


def test_only_the_root_enrols_and_revokes(founded: School, tmp_path: Path) -> None:
    request, digits = ask(tmp_path / "new")
    again = join_registrar(founded)
    for session in (founded.first, again):
        with pytest.raises(NotRoot):
            enrol(session, request, digits, "college-03")
        with pytest.raises(NotRoot):
            revoke(session, "004", "不干了")


# --- people sign in ------------------------------------------------------------------------------


def test_a_wrong_passphrase_signs_nobody_in(founded: School) -> None:
    founded.first.store.close()
    with pytest.raises(WrongPassphrase):
        open_and_sign_in(founded.store_folder("first"), OPERATOR, "Demo")
    founded.reopen("first")  # the refused one has let go of the store


def test_an_unknown_operator_signs_in_nowhere(founded: School) -> None:
    founded.first.store.close()
    with pytest.raises(NoSuchOperator):
        open_and_sign_in(founded.store_folder("first"), "李四", PASSPHRASE)


def test_the_only_operator_need_not_be_named(founded: School) -> None:
    founded.first.store.close()
    with open_and_sign_in(founded.store_folder("first"), "", PASSPHRASE).store as store:
        assert operators_of(store) == (OPERATOR,)


def test_a_seat_that_waits_for_its_answer_can_not_be_used(tmp_path: Path) -> None:
    ask(tmp_path / "new")
    with pytest.raises(NotEnrolled):
        open_and_sign_in(tmp_path / "new", OPERATOR, PASSPHRASE)


def test_a_passphrase_is_changed_by_whoever_knows_it(school: School) -> None:
    with pytest.raises(WrongPassphrase):
        change_passphrase(school.first, "不对", "新的", cost=CHEAPEST)
    with pytest.raises(WeakPassphrase):
        change_passphrase(school.first, PASSPHRASE, "", cost=CHEAPEST)
    change_passphrase(school.first, PASSPHRASE, "新的", cost=CHEAPEST)
    keys = school.first.keys
    school.first.store.close()
    with pytest.raises(WrongPassphrase):
        open_and_sign_in(school.store_folder("first"), OPERATOR, PASSPHRASE)
    session = open_and_sign_in(school.store_folder("first"), OPERATOR, "新的")
    with session.store:
        assert session.keys.public == keys.public


def test_a_second_operator_has_a_passphrase_of_their_own(school: School) -> None:
    with pytest.raises(WeakPassphrase):
        add_operator(school.first, "李四", "")
    add_operator(school.first, "李四", "另一个", cost=CHEAPEST)
    school.first.store.close()
    with pytest.raises(WrongPassphrase):
        open_and_sign_in(school.store_folder("first"), "李四", PASSPHRASE)
    with pytest.raises(NoSuchOperator):  # two work here now: who is it?
        open_and_sign_in(school.store_folder("first"), "", "另一个")
    session = open_and_sign_in(school.store_folder("first"), "李四", "另一个")
    school.sessions["first"] = session
    print_class(session, "软件2601班")
    bundle = school.send(session, "registrar")
    merge(school.registrar, [bundle])
    with school.registrar.unit_of_work() as unit:
        lines = unit.connection.exec_driver_sql(
            "SELECT line FROM statement WHERE seat = '002'"
        ).scalars()
        assert {decode(line).operator for line in lines} == {"李四"}


def test_two_operators_of_one_name_are_one_too_many(founded: School) -> None:
    with pytest.raises(TrustError):
        add_operator(founded.first, OPERATOR, "x", cost=CHEAPEST)
    founded.reopen("first")  # with the passphrase of before


# --- seats are sent away -------------------------------------------------------------------------


def join_registrar(school: School) -> Session:
    """Let a second seat of the registrar join."""
    folder = school.store_folder("registrar_again")
    request, digits = ask(folder, office_kind=OfficeKind.REGISTRAR, office_name="教务处学籍科")
    answer = enrol(school.registrar, request, digits, "registrar")
    accept_enrolment(folder, answer, school_fingerprint(school.registrar))
    return school.reopen("registrar_again")


@pytest.mark.parametrize("seat", ["001", "099"])
def test_the_root_and_seats_that_do_not_exist_are_not_revoked(founded: School, seat: str) -> None:
    with pytest.raises(NotFound):
        revoke(founded.registrar, seat, "电脑丢失")


def test_what_a_revoked_seat_sends_later_is_refused_and_what_it_sent_counts(
    school: School,
) -> None:
    complete_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    before = digest(school.registrar)
    revocation = revoke(school.registrar, "002", "电脑丢失")
    assert dict(revocation.last_numbers) == {"registrar": 1}
    complete_class(school.first, "软件2602班")
    report = school.carry(school.first, school.registrar)
    assert [r.code for r in report.refusals] == [SignerRevoked.code]
    assert digest(school.registrar) == before
    require_healthy(school.registrar)


def test_the_news_of_a_revocation_is_reason_enough_for_a_bundle(
    school: School, tmp_path: Path
) -> None:
    college = "college-02"
    school.carry(school.second, school.registrar)  # the answer to the roster
    with pytest.raises(NothingToExport):
        export(school.registrar, college, ROUND, tmp_path)
    revoke(school.registrar, "002", "电脑丢失")
    news = export(school.registrar, college, ROUND, tmp_path)
    assert (news.bundle.statements, news.receipts, news.news_of_trust) == (0, 0, True)
    assert merge(school.second, [news.path]).refusals == ()
    with school.second.unit_of_work() as unit:
        assert [r.revocation.seat_id for r in school.second.trust(unit).revocations] == ["002"]
    with pytest.raises(NothingToExport):  # it is news once,
        export(school.registrar, college, ROUND, tmp_path)
    with pytest.raises(NothingToExport):  # and no news to the registrar, from whom it came
        export(school.second, "registrar", ROUND, tmp_path)


def test_a_seat_from_which_nothing_came_is_revoked_whole(school: School) -> None:
    revoke(school.registrar, "002", "电脑丢失")
    print_class(school.first, "软件2601班")
    report = school.carry(school.first, school.registrar)
    assert [r.code for r in report.refusals] == [SignerRevoked.code]


def test_a_revocation_and_bundles_read_the_same_in_every_order(
    founded: School, tmp_path: Path
) -> None:
    again = join_registrar(founded)
    begin_round(founded)
    root, college = founded.registrar, founded.first
    merge(again, [founded.send(root, "registrar")])
    start = founded.store_folder("registrar_again")
    again.store.close()
    sheet = print_class(college, "软件2601班")
    earlier = founded.send(college, "registrar")
    merge(root, [earlier])
    sign(college, sheet)
    later = founded.send(college, "registrar")
    revoke(root, "002", "电脑丢失")
    news = export(root, "registrar", ROUND, tmp_path).path
    digests = set()
    for place, order in enumerate(itertools.permutations([earlier, later, news])):
        copy = tmp_path / f"copy{place}"
        _copy_store(start, copy)
        session = open_and_sign_in(copy, OPERATOR, PASSPHRASE)
        with session.store:
            report = merge(session, list(order))
            late = order.index(later) > order.index(news)
            assert [r.code for r in report.refusals] == [SignerRevoked.code] * late
            digests.add(digest(session))
            require_healthy(session)
    merge(root, [later])
    digests.add(digest(root))
    assert len(digests) == 1


def _copy_store(source: Path, target: Path) -> None:
    """Copy a closed store."""
    target.mkdir()
    (target / "jice.db").write_bytes((source / "jice.db").read_bytes())


def test_a_seat_that_was_revoked_joins_again_under_another_number(
    school: School, tmp_path: Path
) -> None:
    revoke(school.registrar, "002", "换了电脑")
    request, digits = ask(tmp_path / "new", office_name="信息技术学院")
    answer = enrol(school.registrar, request, digits, "college-01")
    accept_enrolment(tmp_path / "new", answer, school_fingerprint(school.registrar))
    session = open_and_sign_in(tmp_path / "new", OPERATOR, PASSPHRASE)
    with session.store:
        assert session.home.seat.id == "005"
        news = export(school.registrar, "college-01", ROUND, tmp_path)
        assert (news.bundle.statements, news.news_of_trust) == (0, True)
        with pytest.raises(NothingToExport):
            school.send(school.registrar, "college-01")
        everything = export(school.registrar, "college-01", ROUND, tmp_path, again=True)
        report = merge(session, [everything.path])
        assert report.refusals == ()
        assert members(session, "软件2601班") == members(school.registrar, "软件2601班")
        require_healthy(session)
        # the others of the office have it all, and take it quietly
        assert merge(school.first_again, [everything.path]).new_statements == 0
        require_healthy(school.first_again)


def at(session: Session, days: int) -> None:
    """Let a seat's PC show the date of some days from now."""
    shown = datetime.now(UTC).astimezone() + timedelta(days=days)
    session.store.now = lambda: shown


def test_an_expired_certificate_signs_nothing_any_more(school: School) -> None:
    at(school.first, 4 * 366)
    print_class(school.first, "软件2601班")
    before = snapshot(school.store_folder("first"))
    with pytest.raises(CertificateExpired, match="到期"):
        school.send(school.first, "registrar")
    assert snapshot(school.store_folder("first")) == before  # nothing counts as sent


def test_a_pc_whose_date_is_a_day_behind_can_send(school: School) -> None:
    at(school.first, -1)
    print_class(school.first, "软件2601班")
    assert school.carry(school.first, school.registrar).refusals == ()


def test_a_pc_whose_date_is_further_behind_is_told_so(school: School) -> None:
    at(school.first, -2)
    print_class(school.first, "软件2601班")
    before = snapshot(school.store_folder("first"))
    shown = school.first.today()
    with pytest.raises(ClockBehind, match=f"{shown}.*从{shown + timedelta(days=1)}起"):
        school.send(school.first, "registrar")
    assert snapshot(school.store_folder("first")) == before
    at(school.first, 0)  # the date is put right
    assert school.carry(school.first, school.registrar).refusals == ()


def test_what_was_signed_in_time_counts_after_the_certificate_has_expired(school: School) -> None:
    print_class(school.first, "软件2601班")
    bundle = school.send(school.first, "registrar")
    later = datetime.now(UTC).astimezone() + timedelta(days=4 * 366)
    school.registrar.store.now = lambda: later
    assert merge(school.registrar, [bundle]).refusals == ()


def test_a_bundle_from_the_future_is_asked_about(school: School) -> None:
    print_class(school.first, "软件2601班")
    ahead = datetime.now(UTC).astimezone() + timedelta(days=30)
    school.first.store.now = lambda: ahead
    report = school.carry(school.first, school.registrar)
    assert [r.code for r in report.refusals] == [SignerExpired.code]


def test_a_store_that_waits_can_be_asked_who_works_there(tmp_path: Path) -> None:
    ask(tmp_path)
    with Store.open(tmp_path) as store:
        assert operators_of(store) == (OPERATOR,)


@pytest.mark.parametrize("how", ["withdrawn", "revoked"])
def test_what_rests_on_a_sheet_that_no_longer_counts_reads_the_same_in_every_order(
    founded: School, tmp_path: Path, how: str
) -> None:
    again = join_registrar(founded)
    begin_round(founded)
    root, lost, other = founded.registrar, founded.first, founded.first_again
    merge(again, [founded.send(root, "registrar")])
    again.store.close()
    sheet = print_class(lost, "软件2601班")
    printed = founded.send(lost, "registrar")
    merge(other, [founded.send(lost, "college-01")])
    sign_off(other, sheet)
    signed = founded.send(other, "registrar")
    if how == "revoked":  # the printed sheet has not come to the root
        revoke(root, "002", "电脑丢失")
    else:
        (bundle,) = merge(root, [printed]).bundles
        withdraw_bundle(root, bundle.bundle_id, "印错了")
    news = export(root, "registrar", ROUND, tmp_path).path
    digests: dict[tuple[Path, ...], str] = {}
    for order in itertools.permutations([printed, signed, news]):
        copy = tmp_path / str(len(digests))
        _copy_store(founded.store_folder("registrar_again"), copy)
        session = open_and_sign_in(copy, OPERATOR, PASSPHRASE)
        with session.store:
            merge(session, list(order))
            digests[order] = digest(session)
            require_healthy(session)
    assert len(set(digests.values())) == 1
