"""Names for subjects: lists and questions speak of people and classes, never of ids."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop.domain.offices import Office
from desktop.domain.rounds import ClassGroup, Round
from desktop.store import registration, school, seats
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, students_by_subject

_UNKNOWN_STUDENT = "还没有姓名的学生"


@dataclass(frozen=True, slots=True)
class Who:
    """Whom or what something is about: a name, and what tells it from others of that name.

    ``name`` is a student's, a class's or a sheet's; ``number`` a student's 学号, "" else.
    """

    name: str
    number: str = ""
    class_name: str = ""
    college_name: str = ""

    @property
    def words(self) -> str:
        """The name with what is known besides, in one breath: 王小甲（学号 2026…，软件2601班）."""
        besides = [f"学号 {self.number}" if self.number else "", self.class_name]
        text = "，".join(filter(None, besides))
        return f"{self.name}（{text}）" if text and text != self.name else self.name


class Names:
    """The names of one store, read once for a list of subjects."""

    def __init__(self, unit: UnitOfWork, subjects: Collection[str]) -> None:
        connection = unit.connection
        self._groups: Mapping[str, ClassGroup] = {g.id: g for g in school.classes(connection)}
        self._offices: Mapping[str, Office] = {o.id: o for o in school.offices(connection)}
        self._rounds: Mapping[str, Round] = {r.id: r for r in school.rounds(connection)}
        self._of_seat = seats.offices_by_seat(connection)
        kinds = {subject.partition(":")[0] for subject in subjects}
        self._corrections = {}
        if "correction" in kinds:
            self._corrections = {c.subject: c.student for c in registration.corrections(connection)}
        self._additions = {}
        if "addition" in kinds:
            self._additions = {a.subject: a for a in registration.additions(connection)}
        wanted = {self._corrections.get(subject, subject) for subject in subjects}
        self._students = students_by_subject(connection, wanted)
        self.known: Mapping[str, str] = {
            **{group.id: group.name for group in self._groups.values()},
            **{office.id: office.name for office in self._offices.values()},
            **{one.subject: one.identity.name for one in self._students.values()},
        }
        """Names by id, for values that refer to a class, an office or a student."""

    def office(self, office_id: str, otherwise: str = "") -> str:
        """Return the name of an office; while nobody has named it here, the other or its id."""
        office = self._offices.get(office_id)
        return office.name if office else otherwise or office_id

    def office_of_seat(self, seat: str) -> str:
        """Return the name of the office to which a seat belongs."""
        return self.office(self._of_seat.get(seat, ""))

    def round(self, round_id: str, otherwise: str = "") -> str:
        """Return the name of a round; while it is not known here, the other or its id."""
        round_ = self._rounds.get(round_id)
        return round_.name if round_ else otherwise or round_id

    def class_name(self, class_id: str) -> str:
        """Return the name of a class."""
        group = self._groups.get(class_id)
        return group.name if group else "未分班"

    def who(self, subject: str) -> Who:
        """Return whom a subject means; never an id that nobody can read."""
        subject = self._corrections.get(subject, subject)
        kind, _, rest = subject.partition(":")
        if kind == "student":
            return self._student(self._students.get(subject))
        if kind == "class":
            group = self._groups.get(subject)
            return Who(group.name, "", group.name, group.college_name) if group else Who("班级")
        if kind == "addition" and (addition := self._additions.get(subject)):
            group = self._groups.get(addition.class_id)
            return Who(addition.name, addition.student_number, *_place(group))
        plain = {"sheet": f"签字表 {rest}", "office": self.office(rest), "round": self.round(rest)}
        return Who(plain.get(kind, "学校"))

    def _student(self, student: Student | None) -> Who:
        if student is None:
            return Who(_UNKNOWN_STUDENT)
        identity = student.identity
        number = identity.student_number or identity.exam_number
        return Who(
            identity.name or _UNKNOWN_STUDENT, number, *_place(self._groups.get(student.class_id))
        )


def _place(group: ClassGroup | None) -> tuple[str, str]:
    """Return the names of a class and its college."""
    return (group.name, group.college_name) if group else ("未分班", "")
