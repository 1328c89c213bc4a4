"""Photos as the window shows them: small, upright, made ready in the background."""

from pathlib import Path

from desktop.procedures.named_files import LookedAt
from desktop.procedures.paged_files import paged_source
from desktop.procedures.session import Session


def kept_photo(session: Session, sha256: str, width: int, height: int) -> bytes:
    """Return a photo that is kept, as PNG, as large as fits into a box.

    Raises:
        AttachmentDamaged: it is gone or altered.
        PictureUnreadable: it is no picture; a bundle brought it.
    """
    from desktop.pictures.converting import thumbnail  # noqa: PLC0415 - costly

    return thumbnail(session.store.attachments.get(sha256), width, height)


def looked_at_photo(source: Path, one: LookedAt, width: int, height: int) -> bytes:
    """Return a picture that was looked at but not taken in, as PNG, as large as fits into a box.

    Raises:
        PhotosUnreadable: the folder or ZIP is gone.
        PictureUnreadable: the file is.
    """
    from desktop.pictures.converting import thumbnail  # noqa: PLC0415 - costly

    with paged_source(source) as opened:
        return thumbnail(opened.read(one.file), width, height, one.turn)
