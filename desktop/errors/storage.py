"""The store, its files and its backups: JC-1xx."""

from desktop.errors.kinds import UserError


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
