"""The page of what came and went."""

from pathlib import Path

from desktop.procedures.exchange.exchange_desk import exchange_desk
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.exchange.withdrawals import withdraw_bundle
from desktop.procedures.signing.recording import set_class_teacher
from tests.conftest import ROUND, School


def test_what_came_went_and_was_refused_is_there(school: School, tmp_path: Path) -> None:
    college, registrar = school.first, school.registrar
    set_class_teacher(college, school.classes(college)[0].id, "李老师")
    school.carry(college, registrar)
    broken = tmp_path / "坏的.jice"
    broken.write_bytes(b"nothing")
    merge(registrar, [broken])
    mine, theirs = exchange_desk(registrar), exchange_desk(college)
    assert [(r.office_name, r.withdrawn) for r in mine.received] == [("信息技术学院", False)]
    assert [r.bundle.file_name for r in mine.refused] == ["坏的.jice"]
    assert mine.received[0].bundle.round == ROUND
    assert [(s.office_name, s.receipt) for s in theirs.sent] == [("教务处学籍科", None)]
    assert theirs.sent[0].round_name


def test_an_answer_and_a_withdrawal_show(school: School) -> None:
    college, registrar = school.first, school.registrar
    set_class_teacher(college, school.classes(college)[0].id, "李老师")
    school.carry(college, registrar)
    withdraw_bundle(registrar, exchange_desk(registrar).received[0].bundle.bundle_id, "发错了")
    assert exchange_desk(registrar).received[0].withdrawn
    school.carry(registrar, college)
    (sent,) = exchange_desk(college).sent
    assert sent.receipt is not None
    assert sent.receipt.taken == 1
    assert not sent.unanswered


def test_an_answer_is_awaited_only_where_something_was_said(school: School) -> None:
    school.carry(school.first, school.registrar)  # the answer to the roster
    set_class_teacher(school.first, school.classes(school.first)[0].id, "李老师")
    school.carry(school.first, school.registrar)
    assert [sent.unanswered for sent in exchange_desk(school.first).sent] == [True, False]
    school.carry(school.registrar, school.first)
    assert [sent.unanswered for sent in exchange_desk(school.first).sent] == [False, False]


def test_what_was_handed_on_is_told_from_what_was_sent_here(school: School) -> None:
    set_class_teacher(school.first, school.classes(school.first)[0].id, "李老师")
    school.carry(school.first, school.registrar)
    back = export(school.registrar, "college-01", ROUND, school.folder, again=True)
    merge(school.first_again, [back.path])
    seen = {(r.bundle.from_seat, r.handed_on) for r in exchange_desk(school.first_again).received}
    assert seen == {("001", False), ("002", True)}
