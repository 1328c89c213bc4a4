"""One process at a time: the lock beside the store, and who holds it."""

import contextlib
import getpass
import json
import socket
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.errors import StoreLocked, StoreReadOnly
from desktop.usage import this_program


class StoreLock:
    """The lock of one data folder; ``name`` says for what, where it is not for the store itself.

    The lock itself is the system's (flock, LockFileEx) and ends with the process, however it
    ends; ``holder.json`` beside it only tells people who it is.
    """

    def __init__(self, folder: Path, name: str = "store") -> None:
        self._lock = FileLock(folder / f"{name}.lock")
        self._holder = folder / ("holder.json" if name == "store" else f"{name}-holder.json")

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            StoreLocked: another process has it; the sentence says who.
            StoreReadOnly: the folder can not be written.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreLocked(
                f"数据正在被使用：{self._who()}。",
                "请先关闭那边的窗口，或者等命令办完；同一个数据文件夹同一时间只能由一个程序打开。",
            ) from error
        except OSError as error:
            raise StoreReadOnly(
                f"数据文件夹“{self._holder.parent}”不能写入。",
                "请检查文件夹权限，或请技术人员换一个能写入的数据文件夹。",
            ) from error
        holder = {
            "user": _user(),
            "host": socket.gethostname(),
            "program": this_program(),
            "since": datetime.now(UTC).astimezone().isoformat(timespec="minutes"),
        }
        with contextlib.suppress(OSError):  # it only tells people who it is
            self._holder.write_text(json.dumps(holder), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        try:
            with contextlib.suppress(OSError):  # somebody may be reading it
                self._holder.unlink(missing_ok=True)
        finally:
            self._lock.release()

    def _who(self) -> str:
        """Return the holder in words; it may have ended between our try and this look."""
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            since = datetime.fromisoformat(holder["since"]).astimezone()
            host = holder["host"]
            place = "这台电脑" if host == socket.gethostname() else f"电脑“{host}”"
            return (
                f"{place}上，用户“{holder['user']}”从{_day(since)} {since:%H:%M} 起"
                f"用着{holder['program']}"
            )
        except (OSError, ValueError, KeyError, TypeError):
            return "另一个籍册窗口或者命令正用着它"


def _day(moment: datetime) -> str:
    """Return a day as people say it."""
    today = moment.date() == datetime.now(UTC).astimezone().date()
    return "今天" if today else f"{moment.year}年{moment.month}月{moment.day}日"


def _user() -> str:
    """Return who is logged in; a system may not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "（未知）"
