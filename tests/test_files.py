"""Files are written whole or not at all, and every failure has its sentence."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import (
    FileNotWritten,
    TargetFull,
    TargetInUse,
    TargetMissing,
    TargetReadOnly,
    UserError,
)
from desktop.files import explain_write_error, safe_name, write_durably


def test_a_file_is_written_and_its_digest_returned(tmp_path: Path) -> None:
    assert write_durably(tmp_path / "a.bin", b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def test_an_existing_file_is_replaced_whole(tmp_path: Path) -> None:
    write_durably(tmp_path / "a.bin", b"old")
    write_durably(tmp_path / "a.bin", b"new")
    assert (tmp_path / "a.bin").read_bytes() == b"new"


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(TargetMissing):
        write_durably(tmp_path / "stick" / "a.bin", b"abc")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, TargetFull),
        (errno.EROFS, TargetReadOnly),
        (errno.EACCES, TargetReadOnly),
        (errno.EBUSY, TargetInUse),
        (errno.EIO, TargetMissing),
        (errno.ENODEV, TargetMissing),
        (errno.EINVAL, FileNotWritten),
    ],
)
def test_every_failure_has_its_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[UserError]
) -> None:
    write_durably(tmp_path / "a.bin", b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(expected) as caught:
        write_durably(tmp_path / "a.bin", b"new")
    assert type(caught.value) is expected
    assert caught.value.what.endswith("。")
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]
    assert (tmp_path / "a.bin").read_bytes() == b"old"


def test_bytes_that_do_not_come_back_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"something else")
    with pytest.raises(FileNotWritten, match="读回"):
        write_durably(tmp_path / "a.bin", b"abc")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_windows_holds_open_is_in_use(tmp_path: Path) -> None:
    error = OSError(errno.EACCES, "denied")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert isinstance(explain_write_error(tmp_path / "a", error), TargetInUse)


@given(st.text())
def test_a_safe_name_is_one_that_windows_takes(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(ord(c) < 32 for c in name)
    assert name == name.rstrip(" .")
    assert name.split(".")[0].upper() not in {"CON", "NUL", "COM1", "LPT9"}
