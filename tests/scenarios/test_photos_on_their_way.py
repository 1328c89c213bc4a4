"""Admissions reads the freshmen's photos in; each office sees those of its own (细则 一(三))."""

from collections.abc import Collection
from pathlib import Path

import pytest

from desktop.domain.offices import OfficeKind
from desktop.domain.photos import PhotoKind
from desktop.domain.statements import Key
from desktop.procedures.check_in.check_in_desk import class_on_desk
from desktop.procedures.demo.stage import PASSPHRASE
from desktop.procedures.entry_review.review_verdicts import issue_qualified
from desktop.procedures.exchange.merging import merge
from desktop.procedures.named_files import Verdict
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.photos.photo_taking import chosen_at_first, take_in
from desktop.procedures.photos.photo_views import kept_photo
from desktop.procedures.session import Session, open_and_sign_in
from desktop.store import documents, photos
from desktop.store import school as school_queries
from desktop.store.students import listed_students
from tests.conftest import School, roster_rows
from tests.portraits import jpeg
from tests.procedures.acts import require_healthy, say
from tests.rechecks import SEATS, come
from tests.reviewing import Reviewing, begin_review
from tests.scenarios.rounds import played

ADMISSION = PhotoKind.ADMISSION
PNG = b"\x89PNG"


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """The freshmen are at their colleges; nobody has a photo."""
    return begin_review(founded, [OfficeKind.ADMISSIONS])


def read_photos(session: Session, folder: Path, round_id: str) -> dict[str, str]:
    """Let admissions read a photo of everybody in, one of nobody; return them by student."""
    folder.mkdir()
    for seed, row in enumerate(roster_rows(), start=1):
        (folder / f"{row.identity.exam_number}.jpg").write_bytes(jpeg(seed))
    (folder / "26420699999999.jpg").write_bytes(jpeg(99))
    found = look(session, ADMISSION, folder, round_id)
    assert [one.file[-1] for one in found.of(Verdict.WHOSE)] == ["26420699999999.jpg"]
    assert found.without == ()
    assert take_in(session, found, chosen_at_first(found)).taken == len(roster_rows())
    return photos_at(session)


def photos_at(session: Session) -> dict[str, str]:
    """Return the admission photos that a seat knows, by student."""
    with session.unit_of_work() as unit:
        every = photos.every_photo(unit.connection)
    return {s: own.agreed[ADMISSION] for s, own in every.items() if ADMISSION in own.agreed}


def carry_to_colleges(world: Reviewing, offices: Collection[str] = tuple(SEATS)) -> None:
    """Send colleges their own, for all of their seats."""
    for office in offices:
        bundle = world.school.send(world.admissions, office, world.round)
        for seat in SEATS[office]:
            assert merge(world.school.sessions[seat], [bundle]).refusals == ()


def test_each_college_gets_the_photos_of_its_own_students(
    reviewing: Reviewing, tmp_path: Path
) -> None:
    school, round_ = reviewing.school, reviewing.round
    sent = read_photos(reviewing.admissions, tmp_path / "photos", round_)
    carry_to_colleges(reviewing)
    heard = {seat: photos_at(school.sessions[seat]) for seat in ("first", "first_again", "second")}
    assert heard["first"] == heard["first_again"]
    assert (len(heard["first"]), len(heard["second"])) == (6, 3)
    assert {**heard["first"], **heard["second"]} == sent
    for seat, others in (("first", "second"), ("second", "first")):
        session = school.sessions[seat]
        with session.unit_of_work() as unit:
            foreign = documents.known_attachments(unit.connection, set(heard[others].values()))
        assert foreign == set()
        assert all(kept_photo(session, sha, 60, 80)[:4] == PNG for sha in heard[seat].values())
        require_healthy(session)


def test_the_photo_stands_beside_the_comparison_at_check_in(
    reviewing: Reviewing, tmp_path: Path
) -> None:
    college, round_ = reviewing.college, reviewing.round
    sent = read_photos(reviewing.admissions, tmp_path / "photos", round_)
    carry_to_colleges(reviewing)
    student = reviewing.subjects()[0]
    come(college, round_, [student])
    face = {"face_result": "成功", "face_likeness": "0.93"}
    say(college, Key(student, "face_check", ""), **face)
    group = next(g.id for g in reviewing.school.classes(college) if g.name == "软件2601班")
    rows = {row.student: row for row in class_on_desk(college, round_, group).rows}
    assert rows[student].photos == {ADMISSION: sent[student]}
    assert (rows[student].file.face, rows[student].file.likeness) == ("成功", 0.93)
    assert {subject: row.photos[ADMISSION] for subject, row in rows.items()} == {
        subject: sent[subject] for subject in reviewing.subjects()
    }


def test_the_registrar_gets_the_photos_with_the_list(reviewing: Reviewing, tmp_path: Path) -> None:
    registrar, round_ = reviewing.school.registrar, reviewing.round
    sent = read_photos(reviewing.admissions, tmp_path / "photos", round_)
    come(reviewing.college, round_, reviewing.subjects())
    reviewing.school.carry(reviewing.college, reviewing.admissions, round_)
    issue_qualified(reviewing.admissions, round_)
    assert photos_at(registrar) == {}
    report = reviewing.school.carry(reviewing.admissions, registrar, round_)
    assert report.refusals == ()
    assert photos_at(registrar) == sent
    assert all(kept_photo(registrar, sha, 60, 80)[:4] == PNG for sha in sent.values())
    require_healthy(registrar)


def test_a_better_photo_takes_the_place_of_the_first_at_every_office(
    reviewing: Reviewing, tmp_path: Path
) -> None:
    admissions, round_ = reviewing.admissions, reviewing.round
    read_photos(admissions, tmp_path / "photos", round_)
    carry_to_colleges(reviewing)
    again = tmp_path / "again"
    again.mkdir()
    one = roster_rows()[0].identity
    (again / f"{one.exam_number}.jpg").write_bytes(jpeg(77))
    found = look(admissions, ADMISSION, again, round_)
    chosen = {file.file: file.who.subject for file in found.files if file.who}
    assert take_in(admissions, found, chosen, "原来的模糊").replaced == 1
    carry_to_colleges(reviewing, ["college-01"])
    assert photos_at(reviewing.college).items() <= photos_at(admissions).items()


def test_the_demo_s_first_college_sees_photos_at_check_in() -> None:
    out, _ = played("reviewed")
    shown = {}
    for seat in ("college-01", "college-02"):
        session = open_and_sign_in(out / "seats" / seat, "", PASSPHRASE)
        with session.store:
            with session.unit_of_work() as unit:
                groups = school_queries.classes(unit.connection, office=seat)
                rounds = school_queries.rounds(unit.connection)
                (review,) = [r.id for r in rounds if "entry_review" in r.id]
                students = listed_students(unit.connection, review, [g.id for g in groups])
            rows = [row for g in groups for row in class_on_desk(session, review, g.id).rows]
            shown[seat] = (len(students), sum(ADMISSION in row.photos for row in rows))
            for sha in photos_at(session).values():
                assert kept_photo(session, sha, 60, 80)[:4] == PNG
    assert shown["college-01"][0] == shown["college-01"][1] > 0
    assert shown["college-02"][1] == 0
