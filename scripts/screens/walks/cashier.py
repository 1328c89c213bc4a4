"""The finance office joins, takes the students in, reads its list in, and sends it."""

from collections.abc import Sequence
from pathlib import Path

from desktop.bundles.enrolment import Applicant
from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.domain.rounds import Procedure
from desktop.interchange.lists import ListColumn, write_list
from desktop.procedures.demo.stage import KDF_COST, REGISTRAR
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.session import open_and_sign_in
from desktop.store.students import Student, every_student
from desktop.views.pages.imports.page import ImportsPage
from desktop.views.pages.students import StudentsPage
from desktop.views.pages.workbench.page import WorkbenchPage
from desktop.views.wizards.read_file.mending.file_step import FileStep
from scripts.screens.seat import PASSPHRASE, Seat
from scripts.screens.shots import FINANCE_PAGES
from scripts.screens.stages import ISSUED
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way, every_page, round_of

_CLERK = "周敏"
_COLUMNS = ("学号", "姓名", "应缴金额", "实缴金额", "欠费金额", "缴费状态")
_ABSENT = 7  # of the last class, not in the list yet
_STRANGER = ("202699990001", "钱多多", "5000", "5000", "0", "已缴费")


def cash(way: Way) -> Sights:
    """Go from the first bundle to the one that is sent."""
    demo, stick = way.demo(ISSUED), way.stick()
    bundle = _join(demo, stick)
    seat = way.seat(demo, "finance")
    seat.open(WorkbenchPage)
    yield "finance-workbench-empty", seat.window
    merge(seat.session, [bundle])
    seat.shell.desk.data_changed.emit()
    seat.settle()
    yield "finance-next", seat.window
    file = stick / "2026-2027学年缴费情况.xlsx"
    with seat.session.unit_of_work() as unit:
        students = every_student(unit.connection)
    _write(file, students)
    yield from _read(seat, file)
    subject = students[0].subject
    yield from every_page(seat, "finance", FINANCE_PAGES, {"student": subject})
    seat.open(WorkbenchPage).next.go()
    seat.settle()
    seat.go_on()
    yield "finance-export", seat.wizard
    seat.go_on()
    fill(seat.wizard, folder=str(stick))
    seat.go_on()
    seat.go_on()
    seat.go_on()
    page = seat.open(StudentsPage)
    page.chips.choose("lacking")
    yield "finance-lacking", seat.window
    seat.close()


def _read(seat: Seat, file: Path) -> Sights:
    seat.open(ImportsPage).read_file()
    first = seat.wizard.page
    if not isinstance(first, FileStep):
        raise TypeError("no file is asked for")
    first.fill(str(file))
    seat.settle()
    yield "finance-file", seat.wizard
    while seat.go_on().step != "changes":
        pass
    yield "finance-changes", seat.wizard
    while seat.go_on().step != "done":
        pass
    yield "finance-done", seat.wizard
    seat.go_on()


def _join(demo: Path, stick: Path) -> Path:
    """Let a seat of the finance office join, and return the registrar's first bundle for it."""
    registrar = open_and_sign_in(demo / "seats" / "registrar", REGISTRAR, PASSPHRASE)
    with registrar.store:
        title = OFFICE_KIND_TITLES[OfficeKind.FINANCE]
        applicant = Applicant(
            registrar.home.school_code, OfficeKind.FINANCE, title, f"{_CLERK}的电脑", training=False
        )
        folder = demo / "seats" / "finance"
        request, digits = ask_to_join(folder, applicant, _CLERK, PASSPHRASE, cost=KDF_COST)
        answer = enrol(registrar, request, digits, "finance")
        accept_enrolment(folder, answer, school_fingerprint(registrar))
        round_ = round_of(registrar, Procedure.STUDENT_REGISTRATION)
        return export(registrar, "finance", round_.id, stick).path


def _write(file: Path, students: Sequence[Student]) -> None:
    """Write a list in which a few lack, a few owe, and somebody is who is not a student."""
    cells = []
    for at, student in enumerate(students[:-_ABSENT]):
        state = {3: "助学贷款", 11: "缓缴", 17: "未缴费", 29: "部分缴费"}.get(at % 40, "已缴费")
        paid = {"已缴费": 5000, "部分缴费": 2600}.get(state, 0)
        one = student.identity
        cells.append([one.student_number, one.name, "5000", str(paid), str(5000 - paid), state])
    cells.append(list(_STRANGER))
    file.write_bytes(write_list("缴费情况", [ListColumn(t, 14) for t in _COLUMNS], cells))
