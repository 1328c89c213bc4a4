"""The register of procedure three and the lists that go with it (细则 三(三)2)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby

from desktop.domain.import_problems import RosterRow
from desktop.domain.offices import OfficeKind
from desktop.domain.papers import (
    AnnotatedList,
    AnnotatedRow,
    Register,
    RegisterClass,
    RegisterRow,
    StatisticRow,
)
from desktop.domain.rounds import ClassGroup
from desktop.domain.statements import canonical_json
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.interchange.lists import ListColumn, ListSheet, write_lists
from desktop.printing.fonts import missing_characters
from desktop.procedures.imports.held_rows import rows_left_open
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.registration.outcomes import OutcomeChange, told_otherwise
from desktop.procedures.registration.student_registration import Judged, judged_students
from desktop.procedures.registration.undisputed import require_undisputed
from desktop.procedures.session import Session
from desktop.store import school
from desktop.store.store import UnitOfWork

_APPROVALS = ("教务处负责人", "分管校长")
_NO_MAJOR = "专业未定"
_UNPRINTABLE = "〓"
_EXPLANATIONS = {
    Outcome.PLACE_KEPT: "以下学生经批准保留入学资格，保留期间没有学籍（41号令 第十条）。",
    Outcome.PLACE_GIVEN_UP: "以下学生放弃入学资格（41号令 第八条）。",
    Outcome.PLACE_CANCELLED: "以下学生经审查或复查不合格，取消入学资格（细则 三(三)2）。",
}
_HELD_BACK = "以下学生尚有手续未办齐，暂未注册，办齐后补充注册；原因附后。"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A student with class, as the register sees them."""

    judged: Judged
    group: ClassGroup
    change: OutcomeChange | None = None  # where an earlier register says otherwise

    @property
    def outcome(self) -> Outcome | None:
        """What was issued, None while held back."""
        return self.judged.issued.outcome if self.judged.issued else None

    @property
    def remark(self) -> str:
        """What earlier registers said instead, "" where none said otherwise."""
        change = self.change
        if change is None:
            return ""
        verb = "更改" if change.after else "收回"
        paper = f"，依据{change.document}" if change.document else ""
        return printable(f"原登记为{change.before_title}，{change.day}{verb}{paper}")


def register_of(session: Session, round_id: str) -> Register:
    """Return the register of a round as it stands now: who is registered, who is not and why.

    Raises:
        NotAllowed: only the registrar makes the register.
        NotFound: no such round.
        Incomplete: offices contradict one another about somebody who has an outcome.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        return _register(session, unit, round_id)


def register_workbook(register: Register) -> bytes:
    """Return the register's lists as a workbook; every number is a text cell."""
    student_columns = [
        ListColumn(title, width)
        for title, width in (
            ("院部", 16), ("专业", 22), ("班级", 18), ("学号", 15), ("姓名", 14), ("性别", 6),
            ("出生日期", 11), ("身份证号", 21), ("考生号", 17), ("民族", 10), ("学制", 6),
            ("备注", 16),
        )
    ]  # fmt: skip
    rows = [
        (
            group.college, group.major, group.class_name, row.student_number, row.name, row.sex,
            row.birth_date, row.id_number, row.exam_number, row.ethnicity,
            row.schooling_length, row.remark,
        )
        for group in register.classes
        for row in group.rows
    ]  # fmt: skip
    sheets = [ListSheet("注册学籍名单", student_columns, rows)]
    sheets += [_annotated_sheet(annotated) for annotated in register.annotated]
    sheets.append(_statistics_sheet(register))
    return write_lists(sheets)


def _register(session: Session, unit: UnitOfWork, round_id: str) -> Register:
    round_ = school.round_by_id(unit.connection, round_id)
    judged = judged_students(unit, round_id)
    require_undisputed(unit, round_id, judged)
    groups = {group.id: _titled(group) for group in school.classes(unit.connection)}
    order = _college_order(groups.values())
    changes = told_otherwise(session, unit, round_id)
    entries = []
    for one in judged:
        group = groups.get(one.student.class_id)
        if group is None:  # held back: who has an outcome has a class, or there is no register
            group = NO_CLASS
        entries.append(_Entry(one, group, changes.get(one.student.subject)))
    entries.sort(key=lambda entry: _in_book_order(entry, order))
    now = session.store.now()
    classes = _classes(entries)
    annotated = _annotated(entries)
    if left := rows_left_open(unit, round_id):
        annotated = (*annotated, _left_open(left))
    statistics = _statistics(entries)
    total = _count("全校", "", entries)
    content = [repr(part) for part in (*classes, *annotated, *statistics, total)]
    return Register(
        school=session.school_name(unit),
        title=f"{round_.name}名册",
        year=f"{round_.entry_year}年",
        office_name=session.home.seat.office.name,
        volume="第一册",
        date=now.date().isoformat(),
        digest=sha256(canonical_json(content).encode()).hexdigest()[:12],
        classes=classes,
        statistics=statistics,
        total=total,
        annotated=annotated,
        approvals=_APPROVALS,
        printed_at=now.strftime("%Y-%m-%d %H:%M"),
        training=session.home.training,
    )


def _titled(group: ClassGroup) -> ClassGroup:
    """Return a class as the book names it: nothing empty, nothing that can not be printed.

    Only those held back can be in a class whose name is undecided.
    """
    return replace(
        group,
        name=printable(group.name) or "班级名称待定",
        college_name=printable(group.college_name) or NO_CLASS.college_name,
        major_name=printable(group.major_name),
        class_teacher=printable(group.class_teacher),
    )


def _college_order(groups: Collection[ClassGroup]) -> dict[str, tuple[bool, str]]:
    """Return where each college stands in the book: by its office, those without one last."""
    order: dict[str, tuple[bool, str]] = {}
    for group in groups:
        place = (not group.office, group.office)
        order[group.college_name] = min(place, order.get(group.college_name, place))
    return order


def _in_book_order(entry: _Entry, order: Mapping[str, tuple[bool, str]]) -> tuple[object, ...]:
    """Sort by college, then by major and class, so that what is one stands together."""
    group = entry.group
    student = entry.judged.student
    return (
        group.college_name == NO_CLASS.college_name,
        order.get(group.college_name, (True, "")),
        group.college_name,
        group.major_code,
        group.major_name,
        group.name,
        group.id,
        student.identity.student_number,
        student.subject,
    )


def _classes(entries: Sequence[_Entry]) -> tuple[RegisterClass, ...]:
    """Return the registered students by class, in the book's order."""
    registered = [entry for entry in entries if entry.outcome is Outcome.REGISTERED]
    classes = []
    for _, together in groupby(registered, key=lambda entry: entry.group.id):
        members = list(together)
        group = members[0].group
        classes.append(
            RegisterClass(
                college=group.college_name,
                major_code=group.major_code,
                major=group.major_name,
                class_name=group.name,
                class_teacher=group.class_teacher,
                rows=tuple(_register_row(entry) for entry in members),
            )
        )
    return tuple(classes)


def _register_row(entry: _Entry) -> RegisterRow:
    identity = entry.judged.student.identity
    return RegisterRow(
        student_number=identity.student_number,
        name=identity.name,
        sex=identity.sex,
        birth_date=identity.birth_date,
        id_number=identity.id_number,
        exam_number=identity.exam_number,
        ethnicity=identity.ethnicity,
        schooling_length=identity.schooling_length,
        remark=entry.remark,
    )


def _annotated(entries: Sequence[_Entry]) -> tuple[AnnotatedList, ...]:
    """Return the annotated lists, those held back last."""
    lists = [
        AnnotatedList(
            f"{OUTCOME_TITLES[outcome]}名单",
            explanation,
            tuple(_annotated_row(entry) for entry in entries if entry.outcome is outcome),
            has_until=outcome is Outcome.PLACE_KEPT,
        )
        for outcome, explanation in _EXPLANATIONS.items()
    ]
    held_back = tuple(_annotated_row(entry) for entry in entries if entry.outcome is None)
    lists.append(AnnotatedList(f"{HELD_BACK_TITLE}名单", _HELD_BACK, held_back, has_document=False))
    return tuple(lists)


def _annotated_row(entry: _Entry) -> AnnotatedRow:
    identity = entry.judged.student.identity
    issued = entry.judged.issued
    if issued:
        reason = issued.explanation
    else:
        reason = "；".join(r.sentence.rstrip("。") for r in entry.judged.verdict.reasons)
        if entry.judged.verdict.outcome is not None:
            reason = "手续已办齐，等待办理注册"
    if entry.change:
        reason = f"{reason.rstrip('。')}；{entry.remark}"
    return AnnotatedRow(
        college=entry.group.college_name,
        class_name=entry.group.name,
        student_number=identity.student_number,
        exam_number=identity.exam_number,
        name=identity.name,
        sex=identity.sex,
        reason=printable(reason),
        document=printable(issued.document) if issued else "",
        until=issued.until if issued else "",
    )


def _left_open(rows: Sequence[RosterRow]) -> AnnotatedList:
    """Return the list of those whom admissions has named but whose row was never let in.

    Nobody has mended these rows yet, so nothing in them stops the book.
    """
    return AnnotatedList(
        "名单存疑未收入名单",
        "以下各行在录取名单中有错误或疑问，至今没有核实，不在统计之内；核实后补充注册。",
        tuple(
            AnnotatedRow(
                college=printable(row.college),
                class_name=printable(row.class_name),
                student_number=printable(row.identity.student_number),
                exam_number=printable(row.identity.exam_number),
                name=printable(row.identity.name) or "（空）",
                sex=printable(row.identity.sex),
                reason=printable(f"录取名单“{row.sheet}”第{row.row}行有错误或疑问，尚未核实"),
            )
            for row in rows
        ),
        has_document=False,
    )


def printable(text: str) -> str:
    """Return a free text with 〓 for what no font can print, and a space for a line's end.

    Names and numbers of students who are in are never replaced: they stop the book instead.
    """
    for character in missing_characters(text):
        text = text.replace(character, " " if character.isspace() else _UNPRINTABLE)
    return text


def _statistics(entries: Sequence[_Entry]) -> tuple[StatisticRow, ...]:
    """Return the statistics: each college's subtotal, then its students' own majors."""
    rows = []
    for college, of_college in groupby(entries, key=lambda entry: entry.group.college_name):
        members = list(of_college)
        rows.append(_count(college, "", members))
        by_major: dict[tuple[str, str], list[_Entry]] = {}
        for entry in members:
            identity = entry.judged.student.identity
            major = (identity.major_code, identity.major_name)
            by_major.setdefault(major, []).append(entry)
        names = Counter(name for _, name in by_major)
        for code, name in sorted(by_major):
            title = printable(name) or _NO_MAJOR
            if names[name] > 1:  # one name with two codes: the code tells them apart
                title = f"{title}（{printable(code) or '无代码'}）"
            rows.append(_count(college, title, by_major[code, name]))
    return tuple(rows)


def _count(college: str, major: str, entries: Sequence[_Entry]) -> StatisticRow:
    outcomes = Counter(entry.outcome for entry in entries)
    sexes = Counter(entry.judged.student.identity.sex for entry in entries)
    return StatisticRow(
        college=college,
        major=major,
        male=sexes["男"],
        female=sexes["女"],
        registered=outcomes[Outcome.REGISTERED],
        place_kept=outcomes[Outcome.PLACE_KEPT],
        place_given_up=outcomes[Outcome.PLACE_GIVEN_UP],
        place_cancelled=outcomes[Outcome.PLACE_CANCELLED],
        held_back=outcomes[None],
    )


def _annotated_sheet(annotated: AnnotatedList) -> ListSheet:
    columns = [
        ListColumn(title, width)
        for title, width in (
            ("院部", 16), ("班级", 18), ("学号", 15), ("考生号", 17), ("姓名", 14), ("性别", 6),
            ("原因", 60), ("证明材料", 24), ("保留至", 12),
        )
    ]  # fmt: skip
    rows = [
        (r.college, r.class_name, r.student_number, r.exam_number, r.name, r.sex, r.reason,
         r.document, r.until)
        for r in annotated.rows
    ]  # fmt: skip
    return ListSheet(annotated.title, columns, rows)


def _statistics_sheet(register: Register) -> ListSheet:
    titles = ("院部", "专业", "男", "女", "注册学籍", "保留入学资格", "放弃入学资格",
              "取消入学资格", "暂未注册", "合计")  # fmt: skip
    rows = [
        (
            s.college, s.major or "小计", str(s.male), str(s.female), str(s.registered),
            str(s.place_kept), str(s.place_given_up), str(s.place_cancelled),
            str(s.held_back), str(s.total),
        )
        for s in (*register.statistics, register.total)
    ]  # fmt: skip
    return ListSheet("统计", [ListColumn(title, 14) for title in titles], rows)
