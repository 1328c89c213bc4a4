"""Looking at a folder or ZIP of photos: whose each is, what is wrong with it; writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.offices import OfficeKind
from desktop.domain.photo_names import Match
from desktop.domain.photos import (
    PHOTO_TITLES,
    Finding,
    PhotoKind,
    PhotoRules,
    check,
    same_pictures,
)
from desktop.errors import AttachmentDamaged, PictureUnreadable
from desktop.interchange.photo_sources import photo_source
from desktop.procedures.named_files import (
    NAMED_AT_MOST,
    File,
    KnownStudents,
    LookedAt,
    Measured,
    Verdict,
    Who,
    files_by_student,
    measured_files,
    several,
    twice,
    whose,
)
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import photos, school
from desktop.store.attachments import Attachments
from desktop.store.photos import NO_PHOTOS, Photos
from desktop.store.store import UnitOfWork
from desktop.store.students import every_student, listed_students


@dataclass(frozen=True, slots=True)
class PhotoLook:
    """All that was found in a folder or ZIP; nothing was written.

    Attributes:
        source: the folder or ZIP.
        kind: of the photos.
        files: what was found, in the order of their names.
        without: the students of the round who would have no photo of this kind afterwards, if
            every file that is ready were taken in.
        students: how many the round has.
        rules: what was asked of the photos.
        miniatures: of kept photos that were met here for the first time.
    """

    source: Path
    kind: PhotoKind
    files: tuple[LookedAt, ...]
    without: tuple[Who, ...]
    students: int
    rules: PhotoRules
    miniatures: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def of(self, verdict: Verdict) -> tuple[LookedAt, ...]:
        """Return the files of which this can become."""
        return tuple(file for file in self.files if file.verdict is verdict)


def look(
    session: Session,
    kind: PhotoKind,
    source: Path,
    round_id: str = "",
    progress: Progress = no_progress,
) -> PhotoLook:
    """Return what a folder or ZIP of photos would bring.

    Args:
        session: of the registrar or the admissions office.
        kind: which of the four photos they are.
        source: a folder, with folders in it, or a ZIP.
        round_id: the round whose students should have a photo; "" for all students.
        progress: called for each file.

    Raises:
        NotAllowed: another office.
        PhotosUnreadable, FileEncrypted: nothing can be read.
        Cancelled: the user stopped it.
    """
    session.require(OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS)
    with session.unit_of_work() as unit:
        known = _Known(session, unit, round_id)
    with photo_source(source) as opened:
        matches = {file: known.index.match(file) for file in opened.files}
        measured = dict(
            zip(opened.files, measured_files(opened, _look_at_photo, progress), strict=True)
        )
    judge = _Judge(kind, known, matches, measured)
    files = tuple(judge.looked_at(file) for file in matches)
    bringing = {one.who.subject for one in files if one.who and one.verdict is Verdict.READY}
    without = [s for s in known.wanted if not known.has(s, kind) and s not in bringing]
    return PhotoLook(
        source=source,
        kind=kind,
        files=files,
        without=tuple(known.who[subject] for subject in without),
        students=len(known.wanted),
        rules=known.rules[kind],
        miniatures=known.met,
    )


def _look_at_photo(_file: File, data: bytes) -> Measured:
    """Return what a file is; what is wrong with it depends on the rules for its kind."""
    from desktop.pictures.measuring import measure  # noqa: PLC0415 - costly

    return Measured("", measure(data))


class _Known:
    """What this seat knows: students, their photos, and what these look like."""

    def __init__(self, session: Session, unit: UnitOfWork, round_id: str) -> None:
        connection = unit.connection
        groups = {group.id: group for group in school.classes(connection)}
        students = every_student(connection)
        self.rules = photos.rules(connection)
        self.photos = photos.every_photo(connection)
        self.miniatures = photos.miniatures(connection)
        self.met: dict[str, bytes] = {}
        self._attachments = session.store.attachments
        named = KnownStudents(students, groups)
        self.who, self.index = named.who, named.index
        listed = listed_students(connection, round_id) if round_id else students
        self.wanted = [student.subject for student in listed]

    def has(self, subject: str, kind: PhotoKind) -> bool:
        """Tell whether a student has a photo of a kind, be it disputed which."""
        own = self.photos.get(subject, NO_PHOTOS)
        return kind in own.agreed or kind in own.disputed

    def owners(self) -> dict[str, set[str]]:
        """Return whose each kept photo is, by SHA-256."""
        owners: dict[str, set[str]] = {}
        for subject, own in self.photos.items():
            for sha256 in _all_of(own):
                owners.setdefault(sha256, set()).add(subject)
        return owners

    def looks(self, sha256s: Iterable[str]) -> dict[str, bytes]:
        """Return what kept photos look like; those that came in bundles are measured now."""
        from desktop.pictures.measuring import on_all_cores  # noqa: PLC0415 - costly

        missing = [sha256 for sha256 in sha256s if sha256 not in self.miniatures]
        found = on_all_cores(lambda sha256: _miniature(self._attachments, sha256), missing)
        self.met = {sha256: greys for sha256, greys in zip(missing, found, strict=True) if greys}
        return self.miniatures | self.met


def _miniature(attachments: Attachments, sha256: str) -> bytes:
    """Return what a kept photo looks like, b"" where nobody can open it."""
    from desktop.pictures.measuring import measure  # noqa: PLC0415 - costly

    try:
        return measure(attachments.get(sha256)).miniature
    except (AttachmentDamaged, PictureUnreadable):
        return b""


def _all_of(own: Photos) -> set[str]:
    return {*own.agreed.values(), *(sha for side in own.disputed.values() for sha in side)}


class _Judge:
    """Says of each file what can become of it, all files considered."""

    def __init__(
        self,
        kind: PhotoKind,
        known: _Known,
        matches: Mapping[File, Match],
        measured: Mapping[File, Measured],
    ) -> None:
        self._kind, self._known = kind, known
        self._matches, self._measured = matches, measured
        self._of_student = files_by_student(matches, measured)
        self._alike = self._look_alikes()

    def looked_at(self, file: File) -> LookedAt:
        """Return what there is to know of a file, and what can become of it."""
        match, measured = self._matches[file], self._measured[file]
        who = self._known.who.get(match.subject)
        candidates = tuple(self._known.who[subject] for subject in match.subjects)
        one = LookedAt(file, Verdict.READY, who, candidates, (), measured.sha256, measured.picture)
        if not measured.picture:
            return replace(one, verdict=Verdict.REFUSED, findings=measured.findings)
        asked = check(measured.picture, self._known.rules[self._kind])
        if who is None:
            findings = (whose(match, candidates), *asked, *self._same_picture(file, ""))
            return replace(one, verdict=Verdict.WHOSE, findings=findings)
        if again := self._again(file, who):
            return replace(one, verdict=Verdict.KNOWN, findings=(again,))
        findings = (*self._double(file, who), *asked, *self._same_picture(file, who.subject))
        findings += self._replaces(who)
        return replace(
            one, verdict=Verdict.QUESTION if findings else Verdict.READY, findings=findings
        )

    def _again(self, file: File, who: Who) -> Finding | None:
        """Return why a file brings nothing new: the same bytes are in, or came before it."""
        sha256 = self._measured[file].sha256
        own = self._known.photos.get(who.subject, NO_PHOTOS)
        if own.agreed.get(self._kind) == sha256:
            return Finding("known", f"{who.name}的{PHOTO_TITLES[self._kind]}就是这一张，不用再收。")
        return twice(file, self._of_student[who.subject], self._measured)

    def _double(self, file: File, who: Who) -> tuple[Finding, ...]:
        """Say that a student has several different pictures in this folder."""
        others = several(file, self._of_student[who.subject], self._measured)
        if not others:
            return ()
        return (Finding("double", f"{who.name}还有别的照片：{'、'.join(others)}，只能收一张。"),)

    def _replaces(self, who: Who) -> tuple[Finding, ...]:
        """Say that a student has another photo of this kind."""
        if not self._known.has(who.subject, self._kind):
            return ()
        title = PHOTO_TITLES[self._kind]
        return (Finding("replaces", f"{who.name}已经有{title}，收入后换成这一张。"),)

    def _same_picture(self, file: File, subject: str) -> tuple[Finding, ...]:
        """Say that somebody else has the same picture."""
        others = [words for owner, words in self._alike.get(file, ()) if owner != subject]
        if not others:
            return ()
        named = "、".join(others[:NAMED_AT_MOST])
        return (Finding("same-picture", f"与{named}是同一张照片，请核对是谁的。"),)

    def _look_alikes(self) -> dict[File, list[tuple[str, str]]]:
        """Return for each file whose same picture it is, and in words; kept photos included."""
        owners = self._known.owners()
        looks = self._known.looks(owners)
        kept = [sha256 for sha256 in owners if sha256 in looks]
        files = [file for file, one in self._measured.items() if one.picture]
        greys = [one.picture.miniature for one in self._measured.values() if one.picture]
        alike: dict[File, list[tuple[str, str]]] = {}
        for earlier, later in same_pictures(greys, [looks[sha256] for sha256 in kept]):
            file = files[later - len(kept)]
            if earlier < len(kept):
                for owner in sorted(owners[kept[earlier]]):
                    alike.setdefault(file, []).append((owner, f"{self._name(owner)}已有的照片"))
                continue
            other = files[earlier - len(kept)]
            for one, another in ((file, other), (other, file)):
                owner = self._matches[another].subject
                alike.setdefault(one, []).append((owner, f"“{'/'.join(another)}”"))
        return alike

    def _name(self, subject: str) -> str:
        who = self._known.who.get(subject)
        return who.name if who else "另一名学生"
