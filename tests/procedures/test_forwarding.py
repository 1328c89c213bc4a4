"""A new seat gets back what its office's lost seat had sent, proven by that seat's signature."""

import itertools
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from uuid_utils import uuid7

from desktop.bundles.envelope import BundleDraft, Forwarded, seal_bundle, write_bundle
from desktop.domain.exchange import numbers_in
from desktop.domain.offices import OfficeKind
from desktop.errors import SignerWithoutAuthority, StoreDamaged, StoreOutdated
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.forwarding import to_forward
from desktop.procedures.exchange.merging import inspect, merge, plan_merge
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.rounds import close_round
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.school.revocation import revoke
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import PlaceReport, report_place
from desktop.store import exchange
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, ROUND, School

from .acts import (
    complete_class,
    digest,
    members,
    print_class,
    require_healthy,
    sign,
    sign_off,
    verdicts,
)
from .test_enrolment import applicant

CLASS, OTHER = "软件2601班", "软件2602班"
SCAN = Evidence("声明.pdf", b"%PDF a scan")


def join(school: School, seat: str, office: str, name: str) -> Session:
    """Let a new PC of an office join."""
    folder = school.store_folder(seat)
    kind = OfficeKind(office.partition("-")[0])
    request, digits = ask_to_join(
        folder,
        applicant(office_kind=kind, office_name=name),
        OPERATOR,
        PASSPHRASE,
        cost=CHEAPEST,
    )
    answer = enrol(school.registrar, request, digits, office)
    accept_enrolment(folder, answer, school_fingerprint(school.registrar))
    return school.reopen(seat)


def everything(school: School, office: str = "college-01") -> Path:
    """Let the registrar send an office everything once more."""
    return export(school.registrar, office, ROUND, school.folder, again=True).path


def lines_of(session: Session, seat: str) -> dict[int, tuple[bytes, str | None, str]]:
    """Return what a store has of a seat: line, bundle, whether it counts."""
    with session.unit_of_work() as unit:
        rows = unit.connection.exec_driver_sql(
            "SELECT number, line, bundle, uncounted FROM statement WHERE seat = ?", (seat,)
        )
        return {number: (line, bundle, why) for number, line, bundle, why in rows}


def play_first(school: School) -> None:
    """Let the first college's PC send three bundles, one with evidence, and be lost."""
    sheet = print_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    sign(school.first, sheet)
    gone = members(school.first, OTHER)[0].subject
    report_place(school.first, ROUND, PlaceReport(gone, "given_up", "复读", "声明"), [SCAN])
    school.carry(school.first, school.registrar)
    sign_off(school.first, sheet)
    school.carry(school.first, school.registrar)
    school.sessions.pop("first").store.close()


@pytest.mark.parametrize("revoked_first", [True, False])
def test_a_new_pc_gets_back_what_the_lost_one_had_sent(school: School, revoked_first: bool) -> None:
    play_first(school)
    if revoked_first:
        revoke(school.registrar, "002", "电脑丢失")
    new = join(school, "new", "college-01", "信息技术学院")
    (report,) = merge(new, [everything(school)]).bundles
    assert [(b.from_seat, b.number, b.notices) for b in report.forwarded] == [
        ("002", number, ()) for number in (1, 2, 3)
    ]
    if not revoked_first:
        revoke(school.registrar, "002", "电脑丢失")
        merge(new, [school.send(school.registrar, "college-01")])
    mine, theirs = lines_of(new, "002"), lines_of(school.registrar, "002")
    assert mine == theirs
    assert {why for _, _, why in mine.values()} == {""}
    assert new.store.attachments.get(sha256(SCAN.data).hexdigest()) == SCAN.data
    at_registrar = verdicts(school.registrar)
    assert {s: j.verdict for s, j in verdicts(new).items()} == {
        subject: at_registrar[subject].verdict for subject in verdicts(new)
    }
    require_healthy(new)
    # and it goes on where the lost one had stopped
    complete_class(new, OTHER)
    assert school.carry(new, school.registrar).refusals == ()
    require_healthy(school.registrar)


def test_what_comes_back_comes_once_and_to_every_seat_of_the_office(school: School) -> None:
    play_first(school)
    new = join(school, "new", "college-01", "信息技术学院")
    bundle = everything(school)
    planned = plan_merge(new, [bundle])
    assert merge(new, [bundle]) == planned
    before = digest(new)
    assert planned.new_statements > planned.bundles[0].new_statements > 0
    for again in (bundle, everything(school)):
        assert merge(new, [again]).new_statements == 0
    assert digest(new) == before
    assert merge(school.first_again, [bundle]).refusals == ()
    assert digest(school.first_again) == before
    require_healthy(school.first_again)


def test_what_is_handed_on_needs_no_answer_from_who_gets_it_back(school: School) -> None:
    play_first(school)
    new = join(school, "new", "college-01", "信息技术学院")
    merge(new, [everything(school)])
    with new.unit_of_work() as unit:
        assert exchange.unsent_receipts(unit.connection, "college-01", "college-01") == []
        assert exchange.latest_receipts(unit.connection, "college-01", "college-01") == []
        (answer,) = exchange.unsent_receipts(unit.connection, "registrar", "college-01")
        assert answer.seat == "001"


def test_a_colleague_who_had_some_of_it_directly_reads_the_same(school: School) -> None:
    """A seat numbers its bundles for each office: number 1 to the colleague is another one."""
    sheet = print_class(school.first, CLASS)
    direct = [school.send(school.first, "college-01")]
    upwards = [school.send(school.first, "registrar")]
    sign(school.first, sheet)
    direct.append(school.send(school.first, "college-01"))
    upwards.append(school.send(school.first, "registrar"))
    merge(school.registrar, upwards)
    back = everything(school)
    school.sessions.pop("first_again").store.close()
    digests = set()
    for place, order in enumerate(itertools.permutations([*direct, back])):
        name = f"again-{place}"
        shutil.copytree(school.store_folder("first_again"), school.store_folder(name))
        session = school.reopen(name)
        assert merge(session, order).refusals == ()
        digests.add(digest(session))
        require_healthy(session)
        session.store.close()
        del school.sessions[name]
    assert len(digests) == 1


def test_a_bundle_of_which_something_was_in_already_is_put_together_all_the_same(
    school: School,
) -> None:
    sheet = print_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    sign(school.first, sheet)
    twice = export(school.first, "registrar", ROUND, school.folder, again=True).path
    (report,) = merge(school.registrar, [twice]).bundles
    assert 0 < report.new_statements < report.statements
    new = join(school, "new", "college-01", "信息技术学院")
    (back,) = merge(new, [everything(school)]).bundles
    assert [b.statements for b in back.forwarded] == [1, report.statements]
    assert lines_of(new, "002") == lines_of(school.registrar, "002")


def test_what_a_revocation_cuts_off_does_not_come_back(school: School) -> None:
    first = print_class(school.first, CLASS)
    school.carry(school.first, school.registrar)
    sign(school.first, first)
    late = school.send(school.first, "registrar")
    revoke(school.registrar, "002", "电脑丢失")
    assert merge(school.registrar, [late]).refusals
    new = join(school, "new", "college-01", "信息技术学院")
    (back,) = merge(new, [everything(school)]).bundles
    assert [b.number for b in back.forwarded] == [1]


def test_what_was_withdrawn_comes_back_withdrawn(school: School) -> None:
    play_first(school)
    with school.registrar.unit_of_work() as unit:
        bundle = exchange.incoming(unit.connection, "002")[1]
    withdraw_bundle(school.registrar, bundle.bundle_id, "报错了")
    new = join(school, "new", "college-01", "信息技术学院")
    (back,) = merge(new, [everything(school)]).bundles
    assert [[n.code for n in b.notices] for b in back.forwarded] == [[], ["withdrawn"], []]
    assert lines_of(new, "002") == lines_of(school.registrar, "002")
    require_healthy(new)


def test_a_withdrawal_reads_the_same_in_every_order_with_what_was_handed_on(
    school: School,
) -> None:
    """A colleague's seat has the words directly, too: there they go on counting."""
    print_class(school.first, CLASS)
    direct = school.send(school.first, "college-01")
    merge(school.registrar, [school.send(school.first, "registrar")])
    back = everything(school)
    with school.registrar.unit_of_work() as unit:
        (bundle,) = exchange.incoming(unit.connection, "002")
    withdraw_bundle(school.registrar, bundle.bundle_id, "报错了")
    news = school.send(school.registrar, "college-01")
    school.sessions.pop("first_again").store.close()
    merge(school.first, [back, news])
    digests = {digest(school.first)}
    for place, order in enumerate(itertools.permutations([direct, back, news])):
        name = f"again-{place}"
        shutil.copytree(school.store_folder("first_again"), school.store_folder(name))
        session = school.reopen(name)
        assert merge(session, order).refusals == ()
        digests.add(digest(session))
        require_healthy(session)
    assert len(digests) == 1


def test_a_revocation_reads_the_same_in_every_order_with_what_was_handed_on(
    school: School,
) -> None:
    sheet = print_class(school.first, CLASS)
    direct = school.send(school.first, "college-01")
    merge(school.registrar, [school.send(school.first, "registrar")])
    back = everything(school)
    sign(school.first, sheet)
    merge(school.registrar, [school.send(school.first, "registrar")])
    revoke(school.registrar, "002", "电脑丢失")
    news = everything(school)
    school.sessions.pop("first_again").store.close()
    digests = set()
    for place, order in enumerate(itertools.permutations([direct, back, news])):
        name = f"again-{place}"
        shutil.copytree(school.store_folder("first_again"), school.store_folder(name))
        session = school.reopen(name)
        assert merge(session, order).refusals == ()
        digests.add(digest(session))
        require_healthy(session)
    assert len(digests) == 1


def test_a_college_gets_back_its_own_and_nobody_elses(school: School) -> None:
    play_first(school)
    complete_class(school.second, "护理2601班")
    school.carry(school.second, school.registrar)
    (back,) = merge(school.second, [everything(school, "college-02")]).bundles
    assert back.forwarded == ()  # what this very seat said it knows
    assert lines_of(school.second, "002") == {}
    new = join(school, "new", "college-02", "医学院")
    (back,) = merge(new, [everything(school, "college-02")]).bundles
    assert {b.from_seat for b in back.forwarded} == {"004"}
    assert lines_of(new, "002") == {}


@pytest.mark.parametrize("closed", [False, True])
def test_a_second_pc_of_the_registrar_gets_all_that_came(school: School, closed: bool) -> None:
    play_first(school)
    complete_class(school.second, "护理2601班")
    school.carry(school.second, school.registrar)
    if closed:
        close_round(school.registrar, ROUND)
    again = join(school, "again", "registrar", "教务处学籍科")
    report = merge(again, [everything(school, "registrar")])
    assert report.refusals == ()
    assert {b.from_seat for b in report.bundles[0].forwarded} == {"002", "004"}
    assert digest(again) == digest(school.registrar)
    require_healthy(again)


def test_what_was_altered_here_is_not_handed_on(school: School, tmp_path: Path) -> None:
    play_first(school)
    school.sessions.pop("registrar").store.close()
    with closing(sqlite3.connect(school.store_folder("registrar") / "jice.db")) as database:
        database.execute(
            "UPDATE statement SET line = CAST(replace(line, 'signed', 'absent') AS BLOB)"
            " WHERE seat = '002'"
        )
        database.commit()
    registrar = school.reopen("registrar")
    with pytest.raises(StoreDamaged, match="改动"):
        export(registrar, "college-01", ROUND, tmp_path, again=True)


def test_only_the_registrar_hands_on(school: School, tmp_path: Path) -> None:
    """A college hands back what is genuine, to the office that had made it; yet it may not."""
    college = school.first
    with college.unit_of_work() as unit:
        trust, certificate = college.trust(unit), college.certificate(unit)
        assert to_forward(college, unit, "registrar", ROUND, trust) == []
        (roster,) = exchange.incoming(unit.connection, "001")
        proof = exchange.proof_of(unit.connection, roster.bundle_id)
        lines = exchange.lines_of(unit.connection, "001", numbers_in(roster.numbers))
    genuine = Forwarded(roster.bundle_id, *proof, lines, ())
    draft = BundleDraft(
        bundle_id=str(uuid7()),
        to_office="registrar",
        round_id=ROUND,
        round_name="2026级新生学籍注册",
        number=1,
        previous="",
        created=college.now_text(),
        forwarded=[genuine],
    )
    recipients = trust.recipients_of("registrar", college.today())
    sealed = seal_bundle(draft, college.keys, certificate, trust, recipients)
    path = write_bundle(sealed, tmp_path)
    assert inspect(school.registrar, path).bundle.forwarded[0].statements == tuple(lines)
    report = merge(school.registrar, [path])
    assert [r.code for r in report.refusals] == [SignerWithoutAuthority.code]


def test_a_seat_learns_from_its_own_words_that_its_data_is_old(school: School) -> None:
    school.sessions.pop("first").store.close()
    backup = school.folder / "backup"
    shutil.copytree(school.store_folder("first"), backup)
    complete_class(school.reopen("first"), CLASS)
    school.carry(school.first, school.registrar)
    back = everything(school)
    assert merge(school.first, [back]).refusals == ()
    complete_class(school.first, OTHER)
    assert school.carry(school.first, school.registrar).refusals == ()  # it knows them
    school.sessions.pop("first").store.close()
    shutil.rmtree(school.store_folder("first"))
    shutil.copytree(backup, school.store_folder("first"))
    restored = school.reopen("first")
    assert merge(restored, [back]).refusals == ()
    with pytest.raises(StoreOutdated):
        export(restored, "registrar", ROUND, school.folder)
    require_healthy(restored)
