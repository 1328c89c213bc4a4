"""The decisions of the wizard, as plain functions on a frozen draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.rounds import Round
from desktop.domain.signing import Action
from desktop.procedures.session import Progress, Session
from desktop.procedures.signing.sheets import MadeSheets, keep_sheets, preview_sheets
from desktop.procedures.signing.signing_desk import ClassLine
from desktop.views.language import tr

CLASSES, SCOPE, PREVIEW, OUTPUT = "classes", "scope", "preview", "output"
NEEDED, WHOLE = "needed", "whole"
_NAMED = 6


@dataclass(frozen=True)
class PrintDraft:
    """Which classes, how much of them, and what was drawn.

    ``opened_for`` is the class from which the wizard was opened, "" for none; ``put_out`` is true
    once the sheets were printed or saved.
    """

    round: Round
    lines: tuple[ClassLine, ...]
    classes: tuple[str, ...] = ()
    scope: str = NEEDED
    made: MadeSheets | None = None
    opened_for: str = ""
    put_out: bool = False

    @property
    def chosen(self) -> tuple[ClassLine, ...]:
        """The chosen classes."""
        return tuple(line for line in self.lines if line.group.id in self.classes)

    @property
    def asks_scope(self) -> bool:
        """Whether a chosen class has pages that still count, so that not all need printing."""
        return any(line.standing.ever_printed for line in self.chosen)


def needing(lines: tuple[ClassLine, ...]) -> tuple[str, ...]:
    """Return the classes of which somebody stands on no page that counts."""
    wanted = (Action.PRINT, Action.PRINT_AGAIN)
    return tuple(line.group.id for line in lines if line.next.action in wanted)


def begin(round_: Round, lines: tuple[ClassLine, ...], class_id: str = "") -> PrintDraft:
    """Return the draft to begin with: one class, or all that need a sheet."""
    classes = (class_id,) if class_id else needing(lines)
    draft = PrintDraft(round_, lines, classes, opened_for=class_id)
    wanted = any(line.unprinted for line in draft.chosen) or not draft.chosen
    return replace(draft, scope=NEEDED if wanted else WHOLE)


def next_step(step: str, draft: PrintDraft) -> str:
    """Return the step after a step."""
    if step == CLASSES:
        return SCOPE if draft.asks_scope else PREVIEW
    return {SCOPE: PREVIEW, PREVIEW: OUTPUT}.get(step, "")


def problems(step: str, draft: PrintDraft) -> Mapping[str, str]:
    """Return what is wrong on a step."""
    if step == CLASSES and not draft.classes:
        return {"": tr("请至少选一个班。")}
    if step == CLASSES and not draft.round.open:
        return {"": tr("{name}已经结束，不能再打印签字表。", name=draft.round.name)}
    if step == SCOPE and draft.scope == NEEDED and not any(line.unprinted for line in draft.chosen):
        return {
            "": tr("所选班级的签字表都有效，没有需要补打的。确实要重新打印的，请选“整班打印”。")
        }
    return {}


def look(session: Session, draft: PrintDraft, progress: Progress) -> PrintDraft:
    """Draw the sheets, without making any."""
    made = preview_sheets(
        session,
        draft.round.id,
        draft.classes,
        only_needed=draft.scope == NEEDED,
        progress=progress,
    )
    return replace(draft, made=made)


def look_unless_asked(session: Session, draft: PrintDraft, progress: Progress) -> PrintDraft:
    """Draw the sheets already when the classes are chosen, where nothing else is to be asked."""
    return draft if draft.asks_scope else look(session, draft, progress)


def make(session: Session, draft: PrintDraft, _progress: Progress) -> PrintDraft:
    """Make what was looked at."""
    assert draft.made  # noqa: S101 - the preview was drawn
    return replace(draft, made=keep_sheets(session, draft.made))


def picked_sentence(draft: PrintDraft) -> str:
    """Say which classes are ticked to begin with, and how others are."""
    for line in draft.lines:
        if line.group.id == draft.opened_for:
            return tr("已经选好{name}。别的班也要打印的，用空格键勾选。", name=line.group.name)
    return tr("已经选好没有有效签字表的班。用空格键勾选。")


def not_put_out(draft: PrintDraft) -> str:
    """Ask whoever leaves without having printed or saved what was made; "" for all others."""
    if not draft.made or draft.put_out:
        return ""
    return tr(
        "还没有打印，也没有另存。{names}的签字表已经生成，现在离开的，在“核对签字”里仍然写着已打印；"
        "以后要在“文档”里打印这一份。确实不打印就离开吗？",
        names=_names(draft.chosen),
    )


def _names(lines: Sequence[ClassLine]) -> str:
    """Return classes by their names, the first few of many."""
    names = "、".join(line.group.name for line in lines[:_NAMED])
    more = tr("等 {count} 个班", count=len(lines)) if len(lines) > _NAMED else ""
    return f"{names}{more}"


def preview_sentence(draft: PrintDraft) -> str:
    """Say what will be made: classes, students, pages."""
    if not draft.made:
        return ""
    made = draft.made
    students = sum(len(sheet.rows) for sheet in made.sheets)
    if len(made.sheets) == 1 and len(draft.chosen) == 1:
        return tr(
            "{name}，{students} 人，共 {pages} 页。",
            name=draft.chosen[0].group.name,
            students=students,
            pages=made.document.pages,
        )
    return tr(
        "{count} 个班，{students} 人，共 {pages} 页。",
        count=len(made.sheets),
        students=students,
        pages=made.document.pages,
    )


def teachers_missing(draft: PrintDraft) -> str:
    """Say whose class teacher is not known, "" where all are."""
    names = [line.group.name for line in draft.chosen if not line.group.class_teacher]
    if not names:
        return ""
    return tr("没有填班主任的：{names}。可以先打印，班主任一栏留空手写。", names="、".join(names))


def what_next(draft: PrintDraft) -> tuple[str, ...]:
    """Say what was made, and what comes next."""
    made = draft.made
    if not made:
        return ()
    numbers = "、".join(sheet.number for sheet in made.sheets[:_NAMED])
    more = tr("等 {count} 张", count=len(made.sheets)) if len(made.sheets) > _NAMED else ""
    return (
        tr(
            "已生成{names}的签字表，共 {pages} 页，编号 {numbers}{more}。",
            names=_names(draft.chosen),
            pages=made.document.pages,
            numbers=numbers,
            more=more,
        ),
        tr("打印时选 A4 纸、实际大小，不要缩放。以后还要打印同一份的，在“文档”里可以找到。"),
        tr("接下来：交学生本人、班主任、主要负责人签字并盖章，收回后在“登记签字”里扫二维码登记。"),
    )
