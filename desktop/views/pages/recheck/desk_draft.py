"""A form on the desk as a frozen value: what was keyed in, how it agrees, what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.answers import AGREEMENT_TITLES, Agreement, Ruling, agree, compare
from desktop.domain.recheck import ANSWER_TITLES, asked_of
from desktop.domain.review_fields import FIVE_TITLES
from desktop.procedures.recheck.comparison_desk import StudentOnDesk
from desktop.procedures.recheck.recheck_answers import RULABLE
from desktop.procedures.recheck.recheck_drafts import RecheckDraft
from desktop.views.language import tr
from desktop.views.look.states import State

AGREEMENT_STATES: Final[Mapping[Agreement, State]] = {
    Agreement.SAME: State.DONE,
    Agreement.VARIANT: State.DONE,
    Agreement.UNKNOWN: State.NOT_YET,
    Agreement.BLANK: State.ATTENTION,
    Agreement.DIFFERENT: State.ATTENTION,
    Agreement.DOUBT: State.ATTENTION,
}


@dataclass(frozen=True)
class DeskDraft:
    """A student's form, what is saved of it, and what is filled in and not saved.

    Attributes:
        desk: the student with all that is saved.
        answers: what was keyed in and not saved.
        rulings: what was ruled and not saved; "" takes a ruling back.
        five: what was ticked and not saved.
        explanation: the reason of the review, not saved.
    """

    desk: StudentOnDesk
    answers: Mapping[str, str] = field(default_factory=dict)
    rulings: Mapping[str, str] = field(default_factory=dict)
    five: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""

    @property
    def kept(self) -> RecheckDraft:
        """What is to be kept beside the store."""
        return RecheckDraft(self.answers, self.rulings, self.five, self.explanation)

    @property
    def was_compared(self) -> bool:
        """Whether the form was keyed in before."""
        return bool(self.desk.one.file.agreements)

    def is_keyed(self, name: str) -> bool:
        """Tell whether a field was keyed in, be it as blank."""
        return name in self.answers or self.was_compared

    def text(self, name: str) -> str:
        """Return what a field shows."""
        return self.answers.get(name, self.desk.one.answers.get(name, ""))

    def archive(self, name: str) -> str:
        """Return what the file says of a field."""
        return self.desk.one.archive[name]

    def agreement(self, name: str) -> Agreement | None:
        """Return how a field agrees, with what is ruled here; None before it was keyed in."""
        if not self.is_keyed(name):
            return None
        saved = self.desk.one.file.agreements.get(name)
        if name not in self.answers and name not in self.rulings and saved is not None:
            return saved
        answer, archive = self.text(name), self.archive(name)
        said = self.rulings.get(name)
        if said is None:
            ruling = self.desk.one.rulings.get(name)
        else:
            ruling = Ruling(said, answer, archive) if said else None
        return agree(name, answer, archive, ruling, self.desk.same)

    def outdated(self, name: str) -> Ruling | None:
        """Return what was decided about a difference before one of its sides changed."""
        ruling = self.desk.one.rulings.get(name)
        if ruling is None or name in self.rulings or name not in self.unsure:
            return None
        return ruling

    def rulable(self, name: str) -> bool:
        """Tell whether there is a difference that a person can rule upon."""
        if not self.is_keyed(name):
            return False
        return compare(name, self.text(name), self.archive(name), self.desk.same) in RULABLE

    @property
    def unkeyed(self) -> tuple[str, ...]:
        """The fields that nobody has keyed in yet."""
        return tuple(name for name in self.desk.fields if not self.is_keyed(name))

    @property
    def unsure(self) -> tuple[str, ...]:
        """The fields that differ, and nobody has ruled upon."""
        return tuple(name for name in self.desk.fields if self.agreement(name) in RULABLE)


def resume(desk: StudentOnDesk) -> DeskDraft:
    """Return a student with the draft that was kept: only what still can be saved."""
    draft = DeskDraft(desk)
    for name, text in desk.draft.answers.items():
        if name in desk.fields:
            draft = with_answer(draft, name, text)
    for name, ruling in desk.draft.rulings.items():
        if name in desk.fields and draft.rulable(name):
            draft = with_ruling(draft, name, ruling)
    asked = asked_of(desk.one.file.admission_type)
    five = {thing: text for thing, text in desk.draft.five.items() if thing in asked}
    return replace(draft, five=five, explanation=desk.draft.explanation)


def with_answer(draft: DeskDraft, name: str, text: str) -> DeskDraft:
    """Take what was keyed into a field; another answer takes its ruling back."""
    text = text.strip()
    answers = {f: kept for f, kept in draft.answers.items() if f != name}
    saved = draft.desk.one.answers.get(name, "") if draft.was_compared else None
    if text != saved:
        answers[name] = text
    if text == draft.text(name) and draft.is_keyed(name):
        return replace(draft, answers=answers)
    return replace(
        draft, answers=answers, rulings={f: r for f, r in draft.rulings.items() if f != name}
    )


def with_ruling(draft: DeskDraft, name: str, ruling: str) -> DeskDraft:
    """Rule upon a difference: "same", "doubt", or "" to take that back."""
    rulings = {f: kept for f, kept in draft.rulings.items() if f != name}
    if ruling != saved_ruling(draft, name):
        rulings[name] = ruling
    return replace(draft, rulings=rulings)


def saved_ruling(draft: DeskDraft, name: str) -> str:
    """Return what is saved of a difference as it is in sight; nothing where there is none."""
    ruling = draft.desk.one.rulings.get(name)
    if ruling is None or not ruling.holds(name, draft.text(name), draft.archive(name)):
        return ""
    return ruling.says


def why_not_saved(draft: DeskDraft) -> str:
    """Return in a sentence why the comparison can not be saved, "" where it can."""
    file = draft.desk.one.file
    if not draft.desk.round.open:
        return tr("这个批次已经结束，不能再登记。")
    if not (file.form and file.form_usable):
        return tr("还没有可用的复查表，不能录入。请先收入复查表的照片。")
    if missing := draft.unkeyed:
        return tr(
            "还有 {count} 栏没有录入：{names}。纸上空着的，在那一栏按回车。",
            count=len(missing),
            names="、".join(ANSWER_TITLES[name] for name in missing),
        )
    if not draft.answers and not draft.rulings:
        return tr("没有要保存的内容。")
    return ""


def agreement_words(found: Agreement | None) -> tuple[State, str]:
    """Return the shape and the words for how a field agrees."""
    if found is None:
        return State.NOT_YET, tr("还没有录入")
    return AGREEMENT_STATES[found], AGREEMENT_TITLES[found]


def outdated_words(before: Ruling) -> str:
    """Say what was decided about a difference that is another one now."""
    return tr("以前认定为{words}，后来有改动，请重新认定。", words=before.words)


def progress_sentence(draft: DeskDraft) -> str:
    """Say how far the comparison is."""
    if not (draft.desk.one.file.form and draft.desk.one.file.form_usable):
        return tr("还没有可用的复查表。")
    total, left = len(draft.desk.fields), len(draft.unkeyed)
    if left:
        return tr("已录入 {done} 栏，共 {total} 栏。", done=total - left, total=total)
    if draft.unsure:
        names = "、".join(ANSWER_TITLES[name] for name in draft.unsure)
        return tr("不一致，等待认定：{names}（F2 一致，F3 疑点）。", names=names)
    unsaved = tr("还没有保存。") if draft.answers or draft.rulings else ""
    return tr("录入完毕，没有待认定的差异。{unsaved}", unsaved=unsaved)


def five_titles(draft: DeskDraft) -> dict[str, str]:
    """Return which of the five things concern the student, with their titles."""
    asked = asked_of(draft.desk.one.file.admission_type)
    return {thing: title for thing, title in FIVE_TITLES.items() if thing in asked}
