"""The frame of wizards: progress in sight, coming back from what was only read, half-way acts."""

import re
import threading
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

import desktop.views
from desktop.errors import TargetMissing
from desktop.paths import guide_dir
from desktop.procedures.session import Progress
from desktop.views.dialogs import asking
from desktop.views.pages.help.guide import FIRST_TITLE, place_of, section_named, sections
from desktop.views.pages.help.window import HelpWindow
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Detour, Flow, Step, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, Kind, SummaryStep
from tests.views.conftest import idle


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was done."""

    times: int = 0
    first: str = ""
    second: str = ""
    log: tuple[str, ...] = ()


def wizard_of(first: Step[Count], runner: Runner, qtbot: QtBot) -> Wizard[Count]:
    """Return a wizard of a step with an act and a last step."""
    flow = Flow(
        title="试一试",
        guide="备份",
        first="act",
        next_step=lambda step, _draft: "done" if step == "act" else "",
        problems=lambda _step, _draft: {},
        steps={"act": first, "done": Step("完成", page)},
    )
    wizard = Wizard(flow, Count(), runner)
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard


page = partial(SummaryStep[Count], "做什么", lambda draft: (f"做了 {draft.times} 次",))


def once_more(draft: Count, _progress: Progress) -> Count:
    return replace(draft, times=draft.times + 1)


@pytest.mark.parametrize("reads", [True, False])
def test_one_comes_back_only_to_what_was_read(runner: Runner, qtbot: QtBot, *, reads: bool) -> None:
    wizard = wizard_of(Step("第一步", page, once_more, reads=reads), runner, qtbot)
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.step == "done"
    wizard.go_back()
    assert wizard.step == ("act" if reads else "done")


def test_progress_stands_on_the_button(runner: Runner, qtbot: QtBot) -> None:
    reported, seen = threading.Event(), threading.Event()

    def slow(draft: Count, progress: Progress) -> Count:
        progress(2, 3)
        reported.set()
        seen.wait(20)
        return draft

    wizard = wizard_of(Step("第一步", page, slow), runner, qtbot)
    wizard.go_on()
    assert reported.wait(20)

    def texts() -> list[str]:
        return [one.text() for one in wizard.findChildren(QPushButton)]

    try:
        qtbot.waitUntil(lambda: "正在办理 2 / 3" in texts())
    finally:
        seen.set()
    idle(qtbot, runner)
    assert wizard.step == "done"


def test_after_a_failure_the_page_says_how_things_stand(runner: Runner, qtbot: QtBot) -> None:
    done: list[str] = []

    def half(_draft: Count, _progress: Progress) -> Count:
        done.append("一半")
        raise TargetMissing("U盘拔出了。", "请插好。")

    said: list[int] = []

    def sentences(_draft: Count) -> tuple[str, ...]:
        said.append(len(done))
        return ("做什么",)

    first = Step[Count]("第一步", lambda: SummaryStep("做什么", sentences), half)
    wizard = wizard_of(first, runner, qtbot)
    wizard.go_on()
    idle(qtbot, runner)
    assert wizard.failure
    assert said == [0, 1]


def test_help_stands_beside_a_wizard_and_changes_nothing_in_it(
    runner: Runner, qtbot: QtBot
) -> None:
    wizard = wizard_of(Step("第一步", page, guide="收发"), runner, qtbot)
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    draft = wizard.draft
    QTest.keyClick(wizard, Qt.Key.Key_F1)
    (window,) = wizard.findChildren(HelpWindow)
    assert window.isVisible()
    assert window.guide.text.toPlainText().startswith("收发")
    wizard.go_on()
    wizard.help()
    assert wizard.findChildren(HelpWindow) == [window]
    assert window.guide.text.toPlainText().startswith("备份")
    window.close()
    assert (wizard.step, wizard.draft) == ("done", draft)


def test_an_error_in_a_wizard_is_explained_beside_it(runner: Runner, qtbot: QtBot) -> None:
    def fail(_draft: Count, _progress: Progress) -> Count:
        raise TargetMissing("U盘不在。", "请插好U盘。")

    wizard = wizard_of(Step("第一步", page, fail), runner, qtbot)
    wizard.go_on()
    idle(qtbot, runner)
    (ask,) = [b for b in wizard.findChildren(QPushButton) if b.text() == "查看说明"]
    assert ask.isVisible()
    ask.click()
    (window,) = wizard.findChildren(HelpWindow)
    assert "JC-111" in window.guide.text.toPlainText()
    assert wizard.step == "act"


def test_every_wizard_names_a_place_of_the_guide() -> None:
    named = set()
    for file in (Path(desktop.views.__file__).parent).rglob("*.py"):
        named |= set(re.findall(r'guide="(.+?)"', file.read_text(encoding="utf-8")))
    assert len(named) > 1
    for place in map(place_of, named):
        section = section_named(sections(guide_dir()), place.section)
        assert section.title != FIRST_TITLE, place
        document = QTextDocument()
        document.setMarkdown(section.text)
        assert place.words in document.toPlainText(), place


def test_help_begins_at_the_words_that_are_meant(runner: Runner, qtbot: QtBot) -> None:
    wizard = wizard_of(Step("第一步", page, guide="收发#收入报送包"), runner, qtbot)
    wizard.help()
    (window,) = wizard.findChildren(HelpWindow)
    text = window.guide.text
    for width in (900, 500):  # the text is laid out anew, and the place stays
        window.resize(width, 300)
        qtbot.waitUntil(lambda: 0 <= text.cursorRect().top() < text.viewport().height() // 2)
        qtbot.waitUntil(lambda: text.verticalScrollBar().value() > 0)
    assert text.textCursor().selectedText() == "收入报送包"
    window.guide.open_at("备份")
    assert text.verticalScrollBar().value() == 0
    assert not text.textCursor().hasSelection()


def test_enter_puts_a_failure_away_and_leads_back_to_the_field(
    runner: Runner, qtbot: QtBot
) -> None:
    tried: list[int] = []

    def fails(_draft: Count, _progress: Progress) -> Count:
        tried.append(1)
        raise TargetMissing("U盘拔出了。", "请插好。")

    form = FormStep("多少？", "", (Field("first", "第一"), Field("second", "第二")))
    wizard = wizard_of(Step[Count]("第一步", lambda: form, fails), runner, qtbot)
    second = form.field("second")
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert wizard.failure
    noted = wizard.focusWidget()
    assert isinstance(noted, QPushButton)
    assert noted.text() == "知道了"
    QTest.keyClick(noted, Qt.Key.Key_Return)
    idle(qtbot, runner)
    assert wizard.failure is None
    assert tried == [1]
    assert wizard.focusWidget() is second


def pressed(wizard: Wizard[Count], text: str) -> None:
    """Press Enter on the button with a text."""
    (found,) = [one for one in wizard.findChildren(QPushButton) if one.text() == text]
    found.setFocus()
    assert wizard.focusWidget() is found
    QTest.keyClick(found, Qt.Key.Key_Return)


def form_wizard(runner: Runner, qtbot: QtBot) -> Wizard[Count]:
    """Return a wizard of two steps, standing on its second, a form with a file to choose."""
    form = FormStep("哪个文件？", "", (Field("first", "第一", kind=Kind.FILE),))
    flow = Flow(
        title="试一试",
        guide="备份",
        first="begin",
        next_step=lambda step, _draft: {"begin": "form", "form": "done"}.get(step, ""),
        problems=lambda _step, _draft: {},
        steps={
            "begin": Step("开始", page),
            "form": Step[Count]("填写", lambda: form),
            "done": Step("完成", page),
        },
    )
    wizard = Wizard(flow, Count(), runner)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.go_on()
    assert wizard.step == "form"
    return wizard


def test_enter_presses_the_button_that_has_the_focus_and_no_other(
    runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(asking, "ask_for_file", lambda *given, **_more: asked.append(given[1]))
    wizard = form_wizard(runner, qtbot)
    pressed(wizard, "选择…")
    assert (len(asked), wizard.step) == (1, "form")
    pressed(wizard, "上一步")
    assert wizard.step == "begin"
    pressed(wizard, "下一步")
    assert wizard.step == "form"
    pressed(wizard, "关闭")
    assert not wizard.isVisible()


def test_enter_in_a_field_goes_on(runner: Runner, qtbot: QtBot) -> None:
    wizard = form_wizard(runner, qtbot)
    assert isinstance(wizard.page, FormStep)
    QTest.keyClick(wizard.page.field("first"), Qt.Key.Key_Return)
    assert wizard.step == "done"


def test_a_second_way_out_comes_back_to_where_it_began(runner: Runner, qtbot: QtBot) -> None:
    ways = {"begin": {"": "done"}, "other": {"回头": "done"}}
    turn = Detour[Count]("另一条路…", lambda draft: replace(draft, second="回头"), "other")
    form = FormStep("多少？", "", (Field("first", "第一"),))
    flow = Flow(
        title="试一试",
        guide="备份",
        first="begin",
        next_step=lambda step, draft: ways.get(step, {}).get(draft.second, ""),
        problems=lambda _step, _draft: {},
        steps={
            "begin": Step[Count]("开始", lambda: form, detour=turn),
            "other": Step("另一步", page),
            "done": Step("完成", page),
        },
    )
    wizard = Wizard(flow, Count(), runner)
    qtbot.addWidget(wizard)
    wizard.show()
    form.fill(first="填了一半")
    pressed(wizard, "另一条路…")
    assert (wizard.step, wizard.draft.second) == ("other", "回头")
    wizard.go_back()
    assert wizard.step == "begin"
    assert (wizard.draft.first, wizard.draft.second) == ("填了一半", "")
    wizard.go_on()
    assert wizard.step == "done"


def test_a_short_page_after_a_long_one_begins_at_its_top(runner: Runner, qtbot: QtBot) -> None:
    lines = tuple(f"第 {number} 行" for number in range(200))
    long = Step[Count]("第一步", lambda: SummaryStep("很长", lambda _draft: lines))
    wizard = wizard_of(long, runner, qtbot)
    bar = wizard.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    wizard.go_on()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert wizard.page.visibleRegion().boundingRect().top() == 0


def test_a_wizard_grows_with_its_page_as_far_as_the_screen(runner: Runner, qtbot: QtBot) -> None:
    lines = tuple(f"第 {number} 行" for number in range(200))
    long = Step[Count]("完成", lambda: SummaryStep("很长", lambda _draft: lines))
    short = wizard_of(Step("第一步", page), runner, qtbot)
    tall = wizard_of(long, runner, qtbot)
    room = tall.screen().availableGeometry().height()
    assert short.height() < tall.height() <= room


@dataclass(frozen=True, slots=True)
class Two:
    """Two fields, both needed."""

    one: str = ""
    other: str = ""


def test_what_is_mended_is_no_longer_complained_of(runner: Runner, qtbot: QtBot) -> None:
    flow = Flow(
        title="试一试",
        guide="备份",
        first="form",
        next_step=lambda step, _draft: "done" if step == "form" else "",
        problems=lambda _step, draft: {
            name: f"请填写{name}。" for name in ("one", "other") if not getattr(draft, name)
        },
        steps={
            "form": Step[Two](
                "填写", lambda: FormStep("两项", "", (Field("one", "一"), Field("other", "二")))
            ),
            "done": Step[Two]("完成", lambda: SummaryStep("好了", lambda _draft: ())),
        },
    )
    wizard = Wizard(flow, Two(), runner)
    qtbot.addWidget(wizard)
    wizard.show()
    form = wizard.page
    assert isinstance(form, FormStep)

    def wrong() -> list[bool]:
        return [bool(form.field(name).property("wrong")) for name in ("one", "other")]

    typing = form.field("other")
    QTest.keyClicks(typing, "x")
    assert wrong() == [False, False]  # nobody has asked for it yet
    QTest.keyClick(typing, Qt.Key.Key_Backspace)
    wizard.go_on()
    assert wrong() == [True, True]
    typing.setFocus()
    QTest.keyClicks(typing, "x")
    assert wrong() == [True, False]
    assert wizard.focusWidget() is typing
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    order = []
    for _ in range(2):
        QTest.keyClick(wizard.focusWidget(), Qt.Key.Key_Tab)
        order.append(wizard.focusWidget())
    texts = [one.text() for one in order if isinstance(one, QPushButton)]
    assert texts == ["下一步", "关闭"]
