"""Every store and bundle that was ever released is still opened, looked over and merged."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from desktop.bundles.lines import decode, encode
from desktop.models.journal import StatementRow
from desktop.procedures.decisions import open_conflicts
from desktop.procedures.doctor import diagnose
from desktop.procedures.merging import inspect, merge
from desktop.procedures.session import Session, open_and_sign_in
from tests.conftest import OPERATOR, PASSPHRASE, ROUND

MERGED_AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
FORMATS = sorted((Path(__file__).parents[1] / "data").glob("format-*"))


def opened(sample: Path, folder: Path) -> Session:
    """Open a copy of a sample's store and sign in."""
    with ZipFile(sample / "registrar.zip") as archive:
        archive.extractall(folder)
    session = open_and_sign_in(folder, OPERATOR, PASSPHRASE)
    session.store.now = lambda: MERGED_AT  # whatever the clock of this PC says
    return session


def test_there_are_samples() -> None:
    assert [path.name for path in FORMATS] == ["format-1", "format-2"]


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
