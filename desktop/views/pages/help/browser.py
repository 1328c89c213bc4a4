"""The user guide as a widget: sections at the left, the text beside, a search over everything."""

import re

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.paths import guide_dir
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.pages.help.guide import (
    ERRORS_TITLE,
    Section,
    error_entry,
    place_of,
    searched,
    section_named,
    sections,
)
from desktop.views.pages.help.reader import Reader
from desktop.views.widgets.texts import label

_CODE = re.compile(r"JC-\d{3}")
_SHARES = (1, 3)
_NOTHING = tr("没有找到“{words}”。请换一个词，或者按提示里的代码查找，例如 JC-112。")


class GuideBrowser(QWidget):
    """The guide; opened at a section's title or at a code."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Section] = list(sections(guide_dir()))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("在手册里查找，或者输入代码"))
        self.search.setAccessibleName(tr("在手册里查找"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("手册目录"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._turn_to)
        self._nothing = label(role="quiet", wraps=True)
        self._nothing.hide()
        self.text = Reader(guide_dir())
        self.text.setAccessibleName(tr("手册"))
        self.text.anchorClicked.connect(self._follow)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, t.SMALL, 0)
        column.setSpacing(t.SMALL)
        for part in (self.search, self._nothing):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        for place, (side, share) in enumerate(zip((left, self.text), _SHARES, strict=True)):
            sides.addWidget(side)
            sides.setStretchFactor(place, share)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(sides)
        self._list_sections()
        self.list.setCurrentRow(0)

    def open_at(self, argument: str) -> None:
        """Show a section ("收发"), a place in it ("收发#收入报送包"), or the entry of a code."""
        if not argument:
            return
        self.search.clear()
        if _CODE.fullmatch(argument):
            self._show_code(argument)
            return
        place = place_of(argument)
        wanted = section_named(self._found, place.section)
        row = self._found.index(wanted)
        if row == self.list.currentRow():
            self._turn_to(row)
        self.list.setCurrentRow(row)
        self.text.go_to(place.words)

    def _list_sections(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([section.title for section in self._found])
        self.list.blockSignals(False)

    def _search(self, words: str) -> None:
        everything = list(sections(guide_dir()))
        self._found = searched(everything, words) if words.strip() else everything
        self._nothing.setText(_NOTHING.format(words=words.strip()))
        self._nothing.setVisible(not self._found)
        self._list_sections()
        code = words.strip().upper()
        if _CODE.fullmatch(code) and error_entry(guide_dir(), code):
            self._show_code(code)
        elif self._found:
            self.list.setCurrentRow(0)
            self._mark(words.split(maxsplit=1)[0] if words.strip() else "")

    def _turn_to(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.text.read(self._found[row].text)

    def _show_code(self, code: str) -> None:
        entry = error_entry(guide_dir(), code)
        titles = [section.title for section in self._found]
        if ERRORS_TITLE in titles:
            self.list.setCurrentRow(titles.index(ERRORS_TITLE))
        if entry:
            self.text.read(entry.text)

    def _mark(self, word: str) -> None:
        """Go to the first place where a word stands."""
        if word:
            self.text.find(word)

    def _follow(self, link: QUrl) -> None:
        """Follow a link within the guide; others lead nowhere, for there is no network."""
        if "errors.md" in link.toString():
            self.open_at(ERRORS_TITLE)
