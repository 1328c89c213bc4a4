"""A re-check as tests need it: the round, pictures of filled-in forms, what the file says."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop.domain.photos import PhotoKind
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.paths import resources_dir
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.photos.photo_taking import chosen_at_first, take_in
from desktop.procedures.recheck.recheck_forms import forms_chosen_at_first, take_in_forms
from desktop.procedures.recheck.recheck_looking import look_at_forms
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.session import Session
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.store.journal import Draft
from desktop.store.students import Student, listed_students
from tests.conftest import COLLEGES, School, roster_rows
from tests.portraits import encoded

from .acts import class_id

RECHECK = "2026-recheck-1"
AT_100_DPI = (827, 1169)
FIRST_CLASS, OTHER_CLASS = "软件2601班", "软件2602班"


def begin_recheck(school: School) -> None:
    """Open a re-check with the roster, and bring it to every college's first seat."""
    new = NewRound(Procedure.RECHECK, "2026级新生入学资格复查", "2026", "2026-12-01")
    open_round(school.registrar, new)
    admit_rows(school.registrar, RECHECK, roster_rows(), "招生工作处送来的名单")
    for seat, office in (("first", "college-01"), ("second", "college-02")):
        assert office in COLLEGES
        school.carry(school.registrar, school.sessions[seat], RECHECK)


def students(session: Session, class_name: str = FIRST_CLASS) -> list[Student]:
    """Return the students of a class in the re-check, in the order of the class."""
    wanted = class_id(session, class_name)
    with session.store.unit_of_work() as unit:
        return listed_students(unit.connection, RECHECK, [wanted])


def stand(session: Session, class_name: str = FIRST_CLASS) -> list[Rechecked]:
    """Return where the students of a class stand, in the order of the class."""
    wanted = class_id(session, class_name)
    with session.unit_of_work() as unit:
        return list(recheck_of(session, unit, RECHECK, [wanted]).students)


@cache
def page(seed: int = 1, size: tuple[int, int] = AT_100_DPI, blur: float = 0) -> Image.Image:
    """Return the picture of a filled-in form; ``blur`` is in pixels of a page of 200 dpi."""
    width, _ = size
    dpi, dice = width / 8.27, random.Random(seed)
    image = Image.new("L", size, 235)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(
        resources_dir() / "fonts" / "NotoSerifSC-Regular.ttf", int(dpi * 10.5 / 72)
    )
    for line in range(20):
        top = int(dpi * (1 + line * 0.45))
        under = top + int(dpi * 0.3)
        draw.line((dpi * 0.8, under, width - dpi * 0.8, under), 60, max(1, int(dpi / 150)))
        words = "".join(dice.choice("姓名王小乙性别男出生日期二〇〇八年三月") for _ in range(14))
        draw.text((dpi * 0.9, top), words, 40, font)
    return image.filter(ImageFilter.GaussianBlur(blur * dpi / 200)) if blur else image


def scan(seed: int = 1, size: tuple[int, int] = AT_100_DPI, blur: float = 0) -> bytes:
    """Return the picture of a filled-in form as a file."""
    return encoded(page(seed, size, blur), quality=80)


def called(student: Student) -> str:
    """Return what the rule book wants a form's file to be called, without its ending."""
    return f"{student.identity.student_number}+{student.identity.name}"


def bring(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Make a folder of pictures."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def hand_in(session: Session, folder: Path, whose: Sequence[Student]) -> None:
    """Let students hand in their forms."""
    files = {f"{called(one)}.jpg": scan(int(one.identity.student_number[-4:])) for one in whose}
    look = look_at_forms(session, RECHECK, bring(folder, files))
    take_in_forms(session, look, forms_chosen_at_first(look))


def photograph(session: Session, folder: Path, kind: PhotoKind, whose: Mapping[str, bytes]) -> None:
    """Take photos of students in, by their 学号."""
    files = {f"{number}.jpg": data for number, data in whose.items()}
    found = look(session, kind, bring(folder, files), RECHECK)
    take_in(session, found, chosen_at_first(found))


def file_archive(session: Session, student: Student, **texts: str) -> None:
    """Say what the admission file knows of a student."""
    with session.unit_of_work() as unit:
        unit.journal.state_all([Draft(Key(student.subject, "archive", ""), texts)])
        unit.commit()


def truth(one: Rechecked, **changes: str) -> dict[str, str]:
    """Return the answers of a student who knows what the file says, but for some."""
    asked = {field: one.archive[field] for field in one.archive if one.archive[field]}
    return asked | changes


def sha256(data: bytes) -> str:
    """Return what a file is kept under."""
    return hashlib.sha256(data).hexdigest()
