"""The small school in the days of the re-check: everybody came and passed the entry review.

``begin_recheck`` builds it on a founded school. Each college has three or six students; what they
wrote on their forms is said here without use cases of the forms, which have tests of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.answers import Ruling
from desktop.domain.checklists import DEFAULT_CHECKLIST
from desktop.domain.documents import Document
from desktop.domain.offices import OfficeKind
from desktop.domain.recheck import RecheckAssessment
from desktop.domain.review_fields import FIVE_THINGS, SIX_THINGS
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.domain.students import Identity
from desktop.procedures.cases.case_conclusions import Conclusion
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.exchange.merging import merge
from desktop.procedures.recheck.recheck_approval import REPORT_KIND, Approval
from desktop.procedures.rounds import NewRound
from desktop.procedures.session import Session
from desktop.procedures.standing.following_rounds import begin_following
from desktop.procedures.standing.recheck_files import Rechecked, recheck_of
from desktop.store import documents
from desktop.store.students import listed_students, students_by_subject
from tests.conftest import FAR_DAY, School
from tests.reviewing import Reviewing, begin_review, say

NAME: Final = "2026级新生入学资格复查"
SEATS: Final = {"college-01": ("first", "first_again"), "college-02": ("second",)}


@dataclass(frozen=True)
class Rechecking:
    """A school in the three months of the re-check.

    Attributes:
        reviewing: the round of procedure one that it follows.
        round: the re-check's.
    """

    reviewing: Reviewing
    round: str

    @property
    def school(self) -> School:
        """The seats."""
        return self.reviewing.school

    @property
    def admissions(self) -> Session:
        """The admissions office's seat."""
        return self.reviewing.admissions

    @property
    def college(self) -> Session:
        """The first college's seat."""
        return self.reviewing.college

    def subjects(self, class_name: str = "软件2601班") -> list[str]:
        """Return the students of a class of the first college."""
        return self.reviewing.subjects(class_name)

    def everybody(self, session: Session) -> dict[str, Rechecked]:
        """Return all students whom a seat knows, with all that was said of them."""
        with session.unit_of_work() as unit:
            found = recheck_of(session, unit, self.round).students
        return {one.student.subject: one for one in found}

    def found(self, session: Session, student: str) -> RecheckAssessment:
        """Return where a seat sees a student stand."""
        return self.everybody(session)[student].assessment

    def to_admissions(self, session: Session) -> None:
        """Let a college send to admissions what is new."""
        report = self.school.carry(session, self.admissions, self.round)
        assert report.refusals == ()

    def to_colleges(self, offices: Sequence[str] = ("college-01",)) -> None:
        """Let admissions send colleges what is new for them: the first one, or others."""
        for office in offices:
            bundle = self.school.send(self.admissions, office, self.round)
            for seat in SEATS[office]:
                assert merge(self.school.sessions[seat], [bundle]).refusals == ()

    def to_registrar(self) -> None:
        """Let admissions tell the registrar what is new."""
        report = self.school.carry(self.admissions, self.school.registrar, self.round)
        assert report.refusals == ()


def come(session: Session, round_id: str, students: Sequence[str]) -> None:
    """Let a college say of students that they came, brought everything, and are themselves."""
    brought = {item.slot: "seen" for item in DEFAULT_CHECKLIST}
    same = dict.fromkeys(SIX_THINGS, "same")
    for student in students:
        say(
            session,
            round_id,
            {
                (student, "arrival"): {"state": "arrived", "arrived_on": "2026-09-05"},
                (student, "document_check"): brought,
                (student, "class_verdict"): {"verdict": "normal", "checker": "李老师", **same},
            },
        )


def begin_recheck(school: School) -> Rechecking:
    """Let everybody come, and begin the re-check with them, at admissions and at the colleges."""
    reviewing = begin_review(school, [OfficeKind.ADMISSIONS])
    for office, (seat, *_) in SEATS.items():
        session = school.sessions[seat]
        mine = [
            s
            for group in school.classes(session)
            if group.office == office
            for s in _members(session, reviewing.round, group.id)
        ]
        come(session, reviewing.round, mine)
        school.carry(session, reviewing.admissions, reviewing.round)
    new = NewRound(Procedure.RECHECK, NAME, "2026", FAR_DAY)
    round_, _ = begin_following(reviewing.admissions, new, reviewing.round)
    rules = {(f"round:{round_.id}", "review_rules"): {"form_fields": "name,exam_number"}}
    say(reviewing.admissions, round_.id, rules)
    rechecking = Rechecking(reviewing, round_.id)
    rechecking.to_colleges(tuple(SEATS))
    return rechecking


def sound(session: Session, round_id: str, students: Sequence[str]) -> None:
    """Let forms come back that say what the file says, and two people find nothing."""
    _filled_in(session, round_id, students, {})


def doubtful(session: Session, round_id: str, student: str, field: str = "exam_number") -> None:
    """Let a form come back that says something else, and a person call it a doubt."""
    _filled_in(session, round_id, [student], {field: "写的是别的"})
    filed = getattr(_identities(session, [student])[student], field)
    ruling = Ruling("doubt", "写的是别的", filed)
    say(session, round_id, {(student, "answer_ruling"): {field: ruling.text}})


def _filled_in(
    session: Session, round_id: str, students: Sequence[str], otherwise: dict[str, str]
) -> None:
    known = _identities(session, students)
    five = {thing: "not_applicable" if thing == "talent_sound" else "yes" for thing in FIVE_THINGS}
    for student in students:
        identity = known[student]
        answers = {"name": identity.name, "exam_number": identity.exam_number, **otherwise}
        first = {"verdict": "sound", "reviewer": "李老师", **five}
        _hand_in(session, round_id, student)
        say(
            session,
            round_id,
            {
                (student, "recheck_answer"): answers,
                (student, "recheck_review"): first,
                (student, "recheck_second_review"): {"verdict": "sound", "reviewer": "周老师"},
            },
        )


def _identities(session: Session, students: Sequence[str]) -> dict[str, Identity]:
    with session.unit_of_work() as unit:
        known = students_by_subject(unit.connection, students)
    return {subject: student.identity for subject, student in known.items()}


def _hand_in(session: Session, round_id: str, student: str) -> None:
    """Keep a picture of a form as the one that a student has filled in."""
    picture = Evidence("复查表.jpg", f"the form of {student}".encode())
    with session.unit_of_work() as unit:
        (form,) = keep_evidence(session, unit, [picture])
        said = {"form": form, "state": "filled"}
        unit.journal.state(Key(student, "recheck_form", round_id), said, evidence=[form])
        unit.commit()


def _members(session: Session, round_id: str, class_id: str) -> list[str]:
    with session.unit_of_work() as unit:
        return [s.subject for s in listed_students(unit.connection, round_id, [class_id])]


def report_made(session: Session, round_id: str) -> str:
    """Let the closing report stand on the shelf, as printing it does, and return its SHA-256."""
    data = "2026级新生入学资格复查工作小结".encode()
    sha256 = session.store.attachments.put(data)
    with session.unit_of_work() as unit:
        made = Document(
            REPORT_KIND, round_id, "复查工作小结.docx", sha256, 1, session.now_text(), "张老师"
        )
        documents.keep_document(unit.connection, made)
        unit.commit()
    return sha256


def approval(session: Session, report: str = "") -> Approval:
    """Return what the leading group has decided today."""
    today = session.today().isoformat()
    return Approval(today, "校招〔2026〕18号", "王副校长", "刘处长、陈处长", report)


def conclusion(session: Session, outcome: str, **more: str) -> Conclusion:
    """Return how a case ends today."""
    texts = {"document": "", "until": "", "explanation": "经核对档案和本人，情况属实。", **more}
    return Conclusion(outcome, "刘处长", session.today().isoformat(), **texts)
