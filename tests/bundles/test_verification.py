"""Reading bundles: a good one passes; with one thing spoiled, it meets the error of that name."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.bundles.archive import Archive
from desktop.bundles.canonical import canonical_bytes
from desktop.bundles.certificates import Trust, sign_certificate
from desktop.bundles.envelope import Forwarded, seal_bundle
from desktop.bundles.keys import SeatKeys
from desktop.bundles.signed_texts import signing_bytes
from desktop.bundles.verification import VerifiedBundle, peek_bundle, verify_bundle
from desktop.errors import (
    BundleContent,
    BundleDamaged,
    BundleError,
    BundleForAnotherOffice,
    BundleMembers,
    BundleNewer,
    BundleOtherSchool,
    BundleOwn,
    BundleTooLarge,
    BundleTruncated,
    BundleUnreadable,
    NotABundle,
    SignatureInvalid,
    SignerExpired,
    SignerRevoked,
    SignerUnknown,
    TrainingBundle,
)

from .workshop import (
    CREATED,
    PHOTO,
    PHOTO_DIGEST,
    RECEIPTS,
    STATEMENTS,
    TODAY,
    Entry,
    Forge,
    School,
    draft,
    forge,
    revoke,
    sealed,
    verify,
)
from .workshop import school as the_school

PHOTO_NAME = f"attachments/{PHOTO_DIGEST}"
Spoil = Callable[[Forge], None]
SPOILS: dict[str, tuple[Spoil, type[BundleError]]] = {}


def spoils(error: type[BundleError]) -> Callable[[Spoil], Spoil]:
    """Put a way to spoil a bundle on the table, with the error that must name it."""

    def enter(spoil: Spoil) -> Spoil:
        SPOILS[spoil.__name__] = (spoil, error)
        return spoil

    return enter


def entry_of(entries: list[Entry], name: str) -> Entry:
    return next(entry for entry in entries if entry.name == name.encode())


def edit_entry(forge: Forge, member: str, **changes: object) -> None:
    """Change how one member stands in the ZIP."""

    def edit(entries: list[Entry]) -> list[Entry]:
        for key, value in changes.items():
            setattr(entry_of(entries, member), key, value)
        return entries

    forge.edit_entries = edit


def add_entry(forge: Forge, name: bytes) -> None:
    forge.edit_entries = lambda entries: [*entries, Entry(name, b"x")]


def recertify(forge: Forge, root: SeatKeys | None = None, **changes: object) -> None:
    """Give the sender a certificate with one thing different."""
    here = the_school()
    plain = replace(here.college.signed.certificate, **changes)  # type: ignore[arg-type]
    text = sign_certificate(root or here.root.keys, plain).text
    forge.content["certificate.json"] = text.encode()


def enclose(forge: Forge, certificates: list[str], revocations: list[str]) -> None:
    known = {"certificates": certificates, "revocations": revocations}
    forge.content["trust.json"] = canonical_bytes(known)


# --- the file ----------------------------------------------------------------------------------


@spoils(BundleTruncated)
def empty_file(forge: Forge) -> None:
    forge.edit_file = lambda _: b""


@spoils(BundleTruncated)
def cut_in_the_first_word(forge: Forge) -> None:
    forge.edit_file = lambda data: data[:7]


@spoils(BundleTruncated)
def cut_in_the_version(forge: Forge) -> None:
    forge.edit_file = lambda data: data[:13]


@spoils(BundleTruncated)
def cut_in_the_header(forge: Forge) -> None:
    forge.edit_file = lambda data: data[:60]


@spoils(BundleTruncated)
def cut_after_the_header(forge: Forge) -> None:
    forge.edit_file = lambda data: data[: data.index(b"\n") + 1]


@spoils(BundleTruncated)
def last_byte_missing(forge: Forge) -> None:
    forge.edit_file = lambda data: data[:-1]


@spoils(BundleDamaged)
def one_byte_more(forge: Forge) -> None:
    forge.edit_file = lambda data: data + b"\0"


@spoils(BundleDamaged)
def one_sealed_byte_changed(forge: Forge) -> None:
    forge.edit_file = lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


@spoils(NotABundle)
def a_workbook(forge: Forge) -> None:
    forge.edit_file = lambda _: b"PK\x03\x04" + bytes(5000)


@spoils(NotABundle)
def another_first_word(forge: Forge) -> None:
    forge.magic = b"JICE-BUNDLE x "


@spoils(BundleNewer)
def a_newer_file_format(forge: Forge) -> None:
    forge.magic = b"JICE-BUNDLE 2 "


@spoils(BundleDamaged)
def a_header_spelled_otherwise(forge: Forge) -> None:
    forge.magic = b"JICE-BUNDLE 1  "


@spoils(BundleDamaged)
def a_header_without_end(forge: Forge) -> None:
    forge.edit_file = lambda data: data.replace(b"\n", b" ", 1)[:40] + b" " * 6000


@spoils(BundleTooLarge)
def a_header_that_claims_gigabytes(forge: Forge) -> None:
    forge.claims = {"length": 10 * 2**30}


@spoils(BundleDamaged)
def a_header_with_a_field_more(forge: Forge) -> None:
    forge.claims = {"more": 1}


@spoils(BundleDamaged)
def a_header_that_claims_another_number(forge: Forge) -> None:
    forge.claims = {"number": 2}


@spoils(BundleDamaged)
def a_header_that_claims_another_sender(forge: Forge) -> None:
    forge.claims = {"from_office": "finance"}


# --- the seal ----------------------------------------------------------------------------------


@spoils(BundleForAnotherOffice)
def sealed_for_keys_that_we_do_not_have(forge: Forge) -> None:
    forge.recipients = [SeatKeys.generate().public.recipient]


@spoils(BundleForAnotherOffice)
def sealed_and_meant_for_another_office(forge: Forge) -> None:
    forge.recipients = [SeatKeys.generate().public.recipient]
    forge.manifest["to_office"] = "finance"


@spoils(BundleForAnotherOffice)
def sealed_for_us_but_meant_for_another_office(forge: Forge) -> None:
    forge.manifest["to_office"] = "finance"


@spoils(BundleOtherSchool)
def sealed_in_another_school(forge: Forge) -> None:
    forge.recipients = [SeatKeys.generate().public.recipient]
    forge.manifest["school_code"] = "10002"


@spoils(BundleOwn)
def our_own_that_we_can_not_open(forge: Forge) -> None:
    forge.recipients = [SeatKeys.generate().public.recipient]
    forge.manifest["from_seat"] = "001"


@spoils(BundleOwn)
def our_own_that_we_can_open(forge: Forge) -> None:
    forge.manifest["from_seat"] = "001"


@spoils(BundleDamaged)
def no_sealed_part_at_all(forge: Forge) -> None:
    forge.edit_payload = lambda _: b"nothing sealed"


@spoils(BundleDamaged)
def an_empty_sealed_part(forge: Forge) -> None:
    forge.edit_payload = lambda _: b""


@spoils(BundleDamaged)
def a_broken_seal_with_the_right_digest(forge: Forge) -> None:
    forge.edit_payload = lambda data: data[:-1] + bytes([data[-1] ^ 1])


# --- the ZIP -----------------------------------------------------------------------------------


@spoils(BundleDamaged)
def no_zip(forge: Forge) -> None:
    forge.edit_zip = lambda _: b"no ZIP at all, but long enough to be one"


@spoils(BundleDamaged)
def bytes_before_the_zip(forge: Forge) -> None:
    forge.edit_zip = lambda data: b"x" + data


@spoils(BundleMembers)
def bytes_before_the_first_member(forge: Forge) -> None:
    forge.zip_options = {"prefix": b"hidden"}


@spoils(BundleMembers)
def bytes_between_members(forge: Forge) -> None:
    edit_entry(forge, "statements.jsonl", before=b"hidden")


@spoils(BundleDamaged)
def bytes_after_a_members_end(forge: Forge) -> None:
    edit_entry(forge, "statements.jsonl", tail=b"hidden")


@spoils(BundleDamaged)
def bytes_after_the_zip(forge: Forge) -> None:
    forge.edit_zip = lambda data: data + b"x"


@spoils(BundleDamaged)
def a_comment_at_the_end(forge: Forge) -> None:
    forge.zip_options = {"comment": b"hidden"}


@spoils(BundleMembers)
def a_member_more(forge: Forge) -> None:
    add_entry(forge, b"notes.txt")


@spoils(BundleMembers)
def an_attachment_more(forge: Forge) -> None:
    add_entry(forge, b"attachments/" + hashlib.sha256(b"x").hexdigest().encode())


@spoils(BundleMembers)
def a_member_twice(forge: Forge) -> None:
    add_entry(forge, b"statements.jsonl")


@spoils(BundleMembers)
def a_member_renamed(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, name=b"attachments/" + b"0" * 64)


@spoils(BundleMembers)
def a_member_missing(forge: Forge) -> None:
    forge.edit_entries = lambda entries: [
        entry for entry in entries if entry.name != PHOTO_NAME.encode()
    ]


@spoils(BundleMembers)
def the_receipts_missing(forge: Forge) -> None:
    forge.edit_entries = lambda entries: [
        entry for entry in entries if entry.name != b"receipts.jsonl"
    ]


@spoils(BundleMembers)
def a_path_out_of_the_folder(forge: Forge) -> None:
    add_entry(forge, b"attachments/../../evil")


@spoils(BundleMembers)
def an_absolute_path(forge: Forge) -> None:
    add_entry(forge, b"/etc/passwd")


@spoils(BundleMembers)
def a_path_of_windows(forge: Forge) -> None:
    add_entry(forge, b"C:\\evil.exe")


@spoils(BundleMembers)
def a_name_that_is_no_text(forge: Forge) -> None:
    add_entry(forge, b"attachments/\xff\0")


@spoils(BundleMembers)
def a_folder(forge: Forge) -> None:
    add_entry(forge, b"attachments/")


@spoils(BundleMembers)
def a_folder_by_its_attributes(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, attributes=0x10)


@spoils(BundleMembers)
def a_symbolic_link(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, attributes=0o120777 << 16)


@spoils(BundleMembers)
def an_encrypted_member(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, flags=1)


@spoils(BundleMembers)
def a_member_packed_otherwise(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, method=12)


@spoils(BundleMembers)
def two_names_for_one_member(forge: Forge) -> None:
    edit_entry(forge, "statements.jsonl", local_name=b"statements.jsonx")


@spoils(BundleMembers)
def a_member_with_extra_fields(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, extra=b"\x01\x00\x02\x00xx")


@spoils(BundleTooLarge)
def ten_gigabytes_declared(forge: Forge) -> None:
    size = (10 * 2**30).to_bytes(8, "little")
    edit_entry(forge, PHOTO_NAME, declared=0xFFFFFFFF, extra=b"\x01\x00\x08\x00" + size)


@spoils(BundleTooLarge)
def half_a_gigabyte_declared(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, declared=512 * 2**20)


@spoils(BundleDamaged)
def a_little_less_declared_than_it_is(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, declared=len(PHOTO) - 1)


@spoils(BundleDamaged)
def a_little_more_declared_than_it_is(forge: Forge) -> None:
    edit_entry(forge, PHOTO_NAME, declared=len(PHOTO) + 1)


@spoils(BundleTooLarge)
def a_bomb(forge: Forge) -> None:
    content = bytes(5 * 2**20)
    forge.content[f"attachments/{hashlib.sha256(content).hexdigest()}"] = content


@spoils(BundleTooLarge)
def too_many_members(forge: Forge) -> None:
    forge.edit_entries = lambda entries: entries + [Entry(b"x", b"")] * 20_000


@spoils(BundleTooLarge)
def a_manifest_beyond_all_measure(forge: Forge) -> None:
    forge.edit_signed_manifest = lambda _: the_noise()


def the_noise() -> bytes:
    """Return nine MiB that deflate a little, not so much as to look like a bomb."""
    return b"".join(hashlib.sha256(b"%d" % n).digest()[:2] * 16 for n in range(9 * 2**15))


# --- the manifest ------------------------------------------------------------------------------


@spoils(BundleNewer)
def a_newer_manifest(forge: Forge) -> None:
    forge.manifest["format"] = 2


@spoils(BundleDamaged)
def a_manifest_spelled_otherwise(forge: Forge) -> None:
    forge.edit_manifest = lambda data: data + b" "


@spoils(BundleDamaged)
def a_manifest_without_a_number(forge: Forge) -> None:
    forge.claims = {"number": 1}
    del forge.manifest["number"]


@spoils(BundleOtherSchool)
def a_manifest_of_another_school(forge: Forge) -> None:
    forge.manifest["school_code"] = "10002"


@spoils(TrainingBundle)
def for_training(forge: Forge) -> None:
    forge.manifest["training"] = True


@spoils(BundleContent)
def a_wrong_count(forge: Forge) -> None:
    forge.manifest["counts"] = {"statements": 6, "receipts": 1, "attachments": 1}


@spoils(BundleMembers)
def a_member_listed_that_is_not_there(forge: Forge) -> None:
    forge.content[f"attachments/{'0' * 64}"] = b""
    forge.relist()
    del forge.content[f"attachments/{'0' * 64}"]


@spoils(BundleDamaged)
def another_content_than_listed(forge: Forge) -> None:
    forge.relist()
    forge.content["statements.jsonl"] = b'{"id":9}\n' * 5


@spoils(BundleDamaged)
def another_content_of_the_same_size(forge: Forge) -> None:
    forge.relist()
    forge.content["receipts.jsonl"] = forge.content["receipts.jsonl"].replace(b"b0", b"b1")


@spoils(BundleDamaged)
def an_attachment_that_is_not_what_its_name_says(forge: Forge) -> None:
    forge.content[PHOTO_NAME] = PHOTO + b"x"


@spoils(BundleContent)
def a_last_line_without_end(forge: Forge) -> None:
    forge.content["statements.jsonl"] = forge.content["statements.jsonl"][:-1]


@spoils(BundleContent)
def an_empty_line(forge: Forge) -> None:
    forge.content["statements.jsonl"] = b"\n" * 5


# --- the signer --------------------------------------------------------------------------------


@spoils(SignatureInvalid)
def signed_by_somebody_else(forge: Forge) -> None:
    forge.signer = the_school().other_college.keys


@spoils(SignatureInvalid)
def a_manifest_changed_after_signing(forge: Forge) -> None:
    forge.edit_signed_manifest = lambda data: data.replace(b'"bundle_id":"b1"', b'"bundle_id":"b2"')
    forge.claims = {"bundle_id": "b2"}


@spoils(SignatureInvalid)
def a_signature_in_capitals(forge: Forge) -> None:
    forge.edit_signature = bytes.upper


@spoils(SignatureInvalid)
def a_signature_that_is_no_number(forge: Forge) -> None:
    forge.edit_signature = lambda data: b"\xff" + data[1:]


@spoils(SignatureInvalid)
def half_a_signature(forge: Forge) -> None:
    forge.edit_signature = lambda data: data[:64]


@spoils(SignerUnknown)
def a_certificate_that_the_root_did_not_sign(forge: Forge) -> None:
    recertify(forge, root=SeatKeys.generate())


@spoils(SignerUnknown)
def a_certificate_that_is_none(forge: Forge) -> None:
    forge.content["certificate.json"] = b"{}"


@spoils(SignerUnknown)
def a_certificate_that_is_no_text(forge: Forge) -> None:
    forge.content["certificate.json"] = b"\xff"


@spoils(SignerUnknown)
def a_certificate_of_another_seat(forge: Forge) -> None:
    recertify(forge, seat_id="009")


@spoils(SignerUnknown)
def a_certificate_of_another_office(forge: Forge) -> None:
    recertify(forge, office_id="college-99")


@spoils(SignerUnknown)
def a_certificate_of_another_serial(forge: Forge) -> None:
    recertify(forge, serial="C002-2")


@spoils(BundleOtherSchool)
def a_certificate_of_another_school(forge: Forge) -> None:
    recertify(forge, school_code="10002")


@spoils(TrainingBundle)
def a_certificate_for_training(forge: Forge) -> None:
    recertify(forge, training=True)


@spoils(SignatureInvalid)
def a_certificate_with_other_keys(forge: Forge) -> None:
    recertify(forge, signing_key=SeatKeys.generate().public.signing)


@spoils(SignerExpired)
def a_certificate_that_has_expired(forge: Forge) -> None:
    recertify(forge, valid_until="2026-09-08")


@spoils(SignerExpired)
def a_certificate_that_is_not_valid_yet(forge: Forge) -> None:
    recertify(forge, valid_from="2026-09-10")


@spoils(SignerExpired)
def made_in_the_future(forge: Forge) -> None:
    forge.manifest["created"] = CREATED.replace("09-09", "09-13")


@spoils(SignerRevoked)
def revoked_by_a_word_that_the_bundle_itself_brings(forge: Forge) -> None:
    enclose(forge, [], [revoke("002", ("archive", 7))])


def renewed(forge: Forge, root: SeatKeys | None = None, **changes: object) -> None:
    """Let the sender sign under a renewed certificate, which its bundle encloses."""
    recertify(forge, root, serial="C002-2", valid_from="2026-09-01", **changes)
    forge.manifest["certificate_serial"] = "C002-2"


@spoils(SignerRevoked)
def revoked_by_the_serial_of_before_it_was_renewed(forge: Forge) -> None:
    renewed(forge)
    enclose(forge, [], [revoke("002", ("archive", 7))])


@spoils(SignerExpired)
def made_before_the_renewed_certificate_that_it_names(forge: Forge) -> None:
    renewed(forge)
    forge.manifest["created"] = CREATED.replace("09-09", "08-31")


@spoils(SignatureInvalid)
def a_renewed_certificate_with_other_keys(forge: Forge) -> None:
    renewed(forge, signing_key=SeatKeys.generate().public.signing)


@spoils(SignerUnknown)
def renewed_by_the_seat_itself(forge: Forge) -> None:
    here = the_school()
    renewed(forge, root=here.college.keys)


@spoils(SignerUnknown)
def renewed_but_naming_the_certificate_of_before(forge: Forge) -> None:
    renewed(forge)
    forge.manifest["certificate_serial"] = "C002"


@spoils(SignatureInvalid)
def enclosing_a_forged_certificate(forge: Forge) -> None:
    here = the_school()
    forged = sign_certificate(SeatKeys.generate(), here.other_college.signed.certificate)
    enclose(forge, [forged.text], [])


@spoils(SignatureInvalid)
def enclosing_a_certificate_of_another_school(forge: Forge) -> None:
    here = the_school()
    foreign = replace(here.other_college.signed.certificate, school_code="10002")
    enclose(forge, [sign_certificate(here.root.keys, foreign).text], [])


# --- bundles that are handed on ------------------------------------------------------------------

HANDED_ON = "0190b1a0-1234-7000-8000-00000000abcd"


def hand_on(
    forge: Forge,
    *,
    folder: str = HANDED_ON,
    signer: SeatKeys | None = None,
    statements: tuple[bytes, ...] = STATEMENTS,
    **changes: object,
) -> None:
    """Let the college hand back what a seat of the reader's office had once sent it."""
    here = the_school()
    made = draft(bundle_id=HANDED_ON, to_office="college-01")
    recipients = [here.college.keys.public.recipient]
    manifest = seal_bundle(made, here.root.keys, here.root.signed, here.trust, recipients).manifest
    signed = canonical_bytes({"format": 1} | asdict(manifest) | changes)
    signature = (signer or here.root.keys).sign(signing_bytes("manifest", signed)).hex()
    forge.content |= {
        f"forwarded/{folder}/manifest.json": signed,
        f"forwarded/{folder}/manifest.sig": signature.encode(),
        f"forwarded/{folder}/statements.jsonl": b"".join(line + b"\n" for line in statements),
    }


@spoils(BundleContent)
def handing_on_under_another_id(forge: Forge) -> None:
    hand_on(forge, folder=HANDED_ON[:-1] + "e")


@spoils(BundleContent)
def handing_on_what_was_meant_for_others(forge: Forge) -> None:
    hand_on(forge, to_office="college-02")


@spoils(BundleContent)
def handing_on_what_others_have_said(forge: Forge) -> None:
    here = the_school()
    hand_on(
        forge,
        signer=here.other_college.keys,
        from_office="college-02",
        from_seat="003",
        certificate_serial="C003",
    )


@spoils(BundleContent)
def handing_on_a_bundle_of_another_school(forge: Forge) -> None:
    hand_on(forge, school_code="10002")


@spoils(TrainingBundle)
def handing_on_a_bundle_for_training(forge: Forge) -> None:
    hand_on(forge, training=True)


@spoils(SignatureInvalid)
def handing_on_what_another_has_signed(forge: Forge) -> None:
    hand_on(forge, signer=the_school().college.keys)


@spoils(SignerUnknown)
def handing_on_under_a_certificate_that_is_not_enclosed(forge: Forge) -> None:
    hand_on(forge, certificate_serial="C001-2")


@spoils(SignerUnknown)
def handing_on_under_the_certificate_of_another_seat(forge: Forge) -> None:
    hand_on(forge, from_seat="003")


@spoils(SignerExpired)
def handing_on_what_was_made_after_its_certificate(forge: Forge) -> None:
    hand_on(forge, created="2025-12-31T10:00:00+08:00")


@spoils(SignerRevoked)
def handing_on_what_a_revocation_cuts_off(forge: Forge) -> None:
    hand_on(forge)
    enclose(forge, [the_school().root.signed.text], [revoke("001", ("college-01", 0))])


@spoils(BundleContent)
def handing_on_a_statement_less(forge: Forge) -> None:
    hand_on(forge, statements=STATEMENTS[:-1])


@spoils(BundleContent)
def handing_on_a_statement_that_was_changed(forge: Forge) -> None:
    hand_on(forge, statements=(*STATEMENTS[:-1], STATEMENTS[-1].replace(b"5", b"6")))


@spoils(BundleContent)
def handing_on_a_count_that_is_wrong(forge: Forge) -> None:
    hand_on(forge, counts={"statements": 4, "receipts": 1, "attachments": 1})


@spoils(BundleContent)
def handing_on_without_the_attachments(forge: Forge) -> None:
    hand_on(forge)
    del forge.content[PHOTO_NAME]
    forge.manifest["counts"] = {"statements": 5, "receipts": 1, "attachments": 0}


@spoils(BundleMembers)
def handing_on_half_of_a_bundle(forge: Forge) -> None:
    hand_on(forge)
    del forge.content[f"forwarded/{HANDED_ON}/manifest.sig"]


@spoils(BundleMembers)
def handing_on_more_than_is_allowed(forge: Forge) -> None:
    hand_on(forge)
    forge.content[f"forwarded/{HANDED_ON}/trust.json"] = b"{}"


@spoils(BundleMembers)
def handing_on_out_of_the_folder(forge: Forge) -> None:
    hand_on(forge, folder="../../" + HANDED_ON[6:])


@spoils(BundleDamaged)
def handing_on_what_the_outer_list_does_not_say(forge: Forge) -> None:
    hand_on(forge)
    forge.relist()
    hand_on(forge, created="2026-09-01T10:00:00+08:00")


@spoils(BundleTooLarge)
def handing_on_a_manifest_beyond_all_measure(forge: Forge) -> None:
    hand_on(forge)
    forge.content[f"forwarded/{HANDED_ON}/manifest.json"] = random.Random(1).randbytes(9 * 2**20)


@spoils(SignatureInvalid)
def enclosing_nonsense(forge: Forge) -> None:
    forge.content["trust.json"] = b"[]"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "报送包.jice"


@pytest.mark.parametrize("name", SPOILS)
def test_one_spoiled_thing_meets_its_own_error(name: str, file: Path) -> None:
    spoil, error = SPOILS[name]
    spoiled = forge()
    spoil(spoiled)
    file.write_bytes(spoiled.build())
    with pytest.raises(BundleError) as caught:
        verify(file)
    assert type(caught.value) is error
    assert caught.value.what.endswith("。")
    assert caught.value.todo.endswith("。")
    for jargon in ("ZIP", "SHA", "Ed25519", "{", "None"):
        assert jargon not in str(caught.value)


def test_the_forge_makes_good_bundles_when_nothing_is_spoiled(file: Path) -> None:
    file.write_bytes(forge().build())
    assert verify(file).statements == STATEMENTS


def test_every_refusal_is_on_the_table() -> None:
    beyond_this_room = {
        "SignerWithoutAuthority",
        "BundleNumberReused",
        "RoundClosed",
        "NothingToExport",
        "BundleUnreadable",  # has its own test: nothing can be written into such a file
    }
    kinds = {error.__name__ for error in BundleError.__subclasses__()}
    assert kinds - beyond_this_room == {error.__name__ for _, error in SPOILS.values()}


# --- good ones ---------------------------------------------------------------------------------


def test_a_good_bundle_brings_what_was_sent(school: School, file: Path) -> None:
    bundle = sealed()
    file.write_bytes(bundle.data)
    verified = verify(file)
    assert verified.manifest == bundle.manifest
    assert verified.manifest_bytes == bundle.manifest_bytes
    assert verified.digest == bundle.digest
    assert verified.certificate == school.college.signed
    assert verified.trust == school.trust.learn([school.college.signed.text])
    assert verified.statements == STATEMENTS
    assert verified.receipts == RECEIPTS
    assert verified.attachments == (PHOTO_DIGEST,)
    assert verified.attachment(PHOTO_DIGEST) == PHOTO
    with pytest.raises(KeyError):
        verified.attachment("0" * 64)


def test_a_bundle_is_judged_by_the_certificate_that_it_names(file: Path) -> None:
    made = forge()
    renewed(made)
    file.write_bytes(made.build())
    known = the_school().trust.learn([the_school().college.signed.text])
    verified = verify(file, known)
    assert verified.certificate.certificate.serial == "C002-2"
    assert len(verified.trust.certificates_of("002")) == 2
    file.write_bytes(sealed().data)  # and those under the old one are good as long as it runs
    assert verify(file, verified.trust).certificate.certificate.serial == "C002"


def test_a_bundle_that_is_handed_on_is_what_its_own_seat_signed(school: School, file: Path) -> None:
    made = forge()
    hand_on(made)
    file.write_bytes(made.build())
    (inner,) = verify(file).forwarded
    assert (inner.manifest.bundle_id, inner.manifest.from_seat) == (HANDED_ON, "001")
    assert inner.certificate == school.root.signed
    assert (inner.statements, inner.receipts, inner.forwarded) == (STATEMENTS, (), ())
    assert inner.attachment(PHOTO_DIGEST) == PHOTO
    assert inner.attachments == (PHOTO_DIGEST,)


def test_what_is_handed_on_is_written_as_it_is_read(school: School, file: Path) -> None:
    other = forge()
    hand_on(other)
    folder = f"forwarded/{HANDED_ON}"
    bundle = Forwarded(
        HANDED_ON,
        other.content[f"{folder}/manifest.json"],
        other.content[f"{folder}/manifest.sig"].decode(),
        STATEMENTS,
        (PHOTO_DIGEST,),
    )
    file.write_bytes(sealed(forwarded=[bundle]).data)
    (inner,) = verify(file, school.trust).forwarded
    assert inner.statements == STATEMENTS


def test_an_empty_bundle_is_good(file: Path) -> None:
    file.write_bytes(sealed(statements=(), receipts=(), attachments={}).data)
    verified = verify(file)
    assert (verified.statements, verified.receipts, verified.attachments) == ((), (), ())


def test_a_later_bundle_names_the_one_before(file: Path) -> None:
    file.write_bytes(sealed(number=2, previous=sealed().digest).data)
    assert verify(file).manifest.number == 2


def test_every_seat_of_the_office_can_read_it(school: School, file: Path) -> None:
    spare = SeatKeys.generate()
    made = forge()
    made.recipients.append(spare.public.recipient)
    file.write_bytes(made.build())
    verified = verify_bundle(
        file, spare, school.trust, own_office="registrar", own_seat="008", today=TODAY
    )
    assert verified.statements == STATEMENTS


def test_up_to_the_revocations_last_number_bundles_count(school: School, file: Path) -> None:
    file.write_bytes(sealed().data)
    verify(file, school.trust.learn([], [revoke("002", ("registrar", 1))]))
    with pytest.raises(SignerRevoked):
        verify(file, school.trust.learn([], [revoke("002", ("registrar", 0))]))


def test_clocks_may_differ_by_two_days(file: Path) -> None:
    file.write_bytes(sealed().data)
    verify(file, today=date(2026, 9, 7))
    with pytest.raises(SignerExpired, match="晚于今天"):
        verify(file, today=date(2026, 9, 6))


def test_a_real_bundle_is_refused_where_people_train(school: School, file: Path) -> None:
    file.write_bytes(sealed().data)
    training = Trust(school.trust.school_code, school.trust.root_key, training=True)
    with pytest.raises(TrainingBundle, match="练习数据"):
        verify(file, training)


def test_a_key_that_the_sender_does_not_know_is_told_from_another_office(file: Path) -> None:
    made = forge()
    sealed_for_keys_that_we_do_not_have(made)
    file.write_bytes(made.build())
    with pytest.raises(BundleForAnotherOffice, match="还不知道本机"):
        verify(file)


def test_a_verified_bundle_can_be_made_only_by_verifying(file: Path) -> None:
    file.write_bytes(sealed().data)
    good = verify(file)
    with pytest.raises(ValueError, match="token"):
        replace(good, statements=())  # type: ignore[call-arg]  # mypy sees it as well
    with pytest.raises(TypeError, match="only by verify_bundle"):
        replace(good, statements=(), token=object())
    with pytest.raises(TypeError):
        VerifiedBundle(good.manifest)  # type: ignore[call-arg]


def test_an_attachment_that_changes_in_memory_is_noticed(file: Path) -> None:
    file.write_bytes(sealed().data)
    good = verify(file)
    others = Archive({PHOTO_NAME: good._archive.entries["statements.jsonl"]}, good._archive._data)
    object.__setattr__(good, "_archive", others)
    with pytest.raises(BundleDamaged):
        good.attachment(PHOTO_DIGEST)


def test_the_claims_can_be_read_without_keys(file: Path) -> None:
    bundle = sealed()
    file.write_bytes(bundle.data)
    claims = peek_bundle(file)
    assert (claims.school_code, claims.from_seat, claims.to_office, claims.round_name) == (
        "10001",
        "002",
        "registrar",
        "2026级新生学籍注册",
    )


@pytest.mark.parametrize("read", [peek_bundle, verify])
def test_a_file_that_can_not_be_read_is_told(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    for path in (tmp_path, tmp_path / "gone.jice"):
        with pytest.raises(BundleUnreadable):
            read(path)


def test_a_file_beyond_all_measure_is_not_read(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(600 * 2**20)
    with pytest.raises(BundleTooLarge):
        verify(file)


# --- any damage --------------------------------------------------------------------------------

ONE_FILE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
GOOD = sealed().data


@ONE_FILE
@given(at=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_no_changed_byte_is_accepted(file: Path, at: int, flip: int) -> None:
    data = bytearray(GOOD)
    data[at % len(data)] ^= flip
    file.write_bytes(data)
    with pytest.raises(BundleError):
        verify(file)


@ONE_FILE
@given(cut=st.integers(0, 10**6))
def test_no_cut_is_accepted(file: Path, cut: int) -> None:
    file.write_bytes(GOOD[: cut % len(GOOD)])
    with pytest.raises(BundleTruncated):
        verify(file)


@ONE_FILE
@given(at=st.integers(0, 10**6), more=st.binary(min_size=1, max_size=20))
def test_no_insertion_is_accepted(file: Path, at: int, more: bytes) -> None:
    at %= len(GOOD)
    file.write_bytes(GOOD[:at] + more + GOOD[at:])
    with pytest.raises(BundleError):
        verify(file)


@ONE_FILE
@given(st.binary(max_size=6000))
def test_random_bytes_are_no_bundle(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises((NotABundle, BundleTruncated)):
        verify(file)


@ONE_FILE
@given(data=st.binary(max_size=3000))
def test_random_bytes_in_the_seal_are_refused(file: Path, data: bytes) -> None:
    made = forge()
    made.edit_zip = lambda _: data
    file.write_bytes(made.build())
    with pytest.raises(BundleError):
        verify(file)


@ONE_FILE
@given(at=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_a_changed_byte_inside_the_seal_changes_nothing_that_counts(
    file: Path, at: int, flip: int
) -> None:
    """The sender itself may spell a ZIP's date otherwise; what it says stays what is signed."""

    def edit(plain: bytes) -> bytes:
        changed = bytearray(plain)
        changed[at % len(changed)] ^= flip
        return bytes(changed)

    made = forge()
    made.edit_zip = edit
    file.write_bytes(made.build())
    try:
        verified = verify(file)
    except BundleError:
        return
    assert (verified.statements, verified.receipts) == (STATEMENTS, RECEIPTS)
    assert verified.attachment(PHOTO_DIGEST) == PHOTO
