"""How far the papers of a round are: printed, void and why, signed (design §6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.case_papers import unwritten
from desktop.domain.documents import Document
from desktop.domain.written_papers import KIND_TITLES, PaperKind, StatedPaper, changes
from desktop.errors import AttachmentDamaged, NotFound
from desktop.files import safe_name
from desktop.procedures.review_papers.paper_sources import RULES, Sources, Unit
from desktop.procedures.session import Reader
from desktop.store import documents
from desktop.store.papers import papers_of_round
from desktop.store.store import UnitOfWork


class PaperState(StrEnum):
    """How far a paper is."""

    NOT_PRINTED = "not_printed"
    PRINTED = "printed"  # to be signed
    VOID = "void"
    SIGNED = "signed"  # all that must sign have, and it is sealed
    TO_READ = "to_read"  # printed, and nobody signs it


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of a round as the page shows it.

    Attributes:
        kind: which.
        about: the class, office or case.
        name: of what it is about.
        state: how far it is.
        paper: as it was stated last, None where it was not.
        why: what has changed since, where it is void.
        missing: the signatures and the seal that are not recorded.
        document: the PDF that this seat made last, None where it made none.
        word: whether it can be had for Word.
        own: whether this office makes it; of another office's it sees how far it is.
        unwritten: the sections that should be written by now, and are left open on it.
    """

    kind: PaperKind
    about: str
    name: str
    state: PaperState
    paper: StatedPaper | None = None
    why: str = ""
    missing: tuple[str, ...] = ()
    document: Document | None = None
    word: bool = False
    own: bool = True
    unwritten: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the paper is called."""
        return KIND_TITLES[self.kind]


def paper_states(session: Reader, round_id: str) -> tuple[PaperLine, ...]:
    """Return the papers that this office makes in a round, and how far each is.

    To admissions, those that it waits for from the colleges are told too.

    Raises:
        NotFound: this store does not know the round.
    """
    with session.unit_of_work() as unit:
        sources = Sources(session, unit, round_id)
        states = PaperStates(session, unit, sources)
        kinds = [k for k, rule in RULES.items() if rule.procedure is sources.round.procedure]
        own = [
            states.line(kind, about, name)
            for kind in kinds
            if sources.home.kind in RULES[kind].offices
            for about, name in sources.abouts(kind)
        ]
        awaited = [
            replace(states.line(kind, about, name), own=False, document=None)
            for kind in kinds
            for about, name in sources.awaited(kind)
        ]
        return (*own, *awaited)


class PaperStates:
    """How far the papers of a round are, asked once."""

    def __init__(self, session: Reader, unit: UnitOfWork, sources: Sources) -> None:
        self._session = session
        self._sources = sources
        self._stated: dict[tuple[str, str], list[StatedPaper]] = {}
        papers = papers_of_round(unit.connection, sources.round.id).values()
        for paper in sorted(papers, key=lambda o: (o.printed_at, len(o.number), o.number)):
            self._stated.setdefault((paper.kind, paper.about), []).append(paper)
        self._documents = {
            (document.kind, document.name): document
            for document in documents.documents(unit.connection, sources.round.id)
        }

    def line(self, kind: PaperKind, about: str, name: str) -> PaperLine:
        """Return one paper."""
        paper = self._in_use(kind, about)
        document = self._document(kind, about, paper)
        line = PaperLine(
            kind=kind,
            about=about,
            name=name,
            state=PaperState.TO_READ if document else PaperState.NOT_PRINTED,
            paper=paper,
            document=document,
            word=RULES[kind].word,
            unwritten=self._unwritten(kind, about),
        )
        if paper is None:
            return line
        if why := self.void(paper):
            return replace(line, state=PaperState.VOID, why=why)
        state = PaperState.PRINTED if paper.missing else PaperState.SIGNED
        return replace(line, state=state, missing=paper.missing)

    def _in_use(self, kind: PaperKind, about: str) -> StatedPaper | None:
        """Return the paper of which it is to be told: one that counts before the latest."""
        stated = self._stated.get((str(kind), about), [])
        if len(stated) > 1:
            counting = [paper for paper in stated if not self.void(paper)]
            if counting:
                return min(reversed(counting), key=lambda paper: len(paper.missing))
        return stated[-1] if stated else None

    def void(self, paper: StatedPaper) -> str:
        """Return why a paper no longer counts: what has changed since, "" while it does.

        What was signed when its round was closed stays: a name that is corrected later, in
        another procedure, has its own papers.
        """
        if not self._sources.round.open and not paper.missing:
            return ""
        try:
            now = self._sources.paper(PaperKind(paper.kind), paper.about)
        except NotFound:
            return "这个批次里已经没有这个班级或专项核查"
        if now.digest == paper.digest:
            return ""
        try:
            return changes(self._session.store.attachments.get(paper.digest), now)
        except AttachmentDamaged:  # it was printed at another seat, which has what it said
            return "打印以后，表上的内容有变动"

    def _unwritten(self, kind: PaperKind, about: str) -> tuple[str, ...]:
        """Return the sections of a paper that should be written by now and are not."""
        if kind is not PaperKind.CASE_STATEMENT:
            return ()
        return unwritten(self._sources.case(about), self._sources.paper(kind, about))

    def _document(self, kind: PaperKind, about: str, paper: StatedPaper | None) -> Document | None:
        """Return the PDF that this seat made last of a paper alone."""
        name = document_name(self._sources, kind, [about])
        end = f"-{paper.number}" if paper else ""
        return self._documents.get((str(kind), safe_name(f"{name}{end}.pdf")))


def document_name(sources: Sources, kind: PaperKind, abouts: Sequence[str]) -> str:
    """Return what a file with these papers is called, without its ending."""
    names = dict(sources.abouts(kind))
    if RULES[kind].unit is Unit.CLASS:
        whose = names.get(abouts[0], "") if len(abouts) == 1 else ""
        whose = whose or f"{sources.home.name}-{len(abouts)}个班"
    elif RULES[kind].unit is Unit.CASE:
        whose = names.get(abouts[0], "") if len(abouts) == 1 else f"{len(abouts)}件"
    else:
        whose = sources.home.name
    return safe_name(f"{whose}-{KIND_TITLES[kind]}")
