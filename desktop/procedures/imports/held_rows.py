"""Rows of rosters that were held back, until somebody has decided about them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.documents import ImportRecord
from desktop.domain.import_problems import ImportProblem, RosterFile, RosterRow, Severity
from desktop.domain.imports import FATE_TITLES, Fate
from desktop.procedures.session import Session
from desktop.store import documents
from desktop.store.store import UnitOfWork
from desktop.store.students import listed_places, listed_students

OF_THE_SHEET = "header-ambiguous"
KIND_TITLES: Final[Mapping[str, str]] = {
    "required-missing": "缺少必填的内容",
    "id-digits-lost": "身份证号丢了数字",
    "id-length": "身份证号位数不对",
    "id-checksum": "身份证号校验码不对",
    "date-invalid": "日期不对",
    "duplicate-key": "同一个号码出现两次",
    "duplicate-in-store": "号码已属于别人",
    "formula-error": "公式出错",
    OF_THE_SHEET: "表头不清楚",
    "id-birth-mismatch": "出生日期与身份证号不一致",
    "id-sex-mismatch": "性别与身份证号不一致",
    "leading-zero-lost": "开头的零可能丢了",
    "study-dates": "学制与入学、毕业日期不一致",
    "code-unknown": "名称不在标准里",
    "name-placeholder": "姓名里有缺字",
    "name-character": "姓名里有不能识别的字",
    "width-exceeded": "内容太长",
    **{fate: FATE_TITLES[fate] for fate in (Fate.CLASH, Fate.NAME, Fate.OTHER, Fate.LIKELY)},
}
"""The kinds of errors and questions that hold a row back, errors first."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row that was held back: from which file, and what is wrong with it.

    ``source`` is the SHA-256 of the file, "" for a row that was typed by hand.
    """

    source: str
    file_name: str
    row: RosterRow
    problems: tuple[ImportProblem, ...]

    @property
    def place(self) -> str:
        """Where it stands in the file, as people say it."""
        return self.row.place

    @property
    def kinds(self) -> tuple[str, ...]:
        """What holds it back, each kind once; a row of a sheet without a clear header has one."""
        codes = dict.fromkeys(p.code for p in self.problems if p.severity != Severity.NOTE)
        return tuple(codes) or (OF_THE_SHEET,)

    @property
    def only_asks(self) -> bool:
        """Whether nothing but a question of one kind about the row itself holds it back."""
        severities = {p.severity for p in self.problems} - {Severity.NOTE}
        return severities == {Severity.QUESTION} and len(self.kinds) == 1

    @property
    def can_stay(self) -> bool:
        """Whether it could come in as it stands: nothing is wrong in it, and nothing is lacking.

        It needs a name, a college, a class and a number. An error is to be mended.
        """
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            return False
        identity = self.row.identity
        number = identity.exam_number or identity.id_number or identity.student_number
        return bool(identity.name and self.row.college and self.row.class_name and number)


@dataclass(frozen=True, slots=True)
class RosterDesk:
    """The roster of a round: how many stand on it, and the rows about which nobody has decided."""

    students: int
    held: tuple[HeldRow, ...]


def of_kind(held: Iterable[HeldRow], kind: str) -> tuple[HeldRow, ...]:
    """Return the rows that a kind of problem holds back, alone or with others."""
    return tuple(one for one in held if kind in one.kinds)


def admissible_at_once(held: Iterable[HeldRow], kind: str) -> tuple[HeldRow, ...]:
    """Return the rows that one answer to a kind of question lets in: no error, no other question.

    Whoever answers one question has not looked at another, and an error is to be mended.
    """
    return tuple(one for one in of_kind(held, kind) if one.only_asks and one.can_stay)


def roster_desk(session: Session, round_id: str) -> RosterDesk:
    """Return how the roster of a round stands."""
    with session.unit_of_work() as unit:
        students = len(listed_places(unit.connection, round_id))
        return RosterDesk(students, tuple(_left_open(unit, round_id)))


def held_rows(session: Session, round_id: str) -> list[HeldRow]:
    """Return the rows that were held back and that nobody has let in or made good since.

    Not one student too few: a row stays on this list until it was admitted, or until a student
    with its 考生号 and name is on the roster.
    """
    with session.unit_of_work() as unit:
        return _left_open(unit, round_id)


def open_rows(session: Session, round_id: str) -> list[RosterRow]:
    """Return what ``held_rows`` returns, the rows alone."""
    return [held.row for held in held_rows(session, round_id)]


def rows_left_open(unit: UnitOfWork, round_id: str) -> list[RosterRow]:
    """Return what ``open_rows`` returns, within a transaction."""
    return [held.row for held in _left_open(unit, round_id)]


def held_rows_of(
    file: RosterFile, held_back: tuple[RosterRow, ...], problems: tuple[ImportProblem, ...]
) -> tuple[HeldRow, ...]:
    """Return the rows of a file that are, or would be, held back, each with its problems."""
    return tuple(
        HeldRow(file.sha256, file.file_name, row, _problems_of(row, problems)) for row in held_back
    )


def held_rows_of_file(
    unit: UnitOfWork, round_id: str, source: str
) -> dict[tuple[str, int], HeldRow]:
    """Return the rows of one file that were held back, decided about or not, within a transaction.

    Rows that were typed by hand are of no file (""): there are none.
    """
    records = documents.imports(unit.connection, round_id) if source else ()
    found = _held_back(record for record in records if record.sha256 == source)
    return {(sheet, row): held for (_, sheet, row), held in found.items()}


def _left_open(unit: UnitOfWork, round_id: str) -> list[HeldRow]:
    records = documents.imports(unit.connection, round_id)
    listed = {
        (student.identity.exam_number, student.identity.name)
        for student in listed_students(unit.connection, round_id)
    }
    admitted = _admitted(records)
    return [
        held
        for place, held in _held_back(records).items()
        if place not in admitted
        and (held.row.identity.exam_number, held.row.identity.name) not in listed
    ]


def _held_back(records: Iterable[ImportRecord]) -> dict[tuple[str, str, int], HeldRow]:
    """Return the rows that were held back, as they were the last time, by file, sheet and row."""
    found: dict[tuple[str, str, int], HeldRow] = {}
    for record in records:
        problems = tuple(map(_problem, json.loads(record.problems)))
        for kept in json.loads(record.rows_held_back):
            row = RosterRow.from_kept(kept)
            found[record.sha256, row.sheet, row.row] = HeldRow(
                record.sha256, record.file_name, row, _problems_of(row, problems)
            )
    return found


def _admitted(records: Iterable[ImportRecord]) -> set[tuple[str, str, int]]:
    return {
        (record.sha256, sheet, row)
        for record in records
        for sheet, row in json.loads(record.rows_admitted)
    }


def _problem(kept: Mapping[str, Any]) -> ImportProblem:
    """Return a problem from what JSON has kept, where the severity is but a text."""
    return ImportProblem(**{**kept, "severity": Severity(kept["severity"])})


def _problems_of(row: RosterRow, problems: tuple[ImportProblem, ...]) -> tuple[ImportProblem, ...]:
    return tuple(one for one in problems if (one.sheet, one.row) == (row.sheet, row.row))
