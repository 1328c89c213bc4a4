"""What the student's page says, as plain functions over records."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.histories import HistoryEntry
from desktop.domain.student_registration import HELD_BACK_TITLE
from desktop.domain.students import FIELD_TITLES
from desktop.procedures.imports.list_facts import ListFact
from desktop.procedures.overview.histories import Standing, StudentPage
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Column
from desktop.views.widgets.masked_number import grouped, masked

ALL, UNCOUNTED, _REST = "all", "uncounted", "rest"
_ID_TITLE = FIELD_TITLES["id_number"]
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_TAKEN_BACK = tr("（收回）")


@dataclass(frozen=True, slots=True)
class Group:
    """A filter of the timeline: its id, its title, the aspects that it shows."""

    id: str
    title: str
    aspects: frozenset[str]


GROUPS: Final = (
    Group("identity", tr("学籍信息"), frozenset({"identity", "placement", "roster"})),
    Group("photo", tr("照片"), frozenset({"photo"})),
    Group("review", tr("审查复查"), frozenset({"entry_review", "review_waiting", "recheck"})),
    Group("signature", tr("签字"), frozenset({"sheet", "signature", "sign_off", "addition"})),
    Group(
        "decision",
        tr("更正和处理"),
        frozenset({"correction", "correction_decision", "addition_decision"}),
    ),
    Group("outcome", tr("去留和结论"), frozenset({"place_report", "registration"})),
    Group(
        "lists",
        tr("缴费和审核"),
        frozenset({"fee", "credit_audit", "face_check", "chsi_state"}),
    ),
)
FILTERS: Final = (
    (ALL, tr("全部")),
    *((group.id, group.title) for group in GROUPS),
    (_REST, tr("其他")),
    (UNCOUNTED, tr("不计入")),
)


def group_of(entry: HistoryEntry) -> str:
    """Return under which filter a statement stands, besides all and those that do not count."""
    return next((group.id for group in GROUPS if entry.aspect in group.aspects), _REST)


def wanted(filter_id: str) -> Callable[[HistoryEntry], bool]:
    """Return the condition of a filter."""
    if filter_id == ALL:
        return lambda _entry: True
    if filter_id == UNCOUNTED:
        return lambda entry: bool(entry.uncounted)
    return lambda entry: group_of(entry) == filter_id


def counts(history: Sequence[HistoryEntry]) -> dict[str, int]:
    """Return how many statements each filter shows."""
    return {id_: sum(map(wanted(id_), history)) for id_, _title in FILTERS}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a statement set; ``before`` is "" unless something else stood there."""

    title: str
    text: str
    before: str = ""

    @property
    def plain(self) -> str:
        """The line as text."""
        if not self.before:
            return f"{self.title}：{self.text}"
        return tr(
            "{title}：由“{before}”改为“{text}”",
            title=self.title,
            before=self.before,
            text=self.text,
        )


def lines_of(entry: HistoryEntry, *, revealed: bool) -> tuple[Line, ...]:
    """Return what a statement set; ID numbers show their ends only until asked."""
    about_id = any(text == _ID_TITLE for _title, text in entry.told)

    def shown(title: str, text: str) -> str:
        if revealed or text in ("", _TAKEN_BACK, _ID_TITLE):
            return text
        if title == _ID_TITLE or (about_id and title in ("原来的内容", "更正后的内容")):
            return masked(text)
        return hidden(text)

    return tuple(
        Line(title, shown(title, text), shown(title, entry.before.get(title, "")))
        for title, text in entry.told
    )


def hidden(text: str) -> str:
    """Return a text in which residents' numbers show their ends only."""
    return _ID_NUMBER.sub(lambda found: masked(found.group()), text)


def who(entry: HistoryEntry) -> str:
    """Return who said it, and where."""
    return tr(
        "{office} · 席位 {seat} · {operator}",
        office=entry.office,
        seat=entry.seat,
        operator=entry.operator,
    )


def entry_text(entry: HistoryEntry, *, revealed: bool) -> str:
    """Return a statement as text to be copied."""
    parts = [f"{entry.at}　{entry.title}", who(entry)]
    parts += [line.plain for line in lines_of(entry, revealed=revealed)]
    if entry.reason:
        parts.append(tr("原因：{reason}", reason=entry.reason))
    parts += [tr("材料：{name}", name=paper.name) for paper in entry.evidence]
    parts += filter(
        None,
        (entry.source, entry.uncounted and tr("不计入：{uncounted}", uncounted=entry.uncounted)),
    )
    return "\n".join(parts)


COLUMNS: Final[tuple[Column[HistoryEntry], ...]] = (
    Column(tr("时间"), lambda e: e.at),
    Column(tr("事项"), lambda e: e.title),
    Column(tr("内容"), lambda e: "；".join(line.plain for line in lines_of(e, revealed=True))),
    Column(tr("原因"), lambda e: e.reason),
    Column(tr("部门"), lambda e: e.office),
    Column(tr("席位"), lambda e: e.seat),
    Column(tr("经办人"), lambda e: e.operator),
    Column(tr("批次"), lambda e: e.round),
    Column(tr("来源"), lambda e: e.source),
    Column(tr("材料"), lambda e: "、".join(paper.name for paper in e.evidence)),
    Column(tr("不计入的原因"), lambda e: e.uncounted),
)


def identity_rows(page: StudentPage) -> tuple[tuple[str, str], ...]:
    """Return what is known of a student, title and text, but the ID number and what is empty.

    The birthday is not repeated: it stands in the ID number, and would show what is masked there.
    """
    one, group = page.student.identity, page.group
    rows = (
        (tr("姓名"), one.name),
        (tr("性别"), one.sex),
        (tr("学号"), one.student_number),
        (tr("考生号"), one.exam_number),
        (tr("院部"), group.college_name if group else ""),
        (tr("班级"), group.name if group else ""),
        (tr("班主任"), group.class_teacher if group else ""),
        (tr("专业"), one.major_name),
        (tr("层次"), one.level),
        (
            tr("学制"),
            tr("{schooling_length} 年", schooling_length=one.schooling_length)
            if one.schooling_length
            else "",
        ),
        (tr("学习形式"), one.study_form),
        (tr("民族"), one.ethnicity),
        (tr("政治面貌"), one.political_status),
        (tr("入学日期"), _day(one.entry_date)),
        (tr("预计毕业日期"), _day(one.expected_graduation_date)),
        (tr("录取类型"), one.admission_type),
        (tr("毕业中学"), one.secondary_school),
        (tr("联系电话"), one.phone),
        (tr("备注"), one.remark),
    )
    return tuple((title, text) for title, text in rows if text)


def identity_text(page: StudentPage) -> str:
    """Return the identity as text to be copied, the ID number whole."""
    rows = dict(identity_rows(page))
    rows[_ID_TITLE] = grouped(page.student.identity.id_number).replace(" ", "")
    return "\n".join(f"{title}\t{text}" for title, text in rows.items())


def standing_state(standing: Standing) -> State:
    """Return how far a student is in a round."""
    if standing.outcome:
        return State.DONE
    return State.IN_HAND if standing.judged.verdict.outcome else State.ATTENTION


def standing_title(standing: Standing) -> str:
    """Return how a student stands in a round, in a few words."""
    if standing.outcome:
        return standing.outcome
    return tr("可以办理") if standing.judged.verdict.outcome else HELD_BACK_TITLE


def source_words(fact: ListFact) -> str:
    """Say who said the last word of what a list says, and in which file."""
    if fact.source is None:
        return ""
    who, at = fact.source.operator, fact.source.at[:16].replace("T", " ")
    if not fact.source.file_name:
        return tr("{who} {at} 登记", who=who, at=at)
    return tr("{who} {at} 读入“{file}”", who=who, at=at, file=fact.source.file_name)


def state_sentence(page: StudentPage) -> str:
    """Return the sentence of state at the head of the page."""
    where = f"{page.group.college_name} {page.group.name}" if page.group else tr("还没有分班")
    said = tr("共 {count:,} 条记载", count=len(page.history))
    uncounted = sum(bool(entry.uncounted) for entry in page.history)
    rest = tr("，其中 {uncounted:,} 条不计入", uncounted=uncounted) if uncounted else ""
    number = page.student.identity.student_number
    numbered = tr("学号 {number}，", number=number) if number else ""
    return tr(
        "{numbered}{where}。{stands}{said}{rest}。",
        numbered=numbered,
        where=where,
        stands=_stands(page),
        said=said,
        rest=rest,
    )


def _stands(page: StudentPage) -> str:
    """Say how a student stands in every round, as far as this office is told of it."""
    if not page.judged:
        return ""
    stands = "；".join(f"{s.round.name}：{standing_title(s)}" for s in page.standings)
    return f"{stands}。" if stands else tr("不在任何批次的名单上。")


def _day(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if re.fullmatch(r"\d{8}", text) else text
