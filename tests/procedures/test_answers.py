"""An answer that was lost on its way is written once more: the same seat, not another one."""

from pathlib import Path

import pytest

from desktop.bundles.enrolment import Applicant, read_enrolment, read_join_request
from desktop.domain.offices import OfficeKind
from desktop.errors import NoAnswerToRepeat, NotRoot
from desktop.procedures.school.answers import answer_of_seat, answer_to_request
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
    write_text,
)
from desktop.procedures.school.joining_files import answers_among, requests_among
from desktop.procedures.school.renewal import renew
from desktop.procedures.school.revocation import revoke
from desktop.procedures.school.seat_list import seat_list
from desktop.procedures.session import open_and_sign_in
from tests.conftest import CHEAPEST, OPERATOR, PASSPHRASE, SCHOOL_CODE, School

APPLICANT = Applicant(SCHOOL_CODE, OfficeKind.COLLEGE, "师范学院", "王老师的电脑", training=False)


def ask(folder: Path) -> tuple[str, str]:
    return ask_to_join(folder, APPLICANT, OPERATOR, PASSPHRASE, cost=CHEAPEST)


def test_a_lost_answer_makes_the_same_seat_when_written_again(
    founded: School, tmp_path: Path
) -> None:
    request, digits = ask(tmp_path / "new")
    first = enrol(founded.registrar, request, digits, "college-03")
    before = [line.seat.id for line in seat_list(founded.registrar)]
    again = answer_of_seat(founded.registrar, "005")
    asked = read_join_request(request)
    certificates = [read_enrolment(t, request=asked).certificate for t in (first, again.text)]
    assert certificates[0].text == certificates[1].text
    assert again.seat.name == "王老师的电脑"
    assert answer_to_request(founded.registrar, request) == again
    assert [line.seat.id for line in seat_list(founded.registrar)] == before
    accept_enrolment(tmp_path / "new", again.text, school_fingerprint(founded.registrar))
    session = open_and_sign_in(tmp_path / "new", OPERATOR, PASSPHRASE)
    with session.store:
        assert session.home.seat.id == "005"


def test_the_list_says_of_which_seats_the_answer_can_be_written_again(founded: School) -> None:
    renew(founded.registrar, "002")
    revoke(founded.registrar, "003", "电脑丢失")
    lines = {line.seat.id: line.answered for line in seat_list(founded.registrar)}
    assert lines == {"001": False, "002": True, "003": False, "004": True}
    assert answer_of_seat(founded.registrar, "002").seat.id == "002"  # also after a renewal


def test_there_is_no_answer_for_who_never_asked_or_was_sent_away(
    founded: School, tmp_path: Path
) -> None:
    revoke(founded.registrar, "003", "电脑丢失")
    for seat in ("001", "003", "099"):
        with pytest.raises(NoAnswerToRepeat):
            answer_of_seat(founded.registrar, seat)
    request, _ = ask(tmp_path / "new")
    with pytest.raises(NoAnswerToRepeat):
        answer_to_request(founded.registrar, request)
    with pytest.raises(NotRoot):
        answer_of_seat(founded.first, "002")


def test_requests_and_answers_are_told_by_what_they_are(founded: School, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    request, digits = ask(tmp_path / "new")
    other, _ = ask(tmp_path / "other")
    answer = enrol(founded.registrar, request, digits, "college-03")
    write_text(stick, "改了名字.txt", request)
    write_text(stick, "别人的申请.txt", other)
    write_text(stick, "批复.txt", answer)
    (stick / "会议通知.txt").write_bytes("下午三点".encode("gbk"))
    files = sorted(stick.glob("*.txt"))
    assert {path.name for path, _request in requests_among(files)} == {
        "改了名字.txt",
        "别人的申请.txt",
    }
    assert [path.name for path in answers_among(files, request)] == ["批复.txt"]
    assert answers_among(files, other) == []
