"""The wizard 下达结论: whom the registrar is told of, in numbers and names, before it happens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.domain.recheck import RECHECK_VERDICT_TITLES, STANDING_TITLES, RecheckVerdict
from desktop.procedures.recheck.recheck_verdicts import Issuing, Told, issue_verdicts
from desktop.procedures.registration.undisputed import named
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import ChoiceStep

EVERYTHING, CASES_ALONE = "everything", "cases"
_NAMED = 10


@dataclass(frozen=True, slots=True)
class IssuingDraft:
    """What would be told, and whether all of it is."""

    round_id: str
    round_name: str
    plan: Issuing
    scope: str = EVERYTHING
    done: Issuing | None = None

    @property
    def verdicts(self) -> tuple[RecheckVerdict, ...]:
        """The verdicts that are told."""
        return (RecheckVerdict.CASE,) if self.scope == CASES_ALONE else tuple(RecheckVerdict)

    @property
    def told(self) -> tuple[Told, ...]:
        """Who is told of."""
        return tuple(one for one in self.plan.told if one.verdict in self.verdicts)


def problems(draft: IssuingDraft) -> dict[str, str]:
    """Say so when there is nothing to tell."""
    if draft.told:
        return {}
    if draft.plan.waiting:
        return {"": tr("领导小组还没有审定，现在没有可以下达的结论。")}
    return {"": tr("现在没有新的结论可以下达。")}


def confirm_sentences(draft: IssuingDraft) -> tuple[str, ...]:
    """Say who is told of with what verdict, who waits, and who is left."""
    said = [
        _of_verdict(verdict, [one for one in draft.told if one.verdict is verdict])
        for verdict in draft.verdicts
        if any(one.verdict is verdict for one in draft.told)
    ]
    plan = draft.plan
    if plan.already:
        said.append(tr("已经下达过的 {n:,} 人不变。", n=plan.already))
    if plan.waiting:
        said.append(tr("{n:,} 人要等领导小组审定以后才能下达。", n=len(plan.waiting)))
    if plan.left:
        rest = "、".join(
            tr("{title} {n:,} 人", title=STANDING_TITLES[standing], n=number)
            for standing, number in plan.left_by_standing.items()
        )
        said.append(tr("这次不下达的：{rest}；原因逐人列在页面上。", rest=rest))
    if plan.stale:
        names = "、".join(named(one.student) for one in plan.stale[:_NAMED])
        said.append(tr("{names}的结论与现在的情况不符，请先核对、收回。", names=names))
    if plan.approval:
        said.append(tr("依据：{document}。", document=plan.approval.document))
    return tuple(said)


def _of_verdict(verdict: RecheckVerdict, told: Sequence[Told]) -> str:
    title = RECHECK_VERDICT_TITLES[verdict]
    if verdict in (RecheckVerdict.PASSED, RecheckVerdict.CASE):
        names = [named(one.one.student) for one in told]
    else:
        names = [
            tr("{name}：{words}", name=named(one.one.student), words=one.words) for one in told
        ]
    shown = "；".join(names[:_NAMED]) + (tr("等") if len(names) > _NAMED else "")
    return tr("下达“{title}” {n:,} 人：{shown}。", title=title, n=len(told), shown=shown)


def done_sentences(draft: IssuingDraft) -> tuple[str, ...]:
    """Say who was told of, and what comes next."""
    numbers = "、".join(
        tr("{title} {n:,} 人", title=RECHECK_VERDICT_TITLES[verdict], n=count)
        for verdict in draft.verdicts
        if (count := sum(one.verdict is verdict for one in draft.told))
    )
    return (
        tr("已下达：{numbers}。", numbers=numbers),
        tr("接下来：到“收发”里导出给教务处学籍科和有关院部。"),
    )


def carry_out(session: Session, draft: IssuingDraft, _progress: Progress) -> IssuingDraft:
    """Issue them."""
    return replace(draft, done=issue_verdicts(session, draft.round_id, draft.verdicts))


def issuing_wizard(desk: Desk, draft: IssuingDraft, parent: QWidget) -> Wizard[IssuingDraft]:
    """Return the wizard."""
    cases = len(draft.plan.of(RecheckVerdict.CASE))
    form = OneForm(
        title=tr("下达结论"),
        guide="复查汇总（招生工作处）#下达结论",
        form=lambda: ChoiceStep(
            tr("下达哪些结论？"),
            "scope",
            [
                (
                    EVERYTHING,
                    tr("全部可以下达的，{n:,} 人", n=len(draft.plan.told)),
                    tr("合格、不合格、保留入学资格和核查中的一起下达。"),
                ),
                (
                    CASES_ALONE,
                    tr("只下达核查中的，{n:,} 人", n=cases),
                    tr("学籍科收到以后，核查中的学生暂不注册；不用等领导小组审定。"),
                ),
            ],
        ),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("下达"),
        done=done_sentences,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)
