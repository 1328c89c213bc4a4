"""Making the papers of procedures one and two: looked at first, then kept, and stated where signed.

A paper that people sign gets a number and is stated with the digest of exactly what stands on it.
What stands on it is kept under that digest, so that it can be said what has changed since.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from desktop.domain.documents import Document
from desktop.domain.recheck_forms import FormHead, RecheckForm
from desktop.domain.statements import Key
from desktop.domain.written_papers import (
    SIGNER_TITLES,
    SIGNERS_OF,
    Imprint,
    PaperKind,
    StatedPaper,
    WrittenPaper,
    paper_number,
)
from desktop.errors import DecisionStale, Incomplete, NotFound, PaperVoid
from desktop.files import safe_name
from desktop.printing.paper import RenderedPaper
from desktop.printing.posters import render_posters
from desktop.printing.recheck_forms import render_forms
from desktop.printing.word_papers import render_word
from desktop.printing.written_papers import page_count, render_papers
from desktop.procedures.registration.papers import keep_document
from desktop.procedures.review_papers.guidance_papers import forms_of_class, poster
from desktop.procedures.review_papers.paper_sources import COMPOSED, RULES, Sources, classes_of
from desktop.procedures.review_papers.paper_standing import (
    PaperLine,
    PaperState,
    PaperStates,
    document_name,
)
from desktop.procedures.rounds import require_open
from desktop.procedures.session import Progress, Session, no_progress
from desktop.procedures.typed_texts import typed_day, typed_name
from desktop.store import documents
from desktop.store.journal import Draft
from desktop.store.papers import papers_made_by, papers_of_round
from desktop.store.store import UnitOfWork

SEAL: Final = "seal"


@dataclass(frozen=True, slots=True)
class MadePapers:
    """Papers of one kind in one PDF.

    ``stated`` are those that people sign, with what stands on each; empty for the others.
    """

    kind: PaperKind
    document: Document
    pdf: bytes
    stated: tuple[tuple[StatedPaper, bytes], ...]


def preview_papers(
    session: Session,
    round_id: str,
    kind: PaperKind,
    abouts: Collection[str],
    progress: Progress = no_progress,
) -> MadePapers:
    """Return exactly what would be printed now, and make nothing.

    Args:
        session: of an office that makes this kind of paper.
        round_id: the round.
        kind: which paper.
        abouts: the classes, offices or cases, in the order of printing.
        progress: called for each.

    Raises:
        NotAllowed: another office makes it, or it is not of this procedure.
        Incomplete: the poster's link is not set.
        NotFound, GlyphMissing, RoundNotOpen, Cancelled: nothing was made.
    """
    session.require(*RULES[kind].offices)
    with session.unit_of_work() as unit:
        if kind in SIGNERS_OF:
            require_open(unit, round_id)
        return _Making(session, unit, round_id, kind).make(list(abouts), progress)


def keep_papers(session: Session, made: MadePapers) -> MadePapers:
    """Make what was looked at, to the letter: keep it, and state what people sign.

    Raises:
        DecisionStale: data have changed since, or another paper has its number.
        NotAllowed, RoundNotOpen: nothing was made.
    """
    session.require(*RULES[made.kind].offices)
    with session.unit_of_work() as unit:
        if made.stated:
            _require_unchanged(session, unit, made)
        for paper, content in made.stated:
            session.store.attachments.put(content)
            name, size = f"{paper.number}.json", len(content)
            documents.keep_attachment(
                unit.connection, paper.digest, name, size, made.document.made_at
            )
        unit.journal.state_all(_draft(paper) for paper, _ in made.stated)
        document = made.document
        session.store.attachments.put(made.pdf)
        documents.keep_attachment(
            unit.connection, document.sha256, document.name, len(made.pdf), document.made_at
        )
        documents.keep_document(unit.connection, document)
        unit.commit()
    return made


def make_papers(
    session: Session,
    round_id: str,
    kind: PaperKind,
    abouts: Collection[str] = (),
    progress: Progress = no_progress,
) -> MadePapers:
    """Make papers in one go; without ``abouts``, all that there are of this kind.

    Raises:
        NotFound: there is nothing that they could be about.
        NotAllowed, Incomplete, GlyphMissing, RoundNotOpen, Cancelled: nothing was made.
    """
    session.require(*RULES[kind].offices)
    if not abouts:
        with session.unit_of_work() as unit:
            abouts = [about for about, _ in Sources(session, unit, round_id).abouts(kind)]
    return keep_papers(session, preview_papers(session, round_id, kind, abouts, progress))


def printed_again(session: Session, round_id: str, number: str) -> bytes:
    """Return a paper that people sign once more as it was printed, under the same number.

    Raises:
        PaperVoid: what stands on it has changed since.
        NotFound: there is no such paper.
        NotAllowed: another office makes it.
    """
    with session.unit_of_work() as unit:
        stated, sources = _counting(session, unit, round_id, number)
        paper = sources.paper(PaperKind(stated.kind), stated.about)
        printed_at = stated.printed_at[:16].replace("T", " ")
        imprint = Imprint(printed_at, number, session.home.training)
    return render_papers([(paper, imprint)]).data


def looked_at(session: Session, round_id: str, line: PaperLine) -> bytes:
    """Return what stands on another office's paper now, as this seat knows it, to be read.

    Raises:
        NotFound: its class is not here any more.
    """
    with session.unit_of_work() as unit:
        paper = Sources(session, unit, round_id).paper(line.kind, line.about)
    counts = line.paper if line.state in (PaperState.PRINTED, PaperState.SIGNED) else None
    printed_at = counts.printed_at[:16].replace("T", " ") if counts else "（还没有打印）"
    imprint = Imprint(printed_at, counts.number if counts else "", session.home.training)
    return render_papers([(paper, imprint)]).data


def make_word(session: Session, round_id: str, kind: PaperKind, about: str) -> Document:
    """Make a paper for Word, to go on writing in; keep it, and return its record.

    Raises:
        NotAllowed: another office makes it.
        NotFound: there is no such case.
    """
    session.require(*RULES[kind].offices)
    with session.unit_of_work() as unit:
        sources = Sources(session, unit, round_id)
        paper = sources.paper(kind, about)
        name = document_name(sources, kind, [about])
    written = render_word(paper, training=session.home.training)
    return keep_document(session, str(kind), round_id, f"{name}.docx", written, 0)


def record_paper_sign_off(
    session: Session, round_id: str, number: str, signed: Mapping[str, tuple[str, str]]
) -> StatedPaper:
    """Record who has signed a paper, and that it was sealed, each with name and date.

    Args:
        session: of an office that makes this kind of paper.
        round_id: an open round.
        number: the paper's.
        signed: by signer of ``authority.PAPER_SIGNERS``, or "seal": name and date.

    Raises:
        Incomplete: a name or a date is missing, or nothing is given.
        PaperVoid: what stands on it has changed since it was printed.
        NotFound: there is no such paper.
        TextRefused, ValueRefused, NotAllowed, RoundNotOpen: nothing was recorded.
    """
    with session.unit_of_work() as unit:
        require_open(unit, round_id)
        paper, _sources = _counting(session, unit, round_id, number)
        values = _signatures(paper, signed)
        unit.journal.state(Key(f"paper:{number}", "paper_sign_off", round_id), values)
        unit.commit()
        return papers_of_round(unit.connection, round_id)[number]


def _counting(
    session: Session, unit: UnitOfWork, round_id: str, number: str
) -> tuple[StatedPaper, Sources]:
    """Return a paper that still counts, and what it is composed from.

    Raises:
        PaperVoid: what stands on it has changed since it was printed.
        NotFound, NotAllowed: there is none, or another office makes it.
    """
    paper = papers_of_round(unit.connection, round_id).get(number)
    if paper is None:
        raise NotFound(f"没有编号为“{number}”的材料。", "请核对编号，它印在二维码下面。")
    session.require(*RULES[PaperKind(paper.kind)].offices)
    sources = Sources(session, unit, round_id, classes_of(paper))
    if why := PaperStates(session, unit, sources).void(paper):
        raise PaperVoid(
            f"{paper.title}（{number}）打印以后有变动，已经作废：{why}。",
            "请重新打印，重新签字盖章以后再登记。",
        )
    return paper, sources


def _signatures(paper: StatedPaper, signed: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return what is said of signatures, each name and day read and looked at."""
    allowed = {*paper.signers, *([SEAL] if paper.sealed else [])}
    if unknown := set(signed) - allowed:
        raise ValueError(f"nobody signs so here: {sorted(unknown)}")
    values: dict[str, str] = {}
    for who, (typed, on) in signed.items():
        title = SIGNER_TITLES.get(who, "盖章")
        name, date = typed_name(f"{title}的姓名", typed), typed_day(f"{title}的日期", on)
        if not (name and date):
            raise Incomplete(f"{title}要登记姓名和日期。", "请补全后再保存。")
        values |= {who: name, f"{who}_date": date}
    if not values:
        raise Incomplete("还没有填写任何签字。", "请填写已经签字的人和日期，再保存。")
    return values


class _Making:
    """Making papers of one kind in one transaction."""

    def __init__(self, session: Session, unit: UnitOfWork, round_id: str, kind: PaperKind) -> None:
        self._session = session
        self._sources = Sources(session, unit, round_id)
        self._kind = kind
        self._serial = papers_made_by(unit.connection, session.home.seat.id)
        self._now = session.store.now()

    def make(self, abouts: Sequence[str], progress: Progress) -> MadePapers:
        """Return the papers and their PDF; nothing is written."""
        if not abouts:
            raise NotFound("没有可以打印的内容。", "请先选择要打印的班级或材料。")
        stated: list[tuple[StatedPaper, bytes]] = []
        if self._kind in COMPOSED:
            drawn: list[tuple[WrittenPaper, Imprint]] = []
            for done, about in enumerate(abouts):
                progress(done, len(abouts))
                paper = self._sources.paper(self._kind, about)
                record = self._stated(paper, len(stated)) if paper.sign_offs else None
                if record:
                    stated.append((record, paper.content))
                drawn.append((paper, self._imprint(record)))
            rendered = render_papers(drawn)
        else:
            rendered = self._forms_or_posters(abouts, progress)
        name = document_name(self._sources, self._kind, abouts)
        first = f"-{stated[0][0].number}" if stated else ""
        document = Document(
            kind=str(self._kind),
            round=self._sources.round.id,
            name=safe_name(f"{name}{first}.pdf"),
            sha256=sha256(rendered.data).hexdigest(),
            pages=rendered.pages,
            made_at=self._session.now_text(),
            operator=self._session.operator,
        )
        progress(len(abouts), len(abouts))
        return MadePapers(self._kind, document, rendered.data, tuple(stated))

    def _stated(self, paper: WrittenPaper, before: int) -> StatedPaper:
        return StatedPaper(
            number=paper_number(self._session.home.seat.id, self._serial + before + 1),
            round=self._sources.round.id,
            kind=str(paper.kind),
            about=paper.about,
            title=paper.title,
            page_count=page_count(paper),
            digest=paper.digest,
            printed_at=self._now.isoformat(timespec="minutes"),
            signers=tuple(box.signer for box in paper.sign_offs),
        )

    def _imprint(self, record: StatedPaper | None) -> Imprint:
        return Imprint(
            self._now.strftime("%Y-%m-%d %H:%M"),
            record.number if record else "",
            self._session.home.training,
        )

    def _forms_or_posters(self, abouts: Sequence[str], progress: Progress) -> RenderedPaper:
        sources, training = self._sources, self._session.home.training
        if self._kind is PaperKind.POSTER:
            if not sources.rules.face_link:
                raise Incomplete(
                    "还没有设置人像比对核查系统的网址，不能生成二维码。",
                    "请先在本批次的要求里填写网址，再打印。",
                )
            printed_at = self._imprint(None).printed_at
            posters = [
                replace(
                    poster(sources.frame, college, sources.rules, printed_at), training=training
                )
                for college in sources.colleges()
            ]
            if not posters:
                raise NotFound("这个批次里还没有院部的班级。", "请先收入下发的新生名单。")
            return render_posters(posters)
        return render_forms(self._forms(abouts), progress)

    def _forms(self, abouts: Sequence[str]) -> list[RecheckForm]:
        sources, training = self._sources, self._session.home.training
        frame = sources.frame
        if self._kind is PaperKind.BLANK_FORM:
            head = FormHead(frame.school, frame.round_name, "", "", "", training)
            return [RecheckForm(head, sources.rules.form_fields)]
        forms: list[RecheckForm] = []
        for about in abouts:
            group = sources.group(about)
            head = FormHead(
                frame.school,
                frame.round_name,
                group.college_name,
                group.name,
                group.class_teacher,
                training,
            )
            students = sources.students.get(about, [])
            forms += forms_of_class(head, sources.rules, sources.round.id, students)
        if not forms:
            raise NotFound("所选班级里没有学生。", "请选择有学生的班级，或者打印空白表。")
        return forms


def _require_unchanged(session: Session, unit: UnitOfWork, made: MadePapers) -> None:
    """Raise unless the papers are still what would be printed, under their numbers."""
    round_id = made.document.round
    require_open(unit, round_id)
    sources = Sources(session, unit, round_id)
    serial = papers_made_by(unit.connection, session.home.seat.id)
    for place, (paper, _content) in enumerate(made.stated, start=1):
        now = sources.paper(made.kind, paper.about)
        if (
            now.digest != paper.digest
            or paper_number(session.home.seat.id, serial + place) != paper.number
        ):
            raise DecisionStale(
                "预览以后，表上的内容有了变动，材料没有生成。", "请返回上一步，重新预览。"
            )


def _draft(paper: StatedPaper) -> Draft:
    return Draft(
        Key(f"paper:{paper.number}", "paper", paper.round),
        {
            "kind": paper.kind,
            "about": paper.about,
            "title": paper.title,
            "page_count": str(paper.page_count),
            "digest": paper.digest,
            "printed_at": paper.printed_at,
        },
    )
