"""The demo plays a whole round and leaves what it promises."""

import json
import random
import shutil
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from desktop.errors import BundleDamaged, BundleOtherSchool, RoundClosed, TrainingBundle
from desktop.procedures.demo.play import play
from desktop.procedures.demo.stage import PASSPHRASE
from desktop.procedures.demo.summary import Summary
from desktop.procedures.demo.wishes import STAGES, Wishes
from desktop.procedures.exchange.merging import merge
from desktop.procedures.registration.boards import outcome_counts
from desktop.procedures.session import open_and_sign_in
from desktop.store import exchange
from tests.conftest import ROUND
from tests.scenarios.rounds import played

from .acts import digest, require_healthy

KEYS = {field.name for field in fields(Summary)}
OUTCOMES = ("registered", "place_kept", "place_given_up", "place_cancelled", "held_back")


def play_into(out: Path, until: str, students: int, colleges: int) -> Summary:
    """Play the demo quietly."""
    wishes = Wishes(out, students=students, colleges=colleges, until=until)
    return play(wishes, lambda _sentence: None)


def seats(out: Path) -> list[Path]:
    return sorted(path.parent for path in (out / "seats").glob("*/jice.db"))


@pytest.mark.parametrize("until", STAGES)
def test_every_stage_leaves_its_folders_and_a_summary(until: str) -> None:
    out, summary = played(until)
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert told == asdict(summary)
    assert set(told) == KEYS
    assert set(told["bundles"]) == {"merged", "refused"}
    assert tuple(told["seconds"]) == STAGES[: STAGES.index(until) + 1]
    assert sum(told[outcome] for outcome in OUTCOMES) == told["students"]
    assert all((out / document).is_file() for document in told["documents"])
    assert {"registrar", "college-01", "college-01-2", "college-02"} <= {
        seat.name for seat in seats(out)
    }
    reached = STAGES.index(until)
    bundles = list((out / "bundles").glob("*.jice"))
    assert bool(bundles) is (reached >= STAGES.index("exported"))
    assert bool(told["documents"]) is (reached >= STAGES.index("reviewed"))
    assert bool(told["registered"]) is (until == "registered")
    for seat in seats(out):
        session = open_and_sign_in(seat, "", PASSPHRASE)
        with session.store:
            require_healthy(session)
            if seat.name == "registrar":
                assert digest(session) == told["state_digest"]
                counts = outcome_counts(session, ROUND)
                assert {name: told[name] for name in OUTCOMES} == counts
    assert not list(out.rglob("*.part"))


@pytest.fixture(scope="module")
def finished() -> tuple[Path, Summary]:
    """A demo that was played to its end; it is shared, and not to be written to."""
    return played(STAGES[-1])


def test_everything_that_happens_in_september_happens(finished: tuple[Path, Summary]) -> None:
    _, summary = finished
    # the one added by hand is there, and admissions has not told of everybody yet
    waiting = summary.entry_review["leave"] + summary.entry_review["doubtful"]
    assert summary.students == 120 + 1 - waiting
    assert summary.conflicts_decided >= 3
    assert (summary.retracted, summary.outcomes_changed) == (1, 1)
    assert any(document.endswith("变更清单.xlsx") for document in summary.documents)
    assert summary.bundles["merged"] >= 4
    assert summary.bundles["refused"] == len(summary.refusals)
    codes = {refusal["code"] for refusal in summary.refusals}
    expected = (BundleDamaged, TrainingBundle, BundleOtherSchool, RoundClosed)
    assert codes == {error.code for error in expected}
    suffixes = {Path(document).suffix for document in summary.documents}
    assert suffixes == {".pdf", ".xlsx", ".dbf", ".docx"}


def test_every_college_sees_its_students_outcomes(finished: tuple[Path, Summary]) -> None:
    out, summary = finished
    seen = 0
    for name in ("college-01", "college-02"):
        session = open_and_sign_in(out / "seats" / name, "", PASSPHRASE)
        with session.store:
            seen += outcome_counts(session, ROUND)["registered"]
    assert seen == summary.registered


def test_a_late_college_learns_that_its_bundles_were_taken_after_all(
    finished: tuple[Path, Summary],
) -> None:
    out, _ = finished
    session = open_and_sign_in(out / "seats" / "college-02", "", PASSPHRASE)
    with session.store, session.unit_of_work() as unit:
        receipts = exchange.receipts(unit.connection)
    assert receipts
    assert all(receipt.refused == "" for receipt in receipts)


def test_playing_again_replaces_what_was_played_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "别人的文件.txt").write_text("留着")
    play_into(tmp_path, "prepared", 8, 2)
    (tmp_path / "seats" / "旧的").mkdir()
    play_into(tmp_path, "prepared", 8, 2)
    assert (tmp_path / "别人的文件.txt").read_text() == "留着"
    assert not (tmp_path / "seats" / "旧的").exists()


def test_one_seed_gives_one_play(tmp_path: Path, finished: tuple[Path, Summary]) -> None:
    _, first = finished
    again = play_into(tmp_path, STAGES[-1], 120, 2)
    changing = {"state_digest", "seconds", "documents"}
    told = [{k: v for k, v in asdict(s).items() if k not in changing} for s in (first, again)]
    assert told[0] == told[1]


@pytest.mark.parametrize(("students", "colleges"), [(1, 1), (5, 3)])
def test_the_smallest_schools_come_to_their_end_too(
    tmp_path: Path, students: int, colleges: int
) -> None:
    summary = play_into(tmp_path, STAGES[-1], students, colleges)
    assert summary.students == students + 1


# --- the order of bundles does not matter --------------------------------------------------------


def test_bundles_in_any_order_and_any_number_of_times_read_the_same(tmp_path: Path) -> None:
    exported, _ = played("exported")
    bundles = sorted((exported / "bundles").glob("*.jice"))
    assert len(bundles) >= 7
    dice = random.Random(2026)
    orders = [dice.sample(bundles, len(bundles)) for _ in range(4)]
    orders += [[*order, *dice.sample(order, 3)] for order in orders[:2]]
    digests = set()
    for place, order in enumerate(orders):
        copy = tmp_path / str(place)
        shutil.copytree(exported / "seats" / "registrar", copy)
        session = open_and_sign_in(copy, "", PASSPHRASE)
        with session.store:
            report = merge(session, order)
            assert {r.file_name.partition("-")[0] for r in report.refusals} == {"有问题"}
            require_healthy(session)
            digests.add(digest(session))
    assert len(digests) == 1


@pytest.mark.slow
def test_the_sample_roster_is_played_to_its_end(tmp_path: Path) -> None:
    summary = play(Wishes(tmp_path), lambda _sentence: None)
    assert summary.students > 1_000
    assert min(getattr(summary, outcome) for outcome in OUTCOMES) > 0
    for seat in seats(tmp_path):
        session = open_and_sign_in(seat, "", PASSPHRASE)
        with session.store:
            require_healthy(session)
