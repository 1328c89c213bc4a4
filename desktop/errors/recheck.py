"""The re-check: JC-73x."""

from desktop.errors.procedures import ProcedureError


class FormRefused(ProcedureError):
    """A picture can not be taken in as a student's form as it was asked."""

    code = "JC-730"


class ReviewRefused(ProcedureError):
    """A review can not stand as it was given: by the same person, or against what was found."""

    code = "JC-731"


class RulingRefused(ProcedureError):
    """There is no difference that could be ruled upon."""

    code = "JC-732"


class ConclusionTold(ProcedureError):
    """The student's conclusion was told to the registrar; nothing under it can change now."""

    code = "JC-733"
