"""Taking photos in: those that were looked at and chosen, byte for byte, or none."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.offices import OfficeKind
from desktop.domain.photos import PHOTO_TITLES
from desktop.domain.statements import Key
from desktop.errors import Incomplete, NotFound, PhotoRefused
from desktop.files import safe_name
from desktop.interchange.photo_sources import photo_source
from desktop.procedures.named_files import File, LookedAt, Verdict, changed, is_doubtful, read_again
from desktop.procedures.photos.photo_looking import PhotoLook
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import documents, photos
from desktop.store.journal import Draft
from desktop.store.photos import NO_PHOTOS
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, students_by_subject


@dataclass(frozen=True, slots=True)
class TakenPhotos:
    """What was taken in.

    Attributes:
        taken: how many photos.
        replaced: how many of them replace another of the same kind.
        converted: how many were turned upright or made a JPEG.
        same: how many were in already meanwhile.
    """

    taken: int
    replaced: int
    converted: int
    same: int


@dataclass(frozen=True, slots=True)
class _Ready:
    """A chosen file as it will be kept."""

    file: LookedAt
    student: str
    original: bytes
    kept: bytes

    @property
    def converted(self) -> bool:
        """Whether other bytes are kept than were brought."""
        return self.kept is not self.original


def chosen_at_first(look: PhotoLook) -> dict[File, str]:
    """Return what is taken in unless a person says otherwise: the files that are ready."""
    return {one.file: one.who.subject for one in look.of(Verdict.READY) if one.who}


def take_in(
    session: Session,
    look: PhotoLook,
    chosen: Mapping[File, str],
    reason: str = "",
    progress: Progress = no_progress,
) -> TakenPhotos:
    """Take chosen photos in, in one transaction.

    Args:
        session: of the registrar or the admissions office.
        look: what was looked at.
        chosen: whose each chosen file is; a file left out is not taken in.
        reason: why photos may come in about which there is a question.
        progress: called for each photo.

    Raises:
        NotAllowed: another office.
        PhotoRefused: a chosen file is no picture, or a student would get two.
        Incomplete: there is a question about one, and no reason.
        PhotosChanged: a file is gone, or not what was looked at.
        NotFound: this seat does not know a student.
        Cancelled: the user stopped it; nothing was taken in.
    """
    session.require(OfficeKind.REGISTRAR, OfficeKind.ADMISSIONS)
    files = {one.file: one for one in look.files}
    wanted = [(files[file], student) for file, student in sorted(chosen.items())]
    _require_possible(wanted, reason)
    with photo_source(look.source) as source, session.unit_of_work() as unit:
        taking = _Taking(session, unit, look, frozenset(chosen.values()))
        for ready in read_again(source, wanted, _ready, progress):
            taking.keep(ready, reason)
        unit.journal.state_all(taking.drafts)
        photos.keep_miniatures(unit.connection, taking.miniatures)
        unit.commit()
    counts = taking.counts
    return TakenPhotos(len(taking.drafts), counts["replaced"], counts["converted"], counts["same"])


class _Taking:
    """What gathers while photos are kept: what is to be said of each, and how many were what."""

    def __init__(
        self, session: Session, unit: UnitOfWork, look: PhotoLook, students: frozenset[str]
    ) -> None:
        self._session, self._unit, self._look = session, unit, look
        self._people = students_by_subject(unit.connection, students)
        if self._people.keys() < students:
            raise NotFound("选定的学生不在本机的名单里。", "请重新核对一次，再读入。")
        self._before = photos.photos_of(unit.connection, students)
        self.drafts: list[Draft] = []
        self.miniatures = dict(look.miniatures)
        self.counts: Counter[str] = Counter()

    def keep(self, ready: _Ready, reason: str) -> None:
        """Keep a photo among the attachments, unless the student has this very one."""
        kind, own = self._look.kind, self._before.get(ready.student, NO_PHOTOS)
        sha256 = hashlib.sha256(ready.kept).hexdigest()
        if own.agreed.get(kind) == sha256:
            self.counts["same"] += 1
            return
        self._session.store.attachments.put(ready.kept)
        name = _file_name(self._people[ready.student], self._look)
        documents.keep_attachment(
            self._unit.connection, sha256, name, len(ready.kept), self._session.now_text()
        )
        self.counts["replaced"] += kind in own.agreed or kind in own.disputed
        self.counts["converted"] += ready.converted
        if ready.file.picture:
            self.miniatures[sha256] = ready.file.picture.miniature
        key, why = Key(ready.student, "photo", ""), _why(ready.file, reason)
        self.drafts.append(Draft(key, {str(kind): sha256}, why, (sha256,)))


def _require_possible(wanted: Sequence[tuple[LookedAt, str]], reason: str) -> None:
    """Raise unless each student gets one photo at most, and every doubt has its answer."""
    if refused := [one.path for one, _ in wanted if one.picture is None]:
        raise PhotoRefused(f"“{refused[0]}”不是能打开的照片，不能收入。", "请去掉这个文件的选择。")
    files = Counter(student for _, student in wanted)
    student, most = files.most_common(1)[0] if files else ("", 0)
    if most > 1:
        names = "、".join(f"“{one.path}”" for one, whose in wanted if whose == student)
        raise PhotoRefused(f"{names}选成了同一名学生的照片，只能收一张。", "请留下对的那一张。")
    doubtful = [one for one, whose in wanted if is_doubtful(one, whose)]
    if doubtful and not reason.strip():
        raise Incomplete(
            f"有 {len(doubtful)} 张照片有疑问，还没有写明为什么可以收入。",
            "请写明原因，例如“已与本人核对”；不收的请去掉选择。",
        )


def _ready(one: LookedAt, student: str, data: bytes) -> _Ready:
    """Turn a chosen file into what is kept.

    Raises:
        PhotosChanged: it is not what was looked at.
    """
    from desktop.pictures.converting import as_jpeg  # noqa: PLC0415 - costly

    if hashlib.sha256(data).hexdigest() != one.sha256:
        raise changed(one)
    return _Ready(one, student, data, as_jpeg(data))


def _file_name(student: Student, look: PhotoLook) -> str:
    """Return what a kept photo is called: 学号-姓名-学历照片.jpg."""
    one = student.identity
    parts = (one.student_number or one.exam_number, one.name, PHOTO_TITLES[look.kind])
    return safe_name("-".join(filter(None, parts)) + ".jpg")


def _why(one: LookedAt, reason: str) -> str:
    """Return what is kept as the reason: the questions that there were, and a person's answer."""
    doubts = "".join(finding.sentence for finding in one.findings)
    read = f"读入文件“{one.path}”。"
    return f"{read}疑问：{doubts}仍然收入：{reason}" if doubts else read
