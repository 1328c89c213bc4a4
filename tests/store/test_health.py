"""The doctor: a healthy store has nothing, and each thing that was tampered with has its code."""

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.bundles.lines import decode, encode
from desktop.domain.sheets import Mark
from desktop.domain.statements import canonical_json
from desktop.errors import Cancelled, StoreDamaged
from desktop.paths import STORE_FILE
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.session import cancel
from desktop.procedures.signing.recording import (
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_marks,
)
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import documents, health
from desktop.store.store import Store
from tests.conftest import ROUND, School
from tests.procedures.acts import print_class, require_healthy, sign


@pytest.fixture
def busy(school: School) -> School:
    """A school whose registrar has merged two bundles of a college, with a piece of evidence."""
    college = school.first
    (sheet,) = make_sheets(college, ROUND, [school.classes(college)[0].id]).sheets
    students = [row.student for row in sheet.rows]
    record_marks(college, ROUND, sheet.number, [StudentMark(s, Mark.SIGNED) for s in students])
    school.carry(college, school.registrar)
    proposed = ProposedCorrection(students[0], "ethnicity", "土家族", "户口簿为准")
    propose_correction(college, ROUND, proposed, [Evidence("户口簿.pdf", b"scan")])
    school.carry(college, school.registrar)
    return school


def found(folder: Path) -> list[str]:
    """Return the codes of what the doctor finds in a closed store."""
    with Store.open(folder) as store:
        return [finding.code for finding in diagnose(store).findings]


@pytest.fixture
def registrar(busy: School) -> Path:
    """The folder of the registrar's closed store."""
    busy.close()
    return busy.store_folder("registrar")


def change(folder: Path, sql: str, *parameters: object) -> int:
    """Change a closed store behind the program's back, and tell how many rows changed."""
    with closing(sqlite3.connect(folder / STORE_FILE)) as connection, connection:
        return connection.execute(sql, parameters).rowcount


def respell(folder: Path, seat: str, number: int, *, with_hash: bool) -> None:
    """Let a statement say something else, and perhaps let its hash fit again."""
    with closing(sqlite3.connect(folder / STORE_FILE)) as connection, connection:
        where = "WHERE seat = ? AND number = ?"
        (line,) = connection.execute(
            f"SELECT line FROM statement {where}",  # noqa: S608 - a constant
            (seat, number),
        ).fetchone()
        statement = decode(line)
        forged = encode(statement._replace(operator="别人"))
        connection.execute(
            f"UPDATE statement SET line = ? {where}",  # noqa: S608
            (forged, seat, number),
        )
        if with_hash:
            connection.execute(
                f"UPDATE statement SET hash = ? {where}",  # noqa: S608
                (hashlib.sha256(forged).digest(), seat, number),
            )


def last_number(folder: Path, seat: str) -> int:
    """Return the number of the last statement of a seat that a store has."""
    with closing(sqlite3.connect(folder / STORE_FILE)) as connection:
        (number,) = connection.execute(
            "SELECT max(number) FROM statement WHERE seat = ?", (seat,)
        ).fetchone()
        return int(number)


def test_a_healthy_store_has_nothing(busy: School) -> None:
    for session in busy.sessions.values():
        diagnosis = diagnose(session.store)
        assert diagnosis.healthy
        assert diagnosis.findings == ()


def test_a_new_seat_that_waits_for_its_enrolment_is_healthy(store: Store) -> None:
    with store.unit_of_work() as unit:
        unit.connection.exec_driver_sql("UPDATE seat SET certificate = ''")
        unit.commit()
    assert diagnose(store).healthy


def test_it_changes_nothing_and_says_the_same_twice(busy: School) -> None:
    assert diagnose(busy.registrar.store) == diagnose(busy.registrar.store)


def test_it_can_be_stopped(busy: School) -> None:
    with pytest.raises(Cancelled):
        diagnose(busy.registrar.store, cancel)
    assert diagnose(busy.registrar.store).healthy


def test_the_doctor_tells_how_far_it_is_in_everything_that_it_reads(
    busy: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_BATCH", 5)
    told: list[tuple[int, int]] = []
    diagnose(busy.registrar.store, lambda done, total: told.append((done, total)))
    with busy.registrar.unit_of_work() as unit:
        length = unit.journal.length
    rows = [(done, total) for done, total in told if total == 4 * length]
    assert len(rows) > length / 5  # chains, tables and digest, every five rows
    assert rows == sorted(rows)
    assert length < rows[-1][0] <= rows[-1][1]


def test_progress_counts_the_attachments(busy: School) -> None:
    seen: list[tuple[int, int]] = []
    diagnose(busy.registrar.store, lambda done, total: seen.append((done, total)))
    with busy.registrar.unit_of_work() as unit:
        count = len(documents.attachments(unit.connection))
    attachments = [(done, total) for done, total in seen if total == count]
    assert attachments == [(n, count) for n in range(count)]
    assert attachments


# --- the chain -----------------------------------------------------------------------------------


def test_an_altered_statement_is_found(registrar: Path) -> None:
    respell(registrar, "001", 3, with_hash=False)
    assert "statement-altered" in found(registrar)


def test_a_statement_that_was_altered_with_its_hash_breaks_the_chain_behind_it(
    registrar: Path,
) -> None:
    respell(registrar, "001", 3, with_hash=True)
    codes = found(registrar)
    assert "chain-broken" in codes
    assert "statement-altered" not in codes


def test_the_last_statement_altered_with_its_hash_no_longer_fits_the_signed_end(
    registrar: Path,
) -> None:
    respell(registrar, "001", last_number(registrar, "001"), with_hash=True)
    assert found(registrar) == ["chain-cut"]


def test_a_statement_that_was_given_another_seat_or_number_is_found(registrar: Path) -> None:
    last = last_number(registrar, "001")
    change(registrar, "UPDATE statement SET number = number + 7 WHERE number = ?", last)
    assert "statement-altered" in found(registrar)


def test_a_row_removed_from_the_middle_breaks_the_chain(registrar: Path) -> None:
    assert change(registrar, "DELETE FROM statement WHERE seat = '001' AND number = 4") == 1
    codes = found(registrar)
    assert "chain-broken" in codes
    assert "table-differs" in codes


@pytest.mark.parametrize("rows", [1, 5])
def test_a_cut_tail_is_found(registrar: Path, rows: int) -> None:
    keep = last_number(registrar, "001") - rows
    sql = "DELETE FROM statement WHERE seat = '001' AND number > ?"
    assert change(registrar, sql, keep) == rows
    assert "chain-cut" in found(registrar)


def test_a_cut_tail_with_the_end_set_back_is_found(registrar: Path) -> None:
    last = last_number(registrar, "001")
    change(registrar, "DELETE FROM statement WHERE seat = '001' AND number = ?", last)
    change(
        registrar,
        "UPDATE chain_head SET number = number - 1, hash = (SELECT lower(hex(hash)) FROM statement"
        " WHERE seat = '001' AND number = ?)",
        last - 1,
    )
    codes = found(registrar)
    assert "chain-cut" in codes


def test_a_whole_chain_that_was_removed_is_found(registrar: Path) -> None:
    change(registrar, "DELETE FROM statement WHERE seat = '001'")
    assert "chain-cut" in found(registrar)


def test_an_end_that_is_gone_is_found(registrar: Path) -> None:
    change(registrar, "DELETE FROM chain_head")
    assert found(registrar) == ["chain-cut"]


@pytest.mark.parametrize("signature", ["00" * 64, "", "ab", "no signature"])
def test_an_end_that_the_seat_did_not_sign_is_found(registrar: Path, signature: str) -> None:
    change(registrar, "UPDATE chain_head SET signature = ?", signature)
    assert found(registrar) == ["chain-cut"]


def test_a_line_that_is_no_statement_any_more_is_found(registrar: Path) -> None:
    change(registrar, "UPDATE statement SET line = x'7b7d' WHERE seat = '001' AND number = 3")
    assert "statement-altered" in found(registrar)


# --- bundles -------------------------------------------------------------------------------------


def test_a_statement_of_a_merged_bundle_altered_together_with_its_hash_is_found(
    registrar: Path,
) -> None:
    respell(registrar, "002", last_number(registrar, "002"), with_hash=True)
    assert found(registrar) == ["bundle-altered"]


def test_a_statement_altered_together_with_hash_and_list_of_contents_is_found(
    registrar: Path,
) -> None:
    last = last_number(registrar, "002")
    respell(registrar, "002", last, with_hash=True)
    with closing(sqlite3.connect(registrar / STORE_FILE)) as connection, connection:
        (bundle,) = connection.execute(
            "SELECT bundle FROM statement WHERE seat = '002' AND number = ?", (last,)
        ).fetchone()
        lines = connection.execute(
            "SELECT line FROM statement WHERE bundle = ? ORDER BY number", (bundle,)
        ).fetchall()
        (manifest,) = connection.execute(
            "SELECT manifest FROM incoming_bundle WHERE bundle_id = ?", (bundle,)
        ).fetchone()
        content = json.loads(manifest)
        for member in content["members"]:
            if member["name"] == "statements.jsonl":
                whole = b"".join(line + b"\n" for (line,) in lines)
                member["sha256"] = hashlib.sha256(whole).hexdigest()
        connection.execute(
            "UPDATE incoming_bundle SET manifest = ? WHERE bundle_id = ?",
            (canonical_json(content).encode(), bundle),
        )
    assert found(registrar) == ["bundle-altered"]


@pytest.mark.parametrize(
    "change_to",
    ["manifest = x'7b7d'", "manifest = x''", "signature = ''", "signature = 'x'"],
)
def test_a_list_of_contents_that_its_seat_did_not_sign_is_found(
    registrar: Path, change_to: str
) -> None:
    change(registrar, f"UPDATE incoming_bundle SET {change_to} WHERE number = 1")  # noqa: S608
    assert found(registrar) == ["bundle-altered"]


@pytest.mark.parametrize("numbers", ["", "1", "1-999999", "many", "2-1"])
def test_a_list_of_numbers_that_was_spoilt_is_found(registrar: Path, numbers: str) -> None:
    change(registrar, "UPDATE incoming_bundle SET numbers = ? WHERE number = 1", numbers)
    assert found(registrar) == ["bundle-altered"]


def test_a_statement_of_a_bundle_that_came_twice_is_checked_as_well(
    school: School, tmp_path: Path
) -> None:
    """It is altered together with its hash, and each bundle that carried it tells."""
    sheet = print_class(school.first, "软件2601班")
    school.carry(school.first, school.registrar)
    sign(school.first, sheet)
    again = export(school.first, "registrar", ROUND, tmp_path, again=True)
    assert merge(school.registrar, [again.path]).bundles[0].new_statements > 0
    require_healthy(school.registrar)
    school.close()
    registrar = school.store_folder("registrar")
    respell(registrar, "002", last_number(registrar, "002"), with_hash=True)
    assert found(registrar) == ["bundle-altered"]
    respell(registrar, "002", 1, with_hash=True)
    assert found(registrar).count("bundle-altered") == 2


def test_a_statement_of_a_merged_bundle_that_was_removed_is_found(registrar: Path) -> None:
    last = last_number(registrar, "002")
    change(registrar, "DELETE FROM statement WHERE seat = '002' AND number = ?", last)
    assert "bundle-altered" in found(registrar)


def test_a_statement_that_was_smuggled_into_a_bundle_is_found(registrar: Path) -> None:
    last = last_number(registrar, "002")
    change(
        registrar,
        "INSERT INTO statement (seat, office, number, hash, subject, aspect, round, bundle,"
        " uncounted, line) SELECT seat, office, number + 1, hash, subject, aspect, round, bundle,"
        " 'withdrawn', line FROM statement WHERE seat = '002' AND number = ?",
        last,
    )
    assert "bundle-altered" in found(registrar)


# --- attachments and tables ----------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"another scan", None], ids=["cut", "altered", "gone"])
def test_an_attachment_that_is_altered_or_gone_is_found(
    registrar: Path, content: bytes | None
) -> None:
    path = next(p for p in (registrar / "attachments").rglob("*") if p.is_file())
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert found(registrar) == ["attachment"]


TAMPER: dict[str, Callable[[Path], int]] = {
    "a value": lambda f: change(f, "UPDATE identity SET name = '别人' WHERE rowid = 1"),
    "a value taken away": lambda f: change(f, "UPDATE signature SET mark = NULL WHERE rowid = 1"),
    "a row added": lambda f: change(
        f,
        "INSERT INTO registration (subject, round, conflicts, outcome) VALUES ('s', 'r', '', 'x')",
    ),
    "a row removed": lambda f: change(f, "DELETE FROM placement WHERE rowid = 2"),
    "a conflict that is none": lambda f: change(f, "UPDATE identity SET conflicts = 'x'"),
    "a conflict of another kind": lambda f: change(f, "UPDATE identity SET conflicts = '[1]'"),
    "a conflict made up": lambda f: change(f, """UPDATE sheet SET conflicts = '{"rows":[]}'"""),
}


@pytest.mark.parametrize("tamper", TAMPER.values(), ids=TAMPER.keys())
def test_a_table_that_differs_from_the_journal_is_found(
    registrar: Path, tamper: Callable[[Path], int]
) -> None:
    assert tamper(registrar)
    assert found(registrar) == ["table-differs"]


def test_a_statement_that_was_marked_as_not_counting_is_found(registrar: Path) -> None:
    sql = "UPDATE statement SET uncounted = 'withdrawn' WHERE seat = '002' AND aspect = 'signature'"
    assert change(registrar, sql)
    assert found(registrar) == ["counting-differs", "table-differs"]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM link WHERE target = 'college-01'",
        "INSERT INTO link VALUES ('student:nobody', 'class:nobody')",
        "INSERT INTO discounted_bundle VALUES ('a bundle', 'revoked')",
        "INSERT INTO discounted_bundle VALUES ('a bundle', 'withdrawn')",
    ],
)
def test_what_decides_over_counting_is_worked_out_anew(registrar: Path, sql: str) -> None:
    assert change(registrar, sql)
    assert set(found(registrar)) == {"counting-differs"}


def test_a_damaged_page_is_found_or_said(registrar: Path) -> None:
    file = registrar / STORE_FILE
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    with file.open("r+b") as opened:
        opened.seek(pages // 2 * size)
        opened.write(b"\xff" * size)
    with contextlib.suppress(StoreDamaged):  # it may be one that can not even be read
        assert found(registrar)
