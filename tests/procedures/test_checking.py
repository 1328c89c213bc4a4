"""A file is checked before anybody thinks of taking it in; nothing is written."""

from pathlib import Path

import pytest

from desktop.domain.import_problems import RosterRow, Severity
from desktop.procedures.imports.checking import check_file, kind_title, kinds_of_lists
from tests.conftest import School, identity, roster_rows

from .acts import digest, roster_file

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def test_a_sample_is_checked_as_it_is_read() -> None:
    checked = check_file(SAMPLES / "T_XSXX.DBF")
    assert (checked.kind, checked.students, checked.readable) == ("new-students", 600, True)
    assert not checked.clean
    assert kind_title(checked.kind) == "新生名单"


def test_a_list_with_notes_only_is_clean() -> None:
    checked = check_file(SAMPLES / "人像比对核查结果.xlsx")
    assert checked.clean
    assert {problem.severity for problem in checked.problems} == {Severity.NOTE}


def test_what_can_not_be_read_is_a_problem_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "名单.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    checked = check_file(file)
    assert not checked.readable
    assert [(p.sheet, p.row, p.code) for p in checked.problems] == [
        ("名单.xlsx", 0, "file-unreadable")
    ]


def test_a_file_without_a_header_can_be_read_and_has_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "通知.csv"
    file.write_text("通知\n请各院部尽快报送\n", encoding="utf-8")
    checked = check_file(file)
    assert checked.readable
    assert not checked.clean
    assert [p.code for p in checked.problems] == ["header-missing"]


@pytest.mark.parametrize("kind", kinds_of_lists())
def test_every_kind_has_a_title(kind: str) -> None:
    assert kind_title(kind)


def test_with_a_store_the_numbers_are_compared_with_its_students(
    school: School, tmp_path: Path
) -> None:
    known = roster_rows()[0].identity
    stranger = identity(50)._replace(
        id_number=known.id_number, birth_date=known.birth_date, sex=known.sex
    )
    row = RosterRow("", 0, stranger, "信息技术学院", "软件2601班")
    path = roster_file(tmp_path / "名单.xlsx", [row])
    before = digest(school.registrar)
    assert check_file(path).clean
    checked = check_file(path, session=school.registrar)
    assert [(p.row, p.column, p.code) for p in checked.problems] == [
        (2, "身份证号", "duplicate-in-store")
    ]
    assert known.name in checked.problems[0].message
    assert digest(school.registrar) == before


def test_a_row_that_is_held_back_anyway_is_compared_with_the_store_too(
    school: School, tmp_path: Path
) -> None:
    known = roster_rows()[0].identity
    stranger = identity(50)._replace(student_number=known.student_number, ethnicity="火星族")
    path = roster_file(
        tmp_path / "名单.xlsx", [RosterRow("", 0, stranger, "信息技术学院", "软件2601班")]
    )
    checked = check_file(path, session=school.registrar)
    assert {p.code for p in checked.problems} == {"code-unknown", "duplicate-in-store"}


def test_the_same_list_again_is_no_problem_for_the_store(school: School, tmp_path: Path) -> None:
    assert check_file(roster_file(tmp_path / "名单.xlsx"), session=school.registrar).clean


def test_two_rows_that_share_a_number_nobody_has_are_no_matter_of_the_store(
    school: School, tmp_path: Path
) -> None:
    one, other = identity(50), identity(51)
    other = other._replace(id_number=one.id_number, birth_date=one.birth_date, sex=one.sex)
    rows = [RosterRow("", 0, who, "信息技术学院", "软件2601班") for who in (one, other)]
    path = roster_file(tmp_path / "名单.xlsx", rows)
    alone = check_file(path).problems
    assert {problem.code for problem in alone} == {"duplicate-key"}
    assert check_file(path, session=school.registrar).problems == alone


def test_who_is_likely_the_same_person_is_asked_about_in_the_list_and_in_the_store(
    school: School, tmp_path: Path
) -> None:
    twin = identity(57)._replace(name=identity(1).name)  # born on the same day
    again = identity(85)._replace(name=identity(1).name)
    rows = [RosterRow("", 0, who, "信息技术学院", "软件2601班") for who in (twin, again)]
    path = roster_file(tmp_path / "名单.xlsx", rows)
    alone = [(p.row, p.code, p.severity) for p in check_file(path).problems]
    question = Severity.QUESTION
    assert alone == [(2, "likely-same-person", question), (3, "likely-same-person", question)]
    checked = check_file(path, session=school.registrar)
    assert [p.row for p in checked.problems] == [2, 2, 3, 3]
    assert sum("学生名单里的" in p.message for p in checked.problems) == 2


def test_a_student_who_is_known_is_not_likely_somebody_else(school: School, tmp_path: Path) -> None:
    rows = [*roster_rows()[:1]]
    path = roster_file(tmp_path / "名单.xlsx", rows)
    assert check_file(path, session=school.registrar).clean
