"""Files beside the store, known by their SHA-256: evidence, papers, bundles that were written."""

import hashlib
from pathlib import Path

from desktop.errors import AttachmentDamaged
from desktop.files import write_durably


class Attachments:
    """The folder of attachments. A file is never changed; the same content is kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Return where an attachment lies."""
        return self._folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep ``data`` and return its SHA-256; it is on the disk before this returns.

        A copy that was damaged meanwhile is mended by it.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not (path.exists() and path.read_bytes() == data):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, data)
        return sha256

    def holds(self, sha256: str) -> bool:
        """Tell whether an attachment is here and whole."""
        try:
            self.get(sha256)
        except AttachmentDamaged:
            return False
        return True

    def get(self, sha256: str) -> bytes:
        """Return an attachment's content.

        Raises:
            AttachmentDamaged: it is missing, or no longer what it was.
        """
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise AttachmentDamaged(
                f"附件 {sha256[:12]} 不见了。", "请从备份中恢复数据文件夹里的附件。"
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise AttachmentDamaged(
                f"附件 {sha256[:12]} 的内容被改动过。", "请从备份中恢复数据文件夹里的附件。"
            )
        return data
