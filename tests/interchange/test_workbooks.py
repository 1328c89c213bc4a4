"""Workbooks are read, or said to be damaged; a file that kills its reader is damaged too."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktop.errors import FileUnreadable
from desktop.interchange.spreadsheets import read_spreadsheet
from desktop.interchange.workbooks import WorkbookDamaged, read_workbook, read_workbook_apart

from .conftest import SAMPLES

XLS = SAMPLES / "2026级新生信息汇总表-医学院.xls"
_DIMENSIONS = b"\x00\x02\x0e\x00"  # the record that says how far the sheet reaches
_LAST_ROW = 8  # where in it the last row stands
_STRINGS = (
    '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' count="4294967295" uniqueCount="{}"><si><t>x</t></si></sst>'
)


def test_a_child_reads_what_the_program_reads_itself() -> None:
    data = XLS.read_bytes()
    assert read_workbook_apart(data) == read_workbook(data)


_READ_UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
from desktop.interchange.workbooks import read_workbook_apart
if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (3 << 29, 3 << 29))
    [table] = read_workbook_apart(Path(sys.argv[1]).read_bytes())
    print(len(table.rows))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there are no such limits")
def test_a_child_reads_where_the_system_allows_less_memory_than_it_would_take(
    tmp_path: Path,
) -> None:
    script = tmp_path / "read.py"
    script.write_text(_READ_UNDER_A_LIMIT, encoding="utf-8")
    command = [sys.executable, str(script), str(XLS)]
    paths = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(command, env=paths, capture_output=True, text=True, check=True)
    [table] = read_workbook(XLS.read_bytes())
    assert ended.stdout.strip() == str(len(table.rows))


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(WorkbookDamaged):
        read_workbook_apart(XLS.read_bytes(), longest=0)


@pytest.mark.parametrize("claimed", [0x7FFFFFFF, 0xFFFFFFFF])
def test_a_file_that_kills_its_reader_ends_in_a_sentence(tmp_path: Path, claimed: int) -> None:
    data = bytearray(XLS.read_bytes())
    place = data.index(_DIMENSIONS) + _LAST_ROW
    data[place : place + 4] = claimed.to_bytes(4, "little")
    file = tmp_path / "名单.xls"
    file.write_bytes(data)
    with pytest.raises(FileUnreadable, match="已损坏"):
        read_spreadsheet(file)


def with_strings(plain: bytes, strings: bytes) -> bytes:
    """Return a workbook with another table of texts."""
    written = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    named = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    with (
        zipfile.ZipFile(io.BytesIO(plain)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"</Relationships>", named.encode())
            target.writestr(name, content)
        target.writestr("xl/sharedStrings.xml", strings)
    return written.getvalue()


def test_a_workbook_that_claims_more_texts_than_it_has_bytes_is_refused(
    tmp_path: Path, plain_workbook: bytes
) -> None:
    file = tmp_path / "名单.xlsx"
    file.write_bytes(with_strings(plain_workbook, _STRINGS.format("1").encode()))
    assert read_spreadsheet(file).sheets
    file.write_bytes(with_strings(plain_workbook, _STRINGS.format(2**32 - 1).encode()))
    with pytest.raises(FileUnreadable, match="已损坏"):
        read_spreadsheet(file)
