"""Mending a list that an office brings: JC-67x."""

from desktop.errors.procedures import ProcedureError


class RowNotAdmissible(ProcedureError):
    """A row can not be let in: it has an error, nothing to ask, or no reason was given."""

    code = "JC-670"


class ListChanged(ProcedureError):
    """The file is not the one that was looked at."""

    code = "JC-671"


class NoProblemRows(ProcedureError):
    """There is nothing to export: no row has an open problem."""

    code = "JC-672"


class NotAnAnswer(ProcedureError):
    """A file is not one that was made for an office to mend."""

    code = "JC-673"


class AnswerToAnotherList(ProcedureError):
    """A mended file belongs to another list."""

    code = "JC-674"


class CharacterUnknown(ProcedureError):
    """What was typed names no character that can stand in a name."""

    code = "JC-675"
