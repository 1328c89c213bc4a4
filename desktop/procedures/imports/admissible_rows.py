"""Whether a row that was held back may come in as a person has left it.

It is checked again by the checks of reading, so that nothing comes in by hand that a file could
not bring: an error keeps it out, a question lets it in with a reason. What stands between rows is
judged when it is compared with the store (``rosters.py``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.domain.import_problems import ImportProblem, RosterRow, Severity
from desktop.domain.imports import Fate
from desktop.domain.students import FIELD_TITLES, first_number
from desktop.errors import RowNotAdmissible
from desktop.interchange.columns import field_of_title
from desktop.interchange.rosters import check_again
from desktop.procedures.imports.held_rows import HeldRow
from desktop.store.store import UnitOfWork
from desktop.store.students import key_owners, listed_places, students_by_subject

_BETWEEN_CELLS: Final = frozenset({"id-birth-mismatch", "id-sex-mismatch", "study-dates"})
_OF_TWO_ROWS: Final = frozenset({"duplicate-key", "duplicate-in-store"})
_PLACES: Final = ("college", "class_name")
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A row as it would come in, and what is wrong with it: each problem with its field.

    The field is "" where it is about the row as a whole, or about a column that is not known.
    """

    row: RosterRow
    problems: tuple[tuple[str, ImportProblem], ...]

    @property
    def errors(self) -> tuple[tuple[str, ImportProblem], ...]:
        """What keeps it out."""
        return tuple(
            (field, one)
            for field, one in self.problems
            if one.severity is Severity.ERROR and one.code not in _OF_TWO_ROWS
        )

    @property
    def questions(self) -> tuple[tuple[str, ImportProblem], ...]:
        """What a person answers for with the reason; which of two rows is right is such, too."""
        errors = self.errors
        return tuple(one for one in self.problems if one not in errors)


@lru_cache(maxsize=64)  # a form asks about one row for each of its fields
def check_row(row: RosterRow, held: HeldRow | None = None) -> RowCheck:
    """Check a row as it is now; what is wrong in a cell that nobody has typed into stays wrong.

    Args:
        row: as it is to come in.
        held: as it was held back; None for one that was typed by hand.
    """
    before = [(_field(one), one) for one in held.problems] if held else []
    stood = held.row.texts if held else {}
    columns = {*_PLACES, *(field for field, _ in before), *(f for f, text in stood.items() if text)}
    right, found = check_again(row, columns)
    problems = [(_field(one), one) for one in found if one.severity is not Severity.NOTE]
    again = {(field, one.code) for field, one in problems}
    texts = row.texts
    problems += [
        (field, one)
        for field, one in before
        if one.severity is not Severity.NOTE
        and one.code not in _BETWEEN_CELLS
        and (field, one.code) not in again
        and (texts[field] == stood[field] if field else one.severity is Severity.QUESTION)
    ]
    return RowCheck(right, tuple(problems))


def require_admissible(
    rows: Iterable[RosterRow], held: Mapping[tuple[str, int], HeldRow]
) -> tuple[RosterRow, ...]:
    """Return rows set right, unless an error is left in one.

    Args:
        rows: as they are to come in.
        held: the rows of the same file that were held back, by sheet and row.

    Raises:
        RowNotAdmissible: an error is left; row, column and reason are named.
    """
    checks = [check_row(row, held.get((row.sheet, row.row))) for row in rows]
    wrong = [said_of(check.row, one) for check in checks for _, one in check.errors]
    if wrong:
        more = f"另外还有 {len(wrong) - _NAMED} 处错误。" if len(wrong) > _NAMED else ""
        raise RowNotAdmissible(
            f"有错误还没有改正，没有收入。{''.join(wrong[:_NAMED])}{more}",
            "请把有错误的栏改正，再收入；不知道怎么改的，请与交来名单的部门核对。",
        )
    return tuple(check.row for check in checks)


def said_of(row: RosterRow, problem: ImportProblem) -> str:
    """Say which row and column a problem is of, and what is wrong."""
    who = f"（{row.identity.name}）" if row.identity.name else ""
    where = f"{row.place}{who}" if row.place else f"手工填写的一行{who}"
    return f"{where}的“{problem.column}”：{problem.message}"


def require_own_numbers(
    unit: UnitOfWork,
    round_id: str,
    rows: Iterable[RosterRow],
    held: Mapping[tuple[str, int], HeldRow],
) -> None:
    """Raise where a row of a file would give a student of the roster another name.

    It would be a second student with the number of the first, and come in over the first. Whether
    somebody has got another name was asked as such (``Fate.NAME``).

    Raises:
        RowNotAdmissible: the row, the number and whose it is are named.
    """
    listed = {subject for subject, _ in listed_places(unit.connection, round_id)}
    owners = key_owners(unit.connection)
    known = students_by_subject(unit.connection, listed & set(owners.values()))
    for row in rows:
        before = held.get((row.sheet, row.row))
        if before is None or any(one.code == Fate.NAME for one in before.problems):
            continue
        field, number = first_number(row.identity)
        other = known.get(owners.get((field, number), ""))
        if other and other.identity.name != row.identity.name:
            raise RowNotAdmissible(
                f"{row.place}（{row.identity.name}）的{FIELD_TITLES[field]} {number} 已属于名单上的"
                f"{other.identity.name}，没有收入。",
                "请核对两人的材料，把这一行的号码改正以后再收入。",
            )


def _field(problem: ImportProblem) -> str:
    """Return the field of a problem, "" where its column is not known."""
    return (field_of_title(problem.column) or "") if problem.column else ""
