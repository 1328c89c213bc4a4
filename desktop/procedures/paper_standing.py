"""How far the papers of a round are: printed, void and why, signed (design §6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.documents import Document
from desktop.domain.written_papers import KIND_TITLES, PaperKind, StatedPaper, changes
from desktop.errors import AttachmentDamaged, NotFound
from desktop.files import safe_name
from desktop.procedures.paper_sources import RULES, Sources, Unit
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

    @property
    def title(self) -> str:
        """What the paper is called."""
        return KIND_TITLES[self.kind]


def paper_states(session: Reader, round_id: str) -> tuple[PaperLine, ...]:
    """Return the papers that this office makes in a round, and how far each is.

    Raises:
        NotFound: this store does not know the round.
    """
    with session.unit_of_work() as unit:
        sources = Sources(session, unit, round_id)
        states = PaperStates(session, unit, sources)
        return tuple(
            states.line(kind, about, name)
            for kind, rule in RULES.items()
            if rule.procedure is sources.round.procedure and sources.home.kind in rule.offices
            for about, name in sources.abouts(kind)
        )


class PaperStates:
    """How far the papers of a round are, asked once."""

    def __init__(self, session: Reader, unit: UnitOfWork, sources: Sources) -> None:
        self._session = session
        self._sources = sources
        self._latest: dict[tuple[str, str], StatedPaper] = {}
        papers = papers_of_round(unit.connection, sources.round.id).values()
        for paper in sorted(papers, key=lambda one: (one.printed_at, one.number)):
            self._latest[paper.kind, paper.about] = paper
        self._documents = {
            (document.kind, document.name): document
            for document in documents.documents(unit.connection, sources.round.id)
        }

    def line(self, kind: PaperKind, about: str, name: str) -> PaperLine:
        """Return one paper."""
        paper = self._latest.get((str(kind), about))
        document = self._document(kind, about, paper)
        line = PaperLine(
            kind=kind,
            about=about,
            name=name,
            state=PaperState.TO_READ if document else PaperState.NOT_PRINTED,
            paper=paper,
            document=document,
            word=RULES[kind].word,
        )
        if paper is None:
            return line
        if why := self.void(paper):
            return replace(line, state=PaperState.VOID, why=why)
        state = PaperState.PRINTED if paper.missing else PaperState.SIGNED
        return replace(line, state=state, missing=paper.missing)

    def void(self, paper: StatedPaper) -> str:
        """Return why a paper no longer counts: what has changed since, "" while it does."""
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
