"""Keys, and the box that locks them."""

import json

import pytest

from desktop.bundles.keys import SeatKeys, lock_keys, signature_fits, unlock_keys
from desktop.errors import TrustError, WeakPassphrase, WrongPassphrase

CHEAP = 4


def test_a_signature_fits_only_its_data_and_its_key() -> None:
    keys, others = SeatKeys.generate(), SeatKeys.generate()
    signature = keys.sign(b"data")
    assert signature_fits(keys.public.signing, b"data", signature)
    assert not signature_fits(keys.public.signing, b"Data", signature)
    assert not signature_fits(others.public.signing, b"data", signature)
    assert not signature_fits(keys.public.signing, b"data", signature[:-1])
    assert not signature_fits("no key", b"data", signature)


def test_the_passphrase_opens_the_same_keys() -> None:
    keys = SeatKeys.generate()
    opened = unlock_keys(lock_keys(keys, "口令 abc", cost=CHEAP), "口令 abc")
    assert opened.public == keys.public
    assert str(opened.age_identity) == str(keys.age_identity)


def test_the_width_of_typed_letters_does_not_matter() -> None:
    keys = SeatKeys.generate()
    assert unlock_keys(lock_keys(keys, "ABC123", cost=CHEAP), "ABC123").public == keys.public


def test_another_passphrase_does_not() -> None:
    box = lock_keys(SeatKeys.generate(), "right", cost=CHEAP)
    with pytest.raises(WrongPassphrase):
        unlock_keys(box, "wrong")


@pytest.mark.parametrize("passphrase", ["", " ", "\u3000"])
def test_an_empty_passphrase_locks_nothing(passphrase: str) -> None:
    with pytest.raises(WeakPassphrase):
        lock_keys(SeatKeys.generate(), passphrase, cost=CHEAP)


@pytest.mark.parametrize("cost", [0, 21])
def test_the_cost_has_bounds(cost: int) -> None:
    with pytest.raises(ValueError, match=str(cost)):
        lock_keys(SeatKeys.generate(), "x", cost=cost)


def test_every_damage_of_the_box_is_told_from_a_wrong_passphrase() -> None:
    box = lock_keys(SeatKeys.generate(), "right", cost=CHEAP)
    damaged = [box[:at] + chr(ord(box[at]) ^ 1) + box[at + 1 :] for at in range(len(box))]
    for text in [*damaged, box[:-1], box + "x", "", "{}", "null", "\ud800"]:
        with pytest.raises(TrustError) as caught:
            unlock_keys(text, "right")
        assert type(caught.value) is TrustError


def test_a_box_can_not_ask_for_any_amount_of_memory() -> None:
    box = json.loads(lock_keys(SeatKeys.generate(), "right", cost=CHEAP))
    with pytest.raises(TrustError, match="损坏"):
        unlock_keys(json.dumps(box | {"n": 60}, separators=(",", ":"), sort_keys=True), "right")


def test_shown_keys_give_nothing_away() -> None:
    keys = SeatKeys.generate()
    secrets = json.loads(keys.secret_bytes())
    for shown in (repr(keys), str(keys), f"{keys}"):
        assert keys.public.signing in shown
        assert secrets["signing"] not in shown
        assert "SECRET" not in shown
