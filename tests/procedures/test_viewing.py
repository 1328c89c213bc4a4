"""Copies to look at: named by their content, so that no program is started by looking."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from desktop.errors import AttachmentDamaged, NotViewable
from desktop.procedures.viewing import copy_to_view, ending_of
from tests.conftest import School


def archive(*members: str) -> bytes:
    """Return a ZIP with empty members."""
    data = BytesIO()
    with ZipFile(data, "w") as made:
        for member in members:
            made.writestr(member, b"")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"%PDF-1.7", ".pdf"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (archive("xl/workbook.xml"), ".xlsx"),
        (archive("word/document.xml"), ".docx"),
        (archive("word/document.xml", "word/vbaProject.bin"), ""),
        (archive("setup.exe"), ""),
        (b"PK\x03\x04 cut short", ""),
        (b"MZ\x90", ""),
        (b"", ""),
    ],
)
def test_the_content_says_what_a_file_is(data: bytes, ending: str) -> None:
    assert ending_of(data) == ending


def test_a_copy_is_named_by_its_content_and_the_kept_file_stays(school: School) -> None:
    sha256 = school.first.store.attachments.put(b"%PDF-1.4 one")
    path = copy_to_view(school.first, sha256, "a/b:户口簿.exe")
    assert path.name == "b_户口簿.pdf"
    assert path.read_bytes() == school.first.store.attachments.get(sha256)
    assert copy_to_view(school.first, sha256, "a/b:户口簿.exe") == path


def test_a_program_is_not_opened(school: School) -> None:
    sha256 = school.first.store.attachments.put(b"MZ program")
    with pytest.raises(NotViewable):
        copy_to_view(school.first, sha256, "户口簿.pdf")
    with pytest.raises(AttachmentDamaged):
        copy_to_view(school.first, "0" * 64, "户口簿.pdf")
