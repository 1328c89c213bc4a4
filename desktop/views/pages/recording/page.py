"""The page 登记签字: a sheet by its number or from its class, recorded by keys alone."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget

from desktop.domain.rounds import Procedure, Round
from desktop.domain.sheets import Mark
from desktop.domain.signing import SEAL
from desktop.procedures.signing.recording import StudentMark
from desktop.procedures.signing.recording_desk import DeskRow, DeskSheet
from desktop.procedures.signing.recording_drafts import KeptDraft, keep_draft
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look.appearance import current_look
from desktop.views.pages.cards import RECORDING
from desktop.views.pages.page import Page
from desktop.views.pages.recording import draft as drafts
from desktop.views.pages.recording.draft import RecordingDraft, first_open, sheet_title
from desktop.views.pages.recording.entrance import Entrance
from desktop.views.pages.recording.reading import Opened, read_sheets, save
from desktop.views.pages.recording.sign_offs import Signed
from desktop.views.pages.recording.table import remark_of
from desktop.views.pages.recording.work_place import WorkPlace
from desktop.views.pages.round_chooser import RoundChooser, of_procedure
from desktop.views.runner import Failure
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.on_sheet.addition import addition_wizard
from desktop.views.wizards.on_sheet.correction import correction_wizard
from desktop.views.wizards.on_sheet.place import PlaceDraft, place_wizard
from desktop.views.wizards.on_sheet.retraction import retraction_wizard

_NUMBER_WIDTH = 230


class RecordingPage(Page):
    """A sheet on the desk. It opens at a number, at what a scanner typed, or at a class's id."""

    CARD = RECORDING

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self._draft: RecordingDraft | None = None
        self._writing = self._written_late = self._saving = False
        self.number = QLineEdit()
        self.number.setPlaceholderText(tr("签字表编号，或用扫码枪扫二维码"))
        self.number.setAccessibleName(tr("签字表编号"))
        self.number.setMinimumWidth(current_look().px(_NUMBER_WIDTH))
        self.number.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.number.returnPressed.connect(self._enter_number)
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("这个班的签字表"))
        self.choice.hide()  # until there are several
        self.choice.activated.connect(lambda place: self.open_at(self.choice.itemData(place)))
        self._chooser = RoundChooser(desk, of_procedure(Procedure.STUDENT_REGISTRATION))
        self._chooser.chosen.connect(self._read)
        for tool in (self.choice, self.number, self._chooser):
            self.tools.addWidget(tool)
        self.entrance = Entrance()
        self.entrance.chosen.connect(self.open_at)
        self.place = WorkPlace()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.entrance)
        self._stack.addWidget(self.place)
        self.body.addWidget(self._stack, 1)
        self._connect()

    @property
    def draft(self) -> RecordingDraft | None:
        """What is being recorded."""
        return self._draft

    def open_at(self, argument: str) -> None:
        """Open a sheet by number or scan, or the one of a class that is to be recorded next."""
        if argument:
            self._wanted = argument
        self.refresh()

    def refresh(self) -> None:
        """Read the sheet again; what is not saved stays."""
        self._chooser.refresh()

    def save(self) -> None:
        """Save what was read, in one transaction, and the ticked sign-offs."""
        if self._draft is None or not self.place.sign_offs.check():
            return
        draft, boxes = self._draft, self.place.sign_offs.filled
        marks = draft.unsaved
        if not marks and not boxes:
            self.place.say(tr("没有要保存的内容。"))
            return
        for box in boxes:
            if box.who not in (SEAL, "class_teacher"):
                self.desk.memory.keep(f"sign_off/{box.who}", box.name)
        sheet = draft.desk.sheet
        self._saving = True
        self.desk.change(
            lambda session, _progress: save(session, sheet.round, sheet.number, marks, boxes),
            lambda _nothing: self._saved(marks, boxes),
            self._not_saved,
            owner=self,
            title=tr("正在保存登记"),
        )

    def add_student(self) -> Wizard[Any] | None:
        """Open the wizard for a student who was added by hand."""
        return self._on_sheet(lambda desk, _row: addition_wizard(self.desk, desk, self))

    def propose_correction(self) -> Wizard[Any] | None:
        """Open the wizard for a correction of the current student."""
        return self._on_sheet(
            lambda desk, row: correction_wizard(
                self.desk, desk.sheet.round, row.student, row.identity, desk.sheet.number, self
            )
        )

    def report_place(self) -> Wizard[Any] | None:
        """Open the wizard for a place that the current student gives up or has kept."""
        return self._on_sheet(
            lambda desk, row: place_wizard(
                self.desk, PlaceDraft(desk.sheet.round, row.student, row.identity.name), self
            )
        )

    def retract(self) -> Wizard[Any] | None:
        """Open the wizard that takes back what is saved of the current student or the sheet."""
        return self._on_sheet(lambda desk, row: retraction_wizard(self.desk, desk, row, self))

    def _connect(self) -> None:
        table = self.place.table
        table.noted.connect(self._mark)
        table.taken_back.connect(self._take_back)
        table.whole.connect(self._sign_rest)
        table.undone.connect(self._undo)
        table.scanning.connect(self._begin_scan)
        self.place.other_wanted.connect(self.open_at)
        table.selectionModel().currentRowChanged.connect(self._say_remark)
        self.place.reasons.answered.connect(self._answered)
        self.place.reasons.given_up.connect(table.setFocus)
        self.place.sign_offs.changed.connect(self._filled)
        for name, act in (
            ("save", self.save),
            ("undo", self._undo),
            ("page", lambda: self._sign_rest(table.place)),
            ("add", self.add_student),
            ("correct", self.propose_correction),
            ("place", self.report_place),
            ("retract", self.retract),
            ("discard", self._discard),
        ):
            self.place.buttons[name].clicked.connect(partial(_call, act))
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+N", self._focus_number)):
            QShortcut(QKeySequence(keys), self, act)

    # --- reading -----------------------------------------------------------------------------

    def _enter_number(self) -> None:
        if text := self.number.text().strip():
            self.number.clear()
            self.open_at(text)

    def _begin_scan(self, text: str) -> None:
        """Let what a scanner types go where numbers go."""
        self.number.setText(text)
        self.number.setFocus()

    def _focus_number(self) -> None:
        self.number.setFocus()

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self._show_entrance(())
            return
        round_id, wanted = round_.id, self._wanted
        self.desk.run(
            lambda session, _progress: read_sheets(session, round_id, wanted),
            self._show,
            self._not_found,
            owner=self,
            title=tr("正在读取签字表"),
        )

    def _not_found(self, failure: Failure) -> None:
        self._wanted = self._draft.desk.sheet.number if self._draft else ""
        self.tell_failure(failure)

    def _show(self, opened: Opened) -> None:
        self._offer(opened)
        if opened.chosen < 0:
            self._draft = None
            self._show_entrance(opened.unsaved)
            return
        desk = opened.sheets[opened.chosen]
        same = self._draft is not None and self._draft.desk.sheet.number == desk.sheet.number
        sign_offs, kept = self.place.sign_offs, opened.kept
        if self._draft and same:
            kept = KeptDraft(self._draft.unsaved, sign_offs.drafts)
        self._draft = drafts.resume(desk, kept.marks)
        self._wanted = desk.sheet.number
        self._stack.setCurrentWidget(self.place)
        sign_offs.show_boxes(desk.sign_offs, self._usual_names(desk), opened.today)
        sign_offs.resume(kept.boxes)
        self.place.tell_additions(desk.additions)
        self.place.tell_keys(proxy_allowed=desk.round.proxy_allowed)
        self.place.warn(opened.warning)
        self._tell()
        self.place.offer_other([n for n in opened.unsaved if n != desk.sheet.number])
        if not same or opened.page:
            self.place.table.go_to(first_open(self._draft, opened.page))
            self.place.table.setFocus()
        if not same:
            self.place.offer_discard(len(self._draft.marks), len(sign_offs.filled))

    def _show_entrance(self, unsaved: tuple[str, ...]) -> None:
        words = tr("这个班还没有打印签字表。") if self._wanted.startswith("class:") else ""
        self.entrance.show_sheets(words, unsaved)
        self._stack.setCurrentWidget(self.entrance)
        self.tell_state(words or tr("扫签字表的二维码，或输入二维码下面的编号，就可以登记。"))
        self.number.setFocus()

    def _offer(self, opened: Opened) -> None:
        """Offer the other sheets of the same class."""
        self.choice.clear()
        for desk in opened.sheets:
            self.choice.addItem(sheet_title(desk), desk.sheet.number)
        self.choice.setCurrentIndex(opened.chosen)
        self.choice.setVisible(len(opened.sheets) > 1)

    def _usual_names(self, desk: DeskSheet) -> Mapping[str, str]:
        names = {box.who: self.desk.memory.text(f"sign_off/{box.who}") for box in desk.sign_offs}
        names["class_teacher"] = desk.group.class_teacher
        names[SEAL] = self.desk.home.seat.office.name
        return names

    # --- recording ---------------------------------------------------------------------------

    def _mark(self, place: int, mark: Mark) -> None:
        if self._draft is None:
            return
        row = self._draft.desk.rows[place]
        if why := drafts.why_not(self._draft, row, mark):
            self.place.say(why)
        elif drafts.needs_reason(mark):
            self.place.say("")
            self.place.reasons.ask(row, mark)
        else:
            self._take(drafts.set_mark(self._draft, StudentMark(row.student, mark)))
            self.place.table.go_to(drafts.next_row(self._draft, place))

    def _say_remark(self) -> None:
        """Say whole what the table may have cut off."""
        if self._draft and 0 <= self.place.table.place < len(self._draft.desk.rows):
            row = self._draft.desk.rows[self.place.table.place]
            remark = remark_of(self._draft, row)
            self.place.say(f"{row.identity.name}：{remark}" if remark else "")

    def _answered(self, mark: StudentMark) -> None:
        if self._draft is None:
            return
        self._take(drafts.set_mark(self._draft, mark))
        places = [row.student for row in self._draft.desk.rows]
        self.place.table.go_to(drafts.next_row(self._draft, places.index(mark.student)))
        self.place.table.setFocus()

    def _take_back(self, place: int) -> None:
        if self._draft:
            self._take(drafts.take_back(self._draft, self._draft.desk.rows[place].student))

    def _sign_rest(self, place: int) -> None:
        if self._draft and place >= 0:
            page = self._draft.desk.rows[place].page
            before = len(self._draft.marks)
            self._take(drafts.sign_rest(self._draft, page))
            more = len(self._draft.marks) - before
            self.place.say(
                tr("第 {page} 页其余 {more} 人记为本人签字，撤销按 Ctrl+Z。", page=page, more=more)
            )
            self.place.table.setFocus()

    def _undo(self) -> None:
        if self._draft:
            before = self._draft
            self._take(drafts.undo(before))
            if (place := drafts.first_changed(before, self._draft)) >= 0:
                self.place.table.go_to(place)  # where the next key puts it right

    def _discard(self) -> None:
        if self._draft:
            self.place.sign_offs.discard()
            self._take(RecordingDraft(self._draft.desk))
            self.place.offer_discard(0)

    def _filled(self) -> None:
        """Keep what is filled in at the foot of the sheet, too."""
        self._tell()
        self._keep()

    def _take(self, draft: RecordingDraft) -> None:
        """Show a draft and keep it beside the store."""
        self._draft = draft
        self.place.say("")
        self._tell()
        self._keep()

    def _keep(self) -> None:
        """Write the draft; while it is being written or saved, later keys wait for one more time.

        Otherwise what is saved now would be written as a draft once more, behind the saving.
        """
        if self._writing or self._saving or self._draft is None:
            self._written_late = True
            return
        self._writing, self._written_late = True, False
        number, marks = self._draft.desk.sheet.number, self._draft.unsaved
        boxes = self.place.sign_offs.drafts
        self.desk.run(
            lambda session, _progress: keep_draft(session, number, marks, boxes),
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

    def _not_saved(self, failure: Failure) -> None:
        self._saving = False
        self._keep()
        self.tell_failure(failure)

    def _saved(self, marks: tuple[StudentMark, ...], boxes: tuple[Signed, ...]) -> None:
        """Forget what is saved now, and go on; what was read meanwhile stays."""
        self.place.sign_offs.saved(boxes)
        if self._draft:
            if marks:
                table = self.place.table
                table.go_to(drafts.after_saving(self._draft, table.place))
                table.setFocus()
            done = {mark.student: mark for mark in marks}
            left = {s: m for s, m in self._draft.marks.items() if done.get(s) != m}
            self._draft = RecordingDraft(self._draft.desk, left)
        self._saving = False
        self._tell()
        self._keep()
        self.place.offer_discard(0)
        self.place.say(
            tr("已保存 {count} 人的登记。", count=len(marks)) if marks else tr("签字和印章已保存。")
        )

    def _tell(self) -> None:
        if self._draft is None:
            return
        desk = self._draft.desk
        self.place.table.show_draft(self._draft)
        unsaved = bool(self._draft.marks or self.place.sign_offs.filled)
        self.place.tell(can_undo=bool(self._draft.past), can_save=unsaved)
        self.tell_state(
            tr(
                "{name}  签字表 {number}：{sentence}",
                name=desk.group.name,
                number=desk.sheet.number,
                sentence=self._draft.sentence,
            )
        )

    def _on_sheet(self, made: Callable[[DeskSheet, DeskRow], Wizard[Any]]) -> Wizard[Any] | None:
        """Open a wizard about the sheet and its current row; afterwards the page reads anew."""
        if self._draft is None:
            return None
        place = max(self.place.table.place, 0)
        wizard = made(self._draft.desk, self._draft.desk.rows[place])
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard


def _call(act: Callable[[], object], _checked: bool = False) -> None:
    act()
