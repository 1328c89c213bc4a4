"""Recording at the college what came back on paper (细则 三(三)1, design §6)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from uuid_utils import uuid7

from desktop.domain.authority import SIGN_OFF_TITLES, SIGN_OFFS
from desktop.domain.offices import OfficeKind
from desktop.domain.sheets import Mark, Sheet, sheet_number_valid
from desktop.domain.statements import Key
from desktop.domain.students import FIELD_TITLES
from desktop.errors import (
    CorrectionRefused,
    Incomplete,
    NotFound,
    NotOnSheet,
    ProxyNotAllowed,
    SheetVoid,
    ValueRefused,
)
from desktop.procedures.check_in.check_in_gate import require_not_come
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.identity_checks import (
    checked_newcomer,
    checked_number,
    checked_values,
    refuse_pair,
    refuse_taken,
    with_confirmed,
)
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.sheet_states import page_states
from desktop.procedures.typed_texts import typed_day, typed_name, typed_text
from desktop.store import registration
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import students_by_subject

_OF_ADDED = ("name", "sex", "exam_number", "student_number", "id_number")
_CORRECTABLE = frozenset(FIELD_TITLES) - {"exam_number", "remark"}


@dataclass(frozen=True, slots=True)
class StudentMark:
    """What a sheet says about one student.

    ``explanation`` is why it is unsigned, struck out or signed by proxy; ``proxy`` who signed.
    """

    student: str
    mark: Mark
    explanation: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class ProposedCorrection:
    """A value that is wrong, as written on a sheet or seen on a document."""

    student: str
    field: str
    new: str
    explanation: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class AddedStudent:
    """A student written by hand into a blank row at the end of a sheet, who signed there."""

    sheet: str
    name: str
    explanation: str
    sex: str = ""
    exam_number: str = ""
    student_number: str = ""
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """That a student gives the place up (41号令 第八条) or has it kept (第十条)."""

    student: str
    kind: str  # given_up or kept
    explanation: str
    document: str
    until: str = ""  # YYYY-MM-DD, where kept


def record_marks(
    session: Session, round_id: str, number: str, marks: Sequence[StudentMark]
) -> None:
    """Record what a sheet says about its students.

    Raises:
        NotFound, NotOnSheet, SheetVoid: not this sheet, not this student, or it no longer counts.
        Incomplete: unsigned, struck out or by proxy without a reason; proxy without a name.
        ProxyNotAllowed: the round allows no proxy.
        TextRefused: a name or a reason has characters that nobody can read.
        NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(OfficeKind.COLLEGE)
    marks = [_typed_mark(mark) for mark in marks]
    with session.unit_of_work() as unit:
        round_ = require_open(unit, round_id)
        sheet = _sheet(unit, round_id, number)
        states = page_states(unit, [sheet])
        for mark in marks:
            page = sheet.page_of(mark.student)
            if page is None:
                raise NotOnSheet(
                    f"签字表 {number} 上没有这名学生。", "请核对签字表编号，或者用“增补”登记。"
                )
            if void := states[number, page].void:
                raise SheetVoid(
                    f"签字表 {number} 第{page}页已作废：{void}。", "请重新打印这一页并重新签字。"
                )
            _check_mark(mark, proxy_allowed=round_.proxy_allowed)
        unit.journal.state_all(
            Draft(
                Key(mark.student, "signature", round_id),
                {
                    "mark": str(mark.mark),
                    "sheet": number,
                    "proxy": mark.proxy or None,
                    "explanation": mark.explanation or None,
                },
            )
            for mark in marks
        )
        unit.commit()


def record_sign_off(
    session: Session, round_id: str, number: str, who: str, name: str, date: str
) -> None:
    """Record a sign-off of a sheet, or with ``who`` "seal" the seal; each with name and date.

    Raises:
        Incomplete: name or date is missing.
        TextRefused, ValueRefused: the name can not be read, or the date is none.
        NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(OfficeKind.COLLEGE)
    if who not in (*SIGN_OFFS, "seal"):
        raise ValueError(f"no such sign-off: {who}")
    title = SIGN_OFF_TITLES.get(who, "院部印章")
    name = typed_name(f"{title}的姓名", name)
    date = typed_day(f"{title}的日期", date)
    if not (name and date):
        raise Incomplete(f"{title}要登记姓名和日期。", "请补全后再保存。")
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        _sheet(unit, round_id, number)
        unit.journal.state(
            Key(f"sheet:{number}", "sign_off", round_id), {who: name, f"{who}_date": date}
        )
        unit.commit()


def set_class_teacher(session: Session, class_id: str, name: str) -> None:
    """Say who the class teacher of a class is; it is printed on the sheets.

    Raises:
        TextRefused: the name has characters that nobody can read.
        NotAllowed: the class is another college's.
    """
    session.require(OfficeKind.COLLEGE)
    name = typed_name("班主任姓名", name)
    with session.unit_of_work() as unit:
        unit.journal.state(Key(class_id, "class_staff", ""), {"class_teacher": name})
        unit.commit()


def record_addition(
    session: Session, round_id: str, added: AddedStudent, *, confirmed: Collection[str] = ()
) -> str:
    """Record a student who was added by hand; the registrar decides. Returns its subject.

    ``confirmed`` are the codes of the questions about the student that a person has answered.

    Raises:
        Incomplete: the name, a number or the reason is missing.
        TextRefused, ValueRefused: the name can not be read, or a number can not be right.
        Unconfirmed: they do not fit together, and nobody has confirmed it.
        NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(OfficeKind.COLLEGE)
    added = _typed_addition(added)
    any_number = added.exam_number or added.student_number or added.id_number
    if not (added.name and added.explanation and any_number):
        raise Incomplete(
            "增补的学生要登记姓名、一个号码（考生号、学号或身份证号）和原因。", "请补全后再保存。"
        )
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        sheet = _sheet(unit, round_id, added.sheet)
        said, answers = checked_newcomer({f: getattr(added, f) for f in _OF_ADDED}, confirmed)
        subject = f"addition:{uuid7()}"
        values: dict[str, str | None] = {
            "class_id": sheet.class_id,
            "sheet": added.sheet,
            "explanation": added.explanation,
            **said,
        }
        why = with_confirmed("", answers)
        unit.journal.state(Key(subject, "addition", round_id), values, reason=why)
        unit.commit()
    return subject


def propose_correction(
    session: Session,
    round_id: str,
    proposed: ProposedCorrection,
    evidence: Sequence[Evidence],
    *,
    confirmed: Collection[str] = (),
) -> str:
    """Propose a correction with its evidence; the registrar decides. Returns its subject.

    Args:
        session: of a college.
        round_id: an open round.
        proposed: what shall stand instead of what.
        evidence: what proves it.
        confirmed: codes of the questions about the new value that a person has answered.

    Raises:
        CorrectionRefused: nothing would change; the field can not be corrected; the number is
            another student's; or name and ID number would both be corrected in one round.
        TextRefused, ValueRefused: the new value can not be right.
        Unconfirmed: it may be wrong, and nobody has confirmed it.
        Incomplete: reason or evidence is missing.
        NotFound, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(OfficeKind.COLLEGE)
    explanation = typed_text("原因", proposed.explanation)
    if not (explanation and evidence):
        raise Incomplete("更正要写明原因，并附上证明材料。", "请补全后再保存。")
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        if proposed.sheet:
            _sheet(unit, round_id, proposed.sheet)
        old, new, answers = _checked_change(unit, proposed, confirmed)
        refuse_pair(unit, round_id, proposed.student, proposed.field)
        subject = f"correction:{uuid7()}"
        unit.journal.state(
            Key(subject, "correction", round_id),
            {
                "student": proposed.student,
                "field": proposed.field,
                "old": old,
                "new": new,
                "sheet": proposed.sheet or None,
                "explanation": explanation,
            },
            reason=with_confirmed("", answers),
            evidence=keep_evidence(session, unit, evidence),
        )
        unit.commit()
    return subject


def report_place(
    session: Session, round_id: str, report: PlaceReport, evidence: Sequence[Evidence] = ()
) -> None:
    """Report that a student gives the place up or has it kept, with the paper it rests on.

    Raises:
        Incomplete: reason or document is missing, or the date until which it is kept.
        TextRefused, ValueRefused: a text can not be read; the date is none, or not to come.
        VerdictStands, ArrivalContradicts, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    session.require(OfficeKind.COLLEGE)
    if report.kind not in ("given_up", "kept"):
        raise ValueError(f"no such report: {report.kind}")
    report = _typed_report(report, session.today().isoformat())
    if not (report.explanation and report.document):
        raise Incomplete("放弃或保留入学资格要写明原因和证明材料名称。", "请补全后再保存。")
    if report.kind == "kept" and not report.until:
        raise Incomplete("保留入学资格要登记保留到哪一天。", "请填写期限后再保存。")
    with session.unit_of_work() as unit:
        require_not_come(unit, require_open(unit, round_id), report.student)
        unit.journal.state(
            Key(report.student, "place_report", round_id),
            {
                "kind": report.kind,
                "explanation": report.explanation,
                "document": report.document,
                "until": report.until or None,
            },
            evidence=keep_evidence(session, unit, evidence),
        )
        unit.commit()


def _sheet(unit: UnitOfWork, round_id: str, number: str) -> Sheet:
    """Return a sheet of the round by the number printed on it."""
    if not sheet_number_valid(number):
        raise NotFound(
            f"“{number}”不是有效的签字表编号，可能抄错了一位。",
            "请对照纸上二维码下面的编号重新输入。",
        )
    found = registration.sheets_of_round(unit.connection, round_id).get(number)
    if found is None:
        raise NotFound(f"没有编号为 {number} 的签字表。", "请核对编号，或核对批次是否选对。")
    return found


def _typed_addition(added: AddedStudent) -> AddedStudent:
    """Return an added student whose texts and numbers are set right."""
    return replace(
        added,
        name=typed_name("增补学生的姓名", added.name),
        explanation=typed_text("原因", added.explanation),
        sex=checked_number("sex", added.sex),
        exam_number=checked_number("exam_number", added.exam_number),
        student_number=checked_number("student_number", added.student_number),
        id_number=checked_number("id_number", added.id_number),
    )


def _typed_report(report: PlaceReport, today: str) -> PlaceReport:
    """Return a report whose texts are set right."""
    until = typed_day("保留期限", report.until)
    if until and until <= today:
        raise ValueRefused(
            f"保留期限“{until}”不在今天（{today}）以后。", "请核对申请表上的期限后再保存。"
        )
    return replace(
        report,
        explanation=typed_text("原因", report.explanation),
        document=typed_text("证明材料名称", report.document),
        until=until,
    )


def _typed_mark(mark: StudentMark) -> StudentMark:
    """Return a mark whose texts are set right."""
    return replace(
        mark,
        explanation=typed_text("原因", mark.explanation),
        proxy=typed_name("代签人姓名", mark.proxy),
    )


def _check_mark(mark: StudentMark, *, proxy_allowed: bool) -> None:
    """Raise when a mark lacks what it needs."""
    if mark.mark is Mark.BY_PROXY and not proxy_allowed:
        raise ProxyNotAllowed("本批次不允许代签。", "请本人补签；确有困难的，请联系教务处学籍科。")
    if mark.mark is Mark.BY_PROXY and not mark.proxy:
        raise Incomplete("代签要登记代签人的姓名。", "请补全后再保存。")
    if mark.mark is not Mark.SIGNED and not mark.explanation:
        raise Incomplete("未签、代签和划去都要写明原因。", "请补全后再保存。")


def _checked_change(
    unit: UnitOfWork, proposed: ProposedCorrection, confirmed: Collection[str]
) -> tuple[str, str, str]:
    """Return the value that stands now, the new one set right, and what was confirmed of it."""
    if proposed.field not in _CORRECTABLE:
        title = FIELD_TITLES.get(proposed.field, proposed.field)
        raise CorrectionRefused(f"{title}不能由院部提出更正。", "请联系教务处学籍科。")
    student = students_by_subject(unit.connection, [proposed.student]).get(proposed.student)
    if student is None:
        raise NotFound("没有这名学生。", "请在名单中选择。")
    old: str = getattr(student.identity, proposed.field)
    if proposed.new.strip():
        change = {proposed.field: proposed.new}
        values, answers = checked_values(student.identity, change, confirmed)
        if values[proposed.field] != old:
            refuse_taken(unit, proposed.student, values)
            return old, values[proposed.field], answers
    raise CorrectionRefused("更正后的内容与现在的相同，或者是空的。", "请核对后重新填写。")
