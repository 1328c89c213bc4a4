"""“The whole class, except …” as plain functions: what it would note, of whom, and in words."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from desktop.domain.checklists import Brought, ChecklistItem, DocumentState, read_document
from desktop.domain.entry_review import ArrivalState, Finding, ReviewFile, face_passes
from desktop.domain.review_fields import SIX_TITLES
from desktop.procedures.check_in.check_in_desk import CheckInClass, CheckInRow
from desktop.procedures.check_in.exceptions import About, Exceptions
from desktop.views.language import tr
from desktop.views.pages.check_in import draft as drafts
from desktop.views.pages.check_in.days import is_day
from desktop.views.pages.check_in.draft import CheckInDraft

_NAMED = 6  # students that a sentence names
_SEEN, _SAME, _DIFFERENT = str(Brought.SEEN), "same", "different"
_UNHEARD: Final = tr("还没有登记报到")
_FACE: Final = tr("人像比对没有通过（要逐个对照）")


@dataclass(frozen=True)
class Plan:
    """What exceptions would note of a class.

    Attributes:
        before: the draft as it is.
        told: what was filled in.
    """

    before: CheckInDraft
    told: Exceptions

    @cached_property
    def rows(self) -> tuple["Planned", ...]:
        """Every student of the class, in class order."""
        return tuple(_planned(self.before, self.told, row) for row in self.before.desk.rows)

    @cached_property
    def after(self) -> CheckInDraft:
        """The draft with what is noted, as one step; the same one where nothing is."""
        by_student = {one.row.student: one.says for one in self.rows}
        note = _NOTING[self.told.about]

        def noted(draft: CheckInDraft, row: CheckInRow) -> CheckInDraft:
            says = by_student[row.student]
            return note(draft, row.student, says) if says else draft

        return drafts.together(self.before, noted)

    @property
    def changes(self) -> bool:
        """Whether anything would be noted."""
        return self.after is not self.before

    @property
    def first_left(self) -> int:
        """The place of the first student who is left to be looked at alone, -1 for none."""
        left = [place for place, one in enumerate(self.rows) if one.left]
        return next(iter(left), -1)


@dataclass(frozen=True, slots=True)
class Planned:
    """What exceptions would note of one student.

    Attributes:
        row: the student.
        hindrance: in a few words why nothing can be noted, "" where it can.
        ticked: whether the student is an exception.
        lacking: in which of what is recorded.
        says: what is noted, per slot or thing.
        stays: whether something was recorded before that is otherwise and stays.
        left: whether the student is left to be looked at alone.
    """

    row: CheckInRow
    hindrance: str = ""
    ticked: bool = False
    lacking: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    stays: bool = False
    left: bool = False


def items_of(desk: CheckInClass, about: About) -> Mapping[str, str]:
    """Return what can be recorded, with its title."""
    if about is About.COMPARED:
        return SIX_TITLES
    return {item.slot: item.title for item in desk.items}


def begin(desk: CheckInClass, about: About) -> Exceptions:
    """Return what one begins with: everything that is required, and nobody is an exception."""
    wanted = [item.slot for item in desk.items if item.required_types]
    return Exceptions(about, tuple(SIX_TITLES if about is About.COMPARED else wanted))


def resumed(desk: CheckInClass, kept: Exceptions | None, about: About) -> Exceptions:
    """Return what was kept, of those who still are in the class; else what one begins with."""
    if kept is None:
        return begin(desk, about)
    known, items = {row.student for row in desk.rows}, items_of(desk, about)
    return replace(
        kept,
        chosen=tuple(one for one in items if one in kept.chosen),
        lacking={student: said for student, said in kept.lacking.items() if student in known},
        days={student: day for student, day in kept.days.items() if student in known},
    )


# --- filling in ----------------------------------------------------------------------------------


def with_item(told: Exceptions, item: str, order: Mapping[str, str], *, chosen: bool) -> Exceptions:
    """Return exceptions with something that is recorded, or is not."""
    wanted = {*told.chosen, item} if chosen else {*told.chosen} - {item}
    return replace(told, chosen=tuple(one for one in order if one in wanted))


def with_tick(told: Exceptions, student: str, *, ticked: bool) -> Exceptions:
    """Return exceptions with a student who is one, in everything, or is none."""
    others = {one: items for one, items in told.lacking.items() if one != student}
    days = {one: day for one, day in told.days.items() if one != student or ticked}
    return replace(told, lacking={**others, student: ()} if ticked else others, days=days)


def with_lack(told: Exceptions, student: str, number: int) -> Exceptions:
    """Return exceptions with one thing, by its number among those chosen, turned for a student.

    The first makes the student an exception in this alone; without the last the student is none.
    """
    if not 1 <= number <= len(told.chosen):
        return told
    item = told.chosen[number - 1]
    before = told.lacking.get(student, ())
    after = [one for one in told.chosen if (one in before) is not (one == item)]
    if not after:
        return with_tick(told, student, ticked=False)
    return replace(told, lacking={**told.lacking, student: tuple(after)})


def with_day(told: Exceptions, student: str, day: str) -> Exceptions:
    """Return exceptions with a student's own day; "" or everybody's day is none."""
    others = {one: said for one, said in told.days.items() if one != student}
    own = {student: day} if day and day != told.day else {}
    return replace(told, days={**others, **own})


def day_of(told: Exceptions, student: str) -> str:
    """Return by when a student is to bring what is missing."""
    return told.days.get(student, told.day)


# --- what it means -------------------------------------------------------------------------------


def problem(plan: Plan) -> str:
    """Return in a sentence what is wrong with what was filled in, "" for nothing."""
    told, today = plan.told, plan.before.today
    if not told.chosen:
        return tr("请至少选一项。")
    if why := _wrong_day(told.day, today):
        return why
    names = {row.student: row.identity.name for row in plan.before.desk.rows}
    wrong = ((names[one], _wrong_day(day, today)) for one, day in told.days.items())
    return next((tr("{name}：{why}", name=name, why=why) for name, why in wrong if why), "")


def _wrong_day(day: str, today: str) -> str:
    if day and not is_day(day):
        return tr("补交日期请写成 2026-09-20 这样。")
    if day and day < today:
        return tr("补交日期“{day}”已经过了，请改成今天或以后的日期。", day=day)
    return ""


def sentences(plan: Plan) -> tuple[str, ...]:
    """Say what would be noted, of how many, and by name of whom otherwise."""
    meant = [one for one in plan.rows if not one.hindrance]
    by_about = _said_of_documents if plan.told.about is About.DOCUMENTS else _said_of_compared
    parts = by_about(plan, [one for one in meant if not one.stays])
    if stay := sum(one.stays for one in meant):
        parts.append(tr("{count} 人先前逐个登记过的不改", count=stay))
    said = "，".join(parts)
    hindered = Counter(one.hindrance for one in plan.rows if one.hindrance)
    if hindered:
        why = "、".join(tr("{count} 人{why}", count=n, why=why) for why, n in hindered.items())
        said += tr("；{why}，不登记", why=why) if said else tr("{why}，不登记", why=why)
    named = _names(plan)
    return (f"{said}。", *((named,) if named else ()))


def _said_of_documents(plan: Plan, meant: list[Planned]) -> list[str]:
    missing = [one for one in meant if one.ticked]
    parts = [tr("{count} 人已交", count=len(meant) - len(missing))]
    if missing:
        undated = sum(not day_of(plan.told, one.row.student) for one in missing)
        said = tr("{count} 人缺", count=len(missing))
        if undated:
            said += tr("（{count} 人没有约定补交日期）", count=undated)
        parts.append(said)
    return parts


def _said_of_compared(_plan: Plan, meant: list[Planned]) -> list[str]:
    different = [one for one in meant if one.ticked and not one.left]
    left = [one for one in meant if one.left]
    parts = [tr("{count} 人一致", count=len(meant) - len(different) - len(left))]
    if different:
        parts.append(tr("{count} 人有不一致", count=len(different)))
    if left:
        parts.append(tr("{count} 人留下逐个对照", count=len(left)))
    return parts


def _names(plan: Plan) -> str:
    """Name who is an exception, and in what."""
    titles = items_of(plan.before.desk, plan.told.about)
    ticked = [one for one in plan.rows if one.ticked and not (one.hindrance or one.stays)]
    said = [
        tr("{name}（{what}）", name=one.row.identity.name, what=lack_words(plan, one, titles))
        for one in ticked[:_NAMED]
    ]
    more = tr("等 {count} 人", count=len(ticked)) if len(ticked) > _NAMED else ""
    return f"{'、'.join(said)}{more}。" if said else ""


def lack_words(plan: Plan, one: Planned, titles: Mapping[str, str]) -> str:
    """Say in what a student is an exception: "缺纸质档案", "留下逐个对照"."""
    if not one.ticked or one.hindrance:
        return ""
    if one.left:
        return tr("留下逐个对照")
    if one.stays and not one.says:
        return tr("先前登记过，不改")
    names = "、".join(titles[item] for item in one.lacking)
    if plan.told.about is About.COMPARED:
        return tr("{names}不一致", names=names)
    is_whole = len(one.lacking) > 1 and not plan.told.lacking[one.row.student]
    return tr("所选的都缺") if is_whole else tr("缺{names}", names=names)


def _planned(draft: CheckInDraft, told: Exceptions, row: CheckInRow) -> Planned:
    if why := hindrance(draft, row, told.about):
        return Planned(row, why)
    file, ticked = draft.files[row.student], row.student in told.lacking
    chosen = told.chosen
    if told.about is About.DOCUMENTS:
        items = {item.slot: item for item in draft.desk.items}
        chosen = tuple(one for one in chosen if _concerns(items[one], file))
        if not chosen:
            return Planned(row, tr("不用交所选的材料"))
    named = told.lacking.get(row.student, ())
    lacking = tuple(one for one in chosen if not named or one in named) if ticked else ()
    if told.about is About.COMPARED and ticked and not named:
        return Planned(row, ticked=True, left=True)
    wanted = _wanted(told, row.student, chosen, lacking)
    before = file.documents if told.about is About.DOCUMENTS else file.compared
    open_ = {one: text for one, text in wanted.items() if _may_say(before.get(one, ""), text, told)}
    stays = any(
        (before.get(one) or text) != text and one not in open_ for one, text in wanted.items()
    )
    if _would_undo(file, open_) and not told.anew:
        return Planned(row, ticked=ticked, lacking=lacking, stays=True)
    return Planned(row, ticked=ticked, lacking=lacking, says=open_, stays=stays)


def _wanted(
    told: Exceptions, student: str, chosen: tuple[str, ...], lacking: tuple[str, ...]
) -> dict[str, str]:
    """Return what a student's things are, were nothing recorded yet."""
    if told.about is About.COMPARED:
        return {one: _DIFFERENT if one in lacking else _SAME for one in chosen}
    day = day_of(told, student)
    missing = DocumentState(Brought.MISSING, day if is_day(day) else "").to_text()
    return {one: missing if one in lacking else _SEEN for one in chosen}


def _may_say(before: str, text: str, told: Exceptions) -> bool:
    """Tell whether something may be said in the place of what was recorded before.

    A day for what is missing without one sets nothing aside.
    """
    if told.anew or not before:
        return before != text
    missing = read_document(text) if told.about is About.DOCUMENTS else None
    return before == Brought.MISSING and missing is not None and bool(missing.due)


def _would_undo(file: ReviewFile, says: Mapping[str, str]) -> bool:
    """Tell whether something different would speak against what a person has found."""
    return file.finding is Finding.NORMAL and _DIFFERENT in says.values()


def _concerns(item: ChecklistItem, file: ReviewFile) -> bool:
    """Tell whether a document is asked of a student, or is one that is asked of nobody."""
    return item.required_of(file.admission_type) or not item.required_types


def hindrance(draft: CheckInDraft, row: CheckInRow, about: About) -> str:
    """Return in a few words why nothing can be recorded of a student, "" where it can."""
    file = draft.files[row.student]
    if file.arrival is not ArrivalState.ARRIVED:
        return _not_here(file)
    if about is About.DOCUMENTS:
        return tr("已经由招生工作处认定") if drafts.why_no_documents(draft, row) else ""
    if drafts.why_no_finding(draft, row, None):
        return tr("已经由招生工作处认定")
    return "" if face_passes(file, draft.desk.rules) else _FACE


def _not_here(file: ReviewFile) -> str:
    match file.arrival:
        case ArrivalState.LEAVE:
            return tr("请假")
        case ArrivalState.ABSENT:
            return tr("未报到")
        case _:
            return tr("已保留或放弃入学资格") if file.place else _UNHEARD


# --- noting --------------------------------------------------------------------------------------


def _note_compared(draft: CheckInDraft, student: str, says: Mapping[str, str]) -> CheckInDraft:
    """Note how things compare; who was found normal is looked at again where one is different."""
    note = drafts.note_of(draft, student)
    again = note.finding is Finding.NORMAL and _DIFFERENT in says.values()
    finding = None if again else note.finding
    return drafts.set_verdict(
        draft, replace(note, compared={**note.compared, **says}, finding=finding)
    )


_NOTING: Final[Mapping[About, Callable[[CheckInDraft, str, Mapping[str, str]], CheckInDraft]]] = {
    About.DOCUMENTS: drafts.set_items,
    About.COMPARED: _note_compared,
}
