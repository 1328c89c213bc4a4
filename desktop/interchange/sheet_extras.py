"""What the reading library does not tell of a workbook, whatever its format, sheet by sheet."""

from collections.abc import Mapping, Sequence

from desktop.interchange.file_types import FileKind
from desktop.interchange.ods_parts import ods_sheets
from desktop.interchange.sheet_facts import SheetFacts
from desktop.interchange.xls_parts import xls_sheets
from desktop.interchange.xlsb_parts import xlsb_sheets
from desktop.interchange.xlsx_parts import SheetPart

_LOOKED_INTO = {
    FileKind.XLS: xls_sheets,
    FileKind.XLSB: xlsb_sheets,
    FileKind.ODS: ods_sheets,
}


def sheet_extras(
    kind: FileKind, data: bytes, parts: Sequence[SheetPart]
) -> Mapping[str, SheetFacts]:
    """Return what is known of each sheet by its name; ``parts`` are those of an xlsx file.

    Raises:
        zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, KeyError: an
            archive is damaged.
    """
    if kind in _LOOKED_INTO:
        return _LOOKED_INTO[kind](data)
    return {
        part.name: SheetFacts(
            part.errors,
            hidden_rows=list(part.hidden_rows),
            hidden_columns=list(part.hidden_columns),
        )
        for part in parts
    }
