"""What a workbench shows, whatever office it is of."""

from dataclasses import dataclass

from desktop.views.look.states import State
from desktop.views.table_models.board import Board
from desktop.views.widgets.proportions import Share


@dataclass(frozen=True, slots=True)
class NextDeed:
    """What is to be done next in a sentence, and the button that leads there.

    ``page`` is opened at ``argument``.
    """

    words: str
    button: str
    page: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class WorkbenchView:
    """Everything that a workbench shows.

    Attributes:
        sentence: of state.
        days: how much time is left, or what has gone out.
        timing: what that means.
        done: how many students are done.
        total: of how many.
        shares: how they divide.
        board: rows and steps.
        what: what ring and bar are about.
        next: what is to be done next, where the rows do not say it.
    """

    sentence: str
    days: str
    timing: State
    done: int
    total: int
    shares: tuple[Share, ...]
    board: Board
    what: str
    next: NextDeed | None = None
