"""Everything that the program can tell a user about what went wrong.

A ``UserError`` says what happened, what to do now, and a code that the help pages list. Whatever
else is raised is a bug and is reported as one. Codes never change their meaning once released:

* JC-1xx the store, JC-2xx offices and keys, JC-3xx bundles, JC-4xx files that offices bring,
* JC-5xx paper, JC-6xx what an office does.
"""

from collections.abc import Mapping
from typing import ClassVar


class UserError(Exception):
    """Something a user can understand and act on.

    Attributes:
        what: what happened, one whole Chinese sentence.
        todo: what to do now, one whole Chinese sentence.
        code: the stable code under which the help pages explain it.
    """

    code: ClassVar[str] = "JC-000"

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}{todo}（{self.code}）")
        self.what = what
        self.todo = todo


class Cancelled(UserError):
    """The user stopped a running job; nothing was changed."""

    code = "JC-001"

    def __init__(self) -> None:
        super().__init__("操作已取消，没有保存任何改动。", "需要时可以重新开始。")


# --- the store -------------------------------------------------------------------------------


class StoreError(UserError):
    """The store can not be opened, read or written."""

    code = "JC-100"


class StoreLocked(StoreError):
    """Another process holds the store."""

    code = "JC-101"


class StoreNewer(StoreError):
    """The store was written by a newer version of the program."""

    code = "JC-102"


class StoreDamaged(StoreError):
    """The store's file is not a healthy database."""

    code = "JC-103"


class StoreReadOnly(StoreError):
    """The data folder can not be written."""

    code = "JC-104"


class StoreFull(StoreError):
    """The disk is full; the transaction was rolled back."""

    code = "JC-105"


class StoreMissing(StoreError):
    """There is no store in the folder."""

    code = "JC-106"


class StoreExists(StoreError):
    """There is a store in the folder already."""

    code = "JC-107"


class AttachmentDamaged(StoreError):
    """An attachment is missing or its content has changed."""

    code = "JC-108"


class FileNotWritten(UserError):
    """A file could not be written whole; nothing was left under its name."""

    code = "JC-110"


class TargetMissing(FileNotWritten):
    """The folder or the stick is not there."""

    code = "JC-111"


class TargetFull(FileNotWritten):
    """The stick or disk has no room left."""

    code = "JC-112"


class TargetReadOnly(FileNotWritten):
    """The stick or folder is write-protected."""

    code = "JC-113"


class TargetInUse(FileNotWritten):
    """Another program holds the file open."""

    code = "JC-114"


class NotViewable(UserError):
    """A file that is not opened in another program, because it may be one itself."""

    code = "JC-115"


class BackupError(UserError):
    """A copy of the store could not be made or used."""

    code = "JC-120"


class BackupNotWhole(BackupError):
    """What was copied did not pass the doctor's checks, and was removed."""

    code = "JC-121"


class BackupDamaged(BackupError):
    """There is no copy, or it is no longer what it was when it was verified."""

    code = "JC-122"


class BackupOfAnotherSeat(BackupError):
    """The copy belongs to another seat than the data folder."""

    code = "JC-123"


class BackupMissing(BackupError):
    """The folder holds no copy."""

    code = "JC-124"


# --- offices, seats, keys ----------------------------------------------------------------------


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


# --- bundles -----------------------------------------------------------------------------------


class BundleError(UserError):
    """A bundle was refused whole; nothing was changed."""

    code = "JC-300"


class NotABundle(BundleError):
    """The file is no bundle."""

    code = "JC-301"


class BundleTruncated(BundleError):
    """The file is cut short."""

    code = "JC-302"


class BundleDamaged(BundleError):
    """Bytes of the file have changed since it was written."""

    code = "JC-303"


class BundleMembers(BundleError):
    """Members were added, removed, renamed or doubled, or have names that are not allowed."""

    code = "JC-304"


class BundleTooLarge(BundleError):
    """The content is larger than any bundle may be."""

    code = "JC-305"


class BundleForAnotherOffice(BundleError):
    """The bundle is sealed for another office."""

    code = "JC-306"


class BundleOtherSchool(BundleError):
    """The bundle comes from another school."""

    code = "JC-307"


class SignerUnknown(BundleError):
    """No certificate of this school vouches for the signer."""

    code = "JC-308"


class SignerRevoked(BundleError):
    """The signing seat was revoked before this bundle."""

    code = "JC-309"


class SignerExpired(BundleError):
    """The signing seat's certificate was not valid when the bundle was made."""

    code = "JC-310"


class SignatureInvalid(BundleError):
    """The signature does not fit the content."""

    code = "JC-311"


class SignerWithoutAuthority(BundleError):
    """The bundle says what its office may not say."""

    code = "JC-312"


class TrainingBundle(BundleError):
    """A training bundle in a real store, or a real one in a training store."""

    code = "JC-313"


class BundleNewer(BundleError):
    """The bundle was written by a newer version of the program."""

    code = "JC-314"


class BundleNumberReused(BundleError):
    """Another bundle with this number, but other content, is in already."""

    code = "JC-315"


class BundleContent(BundleError):
    """The bundle is genuine, but what it says does not hold together."""

    code = "JC-316"


class RoundClosed(BundleError):
    """The bundle came after its round was closed."""

    code = "JC-317"


class NothingToExport(BundleError):
    """There is nothing new to send."""

    code = "JC-318"


class BundleOwn(BundleError):
    """The bundle was written by this very seat."""

    code = "JC-319"


class BundleUnreadable(BundleError):
    """The system does not let the file be read: gone, no permission, a failing stick."""

    code = "JC-320"


# --- files that offices bring ------------------------------------------------------------------


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


# --- paper -------------------------------------------------------------------------------------


class PrintingError(UserError):
    """A paper can not be made."""

    code = "JC-500"


class GlyphMissing(PrintingError):
    """No font has a character that must be printed."""

    code = "JC-501"


class NoPrinter(PrintingError):
    """This PC has no printer."""

    code = "JC-502"

    def __init__(self) -> None:
        super().__init__(
            "这台电脑没有安装打印机。", "请先安装打印机，或者另存为文件，拿到别的电脑上打印。"
        )


class PrinterFailed(PrintingError):
    """The printer did not take what was sent to it."""

    code = "JC-503"

    def __init__(self, printer: str) -> None:
        super().__init__(
            f"打印机“{printer}”没有接受打印，可能没有打印完。",
            "请检查打印机的电源、纸张和连接，再打印一次。",
        )


# --- what an office does -----------------------------------------------------------------------


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


# --- photos --------------------------------------------------------------------------------------


class PictureUnreadable(UserError):
    """A file is no picture, a damaged one, or larger than any photo."""

    code = "JC-650"


class PhotosUnreadable(UserError):
    """A folder or a ZIP of photos can not be read, or is not what it says."""

    code = "JC-651"


class PhotosChanged(ProcedureError):
    """What was looked at is not there any more, or something else."""

    code = "JC-652"


class PhotoRefused(ProcedureError):
    """A photo can not be taken in as it was asked."""

    code = "JC-653"
