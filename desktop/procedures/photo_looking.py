"""Looking at a folder or ZIP of photos: whose each is, what is wrong with it; writes nothing."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from desktop.domain.offices import OfficeKind
from desktop.domain.photo_names import Fit, Match, Named, NameIndex
from desktop.domain.photos import (
    PHOTO_TITLES,
    Finding,
    PhotoKind,
    PhotoRules,
    Picture,
    check,
    same_pictures,
)
from desktop.errors import AttachmentDamaged, PictureUnreadable
from desktop.interchange.photo_sources import PhotoSource, photo_source
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import photos, school
from desktop.store.attachments import Attachments
from desktop.store.photos import NO_PHOTOS, Photos
from desktop.store.store import UnitOfWork
from desktop.store.students import every_student, listed_students

_NAMED_AT_MOST = 4


class Verdict(StrEnum):
    """What can become of a file."""

    READY = "ready"  # its student is certain, nothing is wrong
    QUESTION = "question"  # its student is certain, a person has to look
    WHOSE = "whose"  # a person has to say whose it is
    REFUSED = "refused"  # no picture
    KNOWN = "known"  # in already, or twice in this folder


@dataclass(frozen=True, slots=True)
class Who:
    """A student, as lists name one."""

    subject: str
    name: str
    number: str
    class_name: str

    @property
    def words(self) -> str:
        """The student in words."""
        return "　".join(filter(None, (self.name or "（无姓名）", self.number, self.class_name)))


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that was looked at.

    Attributes:
        file: its path within the folder or ZIP.
        verdict: what can become of it.
        who: the student, None where that is not certain.
        candidates: who it might be.
        findings: what there is to know.
        sha256: of the file, "" where it can not be read.
        picture: what was measured.
    """

    file: tuple[str, ...]
    verdict: Verdict
    who: Who | None
    candidates: tuple[Who, ...]
    findings: tuple[Finding, ...]
    sha256: str = ""
    picture: Picture | None = None

    @property
    def path(self) -> str:
        """The path as people write it."""
        return "/".join(self.file)


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


@dataclass(frozen=True, slots=True)
class _Measured:
    """A file's digest and what it is, or why it is no picture."""

    sha256: str
    picture: Picture | None
    finding: Finding | None


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
        measured = dict(zip(opened.files, _measured(opened, progress), strict=True))
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


def _measured(source: PhotoSource, progress: Progress) -> Iterator[_Measured]:
    """Read and measure every file, on all cores."""
    from desktop.pictures.measuring import measure, on_all_cores  # noqa: PLC0415 - costly

    def act(file: tuple[str, ...]) -> _Measured:
        sha256 = ""
        try:
            data = source.read(file)
            sha256 = hashlib.sha256(data).hexdigest()
            return _Measured(sha256, measure(data), None)
        except PictureUnreadable as error:
            return _Measured(sha256, None, Finding("not-a-picture", error.what))

    total = len(source.files)
    for done, one in enumerate(on_all_cores(act, source.files)):
        progress(done, total)
        yield one


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
        self.who: dict[str, Who] = {}
        named = []
        for student in students:
            one, group = student.identity, groups.get(student.class_id)
            number = one.student_number or one.exam_number
            class_name = group.name if group else ""
            self.who[student.subject] = Who(student.subject, one.name, number, class_name)
            words = (class_name, group.college_name if group else "", one.major_name)
            numbers = (one.exam_number, one.student_number, one.id_number)
            named.append(Named(student.subject, one.name, numbers, words))
        self.index = NameIndex(named)
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
        matches: Mapping[tuple[str, ...], Match],
        measured: Mapping[tuple[str, ...], _Measured],
    ) -> None:
        self._kind, self._known = kind, known
        self._matches, self._measured = matches, measured
        self._of_student: dict[str, list[tuple[str, ...]]] = {}
        for file, match in matches.items():
            if match.subject and measured[file].picture:
                self._of_student.setdefault(match.subject, []).append(file)
        self._alike = self._look_alikes()

    def looked_at(self, file: tuple[str, ...]) -> LookedAt:
        """Return what there is to know of a file, and what can become of it."""
        match, measured = self._matches[file], self._measured[file]
        who = self._known.who.get(match.subject)
        candidates = tuple(self._known.who[subject] for subject in match.subjects)
        one = LookedAt(file, Verdict.READY, who, candidates, (), measured.sha256, measured.picture)
        if measured.finding or not measured.picture:
            found = (measured.finding,) if measured.finding else ()
            return replace(one, verdict=Verdict.REFUSED, findings=found)
        asked = check(measured.picture, self._known.rules[self._kind])
        if who is None:
            findings = (_whose(match, candidates), *asked, *self._same_picture(file, ""))
            return replace(one, verdict=Verdict.WHOSE, findings=findings)
        if again := self._again(file, who):
            return replace(one, verdict=Verdict.KNOWN, findings=(again,))
        findings = (*self._double(file, who), *asked, *self._same_picture(file, who.subject))
        findings += self._replaces(who)
        return replace(
            one, verdict=Verdict.QUESTION if findings else Verdict.READY, findings=findings
        )

    def _again(self, file: tuple[str, ...], who: Who) -> Finding | None:
        """Return why a file brings nothing new: the same bytes are in, or came before it."""
        sha256 = self._measured[file].sha256
        own = self._known.photos.get(who.subject, NO_PHOTOS)
        if own.agreed.get(self._kind) == sha256:
            return Finding("known", f"{who.name}的{PHOTO_TITLES[self._kind]}就是这一张，不用再收。")
        for other in self._of_student[who.subject]:
            if other == file:
                break
            if self._measured[other].sha256 == sha256:
                return Finding("twice", f"与“{'/'.join(other)}”内容完全相同，收那一张就够了。")
        return None

    def _double(self, file: tuple[str, ...], who: Who) -> tuple[Finding, ...]:
        """Say that a student has several different pictures in this folder."""
        sha256 = self._measured[file].sha256
        others = [
            other
            for other in self._of_student[who.subject]
            if self._measured[other].sha256 != sha256
        ]
        if not others:
            return ()
        names = "、".join(f"“{'/'.join(other)}”" for other in others[:_NAMED_AT_MOST])
        return (Finding("double", f"{who.name}还有别的照片：{names}，只能收一张。"),)

    def _replaces(self, who: Who) -> tuple[Finding, ...]:
        """Say that a student has another photo of this kind."""
        if not self._known.has(who.subject, self._kind):
            return ()
        title = PHOTO_TITLES[self._kind]
        return (Finding("replaces", f"{who.name}已经有{title}，收入后换成这一张。"),)

    def _same_picture(self, file: tuple[str, ...], subject: str) -> tuple[Finding, ...]:
        """Say that somebody else has the same picture."""
        others = [words for owner, words in self._alike.get(file, ()) if owner != subject]
        if not others:
            return ()
        named = "、".join(others[:_NAMED_AT_MOST])
        return (Finding("same-picture", f"与{named}是同一张照片，请核对是谁的。"),)

    def _look_alikes(self) -> dict[tuple[str, ...], list[tuple[str, str]]]:
        """Return for each file whose same picture it is, and in words; kept photos included."""
        owners = self._known.owners()
        looks = self._known.looks(owners)
        kept = [sha256 for sha256 in owners if sha256 in looks]
        files = [file for file, one in self._measured.items() if one.picture]
        greys = [one.picture.miniature for one in self._measured.values() if one.picture]
        alike: dict[tuple[str, ...], list[tuple[str, str]]] = {}
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


def _whose(match: Match, candidates: Sequence[Who]) -> Finding:
    """Say why it is not certain whose a file is."""
    names = "；".join(who.words for who in candidates[:_NAMED_AT_MOST])
    match match.fit:
        case Fit.SEVERAL:
            return Finding("ambiguous", f"文件名符合 {len(candidates)} 名学生：{names}。")
        case Fit.CONTRADICTS:
            return Finding("name-contradicts", f"文件名里的号码、姓名或班级互相矛盾：{names}。")
        case Fit.UNKNOWN_NUMBER if candidates:
            return Finding("unknown-number", f"文件名里有不属于任何人的号码，姓名像是：{names}。")
        case Fit.UNKNOWN_NUMBER:
            return Finding("unmatched", "文件名里的号码不属于名单上的任何学生。")
        case _:
            return Finding("unmatched", "文件名里没有认得的考生号、学号、证件号或姓名。")
