"""The notes of a case: interviews, findings, evidence, written words (细则 二(三)4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.recheck import NOTE_TITLES
from desktop.domain.statements import Key
from desktop.errors import (
    Incomplete,
    NothingToChange,
)
from desktop.procedures.cases.case_saying import (
    open_case,
    paragraphs,
    past_day,
    require_own_word,
    take_back,
)
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason, typed_text
from desktop.store import cases


@dataclass(frozen=True, slots=True)
class NewNote:
    """What is asked for a note; ``kind`` is a key of ``recheck.NOTE_TITLES``."""

    kind: str
    noted_on: str  # YYYY-MM-DD
    people: str = ""
    text: str = ""


def add_note(
    session: Session,
    round_id: str,
    number: str,
    note: NewNote,
    evidence: Sequence[Evidence] = (),
) -> str:
    """Add an interview, a finding, a piece of evidence or a written word; return its number.

    Raises:
        CaseSettled: the case has a conclusion.
        Incomplete: the day is missing; an interview's people; the text, where no file says it.
        ValueRefused: the day is none, or still to come.
        TextRefused, NotFound, NotAllowed, RoundNotOpen: nothing was added.
    """
    if note.kind not in NOTE_TITLES:
        raise ValueError(f"no such kind of note: {note.kind}")
    note = _typed_note(session, note, with_files=bool(evidence))
    with open_case(session, round_id, number) as (unit, case):
        seat = session.home.seat.id
        serial = cases.next_serial(unit.connection, "case_note", f"note:{seat}-")
        own = f"{seat}-{serial:03d}"
        unit.journal.state(
            Key(f"note:{own}", "case_note", round_id),
            {
                "case_file": case.number,
                "student": case.student.subject,
                "kind": note.kind,
                "noted_on": note.noted_on,
                "people": note.people or None,
                "text": note.text or None,
            },
            evidence=keep_evidence(session, unit, evidence),
        )
        unit.commit()
    return own


def retract_note(session: Session, round_id: str, number: str, note: str, reason: str) -> None:
    """Take back a note that was written down by mistake; its files stay in the journal.

    Raises:
        AlreadyDecided: another office wrote it.
        NothingToChange: there is no such note.
        CaseSettled, Incomplete, NotFound, NotAllowed, RoundNotOpen: nothing was taken back.
    """
    why = stated_reason(reason, "撤回核查记录要写明原因。", "请填写原因后再撤回。")
    with open_case(session, round_id, number) as (unit, case):
        if note not in {one.number for one in case.notes}:
            raise NothingToChange("没有这条核查记录，或者已经撤回。", "请刷新后核对。")
        key = Key(f"note:{note}", "case_note", round_id)
        require_own_word(session, unit, key, "这条核查记录")
        take_back(unit, key, case, why)
        unit.commit()


def _typed_note(session: Session, note: NewNote, *, with_files: bool) -> NewNote:
    """Return a note whose texts are set right, with all that its kind needs."""
    noted_on = past_day(session, "日期", note.noted_on)
    people = typed_text("参加人", note.people)
    text = paragraphs("内容", note.text)
    if not noted_on:
        raise Incomplete("核查记录要写明日期。", "请填写日期后再保存。")
    if note.kind == "interview" and not people:
        raise Incomplete("谈话记录要写明谈话人和谈话对象。", "请填写参加人后再保存。")
    if note.kind == "evidence" and not (text or with_files):
        raise Incomplete("证据材料要写明名称，或者附上文件。", "请补全后再保存。")
    if note.kind != "evidence" and not text:
        raise Incomplete(f"{NOTE_TITLES[note.kind]}要写明内容。", "请填写内容后再保存。")
    return NewNote(note.kind, noted_on, people, text)
