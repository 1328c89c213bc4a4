"""How the training of class teachers stands, as a sentence of the workbench and of its page."""

from collections.abc import Sequence

from desktop.procedures.entry_review.class_training import ClassTraining
from desktop.views.language import tr


def training_sentence(classes: Sequence[ClassTraining]) -> str:
    """Say how many classes can begin, and which can not while these are few."""
    few = 5
    if not classes:
        return tr(
            "这里还没有班级。请招生工作处先把新生名单导出给本部门，在“收发”里收入以后，"
            "班级就会出现在这里。"
        )
    waiting = [one.group.name for one in classes if not one.file.may_begin]
    if not waiting:
        return tr("{count} 个班都可以开始核对。", count=len(classes))
    names = "、".join(waiting[:few]) + (tr("等") if len(waiting) > few else "")
    return tr(
        "{count} 个班中还有 {waiting} 个班的班主任没有培训，不能开始核对：{names}。",
        count=len(classes),
        waiting=len(waiting),
        names=names,
    )
