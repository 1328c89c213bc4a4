"""Copies of papers to look at in another program: what is kept beside the store stays untouched."""

import stat
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from desktop.errors import NotViewable
from desktop.files import safe_name
from desktop.procedures.session import Session

_BEGINNINGS: Final = (
    (b"%PDF-", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
)
_PARTS: Final = (("xl/workbook.xml", ".xlsx"), ("word/document.xml", ".docx"))
_kept = tempfile.TemporaryDirectory(prefix="jice-", ignore_cleanup_errors=True)


def copy_to_view(session: Session, sha256: str, name: str) -> Path:
    """Return a copy that may be opened in another program; it goes when this program ends.

    What it is called follows from what is inside: a program that came as somebody's evidence must
    not be started by looking at it.

    Raises:
        AttachmentDamaged: the kept file is gone or altered.
        NotViewable: it is neither a picture nor a PDF, nor a document or table without programs.
    """
    data = session.store.attachments.get(sha256)
    if not (ending := ending_of(data)):
        raise NotViewable(
            f"“{name}”不是图片、PDF、文档或者表格，没有打开。",
            "请向报送的部门要一份图片或PDF；确实要看的，请技术人员从数据文件夹的附件里取出。",
        )
    folder = Path(_kept.name) / sha256[:16]
    folder.mkdir(exist_ok=True)
    stem = Path(name).stem if Path(name).suffix else name
    path = folder / safe_name(f"{stem}{ending}")
    if not path.exists():
        path.write_bytes(data)
        path.chmod(stat.S_IREAD)  # what is changed there would be lost
    return path


def ending_of(data: bytes) -> str:
    """Return the ending of a file by its content, "" for what is not opened."""
    for beginning, ending in _BEGINNINGS:
        if data.startswith(beginning):
            return ending
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
    except BadZipFile:
        return ""
    if any(member.endswith("vbaProject.bin") for member in members):
        return ""
    return next((ending for member, ending in _PARTS if member in members), "")
