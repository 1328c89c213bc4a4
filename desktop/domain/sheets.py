"""Signature sheets: their numbers, their digests, and when a page no longer counts (design §6)."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.papers import SheetRow
from desktop.domain.statements import canonical_json

SCAN_PREFIX = "JICE"
"""With what the text of a page's QR code begins."""

_DIGEST_LENGTH = 12
_ALPHABET = 97


class Mark(StrEnum):
    """What a sheet says about one student when it comes back."""

    SIGNED = "signed"
    BY_PROXY = "by_proxy"
    UNSIGNED = "unsigned"
    STRUCK_OUT = "struck_out"


MARK_TITLES = {
    Mark.SIGNED: "本人签字",
    Mark.BY_PROXY: "代签",
    Mark.UNSIGNED: "未签",
    Mark.STRUCK_OUT: "划去",
}

# What a correction of the sheet can be about: the columns that are printed on it.
PRINTED_FIELDS = ("student_number", "name", "sex", "id_number")


class PrintedRow(NamedTuple):
    """One row of a printed sheet as the journal keeps it: where it stood, and its digest."""

    page: int
    number: int
    student: str
    digest: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed sheet: of a whole class, or of those of its students whose rows count nowhere.

    Its pages are numbered 1 to ``page_count``, and the last carries the sign-off boxes.
    """

    number: str
    round: str
    class_id: str
    page_count: int
    digest: str
    rows: tuple[PrintedRow, ...]
    printed_at: str

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages that this sheet holds."""
        return tuple(sorted({row.page for row in self.rows}))

    def page_of(self, student: str) -> int | None:
        """Return the page on which a student stands, None when on none."""
        return next((row.page for row in self.rows if row.student == student), None)


@dataclass(frozen=True, slots=True)
class NotedCorrection:
    """A correction that was written on a sheet by hand and that the registrar accepted."""

    student: str
    sheet: str
    field: str
    old: str
    new: str


NotedByRow = Mapping[tuple[str, str], Sequence[NotedCorrection]]
"""Noted corrections by student and sheet, each row's oldest first."""


def noted_by_row(corrections: Iterable[NotedCorrection]) -> NotedByRow:
    """Return corrections, given oldest first, by student and sheet."""
    found: dict[tuple[str, str], list[NotedCorrection]] = {}
    for noted in corrections:
        found.setdefault((noted.student, noted.sheet), []).append(noted)
    return found


def sheet_number(seat: str, serial: int) -> str:
    """Return the number of a seat's n-th sheet: ``012-00345-67``, the last two check digits.

    The seat's number is part of it, so no two seats of the school print the same one.
    """
    body = f"{seat}{serial:05d}"
    return f"{seat}-{serial:05d}-{int(body) * 100 % _ALPHABET:02d}"


def sheet_number_valid(number: str) -> bool:
    """Tell whether a number typed from paper can be a sheet's number."""
    parts = number.split("-")
    if len(parts) != len(("seat", "serial", "check")) or not all(
        part.isascii() and part.isdecimal() for part in parts
    ):
        return False
    return sheet_number(parts[0], int(parts[1])) == number


class ScannedPage(NamedTuple):
    """What a page's QR code says; ``page`` is 0 where only a number was typed."""

    number: str
    page: int = 0
    digest: str = ""

    def fits(self, sheet: "Sheet") -> bool:
        """Tell whether a scanned page is the one that a sheet has under its number."""
        rows = [row for row in sheet.rows if row.page == self.page]
        return not self.page or page_digest(rows)[: len(self.digest)] == self.digest


def read_scan(text: str) -> ScannedPage:
    """Return what was scanned from a page's QR code, or a sheet's number as it was typed.

    A scanner types like a keyboard, and an input method may widen or drop what it types.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    prefix, _, rest = plain.partition("/")
    parts = rest.split("/")
    if prefix.upper() == SCAN_PREFIX and len(parts) == len(("number", "page", "digest")):
        number, page, digest = parts
        if page.isascii() and page.isdecimal() and digest:
            return ScannedPage(number, int(page), digest.lower())
    return ScannedPage(plain.replace(" ", ""))


def row_digest(class_id: str, row: SheetRow) -> str:
    """Return the digest of what a row says about its student (not of its place in the list)."""
    content = [class_id, row.student, row.student_number, row.name, row.sex, row.id_number]
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()[:_DIGEST_LENGTH]


def page_digest(rows: Sequence[PrintedRow]) -> str:
    """Return the digest that is printed on a page: of exactly its rows, in order."""
    content = [[row.number, row.digest] for row in rows]
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()[:_DIGEST_LENGTH]


def void_rows(
    sheet: Sheet,
    current: Mapping[str, tuple[str, SheetRow]],
    struck_out: frozenset[str],
    corrections: NotedByRow,
) -> tuple[PrintedRow, ...]:
    """Return the printed rows that no longer say what the school's data say.

    A row is still good when its student was struck out on this very sheet, or when the only
    differences are corrections that were written on this very sheet and accepted: then the paper
    already says what is true now.

    Args:
        sheet: the sheet as printed.
        current: each student's class and row as they would be printed now.
        struck_out: the students struck out on this sheet.
        corrections: accepted corrections, of any sheet; see :func:`noted_by_row`.
    """
    void = []
    for printed in sheet.rows:
        if printed.student in struck_out:
            continue
        if (now := current.get(printed.student)) is None:
            void.append(printed)
            continue
        class_id, row = now
        # the newest first: of two corrections of one field, it is the second that holds now
        for noted in reversed(corrections.get((printed.student, sheet.number), ())):
            row = _undo(row, noted)
        if row_digest(class_id, row) != printed.digest:
            void.append(printed)
    return tuple(void)


def _undo(row: SheetRow, noted: NotedCorrection) -> SheetRow:
    """Return the row as it stood before a correction, where it holds the corrected value."""
    if noted.field in PRINTED_FIELDS and getattr(row, noted.field) == noted.new:
        changed: dict[str, str] = {noted.field: noted.old}
        return replace(row, **changed)  # type: ignore[arg-type]  # the fields are texts
    return row


def rows_to_text(rows: Sequence[PrintedRow]) -> str:
    """Return printed rows as the one text that a statement carries."""
    return canonical_json([[r.page, r.number, r.student, r.digest] for r in rows])


def rows_from_text(text: str) -> tuple[PrintedRow, ...]:
    """Return the printed rows of a statement's text.

    Raises:
        ValueError: the text does not hold rows.
    """
    try:
        return tuple(
            PrintedRow(int(page), int(number), str(student), str(digest))
            for page, number, student, digest in json.loads(text)
        )
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error
