"""Attachments: kept once, never changed, and missed when they are gone or altered."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import AttachmentDamaged, FileNotWritten
from desktop.store import attachments as room
from desktop.store.attachments import Attachments

from .conftest import ROLLED_BACK


@pytest.fixture
def attachments(tmp_path: Path) -> Attachments:
    """An empty folder of attachments, not made yet."""
    return Attachments(tmp_path / "attachments")


@ROLLED_BACK
@given(st.binary(max_size=200))
def test_what_is_kept_is_read_back_under_its_digest(tmp_path: Path, data: bytes) -> None:
    attachments = Attachments(tmp_path)
    sha256 = attachments.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert attachments.get(sha256) == data


def test_the_same_content_is_kept_once(attachments: Attachments) -> None:
    first = attachments.put(b"scan")
    written = attachments.path(first).stat().st_mtime_ns
    assert attachments.put(b"scan") == first
    assert attachments.path(first).stat().st_mtime_ns == written
    assert [p.name for p in attachments.path(first).parent.iterdir()] == [first]


@pytest.mark.parametrize("content", [b"", b"Scan", b"scan and more"])
def test_an_attachment_that_was_altered_is_not_handed_out(
    attachments: Attachments, content: bytes
) -> None:
    sha256 = attachments.put(b"scan")
    attachments.path(sha256).write_bytes(content)
    with pytest.raises(AttachmentDamaged, match="改动过"):
        attachments.get(sha256)


def test_an_attachment_that_is_gone_is_missed(attachments: Attachments) -> None:
    sha256 = attachments.put(b"scan")
    attachments.path(sha256).unlink()
    with pytest.raises(AttachmentDamaged, match="不见了"):
        attachments.get(sha256)
    with pytest.raises(AttachmentDamaged, match=r"0000.*不见了"):
        attachments.get("0" * 64)


def test_an_attachment_that_was_altered_is_mended_by_keeping_it_again(
    attachments: Attachments,
) -> None:
    sha256 = attachments.put(b"scan")
    attachments.path(sha256).write_bytes(b"")
    assert attachments.put(b"scan") == sha256
    assert attachments.get(sha256) == b"scan"


def test_an_attachment_that_could_not_be_written_whole_is_not_there(
    attachments: Attachments, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> str:
        raise FileNotWritten("磁盘已满。", "请腾出空间。")

    monkeypatch.setattr(room, "write_durably", full)
    with pytest.raises(FileNotWritten):
        attachments.put(b"scan")
    with pytest.raises(AttachmentDamaged):
        attachments.get(hashlib.sha256(b"scan").hexdigest())
