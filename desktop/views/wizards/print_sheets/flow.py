"""The wizard as data."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.rounds import Round
from desktop.procedures.signing.signing_desk import ClassLine
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.print_sheets import draft as d
from desktop.views.wizards.print_sheets.draft import PrintDraft
from desktop.views.wizards.print_sheets.step_views import ClassesStep, OutputStep, PreviewStep
from desktop.views.wizards.step_pages import ChoiceStep


def print_wizard(
    desk: Desk, round_: Round, lines: tuple[ClassLine, ...], class_id: str, parent: QWidget
) -> Wizard[PrintDraft]:
    """Return the wizard; it begins with one class, or with those that need a sheet."""
    draft = d.begin(round_, lines, class_id)
    flow = Flow(
        title=tr("打印核对签字表"),
        guide="核对签字（院部）#打印签字表",
        first=d.CLASSES,
        next_step=d.next_step,
        problems=d.problems,
        roomy=True,
        steps={
            d.CLASSES: Step(tr("选择班级"), ClassesStep, desk.act(d.look_unless_asked), reads=True),
            d.SCOPE: Step(tr("打印哪些人"), _scope, desk.act(d.look), reads=True),
            d.PREVIEW: Step(tr("预览"), PreviewStep, desk.act(d.make), tr("确认无误，生成签字表")),
            d.OUTPUT: Step(
                tr("打印或保存"),
                partial(OutputStep, desk),
                button=tr("完成"),
                doubt=d.not_put_out,
            ),
        },
    )
    return Wizard(flow, draft, desk.runner, parent)


def _scope() -> StepPage[PrintDraft]:
    return ChoiceStep(
        tr("打印整班，还是只打印需要重新签字的人？"),
        "scope",
        (
            (
                d.NEEDED,
                tr("只打印需要的"),
                tr("打印后信息有变动、页已作废的人，以及新增的人；其余的人已经签的字仍然有效。"),
            ),
            (
                d.WHOLE,
                tr("整班打印"),
                tr("每个人都重新签一次。原来的纸找不到了，或者想换一张干净的时用。"),
            ),
        ),
    )
