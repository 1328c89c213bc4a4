"""Whether a class may begin with the review: its class teacher was trained (细则 一(三)1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class TrainingState(StrEnum):
    """How a class stands."""

    TRAINED = "trained"
    WAIVED = "waived"  # the college's head lets it begin all the same
    OTHER_TEACHER = "other_teacher"  # somebody was trained who is not its class teacher now
    UNTRAINED = "untrained"


TRAINING_TITLES: Final = {
    TrainingState.TRAINED: "已培训",
    TrainingState.WAIVED: "院部负责人同意先行开展",
    TrainingState.OTHER_TEACHER: "班主任已更换，未培训",
    TrainingState.UNTRAINED: "未培训",
}


@dataclass(frozen=True, slots=True)
class TrainingFile:
    """What was said of a class; "" where nothing was.

    Attributes:
        class_teacher: who the class teacher is now.
        teacher: who was trained.
        trained_on: when, ISO.
        head: of the college, who lets the class begin without.
        waived_on: when, ISO.
        waiver: why.
    """

    class_teacher: str = ""
    teacher: str = ""
    trained_on: str = ""
    head: str = ""
    waived_on: str = ""
    waiver: str = ""

    @property
    def state(self) -> TrainingState:
        """How the class stands: whoever is not known to be another one was the right one."""
        trained = bool(self.teacher and self.trained_on)
        if trained and self.class_teacher in ("", self.teacher):
            return TrainingState.TRAINED
        if self.waived_on:
            return TrainingState.WAIVED
        return TrainingState.OTHER_TEACHER if trained else TrainingState.UNTRAINED

    @property
    def may_begin(self) -> bool:
        """Whether the class may begin."""
        return self.state in (TrainingState.TRAINED, TrainingState.WAIVED)

    @property
    def sentence(self) -> str:
        """How the class stands, with names and days."""
        match self.state:
            case TrainingState.TRAINED:
                return f"班主任{self.teacher}已于 {self.trained_on} 参加培训。"
            case TrainingState.WAIVED:
                why = f"：{self.waiver}" if self.waiver else ""
                return (
                    f"{self._lacking}{self.head or '院部负责人'}已于 {self.waived_on} "
                    f"同意先行开展{why}。"
                )
            case _:
                return self._lacking

    @property
    def _lacking(self) -> str:
        """Why the class teacher does not count as trained."""
        if self.teacher and self.trained_on:
            return (
                f"{self.trained_on} 参加培训的是{self.teacher}，"
                f"现在的班主任是{self.class_teacher}，还没有参加培训。"
            )
        return f"还没有登记班主任{self.class_teacher}参加培训。"


def read_training(
    class_teacher: str, trained: Mapping[str, str], waived: Mapping[str, str]
) -> TrainingFile:
    """Return what statements say of a class, ``trained`` and ``waived`` being their texts."""
    return TrainingFile(
        class_teacher=class_teacher,
        teacher=trained.get("teacher", ""),
        trained_on=trained.get("trained_on", ""),
        head=waived.get("head", ""),
        waived_on=waived.get("waived_on", ""),
        waiver=waived.get("explanation", ""),
    )
