"""The photos of the demo: admissions reads in those of some classes of the first college.

They are drawn, each by the student's place on the list, and named by the exam number as the exam
authority names them. A whole school's would take minutes and hundreds of megabytes.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from desktop.domain.photos import PhotoKind
from desktop.procedures.demo.stage import Stage
from desktop.procedures.photos.photo_looking import look
from desktop.procedures.photos.photo_taking import chosen_at_first, take_in
from desktop.store import school
from desktop.store.students import listed_students

_MOST: Final = 100  # students: some classes, in some two seconds
_WHY: Final = "考试院提供的电子照片"


def take_photos(stage: Stage) -> int:
    """Let admissions read photos of the first college's first classes in; return how many."""
    from desktop.pictures.practice import practice_portrait  # noqa: PLC0415 - costly

    admissions = stage.admissions
    with admissions.unit_of_work() as unit:
        groups = [g.id for g in school.classes(unit.connection, office=next(iter(stage.colleges)))]
        students = listed_students(unit.connection, stage.review_id, groups)[:_MOST]
    with TemporaryDirectory() as folder:
        for seed, one in enumerate(students, start=1):
            file = Path(folder) / f"{one.identity.exam_number}.jpg"
            file.write_bytes(practice_portrait(seed))
        found = look(admissions, PhotoKind.ADMISSION, Path(folder), stage.review_id)
        return take_in(admissions, found, chosen_at_first(found), _WHY).taken
