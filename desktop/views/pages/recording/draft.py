"""What is being recorded, as a frozen value: marks not yet saved, what can be undone, the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.sheets import Mark
from desktop.domain.signing import progress_sentence
from desktop.procedures.signing.recording import StudentMark
from desktop.procedures.signing.recording_desk import DeskRow, DeskSheet
from desktop.views.language import tr

Marks = Mapping[str, StudentMark]

REASONS: Final[Mapping[Mark, tuple[str, ...]]] = {
    Mark.BY_PROXY: (
        tr("住院治疗"),
        tr("请假离校，已电话委托"),
        tr("在外实习"),
        tr("因残疾不能书写"),
    ),
    Mark.UNSIGNED: (
        tr("请病假，尚未返校"),
        tr("请事假，尚未返校"),
        tr("未报到"),
        tr("联系不上，班主任继续联系"),
        tr("拒绝签字"),
    ),
    Mark.STRUCK_OUT: (tr("不在本班，已转到其他班"), tr("重复列入"), tr("未报到，已退学籍材料")),
}
"""The usual reasons, chosen by a key."""


@dataclass(frozen=True)
class RecordingDraft:
    """A sheet on the desk and what was read from it since it was last saved.

    Attributes:
        desk: the sheet with all that is saved.
        marks: what was read and not saved, by student.
        past: what ``marks`` were before each step, the latest last.
    """

    desk: DeskSheet
    marks: Marks = field(default_factory=dict)
    past: tuple[Marks, ...] = ()

    @property
    def unsaved(self) -> tuple[StudentMark, ...]:
        """What is to be saved, in the order of the sheet."""
        return tuple(self.marks[r.student] for r in self.desk.rows if r.student in self.marks)

    @property
    def sentence(self) -> str:
        """How far the sheet is, what is unsaved included and said."""
        done = sum(
            row.mark is not None or bool(row.place) or row.student in self.marks
            for row in self.desk.rows
        )
        missing = tuple(box.who for box in self.desk.missing_sign_offs)
        told = progress_sentence(done, len(self.desk.rows), missing)
        return (
            tr("{told}；{count} 人还没有保存。", told=told, count=len(self.marks))
            if self.marks
            else f"{told}。"
        )

    def shown(self, row: DeskRow) -> StudentMark | None:
        """Return what a row shows: what was read, or else what is saved."""
        if row.student in self.marks:
            return self.marks[row.student]
        if row.mark is None:
            return None
        return StudentMark(row.student, row.mark, row.explanation, row.proxy)


def why_not(draft: RecordingDraft, row: DeskRow, mark: Mark) -> str:
    """Return in a sentence why a row can not be marked so, "" where it can."""
    name = row.identity.name
    if row.void:
        return tr(
            "第 {page} 页已作废，不能登记：{void}。请重新打印这一页并重新签字。",
            page=row.page,
            void=row.void,
        )
    if not draft.desk.round.open:
        return tr("这个批次已经结束，不能再登记。")
    if mark is Mark.BY_PROXY and not draft.desk.round.proxy_allowed:
        return tr("本批次不允许代签，{name}应当本人补签。", name=name)
    return ""


def needs_reason(mark: Mark) -> bool:
    """Tell whether a mark is nothing without a reason."""
    return mark is not Mark.SIGNED


def set_mark(draft: RecordingDraft, mark: StudentMark) -> RecordingDraft:
    """Take what was read of one student; what is saved already is no change."""
    row = next(r for r in draft.desk.rows if r.student == mark.student)
    saved = RecordingDraft(draft.desk).shown(row)
    marks = {student: kept for student, kept in draft.marks.items() if student != mark.student}
    if mark != saved or row.disputed or row.sheet != draft.desk.sheet.number:
        marks[mark.student] = mark
    return _step(draft, marks)


def take_back(draft: RecordingDraft, student: str) -> RecordingDraft:
    """Forget what was read of one student and not saved."""
    return _step(draft, {s: mark for s, mark in draft.marks.items() if s != student})


def sign_rest(draft: RecordingDraft, page: int) -> RecordingDraft:
    """Take everybody on a page of whom nothing is known yet as having signed."""
    marks = dict(draft.marks)
    for row in draft.desk.rows:
        if row.page == page and not row.void and not row.place and draft.shown(row) is None:
            marks[row.student] = StudentMark(row.student, Mark.SIGNED)
    return _step(draft, marks)


def undo(draft: RecordingDraft) -> RecordingDraft:
    """Return to before the last step; before the first, nothing happens."""
    if not draft.past:
        return draft
    return replace(draft, marks=draft.past[-1], past=draft.past[:-1])


def first_changed(before: RecordingDraft, after: RecordingDraft) -> int:
    """Return the place of the first row that reads otherwise in another draft, -1 for none."""
    rows = enumerate(before.desk.rows)
    changed = (n for n, row in rows if before.shown(row) != after.shown(row))
    return next(changed, -1)


def resume(desk: DeskSheet, kept: Sequence[StudentMark]) -> RecordingDraft:
    """Return a sheet with a draft that was kept: only what still can be recorded and says more."""
    draft = RecordingDraft(desk)
    rows = {row.student: row for row in desk.rows}
    for mark in kept:
        row = rows.get(mark.student)
        if row and not why_not(draft, row, mark.mark):
            draft = set_mark(draft, mark)
    return replace(draft, past=())


def next_row(draft: RecordingDraft, after: int) -> int:
    """Return the place of the row to read next: the one below, the last stays."""
    return min(after + 1, len(draft.desk.rows) - 1)


def after_saving(draft: RecordingDraft, place: int) -> int:
    """Return the place to go on at: where a page is done, the first open row of those after it."""
    pages = [row.page for row in draft.desk.rows]
    if any(_is_open(draft, n) for n, page in enumerate(pages) if page == pages[place]):
        return place
    later = [n for n, page in enumerate(pages) if page > pages[place]]
    still = [n for n in later if _is_open(draft, n)]
    return next(iter((*still, *later)), place)


def _step(draft: RecordingDraft, marks: Marks) -> RecordingDraft:
    if marks == draft.marks:
        return draft
    return replace(draft, marks=marks, past=(*draft.past, draft.marks))


def first_open(draft: RecordingDraft, page: int) -> int:
    """Return the row to begin with: on a page, or anywhere, the first of which nothing is known."""
    places = [n for n, row in enumerate(draft.desk.rows) if page in (0, row.page)]
    still = [n for n in places if _is_open(draft, n)]
    return next(iter((*still, *places)), 0)


def _is_open(draft: RecordingDraft, place: int) -> bool:
    row = draft.desk.rows[place]
    return draft.shown(row) is None and not row.place and not row.void


def sheet_title(desk: DeskSheet) -> str:
    """Say which sheet it is: its number, when it was printed, of how many, whether it is void."""
    void = sum(bool(row.void) for row in desk.rows)
    tail = tr("，已作废") if void == len(desk.rows) else ""
    printed = desk.sheet.printed_at[5:16].replace("T", " ")
    return tr(
        "{number}（{printed} 打印，{count} 人{tail}）",
        number=desk.sheet.number,
        printed=printed,
        count=len(desk.rows),
        tail=tail,
    )
