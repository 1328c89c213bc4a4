"""The pictures of filled-in re-check forms: taken in, judged, taken back, saved as files.

The picture is kept byte for byte and called 学号+姓名 (细则 二(三)2); only one that is larger than
``LARGEST_KEPT`` is made smaller, and one that lies on its side by its code is turned upright; its
statement says so.
"""

import hashlib
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.form_pictures import LONGER_SIDE_KEPT, form_stem, is_kept_whole
from desktop.domain.statements import Key
from desktop.errors import (
    AttachmentDamaged,
    FormRefused,
    Incomplete,
    NothingToChange,
    PhotosChanged,
    PictureUnreadable,
    TargetMissing,
)
from desktop.files import explain_write_error, safe_name, write_durably
from desktop.procedures.named_files import File, LookedAt, Verdict, is_doubtful
from desktop.procedures.paged_files import PagedSource, paged_source
from desktop.procedures.recheck.recheck_looking import FormLook
from desktop.procedures.recheck.recheck_saying import Saying, called, saying, take_back
from desktop.procedures.session import Progress, Reader, Session, no_progress
from desktop.procedures.standing.recheck_files import Rechecked, recheck_once
from desktop.procedures.typed_texts import stated_reason, typed_text
from desktop.store import documents, registration, school
from desktop.store.journal import Draft
from desktop.store.students import Student

_ENDINGS: Final = {"JPEG": "jpg", "PNG": "png", "HEIF": "heic", "TIFF": "tif", "WEBP": "webp"}
_TITLE: Final = "复查表"
_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class TakenForms:
    """What was taken in.

    Attributes:
        taken: how many forms.
        replaced: how many of them replace another.
        reduced: how many were too large and were made smaller.
        same: how many were in already meanwhile.
        turned: how many lay on their side or their head and were turned upright.
    """

    taken: int
    replaced: int
    reduced: int
    same: int
    turned: int = 0


@dataclass(frozen=True, slots=True)
class SavedForms:
    """Where forms were saved, how many, and whose could not be had on this seat."""

    folder: Path
    saved: int
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A chosen file as it will be kept.

    ``upright`` is the original, turned where it lay on its side.
    """

    file: LookedAt
    student: str
    original: bytes
    upright: bytes
    kept: bytes

    @property
    def reduced(self) -> bool:
        """Whether it is kept smaller than it was brought."""
        return self.kept is not self.upright

    @property
    def turned(self) -> bool:
        """Whether it was turned."""
        return self.upright is not self.original


def forms_chosen_at_first(look: FormLook) -> dict[File, str]:
    """Return what is taken in unless a person says otherwise: the files that are ready."""
    return {one.file: one.who.subject for one in look.of(Verdict.READY) if one.who}


def take_in_forms(
    session: Session,
    look: FormLook,
    chosen: Mapping[File, str],
    reason: str = "",
    progress: Progress = no_progress,
) -> TakenForms:
    """Take chosen forms in, in one transaction.

    Args:
        session: of a college or the admissions office.
        look: what was looked at.
        chosen: whose each chosen file is; a file left out is not taken in.
        reason: why forms may come in about which there is a question.
        progress: called for each form.

    Raises:
        FormRefused: a chosen file is no picture, or a student would get two.
        Incomplete: there is a question about one, and no reason.
        PhotosChanged: a file is gone, or not what was looked at.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
        Cancelled: the user stopped it; nothing was taken in.
    """
    files = {one.file: one for one in look.files}
    wanted = [(files[file], student) for file, student in sorted(chosen.items())]
    reason = typed_text("原因", reason)
    _require_possible(wanted, reason)
    with (
        paged_source(look.source) as source,
        saying(session, look.round_id, set(chosen.values())) as said,
    ):
        taking = _Taking(said)
        for ready in _ready(source, wanted, progress):
            taking.keep(ready, reason)
        said.unit.journal.state_all(taking.drafts)
        said.unit.commit()
    counts = taking.counts
    return TakenForms(
        len(taking.drafts),
        counts["replaced"],
        counts["reduced"],
        counts["same"],
        counts["turned"],
    )


def judge_form(session: Session, round_id: str, student: str, *, usable: bool, why: str) -> None:
    """Say that a form is of no use, because it can not be read or is another's, or that it is.

    Raises:
        Incomplete: it is of no use, and nobody says why.
        NothingToChange: there is no form.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    if usable:
        why = typed_text("原因", why)
    else:
        why = stated_reason(why, "把复查表标为不能用，要写明原因。", "请写明原因，例如“看不清”。")
    with saying(session, round_id, [student]) as said:
        forms = registration.texts_of_round(
            said.unit.connection, "recheck_form", round_id, [student]
        )
        form = forms.get(student, {}).get("form", "")
        if not form:
            raise NothingToChange(
                f"{called(said.students[student])}还没有复查表。", "请先收入复查表的照片。"
            )
        values = {
            "form": form,
            "state": "filled" if usable else "unusable",
            "explanation": why or None,
        }
        said.unit.journal.state(Key(student, "recheck_form", round_id), values, evidence=(form,))
        said.unit.commit()


def retract_form(session: Session, round_id: str, student: str, reason: str) -> None:
    """Take back that a form was handed in; the picture stays among the attachments.

    Raises:
        Incomplete, NothingToChange, AlreadyDecided: see ``take_back``.
        NotAllowed, NotFound, RoundNotOpen, ConclusionTold: see ``saying``.
    """
    take_back(session, round_id, student, "recheck_form", _TITLE, reason)


def missing_forms(session: Reader, round_id: str) -> dict[str, tuple[Rechecked, ...]]:
    """Return, per class, the students who have no form that is of use."""
    with session.unit_of_work() as unit:
        found = recheck_once(session, unit, round_id).students
    missing: dict[str, list[Rechecked]] = {}
    for one in found:
        if not (one.file.form and one.file.form_usable):
            missing.setdefault(one.student.class_id, []).append(one)
    return {class_id: tuple(students) for class_id, students in missing.items()}


def save_forms(
    session: Reader,
    round_id: str,
    class_id: str,
    target: Path,
    progress: Progress = no_progress,
) -> SavedForms:
    """Save all forms of a class into a new folder, each as 学号+姓名.jpg, upright.

    Raises:
        NothingToChange: the class has no form yet.
        TargetMissing, TargetFull, TargetReadOnly, FileNotWritten: the folder can not be written.
        Cancelled: the user stopped it; the files written so far stay.
    """
    from desktop.pictures.converting import as_jpeg  # noqa: PLC0415 - costly

    with session.unit_of_work() as unit:
        group = school.class_by_id(unit.connection, class_id)
        found = recheck_once(session, unit, round_id).of_classes([class_id])
    forms = [one for one in found if one.file.form]
    if not forms:
        raise NothingToChange(f"{group.name}还没有收到复查表，没有可以保存的。", "请先收入复查表。")
    folder = _new_folder(target, safe_name(f"{group.name}-入学资格复查表"))
    damaged = []
    for done, one in enumerate(forms):
        progress(done, len(forms))
        try:
            data = as_jpeg(session.store.attachments.get(one.file.form))
        except (AttachmentDamaged, PictureUnreadable):
            damaged.append(called(one.student))
            continue
        write_durably(folder / file_name(one.student, "jpg"), data)
    return SavedForms(folder, len(forms) - len(damaged), tuple(damaged))


def file_name(student: Student, ending: str) -> str:
    """Return what a form's file is called: 学号+姓名.jpg."""
    one = student.identity
    return safe_name(f"{form_stem(one.student_number or one.exam_number, one.name)}.{ending}")


class _Taking:
    """What gathers while forms are kept: what is to be said of each, and how many were what."""

    def __init__(self, said: Saying) -> None:
        self._said = said
        self._before = registration.texts_of_round(
            said.unit.connection, "recheck_form", said.round.id
        )
        self.drafts: list[Draft] = []
        self.counts: Counter[str] = Counter()

    def keep(self, ready: _Ready, reason: str) -> None:
        """Keep a form among the attachments, unless the student has this very one."""
        own = self._before.get(ready.student, {})
        sha256 = hashlib.sha256(ready.kept).hexdigest()
        if own.get("form") == sha256 and own.get("state") != "unusable":
            self.counts["same"] += 1
            return
        session, unit = self._said.session, self._said.unit
        session.store.attachments.put(ready.kept)
        kind = ready.file.picture.format if ready.file.picture else ""
        kind = "JPEG" if ready.reduced else kind
        name = file_name(
            self._said.students[ready.student], _ENDINGS.get(kind, kind.lower() or "jpg")
        )
        documents.keep_attachment(
            unit.connection, sha256, name, len(ready.kept), session.now_text()
        )
        self.counts["replaced"] += bool(own.get("form"))
        self.counts["reduced"] += ready.reduced
        self.counts["turned"] += ready.turned
        key = Key(ready.student, "recheck_form", self._said.round.id)
        values = {"form": sha256, "state": "filled", "explanation": None}
        self.drafts.append(Draft(key, values, _why(ready, reason), (sha256,)))


def _require_possible(wanted: Sequence[tuple[LookedAt, str]], reason: str) -> None:
    """Raise unless each student gets one form at most, and every doubt has its answer."""
    if refused := [one for one, _ in wanted if one.verdict is Verdict.REFUSED]:
        why = "".join(finding.sentence for finding in refused[0].findings)
        raise FormRefused(f"“{refused[0].path}”不能收入：{why}", "请去掉这个文件的选择。")
    files = Counter(student for _, student in wanted)
    student, most = files.most_common(1)[0] if files else ("", 0)
    if most > 1:
        names = "、".join(f"“{one.path}”" for one, whose in wanted if whose == student)
        raise FormRefused(f"{names}选成了同一名学生的复查表，只能收一张。", "请留下对的那一张。")
    doubtful = [one for one, whose in wanted if is_doubtful(one, whose)]
    if doubtful and not reason:
        raise Incomplete(
            f"有 {len(doubtful)} 张复查表有疑问，还没有写明为什么可以收入。",
            "请写明原因，例如“已打开核对，看得清”；不收的请去掉选择。",
        )


def _ready(
    source: PagedSource, wanted: Sequence[tuple[LookedAt, str]], progress: Progress
) -> Generator[_Ready, None, None]:
    """Read chosen files again, on all cores, and turn them into what is kept.

    Raises:
        PhotosChanged: a file is gone, or not what was looked at.
    """
    from desktop.pictures.converting import reduced, turned  # noqa: PLC0415 - costly
    from desktop.pictures.measuring import on_all_cores  # noqa: PLC0415

    def act(pair: tuple[LookedAt, str]) -> _Ready:
        one, student = pair
        try:
            data = source.read(one.file)
            upright = turned(data, one.turn) if one.turn else data
            if hashlib.sha256(upright).hexdigest() != one.sha256:
                raise _changed(one)
            whole = is_kept_whole(len(upright))
            kept = upright if whole else reduced(upright, LONGER_SIDE_KEPT)
            return _Ready(one, student, data, upright, kept)
        except (PictureUnreadable, KeyError) as error:
            raise _changed(one) from error

    for done, ready in enumerate(on_all_cores(act, wanted, _AT_ONCE)):
        progress(done, len(wanted))
        yield ready


def _changed(one: LookedAt) -> PhotosChanged:
    return PhotosChanged(
        f"“{one.path}”在核对以后变了或者不见了，一张也没有收入。", "请重新核对一次，再读入。"
    )


def _why(ready: _Ready, reason: str) -> str:
    """Return what is kept as the reason: where it came from, what was asked, what was done."""
    one = ready.file
    read = f"收入文件“{one.path}”。"
    done = []
    if ready.reduced:
        done.append(f"原图 {len(ready.original) / 2**20:.1f} MB，已缩小保存；")
    if ready.turned:
        done.append("原图横放或者倒放，已按二维码转正；")
    if done:
        digest = hashlib.sha256(ready.original).hexdigest()
        read += f"{''.join(done)}原图的 SHA-256 为 {digest}。"
    if not is_doubtful(one, ready.student):
        return read
    doubts = "".join(finding.sentence for finding in one.findings)
    return f"{read}疑问：{doubts}仍然收入：{reason}"


def _new_folder(target: Path, name: str) -> Path:
    """Make a folder of this name that is not there yet: what somebody saved before stays."""
    if not target.is_dir():
        raise TargetMissing(f"“{target}”不存在，没有保存。", "请确认U盘已插好，再选择一次。")
    for count in range(1, 1000):
        folder = target / (name if count == 1 else f"{name}（{count}）")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise explain_write_error(folder, error) from error
        return folder
    raise TargetMissing(f"“{target}”里同名的文件夹太多，没有保存。", "请换一个文件夹。")
