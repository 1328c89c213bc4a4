"""The frame of every wizard: steps at the left, one question per page, background acts between.

A wizard is data: a frozen draft, plain functions that decide (``next_step``, ``problems``), and a
page for each step. A step may have an act, which runs on the worker thread when the step is left
and returns a new draft; what was done can not be gone back to, what was only looked at can. The
step before an act says what will happen; the last one says what was done and what to do next.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.procedures.session import Progress
from desktop.views.dialogs import asking
from desktop.views.language import tr
from desktop.views.look import tokens as t
from desktop.views.runner import Failure, Runner
from desktop.views.widgets.error_panel import ErrorPanel
from desktop.views.widgets.focus import Doorway
from desktop.views.widgets.texts import label
from desktop.views.wizards.buttons import WizardButtons
from desktop.views.wizards.room import first_size, grow, steps_width
from desktop.views.wizards.step_list import StepList

D = TypeVar("D")
Problems = Mapping[str, str]
"""What is wrong on a step: per field one sentence; "" stands for the step as a whole."""


class StepPage(Doorway, Generic[D]):
    """One page of a wizard: shows the draft, takes what was typed, shows problems."""

    changed = Signal()
    told_at_once: Set[str] = frozenset()
    """The fields of which is told at once what is wrong, before one goes on."""

    def show_draft(self, draft: D) -> None:
        """Show what the draft says so far."""

    def take(self, draft: D) -> D:
        """Return the draft with what was typed on this page."""
        return draft

    def show_problems(self, problems: Problems) -> None:
        """Show what is wrong beside the fields."""


@dataclass(frozen=True)
class Detour(Generic[D]):
    """Another way out of a step: its button, the draft that leads there, the step it begins at.

    Whoever comes back finds the draft as it was left.
    """

    button: str
    turn: Callable[[D], D]
    step: str


@dataclass(frozen=True)
class Step(Generic[D]):
    """One step: its title at the left, its page, the act when it is left, the word to go on.

    ``reads`` is true where the act changes nothing: one may then come back to the step. ``guide``
    is the section of the user guide that F1 opens here, where it is not the wizard's. ``detour``
    is a second way out, for those who need something else than the step leads to. ``doubt`` asks
    before the wizard is left from here with something not done; "" where nothing is.
    """

    title: str
    page: Callable[[], StepPage[D]]
    act: Callable[[D, Progress], D] | None = None
    button: str = tr("下一步")
    reads: bool = False
    guide: str = ""
    detour: Detour[D] | None = None
    doubt: Callable[[D], str] | None = None


@dataclass(frozen=True)
class Flow(Generic[D]):
    """A whole wizard as data. ``next_step`` returns "" after the last step.

    ``roomy`` is for steps with a table and its details beside it; ``guide`` is the section of the
    user guide that F1 opens.
    """

    title: str
    steps: Mapping[str, Step[D]]
    first: str
    next_step: Callable[[str, D], str]
    problems: Callable[[str, D], Problems]
    guide: str
    roomy: bool = False

    def path(self, draft: D) -> tuple[str, ...]:
        """Return the steps that this draft leads through, as far as it decides."""
        steps = [self.first]
        while (step := self.next_step(steps[-1], draft)) and step not in steps:
            steps.append(step)
        return tuple(steps)


_CONFIRMED = "confirmed"


def with_confirmed(draft: Any, questions: tuple[str, ...]) -> Any:  # noqa: ANN401 - any draft
    """Return a draft with the doubts that were confirmed, if it can hold any."""
    return replace(draft, **{_CONFIRMED: questions}) if hasattr(draft, _CONFIRMED) else draft


class Wizard(QDialog, Generic[D]):
    """Walks a flow; ``completed`` hands on the last draft when the last step is left."""

    completed = Signal(object)

    def __init__(
        self,
        flow: Flow[D],
        draft: D,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        at: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(flow.title)
        self._flow, self.draft, self._runner = flow, draft, runner
        self._way = [at or flow.first]
        self._pages: dict[str, StepPage[D]] = {}
        self._left_at: dict[str, D] = {}
        self._acting = False
        self._worked_at: QWidget | None = None
        self._can_go_back_to = 0
        self._told: Problems = {}
        self._scroll = QScrollArea()
        self._steps = StepList()
        self._errors = ErrorPanel()
        self._errors.noted.connect(self._work_on)
        self._whole = label(role="problem", wraps=True)
        self._buttons = WizardButtons(
            on=self.go_on,
            back=self.go_back,
            away=self.reject,
            explain=self.help,
            aside=self._turn_off,
        )
        self._errors.offer_help(self.explain)
        QShortcut(QKeySequence("F1"), self, self.help)
        runner.changed.connect(self._show_progress)
        self._build()
        self._enter()

    @property
    def step(self) -> str:
        """The id of the step in sight."""
        return self._way[-1]

    @property
    def page(self) -> StepPage[D]:
        """The page in sight."""
        return self._pages[self.step]

    @property
    def failure(self) -> Failure | None:
        """What went wrong in the last act."""
        return self._errors.failure

    def go_on(self) -> None:
        """Take the page, and go on if nothing is wrong."""
        if self._acting:
            return
        self.draft = self.page.take(self.draft)
        problems = self._flow.problems(self.step, self.draft)
        self._show_problems(problems)
        if problems:
            self._make_room()
            return
        act, draft = self._flow.steps[self.step].act, self.draft
        if act is None:
            self._unless_in_doubt(lambda: self._advance(draft))
            return
        self._worked_at = self.focusWidget()
        self._set_acting(acting=True)
        self._runner.run(
            lambda progress: act(draft, progress),
            self._acted,
            self._failed,
            owner=self,
            title=self._flow.steps[self.step].title,
        )

    def go_back(self) -> None:
        """Return to the step before; what was typed stays."""
        if len(self._way) - 1 > self._can_go_back_to and not self._acting:
            self.draft = self.page.take(self.draft)
            self._way.pop()
            self.draft = self._left_at.pop(self.step, self.draft)
            self._enter()

    def _turn_off(self) -> None:
        """Leave the step by its second way out."""
        detour = self._flow.steps[self.step].detour
        if detour and not self._acting:
            self._left_at[self.step] = self.page.take(self.draft)
            self.draft = detour.turn(self._left_at[self.step])
            self._way.append(detour.step)
            self._enter()

    def reject(self) -> None:
        """Close, by Escape or otherwise; work that runs is only cancelled, and closing waits."""
        if self._acting:
            self._runner.cancel()
        else:
            self._unless_in_doubt(super().reject)

    def _unless_in_doubt(self, leave: Callable[[], None]) -> None:
        """Leave the step, but ask first where something would be left undone."""
        doubt = self._flow.steps[self.step].doubt
        if question := doubt(self.page.take(self.draft)) if doubt else "":
            asking.ask_yes(self, question, tr("仍然离开"), leave)
        else:
            leave()

    @property
    def guide(self) -> str:
        """The section of the guide about the step in sight."""
        return self._flow.steps[self.step].guide or self._flow.guide

    def help(self) -> None:
        """Open the guide beside the wizard; nothing that was filled in is lost."""
        self.explain(self.guide)

    def explain(self, wanted: str) -> None:
        """Open a section of the guide, or what it says of a code, beside the wizard."""
        from desktop.views.pages.help.window import explain  # noqa: PLC0415 - a start needs no help

        explain(self, wanted)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Be high enough for the first page."""
        super().showEvent(event)
        self._make_room()

    def _build(self) -> None:
        self.resize(first_size(self.screen(), roomy=self._flow.roomy))
        self._steps.setFixedWidth(steps_width(self.width()))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.setContentsMargins(t.HUGE, t.HUGE, t.HUGE, t.LARGE)
        right.setSpacing(t.MEDIUM)
        right.addWidget(self._errors)
        right.addWidget(self._scroll, 1)
        right.addWidget(self._whole)
        right.addWidget(self._buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._steps)
        whole.addLayout(right, 1)
        self._buttons.take_keys()

    def _enter(self) -> None:
        """Show the page of the present step."""
        if self.step not in self._pages:
            page = self._flow.steps[self.step].page()
            page.changed.connect(self._changed)
            self._pages[self.step] = page
        self._bring_into_sight(self.page)
        self.page.show_draft(self.draft)
        self._show_problems(self._to_be_told({}))
        self._errors.dismiss()
        self._tell()
        self._make_room()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_sight(self, page: StepPage[D]) -> None:
        """Show a page from its top; how far another one scrolls is nothing to it."""
        if (before := self._scroll.takeWidget()) is not None and before is not page:
            before.setParent(self)
            before.hide()
        self._scroll.setWidget(page)
        page.show()
        self._scroll.verticalScrollBar().setValue(0)

    def _make_room(self) -> None:
        """Grow, as far as the screen allows, so that the page need not be scrolled."""
        if not self.isVisible():
            return
        page, seen = self.page, self._scroll.viewport()
        needed = page.heightForWidth(seen.width()) if page.hasHeightForWidth() else 0
        grow(self, max(needed, page.sizeHint().height()) - seen.height())

    def _changed(self) -> None:
        self.draft = with_confirmed(self.page.take(self.draft), ())  # of what stood there before
        self._ease_problems()
        self._tell()

    def _ease_problems(self) -> None:
        """Take back what was wrong and is no more; what is not asked for yet is not told."""
        left = self._to_be_told(self._told)
        if left != self._told:
            typing = self.focusWidget()
            self._show_problems(left)
            if typing:
                typing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_be_told(self, told: Problems) -> Problems:
        """Return what is wrong of what was told, and of what is told at once."""
        wanted = told.keys() | self.page.told_at_once
        found = self._flow.problems(self.step, self.draft) if wanted else {}
        return {name: text for name, text in found.items() if name in wanted}

    def _advance(self, draft: D) -> None:
        self.draft = draft
        step = self._flow.next_step(self.step, draft)
        if step:
            self._way.append(step)
            self._enter()
        else:
            self.accept()
            self.completed.emit(draft)

    def _acted(self, draft: D) -> None:
        self._set_acting(acting=False)
        if not self._flow.steps[self.step].reads:
            self._can_go_back_to = len(self._way)
        self._advance(draft)

    def _failed(self, failure: Failure) -> None:
        self._set_acting(acting=False)
        self.page.show_draft(self.draft)  # an act may have come half-way
        if failure.cancelled:
            return
        self._errors.tell(failure)
        if failure.questions and hasattr(self.draft, _CONFIRMED):
            asking.ask_yes(
                self,
                tr("{what}材料上确实如此吗？", what=failure.what),
                tr("确实如此"),
                lambda: self._confirm(failure),
            )

    def _work_on(self) -> None:
        """Return to the field where somebody was when the act began, else to the page."""
        field = self._worked_at
        inside = field is not None and self.page.isAncestorOf(field)
        (field if field and inside else self.page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self, failure: Failure) -> None:
        """Do it after all: a person has compared it with the papers."""
        self.draft = with_confirmed(self.draft, failure.questions)
        self.go_on()

    def _set_acting(self, *, acting: bool) -> None:
        self._acting = acting
        self._errors.dismiss()
        self._tell()

    def _show_progress(self) -> None:
        if self._acting:
            self._buttons.show_acting(self._runner.running)

    def _is_last(self) -> bool:
        """Tell whether the way ends here; where something is still to be chosen it only waits."""
        ends = not self._flow.next_step(self.step, self.draft)
        return ends and not self._flow.problems(self.step, self.draft)

    def _show_problems(self, problems: Problems) -> None:
        self._told = problems
        self.page.show_problems(problems)
        self._whole.setText(problems.get("", ""))
        self._whole.setVisible("" in problems)

    def _tell(self) -> None:
        """Say at the left what is done, and below what can be done."""
        last = self._is_last()
        step = self._flow.steps[self.step]
        self.page.setEnabled(not self._acting)
        if self._acting:
            self._buttons.show_acting(self._runner.running)
        else:
            self._buttons.show_step(
                step.button,
                step.detour.button if step.detour else "",
                can_go_back=len(self._way) - 1 > self._can_go_back_to,
                last=last,
            )
        ahead = self._flow.path(self.draft)
        rest = ahead[ahead.index(self.step) + 1 :] if self.step in ahead else ()
        titles = {id_: step.title for id_, step in self._flow.steps.items()}
        self._steps.show_way([titles[i] for i in self._way], [titles[i] for i in rest], ended=last)
