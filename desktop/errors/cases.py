"""Cases, the leading group's approval and the verdicts of the re-check: JC-74x."""

from desktop.errors.procedures import ProcedureError


class CaseStands(ProcedureError):
    """A case of the student is open already."""

    code = "JC-740"


class CaseSettled(ProcedureError):
    """The case has a conclusion; it must be reopened before anything in it changes."""

    code = "JC-741"


class CaseForLeadingGroup(ProcedureError):
    """The case is important: admissions concludes it, by the leading group's paper."""

    code = "JC-742"


class CaseUnexamined(ProcedureError):
    """Nothing was found out yet, so there is nothing to conclude from."""

    code = "JC-743"


class NotApproved(ProcedureError):
    """The leading group has not approved the closing report, or its approval is disputed."""

    code = "JC-744"


class VerdictRests(ProcedureError):
    """The registrar was told what rests on this; that has to be taken back first."""

    code = "JC-745"


class VerdictUnfounded(ProcedureError):
    """The verdict is not what the cases of the student lead to, or offices contradict."""

    code = "JC-746"
