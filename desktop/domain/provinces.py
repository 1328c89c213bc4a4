"""From which province a student was admitted, as the exam number tells (rules/domain.md §6)."""

import re
from collections.abc import Mapping
from typing import Final

OTHER_PROVINCE: Final = "其他"
_EXAM_NUMBER: Final = re.compile(r"[0-9]{14}")


def source_province(exam_number: str, names: Mapping[str, str]) -> str:
    """Return the name of the province in which a student was examined.

    The digits 3 and 4 name it. Numbers that schools make themselves for special intakes are not
    of this form, and tell nothing.

    Args:
        exam_number: as the admission data have it.
        names: per code of two digits the name of the province.
    """
    if not _EXAM_NUMBER.fullmatch(exam_number):
        return OTHER_PROVINCE
    return names.get(exam_number[2:4], OTHER_PROVINCE)
