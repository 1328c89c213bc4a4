"""The strict ZIP: what its writer makes any ZIP program reads; of others', it takes little."""

import io
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles import archive
from desktop.bundles.archive import REQUIRED, Archive, Packer, TooLargeToPack, read_archive
from desktop.errors import BundleDamaged, BundleError, BundleMembers, BundleTooLarge

from .workshop import Entry, zip_bytes


def _packed(attachments: dict[str, bytes]) -> bytes:
    packer = Packer()
    for name in sorted(REQUIRED):
        packer.add(name, name.encode())
    for name, content in attachments.items():
        packer.add(f"attachments/{name}", content)
    return packer.finish()


@given(st.binary(max_size=5000))
def test_what_is_packed_is_read_and_any_program_reads_it_too(content: bytes) -> None:
    data = _packed({"0" * 64: content})
    assert read_archive(data).read("attachments/" + "0" * 64) == content
    assert read_archive(data).attachments == ("0" * 64,)
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert other.testzip() is None
        assert other.read("attachments/" + "0" * 64) == content


def test_equal_content_is_equal_bytes() -> None:
    assert _packed({"0" * 64: b"x"}) == _packed({"0" * 64: b"x"})


def test_a_blank_page_is_packed_so_that_it_does_not_look_like_a_bomb() -> None:
    blank = bytes(3 * 2**20)
    assert read_archive(_packed({"0" * 64: blank})).read("attachments/" + "0" * 64) == blank


def test_the_writer_knows_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 6)
    with pytest.raises(TooLargeToPack):
        _packed({"0" * 64: b""})
    monkeypatch.setattr(archive, "MOST_MEMBERS", 7)
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 200)
    with pytest.raises(TooLargeToPack):
        _packed({"0" * 64: bytes(200)})


def test_the_reader_knows_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _packed({"0" * 64: bytes(200)})
    monkeypatch.setattr(archive, "MOST_MEMBERS", 6)
    with pytest.raises(BundleTooLarge):
        read_archive(data)
    monkeypatch.setattr(archive, "MOST_MEMBERS", 7)
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 200)
    with pytest.raises(BundleTooLarge):
        read_archive(data)
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 2000)
    with pytest.raises(BundleTooLarge):
        read_archive(data).read("attachments/" + "0" * 64, longest=199)


def test_the_same_members_from_another_writer_are_read() -> None:
    entries = [Entry(name.encode(), b"x") for name in REQUIRED]
    assert read_archive(zip_bytes(entries)).read("manifest.json") == b"x"


@pytest.mark.parametrize("data", [b"", b"PK", bytes(22), os.urandom(500)], ids=len)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(BundleDamaged):
        read_archive(data)


def test_a_missing_member_is_refused() -> None:
    with pytest.raises(BundleMembers):
        read_archive(zip_bytes([Entry(b"manifest.json", b"{}")]))


@given(at=st.integers(0, 100_000), flip=st.integers(1, 255))
def test_a_changed_byte_never_ends_in_anything_but_a_refusal(at: int, flip: int) -> None:
    """Here a change may pass (a date, a checksum): it is the digests that notice those."""
    data = bytearray(_packed({"0" * 64: b"content" * 20}))
    data[at % len(data)] ^= flip
    try:
        read = read_archive(bytes(data))
        for name in read.entries:
            read.read(name)
    except BundleError:
        return
    assert isinstance(read, Archive)


@given(cut=st.integers(0, 100_000))
def test_a_cut_archive_is_refused(cut: int) -> None:
    data = _packed({"0" * 64: b"content"})
    with pytest.raises(BundleError):
        read_archive(data[: cut % len(data)])
