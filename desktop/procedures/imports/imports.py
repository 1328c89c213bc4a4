"""Writing a list that was read, whole or not at all, and what is remembered of it.

Reading the same list again says nothing. What it said stands in the journal as one import, which
has a name there, so that it can be undone everywhere (``import_undoing.py``).
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from uuid_utils import uuid7

from desktop.domain.documents import ImportRecord
from desktop.domain.import_problems import ImportProblem, Severity
from desktop.domain.imports import (
    LEFT_OUT,
    NOTHING_DECIDED,
    Decisions,
    Fate,
    FieldChange,
    PlannedRow,
    Sameness,
    Target,
)
from desktop.domain.mended_lists import Mended
from desktop.domain.statements import Key
from desktop.errors import NotFound
from desktop.garbage import garbage_left_alone
from desktop.interchange.rosters import rows_as_they_stand
from desktop.procedures.imports.import_kinds import RULES, target_title
from desktop.procedures.imports.import_matching import remembered
from desktop.procedures.imports.import_plans import ImportPlan, word
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import imports, school
from desktop.store.imports import KeptImport
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: the plan as it was carried out, and what it is called here.

    ``statements`` counts what was said; ``id`` is the number under which it is remembered.
    """

    id: int
    plan: ImportPlan
    statements: int


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list of imports.

    Attributes:
        kept: what is remembered.
        kind_title: what kind of list it was.
        target_title: for what, "" for nothing in particular.
        can_be_undone: whether it said anything, and still counts.
    """

    kept: KeptImport
    kind_title: str
    target_title: str
    can_be_undone: bool

    @property
    def written(self) -> int:
        """How many rows said something."""
        return self.kept.counts.get(Fate.NEW, 0) + self.kept.counts.get(Fate.CHANGED, 0)

    @property
    def left_out(self) -> int:
        """How many rows did not come in."""
        return sum(self.kept.counts.get(fate, 0) for fate in LEFT_OUT)


def write_import(
    session: Session,
    mended: Mended,
    target: Target,
    decisions: Decisions = NOTHING_DECIDED,
    progress: Progress = no_progress,
) -> Imported:
    """Write a list in one transaction; what is undecided holds back only its own rows.

    Args:
        session: of an office that may read such a list in.
        mended: the list.
        target: what it is for.
        decisions: what people have decided.
        progress: called while it is compared and written; what it raises stops all of it.

    Raises:
        ImportRefused, RoundNotOpen, NotFound, Cancelled: nothing was written.
    """
    with garbage_left_alone(), session.unit_of_work() as unit:
        worded = word(session, unit, mended, target, decisions, progress)
        _remember_pairs(unit, worded.plan, decisions)
        before = unit.journal.number
        unit.journal.state_many(worded.drafts)
        made = unit.journal.number - before
        progress(4, 4)
        subject = name_import(unit, target, mended.file.file_name, mended.file.sha256, made)
        counts = Counter(str(row.fate) for row in worded.plan.rows)
        id_ = imports.keep_details(
            unit.connection,
            _record(session, worded.plan, counts),
            target,
            subject,
            counts,
            map(_packed, worded.plan.rows),
        )
        unit.commit()
    return Imported(id_, worded.plan, made)


def name_import(
    unit: UnitOfWork, target: Target, file_name: str, sha256: str, statements: int
) -> str:
    """Say that a list has made the last so many statements; return what the journal calls it.

    A list that says nothing is not spoken of either: "" is its name.
    """
    if not statements or unit.author is None:
        return ""
    subject = f"import:{uuid7()}"
    last = unit.journal.number
    values = {
        "kind": target.kind,
        "target": target.key,
        "file_name": file_name,
        "sha256": sha256,
        "seat": unit.author.seat,
        "first": str(last - statements + 1),
        "last": str(last),
    }
    unit.journal.state(imports.key_of(subject), values)
    return subject


def import_list(session: Session) -> tuple[ImportLine, ...]:
    """Return every file that was read in at this seat, the latest first."""
    with session.unit_of_work() as unit:
        rounds = {round_.id: round_.name for round_ in school.rounds(unit.connection)}
        kept = imports.kept_imports(unit.connection)
    return tuple(_line(one, rounds) for one in kept)


def import_line(session: Session, import_id: int) -> ImportLine:
    """Return one import of the list.

    Raises:
        NotFound: there is none of this number.
    """
    with session.unit_of_work() as unit:
        rounds = {round_.id: round_.name for round_ in school.rounds(unit.connection)}
        return _line(kept_import(unit, import_id), rounds)


def kept_import(unit: UnitOfWork, import_id: int) -> KeptImport:
    """Return what is remembered of an import, within a transaction.

    Raises:
        NotFound: there is none of this number.
    """
    for one in imports.kept_imports(unit.connection, import_id):
        return one
    raise NotFound("没有找到这次读入。", "请在读入记录里选择。")


def import_rows(session: Session, import_id: int) -> tuple[PlannedRow, ...]:
    """Return what became of every row of an import, in the order of the file.

    Of an import that was made before fates were kept, the rows are those that were held back.
    """
    with session.unit_of_work() as unit:
        rows = imports.fates_of(unit.connection, import_id)
        held = [] if rows else imports.held_back_in(unit.connection, import_id)
    return (*map(_unpacked, rows), *map(_held, held))


def _line(kept: KeptImport, rounds: Mapping[str, str]) -> ImportLine:
    return ImportLine(
        kept,
        RULES[kept.target.kind].title,
        target_title(kept.target, rounds),
        bool(kept.subject) and not kept.undone,
    )


def _remember_pairs(unit: UnitOfWork, plan: ImportPlan, decisions: Decisions) -> None:
    """Say what was decided about those who look alike, so that it is asked once."""
    unit.journal.state_all(
        Draft(
            Key(pair.id, "likeness", ""),
            remembered(pair, Sameness(decided)),
            f"读入“{plan.mended.file.file_name}”时认定",
        )
        for pair in plan.pairs
        if (decided := decisions.pairs.get(pair.id))
    )


def _record(session: Session, plan: ImportPlan, counts: Mapping[str, int]) -> ImportRecord:
    """Return the line of the import history; a roster's rows that stay out wait with the round."""
    file = plan.mended.file
    left = {row.place for row in plan.rows if row.fate in LEFT_OUT - {Fate.ASIDE}}
    held = rows_as_they_stand(file, left) if plan.target.round else ()
    asked = [
        ImportProblem(
            row.sheet, row.row, "", row.name, str(row.fate), _severity(row.fate), row.sentence
        )
        for row in plan.rows
        if row.fate in LEFT_OUT - {Fate.HELD, Fate.ASIDE}
    ]
    problems = [asdict(one) for one in (*file.problems, *asked)] if plan.target.round else []
    return ImportRecord(
        round=plan.target.round,
        file_name=file.file_name,
        sha256=file.sha256,
        imported_at=session.now_text(),
        operator=session.operator,
        students=len(file.rows),
        new=counts.get(Fate.NEW, 0),
        changed=counts.get(Fate.CHANGED, 0),
        same=counts.get(Fate.SAME, 0),
        held_back=sum(counts.get(fate, 0) for fate in LEFT_OUT),
        problems=_json(problems),
        rows_held_back=_json([row.as_kept() for row in held]),
        rows_admitted="[]",
    )


def _severity(fate: Fate) -> Severity:
    """Return how a row waits: whose a number is, is no question that a reason answers."""
    return Severity.ERROR if fate in (Fate.CLASH, Fate.UNKNOWN) else Severity.QUESTION


def _packed(row: PlannedRow) -> list[object]:
    """Return a row as it is kept: a list, for there are tens of thousands."""
    return [
        row.sheet,
        row.row,
        row.name,
        row.number,
        row.class_name,
        str(row.fate),
        row.subject,
        [[c.aspect, c.field, c.title, c.old, c.new] for c in row.changes],
        [[c.aspect, c.field, c.title, c.old, c.new] for c in row.kept],
        row.sentence,
        row.reason,
    ]


def _unpacked(row: Sequence[object]) -> PlannedRow:
    sheet, number, name, key, group, fate, subject, changes, kept, sentence, reason = row
    return PlannedRow(
        sheet=str(sheet),
        row=int(str(number)),
        name=str(name),
        number=str(key),
        class_name=str(group),
        fate=Fate(str(fate)),
        subject=str(subject),
        changes=_changes(changes),
        kept=_changes(kept),
        sentence=str(sentence),
        reason=str(reason),
    )


def _changes(packed: object) -> tuple[FieldChange, ...]:
    assert isinstance(packed, list)  # noqa: S101 - as ``_packed`` has made it
    return tuple(FieldChange(*map(str, one)) for one in packed)


def _held(kept: Mapping[str, object]) -> PlannedRow:
    identity = kept["identity"]
    assert isinstance(identity, dict)  # noqa: S101 - as the record has it
    return PlannedRow(
        sheet=str(kept["sheet"]),
        row=int(str(kept["row"])),
        name=identity["name"],
        number=identity["student_number"] or identity["exam_number"],
        class_name=str(kept["class_name"]),
        fate=Fate.HELD,
        sentence="这一行有问题，没有收入。",
    )


def _json(value: Iterable[object]) -> str:
    return json.dumps(value, ensure_ascii=False)
