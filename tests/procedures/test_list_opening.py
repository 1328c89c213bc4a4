"""Opening a list: what is known of it, what was said of its columns, what was done to it before."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.list_shapes import ColumnChoice, ColumnMapping
from desktop.domain.mends import LetIn, Mends
from desktop.errors import ImportRefused, ListChanged
from desktop.procedures.imports.column_mappings import (
    forget_mapping,
    remember_mapping,
    remembered_mapping,
)
from desktop.procedures.imports.list_opening import mapped_otherwise, open_list, read_opened
from desktop.procedures.imports.mending_drafts import (
    MendingDraft,
    forget_mending,
    keep_mending,
    kept_mending,
)
from desktop.procedures.imports.rosters import import_roster
from tests.conftest import ROUND, School
from tests.lists import SHEET, faulty_list

STRANGE = "报名号,姓名,性别,身份证号\n26420601110001,张三,男,42062420080724001X\n"
MAPPING = ColumnMapping("new-students", (ColumnChoice(0, "报名号", "exam_number"),))
MENDS = Mends(
    typed={(SHEET, 3): {"name": "𠮷三"}},
    let_in={(SHEET, 4): LetIn("已核对", frozenset({("性别", "id-sex-mismatch", "女")}))},
    set_aside=frozenset({(SHEET, 5)}),
)


def test_a_plain_list_is_clear_and_new(school: School, tmp_path: Path) -> None:
    opened = open_list(school.registrar, faulty_list(tmp_path / "名单.xlsx", {}))
    assert opened.shape.kind == "new-students"
    assert not opened.is_unclear
    assert (opened.imported, opened.draft, opened.remembered) == ((), None, None)


def test_it_is_told_when_the_same_file_was_imported(school: School, tmp_path: Path) -> None:
    path = faulty_list(tmp_path / "名单.xlsx", {})
    import_roster(school.registrar, ROUND, path)
    copy = tmp_path / "另一个名字.xlsx"
    copy.write_bytes(path.read_bytes())
    (record,) = open_list(school.registrar, copy).imported
    assert (record.file_name, record.operator) == ("名单.xlsx", "张老师")


def test_a_mapping_is_remembered_for_files_of_the_shape(school: School, tmp_path: Path) -> None:
    path = tmp_path / "一.csv"
    path.write_text(STRANGE, "utf-8")
    opened = open_list(school.registrar, path)
    assert opened.is_unclear
    mapped = mapped_otherwise(opened, MAPPING)
    assert not mapped.is_unclear
    assert read_opened(school.registrar, mapped).read.rows[0].values["exam_number"]
    remember_mapping(school.registrar, opened.fingerprint, "一.csv", MAPPING)
    school.reopen("registrar")
    other = tmp_path / "二.csv"
    other.write_text(STRANGE.replace("张三", "李四"), "utf-8")
    again = open_list(school.registrar, other)
    assert again.remembered is not None
    assert (again.remembered.mapping, again.remembered.file_name) == (MAPPING, "一.csv")
    assert not again.is_unclear
    assert read_opened(school.registrar, again).read.rows[0].values["exam_number"]
    forget_mapping(school.registrar, again.fingerprint)
    assert open_list(school.registrar, other).is_unclear


def test_a_mapping_of_another_kind_is_not_forced_on_a_file(school: School, tmp_path: Path) -> None:
    path = tmp_path / "一.csv"
    path.write_text(STRANGE, "utf-8")
    fingerprint = open_list(school.registrar, path).fingerprint
    remember_mapping(school.registrar, fingerprint, "一.csv", MAPPING)
    opened = open_list(school.registrar, path, "fees")
    assert (opened.shape.kind, opened.remembered, opened.mapping.columns) == ("fees", None, ())


@pytest.mark.parametrize("content", [b"", b"[]", b'{"x": 5}', b'{"x": {"mapping": {}}}', b"\xff"])
def test_a_memory_that_can_not_be_read_remembers_nothing(school: School, content: bytes) -> None:
    (school.registrar.store.folder / "column_mappings.json").write_bytes(content)
    assert remembered_mapping(school.registrar, "x") is None
    remember_mapping(school.registrar, "x", "一.csv", MAPPING)
    remembered = remembered_mapping(school.registrar, "x")
    assert remembered is not None
    assert remembered.mapping == MAPPING


def test_a_draft_outlives_the_program_and_is_offered_for_its_file(
    school: School, tmp_path: Path
) -> None:
    path = faulty_list(tmp_path / "名单.xlsx", {(3, "姓名"): ""})
    sha256 = open_list(school.registrar, path).shape.sha256
    keep_mending(school.registrar, sha256, MendingDraft(path.name, "new-students", MAPPING, MENDS))
    school.reopen("registrar")
    draft = open_list(school.registrar, path).draft
    assert draft is not None
    assert (draft.mends, draft.mapping, draft.by) == (MENDS, MAPPING, "张老师")
    opened = open_list(school.registrar, path)
    mending = read_opened(school.registrar, opened, draft.mends)
    assert next(row for row in mending.file.rows if row.row == 3).values["name"] == "𠮷三"
    other = faulty_list(tmp_path / "名单2.xlsx", {(4, "姓名"): ""})
    assert open_list(school.registrar, other).draft is None
    forget_mending(school.registrar, sha256)
    assert open_list(school.registrar, path).draft is None


def test_where_nothing_is_done_any_more_no_draft_is_kept(school: School) -> None:
    sha256 = "0" * 64
    draft = MendingDraft("名单.xlsx", "new-students", MAPPING, MENDS)
    keep_mending(school.registrar, sha256, draft)
    keep_mending(school.registrar, sha256, replace(draft, mends=Mends()))
    assert kept_mending(school.registrar, sha256) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"5",
        b"\xff",
        b'{"typed": [[1]]}',
        b'{"typed": [], "let_in": [], "set_aside": []}',
    ],
)
def test_what_can_not_be_read_is_no_draft(school: School, content: bytes) -> None:
    folder = school.registrar.store.folder / "drafts" / "lists"
    folder.mkdir(parents=True)
    (folder / f"{'0' * 64}.json").write_bytes(content)
    assert kept_mending(school.registrar, "0" * 64) is None


def test_a_draft_is_of_a_file_and_of_no_path(school: School) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        kept_mending(school.registrar, "../jice")


def test_a_file_that_changed_meanwhile_is_not_read(school: School, tmp_path: Path) -> None:
    path = faulty_list(tmp_path / "名单.xlsx", {})
    opened = open_list(school.registrar, path)
    faulty_list(path, {(3, "姓名"): "李四"})
    with pytest.raises(ListChanged):
        read_opened(school.registrar, opened)


def test_a_college_opens_no_list_of_students(school: School, tmp_path: Path) -> None:
    path = faulty_list(tmp_path / "名单.xlsx", {})
    with pytest.raises(ImportRefused):
        open_list(school.first, path)
