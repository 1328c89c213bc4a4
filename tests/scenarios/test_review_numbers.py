"""The numbers of procedures one and two, counted anew from the bare journal by other code.

Nothing of the program's rules or readings is used to count: the lines of the journal are taken
apart here, and the latest word on each field is the word. Papers, boards and the summary must show
the same.
"""

import json
import shutil
import sqlite3
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.procedures.demo.stage import PASSPHRASE
from desktop.procedures.demo.summary import Summary
from desktop.procedures.entry_review.review_board import review_board
from desktop.procedures.recheck.recheck_board import recheck_board
from desktop.procedures.session import Session, open_and_sign_in
from tests.scenarios.rounds import played

Said = Mapping[tuple[str, str], Mapping[str, str]]
_PDFTOTEXT = shutil.which("pdftotext") or "pdftotext"
MUST_BRING = ("item_01", "item_02", "item_04", "item_05")
REVIEW_NUMBERS = (
    "expected",
    "arrived",
    "no_show",
    "leave",
    "face_passed",
    "documents_missing",
    "doubtful",
    "qualified",
)
OF_AN_EXAM = ("普通高考", "技能高考", "单独招生")


@pytest.fixture(scope="module")
def rechecked() -> tuple[Path, Summary]:
    """A demo that was played to the end of procedure two."""
    return played("rechecked")


def said_at(out: Path, seat: str, round_: str) -> Said:
    """Return the latest word on every field, by subject and aspect, as a seat has heard it."""
    with closing(sqlite3.connect(out / "seats" / seat / "jice.db")) as connection:
        lines = connection.execute("SELECT line FROM statement WHERE uncounted = ''").fetchall()
    statements = sorted((json.loads(line) for (line,) in lines), key=lambda s: s["clock"])
    words: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in statements:
        if one["round"] in ("", round_):
            words[one["subject"], one["aspect"]].update(
                {field: value or "" for field, value in one["values"].items()}
            )
    return words


def round_of(out: Path, procedure: str) -> str:
    """Return the id of the round of a procedure, as admissions has opened it."""
    (round_,) = [
        subject.removeprefix("round:")
        for (subject, aspect), values in said_at(out, "admissions", "").items()
        if aspect == "round" and values["procedure"] == procedure
    ]
    return round_


def listed(said: Said) -> list[str]:
    """Return who is on the roster."""
    return [s for (s, aspect), v in said.items() if aspect == "roster" and v.get("listed") == "yes"]


def of(said: Said, subject: str, aspect: str) -> Mapping[str, str]:
    """Return what is said of one aspect of a subject, nothing where nothing is."""
    return said.get((subject, aspect), {})


def missing(said: Said, student: str) -> list[str]:
    """Return what stands of the documents that a student should have brought and did not."""
    brought = of(said, student, "document_check")
    sat = of(said, student, "identity").get("admission_type") in OF_AN_EXAM
    must = (*MUST_BRING, *(("item_03",) if sat else ()))
    return [text for slot in must if (text := brought.get(slot, "")) not in ("seen", "not_needed")]


def counted_review(said: Said) -> dict[str, int]:
    """Count procedure one."""
    numbers = dict.fromkeys(REVIEW_NUMBERS, 0)
    today = datetime.now(UTC).date().isoformat()
    for student in listed(said):
        verdict = of(said, student, "entry_review").get("verdict", "")
        state = of(said, student, "arrival").get("state", "")
        place = of(said, student, "place_report").get("kind", "")
        if verdict == "kept" or (place == "kept" and state != "arrived"):
            continue
        numbers["expected"] += 1
        if state == "leave" and verdict != "given_up":
            numbers["leave"] += 1
        elif state != "arrived":
            numbers["no_show"] += 1
        if state != "arrived":
            continue
        numbers["arrived"] += 1
        found = of(said, student, "class_verdict")
        second = of(said, student, "second_verdict").get("verdict", "")
        face = of(said, student, "face_check")
        alike = face.get("face_result") == "成功" and float(face["face_likeness"]) >= 0.8
        numbers["face_passed"] += alike
        lacks = missing(said, student)
        numbers["documents_missing"] += bool(lacks)
        odd = ("doubtful", "abnormal")
        doubt = found["verdict"] in odd or second in odd or "different" in found.values()
        numbers["doubtful"] += doubt and verdict != "failed"
        agreed = all(text.startswith("due ") and text[4:] >= today for text in lacks)
        by_hand = all(found.get(t) == "same" for t in ("photo", "id_card", "person"))
        fine = found["verdict"] == "normal" and agreed and (alike or by_hand) and not doubt
        numbers["qualified"] += fine and verdict != "failed"
    return numbers


def counted_recheck(said: Said) -> dict[str, int]:
    """Count procedure two."""
    cases: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for (_, aspect), values in said.items():
        if aspect == "case_file":
            cases[values["student"]].append(values)
    students = listed(said)
    forms = [s for s in students if of(said, s, "recheck_form").get("form")]
    verdicts = [of(said, s, "recheck").get("verdict", "") for s in students]
    return {
        "forms": len(forms),
        "missing_forms": len(students) - len(forms),
        "doubts": len(cases),
        "cases": sum(map(len, cases.values())),
        "failed": verdicts.count("failed"),
        "approved": verdicts.count("passed"),
    }


def text_of(out: Path, summary: Summary, title: str) -> str:
    """Return the text of the paper whose name has a title, without spaces."""
    (name,) = [d for d in summary.documents if title in d and d.endswith(".pdf")]
    command = [_PDFTOTEXT, "-raw", str(out / name), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return "".join(told.split())


def test_the_entry_review_counts_to_the_same_in_journal_summary_paper_and_board(
    rechecked: tuple[Path, Summary],
) -> None:
    out, summary = rechecked
    round_ = round_of(out, "entry_review")
    said = said_at(out, "admissions", round_)
    numbers = counted_review(said)
    assert numbers == summary.entry_review
    assert numbers["expected"] == sum(numbers[n] for n in ("arrived", "no_show", "leave"))
    assert all(numbers[name] for name in ("no_show", "documents_missing", "doubtful"))
    text = text_of(out, summary, "新生入学审查核验报告")
    for title, name in (
        ("应报到", "expected"),
        ("实际报到", "arrived"),
        ("人像比对通过", "face_passed"),
        ("材料不全", "documents_missing"),
        ("合格", "qualified"),
    ):
        assert f"{title}{numbers[name]}人" in text
    session = _seat(out, "admissions")
    with session.store:
        board = review_board(session, round_)
    assert sum(one.steps.arrived for one in board) == numbers["arrived"]
    # what colleges know of their own adds up to what admissions knows of all
    colleges = [counted_review(said_at(out, f"college-{n:02d}", round_)) for n in (1, 2)]
    for name in ("arrived", "face_passed", "documents_missing", "leave"):
        assert sum(numbers[name] for numbers in colleges) >= numbers[name]


def test_the_recheck_counts_to_the_same_in_journal_summary_paper_and_board(
    rechecked: tuple[Path, Summary],
) -> None:
    out, summary = rechecked
    round_ = round_of(out, "recheck")
    numbers = counted_recheck(said_at(out, "admissions", round_))
    assert numbers == summary.recheck
    assert numbers["failed"] == 1
    assert numbers["cases"] == 3
    text = text_of(out, summary, "新生入学资格复查工作小结")
    assert f"收到《入学资格复查表》{numbers['forms']}份" in text
    assert f"合格{numbers['approved']}人" in text
    session = _seat(out, "admissions")
    with session.store:
        board = recheck_board(session, round_)
    for name in ("forms", "missing_forms", "doubts", "failed", "approved"):
        assert sum(getattr(one.steps.count, name) for one in board) == numbers[name]


def test_the_registrar_hears_exactly_the_verdicts(rechecked: tuple[Path, Summary]) -> None:
    out, _ = rechecked
    for procedure, aspect in (("entry_review", "entry_review"), ("recheck", "recheck")):
        round_ = round_of(out, procedure)
        told = {
            seat: {
                subject: values["verdict"]
                for (subject, kind), values in said_at(out, seat, round_).items()
                if kind == aspect and values.get("verdict")
            }
            for seat in ("admissions", "registrar")
        }
        assert told["admissions"] == told["registrar"] != {}


def _seat(out: Path, name: str) -> Session:
    return open_and_sign_in(out / "seats" / name, "", PASSPHRASE)
