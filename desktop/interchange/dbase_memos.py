"""The files beside dBase and FoxPro tables in which long texts stand."""

import struct
from collections.abc import Callable

MEMO_TYPES = frozenset({b"M", b"G", b"P"})
_FOXPRO = frozenset({0x30, 0x31, 0x32, 0xF5})
_BLOCK = 512
_END = b"\x1a"
_MARK = b"\xff\xff\x08\x00"
_HEAD = 8


def memo_reader(version: int, memo: bytes) -> Callable[[int], bytes]:
    """Return what reads the text that begins with a block of a memo file.

    Args:
        version: of the table, its first byte.
        memo: the file; what a reader is asked for and it does not have is a ValueError.
    """
    foxpro = version in _FOXPRO
    size = int.from_bytes(memo[6:8], "big") if foxpro else _BLOCK
    size = size or _BLOCK

    def read(block: int) -> bytes:
        start = block * size
        if not 0 < start < len(memo):
            raise ValueError("a text stands outside the memo file")
        if foxpro:
            return _counted(memo, start, ">I")
        if memo[start : start + len(_MARK)] == _MARK:
            return _counted(memo, start, "<I", inclusive=True)
        return memo[start:].split(_END, 1)[0]

    return read


def _counted(memo: bytes, start: int, order: str, *, inclusive: bool = False) -> bytes:
    """Return a text whose length stands before it, with or without that of its head."""
    if start + _HEAD > len(memo):
        raise ValueError("a text ends before it begins")
    (length,) = struct.unpack_from(order, memo, start + 4)
    end = start + length + (0 if inclusive else _HEAD)
    if end > len(memo):
        raise ValueError("a text is longer than the memo file")
    return memo[start + _HEAD : end]
