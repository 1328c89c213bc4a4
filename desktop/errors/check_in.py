"""What a college does when new students check in: JC-70x."""

from desktop.errors.kinds import UserError


class CheckInError(UserError):
    """The step of the check-in can not be taken now."""

    code = "JC-700"


class NotStarted(CheckInError):
    """The class may not begin yet: its class teacher was not trained."""

    code = "JC-701"


class NotArrived(CheckInError):
    """The student has not checked in, so there is nothing to look at."""

    code = "JC-702"


class VerdictStands(CheckInError):
    """Admissions has told the registrar where the student stands already."""

    code = "JC-703"


class FaceNotPassed(CheckInError):
    """The comparison of faces has not passed, and nobody has compared by hand."""

    code = "JC-704"


class SameChecker(CheckInError):
    """The second person who looks is the first one."""

    code = "JC-705"


class ArrivalContradicts(CheckInError):
    """Something else is recorded that can not be true at the same time."""

    code = "JC-706"


class FindingContradicts(CheckInError):
    """A verdict does not fit what was compared, or there is none to look at again."""

    code = "JC-707"


class NotOnChecklist(CheckInError):
    """The document is not on the checklist any more."""

    code = "JC-708"
