"""What the first start does: each act takes the draft and returns it with what came of it."""

from dataclasses import replace
from pathlib import Path

from desktop.domain.offices import OfficeKind
from desktop.errors import FileNotWritten
from desktop.procedures.demo.play import play
from desktop.procedures.demo.wishes import Wishes
from desktop.procedures.keeping.backups import OpenedBy, copies_in, restore
from desktop.procedures.school.enrolment import ask_to_join, read_text, write_text
from desktop.procedures.school.schools import NewSchool, create_school
from desktop.procedures.seats import applicant
from desktop.procedures.session import Progress, no_progress
from desktop.views.language import tr
from desktop.views.wizards.first_start.draft import FirstStart
from desktop.views.wizards.first_start.joining import accept

REQUEST_NAME = tr("籍册加入申请-{office}.txt")
_STAGES = 9  # of the play, for the progress bar


def create(draft: FirstStart, _progress: Progress) -> FirstStart:
    """Create the school."""
    new = NewSchool(draft.school_code, draft.school_name, president=draft.president)
    with create_school(draft.folder, new, draft.operator, draft.passphrase).store:
        return draft


def request(draft: FirstStart, _progress: Progress) -> FirstStart:
    """Make the join request and write it to the stick.

    Once it is made the seat waits, whether or not the stick took the file: it can be written again.
    """
    asking = applicant(
        draft.school_code, OfficeKind(draft.office_kind), draft.applicant_name, draft.seat_name
    )
    text, digits = ask_to_join(draft.folder, asking, draft.operator, draft.passphrase)
    asked = replace(draft, request_text=text, digits=digits)
    try:
        return write_request(asked)
    except FileNotWritten as error:
        return replace(asked, not_written=error.what)


def write_request(draft: FirstStart, _progress: Progress = no_progress) -> FirstStart:
    """Write the join request to the stick, as often as sticks get lost: always the same one."""
    name = REQUEST_NAME.format(office=draft.applicant_name)
    path = write_text(Path(draft.request_folder), name, draft.request_text)
    return replace(draft, request_file=str(path), not_written="")


def join(draft: FirstStart, _progress: Progress) -> FirstStart:
    """Take the registrar's answer."""
    text = read_text(Path(draft.answer_file))
    return replace(draft, joined=accept(draft.folder, text, draft.digits_heard))


def find_copies(draft: FirstStart, progress: Progress) -> FirstStart:
    """Look which copies there are; the latest is chosen."""
    shelf = copies_in(Path(draft.backups_folder), progress)
    latest = shelf.copies[0].folder if shelf.copies else ""
    kept = draft.copy if draft.copy in {copy.folder for copy in shelf.copies} else latest
    return replace(draft, copies=shelf.copies, damaged_copies=shelf.damaged, copy=kept)


def put_back(draft: FirstStart, progress: Progress) -> FirstStart:
    """Go back to the chosen copy, if its operator's passphrase opens it."""
    opened_by = OpenedBy(draft.operator, draft.passphrase)
    restored = restore(Path(draft.copy), draft.folder, progress, opened_by)
    return replace(draft, kept_aside=restored.kept_aside)


def practise(draft: FirstStart, progress: Progress) -> FirstStart:
    """Make the sample college, in the training folder alone."""
    done = 0

    def say(_sentence: str) -> None:
        nonlocal done
        done = min(done + 1, _STAGES)
        progress(done, _STAGES)

    progress(0, _STAGES)
    # three colleges are enough to try everything, and nobody waits for two thousand students
    wishes = Wishes(draft.practice_folder, students=270, colleges=3, training=True)
    play(wishes, say)
    return draft
