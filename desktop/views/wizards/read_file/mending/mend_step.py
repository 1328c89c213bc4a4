"""The step 改问题: only the problem rows, the wrong cells marked, what can be done beside."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.mends import Place
from desktop.errors import RowNotAdmissible
from desktop.procedures.imports.mending import Mending
from desktop.procedures.imports.mending_drafts import MendingDraft, keep_mending
from desktop.procedures.imports.mending_exchange import (
    ExportedRows,
    ReadBack,
    export_problem_rows,
    open_rows_of,
    read_back,
)
from desktop.procedures.imports.mending_rows import MendRow, RowProblem, Standing
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.dialogs.character_finder import CharacterFinder
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.runner import Failure
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Details
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import StepPage
from desktop.views.wizards.read_file.mending.acts import with_mend
from desktop.views.wizards.read_file.mending.draft import MendDraft
from desktop.views.wizards.read_file.mending.grid import MendGrid
from desktop.views.wizards.read_file.mending.grid_model import MendModel
from desktop.views.wizards.read_file.mending.reason import ReasonDialog
from desktop.views.wizards.read_file.mending.words import (
    GROUPS,
    OPEN,
    Deeds,
    belongs,
    code_counts,
    counts_sentence,
    group_counts,
    in_turn,
    kind_of_problem,
    row_parts,
)

_LARGE = 1.5
_ANSWERS = tr("改好的表 (*.xlsx *.xls *.et *.ods *.csv);;所有文件 (*)")


class MendStep(StepPage[Any]):
    """Everything is checked again at each mend, and kept as a draft; nothing is written yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._mend = MendDraft()
        self._counts = label(wraps=True)
        self._told = label(role="quiet", wraps=True)
        self.chips = Chips(GROUPS)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("哪种问题"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model = MendModel(self)
        self.grid = MendGrid(self.model, tr("有问题的行"))
        self._empty = EmptyState(tr("这一类没有行。"), tr("请看别的几类，或者点“下一步”。"))
        self.details = Details(tr("这一行的问题"), tr("选择一行，这里会说明问题和可以怎么办。"))
        self._undo = button(tr("撤销"), self.undo, drawing="undo")
        self._redo = button(tr("重做"), self.redo)
        self._export = button(tr("导出给对方改…"), self.export, drawing="export")
        self._read_back = button(tr("读回改好的…"), self.read_back, drawing="import")
        self._deeds = Deeds(
            take=lambda one: self._go_on(self.mending.take([one])),
            take_alike=lambda one: self._go_on(self.mending.take(self.mending.alike(one))),
            let_in=self.let_in,
            set_aside=self.set_aside,
            ask_again=lambda: self._change(self.mending.ask_again(self._places)),
            as_in_file=lambda: self._change(self.mending.as_in_file(self._places)),
            find_character=self.find_character,
        )
        self.model.typed.connect(self._typed)
        self.grid.current_changed.connect(self._tell_current)
        self.chips.chosen.connect(lambda _group: self._filter())
        self.kinds.activated.connect(lambda _index: self._filter())
        for keys, act in (
            ("Alt+1", self.take_suggestion),
            ("Alt+2", self.let_in),
            ("Alt+3", self.set_aside),
            ("Alt+4", self.find_character),
        ):
            QShortcut(QKeySequence(keys), self, act)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)
        QShortcut(QKeySequence("Ctrl+Y"), self, self.redo)
        self._build()

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.grid

    @property
    def mending(self) -> Mending:
        """The list in hand."""
        if self._mend.mending is None:
            raise RuntimeError("no list was read")
        return self._mend.mending

    @property
    def sentence(self) -> str:
        """How the rows stand, in words."""
        return self._counts.text()

    @property
    def told(self) -> str:
        """What the last export or reading back said."""
        return self._told.text()

    def show_draft(self, draft: Any) -> None:  # noqa: ANN401 - any draft with a mend
        """Show the problem rows, beginning with the first that is open."""
        before = self._mend.mending
        self._mend = draft.mend
        if self._mend.mending is None or self._mend.mending is before:
            return
        self._tell(())
        if before is None or before.read != self.mending.read:
            self.model.begin(self.mending)
        self._count()
        self._filter()

    def take(self, draft: Any) -> Any:  # noqa: ANN401
        """Return the draft with what was mended."""
        return with_mend(draft, self._mend)

    def take_suggestion(self) -> None:
        """Take the suggestion for the cell in hand, else the first of its row."""
        row = self.grid.current_row
        problems = in_turn(row, self.grid.current_field) if row else []
        if wanted := [one for one in problems if one.suggestion]:
            self._go_on(self.mending.take(wanted[:1]))

    def let_in(self) -> None:
        """Ask why the selected rows may come in with their questions."""
        rows = [row for row in self.grid.selected_rows if row.standing is Standing.QUESTION]
        if not rows:
            return
        code = in_turn(rows[0], self.grid.current_field)[0].problem.code
        alike = self.mending.only_asked(code)
        places = [row.place for row in rows]

        def then(reason: str, for_all: bool) -> None:
            chosen = dict.fromkeys((*places, *alike) if for_all else places)
            self._let_in(tuple(chosen), reason)

        ReasonDialog(len(rows), len(alike), kind_of_problem(code), then, self).open()

    def set_aside(self) -> None:
        """Leave the selected rows out."""
        if self._places:
            self._go_on(self.mending.set_aside(self._places))

    def undo(self) -> None:
        """Take the last mend back."""
        self._change(self.mending.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self._change(self.mending.redo())

    def find_character(self) -> None:
        """Find the character that a name has lost."""
        row = self.grid.current_row
        if row is None or "name" not in row.cells:
            return
        place = row.place

        def then(name: str) -> None:
            self._go_on(self.mending.type_in({place: {"name": name}}))

        CharacterFinder(self._desk, row.cells["name"], then, self).open()

    def export(self) -> None:
        """Write the open rows for the office that made the list."""
        asking.ask_for_folder(self, tr("导出到哪个文件夹"), self._export_to)

    def read_back(self) -> None:
        """Read what the office has mended."""
        asking.ask_for_file(self, tr("读回改好的表"), _ANSWERS, self._read_back_from)

    def _build(self) -> None:
        choice = QHBoxLayout()
        choice.addWidget(self.chips, 1)
        choice.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignTop)
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(t.SMALL)
        rows.addWidget(self.grid, 1)
        rows.addWidget(self._empty, 1)
        under = QHBoxLayout()
        for made in (self._undo, self._redo, self._export, self._read_back):
            under.addWidget(made)
        under.addStretch()
        self._undo.setToolTip(tr("撤销最近一次改动（Ctrl+Z）"))
        self._redo.setToolTip(tr("把撤销的再做一次（Ctrl+Y）"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("有问题的行怎么办？"), "heading", wraps=True))
        layout.addWidget(self._counts)
        layout.addLayout(choice)
        layout.addWidget(beside(left, self.details, (5, 3)), 1)
        layout.addWidget(self._told)
        layout.addLayout(under)
        how = tr("直接输入就能改，回车到下一处问题。没办完的行不会收入，也不会丢，下次可以接着改。")
        self.grid.setAccessibleDescription(how)
        if current_look().factor < _LARGE:  # or hardly a row could be seen
            layout.addWidget(label(how, "note", wraps=True))

    @property
    def _places(self) -> list[Place]:
        return [row.place for row in self.grid.selected_rows]

    def _wanted(self, row: MendRow) -> bool:
        return belongs(row, self.chips.current, str(self.kinds.currentData() or ""))

    def _typed(self, place: Place, field: str, text: str) -> None:
        self._change(self.mending.type_in({place: {field: text}}))

    def _let_in(self, places: Sequence[Place], reason: str) -> None:
        try:
            self._go_on(self.mending.let_in(places, reason))
        except RowNotAdmissible as error:
            self._tell((error.what, error.todo))

    def _go_on(self, mending: Mending) -> None:
        """Show what has become of the list, and go to the next problem."""
        if self._change(mending):
            self.grid.next_problem()
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, mending: Mending) -> bool:
        """Show what has become of the list, and keep it; false where nothing has."""
        if mending is self._mend.mending:
            return False
        self._mend = replace(self._mend, mending=mending)
        here, field = self.grid.current_row, self.grid.current_field
        self.model.update_rows(mending, self._wanted)
        if here and not self.grid.currentIndex().isValid():
            self.grid.go_to(here.place, field)
        self._count()
        self._show_emptiness()
        self._tell_current()
        self._keep()
        self.changed.emit()
        return True

    def _keep(self) -> None:
        """Keep what was done beside the store, so that no power cut loses it."""
        mending, said = self.mending, self._mend.said
        kept = MendingDraft(mending.read.file_name, mending.read.kind, said, mending.mends)
        sha256 = mending.read.sha256
        self._desk.run(
            lambda session, _progress: keep_mending(session, sha256, kept),
            owner=self,
            title=tr("正在保存改动"),
        )

    def _count(self) -> None:
        """Say how the rows stand; offer the groups and kinds that there are."""
        rows = self.mending.rows
        self._counts.setText(counts_sentence(self.mending.counts))
        groups = group_counts(rows)
        self.chips.count(groups)
        self.chips.show_only([id_ for id_, count in groups.items() if count or id_ == OPEN])
        chosen = self.kinds.currentData() or ""
        self.kinds.clear()
        self.kinds.addItem(tr("所有问题"), "")
        for code, count in code_counts(rows).items():
            title = kind_of_problem(code)
            self.kinds.addItem(tr("{title} {count:,}", title=title, count=count), code)
        self.kinds.setCurrentIndex(max(self.kinds.findData(chosen), 0))
        self._undo.setEnabled(bool(self.mending.before))
        self._redo.setEnabled(bool(self.mending.after))
        self._export.setEnabled(bool(open_rows_of(self.mending)))

    def _filter(self) -> None:
        """Show another group of rows."""
        here, field = self.grid.current_row, self.grid.current_field
        self.model.show_rows(self.mending, self._wanted)
        self.grid.fit()
        self._show_emptiness()
        if here and self.model.line_of(here.place) >= 0:
            self.grid.go_to(here.place, field)
        elif not self.grid.next_problem() and self.model.rowCount():
            self.grid.be_at(0, 0)
        self._tell_current()

    def _show_emptiness(self) -> None:
        is_empty = not self.model.rowCount()
        self._empty.setVisible(is_empty)
        self.grid.setVisible(not is_empty)

    def _tell_current(self) -> None:
        """Say beside the grid what is wrong with the row in hand, and what can be done."""
        row = self.grid.current_row
        if row is None:
            self.details.say_nothing()
            return
        self.details.tell(row_parts(row, self.grid.current_field, self._alike, self._deeds))

    def _alike(self, one: RowProblem) -> int:
        return len(self.mending.alike(one))

    def _export_to(self, folder: Path) -> None:
        mending, source = self.mending, Path(self._mend.source)

        def act(session: Session, _progress: object) -> ExportedRows:
            return export_problem_rows(session, mending, source, folder)

        def done(written: ExportedRows) -> None:
            self._tell(
                (
                    tr(
                        "已把 {count:,} 行写到“{name}”，有问题的格子都标了颜色和说明。",
                        count=written.rows,
                        name=written.path.name,
                    ),
                    tr("请交给对方改，改好后点“读回改好的”。"),
                )
            )

        self._run(act, done, tr("正在导出"))

    def _read_back_from(self, path: Path) -> None:
        mending = self.mending

        def act(session: Session, _progress: object) -> ReadBack:
            return read_back(session, mending, path)

        def done(back: ReadBack) -> None:
            self._change(back.mending)
            read = tr(
                "从“{name}”读回 {rows:,} 行，其中 {changed:,} 行有改动，已重新检查。",
                name=path.name,
                rows=back.rows,
                changed=back.changed,
            )
            self._tell((read, *back.warnings))

        self._run(act, done, tr("正在读回"))

    def _run(
        self, act: Callable[[Session, Any], Any], done: Callable[[Any], None], title: str
    ) -> None:
        """Do something with the list in the background; meanwhile nothing is changed."""
        self.setEnabled(False)

        def ended() -> None:
            self.setEnabled(True)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

        def succeeded(result: Any) -> None:  # noqa: ANN401 - whatever was done
            ended()
            done(result)

        def failed(failure: Failure) -> None:
            ended()
            if not failure.cancelled:
                self._tell((failure.what, failure.todo))

        self._desk.run(act, succeeded, failed, owner=self, title=title)

    def _tell(self, sentences: Sequence[str]) -> None:
        self._told.setText("\n".join(sentences))
        self._told.setVisible(bool(sentences))
