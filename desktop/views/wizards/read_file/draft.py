"""Reading a list in, as plain functions on a frozen draft: the way, the choices, the decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from desktop.domain.imports import MAY_COME_IN, Decisions, LikelyPair, Place, Sameness, Target
from desktop.domain.offices import OfficeKind
from desktop.domain.rounds import Round
from desktop.procedures.imports.import_kinds import BEGUN_WITH_LISTS, RULES, AskedFor, guess_target
from desktop.procedures.imports.import_plans import ImportPlan
from desktop.procedures.imports.imports import Imported
from desktop.views.language import tr
from desktop.views.wizards.read_file.mending.draft import (
    COLUMNS,
    FILE,
    MEND,
    MendDraft,
    mending_problems,
    next_mending_step,
)

TARGET, LIKELY, CHANGES, REASON, WRITE, DONE = (
    "target",
    "likely",
    "changes",
    "reason",
    "write",
    "done",
)
MENDING: Final = frozenset({FILE, COLUMNS, MEND})
"""The steps up to a mended list."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What the wizard collects.

    Attributes:
        office: the kind of office that reads it in.
        rounds: those that are open, to choose from.
        today: by which a year is guessed.
        mend: what the steps up to a mended list collect.
        round_id: the round that the list is for, where its kind needs one.
        year: the school year or year, where its kind needs one.
        pairs: what was decided about those who look alike.
        come_in: rows that come in although there is a question about whose they are.
        reason: why these come in.
        plan: what would change, with no row come in that is asked about; None while not known.
        last: the same with those rows, as it would be written.
        done: what was written.
    """

    office: OfficeKind = OfficeKind.REGISTRAR
    rounds: tuple[Round, ...] = ()
    today: date = field(default_factory=date.today)
    mend: MendDraft = field(default_factory=MendDraft)
    round_id: str = ""
    year: str = ""
    pairs: tuple[tuple[str, Sameness], ...] = ()
    come_in: frozenset[Place] = frozenset()
    reason: str = ""
    plan: ImportPlan | None = None
    last: ImportPlan | None = None
    done: Imported | None = None

    @property
    def kind(self) -> str:
        """What kind of list it is, "" while not known."""
        return self.mend.mended.file.kind if self.mend.mended else ""

    @property
    def asked(self) -> AskedFor:
        """What has to be chosen for the list."""
        return RULES[self.kind].asked if self.kind else AskedFor.NOTHING

    @property
    def target(self) -> Target:
        """What the list is for, as chosen."""
        if self.asked is AskedFor.ROUND:
            return Target(self.kind, round=self.round_id)
        return Target(self.kind, year="" if self.asked is AskedFor.NOTHING else self.year)

    @property
    def undecided(self) -> tuple[LikelyPair, ...]:
        """The pairs about which nobody has decided yet."""
        decided = dict(self.pairs)
        return tuple(pair for pair in self.all_pairs if pair.id not in decided)

    @property
    def all_pairs(self) -> tuple[LikelyPair, ...]:
        """The pairs to be looked at."""
        return self.plan.pairs if self.plan else ()

    def decisions(self, *, come_in: bool) -> Decisions:
        """Return what was decided, with or without the rows that are let come in."""
        rows = self.come_in if come_in else frozenset[Place]()
        return Decisions(dict(self.pairs), rows, self.reason if come_in else "")


def fresh_draft(
    office: OfficeKind,
    rounds: Sequence[Round],
    today: date,
    source: str = "",
    *,
    kind: str = "",
    round_id: str = "",
) -> ReadFile:
    """Return the draft of an office with the rounds that are open, and what is known beforehand."""
    open_ = tuple(
        round_
        for round_ in rounds
        if round_.open and round_.leader is office and round_.procedure in BEGUN_WITH_LISTS
    )
    return ReadFile(office, open_, today, MendDraft(kind=kind, source=source), round_id)


def next_step(step: str, draft: ReadFile) -> str:
    """Return the step after a step; what nobody has to decide is not asked."""
    if step in MENDING:
        return next_mending_step(step, draft.mend) or TARGET
    if step == TARGET:
        return LIKELY if draft.all_pairs else CHANGES
    if step == CHANGES:
        return REASON if draft.come_in else WRITE
    return {LIKELY: CHANGES, REASON: WRITE, WRITE: DONE}.get(step, "")


def problems(step: str, draft: ReadFile) -> dict[str, str]:
    """Return what is missing or wrong on a step."""
    if step in MENDING:
        return mending_problems(step, draft.mend)
    if step == TARGET and draft.asked is AskedFor.ROUND and not draft.round_id:
        return {"": tr("还没有正在办理的批次。请先在“批次名单”新建批次，再读入新生名单。")}
    if step == REASON and not draft.reason:
        return {"reason": tr("请写明为什么仍然读入，例如“已与招生工作处核对”。")}
    return {}


def with_guess(draft: ReadFile) -> ReadFile:
    """Return the draft with what the list is likely for, unless a person has chosen."""
    if draft.mend.mended is None or draft.target.key:
        return draft
    target = guess_target(draft.mend.mended.file, draft.rounds, draft.today)
    return replace(draft, round_id=draft.round_id or target.round, year=draft.year or target.year)


def with_plan(draft: ReadFile, plan: ImportPlan) -> ReadFile:
    """Return the draft with what would change; what was decided of other rows is gone."""
    may = {row.place for row in plan.rows if row.fate in MAY_COME_IN}
    return replace(draft, plan=plan, last=None, come_in=draft.come_in & may)


def with_sameness(
    draft: ReadFile, pairs: Iterable[LikelyPair], decided: Sameness | None
) -> ReadFile:
    """Return the draft with one decision about many pairs; None leaves them open."""
    kept = dict(draft.pairs)
    for pair in pairs:
        kept.pop(pair.id, None)
        if decided is not None:
            kept[pair.id] = decided
    return replace(draft, pairs=tuple(sorted(kept.items())))


def with_rows(draft: ReadFile, places: Iterable[Place], *, come_in: bool) -> ReadFile:
    """Return the draft with rows that come in after all, or stay out."""
    if draft.plan is None:
        return draft
    may = {row.place for row in draft.plan.rows if row.fate in MAY_COME_IN}
    chosen = may.intersection(places)
    return replace(draft, come_in=draft.come_in | chosen if come_in else draft.come_in - chosen)


def round_names(draft: ReadFile) -> Mapping[str, str]:
    """Return the names of the rounds to choose from, by id."""
    return {round_.id: round_.name for round_ in draft.rounds}
