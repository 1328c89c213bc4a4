"""Settings that are said to all offices: the school's words, and the rules of a round."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from desktop.domain.authority import SIGN_OFFS
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.domain.schools import SchoolFacts, SchoolVersion, school_subject
from desktop.domain.statements import Key
from desktop.errors import Incomplete
from desktop.procedures.rounds import require_leading, require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import stated_reason, typed_name, typed_text
from desktop.store import school


def school_history(session: Session) -> tuple[SchoolVersion, ...]:
    """Return every change of the school's words, the earliest first."""
    with session.unit_of_work() as unit:
        return school.school_versions(unit.connection)


def change_school(session: Session, since: str, changed: SchoolFacts, reason: str) -> None:
    """Say what the school is called, or who leads it, from a day on.

    Papers that are printed for an earlier day keep the earlier words.

    Args:
        session: of the registrar.
        since: the day from which it holds, ``YYYY-MM-DD``.
        changed: what changes; "" for what stays.
        reason: the document on which the change rests.

    Raises:
        Incomplete: nothing changes, the day is none, or no reason is given.
        NotAllowed: only the registrar does.
    """
    session.require(OfficeKind.REGISTRAR)
    values = {name: text for name, text in asdict(_typed_school(changed)).items() if text}
    if not values:
        raise Incomplete("没有填写要改动的内容。", "请填写学校名称、校长或层次后再保存。")
    if not _is_day(since):
        raise Incomplete("生效日期不是一个有效的日期。", "请按“年-月-日”选择日期后再保存。")
    reason = stated_reason(reason, "改动学校信息要写明依据。", "请填写文件名称和文号后再保存。")
    with session.unit_of_work() as unit:
        unit.journal.state(Key(school_subject(since), "school", ""), values, reason=reason)
        unit.commit()


def _typed_school(changed: SchoolFacts) -> SchoolFacts:
    """Return a school's words set right."""
    return replace(
        changed,
        code=typed_text("学校代码", changed.code),
        name=typed_text("学校名称", changed.name),
        president=typed_name("校长姓名", changed.president),
        level=typed_text("层次", changed.level),
    )


def change_round(
    session: Session,
    round_id: str,
    *,
    deadline: str,
    required_sign_offs: Sequence[str],
    proxy_allowed: bool,
    reason: str,
) -> Round:
    """Change the deadline and the rules of an open round.

    Args:
        session: of the office that leads the round.
        round_id: an open round.
        deadline: ``YYYY-MM-DD``.
        required_sign_offs: names of ``authority.SIGN_OFFS``, at least one.
        proxy_allowed: whether others may sign for a student, each with a reason.
        reason: why.

    Raises:
        Incomplete: the deadline is no day, nobody signs, or no reason is given.
        NotFound, RoundNotOpen, NotAllowed: nothing was changed.
    """
    if not _is_day(deadline):
        raise Incomplete("截止日期不是一个有效的日期。", "请按“年-月-日”选择日期后再保存。")
    if not set(required_sign_offs) <= set(SIGN_OFFS):
        raise ValueError(f"no such sign-offs: {sorted(required_sign_offs)}")
    if not required_sign_offs:
        raise Incomplete("至少要有一级签字。", "请勾选需要的签字后再保存。")
    reason = stated_reason(reason, "改动批次的规定要写明原因。", "请填写原因后再保存。")
    with session.unit_of_work() as unit:
        known = require_open(unit, round_id)
        require_leading(session, known.procedure)
        new = {
            "deadline": deadline,
            "required_sign_offs": ",".join(s for s in SIGN_OFFS if s in required_sign_offs),
            "proxy_allowed": "yes" if proxy_allowed else "no",
        }
        old = {
            "deadline": known.deadline,
            "required_sign_offs": ",".join(known.required_sign_offs),
            "proxy_allowed": "yes" if known.proxy_allowed else "no",
        }
        changed = {field: text for field, text in new.items() if text != old[field]}
        if changed:
            unit.journal.state(Key(f"round:{round_id}", "round", ""), changed, reason=reason)
            unit.commit()
        return school.round_by_id(unit.connection, round_id)


def _is_day(text: str) -> bool:
    """Tell whether a text is a day ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
