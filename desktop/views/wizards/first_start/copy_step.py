"""Which copy to go back to: every good one in the folder, the latest first."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QVBoxLayout

from desktop.domain.backups import BackupCopy
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.widgets.texts import label
from desktop.views.wizards.first_start.draft import FirstStart
from desktop.views.wizards.frame import StepPage

_PLACE = Qt.ItemDataRole.UserRole


def copy_lines(copy: BackupCopy) -> tuple[str, str]:
    """Return a copy in two lines: when and of whom; how much it holds and who made it."""
    practice = tr("（练习）") if copy.training else ""
    people = "" if copy.students is None else tr("学生 {students:,} 人 · ", students=copy.students)
    return (
        tr(
            "{made_at} · {office_name}{practice} · 席位 {seat}",
            made_at=copy.made_at[:16].replace("T", " "),
            office_name=copy.office_name,
            practice=practice,
            seat=copy.seat,
        ),
        tr(
            "{people}记载 {statements:,} 条 · {operator}备份",
            people=people,
            statements=copy.statements,
            operator=copy.operator,
        ),
    )


def copy_words(copy: BackupCopy) -> str:
    """Return a copy in a sentence's words."""
    return " · ".join(copy_lines(copy))


def school_words(copy: BackupCopy) -> str:
    """Return of which school a copy is; older copies know only its code."""
    code = tr("代码 {school_code}", school_code=copy.school_code)
    return f"{copy.school_name}（{code}）" if copy.school_name else code


def found_words(draft: FirstStart) -> str:
    """Say how many copies there are, and how many can not be used."""
    bad = draft.damaged_copies
    damaged = tr("另有 {bad} 份已经损坏，不能用，没有列出。", bad=bad) if bad else ""
    if not draft.copies:
        return tr("这个文件夹里的 {bad} 份备份都已经损坏。请返回，换一个文件夹或U盘。", bad=bad)
    return tr(
        "找到 {count} 份完好的备份，最新的在最上面。{damaged}",
        count=len(draft.copies),
        damaged=damaged,
    )


class CopyStep(StepPage[FirstStart]):
    """A list of copies, of which one is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.found = label(role="quiet", wraps=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("完好的备份"))
        self.list.setSpacing(t.TIGHT)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _row: self.changed.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, t.SMALL, 0)
        layout.setSpacing(t.SMALL)
        layout.addWidget(label(tr("恢复哪一份备份？"), "heading", wraps=True))
        layout.addWidget(self.found)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def show_draft(self, draft: FirstStart) -> None:
        """List the copies, the chosen one current."""
        self.found.setText(found_words(draft))
        self.list.blockSignals(True)
        self.list.clear()
        for copy in draft.copies:
            item = QListWidgetItem("\n".join(copy_lines(copy)))
            item.setData(_PLACE, copy.folder)
            item.setToolTip(f"{copy_words(copy)}\n{copy.folder}")
            self.list.addItem(item)
            if copy.folder == draft.copy:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def take(self, draft: FirstStart) -> FirstStart:
        """Return the draft with the current copy; its maker is who most likely opens it."""
        item = self.list.currentItem()
        place = str(item.data(_PLACE)) if item else ""
        chosen = replace(draft, copy=place)
        if place == draft.copy and draft.operator:
            return chosen
        copy = chosen.chosen_copy
        return replace(chosen, operator=copy.operator if copy else "")
