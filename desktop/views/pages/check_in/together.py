"""A whole class at once: all the others, and “the whole class, except …”."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.procedures.check_in.exceptions import (
    About,
    Exceptions,
    drop_exceptions,
    keep_exceptions,
    kept_exceptions,
)
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.pages.check_in import draft as drafts
from desktop.views.pages.check_in import excepting, noting
from desktop.views.pages.check_in.draft import CheckInDraft
from desktop.views.pages.check_in.except_dialog import ExceptDialog
from desktop.views.pages.check_in.excepting import Plan
from desktop.views.pages.check_in.keeping import Keeping
from desktop.views.pages.check_in.work_place import WorkPlace
from desktop.views.runner import Failure

_Kept = tuple[str, str, About, Exceptions | None]
"""Of which round and class, about what, and what was filled in; None: nothing any more."""


class Together(QObject):
    """Says something of many students; the page gives its draft, and takes what becomes of it."""

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        place: WorkPlace,
        draft: Callable[[], CheckInDraft | None],
        take: Callable[[CheckInDraft], None],
        failed: Callable[[Failure], None],
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._place = desk, page, place
        self._draft, self._take, self._failed = draft, take, failed
        self._keeping = Keeping[_Kept](desk, page, failed, _keep)
        place.table.rest_arrived.connect(self.arrived)
        place.table.except_wanted.connect(self.ask_exceptions)
        for name, act in (
            ("arrived", self.arrived),
            ("seen", lambda: self._rest(drafts.rest_seen, tr("记为材料已核验"))),
            ("normal", self.normal),
            ("agreed", self.agreed),
            (About.DOCUMENTS, partial(self.ask_exceptions, About.DOCUMENTS)),
            (About.COMPARED, partial(self.ask_exceptions, About.COMPARED)),
        ):
            place.buttons[name].clicked.connect(partial(_call, act))

    def arrived(self) -> None:
        """Note that all the others came."""
        day = self._place.fields.day
        self._rest(lambda draft: drafts.rest_arrived(draft, day), tr("记为已报到"))

    def normal(self) -> None:
        """Note that all the others are normal, where that can be said."""
        checker = self._place.fields.checker
        if not checker:
            self._place.say(noting.NO_CHECKER)
            return
        said = tr("核对为正常（人像比对已通过的）")
        self._rest(lambda draft: drafts.rest_normal(draft, checker), said)

    def agreed(self) -> None:
        """Note that a second person agrees to all the others."""
        second, draft = self._place.fields.second, self._draft()
        if not second:
            self._place.say(noting.NO_SECOND)
        elif draft and second in {file.checker for file in draft.files.values()}:
            self._place.say(noting.SAME_PERSON)
        else:
            self._rest(lambda draft: drafts.rest_agreed(draft, second), tr("复核为正常"))

    def ask_exceptions(self, about: About) -> None:
        """Open the dialog, with what was filled in and not noted the last time."""
        draft = self._draft()
        if draft is None:
            return
        if why := drafts.why_not_begun(draft):
            self._place.say(why)
            return
        round_id, class_id = draft.desk.round.id, draft.desk.line.group.id
        self._desk.run(
            lambda session, _progress: kept_exceptions(session, round_id, class_id, about),
            lambda kept: self._open(class_id, about, kept),
            self._failed,
            owner=self._page,
            title=tr("正在读取草稿"),
        )

    def _open(self, class_id: str, about: About, kept: Exceptions | None) -> None:
        draft = self._draft()
        if draft is None or draft.desk.line.group.id != class_id:
            return  # somebody has gone on to another class meanwhile
        told = excepting.resumed(draft.desk, kept, about)
        dialog = ExceptDialog(draft, told, self._page)
        keep = partial(self._keep, draft.desk.round.id, class_id, about)
        dialog.told.connect(keep)
        dialog.noted.connect(lambda plan: self._noted(plan, keep))
        dialog.finished.connect(lambda _result: self._place.table.setFocus())
        dialog.open()

    def _keep(self, round_id: str, class_id: str, about: About, told: Exceptions | None) -> None:
        self._keeping.keep((round_id, class_id, about, told))

    def _noted(self, plan: Plan, keep: Callable[[Exceptions | None], None]) -> None:
        """Take what the dialog comes to, and go to the first who is left to be looked at."""
        draft = self._draft()
        if draft is None or draft.desk.line.group.id != plan.before.desk.line.group.id:
            return
        now = Plan(draft, plan.told)
        self._take(now.after)
        keep(None)
        said = excepting.sentences(now)[0].rstrip("。")
        self._place.say(tr("已记入：{said}。撤销按 Ctrl+Z，保存按 Ctrl+S。", said=said))
        if now.first_left >= 0:
            self._place.table.go_to(now.first_left)

    def _rest(self, act: Callable[[CheckInDraft], CheckInDraft], said: str) -> None:
        """Do something with all of whom it can be said, and tell of how many it was."""
        before = self._draft()
        if before is None:
            return
        after = act(before)
        self._take(after)
        changed = sum(before.files[one] != file for one, file in after.files.items())
        self._place.say(
            tr("其余 {count} 人{said}，撤销按 Ctrl+Z。", count=changed, said=said)
            if changed
            else tr("没有可以这样登记的学生：要么已经登记过，要么前一步还没有完成。")
        )
        self._place.table.setFocus()


def _keep(session: Session, kept: _Kept) -> None:
    round_id, class_id, about, told = kept
    if told is None:
        drop_exceptions(session, round_id, class_id, about)
    else:
        keep_exceptions(session, round_id, class_id, told)


def _call(act: Callable[[], object], _checked: bool = False) -> None:
    act()
