"""Join requests and their answers among the files of a stick, told by what they are, not named."""

from collections.abc import Iterable
from pathlib import Path

from desktop.bundles.enrolment import JoinRequest, read_enrolment, read_join_request
from desktop.errors import TrustError
from desktop.procedures.school.enrolment import read_text


def requests_among(paths: Iterable[Path]) -> list[tuple[Path, JoinRequest]]:
    """Return the files that are join requests, the latest first; others are passed over."""
    found = []
    for path in paths:
        try:
            found.append((path, read_join_request(read_text(path))))
        except TrustError:  # most files on a stick are something else
            continue
    return sorted(found, key=lambda one: one[1].created, reverse=True)


def answers_among(paths: Iterable[Path], request: str) -> list[Path]:
    """Return the files that answer a seat's own request; those of others are passed over."""
    asked = read_join_request(request)
    found = []
    for path in paths:
        try:
            read_enrolment(read_text(path), request=asked)
        except TrustError:
            continue
        found.append(path)
    return found
