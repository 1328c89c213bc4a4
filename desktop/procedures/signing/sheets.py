"""Making signature sheets: who stands on which page, and who must sign again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from desktop.domain.authority import SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.documents import Document
from desktop.domain.offices import OfficeKind
from desktop.domain.pagination import paginate
from desktop.domain.papers import SheetPage, SheetRow, SignatureSheet
from desktop.domain.rounds import ClassGroup, Round
from desktop.domain.sheets import (
    PrintedRow,
    Sheet,
    page_digest,
    row_digest,
    rows_to_text,
    sheet_number,
)
from desktop.domain.statements import Key
from desktop.errors import DecisionStale, NotFound
from desktop.files import safe_name
from desktop.printing.signature_sheets import render_signature_sheets
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Progress, Session, no_progress
from desktop.procedures.sheet_states import page_states
from desktop.store import documents, registration, school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students, sheet_row

TITLE = "新生学籍注册核对签字表"
SUPPLEMENT_TITLE = f"{TITLE}（补充页）"


@dataclass(frozen=True, slots=True)
class MadeSheets:
    """Sheets, and the one PDF that prints them all; ``class_sizes`` is how large classes were."""

    sheets: tuple[Sheet, ...]
    document: Document
    pdf: bytes
    class_sizes: Mapping[str, int]


def make_sheets(
    session: Session,
    round_id: str,
    class_ids: Collection[str],
    *,
    only_needed: bool = False,
    progress: Progress = no_progress,
) -> MadeSheets:
    """Make the signature sheets of classes, one sheet each, in one PDF (细则 三(三)1).

    Args:
        session: of the classes' college.
        round_id: an open round.
        class_ids: the classes, in the order of printing.
        only_needed: true to print just the students whose row no valid page carries: after a
            change only these need to sign again. They get a sheet of their own, signed off and
            sealed like any other.
        progress: called for each class.

    Raises:
        NotFound: nobody needs to sign again; an unknown class.
        GlyphMissing: a name has a character that no font can print.
        NotAllowed, RoundNotOpen, Cancelled: nothing was made.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        made = _draw(session, unit, round_id, class_ids, only_needed, progress)
        _keep(session, unit, made)
        unit.commit()
    return made


def preview_sheets(
    session: Session,
    round_id: str,
    class_ids: Collection[str],
    *,
    only_needed: bool = False,
    progress: Progress = no_progress,
) -> MadeSheets:
    """Return exactly what ``make_sheets`` would make now, and make nothing.

    Raises:
        NotFound, GlyphMissing, NotAllowed, RoundNotOpen, Cancelled: as ``make_sheets``.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        return _draw(session, unit, round_id, class_ids, only_needed, progress)


def keep_sheets(session: Session, made: MadeSheets) -> MadeSheets:
    """Make what was previewed, to the letter.

    Raises:
        DecisionStale: data have changed since, or other sheets were made under its numbers.
        NotAllowed, RoundNotOpen: nothing was made.
    """
    session.require(OfficeKind.COLLEGE)
    with session.unit_of_work() as unit:
        round_ = require_open(unit, made.document.round)
        serial = documents.sheets_made_by(unit.connection, session.home.seat.id)
        numbers = [
            sheet_number(session.home.seat.id, serial + place)
            for place in range(1, len(made.sheets) + 1)
        ]
        states = page_states(unit, made.sheets)
        sizes = {
            class_id: len(listed_students(unit.connection, round_.id, [class_id]))
            for class_id in {sheet.class_id for sheet in made.sheets}
        }
        if (
            [sheet.number for sheet in made.sheets] != numbers
            or any(state.void for state in states.values())
            or any(made.class_sizes[class_id] != size for class_id, size in sizes.items())
        ):
            raise DecisionStale(
                "预览以后，学生的信息或名单有了变动，签字表没有生成。", "请返回上一步，重新预览。"
            )
        _keep(session, unit, made)
        unit.commit()
    return made


def _draw(
    session: Session,
    unit: UnitOfWork,
    round_id: str,
    class_ids: Collection[str],
    only_needed: bool,
    progress: Progress,
) -> MadeSheets:
    """Return the sheets of classes and their PDF; nothing is written."""
    making = _Making(session, unit, require_open(unit, round_id))
    papers, sheets = [], []
    for done, class_id in enumerate(class_ids):
        progress(done, len(class_ids))
        if made := making.make(class_id, only_needed=only_needed):
            papers.append(made[0])
            sheets.append(made[1])
    if not papers:
        raise NotFound("所选班级没有需要打印的页，已有的签字表都有效。", "不需要重新打印。")
    pdf = render_signature_sheets(papers)
    document = Document(
        kind="signature_sheet",
        round=round_id,
        name=_document_name(papers),
        sha256=sha256(pdf).hexdigest(),
        pages=sum(len(paper.pages) for paper in papers),
        made_at=session.now_text(),
        operator=session.operator,
    )
    progress(len(class_ids), len(class_ids))
    sizes = {
        sheet.class_id: paper.student_count for sheet, paper in zip(sheets, papers, strict=True)
    }
    return MadeSheets(tuple(sheets), document, pdf, sizes)


def _keep(session: Session, unit: UnitOfWork, made: MadeSheets) -> None:
    """State the sheets, and keep their PDF on the disk and on record."""
    document = made.document
    session.store.attachments.put(made.pdf)
    unit.journal.state_all(_draft(sheet) for sheet in made.sheets)
    documents.keep_attachment(
        unit.connection, document.sha256, document.name, len(made.pdf), document.made_at
    )
    documents.keep_document(unit.connection, document)


class _Making:
    """Making the sheets of several classes in one transaction."""

    def __init__(self, session: Session, unit: UnitOfWork, round_: Round) -> None:
        self._session = session
        self._unit = unit
        self._round = round_
        self._school_name = session.school_name(unit)
        seat = session.home.seat.id
        self._sheets = registration.sheets_of_round(unit.connection, round_.id)
        self._serial = documents.sheets_made_by(unit.connection, seat)
        self._groups = {group.id: group for group in school.classes(unit.connection)}
        self._states = page_states(unit, self._sheets.values())

    def make(self, class_id: str, *, only_needed: bool) -> tuple[SignatureSheet, Sheet] | None:
        """Return a class's sheet, to print and to state; None when nobody needs one."""
        if (group := self._groups.get(class_id)) is None:
            raise NotFound("没有这个班级。", "请先收取教务处学籍科下发的名单。")
        students = listed_students(self._unit.connection, self._round.id, [class_id])
        rows = tuple(sheet_row(student, place) for place, student in enumerate(students, 1))
        if only_needed:
            covered = self._covered(class_id)
            rows = tuple(row for row in rows if row.student not in covered)
            if not rows:
                return None
        self._serial += 1
        number = sheet_number(self._session.home.seat.id, self._serial)
        return self._sheet(group, number, students, rows)

    def _covered(self, class_id: str) -> set[str]:
        """Return the students of a class whose row stands on a page that counts."""
        return {
            row.student
            for sheet in self._sheets.values()
            if sheet.class_id == class_id
            for row in sheet.rows
            if not self._states[sheet.number, row.page].void
        }

    def _sheet(
        self,
        group: ClassGroup,
        number: str,
        students: Sequence[Student],
        rows: Sequence[SheetRow],
    ) -> tuple[SignatureSheet, Sheet]:
        """Return the paper and the record of one sheet: ``rows`` are all or some of a class's.

        The pages are the sheet's own, so that the last always has room for the sign-offs under
        which its rows are registered.
        """
        pages: list[SheetPage] = []
        printed: list[PrintedRow] = []
        for span in paginate(len(rows)):
            on_page = tuple(rows[span.first : span.stop])
            records = [
                PrintedRow(span.page, row.number, row.student, row_digest(group.id, row))
                for row in on_page
            ]
            printed.extend(records)
            pages.append(
                SheetPage(span.page, on_page, page_digest(records), span.blank_rows, span.sign_offs)
            )
        now = self._session.store.now()
        majors = {student.identity.major_name for student in students}
        record = Sheet(
            number=number,
            round=self._round.id,
            class_id=group.id,
            page_count=len(pages),
            digest=page_digest(printed),
            rows=tuple(printed),
            printed_at=now.isoformat(timespec="minutes"),
        )
        paper = SignatureSheet(
            sheet_number=number,
            digest=record.digest,
            school=self._school_name,
            title=TITLE if len(rows) == len(students) else SUPPLEMENT_TITLE,
            round_name=self._round.name,
            office_name=self._session.home.seat.office.name,
            class_name=group.name,
            class_teacher=group.class_teacher,
            student_count=len(students),
            page_count=len(pages),
            pages=tuple(pages),
            sign_off_titles=tuple(SIGN_OFF_TITLES[name] for name in SIGN_OFFS),
            proxy_allowed=self._round.proxy_allowed,
            printed_at=now.strftime("%Y-%m-%d %H:%M"),
            show_major=len(majors) > 1,
            training=self._session.home.training,
            optional=tuple(
                SIGN_OFF_TITLES[name]
                for name in SIGN_OFFS
                if name not in self._round.required_sign_offs
            ),
        )
        return paper, record


def _document_name(papers: Sequence[SignatureSheet]) -> str:
    """Return the name of a PDF of sheets; the first sheet's number makes it the only one."""
    first = papers[0]
    what = first.class_name if len(papers) == 1 else f"{len(papers)}个班"
    return safe_name(f"{first.office_name}-{what}-核对签字表-{first.sheet_number}.pdf")


def _draft(sheet: Sheet) -> Draft:
    return Draft(
        Key(f"sheet:{sheet.number}", "sheet", sheet.round),
        {
            "class_id": sheet.class_id,
            "page_count": str(sheet.page_count),
            "digest": sheet.digest,
            "rows": rows_to_text(sheet.rows),
            "printed_at": sheet.printed_at,
        },
    )
