"""Photos: JC-65x."""

from desktop.errors.kinds import UserError
from desktop.errors.procedures import ProcedureError


class PictureUnreadable(UserError):
    """A file is no picture, a damaged one, or larger than any photo."""

    code = "JC-650"


class ScanUnreadable(PictureUnreadable):
    """A file of scanned pages, or one of its pages, is damaged, locked or far too large."""

    code = "JC-654"


class PhotosUnreadable(UserError):
    """A folder or a ZIP of photos can not be read, or is not what it says."""

    code = "JC-651"


class PhotosChanged(ProcedureError):
    """What was looked at is not there any more, or something else."""

    code = "JC-652"


class PhotoRefused(ProcedureError):
    """A photo can not be taken in as it was asked."""

    code = "JC-653"
