"""The page 裁定 of the registrar: disagreements, corrections and additions, one tab each."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.histories import Attached
from desktop.domain.rounds import Round
from desktop.procedures.deciding.deciding_together import DecidedAlike, companions, like
from desktop.procedures.deciding.decision_desk import (
    DecisionDesk,
    Disagreement,
    ProposedChange,
    ProposedStudent,
    Side,
    Verdict,
    Voice,
)
from desktop.procedures.naming import Who
from desktop.procedures.session import Session
from desktop.views.desk import Desk
from desktop.views.dialogs import asking
from desktop.views.dialogs.evidence import EvidenceDialog
from desktop.views.language import tr
from desktop.views.pages.cards import DECISIONS
from desktop.views.pages.decisions import acts, words
from desktop.views.pages.decisions.tab import Choice, DecisionTab
from desktop.views.pages.page import Page
from desktop.views.pages.round_chooser import RoundChooser, led_by
from desktop.views.runner import Failure
from desktop.views.widgets.chips import Chips
from desktop.views.widgets.details import Columns, Deed, Fact, Heading, Part

DISAGREEMENTS, CORRECTIONS, ADDITIONS = "disagreements", "corrections", "additions"
_TABS = ((DISAGREEMENTS, tr("分歧")), (CORRECTIONS, tr("更正")), (ADDITIONS, tr("增补")))


class DecisionsPage(Page):
    """What waits for the registrar; it can be opened at one of its tabs."""

    CARD = DECISIONS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk_read = DecisionDesk((), (), ())
        self._round_id = ""
        self._chooser = RoundChooser(desk, led_by(desk.kind))
        self._chooser.chosen.connect(self._read)
        self.tools.addWidget(self._chooser)
        self.tabs = Chips(_TABS)
        self.disagreements = DecisionTab[Disagreement](
            tr("分歧"),
            words.DISAGREEMENT_COLUMNS,
            desk.memory,
            self._disagreement_parts,
            self._disagreement_choices,
            unit=tr("处"),
            filters=words.DISAGREEMENT_FILTERS,
            filter_of=words.settled_filter,
        )
        self.corrections = DecisionTab[ProposedChange](
            tr("更正"),
            words.CORRECTION_COLUMNS,
            desk.memory,
            lambda one: [
                *words.correction_parts(one),
                *self._papers(one.voice),
                *self._student_parts(one.who),
            ],
            self._correction_choices,
            unit=tr("条"),
            filters=words.FILTERS,
            filter_of=lambda one: words.decision_filter(one.decision),
        )
        self.additions = DecisionTab[ProposedStudent](
            tr("增补"),
            words.ADDITION_COLUMNS,
            desk.memory,
            lambda one: [
                *words.addition_parts(one),
                *self._papers(one.voice),
                *(self._student_parts(one.listed) if one.listed else ()),
            ],
            self._addition_choices,
            unit=tr("名"),
            filters=words.FILTERS,
            filter_of=lambda one: words.decision_filter(one.decision),
        )
        self._stack = QStackedWidget()
        self._build()

    @property
    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins."""
        return self._stack.currentWidget()

    def open_at(self, argument: str) -> None:
        """Open a tab."""
        self.tabs.choose(argument)
        self.refresh()

    def refresh(self) -> None:
        """Read what waits in the chosen round."""
        self._chooser.refresh()

    def show_evidence(self, attached: Attached) -> None:
        """Open a piece of evidence."""
        self.desk.run(
            lambda session, _progress: acts.evidence(session, attached.sha256),
            lambda data: EvidenceDialog(attached, data, self).show(),
            self.tell_failure,
            owner=self,
            title=tr("正在打开证明材料"),
        )

    def _build(self) -> None:
        for tab in (self.disagreements, self.corrections, self.additions):
            self._stack.addWidget(tab)
        self.tabs.chosen.connect(
            lambda chosen: self._stack.setCurrentIndex([id_ for id_, _ in _TABS].index(chosen))
        )
        self.disagreements.table.say_when_empty(
            tr("没有分歧：各部门、各席位的说法一致。"), tr("收入新的报送包以后，有分歧会列在这里。")
        )
        self.corrections.table.say_when_empty(
            tr("没有更正。"), tr("院部登记签字表时提出的更正会列在这里。")
        )
        self.additions.table.say_when_empty(
            tr("没有增补。"), tr("院部写在签字表末尾的学生会列在这里。")
        )
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)

    def _read(self, round_: Round | None) -> None:
        if round_ is None:
            self.tell_state(tr("这里还没有批次。"))
            return
        self.desk.run(
            lambda session, _progress: acts.read_desk(session, round_.id),
            lambda desk: self._show(round_.id, desk),
            self.tell_failure,
            owner=self,
            title=tr("正在读取待裁定的内容"),
        )

    def _show(self, round_id: str, desk: DecisionDesk) -> None:
        self._round_id, self._desk_read = round_id, desk
        self.disagreements.show_records((*desk.disagreements, *desk.decided))
        self.corrections.show_records(desk.corrections)
        self.additions.show_records(desk.additions)
        self.tabs.count(dict(zip((id_ for id_, _ in _TABS), desk.waiting, strict=True)))
        waiting, settled = len(desk.disagreements), len(desk.decided)
        self.disagreements.count_filters({words.OPEN: waiting, words.SETTLED: settled})
        self.corrections.count_filters(
            Counter(words.decision_filter(one.decision) for one in desk.corrections)
        )
        self.additions.count_filters(
            Counter(words.decision_filter(one.decision) for one in desk.additions)
        )
        self.tell_state(words.state_sentence(desk))

    # --- disagreements ---------------------------------------------------------------------------

    def _disagreement_parts(self, one: Disagreement) -> list[Part]:
        together = () if one.decided else companions(one, self._desk_read.disagreements)
        parts = [*words.disagreement_parts(one), *words.together_parts(together)]
        sides = [
            [
                Heading(side.text),
                *words.companion_parts(together, side),
                *words.voice_parts(side.voice),
                *self._papers(side.voice),
            ]
            for side in one.sides
        ]
        alike = () if one.decided else like(one, self._desk_read.disagreements)
        return [
            *parts,
            Columns(sides),
            *self._alike_parts(one, alike),
            *self._student_parts(one.who),
        ]

    def _alike_parts(self, one: Disagreement, alike: Sequence[Disagreement]) -> list[Part]:
        """Return how to decide all of them at once, where there are more of the same kind."""
        if len(alike) < 2:  # noqa: PLR2004 - one alone is decided by itself
            return []
        said = tr("同一项、同样几方的分歧共 {count} 处，写好理由可以一起裁定。", count=len(alike))
        deeds = [
            Deed(
                tr(
                    "{count} 处都以{short_name}为准…",
                    count=len(alike),
                    short_name=one.short_name(side),
                ),
                partial(self._ask_alike, alike, side),
            )
            for side in one.sides
        ]
        return [Fact(tr("同样的分歧"), said), *deeds]

    def _disagreement_choices(self, one: Disagreement) -> list[Choice]:
        sides = _distinct(one.sides)
        if verdict := one.decided:
            return [
                (tr("改为“{text}”…", text=side.text), partial(self._ask_anew, one, verdict, side))
                for side in sides
                if side.value != verdict.side.value
            ]
        return [
            (tr("采用“{text}”", text=side.text), partial(self._decide, one, side)) for side in sides
        ]

    def _decide(self, one: Disagreement, side: Side, reason: str) -> None:
        if self.disagreements.require_reason(reason):
            self._change(
                tr("正在裁定"),
                lambda session: acts.decide(session, one, side, reason),
            )

    def _ask_anew(self, one: Disagreement, verdict: Verdict, side: Side, reason: str) -> None:
        if self.disagreements.require_reason(reason):
            round_id = self._round_id
            asking.ask_yes(
                self,
                words.anew_question(one, verdict, side.text),
                tr("重新裁定"),
                lambda: self._change(
                    tr("正在重新裁定"),
                    lambda session: acts.decide_again(session, round_id, one, side, reason),
                ),
            )

    def _change(
        self,
        title: str,
        act: Callable[[Session], None],
        accept_after_all: Callable[[tuple[str, ...]], None] = lambda _answers: None,
    ) -> None:
        self.desk.change(
            lambda session, _progress: act(session),
            lambda _done: self.errors.dismiss(),
            lambda failure: self._not_settled(failure, accept_after_all),
            owner=self,
            title=title,
        )

    def _ask_alike(self, alike: Sequence[Disagreement], side: Side) -> None:
        reason = self.disagreements.reason_text
        if self.disagreements.require_reason(reason):
            question = words.alike_question(alike, side.voice.speaker)
            verb = tr("裁定这 {count} 处", count=len(alike))
            asking.ask_yes(self, question, verb, lambda: self._decide_alike(alike, side, reason))

    def _decide_alike(self, alike: Sequence[Disagreement], side: Side, reason: str) -> None:
        seat = side.voice.seat
        self.desk.change(
            lambda session, progress: acts.decide_many(session, alike, seat, reason, progress),
            self._decided_alike,
            self._stopped,
            owner=self,
            title=tr("正在裁定 {count} 处分歧", count=len(alike)),
        )

    def _decided_alike(self, done: DecidedAlike) -> None:
        self.errors.dismiss()
        if done.stale:
            self.tell_state(
                tr(
                    "已裁定 {decided} 处；{stale} 处已经变化，留待查看。",
                    decided=done.decided,
                    stale=done.stale,
                )
            )

    def _stopped(self, failure: Failure) -> None:
        self.refresh()  # those before are decided
        self.tell_failure(failure)

    # --- corrections and additions ---------------------------------------------------------------

    def _correction_choices(self, one: ProposedChange) -> list[Choice]:
        if one.decision:
            return []
        return [
            (
                tr("采纳：{title}改为“{new}”", title=one.title, new=one.new),
                lambda r: self._settle_change(one, r, accept=True),
            ),
            (tr("驳回"), lambda r: self._settle_change(one, r, accept=False)),
        ]

    def _settle_change(
        self, one: ProposedChange, reason: str, *, accept: bool, confirmed: tuple[str, ...] = ()
    ) -> None:
        round_id = self._round_id
        if self.corrections.require_reason(reason):
            self._change(
                tr("正在处理更正"),
                lambda session: acts.settle_correction(
                    session, round_id, one.subject, reason, accept=accept, confirmed=confirmed
                ),
                lambda answers: self._settle_change(one, reason, accept=True, confirmed=answers),
            )

    def _not_settled(
        self, failure: Failure, accept_after_all: Callable[[tuple[str, ...]], None]
    ) -> None:
        """Tell why; a doubt may be confirmed, and then it is accepted after all."""
        self.tell_failure(failure)
        if failure.questions:
            asking.ask_yes(
                self,
                tr("{what}材料上确实如此吗？", what=failure.what),
                tr("确实如此，采纳"),
                lambda: accept_after_all(failure.questions),
            )

    def _addition_choices(self, one: ProposedStudent) -> list[Choice]:
        if one.decision:
            return []
        return [
            (
                words.accept_addition_text(one),
                partial(self._settle_student, one, accept=True),
            ),
            (tr("驳回"), partial(self._settle_student, one, accept=False)),
        ]

    def _settle_student(
        self, one: ProposedStudent, reason: str, *, accept: bool, confirmed: tuple[str, ...] = ()
    ) -> None:
        round_id = self._round_id
        if self.additions.require_reason(reason):
            self._change(
                tr("正在处理增补"),
                lambda session: acts.settle_addition(
                    session, round_id, one.subject, reason, accept=accept, confirmed=confirmed
                ),
                lambda answers: self._settle_student(one, reason, accept=True, confirmed=answers),
            )

    def _student_parts(self, who: Who) -> list[Part]:
        """Return the way to the student, where it is about one."""
        if not who.number:
            return []
        act = partial(self.desk.open, "students", who.number)
        return [Deed(tr("查看{name}", name=who.name), act, drawing="students")]

    def _papers(self, voice: Voice | None) -> list[Part]:
        """Return a button for each piece of evidence."""
        papers = voice.evidence if voice else ()
        return [
            Deed(
                tr("查看{name}", name=one.name)
                if one.name.startswith("证明材料")
                else tr("查看“{name}”", name=one.name),
                lambda one=one: self.show_evidence(one),  # type: ignore[misc]
                drawing="eye",
            )
            for one in papers
        ]


def _distinct(sides: Sequence[Side]) -> list[Side]:
    """Return one side for each value."""
    seen: dict[str | None, Side] = {}
    for side in sides:
        seen.setdefault(side.value, side)
    return list(seen.values())
