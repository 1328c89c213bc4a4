"""Filled-in forms: pictures looked at, taken in, judged, taken back, saved as files."""

import io
import random
import zipfile
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from desktop.domain.form_pictures import LARGEST_KEPT
from desktop.domain.photos import LARGEST_FILE
from desktop.domain.recheck import RecheckVerdict, Standing
from desktop.domain.statements import Key
from desktop.errors import (
    Cancelled,
    ConclusionTold,
    FormRefused,
    Incomplete,
    NotFound,
    NothingToChange,
    PhotosChanged,
    RoundNotOpen,
)
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.named_files import File, LookedAt, Verdict
from desktop.procedures.overview.histories import student_page
from desktop.procedures.recheck.recheck_forms import (
    forms_chosen_at_first,
    judge_form,
    missing_forms,
    retract_form,
    save_forms,
    take_in_forms,
)
from desktop.procedures.recheck.recheck_looking import FormLook, look_at_forms
from desktop.procedures.rounds import close_round
from desktop.procedures.session import Session, cancel
from desktop.store.histories import attachment_names
from tests.conftest import ROUND, School
from tests.portraits import encoded

from .acts import class_id, say, snapshot
from .rechecks import (
    FIRST_CLASS,
    OTHER_CLASS,
    RECHECK,
    begin_recheck,
    bring,
    called,
    hand_in,
    page,
    scan,
    sha256,
    stand,
    students,
)


@pytest.fixture(autouse=True)
def _recheck(school: School) -> None:
    begin_recheck(school)


def one(look: FormLook, name: str) -> LookedAt:
    """Return what was found of one file."""
    (file,) = [file for file in look.files if file.path == name]
    return file


def codes(file: LookedAt) -> list[str]:
    """Return the codes of what was found of a file."""
    return [finding.code for finding in file.findings]


def form(session: Session, place: int = 0) -> str:
    """Return the SHA-256 of the form of a student of the first class."""
    return stand(session)[place].file.form


def kept_name(session: Session, digest: str) -> str:
    """Return the name under which an attachment is on record."""
    with session.store.unit_of_work() as unit:
        return attachment_names(unit.connection, [digest])[digest]


def looked(session: Session, folder: Path, files: dict[str, bytes]) -> FormLook:
    """Make a folder and look at it."""
    return look_at_forms(session, RECHECK, bring(folder, files))


def test_everything_that_can_be_with_a_folder_is_found_and_nothing_is_written(
    school: School, tmp_path: Path
) -> None:
    mine, others = students(school.first), students(school.first, OTHER_CLASS)
    b, c = (called(student) for student in mine[1:])
    number = mine[0].identity.student_number
    files = {
        f"{mine[0].identity.name} {number}.jpg": scan(1),  # the other way round
        f"{number}＿{mine[0].identity.name}(2).jpg": scan(2),
        f"{b}.jpg": scan(3, blur=5),
        f"{c}.jpg": scan(4, size=(413, 584)),
        f"{called(others[0])}.jpg": scan(5),
        "IMG_0001.jpg": scan(6),
        "20269999999999+王五.jpg": scan(7),
        f"{others[1].identity.student_number}.pdf": b"%PDF-1.7 scanned",
        f"{others[2].identity.student_number}.jpg": b"no picture at all",
        "Thumbs.db": b"of Windows",
    }
    before = snapshot(school.store_folder("first"))
    look = look_at_forms(
        school.first, RECHECK, bring(tmp_path / "表", files), [class_id(school.first, FIRST_CLASS)]
    )
    found = {file.path: (file.verdict, codes(file)) for file in look.files}
    names = list(files)
    assert found == {
        names[0]: (Verdict.QUESTION, ["double"]),
        names[1]: (Verdict.QUESTION, ["double"]),
        names[2]: (Verdict.QUESTION, ["blurred"]),
        names[3]: (Verdict.QUESTION, ["too-small"]),
        names[4]: (Verdict.QUESTION, ["wrong-class"]),
        names[5]: (Verdict.WHOSE, ["unmatched"]),
        names[6]: (Verdict.WHOSE, ["unmatched"]),
        names[7]: (Verdict.REFUSED, ["not-a-picture"]),
        names[8]: (Verdict.REFUSED, ["not-a-picture"]),
    }
    assert "PDF" in one(look, names[7]).findings[0].sentence
    assert "软件2602班" in one(look, names[4]).findings[0].sentence
    assert forms_chosen_at_first(look) == {}
    assert [who.subject for who in look.without] == [student.subject for student in mine]
    assert (look.students, len(look.everybody)) == (3, 6)
    assert snapshot(school.store_folder("first")) == before


def test_forms_are_kept_byte_for_byte_and_called_by_number_and_name(
    school: School, tmp_path: Path
) -> None:
    mine = students(school.first)
    files = {f"{called(student)}.jpg": scan(place) for place, student in enumerate(mine)}
    look = look_at_forms(school.first, RECHECK, bring(tmp_path / "表", files))
    taken = take_in_forms(school.first, look, forms_chosen_at_first(look))
    assert (taken.taken, taken.replaced, taken.reduced) == (3, 0, 0)
    for place, (student, data) in enumerate(zip(mine, files.values(), strict=True)):
        digest = form(school.first, place)
        assert digest == sha256(data)
        assert school.first.store.attachments.get(digest) == data
        assert kept_name(school.first, digest) == f"{called(student)}.jpg"
    assert {one.assessment.standing for one in stand(school.first)} == {Standing.IN_HAND}
    assert diagnose(school.first.store).findings == ()
    again = look_at_forms(school.first, RECHECK, tmp_path / "表")
    assert {file.verdict for file in again.files} == {Verdict.KNOWN}


def test_a_picture_of_a_phone_is_kept_as_it_is(school: School, tmp_path: Path) -> None:
    student = students(school.first)[0]
    out = io.BytesIO()
    pillow_heif.from_pillow(page(3).convert("RGB")).save(out, quality=80)
    files = {f"{called(student)}.heic": out.getvalue()}
    look = look_at_forms(school.first, RECHECK, bring(tmp_path / "表", files))
    assert look.files[0].verdict is Verdict.READY
    take_in_forms(school.first, look, forms_chosen_at_first(look))
    assert school.first.store.attachments.get(form(school.first)) == out.getvalue()
    saved = save_forms(school.first, RECHECK, class_id(school.first, FIRST_CLASS), tmp_path)
    (written,) = saved.folder.iterdir()
    assert written.name == f"{called(student)}.jpg"
    assert written.read_bytes()[:2] == b"\xff\xd8"


def test_what_nobody_can_tell_is_assigned_by_hand_with_a_reason(
    school: School, tmp_path: Path
) -> None:
    mine = students(school.first)
    look = looked(school.first, tmp_path / "表", {"IMG_1.jpg": scan(1), "IMG_2.jpg": scan(2)})
    chosen: dict[File, str] = {("IMG_1.jpg",): mine[0].subject}
    with pytest.raises(Incomplete, match="1 张"):
        take_in_forms(school.first, look, chosen)
    taken = take_in_forms(school.first, look, chosen, "照片上写的是他的名字")
    assert taken.taken == 1
    digest = form(school.first)
    assert kept_name(school.first, digest) == f"{called(mine[0])}.jpg"
    said = student_page(school.first, mine[0].subject).history
    assert any("照片上写的是他的名字" in entry.reason for entry in said)


def test_a_doubtful_picture_comes_in_only_with_a_reason_and_two_never_for_one(
    school: School, tmp_path: Path
) -> None:
    mine = students(school.first)
    name = called(mine[0])
    files = {f"{name}.jpg": scan(1, blur=5), f"{name}(2).jpg": scan(2), "坏的.jpg": b"x"}
    look = looked(school.first, tmp_path / "表", files)
    both: dict[File, str] = {(path,): mine[0].subject for path in list(files)[:2]}
    with pytest.raises(FormRefused, match="只能收一张"):
        take_in_forms(school.first, look, both, "都要")
    with pytest.raises(FormRefused, match="坏的"):
        take_in_forms(school.first, look, {("坏的.jpg",): mine[1].subject}, "要")
    with pytest.raises(Incomplete):
        take_in_forms(school.first, look, {(f"{name}.jpg",): mine[0].subject})
    assert form(school.first) == ""
    take_in_forms(school.first, look, {(f"{name}.jpg",): mine[0].subject}, "仍看得清")
    assert form(school.first) == sha256(files[f"{name}.jpg"])


def test_one_picture_under_two_names_and_one_of_somebody_unlisted_are_asked_about(
    school: School, tmp_path: Path
) -> None:
    mine = students(school.first)
    say(school.registrar, Key(mine[2].subject, "roster", RECHECK), listed="no")
    school.carry(school.registrar, school.first, RECHECK)
    files = {f"{called(student)}.jpg": scan(4) for student in mine}
    look = looked(school.first, tmp_path / "表", files)
    assert [codes(file) for file in look.files] == [
        ["same-picture"],
        ["same-picture"],
        ["unlisted"],
    ]
    chosen = {look.files[2].file: mine[2].subject}
    with pytest.raises(NotFound, match="不在本批次"):
        take_in_forms(school.first, look, chosen, "要")


def test_a_large_picture_is_made_smaller_and_says_so(school: School, tmp_path: Path) -> None:
    mine = students(school.first)
    grain = Image.frombytes("L", (4000, 3000), random.Random(1).randbytes(12_000_000))
    large = Image.blend(
        page(5, (2480, 3508)).resize((3000, 4000)).rotate(90, expand=True), grain, 0.2
    )
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    data = encoded(large, quality=95, exif=exif)
    assert LARGEST_KEPT < len(data) < LARGEST_FILE
    look = looked(school.first, tmp_path / "表", {f"{called(mine[0])}.jpg": data})
    assert [file.path for file in look.reduced] == [f"{called(mine[0])}.jpg"]
    taken = take_in_forms(school.first, look, {look.files[0].file: mine[0].subject}, "看得清")
    assert taken.reduced == 1
    kept = school.first.store.attachments.get(form(school.first))
    with Image.open(io.BytesIO(kept)) as small:
        assert small.size == (1800, 2400)
    reason = student_page(school.first, mine[0].subject).history[0].reason
    assert sha256(data) in reason
    assert "已缩小保存" in reason


def test_a_form_of_no_use_is_asked_for_again_and_a_new_one_takes_its_place(
    school: School, tmp_path: Path
) -> None:
    mine = students(school.first)
    hand_in(school.first, tmp_path / "表", mine)
    with pytest.raises(Incomplete):
        judge_form(school.first, RECHECK, mine[0].subject, usable=False, why=" ")
    judge_form(school.first, RECHECK, mine[0].subject, usable=False, why="看不清")
    assert stand(school.first)[0].assessment.standing is Standing.NO_FORM
    missing = missing_forms(school.first, RECHECK)
    assert [m.student.subject for m in missing[class_id(school.first, FIRST_CLASS)]] == [
        mine[0].subject
    ]
    look = looked(school.first, tmp_path / "再来", {f"{called(mine[0])}.jpg": scan(77)})
    assert look.files[0].verdict is Verdict.READY
    taken = take_in_forms(school.first, look, forms_chosen_at_first(look))
    assert taken.replaced == 1
    assert stand(school.first)[0].file.form_usable
    judge_form(school.first, RECHECK, mine[1].subject, usable=True, why="")
    assert stand(school.first)[1].assessment.standing is Standing.IN_HAND


def test_a_form_is_taken_back_with_a_reason_once(school: School, tmp_path: Path) -> None:
    mine = students(school.first)
    hand_in(school.first, tmp_path / "表", mine[:1])
    with pytest.raises(Incomplete):
        retract_form(school.first, RECHECK, mine[0].subject, "")
    retract_form(school.first, RECHECK, mine[0].subject, "收错了人")
    assert form(school.first) == ""
    with pytest.raises(NothingToChange):
        retract_form(school.first, RECHECK, mine[0].subject, "收错了人")
    with pytest.raises(NothingToChange):
        judge_form(school.first, RECHECK, mine[0].subject, usable=False, why="看不清")


def test_nothing_comes_in_when_the_folder_changes_or_somebody_stops_it(
    school: School, tmp_path: Path
) -> None:
    mine = students(school.first)
    files = {f"{called(student)}.jpg": scan(place) for place, student in enumerate(mine)}
    look = looked(school.first, tmp_path / "表", files)
    chosen = forms_chosen_at_first(look)
    with pytest.raises(Cancelled):
        take_in_forms(school.first, look, chosen, progress=cancel)
    (tmp_path / "表" / f"{called(mine[1])}.jpg").write_bytes(scan(9))
    with pytest.raises(PhotosChanged):
        take_in_forms(school.first, look, chosen)
    assert [one.file.form for one in stand(school.first)] == ["", "", ""]


def test_a_zip_is_as_good_as_a_folder(school: School, tmp_path: Path) -> None:
    mine = students(school.first)
    with zipfile.ZipFile(tmp_path / "复查表.zip", "w") as packed:
        for place, student in enumerate(mine):
            packed.writestr(f"软件2601班/{called(student)}.jpg", scan(place))
    look = look_at_forms(school.first, RECHECK, tmp_path / "复查表.zip")
    assert take_in_forms(school.first, look, forms_chosen_at_first(look)).taken == 3


def test_forms_are_saved_under_the_names_of_the_rule_book_and_nothing_is_overwritten(
    school: School, tmp_path: Path
) -> None:
    mine = students(school.first)
    where = class_id(school.first, FIRST_CLASS)
    with pytest.raises(NothingToChange):
        save_forms(school.first, RECHECK, where, tmp_path)
    hand_in(school.first, tmp_path / "表", mine[:2])
    broken = school.first.store.attachments.path(form(school.first, 1))
    one_saved = save_forms(school.first, RECHECK, where, tmp_path)
    assert one_saved.folder.name == "软件2601班-入学资格复查表"
    assert sorted(path.name for path in one_saved.folder.iterdir()) == [
        f"{called(student)}.jpg" for student in mine[:2]
    ]
    broken.write_bytes(b"rotten")
    again = save_forms(school.first, RECHECK, where, tmp_path)
    assert again.folder.name == "软件2601班-入学资格复查表（2）"
    assert (again.saved, again.damaged) == (1, (mine[1].identity.name,))


def test_forms_travel_to_the_office_that_leads(school: School, tmp_path: Path) -> None:
    mine = students(school.first)
    hand_in(school.first, tmp_path / "表", mine)
    school.carry(school.first, school.registrar, RECHECK)
    assert [one.file.form for one in stand(school.registrar)] == [
        one.file.form for one in stand(school.first)
    ]
    assert school.registrar.store.attachments.holds(form(school.first))
    assert missing_forms(school.registrar, RECHECK).keys() == {
        class_id(school.registrar, OTHER_CLASS),
        class_id(school.registrar, "护理2601班"),
    }


def test_who_may_not_and_when_it_is_too_late(school: School, tmp_path: Path) -> None:
    mine, others = students(school.first), students(school.second, "护理2601班")
    hand_in(school.first, tmp_path / "表", mine[:1])
    with pytest.raises(NotFound):
        judge_form(school.first, RECHECK, others[0].subject, usable=False, why="看不清")
    with pytest.raises(NotFound):
        look_at_forms(school.first, ROUND, tmp_path)
    say(school.registrar, Key(mine[0].subject, "recheck", RECHECK), verdict="passed")
    school.carry(school.registrar, school.first, RECHECK)
    assert stand(school.first)[0].file.verdict is RecheckVerdict.PASSED
    with pytest.raises(ConclusionTold, match=mine[0].identity.name):
        retract_form(school.first, RECHECK, mine[0].subject, "收错了人")
    close_round(school.registrar, RECHECK)
    school.carry(school.registrar, school.first, RECHECK)
    with pytest.raises(RoundNotOpen):
        look_at_forms(school.first, RECHECK, tmp_path)
