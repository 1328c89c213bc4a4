"""What may be recorded at check-in beside what is recorded already."""

from collections.abc import Callable, Collection
from typing import Final

from desktop.domain.checklists import Brought, read_document
from desktop.domain.entry_review import (
    ArrivalState,
    Finding,
    ReviewFile,
    ReviewVerdict,
    by_hand,
    face_passes,
)
from desktop.domain.review_fields import SIX_THINGS, SIX_TITLES
from desktop.domain.statements import Key, Values
from desktop.errors import (
    ArrivalContradicts,
    FaceNotPassed,
    FindingContradicts,
    NotArrived,
    NotFound,
    NotOnChecklist,
    SameChecker,
    ValueRefused,
)
from desktop.procedures.check_in.check_in_gate import (
    Gates,
    require_gate,
    require_review,
    verdict_stands,
)
from desktop.procedures.check_in.check_in_notes import (
    ArrivalNote,
    DocumentNote,
    SecondNote,
    VerdictNote,
    checked_arrival,
    checked_items,
    checked_second,
    checked_verdict,
    with_arrival,
    with_items,
    with_second,
    with_verdict,
)
from desktop.procedures.session import Session
from desktop.procedures.standing.review_files import review_of
from desktop.store import school
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork

_LATE_DOCUMENTS: Final = (ReviewVerdict.PASSED,)
"""Beside which verdicts a document that was still missing may be brought."""


class Desk:
    """Some classes of a round while something about them is being recorded.

    Each note is checked against what stands and against the notes before it, and becomes what is
    to be said; None where that is said already.

    Attributes:
        rules: of the round.
        items: its checklist.
        files: what is known of each student, the notes so far included.
    """

    def __init__(
        self, session: Session, unit: UnitOfWork, round_id: str, class_ids: Collection[str]
    ) -> None:
        self._round = require_review(unit, round_id)
        self._today = session.today().isoformat()
        self._gates = Gates(unit, round_id)
        self._groups = {group.id: group for group in school.classes(unit.connection)}
        review = review_of(session, unit, round_id, class_ids)
        self._students = {one.student.subject: one.student for one in review.students}
        self.rules, self.items = review.rules, review.items
        self.files = {one.student.subject: one.file for one in review.students}

    def arrival(self, note: ArrivalNote) -> Draft | None:
        """Return what is said of an arrival."""
        name, file = self._known(note.student)
        note = checked_arrival(note, name, self._today)
        came = note.state is ArrivalState.ARRIVED
        if came and file.place:
            raise ArrivalContradicts(
                f"已经报告{name}保留或放弃入学资格，不能再登记报到。",
                "请先撤回那项报告，再登记报到。",
            )
        if not came and (file.documents or file.compared or file.finding):
            raise ArrivalContradicts(
                f"{name}已经登记了材料或核对结论，不能改成没有报到。",
                "确属登记错误的，请先撤回该生的报到登记。",
            )
        return self._draft(with_arrival(file, note), "arrival", _arrival_values, file)

    def documents(self, note: DocumentNote) -> Draft | None:
        """Return what is said of documents."""
        name, file = self._present(note.student, _LATE_DOCUMENTS)
        said = checked_items(note, name)
        known = {item.slot for item in self.items}
        for slot, text in said.items():
            if text == file.documents.get(slot):
                continue
            if text and slot not in known:
                raise NotOnChecklist(
                    f"报到材料清单里已经没有{name}的这一项材料，没有保存。",
                    "请按最新的清单重新核验。",
                )
            self._require_to_come(name, text)

        def values(one: ReviewFile) -> dict[str, str]:
            return {slot: one.documents.get(slot, "") for slot in said}

        return self._draft(with_items(file, said), "document_check", values, file)

    def verdict(self, note: VerdictNote) -> Draft | None:
        """Return what the class teacher finds."""
        name, file = self._present(note.student)
        note = checked_verdict(note, name)
        if note.finding is not None:
            _require_two(name, note.checker, file.second_checker)
        after = with_verdict(file, note)
        if note.finding is Finding.NORMAL:
            self._require_sound(name, after)
        before = None if note.evidence else file  # evidence alone is worth a statement
        return self._draft(after, "class_verdict", _verdict_values, before)

    def second(self, note: SecondNote) -> Draft | None:
        """Return what a second person finds."""
        name, file = self._present(note.student)
        note = checked_second(note, name)
        if file.finding is None:
            raise FindingContradicts(
                f"班主任还没有填写{name}的核对结论，不能复核。", "请先登记班主任的核对结论。"
            )
        _require_two(name, note.checker, file.checker)
        return self._draft(with_second(file, note), "second_verdict", _second_values, file)

    # --- what has to hold -----------------------------------------------------------------------

    def _known(
        self, student: str, allowed: Collection[ReviewVerdict] = ()
    ) -> tuple[str, ReviewFile]:
        """Return the name and the file of a student of whom something may still be said."""
        if student not in self.files:
            raise NotFound("本批次的名单里没有这名学生。", "请刷新名单后重新登记。")
        name, file = self._students[student].identity.name or "该生", self.files[student]
        if file.verdict and file.verdict not in allowed:
            raise verdict_stands(name, file.verdict)
        return name, file

    def _present(
        self, student: str, allowed: Collection[ReviewVerdict] = ()
    ) -> tuple[str, ReviewFile]:
        """Return the name and the file of a student who came, in a class that may begin."""
        name, file = self._known(student, allowed)
        if file.arrival is not ArrivalState.ARRIVED:
            raise NotArrived(
                f"{name}还没有登记报到，不能核验材料、核对本人。", "请先登记报到，再核验。"
            )
        if group := self._groups.get(self._students[student].class_id):
            require_gate(self._gates.of(group), group)
        return name, file

    def _require_to_come(self, name: str, text: str | None) -> None:
        """Raise when a day that is now agreed upon is over."""
        state = read_document(text or "")
        if state and state.brought is Brought.MISSING and state.due and state.due < self._today:
            raise ValueRefused(
                f"{name}的补交日期“{state.due}”已经过了（今天是 {self._today}）。",
                "请改成今天或以后的日期。",
            )

    def _require_sound(self, name: str, file: ReviewFile) -> None:
        """Raise when something speaks against finding a student normal."""
        if different := [SIX_TITLES[k] for k, v in file.compared.items() if v == "different"]:
            raise FindingContradicts(
                f"{name}的{'、'.join(different)}登记为不一致，不能核对为“正常”。",
                "请核对；确实不一致的，登记为“存疑”或“异常”并写明理由。",
            )
        if not (face_passes(file, self.rules) or by_hand(file)):
            raise FaceNotPassed(
                f"{name}的人像比对没有通过，也没有人工对照，不能核对为“正常”。",
                "请对照电子照片、身份证和本人，三项都一致再登记为“正常”。",
            )

    def _draft(
        self,
        after: ReviewFile,
        aspect: str,
        values: Callable[[ReviewFile], dict[str, str]],
        before: ReviewFile | None,
    ) -> Draft | None:
        """Return what is to be said, None where it stands already and nobody contradicts it."""
        self.files[after.student] = after
        told = values(after)
        if before and told == values(before) and not after.conflicts:
            return None
        said: Values = {field: value or None for field, value in told.items()}
        return Draft(Key(after.student, aspect, self._round.id), said)


def _require_two(name: str, checker: str, other: str) -> None:
    """Raise when the one who looks is the one who looked before."""
    if checker == other:
        raise SameChecker(
            f"{name}的核对人和复核人都是{checker}。", "复核须由另一人进行，请改正后再保存。"
        )


def _arrival_values(file: ReviewFile) -> dict[str, str]:
    """Return what an arrival says, field by field."""
    return {
        "state": str(file.arrival or ""),
        "arrived_on": file.arrived_on,
        "until": file.leave_until,
        "cause": file.cause,
        "explanation": file.arrival_explanation,
    }


def _second_values(file: ReviewFile) -> dict[str, str]:
    """Return what a second person's verdict says, field by field."""
    return {
        "verdict": str(file.second or ""),
        "explanation": file.second_explanation,
        "checker": file.second_checker,
    }


def _verdict_values(file: ReviewFile) -> dict[str, str]:
    """Return what a class teacher's verdict says, field by field."""
    return {
        **{thing: file.compared.get(thing, "") for thing in SIX_THINGS},
        "verdict": str(file.finding or ""),
        "explanation": file.finding_explanation,
        "checker": file.checker,
    }
