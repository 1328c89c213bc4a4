"""Taking a received bundle back: the question with number, office and what would be undone."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.procedures.decisions import withdraw_bundle
from desktop.procedures.session import Progress, Session
from desktop.procedures.withdrawals import WithdrawalPlan
from desktop.views.desk import Desk
from desktop.views.language import tr
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
            "": tr(
                "其中 {count} 名学生（{names}）已经办理了注册结论，不能撤回。"
                "请对有问题的学生逐一更正。",
                count=len(draft.plan.issued),
                names=names,
            )
        }
    if step == REASON and not draft.reason:
        return {"reason": tr("请写明为什么撤回。")}
    return {}


def withdrawal_wizard(
    desk: Desk, bundle_id: str, plan: WithdrawalPlan, parent: QWidget
) -> Wizard[Withdrawal]:
    """Return the wizard for one bundle."""
    title = tr(
        "撤回{office_name}的第{number}号报送包？", office_name=plan.office_name, number=plan.number
    )
    flow = Flow(
        title=tr("撤回报送包"),
        guide="收发#撤回",
        first=LOOK,
        next_step=next_step,
        problems=problems,
        steps={
            LOOK: Step(tr("会撤回什么"), partial(SummaryStep, title, plan_sentences)),
            REASON: Step(
                tr("原因"), _reason, desk.act(withdraw), tr("撤回第{number}号", number=plan.number)
            ),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已撤回"), done_sentences), button=tr("完成")
            ),
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
        return (tr("这份报送包里的记载都还有别的来源，撤回以后什么都不会变。"),)
    parts = "、".join(
        tr("{title} {count:,} 条", title=title, count=count) for title, count in plan.aspects
    )
    said = [
        tr(
            "撤回以后，{statements:,} 条记载不再计入：{parts}。",
            statements=plan.statements,
            parts=parts,
        )
    ]
    if plan.students:
        said.append(
            tr(
                "涉及 {count:,} 名学生：{names}。",
                count=len(plan.students),
                names=_names(plan.students),
            )
        )
    said.append(tr("记载本身不会删除，学生的记录里仍然看得到，注明“已被撤回”。"))
    said.append(tr("撤回以后不能恢复；需要时请院部重新登记，再导出一份。"))
    return tuple(said)


def done_sentences(draft: Withdrawal) -> tuple[str, ...]:
    """Return what was done, and what to do next."""
    plan = draft.plan
    return (
        tr(
            "{office_name}的第{number}号报送包已撤回，{statements:,} 条记载不再计入。",
            office_name=plan.office_name,
            number=plan.number,
            statements=plan.statements,
        ),
        tr(
            "接下来：告诉{office_name}为什么撤回，并导出一份报送包给他们，他们那边才会一致。",
            office_name=plan.office_name,
        ),
    )


def _reason() -> StepPage[Withdrawal]:
    fields = (Field("reason", tr("撤回的原因"), tr("会随报送包告诉对方，也留在学生的记录里。")),)
    return FormStep(tr("为什么撤回？"), tr("例如：院部把别的班的签字表登记在这里了。"), fields)


def _names(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_SHOWN_NAMES])
    return tr("{shown}等", shown=shown) if len(names) > _SHOWN_NAMES else shown
