"""How the seats of the school are told, as plain functions."""

from collections.abc import Sequence

from desktop.procedures.seat_list import STANDING_TITLES, SeatLine, Standing
from desktop.views.look.states import State
from desktop.views.widgets.details import Fact, Heading, Part, Words
from desktop.views.widgets.details import Standing as Shape

STATES = {
    Standing.WORKS: State.DONE,
    Standing.WAITS: State.IN_HAND,
    Standing.RUNS_OUT: State.ATTENTION,
    Standing.RAN_OUT: State.ATTENTION,
    Standing.REVOKED: State.NOT_YET,
}


def standing_text(line: SeatLine) -> str:
    """Return how a seat stands, in words."""
    if line.standing is Standing.REVOKED:
        return f"{line.revoked_on} 吊销"
    if line.standing is Standing.RUNS_OUT:
        return f"证书 {line.valid_until} 到期，还有 {line.days_left} 天"
    if line.standing is Standing.RAN_OUT:
        return f"证书 {line.valid_until} 已到期"
    return STANDING_TITLES[line.standing]


def state_sentence(lines: Sequence[SeatLine]) -> str:
    """Say in one sentence how the school's seats stand."""
    working = [line for line in lines if line.works]
    offices = {line.seat.office.id for line in working}
    said = f"{len(offices)} 个部门，{len(working)} 个席位在用"
    running_out = sum(s.standing in (Standing.RUNS_OUT, Standing.RAN_OUT) for s in working)
    if running_out:
        said += f"，其中 {running_out} 个证书快到期或已到期，请换发"
    if gone := len(lines) - len(working):
        said += f"；已吊销 {gone} 个"
    return f"{said}。"


def parts_of(line: SeatLine) -> list[Part]:
    """Return everything about a seat."""
    parts: list[Part] = [
        Heading(line.seat.name),
        Shape(STATES[line.standing], standing_text(line)),
        Fact("部门", line.seat.office.name),
        Fact("席位编号", f"{line.seat.id}（印在它打印的每一张签字表编号里）"),
        Fact("证书有效到", str(line.valid_until)),
    ]
    if line.own:
        parts.append(Words("就是这台电脑。", "quiet"))
    elif line.bundles:
        arrived = line.last_arrival[:16].replace("T", " ")
        parts.append(Fact("收到的报送包", f"{line.bundles} 份，最近一份 {arrived} 收入"))
    else:
        parts.append(Fact("收到的报送包", "还没有"))
    if line.reason:
        parts.append(Fact("吊销原因", line.reason))
    return parts
