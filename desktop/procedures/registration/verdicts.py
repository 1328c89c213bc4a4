"""The verdicts of procedures one and two as procedure three needs them, kept apart (细则 三(三)).

Admissions says them in the rounds that it leads; the registrar may write one down from admissions'
paper in the round of the registration itself. Where both have spoken, they must say the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.entry_review import VERDICT_TITLES as REVIEW_TITLES
from desktop.domain.recheck import RECHECK_VERDICT_TITLES
from desktop.domain.rounds import Procedure, Round
from desktop.store import registration, school
from desktop.store.registration import Texts
from desktop.store.store import UnitOfWork

VERDICT_NAMES: Final = {Procedure.ENTRY_REVIEW: "审查结论", Procedure.RECHECK: "复查结论"}
"""What the verdict of each of the two procedures is called, wherever one is shown."""
_TITLES: Final[Mapping[str, str]] = {
    **{str(verdict): title for verdict, title in REVIEW_TITLES.items()},
    **{str(verdict): title for verdict, title in RECHECK_VERDICT_TITLES.items()},
}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is said of each student of one year in one procedure.

    Attributes:
        aspect: ``entry_review`` or ``recheck``.
        said: per student the verdict, its reason, paper and term.
        split: the students about whom two different things stand.
    """

    aspect: str
    said: Mapping[str, Texts]
    split: Collection[str]

    def of(self, student: str) -> Texts:
        """Return what is said of a student, nothing where that contradicts itself."""
        return {} if student in self.split else self.said.get(student, {})

    def title(self, student: str) -> str:
        """Return what is said of a student in a word, "" while nothing is."""
        if student in self.split:
            return "说法不一致"
        return _TITLES.get(self.said.get(student, {}).get("verdict", ""), "")

    def contradicts(self, student: str) -> bool:
        """Tell whether two different things stand about a student."""
        return student in self.split


def verdicts_for(unit: UnitOfWork, procedure: Procedure, round_: Round) -> Verdicts:
    """Return the verdicts of a procedure that a round of the same year's registration rests on."""
    aspect = str(procedure)
    connection = unit.connection
    said: dict[str, Texts] = {}
    split: set[str] = set()
    led = [
        other.id
        for other in school.rounds(connection)
        if other.procedure is procedure and other.entry_year == round_.entry_year
    ]
    for round_id in dict.fromkeys([*led, round_.id]):
        for student, texts in registration.texts_of_round(connection, aspect, round_id).items():
            before = said.setdefault(student, texts)
            if texts["conflicts"] or before["verdict"] != texts["verdict"]:
                split.add(student)
    return Verdicts(aspect, said, split)
