"""Taking a received bundle back: the question with number, office and what would be undone."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.procedures.exchange.withdrawals import WithdrawalPlan, withdraw_bundle
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.taking_back import TakingBack

_SHOWN_NAMES = 20


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Which bundle, what that takes back, and why."""

    bundle_id: str
    plan: WithdrawalPlan
    reason: str = ""


def withdrawal_wizard(
    desk: Desk, bundle_id: str, plan: WithdrawalPlan, parent: QWidget
) -> Wizard[Withdrawal]:
    """Return the wizard for one bundle."""
    taking = TakingBack(
        title=tr("撤回报送包"),
        guide="收发#撤回",
        verb=tr("撤回"),
        question=tr(
            "撤回{office_name}的第{number}号报送包？",
            office_name=plan.office_name,
            number=plan.number,
        ),
        look=plan_sentences,
        hindered=hindered,
        example=(
            tr("例如：院部把别的班的报到情况登记在这里了。")
            if plan.verdicts
            else tr("例如：院部把别的班的签字表登记在这里了。")
        ),
        told=tr("会随报送包告诉对方，也留在学生的记录里。"),
        act=desk.act(withdraw),
        button=tr("撤回第{number}号", number=plan.number),
        done=done_sentences,
    )
    return Wizard(taking.flow(), Withdrawal(bundle_id, plan), desk.runner, parent)


def hindered(draft: Withdrawal) -> str:
    """Say why it can not be taken back, "" where it can."""
    if not draft.plan.issued:
        return ""
    if draft.plan.verdicts:
        return tr(
            "其中 {count} 名学生（{names}）已经下达了审查或复查结论，不能撤回。"
            "请先收回这些学生的结论，再撤回报送包。",
            count=len(draft.plan.issued),
            names=_names(draft.plan.issued),
        )
    return tr(
        "其中 {count} 名学生（{names}）已经办理了注册结论，不能撤回。请对有问题的学生逐一更正。",
        count=len(draft.plan.issued),
        names=_names(draft.plan.issued),
    )


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
    said.append(
        tr(
            "撤回以后不能恢复；需要时请{office_name}重新登记，再导出一份。",
            office_name=plan.office_name,
        )
    )
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


def _names(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_SHOWN_NAMES])
    return tr("{shown}等", shown=shown) if len(names) > _SHOWN_NAMES else shown
