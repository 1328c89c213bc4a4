"""The frame of wizards: progress in sight, coming back from what was only read, half-way acts."""

import threading
from dataclasses import dataclass, replace
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import TargetMissing
from desktop.procedures.session import Progress
from desktop.views.runner import Runner
from desktop.views.wizards.frame import Flow, Step, Wizard
from desktop.views.wizards.step_pages import SummaryStep
from tests.views.conftest import idle


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was done."""

    times: int = 0
    log: tuple[str, ...] = ()


def wizard_of(first: Step[Count], runner: Runner, qtbot: QtBot) -> Wizard[Count]:
    """Return a wizard of a step with an act and a last step."""
    flow = Flow(
        title="试一试",
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
