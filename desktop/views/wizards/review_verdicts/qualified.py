"""The wizard 下达合格名单: who passes, who is left and why, in numbers, before it happens."""

from collections import Counter
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.domain.entry_review import STANDING_TITLES
from desktop.procedures.entry_review.review_desk import DeskStudent
from desktop.procedures.entry_review.review_verdicts import Qualifying, issue_qualified
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

ALL = ""


@dataclass(frozen=True, slots=True)
class Qualified:
    """Everybody of the round, the college of which the list is issued, and its paper.

    ``unsealed`` are the colleges whose own return has not come back signed and sealed, or is void.
    """

    round_id: str
    round_name: str
    students: tuple[DeskStudent, ...]
    college: str = ALL
    document: str = ""
    unsealed: tuple[str, ...] = ()
    done: Qualifying | None = None

    @property
    def chosen(self) -> tuple[DeskStudent, ...]:
        """The students of the scope."""
        return tuple(s for s in self.students if self.college in (ALL, s.group.college_name))

    @property
    def class_ids(self) -> list[str] | None:
        """The classes of the scope, None for all."""
        if self.college == ALL:
            return None
        return sorted({one.group.id for one in self.chosen if one.group.id})


def scopes(students: tuple[DeskStudent, ...]) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen: all, and each college that has somebody ready."""
    ready = Counter(one.group.college_name for one in students if one.ready)
    return (
        (ALL, tr("全部院部，可以下达 {total:,} 人", total=sum(ready.values()))),
        *(
            (name, tr("{name}，{count:,} 人", name=name, count=count))
            for name, count in ready.items()
        ),
    )


def problems(draft: Qualified) -> dict[str, str]:
    """Say so when there is nothing to tell of anybody in the scope."""
    if any(one.ready or one.untold for one in draft.chosen):
        return {}
    return {"college": tr("这个范围里现在没有可以下达的学生。")}


def confirm_sentences(draft: Qualified) -> tuple[str, ...]:
    """Say in numbers who passes, who was told before, and who is left and why."""
    chosen = draft.chosen
    ready = sum(one.ready for one in chosen)
    said = [
        tr(
            "“{name}”将有 {count:,} 人下达为审查合格，送教务处学籍科（细则 一(三)6）。",
            name=draft.round_name,
            count=ready,
        )
        if ready
        else tr("“{name}”现在没有新的审查合格学生。", name=draft.round_name)
    ]
    if already := sum(one.reviewed.file.verdict is not None for one in chosen):
        said.append(tr("已有结论的 {already:,} 人不变。", already=already))
    left = Counter(
        one.standing for one in chosen if not one.ready and one.reviewed.file.verdict is None
    )
    if left:
        rest = "、".join(
            tr("{title} {count:,} 人", title=title, count=left[standing])
            for standing, title in STANDING_TITLES.items()
            if left[standing]
        )
        said.append(tr("这次不下达的：{rest}；原因逐人列在页面上。", rest=rest))
    if untold := sum(one.untold for one in chosen):
        said.append(
            tr(
                "其中 {count:,} 人为什么还没有结论，随名单一起告诉学籍科，免得遗漏。",
                count=untold,
            )
        )
    if disputed := sum(bool(one.reviewed.file.conflicts) for one in chosen):
        said.append(tr("其中 {count:,} 人各方说法不一致，裁定以后再下达。", count=disputed))
    waiting = [name for name in draft.unsealed if draft.college in (ALL, name)]
    if waiting:
        names = "、".join(waiting)
        said.append(tr("入学报到审核单还没有收回登记或者已经作废的院部：{names}。", names=names))
    if draft.document:
        said.append(tr("依据：{document}。", document=draft.document))
    return tuple(said)


def done_sentences(draft: Qualified) -> tuple[str, ...]:
    """Say who passed, and what comes next."""
    if draft.done is None:
        return ()
    return (
        tr("已下达审查合格 {count:,} 人。", count=len(draft.done.passed))
        if draft.done.passed
        else tr(
            "没有新的审查合格学生；{count:,} 人还没有结论的原因已经更新。",
            count=len(draft.done.untold),
        ),
        tr("接下来：到“收发”里导出给教务处学籍科；没有下达的补齐以后再下达一次。"),
    )


def qualified_wizard(desk: Desk, draft: Qualified, parent: QWidget) -> Wizard[Qualified]:
    """Return the wizard."""
    form = OneForm(
        title=tr("下达合格名单"),
        guide="入学审查（招生工作处）#下达合格名单",
        form=lambda: FormStep(
            tr("下达哪个范围的合格名单？"),
            tr("只下达审查合格、各方说法一致的学生；其余保持现状，写明原因。"),
            (
                Field("college", tr("范围"), kind=Kind.CHOICE, options=scopes(draft.students)),
                Field(
                    "document",
                    tr("依据的文件（可以不填）"),
                    tr("例如“2026级新生入学审查核验报告”。"),
                ),
            ),
        ),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(carry_out),
        verb=tr("下达"),
        done=done_sentences,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def carry_out(session: Session, draft: Qualified, _progress: Progress) -> Qualified:
    """Issue the list."""
    done = issue_qualified(session, draft.round_id, draft.class_ids, draft.document)
    return replace(draft, done=done)
