"""Taking a received bundle back: the question with number, office and what would be undone."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.procedures.decisions import withdraw_bundle
from desktop.procedures.session import Progress, Session
from desktop.procedures.withdrawals import WithdrawalPlan
from desktop.views.desk import Desk
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.step_pages import Field, FormStep, SummaryStep

LOOK, REASON, DONE = "look", "reason", "done"
_STEPS = (LOOK, REASON, DONE)
_SHOWN_NAMES = 20


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Which bundle, what that takes back, and why."""

    bundle_id: str
    plan: WithdrawalPlan
    reason: str = ""


def next_step(step: str, _draft: Withdrawal) -> str:
    """Return the step after a step."""
    place = _STEPS.index(step)
    return _STEPS[place + 1] if place + 1 < len(_STEPS) else ""


def problems(step: str, draft: Withdrawal) -> dict[str, str]:
    """Return what is wrong on a step."""
    if step == LOOK and draft.plan.issued:
        names = _names(draft.plan.issued)
        return {
            "": f"其中 {len(draft.plan.issued)} 名学生（{names}）已经办理了注册结论，不能撤回。"
            "请对有问题的学生逐一更正。"
        }
    if step == REASON and not draft.reason:
        return {"reason": "请写明为什么撤回。"}
    return {}


def withdrawal_wizard(
    desk: Desk, bundle_id: str, plan: WithdrawalPlan, parent: QWidget
) -> Wizard[Withdrawal]:
    """Return the wizard for one bundle."""
    title = f"撤回{plan.office_name}的第{plan.number}号报送包？"
    flow = Flow(
        title="撤回报送包",
        guide="收发#撤回",
        first=LOOK,
        next_step=next_step,
        problems=problems,
        steps={
            LOOK: Step("会撤回什么", partial(SummaryStep, title, plan_sentences)),
            REASON: Step("原因", _reason, desk.act(withdraw), f"撤回第{plan.number}号"),
            DONE: Step("完成", partial(SummaryStep, "已撤回", done_sentences), button="完成"),
        },
    )
    return Wizard(flow, Withdrawal(bundle_id, plan), desk.runner, parent)


def withdraw(session: Session, draft: Withdrawal, _progress: Progress) -> Withdrawal:
    """Take it back."""
    withdraw_bundle(session, draft.bundle_id, draft.reason)
    return draft


def plan_sentences(draft: Withdrawal) -> tuple[str, ...]:
    """Return what would no longer count, in numbers and names."""
    plan = draft.plan
    if not plan.statements:
        return ("这份报送包里的记载都还有别的来源，撤回以后什么都不会变。",)
    parts = "、".join(f"{title} {count:,} 条" for title, count in plan.aspects)
    said = [f"撤回以后，{plan.statements:,} 条记载不再计入：{parts}。"]
    if plan.students:
        said.append(f"涉及 {len(plan.students):,} 名学生：{_names(plan.students)}。")
    said.append("记载本身不会删除，学生的记录里仍然看得到，注明“已被撤回”。")
    said.append("撤回以后不能恢复；需要时请院部重新登记，再导出一份。")
    return tuple(said)


def done_sentences(draft: Withdrawal) -> tuple[str, ...]:
    """Return what was done, and what to do next."""
    plan = draft.plan
    return (
        f"{plan.office_name}的第{plan.number}号报送包已撤回，{plan.statements:,} 条记载不再计入。",
        f"接下来：告诉{plan.office_name}为什么撤回，并导出一份报送包给他们，他们那边才会一致。",
    )


def _reason() -> StepPage[Withdrawal]:
    fields = (Field("reason", "撤回的原因", "会随报送包告诉对方，也留在学生的记录里。"),)
    return FormStep("为什么撤回？", "例如：院部把别的班的签字表登记在这里了。", fields)


def _names(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_SHOWN_NAMES])
    return f"{shown}等" if len(names) > _SHOWN_NAMES else shown
