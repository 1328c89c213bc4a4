"""The tables of a province's admission system, read as one list of new students."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.domain.import_problems import ListFile
from desktop.errors import FileEncrypted, FileUnreadable
from desktop.interchange import admission_sets
from desktop.interchange.list_reading import read_list
from desktop.interchange.list_shapes import look_at_columns
from desktop.interchange.packed_files import Limits

from .admission_makers import folder, identity, newer_set, older_set, packed, whole_set


def told(read: ListFile) -> list[tuple[str, int, str, str]]:
    return [(p.sheet, p.row, p.column, p.code) for p in read.problems]


EXPECTED: Mapping[str, str] = {
    "exam_number": "26420601110001",
    "name": "张三",
    "birth_date": "20080724",
    "sex": "男",
    "political_status": "共青团员",
    "ethnicity": "汉族",
    "secondary_school": "襄阳市第五中学",
    "id_number": identity(1),
    "phone": "13800000000",
    "admission_type": "统招录取",
    "major_code": "510201",
    "major_name": "计算机应用技术",
    "schooling_length": "3",
}


def test_a_folder_of_tables_is_one_list(tmp_path: Path) -> None:
    read = read_list(folder(tmp_path / "湖北", older_set()))
    assert (read.kind, read.file_name) == ("new-students", "湖北")
    assert [(s.name, s.header_row, s.rows) for s in read.sheets] == [("T_TDD.DBF", 0, 3)]
    assert dict(read.rows[0].values) == EXPECTED
    assert told(read) == []
    assert [row.row for row in read.rows] == [1, 2, 3]


def test_a_zip_of_the_same_tables_says_the_same(tmp_path: Path) -> None:
    unpacked = folder(tmp_path / "湖北", older_set(), ".dbf")
    read, again = read_list(unpacked), read_list(packed(tmp_path / "湖北.zip", unpacked))
    assert (again.rows, again.problems, again.sha256) == (read.rows, read.problems, read.sha256)
    assert again.file_name == "湖北.zip"


def test_a_set_of_the_newer_kind_is_put_together_by_the_number(tmp_path: Path) -> None:
    read = read_list(folder(tmp_path / "湖北", newer_set()))
    assert dict(read.rows[0].values) == {
        "exam_number": "26420601110001",
        "admission_type": "统招",
        "name": "张三",
        "sex": "男",
        "birth_date": "20080724",
        "ethnicity": "汉族",
        "id_number": identity(1),
        "phone": "13800000001",
        "secondary_school": "襄阳市第五中学",
        "major_code": "510201",
        "major_name": "计算机应用技术",
        "level": "专科(高职)",
    }
    # without their dictionaries, codes are read by the program's own table, and it says so
    assert {(p.column, p.code) for p in read.problems} == {
        ("XBDM", "normalised"),
        ("MZDM", "normalised"),
    }


def test_rows_that_do_not_meet_are_told(tmp_path: Path) -> None:
    tables = newer_set()
    persons = tables["t_bmk"][1]
    missing = persons.pop(1)
    persons.append(["26420601110099", *missing[1:]])
    tables["t_ksjl"] = (["KSH", "JL"], [["26420601110098", "a"], [missing[0], "b"]] * 2)
    read = read_list(folder(tmp_path / "湖北", tables))
    found = [one for one in told(read) if one[3] != "normalised"]
    assert found == [
        ("t_bmk.DBF", 3, "KSH", "code-unknown"),
        ("t_ksjl.DBF", 1, "KSH", "code-unknown"),
        ("t_ksjl.DBF", 3, "KSH", "code-unknown"),
        ("t_tdd.DBF", 2, "KSH", "note-row"),
        ("t_tdd.DBF", 2, "XM", "required-missing"),
        ("t_tdd.DBF", 2, "XBDM", "required-missing"),
        ("t_tdd.DBF", 2, "ZJHM", "required-missing"),
    ]
    assert [row.held_back for row in read.rows] == [False, True, False]


def test_somebody_who_stands_twice_beside_is_told_and_not_guessed(tmp_path: Path) -> None:
    tables = newer_set()
    tables["t_bmk"][1].append(["26420601110001", "张叁", *tables["t_bmk"][1][0][2:]])
    read = read_list(folder(tmp_path / "湖北", tables))
    assert [one for one in told(read) if one[3] == "duplicate-key"] == [
        ("t_bmk.DBF", 1, "KSH", "duplicate-key"),
        ("t_bmk.DBF", 4, "KSH", "duplicate-key"),
    ]
    assert [bool(row.values["name"]) for row in read.rows] == [False, True, True]


def test_a_number_of_no_major_and_a_code_of_no_meaning_are_asked(tmp_path: Path) -> None:
    tables = older_set()
    names, students = tables["T_TDD"]
    students[0][names.index("LQZY")] = "99"
    students[1][names.index("LQFS")] = "8"
    students[2][names.index("MZDM")] = "88"
    read = read_list(folder(tmp_path / "湖北", tables))
    assert told(read) == [
        ("T_TDD.DBF", 1, "ZYMC", "code-unknown"),
        ("T_TDD.DBF", 1, "ZYMC", "required-missing"),
        ("T_TDD.DBF", 2, "LQFS", "code-unknown"),
        ("T_TDD.DBF", 3, "MZDM", "code-unknown"),
    ]


def test_a_number_of_two_majors_is_narrowed_down_or_asked(tmp_path: Path) -> None:
    tables = older_set()
    names, plan = tables["T_JHK"]
    plan.append([*plan[1][:2], "1246", *plan[1][3:5], "520201", "护理", "3"])
    read = read_list(folder(tmp_path / "湖北", tables))
    assert told(read) == []
    assert read.rows[0].values["major_name"] == "计算机应用技术"
    plan[2][names.index("TDDW")] = "1245"
    read = read_list(folder(tmp_path / "湖北", tables))
    assert [(p.row, p.column, p.code) for p in read.problems[:2]] == [
        (1, "ZYMC", "code-unknown"),
        (1, "ZYMC", "required-missing"),
    ]
    assert "几个不同的专业" in read.problems[0].message
    assert read.rows[0].values["schooling_length"] == "3"


def test_a_set_without_a_plan_is_read_without_it(tmp_path: Path) -> None:
    tables = older_set()
    del tables["T_JHK"]
    assert told(read_list(folder(tmp_path / "湖北", tables))) == []


def test_a_dictionary_that_contradicts_itself_means_nothing(tmp_path: Path) -> None:
    tables = older_set()
    tables["TD_LQFSDM"][1].append(["1", "单独招生"])
    read = read_list(folder(tmp_path / "湖北", tables))
    assert [p.code for p in read.problems] == ["code-unknown"] * 3
    assert read.rows[0].values["admission_type"] == "1"


def test_another_name_in_another_table_is_told(tmp_path: Path) -> None:
    tables = older_set()
    names, rows = tables["T_TJXX"]
    tables["T_TJXX"] = ([*names, "XM"], [[*row, "张三"] for row in rows[:1]] + [["x", "1", ""]])
    read = read_list(folder(tmp_path / "湖北", tables))
    assert told(read)[0] == ("T_TJXX.DBF", 2, "KSH", "code-unknown")
    assert not [one for one in told(read) if one[2] == "XM"]
    tables["T_TJXX"][1][0][2] = "张山"
    read = read_list(folder(tmp_path / "湖北", tables))
    assert ("T_TDD.DBF", 1, "XM", "note-row") in told(read)


def test_the_sets_of_two_provinces_are_two_sheets(tmp_path: Path) -> None:
    folder(tmp_path / "录取" / "湖北", older_set())
    other = older_set()
    for row in other["T_TDD"][1]:
        row[0] = row[0].replace("2642", "2641")
        row[11] = row[11].replace("20080724", "20080725")
    for stem in ("T_TJXX", "T_KSJL"):
        for row in other[stem][1]:
            row[0] = row[0].replace("2642", "2641")
    folder(tmp_path / "录取" / "河南", other)
    read = read_list(packed(tmp_path / "录取.zip", tmp_path / "录取"))
    assert [(s.name, s.rows) for s in read.sheets] == [("河南/T_TDD.DBF", 3), ("湖北/T_TDD.DBF", 3)]


def test_a_set_read_as_files_has_resume_family_and_height_in_one_row(tmp_path: Path) -> None:
    read = read_list(folder(tmp_path / "湖北", whole_set()), "archive")
    assert read.kind == "archive"
    first, second, third = (dict(row.values) for row in read.rows)
    assert first == {
        "exam_number": "26420601110001",
        "name": "张三",
        "id_number": identity(1),
        "exam_card_number": "01",
        "home_address": "襄阳市",
        "exam_score": "433",
        "height": "170",
        "resume": "202009至202306 襄阳市第二中学；202309至202606 襄阳市第五中学 赵老师",
        "family": "父亲 张父；母亲 李母",
    }
    assert second["resume"] == "202309至202606 襄阳市第四中学"
    assert second["family"] == "09 李父"  # a code without a meaning stays
    assert (third["resume"], third["family"]) == ("", "")
    assert told(read) == []


def test_rows_of_a_resume_without_an_order_stand_as_they_were_recorded(tmp_path: Path) -> None:
    read = read_list(folder(tmp_path / "湖北", older_set()), "archive")
    assert read.rows[0].values["resume"] == "2020 初中；2023 高中"  # by when it began
    tables = older_set()
    names, rows = tables["T_KSJL"]
    tables["T_KSJL"] = ([names[0], names[2]], [[row[0], row[2]] for row in rows])
    read = read_list(folder(tmp_path / "另一份", tables), "archive")
    assert read.rows[0].values["resume"] == "高中；初中"


def test_a_set_of_new_students_says_that_it_holds_their_files_too(tmp_path: Path) -> None:
    shape = look_at_columns(folder(tmp_path / "湖北", whole_set()))
    assert (shape.kind, shape.also) == ("new-students", "archive")
    assert look_at_columns(tmp_path / "湖北", "archive").also == ""
    assert look_at_columns(folder(tmp_path / "新", newer_set())).also == ""


def test_who_has_a_resume_and_was_not_admitted_is_told(tmp_path: Path) -> None:
    tables = whole_set()
    tables["T_KSJL"][1].append(["26420601119999", "王", "1", "202309", "202606", "x", ""])
    read = read_list(folder(tmp_path / "湖北", tables), "archive")
    assert told(read) == [("T_KSJL.DBF", 4, "KSH", "code-unknown")]
    assert len(read.rows) == 3


def test_one_table_alone_is_read_by_the_programs_own_codes(tmp_path: Path) -> None:
    path = folder(tmp_path, {"T_TDD": older_set()["T_TDD"]}) / "T_TDD.DBF"
    read = read_list(path)
    assert [read.rows[0].values[n] for n in ("sex", "ethnicity", "political_status")] == [
        "男",
        "汉族",
        "共青团员",
    ]


def test_the_columns_of_a_set_are_shown(tmp_path: Path) -> None:
    shape = look_at_columns(folder(tmp_path / "湖北", older_set()))
    seen = {column.title: column for column in shape.sheets[0].columns}
    assert (seen["XBDM"].field, seen["XBDM"].samples) == ("sex", ("男", "女"))
    assert seen["ZYMC"].field == "major_name"
    assert not shape.missing


def test_what_holds_no_set_says_what_to_choose(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="没有 DBF"):
        read_list(tmp_path)
    folder(tmp_path, {"TD_XBDM": older_set()["TD_XBDM"]})
    with pytest.raises(FileUnreadable, match="考生号"):
        read_list(tmp_path)


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    path = folder(tmp_path / "湖北", older_set())
    (path / "TD_MZDM.DBF").write_bytes((path / "TD_MZDM.DBF").read_bytes()[:80])
    with pytest.raises(FileUnreadable, match=r"TD_MZDM\.DBF"):
        read_list(path)


def test_a_zip_that_is_too_much_or_protected_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "湖北.zip", folder(tmp_path / "湖北", older_set()))
    with monkeypatch.context() as patch:
        patch.setattr(admission_sets, "_LIMITS", Limits(files=3, total=1 << 30, single=1 << 20))
        with pytest.raises(FileUnreadable, match="9个文件"):
            read_list(path)
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    path.write_bytes(data[: start + 8] + b"\x01" + data[start + 9 :])
    with pytest.raises(FileEncrypted, match="密码"):
        read_list(path)


def test_a_bomb_among_the_tables_is_not_inflated(tmp_path: Path) -> None:
    path = tmp_path / "湖北.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("T_TDD.DBF", bytes(50 << 20))
    with pytest.raises(FileUnreadable, match="读不出来"):
        read_list(path)
