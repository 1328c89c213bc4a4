"""Problem rows for the office that made a list, and what it gives back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from desktop.domain.import_problems import (
    ListColumns,
    ListsByPlace,
    ListSheet,
    Severity,
)
from desktop.domain.list_shapes import plain_title, untitled
from desktop.domain.mends import Cells, Place
from desktop.errors import AnswerToAnotherList, InterchangeError, NoProblemRows
from desktop.files import safe_name, write_durably
from desktop.garbage import garbage_left_alone
from desktop.interchange.problem_rows import (
    Answer,
    AnswerRow,
    Origin,
    ProblemRow,
    ProblemSheet,
    RawTexts,
    raw_texts,
    read_answer,
    write_problem_rows,
)
from desktop.procedures.imports.import_kinds import require_readable, require_reader
from desktop.procedures.imports.mending import Mending
from desktop.procedures.imports.mending_rows import MendRow, Standing
from desktop.procedures.session import Session

_OPEN = (Standing.ERROR, Standing.QUESTION)
_TELLS_WHO = ("name", "exam_number", "id_number", "student_number")
_NAMED = 8


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A list after an office's answer was read into it.

    Attributes:
        mending: the list, checked again.
        rows: how many rows the answer had that belong to the list.
        changed: how many of them say something else than before.
        warnings: what was not taken, or could not be made sure of, in sentences.
    """

    mending: Mending
    rows: int
    changed: int
    warnings: tuple[str, ...]


def open_rows_of(mending: Mending) -> tuple[MendRow, ...]:
    """Return the students' rows about which something is open."""
    return tuple(row for row in mending.rows if row.is_student and row.standing in _OPEN)


@dataclass(frozen=True, slots=True)
class ExportedRows:
    """The workbook that was written, and how many rows it holds."""

    path: Path
    rows: int


def export_problem_rows(
    session: Session, mending: Mending, source: Path, folder: Path
) -> ExportedRows:
    """Write the rows that are still wrong as a workbook for the office that made the list.

    Args:
        session: of an office that reads lists in.
        mending: the list.
        source: where the list lies; what its other columns say is taken from there, if it still
            does.
        folder: where the workbook is written; no other file there is replaced.

    Raises:
        NoProblemRows: nothing is open.
        FileNotWritten: nothing was written.
    """
    require_reader(session)
    require_readable(session.home.seat.office.kind, mending.read.kind)
    rows = open_rows_of(mending)
    if not rows:
        raise NoProblemRows("没有需要交回去改的行。", "可以直接进入下一步。")
    lists = ListsByPlace(mending.read.sheets)
    raw = _raw_texts(source, mending.read.sha256)
    sheets = [
        ProblemSheet(one.name, _titles(one.columns), [_problem_row(row, one, raw) for row in its])
        for one in mending.read.sheets
        if (its := [row for row in rows if lists.at(row.place) is one])
    ]
    file = mending.read
    data = write_problem_rows(Origin(file.file_name, file.sha256, file.kind), sheets)
    target = _free_name(folder, f"{Path(file.file_name).stem}-请改正{len(rows)}行")
    write_durably(target, data)
    return ExportedRows(target, len(rows))


def read_back(session: Session, mending: Mending, path: Path) -> ReadBack:
    """Read what an office gave back: its rows replace the problem rows, all is checked again.

    Args:
        session: of an office that reads lists in.
        mending: the list.
        path: the file that came back.

    Raises:
        InterchangeError: the file can not be read.
        NotAnAnswer, AnswerToAnotherList: it is no answer to this list.
    """
    require_reader(session)
    require_readable(session.home.seat.office.kind, mending.read.kind)
    with garbage_left_alone():
        answer = read_answer(path)
    origin = answer.origin
    if origin.sha256 and origin.sha256 != mending.read.sha256:
        raise AnswerToAnotherList(
            f"“{path.name}”是为“{origin.file_name}”做的，不是为“{mending.read.file_name}”做的。",
            f"请先选择原名单“{origin.file_name}”，再读回这个文件。",
        )
    return _ReadingBack(mending, answer).result()


class _ReadingBack:
    """Finds for each row of an answer the row of the list, and what it says anew."""

    def __init__(self, mending: Mending, answer: Answer) -> None:
        self._mending, self._answer = mending, answer
        self._rows = {row.place: row for row in mending.rows if row.is_student}
        self._lists = ListsByPlace(mending.read.sheets)
        self._sheets = tuple(dict.fromkeys(one.name for one in mending.read.sheets))
        self._warnings: list[str] = []

    def result(self) -> ReadBack:
        """Return the list with all that can be taken, and say what can not."""
        if not self._answer.origin.sha256:
            self._warnings.append(
                "这个文件里说明来历的标记没有了，是按“原表行号”对上的，请看一看改动是否都对。"
            )
        found = self._places()
        cells: dict[Place, Mapping[str, str]] = {}
        strangers: list[int] = []
        for place, answered in found.items():
            its_list = self._lists.at(place)
            typed = dict(self._typed(its_list.columns, answered)) if its_list else {}
            if _is_another_student(self._rows[place], typed):
                strangers.append(place[1])
            else:
                cells[place] = typed
        self._warn(strangers, "考生号、证件号和姓名都与原表不同，像是别的学生，没有读取。")
        mending = self._mending.type_in(cells)
        left = sum(row.place not in found for row in open_rows_of(self._mending))
        if left:
            self._warnings.append(f"还有{left}行有问题的，这个文件里没有，保持原样。")
        changed = _changed(self._mending.mends.typed, mending.mends.typed)
        return ReadBack(mending, len(cells), changed, tuple(self._warnings))

    def _places(self) -> dict[Place, AnswerRow]:
        """Return the answer's rows by the rows of the list that they belong to."""
        found: dict[Place, AnswerRow] = {}
        twice: set[Place] = set()
        unnumbered = 0
        unknown: list[int] = []
        for row in self._answer.rows:
            if not row.number.isdigit():
                unnumbered += 1
                continue
            place = self._sheet(row.sheet), int(row.number)
            if place not in self._rows:
                unknown.append(place[1])
            elif place in found:
                twice.add(place)
            else:
                found[place] = row
        if unnumbered:
            self._warnings.append(f"有{unnumbered}行没有“原表行号”，对不上原名单，没有读取。")
        self._warn(unknown, "不在有问题的行里，没有读取。")
        self._warn(
            [row for _, row in twice], "的原表行号出现了两次，不知道哪一行是对的，没有读取。"
        )
        return {place: row for place, row in found.items() if place not in twice}

    def _sheet(self, name: str) -> str:
        """Return the list's sheet; where there is only one, whatever it is called now."""
        return self._sheets[0] if len(self._sheets) == 1 else name

    def _typed(self, columns: ListColumns, answered: AnswerRow) -> Iterator[tuple[str, str]]:
        """Yield what an answer's row says of the fields whose columns it still has."""
        keys = _keys(_titles(columns))
        for field, column in columns.places.items():
            if (text := answered.cells.get(keys[column])) is not None:
                yield field, text

    def _warn(self, rows: Sequence[int], what: str) -> None:
        if rows:
            named = "、".join(str(row) for row in sorted(rows)[:_NAMED])
            more = f"等{len(rows)}行" if len(rows) > _NAMED else "行"
            self._warnings.append(f"第{named}{more}{what}")


def _free_name(folder: Path, stem: str) -> Path:
    """Return a name that no file of the folder has: one that came back may lie there."""
    names = (safe_name(f"{stem}{more}.xlsx") for more in chain([""], (f"({n})" for n in count(2))))
    return next(path for name in names if not (path := folder / name).exists())


def _changed(before: Cells, after: Cells) -> int:
    """Return in how many rows something else was typed."""
    return sum(before.get(place) != cells for place, cells in after.items())


def _is_another_student(row: MendRow, typed: Mapping[str, str]) -> bool:
    """Return whether nothing that tells who it is agrees, where both say it."""
    both = [
        row.cells[field] == typed[field]
        for field in _TELLS_WHO
        if row.cells.get(field) and typed.get(field)
    ]
    return len(both) > 1 and not any(both)


def _titles(columns: ListColumns) -> tuple[str, ...]:
    """Return all titles; a column without one is called by its place."""
    return tuple(
        title if title.strip() else untitled(place) for place, title in enumerate(columns.titles)
    )


def _keys(titles: Sequence[str]) -> list[tuple[str, int]]:
    """Return titles as answers go by them: plain, and which one of those that are alike."""
    plain = [plain_title(title) for title in titles]
    return [(title, plain[:place].count(title)) for place, title in enumerate(plain)]


def _raw_texts(source: Path, sha256: str) -> RawTexts:
    """Return what the list's file says; nothing where it does not lie there any more."""
    try:
        return raw_texts(source, sha256)
    except InterchangeError:
        return RawTexts()


def _problem_row(row: MendRow, its_list: ListSheet, raw: RawTexts) -> ProblemRow:
    """Return a row as the office gets it: what was mended already stands mended."""
    columns, header = its_list.columns, its_list.header_row
    by_column = {column: field for field, column in columns.places.items()}
    texts = [
        row.cells[by_column[column]]
        if column in by_column
        else raw.text(row.place, column, title, header)
        for column, title in enumerate(columns.titles)
    ]
    wrong: dict[int, tuple[bool, str]] = {}
    for one in row.open_problems:
        column = columns.places.get(one.field, -1)
        if one.problem.severity is not Severity.NOTE:
            was_error, why = wrong.get(column, (False, ""))
            is_error = was_error or one.problem.severity is Severity.ERROR
            wrong[column] = is_error, why + one.problem.message
    return ProblemRow(row.place[1], texts, wrong)
