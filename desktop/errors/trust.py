"""Offices, seats and keys: JC-2xx."""

from desktop.errors.kinds import UserError


class TrustError(UserError):
    """Keys, certificates or enrolment."""

    code = "JC-200"


class WrongPassphrase(TrustError):
    """The passphrase does not open this operator's keys."""

    code = "JC-201"


class NoSuchOperator(TrustError):
    """No operator of this name at this seat."""

    code = "JC-202"


class RequestUnreadable(TrustError):
    """A join request or an enrolment that is damaged or is none."""

    code = "JC-203"


class RequestAlreadyUsed(TrustError):
    """The join request was answered before."""

    code = "JC-204"


class FingerprintMismatch(TrustError):
    """The fingerprint that was read out is not that of the file."""

    code = "JC-205"


class EnrolmentForAnotherSeat(TrustError):
    """The enrolment answers another seat's request."""

    code = "JC-206"


class NotEnrolled(TrustError):
    """The seat has not been enrolled yet."""

    code = "JC-207"


class NotRoot(TrustError):
    """Only the school's root seat enrols and revokes."""

    code = "JC-208"


class OtherSchool(TrustError):
    """The file belongs to another school."""

    code = "JC-209"


class WeakPassphrase(TrustError):
    """The passphrase is empty."""

    code = "JC-210"


class NotAllowed(TrustError):
    """This office may not do or say this."""

    code = "JC-211"


class CertificateInvalid(TrustError):
    """A certificate or revocation that is damaged or that this school's root did not sign."""

    code = "JC-212"


class ClockBehind(TrustError):
    """This PC's date lies before the day on which the seat's certificate was issued."""

    code = "JC-213"


class CertificateExpired(TrustError):
    """The seat's certificate has run out; nobody would believe what it signs."""

    code = "JC-214"


class StoreOutdated(TrustError):
    """The data is an old backup or a copy: others have heard more of this seat than it knows."""

    code = "JC-215"
