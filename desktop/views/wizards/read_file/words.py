"""What the steps of reading a list in say: rows of their tables, details, sentences."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.imports import (
    FATE_TITLES,
    LEFT_OUT,
    MAY_COME_IN,
    Fate,
    FieldChange,
    LikelyPair,
    PlannedRow,
    Sameness,
    Side,
)
from desktop.domain.likeness import Alike
from desktop.domain.offices import OfficeKind
from desktop.domain.students import FIELD_TITLES, IDENTITY_FIELDS
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets.details import Columns, Deed, Fact, Heading, Part, Words
from desktop.views.wizards.read_file.draft import ReadFile
from desktop.views.wizards.read_file.offices import READING_OFFICES

MISSING: Final = "missing"
GROUPS: Final = (
    *((str(fate), FATE_TITLES[fate]) for fate in (Fate.OTHER, Fate.NAME, Fate.CHANGED)),
    (str(Fate.KEPT), FATE_TITLES[Fate.KEPT]),
    (str(Fate.NEW), FATE_TITLES[Fate.NEW]),
    (MISSING, tr("名单里没有的学生")),
    *(
        (str(fate), FATE_TITLES[fate])
        for fate in (
            Fate.UNKNOWN,
            Fate.CLASH,
            Fate.LIKELY,
            Fate.HELD,
            Fate.ASIDE,
            Fate.FOREIGN,
            Fate.SAME,
        )
    ),
)
"""What rows are told apart by: what needs a person first, what needs nobody last."""
BY_CHOICE: Final = frozenset(map(str, MAY_COME_IN))
"""The groups whose rows come in when a person says so."""
_COMES_IN: Final = tr("读入")

# --- 核对改动 ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A row of the file, or a student who is missing from it; the same whatever is decided."""

    group: str
    id: tuple[str, int] | str
    name: str = field(compare=False)
    number: str = field(compare=False)
    class_name: str = field(compare=False)
    what: str = field(compare=False)
    decision: str = field(default="", compare=False)
    row: PlannedRow | None = field(default=None, compare=False)

    @property
    def where(self) -> str:
        """Where it stands in the file."""
        return tr("第{row}行", row=self.row.row) if self.row else ""


CHANGE_COLUMNS: Final[tuple[Column[ChangeLine], ...]] = (
    Column(
        tr("决定"),
        lambda line: line.decision,
        width=4,
        state=lambda line: State.DONE if line.decision == _COMES_IN else None,
    ),
    Column(
        tr("行"),
        lambda line: line.where,
        sort_key=lambda line: line.row.place if line.row else ("", 0),
        align=Align.RIGHT,
        width=4,
    ),
    Column(tr("姓名"), lambda line: line.name, width=4),
    Column(tr("号码"), lambda line: line.number, width=9),
    Column(tr("班级"), lambda line: line.class_name, width=8, may_be_cut=True),
    Column(tr("说明"), lambda line: line.what, width=18, may_be_cut=True),
)


def change_lines(draft: ReadFile) -> list[ChangeLine]:
    """Return every row of the list, and who is missing from it."""
    if draft.plan is None:
        return []
    rows = [
        ChangeLine(
            str(row.fate),
            row.place,
            row.name,
            row.number,
            row.class_name,
            row_text(row),
            _COMES_IN if row.place in draft.come_in else "",
            row,
        )
        for row in draft.plan.rows
    ]
    return rows + [
        ChangeLine(MISSING, one.subject, one.name, one.number, one.class_name, _MISSING_WORDS)
        for one in draft.plan.missing
    ]


_MISSING_WORDS = tr("这份名单里没有这名学生；原来的内容不动，请核对是不是漏了。")


def row_text(row: PlannedRow) -> str:
    """Say in one breath why a row stays out, what it says anew, or what it changes."""
    if row.sentence:
        return row.sentence
    if row.fate is Fate.NEW:
        return "；".join(tr("{title}：{new}", title=one.title, new=one.new) for one in row.changes)
    return "；".join(change_text(one) for one in (*row.changes, *row.kept))


def change_text(change: FieldChange) -> str:
    """Say what changes, in one breath."""
    old = change.old or tr("（空）")
    return tr("{title}：{old} → {new}", title=change.title, old=old, new=change.new)


def changes_sentence(draft: ReadFile) -> str:
    """Say in one sentence what the list would change."""
    if draft.plan is None:
        return ""
    counts = draft.plan.counts
    parts = [
        tr("{title} {count:,} 行", title=FATE_TITLES[fate], count=counts[fate])
        for fate in (Fate.NEW, Fate.CHANGED, Fate.SAME, Fate.KEPT)
        if counts.get(fate)
    ]
    if left := sum(counts.get(fate, 0) for fate in LEFT_OUT):
        parts.append(tr("不写入 {count:,} 行", count=left))
    said = tr("共 {count:,} 行：{parts}。", count=len(draft.plan.rows), parts="，".join(parts))
    if draft.plan.missing:
        said += tr("另有 {count:,} 名学生不在这份名单里。", count=len(draft.plan.missing))
    if draft.come_in:
        said += tr("现在选了仍然读入 {count:,} 行。", count=len(draft.come_in))
    return said


def change_parts(
    line: ChangeLine, office: OfficeKind, decide: Callable[[ChangeLine, bool], None]
) -> list[Part]:
    """Return what there is to say of a row, what can be decided, and what to do at an office."""
    told: list[Part] = [Heading(line.name or tr("（无姓名）"))]
    if line.row is None:
        told += [Fact(tr("班级"), line.class_name or tr("还没有分班")), Words(line.what)]
        return told
    told += row_parts(line.row)
    if line.row.fate in MAY_COME_IN:
        if line.decision:
            told.append(Deed(tr("不读入这一行"), lambda: decide(line, False), drawing="close"))
        else:
            told.append(Deed(_DEEDS[line.row.fate], lambda: decide(line, True), drawing="tick"))
    elif line.row.fate is Fate.UNKNOWN:
        told.append(Words(READING_OFFICES[office].unknown_row, "note"))
    elif line.row.fate in _TODO:
        told.append(Words(_TODO[line.row.fate], "note"))
    return told


def row_parts(row: PlannedRow) -> list[Part]:
    """Return what there is to say of a row of a file, before it is written or after."""
    told: list[Part] = [Fact(tr("在文件里"), row.where)]
    if row.sentence:
        told.append(Words(row.sentence))
    if row.reason:
        told.append(Fact(tr("收入的原因"), row.reason))
    if row.fate is Fate.NEW and row.changes:
        told += [Heading(tr("登记")), *(Fact(one.title, one.new) for one in row.changes)]
        return told
    for title, changes in ((tr("改动"), row.changes), (tr("保留不动"), row.kept)):
        if changes:
            told += [Heading(title), *_change_facts(changes)]
    return told


_DEEDS: Final = {
    Fate.OTHER: tr("核对过，仍然读入"),
    Fate.NAME: tr("是同一人，仍然读入"),
    Fate.KEPT: tr("以文件为准"),
}
_TODO: Final = {
    Fate.FOREIGN: tr("由学生所在的院部读入，这里不用处理。"),
    Fate.CLASH: tr("请与交来文件的部门核对号码，改正以后再读一次。"),
    Fate.HELD: tr("请回到“改问题”改正，或者请对方改好以后再读一次。"),
    Fate.LIKELY: tr("请回到“疑似同一人”认定。"),
}


def _change_facts(changes: Iterable[FieldChange]) -> list[Part]:
    return [
        Fact(one.title, tr("{old} → {new}", old=one.old or tr("（空）"), new=one.new))
        for one in changes
    ]


# --- 疑似同一人 ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair as a row; the same row whatever is decided."""

    id: str
    pair: LikelyPair = field(compare=False)
    decided: Sameness | None = field(default=None, compare=False)

    @property
    def decision(self) -> str:
        """What was decided, in words."""
        return _DECIDED[self.decided] if self.decided else tr("没有认定")

    @property
    def why(self) -> str:
        """Why they are asked about, in words."""
        if self.pair.why is Alike.BIRTH:
            return tr("姓名、出生日期相同")
        return tr("姓名相同，{title}相近", title=FIELD_TITLES[self.pair.field])

    @property
    def right(self) -> str:
        """Who the other is, in words."""
        side = self.pair.right
        if side.row:
            return tr("文件第{row}行", row=side.row)
        return tr("已有的学生，{place}", place=side.class_name or tr("还没有分班"))


_DECIDED: Final = {
    Sameness.TWO: tr("两个人"),
    Sameness.LEFT: tr("同一人，用左边的"),
    Sameness.RIGHT: tr("同一人，用右边的"),
}
SAMENESS_DEEDS: Final = (
    (Sameness.TWO, tr("是两个人")),
    (Sameness.LEFT, tr("同一人，用左边的号码")),
    (Sameness.RIGHT, tr("同一人，用右边的号码")),
)
PAIR_COLUMNS: Final[tuple[Column[PairLine], ...]] = (
    Column(
        tr("认定"),
        lambda line: line.decision,
        width=9,
        state=lambda line: State.DONE if line.decided else State.ATTENTION,
    ),
    Column(tr("姓名"), lambda line: line.pair.left.identity.name, width=4),
    Column(tr("左边"), lambda line: tr("文件第{row}行", row=line.pair.left.row), width=6),
    Column(tr("右边"), lambda line: line.right, width=10, may_be_cut=True),
    Column(tr("为什么问"), lambda line: line.why, width=10, may_be_cut=True),
)


def pair_lines(draft: ReadFile) -> list[PairLine]:
    """Return the pairs with what was decided so far."""
    decided = dict(draft.pairs)
    return [PairLine(pair.id, pair, decided.get(pair.id)) for pair in draft.all_pairs]


def pairs_sentence(draft: ReadFile) -> str:
    """Say how many there are, and how many are decided."""
    return tr(
        "有 {count:,} 对疑似同一人，已经认定 {decided:,} 对。没有认定的，这次不写入，下次再问。",
        count=len(draft.all_pairs),
        decided=len(draft.all_pairs) - len(draft.undecided),
    )


def pair_parts(line: PairLine) -> list[Part]:
    """Return the two side by side, with what differs."""
    left, right = line.pair.left, line.pair.right
    both = [
        (name, getattr(left.identity, name), getattr(right.identity, name))
        for name in IDENTITY_FIELDS
    ]
    differing = [name for name, one, other in both if one and other and one != other]
    same = "、".join(FIELD_TITLES[name] for name, one, other in both if one and one == other)
    return [
        Heading(left.identity.name),
        Words(tr("{why}。现在的认定：{decision}。", why=line.why, decision=line.decision)),
        Columns(
            (
                _side_parts(tr("左边：文件第{row}行", row=left.row), left, differing),
                _side_parts(tr("右边：{who}", who=line.right), right, differing),
            )
        ),
        Words(tr("两边相同的：{same}。", same=same), "note"),
    ]


def _side_parts(title: str, side: Side, differing: Sequence[str]) -> list[Part]:
    parts: list[Part] = [Words(title, "strong")]
    parts.append(Fact(tr("班级"), side.class_name or tr("还没有分班")))
    parts += [
        Fact(FIELD_TITLES[name], getattr(side.identity, name) or tr("（空）")) for name in differing
    ]
    return parts
