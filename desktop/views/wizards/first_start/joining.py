"""The one place where the window takes an enrolment."""

from pathlib import Path

from desktop.errors import FingerprintMismatch
from desktop.procedures.enrolment import accept_enrolment


def accept(folder: Path, text: str, digits_heard: str) -> str:
    """Finish joining with the digits that the registrar read out; return the school's digits.

    Raises:
        FingerprintMismatch: the answer does not come from whom the telephone confirms.
    """
    digits = accept_enrolment(folder, text)
    if _only_digits(digits) != _only_digits(digits_heard):
        raise FingerprintMismatch(
            "电话里核对的数字与这份批复不一致，这份批复可能被换过。",
            "请不要使用这台电脑上的数据，请学籍科重新批复后再来一次。",
        )
    return digits


def _only_digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
