"""Forms as a college's scanner brings them: a whole class in one file, known by their codes."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PIL import Image

from desktop.domain.recheck_forms import form_code, form_text
from desktop.domain.rounds import Procedure
from desktop.domain.written_papers import PaperKind
from desktop.errors import (
    Cancelled,
    FormRefused,
    Incomplete,
    PhotosChanged,
    PhotosUnreadable,
    ScanUnreadable,
)
from desktop.procedures.named_files import LookedAt, Verdict, path_of
from desktop.procedures.overview.histories import student_page
from desktop.procedures.photos.photo_views import looked_at_photo
from desktop.procedures.recheck.recheck_forms import forms_chosen_at_first, take_in_forms
from desktop.procedures.recheck.recheck_looking import FormLook, look_at_forms
from desktop.procedures.review_papers.review_papers import make_papers
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.session import Session, cancel
from tests.conftest import School
from tests.portraits import encoded
from tests.scans import as_pdf, as_tiff, blank_page, pages_of, printed_form

from .acts import class_id
from .rechecks import (
    FIRST_CLASS,
    OTHER_CLASS,
    RECHECK,
    begin_recheck,
    bring,
    called,
    hand_in,
    scan,
    sha256,
    stand,
    students,
)


@pytest.fixture(autouse=True)
def _recheck(school: School) -> None:
    begin_recheck(school)


def class_pages(session: Session, class_name: str = FIRST_CLASS) -> list[Image.Image]:
    """Return the forms of a class as the program prints them, filled in and scanned."""
    where = class_id(session, class_name)
    return pages_of(make_papers(session, RECHECK, PaperKind.RECHECK_FORMS, [where]).pdf)


def page_for(subject: str, round_id: str = RECHECK) -> Image.Image:
    """Return the filled-in form of a student."""
    return printed_form(form_code(round_id, subject))


def lying(page: Image.Image, quarters: int) -> Image.Image:
    """Return a page turned against the clock."""
    return page.rotate(quarters * 90, expand=True)


def looked(session: Session, source: Path, class_names: Sequence[str] = (FIRST_CLASS,)) -> FormLook:
    """Look at what lies somewhere, as forms of classes."""
    return look_at_forms(
        session, RECHECK, source, [class_id(session, name) for name in class_names]
    )


def told(look: FormLook) -> dict[str, tuple[Verdict, list[str], str]]:
    """Return what is said of each file: verdict, findings, whose it is."""
    return {
        one.path: (
            one.verdict,
            [finding.code for finding in one.findings],
            one.who.name if one.who else "",
        )
        for one in look.files
    }


def with_code(text: str) -> bytes:
    """Return a page that bears a code."""
    page = Image.open(io.BytesIO(scan(sum(text.encode())))).convert("L")
    code = io.BytesIO()
    segno.make_qr(text, error="m").save(code, kind="png", scale=5, border=4)
    page.paste(Image.open(code).convert("L"), (600, 20))
    return encoded(page, quality=80)


def written(path: Path, data: bytes) -> Path:
    """Write a file and return where it lies."""
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", ["pdf", "tif"])
def test_a_class_in_one_scan_is_taken_in_whoever_lies_how(
    school: School, tmp_path: Path, kind: str
) -> None:
    mine = students(school.first)
    pages = [lying(page, place) for place, page in enumerate(class_pages(school.first), start=1)]
    both_sides = [side for page in pages for side in (page, blank_page(size=page.size))]
    made = as_pdf(both_sides) if kind == "pdf" else as_tiff(both_sides)
    look = looked(school.first, written(tmp_path / f"scan0001.{kind}", made))
    assert told(look) == {
        f"scan0001.{kind} 第{2 * place + 1}页": (Verdict.READY, [], student.identity.name)
        for place, student in enumerate(mine)
    }
    assert [path_of(page) for page in look.blank] == [
        f"scan0001.{kind} 第{number}页" for number in (2, 4, 6)
    ]
    assert look.without == ()
    taken = take_in_forms(school.first, look, forms_chosen_at_first(look))
    assert (taken.taken, taken.turned, taken.reduced) == (3, 3, 0)
    for student, found in zip(mine, stand(school.first), strict=True):
        kept = school.first.store.attachments.get(found.file.form)
        with Image.open(io.BytesIO(kept)) as image:
            assert image.height > image.width
            assert max(image.size) in range(2398, 2402)
        (said, *_) = student_page(school.first, student.subject).history
        assert f"scan0001.{kind} 第" in said.reason
        assert "已按二维码转正" in said.reason
        assert "SHA-256" in said.reason
    again = looked(school.first, tmp_path / f"scan0001.{kind}")
    assert {one.verdict for one in again.files} == {Verdict.KNOWN}


def test_upright_pictures_stay_byte_for_byte_whatever_they_are_called(
    school: School, tmp_path: Path
) -> None:
    (page, *_), (first, *_) = class_pages(school.first), students(school.first)
    data = encoded(page, quality=70)
    look = looked(school.first, bring(tmp_path / "手机", {"IMG_2041.jpg": data}))
    assert told(look) == {"IMG_2041.jpg": (Verdict.READY, [], first.identity.name)}
    take_in_forms(school.first, look, forms_chosen_at_first(look))
    assert stand(school.first)[0].file.form == sha256(data)


def test_the_code_decides_and_another_name_is_seen_by_a_person(
    school: School, tmp_path: Path
) -> None:
    first, second, third = students(school.first)
    other = students(school.first, OTHER_CLASS)[0]
    files = {
        f"{called(second)}.jpg": encoded(page_for(first.subject), quality=70),
        f"{called(third)}.jpg": scan(3),  # no code: by its name
        "IMG_1.jpg": encoded(page_for(other.subject), quality=70),
        f"{called(first)}.pdf": as_pdf([page_for(second.subject), blank_page()]),
    }
    look = looked(school.first, bring(tmp_path / "表", files))
    mine = first.identity.name, second.identity.name
    assert told(look) == {
        f"{called(second)}.jpg": (Verdict.QUESTION, ["wrong-name"], mine[0]),
        f"{called(third)}.jpg": (Verdict.READY, [], third.identity.name),
        "IMG_1.jpg": (Verdict.QUESTION, ["wrong-class"], other.identity.name),
        f"{called(first)}.pdf 第1页": (Verdict.QUESTION, ["wrong-name"], mine[1]),
    }
    for one in look.files:
        for finding in one.findings:
            if finding.code == "wrong-name":
                assert first.identity.name in finding.sentence
                assert second.identity.name in finding.sentence
    chosen = {one.file: one.who.subject for one in look.files if one.who}
    with pytest.raises(Incomplete):
        take_in_forms(school.first, look, chosen)
    assert take_in_forms(school.first, look, chosen, "已打开核对").taken == 4


def test_two_pages_with_one_code_are_double(school: School, tmp_path: Path) -> None:
    first, second, _ = students(school.first)
    pages = [page_for(first.subject), page_for(second.subject), page_for(first.subject)]
    pages[2] = pages[2].point(lambda grey: grey // 2)
    look = looked(school.first, written(tmp_path / "scan.pdf", as_pdf(pages)))
    assert [codes for _, codes, _ in told(look).values()] == [["double"], [], ["double"]]
    assert "scan.pdf 第3页" in look.files[0].findings[0].sentence
    both = {look.files[place].file: first.subject for place in (0, 2)}
    with pytest.raises(FormRefused, match="只能收一张"):
        take_in_forms(school.first, look, both, "都要")


def test_what_does_not_belong_here_is_said(school: School, tmp_path: Path) -> None:
    first, second, _ = students(school.first)
    new = NewRound(Procedure.RECHECK, "2025级新生入学资格复查", "2025", "2026-12-01")
    old = open_round(school.registrar, new)
    school.carry(school.registrar, school.first, old.id)
    two = Image.new("L", (page_for(first.subject).width * 2, page_for(first.subject).height), 235)
    two.paste(page_for(first.subject), (0, 0))
    two.paste(page_for(second.subject), (two.width // 2, 0))
    files = {
        "A.jpg": encoded(page_for(first.subject, old.id), quality=70),
        "B.jpg": encoded(page_for("student:of another school"), quality=70),
        "C.jpg": encoded(two.reduce(2), quality=80),
        f"{called(second)}.jpg": encoded(page_for("student:unknown"), quality=70),
    }
    look = looked(school.first, bring(tmp_path / "表", files))
    found = told(look)
    assert found["A.jpg"] == (Verdict.WHOSE, ["other-round"], "")
    assert found["B.jpg"] == (Verdict.WHOSE, ["unknown-code"], "")
    assert found["C.jpg"] == (Verdict.WHOSE, ["several-codes"], "")
    assert found[f"{called(second)}.jpg"] == (Verdict.WHOSE, ["unknown-code"], "")
    by_path = {one.path: one for one in look.files}
    assert "2025级新生入学资格复查" in by_path["A.jpg"].findings[0].sentence
    assert [who.subject for who in by_path["A.jpg"].candidates] == [first.subject]
    assert {who.subject for who in by_path["C.jpg"].candidates} == {first.subject, second.subject}
    assert [who.subject for who in by_path[f"{called(second)}.jpg"].candidates] == [second.subject]
    assert forms_chosen_at_first(look) == {}


def test_pages_of_practice_and_of_other_papers_are_refused(school: School, tmp_path: Path) -> None:
    first, *_ = students(school.first)
    code = form_code(RECHECK, first.subject)
    files = {
        "A.jpg": with_code(form_text(code, training=True)),
        "B.jpg": with_code("JICE/002-001/1/ABCDEF0123456789"),
        "C.jpg": with_code("https://www.example.edu.cn/wjx"),  # says nothing: as without a code
        "D.jpg": with_code(form_text(code)),
    }
    look = looked(school.first, bring(tmp_path / "表", files))
    assert [(verdict, codes) for verdict, codes, _ in told(look).values()] == [
        (Verdict.REFUSED, ["practice"]),
        (Verdict.REFUSED, ["other-paper"]),
        (Verdict.WHOSE, ["unmatched"]),
        (Verdict.READY, []),
    ]
    with pytest.raises(FormRefused, match="练习"):
        take_in_forms(school.first, look, {("A.jpg",): first.subject}, "要")
    practice = replace(school.first, home=replace(school.first.home, training=True))
    look = looked(practice, tmp_path / "表")
    assert [codes for _, codes, _ in told(look).values()][::3] == [[], ["practice"]]


def test_pages_without_a_code_are_assigned_by_hand(school: School, tmp_path: Path) -> None:
    first, *_ = students(school.first)
    pages = [page_for(first.subject), Image.open(io.BytesIO(scan(5)))]
    # the name of the file is that of one student, and says nothing of the second page
    path = written(tmp_path / f"{called(first)}等.pdf", as_pdf(pages))
    look = looked(school.first, path)
    assert [codes for _, codes, _ in told(look).values()] == [[], ["no-code"]]
    assert look.files[1].who is None
    shown = looked_at_photo(look.source, look.files[1], 200, 200)
    assert shown.startswith(b"\x89PNG")


def test_scans_lie_in_folders_and_zips_beside_pictures(school: School, tmp_path: Path) -> None:
    first, second, third = students(school.first)
    files = {
        "一班/scan0001.pdf": as_pdf([page_for(first.subject), page_for(second.subject)]),
        "一班/IMG_1.jpg": encoded(page_for(third.subject), quality=70),
        "一班/坏的.pdf": as_pdf([page_for(third.subject)])[:5000],
        "一班/其实是.jpg": as_pdf([page_for(third.subject)]),
        "说明.txt": b"nothing",
    }
    with zipfile.ZipFile(tmp_path / "表.zip", "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    for source in (bring(tmp_path / "表", files), tmp_path / "表.zip"):
        look = looked(school.first, source)
        assert {path: verdict for path, (verdict, _, _) in told(look).items()} == {
            "一班/IMG_1.jpg": Verdict.READY,
            "一班/scan0001.pdf 第1页": Verdict.READY,
            "一班/scan0001.pdf 第2页": Verdict.READY,
            "一班/其实是.jpg": Verdict.REFUSED,
            "一班/坏的.pdf": Verdict.REFUSED,
            "说明.txt": Verdict.REFUSED,
        }
        by_path = {one.path: one for one in look.files}
        assert "拷贝" in by_path["一班/坏的.pdf"].findings[0].sentence
        assert ".pdf" in by_path["一班/其实是.jpg"].findings[0].sentence
    assert take_in_forms(school.first, look, forms_chosen_at_first(look)).taken == 3


def test_one_file_that_can_not_be_opened_says_why(school: School, tmp_path: Path) -> None:
    page = page_for(students(school.first)[0].subject)
    cut = written(tmp_path / "scan.pdf", as_pdf([page])[:-200])
    with pytest.raises(ScanUnreadable, match="拷贝"):
        looked(school.first, cut)
    with pytest.raises(PhotosUnreadable, match="ZIP"):
        looked(school.first, written(tmp_path / "表.rar", b"Rar!"))
    one = written(tmp_path / "IMG_1.jpg", encoded(page, quality=70))
    assert [file.verdict for file in looked(school.first, one).files] == [Verdict.READY]


def test_a_scan_that_changes_meanwhile_or_is_stopped_brings_nothing(
    school: School, tmp_path: Path
) -> None:
    pages = class_pages(school.first)
    path = written(tmp_path / "scan.pdf", as_pdf(pages))
    with pytest.raises(Cancelled):
        look_at_forms(school.first, RECHECK, path, progress=cancel)
    look = looked(school.first, path)
    chosen = forms_chosen_at_first(look)
    for other in ([*pages[1:], pages[0]], pages[:1]):
        path.write_bytes(as_pdf(other))
        with pytest.raises(PhotosChanged):
            take_in_forms(school.first, look, chosen)
    assert [one.file.form for one in stand(school.first)] == ["", "", ""]


def test_a_scan_replaces_what_came_by_phone_and_asks_first(school: School, tmp_path: Path) -> None:
    hand_in(school.first, tmp_path / "手机", students(school.first)[:1])
    look = looked(school.first, written(tmp_path / "s.pdf", as_pdf(class_pages(school.first))))
    assert [codes for _, codes, _ in told(look).values()] == [["replaces"], [], []]


def test_paths_are_written_as_people_write_them() -> None:
    assert path_of(("一班", "scan0001.pdf", "第3页")) == "一班/scan0001.pdf 第3页"
    assert path_of(("一班", "张三.jpg")) == "一班/张三.jpg"
    assert path_of(("第3页",)) == "第3页"
    assert LookedAt(("a.pdf", "第1页"), Verdict.READY, None, (), ()).path == "a.pdf 第1页"
