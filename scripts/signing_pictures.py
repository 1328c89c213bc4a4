"""Renders the secretary's pages and wizards of signing over a demo that stopped in the middle.

Usage: ``QT_QPA_PLATFORM=offscreen python scripts/signing_pictures.py ISSUED SIGNED OUT``, where the
first two are what ``jice demo --until issued`` and ``--until signed`` made; copies are used.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop.app import speak_chinese
from desktop.domain.sheets import Mark
from desktop.procedures.merging import merge
from desktop.procedures.session import open_and_sign_in
from desktop.views.desk import Desk
from desktop.views.frame.shell import Shell
from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory
from desktop.views.pages.recording.page import RecordingPage
from desktop.views.pages.signing.page import SigningPage
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.on_sheet.evidence_step import EvidenceStep
from desktop.views.wizards.step_pages import ChoiceStep, FormStep
from scripts.pictures import PASSPHRASE, SIZES, save, until

Sights = Iterator[tuple[str, QWidget]]
LOOKS = (
    (SIZES[0], Scheme.LIGHT, 1.0),
    (SIZES[0], Scheme.DARK, 2.0),
    (SIZES[1], Scheme.DARK, 1.0),
)


def main(issued: Path, signed: Path, out: Path) -> None:
    """Walk through everything once in every look."""
    application = QApplication(["pictures"])
    speak_chinese(application)
    out.mkdir(parents=True, exist_ok=True)
    for size, scheme, factor in LOOKS:
        current_appearance().choose(scheme, factor)
        suffix = f"{size[0]}-{scheme}-{round(factor * 100)}"
        for demo, walk in ((issued, _printing), (signed, _recording)):
            with tempfile.TemporaryDirectory() as kept:
                copy = Path(kept) / "demo"
                shutil.copytree(demo, copy)
                for name, widget in _walk(copy, size, walk):
                    if isinstance(widget, Wizard):
                        _as_on_a_screen(widget, size)
                    save(widget, out / f"{name}-{suffix}.png")


def _walk(demo: Path, size: tuple[int, int], walk: Callable[[Shell, Path], Sights]) -> Sights:
    runner = Runner()
    session = open_and_sign_in(demo / "seats" / "college-01", "", PASSPHRASE)
    shell = Shell(Desk(session, runner, Memory(demo)))
    shell.resize(*size)
    shell.show()
    yield from walk(shell, demo)
    shell.close()
    shell.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    runner.shut_down(session.store.close)


def _as_on_a_screen(wizard: Wizard[Any], size: tuple[int, int]) -> None:
    look = current_appearance().look
    wide, high = (1240, 680) if wizard.windowTitle() == "打印核对签字表" else (820, 540)
    wizard.resize(
        min(look.px(wide), round(size[0] * 0.92)), min(look.px(high), round(size[1] * 0.92))
    )


def _settle(shell: Shell) -> None:
    until(lambda: not shell.desk.runner.running)


def _printing(shell: Shell, demo: Path) -> Sights:
    """Take in the roster, and yield the wizard that prints, and the list of a class."""
    sent = sorted((demo / "bundles" / "下发" / "college-01").glob("*.jice"))
    shell.desk.change(
        lambda session, _progress: merge(session, sent), owner=shell, title="正在收入报送包"
    )
    _settle(shell)
    page = _signing(shell)
    yield "signing-fresh", shell
    first = page.table.model.record(0).group.id
    shell.open("class_list", first)
    _settle(shell)
    yield "class-list", shell
    page = _signing(shell)
    wizard = page.print_sheets()
    assert wizard  # noqa: S101 - there are classes
    yield "print-classes", wizard
    for name in ("print-preview", "print-output"):
        wizard.go_on()
        _settle(shell)
        yield name, wizard
    wizard.reject()
    _settle(shell)
    wizard = page.print_sheets(first)
    assert wizard  # noqa: S101
    wizard.go_on()
    _settle(shell)
    yield "print-scope", wizard
    wizard.reject()


def _recording(shell: Shell, demo: Path) -> Sights:
    """Yield a sheet as it is recorded, and the wizards about its students."""
    page = _signing(shell)
    yield "signing", shell
    shell.open("recording")
    _settle(shell)
    yield "recording-entrance", shell
    shell.open("recording", page.table.model.record(0).group.id)
    _settle(shell)
    recording = shell.page
    assert isinstance(recording, RecordingPage)  # noqa: S101
    table, reasons = recording.place.table, recording.place.reasons
    table.go_to(1)
    table.marked.emit(1, Mark.UNSIGNED)
    yield "recording-reason", shell
    reasons.reason.setText("请病假，尚未返校")
    reasons.reason.returnPressed.emit()
    table.go_to(3)
    table.marked.emit(3, Mark.BY_PROXY)
    yield "recording-proxy", shell
    reasons.give_up()
    table.go_to(1)
    yield "recording", shell
    yield from _wizards(shell, recording, demo)


def _wizards(shell: Shell, page: RecordingPage, demo: Path) -> Sights:
    photo = demo / "身份证正面.png"
    picture = QImage(856, 540, QImage.Format.Format_RGB32)
    picture.fill(QColor("#c9d8e8"))
    picture.save(str(photo))
    for name, wizard in (
        ("addition", page.add_student()),
        ("correction", page.propose_correction()),
        ("place", page.report_place()),
        ("retraction", page.retract()),
    ):
        assert wizard  # noqa: S101 - a sheet is open
        yield name, wizard
        wizard.go_on()
        yield "place-paper" if name == "place" else f"{name}-problems", wizard
        if isinstance(wizard.page, FormStep) and name == "correction":
            wizard.page.fill(new="王大明", explanation="以身份证为准")
            wizard.go_on()
        if isinstance(wizard.page, EvidenceStep):
            wizard.page.attach([photo])
            yield f"{name}-evidence", wizard
            wizard.go_on()
            _settle(shell)
            yield f"{name}-done", wizard
        assert not isinstance(wizard.page, ChoiceStep)  # noqa: S101 - it was gone on from
        wizard.reject()


def _signing(shell: Shell) -> SigningPage:
    shell.open("signing")
    _settle(shell)
    page = shell.page
    assert isinstance(page, SigningPage)  # noqa: S101
    return page


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
