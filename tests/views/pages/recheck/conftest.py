"""A college's window in the days of the re-check: two of three forms of the first class are in."""

from pathlib import Path

import pytest

from desktop.views.frame.window import MainWindow
from tests.conftest import School
from tests.procedures.rechecks import (
    RECHECK,
    begin_recheck,
    file_archive,
    hand_in,
    students,
)
from tests.views.conftest import OpenWindow

HOME, OLD_HOME = "湖北省襄阳市樊城区长虹路1号", "湖北省襄樊市樊城区长虹路1号"


@pytest.fixture
def subjects(school: School, tmp_path: Path) -> list[str]:
    """The students of the first class; the first two have handed their forms in."""
    begin_recheck(school)
    for student in students(school.registrar):
        file_archive(school.registrar, student, home_address=HOME, family="父亲张三、母亲李四")
    school.carry(school.registrar, school.first, RECHECK)
    mine = students(school.first)
    hand_in(school.first, tmp_path / "表", mine[:2])
    school.close()
    return [student.subject for student in mine]


@pytest.fixture
def recheck_window(subjects: list[str], open_window: OpenWindow) -> MainWindow:
    """The first college's window."""
    assert subjects
    return open_window("first")
