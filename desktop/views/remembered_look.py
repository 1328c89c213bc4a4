"""Colours and text size as the user chose them: taken at the start, kept when they change."""

from desktop.views.look.appearance import Scheme, current_appearance
from desktop.views.memory import Memory

_SCHEME, _FACTOR = "look/scheme", "look/factor"


def remembered_look(memory: Memory) -> tuple[Scheme, float]:
    """Return what was chosen: the system's colours and 100 % unless told."""
    known = memory.text(_SCHEME, Scheme.SYSTEM)
    scheme = Scheme(known) if known in tuple(Scheme) else Scheme.SYSTEM
    return scheme, memory.number(_FACTOR, 1.0)


def take_look(memory: Memory) -> None:
    """Let the window look as it was chosen."""
    current_appearance().choose(*remembered_look(memory))


def keep_look(memory: Memory, scheme: Scheme, factor: float) -> None:
    """Remember a choice, and let the window look so at once."""
    memory.keep(_SCHEME, scheme)
    memory.keep(_FACTOR, factor)
    take_look(memory)
