"""The plug is pulled at the worst moment: nothing is lost, nothing is half done, work goes on.

Each case runs a real command in a process of its own and kills it without warning. The moments
are spread over the whole run, whose length is measured first.
"""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.bundles.verification import verify_bundle
from desktop.procedures.merging import merge
from desktop.procedures.session import load_trust
from desktop.store import exchange
from tests.scenarios.rounds import bundles_of, copy_of, examined, played, signed_in

pytestmark = [
    pytest.mark.skipif(
        not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way"
    ),
    pytest.mark.parametrize("count", [3, pytest.param(20, marks=pytest.mark.slow)]),
]

PREAMBLE = """
import sys
from pathlib import Path
from desktop.procedures.session import open_and_sign_in
from desktop.store import school
out = Path(sys.argv[1])
def seat(name):
    session = open_and_sign_in(out / "seats" / name, "", "demo")
    with session.unit_of_work() as unit:
        (round_,) = school.rounds(unit.connection)
    return session, round_.id
"""
IMPORT = """
from desktop.procedures.rosters import import_roster
session, round_id = seat("registrar")
print("ready", flush=True)
import_roster(session, round_id, out / "seats" / "second.xlsx")
"""
MERGE = """
from desktop.procedures.merging import merge
session, round_id = seat("registrar")
print("ready", flush=True)
merge(session, sorted(p for p in (out / "bundles").glob("*.jice") if "有问题" not in p.name))
"""
ISSUE = """
from desktop.procedures.student_registration import issue
session, round_id = seat("registrar")
print("ready", flush=True)
issue(session, round_id)
"""
EXPORT = """
from desktop.procedures.exporting import export
session, round_id = seat("college-01")
print("ready", flush=True)
export(session, "registrar", round_id, out / "stick")
"""


def run(script: str, out: Path, kill_after: float | None) -> float:
    """Run a script, killed some seconds after it is ready; return how long it ran from there."""
    process = subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + script, str(out)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    start = time.monotonic()
    try:
        code = process.wait(timeout=kill_after)
        assert code == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        process.stdout.close()
    return time.monotonic() - start


def moments(script: str, stage: str, tmp_path: Path, count: int) -> Iterator[tuple[Path, float]]:
    """Yield fresh copies of a stage, each with the moment at which the plug is to be pulled."""
    whole = run(script, prepared(stage, tmp_path / "whole"), None)
    for place in range(count):
        yield prepared(stage, tmp_path / f"try-{place}"), whole * (place + 0.5) / count


def prepared(stage: str, target: Path) -> Path:
    """Return a copy of a stage with what the scripts need beside it."""
    out = copy_of(stage, target)
    (out / "stick").mkdir()
    larger, _ = played("prepared", 240, 2)
    shutil.copy(larger / "seats" / "新生名单.xlsx", out / "seats" / "second.xlsx")
    return out


def digest(out: Path, seat: str = "registrar") -> str:
    """Return the state digest of a seat that must be healthy."""
    diagnosis = examined(out / "seats" / seat)
    assert diagnosis.healthy, diagnosis.findings
    return diagnosis.state_digest


def before_or_after(
    script: str, stage: str, tmp_path: Path, count: int, allowed: Callable[[Path], set[str]]
) -> None:
    """Pull the plug at every moment: the state is one of those allowed, and work goes on."""
    finished = prepared(stage, tmp_path / "finished")
    states = allowed(finished)
    run(script, finished, None)
    end = digest(finished)
    for out, moment in moments(script, stage, tmp_path, count):
        run(script, out, moment)
        assert digest(out) in states | {end}
        run(script, out, None)
        assert digest(out) == end
        shutil.rmtree(out)


def test_an_import_is_whole_or_nothing(tmp_path: Path, count: int) -> None:
    before_or_after(IMPORT, "prepared", tmp_path, count, lambda out: {digest(out)})


def test_a_merge_takes_whole_bundles(tmp_path: Path, count: int) -> None:
    def prefixes(out: Path) -> set[str]:
        states = {digest(out)}
        copy = tmp_path / "prefixes"
        shutil.copytree(out, copy)
        good = [file for file in bundles_of(copy) if "有问题" not in file.name]
        for file in good:
            with signed_in(copy / "seats" / "registrar") as session:
                merge(session, [file])
            states.add(digest(copy))
        return states

    before_or_after(MERGE, "exported", tmp_path, count, prefixes)


def test_an_issue_is_whole_or_nothing(tmp_path: Path, count: int) -> None:
    before_or_after(ISSUE, "merged", tmp_path, count, lambda out: {digest(out)})


def test_an_export_leaves_a_whole_bundle_or_none(tmp_path: Path, count: int) -> None:
    for out, moment in moments(EXPORT, "signed", tmp_path, count):
        run(EXPORT, out, moment)
        digest(out, "college-01")
        with signed_in(out / "seats" / "college-01") as college, college.unit_of_work() as unit:
            kept = exchange.outgoing(unit.connection, "registrar")
        assert len(kept) <= 1
        written = list((out / "stick").glob("*.jice"))
        assert len(written) <= len(kept)
        with signed_in(out / "seats" / "registrar") as session:
            for file in written:
                with session.unit_of_work() as unit:
                    trust = load_trust(session.home, unit)
                verified = verify_bundle(
                    file,
                    session.keys,
                    trust,
                    own_office="registrar",
                    own_seat="001",
                    today=session.today(),
                )
                assert verified.digest == kept[0].digest
        shutil.rmtree(out)
