"""Every store and bundle that was ever released is still opened, looked over and merged."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from desktop.bundles.lines import decode, encode
from desktop.domain.imports import Fate
from desktop.domain.rounds import Procedure
from desktop.models.imported import LikenessRow
from desktop.models.journal import StatementRow
from desktop.paths import STORE_FILE
from desktop.procedures.deciding.decisions import open_conflicts
from desktop.procedures.exchange.exchange_desk import exchange_desk
from desktop.procedures.exchange.merging import inspect, merge
from desktop.procedures.imports.import_undoing import plan_undo, undo_import
from desktop.procedures.imports.imports import import_list, import_rows
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.session import Session, open_and_sign_in
from desktop.procedures.standing.recheck_files import recheck_of
from desktop.procedures.standing.review_files import review_of
from desktop.store import migration, school
from desktop.store.migrations.versions import v0004_entry_review_and_recheck
from desktop.store.store import Store
from tests.conftest import OPERATOR, PASSPHRASE, ROUND

from .make_format_sample import count_readings, imports_of

MERGED_AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
FORMATS = sorted((Path(__file__).parents[1] / "data").glob("format-*"))


def opened(sample: Path, folder: Path, store: str = "registrar") -> Session:
    """Open a copy of a sample's store and sign in."""
    with ZipFile(sample / f"{store}.zip") as archive:
        archive.extractall(folder)
    session = open_and_sign_in(folder, OPERATOR, PASSPHRASE)
    session.store.now = lambda: MERGED_AT  # whatever the clock of this PC says
    return session


def test_there_are_samples() -> None:
    assert [path.name for path in FORMATS] == ["format-1", "format-2", "format-3", "format-4"]


@pytest.mark.parametrize("sample", FORMATS, ids=lambda path: path.name)
def test_a_released_store_is_healthy_and_reads_as_it_did(sample: Path, tmp_path: Path) -> None:
    expected = json.loads((sample / "expected.json").read_text(encoding="utf-8"))
    with opened(sample, tmp_path).store as store:
        diagnosis = diagnose(store)
        assert diagnosis.findings == ()
        assert diagnosis.state_digest == expected["before"]


@pytest.mark.parametrize("sample", FORMATS, ids=lambda path: path.name)
def test_every_statement_of_a_released_store_is_read_back_bit_for_bit(
    sample: Path, tmp_path: Path
) -> None:
    with opened(sample, tmp_path).store as store, store.unit_of_work() as unit:
        lines = unit.connection.execute(select(StatementRow.line)).scalars().all()
        assert lines
        assert [encode(decode(line)) for line in lines] == lines


@pytest.mark.parametrize("sample", FORMATS, ids=lambda path: path.name)
def test_a_released_bundle_is_verified_and_merged(sample: Path, tmp_path: Path) -> None:
    expected = json.loads((sample / "expected.json").read_text(encoding="utf-8"))
    session = opened(sample, tmp_path)
    with session.store as store:
        bundle = sample / "bundle.jice"
        assert inspect(session, bundle).office_name == "信息技术学院"
        report = merge(session, [bundle])
        assert report.refusals == ()
        assert report.new_statements == int(expected["new_statements"])
        assert len(open_conflicts(session, ROUND)) == int(expected["conflicts"]) > 0
        diagnosis = diagnose(store)
        assert diagnosis.findings == ()
        assert diagnosis.state_digest == expected["after"]


@pytest.mark.parametrize("sample", FORMATS, ids=lambda path: path.name)
def test_a_sample_stays_small(sample: Path) -> None:
    assert sum(path.stat().st_size for path in sample.iterdir()) < 400_000


@pytest.mark.parametrize("sample", FORMATS, ids=lambda path: path.name)
def test_a_sample_is_of_the_form_that_it_is_called_after(sample: Path, tmp_path: Path) -> None:
    with ZipFile(sample / "registrar.zip") as archive:
        archive.extractall(tmp_path)
    with closing(sqlite3.connect(tmp_path / STORE_FILE)) as connection:
        ((form,),) = connection.execute("SELECT version_num FROM alembic_version")
    assert sample.name == f"format-{int(form)}"
    Store.open(tmp_path).close()
    # only what is brought to another form is copied before
    assert bool(list(tmp_path.glob("*.bak"))) is (form != migration.REVISION)


# --- the lists that the third form remembers -----------------------------------------------------

THIRD = FORMATS[0].with_name("format-3")


def test_the_readings_of_the_third_form_are_those_that_were_written(tmp_path: Path) -> None:
    expected = json.loads((THIRD / "expected.json").read_text(encoding="utf-8"))
    session = opened(THIRD, tmp_path)
    with session.store as store:
        assert count_readings(session) == expected["readings"]
        assert imports_of(session) == expected["imports"]
        with store.unit_of_work() as unit:
            verdicts = unit.connection.execute(select(LikenessRow.verdict)).scalars().all()
        assert sorted(map(str, verdicts)) == ["same", "two"]


def test_every_row_of_a_list_of_the_third_form_still_has_its_fate(tmp_path: Path) -> None:
    session = opened(THIRD, tmp_path)
    with session.store:
        for line in import_list(session):
            rows = import_rows(session, line.kept.id)
            assert len(rows) == sum(line.kept.counts.values())
        roster = import_rows(session, import_list(session)[-1].kept.id)
        assert {row.fate for row in roster} == {Fate.SAME, Fate.NEW, Fate.ASIDE, Fate.HELD}


def test_an_import_of_the_third_form_is_still_undone_and_the_others_stay(tmp_path: Path) -> None:
    session = opened(THIRD, tmp_path)
    with session.store as store:
        before = count_readings(session)
        faces = next(line for line in import_list(session) if line.kept.file_name == "人像.xlsx")
        assert plan_undo(session, faces.kept.id).built_on == ()
        undo_import(session, faces.kept.id, "重新比对")
        after = count_readings(session)
        assert before.pop("face_check") == 3
        assert "face_check" not in after
        assert after == before
        assert diagnose(store).findings == ()


# --- procedures one and two, which the fourth form has -------------------------------------------

FOURTH = FORMATS[0].with_name("format-4")
NEW_IN_FOURTH = set(v0004_entry_review_and_recheck.READINGS)


def test_the_readings_of_the_fourth_form_are_those_that_were_written(tmp_path: Path) -> None:
    expected = json.loads((FOURTH / "expected.json").read_text(encoding="utf-8"))
    session = opened(FOURTH, tmp_path / "registrar")
    with session.store:
        assert count_readings(session) == expected["readings"]
        assert {"entry_review", "recheck", "review_waiting"} <= expected["readings"].keys()
    session = opened(FOURTH, tmp_path / "admissions", "admissions")
    with session.store as store:
        assert count_readings(session) == expected["admissions"]["readings"]
        # something of everything that can be said in the fourth form only
        assert expected["admissions"]["readings"].keys() >= NEW_IN_FOURTH
        diagnosis = diagnose(store)
        assert diagnosis.findings == ()
        assert diagnosis.state_digest == expected["admissions"]["state"]


def test_students_of_the_fourth_form_stand_where_they_stood(tmp_path: Path) -> None:
    session = opened(FOURTH, tmp_path, "admissions")
    with session.store, session.unit_of_work() as unit:
        rounds = {one.procedure: one.id for one in school.rounds(unit.connection)}
        reviewed = review_of(session, unit, rounds[Procedure.ENTRY_REVIEW]).students
        rechecked = recheck_of(session, unit, rounds[Procedure.RECHECK]).students
    stands = Counter(str(one.assessment.standing) for one in reviewed)
    assert stands == {"qualified": 7, "doubtful": 1, "given_up": 1}
    told = Counter(str(one.file.verdict) for one in rechecked if one.file.verdict)
    assert told == {"passed": 2, "kept": 1}


def test_a_withdrawal_of_the_fourth_form_still_holds(tmp_path: Path) -> None:
    session = opened(FOURTH, tmp_path, "admissions")
    with session.store:
        back = [one for one in exchange_desk(session).received if one.withdrawn]
        assert [one.office_name for one in back] == ["医学院"]
