"""What happens at the colleges: printing, signing, recording, and all that goes wrong."""

from dataclasses import dataclass, field

from desktop.domain.import_problems import RosterRow
from desktop.domain.sheets import Mark, Sheet
from desktop.procedures.demo.cast import teacher
from desktop.procedures.demo.stage import Stage
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import admit_rows
from desktop.procedures.registration.papers import save_document
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import (
    AddedStudent,
    PlaceReport,
    ProposedCorrection,
    StudentMark,
    propose_correction,
    record_addition,
    record_marks,
    record_sign_off,
    report_place,
    set_class_teacher,
)
from desktop.procedures.signing.retracting import retract_addition
from desktop.procedures.signing.sheets import make_sheets
from desktop.store import school
from desktop.store.students import Student, listed_students

_SCAN = b"%PDF-1.4 (a scan that stands for a household register)\n"
_SIGNED_ON = "2026-09-20"


@dataclass
class College:
    """One college's play: its session, its classes and what is still to happen there."""

    session: Session
    office: str
    classes: list[str] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)  # by class
    students: dict[str, list[Student]] = field(default_factory=dict)  # by class


def prepare(stage: Stage, office: str) -> College:
    """Take in the roster, name the class teachers and print every sheet."""
    college = College(stage.sessions[office], office)
    session = college.session
    merge(session, sorted(stage.to_college(office).glob("*.jice")))
    with session.unit_of_work() as unit:
        college.classes = [group.id for group in school.classes(unit.connection, office=office)]
        for student in listed_students(unit.connection, stage.round_id, college.classes):
            college.students.setdefault(student.class_id, []).append(student)
    college.classes = [class_id for class_id in college.classes if class_id in college.students]
    for class_id in college.classes:
        if class_id not in stage.teachers:
            set_class_teacher(session, class_id, teacher(stage.dice))
    print_sheets(stage, college, college.classes)
    return college


def print_sheets(
    stage: Stage, college: College, classes: list[str], *, only_needed: bool = False
) -> list[Sheet]:
    """Print sheets, and keep the PDF with the papers."""
    made = make_sheets(college.session, stage.round_id, classes, only_needed=only_needed)
    college.sheets.update({sheet.class_id: sheet for sheet in made.sheets})
    path = save_document(college.session, made.document, stage.papers)
    stage.documents.append(str(path.relative_to(stage.wishes.out)))
    return list(made.sheets)


def record_class(stage: Stage, college: College, class_id: str) -> None:
    """Record a class's sheet: mostly signed, and everything else that happens in September."""
    dice, session, round_id = stage.dice, college.session, stage.round_id
    sheet = college.sheets[class_id]
    marks = []
    for student in college.students[class_id]:
        fate = dice.random()
        if fate < 0.006:  # noqa: PLR2004
            _give_up(stage, session, student)
        elif fate < 0.010:  # noqa: PLR2004
            _keep(stage, session, student)
        elif fate < 0.014:  # noqa: PLR2004
            reason = dice.choice(("请病假，尚未返校", "联系不上，班主任继续联系"))
            marks.append(StudentMark(student.subject, Mark.UNSIGNED, reason))
        elif fate < 0.020:  # noqa: PLR2004
            marks.append(
                StudentMark(student.subject, Mark.BY_PROXY, "住院治疗", proxy=teacher(dice))
            )
        elif fate >= 0.022:  # noqa: PLR2004 - of the rest, nobody says anything: they are missing
            marks.append(StudentMark(student.subject, Mark.SIGNED))
    record_marks(session, round_id, sheet.number, marks)
    sign_off(stage, session, sheet)


def sign_off(stage: Stage, session: Session, sheet: Sheet, *, without: str = "") -> None:
    """Record the sign-offs and the seal of a sheet."""
    for who in ("class_teacher", "student_section", "teaching_section", "head", "seal"):
        if who != without:
            name = "院部办公室" if who == "seal" else teacher(stage.dice)
            record_sign_off(session, stage.round_id, sheet.number, who, name, _SIGNED_ON)


def move_one(stage: Stage, college: College) -> None:
    """Strike a student out of the first class who then signs by hand in the second."""
    first, second = college.classes[:2]
    student = college.students[first][-1]
    record_marks(
        college.session,
        stage.round_id,
        college.sheets[first].number,
        [StudentMark(student.subject, Mark.STRUCK_OUT, "不在本班，已转到另一个班")],
    )
    identity = student.identity
    record_addition(
        college.session,
        stage.round_id,
        AddedStudent(
            sheet=college.sheets[second].number,
            name=identity.name,
            sex=identity.sex,
            exam_number=identity.exam_number,
            student_number=identity.student_number,
            explanation="名单分班有误，本人在本班报到并签字",
        ),
    )


def add_a_stranger(stage: Stage, college: College) -> None:
    """Add a student by hand who is on nobody's list."""
    record_addition(
        college.session,
        stage.round_id,
        AddedStudent(
            sheet=college.sheets[college.classes[0]].number,
            name="欧阳頔",
            sex="女",
            exam_number="26420602119999",
            student_number="202699990001",
            id_number="420602200805059983",
            explanation="录取通知书齐全，名单漏列",
        ),
    )


def take_back_something(stage: Stage, college: College) -> None:
    """Add a student by hand who belongs to another school, and take that back."""
    subject = record_addition(
        college.session,
        stage.round_id,
        AddedStudent(
            sheet=college.sheets[college.classes[0]].number,
            name="诸葛错",
            exam_number="26420602118888",
            explanation="在签字表末尾手写签字",
        ),
    )
    retract_addition(
        college.session, stage.round_id, subject, "核对录取通知书，是外校学生走错了教室"
    )
    stage.retracted += 1


def correct_something(stage: Stage, college: College) -> None:
    """Propose corrections: one that is right, one that proves nothing."""
    students = college.students[college.classes[0]]
    sheet = college.sheets[college.classes[0]].number
    evidence = [Evidence("户口簿扫描件.pdf", _SCAN)]
    wrong = (
        ("ethnicity", "土家族", "户口簿上是土家族", ""),
        ("ethnicity", "回族", "本人口头说明", ""),
        ("name", "喆", "录取名单写错，身份证为准", sheet),
    )
    # a small class has fewer students than there are things to correct
    for student, (field_, new, why, noted) in zip(students, wrong, strict=False):
        value = student.identity.name[0] + new if field_ == "name" else new
        propose_correction(
            college.session,
            stage.round_id,
            ProposedCorrection(student.subject, field_, value, why, noted),
            evidence,
        )


def second_secretary(stage: Stage, college: College) -> None:
    """Let two secretaries of one college work on one class, and contradict each other."""
    first = college.session
    second = stage.sessions[f"{college.office}-2"]
    folder = stage.to_college(f"{college.office}-2")
    export(first, college.office, stage.round_id, folder)
    merge(second, [*sorted(stage.to_college(college.office).glob("*.jice")),
                   *sorted(folder.glob("*.jice"))])  # fmt: skip
    class_id = college.classes[0]
    sheet = college.sheets[class_id]
    students = college.students[class_id][5:8]
    for session, mark, why in (
        (first, Mark.SIGNED, ""),
        (second, Mark.UNSIGNED, "我这里看到的签字栏是空的"),
    ):
        record_marks(
            session,
            stage.round_id,
            sheet.number,
            [StudentMark(student.subject, mark, why) for student in students],
        )


def reprint_a_page(stage: Stage, college: College, registrar: Session) -> None:
    """Let a name change after printing: one page is void, and is printed and signed again."""
    class_id = college.classes[-1]
    with registrar.unit_of_work() as unit:
        group = school.class_by_id(unit.connection, class_id)
    student = college.students[class_id][0]
    identity = student.identity._replace(name=student.identity.name[0] + "堃")
    row = RosterRow("", 0, identity, group.college_name, group.name)
    admit_rows(registrar, stage.round_id, [row], "招生工作处更正了录取名单")
    folder = stage.to_college(college.office)
    export(registrar, college.office, stage.round_id, folder)
    merge(college.session, sorted(folder.glob("*.jice")))
    old = college.sheets[class_id]
    (new,) = print_sheets(stage, college, [class_id], only_needed=True)
    reprinted = {printed.student for printed in new.rows}
    for sheet, again in ((new, True), (old, False)):
        marks = [
            StudentMark(printed.student, Mark.SIGNED)
            for printed in sheet.rows
            if (printed.student in reprinted) is again
        ]
        record_marks(college.session, stage.round_id, sheet.number, marks)
        sign_off(stage, college.session, sheet)


def _give_up(stage: Stage, session: Session, student: Student) -> None:
    report_place(
        session,
        stage.round_id,
        PlaceReport(student.subject, "given_up", "复读", "本人放弃入学资格声明"),
        [Evidence("放弃声明.pdf", _SCAN)],
    )


def _keep(stage: Stage, session: Session, student: Student) -> None:
    until = f"{session.today().year + 2}-12-31"
    report_place(
        session,
        stage.round_id,
        PlaceReport(student.subject, "kept", "参军入伍", "保留入学资格申请表", until),
        [Evidence("入伍通知书.pdf", _SCAN)],
    )
