"""Where the data lie, and their backups: where to, when, how many there are."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.backups import BackupCopy
from desktop.procedures.keeping.backups import Shelf, back_up, known_copies
from desktop.procedures.seats import SeatState, seat_state
from desktop.views.backup_choice import backup_folder, keep_backup_choice, wants_backup_at_closing
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.pages.settings.topic import Topic, card
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.flow_layout import FlowLayout
from desktop.views.widgets.record_table import RecordTable
from desktop.views.widgets.state_label import StateLabel
from desktop.views.widgets.texts import button, label

_MEGABYTE = 1 << 20
_LEAST_HEIGHT = 220
_HOW_TO_RESTORE = tr(
    "要恢复时，关闭籍册再打开，在登录的页面按“从备份恢复…”；新电脑上第一次启动时选“从备份恢复”。"
    "现有的数据不会删除，改名保留。"
)


def when(copy: BackupCopy) -> str:
    """Return when a copy was made, as people write it."""
    return copy.made_at[:16].replace("T", " ")


COLUMNS: tuple[Column[BackupCopy], ...] = (
    Column(tr("时间"), when, width=11),
    Column(tr("经办人"), lambda c: c.operator, width=8),
    Column(
        tr("记载"),
        lambda c: tr("{statements:,} 条", statements=c.statements),
        sort_key=lambda c: c.statements,
        align=Align.RIGHT,
        width=8,
    ),
    Column(
        tr("大小"),
        lambda c: f"{c.size / _MEGABYTE:,.1f} MB",
        sort_key=lambda c: c.size,
        align=Align.RIGHT,
        width=7,
    ),
    Column(tr("位置"), lambda c: c.folder, width=30, may_be_cut=True),
)


def shelf_sentence(shelf: Shelf) -> str:
    """Return how many copies there are."""
    good = (
        tr("有 {count} 份完好的备份", count=len(shelf.copies))
        if shelf.copies
        else tr("还没有完好的备份")
    )
    latest = tr("，最近一份是 {when}", when=when(shelf.copies[0])) if shelf.copies else ""
    bad = tr("；另有 {damaged} 份已损坏，不能用", damaged=shelf.damaged) if shelf.damaged else ""
    return f"{good}{latest}{bad}。"


class BackupTopic(Topic):
    """The data folder and its warning; the backup folder, its copies, a button to make one."""

    ID, TITLE = "data", tr("数据和备份")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._place = label(wraps=True)
        self._warning = label(role="problem", wraps=True)
        self._target = label(wraps=True)
        self.state = StateLabel(State.NOT_YET, tr("还没有选备份文件夹"))
        self.now = button(tr("现在备份"), self._back_up, role="primary")
        self.at_closing = QCheckBox(tr("关闭窗口时，有新的内容就备份"))
        self.at_closing.setChecked(wants_backup_at_closing(desk.memory))
        self.at_closing.toggled.connect(lambda _on: self._keep(self.folder))
        self.table = RecordTable(tr("备份"), COLUMNS, desk.memory, unit=tr("份"))
        self.table.say_when_empty(tr("这里还没有备份。"), tr("选好文件夹以后，按“现在备份”。"))
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.column.addWidget(card(tr("数据文件夹"), self._place, self._warning))
        row = QWidget()
        tools = FlowLayout()
        tools.addWidget(self.now)
        tools.addWidget(button(tr("选择备份文件夹…"), self._choose, drawing="folder"))
        row.setLayout(tools)
        self.column.addWidget(
            card(tr("备份"), self._target, self.state, row, self.at_closing, self.table), 1
        )

    @property
    def folder(self) -> Path | None:
        """The chosen folder."""
        return backup_folder(self.desk.memory)

    def refresh(self) -> None:
        """Read where the data lie, and the copies."""
        self.desk.run(
            lambda session, _progress: seat_state(session),
            self._show_place,
            self.failed.emit,
            owner=self,
            title=tr("正在查看数据文件夹"),
        )
        self._read_copies()

    def _read_copies(self) -> None:
        folder = self.folder
        self.now.setEnabled(folder is not None)
        if folder is None:
            self._target.setText(tr("请选择一个备份文件夹，最好在另一块磁盘或者U盘上。"))
            return
        self._target.setText(
            tr("备份到“{folder}”。{how_to_restore}", folder=folder, how_to_restore=_HOW_TO_RESTORE)
        )
        self.desk.run(
            lambda session, progress: known_copies(session, folder, progress),
            self._show_copies,
            self.failed.emit,
            owner=self,
            title=tr("正在查看备份"),
        )

    def _show_place(self, state: SeatState) -> None:
        self._place.setText(str(state.folder))
        self._warning.setText(state.warning)
        self._warning.setVisible(bool(state.warning))

    def _show_copies(self, shelf: Shelf) -> None:
        good = bool(shelf.copies) and not shelf.damaged
        self.state.tell(State.DONE if good else State.ATTENTION, shelf_sentence(shelf))
        self.table.set_records(shelf.copies)

    def _choose(self) -> None:
        asking.ask_for_folder(self, tr("备份到哪个文件夹"), self._keep)

    def _keep(self, folder: Path | None) -> None:
        keep_backup_choice(self.desk.memory, folder, at_closing=self.at_closing.isChecked())
        self._read_copies()

    def _back_up(self) -> None:
        folder = self.folder
        if folder:
            self.desk.run(
                lambda session, progress: back_up(session, folder, progress),
                self._backed_up,
                self.failed.emit,
                owner=self,
                title=tr("正在备份并检查"),
            )

    def _backed_up(self, copy: BackupCopy) -> None:
        self.said.emit(
            tr(
                "已备份并检查完好：{statements:,} 条记载，{folder}。",
                statements=copy.statements,
                folder=copy.folder,
            )
        )
        self._read_copies()
