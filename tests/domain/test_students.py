"""How students and classes get their ids."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.students import Identity, class_subject, named_uuid, student_subject

NAMESPACE = uuid.UUID("6f1c3e0a-7a0f-5d2e-9f4b-2c5d6a1b8e47")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_id_of_a_name_is_the_standard_one(name: str) -> None:
    assert named_uuid(name) == str(uuid.uuid5(NAMESPACE, name))


def test_ids_are_what_they_always_were() -> None:
    student = student_subject("12354", Identity(exam_number="26420600000000"))
    assert student == f"student:{uuid.uuid5(NAMESPACE, '12354/26420600000000')}"
    group = class_subject("12354", "医学院", "临床2601班", "2026")
    assert group == f"class:{uuid.uuid5(NAMESPACE, '12354/医学院/临床2601班/2026')}"
