"""Which of the pictures that were found come in, and whose each is: plain functions on drafts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol, TypeVar

from desktop.procedures.named_files import File, LookedAt, Verdict, Who, as_page_of, is_doubtful
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Column
from desktop.views.widgets.details import Deed, Fact, Heading, Part, Words

Decide = Callable[[LookedAt, str], None]
WITHOUT: Final = "without"
_NAMED = 5


class Found(Protocol):
    """What was found in a folder or ZIP."""

    @property
    def source(self) -> Path:
        """The folder or ZIP."""

    @property
    def files(self) -> tuple[LookedAt, ...]:
        """What was found, in the order of their names."""

    @property
    def without(self) -> tuple[Who, ...]:
        """Who would have no picture afterwards."""

    def of(self, verdict: Verdict) -> tuple[LookedAt, ...]:
        """Return the files of which this can become."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """The part of a draft that says which pictures come in.

    Attributes:
        source: the folder or ZIP.
        chosen: the files that come in, each with its student.
        reason: why those come in about which there is a question.
    """

    source: str = ""
    chosen: tuple[tuple[File, str], ...] = ()
    reason: str = ""

    @property
    def found(self) -> Found | None:
        """What was found, None while nobody has looked."""
        return None

    @property
    def title(self) -> str:
        """What the pictures are, in words."""
        return ""

    @property
    def everybody(self) -> tuple[Who, ...]:
        """To whom a person may give a picture whose name says nothing; nobody where empty."""
        return ()

    @property
    def remark(self) -> str:
        """What else there is to say of what was found, "" for nothing."""
        return ""

    @property
    def doubtful(self) -> tuple[LookedAt, ...]:
        """The chosen files about which there is a question."""
        return tuple(one for one, student in self.chosen_files() if is_doubtful(one, student))

    def chosen_files(self) -> list[tuple[LookedAt, str]]:
        """Return the chosen files as they were looked at, each with its student."""
        files = {one.file: one for one in self.found.files} if self.found else {}
        return [(files[file], student) for file, student in self.chosen]


D = TypeVar("D", bound=Choosing)


def groups(without: str) -> tuple[tuple[str, str], ...]:
    """Return the groups of what was found; ``without`` is what the students are called."""
    return (
        (str(Verdict.QUESTION), tr("有疑问")),
        (str(Verdict.WHOSE), tr("不知道是谁的")),
        (str(Verdict.REFUSED), tr("不能收入")),
        (str(Verdict.READY), tr("可以收入")),
        (str(Verdict.KNOWN), tr("已经有了")),
        (WITHOUT, without),
    )


def in_order(chosen: Mapping[File, str]) -> tuple[tuple[File, str], ...]:
    """Return what is chosen as drafts keep it."""
    return tuple(sorted(chosen.items()))


def with_choice(draft: D, one: LookedAt, student: str) -> D:
    """Return the draft with one file chosen for a student, in place of any other; "" for no one."""
    chosen = {file: whose for file, whose in draft.chosen if file != one.file and whose != student}
    if student:
        chosen[one.file] = student
    return replace(draft, chosen=in_order(chosen))


def with_all(draft: D, files: Iterable[LookedAt], *, come_in: bool) -> D:
    """Return the draft with many files chosen or left out; a student still gets only one."""
    chosen = dict(draft.chosen)
    if not come_in:
        for one in files:
            chosen.pop(one.file, None)
        return replace(draft, chosen=in_order(chosen))
    served = set(chosen.values())
    for one in files:
        if may_come_in(one) and one.who and one.who.subject not in served:
            chosen[one.file] = one.who.subject
            served.add(one.who.subject)
    return replace(draft, chosen=in_order(chosen))


def may_come_in(one: LookedAt) -> bool:
    """Tell whether a file's student is certain and there is anything new about it."""
    return one.verdict in (Verdict.READY, Verdict.QUESTION)


BY_LOT: Final = frozenset({str(Verdict.READY), str(Verdict.QUESTION)})
"""The groups whose files may all come in at once; whose each of the others is, a person says."""


# --- the table -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file, or a student without a picture, as a row; the same row whatever is decided.

    ``id`` is the file's path in parts, or the student.
    """

    group: str
    id: File | str
    who: Who | None = field(compare=False)
    decision: str = field(default="", compare=False)
    one: LookedAt | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The student's name, "" where it is not known whose the file is."""
        return self.who.name if self.who else ""

    @property
    def number(self) -> str:
        """The student's 学号, or another number."""
        return self.who.number if self.who else ""

    @property
    def class_name(self) -> str:
        """The student's class."""
        return self.who.class_name if self.who else ""

    @property
    def file(self) -> str:
        """The path of the file, "" for a student without one."""
        return self.one.path if self.one else ""

    @property
    def doubts(self) -> str:
        """What there is to know, each thing in a word."""
        return "、".join(finding.title for finding in self.one.findings) if self.one else ""

    @property
    def sentence(self) -> str:
        """What there is to know, in sentences."""
        return "".join(finding.sentence for finding in self.one.findings) if self.one else ""


_COMES_IN, _STAYS_OUT = tr("收入"), tr("不收")
_STATES: Final = {_COMES_IN: State.DONE, _STAYS_OUT: State.NOT_YET}
COLUMNS: Final[tuple[Column[FileLine], ...]] = (
    Column(
        tr("决定"),
        lambda line: line.decision,
        width=4,
        state=lambda line: _STATES.get(line.decision),
    ),
    Column(tr("姓名"), lambda line: line.name, width=4),
    Column(tr("说明"), lambda line: line.doubts, width=10, copied=lambda line: line.sentence),
    Column(tr("文件"), lambda line: line.file, width=14, may_be_cut=True),
    Column(tr("学号"), lambda line: line.number, width=9),
    Column(tr("班级"), lambda line: line.class_name, width=9, may_be_cut=True),
)


def lines(draft: Choosing) -> list[FileLine]:
    """Return everything that was found, row by row."""
    if draft.found is None:
        return []
    chosen = dict(draft.chosen)
    found = [
        FileLine(
            str(one.verdict),
            one.file,
            whose(one, draft),
            _decision(one, one.file in chosen),
            one,
        )
        for one in draft.found.files
    ]
    return found + [FileLine(WITHOUT, who.subject, who) for who in draft.found.without]


def whose(one: LookedAt, draft: Choosing) -> Who | None:
    """Return whom a person has chosen for a file, else whose it is by its name."""
    student = dict(draft.chosen).get(one.file, "")
    known = (*one.candidates, *draft.everybody) if student else ()
    return next((who for who in known if who.subject == student), one.who)


def _decision(one: LookedAt, chosen: bool) -> str:
    if one.verdict in (Verdict.REFUSED, Verdict.KNOWN):
        return ""
    return _COMES_IN if chosen else _STAYS_OUT


def found_sentence(draft: Choosing) -> str:
    """Say in one sentence what was found."""
    if draft.found is None:
        return ""
    counts = {verdict: len(draft.found.of(verdict)) for verdict in Verdict}
    files, ready = len(draft.found.files), counts[Verdict.READY]
    if any(as_page_of(one.file) for one in draft.found.files):
        parts = [tr("共 {files:,} 张，可以收入的 {ready:,} 张", files=files, ready=ready)]
    else:
        parts = [tr("{files:,} 个文件，可以收入的 {ready:,} 张", files=files, ready=ready)]
    if count := counts[Verdict.QUESTION]:
        parts.append(tr("有疑问的 {count:,} 张", count=count))
    if count := counts[Verdict.WHOSE]:
        parts.append(tr("不知道是谁的 {count:,} 张", count=count))
    if count := counts[Verdict.REFUSED]:
        parts.append(tr("不能收入的 {count:,} 个", count=count))
    if count := counts[Verdict.KNOWN]:
        parts.append(tr("已经有了的 {count:,} 张", count=count))
    said = tr(
        "{found}。现在选了收入 {chosen:,} 张。", found="，".join(parts), chosen=len(draft.chosen)
    )
    return f"{said}{draft.remark}"


def parts(line: FileLine, draft: Choosing, decide: Decide) -> list[Part]:
    """Return what there is to say of a row, and what can be decided.

    Args:
        line: the row.
        draft: with what is decided so far.
        decide: called with the file and the student, "" for no one.
    """
    if line.one is None:
        return [
            Heading(line.name or tr("（无姓名）")),
            Fact(tr("班级"), line.class_name or tr("还没有分班")),
            Words(tr("这次没有找到可以收入的{photo}。", photo=draft.title)),
        ]
    one = line.one
    told: list[Part] = [Heading(line.name or tr("不知道是谁的"))]
    told += [Words(finding.sentence) for finding in one.findings]
    told += list(_deeds(one, dict(draft.chosen).get(one.file, ""), decide))
    if line.name:
        told.append(Fact(tr("学生"), f"{line.number}　{line.class_name}".strip()))
    told.append(Fact(tr("文件"), one.path))
    if picture := one.picture:
        measured = [f"{picture.width}×{picture.height}", f"{picture.size / 1024:.1f} KB"]
        if picture.dpi:
            measured.insert(1, f"{picture.dpi} dpi")
        told.append(Fact(tr("照片"), "，".join(measured)))
    if one.verdict is Verdict.WHOSE and not (one.candidates or draft.everybody):
        told.append(Words(tr("请把文件名改成学号或考生号，再读入一次。"), "quiet"))
    return told


def _deeds(one: LookedAt, chosen: str, decide: Decide) -> list[Deed]:
    """Return what can be decided of a file."""
    if one.verdict in (Verdict.REFUSED, Verdict.KNOWN):
        return []
    whose = (one.who,) if one.who else one.candidates[:_NAMED]
    deeds = [
        Deed(
            tr("收入这一张")
            if one.who
            else tr("是{name}的（{place}）", name=who.name, place=who.class_name or who.number),
            lambda who=who: decide(one, who.subject),  # type: ignore[misc]
            drawing="tick",
        )
        for who in whose
        if who.subject != chosen
    ]
    if chosen:
        deeds.append(Deed(tr("不收这一张"), lambda: decide(one, ""), drawing="close"))
    return deeds
