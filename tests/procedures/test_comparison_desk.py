"""The re-check as the window shows it, and what was filled in there and not saved."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.answers import Agreement
from desktop.domain.photos import PhotoKind
from desktop.domain.review_rules import ReviewRules
from desktop.domain.statements import Key
from desktop.errors import NotFound, RulingRefused
from desktop.procedures.cases.case_files import case_desk
from desktop.procedures.recheck.comparison_desk import (
    form_picture,
    recheck_board,
    student_on_desk,
)
from desktop.procedures.recheck.recheck_answers import key_in
from desktop.procedures.recheck.recheck_board import recheck_until
from desktop.procedures.recheck.recheck_drafts import (
    RecheckDraft,
    keep_draft,
    kept_draft,
    students_with_drafts,
)
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.signing.recording_drafts import sheets_with_drafts
from desktop.procedures.standing.recheck_files import recheck_among, recheck_of
from desktop.store import photos
from desktop.store.photos import Photos
from tests.conftest import School
from tests.portraits import jpeg

from .acts import say
from .rechecks import RECHECK, begin_recheck, hand_in, photograph, sha256, stand, students, truth

DRAFT = RecheckDraft({"name": "王小"}, {"name": "same"}, {"health_sound": "yes"}, "字迹")


@pytest.fixture(autouse=True)
def _recheck(school: School, tmp_path: Path) -> None:
    begin_recheck(school)
    hand_in(school.first, tmp_path / "表", students(school.first)[:2])


def test_the_board_has_every_class_its_numbers_and_the_days_left(school: School) -> None:
    board = recheck_board(school.first, RECHECK)
    assert [one.group.name for one in board.classes] == ["软件2601班", "软件2602班"]
    assert [(one.count.forms, one.count.missing_forms) for one in board.classes] == [(2, 1), (0, 3)]
    assert (board.count.students, board.count.forms) == (6, 2)
    assert board.until == "2026-12-01"  # the deadline of the round
    assert board.left == (date(2026, 12, 1) - school.first.today()).days
    say(
        school.registrar,
        Key(f"round:{RECHECK}", "review_rules", RECHECK),
        recheck_until="2026-11-20",
    )
    assert recheck_board(school.registrar, RECHECK).until == "2026-11-20"


def test_who_has_no_class_comes_last_and_is_called_as_everywhere(school: School) -> None:
    one = students(school.registrar)[0].subject
    with school.registrar.unit_of_work() as unit:
        unit.journal.state(Key(one, "placement", ""), {"class_id": None})
        unit.commit()
    last = recheck_board(school.registrar, RECHECK).classes[-1]
    assert (last.group, last.count.students) == (NO_CLASS, 1)
    assert student_on_desk(school.registrar, RECHECK, one).group == NO_CLASS


def test_every_page_and_board_counts_the_same_days(school: School) -> None:
    day = "2026-11-20"
    say(school.registrar, Key(f"round:{RECHECK}", "review_rules", RECHECK), recheck_until=day)
    school.carry(school.registrar, school.first, RECHECK)
    session, one = school.first, students(school.first)[0].subject
    left = (date(2026, 11, 20) - session.today()).days
    board, cases = recheck_board(session, RECHECK), case_desk(session, RECHECK)
    assert (board.until, cases.until, recheck_until(session, RECHECK)) == (day, day, day)
    assert (board.left, cases.days) == (left, left)
    assert student_on_desk(session, RECHECK, one).left == left


def test_few_students_or_one_class_stand_where_they_stand_among_all(school: School) -> None:
    with school.first.unit_of_work() as unit:
        whole = recheck_of(school.first, unit, RECHECK).students
        few = [whole[4].student, whole[1].student]
        among = recheck_among(school.first, unit, RECHECK, few).students
        assert among == (whole[1], whole[4])
        assert among[0].file.form  # there is something to be found
        one_class = recheck_of(school.first, unit, RECHECK, [few[1].class_id]).students
        assert one_class == tuple(whole[:3])


def test_a_student_lies_on_the_desk_with_neighbours_and_picture(school: School) -> None:
    mine = students(school.first)
    middle = student_on_desk(school.first, RECHECK, mine[1].subject)
    assert (middle.before, middle.after) == (mine[0].subject, mine[2].subject)
    assert (middle.place, middle.of, middle.group.name) == (2, 3, "软件2601班")
    assert middle.fields == ReviewRules().form_fields
    png = form_picture(school.first, middle.one.file.form, 600)
    assert png.startswith(b"\x89PNG")
    assert student_on_desk(school.first, RECHECK, mine[0].subject).before == ""
    assert student_on_desk(school.first, RECHECK, mine[2].subject).after == ""
    with pytest.raises(NotFound):
        student_on_desk(school.first, RECHECK, "student:nobody")


def test_the_photos_that_there_are_lie_beside_the_form(school: School, tmp_path: Path) -> None:
    one, other, third = students(school.registrar)
    first, second = one.identity.student_number, other.identity.student_number
    brought = {PhotoKind.ENTRANCE: {first: jpeg(2)}, PhotoKind.ADMISSION: {first: jpeg(1)}}
    brought[PhotoKind.CREDENTIAL] = {first: jpeg(3), second: jpeg(4)}
    for kind, whose in brought.items():
        photograph(school.registrar, tmp_path / kind, kind, whose)
    school.carry(school.registrar, school.first, RECHECK)
    desk = student_on_desk(school.first, RECHECK, one.subject)
    kinds = [PhotoKind.ADMISSION, PhotoKind.ENTRANCE, PhotoKind.CREDENTIAL]
    assert list(desk.photos) == kinds  # in the order in which they are looked at
    assert desk.photos[PhotoKind.ADMISSION] == sha256(jpeg(1))
    assert list(student_on_desk(school.first, RECHECK, other.subject).photos) == kinds[-1:]
    assert student_on_desk(school.first, RECHECK, third.subject).photos == {}
    assert not desk.disputed


def test_different_photos_of_one_kind_are_told(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = students(school.first)[0].subject
    brought = Photos({}, {PhotoKind.ADMISSION: ("ab" * 32, "cd" * 32)})
    monkeypatch.setattr(photos, "photos_of", lambda *_asked: {one: brought})
    desk = student_on_desk(school.first, RECHECK, one)
    assert (desk.photos, desk.disputed) == ({}, True)


def test_what_is_keyed_in_and_ruled_at_once_is_saved_whole_or_not_at_all(school: School) -> None:
    one = stand(school.first)[0]
    wrong = truth(one, name="王大丙", sex="")
    with pytest.raises(RulingRefused):
        key_in(school.first, RECHECK, one.student.subject, wrong, {"id_number": "doubt"})
    assert stand(school.first)[0].file.agreements == {}
    rulings = {"name": "doubt", "sex": "same"}
    assert key_in(school.first, RECHECK, one.student.subject, wrong, rulings) == ()
    found = stand(school.first)[0].file.agreements
    assert (found["name"], found["sex"]) == (Agreement.DOUBT, Agreement.VARIANT)
    again = {**wrong, "name": "王大丁"}
    assert key_in(school.first, RECHECK, one.student.subject, again, {"name": "same"}) == ()
    assert stand(school.first)[0].file.agreements["name"] is Agreement.VARIANT


def test_a_draft_survives_and_is_gone_when_there_is_nothing(school: School) -> None:
    subject = students(school.first)[0].subject
    assert kept_draft(school.first, RECHECK, subject).empty
    keep_draft(school.first, RECHECK, subject, DRAFT)
    again = school.reopen("first")
    assert kept_draft(again, RECHECK, subject) == DRAFT
    assert student_on_desk(again, RECHECK, subject).draft == DRAFT
    assert students_with_drafts(again, RECHECK) == {subject}
    assert students_with_drafts(again, "another") == frozenset()
    assert sheets_with_drafts(again) == ()
    keep_draft(again, RECHECK, subject, replace(RecheckDraft()))
    assert students_with_drafts(again, RECHECK) == frozenset()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"answers": 1}', b"\xff"])
def test_a_draft_that_can_not_be_read_is_no_draft(school: School, content: bytes) -> None:
    subject = students(school.first)[0].subject
    keep_draft(school.first, RECHECK, subject, DRAFT)
    (path,) = (school.first.store.folder / "drafts" / "recheck").glob("*.json")
    path.write_bytes(content)
    assert kept_draft(school.first, RECHECK, subject).empty
    assert students_with_drafts(school.first, RECHECK) == frozenset()
