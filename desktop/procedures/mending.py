"""Mending the problem rows of a list that was read: nothing is written, everything can be undone.

A list as it is mended is a frozen value; whatever a person does gives another one, which has been
checked again by the checks of reading. Rows that are fine are not touched.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from desktop.domain.import_problems import ImportProblem, ListFile, ListRow, ListsByPlace, Severity
from desktop.domain.mended_lists import Mended
from desktop.domain.mends import Cells, LetIn, Mends, Place, question_of
from desktop.domain.offices import OfficeKind
from desktop.domain.students import IDENTITY_FIELDS
from desktop.errors import RowNotAdmissible
from desktop.interchange.rechecking import Rechecking
from desktop.interchange.tables import list_kinds
from desktop.procedures.session import Session
from desktop.procedures.suggestions import (
    SIMILAR,
    KnownNames,
    Suggesting,
    Suggestion,
    numbers_of,
)
from desktop.store import school
from desktop.store.students import find_by_number

_LOST_NAMES = frozenset({"name-placeholder", "name-character"})
_MOST_ASKED = 2_000


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


@dataclass(frozen=True)
class Mending:
    """A list while it is mended.

    Attributes:
        read: as it was read.
        known: what the store knows.
        mends: everything that was done so far.
        file: as it is now, checked again.
        before: what ``undo`` goes back to, the latest last.
        after: what ``redo`` goes on to, the next last.
    """

    read: ListFile
    known: KnownNames
    mends: Mends
    file: ListFile
    checker: Rechecking
    before: tuple[Mends, ...] = ()
    after: tuple[Mends, ...] = ()

    @cached_property
    def rows(self) -> tuple[MendRow, ...]:
        """The rows that have a problem, or had one, in the order of the file."""
        return tuple(_Rows(self).all())

    @cached_property
    def counts(self) -> Counts:
        """How the rows stand."""
        standing = defaultdict[Standing, int](int)
        for row in self.rows:
            if row.is_student:
                standing[row.standing] += 1
        return Counts(
            rows=len(self.file.rows),
            fine=sum(not row.held_back for row in self.mended.file.rows),
            errors=standing[Standing.ERROR],
            questions=standing[Standing.QUESTION],
            mended=standing[Standing.MENDED],
            let_in=standing[Standing.LET_IN],
            set_aside=standing[Standing.SET_ASIDE],
        )

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that any sheet has, in the order of the first that has them."""
        return tuple(dict.fromkeys(f for sheet in self.read.sheets for f in sheet.columns.places))

    def title(self, field: str) -> str:
        """Return what a field is called."""
        return list_kinds()[self.read.kind].fields[field].title

    @cached_property
    def mended(self) -> Mended:
        """The list as the next step takes it."""
        held, aside = _held_places(self), self.mends.set_aside
        lists = _Held(self.read, held)
        rows = tuple(
            row
            if row.held_back is (out := row.place in aside or row.place in held or row in lists)
            else replace(row, held_back=out)
            for row in self.file.rows
        )
        let_in = {place: one.reason for place, one in self.mends.let_in.items()}
        return Mended(replace(self.file, rows=rows), let_in, self.mends.set_aside)

    def type_in(self, cells: Cells) -> "Mending":
        """Return the list with typed cells, checked again; what is the same changes nothing."""
        now = {row.place: row.cells for row in self.rows}
        now |= {row.place: row.values for row in self.file.rows if row.place not in now}
        new: dict[Place, dict[str, str]] = {}
        for place, typed in cells.items():
            for field, text in typed.items():
                if field in now.get(place, {}) and now[place][field] != text:
                    new.setdefault(place, {})[field] = text
        return self._done(self.mends.with_typed(new)) if new else self

    def take(self, wanted: Iterable[RowProblem]) -> "Mending":
        """Return the list with the suggestions for these problems taken."""
        cells: dict[Place, dict[str, str]] = {}
        left_out: set[Place] = set()
        for one in wanted:
            place = one.problem.sheet, one.problem.row
            if one.suggestion and one.suggestion.leave_out:
                left_out.add(place)
            elif one.suggestion:
                cells.setdefault(place, {})[one.suggestion.field] = one.suggestion.value
        if not cells and not left_out:
            return self
        return self._done(self.mends.with_typed(cells).with_set_aside(left_out))

    def alike(self, wanted: RowProblem) -> tuple[RowProblem, ...]:
        """Return the open problems of the same kind and field that have a suggestion too."""
        return tuple(
            one
            for row in self.rows
            for one in row.problems
            if one.is_open
            and one.suggestion
            and (one.problem.code, one.field) == (wanted.problem.code, wanted.field)
        )

    def only_asked(self, code: str) -> tuple[Place, ...]:
        """Return the rows of which nothing is open but questions of one kind."""
        return tuple(
            row.place
            for row in self.rows
            if row.standing is Standing.QUESTION
            and all(one.problem.code == code for one in row.open_problems)
        )

    def let_in(self, places: Collection[Place], reason: str) -> "Mending":
        """Return the list with rows let in, each with the questions that it has now.

        Raises:
            RowNotAdmissible: no reason is given, or a row has an error or no question.
        """
        reason = reason.strip()
        if not reason:
            raise RowNotAdmissible(
                "收入有疑问的行要写明原因。", "请填写原因，例如“已与本人核对”，再收入。"
            )
        rows = {row.place: row for row in self.rows}
        let_in: dict[Place, LetIn] = {}
        for place in places:
            row = rows.get(place)
            if row is None or row.standing is not Standing.QUESTION:
                raise RowNotAdmissible(
                    f"第{place[1]}行不能按原样收入，它有错误还没有改正，或者没有疑问。",
                    "请先改正有错误的栏，再办理这一行。",
                )
            asked = frozenset(
                question_of(one.problem)
                for one in row.open_problems
                if one.problem.severity is Severity.QUESTION
            )
            let_in[place] = LetIn(reason, asked)
        return self._done(self.mends.with_let_in(let_in)) if let_in else self

    def set_aside(self, places: Collection[Place]) -> "Mending":
        """Return the list with rows left out: they are told at the end, and do not come in."""
        return self._done(self.mends.with_set_aside(places))

    def ask_again(self, places: Collection[Place]) -> "Mending":
        """Return the list with rows neither let in nor left out; what was typed stays."""
        return self._done(self.mends.with_asked_again(places))

    def as_in_file(self, places: Collection[Place]) -> "Mending":
        """Return the list with rows as they stand in the file."""
        return self._done(self.mends.without_typed(places).with_asked_again(places))

    def undo(self) -> "Mending":
        """Return the list as it was before the last mend."""
        if not self.before:
            return self
        *before, mends = self.before
        return self._at(mends, tuple(before), (*self.after, self.mends))

    def redo(self) -> "Mending":
        """Return the list with the mend that was undone last."""
        if not self.after:
            return self
        *after, mends = self.after
        return self._at(mends, (*self.before, self.mends), tuple(after))

    def _done(self, mends: Mends) -> "Mending":
        if mends == self.mends:
            return self
        return self._at(mends, (*self.before, self.mends), ())

    def _at(self, mends: Mends, before: tuple[Mends, ...], after: tuple[Mends, ...]) -> "Mending":
        same = (mends.typed, mends.set_aside) == (self.mends.typed, self.mends.set_aside)
        file = self.file if same else self.checker.with_typed(mends.typed, mends.set_aside)
        return replace(self, mends=mends, file=file, before=before, after=after)


def begin_mending(session: Session, file: ListFile, mends: Mends | None = None) -> Mending:
    """Return a list that was read as it is mended, with what was done to it before.

    Args:
        session: of the registrar.
        file: as it was read.
        mends: what a draft has kept.

    Raises:
        NotAllowed: lists are brought in by the registrar.
    """
    session.require(OfficeKind.REGISTRAR)
    return mending_of(file, known_names(session, file), mends)


def mending_of(file: ListFile, known: KnownNames, mends: Mends | None = None) -> Mending:
    """Return a list as it is mended, when it is known what the store knows."""
    checker, mends = Rechecking(file), mends or Mends()
    now = checker.with_typed(mends.typed, mends.set_aside) if mends.rows else file
    return Mending(file, known, mends, now, checker)


def known_names(session: Session, file: ListFile) -> KnownNames:
    """Return what the store knows that could mend a list."""
    lost = {(p.sheet, p.row) for p in file.problems if p.code in _LOST_NAMES}
    rows = [row for row in file.rows if row.place in lost][:_MOST_ASKED]
    with session.unit_of_work() as unit:
        classes = defaultdict[str, list[str]](list)
        for group in school.classes(unit.connection):
            classes[group.college_name].append(group.name)
        students = find_by_number(unit.connection, numbers_of(rows)) if rows else []
        offices = school.offices(unit.connection)
    return KnownNames(
        colleges=tuple(one.name for one in offices if one.kind is OfficeKind.COLLEGE),
        classes={college: tuple(names) for college, names in classes.items()},
        names={
            (key, number): student.identity.name
            for student in students
            for key in IDENTITY_FIELDS
            if key.endswith("_number") and (number := getattr(student.identity, key))
        },
    )


class _Rows:
    """Puts together the rows that have, or had, a problem."""

    def __init__(self, mending: Mending) -> None:
        self._mending = mending
        self._suggesting = Suggesting(mending.file, mending.known)
        self._problems: dict[Place, list[ImportProblem]] = defaultdict(list)
        for problem in mending.file.problems:
            if problem.severity is not Severity.NOTE:
                self._problems[problem.sheet, problem.row].append(problem)
        had = (
            (one.sheet, one.row)
            for one in mending.read.problems
            if one.severity is not Severity.NOTE
        )
        self._wanted = {*had, *self._problems, *mending.mends.rows}
        self._hints: dict[Place, list[RowProblem]] = defaultdict(list)
        for row, field, suggestion in self._suggesting.similar_names():
            self._hints[row.place].append(self._hint(row, field, suggestion))

    def all(self) -> Iterator[MendRow]:
        """Yield the rows in the order of the file, what is no student's first."""
        places = {row.place for row in self._mending.file.rows}
        for place in sorted(self._wanted - places):
            yield self._row(place, None)
        wanted = self._wanted | set(self._hints)
        for row in self._mending.file.rows:
            if row.place in wanted:
                yield self._row(row.place, row)

    def _hint(self, row: ListRow, field: str, suggestion: Suggestion) -> RowProblem:
        title, value = self._mending.title(field), row.values[field]
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
        mends = self._mending.mends
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


def _held_places(mending: Mending) -> set[Place]:
    """Return the rows and headers with an error or a question that nobody has answered."""
    return {
        (one.sheet, one.row)
        for one in mending.file.problems
        if one.severity is not Severity.NOTE and not _is_answered(mending.mends, one)
    }


def _is_answered(mends: Mends, problem: ImportProblem) -> bool:
    """Return whether a person has let the row in with this very question; never for an error."""
    kept = mends.let_in.get((problem.sheet, problem.row))
    return (
        kept is not None
        and problem.severity is Severity.QUESTION
        and question_of(problem) in kept.questions
    )


class _Held:
    """The lists of a file about whose header something is open: none of their rows comes in."""

    def __init__(self, file: ListFile, held: Collection[Place]) -> None:
        self._headers = {one.header for one in file.sheets if one.header in held}
        self._lists = ListsByPlace(file.sheets)

    def __contains__(self, row: ListRow) -> bool:
        if not self._headers:
            return False
        its_list = self._lists.at(row.place)
        return its_list is not None and its_list.header in self._headers
