"""What admission files know, read in as a list: for admissions and the registrar, nobody else."""

from pathlib import Path

from desktop.domain.answers import Agreement
from desktop.domain.imports import Fate, Target
from desktop.domain.mended_lists import Mended
from desktop.domain.offices import OfficeKind
from desktop.interchange.list_reading import read_list
from desktop.interchange.lists import ListColumn, ListSheet, write_lists
from desktop.procedures.imports.import_kinds import readable_kinds
from desktop.procedures.imports.import_plans import plan_import
from desktop.procedures.imports.imports import write_import
from desktop.procedures.recheck.recheck_answers import key_in
from tests.conftest import School, identity

from .rechecks import RECHECK, begin_recheck, hand_in, stand, students, truth

TITLES = (
    *("考生号", "姓名", "准考证号", "家庭住址", "家庭成员", "身高", "本人简历", "高考成绩", "志愿"),
)


def archive_file(path: Path, *others: tuple[str, ...]) -> Path:
    """Write what the admission files know of the first two students."""
    rows = [
        (
            identity(place).exam_number,
            identity(place).name,
            f"26420600{place}",
            "湖北省襄阳市樊城区长虹路1号",
            "父亲张三、母亲李四",
            "175",
            "2023年9月至2026年6月 襄阳一中\n班长",
            "412",
            "软件技术、护理",
        )
        for place in (1, 2)
    ]
    columns = [ListColumn(title, 12) for title in TITLES]
    path.write_bytes(write_lists([ListSheet("档案", columns, [*rows, *others])]))
    return path


def test_the_admission_files_are_read_in_and_answers_compared_with_them(
    school: School, tmp_path: Path
) -> None:
    begin_recheck(school)
    nobody = ("26999999999999", "查无此人", "1", "x", "x", "170", "x", "400", "x")
    file = read_list(archive_file(tmp_path / "考生档案.xlsx", nobody))
    assert file.kind == "archive"
    mended = Mended(file, {}, frozenset())
    plan = plan_import(school.registrar, mended, Target("archive"))
    assert [row.fate for row in plan.rows].count(Fate.NEW) == 2
    write_import(school.registrar, mended, Target("archive"))
    one = stand(school.registrar)[0]
    assert one.archive["exam_card_number"] == "264206001"
    assert one.archive["resume"] == "2023年9月至2026年6月 襄阳一中班长"
    assert stand(school.registrar)[2].archive["family"] == ""
    school.carry(school.registrar, school.first, RECHECK)
    hand_in(school.first, tmp_path / "表", students(school.first)[:1])
    here = stand(school.first)[0]
    key_in(
        school.first, RECHECK, here.student.subject, truth(here, family="母亲：李四；父亲：张三")
    )
    found = stand(school.first)[0].file.agreements
    assert found["family"] is Agreement.VARIANT
    assert found["exam_card_number"] is found["home_address"] is Agreement.SAME


def test_admissions_and_the_registrar_read_them_and_a_new_students_list_stays_one() -> None:
    readers = {
        kind for kind in OfficeKind if any(r.kind == "archive" for r in readable_kinds(kind))
    }
    assert readers == {OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR}


def test_a_list_of_new_students_with_addresses_is_no_archive(tmp_path: Path) -> None:
    titles = (
        "考生号",
        "姓名",
        "性别",
        "身份证号",
        "专业名称",
        "班级",
        "准考证号",
        "家庭住址",
        "高考成绩",
    )
    one = identity(1)
    row = (
        one.exam_number,
        one.name,
        one.sex,
        one.id_number,
        "软件技术",
        "软件2601班",
        "1",
        "x",
        "4",
    )
    columns = [ListColumn(title, 12) for title in titles]
    path = tmp_path / "名单.xlsx"
    path.write_bytes(write_lists([ListSheet("名单", columns, [row])]))
    assert read_list(path).kind == "new-students"
