"""The numbers of procedure one: papers, boards and the summary show these and no others."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.entry_review import ArrivalState, Assessment, ReviewFile, Standing


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """The numbers of a report: each is defined here and nowhere else.

    Attributes:
        admitted: 录取数, everybody on the list.
        expected: 应报到, all but those whose place is kept.
        arrived: 实报到.
        no_show: 未报到, without leave and those who gave the place up included.
        leave: 请假.
        unheard: of whom the college has said nothing.
        kept: 保留入学资格.
        given_up: 放弃入学资格, part of ``no_show``.
        face_passed: 人脸通过, of those who came.
        documents_missing: 材料不全, of those who came.
        doubtful: 存疑.
        failed: 审查不合格.
        qualified: 合格.
    """

    admitted: int = 0
    expected: int = 0
    arrived: int = 0
    no_show: int = 0
    leave: int = 0
    unheard: int = 0
    kept: int = 0
    given_up: int = 0
    face_passed: int = 0
    documents_missing: int = 0
    doubtful: int = 0
    failed: int = 0
    qualified: int = 0


def is_no_show(file: ReviewFile, found: Assessment) -> bool:
    """Tell whether a student counts as 未报到: nobody who came, is on leave or has the place kept.

    Who is known to have given the place up is one, whatever else was recorded.
    """
    if found.standing is Standing.GIVEN_UP:
        return True
    away = file.arrival is not ArrivalState.ARRIVED
    return away and found.standing not in (Standing.KEPT, Standing.LEAVE, Standing.UNHEARD)


def count(pairs: Iterable[tuple[ReviewFile, Assessment]]) -> ReviewCount:
    """Count students; whatever they are, expected = arrived + no_show + leave + unheard.

    One who came and failed has arrived; one who failed without coming is a no-show.
    """
    numbers = dict.fromkeys(ReviewCount.__dataclass_fields__, 0)
    for file, found in pairs:
        numbers["admitted"] += 1
        if found.standing is Standing.KEPT:
            numbers["kept"] += 1
            continue
        numbers["expected"] += 1
        if is_no_show(file, found):
            numbers["no_show"] += 1
        elif file.arrival is ArrivalState.ARRIVED:
            numbers["arrived"] += 1
            numbers["face_passed"] += found.face_passed
            numbers["documents_missing"] += bool(found.lacking)
        elif found.standing is Standing.LEAVE:
            numbers["leave"] += 1
        else:
            numbers["unheard"] += 1
        numbers["given_up"] += found.standing is Standing.GIVEN_UP
        numbers["doubtful"] += found.standing is Standing.DOUBTFUL
        numbers["failed"] += found.standing is Standing.FAILED
        numbers["qualified"] += found.standing is Standing.QUALIFIED
    return ReviewCount(**numbers)
