"""Which pages of printed sheets still count: a page whose rows have changed since is void."""

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.papers import SheetRow
from desktop.domain.sheets import NotedByRow, Sheet, noted_by_row, void_rows
from desktop.store import registration
from desktop.store.store import UnitOfWork
from desktop.store.students import sheet_row, students_by_subject


@dataclass(frozen=True, slots=True)
class PageState:
    """One page of a printed sheet: why it is void, empty while it counts."""

    sheet: str
    page: int
    void: str


def page_states(unit: UnitOfWork, sheets: Collection[Sheet]) -> dict[tuple[str, int], PageState]:
    """Return, for each page of these sheets, whether it is void and why.

    All sheets must be of one round.
    """
    if not sheets:
        return {}
    round_id = next(iter(sheets)).round
    students = students_by_subject(
        unit.connection, {row.student for sheet in sheets for row in sheet.rows}
    )
    current = {s.subject: (s.class_id, sheet_row(s, 0)) for s in students.values()}
    marks = registration.texts_of_round(unit.connection, "signature", round_id)
    struck: dict[str, set[str]] = {}
    for student, texts in marks.items():
        if texts["mark"] == "struck_out":
            struck.setdefault(texts["sheet"], set()).add(student)
    noted = noted_by_row(registration.noted_corrections(unit.connection, round_id))
    states = {}
    for sheet in sheets:
        void = _void_by_page(sheet, current, frozenset(struck.get(sheet.number, ())), noted)
        for page in sheet.pages:
            states[sheet.number, page] = PageState(sheet.number, page, void.get(page, ""))
    return states


def _void_by_page(
    sheet: Sheet,
    current: dict[str, tuple[str, SheetRow]],
    struck_out: frozenset[str],
    noted: NotedByRow,
) -> dict[int, str]:
    """Return the void pages of a sheet, each with its reason."""
    names: dict[int, list[str]] = {}
    for row in void_rows(sheet, current, struck_out, noted):
        known = current.get(row.student)
        names.setdefault(row.page, []).append(known[1].name if known else "一名学生")
    return {
        page: f"打印以后{'、'.join(changed)}的信息或班级有变动" for page, changed in names.items()
    }
