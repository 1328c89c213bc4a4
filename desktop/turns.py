"""How long a thread may work before another gets its turn at Python.

Whoever comes back from the database, or draws the window, waits for that long. Python allows five
milliseconds; a job that goes to the database a hundred times would wait for half a second.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SHORT = 0.001  # seconds; half of it costs more in changing than it saves in waiting


@contextmanager
def short_turns() -> Iterator[None]:
    """Let threads take shorter turns within the block; blocks may lie in one another."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _SHORT))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
