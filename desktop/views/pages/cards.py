"""The pages as data, in the order of the rail: what the frame knows of them before they open."""

from dataclasses import dataclass
from typing import Final

from desktop.domain.duties import READERS
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import LEADERS
from desktop.views.language import tr

EVERYONE = frozenset(OfficeKind)
_COLLEGE = frozenset({OfficeKind.COLLEGE})
_REGISTRAR = frozenset({OfficeKind.REGISTRAR})
_LEADING = frozenset(LEADERS.values())
_PAPERS = frozenset({OfficeKind.COLLEGE, OfficeKind.ADMISSIONS, OfficeKind.STUDENT_AFFAIRS})


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a page before its class is imported.

    Attributes:
        id: stable, for history, jumping and what is remembered.
        title: the word in the rail and the title.
        icon: the name of a drawing in resources/icons.
        kinds: the kinds of office that see it.
        rail: under which page of the rail it stands; "" for a page with a button of its own.
        guide: the section of the user guide that F1 opens.
        before_signing_in: it may read what it begins with, out of sight, before somebody has
            signed in; see ``Desk.read``.
    """

    id: str
    title: str
    icon: str
    kinds: frozenset[OfficeKind] = EVERYONE
    rail: str = ""
    guide: str = "窗口里怎么走"
    before_signing_in: bool = False

    @property
    def in_rail(self) -> str:
        """The page whose button of the rail is marked while this one is in sight."""
        return self.rail or self.id


WORKBENCH: Final = Card(
    "workbench", tr("工作台"), "workbench", guide="工作台", before_signing_in=True
)
ROSTER: Final = Card("roster", tr("批次名单"), "import", _LEADING)
IMPORTS: Final = Card("imports", tr("读入记录"), "folder", READERS, guide="读入名单")
PREPARATION: Final = Card(
    "preparation",
    tr("报到准备"),
    "edit",
    frozenset({OfficeKind.STUDENT_AFFAIRS, OfficeKind.ADMISSIONS}),
    guide="报到准备",
)
ENTRY_REVIEW: Final = Card(
    "entry_review",
    tr("入学审查"),
    "procedure",
    frozenset({OfficeKind.ADMISSIONS}),
    guide="入学审查（招生工作处）",
)
RECHECK_DESK: Final = Card(
    "recheck_desk",
    tr("复查汇总"),
    "procedure",
    frozenset({OfficeKind.ADMISSIONS}),
    guide="复查汇总（招生工作处）",
)
CASES: Final = Card(
    "cases",
    tr("专项核查"),
    "eye",
    frozenset({OfficeKind.COLLEGE, OfficeKind.ADMISSIONS}),
    guide="专项核查",
)
SIGNING: Final = Card("signing", tr("核对签字"), "procedure", _COLLEGE, guide="核对签字（院部）")
RECORDING: Final = Card(
    "recording", tr("登记签字"), "edit", _COLLEGE, rail="signing", guide="核对签字（院部）"
)
CLASS_LIST: Final = Card(
    "class_list",
    tr("核对班级名单"),
    "students",
    _COLLEGE,
    rail="signing",
    guide="核对签字（院部）",
)
CHECK_IN: Final = Card("check_in", tr("报到核验"), "tick", _COLLEGE, guide="报到核验（院部）")
CHECK_IN_CLASS: Final = Card(
    "check_in_class",
    tr("班级报到核验"),
    "tick",
    _COLLEGE,
    rail="check_in",
    guide="报到核验（院部）",
)
REVIEW_PAPERS: Final = Card("review_papers", tr("审查材料"), "print", _PAPERS, guide="审查材料")
REGISTRATION: Final = Card("registration", tr("学籍注册"), "procedure", _REGISTRAR)
RECHECK: Final = Card(
    "recheck", tr("入学复查"), "search", _COLLEGE | {OfficeKind.ADMISSIONS}, guide="入学复查"
)
COMPARISON: Final = Card(
    "comparison",
    tr("录入比对"),
    "edit",
    _COLLEGE | {OfficeKind.ADMISSIONS},
    rail="recheck",
    guide="入学复查",
)
SPELLINGS: Final = Card(
    "spellings",
    tr("写法认定"),
    "edit",
    _COLLEGE | {OfficeKind.ADMISSIONS},
    rail="recheck",
    guide="入学复查#写法认定",
)
STUDENTS: Final = Card("students", tr("学生"), "students", guide="学生")
STUDENT: Final = Card("student", tr("学生详情"), "students", rail="students", guide="学生")
EXCHANGE: Final = Card("exchange", tr("收发"), "exchange", guide="收发")
DECISIONS: Final = Card("decisions", tr("裁定"), "tick", _LEADING, guide="裁定")
DOCUMENTS: Final = Card("documents", tr("文档"), "documents", guide="文档")
SEATS: Final = Card("seats", tr("席位"), "school", _REGISTRAR)
SETTINGS: Final = Card("settings", tr("设置"), "settings", guide="设置")
HELP: Final = Card("help", tr("帮助"), "help")

CARDS: Final[tuple[Card, ...]] = (
    WORKBENCH,
    ROSTER,
    IMPORTS,
    PREPARATION,
    ENTRY_REVIEW,
    CHECK_IN,
    CHECK_IN_CLASS,
    RECHECK,
    COMPARISON,
    SPELLINGS,
    RECHECK_DESK,
    CASES,
    REVIEW_PAPERS,
    SIGNING,
    RECORDING,
    CLASS_LIST,
    REGISTRATION,
    STUDENTS,
    STUDENT,
    EXCHANGE,
    DECISIONS,
    DOCUMENTS,
    SEATS,
    SETTINGS,
    HELP,
)
"""What a seat begins with, the procedures in the order of the year, what every office needs."""


def cards_for(kind: OfficeKind) -> tuple[Card, ...]:
    """Return the pages that an office of a kind sees."""
    return tuple(card for card in CARDS if kind in card.kinds)
