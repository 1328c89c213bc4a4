"""Writing bundles: what an office has to say to another, sealed and put on a stick (design §4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from uuid_utils import uuid7

from desktop.bundles.certificates import Trust
from desktop.bundles.envelope import (
    BundleDraft,
    Forwarded,
    SealedBundle,
    bundle_file_name,
    seal_bundle,
    write_beside,
)
from desktop.bundles.lines import decode
from desktop.domain.authority import scope_subject
from desktop.domain.duties import DUTIES
from desktop.domain.exchange import OutgoingBundle, Receipt
from desktop.domain.offices import OfficeKind, kind_of_office
from desktop.domain.rounds import Round
from desktop.domain.routes import SENDS_TO_MANY, hears, sends_own_share
from desktop.domain.statements import Statement
from desktop.errors import NotFound, NothingToExport
from desktop.procedures.exchange.forwarding import to_forward
from desktop.procedures.rounds import round_or_general
from desktop.procedures.school.restored import require_current
from desktop.procedures.session import Session
from desktop.store import documents, exchange, school
from desktop.store.links import Links
from desktop.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that lies where it was asked for.

    Attributes:
        receipts: how many answers it carries.
        news_of_trust: whether it brings certificates or revocations that are new to the office.
        forwarded: how many bundles of other seats it hands on.
    """

    bundle: OutgoingBundle
    path: Path
    receipts: int
    news_of_trust: bool
    forwarded: int


def export(
    session: Session,
    to_office: str,
    round_id: str,
    folder: Path,
    classes: Collection[str] | None = None,
    *,
    again: bool = False,
) -> Exported:
    """Send an office everything of a round that concerns it and that it has not been sent yet.

    A college may send some of its classes first and the others later. The bundle is kept before
    it is written to ``folder``: when the stick fails, ``write_again`` hands the same one over.

    Args:
        session: of any office.
        to_office: the id of the receiving office.
        round_id: the round.
        folder: where the bundle goes, a stick or a folder.
        classes: only what is about these classes (and about no class); None for all.
        again: true to send everything once more: a seat that the office was given since could
            open none of the earlier bundles. The registrar then hands back what the office's own
            seats had sent, too. What the other seats have already does no harm.

    Raises:
        NothingToExport: everything was sent before, no answer waits, and there is no news of
            who may speak for whom.
        NotEnrolled: the receiving office has no seat yet.
        StoreOutdated: this seat's data is an old backup or a copy.
        ClockBehind, CertificateExpired: nobody would believe what this seat signs today.
        FileNotWritten: the bundle is kept, but not in ``folder``.
    """
    packed = pack(session, to_office, round_id, classes, again=again)
    path = write_again(session, packed.bundle.bundle_id, folder)
    return Exported(packed.bundle, path, packed.receipts, packed.news_of_trust, packed.forwarded)


@dataclass(frozen=True, slots=True)
class Packed:
    """A bundle that is made and kept, but lies on no stick yet; see ``Exported``."""

    bundle: OutgoingBundle
    receipts: int
    news_of_trust: bool
    forwarded: int


def pack(
    session: Session,
    to_office: str,
    round_id: str,
    classes: Collection[str] | None = None,
    *,
    again: bool = False,
) -> Packed:
    """Make and keep a bundle without writing it anywhere; ``write_again`` puts it on a stick.

    Arguments and errors are those of ``export``, but for the stick's.
    """
    with session.unit_of_work() as unit:
        require_current(session, unit)
        round_ = round_or_general(unit, round_id)
        cargo = cargo_for(session, unit, to_office, round_, classes, again=again)
        if not cargo:
            raise NothingToExport(
                "没有新的内容要报送，之前的都已经导出过。",
                "如果对方没有收到，请在“收发”里找到那一份，重新写到U盘；"
                "对方换了电脑或新增了席位的，请选择“全部重新导出”。",
            )
        sealed = _seal(session, unit, to_office, round_, cargo)
        bundle = OutgoingBundle(
            bundle_id=sealed.manifest.bundle_id,
            to_office=to_office,
            round=round_id,
            number=sealed.manifest.number,
            digest=sealed.digest,
            created=sealed.manifest.created,
            operator=session.operator,
            file_name=_file_name(session, unit, sealed),
            file_sha256=session.store.attachments.put(sealed.data),
            statements=len(cargo.statements),
            trust=cargo.trust.digest,
        )
        exchange.keep_outgoing(unit.connection, bundle, cargo.unsent)
        exchange.mark_receipts_sent(unit.connection, to_office, bundle.bundle_id)
        _keep_sealed(unit, bundle, len(sealed.data))
        unit.commit()
    return Packed(bundle, len(cargo.receipts), cargo.news_of_trust, len(cargo.forwarded))


def write_again(session: Session, bundle_id: str, folder: Path) -> Path:
    """Write a bundle that was exported before to a folder once more, byte for byte the same.

    Raises:
        NotFound: this seat wrote no such bundle.
        AttachmentDamaged: its kept copy is gone or altered.
        FileNotWritten: it is not in ``folder``.
    """
    with session.unit_of_work() as unit:
        for bundle in exchange.outgoing(unit.connection):
            if bundle.bundle_id == bundle_id:
                break
        else:
            raise NotFound("没有找到这份报送包。", "请在“收发”的已导出列表中选择。")
    data = session.store.attachments.get(bundle.file_sha256)
    return write_beside(bundle.file_name, data, folder)


Chosen = tuple[int, bytes, Statement]


@dataclass(frozen=True, slots=True)
class Cargo:
    """What one bundle is to carry.

    Attributes:
        statements: what the office is to get.
        unsent: the numbers of those that it was never sent before.
        receipts: the answers that it was never sent before.
        repeated: the last answer to each of its seats, sent again and again.
        trust: whom the school vouches for.
        news_of_trust: whether the office was last sent less of it. Only the registrar's word is
            news: from there it came to everybody else.
        last: the bundle before this one in the stream.
        forwarded: bundles of other seats that are handed on.
    """

    statements: Sequence[Chosen]
    unsent: Sequence[int]
    receipts: Sequence[Receipt]
    repeated: Sequence[Receipt]
    trust: Trust
    news_of_trust: bool
    last: OutgoingBundle | None
    forwarded: Sequence[Forwarded]

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.statements or self.receipts or self.news_of_trust)

    @property
    def number(self) -> int:
        """The number that this bundle would get in its stream."""
        return self.last.number + 1 if self.last else 1


def cargo_for(
    session: Session,
    unit: UnitOfWork,
    to_office: str,
    round_: Round,
    classes: Collection[str] | None,
    *,
    again: bool,
) -> Cargo:
    """Return what there is to be sent to an office."""
    chosen = unsent = _to_send(session, unit, to_office, round_, classes)
    if again:
        chosen = _to_send(session, unit, to_office, round_, classes, again=True)
    before = exchange.outgoing(unit.connection, to_office)
    last = max(before, key=lambda bundle: bundle.number, default=None)
    trust = session.trust(unit)
    me = session.home.seat.office
    receipts = exchange.unsent_receipts(unit.connection, to_office, me.id)
    latest = exchange.latest_receipts(unit.connection, to_office, me.id)
    from_registrar = me.kind is OfficeKind.REGISTRAR
    return Cargo(
        statements=chosen,
        unsent=[number for number, _, _ in unsent],
        receipts=receipts,
        repeated=[receipt for receipt in latest if receipt not in receipts],
        trust=trust,
        news_of_trust=from_registrar and (last is None or last.trust != trust.digest),
        last=last,
        forwarded=to_forward(session, unit, to_office, round_.id, trust) if again else (),
    )


def _to_send(
    session: Session,
    unit: UnitOfWork,
    to_office: str,
    round_: Round,
    classes: Collection[str] | None,
    *,
    again: bool = False,
) -> list[Chosen]:
    """Return our statements that the office is to get: those of its concern, not sent yet."""
    me = session.home.seat
    sent_to = "" if again else to_office  # to no office at all nothing was ever sent
    ours, theirs = me.office.kind, kind_of_office(to_office)
    if to_office != me.office.id and (
        ours is OfficeKind.REGISTRAR or sends_own_share(ours, theirs)
    ):
        lines = exchange.unsent_lines_about(
            unit.connection, me.id, sent_to, round_.id, _concerning(unit, to_office, round_)
        )
        return _merged(_decoded(lines), _of_everybody(unit, me.id, to_office, sent_to, round_))
    unsent = [
        chosen
        for chosen in _decoded(exchange.unsent_lines(unit.connection, me.id, sent_to, round_.id))
        if to_office == me.office.id or hears(ours, theirs, chosen[2].aspect)
    ]
    return unsent if classes is None else _about_classes(unit, unsent, set(classes))


def _of_everybody(
    unit: UnitOfWork, seat: str, to_office: str, sent_to: str, round_: Round
) -> list[Chosen]:
    """Return what an office is told about students and classes that are not its own.

    Who has left before the round's year is no business of whoever speaks about those who study.
    """
    duty = DUTIES[kind_of_office(to_office)]
    told = duty.heard
    if not told:
        return []
    subjects = exchange.subjects_still_there(unit.connection, told, round_.entry_year)
    lines = exchange.unsent_lines_about(unit.connection, seat, sent_to, round_.id, subjects, told)
    return [chosen for chosen in _decoded(lines) if duty.hears(chosen[2])]


def _merged(some: Sequence[Chosen], others: Sequence[Chosen]) -> list[Chosen]:
    """Return statements of one seat in the order in which it made them, each once."""
    by_number = {chosen[0]: chosen for chosen in (*some, *others)}
    return [by_number[number] for number in sorted(by_number)]


def _decoded(lines: Sequence[tuple[int, bytes]]) -> list[Chosen]:
    return [(number, line, decode(line)) for number, line in lines]


def _concerning(unit: UnitOfWork, office: str, round_: Round) -> set[str]:
    """Return the subjects of an office's concern: its own students, and the school."""
    connection = unit.connection
    return {
        "school",
        f"round:{round_.id}",
        *exchange.subjects_of_kind(connection, "school"),  # what it is called from a day on
        *exchange.subjects_of_kind(connection, "office"),
        *exchange.subjects_of_kind(connection, "photo_kind"),  # what is asked of photos
        *exchange.subjects_of_kind(connection, "import"),  # which lists were read, and undone
        *exchange.subjects_of_kind(connection, "item"),  # the checklist of new students
        *exchange.subjects_of_kind(connection, "spelling"),
        *(
            f"bundle:{bundle.bundle_id}"
            for bundle in exchange.incoming(connection)
            if bundle.from_office == office
        ),
        *Links(connection).belonging_to(office),
    }


def _about_classes(unit: UnitOfWork, unsent: Sequence[Chosen], classes: set[str]) -> list[Chosen]:
    """Return what a college says about some of its classes, and about no class that is known.

    What belongs to no class would otherwise stay behind for as long as somebody chooses classes.
    """
    abouts = [scope_subject(s.aspect, s.subject, s.values) or s.subject for _, _, s in unsent]
    belongs = Links(unit.connection).belongs_to(set(abouts))
    known = {group.id for group in school.classes(unit.connection)}
    others = known - classes
    return [
        chosen
        for chosen, about in zip(unsent, abouts, strict=True)
        if classes & (places := {about, *belongs[about]}) or not others & places
    ]


def _seal(
    session: Session, unit: UnitOfWork, to_office: str, round_: Round, cargo: Cargo
) -> SealedBundle:
    """Seal what was chosen as the next bundle of the stream to an office."""
    certificate = session.certificate(unit)
    evidence = {sha for _, _, statement in cargo.statements for sha in statement.evidence}
    evidence.update(*(bundle.attachments for bundle in cargo.forwarded))
    for sha in sorted(evidence):
        session.store.attachments.get(sha)  # damaged evidence must not travel
    draft = BundleDraft(
        bundle_id=str(uuid7()),
        to_office=to_office,
        round_id=round_.id,
        round_name=round_.name,
        number=cargo.number,
        previous=cargo.last.digest if cargo.last else "",
        created=session.now_text(),
        statements=[line for _, line, _ in cargo.statements],
        receipts=[r.to_text().encode() for r in (*cargo.receipts, *cargo.repeated)],
        attachments={sha: session.store.attachments.path(sha) for sha in evidence},
        forwarded=cargo.forwarded,
    )
    recipients = cargo.trust.recipients_of(to_office, session.today())
    return seal_bundle(draft, session.keys, certificate, cargo.trust, recipients)


def _file_name(session: Session, unit: UnitOfWork, sealed: SealedBundle) -> str:
    """Return the name of a bundle's file; where an office sends to many, also for whom it is.

    Colleges send to one office. The registrar writes a stick full, and every file goes to another.
    """
    me, to_office = session.home.seat.office, sealed.manifest.to_office
    if me.kind not in SENDS_TO_MANY or to_office == me.id:
        return sealed.file_name
    names = {office.id: office.name for office in school.offices(unit.connection)}
    return bundle_file_name(sealed.manifest, f"{me.name}送{names.get(to_office, to_office)}")


def _keep_sealed(unit: UnitOfWork, bundle: OutgoingBundle, size: int) -> None:
    """Put the sealed file on record among the attachments."""
    documents.keep_attachment(
        unit.connection, bundle.file_sha256, bundle.file_name, size, bundle.created
    )
