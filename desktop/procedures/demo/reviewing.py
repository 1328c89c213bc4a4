"""Procedure one as the demo plays it: preparation, check-in class by class, verdicts (细则 一).

Everything that happens in the days of check-in happens here: no-shows, leave, conscripts who keep
their place, documents that come later, faces that the system does not recognise, a doubt that is
cleared up, and one who is somebody else.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from desktop.domain.checklists import SLOTS
from desktop.domain.entry_review import ArrivalState, Finding
from desktop.domain.imports import Target
from desktop.domain.mended_lists import Mended
from desktop.domain.review_fields import SIX_THINGS
from desktop.domain.rounds import ClassGroup, Procedure
from desktop.errors import ProcedureError
from desktop.procedures.check_in.check_in import (
    record_check_in,
    record_class_arrived,
    record_class_documents,
    record_rest_normal,
)
from desktop.procedures.check_in.check_in_gate import waive_training
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    CheckInNotes,
    SecondNote,
    VerdictNote,
)
from desktop.procedures.demo.cast import teacher
from desktop.procedures.demo.mending import mended_rows
from desktop.procedures.demo.photographing import take_photos
from desktop.procedures.demo.review_papers import (
    OF_A_REVIEWING_COLLEGE,
    OF_AFFAIRS,
    OF_THE_REVIEW,
    print_papers,
    print_void_again,
)
from desktop.procedures.demo.stage import Stage
from desktop.procedures.entry_review.class_training import TrainedTeacher, record_training
from desktop.procedures.entry_review.preparation import TypedRules, change_rules, issue_preparation
from desktop.procedures.entry_review.review_desk import review_desk
from desktop.procedures.entry_review.review_verdicts import (
    Ground,
    confirm_failed,
    confirm_given_up,
    confirm_kept,
    issue_qualified,
    qualifying,
)
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.imports.held_rows import open_rows
from desktop.procedures.imports.imports import write_import
from desktop.procedures.imports.list_opening import open_list, read_opened
from desktop.procedures.imports.rosters import admit_rows, import_roster
from desktop.procedures.rounds import NewRound, assign_classes, open_round
from desktop.procedures.session import Session
from desktop.procedures.signing.recording import PlaceReport, report_place, set_class_teacher
from desktop.procedures.standing.review_files import counted, review_of
from desktop.store import school

_SCAN = b"%PDF-1.4 (a scan that stands for a paper)\n"
_ALIKE = dict.fromkeys(SIX_THINGS, "same")
_CAME_FROM, _CAME_UNTIL = 20, 16  # days ago: who has not come since then has given the place up
_TRAINED = 25
_FEW = 5  # students; in so small a class nobody is somebody else
_LATER = 10  # days until missing documents are brought


def open_review(stage: Stage, roster: Path) -> tuple[int, int]:
    """Open the round at admissions, with the freshmen; return how many, and how many were held.

    Raises:
        ProcedureError: a row of the roster could not be let in.
    """
    admissions, today = stage.admissions, stage.admissions.today()
    new = NewRound(
        Procedure.ENTRY_REVIEW,
        "2026级新生入学资格审查",
        "2026",
        (today + timedelta(days=5)).isoformat(),
    )
    stage.review_id = open_round(admissions, new).id
    imported = import_roster(admissions, stage.review_id, roster)
    if imported.held_back:
        reason, source = "已与考生档案逐一核对", imported.file.sha256
        rows = mended_rows(imported.file)
        admit_rows(admissions, stage.review_id, rows, reason, source=source)
    if left := open_rows(admissions, stage.review_id):  # not one student too few
        raise ProcedureError(f"还有 {len(left)} 行没有放行。", "请检查演示名单后重新运行。")
    for office, name in stage.colleges.items():
        assign_classes(admissions, name, office)
    take_photos(stage)
    return imported.file.students, len(imported.held_back)


def prepare_review(stage: Stage) -> None:
    """Let student affairs issue the rules and the checklist, and train the class teachers."""
    admissions, affairs, review = stage.admissions, stage.affairs, stage.review_id
    stage.carry(admissions, [affairs], review)
    today = affairs.today()
    first, last = (today - timedelta(days=days) for days in (_CAME_FROM, _CAME_UNTIL))
    change_rules(
        affairs,
        review,
        TypedRules(
            face_link="https://face.example.edu.cn/2026",
            face_threshold="80%",
            second_check="doubtful",
            check_in_from=first.isoformat(),
            check_in_until=last.isoformat(),
            no_show_days="14",
            report_days="20",
        ),
    )
    issue_preparation(affairs, review)
    with affairs.unit_of_work() as unit:
        groups = school.classes(unit.connection)
    stage.teachers = {group.id: teacher(stage.dice) for group in groups}
    untrained = groups[-1].id  # somebody is always missing
    trained = [TrainedTeacher(g.id, stage.teachers[g.id]) for g in groups if g.id != untrained]
    day = (today - timedelta(days=_TRAINED)).isoformat()
    if trained:
        record_training(affairs, review, trained, day, [Evidence("培训签到表.pdf", _SCAN)])
    print_papers(stage, affairs, review, OF_AFFAIRS)
    stage.carry(affairs, [admissions], review)
    for office in stage.colleges:
        seats = stage.seats_of(office)
        stage.carry(admissions, seats, review)
        stage.carry(affairs, seats, review)


def read_faces(stage: Stage, path: Path) -> None:
    """Let admissions read the face-comparison system's file in, and send each college its own."""
    admissions = stage.admissions
    mending = read_opened(admissions, open_list(admissions, path))
    mended = mending.mended
    sure = Mended(mended.file, mended.let_in, mended.set_aside)
    write_import(admissions, sure, Target("face-check"))
    for office in stage.colleges:
        stage.carry(admissions, stage.seats_of(office), stage.review_id)


@dataclass
class _Class:
    """A class on the days of check-in, and who is not like the others."""

    group: ClassGroup
    students: Sequence[str]
    away: set[str] = field(default_factory=set)


def check_in(stage: Stage, office: str) -> None:
    """Play check-in at a college, class by class."""
    session = stage.seats_of(office)[0]
    with session.unit_of_work() as unit:
        groups = school.classes(unit.connection, office=office)
        review = review_of(session, unit, stage.review_id)
    for group in groups:
        members = [one.student.subject for one in review.of_class(group.id)]
        if members:
            _check_in_class(stage, session, _Class(group, members))
    print_papers(stage, session, stage.review_id, OF_A_REVIEWING_COLLEGE)
    stage.carry(session, [stage.admissions], stage.review_id)


def _check_in_class(stage: Stage, session: Session, one: _Class) -> None:
    review, name = stage.review_id, stage.teachers[one.group.id]
    set_class_teacher(session, one.group.id, name)
    if one.group.id == list(stage.teachers)[-1]:
        reason = "班主任因公出差，学工科长代为培训"
        waive_training(session, review, one.group.id, teacher(stage.dice), reason)
    _who_does_not_come(stage, session, one)
    day = (session.today() - timedelta(days=_CAME_UNTIL + 1)).isoformat()
    record_class_arrived(session, review, one.group.id, day, one.away)
    due = (session.today() + timedelta(days=_LATER)).isoformat()
    came = [student for student in one.students if student not in one.away]
    late = stage.dice.sample(came, min(len(came), 1 + len(came) // 40))
    record_class_documents(
        session, review, one.group.id, {student: {SLOTS[3]: due} for student in late}
    )
    _look_one_by_one(stage, session, one, name)


def _who_does_not_come(stage: Stage, session: Session, one: _Class) -> None:
    """Record who is on leave, who did not come and why, and whose place is kept."""
    dice, review, today = stage.dice, stage.review_id, session.today()
    notes = []
    for student in one.students:
        fate = dice.random()
        if fate < 0.004:  # noqa: PLR2004
            until = f"{today.year + 2}-12-31"
            report = PlaceReport(student, "kept", "参军入伍", "保留入学资格申请表", until)
            report_place(session, review, report, [Evidence("入伍通知书.pdf", _SCAN)])
            one.away.add(student)
            continue
        if fate < 0.008:  # noqa: PLR2004
            day = (today + timedelta(days=5)).isoformat()
            notes.append(ArrivalNote(student, ArrivalState.LEAVE, day, explanation="因病住院"))
        elif fate < 0.016:  # noqa: PLR2004
            cause = dice.choice(("gave_up", "unreachable"))
            notes.append(ArrivalNote(student, ArrivalState.ABSENT, cause=cause))
        else:
            continue
        one.away.add(student)
    record_check_in(session, review, CheckInNotes(arrivals=tuple(notes)))


def _look_one_by_one(stage: Stage, session: Session, one: _Class, name: str) -> None:
    """Let the class teacher find most normal at once, and look at the others by hand."""
    dice, review = stage.dice, stage.review_id
    impostor = _impostor(stage, one)
    record_rest_normal(session, review, one.group.id, name, [impostor] if impostor else [])
    with session.unit_of_work() as unit:
        found = review_of(session, unit, review, [one.group.id])
    verdicts, seconds = [], []
    for member in found.students:
        if member.file.arrival is not ArrivalState.ARRIVED or member.file.finding:
            continue
        student = member.student.subject
        note = _by_hand(dice, student, name, impostor=student == impostor)
        verdicts.append(note)
        if note.finding in (Finding.DOUBTFUL, Finding.ABNORMAL):
            other = f"{teacher(dice)}（学工科）"
            seconds.append(SecondNote(student, note.finding, other, note.explanation))
    record_check_in(session, review, CheckInNotes(verdicts=tuple(verdicts)))
    record_check_in(session, review, CheckInNotes(seconds=tuple(seconds)))


def _by_hand(dice: random.Random, student: str, name: str, *, impostor: bool) -> VerdictNote:
    """Return what the class teacher finds of somebody whom the system did not recognise."""
    if impostor:
        compared = {**_ALIKE, "photo": "different", "person": "different"}
        why = "本人与电子照片、身份证明显不是同一人，答不出档案内容"
        return VerdictNote(student, Finding.ABNORMAL, name, why, compared)
    if dice.random() < 0.1:  # noqa: PLR2004
        why = "电子照片年代较久，与本人有差异，待复查"
        return VerdictNote(student, Finding.DOUBTFUL, name, why, _ALIKE)
    return VerdictNote(student, Finding.NORMAL, name, compared=_ALIKE)


def _impostor(stage: Stage, one: _Class) -> str:
    """Return the one who is somebody else: in the first class of all, nobody elsewhere."""
    if one.group.id != next(iter(stage.teachers)) or len(one.students) < _FEW:
        return ""
    return next((student for student in one.students if student not in one.away), "")


def decide_review(stage: Stage) -> None:
    """Let admissions confirm, fail and pass, and tell the registrar."""
    admissions, review = stage.admissions, stage.review_id
    _clear_up_doubts(stage)
    desk = review_desk(admissions, review)
    kept = [one.subject for one in desk.students if one.reviewed.file.place == "kept"]
    gone = [one.subject for one in desk.students if one.may_give_up]
    failed = [one.subject for one in desk.students if one.reviewed.file.finding is Finding.ABNORMAL]
    if kept:
        confirm_kept(admissions, review, kept, Ground("", ""))
    if gone:
        ground = Ground("逾期未报到，无正当事由", "新生未报到情况登记表")
        confirm_given_up(admissions, review, gone, ground)
    if failed:
        ground = Ground("冒名顶替，核查属实", "新生入学资格审查核查报告〔2026〕1号")
        confirm_failed(admissions, review, failed, ground)
    print_papers(stage, admissions, review, OF_THE_REVIEW)
    if qualifying(admissions, review).passed:
        issue_qualified(admissions, review, document="新生入学审查核验报告")
    stage.carry(admissions, [stage.registrar], review)


def _clear_up_doubts(stage: Stage) -> None:
    """Let colleges look at most doubtful students again, with the papers in hand."""
    review = stage.review_id
    for office in stage.colleges:
        session = stage.seats_of(office)[0]
        with session.unit_of_work() as unit:
            found = review_of(session, unit, review)
        doubtful = [one for one in found.students if one.file.finding is Finding.DOUBTFUL]
        cleared = doubtful[: len(doubtful) - 1] if len(doubtful) > 1 else []
        verdicts = [
            VerdictNote(one.student.subject, Finding.NORMAL, one.file.checker, compared=_ALIKE)
            for one in cleared
        ]
        seconds = [
            SecondNote(one.student.subject, Finding.NORMAL, one.file.second_checker)
            for one in cleared
        ]
        if verdicts:
            record_check_in(
                session, review, CheckInNotes(verdicts=tuple(verdicts), seconds=tuple(seconds))
            )
            print_void_again(stage, session, review)
            stage.carry(session, [stage.admissions], review)


def review_numbers(session: Session, round_id: str) -> dict[str, int]:
    """Return the numbers of procedure one for the summary."""
    with session.unit_of_work() as unit:
        numbers = counted(review_of(session, unit, round_id).students)
    return {
        name: getattr(numbers, name)
        for name in (
            "expected",
            "arrived",
            "no_show",
            "leave",
            "face_passed",
            "documents_missing",
            "doubtful",
            "qualified",
        )
    }
