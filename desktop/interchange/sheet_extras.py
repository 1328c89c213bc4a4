"""What the reading library does not tell of a workbook, whatever its format, sheet by sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.interchange.cells import Merge
from desktop.interchange.file_types import FileKind
from desktop.interchange.ods_parts import ods_sheets
from desktop.interchange.xls_parts import xls_errors
from desktop.interchange.xlsx_parts import SheetPart


@dataclass(frozen=True, slots=True)
class SheetExtras:
    """Error cells by row and column from 0, merged cells, and the numbers of hidden rows."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: Sequence[Merge] = ()
    hidden: Sequence[int] = ()


def sheet_extras(
    kind: FileKind, data: bytes, parts: Sequence[SheetPart]
) -> Mapping[str, SheetExtras]:
    """Return what is known of each sheet by its name; ``parts`` are those of an xlsx file.

    Raises:
        zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, KeyError: an
            archive is damaged.
    """
    if kind is FileKind.XLS:
        return {name: SheetExtras(errors) for name, errors in xls_errors(data).items()}
    if kind is FileKind.ODS:
        found = ods_sheets(data)
        return {name: SheetExtras(sheet.errors, sheet.merges) for name, sheet in found.items()}
    return {part.name: SheetExtras(part.errors, hidden=part.hidden) for part in parts}
