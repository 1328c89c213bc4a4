"""Sealing for recipients and opening: the only place that talks to age.

The library reports some inputs by a Rust panic, which Python sees as a ``BaseException`` that
passes every ordinary handler; here it is turned into ``NotOpened`` or ``BadRecipient``.
"""

import io
from collections.abc import Sequence
from typing import BinaryIO

import pyrage
from pyrage import x25519

from desktop.bundles.keys import SeatKeys


class BadRecipient(ValueError):
    """A text that is no key to seal for."""


class NotOpened(ValueError):
    """The sealed data can not be opened.

    Attributes:
        for_others: it is whole, but sealed for other keys.
    """

    def __init__(self, reason: str, *, for_others: bool = False) -> None:
        super().__init__(reason)
        self.for_others = for_others


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Return ``data`` sealed for ``recipients`` (age1…); only their holders can open it.

    Raises:
        BadRecipient: one of them is no key that can be sealed for.
    """
    try:
        keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
        sealed: bytes = pyrage.encrypt(data, keys)
    except (pyrage.RecipientError, pyrage.EncryptError, UnicodeEncodeError) as error:
        raise BadRecipient(str(error)) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise BadRecipient(str(error)) from error
    return sealed


def require_recipient(recipient: str) -> None:
    """Make sure that one can seal for ``recipient``; there are well-spelled keys that can not.

    Raises:
        BadRecipient: it is no key that can be sealed for.
    """
    seal(b"", [recipient])


def unseal(file: BinaryIO, keys: SeatKeys) -> memoryview:
    """Return what was sealed into the rest of ``file``, held once in memory.

    Raises:
        NotOpened: it is sealed for others, damaged, or the file can not be read.
    """
    plain = io.BytesIO()
    try:
        pyrage.decrypt_io(file, plain, [keys.age_identity])
    except pyrage.DecryptError as error:
        for_others = "No matching keys" in str(error)
        raise NotOpened(str(error), for_others=for_others) from error
    except (OSError, ValueError) as error:
        raise NotOpened(str(error)) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise NotOpened(str(error)) from error
    return plain.getbuffer()


def _is_panic(error: BaseException) -> bool:
    return type(error).__module__ == "pyo3_runtime"
