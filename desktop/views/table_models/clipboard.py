"""Rows for the clipboard: pasted into Excel or WPS, long numbers stay text."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar

from PySide6.QtCore import QMimeData

from desktop.views.table_models.columns import Column

R = TypeVar("R")
_AS_TEXT = "mso-number-format:'\\@'"


def rows_as_mime(columns: Sequence[Column[R]], records: Iterable[R]) -> QMimeData:
    """Return rows with a header, as a table in HTML and as text with tabs."""
    rows = [[column.title for column in columns]]
    rows += [[(c.copied or c.text)(record) for c in columns] for record in records]
    mime = QMimeData()
    mime.setText("\n".join("\t".join(_one_line(cell) for cell in row) for row in rows) + "\n")
    body = "".join(
        "<tr>" + "".join(f'<td style="{_AS_TEXT}">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    mime.setHtml(f'<meta charset="utf-8"><table>{body}</table>')
    return mime


def _one_line(text: str) -> str:
    return " ".join(text.split())
