"""What is written down of one student at check-in, set right or refused as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.checklists import SLOTS, read_document
from desktop.domain.entry_review import CAUSE_TITLES, ArrivalState, Finding, ReviewFile
from desktop.domain.review_fields import COMPARED_TITLES, SIX_THINGS
from desktop.errors import Incomplete, ValueRefused
from desktop.procedures.typed_texts import person_called, typed_day, typed_text


@dataclass(frozen=True, slots=True)
class ArrivalNote:
    """Whether a student came.

    Attributes:
        student: the subject.
        state: came, on leave, or did not come.
        day: ISO: of the arrival; of one on leave, the last day of it.
        cause: a key of ``CAUSE_TITLES``, of one who did not come.
        explanation: in the college's words.
    """

    student: str
    state: ArrivalState
    day: str = ""
    cause: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """What a student brought: per slot of the checklist as ``DocumentState.to_text`` writes it.

    An empty text takes back what was said of the slot; slots that are not named stay as they are.
    """

    student: str
    items: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VerdictNote:
    """What the class teacher finds.

    Attributes:
        student: the subject.
        finding: normal, doubtful or abnormal; None: things were compared, nothing is found yet.
        checker: the name of the one who looked; "" only where nothing is found yet.
        explanation: the reason, of anything but normal.
        compared: of the six things, each ``same``, ``different`` or ``absent``; those that are
            not named were not looked at.
        evidence: paths of files that prove it; they are read when it is saved.
    """

    student: str
    finding: Finding | None
    checker: str
    explanation: str = ""
    compared: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondNote:
    """What a second person finds."""

    student: str
    finding: Finding
    checker: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class CheckInNotes:
    """What was filled in of a class and belongs together: it is saved whole or not at all."""

    arrivals: tuple[ArrivalNote, ...] = ()
    documents: tuple[DocumentNote, ...] = ()
    verdicts: tuple[VerdictNote, ...] = ()
    seconds: tuple[SecondNote, ...] = ()

    @property
    def students(self) -> frozenset[str]:
        """Whom they are about."""
        return frozenset(
            (
                *(note.student for note in self.arrivals),
                *(note.student for note in self.documents),
                *(note.student for note in self.verdicts),
                *(note.student for note in self.seconds),
            )
        )

    def __bool__(self) -> bool:
        """Whether anything was filled in."""
        return bool(self.students)


def checked_arrival(note: ArrivalNote, name: str, today: str) -> ArrivalNote:
    """Return a note of an arrival as it is said.

    Raises:
        Incomplete: the day, the cause or the words are missing.
        TextRefused, ValueRefused: the words can not be read, or the day can not be.
    """
    why = typed_text(f"{name}的说明", note.explanation)
    if note.state is ArrivalState.ABSENT:
        if note.cause not in CAUSE_TITLES:
            raise Incomplete(f"{name}未报到，还没有选择原因。", "请选择原因后再保存。")
        if note.cause == "other" and not why:
            raise Incomplete(f"{name}未报到的原因选了“其他原因”，没有写明。", "请写明后再保存。")
        return replace(note, day="", explanation=why)
    title = f"{name}的{'请假期限' if note.state is ArrivalState.LEAVE else '报到日期'}"
    day = typed_day(title, note.day)
    if not day:
        raise Incomplete(f"没有填写{title}。", "请填写后再保存。")
    if note.state is ArrivalState.ARRIVED and day > today:
        raise ValueRefused(f"{title}“{day}”在今天（{today}）以后。", "请核对日期后再保存。")
    return replace(note, day=day, cause="", explanation=why)


def checked_items(note: DocumentNote, name: str) -> Mapping[str, str | None]:
    """Return what is said of documents, per slot; None takes back what was said.

    Raises:
        ValueRefused: the day by which one is to be brought is none.
    """
    said: dict[str, str | None] = {}
    for slot, text in note.items.items():
        if slot not in SLOTS:
            raise ValueError(f"no such slot: {slot}")
        try:
            state = read_document(text)
        except ValueError as error:
            raise ValueRefused(
                f"{name}的补交日期不是日期，或者没有这一天。", "请改成“2026-09-20”的写法再保存。"
            ) from error
        said[slot] = state.to_text() if state else None
    return said


def checked_verdict(note: VerdictNote, name: str) -> VerdictNote:
    """Return what a class teacher finds as it is said.

    Raises:
        Incomplete: the name, or of anything but normal the reason, is missing.
        TextRefused, TextTooLong: the name or the reason can not be read.
    """
    if not (note.compared.keys() <= set(SIX_THINGS)) or set(note.compared.values()) - set(
        COMPARED_TITLES
    ):
        raise ValueError(f"nothing that is compared: {note.compared}")
    why = _reason(name, note.finding, note.explanation)
    if note.finding is None:
        return replace(note, checker="", explanation=why)
    return replace(note, checker=person_called("核对人姓名", note.checker), explanation=why)


def checked_second(note: SecondNote, name: str) -> SecondNote:
    """Return what a second person finds as it is said; see ``checked_verdict``."""
    why = _reason(name, note.finding, note.explanation)
    return replace(note, checker=person_called("复核人姓名", note.checker), explanation=why)


def with_arrival(file: ReviewFile, note: ArrivalNote) -> ReviewFile:
    """Return what is known of a student when a note of the arrival counts."""
    return replace(
        file,
        arrival=note.state,
        arrived_on=note.day if note.state is ArrivalState.ARRIVED else "",
        leave_until=note.day if note.state is ArrivalState.LEAVE else "",
        cause=note.cause,
        arrival_explanation=note.explanation,
    )


def with_items(file: ReviewFile, items: Mapping[str, str | None]) -> ReviewFile:
    """Return what is known of a student when a note of documents counts."""
    merged = {**file.documents, **items}
    return replace(file, documents={slot: text for slot, text in merged.items() if text})


def with_verdict(file: ReviewFile, note: VerdictNote) -> ReviewFile:
    """Return what is known of a student when the class teacher's note counts."""
    return replace(
        file,
        compared=dict(note.compared),
        finding=note.finding,
        finding_explanation=note.explanation,
        checker=note.checker,
    )


def with_second(file: ReviewFile, note: SecondNote) -> ReviewFile:
    """Return what is known of a student when the second person's note counts."""
    return replace(
        file,
        second=note.finding,
        second_explanation=note.explanation,
        second_checker=note.checker,
    )


def _reason(name: str, finding: Finding | None, explanation: str) -> str:
    why = typed_text("理由", explanation)
    if finding in (Finding.DOUBTFUL, Finding.ABNORMAL) and not why:
        raise Incomplete(f"{name}不是“正常”，没有写明理由。", "请写明理由后再保存。")
    return why
