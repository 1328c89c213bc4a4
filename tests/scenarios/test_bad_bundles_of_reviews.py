"""What goes wrong between admissions and colleges: refused or harmless, and always said."""

from pathlib import Path

import pytest

from desktop.domain.entry_review import Standing
from desktop.domain.offices import OfficeKind
from desktop.domain.photos import PhotoKind
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.errors import BundleContent, BundleForAnotherOffice, FileNotWritten, RoundClosed
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.keeping.doctor import state_digest
from desktop.procedures.rounds import NewRound, close_round, open_round, reopen_round
from desktop.procedures.session import Session
from desktop.procedures.standing.review_files import review_of
from desktop.store import documents, exchange, photos
from tests.conftest import FAR_DAY, School
from tests.portraits import jpeg
from tests.procedures.acts import require_healthy
from tests.rechecks import come
from tests.reviewing import Reviewing, begin_review, say


@pytest.fixture
def reviewing(founded: School) -> Reviewing:
    """The school in the days of check-in."""
    return begin_review(founded, [OfficeKind.ADMISSIONS])


def codes(session: Session, bundle: Path) -> list[str]:
    """Merge a file, and return why it was refused."""
    return [refusal.code for refusal in merge(session, [bundle]).refusals]


def test_a_bundle_for_another_college_is_refused_and_changes_nothing(reviewing: Reviewing) -> None:
    student = reviewing.subjects()[0]
    say(reviewing.admissions, "", {(student, "identity"): {"remark": "补录"}})
    bundle = reviewing.school.send(reviewing.admissions, "college-01", reviewing.round)
    other = reviewing.school.second
    before = state_digest(other.store)
    assert codes(other, bundle) == [BundleForAnotherOffice.code]
    assert state_digest(other.store) == before
    assert codes(reviewing.college, bundle) == []
    for session in (other, reviewing.college):
        require_healthy(session)


def test_an_older_bundle_after_a_newer_one_is_said_and_does_no_harm(reviewing: Reviewing) -> None:
    school, round_ = reviewing.school, reviewing.round
    first, second, third = reviewing.subjects()
    come(reviewing.college, round_, [first, second])
    older = school.send(reviewing.college, "admissions", round_)
    say(reviewing.college, round_, {(second, "arrival"): {"state": "absent", "arrived_on": None}})
    come(reviewing.college, round_, [third])
    newer = school.send(reviewing.college, "admissions", round_)
    (report,) = merge(reviewing.admissions, [newer]).bundles
    assert [notice.code for notice in report.notices] == ["predecessor-missing"]
    (report,) = merge(reviewing.admissions, [older]).bundles
    assert [notice.code for notice in report.notices] == ["older-after-newer"]
    with reviewing.admissions.unit_of_work() as unit:
        found = review_of(reviewing.admissions, unit, round_).students
    stands = {one.student.subject: one.assessment.standing for one in found}
    assert (stands[first], stands[third]) == (Standing.QUALIFIED, Standing.QUALIFIED)
    assert stands[second] is Standing.ABSENT  # what was said last, whichever came first
    require_healthy(reviewing.admissions)


def test_a_photo_of_somebody_who_is_on_no_list_goes_to_no_college(reviewing: Reviewing) -> None:
    admissions, nobody = reviewing.admissions, "student:nobody"
    with admissions.unit_of_work() as unit:
        (sha,) = keep_evidence(admissions, unit, [Evidence("照片.jpg", jpeg(5))])
        said = {str(PhotoKind.ADMISSION): sha}
        unit.journal.state(Key(nobody, "photo", ""), said, evidence=[sha])
        unit.commit()
    say(admissions, "", {(reviewing.subjects()[0], "identity"): {"remark": "补录"}})
    reviewing.school.carry(admissions, reviewing.college, reviewing.round)
    with reviewing.college.unit_of_work() as unit:
        assert photos.photos_of(unit.connection, [nobody]) == {}
        assert documents.known_attachments(unit.connection, {sha}) == set()
    # the registrar hears of it, and it puts nobody on a list
    reviewing.school.carry(admissions, reviewing.school.registrar, reviewing.round)
    with reviewing.school.registrar.unit_of_work() as unit:
        listed = review_of(reviewing.school.registrar, unit, reviewing.round).students
    assert nobody not in {one.student.subject for one in listed}
    require_healthy(reviewing.college)
    require_healthy(reviewing.school.registrar)


def test_a_round_that_admissions_does_not_know_is_refused(reviewing: Reviewing) -> None:
    """The registrar stepped in and opened a re-check, and admissions has not heard of it."""
    school, registrar = reviewing.school, reviewing.school.registrar
    new = NewRound(Procedure.RECHECK, "2026级新生入学资格复查", "2026", FAR_DAY)
    unknown = open_round(registrar, new).id
    assert school.carry(registrar, reviewing.college, unknown).refusals == ()
    say(reviewing.college, unknown, {(reviewing.subjects()[0], "recheck_answer"): {"name": "王"}})
    before = state_digest(reviewing.admissions.store)
    bundle = school.send(reviewing.college, "admissions", unknown)
    assert codes(reviewing.admissions, bundle) == [BundleContent.code]
    assert state_digest(reviewing.admissions.store) == before
    # once admissions knows the round, the same file is taken
    school.carry(registrar, reviewing.admissions, unknown)
    assert codes(reviewing.admissions, bundle) == []


def test_a_bundle_that_comes_after_the_end_is_refused_and_taken_after_reopening(
    reviewing: Reviewing,
) -> None:
    come(reviewing.college, reviewing.round, reviewing.subjects())
    bundle = reviewing.school.send(reviewing.college, "admissions", reviewing.round)
    close_round(reviewing.admissions, reviewing.round)
    assert codes(reviewing.admissions, bundle) == [RoundClosed.code]
    reopen_round(reviewing.admissions, reviewing.round, "收晚到的报送包")
    assert codes(reviewing.admissions, bundle) == []
    require_healthy(reviewing.admissions)


def test_an_export_to_a_place_that_is_gone_keeps_its_number(
    reviewing: Reviewing, tmp_path: Path
) -> None:
    come(reviewing.college, reviewing.round, reviewing.subjects())
    with pytest.raises(FileNotWritten):
        export(reviewing.college, "admissions", reviewing.round, tmp_path / "拔出的U盘")
    with reviewing.college.unit_of_work() as unit:
        (kept,) = exchange.outgoing(unit.connection, "admissions")
    assert kept.number == 1
    student = reviewing.subjects()[0]
    say(reviewing.college, reviewing.round, {(student, "arrival"): {"explanation": "迟到"}})
    later = export(reviewing.college, "admissions", reviewing.round, tmp_path)
    assert later.bundle.number == 2
    (report,) = merge(reviewing.admissions, [later.path]).bundles
    assert [notice.code for notice in report.notices] == ["predecessor-missing"]
