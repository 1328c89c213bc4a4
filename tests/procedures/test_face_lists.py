"""The face-comparison system's file, read in by a college: its own students, and nobody else's."""

from desktop.domain.imports import Fate
from desktop.procedures.imports.import_kinds import readable_kinds
from desktop.procedures.imports.imports import write_import
from tests.conftest import School, roster_rows
from tests.procedures.acts import digest, require_healthy
from tests.procedures.reviews import begin_review, rows_of
from tests.procedures.test_imports import fates, listed, planned, target_of


def face_row(place: int, **others: str) -> dict[str, str]:
    """Return a row of the system's file about the n-th student of the roster."""
    one = roster_rows()[place].identity
    values = {"exam_number": one.exam_number, "name": one.name, "id_number": one.id_number}
    return {**values, "face_result": "成功", "face_likeness": "0.91", **others}


def test_a_college_reads_this_kind_of_list_alone(school: School) -> None:
    kinds = readable_kinds(school.first.home.seat.office.kind)
    assert [rule.kind for rule in kinds] == ["face-check"]


def test_rows_of_others_are_told_as_not_ours_and_are_no_errors(school: School) -> None:
    begin_review(school)
    college = school.first
    list_ = listed(
        "face-check",
        [
            face_row(0),
            face_row(1, face_result="失败", face_likeness="0.41"),
            face_row(7),
            face_row(2, face_result="未进行", face_likeness=""),
        ],
    )
    plan = planned(college, list_)
    assert fates(plan) == [Fate.NEW, Fate.NEW, Fate.FOREIGN, Fate.NEW]
    assert plan.rows[2].sentence == "本院部的名单里没有这个号码的学生，没有写入。"
    write_import(college, list_, target_of(college, list_))
    faces = [row.file.face for row in rows_of(college)]
    assert faces == ["成功", "失败", "未进行"]
    assert [row.face_passes for row in rows_of(college)] == [True, False, False]
    now = digest(college)
    assert write_import(college, list_, target_of(college, list_)).statements == 0
    assert digest(college) == now
    require_healthy(college)
