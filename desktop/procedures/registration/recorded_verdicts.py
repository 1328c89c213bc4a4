"""Verdicts of admissions that the registrar writes down from paper (细则 三(三)2)."""

from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Procedure
from desktop.domain.statements import Key
from desktop.errors import Incomplete
from desktop.procedures.registration.verdicts import VERDICT_NAMES
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Session
from desktop.procedures.typed_texts import typed_text


def record_verdict(
    session: Session,
    round_id: str,
    student: str,
    *,
    passed: bool,
    reason: str,
    document: str,
    procedure: Procedure = Procedure.RECHECK,
) -> None:
    """Record a verdict on a student from the admissions office's paper.

    Args:
        session: of the registrar.
        round_id: the open round of the registration.
        student: the subject.
        passed: whether the student has passed.
        reason: why.
        document: the paper.
        procedure: the entry review or the re-check; their verdicts are kept apart.

    Raises:
        Incomplete: the reason or the paper is not named.
    """
    session.require(OfficeKind.REGISTRAR)
    if procedure not in VERDICT_NAMES:
        raise ValueError(f"no verdict comes of {procedure}")
    reason, document = typed_text("原因", reason), typed_text("文件名称", document)
    if not (reason and document):
        name = VERDICT_NAMES[procedure]
        raise Incomplete(f"登记{name}要写明原因和文件名称。", "请补全后再保存。")
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        unit.journal.state(
            Key(student, str(procedure), round_id),
            {
                "verdict": "passed" if passed else "failed",
                "explanation": reason,
                "document": document,
            },
        )
        unit.commit()
