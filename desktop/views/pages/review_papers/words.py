"""The list of papers as data: columns, filters, and what is said about the chosen one."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from desktop.domain.rounds import Procedure, Round
from desktop.domain.sheets import read_scan
from desktop.domain.written_papers import SHORT_TITLES
from desktop.procedures.review_papers.paper_standing import PaperLine, PaperState
from desktop.procedures.review_papers.review_papers import MadePapers
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Column

ALL: Final = ""
STATE_TITLES: Final = {
    PaperState.NOT_PRINTED: tr("没有打印"),
    PaperState.VOID: tr("已作废"),
    PaperState.PRINTED: tr("待签字"),
    PaperState.SIGNED: tr("签字齐全"),
    PaperState.TO_READ: tr("已打印"),
}
FILTERS: Final = (
    (ALL, tr("全部")),
    *((str(state), title) for state, title in STATE_TITLES.items()),
)
_SHAPES: Final = {
    PaperState.NOT_PRINTED: State.NOT_YET,
    PaperState.VOID: State.ATTENTION,
    PaperState.PRINTED: State.IN_HAND,
    PaperState.SIGNED: State.DONE,
    PaperState.TO_READ: State.DONE,
}
_KINDS: Final = {kind: place for place, kind in enumerate(SHORT_TITLES)}
_ORDER: Final = {state: place for place, state in enumerate(STATE_TITLES)}
_NAMED: Final = 6


def printed_at(line: PaperLine) -> str:
    """Say when it was printed last."""
    if line.paper:
        return line.paper.printed_at[:16].replace("T", " ")
    return line.document.made_at[:16].replace("T", " ") if line.document else ""


def missing(line: PaperLine) -> str:
    """Say which signatures are not recorded."""
    return "、".join(line.missing)


COLUMNS: Final[tuple[Column[PaperLine], ...]] = (
    Column(
        tr("材料"),
        lambda p: f"{SHORT_TITLES[p.kind]}　{p.name}",
        sort_key=lambda p: (_KINDS[p.kind], p.name),
        width=14,
        may_be_cut=True,
    ),
    Column(
        tr("状态"),
        lambda p: STATE_TITLES[p.state],
        sort_key=lambda p: (_ORDER[p.state], _KINDS[p.kind], p.name),
        width=6,
        state=lambda p: _SHAPES[p.state],
    ),
    Column(tr("编号"), lambda p: p.paper.number if p.paper else "", width=5),
)


def belongs_here(round_: Round | None) -> bool:
    """Tell whether a round has such papers."""
    return round_ is not None and round_.procedure in (Procedure.ENTRY_REVIEW, Procedure.RECHECK)


def counts(lines: Sequence[PaperLine]) -> dict[str, int]:
    """Return how many papers each filter shows."""
    found = Counter(str(line.state) for line in lines)
    return {ALL: len(lines), **{key: found[key] for key, _ in FILTERS[1:]}}


def state_sentence(round_: Round | None, lines: Sequence[PaperLine]) -> str:
    """Say how the papers of the round stand."""
    if not belongs_here(round_):
        return tr("请在右上角选择一个入学资格审查或入学资格复查的批次。")
    if not lines:
        return tr("这个批次里还没有要由本部门打印的材料。")
    found = Counter(line.state for line in lines)
    told = "，".join(
        tr("{title} {count} 份", title=title, count=found[state])
        for state, title in STATE_TITLES.items()
        if found[state]
    )
    return tr("共 {count} 份材料：{told}。", count=len(lines), told=told)


def found_by(text: str, lines: Sequence[PaperLine]) -> PaperLine | None:
    """Return the paper whose QR code was read, or whose number was typed."""
    number = read_scan(text).number
    return next((line for line in lines if line.paper and line.paper.number == number), None)


def not_found(text: str) -> str:
    """Say that no paper in use has this number."""
    return tr(
        "没有编号为“{number}”的有效材料：可能已经重新打印，要在新的那一份上签字；也可能是别的批次的。",
        number=read_scan(text).number,
    )


def about(line: PaperLine) -> str:
    """Say in a sentence how the chosen paper is."""
    if not line.own:
        return _about_theirs(line)
    match line.state:
        case PaperState.VOID:
            return tr(
                "打印以后有变动，已经作废：{why}。下面是现在的内容，要重新打印。", why=line.why
            )
        case PaperState.PRINTED:
            return tr(
                "编号 {number}，{printed} 打印，还没有登记的签字：{missing}。",
                number=line.paper.number if line.paper else "",
                printed=printed_at(line),
                missing=missing(line),
            )
        case PaperState.SIGNED:
            return tr(
                "编号 {number}，{printed} 打印，签字盖章已登记齐全。",
                number=line.paper.number if line.paper else "",
                printed=printed_at(line),
            )
        case PaperState.TO_READ:
            return tr("{printed} 打印过。下面是现在的内容。", printed=printed_at(line))
    return tr("还没有打印。下面是预览，点“打印”以后才正式生成。")


def left_open(lines: Sequence[PaperLine]) -> str:
    """Say which of some papers, not all signed yet, have sections that nobody has written."""
    told = [one for one in lines if one.unwritten and one.state is not PaperState.SIGNED]
    if not told:
        return ""
    sections = "、".join(dict.fromkeys(section for one in told for section in one.unwritten))
    if len(lines) == 1:
        return tr(
            "“{sections}”还没有写：先到“专项核查”重新核查、补写，或者在纸上写清楚再签字。",
            sections=sections,
        )
    names = "、".join(one.name for one in told[:_NAMED])
    more = tr("等 {count} 份", count=len(told)) if len(told) > _NAMED else ""
    return tr(
        "{names}{more}的“{sections}”还没有写：先到“专项核查”重新核查、补写，或者在纸上写清楚再签字。",
        names=names,
        more=more,
        sections=sections,
    )


def _about_theirs(line: PaperLine) -> str:
    """Say how a paper is that a college makes, as far as its bundles have told."""
    if line.paper is None:
        return tr("{name}还没有报来这份材料。下面是本机现在知道的内容。", name=line.name)
    number = line.paper.number
    if line.state is PaperState.VOID:
        return tr(
            "{name}打印的这一份（编号 {number}）与本机现在的数据不一致：打印以后有变动，"
            "或者这边的数据更新。请院部核对后重新打印。",
            name=line.name,
            number=number,
        )
    if line.missing:
        return tr(
            "{name}打印，编号 {number}，还没有登记的签字：{missing}。",
            name=line.name,
            number=number,
            missing=missing(line),
        )
    return tr("{name}打印，编号 {number}，签字盖章已登记齐全。", name=line.name, number=number)


def print_words(line: PaperLine | None, count: int) -> str:
    """Return the words on the button that prints."""
    if count > 1:
        return tr("打印这 {count} 份…", count=count)
    if line and line.state is PaperState.VOID:
        return tr("重新打印…")
    if line and line.state in (PaperState.PRINTED, PaperState.SIGNED):
        return tr("再打印一份…")
    return tr("打印…")


def made_sentence(made: MadePapers) -> str:
    """Say what was made."""
    if not made.stated:
        return tr(
            "已生成“{name}”，共 {pages} 页。", name=made.document.name, pages=made.document.pages
        )
    numbers = "、".join(paper.number for paper, _ in made.stated[:_NAMED])
    more = tr("等 {count} 份", count=len(made.stated)) if len(made.stated) > _NAMED else ""
    return tr(
        "已生成 {count} 份，共 {pages} 页，编号 {numbers}{more}。签字盖章以后，请在这里登记签字。",
        count=len(made.stated),
        pages=made.document.pages,
        numbers=numbers,
        more=more,
    )
