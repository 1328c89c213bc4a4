"""The papers of procedures one and two, printed and signed as the demo plays it."""

from collections.abc import Iterable, Sequence
from typing import Final

from desktop.domain.written_papers import PaperKind
from desktop.procedures.demo.cast import teacher
from desktop.procedures.demo.stage import Stage
from desktop.procedures.review_papers.paper_standing import PaperState, paper_states
from desktop.procedures.review_papers.review_papers import (
    make_papers,
    make_word,
    record_paper_sign_off,
)
from desktop.procedures.session import Session

OF_AFFAIRS: Final = (PaperKind.TRAINING, PaperKind.TRAINING_SIGN_IN, PaperKind.POSTER)
OF_A_REVIEWING_COLLEGE: Final = (
    PaperKind.CLASS_REPORT,
    PaperKind.MISSING_DOCUMENTS,
    PaperKind.COLLEGE_RETURN,
)
OF_THE_REVIEW: Final = (PaperKind.SCHOOL_REPORT, PaperKind.NO_SHOWS, PaperKind.QUALIFIED)
BEFORE_THE_RECHECK: Final = (PaperKind.FIVE_NOTS, PaperKind.RECHECK_FORMS, PaperKind.BLANK_FORM)
OF_A_RECHECKING_COLLEGE: Final = (
    PaperKind.RECHECK_CLASS,
    PaperKind.RECHECK_COLLEGE,
    PaperKind.MISSING_FORMS,
)


def print_papers(stage: Stage, session: Session, round_id: str, kinds: Iterable[PaperKind]) -> None:
    """Print papers of some kinds, keep them, and record who signed those that are signed."""
    for kind in kinds:
        _print(stage, session, round_id, kind)


def print_void_again(stage: Stage, session: Session, round_id: str) -> None:
    """Print and sign again what an office has printed and what has changed since."""
    void: dict[PaperKind, list[str]] = {}
    for line in paper_states(session, round_id):
        if line.own and line.state is PaperState.VOID:
            void.setdefault(line.kind, []).append(line.about)
    for kind, abouts in void.items():
        _print(stage, session, round_id, kind, abouts)


def _print(
    stage: Stage, session: Session, round_id: str, kind: PaperKind, abouts: Sequence[str] = ()
) -> None:
    today = session.today().isoformat()
    made = make_papers(session, round_id, kind, abouts)
    stage.keep(made.document, session)
    for paper, _ in made.stated:
        signed = {who: (teacher(stage.dice), today) for who in paper.signers}
        if paper.sealed:
            signed["seal"] = (session.home.seat.office.name, today)
        record_paper_sign_off(session, round_id, paper.number, signed)


def write_for_word(
    stage: Stage, session: Session, round_id: str, kind: PaperKind, about: str
) -> str:
    """Make a paper for Word, keep it, and return its SHA-256."""
    document = make_word(session, round_id, kind, about)
    stage.keep(document, session)
    return document.sha256
