"""Takes the pictures: checks that what is in sight is what the table says, and writes it small."""

from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtGui import QImage
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop.views.frame.window import MainWindow
from desktop.views.wizards.frame import Wizard
from scripts.screens.shots import SHOTS, Shot
from scripts.screens.waiting import until

_VIEWS = "desktop.views."
_COLOURS, _BRIGHT = 52, 24  # as many as a picture of a window needs to look like itself
_GREY = 48
_DRAWING = 600  # milliseconds
_PASSES = 6  # a scroll bar that appears makes lines wrap anew, and so on
_BEST = 0  # Qt's word for the smallest PNG


class Camera:
    """Takes what is wanted of the shots, and knows what it came by."""

    def __init__(self, folder: Path, wanted: frozenset[str]) -> None:
        self._folder, self._wanted = folder, wanted
        self._folder.mkdir(parents=True, exist_ok=True)
        self._shots = {shot.name: shot for shot in SHOTS}
        self.taken: set[str] = set()

    def take(self, name: str, widget: QWidget) -> None:
        """Take a picture of a widget, if this look wants it.

        Raises:
            LookupError: the table has no such picture.
            ValueError: what is in sight is something else than the table says.
        """
        shot = self._shots[name]
        _come_to_rest()
        require_true(shot, widget)
        self.taken.add(name)
        if name in self._wanted:
            small(widget.grab().toImage()).save(str(self._folder / f"{name}.png"), quality=_BEST)


def _come_to_rest() -> None:
    """Wait for work in the background, and for pages of paper that are drawn beside it."""
    tops = QApplication.topLevelWidgets()
    shells = [one.shell for one in tops if isinstance(one, MainWindow) and one.shell]
    try:
        until(lambda: all(shell.desk.runner.running is None for shell in shells))
    except TimeoutError as error:
        raise TimeoutError(f"still at work: {[s.desk.runner.running for s in shells]}") from error
    for _pass in range(_PASSES):
        until(lambda: True)
    if any(view.isVisible() for top in tops for view in top.findChildren(QPdfView)):
        drawn = QDeadlineTimer(_DRAWING)
        until(drawn.hasExpired)


def require_true(shot: Shot, widget: QWidget) -> None:
    """Raise unless a widget is what a shot is said to show."""
    match shot.covers.split():
        case ["page", kind, id_]:
            shell = widget.shell if isinstance(widget, MainWindow) else None
            true = shell is not None and (shell.desk.kind, shell.page.CARD.id) == (kind, id_)
        case ["step", _module, step]:
            true = isinstance(widget, Wizard) and widget.step == step
        case ["question", _module]:
            true = isinstance(widget, QMessageBox)
        case ["dialog", name]:
            true = f"{type(widget).__module__}.{type(widget).__name__}" == _VIEWS + name or (
                isinstance(widget, MainWindow) and widget.is_locked
            )
        case _:
            true = False
    if not true:
        raise ValueError(f"{shot.name} shows {_in_sight(widget)}, not {shot.covers}")


def _in_sight(widget: QWidget) -> str:
    if isinstance(widget, MainWindow) and widget.shell:
        return f"page {widget.shell.desk.kind} {widget.shell.page.CARD.id}"
    step: Any = widget.step if isinstance(widget, Wizard) else ""
    return f"{type(widget).__name__} {step}"


def small(picture: QImage) -> QImage:
    """Return a picture with the colours that it has most of: a fifth of the size."""
    flat = picture.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(flat.constBits()).cast("I"))
    common = [colour for colour, _count in counts.most_common()]
    bright = [colour for colour in common if _is_bright(colour)][:_BRIGHT]
    others = [colour for colour in common if colour not in set(bright)]
    kept = [*bright, *others[: _COLOURS - len(bright)]]
    return flat.convertToFormat(QImage.Format.Format_Indexed8, kept)


def _is_bright(colour: int) -> bool:
    """Tell whether a colour is no grey: there is little of it, and it tells most."""
    channels = colour.to_bytes(4, "big")[1:]
    return max(channels) - min(channels) > _GREY
