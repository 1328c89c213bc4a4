"""What a genuine bundle says: its lines become statements, or the bundle is refused whole.

Being genuine is one thing; whether this signer's office may say this is another (design §3).
"""

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.bundles.lines import MalformedStatement, Written, written
from desktop.bundles.verification import VerifiedBundle
from desktop.domain.answers import SAID_TITLES, read_ruling
from desktop.domain.authority import ASPECTS, YEARLY, may_state, names_year
from desktop.domain.checklists import SLOTS, read_document
from desktop.domain.entry_review import CAUSE_TITLES, ArrivalState, Finding, ReviewVerdict, Standing
from desktop.domain.exchange import Receipt
from desktop.domain.offices import OfficeKind
from desktop.domain.photos import is_photo, rule_problems
from desktop.domain.recheck import (
    CASE_STATE_TITLES,
    NOTE_TITLES,
    RecheckVerdict,
    ReviewFinding,
)
from desktop.domain.review_fields import (
    ANSWER_FIELDS,
    COMPARED_TITLES,
    FIVE_THINGS,
    SIX_THINGS,
    SOUND_TITLES,
)
from desktop.domain.review_rules import read_rules
from desktop.domain.rounds import Procedure, leads
from desktop.domain.sheets import Mark, rows_from_text, rows_to_text
from desktop.domain.statements import Statement
from desktop.domain.student_registration import Outcome
from desktop.domain.students import FIELD_TITLES
from desktop.errors import BundleContent, BundleNumberReused, SignerWithoutAuthority
from desktop.store import documents
from desktop.store.journal import Comparison
from desktop.store.store import UnitOfWork

_CHOICES: Mapping[str, Mapping[str, Collection[str]]] = {
    "round": {
        "procedure": frozenset(Procedure),
        "state": {"open", "closed"},
        "asks_verdicts": {"yes", "no"},
    },
    "office": {"kind": frozenset(OfficeKind)},
    "entry_review": {"verdict": frozenset(ReviewVerdict)},
    "review_waiting": {"standing": frozenset(Standing)},
    "recheck": {"verdict": frozenset(RecheckVerdict)},
    "arrival": {"state": frozenset(ArrivalState), "cause": frozenset(CAUSE_TITLES)},
    "class_verdict": {
        "verdict": frozenset(Finding),
        **{thing: frozenset(COMPARED_TITLES) for thing in SIX_THINGS},
    },
    "second_verdict": {"verdict": frozenset(Finding)},
    "checklist_item": {"dropped": {"yes"}},
    "recheck_form": {"state": {"filled", "unusable"}},
    "recheck_review": {
        "verdict": frozenset(ReviewFinding),
        **{thing: frozenset(SOUND_TITLES) for thing in FIVE_THINGS},
    },
    "recheck_second_review": {"verdict": frozenset(ReviewFinding)},
    "case_file": {
        "state": frozenset(CASE_STATE_TITLES),
        "important": {"yes", "no"},
        "outcome": frozenset(RecheckVerdict) - {RecheckVerdict.CASE},
    },
    "case_note": {"kind": frozenset(NOTE_TITLES)},
    "spelling_ruling": {"field": frozenset(ANSWER_FIELDS), "verdict": {"same", "two"}},
    "signature": {"mark": frozenset(Mark)},
    "place_report": {"kind": {"given_up", "kept"}},
    "correction": {"field": frozenset(FIELD_TITLES)},
    "correction_decision": {"decision": {"accepted", "rejected"}},
    "addition_decision": {"decision": {"accepted", "rejected"}},
    "registration": {"outcome": frozenset(Outcome)},
    "likeness": {"verdict": {"two", "same"}},
    "list_import": {"withdrawn": {"yes"}},
}
# Clocks count statements, so no honest one is this far ahead. Were any leap believed, one forged
# statement could push the clock of who hears it to its end, where nothing more can be said. The
# registrar may be further ahead: what pushed its clock must not keep others from hearing it.
_LONGEST_LEAP = 2**32
_LONGEST_LEAP_OF_REGISTRAR = 2**40
_TODO = "请联系报送部门，请他们用最新版本的程序重新导出。"


@dataclass(frozen=True, slots=True)
class Heard:
    """The statements of a bundle that are new here, with their lines; the numbers of the others."""

    new: tuple[Written, ...]
    already: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all of the bundle's statements."""
        return (*(one.statement.number for one in self.new), *self.already)


def hear(verified: VerifiedBundle, unit: UnitOfWork) -> Heard:
    """Return a bundle's statements.

    Raises:
        BundleContent: a line is no statement, or the lines do not hang together.
        SignerWithoutAuthority: the office's kind may not say this.
        BundleNumberReused: the seat said something else under a number that is in already.
    """
    kind = verified.certificate.certificate.office_kind
    if verified.forwarded and kind is not OfficeKind.REGISTRAR:
        raise SignerWithoutAuthority(
            "报送包里有替别的席位转交的内容，只有学籍科可以转交，整份没有收入。",
            "请联系报送部门查明原因；这种情况不应出现，必要时请吊销那个席位。",
        )
    try:
        lines = [written(line) for line in verified.statements]
    except MalformedStatement as error:
        raise BundleContent("报送包里有无法识别的记载，整份没有收入。", _TODO) from error
    statements = [one.statement for one in lines]
    _require_whole(statements, verified)
    leap = _LONGEST_LEAP_OF_REGISTRAR if kind is OfficeKind.REGISTRAR else _LONGEST_LEAP
    _require_clock(statements, unit.journal.clock + leap)
    _require_authority(statements, kind)
    _require_own_sheets(statements, kind)
    _require_own_rounds(statements, kind)
    _require_chain(lines)
    return _unknown(lines, unit)


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
    named = {sha for one, _ in comparison.heard for sha in one.statement.evidence}
    lacking = named - set(verified.attachments)
    if lacking - documents.known_attachments(unit.connection, lacking):
        raise BundleContent("报送包里缺少它提到的证明材料，整份没有收入。", _TODO)


def _require_whole(statements: Sequence[Statement], verified: VerifiedBundle) -> None:
    """Raise unless the statements are of this seat and round, in order, and of a known form."""
    manifest = verified.manifest
    numbers = [statement.number for statement in statements]
    by_aspect: dict[str, list[Statement]] = {}
    for statement in statements:
        by_aspect.setdefault(statement.aspect, []).append(statement)
    if (
        numbers != sorted(set(numbers))
        or {statement.seat for statement in statements} - {manifest.from_seat}
        or not all(_known(aspect, said, manifest.round_id) for aspect, said in by_aspect.items())
    ):
        raise BundleContent(
            "报送包里的记载与它的来源或批次不符，或者用到了新版本才有的内容，整份没有收入。",
            _TODO,
        )


def _require_clock(statements: Sequence[Statement], furthest: int) -> None:
    """Raise unless every statement was made within reach of this seat's own clock."""
    if max((statement.clock for statement in statements), default=0) > furthest:
        raise BundleContent("报送包里的记载带有不可能的时序编号，整份没有收入。", _TODO)


def _known(aspect: str, said: Sequence[Statement], round_id: str) -> bool:
    """Tell whether statements of one aspect have a form that this version knows.

    They are looked at all together, which is much quicker than one by one.
    """
    rule = ASPECTS.get(aspect)
    if rule is None or not (rule.lasting or round_id):
        return False
    prefix = f"{rule.subject}:"
    rounds = {statement.round for statement in said}
    return (
        (
            all(names_year(aspect, round_) for round_ in rounds)
            if aspect in YEARLY
            else rounds == {"" if rule.lasting else round_id}
        )
        and rule.fields.issuperset(itertools.chain.from_iterable(s.values for s in said))
        and all(s.subject.startswith(prefix) or s.subject == rule.subject for s in said)
        and _understood(aspect, said)
    )


def _understood(aspect: str, said: Sequence[Statement]) -> bool:
    """Tell whether the program knows what to do with the values."""
    for field, known in _CHOICES.get(aspect, {}).items():
        if not {s.values.get(field) for s in said}.issubset({None, *known}):
            return False
    form = _FORMS.get(aspect)
    return form is None or all(map(form, said))


def _printed(statement: Statement) -> bool:
    """Tell whether a sheet's values can be read, and its rows in one way only."""
    values = statement.values
    rows = values.get("rows") or "[]"
    try:
        int(values.get("page_count") or "0")
        return rows_to_text(rows_from_text(rows)) == rows
    except (ValueError, RecursionError):
        return False


def _pictured(statement: Statement) -> bool:
    """Tell whether each photo is evidence of its statement, so that the picture comes with it."""
    photos = [sha256 for sha256 in statement.values.values() if sha256 is not None]
    return all(map(is_photo, photos)) and set(photos) <= set(statement.evidence)


def _ranged(statement: Statement) -> bool:
    """Tell whether an import names statements of its own seat, in whole numbers."""
    values = statement.values
    numbers = values.get("first"), values.get("last")
    return values.get("seat") == statement.seat and all(
        number is not None and number.isascii() and number.isdigit() and len(number) <= _DIGITS
        for number in numbers
    )


def _ruled(statement: Statement) -> bool:
    """Tell whether rules for photos can be read."""
    said = {field: text for field, text in statement.values.items() if text is not None}
    return not rule_problems(said)


def _governed(statement: Statement) -> bool:
    """Tell whether the settings of a review can be read."""
    try:
        read_rules({field: text for field, text in statement.values.items() if text is not None})
    except ValueError:
        return False
    return True


def _brought(statement: Statement) -> bool:
    """Tell whether it can be read what became of each document."""
    try:
        for slot in SLOTS:
            read_document(statement.values.get(slot) or "")
    except ValueError:
        return False
    return True


def _weighed(statement: Statement) -> bool:
    """Tell whether what a person said of differences can be read, and in one way only."""
    said = [text for field, text in statement.values.items() if field in ANSWER_FIELDS and text]
    known = {text: read_ruling(text) for text in said if text not in SAID_TITLES}
    return all(ruling is not None and ruling.text == text for text, ruling in known.items())


def _filled_in(statement: Statement) -> bool:
    """Tell whether a form's picture is evidence of its statement, so that it comes with it."""
    form = statement.values.get("form")
    return form is None or (is_photo(form) and form in statement.evidence)


_FORMS: Mapping[str, Callable[[Statement], bool]] = {
    "review_rules": _governed,
    "document_check": _brought,
    "recheck_form": _filled_in,
    "answer_ruling": _weighed,
    "sheet": _printed,
    "photo": _pictured,
    "photo_rules": _ruled,
    "list_import": _ranged,
}
_DIGITS = 15
_NUMBERED = frozenset({"sheet", "paper"})


def _require_own_rounds(statements: Sequence[Statement], kind: OfficeKind) -> None:
    """Raise unless an office speaks of rounds that it leads: admissions of procedures one and two.

    A round's id names its procedure, and what is said of it later can not make it another.
    """
    rounds = [s for s in statements if s.aspect == "round"]
    if kind is not OfficeKind.REGISTRAR and not all(
        leads(kind, s.subject.removeprefix("round:"), s.values.get("procedure")) for s in rounds
    ):
        raise SignerWithoutAuthority(
            "报送包里有不由该部门牵头的批次，整份没有收入。",
            "请联系报送部门查明原因；这种情况不应出现，必要时请吊销那个席位。",
        )


def _require_own_sheets(statements: Sequence[Statement], kind: OfficeKind) -> None:
    """Raise unless an office made every sheet and paper at the very seat that says so.

    Its number begins with the number of its seat; else a college could void another's.
    """
    if kind is not OfficeKind.REGISTRAR and any(
        s.aspect in _NUMBERED and not s.subject.startswith(f"{s.aspect}:{s.seat}-")
        for s in statements
    ):
        raise SignerWithoutAuthority(
            "报送包里有不是该席位打印的签字表，整份没有收入。",
            "请联系报送部门查明原因；这种情况不应出现，必要时请吊销那个席位。",
        )


def _require_authority(statements: Sequence[Statement], kind: OfficeKind) -> None:
    """Raise unless an office of this kind may say all of it."""
    if any(not may_state(kind, aspect) for aspect in {s.aspect for s in statements}):
        raise SignerWithoutAuthority(
            "报送包里有该部门无权登记的内容，整份没有收入。",
            "请联系报送部门查明原因；这种情况不应出现，必要时请吊销那个席位。",
        )


def _require_chain(lines: Sequence[Written]) -> None:
    """Raise unless neighbours in the seat's chain name one another."""
    for (earlier, _, digest), (later, _, _) in itertools.pairwise(lines):
        if later.number == earlier.number + 1 and later.previous != digest.hex():
            raise BundleContent("报送包里的记载前后不衔接，整份没有收入。", _TODO)


def _unknown(lines: Sequence[Written], unit: UnitOfWork) -> Heard:
    """Return what is not in the journal yet."""
    if not lines:
        return Heard((), ())
    seat, first, last = lines[0].statement.seat, lines[0].statement.number, lines[-1].statement
    known = unit.journal.known_hashes(seat, first, last.number)
    new, already = [], []
    for one in lines:
        if (digest := known.get(one.statement.number)) is None:
            new.append(one)
        elif digest == one.digest:
            already.append(one.statement.number)
        else:
            raise BundleNumberReused(
                f"席位 {seat} 用同一个编号报送过不同的内容，可能是那台电脑的数据被复制或恢复过。",
                "请联系报送部门查明情况，必要时吊销那个席位并重新加入。",
            )
    return Heard(tuple(new), tuple(already))
