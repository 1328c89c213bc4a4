"""The wizard 立案核查: of one student with a cause, or of several with a doubt each."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.domain.cases import IMPORTANT_TITLE
from desktop.procedures.cases.case_files import Suggestion
from desktop.procedures.cases.cases import NewCase, open_cases
from desktop.procedures.registration.undisputed import named
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.look.appearance import current_look
from desktop.views.table_models.columns import Column
from desktop.views.widgets.pick_table import PickTable
from desktop.views.wizards.frame import Problems, Wizard
from desktop.views.wizards.one_form import OneForm
from desktop.views.wizards.step_pages import Field, FormStep, Kind

YES, NO = "yes", "no"
IMPORTANCE = (
    (NO, tr("一般对象：院部核查后可以作结论")),
    (YES, tr("重点对象：由招生工作处凭领导小组的文件作结论")),
)
_ROWS = 8
_NAMED = 10


@dataclass(frozen=True, slots=True)
class OpeningOne:
    """One student, and why a case is opened."""

    round_id: str
    student: str
    name: str
    cause: str = ""
    important: str = NO
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningSuggested:
    """Everybody with a doubt that no case has taken up, and who is chosen."""

    round_id: str
    suggested: tuple[Suggestion, ...]
    chosen: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[Suggestion, ...]:
        """Those of whom a case is to be opened."""
        return tuple(one for one in self.suggested if subject_of(one) in self.chosen)


def subject_of(one: Suggestion) -> str:
    """Return the student."""
    return one.one.student.subject


def problems_of_one(draft: OpeningOne) -> dict[str, str]:
    """Return what is missing, per field."""
    if draft.cause:
        return {}
    return {"cause": tr("请写明疑点是什么，例如“照片与本人不像”。")}


def confirm_one(draft: OpeningOne) -> tuple[str, ...]:
    """Say what opening a case means."""
    said = [
        tr("为{name}立一件专项核查。", name=draft.name),
        tr("原因：{cause}。", cause=draft.cause.replace("\n", " ").rstrip("。")),
        tr("作出结论以前，这名学生不能列入复查合格名单，也不能注册学籍。"),
    ]
    if draft.important == YES:
        said.insert(2, tr("列为重点对象，结论由招生工作处报领导小组决定。"))
    return tuple(said)


def done_one(draft: OpeningOne) -> tuple[str, ...]:
    """Say what was opened, and what comes next."""
    return (
        tr("已立案：{number}，{name}。", number="、".join(draft.numbers), name=draft.name),
        tr("接下来：与学生本人谈话、核对材料，在“专项核查”里逐条登记。"),
    )


def problems_of_several(draft: OpeningSuggested) -> dict[str, str]:
    """Say so when nobody is chosen."""
    if not draft.suggested:
        return {"": tr("现在没有需要立案的学生：有疑点的都已经立案。")}
    return {} if draft.chosen else {"": tr("请勾选要立案的学生。")}


def confirm_several(draft: OpeningSuggested) -> tuple[str, ...]:
    """Say of whom, how many and what it means."""
    wanted = draft.wanted
    names = [named(one.one.student) for one in wanted]
    shown = "、".join(names[:_NAMED]) + (tr("等") if len(names) > _NAMED else "")
    important = sum(one.important for one in wanted)
    return (
        tr("为 {count} 名学生各立一件专项核查：{shown}。", count=len(wanted), shown=shown),
        tr("其中 {n} 件是重点对象，结论由招生工作处报领导小组决定。", n=important)
        if important
        else tr("都是一般对象，院部核查后可以作结论。"),
        tr("作出结论以前，这些学生不能列入复查合格名单，也不能注册学籍。"),
    )


def done_several(draft: OpeningSuggested) -> tuple[str, ...]:
    """Say what was opened, and what comes next."""
    return (
        tr(
            "已立案 {count} 件：{numbers}。",
            count=len(draft.numbers),
            numbers="、".join(draft.numbers),
        ),
        tr("接下来：与学生本人谈话、核对材料，在“专项核查”里逐条登记。"),
    )


def open_one(session: Session, draft: OpeningOne, _progress: Progress) -> OpeningOne:
    """Open the case."""
    wanted = NewCase(draft.student, draft.cause, draft.important == YES)
    return replace(draft, numbers=open_cases(session, draft.round_id, [wanted]))


def open_several(
    session: Session, draft: OpeningSuggested, _progress: Progress
) -> OpeningSuggested:
    """Open the cases."""
    wanted = [NewCase(subject_of(one), one.cause, one.important) for one in draft.wanted]
    return replace(draft, numbers=open_cases(session, draft.round_id, wanted))


def opening_wizard(desk: Desk, draft: OpeningOne, parent: QWidget) -> Wizard[OpeningOne]:
    """Return the wizard about one student."""
    form = OneForm(
        title=tr("立案核查：{name}", name=draft.name),
        guide="专项核查#立案",
        form=lambda: FormStep(
            tr("{name}的疑点是什么？", name=draft.name),
            tr("考生号、姓名、照片等重要信息有疑点的，列为重点对象（细则 二(三)4）。"),
            (
                Field("cause", tr("立案原因"), tr("例如“照片与本人不像”。"), kind=Kind.LONG),
                Field("important", tr("核查对象"), kind=Kind.CHOICE, options=IMPORTANCE),
            ),
        ),
        problems=problems_of_one,
        confirm=confirm_one,
        act=desk.act(open_one),
        verb=tr("立案"),
        done=done_one,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


def suggested_wizard(
    desk: Desk, draft: OpeningSuggested, parent: QWidget
) -> Wizard[OpeningSuggested]:
    """Return the wizard about everybody with a doubt."""
    form = OneForm(
        title=tr("立案核查"),
        guide="专项核查#立案",
        form=lambda: SuggestedForm(draft.suggested),
        problems=problems_of_several,
        confirm=confirm_several,
        act=desk.act(open_several),
        verb=tr("立案"),
        done=done_several,
        roomy=True,
    )
    return Wizard(form.flow(), draft, desk.runner, parent)


COLUMNS: tuple[Column[Suggestion], ...] = (
    Column(tr("姓名"), lambda s: s.one.student.identity.name, width=7),
    Column(tr("学号"), lambda s: s.one.student.identity.student_number, width=8),
    Column(tr("对象"), lambda s: IMPORTANT_TITLE if s.important else tr("一般"), width=5),
    Column(tr("疑点"), lambda s: s.cause, width=9),
)


class SuggestedForm(FormStep):
    """Ticks go into the draft's ``chosen``, as subjects."""

    def __init__(self, suggested: tuple[Suggestion, ...]) -> None:
        self.table = PickTable[Suggestion](tr("有疑点的学生"), COLUMNS, subject_of, unit=tr("人"))
        rows = min(max(len(suggested), 2), _ROWS) + 1
        self.table.view.setMinimumHeight(rows * current_look().row_height + t.SMALL)
        self._suggested = suggested
        super().__init__(
            tr("为哪些学生立案？"),
            tr("列出的是复查中有疑点、还没有立案的学生，疑点就是立案原因，立案以后可以补充。"),
            (),
            above=self.table,
        )
        self.table.picked_changed.connect(self.changed)

    @property
    def begins_at(self) -> QWidget:
        """Where the keyboard begins."""
        return self.table

    def show_draft(self, draft: OpeningSuggested) -> None:
        """Show who is ticked."""
        self.table.show_records(self._suggested, draft.chosen)

    def take(self, draft: OpeningSuggested) -> OpeningSuggested:
        """Return the draft with the ticks."""
        return replace(draft, chosen=self.table.picked)

    def show_problems(self, problems: Problems) -> None:
        """Go to the table where nobody is chosen."""
        super().show_problems(problems)
        if "" in problems:
            self.table.setFocus()
