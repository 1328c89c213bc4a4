"""Keeping what is not saved beside the store, one writing after the other."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.procedures.check_in.check_in_drafts import keep_notes
from desktop.procedures.check_in.check_in_notes import CheckInNotes
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.runner import Failure

Kept = tuple[str, str, CheckInNotes]
"""Of which round and class, and what."""


class Keeping:
    """Writes drafts; while one is being written or saved, later ones wait for one more time.

    Otherwise what is saved now would be written as a draft once more, behind the saving.
    """

    def __init__(self, desk: Desk, owner: QObject, failed: Callable[[Failure], None]) -> None:
        self._desk, self._owner, self._failed = desk, owner, failed
        self._waiting: Kept | None = None
        self._busy = False

    def keep(self, kept: Kept) -> None:
        """Write a draft, now or as soon as it may be."""
        self._waiting = kept
        self._go_on()

    def hold(self) -> None:
        """Write nothing until told to go on: something is being saved."""
        self._busy = True

    def release(self) -> None:
        """Go on writing."""
        self._busy = False
        self._go_on()

    def _go_on(self) -> None:
        if self._busy or self._waiting is None:
            return
        (round_id, class_id, notes), self._waiting = self._waiting, None
        self._busy = True
        self._desk.run(
            lambda session, _progress: keep_notes(session, round_id, class_id, notes),
            lambda _nothing: self.release(),
            self._not_kept,
            owner=self._owner,
            title=tr("正在保存草稿"),
        )

    def _not_kept(self, failure: Failure) -> None:
        self._busy = False
        self._failed(failure)
