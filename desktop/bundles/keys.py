"""A seat's keys: one to sign with, one to be sealed for, and the box that locks both."""

import hashlib
import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pyrage import IdentityError, x25519

from desktop.bundles.canonical import Fields, Malformed, canonical_bytes, read_canonical
from desktop.errors import TrustError, WeakPassphrase, WrongPassphrase

DEFAULT_COST = 16  # 64 MiB and about a quarter of a second on an office PC
_LARGEST_COST = 20  # 1 GiB: a box must not be able to ask for more memory than a PC has
_SCRYPT_R = 8
_SCRYPT_P = 1
_BOX_FORMAT = 1
_LONGEST_HEX = 4096


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know of a seat: the key it signs with (hex) and the one to seal for (age1…)."""

    signing: str
    recipient: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SeatKeys:
    """The private keys of a seat; shown and logged, they give only the public half away."""

    _signing: Ed25519PrivateKey
    age_identity: x25519.Identity

    @classmethod
    def generate(cls) -> "SeatKeys":
        """Return new keys."""
        return cls(Ed25519PrivateKey.generate(), x25519.Identity.generate())

    @property
    def public(self) -> PublicKeys:
        """The public half."""
        signing = self._signing.public_key().public_bytes_raw().hex()
        return PublicKeys(signing, str(self.age_identity.to_public()))

    def sign(self, data: bytes) -> bytes:
        """Return the signature (64 bytes) over ``data``."""
        return self._signing.sign(data)

    def __repr__(self) -> str:
        return f"SeatKeys({self.public.signing})"

    def secret_bytes(self) -> bytes:
        """Return both private keys in the clear, for ``lock_keys`` alone."""
        signing = self._signing.private_bytes_raw().hex()
        return canonical_bytes({"identity": str(self.age_identity), "signing": signing})


def signature_fits(signing_key: str, data: bytes, signature: bytes) -> bool:
    """Tell whether the holder of ``signing_key`` (hex) signed exactly ``data``."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signing_key)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def lock_keys(keys: SeatKeys, passphrase: str, *, cost: int = DEFAULT_COST) -> str:
    """Return a text box with the keys that only ``passphrase`` opens.

    Args:
        keys: what to lock.
        passphrase: compared in its compatibility form, so that the width of typed letters and
            digits does not matter.
        cost: the work of one try, as the power of two that scrypt calls n.

    Raises:
        WeakPassphrase: the passphrase is empty.
    """
    if not passphrase.strip():
        raise WeakPassphrase("口令是空的，密钥没有保存。", "请输入一个口令，再试一次。")
    if not 1 <= cost <= _LARGEST_COST:
        raise ValueError(cost)
    salt, nonce = os.urandom(16), os.urandom(12)
    terms = _terms(cost, salt, nonce)
    box = ChaCha20Poly1305(_derive(passphrase, cost, salt))
    sealed = box.encrypt(nonce, keys.secret_bytes(), canonical_bytes(terms))
    content = terms | {"ciphertext": sealed.hex()}
    return canonical_bytes(content | {"checksum": _checksum(content)}).decode()


def unlock_keys(text: str, passphrase: str) -> SeatKeys:
    """Return the keys that ``lock_keys`` locked.

    Raises:
        WrongPassphrase: the box is whole, but this passphrase does not open it.
        TrustError: the box is damaged.
    """
    try:
        return _unlock(text, passphrase)
    except InvalidTag as error:
        raise WrongPassphrase(
            "口令不对，密钥没有打开。", "请检查大小写和输入法，再输入一次。"
        ) from error
    except (Malformed, ValueError, MemoryError, IdentityError) as error:
        raise TrustError(
            "本机的密钥文件已经损坏，打不开。",
            "请从备份恢复密钥文件；没有备份时，请向学籍科申请重新加入。",
        ) from error


def _unlock(text: str, passphrase: str) -> SeatKeys:
    names = ("format", "kdf", "n", "r", "p", "salt", "nonce", "ciphertext", "checksum")
    content = read_canonical(text.strip().encode())
    fields = Fields.of(content, names)
    checksum = fields.hexadecimal("checksum")
    del content["checksum"]
    cost = fields.number("n", least=1, most=_LARGEST_COST)
    salt = bytes.fromhex(fields.hexadecimal("salt", digits=32))
    nonce = bytes.fromhex(fields.hexadecimal("nonce", digits=24))
    sealed = bytes.fromhex(fields.text("ciphertext", longest=_LONGEST_HEX))
    terms = _terms(cost, salt, nonce)
    if content != terms | {"ciphertext": sealed.hex()} or checksum != _checksum(content):
        raise Malformed("checksum")
    box = ChaCha20Poly1305(_derive(passphrase, cost, salt))
    secrets = box.decrypt(nonce, sealed, canonical_bytes(terms))
    opened = Fields.of(read_canonical(secrets), ("identity", "signing"))
    signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(opened.hexadecimal("signing")))
    return SeatKeys(signing, x25519.Identity.from_str(opened.text("identity", longest=200)))


def _terms(cost: int, salt: bytes, nonce: bytes) -> dict[str, object]:
    return {
        "format": _BOX_FORMAT,
        "kdf": "scrypt",
        "n": cost,
        "r": _SCRYPT_R,
        "p": _SCRYPT_P,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
    }


def _derive(passphrase: str, cost: int, salt: bytes) -> bytes:
    plain = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=2**cost, r=_SCRYPT_R, p=_SCRYPT_P).derive(plain)


def _checksum(content: dict[str, object]) -> str:
    """Tell a damaged box from a wrong passphrase, which the cipher alone can not."""
    return hashlib.sha256(canonical_bytes(content)).hexdigest()
