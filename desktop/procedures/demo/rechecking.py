"""Procedure two as the demo plays it: forms, answers, two reviews, doubts and cases (细则 二)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from desktop.domain.answers import Agreement
from desktop.domain.recheck import RecheckVerdict, ReviewFinding, Standing, asked_of
from desktop.domain.review_rules import recheck_deadline
from desktop.domain.rounds import Procedure
from desktop.domain.written_papers import PaperKind
from desktop.procedures.cases.case_conclusions import Conclusion, conclude_case
from desktop.procedures.cases.case_notes import NewNote, add_note
from desktop.procedures.cases.cases import NewCase, amend_case, open_cases
from desktop.procedures.demo.cast import teacher
from desktop.procedures.demo.review_papers import (
    BEFORE_THE_RECHECK,
    OF_A_RECHECKING_COLLEGE,
    print_papers,
    write_for_word,
)
from desktop.procedures.demo.stage import Stage
from desktop.procedures.entry_review.preparation import TypedRules, as_typed, change_rules
from desktop.procedures.evidence_files import Evidence
from desktop.procedures.recheck.recheck_answers import key_in_several, rule
from desktop.procedures.recheck.recheck_approval import Approval, record_approval
from desktop.procedures.recheck.recheck_forms import forms_chosen_at_first, take_in_forms
from desktop.procedures.recheck.recheck_looking import look_at_forms
from desktop.procedures.recheck.recheck_reviews import (
    Review,
    ready_in_class,
    review,
    review_all,
    second_review,
)
from desktop.procedures.recheck.recheck_verdicts import issue_verdicts
from desktop.procedures.review_papers.paper_sources import Sources
from desktop.procedures.review_papers.review_papers import preview_papers
from desktop.procedures.rounds import NewRound
from desktop.procedures.session import Session
from desktop.procedures.standing.following_rounds import begin_following
from desktop.procedures.standing.recheck_files import Rechecked, counted, recheck_of
from desktop.procedures.standing.review_files import rules_of_round
from desktop.store import school

_SCAN = b"%PDF-1.4 (a scan that stands for a paper)\n"
_LATE_FORMS = 0.004
_SPELT_OTHERWISE = 0.05
_WRONG = 0.002
_SURELY_WRONG = 3  # at the first college, so that a small play has doubts, too


def open_recheck(stage: Stage) -> int:
    """Open the re-check with everybody who came, and send it down; return how many."""
    admissions = stage.admissions
    today = admissions.today()
    until = max(recheck_deadline(today - timedelta(days=20)), today)
    name = "2026级新生入学资格复查"
    new = NewRound(Procedure.RECHECK, name, "2026", until.isoformat())
    round_, following = begin_following(admissions, new, stage.review_id)
    stage.recheck_id = round_.id
    with admissions.unit_of_work() as unit:
        typed = as_typed(rules_of_round(unit, round_.id))
    asked = (*typed.form_fields[:7],)  # what the admission list itself knows
    change_rules(
        admissions,
        round_.id,
        TypedRules(
            **{
                **{f: getattr(typed, f) for f in TypedRules.__dataclass_fields__},
                "recheck_until": until.isoformat(),
                "form_fields": asked,
            }
        ),
    )
    for office in stage.colleges:
        stage.carry(admissions, stage.seats_of(office), round_.id)
    return len(following.students)


def recheck_college(stage: Stage, office: str) -> None:
    """Let a college collect forms, compare them and review them, class by class."""
    session = stage.seats_of(office)[0]
    with session.unit_of_work() as unit:
        found = recheck_of(session, unit, stage.recheck_id).students
        groups = school.classes(unit.connection, office=office)
    print_papers(stage, session, stage.recheck_id, BEFORE_THE_RECHECK)
    _collect(stage, session, found)
    _compare(stage, session)
    for group in groups:
        _review_class(stage, session, group.id)
    print_papers(stage, session, stage.recheck_id, OF_A_RECHECKING_COLLEGE)
    stage.carry(session, [stage.admissions], stage.recheck_id)


def _collect(stage: Stage, session: Session, students: Sequence[Rechecked]) -> None:
    """Take the forms in; some are handed in late.

    Classes bring pictures named as the rule book says; the smallest class of the first college has
    a scanner, which puts all forms into one file and calls it as it calls every file.
    """
    from desktop.pictures.practice import practice_form, practice_scan  # noqa: PLC0415 - costly

    folder = stage.stick("复查表", session.home.seat.office.id)
    scanning = ""
    if session.home.seat.office.id == next(iter(stage.colleges)):
        sizes = Counter(one.student.class_id for one in students)
        scanning = min(sizes, key=lambda class_id: (sizes[class_id], class_id))
        printed = preview_papers(session, stage.recheck_id, PaperKind.RECHECK_FORMS, [scanning]).pdf
        (folder / "scan0001.pdf").write_bytes(practice_scan(printed, stage.wishes.seed))
    for one in students:
        identity = one.student.identity
        if one.student.class_id == scanning:
            continue
        if stage.dice.random() >= _LATE_FORMS:
            name = f"{identity.student_number or identity.exam_number}+{identity.name}.jpg"
            seed = stage.dice.randrange(1 << 30)
            (folder / name).write_bytes(practice_form(seed))
    look = look_at_forms(session, stage.recheck_id, folder)
    take_in_forms(session, look, forms_chosen_at_first(look), "班主任已核对是本人")


def _compare(stage: Stage, session: Session) -> None:
    """Key in what students wrote: mostly what the file says, sometimes spelt otherwise."""
    with session.unit_of_work() as unit:
        found = recheck_of(session, unit, stage.recheck_id)
    answers = {}
    sure = _SURELY_WRONG if session.home.seat.office.id == next(iter(stage.colleges)) else 0
    for place, one in enumerate(one for one in found.students if one.file.form):
        written = {field: one.archive[field] for field in found.rules.form_fields}
        fate = stage.dice.random()
        if fate < _WRONG or place < sure:
            written["secondary_school"] = "外省某中学"
            written["birth_date"] = "20010101"
        elif fate < _SPELT_OTHERWISE:
            written["secondary_school"] = written["secondary_school"].replace("中学", "高中")
            written["ethnicity"] = written["ethnicity"].removesuffix("族")
        answers[one.student.subject] = written
    key_in_several(session, stage.recheck_id, answers)


def _review_class(stage: Stage, session: Session, class_id: str) -> None:
    """Rule on differences, and let two people look at every student."""
    recheck, dice = stage.recheck_id, stage.dice
    first, second = stage.teachers.get(class_id, teacher(dice)), f"{teacher(dice)}（学工科）"
    with session.unit_of_work() as unit:
        students = recheck_of(session, unit, recheck, [class_id]).students
    for one in students:
        _rule(session, recheck, one)
    for name, again in ((first, False), (second, True)):
        ready = ready_in_class(session, recheck, class_id, name, second=again)
        if ready:
            subjects = [one.student.subject for one in ready]
            review_all(session, recheck, subjects, name, second=again)
    with session.unit_of_work() as unit:
        students = recheck_of(session, unit, recheck, [class_id]).students
    for one in students:
        if one.file.form and one.file.agreements and one.file.first is None:
            _review_one(session, recheck, one, first, second)


def _rule(session: Session, recheck: str, one: Rechecked) -> None:
    """Say of differences whether they matter."""
    different = [f for f, a in one.file.agreements.items() if a is Agreement.DIFFERENT]
    if not different:
        return
    wrong = "birth_date" in different
    rulings = dict.fromkeys(different, "doubt" if wrong else "same")
    rule(session, recheck, one.student.subject, rulings, "" if not wrong else "本人说不清楚")


def _review_one(session: Session, recheck: str, one: Rechecked, first: str, second: str) -> None:
    """Let two people look at a student about whom there is a doubt."""
    doubtful = bool(one.assessment.doubts)
    five = dict.fromkeys(asked_of(one.student.identity.admission_type), "yes")
    if doubtful:
        five["identity_sound"] = "no"
    finding = ReviewFinding.DOUBTFUL if doubtful else ReviewFinding.SOUND
    why = "毕业中学和出生日期与档案不符" if doubtful else ""
    subject = one.student.subject
    review(session, recheck, Review(subject, five, finding, first, why))
    second_review(session, recheck, subject, finding, second, why)


_FOUND: Final = {
    True: "经向毕业中学和户籍所在地核实，到校的不是被录取的考生本人。",
    False: "经向毕业中学和户籍所在地核实，到校的是被录取的考生本人，复查表上写错。",
}
"""What was found of an important case, and of the others."""


def settle_doubts(stage: Stage) -> None:
    """Let admissions look into every doubt: the first turns out to be somebody else.

    The last one is still being looked into when the round goes on: nothing is registered for that
    student until there is a conclusion.
    """
    admissions, recheck, today = stage.admissions, stage.recheck_id, stage.admissions.today()
    with admissions.unit_of_work() as unit:
        found = recheck_of(admissions, unit, recheck).students
    doubtful = [one for one in found if one.assessment.standing is Standing.DOUBTFUL]
    for place, one in enumerate(doubtful):
        important = place == 0
        cause = "".join(reason.sentence for reason in one.assessment.reasons)
        (number,) = open_cases(
            admissions, recheck, [NewCase(one.student.subject, cause, important)]
        )
        people = f"{teacher(stage.dice)}、{one.student.identity.name}"
        talk = "本人说不清毕业中学和出生日期。" if important else "本人出示户口簿和毕业证书。"
        add_note(admissions, recheck, number, NewNote("interview", today.isoformat(), people, talk))
        scan = [Evidence("核查材料.pdf", _SCAN)]
        proof = NewNote("evidence", today.isoformat(), "毕业中学", "毕业证明和户籍材料")
        add_note(admissions, recheck, number, proof, scan)
        if place == len(doubtful) - 1 and place > 1:
            continue
        outcome = RecheckVerdict.FAILED if important else RecheckVerdict.PASSED
        amend_case(admissions, recheck, number, findings=_FOUND[important])
        why = "档案照片与本人不符，冒名顶替属实" if important else "证书和户籍材料一致，排除疑点"
        group = "新生入学资格审查复查工作领导小组" if important else "招生工作处"
        paper = "关于学生入学资格核查情况的报告〔2026〕1号" if important else ""
        conclusion = Conclusion(str(outcome), group, today.isoformat(), why, paper)
        conclude_case(admissions, recheck, number, conclusion)
    if doubtful:
        print_papers(stage, admissions, recheck, [PaperKind.CASE_STATEMENT])
        _write_statements(stage)


def _write_statements(stage: Stage) -> None:
    """Write the papers of cases for Word, too."""
    with stage.admissions.unit_of_work() as unit:
        abouts = Sources(stage.admissions, unit, stage.recheck_id).abouts(PaperKind.CASE_STATEMENT)
    for about, _ in abouts:
        write_for_word(stage, stage.admissions, stage.recheck_id, PaperKind.CASE_STATEMENT, about)


def approve_recheck(stage: Stage) -> None:
    """Let the leading group approve the closing report, and tell the registrar."""
    admissions, recheck = stage.admissions, stage.recheck_id
    print_papers(stage, admissions, recheck, [PaperKind.CLOSING_REPORT])
    office = admissions.home.seat.office.id
    report = write_for_word(stage, admissions, recheck, PaperKind.CLOSING_REPORT, office)
    record_approval(
        admissions,
        recheck,
        Approval(
            approved_on=admissions.today().isoformat(),
            document="新生入学资格审查复查工作领导小组会议纪要〔2026〕1号",
            leader=teacher(stage.dice),
            members="、".join(teacher(stage.dice) for _ in range(4)),
            report=report,
            explanation="",
        ),
    )
    print_papers(stage, admissions, recheck, [PaperKind.APPROVED])
    issue_verdicts(admissions, recheck)
    stage.carry(admissions, [stage.registrar], recheck)


def recheck_numbers(session: Session, round_id: str) -> dict[str, int]:
    """Return the numbers of procedure two for the summary."""
    with session.unit_of_work() as unit:
        numbers = counted(recheck_of(session, unit, round_id).students)
    names = ("forms", "missing_forms", "doubts", "cases", "failed", "approved")
    return {name: getattr(numbers, name) for name in names}
