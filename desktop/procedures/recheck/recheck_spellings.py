"""Spellings that mean the same everywhere, as admissions decides once for all students.

Colleges say of a difference that it is none for the student in front of them; what many of them
say is what admissions is asked here: 襄樊 is 襄阳, for every address.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.answers import SPELLED, folded, pair
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import ANSWER_TITLES
from desktop.domain.statements import Key
from desktop.errors import NothingToChange, RulingRefused
from desktop.procedures.session import Reader, Session
from desktop.procedures.typed_texts import stated_reason, typed_text
from desktop.store import registration
from desktop.store.store import UnitOfWork

_RULERS: Final = (OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR)
SPELLING_VERDICTS: Final = {"same": "同一内容", "two": "不同内容"}


@dataclass(frozen=True, slots=True)
class SpellingRuling:
    """What was decided about two spellings, both folded; ``disputed``: offices said otherwise."""

    subject: str
    field: str
    one: str
    other: str
    verdict: str
    explanation: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class SpellingProposal:
    """Two spellings that were said to be the same for so many students, and nowhere decided."""

    field: str
    one: str
    other: str
    students: int


def rule_everywhere(
    session: Session, field: str, one: str, other: str, *, same: bool = True, why: str = ""
) -> str:
    """Decide for all students whether two spellings mean the same; return the subject.

    Args:
        session: of the admissions office or the registrar.
        field: one of ``SPELLED``: nobody's name or number is another's.
        one: a spelling, as it was written.
        other: the other one.
        same: False where they do not, so that nobody asks again.
        why: the reason.

    Raises:
        NotAllowed: another office.
        RulingRefused: the field has no spellings, or the two are one already, or one is nothing.
        TextRefused: a character can not be read.
    """
    session.require(*_RULERS)
    if field not in SPELLED:
        raise RulingRefused(
            f"“{ANSWER_TITLES[field]}”不能统一认定，每名学生都不同。", "请对这一名学生单独认定。"
        )
    one, other, why = (typed_text(ANSWER_TITLES[field], text) for text in (one, other, why))
    _, first, second = pair(field, folded(field, one), folded(field, other))
    if not (first and second) or first == second:
        raise RulingRefused(f"“{one}”和“{other}”之间没有需要认定的差异。", "请写明两种不同的写法。")
    subject = spelling_subject(field, first, second)
    verdict = "same" if same else "two"
    values = {
        "field": field,
        "one": first,
        "other": second,
        "verdict": verdict,
        "explanation": why or None,
    }
    with session.unit_of_work() as unit:
        reason = f"{ANSWER_TITLES[field]}“{one}”与“{other}”：{SPELLING_VERDICTS[verdict]}。"
        unit.journal.state(Key(subject, "spelling_ruling", ""), values, reason=reason)
        unit.commit()
    return subject


def retract_spelling(session: Session, subject: str, reason: str) -> None:
    """Take back what was decided about two spellings: nobody has decided anything then.

    Raises:
        NotAllowed: another office.
        Incomplete: no reason is given.
        NothingToChange: nothing was decided about them.
    """
    session.require(*_RULERS)
    why = stated_reason(reason, "撤回认定要写明原因。", "请填写原因后再保存。")
    with session.unit_of_work() as unit:
        if subject not in rulings_in(unit):
            raise NothingToChange("这两种写法没有认定过，没有什么可撤回的。", "请刷新后核对。")
        nothing = dict.fromkeys(("field", "one", "other", "verdict", "explanation"))
        unit.journal.state(Key(subject, "spelling_ruling", ""), nothing, reason=why)
        unit.commit()


def spelling_rulings(session: Reader) -> tuple[SpellingRuling, ...]:
    """Return everything that was decided about spellings."""
    with session.unit_of_work() as unit:
        return tuple(
            sorted(rulings_in(unit).values(), key=lambda one: (one.field, one.one, one.other))
        )


def spelling_subject(field: str, one: str, other: str) -> str:
    """Return the subject of two folded spellings; every seat finds the same."""
    text = "\n".join(pair(field, one, other))
    return f"spelling:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def rulings_in(unit: UnitOfWork) -> Mapping[str, SpellingRuling]:
    """Return what was decided about spellings, by subject."""
    said = registration.texts_of_round(unit.connection, "spelling_ruling", "")
    return {
        subject: SpellingRuling(
            subject,
            texts["field"],
            texts["one"],
            texts["other"],
            texts["verdict"],
            texts["explanation"],
            bool(texts["conflicts"]),
        )
        for subject, texts in said.items()
        if texts["verdict"] or (texts["conflicts"] and texts["one"])
    }
