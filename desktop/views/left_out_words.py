"""Who of the entry review is not in the round that follows it, and why, in words."""

from collections.abc import Sequence
from typing import Final

from desktop.procedures.standing.following_gaps import COMING, Gap, LeftOut
from desktop.views.language import tr
from desktop.views.widgets.details import Fact, Heading, Part, Words

_SHOWN: Final = 30


def gap_sentence(gaps: Sequence[Gap]) -> str:
    """Say how many are not in the round, and why; "" where nobody is left out."""
    return "".join(_of_source(gap) for gap in gaps)


def gap_parts(gaps: Sequence[Gap]) -> list[Part]:
    """Return everybody who is not in the round, by name, by the reason."""
    parts: list[Part] = []
    for gap in gaps:
        parts.append(Heading(tr("“{name}”里没有列入的学生", name=gap.source.name)))
        for title in (COMING, *gap.waiting):
            named = [one for one in gap.students if one.title == title]
            if named:
                heading = tr("{title} {count:,} 人", title=title, count=len(named))
                parts.append(Fact(heading, _lines(named)))
    parts.append(
        Words(
            tr(
                "可以补入的，点“补入后来的学生”。其余的等招生工作处下达审查结论、收入他们的报送包以后，"
                "再从这里补入；不清楚的请与招生工作处核对。"
            )
        )
    )
    return parts


def _of_source(gap: Gap) -> str:
    reasons = [
        tr("{title} {count:,} 人", title=title, count=count) for title, count in gap.waiting.items()
    ]
    if gap.coming:
        reasons.insert(0, tr("{title} {count:,} 人", title=COMING, count=gap.coming))
    return tr(
        "“{name}”还有 {count:,} 人没有列入本批次：{reasons}。",
        name=gap.source.name,
        count=len(gap.students),
        reasons="、".join(reasons),
    )


def _lines(named: Sequence[LeftOut]) -> str:
    """Return one line for each student, as many as can be read; the others as a number."""
    lines = [_line(one) for one in named[:_SHOWN]]
    if more := len(named) - len(lines):
        lines.append(tr("……另有 {count:,} 人", count=more))
    return "\n".join(lines)


def _line(one: LeftOut) -> str:
    name = one.student.identity.name or tr("（没有姓名）")
    return tr("{name}：{why}", name=name, why=one.why) if one.why else name
