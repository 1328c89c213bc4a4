"""What a person has done to the rows of a list: typed, let in, set aside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.import_problems import ImportProblem

Place = tuple[str, int]
"""A row: its sheet, and its number there as people count it."""
Cells = Mapping[Place, Mapping[str, str]]
"""What was typed: by row, by field."""
Question = tuple[str, str, str]
"""What was asked: the column, the code of the problem, the value."""


@dataclass(frozen=True, slots=True)
class LetIn:
    """Why a row was let in, and with which questions: another one asks anew."""

    reason: str
    questions: frozenset[Question]


def question_of(problem: ImportProblem) -> Question:
    """Return what a problem asks."""
    return problem.column, problem.code, problem.value


@dataclass(frozen=True, slots=True)
class Mends:
    """Everything that a person has done to the rows of a list; nothing at first."""

    typed: Cells = field(default_factory=dict)
    let_in: Mapping[Place, LetIn] = field(default_factory=dict)
    set_aside: frozenset[Place] = frozenset()

    @property
    def rows(self) -> frozenset[Place]:
        """The rows to which anything was done."""
        return frozenset(self.typed) | frozenset(self.let_in) | self.set_aside

    def with_typed(self, cells: Cells) -> "Mends":
        """Return the mends with more typed cells."""
        more = {place: {**self.typed.get(place, {}), **new} for place, new in cells.items()}
        return replace(self, typed={**self.typed, **more})

    def with_let_in(self, let_in: Mapping[Place, LetIn]) -> "Mends":
        """Return the mends with more rows let in; a row that is let in is not set aside."""
        return replace(
            self, let_in={**self.let_in, **let_in}, set_aside=self.set_aside - frozenset(let_in)
        )

    def with_set_aside(self, places: Collection[Place]) -> "Mends":
        """Return the mends with more rows set aside."""
        return replace(self, set_aside=self.set_aside | frozenset(places))

    def with_asked_again(self, places: Collection[Place]) -> "Mends":
        """Return the mends with rows neither set aside nor let in; what was typed stays."""
        chosen = frozenset(places)
        return replace(
            self,
            let_in={place: one for place, one in self.let_in.items() if place not in chosen},
            set_aside=self.set_aside - chosen,
        )

    def without_typed(self, places: Collection[Place]) -> "Mends":
        """Return the mends with rows as they stand in the file."""
        chosen = frozenset(places)
        typed = {place: cells for place, cells in self.typed.items() if place not in chosen}
        return replace(self, typed=typed)
