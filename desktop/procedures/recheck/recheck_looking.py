"""Looking at a folder or ZIP of filled-in forms: whose each is, what is wrong; writes nothing."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.domain.form_pictures import form_findings, is_kept_whole
from desktop.domain.photos import Finding
from desktop.domain.recheck_forms import read_form_text
from desktop.domain.rounds import Procedure
from desktop.errors import ScanUnreadable
from desktop.procedures.named_files import (
    File,
    KnownStudents,
    LookedAt,
    Measured,
    Verdict,
    Who,
    as_page_of,
    files_by_student,
    measured_files,
    path_of,
    several,
    twice,
)
from desktop.procedures.paged_files import PagedSource, paged_source
from desktop.procedures.recheck.form_owners import FormCodes, Owner, by_code_and_name
from desktop.procedures.recheck.recheck_saying import RECHECKERS, require_recheck
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import registration, school
from desktop.store.store import UnitOfWork
from desktop.store.students import every_student, listed_students

_NO_FORM: Final = {"form": "", "state": ""}
_RECHECK: Final = Procedure.RECHECK
_AT_ONCE: Final = 2
"""Pictures of pages are so large that one wants to hear of each few."""


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
        blank: the pages of scans on which nothing stands; they are passed over.
    """

    source: Path
    round_id: str
    class_ids: frozenset[str]
    files: tuple[LookedAt, ...]
    without: tuple[Who, ...]
    students: int
    everybody: tuple[Who, ...]
    blank: tuple[File, ...] = ()

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
        source: a folder, with folders in it, a ZIP, or one file; of a PDF or TIFF, each page.
        class_ids: the classes whose forms they are; forms of others are asked about.
        progress: called for each file.

    Raises:
        NotAllowed, NotFound, RoundNotOpen: nothing can be taken in here.
        PhotosUnreadable, FileEncrypted, PictureUnreadable: nothing can be read.
        Cancelled: the user stopped it.
    """
    session.require(*RECHECKERS)
    with session.unit_of_work() as unit:
        known = _Known(unit, round_id, frozenset(class_ids))
    with paged_source(source) as opened:
        opened.turn_the_pages(progress)
        found = measured_files(opened, look_at_form, progress, _AT_ONCE)
        measured = dict(zip(opened.files, found, strict=True))
        _require_readable(source, opened)
    written = {file: one for file, one in measured.items() if not one.blank}
    codes = FormCodes(round_id, training=session.home.training, who=known.who, rounds=known.rounds)
    judge = _Judge(known, codes, written)
    files = tuple(judge.looked_at(file) for file in written)
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
        tuple(file for file, one in measured.items() if one.blank),
    )


def look_at_form(file: File, data: bytes) -> Measured:
    """Return what a file is, and what is wrong with it as the picture of a form.

    Where a code shows that the page lies on its side or its head, all this is of the picture
    turned upright.

    Raises:
        PictureUnreadable: it is no picture.
    """
    from desktop.pictures.codes import codes_on  # noqa: PLC0415 - costly
    from desktop.pictures.converting import turned  # noqa: PLC0415
    from desktop.pictures.emptiness import is_blank_page  # noqa: PLC0415
    from desktop.pictures.measuring import measure  # noqa: PLC0415
    from desktop.pictures.scans import is_pdf, opened_scan  # noqa: PLC0415
    from desktop.pictures.sharpness import sharpness  # noqa: PLC0415

    if is_pdf(data):
        if scan := opened_scan(data):  # else it says why it is not taken page by page
            scan.close()
        raise ScanUnreadable(
            "这是 PDF 文件，文件名的结尾却不是 .pdf。", "请把结尾改成 .pdf，再读入一次。"
        )
    codes = codes_on(data)
    if not codes and as_page_of(file) and is_blank_page(data):
        return Measured("", None, blank=True)
    turn = next((code.turn for code in codes if read_form_text(code.text)), 0)
    upright = turned(data, turn) if turn else data
    picture = measure(upright)
    return Measured(
        hashlib.sha256(upright).hexdigest() if turn else "",
        picture,
        form_findings(picture, sharpness(upright)),
        tuple(code.text for code in codes),
        turn,
    )


def _require_readable(source: Path, opened: PagedSource) -> None:
    """Raise where somebody chose one file and it can not be opened: there is nothing to show.

    Raises:
        PictureUnreadable: why it can not be opened.
    """
    if opened.files == ((source.name,),):
        look_at_form(opened.files[0], opened.read(opened.files[0]))


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
        self.on_the_list = frozenset(self.listed)
        self.classes = tuple(groups[id_].name for id_ in sorted(class_ids) if id_ in groups)
        self.rounds = {
            one.id: one.name for one in school.rounds(connection) if one.procedure is _RECHECK
        }
        self._forms = registration.texts_of_round(connection, "recheck_form", round_id)

    def form(self, subject: str) -> str:
        """Return the SHA-256 of the form that a student has already, "" for none."""
        return self._forms.get(subject, _NO_FORM)["form"]

    def has_form(self, subject: str) -> bool:
        """Tell whether a student has a form that is of use."""
        own = self._forms.get(subject, _NO_FORM)
        return bool(own["form"]) and own["state"] != "unusable"


def _owner(known: _Known, coded: Owner | None, file: File, written: Mapping[File, int]) -> Owner:
    """Return whose form a file is; ``written`` are the pages of each scan that are not blank."""
    page = as_page_of(file)
    named = known.index.match(page[0] if page else file)
    many = page is not None and written[page[0]] > 1
    return by_code_and_name(coded, named, known.who, one_of_many=many)


class _Judge:
    """Says of each file what can become of it, all files considered."""

    def __init__(self, known: _Known, codes: FormCodes, measured: Mapping[File, Measured]) -> None:
        self._known, self._measured = known, measured
        written: Counter[File] = Counter()
        for file in measured:
            if page := as_page_of(file):
                written[page[0]] += 1
        self._owners = {
            file: _owner(known, codes.owner(one.texts), file, written)
            for file, one in measured.items()
        }
        self._matches = {file: owner.match for file, owner in self._owners.items()}
        self._of_student = files_by_student(self._matches, measured)
        self._of_bytes: dict[str, list[File]] = {}
        for file, one in measured.items():
            if one.picture:
                self._of_bytes.setdefault(one.sha256, []).append(file)

    def looked_at(self, file: File) -> LookedAt:
        """Return what there is to know of a file, and what can become of it."""
        owner, measured, known = self._owners[file], self._measured[file], self._known
        who = known.who.get(owner.match.subject)
        one = LookedAt(
            file,
            Verdict.READY,
            who,
            tuple(known.who[subject] for subject in owner.match.subjects),
            (),
            measured.sha256,
            measured.picture,
            measured.turn,
        )
        asked = (owner.finding,) if owner.finding else ()
        if not measured.picture:
            return replace(one, verdict=Verdict.REFUSED, findings=measured.findings)
        if owner.refused:
            return replace(one, verdict=Verdict.REFUSED, findings=asked)
        if who is None:
            findings = (*asked, *measured.findings, *self._same(file, ""))
            return replace(one, verdict=Verdict.WHOSE, findings=findings)
        if who.subject not in known.on_the_list:
            sentence = f"{who.words} 不在这次复查的名单里。"
            findings = (Finding("unlisted", sentence), *measured.findings)
            return replace(one, verdict=Verdict.WHOSE, who=None, findings=findings)
        return self._of_listed(one, who, asked)

    def _of_listed(self, one: LookedAt, who: Who, asked: tuple[Finding, ...]) -> LookedAt:
        """Return what can become of the picture of somebody who is asked for a form."""
        file = one.file
        if again := self._again(file, who):
            return replace(one, verdict=Verdict.KNOWN, findings=(again,))
        findings = (
            *asked,
            *self._wrong_class(who),
            *self._double(file, who),
            *self._measured[file].findings,
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
            path_of(other)
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
