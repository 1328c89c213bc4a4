"""Folders and ZIPs of photos, as offices and as nobody in good faith would pack them."""

import zipfile
from pathlib import Path

import pytest

from desktop.domain.photos import LARGEST_FILE
from desktop.errors import FileEncrypted, PhotosUnreadable, PictureUnreadable
from desktop.interchange import photo_sources
from desktop.interchange.photo_sources import photo_source

NAMES = ("信息技术学院/软件2601班/2026000001+王小甲.jpg", "2026000002.JPG")


def folder(path: Path, names: tuple[str, ...] = NAMES) -> Path:
    """Make a folder of files whose content is their name."""
    for name in names:
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    return path


def packed(path: Path, names: tuple[str, ...] = NAMES, encoding: str = "") -> Path:
    """Make a ZIP of the same files, the names in an encoding that the ZIP does not mention."""

    class Foreign(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's name
            return self.filename.encode(encoding), 0

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(Foreign(name) if encoding else name, name.encode())
    return path


def content(path: Path) -> dict[str, str]:
    """Return what is found, name to content."""
    with photo_source(path) as source:
        return {"/".join(file): source.read(file).decode() for file in source.files}


EXPECTED = {name: name for name in NAMES}


def test_a_folder_is_read_with_all_that_lies_below(tmp_path: Path) -> None:
    assert content(folder(tmp_path / "照片")) == EXPECTED


@pytest.mark.parametrize("encoding", ["", "gbk", "utf-8", "gb18030"])
def test_a_zip_is_read_whoever_packed_it(tmp_path: Path, encoding: str) -> None:
    assert content(packed(tmp_path / "照片.zip", encoding=encoding)) == EXPECTED


def test_a_name_in_gbk_that_could_be_utf_8_is_read_as_its_neighbours(tmp_path: Path) -> None:
    names = ("联通.jpg", "王小甲.jpg")
    assert "联通".encode("gbk").decode("utf-8", "replace") != "联通"
    found = content(packed(tmp_path / "照片.zip", names, "gbk"))
    assert set(found) == set(names)


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    junk = ("Thumbs.db", "班/thumbs.db", "__MACOSX/班/._1.jpg", ".DS_Store", "._2.jpg", "~$a.jpg")
    assert content(folder(tmp_path / "照片", (*NAMES, *junk))) == EXPECTED
    assert content(packed(tmp_path / "照片.zip", (*NAMES, *junk))) == EXPECTED


def test_paths_of_windows_and_paths_that_climb_are_only_names(tmp_path: Path) -> None:
    found = content(packed(tmp_path / "照片.zip", ("班\\1.jpg", "../../2.jpg")))
    assert set(found) == {"班/1.jpg", "../../2.jpg"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["照片.zip"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_text("secret")
    photos = folder(tmp_path / "照片")
    (photos / "link.jpg").symlink_to(secret)
    (photos / "loop").symlink_to(photos)
    assert content(photos) == EXPECTED


@pytest.mark.parametrize(
    "data", [b"", b"Rar!\x1a\x07\x00 rest", b"7z\xbc\xaf\x27\x1c", b"PK\x03\x04"]
)
def test_what_is_no_zip_says_what_to_do(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "照片.rar"
    path.write_bytes(data)
    with pytest.raises(PhotosUnreadable, match="ZIP"), photo_source(path):
        pass
    with pytest.raises(PhotosUnreadable), photo_source(tmp_path / "gone"):
        pass


def test_a_zip_with_a_password_says_so(tmp_path: Path) -> None:
    path = packed(tmp_path / "照片.zip")
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    path.write_bytes(data[: start + 8] + b"\x01" + data[start + 9 :])
    with pytest.raises(FileEncrypted), photo_source(path):
        pass


def test_a_damaged_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "照片.zip")
    data = bytearray(path.read_bytes())
    data[data.index(NAMES[0].encode()) + len(NAMES[0].encode()) + 3] ^= 0xFF
    path.write_bytes(bytes(data))
    with photo_source(path) as source:
        first, second = (tuple(name.split("/")) for name in NAMES)
        with pytest.raises(PictureUnreadable):
            source.read(first)
        assert source.read(second).decode() == NAMES[1]


def test_a_bomb_is_not_inflated(tmp_path: Path) -> None:
    path = tmp_path / "照片.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.bmp", bytes(50 * 2**20))
    with photo_source(path) as source, pytest.raises(PictureUnreadable, match="小得不正常"):
        source.read(("bomb.bmp",))


def test_more_than_a_school_can_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_sources, "MOST_FILES", 1)
    for path in (folder(tmp_path / "照片"), packed(tmp_path / "照片.zip")):
        with pytest.raises(PhotosUnreadable, match="2 个文件"), photo_source(path):
            pass


def test_a_file_is_cut_off_behind_what_no_photo_is_longer_than(tmp_path: Path) -> None:
    photos = tmp_path / "照片"
    photos.mkdir()
    with (photos / "film.mp4").open("wb") as file:
        file.truncate(LARGEST_FILE + 100)
    with photo_source(photos) as source:
        assert len(source.read(("film.mp4",))) == LARGEST_FILE + 1


def test_a_file_that_went_away_is_an_error_of_that_file_alone(tmp_path: Path) -> None:
    photos = folder(tmp_path / "照片")
    with photo_source(photos) as source:
        (photos / NAMES[1]).unlink()
        with pytest.raises(PictureUnreadable):
            source.read((NAMES[1],))
