"""Renders the steps of export, merge desk and decisions over a demo that stopped in the middle.

Usage: ``QT_QPA_PLATFORM=offscreen python scripts/exchange_pictures.py SIGNED EXPORTED OUT``, where
the first two are what ``jice demo --until signed`` and ``--until exported`` made; copies are used.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop.app import speak_chinese
from desktop.procedures.session import open_and_sign_in
from desktop.views.desk import Desk
from desktop.views.frame.shell import Shell
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.pages.decisions.page import DecisionsPage
from desktop.views.pages.exchange.page import ExchangePage
from desktop.views.runner import Runner
from desktop.views.wizards.export.content_step import ContentStep
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.merge_desk.steps import FilesStep
from desktop.views.wizards.place_step import PlaceStep
from scripts.pictures import PASSPHRASE, SIZES, save, until

Sights = Iterator[tuple[str, QWidget]]
Walk = Callable[[Shell, Path], Sights]
LOOKS = (
    (SIZES[0], Scheme.LIGHT, 1.0),
    (SIZES[0], Scheme.DARK, 1.0),
    (SIZES[0], Scheme.LIGHT, 2.0),
    (SIZES[1], Scheme.LIGHT, 1.0),
)


def main(signed: Path, exported: Path, out: Path) -> None:
    """Walk through everything once, and render each sight in every look."""
    application = QApplication(["pictures"])
    speak_chinese(application)
    out.mkdir(parents=True, exist_ok=True)
    walks = ((signed, "college-01", _college), (exported, "registrar", _registrar))
    for size, scheme, factor in LOOKS:
        current_appearance().choose(scheme, factor)
        suffix = f"{size[0]}-{scheme}-{round(factor * 100)}"
        for demo, seat, walk in walks:
            with tempfile.TemporaryDirectory() as kept:
                copy = Path(kept) / "demo"
                shutil.copytree(demo, copy)
                for name, widget in _walk(copy, seat, size, walk):
                    if isinstance(widget, Wizard):
                        _as_on_a_screen(widget, size)
                    save(widget, out / f"{seat}-{name}-{suffix}.png")


def _walk(demo: Path, seat: str, size: tuple[int, int], walk: Walk) -> Sights:
    """Yield what one seat's walk shows."""
    runner = Runner()
    session = open_and_sign_in(demo / "seats" / seat, "", PASSPHRASE)
    memory = Memory(demo)
    shell = Shell(Desk(session, runner, memory))
    shell.resize(*size)
    shell.show()
    yield from walk(shell, demo)
    shell.close()
    shell.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    runner.shut_down(session.store.close)


def _as_on_a_screen(wizard: Wizard[Any], size: tuple[int, int]) -> None:
    """Give a wizard the size that it would take on a screen of this size."""
    look = current_appearance().look
    wizard.resize(
        min(look.px(1240), round(size[0] * 0.92)), min(look.px(680), round(size[1] * 0.92))
    )


def _college(shell: Shell, demo: Path) -> Sights:
    page = _exchange(shell)
    yield "exchange", shell
    wizard = page.export()
    yield "export-round", wizard
    _on(shell, wizard)
    assert isinstance(wizard.page, ContentStep)  # noqa: S101
    yield "export-content", wizard
    _on(shell, wizard)
    yield "export-place", wizard
    assert isinstance(wizard.page, PlaceStep)  # noqa: S101
    wizard.page.fill(str(demo / "gone"))
    _on(shell, wizard)
    yield "export-confirm", wizard
    _on(shell, wizard)
    yield "export-failed", wizard
    wizard.close()


def _registrar(shell: Shell, demo: Path) -> Sights:
    page = _exchange(shell)
    wizard = page.merge()
    yield "merge-files", wizard
    assert isinstance(wizard.page, FilesStep)  # noqa: S101
    wizard.page.add([demo / "bundles"])
    _on(shell, wizard)
    yield "merge-plan", wizard
    _on(shell, wizard)
    yield "merge-result", wizard
    wizard.close()
    _settle(shell)
    yield "exchange", shell
    page.lists.choose("refused")
    yield "exchange-refused", shell
    bundle = page.received.table.model.record(0).bundle.bundle_id
    page.withdraw(bundle)
    _settle(shell)
    yield "withdrawal", page.findChildren(Wizard)[-1]
    shell.open(DecisionsPage.CARD.id)
    _settle(shell)
    decisions = shell.page
    assert isinstance(decisions, DecisionsPage)  # noqa: S101
    yield "decisions", shell
    for tab in ("corrections", "additions"):
        decisions.tabs.choose(tab)
        yield tab, shell


def _exchange(shell: Shell) -> ExchangePage:
    shell.open(ExchangePage.CARD.id)
    _settle(shell)
    assert isinstance(shell.page, ExchangePage)  # noqa: S101
    return shell.page


def _on(shell: Shell, wizard: Wizard[Any]) -> None:
    wizard.go_on()
    _settle(shell)


def _settle(shell: Shell) -> None:
    until(lambda: not shell.desk.runner.running)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
