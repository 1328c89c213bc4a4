"""On what kind of medium a folder lies, and the warning about those that lose data."""

from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from desktop.store import medium
from desktop.store.medium import Medium, medium_of, warning_for
from desktop.store.store import Store


class Partition(NamedTuple):
    """A partition, as psutil tells it."""

    device: str
    mountpoint: str
    fstype: str
    opts: str


@pytest.fixture
def mount(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Mount":
    """Let a folder be mounted as one wishes."""
    return Mount(monkeypatch, tmp_path)


class Mount:
    """Partitions as psutil tells them: the root, and one on the test's own folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch = monkeypatch
        self.folder = folder

    def __call__(self, fstype: str, opts: str = "rw", device: str = "/dev/nowhere1") -> None:
        """Mount the folder in a way."""
        partitions = [
            Partition("/dev/nowhere9", "/", "ext4", "rw"),
            Partition(device, str(self.folder), fstype, opts),
            Partition("/dev/nowhere2", str(self.folder / "elsewhere"), "nfs", "rw"),
        ]

        def disk_partitions(all: bool = False) -> list[Partition]:  # noqa: A002 - psutil's name
            assert all, "network shares are not among the physical disks"
            return partitions

        self._monkeypatch.setattr(psutil, "disk_partitions", disk_partitions)


@pytest.mark.parametrize(
    ("fstype", "opts", "kind"),
    [
        ("ext4", "rw", Medium.FIXED),
        ("NTFS", "rw,fixed", Medium.FIXED),
        ("vfat", "rw", Medium.REMOVABLE),
        ("exFAT", "rw", Medium.REMOVABLE),
        ("NTFS", "rw,removable", Medium.REMOVABLE),
        ("FAT32", "rw,REMOVABLE", Medium.REMOVABLE),
        ("cifs", "rw", Medium.SHARE),
        ("nfs4", "rw", Medium.SHARE),
        ("NTFS", "rw,remote", Medium.SHARE),
    ],
)
def test_the_medium_is_told_from_its_file_system_or_options(
    mount: Mount, fstype: str, opts: str, kind: Medium
) -> None:
    mount(fstype, opts)
    assert medium_of(mount.folder) is kind
    (mount.folder / "below").mkdir()
    assert medium_of(mount.folder / "below") is kind


def test_the_nearest_mount_decides(mount: Mount) -> None:
    mount("vfat")
    (mount.folder / "elsewhere").mkdir()
    assert medium_of(mount.folder / "elsewhere") is Medium.SHARE
    assert medium_of(mount.folder.parent) is Medium.FIXED


def test_a_disk_that_the_system_calls_removable_is(
    mount: Mount, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount("ext4", device="/dev/sdz1")

    def removable(device: str) -> bool:
        return device == "/dev/sdz1"

    monkeypatch.setattr(medium, "_says_removable", removable)
    assert medium_of(mount.folder) is Medium.REMOVABLE


@pytest.mark.parametrize(("fstype", "word"), [("ext4", ""), ("vfat", "U盘"), ("cifs", "网络共享")])
def test_an_open_store_warns_of_its_medium(mount: Mount, fstype: str, word: str) -> None:
    mount(fstype)
    with Store.create(mount.folder / "store") as store:
        assert word in store.warning
        assert bool(store.warning) is bool(word)


def test_each_medium_but_a_fixed_disk_has_its_own_warning() -> None:
    assert warning_for(Medium.FIXED) == ""
    assert len({warning_for(kind) for kind in Medium}) == len(Medium)
