"""How the seats of the school are told, as plain functions."""

from collections.abc import Sequence

from desktop.domain.offices import OfficeKind
from desktop.procedures.school.class_offices import ClassDesk
from desktop.procedures.school.seat_list import STANDING_TITLES, SeatLine, Standing
from desktop.views.language import tr
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
        return tr("{revoked_on} 吊销", revoked_on=line.revoked_on)
    if line.standing is Standing.RUNS_OUT:
        return tr(
            "证书 {valid_until} 到期，还有 {days_left} 天",
            valid_until=line.valid_until,
            days_left=line.days_left,
        )
    if line.standing is Standing.RAN_OUT:
        return tr("证书 {valid_until} 已到期", valid_until=line.valid_until)
    return STANDING_TITLES[line.standing]


def state_sentence(lines: Sequence[SeatLine]) -> str:
    """Say in one sentence how the school's seats stand."""
    working = [line for line in lines if line.works]
    offices = {line.seat.office.id for line in working}
    said = tr(
        "{offices_count} 个部门，{working_count} 个席位在用",
        offices_count=len(offices),
        working_count=len(working),
    )
    running_out = sum(s.standing in (Standing.RUNS_OUT, Standing.RAN_OUT) for s in working)
    if running_out:
        said += tr("，其中 {running_out} 个证书快到期或已到期，请换发", running_out=running_out)
    if gone := len(lines) - len(working):
        said += tr("；已吊销 {gone} 个", gone=gone)
    return f"{said}。"


def parts_of(line: SeatLine) -> list[Part]:
    """Return everything about a seat."""
    parts: list[Part] = [
        Heading(line.seat.name),
        Shape(STATES[line.standing], standing_text(line)),
        Fact(tr("部门"), line.seat.office.name),
        Fact(tr("席位编号"), tr("{id}（印在它打印的每一张签字表编号里）", id=line.seat.id)),
        Fact(tr("证书有效到"), str(line.valid_until)),
    ]
    if line.own:
        parts.append(Words(tr("就是这台电脑。"), "quiet"))
    elif line.bundles:
        arrived = line.last_arrival[:16].replace("T", " ")
        parts.append(
            Fact(
                tr("收到的报送包"),
                tr("{bundles} 份，最近一份 {arrived} 收入", bundles=line.bundles, arrived=arrived),
            )
        )
    else:
        parts.append(Fact(tr("收到的报送包"), tr("还没有")))
    if line.reason:
        parts.append(Fact(tr("吊销原因"), line.reason))
    return parts


def classes_parts(line: SeatLine, classes: ClassDesk) -> list[Part]:
    """Return how many classes a seat's college has; nothing of other offices."""
    if line.seat.office.kind is not OfficeKind.COLLEGE or not line.works:
        return []
    mine = [one for one in classes.colleges if one.office == line.seat.office.id]
    if mine:
        count = sum(len(one.classes) for one in mine)
        students = sum(one.students for one in mine)
        much = tr("{count} 个班，{students:,} 名学生", count=count, students=students)
        return [Fact(tr("班级"), much)]
    if not classes.colleges:
        return [Fact(tr("班级"), tr("还没有读入名单"))]
    return [
        Fact(tr("班级"), tr("还没有分配，它的工作台是空的")),
        Words(tr("请点“分配班级…”，再给它导出一份报送包。"), "note"),
    ]
