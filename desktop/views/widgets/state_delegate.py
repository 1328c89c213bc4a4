"""Paints cells whose shapes keep their colours in a chosen row, where Qt would tint them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem


class StateDelegate(QStyledItemDelegate):
    """For tables in which a state stands before a text."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Take the same picture for a chosen cell as for any other."""
        super().initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected and not option.icon.isNull():
            picture = index.data(Qt.ItemDataRole.DecorationRole)
            if isinstance(picture, QPixmap):
                icon = QIcon()
                for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                    icon.addPixmap(picture, mode)
                option.icon = icon
