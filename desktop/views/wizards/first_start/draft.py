"""The first start as plain functions on a frozen draft: which step comes next, what is missing."""

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.backups import BackupCopy
from desktop.domain.offices import OFFICE_KIND_TITLES, HomeSeat, OfficeKind
from desktop.views.language import tr
from desktop.views.passphrase_words import passphrase_problems
from desktop.views.wizards.place_step import place_problems

CREATE, JOIN, TRY, RESTORE = "create", "join", "try", "restore"
ANSWER, BACKUPS = "answer", "backups"
_CODE_DIGITS = 5
_NEXT = {
    CREATE: ("choice", "school", "operator", "confirm_create", "created"),
    JOIN: ("choice", "office", "operator", "request", "confirm_join", "answer", "joined"),
    TRY: ("choice", "role", "confirm_try", "ready"),
    RESTORE: ("choice", "backups", "copy", "opener", "confirm_restore", "restored"),
}


@dataclass(frozen=True, slots=True)
class FirstStart:
    """Everything that the first start asks; empty where not answered yet.

    ``folder`` is where real data will lie, ``practice_folder`` where training data do: never one.
    ``not_written`` says why no stick took the join request, "" where one did.
    """

    folder: Path
    practice_folder: Path
    choice: str = ""
    school_code: str = ""
    school_name: str = ""
    president: str = ""
    office_kind: str = str(OfficeKind.COLLEGE)
    office_name: str = ""
    seat_name: str = ""
    operator: str = ""
    passphrase: str = ""
    again: str = ""
    request_folder: str = ""
    request_file: str = ""
    request_text: str = ""
    not_written: str = ""
    digits: str = ""
    answer_file: str = ""
    digits_heard: str = ""
    joined: str = ""
    role: str = "registrar"
    backups_folder: str = ""
    copies: tuple[BackupCopy, ...] = ()
    damaged_copies: int = 0
    copy: str = ""
    kept_aside: str = ""

    @property
    def chosen_copy(self) -> BackupCopy | None:
        """The copy to go back to."""
        return next((one for one in self.copies if one.folder == self.copy), None)

    @property
    def applicant_name(self) -> str:
        """The office's name: colleges say theirs, the others are called as the rule book does."""
        kind = OfficeKind(self.office_kind)
        return self.office_name if kind is OfficeKind.COLLEGE else OFFICE_KIND_TITLES[kind]

    @property
    def opened_folder(self) -> Path:
        """The data folder that is opened afterwards."""
        if self.choice == TRY:
            return self.practice_folder / "seats" / self.role
        return self.folder


def waiting_draft(folder: Path, practice_folder: Path, home: HomeSeat, digits: str) -> FirstStart:
    """Return the draft of a seat that has asked to join and waits for the answer."""
    office = home.seat.office
    return FirstStart(
        folder,
        practice_folder,
        choice=JOIN,
        school_code=home.school_code,
        office_kind=str(office.kind),
        office_name=office.name,
        seat_name=home.seat.name,
        request_text=home.request,
        digits=digits,
    )


def next_step(step: str, draft: FirstStart) -> str:
    """Return the step that follows, "" after the last and where nothing is chosen yet."""
    way = _NEXT.get(draft.choice, ())
    if step not in way or step == way[-1]:
        return ""
    return way[way.index(step) + 1]


def problems(step: str, draft: FirstStart) -> dict[str, str]:
    """Return what is missing or wrong on a step, per field."""
    if step == "choice":
        return {} if draft.choice else {"": tr("请先选择一项。")}
    checks = {
        "school": _school,
        "office": _office,
        "operator": _operator,
        "request": _request,
        "answer": _answer,
        "backups": _backups,
        "copy": _copy,
        "opener": _opener,
    }
    check = checks.get(step)
    return check(draft) if check else {}


def _school(draft: FirstStart) -> dict[str, str]:
    found = {}
    if not _is_code(draft.school_code):
        found["school_code"] = tr("学校代码是五位数字，例如 12354。")
    if not draft.school_name:
        found["school_name"] = tr("请填写学校全称。")
    return found


def _office(draft: FirstStart) -> dict[str, str]:
    found = {}
    if not _is_code(draft.school_code):
        found["school_code"] = tr("学校代码是五位数字，请向学籍科询问。")
    if not draft.applicant_name:
        found["office_name"] = tr("请填写院部全称，与录取名单上的写法一致。")
    if not draft.seat_name:
        found["seat_name"] = tr("请给这台电脑起个名字，例如“张老师的电脑”。")
    return found


def _operator(draft: FirstStart) -> dict[str, str]:
    found = {}
    if not draft.operator:
        found["operator"] = tr("请填写经办人姓名。")
    return found | passphrase_problems(draft.passphrase, draft.again, draft.operator)


def _request(draft: FirstStart) -> dict[str, str]:
    wrong = place_problems(draft.request_folder)
    return {"request_folder": wrong["folder"]} if wrong else {}


def _answer(draft: FirstStart) -> dict[str, str]:
    found = {}
    if not draft.answer_file or not Path(draft.answer_file).is_file():
        found["answer_file"] = tr("请选择学籍科交回的批复文件。")
    if not any(character.isdigit() for character in draft.digits_heard):
        found["digits_heard"] = tr("请填写学籍科在电话里读出的核对数字。")
    return found


def _backups(draft: FirstStart) -> dict[str, str]:
    if not draft.backups_folder or not Path(draft.backups_folder).is_dir():
        return {"backups_folder": tr("请选择备份所在的文件夹；备份在U盘上的，先插好U盘。")}
    return {}


def _copy(draft: FirstStart) -> dict[str, str]:
    copy = draft.chosen_copy
    if copy is None:
        return {"": tr("请选择要恢复的一份备份。")}
    practises = draft.practice_folder in draft.folder.parents
    if practises and not copy.training:
        return {
            "": tr("这里是练习用的数据，不能放进正式的备份。请关闭窗口，打开正式的籍册再恢复。")
        }
    if copy.training and not practises:
        return {
            "": tr("这是练习数据的备份，不能当作正式数据恢复。请选择另一份，或者返回选“先试一试”。")
        }
    return {}


def _opener(draft: FirstStart) -> dict[str, str]:
    found = {}
    if not draft.operator:
        found["operator"] = tr("请填写经办人姓名。")
    if not draft.passphrase:
        found["passphrase"] = tr("请输入备份时的口令。")
    return found


def _is_code(text: str) -> bool:
    return len(text) == _CODE_DIGITS and text.isascii() and text.isdigit()
