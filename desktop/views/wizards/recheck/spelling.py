"""The wizards of spellings: two that mean the same for everybody, or do not; taking that back."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from desktop.domain.answers import SPELLED
from desktop.domain.recheck import ANSWER_TITLES
from desktop.domain.review_fields import ANSWER_FIELDS
from desktop.procedures.recheck.recheck_spellings import retract_spelling, rule_everywhere
from desktop.procedures.recheck.spelling_desk import SpellingLine
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import StepPage, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind
from desktop.views.wizards.taking_back import TakingBack

SAME, TWO = "same", "two"
_FIELDS: Final = tuple((field, ANSWER_TITLES[field]) for field in ANSWER_FIELDS if field in SPELLED)


@dataclass(frozen=True, slots=True)
class Spelling:
    """Two spellings, and what is decided of them for everybody; ``touched``: of how many."""

    field: str = _FIELDS[0][0]
    one: str = ""
    other: str = ""
    verdict: str = SAME
    reason: str = ""
    touched: int = 0


@dataclass(frozen=True, slots=True)
class Unspelling:
    """What was decided about two spellings, and why that is taken back."""

    line: SpellingLine
    reason: str = ""


def spelling_wizard(desk: Desk, draft: Spelling, parent: QWidget) -> Wizard[Any]:
    """Return the wizard that decides for everybody whether two spellings mean the same."""
    form = OneForm(
        title=tr("统一认定一种写法"),
        form=partial(_form, draft),
        problems=problems,
        confirm=confirm_sentences,
        act=desk.act(decide),
        verb=tr("认定"),
        done=done_sentences,
        guide="入学复查#写法认定",
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def _form(draft: Spelling) -> StepPage[Spelling]:
    """Return the form; the field is asked where nobody has come from one."""
    asked = (Field("field", tr("项目"), kind=Kind.CHOICE, options=_FIELDS),)
    verdicts = ((SAME, tr("同一内容")), (TWO, tr("不同内容，以后不再提示统一认定")))
    title = ANSWER_TITLES[draft.field]
    return FormStep(
        tr("{title}里的这两种写法，是不是同一内容？", title=title)
        if draft.one
        else tr("哪两种写法，是不是同一内容？"),
        tr(
            "例如更名前后的地名。认定以后，所有学生的这一栏都照此比对；只写不同的部分，不写整个地址。"
        ),
        (
            *(() if draft.one else asked),
            Field("one", tr("一种写法")),
            Field("other", tr("另一种写法")),
            Field("verdict", tr("认定"), kind=Kind.CHOICE, options=verdicts),
            Field("reason", tr("依据"), tr("例如“襄樊市 2010 年更名为襄阳市”。")),
        ),
    )


def problems(draft: Spelling) -> dict[str, str]:
    """Return what is missing."""
    found = {name: tr("请写明这种写法。") for name in ("one", "other") if not getattr(draft, name)}
    if not draft.reason:
        found["reason"] = tr("请写明依据。")
    return found


def confirm_sentences(draft: Spelling) -> tuple[str, ...]:
    """Say what holds for everybody then."""
    title = ANSWER_TITLES[draft.field]
    if draft.verdict == TWO:
        said = tr(
            "{title}里的“{one}”和“{other}”是不同内容，所有学生都要逐人认定。依据：{why}",
            title=title,
            one=draft.one,
            other=draft.other,
            why=draft.reason,
        )
    else:
        said = tr(
            "{title}里的“{one}”和“{other}”，对所有学生都按同一内容比对。依据：{why}",
            title=title,
            one=draft.one,
            other=draft.other,
            why=draft.reason,
        )
    touched = tr("本批次现在有 {n:,} 名学生的表和档案只差这两种写法。", n=draft.touched)
    return (said, touched) if draft.touched else (said,)


def decide(session: Session, draft: Spelling, _progress: Progress) -> Spelling:
    """Decide it."""
    same = draft.verdict == SAME
    rule_everywhere(session, draft.field, draft.one, draft.other, same=same, why=draft.reason)
    return replace(draft)


def done_sentences(draft: Spelling) -> tuple[str, ...]:
    """Say what was decided, and what comes next."""
    verdict = tr("不同内容") if draft.verdict == TWO else tr("同一内容")
    return (
        tr("已认定“{one}”和“{other}”为{v}。", one=draft.one, other=draft.other, v=verdict),
        tr("接下来：到“收发”里导出给各院部，院部收入以后也照此比对。"),
    )


def unspelling_wizard(desk: Desk, line: SpellingLine, parent: QWidget) -> Wizard[Any]:
    """Return the wizard that takes back what was decided about two spellings."""
    flow = TakingBack(
        title=tr("撤回写法认定"),
        guide="入学复查#写法认定",
        verb=tr("撤回"),
        question=tr("撤回“{one}”和“{other}”的认定？", one=line.one, other=line.other),
        look=lambda draft: what_that_undoes(draft.line),
        hindered=lambda _draft: "",
        example=tr("例如“查明是两个不同的地方”。"),
        told=tr("各院部在记载里看得到。"),
        act=desk.act(take_back),
        button=tr("撤回认定"),
        done=lambda draft: (
            tr("已撤回“{one}”和“{other}”的认定。", one=draft.line.one, other=draft.line.other),
            tr("接下来：到“收发”里导出给各院部。"),
        ),
    ).flow()
    return Wizard(flow, Unspelling(line), desk.runner, parent)


def what_that_undoes(line: SpellingLine) -> tuple[str, ...]:
    """Say what would be a question again."""
    title = ANSWER_TITLES[line.field]
    if line.ruling and line.ruling.verdict == SAME:
        return (
            tr(
                "{title}里的这两种写法又按不一致比对，本批次有 {n:,} 名学生受影响："
                "没有逐人认定过的，这一栏要重新认定。",
                title=title,
                n=len(line.touched),
            ),
            tr("院部对单个学生的认定不变。"),
        )
    return (tr("{title}里的这两种写法等于没有认定过，可以重新认定。", title=title),)


def take_back(session: Session, draft: Unspelling, _progress: Progress) -> Unspelling:
    """Take it back."""
    if draft.line.ruling:
        retract_spelling(session, draft.line.ruling.subject, draft.reason)
    return draft
