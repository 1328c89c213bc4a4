"""Bundles: JC-3xx."""

from desktop.errors.kinds import UserError


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
