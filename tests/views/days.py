"""What the days of a registrar and a secretary have in common: seats, a stick, files in and out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from desktop.procedures.session import Session, open_and_sign_in
from tests.conftest import OPERATOR, PASSPHRASE
from tests.views.conftest import Start
from tests.views.person import Person


class Day:
    """The offices' folders, the stick that goes between them, and the program of one of them."""

    def __init__(
        self, start: Start, qtbot: QtBot, folder: Path, passphrase: str = PASSPHRASE
    ) -> None:
        self._start, self._qtbot, self.folder = start, qtbot, folder
        self._passphrase = passphrase
        self.stick, self.cabinet = folder / "stick", folder / "cabinet"
        self.backups = folder / "backups"
        for made in (self.stick, self.cabinet, self.backups):
            made.mkdir()

    @contextmanager
    def at(self, seat: str, *, signed_in: bool = True) -> Iterator[Person]:
        """Start the program of a seat, and close it when the work there is done."""
        program = self._start(self.folder / seat)
        person = Person(self._qtbot, program.runner)
        person.waits()
        if signed_in:
            person.signs_in(self._passphrase)
        yield person
        self._start.close(program)

    @contextmanager
    def behind(self, seat: str) -> Iterator[Session]:
        """Act for a seat whose program is not open."""
        session = open_and_sign_in(self.folder / seat, OPERATOR, self._passphrase)
        with session.store:
            yield session


def exports(person: Person, folder: Path, *, offices: int = 1) -> None:
    """Write what is new for everybody."""
    folder.mkdir(exist_ok=True)
    person.presses("收发")
    person.keys("Ctrl+E")
    person.goes_on()
    person.goes_on()
    person.fills("写到哪里", str(folder))
    for _step in ("place", "confirm", "done"):
        person.goes_on()
    assert len(list(folder.glob("*.jice"))) == offices


def takes_in(person: Person, chosen: list[Any], files: list[Path], *, refused: int = 0) -> None:
    """Take files in by the merge desk: look first, then take."""
    person.presses("收发")
    person.keys("Ctrl+I")
    chosen.append(files)
    person.presses("选择文件…")
    person.presses("核对并预览")
    assert person.sees("现在还没有改动任何内容")
    assert person.sees(f"{refused} 份不能收入") == bool(refused)
    person.presses("收入")
    if refused:
        assert person.sees(f"拒收 {refused} 份")
    person.goes_on()
