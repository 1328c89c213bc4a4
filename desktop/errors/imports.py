"""Lists that offices bring, once they are read: JC-66x."""

from desktop.errors.procedures import ProcedureError


class ImportRefused(ProcedureError):
    """A list can not be read in by this office, or not for what was chosen."""

    code = "JC-660"


class ImportBuiltOn(ProcedureError):
    """An import can not be undone: something was built on it."""

    code = "JC-661"


class ImportUndone(ProcedureError):
    """An import is undone already, or has nothing to undo."""

    code = "JC-662"
