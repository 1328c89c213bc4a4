"""A process that starts jobs and kills them: its children do one thing each, and die at any moment.

It is run by ``test_killed.py``. It has imported everything before it forks, so that a child is at
its work at once. Commands and answers are lines of JSON.
"""

import json
import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

import alembic.command  # noqa: F401 - making a store needs it, and a child is not to wait for it

from desktop.bundles.enrolment import Applicant
from desktop.domain.offices import OfficeKind
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import import_roster
from desktop.procedures.registration.student_registration import issue
from desktop.procedures.school.enrolment import ask_to_join
from desktop.procedures.school.schools import NewSchool, create_school
from desktop.procedures.session import Session, open_and_sign_in

OPERATOR, PASSPHRASE, CHEAPEST = "张老师", "demo", 4
ROUND = "2026-student_registration-1"


def act(session: Session, operation: str, files: list[Path], stick: Path) -> None:
    """Do one thing in an open store."""
    match operation:
        case "import":
            import_roster(session, ROUND, files[0])
        case "merge":
            merge(session, files)
        case "issue":
            issue(session, ROUND)
        case "export":
            export(session, "college-01", ROUND, stick)
        case _:
            raise ValueError(operation)


def begin(operation: str, folder: Path) -> None:
    """Make a store, for a school or for a seat that asks to join one."""
    match operation:
        case "create":
            school = NewSchool("12354", "襄阳职业技术学院")
            create_school(folder, school, OPERATOR, PASSPHRASE, cost=CHEAPEST)
        case "ask":
            kind = OfficeKind.COLLEGE
            applicant = Applicant("12354", kind, "医学院", "一号机", training=False)
            ask_to_join(folder, applicant, OPERATOR, PASSPHRASE, cost=CHEAPEST)
        case _:
            raise ValueError(operation)


def child(command: dict[str, str], ready: int) -> None:
    """Open the store, say so, and do it."""
    if command["operation"] in ("create", "ask"):
        os.write(ready, b"1")
        begin(command["operation"], Path(command["folder"]))
        os._exit(0)
    session = open_and_sign_in(Path(command["folder"]), "", PASSPHRASE)
    now = datetime.fromisoformat(command["now"])
    session.store.now = lambda: now
    os.write(ready, b"1")
    files = [Path(file) for file in json.loads(command["files"])]
    act(session, command["operation"], files, Path(command["stick"]))
    os._exit(0)  # without closing: a process that ends as rudely as it can


def attempt(command: dict[str, str]) -> dict[str, float | bool]:
    """Let a child do it, killed after a while; tell whether it was, and how long it took."""
    heard, ready = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            child(command, ready)
        finally:
            os._exit(1)
    os.close(ready)
    started = os.read(heard, 1)
    os.close(heard)
    start = time.monotonic()
    if command["delay"]:
        time.sleep(float(command["delay"]))
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return {
        "started": bool(started),
        "killed": os.WIFSIGNALED(status),
        "failed": os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0,
        "seconds": time.monotonic() - start,
    }


def serve() -> None:
    """Answer commands until there are no more."""
    for line in sys.stdin:
        print(json.dumps(attempt(json.loads(line))), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    serve()
