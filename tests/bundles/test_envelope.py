"""Writing bundles."""

from pathlib import Path

import pytest

from desktop.bundles import archive, envelope
from desktop.bundles.envelope import SealedBundle, bundle_file_name, seal_bundle, write_bundle
from desktop.bundles.keys import SeatKeys
from desktop.bundles.verification import peek_bundle
from desktop.errors import (
    AttachmentDamaged,
    BundleTooLarge,
    FileNotWritten,
    NotEnrolled,
    TargetMissing,
)

from .workshop import PHOTO, PHOTO_DIGEST, School, draft, sealed, verify


def test_the_name_says_school_office_round_and_number() -> None:
    name = "10001-计算机学院-2026级新生学籍注册-第1号.jice"
    assert bundle_file_name(sealed().manifest, "计算机学院") == name


def test_a_name_of_any_length_fits_every_stick() -> None:
    bundle = sealed(round_name="长/" * 100)
    name = bundle_file_name(bundle.manifest, "院" * 200)
    assert name.endswith("-第1号.jice")
    assert "/" not in name
    assert len(name.encode()) <= 255


def test_a_written_bundle_is_where_it_says_and_whole(tmp_path: Path) -> None:
    bundle = sealed()
    path = write_bundle(bundle, tmp_path)
    assert path == tmp_path / bundle.file_name
    assert path.read_bytes() == bundle.data
    assert list(tmp_path.iterdir()) == [path]
    assert peek_bundle(path).number == 1


def test_the_same_bundle_is_written_once(tmp_path: Path) -> None:
    bundle = sealed()
    assert write_bundle(bundle, tmp_path) == write_bundle(bundle, tmp_path)


def test_another_file_of_that_name_is_never_replaced(tmp_path: Path) -> None:
    first, second = sealed(), sealed(statements=())
    one, two = write_bundle(first, tmp_path), write_bundle(second, tmp_path)
    assert two.name == one.name.replace(".jice", "（2）.jice")
    assert (one.read_bytes(), two.read_bytes()) == (first.data, second.data)
    assert write_bundle(second, tmp_path) == two


def test_a_folder_full_of_such_names_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelope, "_MOST_NAMES", 2)
    write_bundle(sealed(), tmp_path)
    with pytest.raises(FileNotWritten):
        write_bundle(sealed(), tmp_path)


def test_a_stick_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TargetMissing):
        write_bundle(sealed(), tmp_path / "stick")


def test_attachments_may_lie_in_files(tmp_path: Path) -> None:
    photo = tmp_path / "photo"
    photo.write_bytes(PHOTO)
    path = write_bundle(sealed(attachments={PHOTO_DIGEST: photo}), tmp_path)
    assert verify(path).attachment(PHOTO_DIGEST) == PHOTO


@pytest.mark.parametrize("source", [Path("/nowhere/photo"), PHOTO + b"x"], ids=["gone", "changed"])
def test_an_attachment_that_is_not_what_it_was_is_not_sent(source: Path | bytes) -> None:
    with pytest.raises(AttachmentDamaged):
        sealed(attachments={PHOTO_DIGEST: source})


def test_more_than_a_reader_takes_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 1000)
    with pytest.raises(BundleTooLarge, match="没有导出"):
        sealed()


def test_without_a_recipient_nothing_is_sealed(school: School) -> None:
    with pytest.raises(NotEnrolled):
        seal_bundle(draft(), school.college.keys, school.college.signed, school.trust, [])


def test_a_certificate_for_other_keys_is_a_bug(school: School) -> None:
    recipients = [school.root.keys.public.recipient]
    with pytest.raises(ValueError, match="other keys"):
        seal_bundle(draft(), SeatKeys.generate(), school.college.signed, school.trust, recipients)


@pytest.mark.parametrize(
    "changes",
    [
        {"statements": [b"a\nb"]},
        {"receipts": [b""]},
        {"number": 0},
        {"number": 2},
        {"previous": "x"},
        {"created": "2026-09-09"},
        {"round_name": ""},
    ],
    ids=str,
)
def test_a_draft_that_nobody_could_read_is_a_bug(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is for the log
        sealed(**changes)


def test_the_content_is_not_in_every_log(tmp_path: Path) -> None:
    bundle = sealed()
    assert isinstance(bundle, SealedBundle)
    assert "data=" not in repr(bundle)
    verified = verify(write_bundle(bundle, tmp_path))
    assert "statements=(" not in repr(verified)
