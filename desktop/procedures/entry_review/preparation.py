"""Student affairs prepares procedure one: the round's rules and its checklist (细则 一(三)1–2).

What nobody has said is this college's custom. The first time that anything is saved or issued, the
whole of it is said, so that every office works by the same even where customs differ.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.review_fields import ANSWER_FIELDS, REVIEW_RULE_FIELDS, REVIEW_RULE_TITLES
from desktop.domain.review_rules import SECOND_CHECKS, ReviewRules, percent_asked, recheck_deadline
from desktop.domain.rounds import Procedure
from desktop.domain.spelling import compact
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NothingToChange, ValueRefused
from desktop.procedures.entry_review.year_checklist import PREPARERS, lines_to_say
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Reader, Session
from desktop.procedures.standing.review_files import checklist_of, rules_of_round
from desktop.procedures.typed_texts import typed_day, typed_text
from desktop.store import registration
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork

_LINK: Final = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_LONGEST_LINK: Final = 500  # characters; a QR code can still be read
_PERCENT: Final = 100
_MOST_DAYS: Final = 366
_PLAIN_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class TypedRules:
    """The rules as a person types them; see ``ReviewRules``."""

    face_link: str = ""
    face_threshold: str = ""  # 0.8 or 80%
    second_check: str = ""
    check_in_from: str = ""
    check_in_until: str = ""
    no_show_days: str = ""
    report_days: str = ""
    recheck_until: str = ""
    form_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesOnDesk:
    """The rules of a round, and whether they were ever said or are only this college's custom."""

    rules: ReviewRules
    said: bool
    proposed_recheck: str  # three months after the first day of check-in, ISO or ""


def rules_on_desk(session: Reader, round_id: str) -> RulesOnDesk:
    """Return the rules of a round as they stand, customs where nothing was said.

    Raises:
        NotAllowed: the office does not prepare the review.
    """
    session.require(*PREPARERS)
    with session.unit_of_work() as unit:
        rules = rules_of_round(unit, round_id)
        said = bool(_said_rules(unit, round_id))
    start = rules.check_in_from
    proposed = recheck_deadline(date.fromisoformat(start)).isoformat() if start else ""
    return RulesOnDesk(rules, said, proposed)


def as_typed(rules: ReviewRules) -> TypedRules:
    """Return rules as a form shows them; reading them back gives the same rules."""
    return TypedRules(
        face_link=rules.face_link,
        face_threshold=percent_asked(rules.face_threshold),
        second_check=rules.second_check,
        check_in_from=rules.check_in_from,
        check_in_until=rules.check_in_until,
        no_show_days=str(rules.no_show_days),
        report_days=str(rules.report_days),
        recheck_until=rules.recheck_until,
        form_fields=rules.form_fields,
    )


def read_typed(typed: TypedRules) -> ReviewRules:
    """Return the rules that were typed; what is left empty is this college's custom.

    Raises:
        ValueRefused: a value can not be right; names it.
        TextRefused: a text has characters that nobody can read.
    """
    custom = ReviewRules()
    if typed.second_check and typed.second_check not in SECOND_CHECKS:
        raise ValueError(f"no such rule: {typed.second_check}")
    if unknown := set(typed.form_fields) - set(ANSWER_FIELDS):
        raise ValueError(f"no such fields: {sorted(unknown)}")
    rules = ReviewRules(
        face_link=_link(typed.face_link),
        face_threshold=_threshold(typed.face_threshold, custom.face_threshold),
        second_check=typed.second_check or custom.second_check,
        check_in_from=_day("check_in_from", typed.check_in_from),
        check_in_until=_day("check_in_until", typed.check_in_until),
        no_show_days=_days("no_show_days", typed.no_show_days, custom.no_show_days),
        report_days=_days("report_days", typed.report_days, custom.report_days),
        recheck_until=_day("recheck_until", typed.recheck_until),
        form_fields=typed.form_fields or custom.form_fields,
    )
    _check_order(rules)
    return rules


def change_rules(session: Session, round_id: str, typed: TypedRules) -> ReviewRules:
    """Say what the round asks for, as far as it was not said before.

    Raises:
        ValueRefused, TextRefused: see ``read_typed``.
        NothingToChange: all of it was said before.
        NotAllowed, RoundNotOpen: nothing was changed.
    """
    session.require(*PREPARERS)
    rules = read_typed(typed)
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        drafts = _rule_drafts(unit, round_id, rules)
        if not drafts:
            raise NothingToChange("这些规定和已经保存的相同。", "需要修改时，改好以后再保存。")
        unit.journal.state_all(drafts)
        unit.commit()
    return rules


@dataclass(frozen=True, slots=True)
class Prepared:
    """What issuing has said now: whether the rules, and how many lines of the checklist."""

    rules: bool
    lines: int


def issue_preparation(session: Session, round_id: str) -> Prepared:
    """Say all rules and lines that are only customs so far, so that they travel to the colleges.

    A re-check has no checklist. Issuing twice does no harm.

    Raises:
        Incomplete: the days are not set from which deadlines follow.
        NotAllowed, RoundNotOpen: nothing was said.
    """
    session.require(*PREPARERS)
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        rules = rules_of_round(unit, round_id)
        _require_days(round_.procedure, rules)
        drafts = _rule_drafts(unit, round_id, rules)
        listed: list[Draft] = []
        if round_.procedure is Procedure.ENTRY_REVIEW:
            items = checklist_of(unit, round_id)
            listed = lines_to_say(unit, round_id, items, items)
        unit.journal.state_all([*drafts, *listed])
        unit.commit()
    return Prepared(bool(drafts), len(listed))


def days_set(procedure: Procedure, rules: ReviewRules) -> bool:
    """Tell whether the days are set from which a procedure's deadlines follow."""
    if procedure is Procedure.RECHECK:
        return bool(rules.recheck_until)
    return bool(rules.check_in_from and rules.check_in_until)


def _require_days(procedure: Procedure, rules: ReviewRules) -> None:
    if days_set(procedure, rules):
        return
    if procedure is Procedure.RECHECK:
        raise Incomplete("还没有填写复查截止的日期。", "请先在“审查规定”里填写这个日期并保存。")
    raise Incomplete(
        "还没有填写报到开始和截止的日期，各项期限算不出来。",
        "请先在“审查规定”里填写这两个日期并保存。",
    )


def _rule_drafts(unit: UnitOfWork, round_id: str, rules: ReviewRules) -> list[Draft]:
    """Return what has to be said so that these rules hold, the unsaid customs included."""
    said = _said_rules(unit, round_id)
    wanted = _as_said(rules)
    values = {
        field: wanted[field] or None
        for field in REVIEW_RULE_FIELDS
        if wanted[field] != said.get(field, "")
    }
    return [Draft(Key(f"round:{round_id}", "review_rules", round_id), values)] if values else []


def _said_rules(unit: UnitOfWork, round_id: str) -> Mapping[str, str]:
    texts = registration.texts_of_round(unit.connection, "review_rules", round_id)
    said = texts.get(f"round:{round_id}", {})
    return {field: said[field] for field in REVIEW_RULE_FIELDS if said.get(field)}


def _as_said(rules: ReviewRules) -> Mapping[str, str]:
    """Return rules as statements say them."""
    return {
        "face_link": rules.face_link,
        "face_threshold": f"{rules.face_threshold:.10g}",
        "second_check": rules.second_check,
        "check_in_from": rules.check_in_from,
        "check_in_until": rules.check_in_until,
        "no_show_days": str(rules.no_show_days),
        "report_days": str(rules.report_days),
        "recheck_until": rules.recheck_until,
        "form_fields": ",".join(rules.form_fields),
    }


def _link(text: str) -> str:
    link = typed_text(REVIEW_RULE_TITLES["face_link"], text)
    if link and not (_LINK.fullmatch(link) and len(link) <= _LONGEST_LINK):
        raise ValueRefused(
            f"网址“{link[:60]}”不完整，学生扫码后打不开。",
            "请从浏览器的地址栏复制整个网址，以“http://”或“https://”开头，中间没有空格。",
        )
    return link


def _threshold(text: str, custom: float) -> float:
    """Return a likeness as 0.8, 80 % or 80 say it: one and less is of one, more of a hundred."""
    title = REVIEW_RULE_TITLES["face_threshold"]
    value = compact(text).replace("％", "%")
    if not value:
        return custom
    plain = value.removesuffix("%")
    number = float(plain) if _PLAIN_NUMBER.fullmatch(plain) else -1.0
    if value.endswith("%") or number > 1:
        number /= _PERCENT
    if not 0 <= number <= 1:
        raise ValueRefused(
            f"{title}“{text.strip()}”不在 0 到 1（0% 到 100%）之间。",
            "请填写“0.8”或“80%”这样的数。",
        )
    return round(number, 6)


def _days(field: str, text: str, custom: int) -> int:
    value = compact(text).removesuffix("天")
    if not value:
        return custom
    if not (value.isascii() and value.isdecimal() and int(value) <= _MOST_DAYS):
        raise ValueRefused(
            f"“{REVIEW_RULE_TITLES[field]}”填写的“{text.strip()}”不是天数。",
            f"请填写 0 到 {_MOST_DAYS} 的整数。",
        )
    return int(value)


def _day(field: str, text: str) -> str:
    return typed_day(REVIEW_RULE_TITLES[field], text)


def _check_order(rules: ReviewRules) -> None:
    """Raise where one day lies on the wrong side of another."""
    start, end, recheck = rules.check_in_from, rules.check_in_until, rules.recheck_until
    if start and end and end < start:
        raise ValueRefused(
            f"报到截止（{end}）早于报到开始（{start}）。", "请核对两个日期，改正后再保存。"
        )
    if recheck and start:
        latest = recheck_deadline(date.fromisoformat(start)).isoformat()
        if not start < recheck <= latest:
            raise ValueRefused(
                f"复查截止（{recheck}）不在入学后三个月内（{start} 至 {latest}）。",
                f"请填写不晚于 {latest} 的日期（41号令 第十一条）。",
            )
