"""Problem rows that an office mended and saved with LibreOffice come back to the right rows.

``tests/data/resaved`` says how they were made.
"""

from pathlib import Path
from typing import Final

import pytest

from desktop.interchange.list_reading import read_list
from desktop.procedures.imports.mending import Mending, begin_mending
from desktop.procedures.imports.mending_exchange import read_back
from desktop.procedures.imports.mending_rows import Standing
from tests.conftest import School
from tests.interchange.make_resaved import FORMATS, TARGET

ANSWERS: Final = TARGET / "answers"
ORIGINAL: Final = ANSWERS / "original" / "名单.xlsx"
WITHOUT_MARKS: Final = ("csv", "txt")  # one sheet only: what says whose answer it is is gone


def answer(folder: str) -> Path:
    return ANSWERS / folder / f"名单-请改正4行.{folder}"


@pytest.fixture
def mending(school: School) -> Mending:
    """The list as it was, ready to be mended."""
    return begin_mending(school.registrar, read_list(ORIGINAL))


@pytest.mark.parametrize("folder", FORMATS)
def test_every_row_comes_back_to_its_own(school: School, mending: Mending, folder: str) -> None:
    back = read_back(school.registrar, mending, answer(folder))
    assert (back.rows, back.changed) == (4, 3)
    typed = {
        (place[1], field): text
        for place, cells in back.mending.mends.typed.items()
        for field, text in cells.items()
    }
    assert typed == {(3, "ethnicity"): "汉族", (6, "name"): "李四", (9, "name"): "张𠮷"}
    standing = {row.place[1]: row.standing for row in back.mending.rows}
    assert standing[5] is Standing.ERROR  # nobody mended it
    assert {standing[row] for row in (3, 6, 9)} <= {Standing.MENDED, Standing.HINT}


@pytest.mark.parametrize("folder", FORMATS)
def test_it_is_said_when_the_format_lost_whose_answer_it_is(
    school: School, mending: Mending, folder: str
) -> None:
    back = read_back(school.registrar, mending, answer(folder))
    said = any("来历的标记没有了" in warning for warning in back.warnings)
    assert said is (folder in WITHOUT_MARKS)
