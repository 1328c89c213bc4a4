"""Photos: looked at, taken in, carried to the college whose students they are."""

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from desktop.bundles.lines import decode
from desktop.domain.photos import PhotoKind
from desktop.errors import (
    BundleContent,
    Cancelled,
    Incomplete,
    NotAllowed,
    NothingToChange,
    PhotoRefused,
    PhotosChanged,
    SignerWithoutAuthority,
    ValueRefused,
)
from desktop.models.journal import StatementRow
from desktop.procedures.deciding.decisions import decide_conflict, open_conflicts
from desktop.procedures.exchange.merging import merge
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.named_files import LookedAt, Verdict
from desktop.procedures.overview.histories import student_page
from desktop.procedures.photos.photo_looking import PhotoLook, look
from desktop.procedures.photos.photo_rules import change_photo_rules, photo_rules
from desktop.procedures.photos.photo_taking import chosen_at_first, take_in
from desktop.procedures.photos.photo_views import kept_photo, looked_at_photo
from desktop.procedures.session import Session, cancel
from desktop.store import photos
from desktop.store.students import find_by_number
from tests.conftest import ROUND, School, identity
from tests.portraits import encoded, heic, jpeg, portrait

from .acts import forge, second_registrar, snapshot, statement

KIND = PhotoKind.ENTRANCE
PORTRAITS = [jpeg(seed, quality=92) for seed in range(12)]


def number(place: int) -> str:
    """Return the 学号 of the n-th student."""
    return identity(place).student_number


def folder(path: Path, files: Mapping[str, bytes]) -> Path:
    """Make a folder of photos."""
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def looked(session: Session, path: Path, files: Mapping[str, bytes]) -> PhotoLook:
    """Make a folder and look at it."""
    return look(session, KIND, folder(path, files), ROUND)


def one(found: PhotoLook, name: str) -> LookedAt:
    """Return what was found of one file."""
    (file,) = [file for file in found.files if file.path == name]
    return file


def codes(file: LookedAt) -> list[str]:
    """Return the codes of what was found of a file."""
    return [finding.code for finding in file.findings]


def kept(session: Session, place: int) -> bytes:
    """Return the photo that a store has of the n-th student, b"" for none."""
    subject = subject_of(session, place)
    with session.store.unit_of_work() as unit:
        own = photos.photos_of(unit.connection, [subject]).get(subject, photos.NO_PHOTOS)
    sha256 = own.agreed.get(KIND, "")
    return session.store.attachments.get(sha256) if sha256 else b""


def subject_of(session: Session, place: int) -> str:
    """Return the subject of the n-th student."""
    with session.store.unit_of_work() as unit:
        (student,) = find_by_number(unit.connection, [number(place)])
    return student.subject


def require_healthy(session: Session) -> None:
    """Fail unless the doctor finds nothing."""
    assert diagnose(session.store).findings == ()


# --- looking -------------------------------------------------------------------------------------


def test_everything_that_can_be_with_a_folder_is_found_and_nothing_is_written(
    school: School, tmp_path: Path
) -> None:
    again = encoded(portrait(7), quality=40)
    before = snapshot(school.store_folder("registrar"))
    found = looked(
        school.registrar,
        tmp_path / "照片",
        {
            f"软件2601班/{number(1)}＋王小乙甲.JPG": PORTRAITS[1],
            f"{identity(2).exam_number}.jpg": PORTRAITS[2],
            f"{identity(3).id_number.lower()}.jpg": b"no picture at all",
            f"{number(4)}.jpg": encoded(portrait(4, size=(240, 320))),
            f"{number(5)} (1).jpg": PORTRAITS[5],
            f"{number(5)}.jpg": PORTRAITS[6],
            f"{number(6)}.heic": heic(11),
            f"{number(7)}.jpg": encoded(portrait(7), quality=95),
            f"{number(8)}.jpg": again,
            "2026999999.jpg": PORTRAITS[9],
            f"{number(9)}+王小乙甲.jpg": PORTRAITS[10],
            f"{number(1)} - 副本.jpg": PORTRAITS[1],
            "Thumbs.db": b"of Windows",
        },
    )
    assert snapshot(school.store_folder("registrar")) == before
    verdicts = {file.path: (file.verdict, codes(file)) for file in found.files}
    assert verdicts == {
        f"软件2601班/{number(1)}＋王小乙甲.JPG": (Verdict.KNOWN, ["twice"]),
        f"{number(1)} - 副本.jpg": (Verdict.READY, []),
        f"{identity(2).exam_number}.jpg": (Verdict.READY, []),
        f"{identity(3).id_number.lower()}.jpg": (Verdict.REFUSED, ["not-a-picture"]),
        f"{number(4)}.jpg": (Verdict.QUESTION, ["wrong-size"]),
        f"{number(5)} (1).jpg": (Verdict.QUESTION, ["double"]),
        f"{number(5)}.jpg": (Verdict.QUESTION, ["double"]),
        f"{number(6)}.heic": (Verdict.READY, []),
        f"{number(7)}.jpg": (Verdict.QUESTION, ["same-picture"]),
        f"{number(8)}.jpg": (Verdict.QUESTION, ["same-picture"]),
        "2026999999.jpg": (Verdict.WHOSE, ["unmatched"]),
        f"{number(9)}+王小乙甲.jpg": (Verdict.WHOSE, ["name-contradicts"]),
    }
    assert all(finding.title for file in found.files for finding in file.findings)
    assert found.students == 9
    names = {who.name for who in found.without}
    ready = {identity(place).name for place in (1, 2, 6)}
    assert names == {identity(place).name for place in range(1, 10)} - ready


def test_a_zip_is_looked_at_like_a_folder(school: School, tmp_path: Path) -> None:
    path = tmp_path / "照片.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"照片/{number(1)}.jpg", PORTRAITS[1])
        archive.writestr(f"__MACOSX/照片/._{number(1)}.jpg", b"of a Mac")
    found = look(school.registrar, KIND, path, ROUND)
    assert [file.verdict for file in found.files] == [Verdict.READY]
    take_in(school.registrar, found, chosen_at_first(found))
    assert kept(school.registrar, 1) == PORTRAITS[1]
    png = looked_at_photo(found.source, found.files[0], 60, 80)
    assert png.startswith(b"\x89PNG")


def test_only_the_registrar_and_admissions_may_look_and_take_in(
    school: School, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        looked(school.first, tmp_path / "照片", {f"{number(1)}.jpg": PORTRAITS[1]})
    found = looked(school.registrar, tmp_path / "照片", {})
    with pytest.raises(NotAllowed):
        take_in(school.first, found, {})


def test_looking_can_be_stopped(school: School, tmp_path: Path) -> None:
    path = folder(tmp_path / "照片", {f"{number(1)}.jpg": PORTRAITS[1]})
    with pytest.raises(Cancelled):
        look(school.registrar, KIND, path, ROUND, cancel)


# --- taking in -----------------------------------------------------------------------------------


def test_what_was_chosen_is_taken_in_and_again_nothing_happens(
    school: School, tmp_path: Path
) -> None:
    registrar = school.registrar
    files = {f"{number(place)}.jpg": PORTRAITS[place] for place in range(1, 6)}
    found = looked(registrar, tmp_path / "照片", files)
    taken = take_in(registrar, found, chosen_at_first(found))
    assert (taken.taken, taken.replaced, taken.converted, taken.same) == (5, 0, 0, 0)
    assert [kept(registrar, place) for place in range(1, 7)] == [*PORTRAITS[1:6], b""]
    before = snapshot(school.store_folder("registrar"))
    again = look(registrar, KIND, tmp_path / "照片", ROUND)
    assert {file.verdict for file in again.files} == {Verdict.KNOWN}
    assert len(again.without) == 4
    assert take_in(registrar, again, chosen_at_first(again)).taken == 0
    # whoever lets them in once more, from what was looked at before, changes nothing neither
    assert take_in(registrar, found, chosen_at_first(found)).same == 5
    assert snapshot(school.store_folder("registrar")) == before
    require_healthy(registrar)


def test_a_photo_of_a_phone_and_one_that_lies_are_kept_as_upright_jpeg(
    school: School, tmp_path: Path
) -> None:
    lying = portrait(2).transpose(Image.Transpose.ROTATE_90)
    exif = portrait(2).getexif()
    exif[0x0112] = 6
    files = {
        f"{number(1)}.heic": heic(1),
        f"{number(2)}.jpg": encoded(lying, quality=92, exif=exif),
    }
    found = looked(school.registrar, tmp_path / "照片", files)
    taken = take_in(school.registrar, found, chosen_at_first(found))
    assert (taken.taken, taken.converted) == (2, 2)
    for place in (1, 2):
        folder(tmp_path / "again", {f"{number(place)}.jpg": kept(school.registrar, place)})
    again = look(school.registrar, KIND, tmp_path / "again", ROUND)
    assert {file.verdict for file in again.files} == {Verdict.KNOWN}
    assert {(f.picture.width, f.picture.height) for f in again.files if f.picture} == {(480, 640)}


def test_a_doubtful_photo_needs_a_reason_that_stays_with_it(school: School, tmp_path: Path) -> None:
    registrar = school.registrar
    files = {f"{number(1)}.jpg": encoded(portrait(1, size=(240, 320)))}
    found = looked(registrar, tmp_path / "照片", files)
    chosen = {file.file: subject_of(registrar, 1) for file in found.files}
    assert chosen_at_first(found) == {}
    with pytest.raises(Incomplete, match="1 张"):
        take_in(registrar, found, chosen, "  ")
    take_in(registrar, found, chosen, "本人补拍以前先用这张")
    page = student_page(registrar, subject_of(registrar, 1))
    entry = page.history[0]
    assert (entry.title, entry.told[0][0]) == ("照片", "入学照片")
    assert "像素不对" in entry.reason
    assert "本人补拍以前先用这张" in entry.reason
    assert len(entry.evidence) == 1


def test_a_person_may_say_whose_a_photo_is(school: School, tmp_path: Path) -> None:
    registrar = school.registrar
    found = looked(registrar, tmp_path / "照片", {"微信图片.jpg": PORTRAITS[3]})
    chosen = {found.files[0].file: subject_of(registrar, 3)}
    with pytest.raises(Incomplete):
        take_in(registrar, found, chosen)
    take_in(registrar, found, chosen, "本人送来")
    assert kept(registrar, 3) == PORTRAITS[3]


def test_a_student_gets_one_photo_and_what_is_no_picture_none(
    school: School, tmp_path: Path
) -> None:
    registrar = school.registrar
    files = {
        f"{number(1)}.jpg": PORTRAITS[1],
        f"{number(1)}(1).jpg": PORTRAITS[2],
        f"{number(3)}.jpg": b"nothing",
    }
    found = looked(registrar, tmp_path / "照片", files)
    everything = {file.file: file.who.subject for file in found.files if file.who}
    with pytest.raises(PhotoRefused, match="不是能打开的照片"):
        take_in(registrar, found, everything, "都收")
    del everything[(f"{number(3)}.jpg",)]
    with pytest.raises(PhotoRefused, match="只能收一张"):
        take_in(registrar, found, everything, "都收")
    del everything[(f"{number(1)}.jpg",)]
    take_in(registrar, found, everything, "后拍的清楚")
    assert kept(registrar, 1) == PORTRAITS[2]


def test_a_new_photo_replaces_the_old_one_only_when_a_person_says_so(
    school: School, tmp_path: Path
) -> None:
    registrar = school.registrar
    first = looked(registrar, tmp_path / "一", {f"{number(1)}.jpg": PORTRAITS[1]})
    take_in(registrar, first, chosen_at_first(first))
    second = looked(registrar, tmp_path / "二", {f"{number(1)}.jpg": PORTRAITS[2]})
    assert codes(second.files[0]) == ["replaces"]
    assert take_in(registrar, second, chosen_at_first(second)).taken == 0
    chosen = {second.files[0].file: subject_of(registrar, 1)}
    assert take_in(registrar, second, chosen, "重拍").replaced == 1
    assert kept(registrar, 1) == PORTRAITS[2]
    entry = student_page(registrar, subject_of(registrar, 1)).history[0]
    assert entry.before  # the old one can still be seen


@pytest.mark.parametrize("how", ["other", "gone"])
def test_what_changed_since_it_was_looked_at_is_not_taken_in(
    school: School, tmp_path: Path, how: str
) -> None:
    path = tmp_path / "照片"
    files = {f"{number(place)}.jpg": PORTRAITS[place] for place in (1, 2)}
    found = looked(school.registrar, path, files)
    before = snapshot(school.store_folder("registrar"))["jice.db"]
    if how == "other":
        (path / f"{number(2)}.jpg").write_bytes(PORTRAITS[3])
    else:
        (path / f"{number(2)}.jpg").unlink()
    with pytest.raises(PhotosChanged):
        take_in(school.registrar, found, chosen_at_first(found))
    assert snapshot(school.store_folder("registrar"))["jice.db"] == before


def test_taking_in_can_be_stopped_and_then_nothing_is_in(school: School, tmp_path: Path) -> None:
    found = looked(school.registrar, tmp_path / "照片", {f"{number(1)}.jpg": PORTRAITS[1]})
    with pytest.raises(Cancelled):
        take_in(school.registrar, found, chosen_at_first(found), "", cancel)
    assert kept(school.registrar, 1) == b""
    require_healthy(school.registrar)


def test_the_same_picture_is_known_across_folders_and_kinds(school: School, tmp_path: Path) -> None:
    registrar = school.registrar
    first = looked(registrar, tmp_path / "一", {f"{number(1)}.jpg": PORTRAITS[1]})
    take_in(registrar, first, chosen_at_first(first))
    files = {
        f"{number(2)}.jpg": encoded(portrait(1), quality=30),
        f"{number(1)}.jpg": encoded(portrait(1), quality=30),
    }
    second = look(registrar, PhotoKind.ID_CARD, folder(tmp_path / "二", files), ROUND)
    assert "same-picture" in codes(one(second, f"{number(2)}.jpg"))
    assert identity(1).name in one(second, f"{number(2)}.jpg").findings[0].sentence
    # the same student may have the same picture twice; the other file is the one to look at
    own = one(second, f"{number(1)}.jpg").findings
    assert all(identity(1).name not in finding.sentence for finding in own)


# --- to other offices ----------------------------------------------------------------------------


def test_a_college_gets_the_photos_of_its_own_students_and_no_others(
    school: School, tmp_path: Path
) -> None:
    registrar = school.registrar
    files = {f"{number(place)}.jpg": PORTRAITS[place] for place in range(1, 10)}
    found = looked(registrar, tmp_path / "照片", files)
    take_in(registrar, found, chosen_at_first(found))
    school.carry(registrar, school.first)
    school.carry(registrar, school.second)
    assert [kept(school.first, place) for place in range(1, 7)] == PORTRAITS[1:7]
    assert kept(school.second, 7) == PORTRAITS[7]
    for session, place in ((school.first, 7), (school.second, 1)):
        files_there = snapshot(session.store.folder)
        assert not any(_sha(PORTRAITS[place]) in name for name in files_there)
    for session in (registrar, school.first, school.second):
        require_healthy(session)
    sha256 = _sha(PORTRAITS[1])
    assert kept_photo(school.first, sha256, 60, 80).startswith(b"\x89PNG")


def test_photos_that_came_in_a_bundle_are_compared_too(school: School, tmp_path: Path) -> None:
    """Another seat of the registrar's has never measured what it was sent."""
    registrar = school.registrar
    found = looked(registrar, tmp_path / "一", {f"{number(1)}.jpg": PORTRAITS[1]})
    take_in(registrar, found, chosen_at_first(found))
    with registrar.store.unit_of_work() as unit:
        unit.connection.exec_driver_sql("DELETE FROM miniature")
        unit.commit()
    files = {f"{number(2)}.jpg": encoded(portrait(1), quality=30)}
    second = looked(registrar, tmp_path / "二", files)
    assert codes(second.files[0]) == ["same-picture"]
    take_in(registrar, second, {})
    with registrar.store.unit_of_work() as unit:
        assert photos.miniatures(unit.connection).keys() == {_sha(PORTRAITS[1])}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_college_may_not_state_photos(school: School, tmp_path: Path) -> None:
    sha256 = _sha(PORTRAITS[1])
    said = statement(school.first, "photo", subject_of(school.first, 1), entrance_photo=sha256)
    bundle = forge(school.first, tmp_path, [said._replace(round="", evidence=(sha256,))])
    report = merge(school.registrar, [bundle])
    assert [refusal.code for refusal in report.refusals] == [SignerWithoutAuthority.code]


@pytest.mark.parametrize(
    ("aspect", "values"),
    [
        ("photo", {"entrance_photo": "0" * 64}),
        ("photo", {"entrance_photo": "not a digest"}),
        ("photo_rules", {"width": "wide"}),
        ("photo_rules", {"background": "blue"}),
    ],
)
def test_what_nobody_can_read_is_not_believed(
    school: School, tmp_path: Path, aspect: str, values: dict[str, str]
) -> None:
    subject = "photo_kind:entrance_photo"
    if aspect == "photo":
        subject = subject_of(school.registrar, 1)
    said = statement(school.registrar, aspect, subject, **values)._replace(round="")
    bundle = forge(school.registrar, tmp_path, [said], to_office="college-01")
    report = merge(school.first, [bundle])
    assert [refusal.code for refusal in report.refusals] == [BundleContent.code]


def test_two_seats_that_state_different_photos_disagree_until_a_person_decides(
    school: School, tmp_path: Path
) -> None:
    registrar = school.registrar
    subject = subject_of(registrar, 1)
    found = looked(registrar, tmp_path / "照片", {f"{number(1)}.jpg": PORTRAITS[1]})
    take_in(registrar, found, chosen_at_first(found))
    with registrar.unit_of_work() as unit:  # as if said elsewhere, without having seen the first
        line = unit.connection.execute(
            select(StatementRow.line).where(StatementRow.aspect == "photo")
        ).scalar_one()
    other = _sha(PORTRAITS[2])
    elsewhere = decode(line)._replace(
        id="0190c0de-0000-7000-8000-000000000000",
        number=9_000_000,
        previous="0" * 64,
        values={"entrance_photo": other},
        seen=(),
        evidence=(other,),
    )
    bundle = forge(
        registrar,
        tmp_path,
        [line, elsewhere],
        to_office="college-01",
        attachments={_sha(PORTRAITS[1]): PORTRAITS[1], other: PORTRAITS[2]},
    )
    assert merge(school.first, [bundle]).refusals == ()
    with school.first.store.unit_of_work() as unit:
        own = photos.photos_of(unit.connection, [subject])[subject]
    assert own.agreed == {}
    assert set(own.disputed[KIND]) == {other, _sha(PORTRAITS[1])}
    require_healthy(school.first)


def test_a_disagreement_about_a_photo_is_decided_and_the_college_gets_the_right_one(
    school: School, tmp_path: Path
) -> None:
    registrar, again = school.registrar, second_registrar(school)
    for session, seed in ((registrar, 1), (again, 2)):
        place = tmp_path / str(seed)
        found = looked(session, place, {f"{number(1)}.jpg": PORTRAITS[seed]})
        take_in(session, found, chosen_at_first(found))
    school.carry(again, registrar)
    (conflict,) = open_conflicts(registrar, ROUND)
    assert (conflict.key.aspect, conflict.field) == ("photo", "entrance_photo")
    shown = student_page(registrar, subject_of(registrar, 1)).photos
    assert sum(len(photo.sides) for photo in shown) == 2
    decide_conflict(registrar, conflict.key, conflict.field, _sha(PORTRAITS[2]), "后拍的清楚")
    assert kept(registrar, 1) == PORTRAITS[2]
    # the college was never sent what the other seat said: the decision brings the picture along
    school.carry(registrar, school.first)
    assert kept(school.first, 1) == PORTRAITS[2]
    for session in (registrar, school.first):
        require_healthy(session)


# --- what is asked -------------------------------------------------------------------------------


def test_the_registrar_asks_something_else_and_every_office_hears_of_it(school: School) -> None:
    registrar = school.registrar
    usual = photo_rules(registrar)[PhotoKind.CREDENTIAL]
    values = {"largest_kb": "60", "background": "00A3E6"}
    with pytest.raises(Incomplete):
        change_photo_rules(registrar, PhotoKind.CREDENTIAL, values, " ")
    changed = change_photo_rules(registrar, PhotoKind.CREDENTIAL, values, "省里的通知")
    assert (changed.largest_kb, changed.background, changed.width) == (60, "00A3E6", usual.width)
    with pytest.raises(NothingToChange):
        change_photo_rules(registrar, PhotoKind.CREDENTIAL, values, "省里的通知")
    with pytest.raises(ValueRefused, match="没有保存"):
        change_photo_rules(registrar, PhotoKind.CREDENTIAL, {"width": "0"}, "省里的通知")
    with pytest.raises(NotAllowed):
        change_photo_rules(school.first, PhotoKind.CREDENTIAL, values, "省里的通知")
    school.carry(registrar, school.first)
    assert photo_rules(school.first) == photo_rules(registrar)
    assert photo_rules(school.first)[PhotoKind.CREDENTIAL] == changed


def test_photos_are_checked_by_what_is_asked_now(school: School, tmp_path: Path) -> None:
    files = {f"{number(1)}.jpg": PORTRAITS[1]}
    assert looked(school.registrar, tmp_path / "照片", files).of(Verdict.READY)
    asked = {"width": "358", "height": "441"}
    change_photo_rules(school.registrar, KIND, asked, "换了采集设备")
    found = look(school.registrar, KIND, tmp_path / "照片", ROUND)
    assert codes(found.files[0]) == ["wrong-ratio"]
