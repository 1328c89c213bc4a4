"""The DBF tables that a province's admission system exports, read as one list of new students.

A set has up to 25 tables: those admitted, what else is known of them by 考生号, the plan in which
their major stands, and dictionaries. A folder or ZIP may hold the sets of several provinces.
"""

import hashlib
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from desktop.errors import FileEncrypted, FileUnreadable
from desktop.interchange.admission_joins import joined
from desktop.interchange.admission_tables import SetTable, main_table
from desktop.interchange.file_types import FileKind
from desktop.interchange.packed_files import (
    Limits,
    NotPacked,
    PackedFileRefused,
    PackedFiles,
    PackedProtected,
    TooMuchPacked,
    packed_files,
)
from desktop.interchange.spreadsheets import (
    MEMO_ENDINGS,
    Sheet,
    SourceFile,
    read_spreadsheet,
    read_table,
)

_LIMITS = Limits(files=5_000, total=400 << 20, single=200 << 20)
_TABLE = ".dbf"
_WORKBOOK = ("xl/", "word/", "content.xml")
_CHOOSE = "请选择从招生系统导出的文件夹（里面有 T_TDD.DBF 等文件），或者把它压缩成的 ZIP 文件。"
_AGAIN = "请从招生系统重新导出，或者重新复制一次，再导入。"


def read_source(path: Path) -> SourceFile:
    """Return the sheets of whatever holds a list: a file, or a folder or ZIP of DBF tables.

    Raises:
        FileUnreadable: missing, empty, damaged, too large or of no known format.
        FileEncrypted: protected by a password.
    """
    if not path.is_dir() and not _is_zip_of_tables(path):
        return read_spreadsheet(path)
    try:
        with packed_files(path, _LIMITS) as packed:
            return _read_set(path, packed)
    except NotPacked as error:
        raise FileUnreadable(f"“{path.name}”打不开。", _AGAIN) from error
    except PackedProtected as error:
        raise FileEncrypted(
            f"压缩包“{path.name}”有密码，打不开。", "请先解压到文件夹，再选择那个文件夹。"
        ) from error
    except TooMuchPacked as error:
        raise FileUnreadable(
            f"“{path.name}”里有{error.files:,}个文件，或者大得不像一个省的录取数据，没有读取。",
            _CHOOSE,
        ) from error
    except PackedFileRefused as error:
        raise FileUnreadable(f"“{path.name}”里有读不出来的文件，没有读取。", _AGAIN) from error


def _is_zip_of_tables(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            if opened.read(2) != b"PK":
                return False
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return any(name.endswith(_TABLE) for name in names) and not any(
        name.startswith(_WORKBOOK) for name in names
    )


def _read_set(path: Path, packed: PackedFiles) -> SourceFile:
    wanted = [
        file
        for file in packed.files
        if PurePath(file[-1]).suffix.lower() in (_TABLE, *MEMO_ENDINGS)
    ]
    if not any(file[-1].lower().endswith(_TABLE) for file in wanted):
        raise FileUnreadable(f"“{path.name}”里没有 DBF 文件。", _CHOOSE)
    contents: dict[tuple[str, ...], bytes] = {}
    for file in wanted:
        contents[file] = packed.read(file)
        size = sum(map(len, contents.values()))
        if len(contents[file]) > _LIMITS.single or size > _LIMITS.total:
            raise TooMuchPacked(len(wanted), size)
    name = path.name or path.resolve().name
    return SourceFile(name, _digest(contents), FileKind.SET, tuple(_sheets(name, contents)))


def _digest(contents: Mapping[tuple[str, ...], bytes]) -> str:
    """Return what is the same for the same tables, in a folder or in a ZIP."""
    whole = hashlib.sha256()
    for file, data in sorted(contents.items()):
        whole.update(f"{hashlib.sha256(data).hexdigest()} {'/'.join(file)}\n".encode())
    return whole.hexdigest()


def _sheets(name: str, contents: Mapping[tuple[str, ...], bytes]) -> Iterator[Sheet]:
    """Yield the list of each folder that has a table of students."""
    by_folder: dict[tuple[str, ...], list[SetTable]] = defaultdict(list)
    for file, data in contents.items():
        if file[-1].lower().endswith(_TABLE):
            by_folder[file[:-1]].append(_table("/".join(file), data, _memo_of(file, contents)))
    mains = {folder: main_table(tables) for folder, tables in by_folder.items()}
    if not any(mains.values()):
        raise FileUnreadable(f"“{name}”的 DBF 文件里都没有“考生号”（KSH）这一栏。", _CHOOSE)
    for folder, tables in by_folder.items():
        if main := mains[folder]:
            yield joined(main, tables)


def _memo_of(file: tuple[str, ...], contents: Mapping[tuple[str, ...], bytes]) -> bytes | None:
    stem = PurePath(file[-1]).stem.lower()
    beside = {stem + ending for ending in MEMO_ENDINGS}
    for other, data in contents.items():
        if other[:-1] == file[:-1] and other[-1].lower() in beside:
            return data
    return None


def _table(name: str, data: bytes, memo: bytes | None) -> SetTable:
    if not data:
        return SetTable(name, [], [], [], [])
    sheet = read_table(name, data, memo)
    names, *rows = _texts(sheet)
    return SetTable(name, [n.strip().upper() for n in names], rows, sheet.numbers[1:], sheet.notes)


def _texts(sheet: Sheet) -> list[Sequence[str]]:
    return [[str(cell) for cell in row] for row in sheet.rows]
