"""Sealing, opening, and the library's panics."""

import io

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.keys import SeatKeys
from desktop.bundles.sealing import BadRecipient, NotOpened, require_recipient, seal, unseal

KEYS = SeatKeys.generate()


@given(st.binary(max_size=200_000))
def test_what_is_sealed_opens_for_its_holder_alone(data: bytes) -> None:
    sealed = seal(data, [KEYS.public.recipient])
    assert unseal(io.BytesIO(sealed), KEYS) == data
    with pytest.raises(NotOpened) as caught:
        unseal(io.BytesIO(sealed), SeatKeys.generate())
    assert caught.value.for_others


@pytest.mark.parametrize("recipient", ["", "age1", "age1qqqq", "\ud800", "x\0"], ids=repr)
def test_what_is_no_key_is_no_recipient(recipient: str) -> None:
    with pytest.raises(BadRecipient):
        require_recipient(recipient)


@given(st.binary(max_size=2000))
def test_random_bytes_are_not_opened(data: bytes) -> None:
    for sealed in (data, b"age-encryption.org/v1\n" + data):
        with pytest.raises(NotOpened) as caught:
            unseal(io.BytesIO(sealed), KEYS)
        assert not caught.value.for_others


def test_a_stick_that_is_pulled_while_reading_is_not_opened() -> None:
    class Pulled(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, f"no {size} bytes")

    with pytest.raises(NotOpened):
        unseal(Pulled(), KEYS)


def test_an_interruption_is_not_taken_for_a_panic(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pyrage, "decrypt_io", interrupt)
    monkeypatch.setattr(pyrage, "encrypt", interrupt)
    with pytest.raises(KeyboardInterrupt):
        unseal(io.BytesIO(), KEYS)
    with pytest.raises(KeyboardInterrupt):
        require_recipient(KEYS.public.recipient)


def test_a_panic_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def fail(*_: object) -> None:
        raise panic

    monkeypatch.setattr(pyrage, "decrypt_io", fail)
    with pytest.raises(NotOpened):
        unseal(io.BytesIO(), KEYS)
