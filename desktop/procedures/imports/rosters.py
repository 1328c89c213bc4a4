"""Bringing the roster of a round in: what is new, changed, the same, held back, missing.

Importing again is harmless: what is the same says nothing, and what people corrected stays.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from desktop.domain.documents import ImportRecord
from desktop.domain.import_problems import RosterFile, RosterRow
from desktop.domain.mends import Place
from desktop.domain.rounds import LEADERS, Round
from desktop.garbage import garbage_left_alone
from desktop.interchange.rosters import read_roster
from desktop.procedures.imports.admissible_rows import require_admissible, require_own_numbers
from desktop.procedures.imports.held_rows import held_rows_of_file
from desktop.procedures.imports.roster_comparison import NOBODY, Comparing, RosterImport
from desktop.procedures.rounds import require_leading, require_open
from desktop.procedures.session import Progress, Session, no_progress
from desktop.procedures.typed_texts import stated_reason
from desktop.store import documents
from desktop.store.store import UnitOfWork


def import_roster(
    session: Session,
    round_id: str,
    path: Path,
    progress: Progress = no_progress,
    *,
    dry_run: bool = False,
) -> RosterImport:
    """Bring a roster file into a round; problem rows are held back and listed.

    Args:
        session: of the office that leads the round.
        round_id: an open round.
        path: the file.
        progress: called while reading.
        dry_run: true to see what would happen, changing nothing.

    Raises:
        InterchangeError: the file can not be read, or is no roster.
        NotAllowed, RoundNotOpen, Cancelled: nothing was changed.
    """
    session.require(*LEADERS.values())
    with garbage_left_alone():
        file = read_roster(path, progress)
        return _bring_in(session, round_id, file, dry_run=dry_run)


def admit_rows(
    session: Session,
    round_id: str,
    rows: Sequence[RosterRow],
    reason: str,
    *,
    source: str = "",
) -> RosterImport:
    """Let rows in that were held back, as they are or as a person has mended them.

    They are checked as a file is: an error keeps all of them out, questions are let in with the
    reason. A row that claims somebody else's number stays out, and is told with the result.

    Args:
        session: of the registrar.
        round_id: an open round.
        rows: the rows; each keeps the sheet and row number that it has in the file.
        reason: why they may come in.
        source: the SHA-256 of the file that they come from, empty for rows typed by hand.

    Raises:
        Incomplete: no reason is given.
        RowNotAdmissible: an error is left in a row, or its number is that of somebody else who
            is on the roster.
    """
    todo = "请填写原因，例如“已与招生工作处核对”。"
    reason = stated_reason(reason, "放行有疑问的行要写明原因。", todo)
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        require_leading(session, round_.procedure)
        held = held_rows_of_file(unit, round_id, source)
        right = require_admissible(rows, held)
        require_own_numbers(unit, round_id, right, held)
        result = take_in(session, unit, round_, RosterFile("", source, right, (), ()), reason)
        unit.commit()
    return result


def compare_roster(
    session: Session, unit: UnitOfWork, round_id: str, entry_year: str, file: RosterFile
) -> RosterImport:
    """Return what a file would do to a round ("" for one that is not open yet); say nothing."""
    comparing = Comparing(session, unit, round_id, entry_year)
    for _ in comparing.drafts(file):
        pass
    return comparing.result(file)


def take_in(
    session: Session,
    unit: UnitOfWork,
    round_: Round,
    file: RosterFile,
    reason: str = "",
    let_in: Mapping[Place, str] = NOBODY,
) -> RosterImport:
    """Say what a file's good rows add, within a transaction, and remember the import.

    ``let_in`` are the reasons of the rows that a person has let in with their questions.
    """
    reason = reason or f"读入名单“{file.file_name}”（{file.sha256[:12]}）"
    comparing = Comparing(session, unit, round_.id, round_.entry_year, reason, let_in)
    unit.journal.state_many(comparing.drafts(file))
    result = comparing.result(file)
    documents.keep_import(unit.connection, _record(session, round_.id, result))
    return result


def _bring_in(
    session: Session, round_id: str, file: RosterFile, *, dry_run: bool = False
) -> RosterImport:
    """Compare a file's good rows with the store, and say what is new."""
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        require_leading(session, round_.procedure)
        if dry_run:
            return compare_roster(session, unit, round_id, round_.entry_year, file)
        result = take_in(session, unit, round_, file)
        unit.commit()
    return result


def _record(session: Session, round_id: str, result: RosterImport) -> ImportRecord:
    """Return the line of the import history."""
    return ImportRecord(
        round=round_id,
        file_name=result.file.file_name,
        sha256=result.file.sha256,
        imported_at=session.now_text(),
        operator=session.operator,
        students=result.file.students,
        new=len(result.new),
        changed=len({change.student for change in result.changed}),
        same=result.same,
        held_back=len(result.held_back),
        problems=_json([asdict(problem) for problem in result.problems]),
        rows_held_back=_json([row.as_kept() for row in result.held_back]),
        rows_admitted=_json(_admitted(result)),
    )


def _admitted(result: RosterImport) -> list[tuple[str, int]]:
    """Return the places in the file of rows that a person has let in."""
    if result.file.file_name:
        return []
    refused = {(row.sheet, row.row) for row in result.held_back}
    places = ((row.sheet, row.row) for row in result.file.rows)
    return [place for place in places if place not in refused]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
