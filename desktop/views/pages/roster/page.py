"""The page 批次名单 of an office that leads a procedure."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.procedures.imports.held_rows import (
    KIND_TITLES,
    HeldRow,
    RosterDesk,
    admissible_at_once,
    of_kind,
    roster_desk,
)
from desktop.procedures.overview.overview import known_rounds
from desktop.procedures.school.class_offices import ClassDesk, class_desk
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.cards import ROSTER
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, led_by
from desktop.views.table_models.columns import Column
from desktop.views.widgets.beside import beside
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Deed, Details, Fact, Heading, Part, Words
from desktop.views.widgets.masked_number import masked
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.texts import button
from desktop.views.wizards.admit_rows.draft import draft_of
from desktop.views.wizards.admit_rows.flow import admit_rows_wizard
from desktop.views.wizards.give_classes.flow import first_draft, giving_wizard
from desktop.views.wizards.give_classes.words import loose_sentence
from desktop.views.wizards.open_round.draft import BEGINS, NEW_STUDENTS, OpenRound, fresh_draft
from desktop.views.wizards.open_round.flow import open_round_wizard
from desktop.views.wizards.read_file.draft import ReadFile
from desktop.views.wizards.read_file.draft import fresh_draft as fresh_reading
from desktop.views.wizards.read_file.flow import read_file_wizard
from desktop.views.wizards.recheck.beginning import Beginning, beginning_wizard
from desktop.views.wizards.recheck.beginning import fresh_draft as beginning_draft

COLUMNS: tuple[Column[HeldRow], ...] = (
    Column(tr("位置"), lambda h: h.place, sort_key=lambda h: (h.row.sheet, h.row.row), width=10),
    Column(tr("姓名"), lambda h: h.row.identity.name, width=6),
    Column(tr("院部"), lambda h: h.row.college, width=8),
    Column(tr("班级"), lambda h: h.row.class_name, width=9),
    Column(tr("栏"), lambda h: "、".join(dict.fromkeys(p.column for p in h.problems)), width=6),
    Column(tr("说明"), lambda h: "".join(p.message for p in h.problems), width=20, may_be_cut=True),
)
_ALL = ""
_KINDS = ((_ALL, tr("全部")), *KIND_TITLES.items())

_ALL_IN = tr("录取名单里的每一行都已经收入，可以把名单导出给各院部。")
_LOOSE = tr(
    "录取名单里的每一行都已经收入，但是有的班级还没有分配给院部：院部没有加入的，请先在“席位”"
    "批复；名称写法不同的，请点“分配班级…”。"
)


_BEGIN_HERE = {
    OfficeKind.REGISTRAR: tr(
        "请点“新建批次”，读入招生工作处的录取名单；招生工作处报来审查结论的，点“由审查名单新建批次”。"
    )
}


class RosterPage(Page):
    """Rounds begin here, and no row of a roster is forgotten here."""

    CARD = ROSTER

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._round: Round | None = None
        self._chooser = RoundChooser(desk, led_by(desk.kind))
        self._chooser.chosen.connect(self._read)
        self._again = button(tr("再读入名单…"), self.read_again, drawing="import")
        self.give = button(tr("分配班级…"), self.give_classes, drawing="school")
        self.give.hide()  # until it is known that classes wait
        self.begin = button(tr("新建批次…"), self.begin_round, role="primary", drawing="add")
        self.follow = button(tr("由审查名单新建批次…"), self.begin_following, drawing="add")
        self.follow.setVisible(desk.kind is OfficeKind.REGISTRAR)
        for tool in (self._chooser, self.give, self._again, self.follow, self.begin):
            self.tools.addWidget(tool)
        self._held: tuple[HeldRow, ...] = ()
        self.chips = Chips(_KINDS)
        self.chips.chosen.connect(self._filter)
        self.admit_kind = button("", self._admit_kind, drawing="tick")
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.admit_kind, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.table = RecordTable(tr("存疑的行"), COLUMNS, desk.memory, unit=tr("行"))
        self.details = Details(tr("这一行的问题"), tr("选择一行，这里会列出它的问题和处理办法。"))
        self.table.current_changed.connect(lambda _held: self._tell_details())
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._tell_details())
        self.table.activated.connect(lambda held: self.admit([held]))
        self.body.addWidget(beside(self.table, self.details), 1)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def refresh(self) -> None:
        """Read the rounds; the chosen one is then read."""
        self._chooser.refresh()

    def begin_round(self) -> None:
        """Open the wizard for a new round."""
        self.desk.run(
            lambda session, _progress: fresh_draft(
                session.today(), known_rounds(session), BEGINS[self.desk.kind]
            ),
            self._open,
            self.tell_failure,
            owner=self,
            title=tr("正在准备"),
        )

    def begin_following(self) -> None:
        """Open the wizard for a round that begins with those whom admissions has reviewed."""
        self.desk.run(
            lambda session, _progress: beginning_draft(session, BEGINS[self.desk.kind]),
            self._open_following,
            self.tell_failure,
            owner=self,
            title=tr("正在准备"),
        )

    def _open_following(self, draft: Beginning) -> None:
        wizard = beginning_wizard(self.desk, draft, self)
        wizard.completed.connect(
            lambda done: self._chooser.remember(done.begun.id) if done.begun else None
        )
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def read_again(self) -> None:
        """Open the wizard that reads a roster into the chosen round."""
        if (round_ := self._round) is None:
            return

        def opened(draft: ReadFile) -> None:
            wizard = read_file_wizard(self.desk, draft, self)
            wizard.finished.connect(self.desk.data_changed)
            wizard.open()

        self.desk.run(
            lambda session, _progress: fresh_reading(
                self.desk.kind,
                known_rounds(session),
                session.today(),
                kind=NEW_STUDENTS,
                round_id=round_.id,
            ),
            opened,
            self.tell_failure,
            owner=self,
            title=tr("正在准备"),
        )

    def admit(self, rows: Sequence[HeldRow]) -> None:
        """Open the wizard that lets rows in."""
        if self._round is None or not self._round.open or not rows:
            return
        wizard = admit_rows_wizard(self.desk, draft_of(self._round.id, rows), self)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def give_classes(self) -> None:
        """Open the wizard that gives classes to a college."""

        def opened(desk: ClassDesk) -> None:
            wizard = giving_wizard(self.desk, first_draft(desk), self)
            wizard.finished.connect(self.desk.data_changed)
            wizard.open()

        self.desk.run(
            lambda session, _progress: class_desk(session),
            opened,
            self.tell_failure,
            owner=self,
            title=tr("正在准备"),
        )

    def _open(self, draft: OpenRound) -> None:
        wizard = open_round_wizard(self.desk, draft, self)
        wizard.completed.connect(self._begun)
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _begun(self, draft: OpenRound) -> None:
        if draft.begun:
            self._chooser.remember(draft.begun.round.id)

    def _read(self, round_: Round | None) -> None:
        if round_ != self._round:
            self._take_round(None)  # until its rows are here: those in sight are of another
        if round_ is None:
            self.tell_state(tr("还没有批次。"))
            self.table.say_when_empty(
                tr("还没有批次。"),
                _BEGIN_HERE.get(self.desk.kind, tr("请点“新建批次”，读入录取名单。")),
            )
            self.table.set_records([])
            return
        self.desk.run(
            lambda session, _progress: (roster_desk(session, round_.id), class_desk(session)),
            lambda read: self._show(round_, *read),
            self.tell_failure,
            owner=self,
            title=tr("正在读取名单"),
        )

    def _take_round(self, round_: Round | None) -> None:
        """Offer what can be done with the round of which the rows are in sight."""
        self._round = round_
        self._again.setEnabled(round_ is not None and round_.open)

    def _show(self, round_: Round, desk: RosterDesk, classes: ClassDesk) -> None:
        self._take_round(round_)
        self.give.setVisible(bool(classes.loose and classes.offices))
        rest = (
            tr("还有 {count} 行有疑问，没有收入。", count=len(desk.held))
            if desk.held
            else tr("没有遗留的行。")
        )
        self.tell_state(
            tr("名单上有 {students:,} 名学生；{rest}", students=desk.students, rest=rest)
            + loose_sentence(classes.loose)
        )
        self.table.say_when_empty(tr("没有遗留的行。"), _ALL_IN if not classes.loose else _LOOSE)
        self._held = desk.held
        self.table.set_records(list(desk.held))
        counts = {kind: len(of_kind(desk.held, kind)) for kind in KIND_TITLES}
        self.chips.count({_ALL: len(desk.held), **counts})
        self.chips.offer([_ALL, *(kind for kind, count in counts.items() if count)])
        self.chips.setVisible(bool(desk.held))
        self._filter(self.chips.current)

    def _filter(self, kind: str) -> None:
        """Show the rows of a kind, and offer to let in those that one answer lets in."""
        self.table.want((lambda held: kind in held.kinds) if kind else None)
        count = len(self._at_once(kind))
        self.admit_kind.setText(tr("这一种的 {count} 行一起收入…", count=count))
        self.admit_kind.setVisible(count > 0)
        self._tell_details()

    def _at_once(self, kind: str) -> tuple[HeldRow, ...]:
        open_ = self._round is not None and self._round.open
        return admissible_at_once(self._held, kind) if kind and open_ else ()

    def _admit_kind(self) -> None:
        self.admit(self._at_once(self.chips.current))

    def _tell_details(self) -> None:
        chosen = self.table.selected
        if not chosen:
            self.details.say_nothing()
        elif len(chosen) > 1:
            self.details.tell(self._parts_of_many(chosen))
        else:
            self.details.tell(self._parts_of(chosen[0]))

    def _parts_of(self, held: HeldRow) -> list[Part]:
        row, identity = held.row, held.row.identity
        parts: list[Part] = [Heading(identity.name or tr("（姓名空）"))]
        parts.append(
            Fact(
                tr("在文件里"),
                tr(
                    "{file_name}，{place}",
                    file_name=held.file_name or tr("手工登记"),
                    place=held.place,
                ),
            )
        )
        for problem in held.problems:
            parts.append(Words(problem.message))
            if problem.column:
                parts.append(Words(f"{problem.column}：“{problem.value}”", "note"))
        parts.append(
            Fact(
                tr("院部和班级"),
                tr(
                    "{college}　{class_name}",
                    college=row.college or tr("（空）"),
                    class_name=row.class_name or tr("（空）"),
                ),
            )
        )
        parts.append(Fact(tr("考生号"), identity.exam_number or tr("（空）")))
        parts.append(Fact(tr("身份证号"), masked(identity.id_number) or tr("（空）")))
        if self._round and self._round.open:
            parts.append(Deed(tr("核对后收入…"), lambda: self.admit([held]), drawing="tick"))
            parts.append(
                Words(
                    tr("不是本校学生的，不用处理：这一行不会进名单，也会写在名册后面备查。"), "note"
                )
            )
        else:
            parts.append(Words(tr("批次已经结束；要收入这一行，请先重新开启批次。"), "note"))
        return parts

    def _parts_of_many(self, chosen: Sequence[HeldRow]) -> list[Part]:
        parts: list[Part] = [Heading(tr("选了 {count} 行", count=len(chosen)))]
        broken = [held for held in chosen if not held.can_stay]
        if broken:
            names = "、".join(held.place for held in broken[:5])
            parts.append(
                Words(
                    tr(
                        "其中 {count} 行有错误，或者缺姓名、院部、班级、号码，要逐行改：{names}。",
                        count=len(broken),
                        names=names,
                    )
                )
            )
        elif self._round and self._round.open:
            parts.append(
                Deed(
                    tr("这 {count} 行按原样收入…", count=len(chosen)),
                    lambda: self.admit(chosen),
                    drawing="tick",
                )
            )
        return parts
