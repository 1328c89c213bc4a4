"""What must be one thing, and whole, before it gets into a book or a file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop.errors import Incomplete
from desktop.procedures.registration.student_registration import Judged
from desktop.store import registration, school
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, students_by_subject

_NAMED_IN_MESSAGE = 5


@dataclass(frozen=True, slots=True)
class Hindrances:
    """Students who have an outcome and yet can not be printed.

    Attributes:
        disputed: offices contradict one another about them.
        unfinished: they have no class, or something of their data is missing.
    """

    disputed: tuple[Student, ...]
    unfinished: tuple[Student, ...]


def hindrances(unit: UnitOfWork, round_id: str, judged: Collection[Judged]) -> Hindrances:
    """Return who keeps the register and the files of a round from being made.

    A field in conflict reads as empty, and an empty name or number must not get into a book.

    Args:
        unit: the transaction in which the students were judged.
        round_id: the round.
        judged: all students of the round.
    """
    conflicts = registration.conflicting_fields(unit.connection, round_id)
    known = {group.id for group in school.classes(unit.connection)}
    disputed = [one.student for one in judged if _is_disputed(one, conflicts)]
    # who is disputed as to standing on the roster at all is not among those judged
    unlisted = registration.registrations(unit.connection, round_id).keys() - {
        one.student.subject for one in judged
    }
    vanished = [
        subject for subject in unlisted if "listed" in conflicts.get((subject, "roster"), ())
    ]
    disputed += students_by_subject(unit.connection, sorted(vanished)).values()
    unfinished = [
        one.student
        for one in judged
        if one.issued
        and (
            one.student.class_id not in known
            or any(reason.code == "incomplete" for reason in one.verdict.reasons)
        )
    ]
    return Hindrances(tuple(disputed), tuple(unfinished))


def require_undisputed(unit: UnitOfWork, round_id: str, judged: Collection[Judged]) -> None:
    """Make sure that what is said about everybody who has an outcome is one thing, and whole.

    Raises:
        Incomplete: names up to five students about whom something must be decided or mended.
    """
    found = hindrances(unit, round_id, judged)
    if disputed := found.disputed:
        raise Incomplete(
            f"已办理结论的学生中有{len(disputed)}人的信息各方说法不一致：{_who(disputed)}。",
            "请先裁定，再生成名册和学信网文件；这次什么都没有生成。",
        )
    if unfinished := found.unfinished:
        raise Incomplete(
            f"已办理结论的学生中有{len(unfinished)}人没有班级或学籍信息不完整：{_who(unfinished)}。",
            "请先补全，再生成名册和学信网文件；这次什么都没有生成。",
        )


def named(student: Student) -> str:
    """Name a student by what is known: 姓名, 学号 or 考生号."""
    identity = student.identity
    number = identity.student_number or identity.exam_number or identity.id_number
    if identity.name:
        return f"{identity.name}（{number}）" if number else identity.name
    return number or "姓名、号码都待裁定的学生"


def _is_disputed(one: Judged, conflicts: Mapping[tuple[str, str], list[str]]) -> bool:
    """Tell whether offices contradict one another about something that a register prints."""
    subject = one.student.subject
    if (subject, "registration") in conflicts:  # two outcomes were issued, or on two papers
        return True
    return one.issued is not None and (
        (subject, "identity") in conflicts
        or (subject, "placement") in conflicts
        or (subject, "roster") in conflicts
        or (one.student.class_id, "class_group") in conflicts
    )


def _who(students: Sequence[Student]) -> str:
    """Name the first few students."""
    first = "、".join(named(student) for student in students[:_NAMED_IN_MESSAGE])
    return first + ("等" if len(students) > _NAMED_IN_MESSAGE else "")
