"""The registrar begins: the school, the empty window, the first round and its roster."""

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.backups import BackupCopy
from desktop.paths import resources_dir
from desktop.procedures.demo.play import SAMPLE
from desktop.procedures.school.waiting import WaitingPlace
from desktop.views.opening_sign import OpeningSign
from desktop.views.pages.help.window import HelpWindow
from desktop.views.pages.roster.page import RosterPage
from desktop.views.wizards.first_start.draft import CREATE, RESTORE, TRY, FirstStart
from desktop.views.wizards.first_start.flow import first_start_flow
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.read_file.mending.file_step import FileStep
from scripts.screens.seat import CHOSEN, Seat
from scripts.screens.shots import REGISTRAR_PAGES
from scripts.screens.stages import PRACTICE
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, every_page


def begin(way: Way) -> Sights:
    """Create the school, and open its first round."""
    folder = way.place / "籍册"
    shutil.rmtree(folder, ignore_errors=True)
    seat = Seat(folder, way.look)
    yield from _opening()
    yield "first-start-choice", seat.wizard
    fill(seat.wizard, choice=CREATE)
    yield "first-start-missing", seat.go_on() and seat.go_on()
    fill(seat.wizard, school_code="12354", school_name="襄阳职业技术学院")
    yield "first-start-school", seat.wizard
    seat.go_on()
    fill(seat.wizard, operator="张老师", passphrase=CHOSEN, again=CHOSEN)
    yield "first-start-operator", seat.wizard
    yield "first-start-confirm_create", seat.go_on()
    yield "first-start-created", seat.go_on()
    seat.go_on()
    yield "sign-in", seat.window
    seat.sign_in("不是这个")
    yield "sign-in-refused", seat.window
    seat.sign_in(CHOSEN)
    yield from every_page(seat, "registrar-empty", REGISTRAR_PAGES)
    yield from _open_round(seat, way.stick())
    yield from _admit(seat)
    seat.close()


def _opening() -> Sights:
    """Yield what is in sight while the program is loaded."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        sign = OpeningSign(application)
        sign.show()
        yield "opening", sign
        sign.close()


def _open_round(seat: Seat, stick: Path) -> Sights:
    """Yield the wizard that reads the roster."""
    roster = Path(shutil.copy(resources_dir() / "samples" / SAMPLE, stick))
    seat.open(RosterPage).begin_round()
    yield "open-round-round", seat.wizard
    yield "open-round-rules", seat.go_on()
    file = seat.go_on().page
    if not isinstance(file, FileStep):
        raise TypeError("no file is asked for")
    file.fill(str(roster))
    seat.settle()
    file.asks_columns.setChecked(True)
    yield "open-round-file", seat.wizard
    for step in ("columns", "mend", "content", "offices", "confirm", "done"):
        yield f"open-round-{step}", seat.go_on()
    seat.go_on()


def _admit(seat: Seat) -> Sights:
    """Yield the rows that are held back, and the wizard that lets them in."""
    page = seat.open(RosterPage)
    held = page.table.records
    page.table.choose(held[0])
    yield "roster-held", seat.window
    page.admit([row for row in held if row.can_stay][:8])
    yield "admit-many", seat.wizard
    seat.put_away()
    page.admit([next(row for row in held if "id-checksum" in row.kinds)])
    yield "admit-wrong", seat.wizard
    seat.put_away()
    page.admit([next(row for row in held if row.can_stay)])
    fill(seat.wizard, reason="已与招生工作处核对")
    yield "admit-form", seat.wizard
    yield "admit-confirm", seat.go_on()
    yield "admit-done", seat.go_on()
    seat.go_on()


def practise(way: Way) -> Sights:
    """Yield the steps of trying it, and the window of a school for practice."""
    seat = way.seat(way.demo(PRACTICE), "registrar")
    draft = FirstStart(way.place / "籍册", way.place / "练习", choice=TRY)
    for step in ("role", "confirm_try", "ready"):
        wizard = Wizard(
            first_start_flow(seat.program.runner, WaitingPlace()),
            draft,
            seat.program.runner,
            at=step,
        )
        wizard.open()
        yield f"first-start-{step}", wizard
        seat.put_away()
    yield from _go_back(seat, draft)
    yield "practice", seat.window
    seat.close()


def _go_back(seat: Seat, draft: FirstStart) -> Sights:
    """Yield the steps of going back to a backup, and the help beside one of them."""
    copies = tuple(
        BackupCopy(
            f"E:/备份/202609{day}",
            f"2026-09-{day}T17:05:00+08:00",
            "张老师",
            "12354",
            "001",
            "教务处学籍科",
            training=False,
            statements=count,
            size=1 << 24,
            sha256="",
            state_digest="",
            school_name="襄阳职业技术学院",
            students=1_857,
        )
        for day, count in ((25, 38_204), (24, 31_077), (18, 12_350))
    )
    filled = replace(
        draft,
        choice=RESTORE,
        backups_folder="E:/备份",
        copies=copies,
        damaged_copies=1,
        copy=copies[0].folder,
        operator="张老师",
        kept_aside=f"{draft.folder}-恢复20260925的备份以前",
    )
    for step in ("backups", "copy", "opener", "confirm_restore", "restored"):
        wizard = Wizard(
            first_start_flow(seat.program.runner, WaitingPlace()),
            filled,
            seat.program.runner,
            at=step,
        )
        wizard.open()
        yield f"first-start-{step}", wizard
        if step == "copy":
            wizard.help()
            yield "wizard-help", wizard.findChildren(HelpWindow)[0]
        seat.put_away()
