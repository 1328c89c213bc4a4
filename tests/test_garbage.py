"""Garbage is left alone while a job runs, and looked for again afterwards."""

import gc

import pytest

from desktop.garbage import garbage_left_alone, keep_for_good, loading


def test_nobody_looks_within_and_everybody_afterwards() -> None:
    assert gc.isenabled()
    with garbage_left_alone():
        assert not gc.isenabled()
        with garbage_left_alone():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_job_that_fails_leaves_things_as_they_were() -> None:
    with pytest.raises(RuntimeError), garbage_left_alone():
        raise RuntimeError
    assert gc.isenabled()


def test_what_is_there_when_the_program_has_started_is_never_looked_at_again() -> None:
    try:
        keep_for_good()
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()


def test_what_is_loaded_is_not_looked_at_while_it_is_nor_afterwards() -> None:
    assert gc.get_freeze_count() == 0
    try:
        with loading():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()


def test_what_was_loaded_in_part_may_still_be_garbage() -> None:
    with pytest.raises(RuntimeError), loading():
        raise RuntimeError
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
