"""The index behind the search box: every student of the store, found in one keystroke."""

from dataclasses import dataclass
from functools import lru_cache

from desktop.domain.search import Searchable, folded, search
from desktop.domain.students import Identity
from desktop.procedures.session import Session
from desktop.store import school
from desktop.store.students import every_student

_TAIL = 4


@dataclass(frozen=True, slots=True)
class StudentIndex:
    """Every student whom a store knows, as of ``stamp``: how much had been said by then."""

    stamp: int
    students: tuple[Searchable, ...]

    def search(self, words: str, most: int = 50) -> list[Searchable]:
        """Return the students whom the words mean, the likeliest first."""
        return search(self.students, words, most)


def student_index(session: Session, known: StudentIndex | None = None) -> StudentIndex:
    """Return an index of all students, on a roster or not.

    Args:
        session: of any office; a college's store knows its own students alone.
        known: an earlier index, which is returned while nothing new was said.
    """
    with session.unit_of_work() as unit:
        stamp = unit.journal.length
        if known and known.stamp == stamp:
            return known
        groups = {group.id: group for group in school.classes(unit.connection)}
        students = every_student(unit.connection)
    entries = []
    for student in students:
        group = groups.get(student.class_id)
        names = (group.name, group.college_name) if group else ("", "")
        entries.append(searchable(student.subject, student.identity, student.class_id, *names))
    return StudentIndex(stamp, tuple(entries))


def searchable(
    subject: str,
    identity: Identity,
    class_id: str = "",
    class_name: str = "",
    college_name: str = "",
) -> Searchable:
    """Return what a student is found by; within one class the class need not be named."""
    numbers = (identity.student_number, identity.exam_number, identity.id_number)
    return Searchable(
        subject=subject,
        name=identity.name,
        student_number=identity.student_number,
        id_tail=identity.id_number[-_TAIL:],
        class_id=class_id,
        class_name=class_name,
        college_name=college_name,
        initials=tuple(initials_of(character) for character in folded(identity.name)),
        keys=(folded(identity.name), folded(class_name)),
        numbers=tuple(number.casefold() for number in numbers if number),
    )


@lru_cache(maxsize=50_000)
def initials_of(character: str) -> str:
    """Return the first letters of every way to read a character, itself where it has none.

    The readings of all characters are a large table: it is imported for the first name.
    """
    from pypinyin import Style, pinyin  # noqa: PLC0415

    readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    letters = sorted({reading[0] for reading in readings if reading[0].isascii()})
    return "".join(letters) or character
