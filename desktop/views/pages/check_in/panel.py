"""Beside the table: one student with photos, documents, the six things, verdict and second look."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.check_in import may_bring
from desktop.domain.entry_review import (
    FINDING_TITLES,
    STANDING_TITLES,
    ArrivalState,
    Finding,
    ReviewFile,
    needs_second,
)
from desktop.domain.review_fields import COMPARED_TITLES, SIX_TITLES
from desktop.procedures.check_in.check_in_desk import SHOWN_PHOTOS, CheckInRow
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.look.states import State
from desktop.views.pages.check_in import words
from desktop.views.pages.check_in.documents import Documents
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.photo_row import PhotoRow
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.masked_number import masked
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import button, label

_LONGEST: Final = max(map(len, SIX_TITLES.values()))
_WIDE, _HIGH = 90, 120  # of a photo


class StudentPanel(QScrollArea):
    """One student; what is chosen here is handed on, the page notes it.

    ``compared`` hands on a thing and how it compares, ``seconded`` a finding and its words.
    """

    compared = Signal(str, str)
    all_same = Signal()
    all_seen = Signal()
    found = Signal(object)
    seconded = Signal(object, str)
    evidence_wanted = Signal()
    evidence_dropped = Signal()
    place_wanted = Signal()
    retract_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.photos = PhotoRow(desk, SHOWN_PHOTOS, FlowLayout(), (_WIDE, _HIGH))
        self.documents = Documents()
        self.things: dict[str, QComboBox] = {}
        self._name = label(role="heading", wraps=True)
        self._about, self._why = label(role="quiet", wraps=True), label(wraps=True)
        self._standing = StateLabel(State.NOT_YET)
        self._face = label(wraps=True)
        self._finding, self._evidence = label(wraps=True), label(role="note", wraps=True)
        self.second = QComboBox()
        self.second_words = QLineEdit()
        self._second_title = label(tr("第二人复核"), "strong")
        self._second = QWidget()
        self.findings = {
            finding: button(title, partial(self.found.emit, finding))
            for finding, title in FINDING_TITLES.items()
        }
        self.attach = button(tr("附证明材料…"), self.evidence_wanted.emit, drawing="add")
        self.drop = button(tr("不附了"), self.evidence_dropped.emit, drawing="remove")
        self.place = button(tr("放弃或保留入学资格…"), self.place_wanted.emit)
        self.retract = button(tr("撤回已保存的登记…"), self.retract_wanted.emit, drawing="undo")
        self.seen = button(tr("材料齐全（7）"), self.all_seen.emit, drawing="tick")
        self.same = button(tr("六项都一致（8）"), self.all_same.emit, drawing="tick")
        self._build()

    @property
    def texts(self) -> Sequence[str]:
        """What is said of the student, as it is shown."""
        return (
            self._name.text(),
            self._about.text(),
            self._why.text(),
            self._face.text(),
            self._finding.text(),
            self._evidence.text(),
        )

    def show_row(self, draft: CheckInDraft, row: CheckInRow) -> None:
        """Show a student with what is saved and what is noted."""
        file, one = draft.files[row.student], row.identity
        found = draft.assessments[row.student]
        self._name.setText(one.name or tr("姓名待定的学生"))
        about = (one.exam_number, masked(one.id_number), one.sex, one.admission_type)
        self._about.setText(" · ".join(filter(None, about)))
        self._standing.tell(words.row_state(draft, row), STANDING_TITLES[found.standing])
        self._why.setText("\n".join(reason.sentence for reason in found.reasons))
        self.photos.show_photos(row.photos)
        came = file.arrival is ArrivalState.ARRIVED
        is_open = draft.desk.round.open and draft.desk.line.gate.open
        self.documents.show_items(draft.desk.items)
        may_document = is_open and may_bring(file)
        self.documents.show_student(file.admission_type, file.documents, may=may_document)
        self.seen.setEnabled(may_document)
        self._show_findings(draft, file, may=is_open and came and file.verdict is None)

    def put_below(self, widget: QWidget) -> None:
        """Show something else below the student: what has no room above the table."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def _show_findings(self, draft: CheckInDraft, file: ReviewFile, *, may: bool) -> None:
        face = words.face_text(file, draft.desk.rules)
        self._face.setText(
            tr("人像比对：{face}", face=face) if face else tr("人像比对：还没有读入结果")
        )
        for thing, box in self.things.items():
            with QSignalBlocker(box):
                box.setCurrentIndex(max(box.findData(file.compared.get(thing, "")), 0))
            box.setEnabled(may)
        for one in (self.same, self.attach, *self.findings.values()):
            one.setEnabled(may)
        said = FINDING_TITLES[file.finding] if file.finding else tr("还没有结论")
        who = tr("，核对人 {checker}", checker=file.checker) if file.checker else ""
        why = f"：{file.finding_explanation}" if file.finding_explanation else ""
        self._finding.setText(f"{said}{why}{who}")
        files = draft.evidence_of(file.student)
        self._evidence.setText(
            tr("保存时附上：{names}", names="、".join(Path(path).name for path in files))
            if files
            else ""
        )
        self._evidence.setVisible(bool(files))
        self.drop.setVisible(bool(files))
        self._show_second(draft, file, may=may and file.finding is not None)

    def _show_second(self, draft: CheckInDraft, file: ReviewFile, *, may: bool) -> None:
        needed = needs_second(file, draft.desk.rules) or file.second is not None
        self._second.setVisible(needed)
        with QSignalBlocker(self.second):
            self.second.setCurrentIndex(max(self.second.findData(str(file.second or "")), 0))
        if not self.second_words.hasFocus():
            self.second_words.setText(file.second_explanation)
        who = tr("：{checker}", checker=file.second_checker) if file.second_checker else ""
        self._second_title.setText(tr("第二人复核{who}", who=who))
        for one in (self.second, self.second_words):
            one.setEnabled(may)

    def _give_second(self) -> None:
        if chosen := str(self.second.currentData()):
            self.seconded.emit(Finding(chosen), self.second_words.text().strip())

    def _give_words(self) -> None:
        """Hand words on that were typed: whoever only passes by says nothing."""
        if self.second_words.isModified():
            self._give_second()

    # --- laying out -----------------------------------------------------------------------------

    def _build(self) -> None:
        body = QWidget()
        self._column = column = QVBoxLayout(body)
        column.setContentsMargins(t.SMALL, 0, t.SMALL, 0)
        column.setSpacing(t.SMALL)
        for part in (self._name, self._about, self._standing, self._why, self.photos, self._face):
            column.addWidget(part)
        column.addWidget(_head(tr("六对照"), self.same))
        column.addWidget(self._six())
        column.addWidget(label(tr("班主任核对"), "strong"))
        column.addWidget(self._finding)
        column.addWidget(_in_a_row(*self.findings.values()))
        column.addWidget(self._evidence)
        column.addWidget(_in_a_row(self.attach, self.drop))
        column.addWidget(self._second_part())
        column.addWidget(_head(tr("材料"), self.seen))
        column.addWidget(self.documents)
        column.addWidget(_in_a_row(self.place, self.retract))
        column.addStretch()
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _six(self) -> QWidget:
        whole = QWidget()
        lines = FlowLayout()
        whole.setLayout(lines)
        for thing, title in SIX_TITLES.items():
            box = QComboBox()
            box.setAccessibleName(tr("{title}对照", title=title))
            box.addItem(tr("未对照"), "")
            for value, said in COMPARED_TITLES.items():
                box.addItem(said, value)
            box.activated.connect(partial(self._compared, thing))
            name = label(title)
            name.setBuddy(box)
            name.setFixedWidth(_LONGEST * current_look().px(t.BODY))
            pair = QHBoxLayout(both := QWidget())
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(t.SMALL)
            pair.addWidget(name)
            pair.addWidget(box)
            lines.addWidget(both)
            self.things[thing] = box
        return whole

    def _second_part(self) -> QWidget:
        self.second.setAccessibleName(tr("复核结论"))
        self.second.addItem(tr("还没有复核"), "")
        for finding, title in FINDING_TITLES.items():
            self.second.addItem(title, str(finding))
        self.second.activated.connect(lambda _place: self._give_second())
        self.second_words.setAccessibleName(tr("复核理由"))
        self.second_words.setPlaceholderText(tr("不是正常的写明理由"))
        self.second_words.editingFinished.connect(self._give_words)
        column = QVBoxLayout(self._second)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(t.TIGHT)
        column.addWidget(self._second_title)
        row = QHBoxLayout()
        row.addWidget(self.second)
        row.addWidget(self.second_words, 1)
        column.addLayout(row)
        return self._second

    def _compared(self, thing: str, _place: int = 0) -> None:
        self.compared.emit(thing, str(self.things[thing].currentData()))


def _head(title: str, act: QWidget) -> QWidget:
    """Return a heading with what can be done for all below it at its right."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, t.SMALL, 0, 0)
    row.addWidget(label(title, "strong"))
    row.addStretch()
    row.addWidget(act)
    return whole


def _in_a_row(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    row = FlowLayout()
    whole.setLayout(row)
    for widget in widgets:
        row.addWidget(widget)
    return whole
