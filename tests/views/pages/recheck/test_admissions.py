"""Admissions at the desk of comparison: one spelling is decided for everybody."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.answers import Agreement
from desktop.procedures.recheck.recheck_forms import forms_chosen_at_first, take_in_forms
from desktop.procedures.recheck.recheck_looking import look_at_forms
from desktop.procedures.recheck.recheck_reviews import ready_for_all
from desktop.procedures.recheck.recheck_spellings import rule_everywhere, spelling_rulings
from desktop.procedures.standing.recheck_files import Rechecked
from desktop.views.pages.recheck.desk_page import ComparisonPage
from desktop.views.pages.recheck.page import RecheckPage
from tests.conftest import School
from tests.procedures.rechecks import bring, file_archive, scan
from tests.rechecks import Rechecking, begin_recheck
from tests.reviewing import say
from tests.views.conftest import OpenWindow
from tests.views.desks import ask, open_page, settle
from tests.views.wizards.walking import Walk

HOME, OLD_HOME = "湖北省襄阳市樊城区长虹路1号", "湖北省襄樊市樊城区长虹路1号"


@pytest.fixture
def world(founded: School, tmp_path: Path) -> Rechecking:
    """Two forms have come in at admissions; the form asks name and address."""
    world = begin_recheck(founded)
    admissions = world.admissions
    rules = {(f"round:{world.round}", "review_rules"): {"form_fields": "name,home_address"}}
    say(admissions, world.round, rules)
    everybody = list(world.everybody(admissions).values())
    for one in everybody:
        file_archive(admissions, one.student, home_address=HOME)
    files = {
        f"{one.student.identity.student_number}.jpg": scan(place)
        for place, one in enumerate(everybody[:2])
    }
    look = look_at_forms(admissions, world.round, bring(tmp_path / "表", files))
    take_in_forms(admissions, look, forms_chosen_at_first(look))
    return world


def with_forms(world: Rechecking) -> list[Rechecked]:
    """Return the students whose forms are in, as admissions knows them."""
    return [one for one in world.everybody(world.admissions).values() if one.file.form]


def test_admissions_decides_a_spelling_for_everybody_at_the_window(
    world: Rechecking, open_window: OpenWindow, qtbot: QtBot
) -> None:
    first = with_forms(world)[0]
    world.school.close()
    window = open_window("admissions")
    page = open_page(window, qtbot, RecheckPage)
    assert "已交复查表 2 张" in page.state_sentence
    assert len(page.classes.records) == 3  # of both colleges
    page.desk.open("comparison", f"{world.round} {first.student.subject}")
    settle(window, qtbot)
    assert window.shell
    desk = window.shell.page
    assert isinstance(desk, ComparisonPage)
    for name, text in (("name", first.student.identity.name), ("home_address", OLD_HOME)):
        row = desk.rows.rows[name]
        row.line.setFocus()
        row.line.setText(text)
        QTest.keyClick(row.line, Qt.Key.Key_Return)
    assert desk.draft
    assert desk.draft.agreement("home_address") is Agreement.DIFFERENT
    desk.rule_for_everybody()
    walk = Walk(desk, qtbot, desk.desk.runner)
    assert (walk.wizard.draft.one, walk.wizard.draft.other) == ("襄樊", "襄阳")
    walk.fill(reason="")
    assert walk.step == "form"
    walk.fill(reason="2010年更名")
    assert "“襄樊”和“襄阳”，对所有学生" in walk.sentences
    walk.go_on()
    walk.go_on()
    settle(window, qtbot)
    assert desk.draft.agreement("home_address") is Agreement.VARIANT
    desk.save()
    settle(window, qtbot)
    (decided,) = ask(window, qtbot, spelling_rulings)
    assert (decided.one, decided.other, decided.explanation) == ("襄樊", "襄阳", "2010年更名")


def test_a_spelling_reaches_the_colleges(world: Rechecking) -> None:
    rule_everywhere(world.admissions, "home_address", "襄樊市", "襄阳市", why="2010年更名")
    world.to_colleges()
    (decided,) = spelling_rulings(world.college)
    assert decided.explanation == "2010年更名"


def test_who_is_to_be_looked_at_with_care_is_never_called_sound_in_bulk(world: Rechecking) -> None:
    one, other = (found.student.subject for found in with_forms(world))
    for student in (one, other):
        say(
            world.admissions,
            world.round,
            {(student, "recheck_answer"): {"name": _name(world, student), "home_address": HOME}},
        )
    failed, passed = (
        {"face_result": result, "face_likeness": alike}
        for result, alike in (("失败", ""), ("成功", "0.95"))
    )
    for student in (one, other):
        say(world.admissions, "", {(student, "face_check"): failed})
    assert ready_for_all(with_forms(world)) == ()
    say(world.admissions, "", {(other, "face_check"): passed})
    ready = [found.student.subject for found in ready_for_all(with_forms(world))]
    assert ready == [other]


def _name(world: Rechecking, student: str) -> str:
    return world.everybody(world.admissions)[student].student.identity.name
