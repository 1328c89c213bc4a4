"""What a key or an answer becomes: plain functions from one draft to the next."""

from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.entry_review import ArrivalState, Finding
from desktop.domain.review_fields import SIX_THINGS
from desktop.procedures.check_in.check_in_desk import CheckInRow
from desktop.procedures.check_in.check_in_notes import ArrivalNote
from desktop.views.language import tr
from desktop.views.pages.check_in import draft as drafts
from desktop.views.pages.check_in.draft import CheckInDraft

SEE_ALL: Final = "see_all"
SAME_ALL: Final = "same_all"
What = ArrivalState | Finding
NO_CHECKER: Final = tr("请先在上面填写核对人的姓名。")
NO_SECOND: Final = tr("请先在上面填写复核人的姓名。")
SAME_PERSON: Final = tr("复核人不能和核对人是同一个人。")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered about a student: until when, for which cause, in which words."""

    student: str
    what: What
    day: str = ""
    cause: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands above the table: the day of arrivals, who looks, who looks again."""

    day: str
    checker: str
    second: str


def asks(what: object) -> What | None:
    """Return what can not be noted by a key alone, None for what can."""
    if isinstance(what, ArrivalState | Finding) and what not in (
        ArrivalState.ARRIVED,
        Finding.NORMAL,
    ):
        return what
    return None


def why_not(draft: CheckInDraft, row: CheckInRow, what: object, fields: Fields) -> str:
    """Return in a sentence why something can not be noted of a student, "" where it can."""
    if isinstance(what, ArrivalState):
        return drafts.why_no_arrival(draft, row, what)
    if what == SEE_ALL:
        return drafts.why_no_documents(draft, row)
    finding = what if isinstance(what, Finding) else None
    why = drafts.why_no_finding(draft, row, finding)
    return why or (NO_CHECKER if finding and not fields.checker else "")


def noted(draft: CheckInDraft, row: CheckInRow, what: object, fields: Fields) -> CheckInDraft:
    """Return a draft with what a key alone says of a student."""
    if what is ArrivalState.ARRIVED:
        return drafts.set_arrival(draft, ArrivalNote(row.student, ArrivalState.ARRIVED, fields.day))
    if what == SEE_ALL:
        return drafts.see_all(draft, row.student)
    note = drafts.note_of(draft, row.student)
    if what == SAME_ALL:
        return drafts.set_verdict(draft, replace(note, compared=dict.fromkeys(SIX_THINGS, "same")))
    normal = replace(note, finding=Finding.NORMAL, explanation="", checker=fields.checker)
    return drafts.set_verdict(draft, normal)


def answered(draft: CheckInDraft, answer: Answer, fields: Fields) -> CheckInDraft:
    """Return a draft with what was answered about a student."""
    student, what = answer.student, answer.what
    if isinstance(what, ArrivalState):
        note = ArrivalNote(student, what, answer.day, answer.cause, answer.words)
        return drafts.set_arrival(draft, note)
    found = drafts.note_of(draft, student)
    return drafts.set_verdict(
        draft, replace(found, finding=what, explanation=answer.words, checker=fields.checker)
    )


def compared(draft: CheckInDraft, student: str, thing: str, how: str) -> CheckInDraft:
    """Return a draft with how one of the six things compares.

    A student who was found normal is looked at again where something is different now.
    """
    note = drafts.note_of(draft, student)
    things = {known: said for known, said in {**note.compared, thing: how}.items() if said}
    finding = None if note.finding is Finding.NORMAL and how == "different" else note.finding
    return drafts.set_verdict(draft, replace(note, compared=things, finding=finding))


def attached(draft: CheckInDraft, student: str, paths: tuple[str, ...]) -> CheckInDraft:
    """Return a draft with more files that prove what was found; without any, with none."""
    note = drafts.note_of(draft, student)
    names = tuple(dict.fromkeys((*note.evidence, *paths))) if paths else ()
    return drafts.set_verdict(draft, replace(note, evidence=names))


def first_open(draft: CheckInDraft) -> int:
    """Return the place to begin at: the first student of whom nothing is known yet."""
    still = [
        place
        for place, row in enumerate(draft.desk.rows)
        if draft.files[row.student].arrival is None and not draft.files[row.student].place
    ]
    return next(iter(still), 0)
