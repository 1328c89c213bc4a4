"""Make the sample of this version's store and bundle: ``python -m tests.store.make_format_sample``.

Only while a format is not released: once it is, its sample stays as it is for ever.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from desktop.domain.imports import Decisions, Sameness, Target
from desktop.domain.mended_lists import Mended
from desktop.domain.photos import PhotoKind
from desktop.domain.sheets import Mark
from desktop.domain.statements import Key
from desktop.domain.students import IDENTITY_FIELDS, Identity
from desktop.interchange.list_reading import read_list
from desktop.interchange.lists import ListColumn, write_list
from desktop.interchange.tables import list_kinds
from desktop.procedures.deciding.decisions import open_conflicts
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.import_plans import plan_import
from desktop.procedures.imports.import_undoing import undo_import
from desktop.procedures.imports.imports import Imported, import_list, write_import
from desktop.procedures.keeping.doctor import state_digest
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.photos.photo_rules import change_photo_rules
from desktop.procedures.photos.photo_taking import chosen_at_first, take_in
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import (
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
    record_sign_off,
    report_place,
)
from desktop.procedures.signing.sheets import make_sheets
from desktop.store.migration import REVISION
from desktop.store.tables import TABLES, rows_in_order
from tests.conftest import CLASSES, FAR_DAY, ROUND, School, begin_round, found_school, identity
from tests.portraits import encoded, portrait

from .make_reviews import play_reviews

FORMAT: Final = Path(__file__).parents[1] / "data" / f"format-{int(REVISION)}"
_PASSING: Final = {"store.lock", "holder.json"}


def make(target: Path) -> None:
    """Make two offices' stores, a bundle that the registrar has not merged, what is expected."""
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        school = found_school(Path(folder))
        admissions = play_reviews(school)
        begin_round(school)
        bundle = play(school)
        take_photos(school, Path(folder) / "photos")
        read_lists(school.registrar, Path(folder) / "lists")
        shutil.copy(bundle, target / "bundle.jice")
        expected: dict[str, object] = {
            "before": state_digest(school.registrar.store),
            "readings": count_readings(school.registrar),
            "imports": imports_of(school.registrar),
        }
        expected["admissions"] = {
            "state": state_digest(admissions.store),
            "readings": count_readings(admissions),
        }
        school.reopen("registrar").store.close()
        admissions.store.close()
        pack(admissions.store.folder, target / "admissions.zip")
        pack(school.store_folder("registrar"), target / "registrar.zip")
        registrar = school.reopen("registrar")
        expected["new_statements"] = str(merge(registrar, [bundle]).new_statements)
        expected["conflicts"] = str(len(open_conflicts(registrar, ROUND)))
        expected["after"] = state_digest(registrar.store)
        school.close()
    text = json.dumps(expected, indent=1, ensure_ascii=False) + "\n"
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


def read_lists(registrar: Session, folder: Path) -> None:
    """Let the registrar read a list of every kind in, undo two, and decide who is who."""
    folder.mkdir()
    known = [identity(place) for place in (1, 2, 3)]
    roster = [_admitted(one) for one in known]
    # two of the same name and birthday as the first two, and a wrong number that nobody mends
    roster += [
        _admitted(identity(place + 56)._replace(name=identity(place).name)) for place in (1, 2)
    ]
    roster.append({**_admitted(identity(60)), "id_number": "42060220080303060"})
    _read_roster(registrar, folder / "新生名单.xlsx", roster)
    rows = [{"student_number": one.student_number, "name": one.name} for one in known]
    paid = [{**row, "fee_state": "已缴费", "amount_due": "5000"} for row in rows]
    wrong = _read(registrar, folder / "缴费.xlsx", Target("fees", year="2025-2026"), paid)
    undo_import(registrar, wrong.id, "学年选错了")
    _read(registrar, folder / "缴费.xlsx", Target("fees", year="2026-2027"), paid)
    late = [{**paid[0], "fee_state": "缓缴"}, {**paid[1], "student_number": "209900000000"}]
    _read(registrar, folder / "缴费（更正）.xlsx", Target("fees", year="2026-2027"), late)
    earned = [{**row, "credits_due": "140", "credits_earned": "139"} for row in rows]
    _read(registrar, folder / "学分.xlsx", Target("credit-audit", year="2029"), earned)
    faces = [
        {"exam_number": one.exam_number, "name": one.name, "face_result": "成功"} for one in known
    ]
    _read(registrar, folder / "人像.xlsx", Target("face-check"), faces)
    chsi = [{**_identity(one), "registration_state": "注册学籍"} for one in known[:2]]
    _read(registrar, folder / "在校生.xlsx", Target("continuing-students"), chsi)
    checked = [
        {**_identity(one), "remark": "验证通过", "expected_graduation_date": "20290630"}
        for one in known[:1]
    ]
    graduates = Target("expected-graduates", year="2029")
    taken_back = _read(registrar, folder / "预计毕业生.xlsx", graduates, checked)
    undo_import(registrar, taken_back.id, "文件拿错了")


def _read_roster(registrar: Session, path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Read a roster in: one of two pairs are two people, the other is one."""
    target = Target("new-students", ROUND)
    mended = _written(path, target.kind, rows)
    two, one = plan_import(registrar, mended, target, Decisions()).pairs
    decided = {two.id: Sameness.TWO, one.id: Sameness.RIGHT}
    write_import(registrar, mended, target, Decisions(decided))


def _read(
    registrar: Session, path: Path, target: Target, rows: Sequence[Mapping[str, str]]
) -> Imported:
    return write_import(registrar, _written(path, target.kind, rows), target, Decisions())


def _written(path: Path, kind: str, rows: Sequence[Mapping[str, str]]) -> Mended:
    """Return a list as it is read from a file, when nobody mends anything."""
    fields = list_kinds()[kind].fields
    names = [name for name in fields if any(name in row for row in rows)]
    columns = [ListColumn(fields[name].title, 12) for name in names]
    cells = [[row.get(name, "") for name in names] for row in rows]
    path.write_bytes(write_list("名单", columns, cells))
    return Mended(read_list(path, kind), {}, frozenset())


def _identity(one: Identity) -> dict[str, str]:
    return {field: getattr(one, field) for field in IDENTITY_FIELDS}


def _admitted(one: Identity) -> dict[str, str]:
    college, class_name = CLASSES[0]
    return {**_identity(one), "college": college, "class_name": class_name}


def count_readings(session: Session) -> dict[str, int]:
    """Return how many rows each reading has, of those that have any."""
    with session.unit_of_work() as unit:
        counts = {aspect: len(list(rows_in_order(unit.connection, aspect))) for aspect in TABLES}
    return {aspect: count for aspect, count in sorted(counts.items()) if count}


def imports_of(session: Session) -> list[dict[str, object]]:
    """Return what the list of imports says, the newest first."""
    return [
        {
            "file": line.kept.file_name,
            "kind": line.kept.target.kind,
            "counts": {str(fate): count for fate, count in line.kept.counts.items()},
            "undone": line.kept.explanation if line.kept.undone else "",
        }
        for line in import_list(session)
    ]


def pack(folder: Path, target: Path) -> None:
    """Pack a closed store."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in _PASSING:
                archive.write(path, path.relative_to(folder))


if __name__ == "__main__":
    make(FORMAT)
