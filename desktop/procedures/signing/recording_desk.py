"""What a secretary sees when a signed sheet lies on the desk: its rows, and what is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.authority import SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import ClassGroup, Round
from desktop.domain.sheets import Mark, Sheet
from desktop.domain.signing import SEAL
from desktop.domain.students import Identity
from desktop.errors import NotFound
from desktop.procedures.session import Session
from desktop.procedures.sheet_states import page_states
from desktop.store import registration, school
from desktop.store.registration import Addition, Correction, Texts
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, students_by_subject

__all__ = ["Addition", "Correction"]  # views show them, and know nothing of the store

SIGNERS = (*SIGN_OFFS, SEAL)
SIGNER_TITLES: Mapping[str, str] = {**SIGN_OFF_TITLES, SEAL: "院部印章"}


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One printed row of a sheet, and what was recorded about its student so far.

    Attributes:
        number: the 序号 as printed.
        page: the page on which the row stands.
        void: why the page no longer counts, "" while it does.
        student: the subject.
        identity: the data of today; what was printed may differ on a void page.
        mark: what was recorded, None for nothing yet.
        sheet: the sheet on which it was recorded: perhaps an earlier one.
        explanation: why unsigned, struck out or by proxy.
        proxy: who signed instead.
        disputed: whether two seats recorded different things.
        place: "given_up" or "kept" where that was reported, else "".
        corrections: what was proposed about the student in this round.
    """

    number: int
    page: int
    void: str
    student: str
    identity: Identity
    mark: Mark | None
    sheet: str
    explanation: str
    proxy: str
    disputed: bool
    place: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """A box at the foot of a sheet: who, when; empty while nothing was recorded."""

    who: str
    title: str
    name: str
    date: str
    required: bool


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """A printed sheet on the desk."""

    sheet: Sheet
    round: Round
    group: ClassGroup
    rows: tuple[DeskRow, ...]
    sign_offs: tuple[SignOff, ...]
    additions: tuple[Addition, ...]

    @property
    def recorded(self) -> int:
        """How many rows need nothing more: something was recorded, or the place is gone."""
        return sum(row.mark is not None or bool(row.place) for row in self.rows)

    @property
    def missing_sign_offs(self) -> tuple[SignOff, ...]:
        """The boxes that are required and lack a name or a date."""
        return tuple(box for box in self.sign_offs if box.required and not (box.name and box.date))


def sheets_of_class(session: Session, round_id: str, class_id: str) -> list[DeskSheet]:
    """Return the sheets that were printed for a class, the latest first.

    Raises:
        NotFound: this store does not know the round or the class.
        NotAllowed: only a college has sheets on its desk.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        sheets = registration.sheets_of_round(unit.connection, round_id, [class_id])
        desk = _Desk(unit, round_id, list(sheets.values()))
        found = [desk.lay(sheet) for sheet in sheets.values()]
    return sorted(found, key=lambda d: (d.sheet.printed_at, d.sheet.number), reverse=True)


def sheet_on_desk(session: Session, round_id: str, number: str) -> DeskSheet:
    """Return one sheet by the number below its QR code.

    Raises:
        NotFound: there is no such sheet in this round.
        NotAllowed: only a college has sheets on its desk.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        sheet = registration.sheets_of_round(unit.connection, round_id).get(number.strip())
        if sheet is None:
            raise NotFound(
                f"没有编号为 {number} 的签字表。", "请对照二维码下面的编号，并核对批次是否选对。"
            )
        return _Desk(unit, round_id, [sheet]).lay(sheet)


class _Desk:
    """What all sheets on the desk need to know, asked once."""

    def __init__(self, unit: UnitOfWork, round_id: str, sheets: list[Sheet]) -> None:
        connection = unit.connection
        self._round = school.round_by_id(connection, round_id)
        self._groups = {group.id: group for group in school.classes(connection)}
        self._states = page_states(unit, sheets)
        self._marks = registration.texts_of_round(connection, "signature", round_id)
        self._places = registration.texts_of_round(connection, "place_report", round_id)
        self._sign_offs = registration.texts_of_round(connection, "sign_off", round_id)
        self._additions = registration.additions(connection, round_id)
        self._corrections: dict[str, list[Correction]] = {}
        for correction in registration.corrections(connection, round_id):
            self._corrections.setdefault(correction.student, []).append(correction)
        printed = {row.student for sheet in sheets for row in sheet.rows}
        self._students = students_by_subject(connection, printed)

    def lay(self, sheet: Sheet) -> DeskSheet:
        """Return a sheet with all that is recorded about it."""
        if (group := self._groups.get(sheet.class_id)) is None:
            raise NotFound("没有这个班级。", "请先收取教务处学籍科下发的名单。")
        return DeskSheet(
            sheet=sheet,
            round=self._round,
            group=group,
            rows=tuple(
                self._row(sheet, printed.number, printed.page, printed.student)
                for printed in sheet.rows
            ),
            sign_offs=self._boxes(sheet.number),
            additions=tuple(a for a in self._additions if a.sheet == sheet.number),
        )

    def _row(self, sheet: Sheet, number: int, page: int, student: str) -> DeskRow:
        texts = self._marks.get(student, _NOTHING)
        known: Student | None = self._students.get(student)
        mark = texts.get("mark", "")
        return DeskRow(
            number=number,
            page=page,
            void=self._states[sheet.number, page].void,
            student=student,
            identity=known.identity if known else Identity(),
            mark=Mark(mark) if mark else None,
            sheet=texts.get("sheet", ""),
            explanation=texts.get("explanation", ""),
            proxy=texts.get("proxy", ""),
            disputed=bool(texts.get("conflicts")),
            place=self._places.get(student, _NOTHING).get("kind", ""),
            corrections=tuple(self._corrections.get(student, ())),
        )

    def _boxes(self, number: str) -> tuple[SignOff, ...]:
        texts = self._sign_offs.get(f"sheet:{number}", _NOTHING)
        return tuple(
            SignOff(
                who=who,
                title=SIGNER_TITLES[who],
                name=texts.get(who, ""),
                date=texts.get(f"{who}_date", ""),
                required=who == SEAL or who in self._round.required_sign_offs,
            )
            for who in SIGNERS
        )


_NOTHING: Texts = {}
