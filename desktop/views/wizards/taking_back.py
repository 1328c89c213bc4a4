"""The wizard that takes back what came in whole: what that undoes, why, what was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

from desktop.procedures.session import Progress
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Problems, Step, StepPage
from desktop.views.wizards.step_pages import Field, FormStep, SummaryStep

LOOK, REASON, DONE = "look", "reason", "done"
_NEXT = {LOOK: REASON, REASON: DONE, DONE: ""}


class HasReason(Protocol):
    """A draft with the reason why something is taken back."""

    @property
    def reason(self) -> str:
        """Why."""


D = TypeVar("D", bound=HasReason)


@dataclass(frozen=True)
class TakingBack(Generic[D]):
    """A wizard that takes something back.

    Attributes:
        title: of the wizard.
        guide: the section of the user guide about it.
        verb: what is done, in two characters: 撤销, 撤回.
        question: what is taken back, with its name or number.
        look: what would no longer count, or why it can not be.
        hindered: why it can not be, "" where it can.
        example: a reason, as one might give it.
        told: who reads the reason.
        act: what takes it back.
        button: the words on the button that does it.
        done: what was done and what comes next.
    """

    title: str
    guide: str
    verb: str
    question: str
    look: Callable[[D], Sequence[str]]
    hindered: Callable[[D], str]
    example: str
    told: str
    act: Callable[[D, Progress], D]
    button: str
    done: Callable[[D], Sequence[str]]

    def flow(self) -> Flow[D]:
        """Return it as a flow of three steps."""
        taken = tr("已{verb}", verb=self.verb)
        return Flow(
            title=self.title,
            guide=self.guide,
            first=LOOK,
            next_step=lambda step, _draft: _NEXT[step],
            problems=self.problems,
            steps={
                LOOK: Step(
                    tr("会{verb}什么", verb=self.verb),
                    partial(SummaryStep, self.question, self.look),
                ),
                REASON: Step(tr("原因"), self._reason, self.act, self.button),
                DONE: Step(tr("完成"), partial(SummaryStep, taken, self.done), button=tr("完成")),
            },
        )

    def problems(self, step: str, draft: D) -> Problems:
        """Return what is wrong on a step."""
        if step == LOOK and (why := self.hindered(draft)):
            return {"": why}
        if step == REASON and not draft.reason:
            return {"reason": tr("请写明为什么{verb}。", verb=self.verb)}
        return {}

    def _reason(self) -> StepPage[D]:
        reason = Field("reason", tr("{verb}的原因", verb=self.verb), self.told)
        return FormStep(tr("为什么{verb}？", verb=self.verb), self.example, (reason,))
