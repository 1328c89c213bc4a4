"""The three tabs of 裁定 as data: columns, filters, and what stands beside the table."""

from collections.abc import Sequence

from desktop.domain.differences import Piece, code_points, differing, marked
from desktop.procedures.deciding.decision_desk import (
    DecisionDesk,
    Disagreement,
    ProposedChange,
    ProposedStudent,
    Side,
    Verdict,
    Voice,
)
from desktop.procedures.naming import Who
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.columns import Column
from desktop.views.widgets.details import Fact, Heading, Part, Standing, Words

WAITING, ACCEPTED, REJECTED = "", "accepted", "rejected"
ALL = "all"
FILTERS = (
    ("waiting", tr("待处理")),
    (ACCEPTED, tr("已采纳")),
    (REJECTED, tr("已驳回")),
    (ALL, tr("全部")),
)
_DECISIONS = {WAITING: tr("待处理"), ACCEPTED: tr("已采纳"), REJECTED: tr("已驳回")}
_STATES = {WAITING: State.ATTENTION, ACCEPTED: State.DONE, REJECTED: State.DONE}

OPEN, SETTLED = "open", "settled"
DISAGREEMENT_FILTERS = ((OPEN, tr("待裁定")), (SETTLED, tr("已裁定")), (ALL, tr("全部")))


def _sides_in_words(one: Disagreement) -> str:
    """Return what the sides say, or what was decided between them."""
    if one.decided:
        return tr("已裁定：{text}", text=one.decided.side.text)
    return " ≠ ".join(side.text for side in one.sides)


DISAGREEMENT_COLUMNS: tuple[Column[Disagreement], ...] = (
    Column(tr("姓名"), lambda d: d.who.name, width=6),
    Column(tr("班级"), lambda d: d.who.class_name, width=8),
    Column(tr("项目"), lambda d: d.title, width=8),
    Column(tr("各方的说法"), _sides_in_words, width=14, may_be_cut=True),
)
CORRECTION_COLUMNS: tuple[Column[ProposedChange], ...] = (
    Column(tr("姓名"), lambda c: c.who.name, width=6),
    Column(tr("班级"), lambda c: c.who.class_name, width=8),
    Column(tr("项目"), lambda c: c.title, width=5),
    Column(tr("状态"), lambda c: _DECISIONS[c.decision], width=4),
    Column(
        tr("原来 → 更正"),
        lambda c: tr("{old} → {new}", old=c.old or tr("（空）"), new=c.new),
        width=12,
        may_be_cut=True,
    ),
)
ADDITION_COLUMNS: tuple[Column[ProposedStudent], ...] = (
    Column(tr("姓名"), lambda a: a.who.name, width=5),
    Column(tr("班级"), lambda a: a.who.class_name, width=8),
    Column(tr("状态"), lambda a: _DECISIONS[a.decision], width=4),
    Column(tr("学号"), lambda a: a.who.number, width=9),
    Column(tr("院部"), lambda a: a.who.college_name, width=8),
)


def settled_filter(one: Disagreement) -> str:
    """Return under which filter a disagreement stands."""
    return SETTLED if one.decided else OPEN


def decision_filter(decision: str) -> str:
    """Return under which filter something stands."""
    return decision or "waiting"


def state_sentence(desk: DecisionDesk) -> str:
    """Return in one sentence what waits."""
    disagreements, corrections, additions = desk.waiting
    if not any(desk.waiting):
        return tr("没有等待裁定的：没有分歧，更正和增补都处理过了。")
    return tr(
        "分歧 {disagreements:,} 处，更正 {corrections:,} 条，增补 {additions:,} 名等待处理；"
        "没有处理的只影响所涉及的学生。",
        disagreements=disagreements,
        corrections=corrections,
        additions=additions,
    )


def disagreement_parts(one: Disagreement) -> list[Part]:
    """Return what a disagreement is about, and how it was decided."""
    parts = [*_who_parts(one.who), Fact(tr("项目"), one.title)]
    if one.decided is None:
        return [*parts[:-1], Standing(State.ATTENTION, tr("各方说法不一致")), parts[-1]]
    voice = one.decided.side.voice
    return [
        *parts[:-1],
        Standing(State.DONE, tr("已裁定为“{text}”", text=one.decided.side.text)),
        parts[-1],
        Fact(tr("谁裁定的"), f"{voice.speaker}，{voice.operator}，{voice.at}"),
        Fact(tr("裁定的理由"), voice.reason),
    ]


def together_parts(together: Sequence[Disagreement]) -> list[Part]:
    """Say what is decided along with a disagreement, nothing where that is all there is."""
    if not together:
        return []
    titles = "、".join(f"“{one.title}”" for one in together)
    return [Words(tr("采用一方的说法时，{titles}一起采用这一方的。", titles=titles), "quiet")]


def companion_parts(together: Sequence[Disagreement], side: Side) -> list[Part]:
    """Return what a side says besides, in the same act."""
    return [
        Fact(one.title.rpartition("：")[2], other.text)
        for one in together
        for other in one.sides
        if other.voice.seat == side.voice.seat
    ]


def anew_question(one: Disagreement, verdict: Verdict, text: str) -> str:
    """Return the question before a decision is replaced, with the student and the field."""
    whom = "，".join(filter(None, (one.who.name, one.who.class_name)))
    return tr(
        "{whom}：“{title}”已经裁定为“{side_text}”，要改为“{text}”吗？\n"
        "原来的裁定留在记载里，以新的裁定为准。",
        whom=whom,
        title=one.title,
        side_text=verdict.side.text,
        text=text,
    )


def _who_parts(who: Who) -> list[Part]:
    """Return whom something is about: the name large, what tells it from others below."""
    number = tr("学号 {number}", number=who.number) if who.number else ""
    besides = "，".join(filter(None, (number, who.class_name, who.college_name)))
    return [Heading(who.name), *([Words(besides, "quiet")] if besides else [])]


def voice_parts(voice: Voice | None) -> list[Part]:
    """Return who said something, where, when and why."""
    if voice is None:
        return [Words(tr("提出的记载已经不计入（报送包被撤回或席位被吊销）。"), "quiet")]
    parts: list[Part] = [Fact(tr("谁说的"), f"{voice.speaker}，{voice.operator}，{voice.at}")]
    if voice.reason:
        parts.append(Fact(tr("理由"), voice.reason))
    return parts


def correction_parts(one: ProposedChange) -> list[Part]:
    """Return what a correction changes, differing characters marked and numbered."""
    old, new = differing(one.old, one.new)
    parts: list[Part] = [
        *_who_parts(one.who),
        Standing(_STATES[one.decision], _DECISIONS[one.decision]),
        Fact(tr("{title}：原来", title=one.title), marked(old) or tr("（空）")),
        Fact(tr("{title}：更正为", title=one.title), marked(new)),
    ]
    if one.old:
        parts.append(Words(tr("【】标出不同的字，登记时没有这对括号。"), "note"))
    if one.field == "name":
        parts.append(Fact(tr("不同的字"), _differences(old, new)))
    parts.append(Fact(tr("更正的理由"), one.explanation))
    if one.sheet:
        parts.append(Fact(tr("写在签字表"), one.sheet))
    return [*parts, *voice_parts(one.voice)]


def addition_parts(one: ProposedStudent) -> list[Part]:
    """Return what a sheet says of a student who was written down by hand."""
    parts: list[Part] = [
        *_who_parts(one.who),
        Standing(_STATES[one.decision], _DECISIONS[one.decision]),
        *(Fact(title, text) for title, text in one.facts),
        Fact(tr("写在签字表"), one.sheet),
    ]
    if one.explanation:
        parts.append(Fact(tr("院部的说明"), one.explanation))
    if not one.decision:
        parts.append(Fact(tr("名单上"), _listed_text(one)))
    return [*parts, *voice_parts(one.voice)]


def _listed_text(one: ProposedStudent) -> str:
    """Say whether the roster knows the student, and what accepting would do."""
    listed = one.listed
    if listed is None:
        return tr("没有这几个号码。采纳以后作为新的学生列入名单，缺少的信息以后补全。")
    if listed.name != one.who.name:
        return tr(
            "这些号码是{name}（{class_name}）的，姓名不同，不能采纳；请驳回，让院部核对后重报。",
            name=listed.name,
            class_name=listed.class_name,
        )
    return tr(
        "已有此人，现在在{before}。采纳以后转到{after}。",
        before=listed.class_name,
        after=one.who.class_name,
    )


def accept_addition_text(one: ProposedStudent) -> str:
    """Return the words of the button that accepts: a new student, or one who changes class."""
    if one.listed and one.listed.name == one.who.name:
        return tr("采纳：{name}转到{class_name}", name=one.who.name, class_name=one.who.class_name)
    return tr("采纳：{name}列入名单", name=one.who.name)


def alike_question(chosen: Sequence[Disagreement], speaker: str) -> str:
    """Return the question before many are decided alike, with the count and the names."""
    names = "、".join(one.who.name for one in chosen[:10])
    rest = tr("等") if len(chosen) > 10 else ""  # noqa: PLR2004 - as many as a person reads
    return tr(
        "以下 {count} 处“{title}”的分歧都以{speaker}的说法为准吗？\n涉及：{names}{rest}。",
        count=len(chosen),
        title=chosen[0].title,
        speaker=speaker,
        names=names,
        rest=rest,
    )


def _differences(old: tuple[Piece, ...], new: tuple[Piece, ...]) -> str:
    """Return the differing characters with their numbers: some look alike and are not."""
    sides = ["".join(piece.text for piece in side if piece.differs) for side in (old, new)]
    return " → ".join(code_points(side) or tr("（无）") for side in sides)
