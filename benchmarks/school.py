"""A made-up school of any size, set up through the use cases that a real one goes through.

Forty colleges join, get their rosters, say ten things about every student and send it all to the
registrar. Nothing here is measured except, on the way, the import of the roster.
"""

import csv
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from uuid_utils import uuid7

from benchmarks.made_up import CLASSES_EACH, college_name, made_up_row, person_name
from desktop.bundles.enrolment import Applicant
from desktop.domain.authority import SIGN_OFFS
from desktop.domain.offices import OfficeKind, office_id
from desktop.domain.pagination import paginate
from desktop.domain.rounds import Procedure, Round
from desktop.domain.sheets import PrintedRow, page_digest, row_digest, rows_to_text, sheet_number
from desktop.domain.statements import Key, Values
from desktop.interchange.rosters import read_roster
from desktop.procedures.evidence_files import Evidence, keep_evidence
from desktop.procedures.exchange.exporting import export
from desktop.procedures.exchange.merging import merge
from desktop.procedures.imports.rosters import import_roster
from desktop.procedures.rounds import NewRound, assign_classes, open_round
from desktop.procedures.school.enrolment import (
    accept_enrolment,
    ask_to_join,
    enrol,
    school_fingerprint,
)
from desktop.procedures.school.schools import NewSchool, create_school
from desktop.procedures.session import Session, open_and_sign_in
from desktop.store.journal import Draft
from desktop.store.store import UnitOfWork
from desktop.store.students import Student, listed_students, sheet_row

OPERATOR, PASSPHRASE = "经办人", "benchmark"
STATEMENTS_EACH = 10
_COST = 1  # unlocking keys is no part of what is measured here
_PRINTINGS = 4
_SCAN = b"%PDF-1.4 (stands for the scan of a letter)\n" * 2000
HEADER = (
    "考生号", "学号", "姓名", "性别", "出生日期", "身份证号", "民族", "政治面貌", "院部",
    "专业代码", "专业名称", "班级", "层次", "学制", "学习形式", "入学日期", "预计毕业日期",
    "录取类型", "毕业中学", "联系电话",
)  # fmt: skip


@dataclass
class MadeUpSchool:
    """A school whose bundles lie ready to be merged by the registrar.

    Attributes:
        folder: everything about it.
        bundles: one from each college, ``STATEMENTS_EACH`` statements for each of its students.
        small: one that carries fewer, from a college that sends some of its classes first.
        small_statements: how many.
        seconds: what was measured on the way.
    """

    folder: Path
    students: int
    round: Round
    bundles: list[Path] = field(default_factory=list)
    small: Path = field(default_factory=Path)
    small_statements: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def fresh_registrar(self, folder: Path) -> Session:
        """Return a session at a copy of the registrar's store, as before the first bundle."""
        return _copy_and_open(self.folder / "registrar", folder)


def begin_school(folder: Path) -> tuple[Session, Round]:
    """Make a school and open its first round; the session's store is open."""
    registrar = create_school(
        folder, NewSchool("12354", "襄阳职业技术学院"), OPERATOR, PASSPHRASE, cost=_COST
    )
    new = NewRound(Procedure.STUDENT_REGISTRATION, "2026级新生学籍注册", "2026", "2026-11-30")
    return registrar, open_round(registrar, new)


def make_school(folder: Path, students: int, colleges: int) -> MadeUpSchool:
    """Make a school in an empty folder."""
    registrar, round_ = begin_school(folder / "registrar")
    with registrar.store:
        school = MadeUpSchool(folder, students, round_)
        _import(registrar, school, colleges)
        for place in range(colleges):
            _join(registrar, folder, place)
        for place in range(colleges):
            to_college = folder / "down" / _office(place)
            to_college.mkdir(parents=True)
            started = time.perf_counter()
            export(registrar, _office(place), round_.id, to_college)
            _count(school, "exports to colleges", started)
    for place in range(colleges):
        _play_college(school, place)
    return school


def _import(registrar: Session, school: MadeUpSchool, colleges: int) -> None:
    """Bring the roster in, and tell what that takes beyond reading the file."""
    path = roster_file(school.folder, school.students, colleges)
    started = time.perf_counter()
    read_roster(path)
    _count(school, "roster read", started)
    started = time.perf_counter()
    imported = import_roster(registrar, school.round.id, path)
    _count(school, "roster imported", started)
    if len(imported.new) != school.students:
        raise RuntimeError(f"the made-up roster has problems: {imported.problems[:3]}")


def roster_file(folder: Path, students: int, colleges: int) -> Path:
    """Write the roster of a made-up school and return it."""
    path = folder / "roster.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(made_up_row(place, students, colleges) for place in range(students))
    return path


def _join(registrar: Session, folder: Path, place: int) -> None:
    """Let a college join: request, telephone, answer; its classes are assigned to it."""
    name, seat = college_name(place), folder / _office(place)
    applicant = Applicant("12354", OfficeKind.COLLEGE, name, f"{name}一号机", training=False)
    request, digits = ask_to_join(seat, applicant, OPERATOR, PASSPHRASE, cost=_COST)
    accept_enrolment(
        seat, enrol(registrar, request, digits, _office(place)), school_fingerprint(registrar)
    )
    assign_classes(registrar, name, _office(place))


def _play_college(school: MadeUpSchool, place: int) -> None:
    """Merge the roster at a college, say what it has to say, and export it."""
    folder, up = school.folder / _office(place), school.folder / "up" / _office(place)
    up.mkdir(parents=True)
    session = open_and_sign_in(folder, OPERATOR, PASSPHRASE)
    with session.store:
        merge(session, list((school.folder / "down" / _office(place)).glob("*.jice")))
        with session.unit_of_work() as unit:
            classes = _say_everything(session, unit, school.round)
            unit.commit()
    if place == 0:
        _export_some(school, folder, classes[: CLASSES_EACH * 2 // 5])
    session = open_and_sign_in(folder, OPERATOR, PASSPHRASE)
    with session.store:
        started = time.perf_counter()
        exported = export(session, str(OfficeKind.REGISTRAR), school.round.id, up)
        _count(school, "exports to the registrar", started)
    school.bundles.append(exported.path)


def _export_some(school: MadeUpSchool, folder: Path, classes: Sequence[str]) -> None:
    """Export the statements about some classes alone, from a copy of a college's store."""
    up = school.folder / "up" / "some"
    up.mkdir(parents=True)
    session = _copy_and_open(folder, school.folder / "some")
    with session.store:
        exported = export(session, str(OfficeKind.REGISTRAR), school.round.id, up, classes)
    school.small, school.small_statements = exported.path, exported.bundle.statements


def _say_everything(session: Session, unit: UnitOfWork, round_: Round) -> list[str]:
    """Say ten things about every student, in the steps of a college's autumn; return the classes.

    Each step is said at once and has seen the steps before it.
    """
    by_class: dict[str, list[Student]] = {}
    for student in listed_students(unit.connection, round_.id):
        by_class.setdefault(student.class_id, []).append(student)
    saying = _Saying(round_.id, session.home.seat.id, by_class)
    evidence = keep_evidence(
        session, unit, [Evidence("证明.pdf", session.keys.public.signing.encode() + _SCAN)]
    )
    for step in saying.steps(evidence):
        unit.journal.state_all(step)
    return list(by_class)


class _Saying:
    """What one college says in one round."""

    def __init__(self, round_id: str, seat: str, by_class: dict[str, list[Student]]) -> None:
        self._round = round_id
        self._seat = seat
        self._by_class = by_class
        self._students = [student for members in by_class.values() for student in members]
        self._said = 0

    def steps(self, evidence: tuple[str, ...]) -> Iterator[list[Draft]]:
        """Yield the steps; together they say ``STATEMENTS_EACH`` things about every student.

        Four signatures, a place report that is amended, two corrections of which one is amended,
        sheets, sign-offs and class teachers, and additions for the rest: not quite half of the
        statements are the first ones about their subject's aspect, the others have seen those
        before them.
        """
        for printing in range(_PRINTINGS):
            yield self._counted(self._printed(printing))
            yield self._counted(self._signed(printing))
            for who in (*SIGN_OFFS, "seal", "head"):  # the head corrects the date
                yield self._counted(self._signed_off(printing, who))
        yield self._counted(self._places(None))
        yield self._counted(self._places("2027-09-01"))
        phones = self._subjects("correction")
        yield self._counted(self._corrections(phones, "phone", "13911112222", evidence))
        others = self._subjects("correction")
        yield self._counted(self._corrections(others, "ethnicity", "土家族", evidence))
        yield self._counted(self._corrections(phones, "phone", "13911113333", evidence))
        yield self._additions(STATEMENTS_EACH * len(self._students) - self._said)

    def _counted(self, drafts: list[Draft]) -> list[Draft]:
        self._said += len(drafts)
        return drafts

    def _sheet(self, place: int, printing: int) -> str:
        return sheet_number(self._seat, 1 + place * _PRINTINGS + printing)

    def _printed(self, printing: int) -> list[Draft]:
        """Name the class teachers and print every class's sheet."""
        drafts = []
        for place, (class_id, members) in enumerate(self._by_class.items()):
            if printing:
                drafts.append(
                    Draft(
                        Key(class_id, "class_staff", ""),
                        {"class_teacher": person_name(place + printing)},
                    )
                )
            rows = [
                PrintedRow(
                    span.page,
                    number + 1,
                    student.subject,
                    row_digest(class_id, sheet_row(student, number + 1)),
                )
                for span in paginate(len(members))
                for number, student in list(enumerate(members))[span.first : span.stop]
            ]
            values: Values = {
                "class_id": class_id,
                "page_count": str(len(paginate(len(members)))),
                "digest": page_digest(rows),
                "rows": rows_to_text(rows),
                "printed_at": f"2026-09-{10 + printing}T09:00+08:00",
            }
            drafts.append(
                Draft(self._key(f"sheet:{self._sheet(place, printing)}", "sheet"), values)
            )
        return drafts

    def _signed(self, printing: int) -> list[Draft]:
        """Record every signature; the first time some are missing, later none."""
        drafts = []
        for place, members in enumerate(self._by_class.values()):
            for number, student in enumerate(members):
                missing = printing == 0 and number % 10 == 0
                values: Values = {
                    "mark": "unsigned" if missing else "signed",
                    "sheet": self._sheet(place, printing),
                    "proxy": None,
                    "explanation": "请病假，尚未返校" if missing else None,
                }
                drafts.append(Draft(self._key(student.subject, "signature"), values))
        return drafts

    def _signed_off(self, printing: int, who: str) -> list[Draft]:
        return [
            Draft(
                self._key(f"sheet:{self._sheet(place, printing)}", "sign_off"),
                {who: person_name(place), f"{who}_date": "2026-09-20"},
            )
            for place in range(len(self._by_class))
        ]

    def _places(self, until: str | None) -> list[Draft]:
        values: Values = {
            "kind": "kept",
            "explanation": "应征入伍，申请保留入学资格",
            "document": "入伍通知书",
            "until": until,
        }
        return [Draft(self._key(s.subject, "place_report"), values) for s in self._students]

    def _subjects(self, kind: str) -> list[str]:
        """Return a new subject for each student, as the use cases make them."""
        return [f"{kind}:{uuid7()}" for _ in self._students]

    def _corrections(
        self, subjects: Sequence[str], name: str, new: str, evidence: tuple[str, ...]
    ) -> list[Draft]:
        return [
            Draft(
                self._key(subject, "correction"),
                {
                    "student": student.subject,
                    "field": name,
                    "old": getattr(student.identity, name),
                    "new": new,
                    "sheet": None,
                    "explanation": "与户口簿不一致",
                },
                evidence=evidence,
            )
            for subject, student in zip(subjects, self._students, strict=True)
        ]

    def _additions(self, count: int) -> list[Draft]:
        """Fill up to the number that is wished with students who were added by hand."""
        classes = list(self._by_class)
        return [
            Draft(
                self._key(f"addition:{uuid7()}", "addition"),
                {
                    "class_id": classes[number % len(classes)],
                    "sheet": self._sheet(number % len(classes), _PRINTINGS - 1),
                    "name": person_name(number),
                    "exam_number": f"264299{self._seat}{number:05d}",
                    "explanation": "本人持录取通知书报到，名单上没有",
                },
            )
            for number in range(count)
        ]

    def _key(self, subject: str, aspect: str) -> Key:
        return Key(subject, aspect, self._round)


def _copy_and_open(source: Path, folder: Path) -> Session:
    shutil.copytree(source, folder)
    return open_and_sign_in(folder, OPERATOR, PASSPHRASE)


def _count(school: MadeUpSchool, what: str, started: float) -> None:
    school.seconds[what] = school.seconds.get(what, 0.0) + time.perf_counter() - started


def _office(place: int) -> str:
    return office_id(OfficeKind.COLLEGE, f"{place + 1:02d}")
