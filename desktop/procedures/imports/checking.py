"""Looking at a file that an office brings: what kind of list it is, and all that is wrong with it.

Nothing is written. With a store, the numbers are also compared with the students that it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.import_problems import (
    ImportProblem,
    ListFile,
    ListRow,
    ListSheet,
    Severity,
)
from desktop.domain.likeness import Likeness, Person, find_likenesses, person
from desktop.domain.students import FIELD_TITLES
from desktop.errors import FileEncrypted, FileUnreadable, HeaderMissing
from desktop.garbage import garbage_left_alone
from desktop.interchange.list_reading import read_list
from desktop.interchange.rosters import as_roster
from desktop.interchange.tables import NEW_STUDENTS, list_kinds
from desktop.procedures.imports.import_kinds import RULES
from desktop.procedures.imports.import_matching import row_identity
from desktop.procedures.imports.rosters import compare_roster
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import imports
from desktop.store.students import key_owners


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file is and what is wrong with it.

    Attributes:
        file: its name.
        kind: of list, "" where it can not be told.
        sheets: those that are lists.
        students: how many rows are students, good and bad.
        problems: errors, questions and notes, in the order of the file.
        readable: false when nothing of it could be read.
    """

    file: str
    kind: str
    sheets: tuple[ListSheet, ...]
    students: int
    problems: tuple[ImportProblem, ...]
    readable: bool = True

    @property
    def clean(self) -> bool:
        """Whether every row could come in as it is: there are only notes."""
        return all(problem.severity is Severity.NOTE for problem in self.problems)


def kinds_of_lists() -> Sequence[str]:
    """Return the names of the kinds of lists."""
    return tuple(list_kinds())


def kind_title(kind: str) -> str:
    """Return what a kind of list is called, "" for none."""
    return list_kinds()[kind].title if kind else ""


def check_file(
    path: Path,
    kind: str = "",
    session: Session | None = None,
    progress: Progress = no_progress,
) -> CheckedFile:
    """Return everything that is wrong with a file; what can not be read is a problem like others.

    Args:
        path: the file.
        kind: of the list; "" lets its columns tell.
        session: of the store with whose students the numbers are compared; None for none.
        progress: called while reading.

    Raises:
        Cancelled: the user stopped it.
    """
    try:
        with garbage_left_alone():
            read = read_list(path, kind, progress)
            problems = read.problems
            more = [*_clashes(read, session), *_likenesses(read, session)]
            if more:
                problems = _in_order((*problems, *more), read.sheets)
    except (FileUnreadable, FileEncrypted) as error:
        code = "file-encrypted" if isinstance(error, FileEncrypted) else "file-unreadable"
        return _whole_file(path, code, f"{error.what}{error.todo}", readable=False)
    except HeaderMissing as error:
        return _whole_file(path, "header-missing", f"{error.what}{error.todo}", readable=True)
    return CheckedFile(read.file_name, read.kind, read.sheets, len(read.rows), problems)


def _clashes(read: ListFile, session: Session | None) -> list[ImportProblem]:
    """Return the numbers of a list of new students that belong to others in the store."""
    if session is None or read.kind != NEW_STUDENTS:
        return []
    roster = as_roster(replace(read, problems=()))  # what could not be read is no number
    everybody = replace(roster, rows=(*roster.rows, *roster.held_back), held_back=())
    with session.unit_of_work() as unit:
        compared = compare_roster(session, unit, "", "", everybody)
    return [one for one in compared.problems if one.code == "duplicate-in-store"]


def _likenesses(read: ListFile, session: Session | None) -> list[ImportProblem]:
    """Return who is likely the same person, within the list and against the store."""
    if not RULES[read.kind].identities:
        return []
    rows = {(row.sheet, row.row): row for row in read.rows}
    people = {place: person(place, row_identity(row)) for place, row in rows.items()}
    there: list[Person] = []
    if session:
        with session.unit_of_work() as unit:
            names = {one.name for one in people.values()}
            there = list(imports.persons_named(unit.connection, names))
            owners = key_owners(unit.connection)
        known = {
            place
            for place, one in people.items()
            if any((field, number) in owners for field, number in one.numbers.items())
        }
        people = {place: one for place, one in people.items() if place not in known}
    found = []
    for pair in find_likenesses(list(people.values()), there):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if isinstance(one, tuple):
                found.append(_likeness(rows[one], other, pair))
    return found


def _likeness(row: ListRow, other: object, pair: Likeness) -> ImportProblem:
    """Return the question about a row that is likely the same as another, or as a student."""
    name = row.values.get("name", "")
    who = f"第{other[1]}行的{name}" if isinstance(other, tuple) else f"学生名单里的{name}"
    like = f"{FIELD_TITLES[pair.field]}只差一两位" if pair.field else "姓名和出生日期相同、号码不同"
    message = f"与{who}疑似同一人：{like}，请核对是同一人还是两个人。"
    return ImportProblem(
        row.sheet, row.row, "", name, "likely-same-person", Severity.QUESTION, message
    )


def _in_order(
    problems: Sequence[ImportProblem], sheets: Sequence[ListSheet]
) -> tuple[ImportProblem, ...]:
    """Return problems by sheet and row; what is said of other tables comes first."""
    order = {sheet.name: place for place, sheet in enumerate(sheets)}

    def place(problem: ImportProblem) -> tuple[int, str, int]:
        known = order.get(problem.sheet, -1)
        return known, problem.sheet if known < 0 else "", problem.row

    return tuple(sorted(problems, key=place))


def _whole_file(path: Path, code: str, message: str, *, readable: bool) -> CheckedFile:
    problem = ImportProblem(path.name, 0, "", "", code, Severity.ERROR, message)
    return CheckedFile(path.name, "", (), 0, (problem,), readable)
