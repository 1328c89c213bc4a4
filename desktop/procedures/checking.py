"""Looking at a file that an office brings: what kind of list it is, and all that is wrong with it.

Nothing is written. With a store, the numbers are also compared with the students that it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.import_problems import ImportProblem, ListSheet, Severity
from desktop.errors import FileEncrypted, FileUnreadable, HeaderMissing
from desktop.garbage import garbage_left_alone
from desktop.interchange.list_reading import read_list
from desktop.interchange.rosters import as_roster
from desktop.interchange.tables import NEW_STUDENTS, list_kinds
from desktop.procedures.rosters import compare_roster
from desktop.procedures.session import Progress, Session, no_progress


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
            if session and read.kind == NEW_STUDENTS:
                roster = as_roster(read)
                everybody = replace(roster, rows=(*roster.rows, *roster.held_back), held_back=())
                with session.unit_of_work() as unit:
                    compared = compare_roster(session, unit, "", "", everybody)
                clashes = [one for one in compared.problems if one.code == "duplicate-in-store"]
                problems = _in_order((*problems, *clashes), read.sheets)
    except (FileUnreadable, FileEncrypted) as error:
        code = "file-encrypted" if isinstance(error, FileEncrypted) else "file-unreadable"
        return _whole_file(path, code, f"{error.what}{error.todo}", readable=False)
    except HeaderMissing as error:
        return _whole_file(path, "header-missing", f"{error.what}{error.todo}", readable=True)
    return CheckedFile(read.file_name, read.kind, read.sheets, len(read.rows), problems)


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
