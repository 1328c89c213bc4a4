"""Clocks that are far ahead: no seat can push another's clock to its end."""

from pathlib import Path

import pytest

from desktop.domain.statements import Key
from desktop.procedures.exchange.merging import merge
from desktop.store.journal import Draft
from tests.conftest import ROUND, School
from tests.procedures.acts import forge, statement


@pytest.mark.parametrize("clock", [1, 2**20, 2**32, 2**40, 2**48 - 1, 2**53 - 2, 2**53 - 1])
@pytest.mark.parametrize("relative", [True, False])
def test_whatever_clock_is_heard_the_seat_can_still_speak_and_be_heard(
    school: School, tmp_path: Path, clock: int, relative: bool
) -> None:
    student = school.students(school.first)[0].subject
    with school.registrar.unit_of_work() as unit:
        stands_at = unit.journal.clock if relative and clock < 2**52 else 0
    forged = statement(school.first, "signature", student, mark="signed")
    bundle = forge(school.first, tmp_path, [forged._replace(clock=stands_at + clock)])
    merge(school.registrar, [bundle])
    with school.registrar.unit_of_work() as unit:
        unit.journal.state_all([Draft(Key(student, "recheck", ROUND), {"verdict": "passed"})] * 3)
        unit.commit()
    merged = school.carry(school.registrar, school.first_again)
    assert merged.refusals == ()
    assert merged.new_statements == 3
