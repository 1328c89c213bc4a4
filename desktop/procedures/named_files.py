"""Pictures in a folder or ZIP that are named after students: whose each is, what each is.

Photos and re-check forms are brought in the same way and asked the same questions first.
"""

import hashlib
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from desktop.domain.photo_names import Fit, Match, Named, NameIndex
from desktop.domain.photos import Finding, Picture
from desktop.domain.rounds import ClassGroup
from desktop.errors import PhotosChanged, PictureUnreadable
from desktop.procedures.session import Progress
from desktop.store.students import Student

R = TypeVar("R")
NAMED_AT_MOST: Final = 4
File = tuple[str, ...]
"""A path in its parts; a page of a scanned file lies in it as a file does in a folder."""
_PAGE: Final = re.compile(r"第(\d+)页")


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
        turn: by how many quarters it is turned clockwise before it is kept; ``sha256`` and
            ``picture`` are of what it is then.
    """

    file: File
    verdict: Verdict
    who: Who | None
    candidates: tuple[Who, ...]
    findings: tuple[Finding, ...]
    sha256: str = ""
    picture: Picture | None = None
    turn: int = 0

    @property
    def path(self) -> str:
        """The path as people write it."""
        return path_of(self.file)


def page_of(file: File, number: int) -> File:
    """Return how a page of a scanned file is called, the first being 1."""
    return (*file, f"第{number}页")


def as_page_of(file: File) -> tuple[File, int] | None:
    """Return the scanned file and the page that a path may mean, None where it can not."""
    found = _PAGE.fullmatch(file[-1]) if len(file) > 1 else None
    return (file[:-1], int(found[1])) if found else None


def path_of(file: File) -> str:
    """Return a path as people write it: 一班/张三.jpg, scan0001.pdf 第3页."""
    page = as_page_of(file)
    return f"{'/'.join(page[0])} {file[-1]}" if page else "/".join(file)


@dataclass(frozen=True, slots=True)
class Measured:
    """A file's digest and what it is, or why it is no picture.

    Attributes:
        sha256: of the file, or of what it is once it was turned.
        picture: None where it is none.
        findings: what is wrong with it, whosever it is.
        texts: what the QR codes on it say.
        turn: by how many quarters it must be turned clockwise.
        blank: nothing stands on it.
    """

    sha256: str
    picture: Picture | None
    findings: tuple[Finding, ...] = ()
    texts: tuple[str, ...] = ()
    turn: int = 0
    blank: bool = False


Look = Callable[[File, bytes], Measured]
"""What a file is and what is wrong with it by itself; it may raise ``PictureUnreadable``.

The digest is that of the file where none is given."""


class Source(Protocol):
    """Where pictures lie."""

    @property
    def files(self) -> Sequence[File]:
        """The paths of all of them."""

    def read(self, file: File) -> bytes:
        """Return one; any thread may ask.

        Raises:
            PictureUnreadable: it can not be read.
        """


class KnownStudents:
    """The students whom a seat knows, by what may stand in a file's name."""

    def __init__(self, students: Iterable[Student], classes: Mapping[str, ClassGroup]) -> None:
        self.who: dict[str, Who] = {}
        named = []
        for student in students:
            one, group = student.identity, classes.get(student.class_id)
            number = one.student_number or one.exam_number
            class_name = group.name if group else ""
            self.who[student.subject] = Who(student.subject, one.name, number, class_name)
            words = (class_name, group.college_name if group else "", one.major_name)
            numbers = (one.exam_number, one.student_number, one.id_number)
            named.append(Named(student.subject, one.name, numbers, words))
        self.index = NameIndex(named)


def measured_files(
    source: Source, look: Look, progress: Progress, at_once: int | None = None
) -> Iterator[Measured]:
    """Yield what every file of a source is, read and measured on all cores.

    ``at_once``: how many a thread is given; the fewer, the sooner one hears of each.

    Raises:
        Cancelled: the user stopped it.
    """
    from desktop.pictures.measuring import BATCH, on_all_cores  # noqa: PLC0415 - costly

    def act(file: File) -> Measured:
        sha256 = ""
        try:
            data = source.read(file)
            sha256 = hashlib.sha256(data).hexdigest()
            found = look(file, data)
            return found if found.sha256 else replace(found, sha256=sha256)
        except PictureUnreadable as error:
            return Measured(sha256, None, (Finding("not-a-picture", error.what),))

    total = len(source.files)
    for done, one in enumerate(on_all_cores(act, source.files, at_once or BATCH)):
        progress(done, total)
        yield one


def read_again(
    source: Source,
    wanted: Sequence[tuple[LookedAt, str]],
    make: Callable[[LookedAt, str, bytes], R],
    progress: Progress,
    at_once: int | None = None,
) -> Generator[R, None, None]:
    """Read chosen files again, on all cores, and yield what is made of each and its student.

    Raises:
        PhotosChanged: a file is gone, or can not be opened any more.
        Cancelled: the user stopped it.
    """
    from desktop.pictures.measuring import BATCH, on_all_cores  # noqa: PLC0415 - costly

    def act(pair: tuple[LookedAt, str]) -> R:
        one, student = pair
        try:
            return make(one, student, source.read(one.file))
        except (PictureUnreadable, KeyError) as error:
            raise changed(one) from error

    for done, made in enumerate(on_all_cores(act, wanted, at_once or BATCH)):
        progress(done, len(wanted))
        yield made


def changed(one: LookedAt) -> PhotosChanged:
    """Return what is said of a file that is not what was looked at."""
    return PhotosChanged(
        f"“{one.path}”在核对以后变了或者不见了，一张也没有收入。", "请重新核对一次，再读入。"
    )


def files_by_student(
    matches: Mapping[File, Match], measured: Mapping[File, Measured]
) -> dict[str, list[File]]:
    """Return the pictures that are certainly a student's, by student."""
    found: dict[str, list[File]] = {}
    for file, match in matches.items():
        if match.subject and measured[file].picture:
            found.setdefault(match.subject, []).append(file)
    return found


def twice(file: File, files: Sequence[File], measured: Mapping[File, Measured]) -> Finding | None:
    """Say that the same bytes came under another name before, of a student's files."""
    for other in files:
        if other == file:
            break
        if measured[other].sha256 == measured[file].sha256:
            return Finding("twice", f"与“{path_of(other)}”内容完全相同，收那一张就够了。")
    return None


def several(
    file: File, files: Sequence[File], measured: Mapping[File, Measured]
) -> tuple[str, ...]:
    """Return the other pictures of a student in this folder, by their names, the first of many."""
    sha256 = measured[file].sha256
    others = [other for other in files if measured[other].sha256 != sha256]
    return tuple(f"“{path_of(other)}”" for other in others[:NAMED_AT_MOST])


def is_doubtful(one: LookedAt, student: str) -> bool:
    """Tell whether a person has to say why a file may be taken in for a student."""
    by_name = one.who.subject if one.who else ""
    return one.verdict in (Verdict.QUESTION, Verdict.WHOSE) or by_name != student


def whose(match: Match, candidates: Sequence[Who]) -> Finding:
    """Say why it is not certain whose a file is."""
    names = "；".join(who.words for who in candidates[:NAMED_AT_MOST])
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
