"""What students wrote on the re-check form, keyed in and compared with the admission file.

A difference is a question for a person, who says of it that it is the same, or a doubt. What one
says of it is about these two spellings: where the answer or the file changes, it is asked again.
"""

from collections.abc import Mapping
from typing import Final

from desktop.domain.answers import Agreement, Ruling, compare
from desktop.domain.recheck import ANSWER_TITLES
from desktop.domain.review_fields import ANSWER_FIELDS
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NothingToChange, RulingRefused
from desktop.procedures.recheck.recheck_saying import Saying, called, saying, take_back
from desktop.procedures.session import Session
from desktop.procedures.standing.recheck_files import Rechecked, same_spellings
from desktop.procedures.standing.review_files import rules_of_round
from desktop.procedures.typed_texts import typed_text
from desktop.store import registration
from desktop.store.journal import Draft

RULINGS: Final = {"same": "内容一致", "doubt": "疑点"}
RULABLE: Final = frozenset({Agreement.DIFFERENT, Agreement.BLANK})
"""How an answer agrees by the rules alone where there is something to rule upon."""
_TITLE: Final = "复查表内容"


def key_in(
    session: Session,
    round_id: str,
    student: str,
    answers: Mapping[str, str],
    rulings: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Record what a student wrote; return the fields of which a ruling holds no more by that.

    Args:
        session: of a college or the admissions office.
        round_id: the re-check.
        student: whose form it is.
        answers: per field as it was written. What the form asks and is not given here, nor was
            before, was left blank on the paper.
        rulings: what a person says of the differences at once; see ``rule``.

    Raises:
        Incomplete: the student has no form that is of use.
        TextRefused: a character can not be read.
        RulingRefused, NothingToChange: see ``rule``; nothing was recorded.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    if unknown := set(answers) - set(ANSWER_FIELDS):
        raise ValueError(f"no such fields: {sorted(unknown)}")
    typed = {field: typed_text(ANSWER_TITLES[field], text) for field, text in answers.items()}
    with saying(session, round_id, [student]) as said:
        one = said.rechecked()[student]
        _require_form(one)
        _state_answers(said, {student: typed})
        if rulings:
            _state_rulings(said, student, rulings, "")
        said.unit.commit()
    return tuple(field for field in _outdated(one, typed) if field not in (rulings or {}))


def key_in_several(
    session: Session, round_id: str, answers: Mapping[str, Mapping[str, str]]
) -> None:
    """Record what several students wrote, all of it or nothing; see ``key_in``."""
    if unknown := {f for said in answers.values() for f in said} - set(ANSWER_FIELDS):
        raise ValueError(f"no such fields: {sorted(unknown)}")
    typed = {
        student: {field: typed_text(ANSWER_TITLES[field], text) for field, text in texts.items()}
        for student, texts in answers.items()
    }
    with saying(session, round_id, answers) as said:
        for one in said.rechecked().values():
            _require_form(one)
        _state_answers(said, typed)
        said.unit.commit()


def retract_answers(session: Session, round_id: str, student: str, reason: str) -> None:
    """Take back everything that was keyed in from a form.

    Raises:
        Incomplete, NothingToChange, AlreadyDecided: see ``take_back``.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    take_back(session, round_id, student, "recheck_answer", _TITLE, reason)


def rule(
    session: Session, round_id: str, student: str, rulings: Mapping[str, str], why: str = ""
) -> None:
    """Say of differences that they are none, just here, or that they are doubts.

    Args:
        session: of a college or the admissions office.
        round_id: the re-check.
        student: whose answers they are.
        rulings: per field a key of ``RULINGS``; "" takes back what was said.
        why: the reason, where there is more to say than both spellings.

    Raises:
        RulingRefused: a field agrees already, or nothing was keyed in.
        NothingToChange: there is no ruling that could be taken back.
        TextRefused: a character can not be read.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    why = typed_text("原因", why)
    with saying(session, round_id, [student]) as said:
        _state_rulings(said, student, rulings, why)
        said.unit.commit()


def both_spellings(one: Rechecked, field: str, ruling: str) -> str:
    """Return a sentence that holds what was written, what the file says, and what is said of it."""
    title, written = ANSWER_TITLES[field], one.answers.get(field, "") or "（空白）"
    said = RULINGS.get(ruling, "撤回认定")
    return f"{title}填写“{written}”，档案“{one.archive[field]}”：{said}。"


def _outdated(one: Rechecked, typed: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields of which a person's ruling is not about what is written now."""
    return tuple(
        field
        for field, ruling in one.rulings.items()
        if field in typed
        and ruling.holds(field, one.answers.get(field, ""), one.archive[field])
        and not ruling.holds(field, typed[field], one.archive[field])
    )


def _state_answers(said: Saying, typed: Mapping[str, Mapping[str, str]]) -> None:
    """Say what students wrote, with what was left blank."""
    connection, round_id = said.unit.connection, said.round.id
    known = registration.texts_of_round(connection, "recheck_answer", round_id, typed)
    asked = rules_of_round(said.unit, round_id).form_fields
    drafts = []
    for student, texts in typed.items():
        before = known.get(student)
        whole = {field: "" for field in asked if before is None} | dict(texts)
        changed = {f: text for f, text in whole.items() if before is None or before[f] != text}
        if changed:
            drafts.append(Draft(Key(student, "recheck_answer", round_id), changed))
    said.unit.journal.state_all(drafts)


def _state_rulings(said: Saying, student: str, rulings: Mapping[str, str], why: str) -> None:
    """Say what a person decides about differences, with both spellings as the reason."""
    if unknown := set(rulings) - set(ANSWER_FIELDS) or set(rulings.values()) - {*RULINGS, ""}:
        raise ValueError(f"no such rulings: {sorted(unknown)}")
    one, same = said.rechecked()[student], same_spellings(said.unit)
    known = registration.texts_of_round(
        said.unit.connection, "answer_ruling", said.round.id, [student]
    )
    before = known.get(student, {})
    for field, ruling in rulings.items():
        _require_rulable(one, field, ruling, before.get(field, ""), same)
    values: dict[str, str | None] = {
        f: Ruling(ruling, one.answers[f], one.archive[f]).text if ruling else None
        for f, ruling in rulings.items()
    }
    if why:
        values["explanation"] = why
    reason = "".join(both_spellings(one, f, ruling) for f, ruling in rulings.items())
    said.unit.journal.state(Key(student, "answer_ruling", said.round.id), values, reason=reason)


def _require_form(one: Rechecked) -> None:
    """Raise unless there is a form to key in from."""
    if not (one.file.form and one.file.form_usable):
        raise Incomplete(
            f"{called(one.student)}还没有可用的复查表，不能录入。", "请先收入复查表的照片。"
        )


def _require_rulable(
    one: Rechecked,
    field: str,
    ruling: str,
    before: str,
    same: frozenset[tuple[str, str, str]],
) -> None:
    """Raise unless there is a difference to be ruled upon, or a ruling to be taken back."""
    title = ANSWER_TITLES[field]
    if not ruling:
        if not before:
            raise NothingToChange(f"“{title}”没有认定过，没有什么可撤回的。", "请刷新后核对。")
        return
    if field not in one.file.agreements:
        raise RulingRefused(f"“{title}”还没有录入，不能认定。", "请先录入复查表的内容。")
    found = compare(field, one.answers[field], one.archive[field], same)
    if found not in RULABLE:
        raise RulingRefused(
            f"“{title}”没有差异，不需要认定。", "请刷新后核对；填写有误的，请改正录入的内容。"
        )
