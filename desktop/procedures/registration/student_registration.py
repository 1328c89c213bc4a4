"""Procedure three at the registrar and the colleges: who is ready, who waits, what is issued."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.key_claims import KEY_FIELDS
from desktop.domain.offices import OfficeKind
from desktop.domain.reasons import Reason
from desktop.domain.rounds import Procedure, Round
from desktop.domain.sheets import Mark, Sheet
from desktop.domain.statements import Key
from desktop.domain.student_registration import (
    Outcome,
    Rules,
    SheetState,
    StudentFile,
    Verdict,
    blocking_reasons,
    judge,
)
from desktop.domain.students import FIELD_TITLES
from desktop.domain.wording import ASPECT_TITLES, field_title
from desktop.procedures.registration.verdicts import verdicts_for
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Progress, Reader, Session, no_progress
from desktop.procedures.sheet_states import PageState, page_states
from desktop.store import outcomes, registration, school
from desktop.store.journal import Draft
from desktop.store.registration import Addition, Registration, Texts
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students

_OF_STUDENT = (
    "identity",
    "placement",
    "roster",
    "entry_review",
    "recheck",
    "signature",
    "place_report",
    "registration",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A student, the rule's verdict now, and what was issued (None: nothing yet)."""

    student: Student
    verdict: Verdict
    issued: Registration | None


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issue did: the outcomes that were issued, and who was held back with reasons."""

    outcomes: Mapping[Outcome, int]
    held_back: tuple[Judged, ...]
    already: int


def eligibility(
    session: Session, round_id: str, class_ids: Collection[str] | None = None
) -> list[Judged]:
    """Return the verdict on every student of a round, or of some classes, with reasons.

    Raises:
        NotFound: this store does not know the round.
    """
    with session.unit_of_work() as unit:
        return list(judged_once(session, unit, round_id, class_ids))


def judged_once(
    session: Reader, unit: UnitOfWork, round_id: str, class_ids: Collection[str] | None = None
) -> Sequence[Judged]:
    """Return what ``judged_students`` does, worked out once until something is saved.

    Several pages ask for it one after the other; only for transactions that write nothing.
    """
    everybody = session.store.worked_out(
        ("judged", round_id), lambda: tuple(judged_students(unit, round_id))
    )
    if class_ids is None:
        return everybody
    wanted = frozenset(class_ids)
    return [one for one in everybody if one.student.class_id in wanted]


def issue(
    session: Session,
    round_id: str,
    class_ids: Collection[str] | None = None,
    progress: Progress = no_progress,
) -> Issued:
    """Issue the outcome of every student who is ready, and hold back the rest with reasons.

    Issuing twice does no harm: who has an outcome keeps it (细则 三(三)2), and whose outcome was
    taken back is held back until a person issues a new one by ``outcomes.change_outcome``.

    Args:
        session: of the registrar.
        round_id: an open round.
        class_ids: a class, the classes of a college, or None for all that are ready.
        progress: called for each student.

    Raises:
        NotAllowed, RoundNotOpen, Cancelled: nothing was issued.
    """
    session.require(OfficeKind.REGISTRAR)
    drafts: list[Draft] = []
    held_back: list[Judged] = []
    outcomes: Counter[Outcome] = Counter()
    already = 0
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        files = _Files(unit, school.round_by_id(unit.connection, round_id))
        judged = _judged_by(files, unit, class_ids)
        today = session.today().isoformat()
        for done, one in enumerate(judged):
            progress(done, len(judged))
            outcome = one.verdict.outcome
            if one.issued:
                already += 1
            elif outcome is None:
                held_back.append(one)
            else:
                outcomes[outcome] += 1
                subject = one.student.subject
                paper = files.paper_of(subject, outcome)
                values = _outcome_values(one.verdict, outcome, paper, today)
                drafts.append(Draft(Key(subject, "registration", round_id), values))
        unit.journal.state_all(drafts)
        unit.commit()
    progress(len(judged), len(judged))
    return Issued(dict(outcomes), tuple(held_back), already)


def judged_students(
    unit: UnitOfWork, round_id: str, class_ids: Collection[str] | None = None
) -> list[Judged]:
    """Return every student of a round with verdict and issued outcome, in class order."""
    files = _Files(unit, school.round_by_id(unit.connection, round_id))
    return _judged_by(files, unit, class_ids)


def _judged_by(
    files: "_Files", unit: UnitOfWork, class_ids: Collection[str] | None
) -> list[Judged]:
    round_ = files.round
    rules = Rules(round_.required_sign_offs, round_.proxy_allowed, round_.asks_verdicts)
    issued = registration.registrations(unit.connection, round_.id)
    return [
        Judged(student, judge(files.of(student), rules), issued.get(student.subject))
        for student in listed_students(unit.connection, round_.id, class_ids)
    ]


def what_blocks(unit: UnitOfWork, round_id: str, student: Student) -> tuple[Reason, ...]:
    """Return what keeps any outcome at all from being issued to a student, also by a person."""
    files = _Files(unit, school.round_by_id(unit.connection, round_id))
    return blocking_reasons(files.of(student))


class _Files:
    """Everything that was said in a round, arranged so that one student's file is quick."""

    def __init__(self, unit: UnitOfWork, round_: Round) -> None:
        connection = unit.connection
        self.round = round_
        self._marks = registration.texts_of_round(connection, "signature", round_.id)
        self._places = registration.texts_of_round(connection, "place_report", round_.id)
        self._reviews = verdicts_for(unit, Procedure.ENTRY_REVIEW, round_)
        self._rechecks = verdicts_for(unit, Procedure.RECHECK, round_)
        self._conflicts = registration.conflicting_fields(connection, round_.id)
        self._sheets = registration.sheets_of_round(connection, round_.id)
        self._missing = registration.missing_sign_offs(connection, round_.id)
        self._pages = page_states(unit, self._sheets.values())
        corrections = registration.corrections(connection, round_.id)
        self._open_corrections = Counter(c.student for c in corrections if not c.decision)
        self._corrected = {(c.student, c.field) for c in corrections if c.decision == "accepted"}
        self._doubled = registration.doubled_numbers(connection)
        self._taken_back = outcomes.taken_back(connection, round_.id)
        self._additions: dict[str, list[Addition]] = {}
        for addition in registration.additions(connection, round_.id):
            if addition.decision == "accepted":
                self._additions.setdefault(addition.student, []).append(addition)

    def of(self, student: Student) -> StudentFile:
        """Return all that was said about one student."""
        subject = student.subject
        identity = student.identity
        review = self._reviews.of(subject)
        recheck = self._rechecks.of(subject)
        place = self._place(subject)
        mark, explanation, sheet = self._signature(student)
        return StudentFile(
            student=subject,
            listed=True,
            complete=all(
                (
                    identity.name,
                    identity.id_number,
                    identity.exam_number,
                    identity.sex,
                    identity.birth_date,
                    identity.major_code,
                    student.class_id,
                )
            ),
            conflicts=self._conflicts_of(subject, sheet),
            entry_review=review.get("verdict", ""),
            recheck=recheck.get("verdict", ""),
            verdict_explanation=recheck.get("explanation") or review.get("explanation", ""),
            mark=mark,
            mark_explanation=explanation,
            sheet=sheet,
            place=place.get("kind", ""),
            place_explanation=place.get("explanation", ""),
            place_document=place.get("document", ""),
            place_until=place.get("until", ""),
            open_corrections=self._open_corrections[subject],
            doubled=tuple(
                FIELD_TITLES[field]
                for field in KEY_FIELDS
                if (field, getattr(identity, field)) in self._doubled
            ),
            name_and_id_corrected={(subject, "name"), (subject, "id_number")} <= self._corrected,
            taken_back=self._taken_back.get(subject, ""),
        )

    def paper_of(self, subject: str, outcome: Outcome) -> Texts:
        """Return what an outcome other than a registration rests on: reason, paper, until when."""
        if outcome is Outcome.PLACE_CANCELLED:
            recheck = self._rechecks.of(subject)
            return recheck if recheck.get("verdict") == "failed" else self._reviews.of(subject)
        return self._place(subject)

    def _place(self, subject: str) -> Texts:
        """Return whether a place is kept or given up: the college's word, else admissions'."""
        if reported := self._places.get(subject):
            return reported
        for said in (self._rechecks.of(subject), self._reviews.of(subject)):
            if said.get("verdict") in ("kept", "given_up"):
                return {**said, "kind": said["verdict"]}
        return {}

    def _signature(self, student: Student) -> tuple[Mark | None, str, SheetState | None]:
        """Return how a student signed: in a printed row, or in one added by hand."""
        texts = self._marks.get(student.subject, {})
        additions = self._additions.get(student.subject, [])
        mark = Mark(texts["mark"]) if texts.get("mark") else None
        # a student struck out of one class and added by hand to another has signed there
        if additions and mark in (None, Mark.STRUCK_OUT):
            good = [addition for addition in additions if _still_true(addition, student)]
            addition = (good or additions)[-1]
            state = self._added_on(addition)
            if state and not good:
                state = replace(state, void="增补以后该生的姓名、号码或班级有变动")
            return Mark.SIGNED, addition.explanation, state
        return mark, texts.get("explanation", ""), self._sheet_of(student, texts)

    def _sheet_of(self, student: Student, texts: Texts) -> SheetState | None:
        """Return the state of the sheet on which a printed row was signed."""
        sheet = self._sheets.get(texts.get("sheet", ""))
        page = sheet.page_of(student.subject) if sheet else None
        if sheet is None or page is None:
            return None
        return self._state(sheet, self._pages[sheet.number, page])

    def _added_on(self, addition: Addition) -> SheetState | None:
        """Return the state of the sheet on which a student was added: of its last page."""
        sheet = self._sheets.get(addition.sheet)
        if sheet is None or not sheet.pages:
            return None
        return self._state(sheet, self._pages[sheet.number, sheet.pages[-1]])

    def _state(self, sheet: Sheet, page: PageState) -> SheetState:
        missing = self._missing.get(sheet.number, _NOTHING_SIGNED)
        return SheetState(sheet.number, page.void, missing)

    def _conflicts_of(self, subject: str, sheet: SheetState | None) -> tuple[str, ...]:
        """Return the titles of the fields on which offices contradict one another."""
        titles = [
            field_title(aspect, field)
            for aspect in _OF_STUDENT
            for field in self._conflicts.get((subject, aspect), ())
        ]
        titles += [
            ASPECT_TITLES[said.aspect]
            for said in (self._reviews, self._rechecks)
            if said.contradicts(subject)
        ]
        if sheet and (f"sheet:{sheet.number}", "sign_off") in self._conflicts:
            titles.append(f"签字表 {sheet.number} 的签字盖章")
        return tuple(titles)


def _still_true(addition: Addition, student: Student) -> bool:
    """Tell whether what was written into the blank row is what the school's data say now."""
    identity = student.identity
    return (addition.class_id, addition.name) == (student.class_id, identity.name) and all(
        getattr(addition, field) in ("", getattr(identity, field)) for field in KEY_FIELDS
    )


_NOTHING_SIGNED = frozenset(
    {"class_teacher", "student_section", "teaching_section", "head", "seal"}
)


def _outcome_values(
    verdict: Verdict, outcome: Outcome, paper: Texts, today: str
) -> dict[str, str | None]:
    """Return what is said when an outcome is issued: why, on what paper, until when."""
    why = "；".join(f"{reason.sentence}（{reason.article}）" for reason in verdict.reasons)
    values: dict[str, str | None] = {
        "outcome": str(outcome),
        "issued_on": today,
        "explanation": why,
        "document": None,
        "until": None,
    }
    if outcome is not Outcome.REGISTERED:
        values["explanation"] = paper.get("explanation") or why
        values["document"] = paper.get("document") or None
    if outcome is Outcome.PLACE_KEPT:
        values["until"] = paper.get("until") or None
    return values
