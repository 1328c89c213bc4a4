"""Lines of students: light, and yet all that they were made of."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.students import Identity
from desktop.procedures.overview.overview import StudentLine
from desktop.procedures.registration.boards import NO_CLASS

EMPTY = Identity()
TEXTS = st.lists(st.text(), min_size=6, max_size=6)


@given(TEXTS)
def test_a_line_gives_back_what_it_was_made_of(texts: list[str]) -> None:
    name, student_number, exam_number, id_number, class_name, college_name = texts
    identity = EMPTY._replace(
        name=name,
        student_number=student_number,
        exam_number=exam_number,
        id_number=id_number,
        sex="女",
    )
    group = replace(NO_CLASS, name=class_name, college_name=college_name)
    line = StudentLine.of("student:1", identity, group, None, "还没有签字")
    shown = [
        line.name,
        line.student_number,
        line.exam_number,
        line.id_number,
        line.class_name,
        line.college_name,
    ]
    # only what stands between the parts is not kept: no keyboard types it
    assert shown == [text.replace("\x1f", " ") for text in texts]
    assert (line.subject, line.sex, line.waiting_for) == ("student:1", "女", "还没有签字")
