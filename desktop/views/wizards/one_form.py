"""The smallest wizard: a form, what will happen, what was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop.procedures.session import Progress
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Problems, Step, StepPage
from desktop.views.wizards.step_pages import SummaryStep

D = TypeVar("D")
FORM, CONFIRM, DONE = "form", "confirm", "done"
_NEXT = {FORM: CONFIRM, CONFIRM: DONE, DONE: ""}


@dataclass(frozen=True)
class OneForm(Generic[D]):
    """A wizard with a single question.

    Attributes:
        title: of the wizard and of its first step.
        form: the page with the question.
        problems: what is missing or wrong in the form.
        confirm: what will happen, in sentences.
        act: what is done then.
        verb: the word on the button that does it.
        done: what was done and what comes next.
        guide: the section of the user guide about it.
        roomy: whether the form has a table above it.
    """

    title: str
    form: Callable[[], StepPage[D]]
    problems: Callable[[D], Problems]
    confirm: Callable[[D], Sequence[str]]
    act: Callable[[D, Progress], D]
    verb: str
    done: Callable[[D], Sequence[str]]
    guide: str
    roomy: bool = False

    def flow(self) -> Flow[D]:
        """Return it as a flow of three steps."""
        return Flow(
            title=self.title,
            first=FORM,
            next_step=lambda step, _draft: _NEXT[step],
            guide=self.guide,
            roomy=self.roomy,
            problems=lambda step, draft: self.problems(draft) if step == FORM else {},
            steps={
                FORM: Step(tr("填写"), self.form),
                CONFIRM: Step(
                    tr("确认"),
                    lambda: SummaryStep(tr("将要办理"), self.confirm),
                    self.act,
                    self.verb,
                ),
                DONE: Step(
                    tr("完成"), lambda: SummaryStep(tr("已经办好"), self.done), button=tr("完成")
                ),
            },
        )
