"""A student as the admission data know them, and how students get their id."""

import hashlib
import uuid
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

_NAMESPACE = uuid.UUID("6f1c3e0a-7a0f-5d2e-9f4b-2c5d6a1b8e47")
_NAMED = hashlib.sha1(_NAMESPACE.bytes, usedforsecurity=False)  # what every name goes after
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


class Identity(NamedTuple):
    """The data of one student, all of them text (dates ``YYYYMMDD``), empty where unknown.

    The form of a name is that of the admission data (41号令 第三十四条: 招生时的个人信息).
    """

    exam_number: str = ""  # 考生号
    student_number: str = ""  # 学号
    name: str = ""  # 姓名
    sex: str = ""  # 性别 男/女
    birth_date: str = ""  # 出生日期
    id_number: str = ""  # 身份证号 or another document's number
    ethnicity: str = ""  # 民族
    political_status: str = ""  # 政治面貌
    major_code: str = ""  # 专业代码
    major_name: str = ""  # 专业名称
    level: str = ""  # 层次
    schooling_length: str = ""  # 学制, years
    study_form: str = ""  # 学习形式
    entry_date: str = ""  # 入学日期
    expected_graduation_date: str = ""  # 预计毕业日期
    admission_type: str = ""  # 录取类型
    secondary_school: str = ""  # 毕业中学
    phone: str = ""  # 联系电话
    remark: str = ""  # 备注


IDENTITY_FIELDS: tuple[str, ...] = Identity._fields

FIELD_TITLES: dict[str, str] = {
    "exam_number": "考生号",
    "student_number": "学号",
    "name": "姓名",
    "sex": "性别",
    "birth_date": "出生日期",
    "id_number": "身份证号",
    "ethnicity": "民族",
    "political_status": "政治面貌",
    "major_code": "专业代码",
    "major_name": "专业名称",
    "level": "层次",
    "schooling_length": "学制",
    "study_form": "学习形式",
    "entry_date": "入学日期",
    "expected_graduation_date": "预计毕业日期",
    "admission_type": "录取类型",
    "secondary_school": "毕业中学",
    "phone": "联系电话",
    "remark": "备注",
}


def student_subject(school_code: str, identity: Identity, taken: Container[str] = ()) -> str:
    """Return the journal's subject for a student who is met for the first time.

    It is derived from the 考生号 (or, where there is none, from the ID number, else from the
    学号), so that two offices that import the same list mean the same student. Afterwards it is
    opaque: correcting the number does not change it.

    Args:
        school_code: the school's.
        identity: the student's data, with at least one number.
        taken: subjects of other students: a number that was somebody else's before it was
            corrected must not lead to that student.

    Raises:
        ValueError: there is no number from which to derive anything.
    """
    if identity.exam_number:
        key = identity.exam_number
    elif identity.id_number:
        key = f"id:{identity.id_number}"
    elif identity.student_number:
        key = f"number:{identity.student_number}"
    else:
        raise ValueError("a student is known by a number")
    again = ""
    while (subject := f"student:{named_uuid(f'{school_code}/{key}{again}')}") in taken:
        again += "+"
    return subject


def first_number(identity: Identity) -> tuple[str, str]:
    """Return the number by which a student is met first, with its field; "" where there is none."""
    if identity.exam_number:
        return "exam_number", identity.exam_number
    if identity.id_number:
        return "id_number", identity.id_number
    return "student_number", identity.student_number


@lru_cache(maxsize=4096)  # asked for every student; there are some hundred classes
def class_subject(school_code: str, college: str, class_name: str, entry_year: str) -> str:
    """Return the journal's subject for a class: same school, college, name and year, same class."""
    return f"class:{named_uuid(f'{school_code}/{college}/{class_name}/{entry_year}')}"


def named_uuid(name: str) -> str:
    """Return the UUID (version 5) of a name, as ``uuid.uuid5`` does, in a quarter of the time.

    A list of students asks for as many as it has rows.
    """
    digest = _NAMED.copy()
    digest.update(name.encode())
    text = digest.hexdigest()
    variant = _VARIANT[text[16]]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"
