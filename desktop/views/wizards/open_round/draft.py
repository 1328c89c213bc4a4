"""Opening a round as plain functions on a frozen draft: the way, what is missing, what is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from desktop.domain.authority import SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.rounds import Procedure, Round
from desktop.procedures.opening import Begun, CollegeInFile, RosterPlan
from desktop.procedures.rounds import NewRound

ROUND, RULES, FILE, CONTENT, OFFICES, CONFIRM, DONE = (
    "round",
    "rules",
    "file",
    "content",
    "offices",
    "confirm",
    "done",
)
_NEW_WAY = (ROUND, RULES, FILE, CONTENT, OFFICES, CONFIRM, DONE)
_AGAIN_WAY = (FILE, CONTENT, OFFICES, CONFIRM, DONE)
_YEAR_DIGITS = 4
_RECHECK_ENDS = "11-30"  # three months after the first of September (细则 二(二))
_DAYS = 30
_NAMED = 5


@dataclass(frozen=True, slots=True)
class OpenRound:
    """Everything that the wizard asks; empty where not answered yet.

    ``round_id`` names the round into which a roster is read again, "" for a new one. ``offices``
    are the pairs of a college in the file and the office that gets its classes ("": later).
    """

    today: date
    known_names: tuple[str, ...] = ()
    round_id: str = ""
    name: str = ""
    year: str = ""
    deadline: str = ""
    sign_offs: tuple[str, ...] = ("class_teacher", "head")
    proxy: bool = False
    file: str = ""
    plan: RosterPlan | None = None
    offices: tuple[tuple[str, str], ...] = ()
    begun: Begun | None = None

    @property
    def again(self) -> bool:
        """Whether a roster is read into a round that is open already."""
        return bool(self.round_id)

    @property
    def new_round(self) -> NewRound:
        """The round that is to be opened."""
        return NewRound(
            Procedure.STUDENT_REGISTRATION,
            self.name,
            self.year,
            self.deadline,
            tuple(name for name in SIGN_OFFS if name in self.sign_offs),
            self.proxy,
        )

    @property
    def colleges(self) -> tuple[CollegeInFile, ...]:
        """The colleges of the file."""
        return self.plan.colleges if self.plan else ()


def default_name(year: str) -> str:
    """Return what a round of a year is called unless told otherwise."""
    return f"{year}级新生学籍注册"


def fresh_draft(today: date, rounds: Sequence[Round]) -> OpenRound:
    """Return the draft of a new round, with what is right nine times in ten."""
    year = str(today.year)
    deadline = f"{year}-{_RECHECK_ENDS}"
    if deadline <= today.isoformat():
        deadline = (today + timedelta(days=_DAYS)).isoformat()
    return OpenRound(
        today,
        known_names=tuple(r.name for r in rounds),
        name=default_name(year),
        year=year,
        deadline=deadline,
    )


def again_draft(today: date, round_: Round) -> OpenRound:
    """Return the draft of reading a roster into an open round."""
    return OpenRound(today, round_id=round_.id, name=round_.name, year=round_.entry_year)


def planned(draft: OpenRound, plan: RosterPlan) -> OpenRound:
    """Return the draft with what the file brings, each college with its likeliest office."""
    return replace(draft, plan=plan, offices=tuple((c.name, c.office) for c in plan.colleges))


def next_step(step: str, draft: OpenRound) -> str:
    """Return the step that follows, "" after the last."""
    way = _AGAIN_WAY if draft.again else _NEW_WAY
    return way[way.index(step) + 1] if step != way[-1] else ""


def problems(step: str, draft: OpenRound) -> dict[str, str]:
    """Return what is missing or wrong on a step, per field."""
    checks = {ROUND: _round, RULES: _rules, FILE: _file, CONTENT: _content}
    check = checks.get(step)
    return check(draft) if check else {}


def confirm_sentences(draft: OpenRound) -> tuple[str, ...]:
    """Say in numbers and names what will happen."""
    plan = draft.plan
    if plan is None:
        return ()
    said = [f"名单读入“{draft.name}”。"] if draft.again else [*_rules_in_words(draft)]
    classes = sum(len(college.classes) for college in plan.colleges)
    said.append(
        f"收入新的学生 {plan.new:,} 人；文件里可以收入的一共 {len(plan.colleges)} 个院部、"
        f"{classes} 个班。"
    )
    if draft.again:
        said.append(f"没有变化的 {plan.same:,} 人；改动 {len(plan.changed)} 处。")
    if plan.held:
        names = first_names([held.row.identity.name or held.place for held in plan.held])
        said.append(f"有疑问的 {len(plan.held)} 行暂不收入，列在“批次名单”里等待处理：{names}。")
    return (*said, *_offices_in_words(draft))


def done_sentences(draft: OpenRound) -> tuple[str, ...]:
    """Say what was done, and what comes next."""
    if draft.begun is None:
        return ()
    brought = draft.begun.brought
    said = [f"“{draft.begun.round.name}”：收入新的学生 {len(brought.new):,} 人。"]
    if brought.held_back:
        said.append(
            f"{len(brought.held_back)} 行有疑问，没有收入。请在“批次名单”里逐行核对，"
            "处理以前会一直列在那里。"
        )
    if waiting := [college for college, office in draft.offices if not office]:
        said.append(
            f"还没有分配的院部：{first_names(waiting)}。批复它们加入以后，"
            "在“批次名单”里把同一份名单再读入一次，就能分配；学生不会重复。"
        )
    given = [college for college, office in draft.offices if office]
    said.append(
        "接下来：打开“收发”，把名单导出给各院部，用U盘交给它们。"
        if given
        else "接下来：请各院部在自己的电脑上选“加入学校”，再到“席位”批复它们的申请。"
    )
    return tuple(said)


def first_names(names: Sequence[str]) -> str:
    """Name the first few, and say how many there are."""
    first = "、".join(names[:_NAMED])
    return first if len(names) <= _NAMED else f"{first}等 {len(names)} 个"


def _rules_in_words(draft: OpenRound) -> tuple[str, ...]:
    signers = "、".join(SIGN_OFF_TITLES[name] for name in SIGN_OFFS if name in draft.sign_offs)
    proxy = "允许代签（要写明原因）" if draft.proxy else "不允许代签"
    return (
        f"新建批次“{draft.name}”：{draft.year}级，截止 {draft.deadline}。",
        f"签字表要有学生本人、{signers}的签字和院部印章；{proxy}。",
    )


def _offices_in_words(draft: OpenRound) -> tuple[str, ...]:
    names = {one.office.id: one.office.name for one in draft.plan.offices} if draft.plan else {}
    sizes = {c.name: f"{c.name}（{len(c.classes)} 个班，{c.students} 人）" for c in draft.colleges}
    given = [
        sizes[college] if names.get(office) == college else f"{sizes[college]}给{names[office]}"
        for college, office in draft.offices
        if office
    ]
    waiting = [sizes[college] for college, office in draft.offices if not office]
    said = []
    if given:
        said.append(f"班级分配给 {len(given)} 个院部：{'、'.join(given)}。")
    if waiting:
        said.append(f"暂不分配：{'、'.join(waiting)}。")
    return tuple(said)


def _round(draft: OpenRound) -> dict[str, str]:
    found = {}
    if not (len(draft.year) == _YEAR_DIGITS and draft.year.isascii() and draft.year.isdigit()):
        found["year"] = "年级是四位数字，例如 2026。"
    if not draft.name:
        found["name"] = "请填写批次名称。"
    elif draft.name in draft.known_names:
        found["name"] = f"已经有叫“{draft.name}”的批次，请换一个能区分的名称。"
    if not is_day(draft.deadline):
        found["deadline"] = "请按“年-月-日”填写，例如 2026-11-30。"
    elif draft.deadline < draft.today.isoformat():
        found["deadline"] = "这一天已经过去，请填写今天以后的日期。"
    return found


def is_day(text: str) -> bool:
    """Tell whether a text is a day ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _rules(draft: OpenRound) -> dict[str, str]:
    return {} if draft.sign_offs else {"": "至少要有一级签字，请勾选。"}


def _file(draft: OpenRound) -> dict[str, str]:
    if not draft.file:
        return {"file": "请选择名单文件，或者把它拖到这里。"}
    if not Path(draft.file).is_file():
        return {"file": "找不到这个文件。请看U盘是否插好，或者重新选择。"}
    return {}


def _content(draft: OpenRound) -> dict[str, str]:
    plan = draft.plan
    if plan and not plan.colleges and not plan.held:
        return {"": "这份文件里没有学生，请返回上一步，换一份文件。"}
    return {}
