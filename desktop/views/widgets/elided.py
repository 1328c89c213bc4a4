"""A label of one line that shows by an ellipsis where it is cut, and all of it in its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyleOption


class ElidedLabel(QLabel):
    """Takes as much room as there is, down to nothing."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Need no width at all."""
        return QSize(0, super().minimumSizeHint().height())

    @property
    def shown(self) -> str:
        """What can be read of it."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what fits."""
        shown, option, painter = self.shown, QStyleOption(), QPainter(self)
        option.initFrom(self)
        self.style().drawItemText(
            painter,
            self.rect(),
            int(self.alignment() | Qt.TextFlag.TextSingleLine),
            option.palette,
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        self.setToolTip(self.text() if shown != self.text() else "")
