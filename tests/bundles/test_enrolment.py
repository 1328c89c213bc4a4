"""Joining the school: request, fingerprints, answer."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.certificates import SignedCertificate, sign_certificate
from desktop.bundles.enrolment import (
    Applicant,
    JoinRequest,
    fingerprint,
    make_enrolment,
    make_join_request,
    read_enrolment,
    read_join_request,
    root_fingerprint,
)
from desktop.bundles.keys import SeatKeys
from desktop.bundles.signed_texts import sign_text
from desktop.domain.offices import OfficeKind
from desktop.errors import (
    EnrolmentForAnotherSeat,
    OtherSchool,
    RequestUnreadable,
    TrustError,
    UserError,
)

from .workshop import CREATED, SCHOOL, School, certificate, revoke
from .workshop import school as the_school

KEYS = SeatKeys.generate()
APPLICANT = Applicant(SCHOOL, OfficeKind.FINANCE, "计划财务处", "收费窗口", training=False)
REQUEST = make_join_request(KEYS, APPLICANT, request_id="q1", created=CREATED)


def _certificate(**changes: object) -> SignedCertificate:
    plain = certificate(KEYS, "007", "finance", OfficeKind.FINANCE)
    changed = replace(plain, **changes)  # type: ignore[arg-type]  # tests name the fields
    return sign_certificate(the_school().root.keys, changed)


def _enrolment(request: JoinRequest | None = None) -> str:
    here = the_school()
    return make_enrolment(
        here.root.keys,
        request or read_join_request(REQUEST),
        _certificate(),
        school_name="示范职业学院",
        trust=here.trust.learn([], [revoke("003")]),
    )


def test_a_request_reads_back_as_it_was_made() -> None:
    request = read_join_request(REQUEST)
    assert request == JoinRequest(
        request_id="q1",
        school_code=SCHOOL,
        office_kind=OfficeKind.FINANCE,
        office_name="计划财务处",
        seat_name="收费窗口",
        signing_key=KEYS.public.signing,
        recipient=KEYS.public.recipient,
        created=CREATED,
        training=False,
    )


def test_what_editors_add_around_a_request_does_not_matter() -> None:
    around = b"\xef\xbb\xbf" + REQUEST.encode() + b"\r\n"
    assert read_join_request(around) == read_join_request(REQUEST)
    assert fingerprint(around) == fingerprint(REQUEST)


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_no_changed_byte_of_a_request_goes_unnoticed(at: int, flip: int) -> None:
    data = bytearray(REQUEST.encode())
    data[at % len(data)] ^= flip
    with pytest.raises(RequestUnreadable):
        read_join_request(bytes(data))


@given(st.binary(max_size=200))
def test_what_is_no_request_is_refused(data: bytes) -> None:
    with pytest.raises(RequestUnreadable):
        read_join_request(data)
    with pytest.raises(RequestUnreadable):
        read_enrolment(data, request=read_join_request(REQUEST))


def test_a_request_for_keys_that_one_does_not_hold_is_refused() -> None:
    body = json.loads(REQUEST)["body"]
    stolen = sign_text(SeatKeys.generate(), "join-request", body)
    with pytest.raises(RequestUnreadable):
        read_join_request(stolen)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "enrolment"},
        {"format": 2},
        {"office_kind": "kitchen"},
        {"created": "yesterday"},
        {"created": "2026-09-09T10:00:00"},
        {"recipient": "age1q"},
        {"seat_name": 7},
        {"more": ""},
    ],
    ids=str,
)
def test_a_request_with_one_wrong_field_is_refused(changes: dict[str, object]) -> None:
    body = json.loads(REQUEST)["body"] | changes
    with pytest.raises(RequestUnreadable):
        read_join_request(sign_text(KEYS, "join-request", body))


@pytest.mark.parametrize(
    ("field", "title"), [("office_name", "部门名称"), ("seat_name", "席位名称")]
)
@pytest.mark.parametrize("value", ["", "长" * 201, "制\t表", "\ud800"])
def test_the_form_names_what_can_not_be_used(field: str, title: str, value: str) -> None:
    applicant = replace(APPLICANT, **{field: value})  # type: ignore[arg-type]
    with pytest.raises(TrustError, match=title):
        make_join_request(KEYS, applicant, request_id="q1", created=CREATED)


def test_a_fingerprint_is_twenty_digits_that_can_be_read_out() -> None:
    digits = fingerprint(REQUEST)
    assert re.fullmatch(r"\d{4}( \d{4}){4}", digits)
    assert digits != fingerprint(
        make_join_request(KEYS, APPLICANT, request_id="q2", created=CREATED)
    )
    assert root_fingerprint(KEYS.public.signing) == root_fingerprint(KEYS.public.signing)
    assert root_fingerprint(KEYS.public.signing) != digits


def test_an_enrolment_brings_certificate_and_trust(school: School) -> None:
    enrolment = read_enrolment(_enrolment(), request=read_join_request(REQUEST))
    assert enrolment.certificate == _certificate()
    assert enrolment.school_name == "示范职业学院"
    assert enrolment.root_key == school.root.keys.public.signing
    assert enrolment.trust == school.trust.learn([_certificate().text], [revoke("003")])


def test_an_enrolment_for_another_request_is_refused() -> None:
    other = replace(read_join_request(REQUEST), request_id="q2")
    with pytest.raises(EnrolmentForAnotherSeat):
        read_enrolment(_enrolment(other), request=read_join_request(REQUEST))


def test_an_enrolment_for_other_keys_is_refused() -> None:
    other = make_join_request(SeatKeys.generate(), APPLICANT, request_id="q1", created=CREATED)
    with pytest.raises(EnrolmentForAnotherSeat):
        read_enrolment(_enrolment(), request=read_join_request(other))


def test_another_schools_enrolment_is_refused() -> None:
    request = replace(read_join_request(REQUEST), school_code="10002")
    with pytest.raises(OtherSchool):
        read_enrolment(_enrolment(), request=request)


def test_an_enrolment_that_was_changed_and_signed_by_another_root_is_refused() -> None:
    body = json.loads(_enrolment())["body"]
    thief = SeatKeys.generate()
    as_it_is = sign_text(thief, "enrolment", body)
    own_root = sign_text(thief, "enrolment", body | {"root_key": thief.public.signing})
    for text in (as_it_is, own_root):
        with pytest.raises(RequestUnreadable):
            read_enrolment(text, request=read_join_request(REQUEST))


@pytest.mark.parametrize("changes", [{"format": 2}, {"type": "x"}, {"certificates": [1]}], ids=str)
def test_an_enrolment_with_one_wrong_field_is_refused(changes: dict[str, object]) -> None:
    body = json.loads(_enrolment())["body"] | changes
    text = sign_text(the_school().root.keys, "enrolment", body)
    with pytest.raises(RequestUnreadable):
        read_enrolment(text, request=read_join_request(REQUEST))


@given(at=st.integers(0, 100_000), flip=st.integers(1, 255))
def test_no_changed_byte_of_an_enrolment_goes_unnoticed(at: int, flip: int) -> None:
    data = bytearray(_ENROLMENT)
    data[at % len(data)] ^= flip
    with pytest.raises(UserError):
        read_enrolment(bytes(data), request=read_join_request(REQUEST))


_ENROLMENT = _enrolment().encode()


def test_the_root_does_not_answer_with_somebody_elses_certificate(school: School) -> None:
    with pytest.raises(ValueError, match="answer"):
        make_enrolment(
            school.root.keys,
            read_join_request(REQUEST),
            school.college.signed,
            school_name="示范职业学院",
            trust=school.trust,
        )


def test_a_school_needs_a_name(school: School) -> None:
    with pytest.raises(TrustError, match="学校名称"):
        make_enrolment(
            school.root.keys,
            read_join_request(REQUEST),
            _certificate(),
            school_name="",
            trust=school.trust,
        )
