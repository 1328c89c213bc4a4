"""Why a new student has no verdict yet, as admissions tells the registrar with the list.

The registrar hears nothing of arrivals and doubts (ADR 33); who has no verdict would be missing
there without a word. What was told stands until a verdict is said, or something else is told.
"""

from collections.abc import Mapping
from typing import Final

from desktop.procedures.standing.review_files import Reviewed
from desktop.store import registration
from desktop.store.registration import Texts
from desktop.store.store import UnitOfWork

WAITING: Final = "review_waiting"


def waiting_told(unit: UnitOfWork, round_id: str) -> Mapping[str, Texts]:
    """Return what is told of the students of a round who have no verdict, by student."""
    return registration.texts_of_round(unit.connection, WAITING, round_id)


def waiting_word(one: Reviewed) -> dict[str, str]:
    """Return what is to be told of a student: where they stand, and why in a sentence or two."""
    why = "".join(reason.sentence for reason in one.assessment.reasons)
    return {"standing": str(one.assessment.standing), "explanation": why}


def is_news(one: Reviewed, told: Mapping[str, Texts]) -> bool:
    """Tell whether something else is to be told of a student than stands, or is disputed."""
    texts = told.get(one.student.subject, {})
    said = {field: texts.get(field, "") for field in ("standing", "explanation")}
    return one.file.verdict is None and (bool(texts.get("conflicts")) or said != waiting_word(one))
