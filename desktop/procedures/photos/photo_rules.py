"""What is asked of each kind of photo: the registrar says it, every office checks by it."""

from collections.abc import Mapping

from desktop.domain.offices import OfficeKind
from desktop.domain.photos import (
    PHOTO_TITLES,
    PhotoKind,
    PhotoRules,
    rule_problems,
    rules_of,
    rules_subject,
    said_of,
)
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NothingToChange, ValueRefused
from desktop.procedures.session import Session
from desktop.store import photos


def photo_rules(session: Session) -> dict[PhotoKind, PhotoRules]:
    """Return what is asked of each kind of photo."""
    with session.unit_of_work() as unit:
        return photos.rules(unit.connection)


def change_photo_rules(
    session: Session, kind: PhotoKind, values: Mapping[str, str], reason: str
) -> PhotoRules:
    """Ask something else of one kind of photo from now on; photos that are in stay.

    Raises:
        NotAllowed: another office than the registrar's.
        Incomplete: there is no reason.
        ValueRefused: a value can not be; nothing was changed.
        NothingToChange: they are so already.
    """
    session.require(OfficeKind.REGISTRAR)
    if not reason.strip():
        raise Incomplete("没有写明改动照片要求的依据。", "请写明依据，例如上级的通知，再保存。")
    with session.unit_of_work() as unit:
        before = photos.rules(unit.connection)[kind]
        if problems := rule_problems({**said_of(before), **values}):
            raise ValueRefused(f"{PHOTO_TITLES[kind]}的要求没有保存。", "".join(problems.values()))
        after = rules_of(values, before)
        if after == before:
            raise NothingToChange(
                f"{PHOTO_TITLES[kind]}的要求与现在的一样，没有改动。", "请核对要改的项目。"
            )
        was = said_of(before)
        changed: dict[str, str | None] = {
            name: text for name, text in said_of(after).items() if text != was[name]
        }
        unit.journal.state(Key(rules_subject(kind), "photo_rules", ""), changed, reason=reason)
        unit.commit()
    return after
