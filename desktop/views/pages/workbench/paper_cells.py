"""The papers of procedures one and two on a board: signed, awaited, or void since they were signed.

A paper that was signed and has become void counts as not there: it is to be printed again.
"""

from collections.abc import Sequence

from desktop.procedures.review_papers.paper_standing import PaperLine, PaperState
from desktop.views.language import tr
from desktop.views.look.states import State
from desktop.views.table_models.board import Cell


def paper_cell(
    paper: PaperLine, signed: str, awaited: str, tip: str = "", *, begun: bool = False
) -> Cell:
    """Return how far a paper is.

    Args:
        paper: which.
        signed: the words where it counts and is signed.
        awaited: the words where it is not signed.
        tip: what else there is to be told.
        begun: whether a part of what it sums up is signed.
    """
    lines = [tip] if tip else []
    match paper.state:
        case PaperState.VOID:
            return Cell(tr("已作废"), State.ATTENTION, "\n".join([*lines, void_sentence(paper)]))
        case PaperState.SIGNED:
            return Cell(signed, State.DONE, tip)
        case PaperState.PRINTED:
            lacks = tr("已打印，还没有登记的签字：{who}", who="、".join(paper.missing))
            return Cell(awaited, State.IN_HAND, "\n".join([*lines, lacks]))
    return Cell(awaited, State.IN_HAND if begun else State.NOT_YET, tip)


def void_sentence(paper: PaperLine) -> str:
    """Say why a paper is void, and what to do about it."""
    return tr(
        "{name}的{title}打印以后有变动，已经作废：{why}。请重新打印、签字、盖章，再登记。",
        name=paper.name,
        title=paper.title,
        why=paper.why,
    )


def void_names(papers: Sequence[PaperLine | None]) -> str:
    """Name what the void papers among some are about, "" where none is void."""
    return "、".join(paper.name for paper in papers if paper and paper.state is PaperState.VOID)
