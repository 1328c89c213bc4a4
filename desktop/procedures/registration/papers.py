"""Making a round's papers and files at the registrar: register, lists, platform files, hand-over.

Everything that is made is kept beside the store, so that the same bytes can be had again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop.domain.authority import SIGN_OFFS
from desktop.domain.chsi import ChsiAction, ChsiProblem, ChsiTable
from desktop.domain.documents import Document
from desktop.domain.offices import OFFICE_KIND_TITLES, OfficeKind
from desktop.domain.papers import HandOverItem, HandOverList
from desktop.domain.rounds import ClassGroup
from desktop.domain.sheets import Mark, Sheet
from desktop.errors import NotFound, NothingToChange
from desktop.files import safe_name, write_durably
from desktop.interchange.chsi import check_chsi, chsi_dbf, chsi_table, chsi_xlsx
from desktop.printing.hand_over import render_hand_over
from desktop.printing.register import render_register
from desktop.procedures.registration.boards import NO_CLASS
from desktop.procedures.registration.change_list import change_workbook
from desktop.procedures.registration.outcomes import (
    OUTCOME_OF_FILE,
    changes_since_register,
    chsi_changes,
)
from desktop.procedures.registration.printed_outcomes import Paper, outcomes_now, remember
from desktop.procedures.registration.registers import (
    printable,
    register_of,
    register_workbook,
)
from desktop.procedures.registration.student_registration import Judged, judged_students
from desktop.procedures.registration.undisputed import hindrances, named, require_undisputed
from desktop.procedures.session import Progress, Session, no_progress
from desktop.store import documents, registration, school
from desktop.store.registration import Texts
from desktop.store.store import UnitOfWork
from desktop.store.students import Student

CHSI_TITLES = {
    ChsiAction.REGISTER: "学籍注册",
    ChsiAction.KEEP_PLACE: "保留入学资格",
    ChsiAction.GIVE_UP_PLACE: "放弃入学资格",
}
_TO_ARCHIVE = ("register", "register_list", "chsi")


@dataclass(frozen=True, slots=True)
class ChsiFiles:
    """The platform's files of one round, and every value that the DBF files can not hold."""

    documents: tuple[Document, ...]
    problems: tuple[ChsiProblem, ...]


def make_register(
    session: Session, round_id: str, progress: Progress = no_progress
) -> tuple[Document, Document]:
    """Make the register as PDF and its lists as a workbook.

    Raises:
        GlyphMissing: a name has a character that no font can print; the sentence names it.
        Incomplete: offices contradict one another about somebody who has an outcome.
        NotAllowed, NotFound, Cancelled: nothing was made.
    """
    with session.unit_of_work() as unit:  # first: a change meanwhile is told twice, never not
        outcomes = outcomes_now(unit, round_id)
    register = register_of(session, round_id)
    rendered = render_register(register, progress)
    book = keep_document(
        session, "register", round_id, f"{register.title}.pdf", rendered.data, rendered.pages
    )
    lists = keep_document(
        session, "register_list", round_id, f"{register.title}.xlsx", register_workbook(register), 0
    )
    remember(session, Paper.REGISTER, round_id, outcomes)
    return book, lists


def make_chsi_files(session: Session, round_id: str) -> ChsiFiles:
    """Make the upload files for 学信网: a workbook and a DBF file per action.

    A row that GBK or a field's width can not hold is left out of the DBF file and listed.

    Raises:
        NotAllowed, NotFound: nothing was made.
        Incomplete: offices contradict one another about somebody who has an outcome.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        judged = judged_students(unit, round_id)
        require_undisputed(unit, round_id, judged)  # so everybody here has a class
        tables = _chsi_tables(unit, round_id, judged)
        outcomes = outcomes_now(unit, round_id)
    made: list[Document] = []
    problems: list[ChsiProblem] = []
    for table, _students in tables:
        name = f"学信网-{CHSI_TITLES[table.action]}"
        made.append(keep_document(session, "chsi", round_id, f"{name}.xlsx", chsi_xlsx(table), 0))
        dbf = chsi_dbf(table, session.today())
        made.append(keep_document(session, "chsi", round_id, f"{name}.dbf", dbf.data, 0))
        problems.extend(dbf.left_out)
    remember(session, Paper.PLATFORM, round_id, outcomes)
    return ChsiFiles(tuple(made), tuple(problems))


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """What there is to know before papers are made.

    Attributes:
        disputed: who must be decided about first, named; nothing is made until then.
        unfinished: whose data must be mended first, named.
        issued: how many students have an outcome.
        held_back: how many have none; they stand on a list of their own.
        left_out: what the DBF files can not hold, with the student, in sentences.
        register_made: whether a register was made, so that there can be a hand-over list.
    """

    disputed: tuple[str, ...]
    unfinished: tuple[str, ...]
    issued: int
    held_back: int
    left_out: tuple[str, ...]
    register_made: bool

    @property
    def stopped(self) -> bool:
        """Whether nothing can be made."""
        return bool(self.disputed or self.unfinished)


def check_papers(session: Session, round_id: str) -> PaperCheck:
    """Return what would stop a round's papers and files, and what the DBF files can not hold.

    Raises:
        NotAllowed, NotFound: not the registrar's, or no such round.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        judged = judged_students(unit, round_id)
        found = hindrances(unit, round_id, judged)
        tables = () if found.disputed or found.unfinished else _chsi_tables(unit, round_id, judged)
        known = documents.documents(unit.connection, round_id)
    return PaperCheck(
        disputed=tuple(named(student) for student in found.disputed),
        unfinished=tuple(named(student) for student in found.unfinished),
        issued=sum(one.issued is not None for one in judged),
        held_back=sum(one.issued is None for one in judged),
        left_out=tuple(
            f"{named(students[problem.row])}：{problem.message}"
            for table, students in tables
            for problem in check_chsi(table)
        ),
        register_made=any(document.kind == "register" for document in known),
    )


def _chsi_tables(
    unit: UnitOfWork, round_id: str, judged: Collection[Judged]
) -> list[tuple[ChsiTable, list[Student]]]:
    """Return each action's table, and the students in the order of its rows."""
    groups = {group.id: group for group in school.classes(unit.connection)}
    places = registration.texts_of_round(unit.connection, "place_report", round_id)
    tables = []
    for action, outcome in OUTCOME_OF_FILE.items():
        mine = [j.student for j in judged if j.issued and j.issued.outcome is outcome]
        records = [
            _registration_record(student, groups[student.class_id])
            if action is ChsiAction.REGISTER
            else _place_record(action, student, places.get(student.subject, {}))
            for student in mine
        ]
        tables.append((chsi_table(action, records), mine))
    return tables


def make_hand_over(session: Session, round_id: str) -> Document:
    """Make the list with which the round's papers go to the archive.

    Where outcomes were changed since the register, a list of the changes is made and goes along.

    Raises:
        NotFound: no register was made yet.
    """
    session.require(OfficeKind.REGISTRAR)
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        known = documents.documents(unit.connection, round_id)
        school_name = session.school_name(unit)
        sheets = _came_back_signed(unit, round_id)
        groups = {group.id: group for group in school.classes(unit.connection)}
    latest = {document.name: document for document in known if document.kind in _TO_ARCHIVE}
    if not any(document.kind == "register" for document in latest.values()):
        raise NotFound("这个批次还没有生成名册。", "请先生成名册，再生成移交清单。")
    items = [
        HandOverItem(
            Path(document.name).stem, document.pages, 1, document.sha256[:12], _medium(document)
        )
        for document in latest.values()
    ]
    if changed := changes_since_register(session, round_id):
        items.append(_changes_item(make_change_list(session, round_id), len(changed)))
    items += _signed_sheets(sheets, groups)
    now = session.store.now()
    hand_over = HandOverList(
        school=school_name,
        title="学籍档案移交清单",
        round_name=round_.name,
        from_office=session.home.seat.office.name,
        to_office=OFFICE_KIND_TITLES[OfficeKind.ARCHIVE],
        items=tuple(items),
        date=now.date().isoformat(),
        printed_at=now.strftime("%Y-%m-%d %H:%M"),
        training=session.home.training,
    )
    rendered = render_hand_over(hand_over)
    return keep_document(
        session, "hand_over", round_id, f"{round_.name}-移交清单.pdf", rendered.data, rendered.pages
    )


def make_change_list(session: Session, round_id: str) -> Document:
    """Make the list of outcomes that are not what the last register or 学信网 files say.

    Raises:
        NothingToChange: all of them are.
        NotAllowed: only the registrar makes it.
        NotFound: no such round.
    """
    registered = changes_since_register(session, round_id)
    uploaded = chsi_changes(session, round_id)
    if not (registered or uploaded):
        raise NothingToChange("上一次生成名册和学信网文件以后，没有结论变更。", "不需要变更清单。")
    with session.unit_of_work() as unit:
        round_ = school.round_by_id(unit.connection, round_id)
        groups = {group.id: group for group in school.classes(unit.connection)}
    data = change_workbook(registered, uploaded, groups)
    return keep_document(session, "changes", round_id, f"{round_.name}-变更清单.xlsx", data, 0)


def _changes_item(document: Document, students: int) -> HandOverItem:
    """Return the line of the list of changes."""
    return HandOverItem(
        title=f"{Path(document.name).stem}（名册以后变更{students}人）",
        pages=document.pages,
        copies=1,
        digest=document.sha256[:12],
        remark=_medium(document),
    )


def _medium(document: Document) -> str:
    """Say in the remark what is handed over as a file."""
    return "" if document.pages else f"电子文件（{Path(document.name).suffix[1:]}）"


def _came_back_signed(unit: UnitOfWork, round_id: str) -> list[Sheet]:
    """Return the sheets that are originals: signed off, and a student's signature on them counts.

    Those printed in vain, or signed once and then signed anew on another sheet, are none.
    """
    connection = unit.connection
    carrying = {
        texts["sheet"]
        for texts in registration.texts_of_round(connection, "signature", round_id).values()
        if texts["mark"] in (Mark.SIGNED, Mark.BY_PROXY)
    }
    carrying |= {  # a row added by hand is a signature too
        addition.sheet
        for addition in registration.additions(connection, round_id)
        if addition.decision == "accepted"
    }
    signed_off = {
        subject.removeprefix("sheet:")
        for subject, texts in registration.texts_of_round(connection, "sign_off", round_id).items()
        if any(texts[who] for who in (*SIGN_OFFS, "seal"))
    }
    sheets = registration.sheets_of_round(connection, round_id)
    return [sheet for number, sheet in sheets.items() if number in carrying & signed_off]


def _signed_sheets(
    sheets: Collection[Sheet], groups: Mapping[str, ClassGroup]
) -> list[HandOverItem]:
    """Return a line for the signed sheets of each college, as the colleges reported them."""
    by_college: dict[str, list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda s: s.number):
        group = groups.get(sheet.class_id)
        college = group.college_name if group else ""
        by_college.setdefault(college or NO_CLASS.college_name, []).append(sheet)
    return [
        HandOverItem(
            title=f"{printable(college)} 核对签字表（{len(mine)}张）",
            pages=sum(len(sheet.pages) for sheet in mine),
            copies=1,
            digest=sha256("".join(sheet.digest for sheet in mine).encode()).hexdigest()[:12],
            remark="签字盖章原件",
        )
        for college, mine in by_college.items()
    ]


def keep_document(
    session: Session, kind: str, round_id: str, name: str, data: bytes, pages: int
) -> Document:
    """Keep a paper or file that was made, and return its record."""
    document = Document(
        kind=kind,
        round=round_id,
        name=safe_name(name),
        sha256=session.store.attachments.put(data),
        pages=pages,
        made_at=session.now_text(),
        operator=session.operator,
    )
    with session.unit_of_work() as unit:
        documents.keep_attachment(
            unit.connection, document.sha256, document.name, len(data), document.made_at
        )
        documents.keep_document(unit.connection, document)
        unit.commit()
    return document


def save_document(session: Session, document: Document, folder: Path) -> Path:
    """Write a paper or file that was made before to a folder, byte for byte the same.

    Raises:
        AttachmentDamaged: its kept copy is gone or altered.
        FileNotWritten: nothing was written.
    """
    path = folder / document.name
    write_durably(path, session.store.attachments.get(document.sha256))
    return path


def _place_record(action: ChsiAction, student: Student, report: Texts) -> dict[str, str]:
    """Return a student's row of the tables of places kept or given up, by field code."""
    reason_field = "YDYY" if action is ChsiAction.KEEP_PLACE else "BZ"
    return {
        "KSH": student.identity.exam_number,
        "XM": student.identity.name,
        reason_field: report.get("explanation", ""),
    }


def _registration_record(student: Student, group: ClassGroup) -> dict[str, str]:
    """Return a student's row of the table of registrations, by field code."""
    identity = student.identity
    return {
        "KSH": identity.exam_number,
        "XH": identity.student_number,
        "XM": identity.name,
        "XB": identity.sex,
        "CSRQ": identity.birth_date,
        "SFZH": identity.id_number,
        "ZZMM": identity.political_status,
        "MZ": identity.ethnicity,
        "ZYDM": identity.major_code,
        "ZYMC": identity.major_name,
        "FY": group.college_name,
        "XSH": "",
        "BH": group.name,
        "CC": identity.level,
        "XXXS": identity.study_form,
        "XZ": identity.schooling_length,
        "RXRQ": identity.entry_date,
        "YJBYRQ": identity.expected_graduation_date,
    }
