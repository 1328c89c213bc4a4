"""Taking bundles in: verify, compare, and one transaction each (design §4, §5).

``plan_merge`` walks exactly the same way as ``merge`` and rolls everything back, so what it shows
is what will happen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.bundles.verification import VerifiedBundle, verify_bundle
from desktop.domain.exchange import (
    HIGHEST_NUMBER,
    IncomingBundle,
    Receipt,
    missing_numbers,
    numbers_text,
)
from desktop.domain.merging import (
    BundleReport,
    FieldChange,
    FieldConflict,
    MergeReport,
    MissingStudents,
    NewFact,
    Notice,
    Refusal,
)
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import leads
from desktop.errors import BundleContent, BundleError, BundleNumberReused, NotFound, RoundClosed
from desktop.garbage import garbage_left_alone
from desktop.procedures.exchange.hearing import Heard, hear, receipts_of, require_evidence
from desktop.procedures.exchange.refusing import refusal_of, remember_refusal
from desktop.procedures.imports.import_kinds import LIST_ASPECTS
from desktop.procedures.school.enrolment import keep_trust
from desktop.procedures.school.restored import keep_proof, outdated, unknown_own_bundle
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import documents, exchange, registration, school
from desktop.store.counting import WITHOUT_AUTHORITY
from desktop.store.journal import Comparison, Source
from desktop.store.store import UnitOfWork


def plan_merge(
    session: Session, files: Sequence[Path], progress: Progress = no_progress
) -> MergeReport:
    """Return what merging these files would do, and change nothing.

    Raises:
        Cancelled: the user stopped it.
    """
    reports: list[BundleReport] = []
    refusals: list[Refusal] = []
    places: list[int] = []
    with session.unit_of_work() as unit:
        for done, file in enumerate(files):
            progress(done, len(files))
            with garbage_left_alone(), unit.connection.begin_nested() as step:
                try:
                    reports.append(_Taking(session, unit, file).take_all())
                except BundleError as error:
                    step.rollback()
                    refusals.append(refusal_of(file, error))
                    places.append(done)
    progress(len(files), len(files))
    return MergeReport(tuple(reports), tuple(refusals), tuple(places))


def merge(session: Session, files: Sequence[Path], progress: Progress = no_progress) -> MergeReport:
    """Merge files, each in a transaction of its own: all of a bundle or nothing of it.

    A refused file stays listed with its cause and changes nothing else.

    Raises:
        Cancelled: the user stopped it; the bundles before it are in.
        StoreError: the bundle at hand is not in; those before it are.
    """
    reports: list[BundleReport] = []
    refusals: list[Refusal] = []
    places: list[int] = []
    for done, file in enumerate(files):
        progress(done, len(files))
        taking: _Taking | None = None
        try:
            with garbage_left_alone(), session.unit_of_work() as unit:
                taking = _Taking(session, unit, file)
                report = taking.take_all()
                taking.keep_attachments()
                unit.commit()
            reports.append(report)
        except BundleError as error:
            refusals.append(refusal_of(file, error))
            places.append(done)
            remember_refusal(session, file, error, taking.verified if taking else None)
    progress(len(files), len(files))
    return MergeReport(tuple(reports), tuple(refusals), tuple(places))


@dataclass(frozen=True, slots=True)
class Inspection:
    """Who signed what for whom, of a genuine bundle."""

    bundle: VerifiedBundle
    office_name: str
    seat_name: str


def inspect(session: Session, file: Path) -> Inspection:
    """Verify a file and say who signed what for whom; nothing is changed.

    Raises:
        BundleError: it is not genuine, with the cause.
    """
    with session.unit_of_work() as unit:
        verified = _verify(session, unit, file)
    certificate = verified.certificate.certificate
    return Inspection(verified, certificate.office_name, certificate.seat_name)


def _verify(session: Session, unit: UnitOfWork, file: Path) -> VerifiedBundle:
    return verify_bundle(
        file,
        session.keys,
        session.trust(unit),
        own_office=session.home.seat.office.id,
        own_seat=session.home.seat.id,
        today=session.today(),
    )


class _Taking:
    """One bundle on its way into the journal, within one transaction."""

    def __init__(
        self,
        session: Session,
        unit: UnitOfWork,
        file: Path,
        forwarded: VerifiedBundle | None = None,
    ) -> None:
        self._session = session
        self._unit = unit
        self._file = file
        self._is_forwarded = forwarded is not None
        self.verified = forwarded

    def take_all(self) -> BundleReport:
        """Take the bundle, and then those that it hands on, as if they had come by themselves."""
        report = self.take()
        assert self.verified is not None  # noqa: S101 - take() has set it
        taken = []
        for bundle in sorted(self.verified.forwarded, key=lambda b: b.manifest.number):
            if bundle.manifest.from_seat == self._session.home.seat.id:
                keep_proof(self._session, self._unit, bundle)  # our own words: do we know them?
            else:
                taken.append(_Taking(self._session, self._unit, self._file, bundle).take())
        return replace(report, forwarded=tuple(taken))

    def take(self) -> BundleReport:
        """Verify, compare and write; the caller commits or not."""
        unit = self._unit
        verified = self.verified = self.verified or _verify(self._session, unit, self._file)
        manifest = verified.manifest
        if manifest.number > HIGHEST_NUMBER:
            raise BundleContent(
                f"报送包的编号是第{manifest.number}号，大得不正常，没有收入。",
                "请联系报送部门查明原因。",
            )
        known = exchange.at_number(
            unit.connection, manifest.from_seat, manifest.to_office, manifest.number
        ) or exchange.incoming_bundle(unit.connection, manifest.bundle_id)
        if known and known.digest != verified.digest:
            raise BundleNumberReused(
                f"来自席位 {manifest.from_seat} 的第{manifest.number}号报送包已经收过，"
                "但内容与这一份不同，可能是那台电脑的数据被复制或恢复过。",
                "请联系报送部门查明情况，必要时吊销那个席位并重新加入。",
            )
        heard = hear(verified, unit)
        if known is None and heard.new:
            self._require_open()
        keep_trust(unit, verified.trust)
        source = Source(manifest.bundle_id, manifest.from_seat, manifest.from_office)
        comparison = unit.journal.compare(heard.new, source, heard.already)
        unit.journal.accept(comparison)
        require_evidence(verified, unit, comparison)
        receipts = receipts_of(verified)
        report = self._report(heard, comparison, known, receipts)
        if known is None:
            self._remember(report, heard)
            exchange.keep_receipts(
                unit.connection, receipts, manifest.from_office, self._session.now_text()
            )
        return report

    def keep_attachments(self) -> None:
        """Keep the bundle's attachments on the disk, before the transaction is committed."""
        verified = self.verified
        if verified is None:
            return
        for sha256 in verified.attachments:
            data = verified.attachment(sha256)
            self._session.store.attachments.put(data)
            documents.keep_attachment(
                self._unit.connection, sha256, sha256, len(data), self._session.now_text()
            )

    def _require_open(self) -> None:
        """Raise when the round was closed here: a late bundle is shown, never silently taken."""
        assert self.verified is not None  # noqa: S101 - take() has set it
        manifest = self.verified.manifest
        me = self._session.home.seat.office
        ours = (
            self._is_forwarded or manifest.from_office == me.id
        )  # another seat of ours, which may open rounds too
        sender = self.verified.certificate.certificate.office_kind
        if ours or not manifest.round_id or leads(sender, manifest.round_id):
            return
        if not leads(me.kind, manifest.round_id):
            return
        try:
            round_ = school.round_by_id(self._unit.connection, manifest.round_id)
        except NotFound as error:
            raise BundleContent(
                f"这份报送包属于批次“{manifest.round_name}”，这里没有这个批次，没有收入。",
                "请核对报送部门选的批次是否正确。",
            ) from error
        if not round_.open:
            raise RoundClosed(
                f"“{round_.name}”已经结束，这份第{manifest.number}号报送包来晚了，没有收入。",
                "确需收入时，请先重新开启这个批次，再收一次。",
            )

    def _report(
        self,
        heard: Heard,
        comparison: Comparison,
        known: IncomingBundle | None,
        receipts: tuple[Receipt, ...],
    ) -> BundleReport:
        """Say what the bundle brings."""
        assert self.verified is not None  # noqa: S101
        manifest = self.verified.manifest
        changes, conflicts = _differences(comparison)
        foreign = {
            one.statement.subject for one, why in comparison.heard if why == WITHOUT_AUTHORITY
        }
        return BundleReport(
            file_name=self._file.name,
            bundle_id=manifest.bundle_id,
            from_office=manifest.from_office,
            from_seat=manifest.from_seat,
            round=manifest.round_id,
            number=manifest.number,
            created=manifest.created,
            statements=len(self.verified.statements),
            new_statements=len(heard.new),
            new_readings=sum(1 for old, _ in comparison.readings.values() if not old.values),
            notices=self._notices(known, comparison, receipts),
            changes=changes,
            conflicts=conflicts,
            without_authority=tuple(sorted(foreign)),
            missing=self._missing(comparison),
            receipts=exchange.new_receipts(self._unit.connection, receipts),
            office_name=self.verified.certificate.certificate.office_name,
            round_name=manifest.round_name,
            facts=_facts(comparison),
        )

    def _notices(
        self,
        known: IncomingBundle | None,
        comparison: Comparison,
        receipts: tuple[Receipt, ...],
    ) -> tuple[Notice, ...]:
        """Say what the bundle's place in its stream tells, and what its receipts tell of us."""
        assert self.verified is not None  # noqa: S101
        notices = []
        if unknown := unknown_own_bundle(self._session, self._unit, receipts):
            error = outdated(unknown)
            notices.append(Notice("data-outdated", error.what + error.todo))
        number = self.verified.manifest.number
        if known:
            notices.append(Notice("already-in", f"第{number}号报送包已经收过，没有新的内容。"))
            return tuple(notices)
        stream = (self.verified.manifest.from_seat, self.verified.manifest.to_office)
        came = {b.number for b in exchange.incoming(self._unit.connection, *stream)}
        if missing := missing_numbers(came, number - 1):
            which = "、".join(f"第{first}号" + _up_to(first, last) for first, last in missing)
            notices.append(Notice("predecessor-missing", f"{which}未收到。"))
        if came and max(came) > number:
            sentence = f"第{max(came)}号已经先收到，这是更早的第{number}号。"
            notices.append(Notice("older-after-newer", sentence))
        if self._unit.journal.withdrawn(comparison.source.bundle):
            notices.append(Notice("withdrawn", "这份报送包已被撤回，其中的内容不计入。"))
        return tuple(notices)

    def _missing(self, comparison: Comparison) -> tuple[MissingStudents, ...]:
        """Return, for each class that the bundle speaks about, of whom nothing was said yet.

        Absence says nothing: it is a question on the registrar's list, never a deletion.
        """
        assert self.verified is not None  # noqa: S101
        if self.verified.certificate.certificate.office_kind is not OfficeKind.COLLEGE:
            return ()
        classes = {
            class_id
            for one, why in comparison.heard
            if one.statement.aspect == "sheet"
            and not why
            and (class_id := one.statement.values.get("class_id"))
        }
        silent = registration.silent_students(
            self._unit.connection, self.verified.manifest.round_id, classes
        )
        return tuple(MissingStudents(class_id, silent[class_id]) for class_id in sorted(silent))

    def _remember(self, report: BundleReport, heard: Heard) -> None:
        """Keep the bundle on record, with what proves it and the receipt that answers it."""
        verified = self.verified
        assert verified is not None  # noqa: S101
        manifest = verified.manifest
        incoming = IncomingBundle(
            bundle_id=manifest.bundle_id,
            from_office=manifest.from_office,
            from_seat=manifest.from_seat,
            to_office=manifest.to_office,
            certificate_serial=manifest.certificate_serial,
            round=manifest.round_id,
            number=manifest.number,
            digest=verified.digest,
            previous=manifest.previous,
            created=manifest.created,
            merged_at=self._session.now_text(),
            operator=self._session.operator,
            file_name=self._file.name,
            statements=report.statements,
            new_statements=report.new_statements,
            numbers=numbers_text(heard.numbers),
        )
        receipt = Receipt(
            bundle_id=manifest.bundle_id,
            number=manifest.number,
            taken=report.new_statements,
            already=report.statements - report.new_statements,
            waiting=len(report.conflicts),
            without_authority=len(report.without_authority),
            missing=sum(len(m.students) for m in report.missing),
            seat=manifest.from_seat,
            digest=verified.digest,
            signature=verified.signature,
        )
        exchange.keep_incoming(
            self._unit.connection, incoming, verified.manifest_bytes, verified.signature, receipt
        )


def _up_to(first: int, last: int) -> str:
    """Return the rest of a range of numbers in words."""
    if last == first:
        return ""
    return f"、第{last}号" if last == first + 1 else f"至第{last}号"


def _facts(comparison: Comparison) -> tuple[NewFact, ...]:
    """Return what lists say of students of whom they said nothing before."""
    return tuple(
        NewFact(key, new.values)
        for key, (old, new) in comparison.readings.items()
        if key.aspect in LIST_ASPECTS and new.values and not old.values
    )


def _differences(
    comparison: Comparison,
) -> tuple[tuple[FieldChange, ...], tuple[FieldConflict, ...]]:
    """Return the values that change and the contradictions that arise."""
    changes, conflicts = [], []
    readings = comparison.readings
    # nearly all keys are new and undisputed: sort only those that can have something to tell
    for key in sorted(k for k, (old, new) in readings.items() if old.values or new.conflicts):
        old, new = readings[key]
        for field, alternatives in sorted(new.conflicts.items()):
            if old.conflicts.get(field) != alternatives:
                conflicts.append(FieldConflict(key, field, alternatives))
        for field in sorted(old.values):
            after = new.values.get(field, "")
            if field not in new.conflicts and after != old.values[field]:
                changes.append(FieldChange(key, field, old.values[field], after))
    return tuple(changes), tuple(conflicts)
