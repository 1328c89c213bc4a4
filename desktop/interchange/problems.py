"""Collecting what is wrong with a file while it is read on."""

from dataclasses import dataclass, field

from desktop.domain.import_problems import ImportProblem, Severity

_ERRORS = (
    "file-unreadable",
    "file-encrypted",
    "wrong-kind",
    "header-missing",
    "required-missing",
    "id-digits-lost",
    "id-length",
    "id-checksum",
    "date-invalid",
    "duplicate-key",
    "formula-error",
)
_QUESTIONS = (
    "header-ambiguous",
    "id-birth-mismatch",
    "id-sex-mismatch",
    "leading-zero-lost",
    "study-dates",
    "code-unknown",
    "name-placeholder",
    "name-character",
    "width-exceeded",
)
_NOTES = (
    "file-type-mismatch",
    "total-row",
    "note-row",
    "blank-row",
    "name-mapped",
    "name-separator",
    "name-space",
    "normalised",
    "gbk-unencodable",
)

SEVERITIES: dict[str, Severity] = {
    **dict.fromkeys(_ERRORS, Severity.ERROR),
    **dict.fromkeys(_QUESTIONS, Severity.QUESTION),
    **dict.fromkeys(_NOTES, Severity.NOTE),
}


@dataclass(slots=True)
class ProblemList:
    """The problems found so far, and which rows and parts of sheets they hold back."""

    problems: list[ImportProblem] = field(default_factory=list)
    held_rows: set[tuple[str, int]] = field(default_factory=set)
    held_parts: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, place: tuple[str, int], column: str, value: str, code: str, message: str) -> None:
        """Add a problem of a row or a cell; ``place`` is the sheet and the row's number."""
        severity = SEVERITIES[code]
        sheet, row = place
        self.problems.append(ImportProblem(sheet, row, column, value, code, severity, message))
        if severity is not Severity.NOTE:
            self.held_rows.add(place)

    def add_header(
        self,
        place: tuple[str, int],
        last: int,
        column: str,
        value: str,
        code: str,
        message: str,
    ) -> None:
        """Add a problem of a header: it holds back every row of its list, to the ``last``."""
        self.add(place, column, value, code, message)
        if SEVERITIES[code] is not Severity.NOTE:
            self.held_parts.append((*place, last))

    def holds_back(self, place: tuple[str, int]) -> bool:
        """Return whether the row has an error or a question, or its list's header has."""
        if place in self.held_rows or not self.held_parts:
            return place in self.held_rows
        sheet, row = place
        return any(name == sheet and first <= row <= last for name, first, last in self.held_parts)

    def in_order(self, sheets: list[str]) -> tuple[ImportProblem, ...]:
        """Return the problems by sheet, in the file's order, and by row.

        What is said of other tables, which are no lists, comes first.
        """
        rank = {name: index for index, name in enumerate(sheets)}

        def place(problem: ImportProblem) -> tuple[int, str, int]:
            known = rank.get(problem.sheet, -1)
            return known, problem.sheet if known < 0 else "", problem.row

        return tuple(sorted(self.problems, key=place))
