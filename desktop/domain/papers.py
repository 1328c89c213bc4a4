"""What printing is given: everything on a paper, decided, in order, ready to be drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One printed row of a signature sheet; ``student`` is the journal's subject."""

    student: str
    number: int  # 序号 within the class, from 1
    student_number: str
    name: str
    sex: str
    id_number: str
    major: str = ""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One page of a signature sheet, with the digest of exactly its rows.

    ``page`` is its number among the class's pages, from 1 (a reprint may hold page 2 alone);
    ``blank_rows`` are rows left empty for additions; ``sign_offs`` says whether the boxes for
    signatures and the seal stand below the rows.
    """

    page: int
    rows: tuple[SheetRow, ...]
    digest: str
    blank_rows: int
    sign_offs: bool


@dataclass(frozen=True, slots=True)
class SignatureSheet:
    """The 核对签字表 of one class (细则 三(三)1).

    ``page_count`` is the number of pages of the whole class, also where only some are printed.
    ``sign_off_titles`` are the boxes, in order; those that the round can do without are named in
    ``optional`` as well and are marked 选签.
    """

    sheet_number: str
    digest: str
    school: str
    title: str
    round_name: str
    office_name: str
    class_name: str
    class_teacher: str
    student_count: int
    page_count: int
    pages: tuple[SheetPage, ...]
    sign_off_titles: tuple[str, ...]
    proxy_allowed: bool
    printed_at: str  # YYYY-MM-DD HH:MM
    show_major: bool = False
    training: bool = False
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One student in the register."""

    student_number: str
    name: str
    sex: str
    birth_date: str
    id_number: str
    exam_number: str
    ethnicity: str
    schooling_length: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RegisterClass:
    """One class in the register; ``rows`` are its registered students."""

    college: str
    major_code: str
    major: str
    class_name: str
    class_teacher: str
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedRow:
    """One student in a list of 放弃 / 保留 / 取消入学资格 or of those held back."""

    college: str
    class_name: str
    student_number: str
    exam_number: str
    name: str
    sex: str
    reason: str
    document: str = ""  # the paper it rests on
    until: str = ""  # 保留至


@dataclass(frozen=True, slots=True)
class AnnotatedList:
    """One annotated list of the register (细则 三(三)2: 予以标注).

    ``has_document`` and ``has_until`` say which columns it has beside the reason.
    """

    title: str
    explanation: str
    rows: tuple[AnnotatedRow, ...]
    has_document: bool = True
    has_until: bool = False


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """One line of the statistics: a college (and major), counted."""

    college: str
    major: str  # empty for a college's subtotal
    male: int
    female: int
    registered: int
    place_kept: int
    place_given_up: int
    place_cancelled: int
    held_back: int

    @property
    def total(self) -> int:
        """Every student of the line, whatever the outcome."""
        return (
            self.registered
            + self.place_kept
            + self.place_given_up
            + self.place_cancelled
            + self.held_back
        )


@dataclass(frozen=True, slots=True)
class Register:
    """The 名册 of a round, the book that goes to the archive (细则 三(三)2).

    ``statistics`` has a subtotal line (``major == ""``) per college before its majors, and
    ``total`` the line of the whole school. ``digest`` is that of everything in the book.
    """

    school: str
    title: str
    year: str
    office_name: str
    volume: str
    date: str  # YYYY-MM-DD
    digest: str
    classes: tuple[RegisterClass, ...]
    statistics: tuple[StatisticRow, ...]
    total: StatisticRow
    annotated: tuple[AnnotatedList, ...]
    approvals: tuple[str, ...]  # 教务处负责人, 分管校长
    printed_at: str  # YYYY-MM-DD HH:MM
    training: bool = False


@dataclass(frozen=True, slots=True)
class HandOverItem:
    """One line of the hand-over list: a paper or a file that goes to the archive."""

    title: str
    pages: int
    copies: int
    digest: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class HandOverList:
    """The 移交清单 with which a round's papers go to the 院办档案室."""

    school: str
    title: str
    round_name: str
    from_office: str
    to_office: str
    items: tuple[HandOverItem, ...]
    date: str
    printed_at: str
    training: bool = False
