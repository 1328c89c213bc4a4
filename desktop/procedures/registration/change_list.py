"""The 变更清单: whose outcome is not what a register or a file for 学信网 says, as a workbook."""

from collections.abc import Mapping, Sequence

from desktop.domain.rounds import ClassGroup
from desktop.interchange.lists import ListColumn, ListSheet, write_lists
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.registration.outcomes import OutcomeChange

_COLUMNS = [
    ListColumn(title, width)
    for title, width in (
        ("院部", 16), ("班级", 18), ("学号", 15), ("考生号", 17), ("姓名", 14), ("原来登记", 16),
        ("现在", 16), ("保留至", 12), ("日期", 12), ("经办人", 12), ("席位", 8), ("原因", 40),
        ("依据", 30),
    )
]  # fmt: skip


def change_workbook(
    registered: Sequence[OutcomeChange],
    uploaded: Sequence[OutcomeChange],
    groups: Mapping[str, ClassGroup],
) -> bytes:
    """Return the list as a workbook; every cell is text.

    Args:
        registered: who stands otherwise in the last register.
        uploaded: who stands otherwise in the last files for 学信网, or not at all.
        groups: the classes, by id.
    """
    return write_lists(
        [
            ListSheet("名册以后的变更", _COLUMNS, [_row(one, groups) for one in registered]),
            ListSheet("学信网文件以后的变更", _COLUMNS, [_row(one, groups) for one in uploaded]),
        ]
    )


def _row(change: OutcomeChange, groups: Mapping[str, ClassGroup]) -> tuple[str, ...]:
    group = groups.get(change.student.class_id, NO_CLASS)
    identity = change.student.identity
    return (
        group.college_name, group.name, identity.student_number, identity.exam_number,
        identity.name, change.before_title, change.after_title, change.until, change.day,
        change.operator, change.seat, change.reason, change.document,
    )  # fmt: skip
