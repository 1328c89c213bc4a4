"""The part 班主任培训: every class, whether its teacher was trained, and many recorded at once."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.class_training import TRAINING_TITLES
from desktop.procedures.entry_review.class_training import ClassTraining, training_list
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.preparation.topic import RoundTopic
from desktop.views.pages.workbench.training_sentence import training_sentence
from desktop.views.table_models.columns import Column
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.pick_table import PickTable
from desktop.views.widgets.texts import button, label
from desktop.views.wizards.frame import Wizard
from desktop.views.wizards.preparation.taking_back import Untrained, taking_back_wizard
from desktop.views.wizards.preparation.trained import ChosenClass, Trained, trained_wizard

ALL, WAITING, TRAINED = "all", "waiting", "trained"
_FILTERS = ((ALL, tr("全部班级")), (WAITING, tr("还不能开始")), (TRAINED, tr("可以开始")))
_WANTED: dict[str, Callable[[ClassTraining], bool]] = {
    ALL: lambda _one: True,
    WAITING: lambda one: not one.file.may_begin,
    TRAINED: lambda one: one.file.may_begin,
}
COLUMNS: tuple[Column[ClassTraining], ...] = (
    Column(tr("班级"), lambda c: c.group.name, width=12),
    Column(tr("院部"), lambda c: c.group.college_name, width=10),
    Column(tr("班主任"), lambda c: _teacher(c) or tr("还没有登记"), width=7),
    Column(tr("培训"), lambda c: TRAINING_TITLES[c.file.state], width=11),
    Column(tr("情况"), lambda c: c.file.sentence, width=26),
)


class TrainingTopic(RoundTopic):
    """The classes with a tick each, and what can be done with those ticked."""

    ID, TITLE = "training", tr("班主任培训")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._classes: Sequence[ClassTraining] = ()
        self.sentence = label(role="strong", wraps=True)
        self.chips = Chips(_FILTERS)
        self.table = PickTable(tr("班主任培训"), COLUMNS, lambda c: c.group.id, unit=tr("个班"))
        self.record = button(tr("登记培训…"), self.record_chosen, role="primary")
        self.back = button(tr("收回登记…"), self.take_back_chosen)
        self.chips.chosen.connect(lambda _chip: self._filter())
        self.table.picked_changed.connect(self._offer)
        row = QHBoxLayout()
        row.setSpacing(t.SMALL)
        told = tr(
            "培训材料和签到表在“审查材料”里打印。培训以后勾选参加了同一次培训的班，一次登记。"
        )
        row.addWidget(label(told, "quiet", wraps=True), 1)
        row.addWidget(self.back)
        row.addWidget(self.record)
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.chips)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(row)

    def refresh(self) -> None:
        """Read the classes; those ticked stay ticked."""
        if (round_ := self.round) is None:
            return
        self.desk.run(
            lambda session, _progress: training_list(session, round_.id),
            self._show,
            self.failed.emit,
            owner=self,
            title=tr("正在读取培训情况"),
        )

    @property
    def chosen(self) -> tuple[ChosenClass, ...]:
        """The classes that are ticked."""
        picked = set(self.table.picked)
        return tuple(
            ChosenClass(one.group.id, one.group.name, _teacher(one))
            for one in self._classes
            if one.group.id in picked
        )

    def record_chosen(self) -> None:
        """Open the wizard that records those ticked."""
        if self.round and (chosen := self.chosen):
            teacher = chosen[0].teacher if len(chosen) == 1 else ""
            draft = Trained(self.round.id, chosen, teachers=teacher)
            self._open(trained_wizard(self.desk, draft, self))

    def take_back_chosen(self) -> None:
        """Open the wizard that takes back what was recorded of those ticked."""
        trained = {one.group.id for one in self._classes if one.file.trained_on}
        chosen = tuple(one for one in self.chosen if one.id in trained)
        if self.round and chosen:
            self._open(taking_back_wizard(self.desk, Untrained(self.round.id, chosen), self))

    def _open(self, wizard: Wizard[Trained] | Wizard[Untrained]) -> None:
        wizard.finished.connect(self.desk.data_changed)
        wizard.open()

    def _show(self, classes: Sequence[ClassTraining]) -> None:
        self._classes = classes
        self.sentence.setText(training_sentence(classes))
        counts = {name: sum(map(wanted, classes)) for name, wanted in _WANTED.items()}
        self.chips.count(counts)
        self._filter()

    def _filter(self) -> None:
        wanted = _WANTED[self.chips.current]
        self.table.show_records([one for one in self._classes if wanted(one)], ())
        self._offer()

    def _offer(self) -> None:
        picked = set(self.table.picked)
        open_ = self.round is not None and self.round.open
        trained = {one.group.id for one in self._classes if one.file.trained_on}
        self.record.setEnabled(open_ and bool(picked))
        self.back.setEnabled(open_ and bool(picked & trained))


def _teacher(one: ClassTraining) -> str:
    """Return who the class teacher is: as the college says, else who was trained for the class."""
    return one.group.class_teacher or one.file.teacher
