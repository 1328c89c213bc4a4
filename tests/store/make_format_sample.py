"""Make the sample of this version's store and bundle: ``python -m tests.store.make_format_sample``.

Only while a format is not released: once it is, its sample stays as it is for ever.
"""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from desktop.domain.photos import PhotoKind
from desktop.domain.sheets import Mark
from desktop.domain.statements import Key
from desktop.procedures.decisions import open_conflicts
from desktop.procedures.doctor import state_digest
from desktop.procedures.merging import merge
from desktop.procedures.photo_looking import look
from desktop.procedures.photo_rules import change_photo_rules
from desktop.procedures.photo_taking import chosen_at_first, take_in
from desktop.procedures.recording import (
    Evidence,
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
    record_sign_off,
    report_place,
)
from desktop.procedures.sheets import make_sheets
from tests.conftest import FAR_DAY, ROUND, School, begin_round, found_school, identity
from tests.portraits import encoded, portrait

FORMAT: Final = Path(__file__).parents[1] / "data" / "format-2"
_PASSING: Final = {"store.lock", "holder.json"}


def make(target: Path) -> None:
    """Make the registrar's store, a bundle that it has not merged, and what is expected of them."""
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        school = found_school(Path(folder))
        begin_round(school)
        bundle = play(school)
        take_photos(school, Path(folder) / "photos")
        shutil.copy(bundle, target / "bundle.jice")
        expected = {"before": state_digest(school.registrar.store)}
        school.reopen("registrar").store.close()
        pack(school.store_folder("registrar"), target / "registrar.zip")
        registrar = school.reopen("registrar")
        expected["new_statements"] = str(merge(registrar, [bundle]).new_statements)
        expected["conflicts"] = str(len(open_conflicts(registrar, ROUND)))
        expected["after"] = state_digest(registrar.store)
        school.close()
    text = json.dumps(expected, indent=1) + "\n"
    (target / "expected.json").write_text(text, encoding="utf-8")


def play(school: School) -> Path:
    """Let the first college report twice, and return the second bundle."""
    college = school.first
    group = school.classes(college)[0]
    (sheet,) = make_sheets(college, ROUND, [group.id]).sheets
    one, two, three = (row.student for row in sheet.rows)
    marks = [StudentMark(one, Mark.SIGNED), StudentMark(two, Mark.BY_PROXY, "住院", "王父")]
    record_marks(college, ROUND, sheet.number, marks)
    record_sign_off(college, ROUND, sheet.number, "class_teacher", "张老师", "2026-09-20")
    correction = ProposedCorrection(one, "ethnicity", "土家族", "户口簿为准", sheet.number)
    propose_correction(college, ROUND, correction, [Evidence("户口簿.pdf", b"a scan")])
    school.carry(college, school.registrar)
    with school.registrar.unit_of_work() as unit:  # the registrar looked at the sheet as well
        for mark in ("unsigned", "signed"):
            unit.journal.state(Key(two, "signature", ROUND), {"mark": mark}, reason="看了签字表")
        unit.commit()
    report_place(college, ROUND, PlaceReport(three, "kept", "参军", "申请表", FAR_DAY))
    record_marks(college, ROUND, sheet.number, [StudentMark(two, Mark.UNSIGNED, "已回家")])
    return school.send(college, "registrar")


def take_photos(school: School, folder: Path) -> None:
    """Let the registrar take two students' photos in, and ask something else of them from then."""
    registrar = school.registrar
    folder.mkdir()
    for place in (1, 2):
        photo = encoded(portrait(place, size=(96, 128)), quality=80)
        (folder / f"{identity(place).student_number}.jpg").write_bytes(photo)
    found = look(registrar, PhotoKind.ADMISSION, folder, ROUND)
    take_in(registrar, found, chosen_at_first(found))
    asked = {"width": "96", "height": "128"}
    change_photo_rules(registrar, PhotoKind.ENTRANCE, asked, "为了样例小一些")


def pack(folder: Path, target: Path) -> None:
    """Pack a closed store."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in _PASSING:
                archive.write(path, path.relative_to(folder))


if __name__ == "__main__":
    make(FORMAT)
