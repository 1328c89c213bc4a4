"""The table of a sheet: one row a student, marks by keys, nothing to click."""

from typing import Final

from PySide6.QtCore import Qt, Signal

from desktop.domain.sheets import MARK_TITLES, Mark
from desktop.domain.students import FIELD_TITLES
from desktop.procedures.signing.recording_desk import DeskRow
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.pages.recording.draft import RecordingDraft
from desktop.views.widgets.key_table import KeyColumns, KeyTable
from desktop.views.widgets.masked_number import masked

_PLACES = {"given_up": tr("已报告放弃入学资格"), "kept": tr("已报告保留入学资格")}

# a scanner types the text of a QR code wherever the cursor is: its digits must not mark anybody
_SCAN_KEY: Final = Qt.Key.Key_J

KEYS: Final = {
    Qt.Key.Key_Return: Mark.SIGNED,
    Qt.Key.Key_Enter: Mark.SIGNED,
    Qt.Key.Key_Space: Mark.SIGNED,
    Qt.Key.Key_1: Mark.SIGNED,
    Qt.Key.Key_2: Mark.BY_PROXY,
    Qt.Key.Key_3: Mark.UNSIGNED,
    Qt.Key.Key_4: Mark.STRUCK_OUT,
}
_OTHER_KEYS: Final = tr(
    "3 未签 · 4 划去 · 退格 收回未保存的 · Ctrl+Z 撤销 · Ctrl+回车 整页已签 · Ctrl+S 保存"
)


def keys_in_words(*, proxy_allowed: bool) -> str:
    """Return what the keys do; the one for a proxy only where the round allows any."""
    proxy = (tr("2 代签"),) if proxy_allowed else ()
    return " · ".join((tr("回车 本人签字并到下一行"), *proxy, _OTHER_KEYS))


def state_of_row(draft: RecordingDraft, row: DeskRow) -> State:
    """Return the shape of a row: saved, read but not saved, to be looked at, nothing yet."""
    if row.void or (row.disputed and row.student not in draft.marks):
        return State.ATTENTION
    if row.student in draft.marks:
        return State.IN_HAND
    return State.DONE if row.mark is not None or row.place else State.NOT_YET


def remark_of(draft: RecordingDraft, row: DeskRow) -> str:
    """Return what stands behind a row: why void, disputed, by whom, which corrections."""
    parts: list[str] = []
    shown = draft.shown(row)
    if row.void:
        parts.append(tr("本页已作废：{void}", void=row.void))
    if row.disputed and row.student not in draft.marks:
        parts.append(tr("两个席位登记得不一样，请照纸面再登记一次"))
    if shown and shown.proxy:
        parts.append(tr("{proxy}代签", proxy=shown.proxy))
    if shown and shown.explanation:
        parts.append(shown.explanation)
    if row.place:
        parts.append(_PLACES[row.place])
    parts += [_correction(field, new, decision) for field, new, decision in _corrections(row)]
    if row.mark and row.sheet != draft.desk.sheet.number and row.student not in draft.marks:
        parts.append(tr("登记在签字表 {sheet}", sheet=row.sheet))
    return "；".join(parts)


def _corrections(row: DeskRow) -> list[tuple[str, str, str]]:
    return [(c.field, c.new, c.decision) for c in row.corrections]


def _correction(field: str, new: str, decision: str) -> str:
    words = {"": tr("提出更正"), "accepted": tr("已更正"), "rejected": tr("更正被驳回")}[decision]
    return f"{words}：{FIELD_TITLES.get(field, field)}“{new}”"


class RecordingTable(KeyTable[RecordingDraft, DeskRow]):
    """The table; ``scanning`` hands on the first character of what a scanner begins to type."""

    scanning = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("签字表上的学生"), COLUMNS, KEYS)

    def takes(self, key: Qt.Key, text: str) -> bool:
        """Take the key with which a scanner begins."""
        if key == _SCAN_KEY:
            self.scanning.emit(text)
        return key == _SCAN_KEY


def _texts(draft: RecordingDraft, row: DeskRow) -> tuple[str, ...]:
    shown, one = draft.shown(row), row.identity
    return (
        str(row.number),
        one.student_number,
        one.name,
        one.sex,
        MARK_TITLES[shown.mark] if shown else "",
        remark_of(draft, row),
        masked(one.id_number),
        str(row.page),
    )


COLUMNS: Final[KeyColumns[RecordingDraft, DeskRow]] = KeyColumns(
    titles=(
        (tr("序号"), 3), (tr("学号"), 9), (tr("姓名"), 8), (tr("性别"), 3),
        (tr("签字情况"), 7), (tr("说明"), 12), (tr("身份证号"), 12), (tr("页"), 2),
    ),
    name=2,
    mark=4,
    state=4,
    rest=5,
    rest_least=6,
    dispensable=(7, 6, 3, 1),  # page, ID number, sex, student number: name and mark always stay
    rows=lambda draft: draft.desk.rows,
    texts=_texts,
    remark=remark_of,
    shape=state_of_row,
)  # fmt: skip
