"""Writing a bundle that was sent before to a stick once more."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.procedures.exchange.exchange_desk import Sent
from desktop.procedures.exchange.exporting import write_again
from desktop.procedures.session import Progress, Session
from desktop.views.desk import Desk
from desktop.views.language import tr
from desktop.views.wizards.frame import Flow, Step, StepPage, Wizard
from desktop.views.wizards.place_step import PlaceStep, place_problems
from desktop.views.wizards.step_pages import SummaryStep

PLACE, DONE = "place", "done"


@dataclass(frozen=True, slots=True)
class Again:
    """Which bundle goes where; ``path`` is where it lies afterwards."""

    sent: Sent
    folder: str = ""
    path: Path | None = None


def next_step(step: str, _draft: Again) -> str:
    """Return the step after a step."""
    return DONE if step == PLACE else ""


def problems(step: str, draft: Again) -> dict[str, str]:
    """Return what is wrong on a step."""
    return place_problems(draft.folder) if step == PLACE else {}


def again_wizard(desk: Desk, sent: Sent, parent: QWidget) -> Wizard[Again]:
    """Return the wizard for one bundle."""

    def place() -> StepPage[Again]:
        return PlaceStep(desk.runner, tr("重新写到哪里？"), _hint)

    flow = Flow(
        title=tr("重新写到U盘"),
        guide="收发#导出报送包",
        first=PLACE,
        next_step=next_step,
        problems=problems,
        steps={
            PLACE: Step(tr("写到哪里"), place, desk.act(write), tr("写出")),
            DONE: Step(
                tr("完成"), partial(SummaryStep, tr("已经写好"), done_sentences), button=tr("完成")
            ),
        },
    )
    return Wizard(flow, Again(sent), desk.runner, parent)


def write(session: Session, draft: Again, _progress: Progress) -> Again:
    """Write it."""
    path = write_again(session, draft.sent.bundle.bundle_id, Path(draft.folder))
    return replace(draft, path=path)


def _hint(draft: Again) -> str:
    bundle = draft.sent.bundle
    return tr(
        "送往{office_name}的第{number}号，与 {created} 导出的一字不差；对方收过几次都一样。",
        office_name=draft.sent.office_name,
        number=bundle.number,
        created=bundle.created[:10],
    )


def done_sentences(draft: Again) -> tuple[str, ...]:
    """Return what was done, and what to do next."""
    if draft.path is None:
        return ()
    return (
        tr(
            "“{name}”已写到“{parent}”，并读回核对。", name=draft.path.name, parent=draft.path.parent
        ),
        tr("请安全退出U盘，把它交给{office_name}。", office_name=draft.sent.office_name),
    )
