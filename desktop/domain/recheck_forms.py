"""The 《入学资格复查表》: questions that only the true person can answer, and nothing filled in.

Where a form is printed for a student, it bears the 学号, which the school itself has given and the
form does not ask, and a code from which the program finds whose it is; neither gives an answer
away. The name is asked, so it is not printed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from desktop.domain.review_fields import ANSWER_FIELDS

FORM_PREFIX: Final = "JICEF"
"""With what the text of a form's QR code begins."""
PRACTICE_PREFIX: Final = "JICEP"
"""With what that of a form for practice begins: the practice school has the same students."""
CODE_LENGTH: Final = 12
LONG_ANSWERS: Final = frozenset({"home_address", "family", "resume", "wishes"})
"""The fields that take more than one line."""
HANDWRITING: Final = (
    "我承诺：本人就是被录取的考生，以上内容均由本人当场填写，真实无误；如有冒名顶替或弄虚作假，"
    "愿意接受取消入学资格或学籍的处理。"
)
"""What is copied by hand, so that there is a sample of the handwriting."""
FIVE_NOTS: Final = (
    ("不预先通知", "填写的时间和内容不提前告诉学生，到场后当场发表。"),
    ("不中途离场", "从发表到收表，学生不离开教室，不使用手机，不看材料。"),
    ("不由他人代填", "每一项都由本人亲笔填写，不得代填、代签，不得互相询问。"),
    ("不清楚的凭记忆填写", "记不清的，不查证件、不打电话，按记忆填写。"),
    ("不留空白", "没有的内容写“无”，不得空着；写错的划去重写，不得涂改。"),
)
"""How the form is filled in."""


@dataclass(frozen=True, slots=True)
class FormHead:
    """What stands at the head of every form of a class."""

    school: str
    round_name: str
    college: str
    class_name: str
    class_teacher: str
    training: bool = False


@dataclass(frozen=True, slots=True)
class RecheckForm:
    """One form; without a number and a code it is a blank one for anybody."""

    head: FormHead
    fields: tuple[str, ...]  # of ``ANSWER_FIELDS``
    number: int = 0  # 序号 in the class
    student_number: str = ""
    code: str = ""


def form_code(round_id: str, student: str) -> str:
    """Return the code of a student's form: it is derived from both and tells neither."""
    return sha256(f"{round_id}/{student}".encode()).hexdigest()[:CODE_LENGTH].upper()


def form_text(code: str, *, training: bool = False) -> str:
    """Return what the QR code of a form says; one for practice says that it is."""
    return f"{PRACTICE_PREFIX if training else FORM_PREFIX}/{code}"


@dataclass(frozen=True, slots=True)
class FormCode:
    """A form's code as it was read, and whether the form is for practice."""

    code: str
    training: bool


def read_form_text(text: str) -> FormCode | None:
    """Return the form's code that a QR code says, None where it is that of anything else."""
    prefix, _, code = text.strip().upper().partition("/")
    if prefix not in (FORM_PREFIX, PRACTICE_PREFIX) or not code:
        return None
    return FormCode(code, prefix == PRACTICE_PREFIX)


def codes_of_round(round_id: str, students: Iterable[str]) -> dict[str, str]:
    """Return the students of a round by the codes of their forms."""
    return {form_code(round_id, student): student for student in students}


def asked_fields(fields: Sequence[str]) -> tuple[str, ...]:
    """Return the fields that a form asks in the order of the form."""
    return tuple(field for field in ANSWER_FIELDS if field in fields)
