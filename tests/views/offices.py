"""What offices do before a window is opened: their stores, acted on and closed again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.sheets import Mark
from desktop.procedures.exchange.merging import merge
from desktop.procedures.signing.recording import StudentMark, record_marks
from tests.conftest import ROUND, School
from tests.procedures.acts import complete_class, members

CLASS = "软件2601班"


@contextmanager
def at_work(tmp_path: Path) -> Iterator[School]:
    """Open the school whose windows a test opens afterwards (or before, one at a time)."""
    school = School.open(tmp_path / "school")
    try:
        yield school
    finally:
        school.close()


def contradicting_bundles(school: School) -> list[Path]:
    """Let two secretaries contradict one another about a class, and return what they send."""
    sheet = complete_class(school.first, CLASS)
    merge(school.first_again, [school.send(school.first, "college-01")])
    everybody = members(school.first, CLASS)
    for seat, mark, why in (
        (school.first_again, Mark.UNSIGNED, "栏里是空的"),
        (school.first, Mark.SIGNED, ""),
    ):
        marks = [StudentMark(one.subject, mark, why) for one in everybody]
        record_marks(seat, ROUND, sheet.number, marks)
    return [school.send(seat, "registrar") for seat in (school.first, school.first_again)]
