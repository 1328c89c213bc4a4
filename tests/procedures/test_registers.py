"""The register, the platform's files and the hand-over list say what the readings say."""

import io
import warnings
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from desktop.domain.student_registration import Outcome
from desktop.errors import AttachmentDamaged, NotAllowed, NotFound, TargetMissing
from desktop.procedures.registration.class_lists import make_class_lists
from desktop.procedures.registration.papers import (
    ChsiFiles,
    make_chsi_files,
    make_hand_over,
    make_register,
    save_document,
)
from desktop.procedures.registration.recorded_verdicts import record_verdict
from desktop.procedures.registration.registers import register_of
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import PlaceReport, report_place
from desktop.store import documents
from tests.conftest import ROUND, School, roster_rows

from .acts import class_id, complete_class, members, rename, verdicts

UNWRITABLE = "王𠀀"  # no GBK file can hold it


@pytest.fixture
def registered(school: School) -> School:
    """A round at its end: every outcome is there, one name is not in GBK, the clock stands."""
    rename(school.registrar, roster_rows()[3], name=UNWRITABLE)
    school.carry(school.registrar, school.first)
    gone, kept, failed = (s.subject for s in members(school.first, "软件2601班"))
    report_place(school.first, ROUND, PlaceReport(gone, "given_up", "复读", "放弃声明"))
    kept_until = PlaceReport(kept, "kept", "参军入伍", "保留申请表", "2098-12-31")
    report_place(school.first, ROUND, kept_until)
    complete_class(school.first, "软件2602班")
    school.carry(school.first, school.registrar)
    record_verdict(
        school.registrar, ROUND, failed, passed=False, reason="照片不符", document="小结1号"
    )
    issue(school.registrar, ROUND)
    stopped = datetime.now(UTC).astimezone()
    school.registrar.store.now = lambda: stopped
    return school


def content(session: Session, sha: str) -> bytes:
    return session.store.attachments.get(sha)


Workbook = dict[str, list[list[object]]]


def sheets_of(data: bytes) -> Workbook:
    """Read a workbook with a library that did not write it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def dbf_rows(path: Path, data: bytes) -> list[dict[str, str]]:
    """Read a table with a library that did not write it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dbf  # noqa: PLC0415 - its import warns of what later Pythons will do
    path.write_bytes(data)
    table = dbf.Table(str(path), codepage="cp936")
    table.open(dbf.READ_ONLY)
    names = [str(name) for name in table.field_names]
    rows = [
        {name: str(value).rstrip() for name, value in zip(names, record, strict=True)}
        for record in table
    ]
    table.close()
    return rows


def expected(school: School, outcome: Outcome | None) -> set[str]:
    """Return the 考生号 of those who have an outcome, from the readings alone."""
    return {
        one.student.identity.exam_number
        for one in verdicts(school.registrar).values()
        if (one.issued.outcome if one.issued else None) is outcome
    }


def test_the_statistics_agree_with_the_readings(registered: School) -> None:
    register = register_of(registered.registrar, ROUND)
    judged = list(verdicts(registered.registrar).values())
    groups = {group.id: group for group in registered.classes(registered.registrar)}
    outcomes = Counter(j.issued.outcome if j.issued else None for j in judged)
    assert outcomes[None] == 3
    total = register.total
    assert total.total == len(judged) == 9
    assert (total.registered, total.place_kept, total.place_given_up, total.place_cancelled) == (
        outcomes[Outcome.REGISTERED],
        outcomes[Outcome.PLACE_KEPT],
        outcomes[Outcome.PLACE_GIVEN_UP],
        outcomes[Outcome.PLACE_CANCELLED],
    )
    assert total.held_back == outcomes[None]
    sexes = Counter(j.student.identity.sex for j in judged)
    assert (total.male, total.female) == (sexes["男"], sexes["女"])
    subtotals = {row.college: row.total for row in register.statistics if not row.major}
    assert subtotals == Counter(groups[j.student.class_id].college_name for j in judged)
    by_major = Counter[str]()
    for row in register.statistics:
        if row.major:
            by_major[row.college] += row.total
    assert by_major == subtotals


def test_everybody_stands_in_the_register_once(registered: School) -> None:
    register = register_of(registered.registrar, ROUND)
    listed = [row.exam_number for group in register.classes for row in group.rows]
    listed += [row.exam_number for annotated in register.annotated for row in annotated.rows]
    assert sorted(listed) == sorted(row.identity.exam_number for row in roster_rows())
    in_class = {row.exam_number for group in register.classes for row in group.rows}
    assert in_class == expected(registered, Outcome.REGISTERED)
    for annotated, outcome in zip(
        register.annotated,
        (Outcome.PLACE_KEPT, Outcome.PLACE_GIVEN_UP, Outcome.PLACE_CANCELLED, None),
        strict=True,
    ):
        assert {row.exam_number for row in annotated.rows} == expected(registered, outcome)
        assert all(row.reason for row in annotated.rows)
    kept = register.annotated[0].rows[0]
    assert (kept.document, kept.until) == ("保留申请表", "2098-12-31")


def test_the_workbook_says_what_the_register_says_and_every_cell_is_text(
    registered: School,
) -> None:
    book, lists = make_register(registered.registrar, ROUND)
    assert content(registered.registrar, book.sha256).startswith(b"%PDF")
    assert book.pages >= 4
    sheets = sheets_of(content(registered.registrar, lists.sha256))
    assert all(isinstance(cell, str) for rows in sheets.values() for row in rows for cell in row)
    header, *rows = sheets["注册学籍名单"]
    place = header.index("考生号")
    assert {row[place] for row in rows} == expected(registered, Outcome.REGISTERED)
    ids = {row[header.index("身份证号")] for row in rows}
    assert ids == {row.identity.id_number for row in roster_rows()[3:6]}
    for title, outcome in (
        ("保留入学资格名单", Outcome.PLACE_KEPT),
        ("放弃入学资格名单", Outcome.PLACE_GIVEN_UP),
        ("取消入学资格名单", Outcome.PLACE_CANCELLED),
        ("暂未注册名单", None),
    ):
        header, *rows = sheets[title]
        numbers = {row[header.index("考生号")] for row in rows}
        assert numbers == expected(registered, outcome)
    header, *rows = sheets["统计"]
    total = dict(zip(header, rows[-1], strict=True))
    assert (total["注册学籍"], total["暂未注册"], total["合计"]) == ("3", "3", "9")


def chsi(session: Session, files: ChsiFiles, name: str) -> bytes:
    (document,) = [d for d in files.documents if d.name == name]
    return content(session, document.sha256)


def test_the_platforms_files_hold_those_who_have_the_outcome(
    registered: School, tmp_path: Path
) -> None:
    registrar = registered.registrar
    files = make_chsi_files(registrar, ROUND)
    assert len(files.documents) == 6
    for title, outcome in (
        ("学籍注册", Outcome.REGISTERED),
        ("保留入学资格", Outcome.PLACE_KEPT),
        ("放弃入学资格", Outcome.PLACE_GIVEN_UP),
    ):
        (sheet,) = sheets_of(chsi(registrar, files, f"学信网-{title}.xlsx")).values()
        header, *rows = sheet
        assert all(isinstance(cell, str) for row in rows for cell in row)
        assert {row[header.index("KSH")] for row in rows} == expected(registered, outcome)
        written = dbf_rows(tmp_path / "t.dbf", chsi(registrar, files, f"学信网-{title}.dbf"))
        left_out = 1 if outcome is Outcome.REGISTERED else 0
        assert len(written) == len(rows) - left_out
        assert {row["KSH"] for row in written} <= expected(registered, outcome)
    names = {row["XM"] for row in dbf_rows(
        tmp_path / "t.dbf", chsi(registrar, files, "学信网-学籍注册.dbf")
    )}  # fmt: skip
    assert names == {row.identity.name for row in roster_rows()[4:6]}


def test_whom_the_dbf_can_not_hold_is_listed_and_never_replaced(registered: School) -> None:
    (problem,) = make_chsi_files(registered.registrar, ROUND).problems
    assert (problem.value, problem.code) == (UNWRITABLE, "gbk-unencodable")
    assert "𠀀" in problem.message


def test_the_same_round_at_the_same_time_gives_the_same_bytes(registered: School) -> None:
    def made() -> list[tuple[str, str]]:
        registrar = registered.registrar
        found = [*make_register(registrar, ROUND), *make_chsi_files(registrar, ROUND).documents]
        found.append(make_hand_over(registrar, ROUND))
        found.append(make_class_lists(registrar, ROUND, [class_id(registrar, "软件2601班")]))
        return [(document.name, document.sha256) for document in found]

    assert made() == made()


def test_the_hand_over_list_comes_after_the_register(registered: School) -> None:
    with pytest.raises(NotFound):
        make_hand_over(registered.registrar, ROUND)
    make_register(registered.registrar, ROUND)
    hand_over = make_hand_over(registered.registrar, ROUND)
    assert content(registered.registrar, hand_over.sha256).startswith(b"%PDF")
    with registered.registrar.unit_of_work() as unit:
        kinds = [d.kind for d in documents.documents(unit.connection, ROUND)]
    assert kinds == ["register", "register_list", "hand_over"]


def test_a_paper_is_saved_as_it_was_made(registered: School, tmp_path: Path) -> None:
    book, _ = make_register(registered.registrar, ROUND)
    saved = save_document(registered.registrar, book, tmp_path)
    assert sha256(saved.read_bytes()).hexdigest() == book.sha256
    with pytest.raises(TargetMissing):
        save_document(registered.registrar, book, tmp_path / "没有插")
    registered.registrar.store.attachments.path(book.sha256).write_bytes(b"other")
    with pytest.raises(AttachmentDamaged):
        save_document(registered.registrar, book, tmp_path)


def test_only_the_registrar_makes_the_books(registered: School) -> None:
    for make in (make_register, make_chsi_files, make_hand_over):
        with pytest.raises(NotAllowed):
            make(registered.first, ROUND)


def test_a_college_has_the_lists_of_its_own_classes(registered: School) -> None:
    registered.carry(registered.registrar, registered.first)
    wanted = [class_id(registered.first, name) for name in ("软件2601班", "软件2602班")]
    document = make_class_lists(registered.first, ROUND, wanted)
    sheets = sheets_of(content(registered.first, document.sha256))
    assert [len(rows) - 1 for rows in sheets.values()] == [3, 3]
    outcomes = {str(row[rows[0].index("结论")]) for rows in sheets.values() for row in rows[1:]}
    assert outcomes == {"注册学籍", "保留入学资格", "放弃入学资格", "取消入学资格"}
    with pytest.raises(NotFound):
        make_class_lists(registered.first, ROUND, ["class:没有"])
