"""``kill -9`` at any moment: what was saved is saved, what was not is not, nothing lies between."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.rounds import Procedure
from desktop.errors import NotEnrolled, NothingToExport, StoreExists
from desktop.procedures.demo.cast import write_roster
from desktop.procedures.exchange.exporting import write_again
from desktop.procedures.exchange.merging import merge
from desktop.procedures.keeping.doctor import diagnose
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.rounds import NewRound, open_round
from desktop.procedures.session import Session, open_and_sign_in
from desktop.store import exchange
from tests.conftest import PASSPHRASE, ROUND, School
from tests.scenarios.rounds import copy_of

from .victim import act, begin

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither fork nor SIGKILL"
)

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC).astimezone()
OPERATIONS = ("import", "merge", "issue", "export")


@dataclass(frozen=True)
class Job:
    """Something to be done in a store that was made ready for it."""

    operation: str
    store: Path
    files: tuple[Path, ...] = ()

    def copy(self, folder: Path) -> tuple[Path, Path]:
        """Return a copy of the store and an empty stick."""
        shutil.copytree(self.store, folder / "store")
        (folder / "stick").mkdir()
        return folder / "store", folder / "stick"


def opened(store: Path) -> Session:
    session = open_and_sign_in(store, "", PASSPHRASE)
    session.store.now = lambda: NOW
    return session


@pytest.fixture(scope="module")
def jobs(founded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Job]:
    """A store for each operation, just before it."""
    folder = tmp_path_factory.mktemp("jobs")
    importing = folder / "import"
    shutil.copytree(founded_template / "registrar", importing / "registrar")
    school = School.open(importing, ["registrar"])
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-10-31")
    open_round(school.registrar, new)
    school.close()
    write_roster(folder / "名单.xlsx", 200, 2, 1)
    copy_of("exported", folder / "demo")
    good = [
        p for p in sorted((folder / "demo" / "bundles").glob("*.jice")) if "有问题" not in p.name
    ]
    merging = folder / "demo" / "seats" / "registrar"
    issuing = folder / "issue"
    shutil.copytree(merging, issuing)
    with (session := opened(issuing)).store:
        assert merge(session, good).refusals == ()
    exporting = folder / "export"
    shutil.copytree(issuing, exporting)
    with (session := opened(exporting)).store:
        issue(session, ROUND)
    return {
        "import": Job("import", importing / "registrar", (folder / "名单.xlsx",)),
        "merge": Job("merge", merging, tuple(good)),
        "issue": Job("issue", issuing),
        "export": Job("export", exporting),
    }


Answer = dict[str, float | bool]
Attempt = Callable[[Job, Path, Path, float], Answer]


@pytest.fixture(scope="module")
def attempt() -> Iterator[Attempt]:
    """Let a process do a job and be killed after some seconds (0: never)."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.procedures.victim"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as victim:
        assert victim.stdin
        assert victim.stdout
        commands, answers = victim.stdin, victim.stdout

        def attempt(job: Job, store: Path, stick: Path, delay: float) -> Answer:
            command = {
                "operation": job.operation,
                "folder": str(store),
                "files": json.dumps([str(file) for file in job.files]),
                "stick": str(stick),
                "now": NOW.isoformat(),
                "delay": str(delay) if delay else "",
            }
            commands.write(json.dumps(command) + "\n")
            commands.flush()
            answer: Answer = json.loads(answers.readline())
            assert answer["started"]
            assert not answer["failed"]
            return answer

        yield attempt
        commands.close()


def state(session: Session) -> str:
    """Return the digest of a store that the doctor finds healthy."""
    diagnosis = diagnose(session.store)
    assert diagnosis.findings == ()
    return diagnosis.state_digest


def allowed_states(job: Job, folder: Path) -> list[str]:
    """Return the digests that a store may have: before, and after each step that is whole."""
    store, stick = job.copy(folder)
    with (session := opened(store)).store:
        states = [state(session)]
        steps = [(file,) for file in job.files] if job.operation == "merge" else [job.files]
        for files in steps:
            act(session, job.operation, list(files), stick)
            states.append(state(session))
    return states


def require_export_whole(job: Job, session: Session, stick: Path) -> None:
    """Fail unless the bundle is there whole, or can be had whole, or was never begun."""
    with session.unit_of_work() as unit:
        sent = exchange.outgoing(unit.connection, "college-01")
    before = opened_numbers(job)
    bundles = list(stick.glob("*.jice"))
    if len(sent) == len(before):
        assert bundles == []
        act(session, "export", [], stick)
    else:
        assert len(sent) == len(before) + 1
        with pytest.raises(NothingToExport):
            act(session, "export", [], stick)
        again = write_again(session, max(sent, key=lambda b: b.number).bundle_id, stick)
        assert bundles in ([], [again])
    (bundle,) = stick.glob("*.jice")
    with session.unit_of_work() as unit:
        numbers = [b.number for b in exchange.outgoing(unit.connection, "college-01")]
    assert sorted(numbers) == list(range(1, len(before) + 2))
    # the college, which has the earlier ones, takes it
    seat = stick.parent / "college"
    shutil.copytree(job.store.parent / "demo" / "seats" / "college-01", seat)
    with (college := opened(seat)).store:
        report = merge(college, [bundle])
        assert report.refusals == ()
        assert report.bundles[0].number == max(numbers)
        assert report.new_statements > 0


def opened_numbers(job: Job) -> list[int]:
    """Return the numbers that had gone out before the job."""
    copy = job.store.parent / "untouched"
    if not copy.exists():
        shutil.copytree(job.store, copy)
    with (session := opened(copy)).store, session.unit_of_work() as unit:
        return [b.number for b in exchange.outgoing(unit.connection, "college-01")]


def kill_again_and_again(
    job: Job, attempt: Attempt, folder: Path, fractions: Sequence[float]
) -> None:
    """Kill a job at these fractions of the time that it takes, and look at what is left."""
    states = allowed_states(job, folder / "clean")
    store, stick = job.copy(folder / "timed")
    seconds = float(attempt(job, store, stick, 0)["seconds"])
    killed = 0
    for place, fraction in enumerate(fractions):
        store, stick = job.copy(folder / str(place))
        answer = attempt(job, store, stick, max(seconds * fraction, 0.0001))
        killed += bool(answer["killed"])
        with (session := opened(store)).store:
            assert state(session) in states
            if job.operation == "export":
                require_export_whole(job, session, stick)
            else:
                act(session, job.operation, list(job.files), stick)
            assert state(session) == states[-1]
            assert not [path for path in stick.iterdir() if path.suffix not in (".jice", ".part")]
        shutil.rmtree(folder / str(place))
    assert killed > 0


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_killed_program_leaves_before_or_after_and_nothing_between(
    operation: str, jobs: dict[str, Job], attempt: Attempt, tmp_path: Path
) -> None:
    fractions = [place / 12 for place in range(13)]
    kill_again_and_again(jobs[operation], attempt, tmp_path, fractions)


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_program_that_is_killed_a_hundred_times_loses_nothing(
    operation: str, jobs: dict[str, Job], attempt: Attempt, tmp_path: Path
) -> None:
    fractions = [place / 100 for place in range(105)]
    kill_again_and_again(jobs[operation], attempt, tmp_path, fractions)


def begun(operation: str, folder: Path) -> bool:
    """Tell whether a store came to be; what is there opens, or making it again goes on in it."""
    try:
        begin(operation, folder)
    except StoreExists:
        return True
    with pytest.raises(StoreExists):
        begin(operation, folder)
    return False


@pytest.mark.parametrize("operation", ["create", "ask"])
def test_a_store_that_was_being_made_is_made_or_can_be_made_again(
    operation: str, attempt: Attempt, tmp_path: Path
) -> None:
    seconds = float(
        attempt(Job(operation, tmp_path / "timed"), tmp_path / "timed", tmp_path, 0)["seconds"]
    )
    assert begun(operation, tmp_path / "timed")
    stopped = 0
    for place in range(25):
        store = tmp_path / str(place)
        attempt(Job(operation, store), store, tmp_path, max(seconds * place / 20, 0.0001))
        stopped += not begun(operation, store)
        if operation == "create":
            with (session := opened(store)).store:
                assert session.home.is_root
                assert state(session)
        else:
            with pytest.raises(NotEnrolled):
                opened(store)
    assert stopped > 0  # how many, a busy PC decides
