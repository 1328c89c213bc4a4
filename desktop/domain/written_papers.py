"""Papers of procedures one and two: what stands on one, as parts that paper and Word both draw.

A paper is the same for the printer, for Word and for the question whether anything has changed
since it was printed: its digest is taken over exactly its title, its lines and its rows, and over
nothing that is about the printing (number, day, page).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Final

from desktop.domain.statements import canonical_json

_NAMED_CHANGES: Final = 3
_NUMBER: Final = "序号"


class PaperKind(StrEnum):
    """The papers of procedures one and two, and the two that are written documents."""

    CLASS_REPORT = "class_report"
    MISSING_DOCUMENTS = "missing_documents"
    COLLEGE_RETURN = "college_return"
    SCHOOL_REPORT = "school_report"
    NO_SHOWS = "no_shows"
    QUALIFIED = "qualified"
    POSTER = "poster"
    TRAINING = "training"
    TRAINING_SIGN_IN = "training_sign_in"
    RECHECK_FORMS = "recheck_forms"
    BLANK_FORM = "blank_form"
    FIVE_NOTS = "five_nots"
    RECHECK_CLASS = "recheck_class"
    RECHECK_COLLEGE = "recheck_college"
    MISSING_FORMS = "missing_forms"
    APPROVED = "approved"
    CLOSING_REPORT = "closing_report"
    CASE_STATEMENT = "case_statement"


KIND_TITLES: Final = {
    PaperKind.CLASS_REPORT: "新生入学资格审查核验报告单",
    PaperKind.MISSING_DOCUMENTS: "新生未交材料及补交日期一览表",
    PaperKind.COLLEGE_RETURN: "新生入学报到审核单",
    PaperKind.SCHOOL_REPORT: "新生入学审查核验报告",
    PaperKind.NO_SHOWS: "未报到新生名单（按生源省份）",
    PaperKind.QUALIFIED: "新生入学资格审查合格名单",
    PaperKind.POSTER: "人像比对核查二维码",
    PaperKind.TRAINING: "新生入学资格审查班主任培训材料",
    PaperKind.TRAINING_SIGN_IN: "新生入学资格审查班主任培训签到表",
    PaperKind.RECHECK_FORMS: "入学资格复查表",
    PaperKind.BLANK_FORM: "入学资格复查表（空白）",
    PaperKind.FIVE_NOTS: "入学资格复查表填写“五不”要求",
    PaperKind.RECHECK_CLASS: "入学资格复查班级汇总表",
    PaperKind.RECHECK_COLLEGE: "入学资格复查院部汇总表",
    PaperKind.MISSING_FORMS: "入学资格复查表未交名单",
    PaperKind.APPROVED: "新生入学资格复查合格名单",
    PaperKind.CLOSING_REPORT: "新生入学资格复查工作小结",
    PaperKind.CASE_STATEMENT: "入学资格复查专项核查书面材料",
}
SHORT_TITLES: Final = {
    PaperKind.CLASS_REPORT: "核验报告单",
    PaperKind.MISSING_DOCUMENTS: "未交材料表",
    PaperKind.COLLEGE_RETURN: "报到审核单",
    PaperKind.SCHOOL_REPORT: "审查核验报告",
    PaperKind.NO_SHOWS: "未报到名单",
    PaperKind.QUALIFIED: "审查合格名单",
    PaperKind.POSTER: "比对二维码",
    PaperKind.TRAINING: "培训材料",
    PaperKind.TRAINING_SIGN_IN: "培训签到表",
    PaperKind.RECHECK_FORMS: "复查表",
    PaperKind.BLANK_FORM: "空白复查表",
    PaperKind.FIVE_NOTS: "“五不”要求",
    PaperKind.RECHECK_CLASS: "班级汇总表",
    PaperKind.RECHECK_COLLEGE: "院部汇总表",
    PaperKind.MISSING_FORMS: "未交表名单",
    PaperKind.APPROVED: "复查合格名单",
    PaperKind.CLOSING_REPORT: "复查小结",
    PaperKind.CASE_STATEMENT: "书面材料",
}
"""What a list calls them, beside what they are about."""
SIGNER_TITLES: Final = {
    "class_teacher": "班主任",
    "student_section": "学工科",
    "head": "主要负责人",
    "admissions": "招生工作处",
    "group_leader": "工作领导小组组长",
}
"""Who signs, by ``authority.PAPER_SIGNERS``."""
SIGNERS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    PaperKind.CLASS_REPORT: ("class_teacher", "student_section"),
    PaperKind.COLLEGE_RETURN: ("student_section", "head"),
    PaperKind.SCHOOL_REPORT: ("admissions",),
    PaperKind.NO_SHOWS: ("admissions",),
    PaperKind.QUALIFIED: ("admissions",),
    PaperKind.RECHECK_CLASS: ("class_teacher", "student_section"),
    PaperKind.RECHECK_COLLEGE: ("student_section", "head"),
    PaperKind.APPROVED: ("admissions", "group_leader"),
    PaperKind.CLOSING_REPORT: ("admissions", "group_leader"),
    PaperKind.CASE_STATEMENT: ("head", "admissions"),
}
"""Who signs which paper (细则 一(二), 二(二), 二(三)4 and 5); what is not here is not signed."""
_SIGN_IF_IMPORTANT: Final[Mapping[str, tuple[str, ...]]] = {
    PaperKind.CASE_STATEMENT: ("group_leader",),
}
"""Who signs besides where the paper is about a 重点对象, which goes to the leading group."""
SEALED: Final = frozenset(SIGNERS_OF) - {PaperKind.CLASS_REPORT, PaperKind.RECHECK_CLASS}
"""The papers on which a seal is pressed, over the date of the last signature."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph; a reader may go on writing in Word."""

    text: str


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """One column: its title, its share of the width, and how its texts are set.

    ``numbers``: in digits of one width, so that they stand in columns; ``left``: to the left;
    ``names``: its texts say what stands beside them, as titles do.
    """

    title: str
    share: float
    numbers: bool = False
    left: bool = False
    names: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table; ``total`` is its last line, in bold; ``label`` is the column that names a row.

    ``headed``: whether the titles of the columns are drawn; where columns name what stands beside
    them, they would say nothing.
    """

    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    title: str = ""
    empty: str = "无"
    label: int = 0
    writing: bool = False  # rows high enough to write in by hand
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart: what is counted, and how many."""

    title: str
    bars: tuple[tuple[str, int], ...]


Part = Heading | Prose | PaperTable | Bars


@dataclass(frozen=True, slots=True)
class SignOff:
    """One box for a signature; ``signer`` is one of ``authority.PAPER_SIGNERS``."""

    signer: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """What stands on one paper.

    Attributes:
        kind: which paper.
        about: the class or the office that it is about, as the journal's ``paper`` says it.
        school: what the school is called.
        title: the paper's.
        lines: the parts of the line below the title: round, college, class, teacher, how many.
        parts: what stands on it, in order.
        sign_offs: the boxes at the end.
        sealed: whether a seal is pressed over the last date.
        landscape: whether it is printed across.
    """

    kind: PaperKind
    about: str
    school: str
    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    sign_offs: tuple[SignOff, ...] = ()
    sealed: bool = False
    landscape: bool = False

    @property
    def content(self) -> bytes:
        """Everything that its digest is taken over, as canonical JSON."""
        return canonical_json(
            {
                "kind": str(self.kind),
                "about": self.about,
                "title": self.title,
                "lines": list(self.lines),
                "parts": [_plain(part) for part in self.parts],
            }
        ).encode()

    @property
    def digest(self) -> str:
        """The SHA-256 of exactly what stands on it."""
        return sha256(self.content).hexdigest()

    @property
    def tables(self) -> Iterator[PaperTable]:
        """Its tables, in order."""
        return (part for part in self.parts if isinstance(part, PaperTable))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text with where it stands, to ask the fonts before drawing."""
        yield f"{self.title}的表头", "".join((self.school, self.title, *self.lines))
        for part in self.parts:
            if isinstance(part, PaperTable):
                for row in part.rows:
                    yield f"{self.title} {row[part.label]}", "".join(row)
            elif isinstance(part, Bars):
                yield part.title, "".join(label for label, _ in part.bars)
            else:
                yield self.title, part.text
        yield f"{self.title}的签字栏", "".join(s.title + s.sentence for s in self.sign_offs)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is about the printing of a paper and not on it: number ("" where nobody signs), time."""

    printed_at: str  # YYYY-MM-DD HH:MM
    number: str = ""
    training: bool = False


@dataclass(frozen=True, slots=True)
class StatedPaper:
    """A paper as the journal knows it: ``number`` is ``<seat>-<nnn>``, ``signers`` who sign it."""

    number: str
    round: str
    kind: str
    about: str
    title: str
    page_count: int
    digest: str
    printed_at: str
    signers: tuple[str, ...]
    sign_offs: Mapping[str, str] = field(default_factory=dict)

    @property
    def sealed(self) -> bool:
        """Whether a seal is pressed on it."""
        return PaperKind(self.kind) in SEALED

    @property
    def missing(self) -> tuple[str, ...]:
        """The titles of the signatures, and the seal, that are not recorded yet."""
        lacks = [SIGNER_TITLES[s] for s in self.signers if not self.sign_offs.get(s)]
        if self.sealed and not self.sign_offs.get("seal"):
            lacks.append("盖章")
        return tuple(lacks)


def number_column(title: str) -> PaperColumn:
    """Return a column of counts, as wide as its title asks for."""
    return PaperColumn(title, max(11.0, 3.6 * len(title) + 1), numbers=True)


def paper_number(seat: str, serial: int) -> str:
    """Return the number of a paper: ``005-003`` is the third that seat 005 has made."""
    return f"{seat}-{serial:03d}"


def signers_of(kind: str, *, important: bool = False) -> tuple[str, ...]:
    """Return who signs a paper, in order; ``important``: it is about a 重点对象 (细则 二(三)4)."""
    besides = _SIGN_IF_IMPORTANT.get(kind, ()) if important else ()
    return (*SIGNERS_OF.get(kind, ()), *besides)


def sign_offs_for(
    kind: PaperKind, sentences: Mapping[str, str], *, important: bool = False
) -> tuple[SignOff, ...]:
    """Return the boxes of a paper, each with what is vouched for there."""
    return tuple(
        SignOff(signer, SIGNER_TITLES[signer], sentences[signer])
        for signer in signers_of(kind, important=important)
    )


def changes(printed: bytes, now: WrittenPaper) -> str:
    """Return in words what has changed since a paper was printed, "" where nothing has.

    Args:
        printed: the ``content`` of the paper as it was printed.
        now: what would be printed now.
    """
    if printed == now.content:
        return ""
    before, after = (dict(_rows(json.loads(c)["parts"])) for c in (printed, now.content))
    told = [f"{label}不再在表上" for label in before if label not in after]
    counts: list[str] = []  # numbers follow from what changed of students: these are told first
    for label, row in after.items():
        if label not in before:
            told.append(f"增加了{label}")
        elif _without_number(row) != _without_number(before[label]):
            said = told if _NUMBER in row else counts
            said.append(_difference(label, before[label], row))
    told += counts
    if not told:
        return "文字或表头的内容有变动"
    more = f"等 {len(told)} 处变动" if len(told) > _NAMED_CHANGES else ""
    return "；".join(told[:_NAMED_CHANGES]) + more


def _plain(part: Part) -> Mapping[str, object]:
    plain: dict[str, object] = {"part": type(part).__name__, **asdict(part)}
    if isinstance(part, PaperTable):
        plain["columns"] = [column.title for column in part.columns]
    return plain


_Row = Mapping[str, str]


def _rows(parts: Sequence[Mapping[str, object]]) -> list[tuple[str, _Row]]:
    """Return every row of a content with what it is called; equal names are told apart."""
    found: list[tuple[str, _Row]] = []
    seen: dict[str, int] = {}
    for part in parts:
        if part["part"] != PaperTable.__name__:
            continue
        titles, label = part["columns"], part["label"]
        for row in (*part["rows"], *([part["total"]] if part["total"] else [])):  # type: ignore[misc]
            texts = dict(zip(titles, row, strict=True))  # type: ignore[call-overload]
            name = f"“{row[label]}”"
            seen[name] = seen.get(name, 0) + 1
            numbered = name if seen[name] == 1 else f"{name}（第 {seen[name]} 处）"
            found.append((numbered, texts))
    return found


def _without_number(row: _Row) -> _Row:
    return {title: text for title, text in row.items() if title != _NUMBER}


def _difference(label: str, before: _Row, after: _Row) -> str:
    """Return how one row has changed, by its first column that has."""
    for title, text in after.items():
        if title != _NUMBER and before.get(title) != text:
            return f"{label}的{title}由“{before.get(title) or '空'}”改为“{text or '空'}”"
    return f"{label}的内容有变动"
