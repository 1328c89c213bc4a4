"""An export as plain functions on a frozen draft: the steps, what is missing, what is said."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop.domain.rounds import Round
from desktop.procedures.exchange.dispatching import Dispatched, Outbox, Wish
from desktop.procedures.exchange.export_plans import ClassPlan, ExportPlan
from desktop.views.language import tr
from desktop.views.wizards.place_step import place_problems

NEWS, AGAIN = "news", "again"
ROUND, CONTENT, PLACE, CONFIRM, DONE = "round", "content", "place", "confirm", "done"
_STEPS = (ROUND, CONTENT, PLACE, CONFIRM, DONE)
_SHOWN_NAMES = 12
NO_ROUND = "-"
"""The choice of what belongs to no round: the school, its offices and seats."""


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that the wizard asks.

    Attributes:
        rounds: what can be chosen.
        round_id: the chosen one, ``NO_ROUND`` for what belongs to none, "" while nothing is.
        office: to whom it goes where an office sends to one at a time; "" for who leads the round.
        to_many: whether offices are picked (at the registrar's), or classes (elsewhere).
        chosen: the ids of the picked offices or classes.
        results: how it went; empty before.
        outbox: what is packed already; it survives a stick that failed.
    """

    rounds: tuple[Round, ...]
    to_many: bool
    round_id: str = ""
    what: str = NEWS
    office: str = ""
    plans: tuple[ExportPlan, ...] = ()
    chosen: tuple[str, ...] = ()
    folder: str = ""
    results: tuple[Dispatched, ...] = ()
    outbox: Outbox = field(default_factory=Outbox)

    @property
    def again(self) -> bool:
        """Whether everything goes once more."""
        return self.what == AGAIN

    @property
    def classes(self) -> tuple[ClassPlan, ...]:
        """The classes that can be picked, where an office sends its own."""
        return () if self.to_many or not self.plans else self.plans[0].classes

    @property
    def wish(self) -> Wish:
        """What was asked for."""
        if self.to_many:
            return Wish(self.chosen, self.of_round, again=self.again)
        every = len(self.chosen) == len(self.classes)
        office = self.plans[0].office
        return Wish((office,), self.of_round, None if every else self.chosen, self.again)

    @property
    def of_round(self) -> str:
        """The id of the round, "" for what belongs to none."""
        return "" if self.round_id == NO_ROUND else self.round_id


def next_step(step: str, _draft: Export) -> str:
    """Return the step after a step."""
    place = _STEPS.index(step)
    return _STEPS[place + 1] if place + 1 < len(_STEPS) else ""


def problems(step: str, draft: Export) -> dict[str, str]:
    """Return what is wrong on a step."""
    if step == ROUND and not draft.round_id:
        return {"round_id": tr("请选择批次。")}
    if step == CONTENT:
        return _content_problems(draft)
    if step in (PLACE, CONFIRM):
        return place_problems(draft.folder)
    return {}


def _content_problems(draft: Export) -> dict[str, str]:
    if not draft.to_many and draft.plans[0].hindrance:
        return {"": draft.plans[0].hindrance + tr("没有要导出的，可以关闭。")}
    if draft.to_many and all(plan.hindrance for plan in draft.plans):
        return {"": tr("没有一个部门可以导出，原因写在各行里。")}
    if not draft.chosen and (draft.to_many or draft.classes):
        return {"": tr("请至少选择一个部门。") if draft.to_many else tr("请至少选择一个班级。")}
    return {}


def planned(draft: Export, plans: tuple[ExportPlan, ...]) -> Export:
    """Return the draft with its plans, and with everything picked that has news to go."""
    if draft.to_many:
        able = [plan.office for plan in plans if not plan.hindrance]
        chosen = () if draft.again else tuple(able)  # everything again is for the one that asked
    else:
        chosen = tuple(group.class_id for group in plans[0].classes)
    return replace(draft, plans=plans, chosen=chosen, results=())


# --- words ---------------------------------------------------------------------------------------


def class_details(group: ClassPlan) -> tuple[str, ...]:
    """Return what is missing in a class, each in a sentence with the names."""
    if not group.missing:
        return (tr("这个班材料齐全，什么都不缺。"),)
    return tuple(
        tr(
            "{sentence}（{count} 人：{names}）",
            sentence=missing.sentence,
            count=len(missing.names),
            names=_names(missing.names),
        )
        for missing in group.missing
    )


def missing_sentence(group: ClassPlan) -> str:
    """Return in a few words how many of a class are not complete."""
    waiting = group.students - group.ready
    return tr("还差 {waiting} 人", waiting=waiting) if waiting else tr("齐全")


def parts_sentence(plan: ExportPlan) -> str:
    """Return what one bundle carries, in numbers."""
    parts = [tr("记载 {statements:,} 条", statements=plan.statements)] if plan.statements else []
    if plan.attachments:
        parts.append(tr("证明材料 {attachments} 份", attachments=plan.attachments))
    if plan.receipts:
        parts.append(tr("回执 {receipts} 份", receipts=plan.receipts))
    if plan.forwarded:
        parts.append(tr("转交原席位的报送包 {forwarded} 份", forwarded=plan.forwarded))
    if plan.news_of_trust:
        parts.append(tr("席位证书的最新情况"))
    return "、".join(parts) or tr("没有新的内容")


def confirm_sentences(draft: Export) -> tuple[str, ...]:
    """Return what will happen, in numbers and names."""
    waiting = [plan for plan in _chosen_plans(draft) if plan.office not in draft.outbox.written]
    said = []
    for plan in waiting:
        if packed := draft.outbox.packed.get(plan.office):
            said.append(
                tr(
                    "{office_name}：第{number}号已经打好包，还没有写好，换一个地方继续写。",
                    office_name=plan.office_name,
                    number=packed.bundle.number,
                )
            )
        else:
            said.append(
                tr(
                    "{office_name}：第{number}号，{content}。",
                    office_name=plan.office_name,
                    number=plan.number,
                    content=_content(draft, plan),
                )
            )
    told = [tr("写到：{folder}", folder=draft.folder), *said]
    if lacking := _lacking(draft):
        told.append(lacking)
    return tuple(told)


def _content(draft: Export, plan: ExportPlan) -> str:
    if draft.to_many or draft.wish.classes is None:
        return parts_sentence(plan)
    picked = [group for group in plan.classes if group.class_id in draft.chosen]
    news = sum(group.news for group in picked)
    return tr(
        "{count} 个班（{names}）的记载 {news:,} 条",
        count=len(picked),
        names=_names([g.name for g in picked]),
        news=news,
    )


def _lacking(draft: Export) -> str:
    """Say which picked classes are not complete: they can go all the same."""
    picked = [g for g in draft.classes if g.class_id in draft.chosen and g.ready < g.students]
    if not picked:
        return ""
    names = _names([tr("{name} {rest} 人", name=g.name, rest=g.students - g.ready) for g in picked])
    return tr(
        "还没有办齐的：{names}。可以先导出，补办以后再导出一次，自动成为下一号。", names=names
    )


def done_sentences(draft: Export) -> tuple[str, ...]:
    """Return what was done, and what to do next."""
    names = {plan.office: plan.office_name for plan in draft.plans}
    written = [one for one in draft.results if one.path]
    told = [
        tr(
            "{names}：第{number}号，“{name}”，已读回核对。",
            names=names[one.office],
            number=one.packed.bundle.number,
            name=one.path.name,
        )
        for one in written
        if one.packed and one.path
    ]
    told += [
        tr("{names}：没有导出。{why_not}", names=names[one.office], why_not=one.why_not)
        for one in draft.results
        if one.why_not
    ]
    if not written:
        return (*told, tr("没有写出任何文件。"))
    where = tr("共写出 {count} 份，在“{folder}”。", count=len(written), folder=draft.folder)
    todo = tr("请安全退出U盘，把它交给对方；对方收入以后，回执会随他们的下一份报送包回来。")
    return (where, *told, todo)


def _chosen_plans(draft: Export) -> Sequence[ExportPlan]:
    return [plan for plan in draft.plans if not draft.to_many or plan.office in draft.chosen]


def _names(names: Sequence[str]) -> str:
    shown = "、".join(names[:_SHOWN_NAMES])
    return tr("{shown}等", shown=shown) if len(names) > _SHOWN_NAMES else shown
