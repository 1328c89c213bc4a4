"""The papers of a round of procedures one and two: list at the left, the chosen one beside it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from desktop.domain.documents import Document
from desktop.domain.rounds import Round
from desktop.domain.written_papers import PaperKind
from desktop.procedures.registration.papers import save_document
from desktop.procedures.review_papers.paper_standing import PaperLine, PaperState, paper_states
from desktop.procedures.review_papers.review_papers import (
    MadePapers,
    keep_papers,
    looked_at,
    make_papers,
    make_word,
    preview_papers,
    printed_again,
)
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.dialogs.printing import Printout, print_pdf
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.cards import REVIEW_PAPERS
from desktop.views.pages.page import Page
from desktop.views.pages.review_papers import words
from desktop.views.pages.round_chooser import RoundChooser
from desktop.views.printer_choice import Paper
from desktop.views.runner import Failure
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.pdf_preview import PdfPreview
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.paper_sign_off.flow import SignOffDraft, sign_off_wizard

_SHARES = (9, 12)  # a class and the name of its paper, beside a page that can be read
_WIDE = 100  # the splitter keeps the proportion, not the number
_COUNTING = (PaperState.PRINTED, PaperState.SIGNED)


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages in sight: of a paper that was printed, or as they would be printed now."""

    pdf: bytes
    made: MadePapers | None = None


class ReviewPapersPage(Page):
    """All papers that this office makes in the chosen round; opened at a kind it shows that one."""

    CARD = REVIEW_PAPERS
    STATE_GIVES_WAY = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._round: Round | None = None
        self._line: PaperLine | None = None
        self._shown: Shown | None = None
        self._wanted = ""
        self._lines: tuple[PaperLine, ...] = ()
        self._about_done: tuple[PaperKind, str] | None = None
        self._chooser = RoundChooser(desk)
        self._chooser.chosen.connect(self._read)
        self.scan = QLineEdit()
        self.scan.setAccessibleName(tr("扫二维码或输入编号，登记签字"))
        self.scan.setPlaceholderText(tr("扫二维码或输入编号"))
        self.scan.setToolTip(tr("找到纸上的那一份，登记谁签了字（Ctrl+E）"))
        self.scan.returnPressed.connect(self._find)
        QShortcut(QKeySequence("Ctrl+E"), self, self.scan.setFocus)
        self.tools.addWidget(self.scan)
        self.tools.addWidget(self._chooser)
        self.chips = Chips(words.FILTERS)
        self.chips.chosen.connect(lambda _state: self._filter())
        self.table = RecordTable(tr("审查材料"), words.COLUMNS, desk.memory, unit=tr("份"))
        self.table.leave_columns_out()
        self.table.current_changed.connect(self._look_at)
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._tell_buttons())
        self.preview = PdfPreview(tr("材料预览"))
        self._name = label(role="heading", wraps=True)
        self._about = label(wraps=True)
        self._done = label(role="strong", wraps=True)
        self._done.hide()
        self.print = button(tr("打印…"), self._print, role="primary", drawing="print")
        self.print.setShortcut("Ctrl+P")
        self.print.setToolTip(tr("打印选中的材料（Ctrl+P）"))
        self.sign = button(tr("登记签字…"), self.record_signatures, drawing="edit")
        self.word = button(tr("存为Word文档…"), self._save_word, drawing="export")
        self._build()
        self._tell_buttons()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    @property
    def done_text(self) -> str:
        """What was done about the chosen paper."""
        return self._done.text()

    @property
    def about_text(self) -> str:
        """What is said about the chosen paper."""
        return self._about.text()

    def open_at(self, argument: str) -> None:
        """Show the papers; one named by its kind, or by that and whom, is chosen; or a filter."""
        filters = dict(words.FILTERS)
        self._wanted = "" if argument in filters else argument
        if argument:
            self.chips.choose(argument if argument in filters else words.ALL)
        self.refresh()

    def refresh(self) -> None:
        """Read how far the papers of the chosen round are."""
        self._chooser.refresh()

    def record_signatures(self) -> Wizard[SignOffDraft] | None:
        """Open the wizard that records who has signed the chosen paper."""
        if not (self._line and self._line.paper):
            return None
        wizard = sign_off_wizard(self.desk, self._line.paper, self)
        wizard.finished.connect(lambda _result: self.desk.data_changed.emit())
        wizard.open()
        return wizard

    def _find(self) -> None:
        """Go to the paper that was scanned, and ask who has signed it."""
        text = self.scan.text()
        self.scan.clear()
        line = words.found_by(text, self._lines)
        if line is None:
            self._tell_done(words.not_found(text) if text.strip() else "")
            return
        self.chips.choose(words.ALL)
        self.table.choose(line)
        self._look_at(line)
        if line.own and line.state in _COUNTING:
            self.record_signatures()

    def _read(self, round_: Round | None) -> None:
        if round_ is None or not words.belongs_here(round_):
            self._show(round_, ())
            return
        self.desk.run(
            lambda session, _progress: paper_states(session, round_.id),
            partial(self._show, round_),
            self.tell_failure,
            owner=self,
            title=tr("正在查看材料"),
        )

    def _show(self, round_: Round | None, lines: tuple[PaperLine, ...]) -> None:
        before, self._lines = self._line, lines
        self._round, self._line, self._shown = round_, None, None
        state = words.state_sentence(round_, lines)
        self.table.say_when_empty(state, tr("收到下发的名单以后，要打印的材料就会出现在这里。"))
        numbers = words.counts(lines)
        self.chips.count(numbers)
        self.chips.offer([words.ALL, *(state for state, number in numbers.items() if number)])
        self.table.set_records(lines)
        self._filter()
        self.tell_state(state)
        chosen = next((line for line in lines if self._is_wanted(line, before)), None)
        self._wanted = ""
        if chosen:
            self.table.choose(chosen)
        self._look_at(self.table.current)

    def _is_wanted(self, line: PaperLine, before: PaperLine | None) -> bool:
        if self._wanted:
            kind, _, about = self._wanted.partition(" ")
            return str(line.kind) == kind and about in ("", line.about)
        return before is not None and (line.kind, line.about) == (before.kind, before.about)

    def _filter(self) -> None:
        state = self.chips.current
        self.table.want(lambda line: state in (words.ALL, str(line.state)))

    def _look_at(self, line: object) -> None:
        if not isinstance(line, PaperLine) or self._round is None:
            self._line = self._shown = None
            self.preview.clear()
            self._tell_buttons()
            return
        if line == self._line:
            return
        if self._about_done != (line.kind, line.about):
            self._tell_done("")
        self._line, self._shown = line, None
        self.preview.clear()
        self._tell_buttons()
        round_id = self._round.id
        self.desk.run(
            lambda session, _progress: _pages(session, round_id, line),
            partial(self._take, line),
            self._tell_beside,
            owner=self,
            title=tr("正在准备预览"),
        )

    def _take(self, line: PaperLine, shown: Shown) -> None:
        if line is not self._line:
            return  # another was chosen meanwhile
        self._shown = shown
        self.preview.show_pdf(shown.pdf)
        self._tell_buttons()

    def _tell_beside(self, failure: Failure) -> None:
        """Say beside the list why a paper can not be made now: looking at it is no mistake."""
        if failure.is_bug:
            self.tell_failure(failure)
            return
        self._about.setText(f"{failure.what}{failure.todo}")

    def _tell_buttons(self) -> None:
        line, chosen = self._line, self._chosen()
        self._name.setText(f"{line.title}　{line.name}" if line else "")
        about = words.about(line) if line else tr("请在左边选一份材料。")
        self._about.setText(about + words.left_open(chosen))
        kinds = {one.kind for one in chosen}
        self.print.setText(words.print_words(line, len(chosen)))
        many = len(chosen) > 1
        own = all(one.own for one in chosen)
        ready = len(kinds) == 1 if many else self._shown is not None
        self.print.setEnabled(own and ready)
        if len(kinds) > 1:
            self._about.setText(tr("一次只能打印同一种材料，请只选同一种。"))
        self.sign.setEnabled(not many and line is not None and line.own and line.state in _COUNTING)
        self.word.setVisible(line is not None and line.own and line.word)

    def _chosen(self) -> list[PaperLine]:
        return self.table.selected or ([self._line] if self._line else [])

    def _print(self) -> None:
        chosen, round_ = self._chosen(), self._round
        if round_ is None or not chosen:
            return
        if len(chosen) > 1:
            kind, abouts = chosen[0].kind, [line.about for line in chosen]
            self._make(round_, kind, abouts)
        elif self._shown and self._shown.made:
            made = self._shown.made
            self.desk.change(
                lambda session, _progress: keep_papers(session, made),
                self._made,
                self._failed,
                owner=self,
                title=tr("正在生成材料"),
            )
        elif self._shown:
            self._send(self._shown.pdf, chosen[0].title)

    def _make(self, round_: Round, kind: PaperKind, abouts: list[str]) -> None:
        self.desk.change(
            lambda session, progress: make_papers(session, round_.id, kind, abouts, progress),
            self._made,
            self._failed,
            owner=self,
            title=tr("正在生成材料"),
        )

    def _made(self, made: MadePapers) -> None:
        self._tell_done(words.made_sentence(made))
        self._send(made.pdf, made.document.name)

    def _failed(self, failure: Failure) -> None:
        self.tell_failure(failure)
        self.refresh()

    def _send(self, pdf: bytes, name: str) -> None:
        print_pdf(
            self.desk,
            self,
            pdf,
            name,
            Paper.OTHER,
            partial(self._printed, name),
            self.tell_failure,
        )

    def _printed(self, name: str, printout: Printout) -> None:
        self._tell_done(
            tr(
                "“{name}”的 {pages} 页已送到打印机“{printer}”。",
                name=name,
                pages=printout.pages,
                printer=printout.printer,
            )
        )

    def _tell_done(self, sentence: str) -> None:
        """Say what was done about the chosen paper; it stands until another one is chosen."""
        line = self._line
        self._about_done = (line.kind, line.about) if sentence and line else None
        self._done.setText(sentence)
        self._done.setVisible(bool(sentence))

    def _save_word(self) -> None:
        if self._line and self._round:
            asking.ask_for_folder(
                self,
                tr("Word 文档存到哪个文件夹"),
                partial(self._write_word, self._round.id, self._line),
            )

    def _write_word(self, round_id: str, line: PaperLine, folder: Path) -> None:
        def write(session: Session) -> tuple[Document, Path]:
            document = make_word(session, round_id, line.kind, line.about)
            return document, save_document(session, document, folder)

        self.desk.change(
            lambda session, _progress: write(session),
            lambda written: self._tell_done(
                tr("已保存到“{path}”，可以用 Word 或 WPS 接着修改。", path=written[1])
            ),
            self.tell_failure,
            owner=self,
            title=tr("正在保存 Word 文档"),
        )

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        listed = QVBoxLayout(left)
        listed.setContentsMargins(0, 0, t.SMALL, 0)
        listed.setSpacing(t.SMALL)
        listed.addWidget(self.chips)
        listed.addWidget(self.table, 1)
        actions = FlowLayout()
        for one in (self.print, self.sign, self.word):
            actions.addWidget(one)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(t.SMALL, 0, 0, 0)
        beside.setSpacing(t.SMALL)
        beside.addWidget(self._name)
        beside.addWidget(self._about)
        beside.addLayout(actions)
        beside.addWidget(self._done)
        beside.addWidget(self.preview, 1)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        for place, (side, share) in enumerate(zip((left, right), _SHARES, strict=True)):
            sides.addWidget(side)
            sides.setStretchFactor(place, share)
        sides.setSizes([share * _WIDE for share in _SHARES])
        self.body.addWidget(sides, 1)


def _pages(session: Session, round_id: str, line: PaperLine) -> Shown:
    """Return the pages of a paper that counts as it was printed, else as it would be now."""
    if not line.own:
        return Shown(looked_at(session, round_id, line))
    if line.paper and line.state in _COUNTING:
        return Shown(printed_again(session, round_id, line.paper.number))
    made = preview_papers(session, round_id, line.kind, [line.about])
    return Shown(made.pdf, made)
