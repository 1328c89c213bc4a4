"""Texts that carry their own signature: ``{"body": …, "signature": …}`` in canonical spelling.

Each signature is over the purpose as well as the body, so that what was signed as a join request
can never be shown as a certificate.
"""

import hashlib
from collections.abc import Mapping

from desktop.bundles.canonical import Fields, Malformed, canonical_bytes, read_canonical
from desktop.bundles.keys import SeatKeys, signature_fits

LONGEST_TEXT = 16 * 2**20
_SIGNATURE_DIGITS = 128


class NotSigned(Malformed):
    """The text is well-formed, but the signature does not fit."""


def signing_bytes(purpose: str, data: bytes) -> bytes:
    """Return what is signed for ``data`` when it is meant for ``purpose``."""
    return signing_bytes_of_digest(purpose, hashlib.sha256(data).digest())


def signing_bytes_of_digest(purpose: str, digest: bytes) -> bytes:
    """Return what is signed for data of which only the SHA-256 is at hand.

    So a receipt can prove who signed a bundle without the bundle.
    """
    return f"jice/{purpose}/1\n".encode() + digest


def sign_text(keys: SeatKeys, purpose: str, body: Mapping[str, object]) -> str:
    """Return ``body`` as a signed text."""
    signature = keys.sign(signing_bytes(purpose, canonical_bytes(body))).hex()
    return canonical_bytes({"body": body, "signature": signature}).decode()


def unverified_body(text: str) -> dict[str, object]:
    """Return the body as it stands, believed by nobody yet.

    Raises:
        Malformed: the text is no signed text.
    """
    return _parts(text)[0]


def verified_body(text: str, purpose: str, signing_key: str) -> dict[str, object]:
    """Return the body that ``signing_key`` (hex) signed for ``purpose``.

    Raises:
        NotSigned: the signature does not fit.
        Malformed: the text is no signed text.
    """
    body, signature = _parts(text)
    if not signature_fits(signing_key, signing_bytes(purpose, canonical_bytes(body)), signature):
        raise NotSigned(purpose)
    return body


def _parts(text: str) -> tuple[dict[str, object], bytes]:
    if len(text) > LONGEST_TEXT:
        raise Malformed("too long")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed("half a surrogate pair") from error
    fields = Fields.of(read_canonical(data), ("body", "signature"))
    body = fields.values["body"]
    if not isinstance(body, dict):
        raise Malformed("body")
    return body, bytes.fromhex(fields.hexadecimal("signature", digits=_SIGNATURE_DIGITS))
