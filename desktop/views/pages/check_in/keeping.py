"""Keeping what is not saved beside the store, one writing after the other."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.runner import Failure

K = TypeVar("K")


class Keeping(Generic[K]):
    """Writes drafts; while one is being written or saved, later ones wait for one more time.

    Otherwise what is saved now would be written as a draft once more, behind the saving.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QObject,
        failed: Callable[[Failure], None],
        write: Callable[[Session, K], object],
    ) -> None:
        self._desk, self._owner, self._failed, self._write = desk, owner, failed, write
        self._waiting: list[K] = []
        self._busy = False

    def keep(self, kept: K) -> None:
        """Write a draft, now or as soon as it may be."""
        self._waiting = [kept]
        self._go_on()

    def hold(self) -> None:
        """Write nothing until told to go on: something is being saved."""
        self._busy = True

    def release(self) -> None:
        """Go on writing."""
        self._busy = False
        self._go_on()

    def _go_on(self) -> None:
        if self._busy or not self._waiting:
            return
        kept = self._waiting.pop()
        self._busy = True
        self._desk.run(
            lambda session, _progress: self._write(session, kept),
            lambda _nothing: self.release(),
            self._not_kept,
            owner=self._owner,
            title=tr("正在保存草稿"),
        )

    def _not_kept(self, failure: Failure) -> None:
        self._busy = False
        self._failed(failure)
