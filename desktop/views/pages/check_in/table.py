"""The table of a class: one row a student, everything by single keys, nothing to click."""

from typing import Final

from PySide6.QtCore import Qt, Signal

from desktop.domain.entry_review import ArrivalState, Finding
from desktop.procedures.check_in.check_in_desk import CheckInRow
from desktop.procedures.check_in.exceptions import About
from desktop.views.language import tr
from desktop.views.pages.check_in import words
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.check_in.noting import SAME_ALL, SEE_ALL
from desktop.views.widgets.key_table import KeyColumns, KeyTable

KEYS: Final = {
    Qt.Key.Key_Return: ArrivalState.ARRIVED,
    Qt.Key.Key_Enter: ArrivalState.ARRIVED,
    Qt.Key.Key_Space: ArrivalState.ARRIVED,
    Qt.Key.Key_1: ArrivalState.ARRIVED,
    Qt.Key.Key_2: ArrivalState.LEAVE,
    Qt.Key.Key_3: ArrivalState.ABSENT,
    Qt.Key.Key_4: Finding.NORMAL,
    Qt.Key.Key_5: Finding.DOUBTFUL,
    Qt.Key.Key_6: Finding.ABNORMAL,
    Qt.Key.Key_7: SEE_ALL,
    Qt.Key.Key_8: SAME_ALL,
}
"""What a key notes of the current student."""
_EXCEPT: Final = {Qt.Key.Key_9: About.DOCUMENTS, Qt.Key.Key_0: About.COMPARED}
KEYS_IN_WORDS: Final = tr(
    "回车或 1 已报到 · 2 请假 · 3 未报到 · 4 正常 · 5 存疑 · 6 异常 · 7 材料齐全 · 8 六项都一致"
    " · 9 材料全班除了… · 0 六对照全班除了… · 退格 收回未保存的 · Ctrl+Z 撤销 · Ctrl+S 保存"
)


class CheckInTable(KeyTable[CheckInDraft, CheckInRow]):
    """The table; ``except_wanted`` asks for “the whole class, except …” about something."""

    except_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("这个班的学生"), _COLUMNS, KEYS)

    def takes(self, key: Qt.Key, text: str) -> bool:
        """Take the keys that speak of the whole class."""
        del text
        if key in _EXCEPT:
            self.except_wanted.emit(_EXCEPT[key])
        return key in _EXCEPT


def _texts(draft: CheckInDraft, row: CheckInRow) -> tuple[str, ...]:
    file, one = draft.files[row.student], row.identity
    return (
        str(row.number),
        one.exam_number,
        one.name,
        one.sex,
        words.arrival_text(file),
        words.documents_text(draft.desk.items, file),
        words.face_text(file, draft.desk.rules),
        words.finding_text(file),
        words.standing_text(draft, row),
    )


_COLUMNS: Final[KeyColumns[CheckInDraft, CheckInRow]] = KeyColumns(
    titles=(
        (tr("序号"), 3), (tr("考生号"), 9), (tr("姓名"), 5), (tr("性别"), 3), (tr("报到"), 8),
        (tr("材料"), 4), (tr("人像比对"), 8), (tr("结论"), 6), (tr("现在"), 9),
    ),
    name=2,
    mark=4,
    state=8,
    rest=8,
    rest_least=6,
    dispensable=(3, 1, 0, 6, 5, 7),  # name, arrival and where somebody stands always stay
    rows=lambda draft: draft.desk.rows,
    texts=_texts,
    remark=words.remark_of,
    shape=words.row_state,
)  # fmt: skip
