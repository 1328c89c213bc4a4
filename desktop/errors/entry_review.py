"""Procedure one at student affairs and at admissions: JC-71x."""

from desktop.errors.procedures import ProcedureError


class NotOverdue(ProcedureError):
    """A place can not be taken to be given up yet: the time for it is not over, or they came."""

    code = "JC-710"


class Contradicted(ProcedureError):
    """Offices contradict one another about somebody; nothing is issued until it is decided."""

    code = "JC-711"


class VerdictGiven(ProcedureError):
    """A verdict stands already; it has to be taken back before another one is given."""

    code = "JC-712"


class ChecklistFull(ProcedureError):
    """All twenty lines of the round's checklist are used up."""

    code = "JC-713"
