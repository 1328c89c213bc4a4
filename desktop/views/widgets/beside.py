"""A table with its details beside it, between them a line that can be moved."""

from PySide6.QtWidgets import QSplitter, QWidget

from desktop.views.look.appearance import current_look

_LEAST = 260


def beside(table: QWidget, details: QWidget, shares: tuple[int, int] = (3, 2)) -> QSplitter:
    """Return both side by side; the details keep room for a line of text."""
    split = QSplitter()
    split.setChildrenCollapsible(False)
    details.setMinimumWidth(current_look().px(_LEAST))
    for place, (widget, share) in enumerate(zip((table, details), shares, strict=True)):
        split.addWidget(widget)
        split.setStretchFactor(place, share)
    return split
