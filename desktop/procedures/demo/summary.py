"""What the demo says at its end, as numbers."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from desktop.files import write_durably
from desktop.procedures.demo.rechecking import recheck_numbers
from desktop.procedures.demo.reviewing import review_numbers
from desktop.procedures.demo.stage import Stage
from desktop.procedures.keeping.doctor import state_digest
from desktop.procedures.registration.boards import outcome_counts


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a round: outcomes add up to the students."""

    students: int
    registered: int
    place_kept: int
    place_given_up: int
    place_cancelled: int
    held_back: int
    conflicts_decided: int
    retracted: int
    outcomes_changed: int
    bundles: dict[str, int]
    refusals: list[dict[str, str]]
    documents: list[str]
    entry_review: dict[str, int]
    recheck: dict[str, int]
    state_digest: str
    seconds: dict[str, float]


_NONE: Final = dict.fromkeys(
    ("registered", "place_kept", "place_given_up", "place_cancelled", "held_back"), 0
)


def summary_of(stage: Stage) -> Summary:
    """Return the numbers as they stand now."""
    counts = outcome_counts(stage.registrar, stage.round_id) if stage.round_id else _NONE
    return Summary(
        students=sum(counts.values()),
        registered=counts["registered"],
        place_kept=counts["place_kept"],
        place_given_up=counts["place_given_up"],
        place_cancelled=counts["place_cancelled"],
        held_back=counts["held_back"],
        conflicts_decided=stage.decided,
        retracted=stage.retracted,
        outcomes_changed=stage.outcomes_changed,
        bundles={"merged": stage.merged, "refused": len(stage.refused)},
        refusals=[{"file": name, "code": code} for name, code in stage.refused],
        documents=sorted(set(stage.documents)),
        entry_review=review_numbers(stage.admissions, stage.review_id),
        recheck=recheck_numbers(stage.admissions, stage.recheck_id) if stage.recheck_id else {},
        state_digest=state_digest(stage.registrar.store),
        seconds=stage.seconds,
    )


def write_summary(out: Path, summary: Summary) -> None:
    """Write ``summary.json``."""
    text = json.dumps(asdict(summary), ensure_ascii=False, indent=2)
    write_durably(out / "summary.json", text.encode())
