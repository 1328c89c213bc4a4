"""What is asked of the demo, and how far it can be played; it needs nothing of the program."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

STAGE_TITLES: Final = {
    "prepared": "准备好学校和席位",
    "reviewed": "入学资格审查",
    "rechecked": "入学资格复查",
    "issued": "下发名单",
    "signed": "登记签字",
    "exported": "院部导出",
    "merged": "学籍科收入",
    "registered": "办理注册并印出名册",
}
STAGES: Final = tuple(STAGE_TITLES)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line.

    ``students`` 0 means the sample roster; ``until`` is the last stage to be played; ``training``
    makes a school for practice, whose files no real one takes.
    """

    out: Path
    students: int = 0
    colleges: int = 12
    seed: int = 2026
    until: str = "registered"
    training: bool = False
