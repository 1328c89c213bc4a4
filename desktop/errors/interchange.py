"""Files that offices bring: JC-4xx."""

from desktop.errors.kinds import UserError


class InterchangeError(UserError):
    """A spreadsheet or DBF file can not be read or written."""

    code = "JC-400"


class FileUnreadable(InterchangeError):
    """Damaged, empty, or of no known format."""

    code = "JC-401"


class FileEncrypted(InterchangeError):
    """The workbook is protected by a password."""

    code = "JC-402"


class HeaderMissing(InterchangeError):
    """No row of the file is a header with the required columns."""

    code = "JC-403"
