"""What the page 写法认定 says of spellings, as plain functions: columns, filters, details."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from desktop.domain.recheck import ANSWER_TITLES
from desktop.procedures.recheck.recheck_spellings import SPELLING_VERDICTS
from desktop.procedures.recheck.spelling_desk import SpellingLine
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Align, Column
from desktop.views.widgets import details as part

ALL, PROPOSED, SAME, TWO, DISPUTED = "all", "proposed", "same", "two", "disputed"
FILTERS: Final = (
    (ALL, tr("全部")),
    (PROPOSED, tr("待认定")),
    (SAME, tr("同一内容")),
    (TWO, tr("不同内容")),
    (DISPUTED, tr("各方不一致")),
)
_SHOWN: Final = 8  # students named beside the table


def kind_of(line: SpellingLine) -> str:
    """Return the filter under which a line stands."""
    if line.ruling is None:
        return PROPOSED
    return DISPUTED if line.disputed else line.ruling.verdict


def standing(line: SpellingLine) -> str:
    """Return in words what was decided."""
    kind = kind_of(line)
    return SPELLING_VERDICTS.get(kind) or dict(FILTERS)[kind]


def state_of_line(line: SpellingLine) -> State:
    """Return the shape for a line: what waits for a person comes first."""
    return State.DONE if kind_of(line) in (SAME, TWO) else State.ATTENTION


def decided_by(line: SpellingLine) -> str:
    """Return who decided, "" while nobody has."""
    return tr("{office} {who}", office=line.office, who=line.operator) if line.ruling else ""


def both(line: SpellingLine) -> str:
    """Return both spellings in one text."""
    return tr("{one} ／ {other}", one=line.one, other=line.other)


COLUMNS: Final[tuple[Column[SpellingLine], ...]] = (
    Column(tr("两种写法"), both, width=14, may_be_cut=True),
    Column(tr("认定"), standing, width=7, state=state_of_line),
    Column(tr("项目"), lambda one: ANSWER_TITLES[one.field], width=6),
    Column(
        tr("涉及学生"),
        lambda one: f"{len(one.touched):,}",
        sort_key=lambda one: len(one.touched),
        align=Align.RIGHT,
        width=5,
    ),
    Column(tr("认定人"), decided_by, width=11, may_be_cut=True),
    Column(tr("日期"), lambda one: one.day, width=7),
    Column(
        tr("依据"),
        lambda one: one.ruling.explanation if one.ruling else "",
        width=13,
        may_be_cut=True,
    ),
)


def searched_text(line: SpellingLine) -> str:
    """Return everything by which a line is found."""
    why = line.ruling.explanation if line.ruling else ""
    names = (one.name for one in line.touched)
    return "\n".join((ANSWER_TITLES[line.field], line.one, line.other, why, *names))


def counts(lines: Sequence[SpellingLine]) -> dict[str, int]:
    """Return how many stand under each filter."""
    found = Counter(map(kind_of, lines))
    return {ALL: len(lines), **{id_: found[id_] for id_, _ in FILTERS[1:]}}


def state_sentence(lines: Sequence[SpellingLine], *, decides: bool) -> str:
    """Say how many spellings were decided about, and how many wait."""
    found = counts(lines)
    said = tr("已认定 {n:,} 对写法。", n=found[SAME] + found[TWO])
    if found[DISPUTED]:
        said += tr("{n:,} 对各方认定不一致，请重新认定。", n=found[DISPUTED])
    if not decides:
        return said + tr("由招生工作处统一认定，随报送包送到院部。")
    if waiting := found[PROPOSED]:
        said += tr("院部对单个学生认定过、可以统一认定的有 {n:,} 对。", n=waiting)
    return said


def parts_of(
    line: SpellingLine,
    decide: Callable[[str], object] | None,
    undo: Callable[[], object] | None,
) -> list[part.Part]:
    """Return what is known of two spellings, whom they touch, and what can be done.

    Args:
        line: the spellings.
        decide: decides "same" or "two"; None where this office does not, or the round is closed.
        undo: takes what was decided back; None where it can not be.
    """
    parts: list[part.Part] = [
        part.Heading(tr("“{one}”和“{other}”", one=line.one, other=line.other)),
        part.Standing(state_of_line(line), standing(line)),
    ]
    if line.ruling is None:
        words = tr(
            "院部对 {n:,} 名学生认定过这两种写法一致。统一认定以后，其余学生不用再逐人认定。",
            n=line.proposed,
        )
        parts.append(part.Words(words))
    else:
        facts = (
            (tr("项目"), ANSWER_TITLES[line.field]),
            (tr("认定人"), decided_by(line)),
            (tr("日期"), line.day),
            (tr("依据"), line.ruling.explanation or tr("（没有写）")),
        )
        parts += [part.Fact(title, text) for title, text in facts]
    if decide and kind_of(line) != SAME:
        parts.append(
            part.Deed(tr("认定为同一内容…"), lambda: decide(SAME), "primary", drawing="tick")
        )
    if decide and kind_of(line) != TWO:
        parts.append(part.Deed(tr("认定为不同内容…"), lambda: decide(TWO)))
    if undo and line.ruling:
        parts.append(part.Deed(tr("撤回认定…"), undo, drawing="undo"))
    return parts + _touched(line)


def _touched(line: SpellingLine) -> list[part.Part]:
    """Return the students whom it touches, each with both texts."""
    title = part.Heading(tr("本批次涉及 {n:,} 名学生", n=len(line.touched)))
    parts: list[part.Part] = [title]
    for one in line.touched[:_SHOWN]:
        text = tr("填写“{answer}”，档案“{archive}”", answer=one.answer, archive=one.archive)
        parts.append(part.Fact(one.name or tr("（姓名待定）"), text))
    if (rest := len(line.touched) - _SHOWN) > 0:
        parts.append(part.Words(tr("还有 {n:,} 名学生。", n=rest), "quiet"))
    return parts
