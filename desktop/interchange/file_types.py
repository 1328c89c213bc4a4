"""What a file is, told by its bytes and never by its ending."""

import io
import zipfile
from enum import StrEnum
from pathlib import PurePath

from desktop.errors import FileEncrypted, FileUnreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BIFF_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_DBF_VERSIONS = frozenset({0x02, 0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5})
_DBF_HEADER = 32
_LOOKED_AT = 4096
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style", b"<body")
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
_LARGEST_CONTENT = 1 << 30  # unpacked; a workbook of 20,000 students has some 30 MB
_SAVE_AS = "请用WPS或Excel打开它，另存为xlsx格式后再导入。"
_ASK_AGAIN = "请重新复制这个文件，或请对方用WPS或Excel打开、另存为xlsx后再交来。"


class FileKind(StrEnum):
    """A kind of file that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    CSV = "csv"
    DBF = "dbf"
    HTML = "html"
    XML = "xml"  # the XML of Office 2003
    SET = "dbf-set"  # the tables of an admission set, in a folder or a ZIP


_ENDINGS = {
    FileKind.XLSX: {".xlsx", ".xlsm", ".xltx", ".xltm"},
    FileKind.XLSB: {".xlsb"},
    FileKind.ODS: {".ods"},
    FileKind.XLS: {".xls", ".xlt", ".et"},
    FileKind.CSV: {".csv", ".txt", ".tsv"},
    FileKind.DBF: {".dbf"},
    FileKind.HTML: {".html", ".htm"},
    FileKind.XML: {".xml"},
}


def detect_kind(name: str, data: bytes) -> FileKind:
    """Return what ``data`` is; ``name`` is only used in sentences.

    Raises:
        FileUnreadable: empty, cut short or of no known format.
        FileEncrypted: the content is protected by a password.
    """
    if not data.strip(b"\0\r\n\t "):
        raise FileUnreadable(f"“{name}”是空文件，里面没有内容。", "请向对方重新要一份文件。")
    if data.startswith(_OLE):
        return _ole_kind(name, data)
    if data.startswith(b"PK"):
        return _zip_kind(name, data)
    if _is_dbf(data):
        return FileKind.DBF
    return _markup_kind(name, data) or FileKind.CSV


def ending_fits(name: str, kind: FileKind) -> bool:
    """Return whether the file's ending is one that files of this kind have."""
    return kind is FileKind.SET or PurePath(name).suffix.lower() in _ENDINGS[kind]


def unreadable(name: str) -> FileUnreadable:
    """Return the error for a file that says it is a spreadsheet but can not be read as one."""
    return FileUnreadable(f"“{name}”已损坏或不完整，无法读取。", _ASK_AGAIN)


def encrypted(name: str) -> FileEncrypted:
    """Return the error for a file that opens with a password only."""
    return FileEncrypted(
        f"“{name}”设有打开密码，无法读取。",
        "请用WPS或Excel输入密码打开，取消密码后另存一份，再导入。",
    )


def _ole_kind(name: str, data: bytes) -> FileKind:
    if _ENCRYPTED_PACKAGE in data:
        raise encrypted(name)
    if any(stream in data for stream in _BIFF_STREAMS):
        return FileKind.XLS
    raise FileUnreadable(f"“{name}”不是电子表格，可能是Word文档。", _SAVE_AS)


def _zip_kind(name: str, data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise unreadable(name) from error
    if any(member.flag_bits & 1 for member in members):
        raise encrypted(name)
    if sum(member.file_size for member in members) > _LARGEST_CONTENT:
        raise FileUnreadable(f"“{name}”展开后过大，没有读取。", _ASK_AGAIN)
    names = {member.filename for member in members}
    for part, kind in (
        ("xl/workbook.xml", FileKind.XLSX),
        ("xl/workbook.bin", FileKind.XLSB),
        ("content.xml", FileKind.ODS),
    ):
        if part in names:
            return kind
    raise FileUnreadable(f"“{name}”是压缩包或其他文件，不是电子表格。", _SAVE_AS)


def _is_dbf(data: bytes) -> bool:
    """Return whether the header can be that of a dBase table: version, date and sizes."""
    if len(data) < _DBF_HEADER or data[0] not in _DBF_VERSIONS:
        return False
    header, record = int.from_bytes(data[8:10], "little"), int.from_bytes(data[10:12], "little")
    return 1 <= data[2] <= 12 and 1 <= data[3] <= 31 and header > _DBF_HEADER and record > 1  # noqa: PLR2004 - a month and a day


def no_table(name: str) -> FileUnreadable:
    """Return the error for a page without a table."""
    return FileUnreadable(f"“{name}”其实是网页（HTML），里面没有能读的表格。", _SAVE_AS)


def _markup_kind(name: str, data: bytes) -> FileKind | None:
    """Return what a file is that begins like a page or a document; None where it does not."""
    start = data[:_LOOKED_AT].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if start.startswith(b"%pdf"):
        raise FileUnreadable(f"“{name}”是PDF文件，不是电子表格。", "请向对方要电子表格原件。")
    if start.startswith(_PAGES):
        return FileKind.HTML
    if not start.startswith((b"<?xml", b"<workbook")):
        return None
    if _XML_WORKBOOK in start:
        return FileKind.XML
    if b"<html" in start:
        return FileKind.HTML
    raise FileUnreadable(f"“{name}”其实是XML文件。", _SAVE_AS)
