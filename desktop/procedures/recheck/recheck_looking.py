"""Looking at a folder or ZIP of filled-in forms: whose each is, what is wrong; writes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.domain.form_pictures import PDF, form_findings, is_kept_whole
from desktop.domain.photo_names import Match
from desktop.domain.photos import Finding, Picture
from desktop.errors import PictureUnreadable
from desktop.interchange.photo_sources import photo_source
from desktop.procedures.named_files import (
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
from desktop.procedures.recheck.recheck_saying import RECHECKERS, require_recheck
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import registration, school
from desktop.store.store import UnitOfWork
from desktop.store.students import every_student, listed_students

_NO_FORM: Final = {"form": "", "state": ""}


@dataclass(frozen=True, slots=True)
class FormLook:
    """All that was found in a folder or ZIP of forms; nothing was written.

    Attributes:
        source: the folder or ZIP.
        round_id: the re-check.
        class_ids: whose forms are expected; all classes of the round where empty.
        files: what was found, in the order of their names.
        without: the students of these classes who would have no form afterwards, if every file
            that is ready were taken in.
        students: how many these classes have.
        everybody: the students of the round whom this seat knows, to choose from by hand.
    """

    source: Path
    round_id: str
    class_ids: frozenset[str]
    files: tuple[LookedAt, ...]
    without: tuple[Who, ...]
    students: int
    everybody: tuple[Who, ...]

    def of(self, verdict: Verdict) -> tuple[LookedAt, ...]:
        """Return the files of which this can become."""
        return tuple(file for file in self.files if file.verdict is verdict)

    @property
    def reduced(self) -> tuple[LookedAt, ...]:
        """The files that are too large to be kept byte for byte."""
        return tuple(
            one for one in self.files if one.picture and not is_kept_whole(one.picture.size)
        )


def look_at_forms(
    session: Session,
    round_id: str,
    source: Path,
    class_ids: Collection[str] = (),
    progress: Progress = no_progress,
) -> FormLook:
    """Return what a folder or ZIP of filled-in forms would bring.

    Args:
        session: of a college or the admissions office.
        round_id: the re-check.
        source: a folder, with folders in it, or a ZIP.
        class_ids: the classes whose forms they are; forms of others are asked about.
        progress: called for each file.

    Raises:
        NotAllowed, NotFound, RoundNotOpen: nothing can be taken in here.
        PhotosUnreadable, FileEncrypted: nothing can be read.
        Cancelled: the user stopped it.
    """
    session.require(*RECHECKERS)
    with session.unit_of_work() as unit:
        known = _Known(unit, round_id, frozenset(class_ids))
    with photo_source(source) as opened:
        matches = {file: known.index.match(file) for file in opened.files}
        found = measured_files(opened, look_at_form, progress)
        measured = dict(zip(opened.files, found, strict=True))
    judge = _Judge(known, matches, measured)
    files = tuple(judge.looked_at(file) for file in matches)
    bringing = {one.who.subject for one in files if one.who and one.verdict is Verdict.READY}
    without = [s for s in known.wanted if not known.has_form(s) and s not in bringing]
    return FormLook(
        source,
        round_id,
        frozenset(class_ids),
        files,
        tuple(known.who[subject] for subject in without),
        len(known.wanted),
        tuple(known.who[subject] for subject in known.listed),
    )


def look_at_form(data: bytes) -> tuple[Picture, tuple[Finding, ...]]:
    """Return what a file is, and what is wrong with it as the picture of a form.

    Raises:
        PictureUnreadable: it is no picture.
    """
    from desktop.pictures.measuring import measure  # noqa: PLC0415 - costly
    from desktop.pictures.sharpness import sharpness  # noqa: PLC0415

    if data.startswith(PDF):
        raise PictureUnreadable(
            "这是 PDF 文件，不能当作照片收入。",
            "请在扫描仪上选择存为 JPG，或者把这一页另存为 JPG，再读入。",
        )
    picture = measure(data)
    return picture, form_findings(picture, sharpness(data))


class _Known:
    """What this seat knows of the students of a re-check, and of their forms."""

    def __init__(self, unit: UnitOfWork, round_id: str, class_ids: frozenset[str]) -> None:
        connection = unit.connection
        require_recheck(unit, round_id)
        groups = {group.id: group for group in school.classes(connection)}
        named = KnownStudents(every_student(connection), groups)
        self.who, self.index = named.who, named.index
        listed = listed_students(connection, round_id)
        self.listed = [student.subject for student in listed if student.subject in self.who]
        self.wanted = [
            student.subject
            for student in listed
            if student.subject in self.who and (not class_ids or student.class_id in class_ids)
        ]
        self.expected = frozenset(self.wanted)
        self.classes = tuple(groups[id_].name for id_ in sorted(class_ids) if id_ in groups)
        self._forms = registration.texts_of_round(connection, "recheck_form", round_id)

    def form(self, subject: str) -> str:
        """Return the SHA-256 of the form that a student has already, "" for none."""
        return self._forms.get(subject, _NO_FORM)["form"]

    def has_form(self, subject: str) -> bool:
        """Tell whether a student has a form that is of use."""
        own = self._forms.get(subject, _NO_FORM)
        return bool(own["form"]) and own["state"] != "unusable"


class _Judge:
    """Says of each file what can become of it, all files considered."""

    def __init__(
        self, known: _Known, matches: Mapping[File, Match], measured: Mapping[File, Measured]
    ) -> None:
        self._known, self._matches, self._measured = known, matches, measured
        self._of_student = files_by_student(matches, measured)
        self._of_bytes: dict[str, list[File]] = {}
        for file, one in measured.items():
            if one.picture:
                self._of_bytes.setdefault(one.sha256, []).append(file)

    def looked_at(self, file: File) -> LookedAt:
        """Return what there is to know of a file, and what can become of it."""
        match, measured = self._matches[file], self._measured[file]
        known = self._known
        who = known.who.get(match.subject)
        candidates = tuple(known.who[subject] for subject in match.subjects)
        one = LookedAt(file, Verdict.READY, who, candidates, (), measured.sha256, measured.picture)
        if not measured.picture:
            return replace(one, verdict=Verdict.REFUSED, findings=measured.findings)
        if who is None:
            findings = (whose(match, candidates), *measured.findings, *self._same(file, ""))
            return replace(one, verdict=Verdict.WHOSE, findings=findings)
        if who.subject not in set(known.listed):
            sentence = f"{who.words} 不在这次复查的名单里。"
            findings = (Finding("unlisted", sentence), *measured.findings)
            return replace(one, verdict=Verdict.WHOSE, who=None, findings=findings)
        if again := self._again(file, who):
            return replace(one, verdict=Verdict.KNOWN, findings=(again,))
        findings = (
            *self._wrong_class(who),
            *self._double(file, who),
            *measured.findings,
            *self._same(file, who.subject),
            *self._replaces(who),
        )
        return replace(
            one, verdict=Verdict.QUESTION if findings else Verdict.READY, findings=findings
        )

    def _again(self, file: File, who: Who) -> Finding | None:
        """Return why a file brings nothing new: the same bytes are in, or came before it."""
        if self._known.form(who.subject) == self._measured[file].sha256:
            return Finding("known", f"{who.name}的复查表就是这一张，不用再收。")
        return twice(file, self._of_student[who.subject], self._measured)

    def _wrong_class(self, who: Who) -> tuple[Finding, ...]:
        """Say that a form is that of a student of another class than those expected."""
        if who.subject in self._known.expected:
            return ()
        expected = "、".join(self._known.classes)
        sentence = (
            f"{who.name}是{who.class_name or '没有分班'}的学生，这次收的是{expected}的复查表。"
        )
        return (Finding("wrong-class", sentence),)

    def _double(self, file: File, who: Who) -> tuple[Finding, ...]:
        """Say that a student has several different pictures in this folder."""
        others = several(file, self._of_student[who.subject], self._measured)
        if not others:
            return ()
        return (Finding("double", f"{who.name}还有别的照片：{'、'.join(others)}，只能收一张。"),)

    def _same(self, file: File, subject: str) -> tuple[Finding, ...]:
        """Say that the very same picture stands under another student's name."""
        others = [
            "/".join(other)
            for other in self._of_bytes[self._measured[file].sha256]
            if other != file and self._matches[other].subject != subject
        ]
        if not others:
            return ()
        return (Finding("same-picture", f"与“{others[0]}”是同一张照片，请核对是谁的。"),)

    def _replaces(self, who: Who) -> tuple[Finding, ...]:
        """Say that a student has another form already, unless that one is of no use."""
        if not self._known.has_form(who.subject):
            return ()
        return (Finding("replaces", f"{who.name}已经有复查表，收入后换成这一张。"),)
