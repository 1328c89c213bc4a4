"""Opening a round as plain functions on a frozen draft: the way, what is missing, what is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from desktop.domain.authority import SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.imports.opening import Begun, CollegeInFile, RosterPlan
from desktop.procedures.rounds import NewRound
from desktop.views.language import tr
from desktop.views.wizards.read_file.draft import MENDING
from desktop.views.wizards.read_file.mending.draft import (
    FILE,
    MendDraft,
    mending_problems,
    next_mending_step,
)

ROUND, RULES, CONTENT, OFFICES, CONFIRM, DONE = (
    "round",
    "rules",
    "content",
    "offices",
    "confirm",
    "done",
)
NEW_STUDENTS = "new-students"
"""The kind of list that a roster is."""
_NEXT = {ROUND: RULES, RULES: FILE, CONTENT: OFFICES, OFFICES: CONFIRM, CONFIRM: DONE, DONE: ""}
_YEAR_DIGITS = 4
_RECHECK_ENDS = "11-30"  # three months after the first of September (细则 二(二))
_ENDS = {Procedure.ENTRY_REVIEW: "09-30"}
_DAYS = 30
_NAMED = 5


@dataclass(frozen=True, slots=True)
class OpenRound:
    """Everything that the wizard asks; empty where not answered yet.

    ``mend`` is what the steps up to a mended list collect. ``offices`` are the pairs of a college
    in the file and the office that gets its classes ("": later).
    """

    today: date
    procedure: Procedure = Procedure.STUDENT_REGISTRATION
    known_names: tuple[str, ...] = ()
    name: str = ""
    year: str = ""
    deadline: str = ""
    sign_offs: tuple[str, ...] = ("class_teacher", "head")
    proxy: bool = False
    asks_verdicts: bool = True
    mend: MendDraft = field(default_factory=lambda: MendDraft(kind=NEW_STUDENTS))
    plan: RosterPlan | None = None
    offices: tuple[tuple[str, str], ...] = ()
    begun: Begun | None = None

    @property
    def new_round(self) -> NewRound:
        """The round that is to be opened."""
        if not self.signed:
            return NewRound(self.procedure, self.name, self.year, self.deadline)
        return NewRound(
            self.procedure,
            self.name,
            self.year,
            self.deadline,
            tuple(name for name in SIGN_OFFS if name in self.sign_offs),
            self.proxy,
            self.asks_verdicts,
        )

    @property
    def signed(self) -> bool:
        """Whether students sign in it, which has rules of its own."""
        return self.procedure is Procedure.STUDENT_REGISTRATION

    @property
    def colleges(self) -> tuple[CollegeInFile, ...]:
        """The colleges of the file."""
        return self.plan.colleges if self.plan else ()


BEGINS: Final[Mapping[OfficeKind, Procedure]] = {
    OfficeKind.ADMISSIONS: Procedure.ENTRY_REVIEW,
    OfficeKind.REGISTRAR: Procedure.STUDENT_REGISTRATION,
}
"""What begins at an office of a kind with a list of new students."""


def default_name(year: str, procedure: Procedure = Procedure.STUDENT_REGISTRATION) -> str:
    """Return what a round of a year is called unless told otherwise."""
    if procedure is Procedure.ENTRY_REVIEW:
        return tr("{year}级新生入学资格审查", year=year)
    return tr("{year}级新生学籍注册", year=year)


def fresh_draft(
    today: date,
    rounds: Sequence[Round],
    procedure: Procedure = Procedure.STUDENT_REGISTRATION,
) -> OpenRound:
    """Return the draft of a new round, with what is right nine times in ten."""
    year = str(today.year)
    deadline = f"{year}-{_ENDS.get(procedure, _RECHECK_ENDS)}"
    if deadline <= today.isoformat():
        deadline = (today + timedelta(days=_DAYS)).isoformat()
    return OpenRound(
        today,
        procedure,
        known_names=tuple(r.name for r in rounds),
        name=default_name(year, procedure),
        year=year,
        deadline=deadline,
    )


def planned(draft: OpenRound, plan: RosterPlan) -> OpenRound:
    """Return the draft with what the file brings, each college with its likeliest office."""
    return replace(draft, plan=plan, offices=tuple((c.name, c.office) for c in plan.colleges))


def next_step(step: str, draft: OpenRound) -> str:
    """Return the step that follows, "" after the last."""
    if step in MENDING:
        return next_mending_step(step, draft.mend) or CONTENT
    if step == ROUND and not draft.signed:
        return FILE
    return _NEXT[step]


def problems(step: str, draft: OpenRound) -> dict[str, str]:
    """Return what is missing or wrong on a step, per field."""
    if step in MENDING:
        return mending_problems(step, draft.mend)
    check = {ROUND: _round, RULES: _rules, CONTENT: _content}.get(step)
    return check(draft) if check else {}


def confirm_sentences(draft: OpenRound) -> tuple[str, ...]:
    """Say in numbers and names what will happen."""
    plan = draft.plan
    if plan is None:
        return ()
    said = [*_rules_in_words(draft)]
    classes = sum(len(college.classes) for college in plan.colleges)
    said.append(
        tr(
            "收入新的学生 {new:,} 人；文件里可以收入的一共 {count} 个院部、{classes} 个班。",
            new=plan.new,
            count=len(plan.colleges),
            classes=classes,
        )
    )
    if plan.held:
        names = first_names([held.row.identity.name or held.place for held in plan.held])
        said.append(
            tr(
                "有疑问的 {count} 行暂不收入，列在“批次名单”里等待处理：{names}。",
                count=len(plan.held),
                names=names,
            )
        )
    if let_in := len(plan.mended.let_in):
        said.append(tr("其中有疑问、写明原因收入的 {count:,} 行。", count=let_in))
    if aside := len(plan.mended.set_aside):
        said.append(tr("放下不要的 {count:,} 行不读入，也不再列出。", count=aside))
    return (*said, *_offices_in_words(draft))


def done_sentences(draft: OpenRound) -> tuple[str, ...]:
    """Say what was done, and what comes next."""
    if draft.begun is None:
        return ()
    brought = draft.begun.brought
    said = [
        tr(
            "“{name}”：收入新的学生 {count:,} 人。",
            name=draft.begun.round.name,
            count=len(brought.new),
        )
    ]
    if brought.held_back:
        said.append(
            tr(
                "{count} 行有疑问，没有收入。请在“批次名单”里逐行核对，处理以前会一直列在那里。",
                count=len(brought.held_back),
            )
        )
    if waiting := [college for college, office in draft.offices if not office]:
        said.append(
            tr(
                "还没有分配的院部：{first_names}。批复它们加入时，名称一致的班级自动分配；"
                "名称写法不同的，加入以后在“批次名单”里点“分配班级…”。",
                first_names=first_names(waiting),
            )
        )
    given = [college for college, office in draft.offices if office]
    said.append(
        tr("接下来：打开“收发”，把名单导出给各院部，用U盘交给它们。")
        if given
        else tr("接下来：请各院部在自己的电脑上选“加入学校”，再到“席位”批复它们的申请。")
    )
    return tuple(said)


def first_names(names: Sequence[str]) -> str:
    """Name the first few, and say how many there are."""
    first = "、".join(names[:_NAMED])
    return (
        first if len(names) <= _NAMED else tr("{first}等 {count} 个", first=first, count=len(names))
    )


def _rules_in_words(draft: OpenRound) -> tuple[str, ...]:
    opened = tr(
        "新建批次“{name}”：{year}级，截止 {deadline}。",
        name=draft.name,
        year=draft.year,
        deadline=draft.deadline,
    )
    if not draft.signed:
        return (opened,)
    signers = "、".join(SIGN_OFF_TITLES[name] for name in SIGN_OFFS if name in draft.sign_offs)
    proxy = tr("允许代签（要写明原因）") if draft.proxy else tr("不允许代签")
    verdicts = (
        tr("招生工作处报来审查合格、复查合格的，才予以注册。")
        if draft.asks_verdicts
        else tr("不看招生工作处的审查、复查结论。")
    )
    return (
        opened,
        tr(
            "签字表要有学生本人、{signers}的签字和院部印章；{proxy}。", signers=signers, proxy=proxy
        ),
        verdicts,
    )


def _offices_in_words(draft: OpenRound) -> tuple[str, ...]:
    names = {one.office.id: one.office.name for one in draft.plan.offices} if draft.plan else {}
    sizes = {
        c.name: tr(
            "{name}（{count} 个班，{students} 人）",
            name=c.name,
            count=len(c.classes),
            students=c.students,
        )
        for c in draft.colleges
    }
    given = [
        sizes[college]
        if names.get(office) == college
        else tr("{sizes}给{names}", sizes=sizes[college], names=names[office])
        for college, office in draft.offices
        if office
    ]
    waiting = [sizes[college] for college, office in draft.offices if not office]
    said = []
    if given:
        said.append(
            tr("班级分配给 {count} 个院部：{given}。", count=len(given), given="、".join(given))
        )
    if waiting:
        said.append(tr("暂不分配：{waiting}。", waiting="、".join(waiting)))
    return tuple(said)


def _round(draft: OpenRound) -> dict[str, str]:
    found = {}
    if not (len(draft.year) == _YEAR_DIGITS and draft.year.isascii() and draft.year.isdigit()):
        found["year"] = tr("年级是四位数字，例如 2026。")
    if not draft.name:
        found["name"] = tr("请填写批次名称。")
    elif draft.name in draft.known_names:
        found["name"] = tr("已经有叫“{name}”的批次，请换一个能区分的名称。", name=draft.name)
    if not is_day(draft.deadline):
        found["deadline"] = tr("请按“年-月-日”填写，例如 2026-11-30。")
    elif draft.deadline < draft.today.isoformat():
        found["deadline"] = tr("这一天已经过去，请填写今天以后的日期。")
    return found


def is_day(text: str) -> bool:
    """Tell whether a text is a day ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _rules(draft: OpenRound) -> dict[str, str]:
    return {} if draft.sign_offs else {"": tr("至少要有一级签字，请勾选。")}


def _content(draft: OpenRound) -> dict[str, str]:
    plan = draft.plan
    if plan and not plan.colleges and not plan.held:
        return {"": tr("这份文件里没有学生，请返回上一步，换一份文件。")}
    return {}
