"""What is being recorded of a class, as a frozen value: notes not yet saved, undo, the rules."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from desktop.domain.check_in import (
    agreed_by_itself,
    may_arrive,
    may_bring,
    passes_by_itself,
    unlooked,
)
from desktop.domain.checklists import Brought, read_document
from desktop.domain.entry_review import (
    ArrivalState,
    Assessment,
    Finding,
    ReviewFile,
    assess,
    by_hand,
    face_passes,
)
from desktop.procedures.check_in.check_in_desk import CheckInClass, CheckInRow
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    CheckInNotes,
    DocumentNote,
    SecondNote,
    VerdictNote,
    with_arrival,
    with_items,
    with_second,
    with_verdict,
)
from desktop.views.language import tr

Note = ArrivalNote | DocumentNote | VerdictNote | SecondNote
_Note = TypeVar("_Note", ArrivalNote, DocumentNote, VerdictNote, SecondNote)

WORDS_FOR: Final[Mapping[ArrivalState | Finding, tuple[str, ...]]] = {
    ArrivalState.LEAVE: (tr("生病，有医院证明"), tr("家中有事"), tr("途中延误")),
    Finding.DOUBTFUL: (
        tr("照片与本人不像"),
        tr("证件与录取信息不一致"),
        tr("纸质档案有涂改"),
        tr("证件不全，暂不能核对"),
    ),
    Finding.ABNORMAL: (tr("本人与照片不是同一人"), tr("证件系伪造"), tr("冒名顶替")),
}
"""The usual words, chosen by a key."""


@dataclass(frozen=True)
class CheckInDraft:
    """A class on the desk and what was noted since it was last saved.

    Attributes:
        desk: the class with all that is saved.
        today: ISO.
        notes: what is not saved.
        past: what ``notes`` were before each step, the latest last.
    """

    desk: CheckInClass
    today: str
    notes: CheckInNotes = field(default_factory=CheckInNotes)
    past: tuple[CheckInNotes, ...] = ()

    @cached_property
    def files(self) -> Mapping[str, ReviewFile]:
        """What is known of each student when the notes count."""
        files = {row.student: row.file for row in self.desk.rows}
        for arrival in self.notes.arrivals:
            files[arrival.student] = with_arrival(files[arrival.student], arrival)
        for brought in self.notes.documents:
            files[brought.student] = with_items(files[brought.student], brought.items)
        for found in self.notes.verdicts:
            files[found.student] = with_verdict(files[found.student], found)
        for second in self.notes.seconds:
            files[second.student] = with_second(files[second.student], second)
        return files

    @cached_property
    def assessments(self) -> Mapping[str, Assessment]:
        """Where each student stands when the notes count."""
        today = date.fromisoformat(self.today)
        return {
            student: assess(file, self.desk.rules, self.desk.items, today)
            for student, file in self.files.items()
        }

    @property
    def unsaved(self) -> frozenset[str]:
        """Of whom something is not saved."""
        return self.notes.students

    def evidence_of(self, student: str) -> tuple[str, ...]:
        """Return the files that are to prove what is found of a student, not saved yet."""
        found = _of(self.notes.verdicts, student)
        return found.evidence if found else ()


def why_no_arrival(draft: CheckInDraft, row: CheckInRow, state: ArrivalState) -> str:
    """Return in a sentence why an arrival can not be noted, "" where it can."""
    file, name = draft.files[row.student], row.identity.name
    if why := _why_closed(draft, row):
        return why
    if state is ArrivalState.ARRIVED and file.place:
        return tr("已经报告{name}保留或放弃入学资格，请先撤回那项报告。", name=name)
    if state is not ArrivalState.ARRIVED and (file.documents or file.compared or file.finding):
        return tr("{name}已经登记了材料或核对结论，请先撤回。", name=name)
    return ""


def why_no_documents(draft: CheckInDraft, row: CheckInRow) -> str:
    """Return in a sentence why documents can not be noted, "" where they can."""
    if not draft.desk.round.open:
        return _closed()
    if not may_bring(draft.files[row.student]):
        return _why_closed(draft, row) or _not_come(row)
    return why_not_begun(draft)


def why_no_finding(draft: CheckInDraft, row: CheckInRow, finding: Finding | None) -> str:
    """Return in a sentence why a verdict can not be noted, "" where it can."""
    file = draft.files[row.student]
    if why := _why_closed(draft, row):
        return why
    if file.arrival is not ArrivalState.ARRIVED:
        return _not_come(row)
    if why := why_not_begun(draft):
        return why
    if finding is Finding.NORMAL and "different" in file.compared.values():
        return tr("{name}有不一致的项目，请登记为存疑或异常。", name=row.identity.name)
    if finding is Finding.NORMAL and not (face_passes(file, draft.desk.rules) or by_hand(file)):
        return tr(
            "{name}的人像比对没有通过。请在右边对照电子照片、身份证和本人，都一致再登记正常"
            "（按 8：六项都一致）。",
            name=row.identity.name,
        )
    return ""


def _why_closed(draft: CheckInDraft, row: CheckInRow) -> str:
    if not draft.desk.round.open:
        return _closed()
    if draft.files[row.student].verdict:
        return tr("招生工作处已经认定{name}的审查结果，院部不能再改动。", name=row.identity.name)
    return ""


def _closed() -> str:
    return tr("这个批次已经结束，不能再登记。")


def _not_come(row: CheckInRow) -> str:
    return tr("{name}还没有登记报到。", name=row.identity.name)


def why_not_begun(draft: CheckInDraft) -> str:
    """Return in a sentence why a class may not look at documents and people, "" where it may."""
    if not draft.desk.round.open:
        return _closed()
    gate = draft.desk.line.gate
    return "" if gate.open else tr("暂不能核验：{sentence}", sentence=gate.sentence)


# --- notes ---------------------------------------------------------------------------------------


def set_arrival(draft: CheckInDraft, note: ArrivalNote) -> CheckInDraft:
    """Note an arrival; what is saved already is no change."""
    saved = _saved(draft, note.student)
    return _step(draft, arrivals=_put(draft.notes.arrivals, note, with_arrival(saved, note), saved))


def set_items(draft: CheckInDraft, student: str, items: Mapping[str, str]) -> CheckInDraft:
    """Note documents; those that are noted already stay, unless something else is said of them."""
    before = _of(draft.notes.documents, student)
    saved = _saved(draft, student)
    said = {**(before.items if before else {}), **items}
    said = {slot: text for slot, text in said.items() if text != saved.documents.get(slot, "")}
    others = tuple(note for note in draft.notes.documents if note.student != student)
    told = (*others, DocumentNote(student, said)) if said else others
    return _step(draft, documents=told)


def set_verdict(draft: CheckInDraft, note: VerdictNote) -> CheckInDraft:
    """Note what the class teacher finds; what is saved already is no change."""
    saved = _saved(draft, note.student)
    after = with_verdict(saved, note)
    told = _put(draft.notes.verdicts, note, after, None if note.evidence else saved)
    return _step(draft, verdicts=told)


def set_second(draft: CheckInDraft, note: SecondNote) -> CheckInDraft:
    """Note what a second person finds; what is saved already is no change."""
    saved = _saved(draft, note.student)
    return _step(draft, seconds=_put(draft.notes.seconds, note, with_second(saved, note), saved))


def note_of(draft: CheckInDraft, student: str) -> VerdictNote:
    """Return what the class teacher finds of a student so far, saved or not."""
    file = draft.files[student]
    return VerdictNote(
        student,
        file.finding,
        file.checker,
        file.finding_explanation,
        dict(file.compared),
        draft.evidence_of(student),
    )


def see_all(draft: CheckInDraft, student: str) -> CheckInDraft:
    """Note that everything that a student must bring and nobody looked for was seen."""
    slots = unlooked(draft.desk.items, draft.files[student])
    return set_items(draft, student, dict.fromkeys(slots, str(Brought.SEEN)))


def take_back(draft: CheckInDraft, student: str) -> CheckInDraft:
    """Forget what was noted of one student and not saved."""
    notes = draft.notes
    return _step(
        draft,
        arrivals=tuple(one for one in notes.arrivals if one.student != student),
        documents=tuple(one for one in notes.documents if one.student != student),
        verdicts=tuple(one for one in notes.verdicts if one.student != student),
        seconds=tuple(one for one in notes.seconds if one.student != student),
    )


# --- the others ----------------------------------------------------------------------------------


def rest_arrived(draft: CheckInDraft, day: str) -> CheckInDraft:
    """Note that everybody came of whom nothing is known yet."""
    return together(
        draft,
        lambda now, row: (
            set_arrival(now, ArrivalNote(row.student, ArrivalState.ARRIVED, day))
            if may_arrive(now.files[row.student])
            else now
        ),
    )


def rest_seen(draft: CheckInDraft) -> CheckInDraft:
    """Note that everybody who came brought what must be brought and nobody looked for."""
    return together(
        draft,
        lambda now, row: now if why_no_documents(now, row) else see_all(now, row.student),
    )


def rest_normal(draft: CheckInDraft, checker: str) -> CheckInDraft:
    """Note that all are normal whose comparison of faces has passed and of whom nothing is said."""
    return together(
        draft,
        lambda now, row: (
            set_verdict(
                now, replace(note_of(now, row.student), finding=Finding.NORMAL, checker=checker)
            )
            if passes_by_itself(now.files[row.student], now.desk.rules)
            and not why_no_finding(now, row, Finding.NORMAL)
            else now
        ),
    )


def rest_agreed(draft: CheckInDraft, checker: str) -> CheckInDraft:
    """Note that a second person agrees wherever the class teacher found somebody normal."""
    return together(
        draft,
        lambda now, row: (
            set_second(now, SecondNote(row.student, Finding.NORMAL, checker))
            if agreed_by_itself(now.files[row.student], now.desk.rules)
            else now
        ),
    )


def together(
    draft: CheckInDraft, act: Callable[[CheckInDraft, CheckInRow], CheckInDraft]
) -> CheckInDraft:
    """Do something with every row, as one step; the same draft where that changes nothing."""
    after = draft
    for row in draft.desk.rows:
        after = act(after, row)
    if after.notes == draft.notes:
        return draft
    return replace(after, past=(*draft.past, draft.notes))


# --- undo, resume --------------------------------------------------------------------------------


def undo(draft: CheckInDraft) -> CheckInDraft:
    """Return to before the last step; before the first, nothing happens."""
    if not draft.past:
        return draft
    return replace(draft, notes=draft.past[-1], past=draft.past[:-1])


def first_changed(before: CheckInDraft, after: CheckInDraft) -> int:
    """Return the place of the first row that reads otherwise in another draft, -1 for none."""
    changed = (
        place
        for place, row in enumerate(before.desk.rows)
        if before.files[row.student] != after.files[row.student]
    )
    return next(changed, -1)


def resume(desk: CheckInClass, kept: CheckInNotes, today: str) -> CheckInDraft:
    """Return a class with a draft that was kept: of those who still are in it, what says more."""
    known = {row.student for row in desk.rows}
    draft = CheckInDraft(desk, today)
    for arrival in kept.arrivals:
        draft = set_arrival(draft, arrival) if arrival.student in known else draft
    for brought in kept.documents:
        if brought.student in known:
            draft = set_items(draft, brought.student, _readable(brought.items))
    for found in kept.verdicts:
        draft = set_verdict(draft, found) if found.student in known else draft
    for second in kept.seconds:
        draft = set_second(draft, second) if second.student in known else draft
    return replace(draft, past=())


def _readable(items: Mapping[str, str]) -> dict[str, str]:
    """Return what can be read of a note about documents."""
    found = {}
    for slot, text in items.items():
        with suppress(ValueError):
            read_document(text)
            found[slot] = text
    return found


def without(notes: CheckInNotes, saved: CheckInNotes) -> CheckInNotes:
    """Return what is left of notes once others are saved: what was noted meanwhile."""
    return CheckInNotes(
        tuple(note for note in notes.arrivals if note not in saved.arrivals),
        tuple(note for note in notes.documents if note not in saved.documents),
        tuple(note for note in notes.verdicts if note not in saved.verdicts),
        tuple(note for note in notes.seconds if note not in saved.seconds),
    )


def _saved(draft: CheckInDraft, student: str) -> ReviewFile:
    return next(row.file for row in draft.desk.rows if row.student == student)


def _of(notes: tuple[_Note, ...], student: str) -> _Note | None:
    return next((note for note in notes if note.student == student), None)


def _put(
    notes: tuple[_Note, ...], note: _Note, after: ReviewFile, saved: ReviewFile | None
) -> tuple[_Note, ...]:
    """Return notes with one in the place of what was noted before, or without where it is saved."""
    others = [one for one in notes if one.student != note.student]
    if saved is None or after != saved or saved.conflicts:
        others.append(note)
    return tuple(others)


def _step(draft: CheckInDraft, **changed: tuple[Note, ...]) -> CheckInDraft:
    notes = replace(draft.notes, **changed)  # type: ignore[arg-type]
    if notes == draft.notes:
        return draft
    return replace(draft, notes=notes, past=(*draft.past, draft.notes))
