"""The wizard 一起登记符合: one reviewer, all of a class about whom there is nothing to look at."""

from dataclasses import dataclass, field, replace

from PySide6.QtWidgets import QWidget

from desktop.procedures.recheck.comparison_desk import ClassInRecheck
from desktop.procedures.recheck.recheck_reviews import ready_for_all, review_all
from desktop.procedures.session import Progress, Session
from desktop.procedures.standing.recheck_files import Rechecked
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

FIRST, SECOND = "first", "second"
_PARTS = ((FIRST, tr("初核")), (SECOND, tr("复核")))


@dataclass(frozen=True, slots=True)
class AllSound:
    """What the wizard collects; ``done`` is how many were recorded."""

    round_id: str = ""
    class_name: str = ""
    students: tuple[Rechecked, ...] = ()
    part: str = FIRST
    reviewer: str = ""
    done: int = field(default=0)

    @property
    def second(self) -> bool:
        """Whether it is the second review."""
        return self.part == SECOND

    @property
    def ready(self) -> tuple[Rechecked, ...]:
        """Whom this person may call sound at once."""
        return ready_for_all(self.students, self.reviewer, second=self.second)


def bulk_wizard(
    desk: Desk, round_id: str, group: ClassInRecheck, reviewer: str, parent: QWidget
) -> Wizard[AllSound]:
    """Return the wizard for a class."""
    draft = AllSound(round_id, group.group.name, group.students, reviewer=reviewer)
    if not draft.ready and replace(draft, part=SECOND, reviewer="").ready:
        draft = replace(draft, part=SECOND, reviewer="")
    form = OneForm(
        title=tr("一起登记“符合”"),
        form=lambda: _form(draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(act),
        verb=tr("登记"),
        done=done_sentences,
        guide="入学复查",
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def problems(draft: AllSound) -> dict[str, str]:
    """Return what is missing or wrong."""
    if not draft.reviewer:
        return {"reviewer": tr("请填写核查人的姓名。")}
    if not draft.ready:
        return {"reviewer": tr("这个班没有可以由{name}一起登记的学生。", name=draft.reviewer)}
    return {}


def confirm_sentences(draft: AllSound) -> tuple[str, ...]:
    """Say whose names will be recorded, and whose will not."""
    ready = draft.ready
    left = len(draft.students) - len(ready)
    title = tr("复核") if draft.second else tr("初核")
    said = [
        tr(
            "{reviewer}对{class_name}的 {count:,} 名学生{title}，意见都是“符合”：{names}。",
            reviewer=draft.reviewer,
            class_name=draft.class_name,
            count=len(ready),
            title=title,
            names="、".join(one.student.identity.name for one in ready),
        )
    ]
    if not draft.second:
        said.append(tr("每人的前四项记为“符合”，特殊类型的一项记为“不涉及”。"))
    if left:
        said.append(
            tr(
                "其余 {count:,} 人不在其中：已经登记，或者有差异、疑点，"
                "或者是重点对象、特殊类型，要逐人核查。",
                count=left,
            )
        )
    return tuple(said)


def act(session: Session, draft: AllSound, _progress: Progress) -> AllSound:
    """Record it."""
    students = [one.student.subject for one in draft.ready]
    done = review_all(session, draft.round_id, students, draft.reviewer, second=draft.second)
    return replace(draft, done=done)


def done_sentences(draft: AllSound) -> tuple[str, ...]:
    """Say what was done, and what comes next."""
    said = tr("已登记 {count:,} 人。", count=draft.done)
    if draft.second:
        return (said, tr("接下来：逐人核查其余的学生；全部完成后打印班级汇总表。"))
    return (said, tr("接下来：请另一个人再打开“一起登记‘符合’”，选择“复核”。"))


def _form(draft: AllSound) -> StepPage[AllSound]:
    return FormStep(
        tr("由谁核查{class_name}？", class_name=draft.class_name),
        tr("只登记复查表与档案一致、没有任何疑点的学生，名单在下一步。初核和复核要由两个人进行。"),
        (
            Field("part", tr("第几遍"), kind=Kind.CHOICE, options=_PARTS),
            Field("reviewer", tr("核查人姓名")),
        ),
    )
