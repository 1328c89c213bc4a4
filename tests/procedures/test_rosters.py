"""The roster comes in: nobody too many, nobody too few, and what was corrected stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.bundles.lines import decode
from desktop.domain.import_problems import RosterRow, Severity
from desktop.domain.rounds import Procedure
from desktop.domain.students import IDENTITY_FIELDS, class_subject, student_subject
from desktop.errors import (
    Cancelled,
    FileUnreadable,
    Incomplete,
    InterchangeError,
    NotAllowed,
    RoundNotOpen,
    RowNotAdmissible,
    UserError,
)
from desktop.paths import resources_dir
from desktop.procedures.deciding.decisions import decide_correction
from desktop.procedures.demo.play import SAMPLE
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.imports.held_rows import open_rows
from desktop.procedures.imports.roster_comparison import RosterImport
from desktop.procedures.imports.rosters import admit_rows, import_roster
from desktop.procedures.rounds import NewRound, close_round, open_round
from desktop.procedures.session import Session, cancel, no_progress
from desktop.procedures.signing.recording import ProposedCorrection, propose_correction
from desktop.store import school as store_school
from desktop.store.students import listed_students
from tests.conftest import ROUND, School, identity, roster_rows

from .acts import digest, members, require_healthy, roster_file, snapshot


def everybody(session: Session) -> dict[str, str]:
    """Return the names on the roster by 考生号."""
    with session.store.unit_of_work() as unit:
        students = listed_students(unit.connection, ROUND)
    found = {student.identity.exam_number: student.identity.name for student in students}
    assert len(found) == len(students)
    return found


def statements(session: Session) -> int:
    with session.store.unit_of_work() as unit:
        query = "SELECT count(*) FROM statement"
        return int(unit.connection.exec_driver_sql(query).scalar_one())


# --- the sample roster ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def imported(
    founded_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Session, RosterImport]]:
    """The sample roster, imported once for all tests that only look."""
    folder = tmp_path_factory.mktemp("sample") / "school"
    folder.mkdir()
    (folder / "registrar").mkdir()
    data = (founded_template / "registrar" / "jice.db").read_bytes()
    (folder / "registrar" / "jice.db").write_bytes(data)
    school = School.open(folder, ["registrar"])
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-10-31")
    open_round(school.registrar, new)
    sample = resources_dir() / "samples" / SAMPLE
    yield school.registrar, import_roster(school.registrar, ROUND, sample)
    school.close()


def test_every_row_of_the_sample_is_listed_or_held_back(
    imported: tuple[Session, RosterImport],
) -> None:
    registrar, result = imported
    assert result.file.students == len(result.new) + len(result.held_back)
    assert len(result.held_back) > 0
    assert len(everybody(registrar)) == len(result.new)
    assert set(everybody(registrar)) == {row.identity.exam_number for row in result.file.rows}
    assert (result.changed, result.kept, result.same, result.missing) == ((), (), 0, ())


def test_every_row_that_is_held_back_has_its_problem_named(
    imported: tuple[Session, RosterImport],
) -> None:
    _, result = imported
    named = {(p.sheet, p.row) for p in result.problems if p.severity is not Severity.NOTE}
    assert {(row.sheet, row.row) for row in result.held_back} <= named
    assert not named & {(row.sheet, row.row) for row in result.file.rows}


def test_rows_that_are_held_back_stay_on_the_list_until_they_are_let_in(
    imported: tuple[Session, RosterImport],
) -> None:
    registrar, result = imported
    assert open_rows(registrar, ROUND) == list(result.held_back)


def test_importing_the_sample_again_changes_nothing(
    imported: tuple[Session, RosterImport],
) -> None:
    registrar, result = imported
    before = digest(registrar), statements(registrar)
    again = import_roster(registrar, ROUND, resources_dir() / "samples" / SAMPLE)
    assert (again.new, again.changed, again.missing) == ((), (), ())
    assert again.same == len(result.new)
    assert again.held_back == result.held_back
    assert (digest(registrar), statements(registrar)) == before
    require_healthy(registrar)


# --- a list made for the purpose -----------------------------------------------------------------


@pytest.fixture
def opened(founded: School) -> School:
    """A school with a round and no roster yet."""
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-10-31")
    open_round(founded.registrar, new)
    return founded


def test_a_dry_run_writes_nothing_and_says_what_would_happen(
    opened: School, tmp_path: Path
) -> None:
    path = roster_file(tmp_path / "名单.xlsx")
    before = snapshot(opened.store_folder("registrar"))
    would = import_roster(opened.registrar, ROUND, path, dry_run=True)
    assert snapshot(opened.store_folder("registrar")) == before
    assert import_roster(opened.registrar, ROUND, path) == would
    assert len(everybody(opened.registrar)) == 9


def test_importing_twice_is_harmless(opened: School, tmp_path: Path) -> None:
    path = roster_file(tmp_path / "名单.xlsx")
    import_roster(opened.registrar, ROUND, path)
    before = digest(opened.registrar), statements(opened.registrar)
    again = import_roster(opened.registrar, ROUND, path)
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 9)
    assert (digest(opened.registrar), statements(opened.registrar)) == before


def test_a_changed_value_is_shown_old_and_new_and_taken(school: School, tmp_path: Path) -> None:
    first, *others = roster_rows()
    changed = first._replace(identity=first.identity._replace(phone="13912345678", name="王小改"))
    path = roster_file(tmp_path / "名单.xlsx", [changed, *others])
    result = import_roster(school.registrar, ROUND, path)
    assert [(c.field, c.old, c.new) for c in result.changed] == [
        ("name", first.identity.name, "王小改"),
        ("phone", "", "13912345678"),
    ]
    assert result.same == 8
    assert everybody(school.registrar)[first.identity.exam_number] == "王小改"


def test_an_empty_cell_says_nothing(school: School, tmp_path: Path) -> None:
    first, *others = roster_rows()
    changed = first._replace(identity=first.identity._replace(entry_date=""))
    path = roster_file(tmp_path / "名单.xlsx", [changed, *others])
    result = import_roster(school.registrar, ROUND, path)
    assert result.changed == ()
    assert members(school.registrar, first.class_name)[0].identity.entry_date == "20260901"


def test_a_corrected_value_stays_though_the_list_still_has_the_old_one(
    school: School, tmp_path: Path
) -> None:
    student = members(school.first, "软件2601班")[0]
    proposed = ProposedCorrection(student.subject, "ethnicity", "土家族", "户口簿上是土家族")
    subject = propose_correction(school.first, ROUND, proposed, [Evidence("户口簿.pdf", b"x")])
    school.carry(school.first, school.registrar)
    decide_correction(school.registrar, ROUND, subject, accept=True, reason="材料齐全")
    result = import_roster(school.registrar, ROUND, roster_file(tmp_path / "名单.xlsx"))
    assert [(c.field, c.old, c.new) for c in result.kept] == [("ethnicity", "土家族", "汉族")]
    assert result.changed == ()
    assert members(school.registrar, "软件2601班")[0].identity.ethnicity == "土家族"


def test_a_student_who_is_missing_is_reported_and_never_deleted(
    school: School, tmp_path: Path
) -> None:
    gone, *others = roster_rows()
    result = import_roster(school.registrar, ROUND, roster_file(tmp_path / "名单.xlsx", others))
    (missing,) = result.missing
    assert missing == members(school.registrar, gone.class_name)[0].subject
    assert gone.identity.exam_number in everybody(school.registrar)


@pytest.mark.parametrize("field", ["student_number", "id_number"])
def test_a_number_that_belongs_to_somebody_else_holds_the_row_back(
    school: School, tmp_path: Path, field: str
) -> None:
    known = roster_rows()[0].identity
    stranger = identity(50)
    stranger = (
        stranger._replace(student_number=known.student_number)
        if field == "student_number"
        else stranger._replace(
            id_number=known.id_number, birth_date=known.birth_date, sex=known.sex
        )
    )
    row = RosterRow("", 0, stranger, "信息技术学院", "软件2601班")
    path = roster_file(tmp_path / "名单.xlsx", [*roster_rows(), row])
    before = everybody(school.registrar)
    if field == "id_number":  # the file alone shows it: it names the number twice
        path = roster_file(tmp_path / "名单.xlsx", [row])
    result = import_roster(school.registrar, ROUND, path)
    codes = {p.code for p in result.problems if p.severity is Severity.ERROR}
    assert codes & {"duplicate-in-store", "duplicate-key"}
    assert everybody(school.registrar) == before
    assert stranger.exam_number in {row.identity.exam_number for row in result.held_back}


def test_a_number_that_belongs_to_somebody_in_the_store_names_them(school: School) -> None:
    known = roster_rows()[0].identity
    row = RosterRow(
        "", 7, identity(50)._replace(id_number=known.id_number), "信息技术学院", "软件2601班"
    )
    result = admit_rows(school.registrar, ROUND, [row], "核对过")
    (problem,) = result.problems
    assert problem.code == "duplicate-in-store"
    assert known.name in problem.message
    assert result.held_back == (row,)


def test_two_rows_with_one_number_do_not_become_one_student(school: School) -> None:
    one = RosterRow("", 1, identity(50), "信息技术学院", "软件2601班")
    other = one._replace(
        row=2,
        identity=identity(51)._replace(exam_number=one.identity.exam_number),
    )
    result = admit_rows(school.registrar, ROUND, [one, other], "原样放行")
    assert len(result.new) == 1
    assert result.held_back == (other,)
    assert [p.code for p in result.problems] == ["duplicate-key"]
    assert everybody(school.registrar)[one.identity.exam_number] == one.identity.name


# --- letting rows in -----------------------------------------------------------------------------


def test_letting_rows_in_needs_a_reason_which_stays_with_them(school: School) -> None:
    row = RosterRow("", 0, identity(50), "信息技术学院", "软件2601班")
    before = snapshot(school.store_folder("registrar"))
    with pytest.raises(Incomplete):
        admit_rows(school.registrar, ROUND, [row], "")
    assert snapshot(school.store_folder("registrar")) == before
    admit_rows(school.registrar, ROUND, [row], "已与招生工作处核对")
    subject = members(school.registrar, "软件2601班")[-1].subject
    with school.registrar.store.unit_of_work() as unit:
        lines = unit.connection.exec_driver_sql(
            "SELECT line FROM statement WHERE subject = ?", (subject,)
        ).scalars()
        assert {decode(line).reason for line in lines} == {"已与招生工作处核对"}


@pytest.mark.parametrize("changes", [{"college": ""}, {"class_name": ""}, {"identity": "name"}])
def test_a_row_without_name_or_class_can_not_be_let_in(
    school: School, changes: dict[str, str]
) -> None:
    row = RosterRow("", 0, identity(50), "信息技术学院", "软件2601班")
    if "identity" in changes:
        row = row._replace(identity=row.identity._replace(name=""))
    else:
        row = row._replace(**changes)  # type: ignore[arg-type]
    with pytest.raises(RowNotAdmissible, match="没有填写"):
        admit_rows(school.registrar, ROUND, [row], "放行")
    assert len(everybody(school.registrar)) == 9


def test_a_class_of_a_known_college_is_the_colleges_at_once(school: School) -> None:
    row = RosterRow("", 0, identity(50), "信息技术学院", "网络2601班")
    admit_rows(school.registrar, ROUND, [row], "补录")
    (group,) = [g for g in school.classes(school.registrar) if g.name == "网络2601班"]
    assert group.office == "college-01"
    school.carry(school.registrar, school.first)
    assert [s.identity.name for s in members(school.first, "网络2601班")] == [identity(50).name]


# --- what can not be -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"\x00" * 100])
def test_a_file_that_is_no_roster_changes_nothing(
    school: School, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    before = snapshot(school.store_folder("registrar"))
    with pytest.raises(InterchangeError):
        import_roster(school.registrar, ROUND, path)
    assert snapshot(school.store_folder("registrar")) == before


def test_a_file_that_is_not_there_is_said_to_be_so(school: School, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        import_roster(school.registrar, ROUND, tmp_path / "没有.xlsx")


@pytest.mark.parametrize(
    ("case", "error"), [("college", NotAllowed), ("closed", RoundNotOpen), ("cancel", Cancelled)]
)
def test_a_roster_comes_in_by_the_registrar_in_an_open_round(
    school: School, tmp_path: Path, case: str, error: type[UserError]
) -> None:
    path = roster_file(tmp_path / "名单.xlsx", [*roster_rows(), _stranger()])
    session = school.first if case == "college" else school.registrar
    if case == "closed":
        close_round(school.registrar, ROUND)
    before = everybody(session)
    progress = cancel if case == "cancel" else no_progress
    with pytest.raises(error):
        import_roster(session, ROUND, path, progress)
    assert everybody(session) == before


def _stranger() -> RosterRow:
    return RosterRow("", 0, identity(60), "信息技术学院", "软件2601班")


def test_an_import_says_each_thing_once_in_the_order_of_the_students_ids(
    opened: School, tmp_path: Path
) -> None:
    path = roster_file(tmp_path / "名单.xlsx")
    with opened.registrar.store.unit_of_work() as unit:
        before = unit.journal.length
    result = import_roster(opened.registrar, ROUND, path)
    with opened.registrar.store.unit_of_work() as unit:
        query = f"SELECT line FROM statement WHERE arrival > {before} ORDER BY number"  # noqa: S608
        said = [decode(line) for line in unit.connection.exec_driver_sql(query).scalars()]
        offices = {o.name: o.id for o in store_school.offices(unit.connection)}
    expected: list[tuple[str, str, dict[str, str | None]]] = []
    classes: set[str] = set()
    code = opened.registrar.home.school_code
    assert [student_subject(code, row.identity) for row in result.file.rows] == list(result.new)
    for row in sorted(result.file.rows, key=lambda row: student_subject(code, row.identity)):
        group = class_subject(code, row.college, row.class_name, "2026")
        if group not in classes:
            classes.add(group)
            expected.append((group, "class_group", class_values(row, offices)))
        student = student_subject(code, row.identity)
        filled = {f: getattr(row.identity, f) for f in IDENTITY_FIELDS if getattr(row.identity, f)}
        expected.append((student, "identity", filled))
        expected.append((student, "placement", {"class_id": group}))
        expected.append((student, "roster", {"listed": "yes"}))
    assert [(s.subject, s.aspect, s.values) for s in said] == expected
    assert {s.reason for s in said} == {f"读入名单“名单.xlsx”（{result.file.sha256[:12]}）"}
    assert len({s.at for s in said}) == 1


def class_values(row: RosterRow, offices: dict[str, str]) -> dict[str, str | None]:
    """Return what is said of the class of a row; its office is known by the college's name."""
    values: dict[str, str | None] = {
        "name": row.class_name,
        "college_name": row.college,
        "major_code": row.identity.major_code or None,
        "major_name": row.identity.major_name or None,
        "entry_year": "2026",
    }
    return values | ({"office": offices[row.college]} if row.college in offices else {})
