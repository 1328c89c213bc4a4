"""Certificates, revocations, and trust that only learns."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.certificates import (
    Trust,
    read_certificate,
    read_revocation,
    sign_certificate,
    sign_revocation,
)
from desktop.bundles.keys import SeatKeys
from desktop.domain.offices import OfficeKind
from desktop.errors import CertificateInvalid, OtherSchool, TrustError

from .workshop import SCHOOL, School, certificate, revocation, revoke
from .workshop import school as the_school


def test_a_certificate_reads_back_as_it_was_signed(school: School) -> None:
    signed = school.college.signed
    assert read_certificate(signed.text, school.root.keys.public.signing) == signed
    assert signed.certificate.office_kind is OfficeKind.COLLEGE


def test_a_revocation_reads_back_with_its_numbers_in_order(school: School) -> None:
    plain = revocation("002", ("registrar", 3), ("archive", 1))
    signed = sign_revocation(school.root.keys, plain)
    assert read_revocation(signed.text, school.root.keys.public.signing) == signed
    assert signed.revocation.last_numbers == (("archive", 1), ("registrar", 3))


def test_only_the_root_can_sign(school: School) -> None:
    forged = sign_certificate(school.college.keys, school.college.signed.certificate)
    with pytest.raises(CertificateInvalid):
        read_certificate(forged.text, school.root.keys.public.signing)
    false = sign_revocation(school.college.keys, revocation("003"))
    with pytest.raises(CertificateInvalid):
        school.trust.learn([], [false.text])


def test_a_certificate_is_no_revocation(school: School) -> None:
    with pytest.raises(CertificateInvalid):
        school.trust.learn([], [school.college.signed.text])
    with pytest.raises(CertificateInvalid):
        school.trust.learn([revoke("002")], [])


@given(at=st.integers(0, 10_000), flip=st.integers(1, 127))
def test_no_changed_character_goes_unnoticed(at: int, flip: int) -> None:
    text, key = the_school().college.signed.text, the_school().root.keys.public.signing
    at %= len(text)
    with pytest.raises(CertificateInvalid):
        read_certificate(text[:at] + chr(ord(text[at]) ^ flip) + text[at + 1 :], key)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "\ud800", "[" * 100_000, "x" * 2**24])
def test_what_is_no_certificate_is_refused(school: School, text: str) -> None:
    with pytest.raises(CertificateInvalid):
        school.trust.learn([text + " "], [])


@pytest.mark.parametrize(
    "changes",
    [
        {"seat_name": ""},
        {"seat_name": "长" * 201},
        {"office_name": "两\n行"},
        {"valid_from": "2026-1-1"},
        {"valid_from": "20260101"},
        {"valid_until": "2025-12-31"},
        {"office_kind": "kitchen"},
        {"office_id": "finance"},
        {"signing_key": "00"},
        {"signing_key": "G" * 64},
        {"training": 1},
        {"recipient": "age1qqqq"},
    ],
    ids=str,
)
def test_no_certificate_is_signed_that_nobody_could_read(
    school: School, changes: dict[str, object]
) -> None:
    plain = replace(school.college.signed.certificate, **changes)  # type: ignore[arg-type]
    with pytest.raises(TrustError):
        sign_certificate(school.root.keys, plain)


@pytest.mark.parametrize(
    "numbers", [(("registrar", -1),), (("registrar", 1), ("registrar", 2)), (("", 1),)], ids=str
)
def test_no_revocation_is_signed_that_nobody_could_read(
    school: School, numbers: tuple[tuple[str, int], ...]
) -> None:
    with pytest.raises(TrustError):
        sign_revocation(school.root.keys, revocation("002", *numbers))


def test_a_key_that_can_not_be_sealed_for_is_no_recipient(school: School) -> None:
    zero_key = "age1" + "q" * 52 + "zmc8d3"  # overwritten below by the right checksum
    plain = replace(school.college.signed.certificate, recipient=_checked(zero_key))
    with pytest.raises(TrustError):
        sign_certificate(school.root.keys, plain)


def _checked(recipient: str) -> str:
    """Return the recipient with its Bech32 checksum made right."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    body = [letters.index(letter) for letter in recipient[4:-6]]
    prefix = [ord(letter) >> 5 for letter in "age"] + [0] + [ord(letter) & 31 for letter in "age"]
    check = 1
    for value in [*prefix, *body, *[0] * 6]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> bit & 1 else 0
    check ^= 1
    return recipient[:-6] + "".join(letters[check >> 5 * (5 - at) & 31] for at in range(6))


def test_validity_includes_its_first_and_last_day(school: School) -> None:
    plain = school.college.signed.certificate
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2029, 12, 31), date(2030, 1, 1)]
    assert [plain.valid_on(day) for day in days] == [False, True, True, False]


def test_a_seat_keeps_all_its_certificates(school: School) -> None:
    again = sign_certificate(
        school.root.keys, replace(school.college.signed.certificate, serial="C002-2")
    )
    trust = school.trust.learn([school.college.signed.text, again.text])
    assert trust.certificates_of("002") == (school.college.signed, again)
    assert trust.certificates_of("009") == ()


def test_bundles_are_sealed_for_valid_seats_that_are_not_revoked(school: School) -> None:
    day = date(2026, 9, 10)
    trust = school.trust.learn([school.college.signed.text])
    assert trust.recipients_of("college-01", day) == (school.college.keys.public.recipient,)
    assert trust.recipients_of("college-01", date(2031, 1, 1)) == ()
    assert trust.recipients_of("finance", day) == ()
    revoked = trust.learn([], [revoke("002", ("registrar", 9))])
    assert revoked.recipients_of("college-01", day) == ()


def test_bundles_are_sealed_for_a_seat_whose_certificate_was_renewed(school: School) -> None:
    plain = school.college.signed.certificate
    renewed = replace(plain, serial="C002-2", valid_from="2029-12-01", valid_until="2032-12-31")
    texts = [school.college.signed.text, sign_certificate(school.root.keys, renewed).text]
    trust = school.trust.learn(texts)
    key = school.college.keys.public.recipient
    for day in (date(2026, 9, 1), date(2029, 12, 10), date(2032, 12, 31)):
        assert trust.recipients_of("college-01", day) == (key,)
    assert trust.recipients_of("college-01", date(2033, 1, 1)) == ()
    revoked = trust.learn([], [revoke("002")])  # by the serial of before
    assert revoked.revoked("002")
    assert revoked.recipients_of("college-01", date(2030, 1, 1)) == ()


def test_what_is_known_has_a_digest_whatever_the_order(school: School) -> None:
    one, other = revoke("002", ("registrar", 3)), revoke("003")
    here = school.trust.learn([], [one]).learn([], [other])
    assert here.digest == school.trust.learn([], [other]).learn([], [one]).digest
    assert len({here.digest, school.trust.digest, school.trust.learn([], [one]).digest}) == 3


BEFORE, AFTER = "2026-01-02", "2029-12-31"  # of the day of revocation


def test_a_stream_between_others_counts_up_to_the_day_of_the_revocation(school: School) -> None:
    trust = school.trust.learn([], [revoke("002", ("registrar", 3))])
    assert trust.counts("002", "college-09", 7, BEFORE)
    assert not trust.counts("002", "college-09", 1, AFTER)
    assert not trust.counts("002", "registrar", 4, BEFORE)


def test_a_revocation_lets_stand_what_it_names_and_nothing_later(school: School) -> None:
    trust = school.trust.learn([], [revoke("002", ("registrar", 3))])
    assert [trust.counts("002", "registrar", number, AFTER) for number in (3, 4)] == [
        True,
        False,
    ]
    assert not trust.counts("002", "archive", 1, AFTER)
    assert trust.counts("003", "registrar", 4, AFTER)


def test_of_two_revocations_the_stricter_counts(school: School) -> None:
    texts = [revoke("002", ("registrar", 3)), revoke("002", ("archive", 5), ("registrar", 5))]
    trust = school.trust.learn([], texts)
    assert [trust.counts("002", "registrar", number, AFTER) for number in (3, 4)] == [
        True,
        False,
    ]
    assert not trust.counts("002", "archive", 1, AFTER)


def test_another_school_is_not_learned(school: School) -> None:
    foreign = replace(school.college.signed.certificate, school_code="10002")
    with pytest.raises(OtherSchool):
        school.trust.learn([sign_certificate(school.root.keys, foreign).text])


def test_training_is_not_learned_where_data_is_real(school: School) -> None:
    training = replace(school.college.signed.certificate, training=True)
    with pytest.raises(CertificateInvalid):
        school.trust.learn([sign_certificate(school.root.keys, training).text])


def test_what_is_known_already_changes_nothing(school: School) -> None:
    assert school.trust.learn([school.root.signed.text]) is school.trust


@pytest.fixture(scope="module")
def certificates() -> list[str]:
    keys = SeatKeys.generate()
    return [
        sign_certificate(
            the_school().root.keys,
            certificate(keys, f"{seat:03d}", "college-05", OfficeKind.COLLEGE),
        ).text
        for seat in range(4, 9)
    ]


@given(data=st.data())
def test_the_order_of_learning_does_not_matter(
    certificates: list[str], data: st.DataObject
) -> None:
    texts = [(text, True) for text in certificates]
    texts += [
        (revoke(seat, ("registrar", last)), False) for seat in ("004", "005") for last in (1, 2)
    ]
    base = Trust(SCHOOL, the_school().root.keys.public.signing, training=False)
    at_once = base.learn(
        [text for text, is_certificate in texts if is_certificate],
        [text for text, is_certificate in texts if not is_certificate],
    )
    shuffled = data.draw(st.permutations(texts + texts[:3]))
    trust = base
    for text, is_certificate in shuffled:
        trust = trust.learn([text], []) if is_certificate else trust.learn([], [text])
    assert trust == at_once


def test_a_signed_text_shows_what_it_says(school: School) -> None:
    body = json.loads(school.college.signed.text)["body"]
    assert body["office_name"] == "部门college-01"
