"""What a genuine bundle says: its lines become statements, or the bundle is refused whole.

Being genuine is one thing; whether this signer's office may say this is another (design §3).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.bundles.verification import VerifiedBundle
from desktop.domain.authority import ASPECTS, may_state
from desktop.domain.exchange import Receipt
from desktop.domain.offices import OfficeKind
from desktop.domain.statements import MalformedStatement, Statement, decode, line_hash
from desktop.errors import BundleContent, BundleNumberReused, SignerWithoutAuthority
from desktop.store import documents
from desktop.store.journal import Comparison
from desktop.store.store import UnitOfWork

_TODO = "请联系报送部门，请他们用最新版本的程序重新导出。"


@dataclass(frozen=True, slots=True)
class Heard:
    """The statements of a bundle that are new here, with their lines, and how many were not."""

    new: tuple[tuple[Statement, bytes], ...]
    already: int


def hear(verified: VerifiedBundle, unit: UnitOfWork) -> Heard:
    """Return a bundle's statements.

    Raises:
        BundleContent: a line is no statement, or the lines do not hang together.
        SignerWithoutAuthority: the office's kind may not say this.
        BundleNumberReused: the seat said something else under a number that is in already.
    """
    kind = verified.certificate.certificate.office_kind
    pairs = []
    for line in verified.statements:
        try:
            pairs.append((decode(line), line))
        except MalformedStatement as error:
            raise BundleContent("报送包里有无法识别的记载，整份没有收入。", _TODO) from error
    statements = [statement for statement, _ in pairs]
    _require_whole(statements, verified)
    _require_authority(statements, kind)
    _require_chain(pairs)
    return _unknown(pairs, unit)


def receipts_of(verified: VerifiedBundle) -> tuple[Receipt, ...]:
    """Return the receipts in a bundle.

    Raises:
        BundleContent: one is no receipt.
    """
    try:
        return tuple(Receipt.from_text(line.decode()) for line in verified.receipts)
    except ValueError as error:
        raise BundleContent("报送包里有无法识别的回执，整份没有收入。", _TODO) from error


def require_evidence(verified: VerifiedBundle, unit: UnitOfWork, comparison: Comparison) -> None:
    """Raise unless every piece of evidence that is named lies in the bundle or here already."""
    named = {sha for heard in comparison.heard for sha in heard.statement.evidence}
    lacking = named - set(verified.attachments)
    if lacking - documents.known_attachments(unit.connection, lacking):
        raise BundleContent("报送包里缺少它提到的证明材料，整份没有收入。", _TODO)


def _require_whole(statements: Sequence[Statement], verified: VerifiedBundle) -> None:
    """Raise unless every statement is of this seat, this round, and of a known form."""
    manifest = verified.manifest
    last = 0
    for statement in statements:
        rule = ASPECTS.get(statement.aspect)
        if (
            statement.seat != manifest.from_seat
            or statement.number <= last
            or statement.round not in ("", manifest.round_id)
            or rule is None
            or rule.lasting != (statement.round == "")
            or not statement.values.keys() <= rule.fields
            or (
                not statement.subject.startswith(f"{rule.subject}:")
                and statement.subject != rule.subject
            )
        ):
            raise BundleContent(
                "报送包里的记载与它的来源或批次不符，或者用到了新版本才有的内容，整份没有收入。",
                _TODO,
            )
        last = statement.number


def _require_authority(statements: Sequence[Statement], kind: OfficeKind) -> None:
    """Raise unless an office of this kind may say all of it."""
    if any(not may_state(kind, aspect) for aspect in {s.aspect for s in statements}):
        raise SignerWithoutAuthority(
            "报送包里有该部门无权登记的内容，整份没有收入。",
            "请联系报送部门查明原因；这种情况不应出现，必要时请吊销那个席位。",
        )


def _require_chain(pairs: Sequence[tuple[Statement, bytes]]) -> None:
    """Raise unless neighbours in the seat's chain name one another."""
    for (earlier, line), (later, _) in itertools.pairwise(pairs):
        if later.number == earlier.number + 1 and later.previous != line_hash(line):
            raise BundleContent("报送包里的记载前后不衔接，整份没有收入。", _TODO)


def _unknown(pairs: Sequence[tuple[Statement, bytes]], unit: UnitOfWork) -> Heard:
    """Return what is not in the journal yet."""
    if not pairs:
        return Heard((), 0)
    first = pairs[0][0]
    known = unit.journal.known_hashes(first.seat, first.number, pairs[-1][0].number)
    new = []
    for statement, line in pairs:
        if (hash_ := known.get(statement.number)) is None:
            new.append((statement, line))
        elif hash_.hex() != line_hash(line):
            raise BundleNumberReused(
                f"席位 {first.seat} 用同一个编号报送过不同的内容，"
                "可能是那台电脑的数据被复制或恢复过。",
                "请联系报送部门查明情况，必要时吊销那个席位并重新加入。",
            )
    return Heard(tuple(new), len(pairs) - len(new))
