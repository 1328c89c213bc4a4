"""A form that asks for a file, and offers the ones that lie on the sticks that are plugged in."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit

from desktop.views.language import tr
from desktop.views.runner import Runner
from desktop.views.sticks import Stick, sticks
from desktop.views.wizards.step_pages import Field, FormStep
from desktop.views.wizards.stick_box import Offer, Seen, StickBox

Found = Callable[[Stick], Iterable[tuple[Path, str]]]
"""Returns what is looked for on a stick: each file, and what it is in words."""


class StickFileStep(FormStep):
    """The first field takes the file; the only one that is found is taken by itself.

    Attributes:
        found: returns the sticks that are plugged in.
    """

    def __init__(
        self,
        runner: Runner,
        words: tuple[str, str],
        fields: Sequence[Field],
        seen: Callable[[Sequence[Stick]], Seen],
        shown: Callable[[Any], str] | None = None,
    ) -> None:
        self.found: Callable[[], Sequence[Stick]] = sticks
        self.box = StickBox(runner, lambda: seen(self.found()))
        question, hint = words
        super().__init__(question, hint, fields, shown, above=self.box)
        self._taken = fields[0].name
        self.box.chosen.connect(self._take)
        self.box.looked.connect(self._take_the_only_one)

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any frozen draft
        """Show what is chosen so far, and look for sticks."""
        super().show_draft(draft)
        self.box.mark(str(getattr(draft, self._taken)))
        self.box.look()

    def _take(self, path: str) -> None:
        self.fill(**{self._taken: path})
        self.changed.emit()

    def _take_the_only_one(self, seen: Seen) -> None:
        line = self.field(self._taken)
        if len(seen.offers) == 1 and isinstance(line, QLineEdit) and not line.text():
            self.box.mark(seen.offers[0].path)
            self._take(seen.offers[0].path)


def files_seen(plugged_in: Sequence[Stick], found: Found, what: str) -> Seen:
    """Say what was found on which stick; also that there is no stick, or nothing on it."""
    if not plugged_in:
        return Seen(tr("没有找到U盘。请插好U盘，再点“重新查看”；也可以直接选择文件。"))
    offers = tuple(
        Offer(str(path), tr("{words}\n在U盘“{name}”上", words=words, name=stick.name))
        for stick in plugged_in
        for path, words in found(stick)
    )
    if offers:
        return Seen(tr("U盘上有这些{what}，点一下就选好：", what=what), offers)
    names = "、".join(f"“{stick.name}”" for stick in plugged_in)
    return Seen(
        tr(
            "U盘{names}上没有{what}。请换一个U盘，再点“重新查看”；也可以直接选择文件。",
            names=names,
            what=what,
        )
    )
