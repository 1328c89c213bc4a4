"""The registrar reads a list of enrolled students in, looks at what came of it, and undoes it."""

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.id_numbers import check_character
from desktop.domain.students import FIELD_TITLES, Identity
from desktop.interchange.lists import ListColumn, write_list
from desktop.store import school
from desktop.store.students import Student, every_student
from desktop.views.pages.imports.page import ImportsPage
from desktop.views.wizards.read_file.changes_step import ChangesStep
from desktop.views.wizards.read_file.draft import MENDING
from desktop.views.wizards.read_file.mending.draft import FILE
from desktop.views.wizards.read_file.mending.file_step import FileStep
from scripts.screens.seat import Seat
from scripts.screens.walks.filling import fill
from scripts.screens.walks.way import Sights, Way

_STUDENTS = 120
_ROWS = "exam_number", "student_number", "name", "sex", "birth_date", "id_number", "phone"


def read_lists(seat: Seat, way: Way) -> Sights:
    """Go through the wizard to its end and undo it; the page is left with what was done."""
    file = way.stick() / "在校生名单-学信网下载.xlsx"
    _write(file, seat)
    page = seat.open(ImportsPage)
    page.read_file()
    first = seat.wizard.page
    if not isinstance(first, FileStep):
        raise TypeError("no file is asked for")
    first.fill(str(file))
    seat.settle()
    first.asks_columns.setChecked(True)
    yield f"lists-{FILE}", seat.wizard
    while seat.go_on().step in MENDING:
        yield f"lists-{seat.wizard.step}", seat.wizard
    yield "lists-target", seat.wizard
    yield "lists-likely", seat.go_on()
    changes = seat.go_on().page
    if not isinstance(changes, ChangesStep):
        raise TypeError("nothing was compared")
    changes.decide_all(come_in=True)
    yield "lists-changes", seat.wizard
    seat.go_on()
    fill(seat.wizard, reason="已转专业，有学生工作处的通知")
    yield "lists-reason", seat.wizard
    yield "lists-write", seat.go_on()
    yield "lists-done", seat.go_on()
    seat.go_on()
    page.undo(page.table.records[0])
    yield "undo-import-look", seat.wizard
    seat.go_on()
    fill(seat.wizard, reason="文件拿错了，不是最后的名单")
    yield "undo-import-reason", seat.wizard
    yield "undo-import-done", seat.go_on()
    seat.go_on()
    page.read_file()  # and once more, so that the page has something that counts
    first = seat.wizard.page
    if isinstance(first, FileStep):
        first.fill(str(file))
    seat.settle()
    while seat.wizard.step != "done":
        seat.go_on()
    seat.go_on()


def _write(file: Path, seat: Seat) -> None:
    """Write a list in which most is as it stands, and something of everything else."""
    with seat.session.unit_of_work() as unit:
        everybody = every_student(unit.connection)
        groups = {group.id: group for group in school.classes(unit.connection)}
    places = {
        student.subject: (groups[student.class_id].college_name, groups[student.class_id].name)
        for student in everybody
    }
    columns = [ListColumn(FIELD_TITLES[name], 14) for name in _ROWS]
    columns += [ListColumn(title, 14) for title in ("院部", "班级", "所在年级", "注册状态")]
    cells = [
        [*(getattr(identity, name) for name in _ROWS), *place, "2026", "注册学籍"]
        for identity, place in _rows(everybody[:_STUDENTS], places)
    ]
    file.write_bytes(write_list("在校生", columns, cells))


def _rows(
    students: Sequence[Student], places: dict[str, tuple[str, str]]
) -> list[tuple[Identity, tuple[str, str]]]:
    rows = []
    other = next(place for place in places.values() if place[0] != places[students[0].subject][0])
    for at, student in enumerate(students[:-3]):  # three are missing
        identity, place = student.identity, places[student.subject]
        if at % 25 == 3:  # noqa: PLR2004 - now and then
            identity = identity._replace(phone=f"139{at:08d}")
        if at in (10, 40):
            identity = identity._replace(name=f"{identity.name}明")
        if at == 50:  # noqa: PLR2004 - one with a wrong check character
            identity = identity._replace(id_number=f"{identity.id_number[:-1]}{_wrong(identity)}")
        if at in (7, 8):
            place = other
        rows.append((identity, place))
    twins = ((_alike(students[at].identity, at), places[students[at].subject]) for at in (1, 20))
    return [*rows, *twins]


def _wrong(one: Identity) -> str:
    return "0" if one.id_number[-1] != "0" else "1"


def _alike(one: Identity, at: int) -> Identity:
    """Return somebody of the same name and birth date, with numbers of their own."""
    body = f"{one.id_number[:14]}{900 + at:03d}"
    return one._replace(
        exam_number=f"{one.exam_number[:-4]}9{at:03d}",
        student_number=f"{one.student_number[:-4]}9{at:03d}",
        id_number=body + check_character(body),
        sex="男" if (900 + at) % 2 else "女",
    )
