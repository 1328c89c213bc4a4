"""The rows of a list that have, or had, a problem: how they stand, and what could be done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.import_problems import ImportProblem, ListFile, ListRow, Severity
from desktop.domain.mends import Mends, Place, question_of
from desktop.interchange.tables import list_kinds
from desktop.procedures.imports.suggestions import SIMILAR, KnownNames, Suggesting, Suggestion


class Standing(StrEnum):
    """How a row stands."""

    ERROR = "error"  # an error is open: it can not come in
    QUESTION = "question"  # only questions are open: a person decides
    HINT = "hint"  # it comes in; there is something to look at
    MENDED = "mended"  # nothing is open any more
    LET_IN = "let_in"  # a person has let it in with its questions
    SET_ASIDE = "set_aside"  # a person has left it out


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem of a row: the field that it names ("" for the row), and what could be done."""

    problem: ImportProblem
    field: str
    suggestion: Suggestion | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class MendRow:
    """A row that has, or had, a problem.

    ``cells`` are what a person sees: the value, or what stands in the file where there is none.
    ``values`` is empty for the header of a sheet, and for a sheet that was not read.
    """

    place: Place
    values: Mapping[str, str]
    cells: Mapping[str, str]
    typed: frozenset[str]
    problems: tuple[RowProblem, ...]
    standing: Standing
    reason: str = ""

    @property
    def is_student(self) -> bool:
        """Whether it is a row of a student."""
        return bool(self.values)

    @property
    def open_problems(self) -> tuple[RowProblem, ...]:
        """What is still to be mended or decided."""
        return tuple(one for one in self.problems if one.is_open)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are, and how they stand."""

    rows: int
    fine: int  # come in, mended, let in or never asked about
    errors: int
    questions: int
    mended: int
    let_in: int
    set_aside: int

    @property
    def waiting(self) -> int:
        """How many rows stay out as it is now, though nobody has decided so."""
        return self.rows - self.fine - self.set_aside


def problem_rows(
    read: ListFile, now: ListFile, mends: Mends, known: KnownNames
) -> tuple[MendRow, ...]:
    """Return the rows that have a problem, or had one, in the order of the file.

    Args:
        read: the list as it was read.
        now: the list with what was typed, checked again.
        mends: what was done to it.
        known: what the store knows.
    """
    return tuple(_Rows(read, now, mends, known).all())


def field_title(kind: str, field: str) -> str:
    """Return what a field of a kind of list is called."""
    return list_kinds()[kind].fields[field].title


class _Rows:
    """Puts together the rows that have, or had, a problem."""

    def __init__(self, read: ListFile, now: ListFile, mends: Mends, known: KnownNames) -> None:
        self._now, self._mends = now, mends
        self._suggesting = Suggesting(now, known)
        self._problems: dict[Place, list[ImportProblem]] = defaultdict(list)
        for problem in now.problems:
            if problem.severity is not Severity.NOTE:
                self._problems[problem.sheet, problem.row].append(problem)
        had = ((one.sheet, one.row) for one in read.problems if one.severity is not Severity.NOTE)
        self._wanted = {*had, *self._problems, *mends.rows}
        self._hints: dict[Place, list[RowProblem]] = defaultdict(list)
        for row, field, suggestion in self._suggesting.similar_names():
            self._hints[row.place].append(self._hint(row, field, suggestion))

    def all(self) -> Iterator[MendRow]:
        """Yield the rows in the order of the file, what is no student's first."""
        places = {row.place for row in self._now.rows}
        for place in sorted(self._wanted - places):
            yield self._row(place, None)
        wanted = self._wanted | set(self._hints)
        for row in self._now.rows:
            if row.place in wanted:
                yield self._row(row.place, row)

    def _hint(self, row: ListRow, field: str, suggestion: Suggestion) -> RowProblem:
        title, value = field_title(self._now.kind, field), row.values[field]
        problem = ImportProblem(
            *row.place,
            title,
            value,
            SIMILAR,
            Severity.NOTE,
            f"{title}“{value}”本机没有，和“{suggestion.value}”相近，请确认是不是写法不同。",
        )
        return RowProblem(problem, field, suggestion, is_open=True)

    def _row(self, place: Place, row: ListRow | None) -> MendRow:
        mends = self._mends
        kept = mends.let_in.get(place)
        answered = kept.questions if kept else frozenset()
        aside = place in mends.set_aside
        problems = [
            RowProblem(
                one,
                self._suggesting.field_of(one),
                self._suggesting.suggest(one, row) if row else None,
                not aside and question_of(one) not in answered,
            )
            for one in self._problems.get(place, ())
        ]
        standing = _standing(problems, self._hints.get(place, ()), let_in=bool(kept), aside=aside)
        problems += [] if aside else self._hints.get(place, ())
        values = row.values if row else {}
        raw = {one.field: one.problem.value for one in problems if not values.get(one.field)}
        return MendRow(
            place,
            values,
            {field: values[field] or raw.get(field, "") for field in values},
            frozenset(mends.typed.get(place, ())),
            tuple(problems),
            standing,
            kept.reason if kept else "",
        )


def _standing(
    problems: Iterable[RowProblem], hints: Collection[RowProblem], *, let_in: bool, aside: bool
) -> Standing:
    if aside:
        return Standing.SET_ASIDE
    open_ones = {one.problem.severity for one in problems if one.is_open}
    if Severity.ERROR in open_ones:
        return Standing.ERROR
    if open_ones:
        return Standing.QUESTION
    if let_in:
        return Standing.LET_IN
    return Standing.HINT if hints else Standing.MENDED
