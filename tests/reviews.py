"""A round of procedure one for tests: seats of two offices more, and what colleges say of it.

A college's own recording is not gone through here: what it would say is stated in its name in the
store that a test looks at, as a merged bundle would have brought it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Final

from desktop.bundles.lines import ChainHead, encode, written
from desktop.domain.checklists import DEFAULT_CHECKLIST
from desktop.domain.import_problems import RosterFile, RosterRow
from desktop.domain.review_fields import SIX_THINGS
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.procedures.imports.rosters import take_in
from desktop.procedures.rounds import NewRound, state_round
from desktop.procedures.session import Session
from desktop.store import school as school_queries
from desktop.store.journal import Draft, Source
from desktop.store.stating import batch_of, make
from desktop.store.students import listed_students
from desktop.store.tables import statements_of
from tests.conftest import COLLEGES, School, roster_rows

REVIEW: Final = "2026-entry_review-005-1"
CHECK_IN: Final = {"check_in_from": "2026-09-05", "check_in_until": "2026-09-07"}


_NUMBERS: Final = count(100_000, 100)


def begin_review(session: Session, **rules: str) -> str:
    """Open a round of procedure one with the roster, the colleges and what it asks for.

    Returns:
        the id of the round.
    """
    new = NewRound(Procedure.ENTRY_REVIEW, "2026级入学资格审查", "2026", "2026-09-30")
    with session.unit_of_work() as unit:
        round_ = state_round(session, unit, new)
        take_in(session, unit, round_, RosterFile("", "", tuple(freshmen()), (), ()), "录取名单")
        by_name = {name: id_ for id_, name in COLLEGES.items()}
        assigned = [
            Draft(Key(group.id, "class_group", ""), {"office": by_name[group.college_name]})
            for group in school_queries.classes(unit.connection)
        ]
        unit.journal.state_all(assigned)
        if rules:
            unit.journal.state(Key(f"round:{round_.id}", "review_rules", round_.id), rules)
        unit.commit()
    return round_.id


def freshmen() -> list[RosterRow]:
    """Return the roster with admission types, the last student from another province."""
    types = ("普通高考", "技能高考", "单独招生")
    rows = [
        row._replace(identity=row.identity._replace(admission_type=types[place % len(types)]))
        for place, row in enumerate(roster_rows())
    ]
    last = rows[-1]
    rows[-1] = last._replace(identity=last.identity._replace(exam_number="26410100000009"))
    return rows


def set_today(session: Session, day: str) -> None:
    """Let a seat believe that it is noon of a day."""
    noon = datetime.combine(date.fromisoformat(day), time(12), tzinfo=UTC)
    session.store.now = lambda: noon


def say_as(speaker: Session, at: Session, drafts: Sequence[Draft], *, seeing: bool = True) -> None:
    """Take in, in one seat's store, what another seat says, as merging its bundle would.

    Args:
        speaker: who says it.
        at: where it is heard.
        drafts: what is said.
        seeing: whether it was said in the knowledge of all that is known there.
    """
    seat = speaker.home.seat
    with at.unit_of_work() as unit:
        keys = {draft.key for draft in drafts}
        before = statements_of(unit.connection, keys) if seeing else {}
        number = next(_NUMBERS)
        head = ChainHead(number, "0" * 64, number)
        made = make(speaker.author, at.now_text(), head, batch_of(drafts), before)
        lines = [written(encode(one)) for one in made.statements]
        source = Source(f"bundle-{number}", seat.id, seat.office.id)
        unit.journal.accept(unit.journal.compare(lines, source))
        unit.commit()


def subjects(session: Session, round_id: str = REVIEW) -> list[str]:
    """Return the students of the round, as they stand on the list of ``freshmen``."""
    with session.unit_of_work() as unit:
        found = listed_students(unit.connection, round_id)
    return [one.subject for one in sorted(found, key=lambda one: one.identity.id_number)]


def college_says(school: School, at: Session, student: str, **aspects: Mapping[str, str]) -> None:
    """State aspects of a student as the seat of the college that has the student would."""
    with at.unit_of_work() as unit:
        [found] = [s for s in listed_students(unit.connection, REVIEW) if s.subject == student]
        office = school_queries.class_by_id(unit.connection, found.class_id).office
    speaker = school.first if office == "college-01" else school.second
    said = [
        Draft(Key(student, aspect, "" if aspect == "face_check" else REVIEW), dict(values))
        for aspect, values in aspects.items()
    ]
    say_as(speaker, at, said)


def arrives(school: School, at: Session, student: str, **aspects: Mapping[str, str]) -> None:
    """Let a student come, with all documents, a face that matches, and nothing to be doubted.

    ``aspects`` replaces what is said of one of them.
    """
    said: dict[str, Mapping[str, str]] = {
        "arrival": {"state": "arrived", "arrived_on": "2026-09-06"},
        "document_check": {item.slot: "seen" for item in DEFAULT_CHECKLIST},
        "face_check": {"face_result": "成功", "face_likeness": "0.95"},
        "class_verdict": {
            **dict.fromkeys(SIX_THINGS, "same"),
            "verdict": "normal",
            "checker": "赵老师",
        },
        **aspects,
    }
    college_says(school, at, student, **said)
