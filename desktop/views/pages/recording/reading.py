"""What the page reads and saves, on the worker's thread: sheets, drafts, marks, sign-offs."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.sheets import read_scan
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import StudentMark, record_marks, record_sign_off
from desktop.procedures.signing.recording_desk import DeskSheet, sheet_on_desk, sheets_of_class
from desktop.procedures.signing.recording_drafts import (
    KeptDraft,
    keep_draft,
    kept_draft,
    sheets_with_drafts,
)
from desktop.views.language import tr
from desktop.views.pages.recording.sign_offs import Signed

CLASS_PREFIX = "class:"


@dataclass(frozen=True)
class Opened:
    """What was asked for, as it lies on the desk.

    Attributes:
        sheets: the sheet, and before and after it those of the same class, the latest first.
        chosen: which of them is wanted, -1 where the class has none.
        kept: what was read of it before and not saved.
        warning: that the scanned page is not the one printed under its number.
        unsaved: other sheets of which something was read and not saved.
        today: by this PC's clock.
        page: the page that was scanned, 0 for none.
    """

    sheets: tuple[DeskSheet, ...]
    chosen: int
    kept: KeptDraft
    warning: str
    unsaved: tuple[str, ...]
    today: str
    page: int = 0


def read_sheets(session: Session, round_id: str, wanted: str) -> Opened:
    """Return the sheet with a number, scanned or typed, or that of a class to be recorded next.

    Raises:
        NotFound: there is no such sheet in this round.
    """
    unsaved = sheets_with_drafts(session)
    today = session.today().isoformat()
    if not wanted:
        return Opened((), -1, KeptDraft(), "", unsaved, today)
    warning, page = "", 0
    if wanted.startswith(CLASS_PREFIX):
        sheets = sheets_of_class(session, round_id, wanted)
        chosen = to_record(sheets)
    else:
        scanned = read_scan(wanted)
        page = scanned.page
        found = sheet_on_desk(session, round_id, scanned.number)
        if not scanned.fits(found.sheet):
            warning = tr(
                "扫到的第 {page} 页与签字表 {number} 打印的内容不一致"
                "（校验码不同）。请核对这页纸是不是本机打印的，不要登记来历不明的纸。",
                page=scanned.page,
                number=scanned.number,
            )
        sheets = sheets_of_class(session, round_id, found.group.id)
        chosen = [s.sheet.number for s in sheets].index(scanned.number)
    kept = kept_draft(session, sheets[chosen].sheet.number) if sheets else KeptDraft()
    return Opened(tuple(sheets), chosen, kept, warning, unsaved, today, page)


def to_record(sheets: Sequence[DeskSheet]) -> int:
    """Return which sheet is to be recorded next: the latest that lacks something, -1 for none."""
    for place, desk in enumerate(sheets):
        counting = [row for row in desk.rows if not row.void]
        open_rows = any(row.mark is None and not row.place for row in counting)
        if counting and (open_rows or desk.missing_sign_offs):
            return place
    return 0 if sheets else -1


def save(
    session: Session,
    round_id: str,
    number: str,
    marks: Sequence[StudentMark],
    boxes: Sequence[Signed],
) -> None:
    """Save what was read: the marks in one transaction, then the sign-offs; then drop the draft."""
    if marks:
        record_marks(session, round_id, number, marks)
    for box in boxes:
        record_sign_off(session, round_id, number, box.who, box.name, box.date)
    keep_draft(session, number, ())
