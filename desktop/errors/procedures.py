"""What an office does: JC-6xx."""

from collections.abc import Mapping

from desktop.errors.kinds import UserError


class ProcedureError(UserError):
    """The step can not be taken now."""

    code = "JC-600"


class NotFound(ProcedureError):
    """What was asked for is not in this store."""

    code = "JC-601"


class Incomplete(ProcedureError):
    """A name, a date or a reason is missing."""

    code = "JC-602"


class RoundNotOpen(ProcedureError):
    """The round is closed."""

    code = "JC-603"


class SheetVoid(ProcedureError):
    """The sheet's rows have changed since it was printed."""

    code = "JC-604"


class NotOnSheet(ProcedureError):
    """The student does not stand on this sheet."""

    code = "JC-605"


class ProxyNotAllowed(ProcedureError):
    """The round does not allow signatures by proxy."""

    code = "JC-606"


class CorrectionRefused(ProcedureError):
    """The correction is not one that can be made."""

    code = "JC-607"


class AlreadyIssued(ProcedureError):
    """Something was issued from it; it can not be taken back."""

    code = "JC-608"


class DecisionStale(ProcedureError):
    """What was to be decided has changed meanwhile."""

    code = "JC-609"


class NothingToChange(ProcedureError):
    """What was to be changed or taken back is so already, or was never said."""

    code = "JC-610"


class AlreadyDecided(ProcedureError):
    """The registrar has decided it; its office can not take it back any more."""

    code = "JC-611"


class TextRefused(ProcedureError):
    """What was typed has a character that nobody can read, or a sign in place of one."""

    code = "JC-612"


class ValueRefused(ProcedureError):
    """A number, a date or a name of a code table that was typed can not be right."""

    code = "JC-613"


class Unconfirmed(ProcedureError):
    """Values that were typed may be wrong; a person has to confirm them.

    Attributes:
        questions: what has to be confirmed, code to whole Chinese sentence.
    """

    code = "JC-614"

    def __init__(self, what: str, todo: str, questions: Mapping[str, str]) -> None:
        super().__init__(what, todo)
        self.questions = questions


class TextTooLong(ProcedureError):
    """A name that was typed is longer than any name, so something else was typed or pasted."""

    code = "JC-690"


class ReasonOfAnotherMark(ProcedureError):
    """The reason that was chosen was given for another mark than the one that holds."""

    code = "JC-691"


class NoAnswerToRepeat(ProcedureError):
    """No join request was answered that could be answered with the same words again."""

    code = "JC-695"
