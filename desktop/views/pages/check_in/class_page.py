"""The page of a class at check-in: its students by keys at the left, one of them beside."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QStackedWidget

from desktop.domain.entry_review import Finding
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.check_in.check_in_desk import CheckInClass, CheckInRow
from desktop.procedures.check_in.check_in_notes import CheckInNotes, SecondNote
from desktop.procedures.viewing import copy_to_view
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look.appearance import current_look
from desktop.views.pages.cards import CHECK_IN_CLASS
from desktop.views.pages.check_in import draft as drafts
from desktop.views.pages.check_in import noting, words
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.check_in.keeping import Keeping
from desktop.views.pages.check_in.noting import SAME_ALL, SEE_ALL, Answer
from desktop.views.pages.check_in.reading import Kept, Opened, keep, read_class, save
from desktop.views.pages.check_in.together import Together
from desktop.views.pages.check_in.work_place import WorkPlace
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.runner import Failure
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.texts import button
from desktop.views.wizards.check_in.retraction import retraction_wizard
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.on_sheet.place import PlaceDraft, place_wizard

_KINDS: Final = tr("图片和扫描件 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf)")
_CHOICE: Final = 190
_SECOND: Final = "check_in/second_checker"
_THEN: Final = tr("接下来：材料原件随报到材料交招生工作处，并导出报送包。")


class CheckInClassPage(Page):
    """A class, opened at its id."""

    CARD = CHECK_IN_CLASS
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._draft: CheckInDraft | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("班级"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.setMaximumWidth(current_look().px(_CHOICE))
        self.choice.activated.connect(lambda place: self.open_at(self.choice.itemData(place)))
        self._chooser = RoundChooser(desk, of_procedure(Procedure.ENTRY_REVIEW))
        self._chooser.chosen.connect(self._read)
        self.undo_button = button(tr("撤销"), self._undo, drawing="undo")
        self.undo_button.setToolTip(tr("撤销上一步（Ctrl+Z）"))
        self.save_button = button(tr("保存（Ctrl+S）"), self.save, role="primary")
        for tool in (self.choice, self._chooser, self.undo_button, self.save_button):
            self.tools.addWidget(tool)
        self.place = WorkPlace(desk)
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.place)
        self.body.addWidget(self._stack, 1)
        self._keeping = Keeping[Kept](desk, self, self.tell_failure, keep)
        self.together = Together(
            desk, self, self.place, lambda: self._draft, self._take, self.tell_failure
        )
        self._connect()

    @property
    def draft(self) -> CheckInDraft | None:
        """What is being recorded."""
        return self._draft

    def open_at(self, argument: str) -> None:
        """Show a class by its id."""
        if argument:
            self._wanted = argument
        self.refresh()

    def refresh(self) -> None:
        """Read the class again; what is not saved stays."""
        self._chooser.refresh()

    def save(self) -> None:
        """Save what was noted, in one transaction."""
        if self._draft is None:
            return
        notes, desk = self._draft.notes, self._draft.desk
        if not notes:
            self.place.say(tr("没有要保存的内容。"))
            return
        if second := self.place.fields.second:
            self.desk.memory.keep(_SECOND, second)
        self._keeping.hold()
        self.desk.change(
            lambda session, _progress: save(session, desk.round.id, desk.line.group.id, notes),
            lambda _count: self._saved(notes),
            self._not_saved,
            owner=self,
            title=tr("正在保存登记"),
        )

    def retract(self) -> Wizard[Any] | None:
        """Open the wizard that takes back what is saved of the current student."""
        return self._about(lambda desk, row: retraction_wizard(self.desk, desk.round.id, row, self))

    def report_place(self) -> Wizard[Any] | None:
        """Open the wizard for a place that the current student gives up or has kept."""
        return self._about(
            lambda desk, row: place_wizard(
                self.desk,
                PlaceDraft(desk.round.id, row.student, row.identity.name, _THEN),
                self,
            )
        )

    def _connect(self) -> None:
        place, panel, table = self.place, self.place.panel, self.place.table
        table.noted.connect(self._note)
        table.taken_back.connect(lambda row: self._change(drafts.take_back, row))
        table.undone.connect(self._undo)
        table.selectionModel().currentRowChanged.connect(self._show_current)
        place.question.answered.connect(self._answered)
        place.question.given_up.connect(table.setFocus)
        panel.found.connect(lambda finding: self._note(table.place, finding))
        panel.all_seen.connect(lambda: self._note(table.place, SEE_ALL, moves=False))
        panel.all_same.connect(lambda: self._note(table.place, SAME_ALL))
        panel.compared.connect(self._compared)
        panel.documents.said.connect(self._document)
        panel.seconded.connect(self._seconded)
        panel.evidence_wanted.connect(
            lambda: asking.ask_for_files(self, tr("选择证明材料"), _KINDS, self._attach)
        )
        panel.evidence_dropped.connect(lambda: self._attach([]))
        panel.place_wanted.connect(self.report_place)
        panel.retract_wanted.connect(self.retract)
        panel.photos.wanted.connect(self._open_photo)
        place.buttons["discard"].clicked.connect(lambda _checked=False: self._discard())
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    # --- reading --------------------------------------------------------------------------------

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self._show_nothing(tr("还没有入学资格审查的批次。"))
            return
        wanted = self._wanted
        self.desk.run(
            lambda session, _progress: read_class(session, round_.id, wanted),
            self._show,
            self.tell_failure,
            owner=self,
            title=tr("正在读取班级"),
        )

    def _show_nothing(self, why: str) -> None:
        self._draft = None
        self.choice.hide()
        self._title_gives_way(gives=False)
        self._empty.say(why, tr("请先到“收发”收入招生工作处的报送包，班级和新生就会出现在这里。"))
        self._stack.setCurrentWidget(self._empty)
        self.save_button.setEnabled(False)
        self.undo_button.setEnabled(False)
        self.tell_state(why)

    def _show(self, opened: Opened) -> None:
        if opened.desk is None:
            self._show_nothing(tr("这个批次还没有本院部的班级。"))
            return
        desk, before = opened.desk, self._draft
        self._offer(opened)
        same = (
            before is not None
            and before.desk.round.id == desk.round.id
            and before.desk.line.group.id == desk.line.group.id
        )
        kept = before.notes if before and same else opened.kept
        self._draft = drafts.resume(desk, kept, opened.today)
        self._wanted = desk.line.group.id
        self._stack.setCurrentWidget(self.place)
        self.set_title(desk.line.group.name)
        self.place.show_class(desk, opened.today, self.desk.memory.text(_SECOND), begins=not same)
        self._tell()
        if not same:
            self.place.table.go_to(noting.first_open(self._draft))
            self.place.table.setFocus()
            self.place.offer_discard(len(self._draft.unsaved), opened.left)
        self._show_current()

    def _offer(self, opened: Opened) -> None:
        """Offer the classes of the round."""
        self.choice.clear()
        for line in opened.lines:
            self.choice.addItem(line.group.name, line.group.id)
        if opened.desk:
            self.choice.setCurrentIndex(self.choice.findData(opened.desk.line.group.id))
        self.choice.setVisible(len(opened.lines) > 1)
        self._title_gives_way(gives=len(opened.lines) > 1)

    # --- noting ---------------------------------------------------------------------------------

    def _note(self, place: int, what: object, *, moves: bool = True) -> None:
        """Note what a key stands for, where it can be, and go on."""
        if self._draft is None or place < 0:
            return
        row = self._draft.desk.rows[place]
        if why := noting.why_not(self._draft, row, what, self.place.fields):
            self.place.say(why)
        elif asked := noting.asks(what):
            self.place.say("")
            self.place.question.ask(row.identity.name, self._draft.files[row.student], asked)
        else:
            self._take(noting.noted(self._draft, row, what, self.place.fields))
            if moves and what != SAME_ALL:
                self._go_below(place)

    def _answered(self, answer: Answer) -> None:
        if self._draft is None:
            return
        self._take(noting.answered(self._draft, answer, self.place.fields))
        places = [row.student for row in self._draft.desk.rows]
        self._go_below(places.index(answer.student))
        self.place.table.setFocus()

    def _go_below(self, place: int) -> None:
        if self._draft:
            self.place.table.go_to(min(place + 1, len(self._draft.desk.rows) - 1))

    def _compared(self, thing: str, how: str) -> None:
        if (row := self._current()) and self._draft:
            before = self._draft.files[row.student].finding
            self._take(noting.compared(self._draft, row.student, thing, how))
            if before and self._draft.files[row.student].finding is None:
                self.place.say(tr("有不一致的项目，请重新填写结论。"))

    def _document(self, slot: str, text: str) -> None:
        if (row := self._current()) and self._draft:
            self._take(drafts.set_items(self._draft, row.student, {slot: text}))

    def _seconded(self, finding: Finding, said: str) -> None:
        if (row := self._current()) is None or self._draft is None:
            return
        name = self.place.fields.second
        if not name:
            self.place.say(noting.NO_SECOND)
        elif name == self._draft.files[row.student].checker:
            self.place.say(noting.SAME_PERSON)
        else:
            note = SecondNote(row.student, finding, name, said)
            self._take(drafts.set_second(self._draft, note))
            return
        self._show_current()

    def _attach(self, paths: list[Path]) -> None:
        """Note files that prove what was found; none: no files are attached."""
        if (row := self._current()) and self._draft:
            self._take(noting.attached(self._draft, row.student, tuple(map(str, paths))))

    # --- the draft ------------------------------------------------------------------------------

    def _change(self, act: Callable[[CheckInDraft, str], CheckInDraft], place: int) -> None:
        if self._draft and place >= 0:
            self._take(act(self._draft, self._draft.desk.rows[place].student))

    def _undo(self) -> None:
        if self._draft:
            before = self._draft
            self._take(drafts.undo(before))
            if (place := drafts.first_changed(before, self._draft)) >= 0:
                self.place.table.go_to(place)

    def _discard(self) -> None:
        if self._draft:
            self._take(CheckInDraft(self._draft.desk, self._draft.today))
            self.place.offer_discard(0)

    def _take(self, draft: CheckInDraft) -> None:
        """Show a draft and keep it beside the store."""
        self._draft = draft
        self.place.say("")
        self._tell()
        self._show_current()
        self._keep()

    def _keep(self) -> None:
        if self._draft:
            desk = self._draft.desk
            self._keeping.keep((desk.round.id, desk.line.group.id, self._draft.notes))

    def _saved(self, notes: CheckInNotes) -> None:
        """Forget what is saved now; what was noted meanwhile stays."""
        if self._draft:
            left = drafts.without(self._draft.notes, notes)
            self._draft = CheckInDraft(self._draft.desk, self._draft.today, left)
            self._keep()
        self._keeping.release()
        self._tell()
        self.place.offer_discard(0)
        self.place.say(tr("已保存 {count} 人的登记。", count=len(notes.students)))

    def _not_saved(self, failure: Failure) -> None:
        self._keep()
        self._keeping.release()
        self.tell_failure(failure)

    def _tell(self) -> None:
        if self._draft is None:
            return
        self.place.show_draft(self._draft)
        self.undo_button.setEnabled(bool(self._draft.past))
        self.save_button.setEnabled(bool(self._draft.notes))
        self.tell_state(words.class_sentence(self._draft))
        self.choice.setToolTip(self.state_sentence)

    def _show_current(self, *_indexes: object) -> None:
        if (row := self._current()) and self._draft:
            self.place.panel.show_row(self._draft, row)

    def _current(self) -> CheckInRow | None:
        place = self.place.table.place
        if self._draft is None or not 0 <= place < len(self._draft.desk.rows):
            return None
        return self._draft.desk.rows[place]

    def _about(self, made: Callable[[CheckInClass, CheckInRow], Wizard[Any]]) -> Wizard[Any] | None:
        """Open a wizard about the current student; afterwards the page reads anew."""
        if self._draft is None or (row := self._current()) is None:
            return None
        wizard = made(self._draft.desk, row)
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard

    def _open_photo(self, sha256: str, title: str) -> None:
        self.desk.run(
            lambda session, _progress: copy_to_view(session, sha256, title),
            lambda path: asking.show_in_viewer(path),  # noqa: PLW0108 - tests replace it
            self.tell_failure,
            owner=self,
            title=tr("正在打开照片"),
        )
