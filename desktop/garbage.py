"""When Python looks for garbage: not while a job runs, for all threads stand still meanwhile.

A job makes a hundred thousand small objects at once, and hardly any refers back to what refers to
it. Looking for such circles among them again and again takes a sixth of a merge, finds nothing,
and stops the window for a fifth of a second each time. What is no longer needed is given back as
always; only circles wait.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """Let Python not look for garbage within the block; blocks may lie in one another."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


@contextmanager
def loading() -> Iterator[None]:
    """Let Python not look for garbage while a part of the program is loaded, nor ever in that part.

    A module makes thousands of objects that stay; looking among them takes an eighth of a start.
    """
    with garbage_left_alone():
        yield
        keep_for_good()


def keep_for_good() -> None:
    """Let Python never again look at what is there now: the program itself, once it has started.

    Nothing of it is garbage: looking once more for some would only make the start longer.
    """
    gc.freeze()
