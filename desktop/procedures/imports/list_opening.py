"""Opening a list to be mended: what it is, what is known of it, and reading it."""

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.documents import ImportRecord
from desktop.domain.list_shapes import ColumnMapping, ListShape, SeenSheet
from desktop.domain.mends import Mends
from desktop.domain.offices import OfficeKind
from desktop.errors import ImportRefused, ListChanged
from desktop.garbage import garbage_left_alone
from desktop.interchange.columns import NO_MAPPING
from desktop.interchange.list_reading import read_list
from desktop.interchange.list_shapes import look_at_columns
from desktop.interchange.tables import list_kinds
from desktop.procedures.imports.column_mappings import RememberedMapping, remembered_mapping
from desktop.procedures.imports.import_kinds import readable_kinds, require_reader
from desktop.procedures.imports.mending import Mending, begin_mending
from desktop.procedures.imports.mending_drafts import MendingDraft, kept_mending
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import documents

_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A list before it is read.

    Attributes:
        path: where it lies.
        shape: what its columns are taken for, with what is remembered of such files.
        fingerprint: under which its columns are remembered.
        mapping: what is said of its columns; nothing at first.
        remembered: what a person has said of the columns of such files before.
        imported: when it was imported before, the latest first.
        draft: what was done to it before and not written.
    """

    path: Path
    shape: ListShape
    fingerprint: str
    mapping: ColumnMapping
    remembered: RememberedMapping | None
    imported: tuple[ImportRecord, ...]
    draft: MendingDraft | None

    @property
    def sheets_of_students(self) -> tuple[SeenSheet, ...]:
        """The sheets that are lists, or could be: a field was found there, or long numbers."""
        return tuple(sheet for sheet in self.shape.sheets if _could_be_list(sheet))

    @property
    def is_unclear(self) -> bool:
        """Whether a person must say which column is which."""
        sheets = self.sheets_of_students
        needed = {field.name for field in self.shape.fields if field.needed}
        found = [{column.field for column in sheet.columns} for sheet in sheets]
        contested = any(one.ambiguous for sheet in sheets for one in sheet.columns)
        return contested or not any(needed <= names for names in found)


def _could_be_list(sheet: SeenSheet) -> bool:
    return any(
        column.field
        or any(len(text) >= _KEY_LENGTH and text[:-1].isdigit() for text in column.samples)
        for column in sheet.columns
    )


def open_list(session: Session, path: Path, kind: str = "") -> OpenedList:
    """Look at a list: its kind and columns, whether it is known, what was done to it before.

    Args:
        session: of an office that reads lists in.
        path: the file.
        kind: of list; "" lets the file tell, or what is remembered of such files.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read.
        NotAllowed: the office reads no lists in.
        ImportRefused: it is a kind of list that the office may not state.
    """
    require_reader(session)
    with garbage_left_alone():
        shape = look_at_columns(path)
        fingerprint = shape.fingerprint
        draft = kept_mending(session, shape.sha256)
        if draft and kind not in ("", draft.kind):
            draft = None  # the same file was mended as another kind of list
        remembered = remembered_mapping(session, fingerprint)
        if remembered and kind in ("", remembered.mapping.kind):
            mapping = remembered.mapping
        else:
            mapping, remembered = NO_MAPPING, None
        if remembered or (kind and kind != shape.kind):
            shape = look_at_columns(path, kind, mapping)
    _require_own(session, shape)
    with session.unit_of_work() as unit:
        imported = tuple(reversed(documents.imports_of_file(unit.connection, shape.sha256)))
    return OpenedList(path, shape, fingerprint, mapping, remembered, imported, draft)


def _require_own(session: Session, shape: ListShape) -> None:
    """Raise unless the office may read such a list in; the columns may have told the wrong kind."""
    rules = readable_kinds(session.home.seat.office.kind)
    if shape.kind not in {rule.kind for rule in rules}:
        titles = "、".join(f"“{rule.title}”" for rule in rules)
        raise ImportRefused(
            f"从栏目看，这是“{list_kinds()[shape.kind].title}”，不归本部门读入。",
            f"本部门读入的是{titles}；认错了的，请在“是哪种名单”里选，其他名单请交给负责的部门。",
        )


def mapped_otherwise(opened: OpenedList, mapping: ColumnMapping) -> OpenedList:
    """Return an opened list with other words about its columns.

    Raises:
        FileUnreadable, FileEncrypted: the file can not be read any more.
    """
    shape = look_at_columns(opened.path, mapping.kind, mapping)
    return replace(opened, shape=shape, mapping=mapping)


def read_opened(
    session: Session,
    opened: OpenedList,
    mends: Mends | None = None,
    progress: Progress = no_progress,
) -> Mending:
    """Read an opened list, ready to be mended.

    Args:
        session: of an office that may read such a list in.
        opened: the list.
        mends: what a draft has kept, to go on with.
        progress: called while reading.

    Raises:
        ListChanged: the file is not the one that was looked at.
        InterchangeError, ImportRefused, Cancelled: nothing was read.
    """
    with garbage_left_alone():
        file = read_list(opened.path, opened.shape.kind, progress, opened.mapping)
        if file.sha256 != opened.shape.sha256:
            raise ListChanged(
                f"“{file.file_name}”和刚才核对的不是同一个文件，可能换过或改过。",
                "请重新选择这个文件，从头核对。",
            )
        return begin_mending(session, file, mends)


def kinds_to_choose(office: OfficeKind) -> tuple[tuple[str, str], ...]:
    """Return the kinds of lists that an office may read in, and what they are called."""
    may = {rule.kind for rule in readable_kinds(office)}
    return tuple((kind.kind, kind.title) for kind in list_kinds().values() if kind.kind in may)
