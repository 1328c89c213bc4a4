"""A merge in words: what files bring, with names instead of ids, before and after it happens."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.exchange import Receipt
from desktop.domain.merging import BundleReport, MergeReport, NewFact, Refusal
from desktop.domain.wording import (
    ASPECT_TITLES,
    NOT_TOLD,
    full_title,
    told,
    value_text,
    year_text,
)
from desktop.errors import Cancelled
from desktop.procedures.exchange.merging import merge, plan_merge
from desktop.procedures.naming import Names, Who
from desktop.procedures.session import Progress, Session, no_progress

_SHOWN_FACTS = 20


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that becomes another one: about whom, what, old → new."""

    who: Who
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """What a list says anew, of how many students; the first of them with what is said."""

    title: str
    students: int
    shown: tuple[tuple[Who, str], ...]


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A field on which offices do not agree after this bundle."""

    who: Who
    title: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """Students of a class about whom nothing has come yet: a question, not a deletion."""

    class_name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldBundle:
    """A genuine bundle in words; ``forwarded`` are those of other seats that it hands on."""

    report: BundleReport
    office_name: str
    round_name: str
    notices: tuple[str, ...]
    changes: tuple[Changed, ...]
    conflicts: tuple[Contradicted, ...]
    missing: tuple[Silent, ...]
    foreign: tuple[Who, ...]
    receipts: tuple[Receipt, ...]
    forwarded: tuple["ToldBundle", ...]
    facts: tuple[ToldFacts, ...] = ()

    @property
    def new(self) -> int:
        """How many statements are new here, with those that were handed on."""
        return self.report.new_with_forwarded

    @property
    def already(self) -> int:
        """How many statements were here before."""
        own = self.report.statements - self.report.new_statements
        return own + sum(bundle.already for bundle in self.forwarded)

    @property
    def missing_students(self) -> int:
        """Of how many students nothing was said yet."""
        return sum(len(silent.names) for silent in self.missing)

    @property
    def needs_a_look(self) -> bool:
        """Whether a person should look before or after taking it."""
        return bool(self.conflicts or self.foreign or self.missing or self.notices)


@dataclass(frozen=True, slots=True)
class ToldFile:
    """One file: what it brings, or why it is refused whole."""

    path: Path
    bundle: ToldBundle | None
    refusal: Refusal | None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class ToldMerge:
    """All files in words; ``untouched`` were not looked at because the user stopped before."""

    files: tuple[ToldFile, ...]
    untouched: tuple[Path, ...] = ()

    @property
    def bundles(self) -> tuple[ToldBundle, ...]:
        """Those that are genuine."""
        return tuple(file.bundle for file in self.files if file.bundle)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Those that are not."""
        return tuple(file.refusal for file in self.files if file.refusal)


def plan_in_words(
    session: Session, files: Sequence[Path], progress: Progress = no_progress
) -> ToldMerge:
    """Return what merging these files would do, in words; nothing is changed.

    Raises:
        Cancelled: the user stopped it.
    """
    return ToldMerge(_told(session, files, _in_order(plan_merge(session, files, progress))))


def merge_in_words(
    session: Session, files: Sequence[Path], progress: Progress = no_progress
) -> ToldMerge:
    """Merge files, and say what was taken and what was refused.

    Stopping in the middle is no failure: every bundle is in whole or not at all, and which is
    which is said.
    """
    reports: list[BundleReport | Refusal] = []
    try:
        for done, file in enumerate(files):
            progress(done, len(files))
            report = merge(session, [file])
            reports += [*report.bundles, *report.refusals]
        progress(len(files), len(files))
    except Cancelled:
        pass  # said by what is untouched: what is in is in
    done = len(reports)
    return ToldMerge(_told(session, files[:done], reports), tuple(files[done:]))


def _in_order(report: MergeReport) -> Iterator[BundleReport | Refusal]:
    """Yield what became of each file, in the order of the files."""
    bundles, refusals = iter(report.bundles), iter(report.refusals)
    for place in range(len(report.bundles) + len(report.refusals)):
        yield next(refusals) if place in report.refused_places else next(bundles)


def _told(
    session: Session, files: Sequence[Path], outcomes: Iterable[BundleReport | Refusal]
) -> tuple[ToldFile, ...]:
    """Return what became of each file, in words."""
    became = list(outcomes)
    subjects = {
        subject
        for report in became
        if isinstance(report, BundleReport)
        for subject in _subjects(report)
    }
    with session.unit_of_work() as unit:
        names = Names(unit, subjects)
    return tuple(
        ToldFile(file, None, one)
        if isinstance(one, Refusal)
        else ToldFile(file, _bundle(one, names), None)
        for file, one in zip(files, became, strict=True)
    )


def _subjects(report: BundleReport) -> Iterator[str]:
    """Yield everybody and everything that a report speaks about."""
    yield from (change.key.subject for change in report.changes)
    yield from (conflict.key.subject for conflict in report.conflicts)
    yield from report.without_authority
    for facts in _by_title(report.facts).values():
        yield from (fact.key.subject for fact in facts[:_SHOWN_FACTS])
    yield from (student for silent in report.missing for student in silent.students)
    for bundle in report.forwarded:
        yield from _subjects(bundle)


def _bundle(report: BundleReport, names: Names) -> ToldBundle:
    return ToldBundle(
        report=report,
        office_name=names.office(report.from_office, report.office_name),
        round_name=names.round(report.round, report.round_name),
        notices=tuple(notice.sentence for notice in report.notices),
        changes=tuple(
            Changed(
                names.who(change.key.subject),
                full_title(change.key.aspect, change.field, change.key.round),
                _value(change.key.aspect, change.field, change.old, names) or "（空）",
                _value(change.key.aspect, change.field, change.new, names) or "（空）",
            )
            for change in report.changes
            if change.field not in NOT_TOLD
        ),
        conflicts=tuple(
            Contradicted(
                names.who(conflict.key.subject),
                full_title(conflict.key.aspect, conflict.field, conflict.key.round),
                tuple(
                    _value(conflict.key.aspect, conflict.field, side, names)
                    for side in conflict.alternatives
                ),
            )
            for conflict in report.conflicts
        ),
        missing=tuple(
            Silent(
                names.class_name(silent.class_id),
                tuple(names.who(student).name for student in silent.students),
            )
            for silent in report.missing
        ),
        foreign=tuple(names.who(subject) for subject in report.without_authority),
        receipts=report.receipts,
        forwarded=tuple(_bundle(bundle, names) for bundle in report.forwarded),
        facts=tuple(
            ToldFacts(
                title,
                len(facts),
                tuple((names.who(f.key.subject), _fact(f)) for f in facts[:_SHOWN_FACTS]),
            )
            for title, facts in _by_title(report.facts).items()
        ),
    )


def _by_title(facts: Sequence[NewFact]) -> dict[str, list[NewFact]]:
    """Return facts by what they are about, with the year."""
    found: dict[str, list[NewFact]] = {}
    for one in facts:
        year = year_text(one.key.round)
        title = ASPECT_TITLES[one.key.aspect]
        found.setdefault(f"{title}（{year}）" if year else title, []).append(one)
    return found


def _fact(one: NewFact) -> str:
    return "，".join(f"{title} {text}" for title, text in told(one.key.aspect, one.values, {}))


def _value(aspect: str, field: str, value: str | None, names: Names) -> str:
    return value_text(aspect, field, value, names.known)
