"""One line below the table: why somebody did not sign, the usual reasons by a key."""

from PySide6.QtWidgets import QLineEdit

from desktop.domain.sheets import MARK_TITLES, Mark
from desktop.procedures.signing.recording import StudentMark
from desktop.procedures.signing.recording_desk import DeskRow
from desktop.views.language import tr
from desktop.views.pages.recording.draft import REASONS
from desktop.views.widgets.asking_line import AskingLine


class ReasonBar(AskingLine):
    """Asks for a reason, and by proxy for the name; ``answered`` hands on the whole mark."""

    def __init__(self) -> None:
        self._student, self._mark = "", Mark.UNSIGNED
        self.proxy, self.reason = QLineEdit(), QLineEdit()
        self.proxy.setPlaceholderText(tr("代签人姓名"))
        self.proxy.setAccessibleName(tr("代签人姓名"))
        self.reason.setPlaceholderText(tr("原因，可以按数字选下面的常用原因"))
        self.reason.setAccessibleName(tr("原因"))
        super().__init__(self.proxy, self.reason)

    def ask(self, row: DeskRow, mark: Mark) -> None:
        """Ask why, beginning with who signed instead where somebody did."""
        self._student, self._mark = row.student, mark
        same = row.mark is mark
        self.proxy.setText(row.proxy if same else "")
        self.reason.setText(row.explanation if same else "")
        self.begin(f"{row.identity.name} {MARK_TITLES[mark]}", first=mark is Mark.BY_PROXY)

    def usual(self) -> tuple[str, ...]:
        """Return the usual reasons."""
        return REASONS[self._mark]

    def first_is_filled(self) -> bool:
        """Tell whether there is a name."""
        return bool(self.proxy.text().strip())

    def answer(self) -> None:
        """Hand on the mark with its reason."""
        proxy, reason = self.proxy.text().strip(), self.reason.text().strip()
        if self._mark is Mark.BY_PROXY and not proxy:
            self.tell(tr("代签要写明代签人的姓名。"), self.proxy)
        elif not reason:
            self.tell(tr("请写明原因，或者按数字选一个常用原因。"), self.reason)
        else:
            name = proxy if self._mark is Mark.BY_PROXY else ""
            self.give(StudentMark(self._student, self._mark, reason, name))
