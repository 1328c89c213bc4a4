"""An outcome that was issued and turns out wrong: changed or taken back, and who must be told.

A change is a statement like any other; what was issued before stays in the journal (ADR 11).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.chsi import ChsiAction
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import Key, Values
from desktop.domain.student_registration import HELD_BACK_TITLE, OUTCOME_TITLES, Outcome
from desktop.domain.students import Identity
from desktop.errors import Incomplete, NotFound, NothingToChange
from desktop.procedures.registration.printed_outcomes import (
    Outcomes,
    Paper,
    Printed,
    outcomes_now,
    remembered,
)
from desktop.procedures.registration.student_registration import what_blocks
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import typed_text
from desktop.store import outcomes, registration
from desktop.store.store import UnitOfWork
from desktop.store.students import (
    Student,
    in_class_order,
    listed_students,
    students_by_subject,
)

OUTCOME_OF_FILE: Mapping[ChsiAction, Outcome] = {
    ChsiAction.REGISTER: Outcome.REGISTERED,
    ChsiAction.KEEP_PLACE: Outcome.PLACE_KEPT,
    ChsiAction.GIVE_UP_PLACE: Outcome.PLACE_GIVEN_UP,
}
"""Which outcome each file for 学信网 holds; a cancelled place is in none."""

_NEVER_ISSUED = Printed(None)
_FORGOTTEN = "原来的记载不再计入：所在席位已被吊销，或报送包已被撤回"


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A student whose outcome is not what a paper says.

    Attributes:
        student: the student, with the class of today.
        before: what the paper says; None where nothing was issued then.
        after: what holds now; None where nothing does.
        until: until when a place is kept now.
        disputed: whether offices contradict one another about it now.
        at: when the last word about it was said, on the wall of the seat that said it.
        seat: where it was said.
        operator: by whom.
        reason: why.
        document: on what paper.
    """

    student: Student
    before: Outcome | None
    after: Outcome | None
    until: str
    disputed: bool
    at: str
    seat: str
    operator: str
    reason: str
    document: str

    @property
    def day(self) -> str:
        """The day on which it was said."""
        return self.at[:10]

    @property
    def before_title(self) -> str:
        """What the paper says, as people say it."""
        return OUTCOME_TITLES[self.before] if self.before else HELD_BACK_TITLE

    @property
    def after_title(self) -> str:
        """What holds now, as people say it."""
        if self.disputed:
            return "各方说法不一致，待裁定"
        return OUTCOME_TITLES[self.after] if self.after else HELD_BACK_TITLE


def change_outcome(
    session: Session,
    round_id: str,
    student: str,
    outcome: Outcome | None,
    reason: str,
    document: str,
    until: str = "",
) -> None:
    """Change an outcome that was issued, take it back, or issue one anew that was taken back.

    Args:
        session: of the registrar.
        round_id: an open round.
        student: who has an outcome, or had one until it was taken back.
        outcome: what is right; None to take back what was issued: the student is held back
            until a person says here what is right, ``issue`` passes by.
        reason: why.
        document: the paper on which it rests.
        until: the day until which a place is kept, YYYY-MM-DD.

    Raises:
        Incomplete: reason, paper or day is missing; or the student's data are disputed or not
            whole, so that nothing can be issued.
        NotFound: the student never had an outcome in this round, or is not on its roster.
        NothingToChange: this is the outcome already.
        NotAllowed, RoundNotOpen: nothing was changed.
    """
    session.require(OfficeKind.REGISTRAR)
    reason, document = typed_text("原因", reason), typed_text("文件名称", document)
    _check_paper(outcome, reason, document, until)
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        said = outcomes.last_said(unit.connection, round_id, [student])
        if student not in said:
            raise NotFound(
                "这名学生在本批次没有办理过注册结论，没有什么可更改的。",
                "还没有办理的，请按通常的步骤办理注册结论。",
            )
        _require_change(unit, round_id, student, outcome, until)
        key = Key(student, "registration", round_id)
        if outcome is None:
            nothing: Values = dict.fromkeys(
                ("outcome", "issued_on", "explanation", "document", "until")
            )
            unit.journal.state(key, nothing, reason=outcomes.why_taken_back(reason, document))
        else:
            values = {
                "outcome": str(outcome),
                "issued_on": session.today().isoformat(),
                "explanation": reason,
                "document": document,
                "until": until if outcome is Outcome.PLACE_KEPT else None,
            }
            unit.journal.state(key, values, reason=reason)
        unit.commit()


def changes_since_register(session: Session, round_id: str) -> tuple[OutcomeChange, ...]:
    """Return whose outcome is not what the last register of the round says, in class order.

    Who had none when it was made and has one now is a later registration, not a change; none at
    all are changed while this seat has made no register.

    Raises:
        NotAllowed: only the registrar has registers.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        registers = remembered(session, unit, Paper.REGISTER, round_id)
        if not registers:
            return ()
        differing = _differing(registers[-1], outcomes_now(unit, round_id))
        return _told(unit, round_id, differing)


def chsi_changes(session: Session, round_id: str) -> tuple[OutcomeChange, ...]:
    """Return for whom the last files for 学信网 are not right any more, in class order.

    Those who have an outcome since are among them: they are missing in the files. Nobody is while
    this seat has made no files.

    Raises:
        NotAllowed: only the registrar has these files.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        files = remembered(session, unit, Paper.PLATFORM, round_id)
        if not files:
            return ()
        last, now = files[-1], outcomes_now(unit, round_id)
        differing = {
            student: last.get(student, _NEVER_ISSUED)
            for student in last.keys() | now.keys()
            if _in_files(last.get(student)) is not _in_files(now.get(student))
        }
        return _told(unit, round_id, differing)


def told_otherwise(
    session: Session, unit: UnitOfWork, round_id: str
) -> Mapping[str, OutcomeChange]:
    """Return, by student, whose outcome is not what one of the registers made so far says.

    The last one that says otherwise is compared with, so a register that is printed a second time
    has the same remarks.
    """
    now = outcomes_now(unit, round_id)
    differing: dict[str, Printed] = {}
    for register in remembered(session, unit, Paper.REGISTER, round_id):
        differing.update(_differing(register, now))
    return {change.student.subject: change for change in _told(unit, round_id, differing)}


def _check_paper(outcome: Outcome | None, reason: str, document: str, until: str) -> None:
    """Raise when what a change rests on is not named."""
    if not (reason and document):
        raise Incomplete("更改注册结论要写明原因和所依据的文件名称。", "请补全后再保存。")
    if outcome is Outcome.PLACE_KEPT and not _is_day(until):
        raise Incomplete("保留入学资格要登记保留到哪一天。", "请填写期限后再保存。")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _require_change(
    unit: UnitOfWork, round_id: str, student: str, outcome: Outcome | None, until: str
) -> None:
    """Raise unless this would be another outcome, and nothing keeps it from being issued."""
    if "registration" in {
        aspect
        for subject, aspect in registration.conflicting_fields(unit.connection, round_id)
        if subject == student
    }:
        raise Incomplete("这名学生的注册结论各方说法不一致。", "请先裁定，再更改。")
    issued = registration.registrations(unit.connection, round_id).get(student)
    same_term = outcome is not Outcome.PLACE_KEPT or (issued and issued.until == until)
    if (issued.outcome if issued else None) is outcome and same_term:
        title = f"现在就是“{OUTCOME_TITLES[outcome]}”" if outcome else "已经收回"
        raise NothingToChange(f"这名学生的注册结论{title}，不用更改。", "请刷新后核对。")
    if outcome is None:
        return
    listed = [s for s in listed_students(unit.connection, round_id) if s.subject == student]
    if not listed:
        raise NotFound("这名学生不在本批次的名单里。", "请先核对名单；结论可以收回。")
    if blocking := what_blocks(unit, round_id, listed[0]):
        sentences = "；".join(reason.sentence.rstrip("。") for reason in blocking)
        raise Incomplete(
            f"现在还不能给这名学生办理新的结论：{sentences}。",
            "请先处理；原来的结论不对的，可以先收回。",
        )


def _differing(before: Outcomes, now: Outcomes) -> dict[str, Printed]:
    """Return what was printed of those of whom it does not hold any more."""
    return {
        student: printed
        for student, printed in before.items()
        if now.get(student, _NEVER_ISSUED) != printed
    }


def _in_files(printed: Printed | None) -> Outcome | None:
    """Return in which of the files a student stands."""
    outcome = printed.outcome if printed else None
    return outcome if outcome in OUTCOME_OF_FILE.values() else None


def _told(
    unit: UnitOfWork, round_id: str, differing: Mapping[str, Printed]
) -> tuple[OutcomeChange, ...]:
    """Return the changes with who, when, why, in class order."""
    connection = unit.connection
    said = outcomes.last_said(connection, round_id, list(differing))
    issued = registration.registrations(connection, round_id)
    conflicts = registration.conflicting_fields(connection, round_id)
    changes = []
    for student in _in_class_order(unit, differing):
        subject = student.subject
        statement, now = said.get(subject), issued.get(subject)
        reason, document = outcomes.paper_of(statement) if statement else (_FORGOTTEN, "")
        changes.append(
            OutcomeChange(
                student=student,
                before=differing[subject].outcome,
                after=now.outcome if now else None,
                until=now.until if now else "",
                disputed=(subject, "registration") in conflicts,
                at=statement.at if statement else "",
                seat=statement.seat if statement else "",
                operator=statement.operator if statement else "",
                reason=reason,
                document=now.document if now else document,
            )
        )
    return tuple(changes)


def _in_class_order(unit: UnitOfWork, subjects: Collection[str]) -> list[Student]:
    """Return students by class and number, also those of whom no data are left."""
    known = students_by_subject(unit.connection, subjects)
    them = (known.get(subject) or Student(subject, "", Identity()) for subject in subjects)
    return in_class_order(unit.connection, them)
