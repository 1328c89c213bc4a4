"""Mending the problem rows of a list that was read: nothing is written, everything can be undone.

A list as it is mended is a frozen value; whatever a person does gives another one, which has been
checked again by the checks of reading. Rows that are fine are not touched.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from desktop.domain.import_problems import ImportProblem, ListFile, ListRow, ListsByPlace, Severity
from desktop.domain.mended_lists import Mended
from desktop.domain.mends import Cells, LetIn, Mends, Place, question_of
from desktop.domain.offices import OfficeKind
from desktop.domain.students import IDENTITY_FIELDS
from desktop.errors import RowNotAdmissible
from desktop.interchange.rechecking import Rechecking
from desktop.procedures.imports.import_kinds import require_readable, require_reader
from desktop.procedures.imports.mending_rows import (
    Counts,
    MendRow,
    RowProblem,
    Standing,
    field_title,
    problem_rows,
)
from desktop.procedures.imports.suggestions import (
    KnownNames,
    numbers_of,
)
from desktop.procedures.session import Session
from desktop.store import school
from desktop.store.students import find_by_number

_LOST_NAMES = frozenset({"name-placeholder", "name-character"})
_MOST_ASKED = 2_000


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
        return problem_rows(self.read, self.file, self.mends, self.known)

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
        return field_title(self.read.kind, field)

    @cached_property
    def mended(self) -> Mended:
        """The list as the next step takes it."""
        held, aside = _held_places(self), self.mends.set_aside
        lists = _Held(self.read, held)
        rows = tuple(
            row
            if row.held_back is (out := row.place in aside or row.place in held or row in lists)
            else row._replace(held_back=out)
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
        session: of an office that may read such a list in.
        file: as it was read.
        mends: what a draft has kept.

    Raises:
        NotAllowed: the office reads no lists in.
        ImportRefused: it may not read such a list in.
    """
    require_reader(session)
    require_readable(session.home.seat.office.kind, file.kind)
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
