"""The wizard 再写一次加入申请: the same request on another stick, when the first was lost."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.views.language import tr
from desktop.views.runner import Runner
from desktop.views.wizards.first_start import acts
from desktop.views.wizards.first_start.draft import FirstStart, problems
from desktop.views.wizards.frame import Flow, Step, Wizard
from desktop.views.wizards.place_step import PlaceStep
from desktop.views.wizards.step_pages import SummaryStep

REQUEST, DONE = "request", "written"


def next_step(step: str, _draft: FirstStart) -> str:
    """Return the step after a step."""
    return DONE if step == REQUEST else ""


def request_again_wizard(runner: Runner, draft: FirstStart, parent: QWidget) -> Wizard[FirstStart]:
    """Return the wizard for a seat that waits."""
    flow = Flow(
        title=tr("再写一次加入申请"),
        guide="建立学校和加入学校",
        first=REQUEST,
        next_step=next_step,
        problems=problems,
        steps={
            REQUEST: Step(
                tr("写到哪里"),
                lambda: PlaceStep(runner, tr("加入申请写到哪里？"), _hint, name="request_folder"),
                acts.write_request,
                tr("写出加入申请"),
            ),
            DONE: Step(tr("完成"), partial(SummaryStep, tr("已经写好"), _done), button=tr("完成")),
        },
    )
    return Wizard(flow, draft, runner, parent)


def _hint(_draft: FirstStart) -> str:
    return tr("还是原来那一份申请，核对数字不变；学籍科已经批复过的也不用重来。")


def _done(draft: FirstStart) -> tuple[str, ...]:
    return (
        tr("加入申请：{request_file}", request_file=draft.request_file),
        tr("请把U盘交给学籍科，在电话里逐组读出屏幕上的数字。"),
    )
