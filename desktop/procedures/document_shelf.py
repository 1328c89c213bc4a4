"""Everything that was printed or written before, to be looked at, printed and saved again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.documents import Document
from desktop.domain.written_papers import PaperKind
from desktop.procedures.session import Session
from desktop.store import documents, school

KIND_TITLES: Final = {
    "class_list": "班级名单",
    "signature_sheet": "核对签字表",
    "register": "名册",
    "register_list": "名册电子表格",
    "chsi": "学信网文件",
    "hand_over": "移交清单",
    **dict.fromkeys(map(str, PaperKind), "审查材料"),
}
OTHER_KIND: Final = "其他"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A paper or file as the list shows it."""

    document: Document
    kind_title: str
    round_name: str

    @property
    def is_pdf(self) -> bool:
        """Whether it can be looked at page by page, and printed."""
        return self.document.name.lower().endswith(".pdf")


def document_lines(session: Session) -> tuple[DocumentLine, ...]:
    """Return everything that was made at this seat, the latest first."""
    with session.unit_of_work() as unit:
        names = {round_.id: round_.name for round_ in school.rounds(unit.connection)}
        found = documents.every_document(unit.connection)
    return tuple(
        DocumentLine(one, KIND_TITLES.get(one.kind, OTHER_KIND), names.get(one.round, ""))
        for one in found
    )


def document_bytes(session: Session, sha256: str) -> bytes:
    """Return a paper or file byte for byte as it was made.

    Raises:
        AttachmentDamaged: its kept copy is gone or altered.
    """
    return session.store.attachments.get(sha256)


def would_replace(session: Session, document: Document, folder: Path) -> bool:
    """Tell whether saving would replace another file of the same name.

    Raises:
        AttachmentDamaged: the kept copy is gone or altered.
    """
    path = folder / document.name
    return path.exists() and path.read_bytes() != document_bytes(session, document.sha256)
