"""Who sends bundles to whom, and what of its own word each hears: one table (design §2).

Who leads a procedure is answered by everybody who takes part in it; the registrar, who leads the
others and vouches for every seat, hears only what admissions itself says of new students.
"""

from collections.abc import Mapping
from typing import Final

from desktop.domain.offices import OfficeKind

_EVERYBODY: Final = frozenset(OfficeKind)
SENDS_TO_MANY: Final = frozenset(
    {OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS, OfficeKind.STUDENT_AFFAIRS}
)
"""The kinds of offices that fill a stick with one bundle for each of many."""
_LED_BY_ADMISSIONS: Final[Mapping[OfficeKind, frozenset[OfficeKind]]] = {
    OfficeKind.REGISTRAR: _EVERYBODY,
    OfficeKind.ADMISSIONS: frozenset(
        {OfficeKind.COLLEGE, OfficeKind.STUDENT_AFFAIRS, OfficeKind.REGISTRAR}
    ),
    OfficeKind.STUDENT_AFFAIRS: frozenset({OfficeKind.ADMISSIONS, OfficeKind.COLLEGE}),
    OfficeKind.COLLEGE: frozenset({OfficeKind.ADMISSIONS, OfficeKind.STUDENT_AFFAIRS}),
}
_HEARD: Final[Mapping[tuple[OfficeKind, OfficeKind], frozenset[str]]] = {
    (OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR): frozenset(
        {
            "round",
            "class_group",
            "identity",
            "placement",
            "photo",
            "roster",
            "face_check",
            "likeness",
            "list_import",
            "entry_review",
            "review_waiting",
            "recheck",
            "approval",
        }
    ),
    (OfficeKind.ADMISSIONS, OfficeKind.STUDENT_AFFAIRS): frozenset(
        {"round", "class_group", "class_staff", "review_rules", "checklist_item", "withdrawal"}
    ),
    (OfficeKind.COLLEGE, OfficeKind.STUDENT_AFFAIRS): frozenset({"class_staff", "training_waiver"}),
}
"""What one kind of office hears of another's word; all of it where nothing stands here."""

_TAKES_BACK: Final[Mapping[OfficeKind, frozenset[OfficeKind]]] = {
    OfficeKind.REGISTRAR: _EVERYBODY,
    OfficeKind.ADMISSIONS: frozenset(
        {OfficeKind.ADMISSIONS, OfficeKind.STUDENT_AFFAIRS, OfficeKind.COLLEGE}
    ),
    OfficeKind.STUDENT_AFFAIRS: frozenset({OfficeKind.STUDENT_AFFAIRS, OfficeKind.COLLEGE}),
}
"""From whom a kind of office takes back what it has taken in: nobody undoes the word of whoever
leads what he takes part in (ADR 48)."""


def receivers(sender: OfficeKind, leader: OfficeKind) -> frozenset[OfficeKind]:
    """Return to which kinds of offices a kind sends bundles of rounds that an office leads."""
    if sender is OfficeKind.REGISTRAR:
        return _EVERYBODY
    if leader is OfficeKind.ADMISSIONS:
        return _LED_BY_ADMISSIONS.get(sender, frozenset({OfficeKind.REGISTRAR}))
    return frozenset({OfficeKind.REGISTRAR})


def sends_own_share(sender: OfficeKind, receiver: OfficeKind) -> bool:
    """Tell whether of what a kind says a receiver gets only what is about its own classes.

    So it is where an office speaks about the students of all colleges and sends to one of them.
    """
    return receiver is OfficeKind.COLLEGE and sender is not OfficeKind.COLLEGE


def hears(sender: OfficeKind, receiver: OfficeKind, aspect: str) -> bool:
    """Tell whether a kind of office hears what another says of an aspect."""
    heard = _HEARD.get((sender, receiver))
    return heard is None or aspect in heard


def takes_back(taker: OfficeKind, sender: OfficeKind) -> bool:
    """Tell whether a kind of office may take back a bundle that it has taken in from another."""
    return sender in _TAKES_BACK.get(taker, frozenset())
