"""The page 录入比对: a form at the left, what was written at the right, two reviews below."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.answers import SPELLED, differing_part
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import ReviewFinding
from desktop.procedures.recheck.comparison_desk import StudentOnDesk, student_on_desk
from desktop.procedures.recheck.recheck_answers import key_in
from desktop.procedures.recheck.recheck_drafts import keep_draft
from desktop.procedures.recheck.recheck_reviews import Review, review, second_review
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.cards import COMPARISON
from desktop.views.pages.page import Page
from desktop.views.pages.recheck.desk_draft import (
    DeskDraft,
    progress_sentence,
    resume,
    why_not_saved,
    with_answer,
    with_ruling,
)
from desktop.views.pages.recheck.desk_place import BesideForm, FormOnDesk
from desktop.views.pages.recheck.page import REVIEWER
from desktop.views.pages.recheck.review_box import Given
from desktop.views.pages.recheck.small_wizards import taking_back_wizard
from desktop.views.recheck_words import time_left
from desktop.views.runner import Failure
from desktop.views.widgets.beside import beside
from desktop.views.widgets.texts import button
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.recheck.spelling import Spelling, spelling_wizard

HIDES = "recheck/hides_archive"
_WIDE = 1000  # the splitter keeps the proportion, not the number


class ComparisonPage(Page):
    """One student's form. It opens at "round student"."""

    CARD = COMPARISON
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ("", "")
        self._draft: DeskDraft | None = None
        self._writing = self._written_late = self._saving = False
        self.picture = FormOnDesk(desk, self.tell_failure)
        self.beside = BesideForm(self.save, self.rule_for_everybody)
        self.rows, self.review = self.beside.rows, self.beside.review
        self.hides, self._words = self.beside.hides, self.beside.words
        self.hides.setChecked(desk.memory.text(HIDES, "yes") == "yes")
        self.hides.toggled.connect(self._hide)
        self._everywhere = self.beside.everywhere
        self._everywhere.setVisible(desk.kind in (OfficeKind.ADMISSIONS, OfficeKind.REGISTRAR))
        self._before = button(tr("上一人"), lambda: self._go(after=False))
        self._after = button(tr("下一人"), lambda: self._go(after=True))
        self._before.setToolTip(tr("同一个班的上一名学生（Ctrl+PgUp）"))
        self._after.setToolTip(tr("同一个班的下一名学生（Ctrl+PgDown）"))
        self._take_back = button(tr("撤回、重交…"), self.take_back, drawing="undo")
        self._take_back.setToolTip(tr("撤回已经登记的；照片看不清的，标为不能用，请学生重交"))
        for tool in (self._before, self._after, self._take_back):
            self.tools.addWidget(tool)
        self.tools.addWidget(button(tr("回到名单"), self._leave, drawing="back"))
        sides = beside(self.picture, self.beside, (1, 1))
        sides.setSizes([_WIDE, _WIDE])
        self.body.addWidget(sides, 1)
        self._connect()

    @property
    def draft(self) -> DeskDraft | None:
        """The student on the desk, with what is not saved."""
        return self._draft

    @property
    def words(self) -> str:
        """What was said last beside the buttons."""
        return self._words.text()

    @property
    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins."""
        rows = self.rows.rows
        return next(iter(rows.values())).line if rows else None

    def open_at(self, argument: str) -> None:
        """Open a student's form."""
        if argument:
            round_id, _, student = argument.partition(" ")
            self._wanted = (round_id, student)
        self.refresh()

    def refresh(self) -> None:
        """Read the student again; what is not saved stays."""
        round_id, student = self._wanted
        if not student:
            self.picture.say_nothing()
            self.tell_state(tr("请在“入学复查”里选择一名学生。"))
            return
        self.desk.run(
            lambda session, _progress: student_on_desk(session, round_id, student),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取复查表"),
        )

    def save(self) -> None:
        """Save what was keyed in and ruled, in one transaction."""
        self._take_focused()
        draft = self._draft
        if draft is None or self._saving:
            return
        if why := why_not_saved(draft):
            self._words.setText(why)
            return
        desk, answers, rulings = draft.desk, dict(draft.answers), dict(draft.rulings)
        self._saving = True
        self.desk.change(
            lambda session, _progress: key_in(
                session, desk.round.id, desk.one.student.subject, answers, rulings
            ),
            lambda _forgotten: self._saved(draft),
            self._not_saved,
            owner=self,
            title=tr("正在保存比对"),
        )

    def take_back(self) -> Wizard[Any] | None:
        """Open the wizard that takes back what is saved of the student."""
        if self._draft is None:
            return None
        return self._open(taking_back_wizard(self.desk, self._draft.desk, self))

    def rule_for_everybody(self) -> Wizard[Any] | None:
        """Open the wizard that calls two spellings the same for everybody."""
        name = self._ruled_field()
        if self._draft is None or name not in SPELLED or self._everywhere.isHidden():
            self._words.setText(tr("请先选择一栏不一致的地址、学校、志愿或民族。"))
            return None
        parts = differing_part(name, self._draft.text(name), self._draft.archive(name))
        return self._open(spelling_wizard(self.desk, Spelling(name, *parts), self))

    # --- building ----------------------------------------------------------------------------

    def _connect(self) -> None:
        self.rows.keyed.connect(self._key)
        self.rows.ruled.connect(self._rule)
        self.rows.finished.connect(self._keyed_through)
        self.review.given.connect(self._review)
        self.review.ticked.connect(self._ticked)
        for keys, act in (
            ("Ctrl+S", self.save),
            ("F2", lambda: self._rule_focused("same")),
            ("F3", lambda: self._rule_focused("doubt")),
            ("F4", lambda: self._rule_focused("")),
            ("F6", self.rule_for_everybody),
            ("F7", self.picture.look_on),
            ("F8", self.review.tick_all),
            ("F9", self.review.give),
            ("Ctrl+PgUp", lambda: self._go(after=False)),
            ("Ctrl+PgDown", lambda: self._go(after=True)),
        ):
            QShortcut(QKeySequence(keys), self, act)

    # --- showing -----------------------------------------------------------------------------

    def _show(self, desk: StudentOnDesk) -> None:
        before = self._draft
        subject = desk.one.student.subject
        if (desk.round.id, subject) != self._wanted:
            return  # another student was asked for meanwhile
        same = before is not None and before.desk.one.student.subject == subject
        if before and same:
            self._draft = _carried(before, desk)
        else:
            self.rows.clear()
            self._draft = resume(desk)
            self._words.setText(
                "" if self._draft.kept.empty else tr("上次没有保存的内容还在，请核对以后保存。")
            )
        if not self.review.reviewer.text():
            self.review.reviewer.setText(self.desk.memory.text(REVIEWER) or self.desk.operator)
        self._tell(fresh=not same)
        self.picture.show_student(desk)
        if not same:
            self.beside.to_top()
            self.rows.begin(self._draft)

    def _tell(self, *, fresh: bool = False) -> None:
        draft = self._draft
        if draft is None:
            return
        desk = draft.desk
        one = desk.one.student.identity
        self.rows.show_draft(draft, hides=self.hides.isChecked())
        self.review.show_draft(draft, fresh=fresh)
        self._before.setEnabled(bool(desk.before))
        self._after.setEnabled(bool(desk.after))
        self.set_title(one.name or tr("（无姓名）"))
        watched = tr("重点对象。") if desk.one.file.watched else ""
        self.tell_state(
            tr(
                "{number}，{group}第 {place} 人，共 {of} 人。{watched}{sentence}{left}",
                number=one.student_number or one.exam_number,
                group=desk.group.name,
                place=desk.place,
                of=desk.of,
                watched=watched,
                sentence=progress_sentence(draft),
                left=time_left(desk.left) if desk.round.open else "",
            )
        )

    def _hide(self, hides: bool) -> None:
        self.desk.memory.keep(HIDES, "yes" if hides else "no")
        self._tell()

    # --- filling in --------------------------------------------------------------------------

    def _key(self, name: str, text: str) -> None:
        if self._draft:
            self._take(with_answer(self._draft, name, text))

    def _rule(self, name: str, ruling: str) -> None:
        if self._draft and self._draft.rulable(name):
            self._take(with_ruling(self._draft, name, ruling))

    def _rule_focused(self, ruling: str) -> None:
        """Rule upon the field in which the keyboard is, or the first that waits."""
        self._take_focused()
        name = self._ruled_field()
        if self._draft is None or not self._draft.rulable(name):
            self._words.setText(tr("这一栏没有需要认定的差异。"))
            return
        self._rule(name, ruling)
        if self._draft.unsure:
            self.rows.rows[self._draft.unsure[0]].line.setFocus()

    def _ruled_field(self) -> str:
        focused = self.rows.focused
        if focused or self._draft is None:
            return focused
        return next(iter(self._draft.unsure), "")

    def _take_focused(self) -> None:
        """Take what stands in the field in which the keyboard is."""
        name = self.rows.focused
        if self._draft and name and (text := self.rows.rows[name].line.text().strip()):
            self._take(with_answer(self._draft, name, text))

    def _keyed_through(self) -> None:
        """Go on behind the last field: to what waits for a ruling, else to the review."""
        if self._draft and self._draft.unsure:
            self.rows.rows[self._draft.unsure[0]].line.setFocus()
        else:
            self.review.begin()

    def _ticked(self) -> None:
        if self._draft:
            saved = self._draft.desk.one.file.five
            five = {f: text for f, text in self.review.ticks.items() if saved.get(f) != text}
            self._draft = _reviewed(self._draft, five, self.review.explanation.text().strip())
            self._keep()

    def _take(self, draft: DeskDraft) -> None:
        """Show a draft and keep it beside the store."""
        if draft != self._draft:
            self._draft = draft
            self._words.clear()
            self._tell()
            self._keep()

    def _keep(self) -> None:
        """Write the draft; while one is being written, later keys wait for one more time."""
        if self._writing or self._saving or self._draft is None:
            self._written_late = True
            return
        self._writing, self._written_late = True, False
        desk, kept = self._draft.desk, self._draft.kept
        self.desk.run(
            lambda session, _progress: keep_draft(
                session, desk.round.id, desk.one.student.subject, kept
            ),
            lambda _nothing: self._kept(),
            self._not_kept,
            owner=self,
            title=tr("正在保存草稿"),
        )

    def _kept(self) -> None:
        self._writing = False
        if self._written_late:
            self._keep()

    def _not_kept(self, failure: Failure) -> None:
        self._writing = False
        self.tell_failure(failure)

    # --- saving ------------------------------------------------------------------------------

    def _saved(self, saved: DeskDraft) -> None:
        self._saving = False
        if self._draft and self._draft.desk.one.student.subject == saved.desk.one.student.subject:
            answers = {f: x for f, x in self._draft.answers.items() if saved.answers.get(f) != x}
            rulings = {f: x for f, x in self._draft.rulings.items() if saved.rulings.get(f) != x}
            self._draft = replace(self._draft, answers=answers, rulings=rulings)
            self._words.setText(tr("已保存。接下来核查各项，登记意见（F9）。"))
            self.review.begin()
        self._keep()

    def _not_saved(self, failure: Failure) -> None:
        self._saving = False
        self.tell_failure(failure)

    def _review(self, given: Given) -> None:
        """Record a review; what was keyed in and not saved must be saved first."""
        draft = self._draft
        if draft is None:
            return
        if draft.answers or draft.rulings:
            self._words.setText(tr("录入的内容还没有保存，请先保存（Ctrl+S）。"))
            return
        self.desk.memory.keep(REVIEWER, given.reviewer)
        round_id, student = draft.desk.round.id, draft.desk.one.student.subject
        self.desk.change(
            lambda session, _progress: _record(session, round_id, student, given),
            lambda _nothing: self._recorded(given),
            self.tell_failure,
            owner=self,
            title=tr("正在登记意见"),
        )

    def _recorded(self, given: Given) -> None:
        self.errors.dismiss()
        if self._draft:
            self._draft = _reviewed(self._draft, {}, "")
        title = tr("复核") if given.second else tr("初核")
        doubt = tr("有疑点的，请到“专项核查”立案。")
        told = doubt if given.finding is ReviewFinding.DOUBTFUL else ""
        self._words.setText(
            tr("已登记{title}意见。{told}下一人：Ctrl+PgDown。", title=title, told=told)
        )
        self.review.explanation.clear()
        self._keep()

    # --- going -------------------------------------------------------------------------------

    def _go(self, *, after: bool) -> None:
        if self._draft is None:
            return
        self._take_focused()
        student = self._draft.desk.after if after else self._draft.desk.before
        if not student:
            self._words.setText(
                tr("这是这个班的最后一人。") if after else tr("这是这个班的第一人。")
            )
            return
        self.errors.dismiss()
        self._wanted = (self._draft.desk.round.id, student)
        self.refresh()

    def _leave(self) -> None:
        group = self._draft.desk.group.id if self._draft else ""
        self.desk.open("recheck", group)

    def _open(self, wizard: Wizard[Any] | None) -> Wizard[Any] | None:
        if wizard is None:
            self._words.setText(tr("没有可以撤回的内容。"))
            return None
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard


def _record(session: Session, round_id: str, student: str, given: Given) -> None:
    if given.second:
        second_review(session, round_id, student, given.finding, given.reviewer, given.explanation)
    else:
        one = Review(student, given.five, given.finding, given.reviewer, given.explanation)
        review(session, round_id, one)


def _carried(before: DeskDraft, desk: StudentOnDesk) -> DeskDraft:
    """Return the same student as it stands now, with what is still not saved."""
    return resume(replace(desk, draft=before.kept))


def _reviewed(draft: DeskDraft, five: dict[str, str], explanation: str) -> DeskDraft:
    return replace(draft, five=five, explanation=explanation)
